"""The form of a contribution as it is shown: what was typed, what is proposed for the rest, and what is wrong with it."""

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from sprint.catalogue.rules import forge_name
from sprint.contributions.drafting import OFF_TRACK, OWN_TIME, Draft, Ground, draft, what_it_is
from sprint.contributions.forms import ContentForm
from sprint.contributions.recognise import NAMES, Recognised
from sprint.contributions.rules import KINDS
from sprint.languages import speak
from sprint.refusal import Refusal
from sprint.words import Words, say

Choice = tuple[str, Words | str]
NOT_CHOSEN = say("Choisissez…")


@dataclass(frozen=True)
class Sheet:
    """Texts are as typed or proposed; `errors` are by field. `understood` says what the link is."""

    url: str
    title: str
    kind: str
    description: str
    track: str
    date: str
    credit: str
    hours: str
    others: str
    is_named: bool
    kinds: tuple[Choice, ...]
    tracks: tuple[Choice, ...]
    credits: tuple[Choice, ...]
    understood: Words | None
    proposed: tuple[str, ...]
    track_hint: Words | None
    errors: dict[str, tuple[str, ...]]

    @property
    def summary(self) -> list[tuple[str, str]]:
        """(field, error) of everything that is wrong, in the order of the form."""
        return [(name, error) for name in FIELDS for error in self.errors.get(name, ())]

    @property
    def has_more(self) -> bool:
        """Whether something stands, or is wrong, among what one may leave out."""
        typed = self.description or self.hours or self.others or self.is_named
        return bool(typed) or any(self.errors.get(name) for name in ("description", "duree", "autres"))

    def wrong(self, name: str) -> tuple[str, ...]:
        return self.errors.get(name, ())


FIELDS = (
    "url",
    "titre",
    "genre",
    "date",
    "parcours",
    "au_titre_de",
    "duree",
    "autres",
    "description",
    "reponse",
)


def sheet_of(form: ContentForm, ground: Ground, now: datetime, refusals: Iterable[Refusal] = ()) -> Sheet:
    """The form with its proposals; refusals that name a field stand beside it."""
    found = draft(form.typed, ground, now)
    kind = form.genre.data or (found.kind.value if found.kind else "")
    title = found.title if isinstance(found.title, str) else speak(found.title)
    return Sheet(
        url=form.url.data or "",
        title=title,
        kind=kind,
        description=form.description.data or "",
        track=found.track,
        date=form.date.data or found.done_on.isoformat(),
        credit=found.credit,
        hours=form.duree.data or "",
        others=form.autres.data or "",
        is_named=bool(form.nommer.data),
        kinds=(("", NOT_CHOSEN), *((kind.value, words) for kind, words in KINDS.items())),
        tracks=_tracks(ground),
        credits=_credits(ground),
        understood=_understood(found.link),
        proposed=_proposed(form, found, title),
        track_hint=_track_hint(form, found, ground),
        errors=_errors(form, refusals),
    )


def _understood(link: Recognised | None) -> Words | None:
    if link is None:
        return None
    if link.shape in NAMES:
        return say("%(what)s, sur %(host)s.", what=what_it_is(link), host=forge_name(link.host))
    return say("Un lien vers %(host)s : dites ce que c’est.", host=link.host)


def _proposed(form: ContentForm, found: Draft, title: str) -> tuple[str, ...]:
    values = {"titre": title, "genre": found.kind.value if found.kind else "", "parcours": found.track}
    typed = {"titre": form.titre.data, "genre": form.genre.data, "parcours": form.parcours.data}
    return tuple(f"{name}:{value}" for name, value in values.items() if value and not typed[name])


def _track_hint(form: ContentForm, found: Draft, ground: Ground) -> Words | None:
    if form.parcours.data or not found.track:
        return None
    return say("celui de ce dépôt") if ground.linked else say("proposé d’après votre inscription")


def _tracks(ground: Ground) -> tuple[Choice, ...]:
    named = tuple((one.slug, one.name) for one in ground.tracks)
    return (("", NOT_CHOSEN), *named, (OFF_TRACK, say("Hors parcours : accueil, animation, organisation")))


def _credits(ground: Ground) -> tuple[Choice, ...]:
    employers = {str(one.organisation_id): one.name for one in ground.employers}
    return (*employers.items(), (OWN_TIME, say("Mon temps personnel")))


def _errors(form: ContentForm, refusals: Iterable[Refusal]) -> dict[str, tuple[str, ...]]:
    found = [(name, str(error)) for name, field in form._fields.items() for error in field.errors]
    found += [(refusal.place, _sentence(speak(refusal.words))) for refusal in refusals]
    errors: dict[str, tuple[str, ...]] = {}
    for name, error in found:
        # What belongs to no field that one sees stands at the first.
        place = name if name in FIELDS else "url"
        errors[place] = (*errors.get(place, ()), error)
    return errors


def _sentence(text: str) -> str:
    return text[:1].upper() + text[1:] + "."
