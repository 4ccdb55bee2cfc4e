"""Jinja: strict, with the component macros as globals so that one block can be rendered alone."""

import re
from collections.abc import Callable
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import Environment, FileSystemLoader, StrictUndefined, Template
from markdown_it import MarkdownIt
from markupsafe import Markup, escape
from nh3 import clean as sanitise

from sprint import languages
from sprint.web.assets import asset
from sprint.web.compiling import Compiled
from sprint.web.links import Links
from sprint.words import Moment, Words

TEMPLATES = Path(__file__).parent.parent.parent / "templates"
MACROS = {"ui": "layout/ui.html", "field": "layout/field.html", "chart": "layout/chart.html"}
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


@cache
def _environment(language: str, links: Links) -> Environment:
    """Made and compiled once in a process: equal links, of several applications, lead to the same addresses."""
    environment = Compiled(
        loader=FileSystemLoader(TEMPLATES),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        extensions=["jinja2.ext.i18n"],
    )
    environment.language = language
    environment.fixed = {"link": links.to, "asset": asset}
    environment.policies["ext.i18n.trimmed"] = True
    install_gettext(environment)
    environment.filters |= FILTERS
    names: dict[str, Any] = environment.globals
    names |= environment.fixed
    for name, file in MACROS.items():
        names[name] = environment.get_template(file).module
    return environment


class Templates:
    """An environment for each language, and the two ways to render: a whole page, or one of its blocks."""

    def __init__(self, links: Links) -> None:
        self.environments = {language: _environment(language, links) for language in languages.LANGUAGES}

    def called(self, name: str) -> Template:
        """The template, compiled for the language of the page."""
        return self.environments[languages.current()].get_template(name)

    def page(self, template: str, values: dict[str, object]) -> str:
        return self.called(template).render(values)

    def block(self, template: str, block: str, values: dict[str, object]) -> str | None:
        """One block alone, or None when the page has no such block."""
        found = self.called(template)
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
