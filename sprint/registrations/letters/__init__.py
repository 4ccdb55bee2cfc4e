"""The letter that one act owes to one person, from plain rows of what happened. Pure."""

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date

from sprint.letter import CALENDAR, LetterText, Link
from sprint.registrations.facts import RegistrationFact
from sprint.registrations.rules import HOW, WHY, Why
from sprint.registrations.tables import Mode
from sprint.words import Words, say

CONFIRMED, PROMOTED = RegistrationFact.CONFIRMED, RegistrationFact.PROMOTED
WAITING = RegistrationFact.WAITING
CANCELLED, LEFT_QUEUE = RegistrationFact.CANCELLED, RegistrationFact.LEFT_QUEUE
MOVED, RELEASED = RegistrationFact.MOVED, RegistrationFact.RELEASED
ENDED = (CANCELLED, LEFT_QUEUE)

SEATED = (CONFIRMED, PROMOTED)
BY_WEIGHT = (CONFIRMED, PROMOTED, WAITING, RELEASED, CANCELLED, LEFT_QUEUE)
"""Of several things that happened to one person in one act, the first of these names the letter; the others are listed."""


@dataclass(frozen=True)
class Happened:
    """One fact of the act about the person; `replaced` is the seat they left for this one, `join_url` the online room."""

    kind: RegistrationFact
    track: str
    track_path: str
    on: date
    mode: Mode
    place: str = ""
    by_team: bool = False
    why: Why | None = None
    """What the team gave as its reason."""
    replaced: "Happened | None" = None
    join_url: str = ""


@dataclass(frozen=True)
class _Wording:
    """The words of one kind of letter; each may name %(tracks)s and %(days)s."""

    purpose: str
    subject: Words
    opening: Words
    action: Words


_WORDINGS = {
    CONFIRMED: _Wording(
        "registered",
        say("Inscription confirmée : %(tracks)s"),
        say("Réservez **%(days)s** : votre place dans **%(tracks)s** est confirmée."),
        say("Voir mon inscription"),
    ),
    PROMOTED: _Wording(
        "promoted",
        say("Une place pour vous : %(tracks)s"),
        say("Réservez **%(days)s** : une place s’est libérée dans **%(tracks)s**, elle est à vous."),
        say("Voir mon inscription"),
    ),
    WAITING: _Wording(
        "waiting",
        say("Liste d’attente : %(tracks)s"),
        say("Vous n’avez rien à faire : vous attendez une place dans **%(tracks)s**, **%(days)s**."),
        say("Voir ma place dans la liste d’attente"),
    ),
    RELEASED: _Wording(
        "released",
        say("Place rendue, faute de réponse : %(tracks)s"),
        say(
            "Vous venez quand même ? Inscrivez-vous à nouveau : sans réponse de vous dans les temps, "
            "votre place dans **%(tracks)s**, **%(days)s**, a été rendue."
        ),
        say("Voir où il reste des places"),
    ),
    CANCELLED: _Wording(
        "cancelled",
        say("Désistement enregistré : %(tracks)s"),
        say("Vous n’avez plus rien à faire : on ne vous attend plus dans **%(tracks)s**, **%(days)s**."),
        say("Voir le parcours"),
    ),
    LEFT_QUEUE: _Wording(
        "cancelled",
        say("Liste d’attente quittée : %(tracks)s"),
        say("Vous n’avez plus rien à faire : vous n’attendez plus de place dans **%(tracks)s**, **%(days)s**."),
        say("Voir le parcours"),
    ),
}
_BY_TEAM = {
    CANCELLED: _Wording(
        "cancelled",
        say("Inscription annulée : %(tracks)s"),
        say(
            "Choisissez un autre parcours : l’équipe du sprint a annulé votre place dans **%(tracks)s**, **%(days)s**."
        ),
        say("Voir le parcours"),
    ),
    LEFT_QUEUE: _Wording(
        "cancelled",
        say("Liste d’attente : vous n’y êtes plus pour %(tracks)s"),
        say(
            "Choisissez un autre parcours : l’équipe du sprint a retiré votre demande de place dans **%(tracks)s**, **%(days)s**."
        ),
        say("Voir le parcours"),
    ),
}
_GIVEN_BY_TEAM = {
    CONFIRMED: _Wording(
        "registered",
        say("Votre place a changé : %(tracks)s"),
        say("Réservez **%(days)s** : l’équipe du sprint vous a donné une place dans **%(tracks)s**."),
        say("Voir mon inscription"),
    ),
    PROMOTED: _Wording(
        "promoted",
        say("Une place pour vous : %(tracks)s"),
        say("Réservez **%(days)s** : l’équipe du sprint vous a donné une place dans **%(tracks)s**."),
        say("Voir mon inscription"),
    ),
    WAITING: _Wording(
        "waiting",
        say("Liste d’attente : %(tracks)s"),
        say(
            "Vous n’avez rien à faire : l’équipe du sprint a demandé pour vous une place dans **%(tracks)s**, **%(days)s**."
        ),
        say("Voir ma place dans la liste d’attente"),
    ),
}
"""What the team gave with a reason."""
_ITEMS = {
    MOVED: say("%(day)s, %(where)s : place rendue dans %(track)s"),
    CONFIRMED: say("%(day)s, %(where)s : place confirmée dans %(track)s"),
    PROMOTED: say("%(day)s, %(where)s : place confirmée dans %(track)s"),
    WAITING: say("%(day)s, %(where)s : en liste d’attente pour %(track)s"),
    RELEASED: say("%(day)s, %(where)s : place rendue dans %(track)s"),
    CANCELLED: say("%(day)s, %(where)s : place rendue dans %(track)s"),
    LEFT_QUEUE: say("%(day)s, %(where)s : liste d’attente quittée pour %(track)s"),
}
_OTHER_TRACK = say("%(day)s, %(where)s : place confirmée dans %(track)s, à la place de %(before)s")
_OTHER_MODE = say("%(day)s, %(where)s au lieu de %(before)s : place confirmée dans %(track)s")
_NOTES = (
    (
        (CONFIRMED, PROMOTED),
        say("Un empêchement ? Désistez-vous sur la page du parcours : votre place ira à la personne suivante."),
    ),
    (
        (WAITING,),
        say(
            "Dès qu’une place vous revient, elle est confirmée et un courriel vous prévient. "
            "Si vous ne pouvez plus venir, quittez la liste d’attente sur la page du parcours."
        ),
    ),
    (
        (RELEASED,),
        say(
            "S’il reste une place, elle est à vous aussitôt ; sinon vous attendez la suivante. "
            "Si les inscriptions sont closes, répondez à l’équipe du sprint : elle voit ce qui est possible."
        ),
    ),
    (
        ENDED,
        say("Vous changez d’avis ? Vous pouvez vous inscrire à nouveau tant que les inscriptions sont ouvertes."),
    ),
)


def letter_about(edition_name: str, happened: Sequence[Happened]) -> LetterText | None:
    """What to tell somebody of an act, from its facts in their order; None when there is nothing to tell."""
    told = sorted(_outcome(happened), key=lambda one: one.on)
    kind = next((kind for kind in BY_WEIGHT if any(one.kind == kind for one in told)), None)
    if kind is None:
        return None
    main = [one for one in told if one.kind == kind]
    wording = _wording(main[0])
    paths = {one.track_path for one in main}
    return LetterText(
        purpose=wording.purpose,
        subject=_naming(wording.subject, main),
        opening=_naming(wording.opening, main),
        items=tuple(_item(one) for one in told),
        notes=(
            *_reasons(main),
            *_ways_in(told),
            *(
                note
                for kinds, note in _NOTES
                if any(one.kind in kinds for one in told) and (kinds != ENDED or kind in ENDED)
            ),
        ),
        action=Link(wording.action, paths.pop()) if len(paths) == 1 else Link(say("Voir mes inscriptions"), "/moi"),
        signature=say("L’équipe du sprint (%(edition)s)", edition=edition_name),
        attachment=CALENDAR,
        more=(Link(say("Ma convocation, pour ma hiérarchie"), _convocation(main[0])),) if kind in SEATED else (),
    )


def places(happened: Sequence[Happened]) -> tuple[Words, ...]:
    """A line for each place somebody holds or waits for."""
    return tuple(_item(one) for one in happened)


def _wording(main: Happened) -> _Wording:
    """What somebody asked for is told as if they had done it themselves."""
    if not main.by_team or main.why == Why.ASKED:
        return _WORDINGS[main.kind]
    if main.why is not None and main.kind in _GIVEN_BY_TEAM:
        return _GIVEN_BY_TEAM[main.kind]
    return _BY_TEAM.get(main.kind, _WORDINGS[main.kind])


def _convocation(one: Happened) -> str:
    """Where the convocation of its edition is."""
    return f"/moi/convocation/{one.track_path.split('/')[1]}"


def _ways_in(told: Sequence[Happened]) -> list[Words]:
    """Where the tracks meet online in which the person has a seat now: nobody else is told."""
    seats = (one for one in told if one.kind in (CONFIRMED, PROMOTED) and one.join_url)
    ways = dict.fromkeys((one.track, one.join_url) for one in seats)
    return [say("Pour rejoindre %(track)s à distance : %(address)s", track=track, address=url) for track, url in ways]


def _reasons(main: Sequence[Happened]) -> tuple[Words, ...]:
    """Why the team did it, each reason once."""
    given = dict.fromkeys(one.why for one in main if one.why is not None)
    asked = say("L’équipe du sprint l’a enregistré à votre demande.")
    return tuple(asked if why == Why.ASKED else say("Motif : %(why)s.", why=WHY[why]) for why in given)


def _outcome(happened: Sequence[Happened]) -> list[Happened]:
    """What is left in the end: a seat left for another is told with the one that replaced it."""
    told: list[Happened] = []
    left: dict[date, Happened | None] = {}
    for one in happened:
        if one.kind != MOVED:
            seated = one.kind in (CONFIRMED, PROMOTED)
            told.append(replace(one, replaced=left.pop(one.on, None)) if seated else one)
            continue
        # A seat both won and left again in this act is not told: what it had replaced is what was left.
        passed = next((other for other in told if _is_same_seat(other, one)), None)
        left[one.on] = passed.replaced if passed else one
        told = [other for other in told if other is not passed]
    # Left for a seat of another day: nothing replaced it on its own.
    return told + [seat for seat in left.values() if seat is not None]


def _is_same_seat(seat: Happened, left: Happened) -> bool:
    return seat.kind in (CONFIRMED, PROMOTED) and (seat.on, seat.track_path) == (left.on, left.track_path)


def _naming(words: Words, main: Sequence[Happened]) -> Words:
    tracks = tuple(dict.fromkeys(one.track for one in main))
    days = tuple(dict.fromkeys(one.on for one in main))
    return replace(words, values={"tracks": tracks, "days": days})


def _item(one: Happened) -> Words:
    values = {"day": one.on, "where": _where(one), "track": one.track}
    before = one.replaced
    if before is None:
        return replace(_ITEMS[one.kind], values=values)
    if before.track_path == one.track_path:
        return replace(_OTHER_MODE, values=values | {"before": HOW[before.mode]})
    return replace(_OTHER_TRACK, values=values | {"before": before.track})


def _where(one: Happened) -> Words:
    return say("sur place (%(place)s)", place=one.place) if one.place and one.mode == Mode.SITE else HOW[one.mode]
