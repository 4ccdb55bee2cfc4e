"""Jinja: strict, with the component macros as globals so that one block can be rendered alone."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from nh3 import clean as sanitise

from sprint import languages
from sprint.web.assets import asset
from sprint.web.links import Links
from sprint.words import Moment, Words

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
MACROS = {"ui": "layout/ui.html", "field": "layout/field.html"}
_TAGS = frozenset(("p", "ul", "ol", "li", "strong", "em", "code", "pre", "blockquote", "a", "h3", "h4", "br", "hr"))
_markdown = MarkdownIt("commonmark", {"html": False})


def say(words: Words) -> Markup:
    """A sentence in the page's language; **bold** becomes strong, values are escaped."""
    return Markup(re.sub(r"\*\*(.+?)\*\*", r"<strong>\1</strong>", str(escape(languages.speak(words)))))  # noqa: S704  escaped first


@cache
def _rendered(text: str, tags: frozenset[str]) -> str:
    return sanitise(
        _markdown.render(text), tags=set(tags), attributes={"a": {"href"}}, url_schemes={"http", "https", "mailto"}
    )


def markdown(text: str) -> Markup:
    """Organisers' Markdown as safe HTML; no images, no raw HTML."""
    return Markup(_rendered(text, _TAGS))  # noqa: S704  sanitised


def document(text: str) -> Markup:
    """As `markdown`, for a text that is the page: its headings begin under the title."""
    return Markup(_rendered(text, _TAGS | {"h2"}))  # noqa: S704  sanitised


def install_gettext(environment: Environment) -> None:
    """Let templates speak the current language; the extension adds this method at run time, unknown to type checkers."""
    install: Callable[..., None] = vars(environment)["install_gettext_callables"]
    install(languages.gettext, languages.ngettext, newstyle=True)


class Templates:
    """The environment, and the two ways to render: a whole page, or one of its blocks."""

    def __init__(self, links: Links) -> None:
        self.environment = Environment(
            loader=FileSystemLoader(TEMPLATES),
            autoescape=True,
            undefined=StrictUndefined,
            trim_blocks=True,
            lstrip_blocks=True,
            auto_reload=False,
            extensions=["jinja2.ext.i18n"],
        )
        self.environment.policies["ext.i18n.trimmed"] = True
        install_gettext(self.environment)
        self.environment.filters |= FILTERS
        names: dict[str, Any] = self.environment.globals
        names |= {"link": links.to, "asset": asset}
        for name, file in MACROS.items():
            names[name] = self.environment.get_template(file).module

    def page(self, template: str, **values: object) -> str:
        return self.environment.get_template(template).render(values)

    def block(self, template: str, block: str, **values: object) -> str | None:
        """One block alone, or None when the page has no such block."""
        found = self.environment.get_template(template)
        render = found.blocks.get(block)
        return None if render is None else "".join(render(found.new_context(values)))


def _moment(value: Moment) -> str:
    return languages.moment(value.at, value.zone)


def _hours(value: Any) -> str:
    """Hours of a slot, or of a pair (starts, ends)."""
    starts, ends = value if isinstance(value, tuple) else (value.starts, value.ends)
    return languages.hours(starts, ends)


FILTERS: dict[str, Any] = {
    "say": say,
    "markdown": markdown,
    "document": document,
    "typeset": lambda text: languages.typeset(text, languages.current()),
    "day": languages.day,
    "days": languages.days,
    "month": languages.month,
    "date_short": languages.short_day,
    "day_short": lambda on: languages.day(on, year=False),
    "moment": _moment,
    "hour": languages.hour,
    "hours": _hours,
    "moment_in": languages.moment,
    "zone": languages.zone_name,
    "enumeration": languages.enumeration,
    "capitalize": lambda text: text[:1].upper() + text[1:],
}
