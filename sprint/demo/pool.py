"""The pool of the demonstration: people who joined, recruiters who looked and asked, each through the real action."""

from collections.abc import Mapping
from datetime import datetime, timedelta
from typing import Any

from sqlmodel import Session, select

from sprint.account.actions import grant_right
from sprint.people.tables import Right, Scope
from sprint.talents import actions
from sprint.talents.actions import Proposal
from sprint.talents.queries.mine import organisations_called, profile_of
from sprint.talents.queries.recruiters import reason_of, recruiter_for
from sprint.talents.queries.works import own_contributions
from sprint.talents.rules.joining import Portrait
from sprint.talents.rules.labels import months_from
from sprint.talents.rules.recruiting import Recruiter
from sprint.talents.tables import ContactRequest, Contract, Purpose, Region

HALF_A_YEAR = timedelta(days=182)
MOST_SHOWN = 4


def build_pool(db: Session, given: Any, by_key: Mapping[str, int], now: datetime) -> None:
    """Who joined, then who looked, then who asked; `given` is the content of `pool.json`."""
    for one in given["recruiters"]:
        until = now + HALF_A_YEAR
        grant_right(db, by_key[one["person"]], Right.RECRUITER, Scope.EVERYTHING, None, until, now, None)
    for one in given["profiles"]:
        _join(db, one, by_key[one["person"]], now)
    for number, one in enumerate(given["views"]):
        _look(db, one, by_key, f"demo-motif-{number:02}", now - timedelta(days=one["days_ago"]))
    for number, one in enumerate(given["requests"]):
        _ask(db, one, by_key, f"demo-demande-{number:02}", now - timedelta(days=one["days_ago"]))


def _join(db: Session, one: Any, person_id: int, now: datetime) -> None:
    months = [now.date(), *months_from(now.date(), 12)]
    shows = one["contributions"]
    works = [work.id for work in own_contributions(db, person_id)][:MOST_SHOWN] if shows else []
    portrait = Portrait(
        headline=one["headline"],
        skills=tuple(one["skills"]),
        languages=tuple(one["languages"]),
        region=Region(one["region"]),
        contracts=tuple(Contract(word) for word in one["contracts"]),
        available_on=months[one["months"]],
        organisation_ids=tuple(organisations_called(db, one.get("exclude", [])).values()),
        contribution_ids=tuple(works),
    )
    purposes = (Purpose.VISIBLE, Purpose.CONTRIBUTIONS) if shows else (Purpose.VISIBLE,)
    actions.join_pool(db, person_id, portrait, purposes, "fr", now - timedelta(days=one["days_ago"]))


def _recruiter(db: Session, person_id: int, at: datetime) -> Recruiter:
    found = recruiter_for(db, person_id, at + HALF_A_YEAR / 2)
    if found is None:
        raise LookupError("a recruiter of the demonstration has no public employer")
    return found


def _look(db: Session, one: Any, by_key: Mapping[str, int], once: str, at: datetime) -> None:
    recruiter = _recruiter(db, by_key[one["recruiter"]], at)
    actions.state_reason(db, recruiter, one["reason"], once, at)
    reason = reason_of(db, recruiter.id, at - timedelta(days=1))
    for number, key in enumerate(one["profiles"]):
        profile = profile_of(db, by_key[key])
        if profile is not None and reason is not None:
            actions.note_view(db, recruiter, profile.key, reason.id or 0, at + timedelta(minutes=7 * number))


def _ask(db: Session, one: Any, by_key: Mapping[str, int], once: str, at: datetime) -> None:
    recruiter, person_id = _recruiter(db, by_key[one["recruiter"]], at), by_key[one["person"]]
    profile = profile_of(db, person_id)
    proposal = Proposal(one["post"], one["contract"], one["place"], one["reason"])
    actions.request_contact(db, recruiter, profile.key if profile else "", proposal, once, at)
    request = db.exec(select(ContactRequest.id).where(ContactRequest.once == once)).one() or 0
    answers = {"accepted": actions.accept_contact, "declined": actions.decline_contact}
    if one["answer"]:
        answers[one["answer"]](db, person_id, request, at + timedelta(days=1))
