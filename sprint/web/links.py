"""Addresses by name, in the language of the page."""

from collections.abc import Iterable, Mapping
from urllib.parse import urlencode, urlsplit

from sprint import languages
from sprint.web.page import RouteSpec


class Links:
    """The table of named routes; `to` gives an address that starts with `/`."""

    def __init__(self, specs: Iterable[RouteSpec]) -> None:
        self.specs: dict[str, RouteSpec] = {}
        for spec in specs:
            if spec.name in self.specs:
                raise ValueError(f"two routes are called {spec.name}")
            self.specs[spec.name] = spec
        self._table = tuple((name, spec.path) for name, spec in self.specs.items())

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Links) and self._table == other._table

    def __hash__(self) -> int:
        return hash(self._table)

    def to(self, name: str, anchor: str = "", question: dict[str, str] | None = None, **params: object) -> str:
        """The address of a route in the current language. KeyError for an unknown name or a missing parameter."""
        return self.address(name, params, anchor=anchor, question=question)

    def address(
        self, name: str, params: Mapping[str, object], *, anchor: str = "", question: dict[str, str] | None = None
    ) -> str:
        """As `to`, for parameters one has in hand."""
        prefix = "" if languages.current() == "fr" else f"/{languages.current()}"
        asked = f"?{urlencode(question)}" if question else ""
        return prefix + self.specs[name].address(params) + asked + (f"#{anchor}" if anchor else "")

    def __contains__(self, name: str) -> bool:
        return name in self.specs


def is_https(text: str) -> bool:
    """Whether people may be sent there: a whole https address, without anything that could leave its attribute."""
    try:
        parts = urlsplit(text)
        is_plain = text.isprintable() and not any(sign.isspace() or sign in '<>"' for sign in text)
        return parts.scheme == "https" and bool(parts.hostname) and is_plain
    except ValueError:
        return False
