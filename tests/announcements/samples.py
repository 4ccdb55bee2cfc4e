"""How the routes of announcements are tried: a draft to everybody, and a notice that stands."""

from datetime import timedelta

from sqlmodel import Session

from sprint.announcements.tables import Announcement, Group, GroupLetter
from tests.makers import NOW
from tests.people import Five
from tests.samples import Sample

WORDS = {"objet": "Bientôt", "texte": "On **vous** attend.", "subject": "Soon", "text": "We *expect* you."}
LETTER = {"groupe": "confirmees", "parcours": "", "jour": "", "mode": "", **WORDS, "once": "formulaire-1"}
NOTICE = {"annonce": "Salle changée", "notice": "Room changed", "fin": "2027-01-12T12:00", "once": "formulaire-1"}

SAMPLES = {
    "group_letters": Sample(),
    "write_group_letter": Sample(form=LETTER),
    "group_letter": Sample(),
    "revise_group_letter": Sample(form=LETTER),
    # Ada and Barbara hold a seat, Barbara mentors a track.
    "send_group_letter": Sample(form={"prevu": "2"}),
    # It is a draft: there is nothing to catch.
    "catch_group_letter_back": Sample(gives=409),
    "moment": Sample(),
    "announce": Sample(form=NOTICE),
    "take_down": Sample(),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    letter = GroupLetter(
        edition_id=five.edition.id,
        to_group=Group.EVERYONE,
        subject_fr="Bientôt",
        body_fr="On vous attend.",
        subject_en="Soon",
        body_en="We expect you.",
        written_at=NOW,
        once="formulaire-0",
    )
    notice = Announcement(
        edition_id=five.edition.id,
        words_fr="Salle changée",
        words_en="Room changed",
        said_at=NOW,
        ends_at=NOW + timedelta(hours=2),
        once="formulaire-0",
    )
    db.add(letter)
    db.add(notice)
    db.flush()
    return {"group": letter.id, "notice": notice.id}
