"""Log lines: one JSON object each, or coloured text for a developer. Never a path, a name or an address of a person."""

import logging
import sys

import structlog

from sprint.settings import Settings


def set_up_logs(settings: Settings) -> None:
    """Send every log, ours and the libraries', to standard output in one form."""
    renderer = (
        structlog.processors.JSONRenderer(ensure_ascii=False)
        if settings.log == "json"
        else structlog.dev.ConsoleRenderer()
    )
    structlog.configure(
        processors=[
            structlog.processors.add_log_level,
            structlog.processors.TimeStamper(fmt="iso", utc=True),
            structlog.processors.format_exc_info,
            renderer,
        ],
        wrapper_class=structlog.make_filtering_bound_logger(logging.INFO),
        logger_factory=structlog.PrintLoggerFactory(sys.stdout),
        cache_logger_on_first_use=True,
    )
    logging.basicConfig(
        level=logging.WARNING, stream=sys.stdout, format="%(levelname)s %(name)s %(message)s", force=True
    )
