"""From the form to what its author wants noted: proposals included, and what only the person can tell asked for."""

from sprint.contributions.drafting import Draft, Ground, Wish, draft
from sprint.contributions.forms import ContentForm, is_off_track, organisation_id
from sprint.contributions.queries import ground_of
from sprint.contributions.recognise import looks_like_address, recognise
from sprint.languages import gettext, speak
from sprint.programme.queries import EditionView
from sprint.web.visit import Invalid, Visit


def ground(visit: Visit, form: ContentForm, edition: EditionView) -> Ground:
    """What proposals for this form are drawn from."""
    text = form.url.data or ""
    return ground_of(visit.db, visit.me.id, edition, recognise(text) if looks_like_address(text) else None)


def wish_of(visit: Visit, form: ContentForm, edition: EditionView) -> Wish:
    """What the form asks for, proposals included; Invalid when only the person can tell."""
    own = ground(visit, form, edition)
    found = draft(form.typed, own, visit.now)
    _ask_for_the_rest(form, found)
    track = own.track(found.track)
    if found.track and track is None and not is_off_track(found.track):
        form.reject("parcours", gettext("Choisissez un parcours de la liste."))
    if form.errors or found.kind is None:
        raise Invalid(form)
    return Wish(
        kind=found.kind,
        title=found.title if isinstance(found.title, str) else speak(found.title),
        description=form.description.data or "",
        done_on=found.done_on,
        track_id=track.id if track else None,
        project_id=track.project_id if track else None,
        organisation_id=organisation_id(found.credit),
        minutes=form.minutes,
        links=form.links,
        is_named=bool(form.nommer.data),
    )


def _ask_for_the_rest(form: ContentForm, found: Draft) -> None:
    if not found.title and not (form.url.data or form.titre.data):
        form.reject("url", gettext("Collez un lien, ou dites en une phrase ce que vous avez fait."))
    elif not found.title:
        form.reject("titre", gettext("Donnez un titre en quelques mots."))
    if not found.track and form.parcours.raw_data:
        form.reject("parcours", gettext("Choisissez un parcours, ou « Hors parcours »."))
    if found.kind is None:
        form.reject("genre", gettext("Choisissez la nature de la contribution."))
    if not found.credit:
        form.reject("au_titre_de", gettext("Choisissez au titre de qui."))
