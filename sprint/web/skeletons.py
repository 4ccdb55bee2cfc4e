"""Pages of members, of which most is the same for everybody who holds the same rights: made once, filled in for each.

The skeleton is made for somebody without name or number, so that nothing of a person can stay in it by mistake. Where their
name would stand, and the token of a form, it has a gap. What else is one's own, such as the seats one holds, is part of what
the skeleton is kept under: the route says what by `own`, and whoever has the same is shown the same.
"""

import re
import secrets
from collections.abc import Hashable
from dataclasses import dataclass, replace

from jinja2 import Template
from markupsafe import escape

from sprint.kept import Kept, Shelf
from sprint.people.rules import Member
from sprint.web.page import RouteSpec
from sprint.web.visit import Visit

BYTES = 6_000_000
LONGEST_QUESTION = 300
GAP = secrets.token_hex(8)
"""What stands for a gap while the skeleton is made; no text holds it, since nobody is told."""


@dataclass(frozen=True)
class Skeleton:
    """What everybody is shown, in order and encoded; between two such texts stands one's name, or the token of one's form."""

    texts: tuple[bytes, ...]
    tokens: tuple[bool, ...]
    """Whether the gap after each text but the last is for a token."""

    def filled(self, visit: Visit) -> bytes:
        """The page of the person at hand, in UTF-8."""
        name = escape(visit.me.name).encode()
        token = visit.once().encode() if any(self.tokens) else b""
        parts = [self.texts[0]]
        for is_token, text in zip(self.tokens, self.texts[1:], strict=True):
            parts += (token if is_token else name, text)
        return b"".join(parts)


def skeleton_of(template: Template, page: object, visit: Visit) -> Skeleton:
    """The page without the name of the person and without the token that was made for this visit."""
    somebody = Member(0, GAP, visit.language, visit.me.rights)
    html = "".join(
        template.root_render_func(template.new_context({"page": page, "visit": replace(visit, member=somebody)}))
    )
    gap = re.compile("|".join(map(re.escape, filter(None, (GAP, visit.token)))))
    return Skeleton(
        tuple(text.encode() for text in gap.split(html)), tuple(found[0] != GAP for found in gap.finditer(html))
    )


class Skeletons:
    """Skeletons by route, arguments, language, theme, rights and what is one's own, while data and time are what they were."""

    def __init__(self) -> None:
        self._shelf: Shelf[Kept[Skeleton]] = Shelf(BYTES)

    def find(self, visit: Visit, spec: RouteSpec) -> Skeleton | None:
        kept = self._shelf.get(_key(visit, spec))
        return kept.thing if kept is not None and kept.holds(visit.version, visit.now) else None

    def keep(self, visit: Visit, spec: RouteSpec, made: Kept[Skeleton]) -> None:
        self._shelf.put(_key(visit, spec), made, sum(map(len, made.thing.texts)))


def may_share(visit: Visit, spec: RouteSpec) -> bool:
    """Whether the page is one that members share: whole, with nothing to say once.

    A question in the address is part of what is shared where all of the page is, and a reason against it elsewhere.
    """
    if spec.own is None or visit.member is None or visit.flash or visit.request.headers.get("hx-target"):
        return False
    if visit.asleep is not None:
        # The header says that more rights wait: those who have no other rights must not read so.
        return False
    return len(visit.request.scope["query_string"]) <= (0 if callable(spec.own) else LONGEST_QUESTION)


def _key(visit: Visit, spec: RouteSpec) -> Hashable:
    params = tuple(sorted(visit.request.path_params.items()))
    question = visit.request.scope["query_string"]
    return spec.name, params, question, visit.language, visit.theme, visit.me.rights, visit.own
