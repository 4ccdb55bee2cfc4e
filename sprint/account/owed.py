"""Which letters an act about an account owes. They name no edition: no organiser lists them."""

from sqlmodel import Session, col, select

from sprint.account import letters
from sprint.account.facts import AccountFact
from sprint.account.tables import EmailProof
from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.people.tables import Person


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """The link that proves an address, or what tells the one it replaced. One query, two when there is one."""
    kinds = (AccountFact.EMAIL_ASKED.value, AccountFact.EMAIL_CONFIRMED.value)
    told = db.exec(select(Fact.kind, Fact.detail).where(Fact.act == act, col(Fact.kind).in_(kinds))).first()
    if told is None or "proof" not in told[1]:
        return []
    kind, asked = told
    if kind == AccountFact.EMAIL_CONFIRMED:
        return _to_the_old_one(db, int(asked["proof"]))
    row = db.exec(
        select(EmailProof, Person.name)
        .join(Person, col(Person.id) == EmailProof.person_id)
        .where(EmailProof.id == int(asked["proof"]), col(EmailProof.confirmed_at).is_(None))
    ).first()
    if row is None:
        return []
    proof, name = row
    text = letters.confirm(name, proof.id or 0, proof.expires_at)
    return [OwedLetter(proof.person_id, None, text, proof.email, at_once=True)]


def _to_the_old_one(db: Session, proof_id: int) -> list[OwedLetter]:
    """Whoever reads the address that is left learns of it, in case it was not the person who changed it."""
    which = select(EmailProof.person_id, EmailProof.replaced, EmailProof.confirmed_at).where(EmailProof.id == proof_id)
    row = db.exec(which).first()
    if row is None or not row[1] or row[2] is None:
        return []
    return [OwedLetter(row[0], None, letters.address_changed(row[2]), row[1], at_once=True)]
