"""Puts the rooms together: the routes of every feature, the middleware, the worker."""

import sys
from collections.abc import AsyncGenerator
from contextlib import asynccontextmanager
from types import ModuleType

from starlette.applications import Starlette
from starlette.exceptions import HTTPException
from starlette.routing import Mount
from starlette.types import ASGIApp
from starlette_compress import CompressMiddleware

from sprint.account import desk as account_desk
from sprint.account.pages import (
    addresses,
    demo_provider,
    devices,
    email_links,
    employers,
    invitations,
    journal,
    leaving,
    my_account,
    second_factor,
    sign_in,
)
from sprint.account.providers import leaving_origins
from sprint.agenda import desk as agenda_desk
from sprint.agenda import pages as agenda_pages
from sprint.alerts.pages import asking as alerts_asking
from sprint.alerts.pages import links as alerts_links
from sprint.announcements.desk import drafts as desk_drafts
from sprint.announcements.desk import groups as desk_groups
from sprint.announcements.desk import moment as desk_moment
from sprint.board import pages as board_pages
from sprint.board.desk import entries as desk_board
from sprint.board.desk import grid as desk_grid
from sprint.board.desk import slots as desk_slots
from sprint.contributions import desk as contributions_desk
from sprint.contributions.pages import correcting, noting, showing
from sprint.dashboards.desk import figures as desk_figures
from sprint.dashboards.desk import overview as desk_overview
from sprint.database import Database
from sprint.logs import set_up_logs
from sprint.notices import pages as notices_pages
from sprint.notices.desk import letters as notices_desk
from sprint.notices.desk import previewing as desk_previewing
from sprint.participation.desk import care as desk_care
from sprint.participation.desk import expected as desk_expected
from sprint.participation.desk import questionnaire as desk_questionnaire
from sprint.participation.pages import coming, registering, teaming
from sprint.preparation.desk import cloning as desk_cloning
from sprint.preparation.desk import life as desk_life
from sprint.preparation.desk import stepping as desk_stepping
from sprint.privacy import pages as privacy_pages
from sprint.programme import desk as programme_desk
from sprint.proposals.desk import questions as desk_questions
from sprint.proposals.desk import reviewing as desk_proposals
from sprint.proposals.pages import asking as proposals_asking
from sprint.proposals.pages import mentors as proposals_mentors
from sprint.proposals.pages import mine as proposals_mine
from sprint.registrations.desk import accepting as desk_accepting
from sprint.registrations.desk import access as desk_access
from sprint.registrations.desk import cancelling as desk_cancelling
from sprint.registrations.desk import days as desk_days
from sprint.registrations.desk import editions as desk_editions
from sprint.registrations.desk import exporting as desk_exporting
from sprint.registrations.desk import files as desk_files
from sprint.registrations.desk import inviting as desk_inviting
from sprint.registrations.desk import mentors as desk_mentors
from sprint.registrations.desk import moving as desk_moving
from sprint.registrations.desk import opening as desk_opening
from sprint.registrations.desk import people as desk_people
from sprint.registrations.desk import practical as desk_practical
from sprint.registrations.desk import presence as desk_presence
from sprint.registrations.desk import queue as desk_queue
from sprint.registrations.desk import tracks as desk_tracks
from sprint.registrations.pages import convocation, presence, taking_part
from sprint.settings import Settings, read_settings
from sprint.site.pages import (
    agenda,
    display,
    duties,
    health,
    home,
    machines,
    mine,
    my_registrations,
    public,
    results,
)
from sprint.talents import desk as talents_desk
from sprint.talents.pages import mine as talents_mine
from sprint.talents.pages import profile as talents_profile
from sprint.undoing import desk as desk_undoing
from sprint.web.frame import Frame
from sprint.web.headers import CrossSite, Language, OneHost, RequestLog, SecurityHeaders
from sprint.web.page import RouteSpec, routes_of
from sprint.web.routing import RouteTable
from sprint.web.static import HashedFiles
from sprint.worker import worker_of

PAGES: tuple[ModuleType, ...] = (
    health,
    machines,
    duties,
    display,
    email_links,
    sign_in,
    leaving,
    devices,
    my_account,
    employers,
    journal,
    second_factor,
    account_desk,
    invitations,
    addresses,
    mine,
    my_registrations,
    coming,
    teaming,
    privacy_pages,
    contributions_desk,
    programme_desk,
    desk_editions,
    desk_overview,
    desk_figures,
    desk_tracks,
    desk_mentors,
    desk_days,
    desk_opening,
    desk_life,
    desk_stepping,
    desk_cloning,
    desk_proposals,
    proposals_mine,
    proposals_mentors,
    proposals_asking,
    desk_questions,
    desk_people,
    desk_inviting,
    desk_queue,
    desk_undoing,
    desk_presence,
    desk_exporting,
    desk_files,
    desk_cancelling,
    desk_moving,
    desk_accepting,
    desk_access,
    desk_care,
    desk_questionnaire,
    desk_expected,
    notices_desk,
    desk_previewing,
    desk_practical,
    taking_part,
    presence,
    convocation,
    registering,
    talents_mine,
    talents_profile,
    talents_desk,
    home,
    noting,
    correcting,
    showing,
    results,
    agenda_desk,
    desk_grid,
    desk_slots,
    desk_board,
    board_pages,
    desk_drafts,
    desk_groups,
    desk_moment,
    agenda_pages,
    notices_pages,
    alerts_asking,
    alerts_links,
    public,
    agenda,
)


DEMO_PAGES: tuple[ModuleType, ...] = (demo_provider,)
"""Outside a demonstration these addresses do not exist."""


def specs(*, demo: bool) -> list[RouteSpec]:
    """Every declared route, feature by feature."""
    return [spec for module in (*PAGES, *(DEMO_PAGES if demo else ())) for spec in routes_of(module)]


LET_OTHERS_ON = 0.0005
"""Seconds after which a busy thread lets another one on, a tenth of Python's own: whoever holds a lock that others wait for
asks the database a dozen times, and after each answer waits for a thread that is busy. Measured in `benchmarks/README.md`.
"""


def create() -> ASGIApp:
    """The application, for a server: settings from the environment, logs set up."""
    sys.setswitchinterval(LET_OTHERS_ON)
    settings = read_settings()
    set_up_logs(settings)
    return build(settings)


def build(settings: Settings, database: Database | None = None, *, with_worker: bool = True) -> ASGIApp:
    """The application over a database; tests hand over theirs and do without the worker."""
    database = database or Database(settings.database_url, settings.threads)
    frame = Frame(settings, database, specs(demo=bool(settings.demo)), public.furnish)
    inner = Starlette(
        routes=[Mount("/static", HashedFiles(), name="static"), RouteTable(frame.routes())],
        exception_handlers={HTTPException: frame.on_http_exception, Exception: frame.on_bug},
        lifespan=_lifespan(settings, database, with_worker=with_worker),
    )
    # Around Starlette, so that even its answer to a bug is named, dressed and logged.
    dressed: ASGIApp = Language(CrossSite(inner, settings, frame.refuse_cross_site))
    dressed = CompressMiddleware(OneHost(dressed, settings), zstd=False)
    return RequestLog(SecurityHeaders(dressed, settings, leaving_origins(settings)))


def _lifespan(settings: Settings, database: Database, *, with_worker: bool):  # type: ignore[no-untyped-def]
    @asynccontextmanager
    async def lifespan(_app: Starlette) -> AsyncGenerator[None]:
        worker = worker_of(database, settings) if with_worker and settings.worker == "inside" else None
        if worker:
            worker.start()
        try:
            yield
        finally:
            if worker:
                worker.stop()
            database.close()

    return lifespan
