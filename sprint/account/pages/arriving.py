"""Why somebody goes to a provider and what they come back for: to sign in, to link one more account, to show it is still them, to
accept an invitation.
"""

from dataclasses import dataclass
from datetime import datetime, timedelta
from http import HTTPStatus

from sqlmodel import Session
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response

from sprint import languages, sessions
from sprint.account.actions import confirm_identity, join, link_identity, sign_in
from sprint.account.letters import INVITATION
from sprint.account.pages.invitations import invitation_of, shown_invitation
from sprint.account.pages.my_account import my_account
from sprint.account.providers.failures import Failure, SignInFailed
from sprint.account.providers.provider import Claims, Pending, Purpose
from sprint.account.queries import begins_without_address
from sprint.account.rules import FRESH, device_of, is_fresh
from sprint.account.rules.invitations import InvitationState
from sprint.refusal import Refused
from sprint.sessions import OpenSession, beginning_of
from sprint.web.answers import PRIVATE
from sprint.web.cookies import SESSION
from sprint.web.frame import Frame
from sprint.web.page import DISCREET, Go, SetCookie, Show
from sprint.words import say

PURPOSES: dict[str, Purpose] = {"lier": "link", "confirmer": "confirm", "rejoindre": "join"}
"""The word of the address, and what is meant; any other is signing in."""
LINKING = FRESH + timedelta(minutes=10)
"""How old a session may be when one comes back to link: it was fresh when one left, at most ten minutes ago."""


class NotNow(Exception):
    """One cannot leave for this purpose: where to go instead."""

    def __init__(self, response: Response) -> None:
        super().__init__("not now")
        self.response = response


@dataclass(frozen=True)
class Leaving:
    """What somebody leaves for: who they are when it is about their account, or the token of the invitation they accept."""

    purpose: Purpose = "sign-in"
    person_id: int = 0
    invitation: str = ""


def departure(frame: Frame, request: Request, now: datetime) -> Leaving:
    """What somebody leaves for. Raises NotNow with where to go instead."""
    purpose = PURPOSES.get(request.query_params.get("but", ""), "sign-in")
    if purpose == "sign-in":
        return Leaving()
    with languages.using(request.scope["state"]["language"]), frame.database.reading() as db:
        if purpose == "join":
            return _invited(frame, request, db)
        account = frame.links.to("my_account")
        session = _session(frame, request, db, now)
        if session is None:
            raise NotNow(frame.answers.sign_in(request, account))
        if purpose == "link" and not is_fresh(beginning_of(db, session.id).at, now):
            # The page says what to do first.
            raise NotNow(RedirectResponse(account, 303, headers=PRIVATE))
    return Leaving(purpose, session.person_id)


def _invited(frame: Frame, request: Request, db: Session) -> Leaving:
    visit, token = frame.visit(request, db), request.query_params.get("invitation", "")
    found = invitation_of(visit, token)
    if found is None:
        raise HTTPException(404)
    if found.times.state(visit.now) is not InvitationState.OPEN:
        # The page says why.
        raise NotNow(RedirectResponse(frame.links.to("account_invitation", invitation=token), 303, headers=PRIVATE))
    return Leaving("join", invitation=token)


def arrival(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    """Somebody proved who they are: do what they came for, then send them on. Raises SignInFailed when it is too late."""
    with languages.using(pending.language):
        try:
            if pending.purpose == "link":
                return _link(frame, request, pending, claims, now)
            if pending.purpose == "join":
                return _join(frame, request, pending, claims, now)
            return _begin(frame, request, pending, claims, now)
        except Refused as refused:
            return _refused(frame, request, pending, refused)


def _begin(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    device, leaving = device_of(request.headers.get("user-agent", "")), request.cookies.get(frame.jar.name(SESSION), "")
    lasts = frame.settings.session_lasts
    with frame.database.writing() as db:
        if pending.purpose == "confirm":
            person_id = _still(_session(frame, request, db, now), pending).person_id
            token = confirm_identity(db, claims, person_id, now, device, leaving=leaving, lasts=lasts)
        else:
            token = sign_in(db, claims, now, device, language=pending.language, leaving=leaving, lasts=lasts)
        came = sessions.arrival(db, token, now).session
        is_asked = came is not None and begins_without_address(db, came.person_id, now)
    back_to = pending.back_to or frame.links.to("mine")
    address = frame.links.to("welcome", question={"retour": back_to}) if is_asked else back_to
    response = RedirectResponse(address, 303, headers=PRIVATE)
    frame.jar.set(response, SetCookie(SESSION, token, frame.settings.session_seconds))
    return response


def _link(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    with frame.database.writing() as db:
        session = _still(_session(frame, request, db, now), pending)
        if now - beginning_of(db, session.id).at > LINKING:
            raise SignInFailed(Failure.LAPSED)
        link_identity(db, claims, session.person_id, now)
        visit = frame.visit(request, db)
        says = say("C’est fait : vous pouvez aussi vous connecter avec ce compte.")
        return frame.answers.to(visit, Go("my_account", address=pending.back_to, says=says))


def _join(frame: Frame, request: Request, pending: Pending, claims: Claims, now: datetime) -> Response:
    device, leaving = device_of(request.headers.get("user-agent", "")), request.cookies.get(frame.jar.name(SESSION), "")
    with frame.database.writing() as db:
        found = invitation_of(frame.visit(request, db), pending.invitation)
        if found is None:
            raise SignInFailed(Failure.LAPSED)
        token = join(db, claims, found.id, now, device, leaving=leaving, lasts=frame.settings.session_lasts)
        says = say("Bienvenue : vous vous connecterez désormais avec ce compte.")
        cookie = SetCookie(SESSION, token, frame.settings.session_seconds)
        return frame.answers.to(frame.visit(request, db), Go("mine", says=says, cookies=(cookie,)))


def _session(frame: Frame, request: Request, db: Session, now: datetime) -> OpenSession | None:
    """The session of the browser, if it is open."""
    token = request.cookies.get(frame.jar.name(SESSION), "")
    return sessions.arrival(db, token, now, frame.settings.session_idle).session


def _still(session: OpenSession | None, pending: Pending) -> OpenSession:
    """The session of whoever left: if somebody else signed in meanwhile in this browser, it is not theirs to go on."""
    if session is None or session.person_id != pending.person_id:
        raise SignInFailed(Failure.CROSSED)
    return session


def _refused(frame: Frame, request: Request, pending: Pending, refused: Refused) -> Response:
    """The page of one's account, or of the invitation, with the reasons: nothing was changed."""
    with frame.database.reading() as db:
        visit = frame.visit(request, db)
        visit.refusals = refused.reasons
        if pending.purpose == "join":
            visit.shown_at = f"{INVITATION}/{pending.invitation}"
            shown = shown_invitation(visit, pending.invitation)
        else:
            visit.shown_at = "/moi/compte"
            shown = my_account(visit)
        response = frame.answers.to(visit, Show(shown.template, shown.page, HTTPStatus.CONFLICT))
        response.headers.update(DISCREET if pending.purpose == "join" else {})
        return response
