"""How the routes of participation are tried. Ada alone comes; she answered one question; no code of conduct is in force."""

from sqlmodel import Session

from tests.participation.stage import a_question, a_team, an_answer
from tests.people import Five
from tests.samples import Sample

QUESTION = {
    "question": "À quelle heure arrivez-vous ?",
    "question_en": "When do you arrive?",
    "motif": "Pour ouvrir à temps.",
    "motif_en": "To open in time.",
    "genre": "texte",
    "duree": "30",
    "rang": "1",
    "once": "formulaire-essai",
}

SAMPLES = {
    "my_coming": Sample(finds="ada"),
    "choose_images": Sample(finds="ada", form={"image": "non"}),
    # The edition has no code of conduct to accept.
    "accept_conduct": Sample(finds="ada", form={"charte": "1"}, gives=409),
    "tell_care": Sample(finds="ada", form={"repas": "tout", "accord": "1"}),
    "withdraw_care": Sample(finds="ada"),
    "answer_questions": Sample(finds="ada"),
    "make_team": Sample(
        finds="ada", form={"equipe": "Deux", "parcours": "keycloak", "once": "formulaire-essai"}, gives=409
    ),
    # She is in a team of that track already.
    "join_team": Sample(finds="ada", form={"code": "ABCDEFGH"}, gives=409),
    "leave_team": Sample(finds="ada"),
    "desk_expected": Sample(),
    "desk_questionnaire": Sample(),
    "add_question": Sample(form=QUESTION),
    "desk_registration_question": Sample(),
    # Somebody answered it: it is not worded otherwise any more.
    "revise_question": Sample(form=QUESTION, gives=409),
    "close_question": Sample(),
    "purge_answers": Sample(),
    "export_answers": Sample(form={"motif": "preparer"}, gives=200),
    "desk_care": Sample(),
    "declare_purpose": Sample(form={"motif": "repas"}),
    # Nobody said yet what they read names for.
    "desk_care_names": Sample(gives=303, params={"purpose": "repas"}),
}


def rows(db: Session, five: Five) -> dict[str, object]:
    asked = a_question(db, five)
    an_answer(db, asked, five.ada, chosen=["Oui"])
    return {"inquiry": asked.id, "team": a_team(db, five.keycloak, five.ada).id}
