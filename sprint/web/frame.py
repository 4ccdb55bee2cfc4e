"""The frame: opens the doors, asks the audience, runs the page, renders it whole or one block of it, and nothing else commits."""

from collections.abc import Callable, Hashable, Iterable, Mapping
from functools import partial
from http import HTTPStatus
from typing import Any

import structlog
from anyio import CapacityLimiter, to_thread
from sqlalchemy.exc import IntegrityError, OperationalError
from sqlalchemy.exc import TimeoutError as PoolTimeout
from sqlmodel import Session
from starlette.datastructures import FormData
from starlette.exceptions import HTTPException
from starlette.requests import Request
from starlette.responses import RedirectResponse, Response
from starlette.routing import Route
from starlette.types import Receive, Scope, Send

from sprint import languages, sessions
from sprint.clock import now
from sprint.database import Database
from sprint.kept import KeptValues
from sprint.people.rules import Member, half_awake
from sprint.refusal import Refused
from sprint.settings import Settings
from sprint.web import limits, traces
from sprint.web.answers import Answers, Furnish, good_until, hx_target, request_id
from sprint.web.body import Failed, read_form
from sprint.web.cookies import FLASH, SESSION, THEME, THEMES, Jar
from sprint.web.kept import KeptPages
from sprint.web.links import Links
from sprint.web.page import RouteSpec, Show
from sprint.web.visit import Invalid, Visit

WAITING_WRITERS = 2
"""POSTs that hold a thread at once; the others wait without one, so that a flood of writes never stops reads."""
log = structlog.get_logger("sprint.frame")


class Frame:
    """One application's frame."""

    def __init__(self, settings: Settings, database: Database, specs: Iterable[RouteSpec], furnish: Furnish) -> None:
        self.settings, self.database = settings, database
        self.links = Links(specs)
        self.specs = self.links.specs
        self.jar = Jar(settings)
        self.answers = Answers(self.links, self.jar, furnish)
        self.values, self.pages = KeptValues(), KeptPages()
        self._limits: dict[str, CapacityLimiter] = {}

    def routes(self) -> list[Route]:
        """The routes for Starlette; GET on a POST-only address leads to the page that shows it."""
        answered = {spec.path for spec in self.specs.values() if spec.method == "GET"}
        routes = [self._route(spec) for spec in self.specs.values()]
        posted = {
            spec.path: spec for spec in self.specs.values() if spec.method == "POST" and spec.path not in answered
        }
        return routes + [Route(path, self._to_page(spec), methods=["GET"]) for path, spec in posted.items()]

    def _route(self, spec: RouteSpec) -> Route:
        async def endpoint(request: Request) -> Response:
            request.scope["state"]["route"] = f"{spec.method} {spec.path}"
            return spec.dressed(await self._answer(request, spec))

        return Route(spec.path, endpoint, methods=[spec.method], name=spec.name)

    def _to_page(self, spec: RouteSpec) -> Callable[[Request], Response]:
        def endpoint(request: Request) -> Response:
            with languages.using(_language(request)):
                return RedirectResponse(self.links.to(spec.shows, **request.path_params), 303)

        return endpoint

    async def _answer(self, request: Request, spec: RouteSpec) -> Response:
        try:
            if spec.is_async:
                return await spec.function(self, request, **request.path_params)
            if spec.method == "GET":
                return await self.in_thread(self._read, request, spec)
            data = await read_form(request)
            gathered = await self.in_thread(self._gather, request, spec, data) if spec.gathers else None
            return await self.in_writing_thread(self._write, request, spec, data, gathered)
        except HTTPException as error:
            return await self.error(request, error.status_code, error.headers)
        except (OperationalError, PoolTimeout) as error:
            log.error("database", id=request_id(request), error=str(error.args[0] if error.args else error)[:200])
            return await self.error(request, HTTPStatus.SERVICE_UNAVAILABLE, {"Retry-After": "5"})
        except IntegrityError as error:
            # The rules see what the constraints would refuse; one that gets here means a rule is missing.
            log.error("constraint", id=request_id(request), error=str(error.orig)[:200])
            return await self.error(request, HTTPStatus.CONFLICT)
        except Exception as error:  # noqa: BLE001  everything else is a bug: named, logged once, shown as a reference
            return await self.on_bug(request, error)

    async def in_thread(self, function: Callable[..., Any], *args: object) -> Any:
        """Run synchronous work in one of the reading threads."""
        return await to_thread.run_sync(function, *args, limiter=self._limit("reading", self.settings.threads))

    async def in_writing_thread(self, function: Callable[..., Any], *args: object) -> Any:
        """Run synchronous work that writes, once it is among the few that may hold a thread."""
        async with self._limit("gate", WAITING_WRITERS):
            return await to_thread.run_sync(function, *args, limiter=self._limit("writing", self.settings.threads))

    def _limit(self, name: str, tokens: int) -> CapacityLimiter:
        # Made at first use: a limiter belongs to the event loop that runs.
        return self._limits.setdefault(name, CapacityLimiter(tokens))

    # --- the two doors

    def _read(self, request: Request, spec: RouteSpec) -> Response:
        with languages.using(_language(request)):
            with self.database.reading() as db:
                arrived, key = self._arrival(request, db), self._key(request, spec)
                found = self.pages.find(request, key, arrived.version, now()) if key else None
                if found is not None:
                    return found
                visit = self.visit(request, db, arrived)
                denied = self._denied(spec, visit)
                response = denied or self.answers.shared(visit, spec) or self._page(visit, spec, key)
            if arrived.session is not None:
                traces.seen(self.database, arrived.session, visit)
            return response

    def _key(self, request: Request, spec: RouteSpec) -> Hashable | None:
        """Under what the answer is kept; None when it must not be: a question, somebody signed in, something to say."""
        cookies = request.cookies
        if not spec.kept or request.scope["query_string"]:
            return None
        if self.jar.name(SESSION) in cookies or self.jar.name(FLASH) in cookies:
            return None
        params = tuple(sorted(request.path_params.items()))
        return spec.name, params, _language(request), self._theme(request), hx_target(request)

    def _page(self, visit: Visit, spec: RouteSpec, key: Hashable | None) -> Response:
        answer = spec.function(visit, **visit.request.path_params)
        response = self.answers.to(visit, answer, spec)
        if key is None or not isinstance(answer, Show) or response.status_code != HTTPStatus.OK or visit.token:
            return response
        ends = good_until(visit, answer)
        return self.pages.keep(visit.request, key, visit.version, visit.now, ends, response)

    def _theme(self, request: Request) -> str:
        theme = request.cookies.get(self.jar.name(THEME), "system")
        return theme if theme in THEMES else "system"

    def _gather(self, request: Request, spec: RouteSpec, data: FormData) -> object:
        """What a POST hands out; None for those the route does not admit, whom the writing door sends away."""
        with languages.using(_language(request)), self.database.reading() as db:
            visit = self.visit(request, db, data=data)
            visit.draw = partial(self.answers.drawn, visit)
            admitted = spec.gathers is not None and spec.audience.admits(visit.member)
            return spec.gathers(visit, **request.path_params) if admitted else None

    def _write(self, request: Request, spec: RouteSpec, data: FormData, gathered: object) -> Response:
        with languages.using(_language(request)):
            if not spec.audience.admits(None) and not request.cookies.get(self.jar.name(SESSION)):
                return self.answers.sign_in(request, self.links.to(spec.shows, **request.path_params))
            # Before the door opens: what it refuses is counted all the same.
            counted = limits.count(self.database, self.jar, request, spec.limited) if spec.limited else None
            response = self._write_or_show_again(request, spec, data, gathered)
            if counted is not None:
                self.jar.set(response, counted)
            return response

    def _write_or_show_again(self, request: Request, spec: RouteSpec, data: FormData, gathered: object) -> Response:
        form = spec.read(data)
        try:
            with self.database.writing_for(partial(self._admitted, request, spec)) as (db, arrived):
                visit = self.visit(request, db, arrived, data, is_reading=False)
                visit.gathered, visit.form = gathered, form
                answer = spec.function(visit, **request.path_params)
                if isinstance(answer, Show):
                    raise TypeError(f"{spec.name} answers a POST with a page: raise Refused or Invalid, or Go")
                settled = self.answers.settled(answer)
            return settled()
        except Failed as failed:
            return failed.response
        except Refused as refused:
            return self._show_again(request, spec, data, HTTPStatus.CONFLICT, refused)
        except Invalid as invalid:
            return self._show_again(request, spec, data, invalid.status, invalid)

    def _admitted(self, request: Request, spec: RouteSpec, db: Session) -> sessions.Arrival:
        """Who comes, if the route admits them; else Failed with where they are sent, or 404."""
        arrived = self._arrival(request, db)
        denied = self._denied(spec, self.visit(request, db, arrived, is_reading=False))
        if denied is not None:
            raise Failed(denied)
        return arrived

    def _show_again(
        self, request: Request, spec: RouteSpec, data: FormData, status: int, why: Refused | Invalid
    ) -> Response:
        """The page of a refused POST, with its reasons or with the form as typed. The writing door is closed by now."""
        shown = self.specs[spec.shows]
        with self.database.reading() as db:
            visit = self.visit(request, db, self._arrival(request, db), data)
            visit.shown_at = self.links.specs[spec.shows].address(request.path_params)
            if isinstance(why, Refused):
                visit.refusals = why.reasons
            else:
                visit.form = why.form
            params = {name: value for name, value in request.path_params.items() if f"{{{name}" in shown.path}
            answer = shown.function(visit, **params)
            if isinstance(answer, Show):
                answer = Show(answer.template, answer.page, status)
            return self.answers.to(visit, answer)

    def _arrival(self, request: Request, db: Session) -> sessions.Arrival:
        return sessions.arrival(db, request.cookies.get(self.jar.name(SESSION), ""), now(), self.settings.session_idle)

    def visit(
        self,
        request: Request,
        db: Session,
        arrived: sessions.Arrival | None = None,
        data: FormData | None = None,
        *,
        is_reading: bool = True,
    ) -> Visit:
        """Who asks, read through an open door in one query.

        Through a reading door the visit may use what is kept; behind the writing door one sees one's own changes.
        """
        came = arrived or self._arrival(request, db)
        awake = self._awake(came)
        return Visit(
            request=request,
            settings=self.settings,
            database=self.database,
            db=db,
            now=now(),
            language=_language(request),
            theme=self._theme(request),
            member=awake,
            asleep=came.member if awake is not came.member else None,
            session_id=came.session.id if came.session else None,
            session_token=request.cookies.get(self.jar.name(SESSION), "") if came.session else "",
            data=data if data is not None else FormData(),
            flash=self.answers.flash(request),
            values=self.values if is_reading else None,
            version=came.version if is_reading else 0,
        )

    def _awake(self, came: sessions.Arrival) -> Member | None:
        """The person with the rights they may use: some want a second factor, where the operator says so."""
        wanted = self.settings.mfa_acr
        if not wanted or came.member is None or (came.session is not None and came.session.acr in wanted):
            return came.member
        less = half_awake(came.member)
        return came.member if less == came.member else less

    def _denied(self, spec: RouteSpec, visit: Visit) -> Response | None:
        """None for whom the route admits, else where one signs in or shows a second factor; 404 for everybody else."""
        if spec.audience.admits(visit.member):
            return None
        is_asleep = visit.asleep is not None and spec.audience.admits(visit.asleep)
        if visit.member is not None and not is_asleep:
            raise HTTPException(404)
        shown = visit.local_address if spec.method == "GET" else self.links.to(spec.shows, **visit.request.path_params)
        return self.answers.sign_in(visit.request, shown, "second_factor" if is_asleep else "sign_in")

    # --- errors

    async def error(self, request: Request, status: int, headers: Mapping[str, str] | None = None) -> Response:
        """The page of an error: what happened, what was kept, what to do, a reference."""
        return await self.in_thread(self._error, request, status, dict(headers or {}))

    def _error(self, request: Request, status: int, headers: dict[str, str]) -> Response:
        with languages.using(_language(request)):
            try:
                with self.database.reading() as db:
                    return self.answers.error(self.visit(request, db), status, headers, with_chrome=True)
            except (OperationalError, PoolTimeout):
                # The database may be what is wrong: then the page does without it.
                with Session() as nothing:
                    visit = Visit(request, self.settings, self.database, nothing, now(), _language(request), "system")
                    return self.answers.error(visit, status, headers, with_chrome=False)

    async def on_http_exception(self, request: Request, error: Exception) -> Response:
        """For Starlette: what its router raises (404, 405) and what middleware refuses."""
        status = error.status_code if isinstance(error, HTTPException) else HTTPStatus.INTERNAL_SERVER_ERROR
        return await self.error(request, status, getattr(error, "headers", None))

    async def on_bug(self, request: Request, error: Exception) -> Response:
        """For Starlette: everything else is a bug. It is logged whole, and shown as a reference."""
        log.error("bug", id=request_id(request), exc_info=error)
        return await self.error(request, HTTPStatus.INTERNAL_SERVER_ERROR)

    async def refuse_cross_site(self, scope: Scope, receive: Receive, send: Send) -> None:
        """For the cross-site check: the 403 page."""
        request = Request(scope, receive)
        await (await self.error(request, HTTPStatus.FORBIDDEN))(scope, receive, send)


def _language(request: Request) -> str:
    return str(request.scope["state"].get("language", "fr"))
