"""`role grant`, `role revoke`: entrust somebody with a right, or take it back."""

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Annotated
from zoneinfo import ZoneInfo

import typer
from sqlmodel import Session

from sprint.account.actions import grant_right, revoke_right
from sprint.account.queries import Account, accounts_called
from sprint.account.rules import RIGHTS
from sprint.clock import now
from sprint.commands.at_hand import base_at_hand
from sprint.languages import speak
from sprint.people.tables import Right, Scope
from sprint.programme.queries import EditionView, edition_called, track_called
from sprint.refusal import Refusal, Refused
from sprint.words import Words, say

role = typer.Typer(help="Give and take back rights.", no_args_is_help=True)

Who = Annotated[str, typer.Argument(help="E-mail address or id of the person", metavar="EMAIL_OR_ID")]
What = Annotated[Right, typer.Argument(help="The right")]
OverEdition = Annotated[str, typer.Option("--edition", help="Only over this edition", metavar="SLUG")]
OverTrack = Annotated[str, typer.Option("--track", help="Only over this track", metavar="EDITION/SLUG")]
Until = Annotated[str, typer.Option("--until", help="Last day of the right, as 2027-03-17", metavar="DATE")]


@dataclass(frozen=True)
class Over:
    """What a right is about, how people call it, and the zone in which its days end."""

    kind: Scope
    id: int | None
    words: Words
    zone: str = "Europe/Paris"


@role.command("grant")
def grant(person: Who, right: What, edition: OverEdition = "", track: OverTrack = "", until: Until = "") -> None:
    """Give a right: over everything, or over one edition or track; for good, or until a day."""

    def do(db: Session) -> Words:
        account, over = _account(db, person), _over(db, edition, track)
        ends = _end_of(until, over.zone) if until else None
        grant_right(db, account.id, right, over.kind, over.id, ends, now(), None)
        given = say("%(who)s a maintenant le droit « %(right)s », %(over)s.", **_named(account, right, over))
        return _done(given, until)

    _run(do)


@role.command("revoke")
def revoke(person: Who, right: What, edition: OverEdition = "", track: OverTrack = "") -> None:
    """Take a right back, over exactly what it was given for."""

    def do(db: Session) -> Words:
        account, over = _account(db, person), _over(db, edition, track)
        revoke_right(db, account.id, right, over.kind, over.id, now(), None)
        return say("%(who)s n’a plus le droit « %(right)s », %(over)s.", **_named(account, right, over))

    _run(do)


def _run(do: Callable[[Session], Words]) -> None:
    try:
        with base_at_hand() as database, database.writing() as db:
            done = do(db)
        typer.echo(speak(done))
    except Refused as refused:
        for reason in refused.reasons:
            typer.echo(speak(reason.words), err=True)
        raise typer.Exit(1) from None


def _account(db: Session, email_or_id: str) -> Account:
    accounts = accounts_called(db, email_or_id)
    if not accounts:
        words = say("aucun compte pour %(who)s : la personne doit d’abord se connecter une fois", who=email_or_id)
        raise Refused(Refusal("no_account", words))
    if len(accounts) > 1:
        ids = ", ".join(str(account.id) for account in accounts)
        words = say("plusieurs comptes pour %(who)s : donnez l’identifiant, parmi %(ids)s", who=email_or_id, ids=ids)
        raise Refused(Refusal("several_accounts", words))
    return accounts[0]


def _over(db: Session, edition: str, track: str) -> Over:
    if edition and track:
        raise Refused(Refusal("two_scopes", say("choisissez --edition ou --track")))
    if edition:
        found = _edition(db, edition)
        return Over(Scope.EDITION, found.id, say("pour l’édition %(slug)s", slug=edition), found.calendar.zone)
    if not track:
        return Over(Scope.EVERYTHING, None, say("sur tout le site"))
    edition_slug, _, slug = track.partition("/")
    found = _edition(db, edition_slug)
    known = track_called(db, found.id, slug)
    if known is None:
        words = say("aucun parcours %(slug)s dans l’édition %(edition)s", slug=slug, edition=edition_slug)
        raise Refused(Refusal("no_track", words))
    return Over(Scope.TRACK, known.id, say("pour le parcours %(track)s", track=track), found.calendar.zone)


def _edition(db: Session, slug: str) -> EditionView:
    found = edition_called(db, slug)
    if found is None:
        raise Refused(Refusal("no_edition", say("aucune édition %(slug)s", slug=slug)))
    return found


def _end_of(last_day: str, zone: str) -> datetime:
    """The end of a day, where the thing takes place."""
    try:
        after = date.fromisoformat(last_day) + timedelta(days=1)
    except (ValueError, OverflowError):
        words = say("%(text)s n’est pas une date : écrivez-la comme 2027-03-17", text=last_day)
        raise Refused(Refusal("no_date", words)) from None
    return datetime(after.year, after.month, after.day, tzinfo=ZoneInfo(zone))


def _named(account: Account, right: Right, over: Over) -> dict[str, Words]:
    who = say("%(name)s (%(id)s)", name=account.name, id=account.id)
    return {"who": who, "right": RIGHTS[right], "over": over.words}


def _done(words: Words, until: str) -> Words:
    if not until:
        return words
    return say("%(words)s Fin : %(day)s au soir.", words=words, day=date.fromisoformat(until))
