"""Static files: named by their content, so kept for ever; sent as compressed at set-up where the browser takes that."""

import mimetypes

from starlette.datastructures import Headers
from starlette.responses import Response
from starlette.staticfiles import StaticFiles
from starlette.types import Scope

from sprint.web.assets import FOREVER, STATIC
from sprint.web.encodings import ENCODINGS, accepted_encodings

ENDINGS = {"br": ".br", "gzip": ".gz"}
TYPES = {".js": "text/javascript", ".woff2": "font/woff2", ".webmanifest": "application/manifest+json"}


class HashedFiles(StaticFiles):
    """The files of `static/`. An address with a content hash (vendored, or `?v=`) never changes what it gives."""

    def __init__(self) -> None:
        # An operator, or a second working copy, may keep the vendored files elsewhere and link them here.
        super().__init__(directory=STATIC, follow_symlink=True)

    async def get_response(self, path: str, scope: Scope) -> Response:
        scope["state"]["route"] = "GET /static"
        encoding, ending = _best_encoding(path, Headers(scope=scope).get("accept-encoding", ""))
        response = await super().get_response(path + ending, scope)
        if response.status_code == 200:
            response.headers["Content-Type"] = _type_of(path)
        if encoding:
            response.headers["Content-Encoding"] = encoding
        named_by_content = path.startswith("vendor") or scope.get("query_string", b"").startswith(b"v=")
        response.headers["Cache-Control"] = FOREVER if named_by_content else "no-cache"
        response.headers["Vary"] = "Accept-Encoding"
        return response


def _best_encoding(path: str, accepted: str) -> tuple[str, str]:
    """The encoding both sides have, with the ending of its file; two empty strings for the file as it is."""
    taken = accepted_encodings(accepted)
    for encoding in ENCODINGS:
        ending = ENDINGS[encoding]
        if encoding in taken and (STATIC / (path + ending)).is_file():
            return encoding, ending
    return "", ""


def _type_of(path: str) -> str:
    ending = path[path.rfind(".") :]
    kind = TYPES.get(ending) or mimetypes.guess_type(path)[0] or "application/octet-stream"
    return f"{kind}; charset=utf-8" if kind.startswith("text/") else kind
