"""Pages of members, of which most is the same for everybody who holds the same rights: made once, filled in for each.

The skeleton is made for somebody without name or number, so that nothing of a person can stay in it by mistake. Where their
name would stand, and in the place of each block that is one's own, it has a gap.
"""

import secrets
from collections.abc import Callable, Hashable, Iterator
from dataclasses import dataclass, replace

from jinja2 import Template
from jinja2.runtime import Context
from markupsafe import escape

from sprint.people.rules import Member
from sprint.web.kept import Kept, Shelf
from sprint.web.page import RouteSpec
from sprint.web.visit import Visit

CHARACTERS = 6_000_000
LONGEST_QUESTION = 300
GAP = secrets.token_hex(8)
"""What stands for a gap while the skeleton is made; no text holds it, since nobody is told."""
NAME = "name"
Block = Callable[[Context], Iterator[str]]


@dataclass(frozen=True)
class Skeleton:
    """What everybody is shown, in order, and between two such texts the block that fills the gap (None: one's name)."""

    texts: tuple[str, ...]
    gaps: tuple[Block | None, ...]

    def filled(self, template: Template, page: object, visit: Visit) -> str:
        """The page of the person at hand."""
        context = template.new_context({"page": page, "visit": visit})
        parts = [self.texts[0]]
        for block, text in zip(self.gaps, self.texts[1:], strict=True):
            parts.append(str(escape(visit.me.name)) if block is None else "".join(block(context)))
            parts.append(text)
        return "".join(parts)

    def named(self, name: str) -> str:
        """The page of somebody, when their name fills every gap."""
        return str(escape(name)).join(self.texts)


def skeleton_of(template: Template, page: object, visit: Visit, own: tuple[str, ...]) -> Skeleton:
    """The page without the name of the person and without the blocks that are one's own."""
    somebody = Member(0, _gap(NAME), visit.language, visit.me.rights)
    context = template.new_context({"page": page, "visit": replace(visit, member=somebody)})
    for block in own:
        context.blocks.setdefault(block, []).insert(0, _leaving(block))
    texts = "".join(template.root_render_func(context)).split(GAP)
    names = texts[1::2]
    return Skeleton(tuple(texts[::2]), tuple(None if name == NAME else context.blocks[name][1] for name in names))


def _gap(name: str) -> str:
    return f"{GAP}{name}{GAP}"


def _leaving(name: str) -> Block:
    return lambda _context: iter((_gap(name),))


class Skeletons:
    """Skeletons by route, arguments, language, theme and rights, while data and time are what they were."""

    def __init__(self) -> None:
        self._shelf: Shelf[Kept[Skeleton]] = Shelf(CHARACTERS)

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
    return len(visit.request.scope["query_string"]) <= (LONGEST_QUESTION if spec.own == () else 0)


def _key(visit: Visit, spec: RouteSpec) -> Hashable:
    params = tuple(sorted(visit.request.path_params.items()))
    question = visit.request.scope["query_string"]
    return spec.name, params, question, visit.language, visit.theme, visit.me.rights
