"""Pages as strangers see them, kept in memory by the data version they were made from, which is asked at every request.

They also end at `good_until`, the next moment when a rule would answer differently.
"""

import hashlib
from collections.abc import Hashable, Mapping
from dataclasses import dataclass, replace
from datetime import datetime

from starlette.requests import Request
from starlette.responses import Response

from sprint.kept import Kept, Shelf
from sprint.web.encodings import best_encoding, encoded

PAGE_BYTES = 12_000_000


@dataclass(frozen=True)
class Page:
    """One page as strangers see it, in the encodings asked for so far ("" is as it is)."""

    headers: Mapping[str, str]
    bodies: Mapping[str, bytes]

    @property
    def weight(self) -> int:
        return sum(map(len, self.bodies.values()))


class KeptPages:
    """Pages by route, arguments, language, theme and block."""

    def __init__(self) -> None:
        self.shelf: Shelf[Kept[Page]] = Shelf(PAGE_BYTES)

    def find(self, request: Request, key: Hashable, version: int, now: datetime) -> Response | None:
        """The answer, when one is kept that still holds."""
        kept = self.shelf.get(key)
        return self._answer(request, key, kept) if kept is not None and kept.holds(version, now) else None

    def keep(
        self, request: Request, key: Hashable, version: int, now: datetime, good_until: datetime | None, made: Response
    ) -> Response:
        """Keep an answer just made, and give it as it will be given from now on."""
        body = bytes(made.body)
        tag = f'W/"{hashlib.blake2b(body, digest_size=12).hexdigest()}"'
        headers = {name: value for name, value in made.headers.items() if name != "content-length"} | {"etag": tag}
        kept = Kept.since(now, version, Page(headers, {"": body}), good_until)
        self.shelf.put(key, kept, kept.thing.weight)
        return self._answer(request, key, kept)

    def _answer(self, request: Request, key: Hashable, kept: Kept[Page]) -> Response:
        page = kept.thing
        if page.headers["etag"] in request.headers.get("if-none-match", ""):
            return Response(status_code=304, headers=dict(page.headers))
        encoding = best_encoding(request.headers.get("accept-encoding", ""))
        body = page.bodies.get(encoding)
        if body is None:
            body = encoded(page.bodies[""], encoding)
            fuller = Page(page.headers, {**page.bodies, encoding: body})
            self.shelf.put(key, replace(kept, thing=fuller), fuller.weight)
        more = {"content-encoding": encoding} if encoding else {}
        return Response(body, headers={**page.headers, **more})
