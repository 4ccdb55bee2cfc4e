"""What the tests of participation do several times."""

from sqlmodel import Session, select

from sprint.database import Database
from sprint.journal import Fact
from sprint.participation.facts import ParticipationFact
from sprint.participation.tables import Answer, QuestionKind, RegistrationQuestion, Team, TeamMember
from sprint.people.tables import Person
from sprint.programme.queries import EditionView, edition_with
from sprint.programme.tables import Edition, Track
from tests.makers import NOW
from tests.people import Five

CONDUCT = "https://example.org/charte"


def view(database: Database, five: Five) -> EditionView:
    with database.reading() as db:
        return edition_with(db, five.edition.id or 0)


def set_conduct(database: Database, five: Five, version: str) -> None:
    """The edition has a code of conduct in that version from now on."""
    with database.writing() as db:
        edition = db.get_one(Edition, five.edition.id)
        edition.conduct_url, edition.conduct_version = CONDUCT, version


def facts(database: Database) -> list[tuple[str, dict[str, int | str]]]:
    """The facts of participation, in order."""
    kinds = [kind.value for kind in ParticipationFact]
    with database.reading() as db:
        rows = db.exec(select(Fact.kind, Fact.detail).where(Fact.kind.in_(kinds)).order_by(Fact.id))  # type: ignore[attr-defined]
        return [(kind, detail) for kind, detail in rows]


def a_question(
    db: Session,
    five: Five,
    *,
    words: str = "Faut-il une attestation ?",
    kind: QuestionKind = QuestionKind.YES_NO,
    options: tuple[str, ...] = (),
    track: Track | None = None,
    is_required: bool = False,
    kept_days: int = 30,
) -> RegistrationQuestion:
    row = RegistrationQuestion(
        edition_id=five.edition.id or 0,
        track_id=track.id if track else None,
        kind=kind,
        words=words,
        words_en="Is a certificate needed?",
        purpose="Pour la préparer.",
        purpose_en="To prepare it.",
        options=[{"fr": one, "en": one} for one in options],
        is_required=is_required,
        kept_days=kept_days,
        position=1,
        once=words[:30],
    )
    db.add(row)
    db.flush()
    return row


def an_answer(
    db: Session, asked: RegistrationQuestion, person: Person, *, words: str = "", chosen: list[str] | None = None
) -> None:
    db.add(
        Answer(question_id=asked.id or 0, person_id=person.id or 0, words=words, chosen=chosen or [], answered_at=NOW)
    )
    db.flush()


def a_team(db: Session, track: Track, *people: Person, name: str = "Les Assembleuses", code: str = "ABCDEFGH") -> Team:
    team = Team(track_id=track.id or 0, name=name, code=code, made_at=NOW)
    db.add(team)
    db.flush()
    for one in people:
        db.add(TeamMember(track_id=team.track_id, person_id=one.id or 0, team_id=team.id or 0, joined_at=NOW))
    db.flush()
    return team
