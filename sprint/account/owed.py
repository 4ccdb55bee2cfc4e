"""Which letters an act about an account owes. They name no edition: no organiser lists them."""

from sqlmodel import Session, col, select

from sprint.account import letters
from sprint.account.facts import AccountFact
from sprint.account.tables import EmailProof
from sprint.journal import Fact
from sprint.letter import OwedLetter
from sprint.people.tables import Person


def owed_letters(db: Session, act: str) -> list[OwedLetter]:
    """The link that proves an address. One query, two when there is one."""
    asked = db.exec(select(Fact.detail).where(Fact.act == act, Fact.kind == AccountFact.EMAIL_ASKED.value)).first()
    if asked is None:
        return []
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
