"""What a first visit weighs, over the wire, in both encodings."""

from collections.abc import Callable
from http.client import HTTPConnection
from urllib.parse import urlsplit

import pytest

from tests.chromium.conftest import Site

pytestmark = pytest.mark.browser
BUDGET = 320_000


@pytest.mark.parametrize("address", ["/", "/{edition}/parcours", "/{edition}/parcours/grist"])
def test_a_first_load_is_light(address: str, visitor: Callable, site: Site) -> None:  # type: ignore[type-arg]
    page, asked = visitor(), []
    page.on("request", lambda request: asked.append(request.url))
    page.goto(address.format(edition=site.edition), wait_until="networkidle")
    page.wait_for_timeout(300)
    weights = {encoding: sum(weight(url, encoding) for url in asked) for encoding in ("gzip", "br")}
    print(f"{address}: {len(asked)} answers, gzip {weights['gzip'] / 1000:.1f} kB, br {weights['br'] / 1000:.1f} kB")
    assert (len(asked) > 5, max(weights.values()) <= BUDGET) == (True, True)


def weight(url: str, encoding: str) -> int:
    """Bytes of the answer's body as they travel."""
    parts = urlsplit(url)
    if parts.scheme == "data":
        return 0
    connection = HTTPConnection(parts.netloc, timeout=30)
    connection.request(
        "GET", parts.path + (f"?{parts.query}" if parts.query else ""), headers={"Accept-Encoding": encoding}
    )
    try:
        return len(connection.getresponse().read())
    finally:
        connection.close()
