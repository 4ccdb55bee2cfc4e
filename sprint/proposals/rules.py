"""What a proposal lacks, who may do what with it and when: every rule gives all its reasons."""

import unicodedata
from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from sprint.programme.rules import Calendar, Deed
from sprint.proposals.tables import State
from sprint.refusal import Refusal
from sprint.words import Words, say

IN_HAND = frozenset({State.DRAFT, State.RETURNED, State.SUBMITTED, State.PUBLISHED})
"""States in which the team may still write."""
READABLE = frozenset({State.SUBMITTED, State.RETURNED, State.DECLINED, State.PUBLISHED})
"""States in which organisers read it: a draft is its team's alone."""


@dataclass(frozen=True)
class Written:
    """A canvas as far as the rules care."""

    name: str
    objective: str
    description: str
    asks: bool
    """Whether it says precisely what help it wants: needs or first tasks."""
    repositories: int
    is_commons: bool
    offered_on: tuple[date, ...]
    licence: str = ""
    contributing: str = ""
    tested_by: str = ""
    tested_on: str = ""
    tested_with: str = ""
    mentored_on: frozenset[date] = frozenset()


@dataclass(frozen=True)
class Check:
    """One line of the readiness checklist."""

    code: str
    words: Words
    is_done: bool


def proposing(calendar: Calendar, now: datetime) -> list[Refusal]:
    """Teams propose while the edition is announced, until its registration closes."""
    if calendar.allows(Deed.PROPOSE, now):
        return []
    return [Refusal("not_proposing", say("cette édition ne reçoit pas de proposition de parcours en ce moment"))]


def writing(state: State, calendar: Calendar, now: datetime) -> list[Refusal]:
    """Why its team may not write on a proposal any more."""
    if state not in IN_HAND:
        return [Refusal("decided", say("cette proposition est close : commencez-en une autre"))]
    if not calendar.allows(Deed.PREPARE, now):
        return [Refusal("archived", say("l’édition est archivée : plus rien n’y change"))]
    return []


def submitting(state: State, written: Written) -> list[Refusal]:
    """What a proposal must say before organisers are asked to read it."""
    if state == State.PUBLISHED:
        return []
    lacks = (
        ("nom", written.name, say("donnez un nom au parcours")),
        ("objectif", written.objective, say("dites son objectif en une phrase")),
        ("description", written.description, say("décrivez ce que l’on y fera")),
        ("besoins", written.asks, say("demandez une aide précise : des besoins, ou des premières tâches")),
        (
            "depots",
            written.repositories or written.is_commons,
            say("donnez au moins un dépôt, ou dites que c’est un commun"),
        ),
        ("places", written.offered_on, say("offrez des places au moins un jour")),
    )
    return [Refusal(f"lacks_{place}", words, place) for place, value, words in lacks if not value]


def checklist(written: Written) -> tuple[Check, ...]:
    """What makes a track ready for the people who come."""
    tested = bool(written.tested_by and written.tested_on and written.tested_with)
    missing = [on for on in written.offered_on if on not in written.mentored_on]
    return (
        Check("licence", say("une licence libre est nommée"), bool(written.licence)),
        Check("guide", say("un guide de contribution se lit en ligne"), bool(written.contributing)),
        Check("tested", say("l’installation a été essayée : par qui, quand, sur quoi"), tested),
        Check("mentors", say("un·e mentor est là chaque jour offert"), bool(written.offered_on) and not missing),
    )


def publishing(state: State, written: Written) -> list[Refusal]:
    """Why organisers may not publish it: not sent, or not ready."""
    if state not in (State.SUBMITTED, State.PUBLISHED):
        return [Refusal("not_sent", say("l’équipe n’a pas envoyé cette proposition"))]
    missing = [one for one in checklist(written) if not one.is_done]
    reasons = [Refusal(f"lacks_{one.code}", say("il manque : %(what)s", what=one.words)) for one in missing]
    return submitting(State.SUBMITTED, written) + reasons


def deciding(state: State, words: str) -> list[Refusal]:
    """Sending back and declining concern what was sent, and say why."""
    reasons = []
    if state != State.SUBMITTED:
        reasons.append(Refusal("not_sent", say("cette proposition n’attend pas de relecture")))
    if not words:
        reasons.append(Refusal("no_words", say("dites à l’équipe pourquoi"), "raison"))
    return reasons


def slug_for(text: str, taken: Collection[str]) -> str:
    """The address of a track by its name, with a number when another has it."""
    folded = "".join(sign for sign in unicodedata.normalize("NFKD", text.lower()) if not unicodedata.combining(sign))
    plain = "".join(sign if sign.isascii() and sign.isalnum() else "-" for sign in folded)
    base = "-".join(part for part in plain.split("-") if part)[:70].strip("-") or "parcours"
    numbers: Sequence[str] = [base, *(f"{base}-{number}" for number in range(2, len(taken) + 3))]
    return next(slug for slug in numbers if slug not in taken)


def withdrawing(state: State) -> list[Refusal]:
    """What is published is changed, not withdrawn; what is closed stays so."""
    if state == State.PUBLISHED:
        return [Refusal("published", say("le parcours est publié : écrivez à l’équipe du sprint pour le retirer"))]
    return [] if state in IN_HAND else [Refusal("decided", say("cette proposition est déjà close"))]


def mentoring(days: Collection[date]) -> list[Refusal]:
    """A mentor is there at least one day."""
    return [] if days else [Refusal("no_day", say("choisissez au moins un jour"), "jour")]


# --- questions

MOST_UNANSWERED = 3
"""Questions somebody may have waiting at one track."""


def asking(calendar: Calendar, unanswered: int, words: str, now: datetime) -> list[Refusal]:
    """Why one may not ask a track: nothing said, too much asked already, or it is over."""
    reasons = []
    if not words:
        reasons.append(Refusal("no_words", say("écrivez votre question"), "question"))
    if unanswered >= MOST_UNANSWERED:
        reasons.append(Refusal("too_many", say("vos questions précédentes attendent encore une réponse"), "question"))
    if calendar.is_over(now) or not calendar.allows(Deed.READ, now):
        reasons.append(Refusal("over", say("l’édition ne répond plus aux questions"), "question"))
    return reasons


def answering(words: str) -> list[Refusal]:
    """An answer says something."""
    return [] if words else [Refusal("no_words", say("écrivez une réponse, ou écartez la question"))]
