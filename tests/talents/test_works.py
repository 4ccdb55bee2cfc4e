"""Contributions beside a profile: a purpose of its own, and before agreement neither title nor link (R2, R8)."""

from datetime import date
from itertools import count

from sqlmodel import Session

from sprint.catalogue.tables import Project
from sprint.contributions.tables import Authorship, Contribution, Kind, Reference, State
from sprint.contributions.tables import Consent as Agreement
from sprint.database import Database
from sprint.people.tables import Person
from sprint.talents.actions import accept_contact, change_profile, hide_contributions, show_contributions
from sprint.talents.queries.mine import requests_to
from sprint.talents.queries.works import Work, own_contributions, works_shown
from tests.makers import NOW
from tests.people import Five
from tests.talents.pool import BOTH, PORTRAIT, a_profile, a_recruiter, a_request

_numbers = count(1)


def a_contribution(
    db: Session, five: Five, *authors: Person, state: State = State.ACCEPTED, project: Project | None = None
) -> int:
    """Something done, with a link that is a login."""
    number = next(_numbers)
    row = Contribution(
        edition_id=five.edition.id or 0, track_id=five.keycloak.id, project_id=project.id if project else None,
        kind=Kind.CODE, title=f"Corrige la carte de Barbara {number}", done_on=date(2027, 1, 9), state=state,
        logged_at=NOW, decided_at=NOW, reason="x" if state == State.SENT_BACK else "",
        withdrawn_at=NOW if state == State.WITHDRAWN else None,
    )  # fmt: skip
    db.add(row)
    db.flush()
    key = f"github:github.com:liskov/carte:change:{number}"
    db.add(
        Reference(
            contribution_id=row.id or 0, edition_id=row.edition_id, kind=row.kind, key=key,
            url=f"https://github.com/liskov/carte/pull/{number}",
        )
    )  # fmt: skip
    for author in authors:
        db.add(
            Authorship(
                contribution_id=row.id or 0, person_id=author.id or 0, state=Agreement.ACCEPTED, answered_at=NOW,
                once=f"note-{number:05}",
            )
        )  # fmt: skip
    db.flush()
    return row.id or 0


def a_project(db: Session) -> Project:
    project = Project(slug="umap", name="uMap")
    db.add(project)
    db.flush()
    return project


def shown(db: Session, key: str, recruiter_id: int) -> tuple[Work, ...]:
    return works_shown(db, [key], recruiter_id, NOW).get(key, ())


def test_before_agreement_a_contribution_shows_kind_project_month_and_state(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        done = a_contribution(db, five, five.ada, project=a_project(db))
        a_contribution(db, five, five.ada)  # not chosen
        profile = a_profile(db, five.ada, purposes=BOTH, contribution_ids=(done,))
        (work,) = shown(db, profile.key, rosa.id)
        assert (work.kind.message, work.project, work.month, work.is_accepted) == (
            "Code",
            "uMap",
            date(2027, 1, 1),
            True,
        )
        assert (work.title, work.url) == (None, None)
        a_request(db, rosa, profile)
        accept_contact(db, five.ada.id or 0, requests_to(db, five.ada.id or 0, NOW)[0].id, NOW)
        db.flush()
        (work,) = shown(db, profile.key, rosa.id)
        assert (work.title or "").startswith("Corrige la carte")
        assert (work.url or "").startswith("https://github.com/liskov/")
        (work,) = shown(db, profile.key, a_recruiter(db, name="Karl Autre").id)
        assert (work.title, work.url) == (None, None)


def test_contributions_wait_for_a_consent_of_their_own_and_go_with_it(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, done = a_recruiter(db), a_contribution(db, five, five.ada)
        profile = a_profile(db, five.ada, contribution_ids=(done,))
        numbers = [len(shown(db, profile.key, rosa.id))]
        for act in (show_contributions, hide_contributions):
            act(db, five.ada.id or 0, "fr", NOW)
            db.flush()
            numbers.append(len(shown(db, profile.key, rosa.id)))
    assert numbers == [0, 1, 0]


def test_only_ones_own_can_be_shown_and_only_while_they_stand(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa = a_recruiter(db)
        hers = a_contribution(db, five, five.barbara)
        both = a_contribution(db, five, five.ada, five.barbara)
        others = [a_contribution(db, five, five.ada, state=state) for state in (State.SENT_BACK, State.WITHDRAWN)]
        assert [one.id for one in own_contributions(db, five.ada.id or 0)] == [both]
        profile = a_profile(db, five.ada, purposes=BOTH, contribution_ids=(hers, both, *others))
        assert len(shown(db, profile.key, rosa.id)) == 1
        db.get_one(Contribution, both).state, db.get_one(Contribution, both).withdrawn_at = State.WITHDRAWN, NOW
        db.flush()
        assert shown(db, profile.key, rosa.id) == ()


def test_another_choice_replaces_the_first(database: Database, five: Five) -> None:
    with database.writing() as db:
        rosa, done = a_recruiter(db), a_contribution(db, five, five.ada)
        profile = a_profile(db, five.ada, purposes=BOTH, contribution_ids=(done,))
        change_profile(db, five.ada.id or 0, PORTRAIT, NOW)
        assert shown(db, profile.key, rosa.id) == ()
