"""Addresses of static files: vendored ones from the manifest made at set-up, our own named by their content."""

import hashlib
import json
from functools import cache
from pathlib import Path

STATIC = Path(__file__).parent.parent.parent / "static"
FOREVER = "public, max-age=31536000, immutable"


@cache
def _vendored() -> dict[str, str]:
    manifest = STATIC / "vendor" / "manifest.json"
    return json.loads(manifest.read_text()) if manifest.exists() else {}


@cache
def _fingerprint(name: str) -> str:
    return hashlib.sha256((STATIC / name).read_bytes()).hexdigest()[:10]


def asset(name: str) -> str:
    """Address of a static file, which changes when its content does; raises KeyError for one that is not there."""
    vendored = _vendored().get(name)
    if vendored is not None:
        return f"/static/vendor/{vendored}"
    if not (STATIC / name).is_file():
        raise KeyError(f"no static file {name}: run `make assets`")
    return f"/static/{name}?v={_fingerprint(name)}"
