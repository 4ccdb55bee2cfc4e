"""Why somebody goes to a provider and what they come back for: to sign in, to link one more account, to show it is still them."""

from datetime import datetime, timedelta
from http import HTTPStatus

from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sprint import languages, sessions
from sprint.account.actions import confirm_identity, link_identity, sign_in
from sprint.account.pages.my_account import my_account
from sprint.account.providers.failures import Failure, SignInFailed
from sprint.account.providers.provider import Claims, Pending, Purpose
from sprint.account.queries import begins_without_address
from sprint.account.rules import FRESH, device_of, is_fresh
from sprint.refusal import Refused
from sprint.sessions import LASTS, OpenSession, beginning_of
from sprint.web.answers import PRIVATE
from sprint.web.cookies import SESSION
from sprint.web.frame import Frame
from sprint.web.page import Go, SetCookie, Show
from sprint.words import say

PURPOSES: dict[str, Purpose] = {"lier": "link", "confirmer": "confirm"}
"""The word of the address, and what is meant; any other is signing in."""
LINKING = FRESH + timedelta(minutes=10)
"""How old a session may be when one comes back to link: it was fresh when one left, at most ten minutes ago."""


class NotNow(Exception):
    """One cannot leave for this purpose: where to go instead."""

    def __init__(self, response: Response) -> None:
        super().__init__("not now")
        self.response = response


def departure(frame: Frame, request: Request, now: datetime) -> tuple[Purpose, int]:
    """What somebody leaves for, and who they are when it is about their account. Raises NotNow with where to go instead."""
    purpose = PURPOSES.get(request.query_params.get("but", ""), "sign-in")
    if purpose == "sign-in":
        return purpose, 0
    with languages.using(request.scope["state"]["language"]), frame.database.reading() as db:
        account = frame.links.to("my_account")
        session = sessions.arrival(db, request.cookies.get(frame.jar.name(SESSION), ""), now).session
        if session is None:
            raise NotNow(frame.answers.sign_in(request, account))
        if purpose == "link" and not is_fresh(beginning_of(db, session.id).at, now):
            # The page says what to do first.
            raise NotNow(RedirectResponse(account, 303, headers=PRIVATE))
    return purpose, session.person_id


def arrival(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    """Somebody proved who they are: do what they came for, then send them on. Raises SignInFailed when it is too late."""
    with languages.using(pending.language):
        try:
            if pending.purpose == "link":
                return _link(frame, request, pending, claims, now)
            return _begin(frame, request, pending, claims, now)
        except Refused as refused:
            return _refused(frame, request, refused)


def _begin(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    device, leaving = device_of(request.headers.get("user-agent", "")), request.cookies.get(frame.jar.name(SESSION), "")
    with frame.database.writing() as db:
        if pending.purpose == "confirm":
            person_id = _still(sessions.arrival(db, leaving, now).session, pending).person_id
            token = confirm_identity(db, claims, person_id, now, device, leaving=leaving)
        else:
            token = sign_in(db, claims, now, device, language=pending.language, leaving=leaving)
        came = sessions.arrival(db, token, now).session
        is_asked = came is not None and begins_without_address(db, came.person_id, now)
    back_to = pending.back_to or frame.links.to("mine")
    address = frame.links.to("welcome", question={"retour": back_to}) if is_asked else back_to
    response = RedirectResponse(address, 303, headers=PRIVATE)
    frame.jar.set(response, SetCookie(SESSION, token, int(LASTS.total_seconds())))
    return response


def _link(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    with frame.database.writing() as db:
        session = _still(sessions.arrival(db, request.cookies.get(frame.jar.name(SESSION), ""), now).session, pending)
        if now - beginning_of(db, session.id).at > LINKING:
            raise SignInFailed(Failure.LAPSED)
        link_identity(db, claims, session.person_id, now)
        visit = frame.visit(request, db)
        says = say("C’est fait : vous pouvez aussi vous connecter avec ce compte.")
        return frame.answers.to(visit, Go("my_account", address=pending.back_to, says=says))


def _still(session: OpenSession | None, pending: Pending) -> OpenSession:
    """The session of whoever left: if somebody else signed in meanwhile in this browser, it is not theirs to go on."""
    if session is None or session.person_id != pending.person_id:
        raise SignInFailed(Failure.CROSSED)
    return session


def _refused(frame: Frame, request: Request, refused: Refused) -> Response:
    """The page of one's account with the reasons: nothing was changed, and one is still signed in."""
    with frame.database.reading() as db:
        visit = frame.visit(request, db)
        visit.refusals, visit.shown_at = refused.reasons, "/moi/compte"
        shown = my_account(visit)
        return frame.answers.to(visit, Show(shown.template, shown.page, HTTPStatus.CONFLICT))
