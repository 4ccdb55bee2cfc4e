"""What the demonstration's provider keeps: one key for all web processes, codes that serve once among them all."""

import secrets
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import delete, update
from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, col, select

from sprint.account.providers.demo_tokens import new_key
from sprint.account.queries import demo_key
from sprint.account.tables import DemoCode, DemoKey
from sprint.sessions import hashed

LASTS = timedelta(minutes=1)


@dataclass(frozen=True)
class Asked:
    """What an authorization request asked for, as far as its code must remember."""

    client_id: str
    redirect_uri: str
    nonce: str
    code_challenge: str


def key_for_signing(db: Session, now: datetime) -> dict[str, str]:
    """The provider's private key, made by whichever process needs it first."""
    known = demo_key(db)
    if known is not None:
        return known
    made = new_key()
    try:
        with db.begin_nested():
            db.add(DemoKey(id=1, jwk=made, made_at=now))
    except IntegrityError:
        # Another process was first: its key is the key.
        return dict(db.exec(select(DemoKey.jwk)).one())
    return made


def issue_code(db: Session, persona: str, asked: Asked, now: datetime) -> str:
    """A code for one use within a minute. Those of yesterday are forgotten on the way."""
    db.exec(delete(DemoCode).where(col(DemoCode.expires_at) < now - timedelta(days=1)))
    code = secrets.token_urlsafe(32)
    db.add(
        DemoCode(
            code_hash=hashed(code),
            persona=persona,
            client_id=asked.client_id,
            redirect_uri=asked.redirect_uri,
            nonce=asked.nonce,
            code_challenge=asked.code_challenge,
            expires_at=now + LASTS,
        )
    )
    return code


def redeem_code(db: Session, code: str, now: datetime) -> tuple[str, Asked] | None:
    """The persona a code stands for and what was asked, for whoever comes first and in time; None for all others."""
    unused = col(DemoCode.used_at).is_(None)
    spend = update(DemoCode).where(col(DemoCode.code_hash) == hashed(code), unused, col(DemoCode.expires_at) > now)
    if db.exec(spend.values(used_at=now)).rowcount != 1:
        return None
    row = db.exec(select(DemoCode).where(DemoCode.code_hash == hashed(code))).one()
    return row.persona, Asked(row.client_id, row.redirect_uri, row.nonce, row.code_challenge)
