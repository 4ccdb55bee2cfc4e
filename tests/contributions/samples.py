"""How the routes of contributions are tried. One of Ada's waits on onyxia, which Barbara mentors and Claude organises."""

from sqlmodel import Session

from tests.contributions.stage import a_contribution
from tests.people import Five
from tests.samples import Sample

FORM = {"url": "J’ai relu le guide", "genre": "relecture", "titre": "Relu", "once": "formulaire-essai"}

SAMPLES = {
    "my_contributions": Sample(),
    "log_contribution": Sample(form=FORM),
    "contribution": Sample(finds="ada barbara claude"),
    "correction": Sample(finds="ada"),
    "correct_contribution": Sample(finds="ada", form=FORM),
    "withdraw_contribution": Sample(finds="ada"),
    "name_author": Sample(finds="ada"),
    "unname_author": Sample(finds="ada"),
    "reviews": Sample(gives=303),
    "review": Sample(),
    "accept_several": Sample(),
    "accept": Sample(),
    "send_back": Sample(form={"motif": "Où la lire ?"}),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    return {"contribution": a_contribution(db, five.ada, five.onyxia)}
