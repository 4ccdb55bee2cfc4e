"""A browser for tests: checks every page it receives, follows 303, submits the forms of the page, with htmx or without.

one = browser(five.ada)
one.open("/sprint-2027/parcours/keycloak")
one.submit("S’inscrire", jour=["2027-03-16"])      as without JavaScript
one.swap("S’inscrire", jour=["2027-03-16"])        as htmx does it; `one.assert_patched_as_fresh()`
"""

from dataclasses import dataclass, field
from urllib.parse import urljoin, urlsplit
from xml.etree.ElementTree import Element, SubElement

from httpx2 import Response
from starlette.testclient import TestClient

from sprint.settings import Settings
from sprint.web.cookies import SESSION, Jar
from tests.forms import Asked, form_with, link_called, submitted
from tests.page_checks import elements, header_faults, page_faults, parsed, parsed_fragment, text_of

MOST_REDIRECTS = 5
HTML = "text/html"


@dataclass
class Request:
    """A request as it was sent, to be sent again without htmx."""

    method: str
    address: str
    data: dict[str, list[str]] | None
    cookies: dict[str, str]
    is_htmx: bool = False


class Faulty(AssertionError):
    """A page was received that breaks the house's rules for pages."""


@dataclass
class Browser:
    """Holds a page and cookies. `status` and `address` are those of the answer shown."""

    client: TestClient
    settings: Settings
    status: int = 0
    address: str = "/"
    html: str = ""
    page: Element = field(default_factory=lambda: Element("html"))
    answer: Response | None = None
    last: Request | None = None

    def take_session(self, token: str) -> None:
        """Be signed in."""
        self.client.cookies.set(Jar(self.settings).name(SESSION), token, domain="localhost.local", path="/")

    # --- whole pages

    def open(self, address: str) -> "Browser":
        """Type an address."""
        return self._show(self._follow("GET", address, None, {}))

    def click(self, words: str) -> "Browser":
        """Follow the link that reads so."""
        return self.open(urljoin(self.address, link_called(self.page, words).get("href", "")))

    def submit(self, button: str, /, **typed: Asked) -> "Browser":
        """Press a button of the page, after filling in its form; fails on what the form does not offer."""
        form, pressed = form_with(self.page, button)
        data = submitted(form, pressed, typed)
        return self.send(form.get("method", "get").upper(), form.get("action") or self.address, data)

    def post(self, address: str, /, **data: Asked) -> "Browser":
        """Post what no form of the page offers: what a script or a stranger would send."""
        listed = {
            name: [str(one) for one in (value if isinstance(value, list) else [value])] for name, value in data.items()
        }
        return self.send("POST", address, listed)

    def send(self, method: str, address: str, data: dict[str, list[str]]) -> "Browser":
        return self._show(self._follow(method, urljoin(self.address, address), data, {}))

    # --- htmx

    def swap(self, words: str, /, **typed: Asked) -> "Browser":
        """Press a button or a link as htmx does: ask for the fragment, follow, put it in place."""
        acting, method, data = self._acting(words, typed)
        target = self._target(acting)
        headers = {
            "HX-Request": "true",
            "HX-Target": f"{target.tag}#{target.get('id', '')}",
            "HX-Current-URL": self.address,
        }
        address = acting.get(f"hx-{method.lower()}", "")
        response = self._follow(method, urljoin(self.address, address), data, headers)
        if "hx-redirect" in response.headers:
            return self.open(response.headers["hx-redirect"])
        if response.headers.get("hx-retarget") == "body":
            return self._show(response)
        return self._patch(response, target, acting)

    def _acting(self, words: str, typed: dict[str, Asked]) -> tuple[Element, str, dict[str, list[str]]]:
        if typed or any(text_of(one) == _plain(words) for one in elements(self.page) if one.tag == "button"):
            form, pressed = form_with(self.page, words)
            return form, "POST" if form.get("hx-post") else "GET", submitted(form, pressed, typed)
        return link_called(self.page, words), "GET", {}

    def _target(self, acting: Element) -> Element:
        wanted = acting.get("hx-target") or _inherited(self.page, acting, "hx-target") or "this"
        if wanted == "this":
            return acting
        return next(one for one in elements(self.page) if one.get("id") == wanted.removeprefix("#"))

    def _patch(self, response: Response, target: Element, acting: Element) -> "Browser":
        made, faults = parsed_fragment(response.text)
        how = acting.get("hx-swap") or _inherited(self.page, acting, "hx-swap") or "innerHTML"
        if how in ("outerHTML", "outerMorph"):
            if len(made) != 1 or made[0].get("id") != target.get("id"):
                raise Faulty(f"the fragment is not one element with the id of its target: {response.text[:200]}")
            _replace(self.page, target, made[0])
        elif how in ("innerHTML", "innerMorph"):
            target[:] = made
        else:
            raise Faulty(f"hx-swap={how} is not among those used here")
        if acting.get("hx-push-url") == "true":
            self.address = _address_of(response)
        self._take(response)
        self._complain(
            faults + page_faults(self.page, self.settings.base_url + self.address, demo=bool(self.settings.demo))
        )
        return self

    def assert_patched_as_fresh(self) -> None:
        """The page as htmx patched it is the page one gets without htmx for the same last request."""
        last = self.last
        assert last is not None
        kept = dict(self.client.cookies)
        self._set_cookies(last.cookies)
        response = self._request(last.method, last.address, last.data, {})
        self._set_cookies(kept)
        fresh, _ = parsed(response.text)
        assert normal(_body(self.page)) == normal(_body(fresh))

    # --- requests

    def _follow(
        self, method: str, address: str, data: dict[str, list[str]] | None, headers: dict[str, str]
    ) -> Response:
        response = self._request(method, address, data, headers)
        for _ in range(MOST_REDIRECTS):
            if response.status_code not in (302, 303, 307) or self._is_elsewhere(response):
                return response
            response = self._request("GET", urljoin(address, response.headers["location"]), None, headers)
        raise Faulty(f"{address} goes round in circles")

    def _is_elsewhere(self, response: Response) -> bool:
        host = urlsplit(response.headers["location"]).hostname
        return host is not None and host != self.settings.host

    def _request(
        self, method: str, address: str, data: dict[str, list[str]] | None, headers: dict[str, str]
    ) -> Response:
        plain = address.split("#")[0]
        self.last = Request(method, plain, data, dict(self.client.cookies), "HX-Request" in headers)
        if method == "GET":
            response = self.client.get(plain, params=data or None, headers=headers, follow_redirects=False)
        else:
            response = self.client.post(plain, data=data, headers=headers, follow_redirects=False)
        self._complain(header_faults(dict(response.headers)))
        return response

    def _set_cookies(self, cookies: dict[str, str]) -> None:
        self.client.cookies.clear()
        for name, value in cookies.items():
            self.client.cookies.set(name, value, domain="localhost.local", path="/")

    def _take(self, response: Response) -> None:
        self.status, self.answer, self.html = response.status_code, response, response.text

    def _show(self, response: Response) -> "Browser":
        self._take(response)
        self.address = _address_of(response)
        if response.headers.get("content-type", "").startswith(HTML) and response.text:
            self.page, faults = parsed(response.text)
            address = self.settings.base_url + self.address
            self._complain(faults + page_faults(self.page, address, demo=bool(self.settings.demo)))
        return self

    def _complain(self, faults: list[str]) -> None:
        if faults:
            raise Faulty(
                f"{self.last.method if self.last else ''} {self.address}\n  " + "\n  ".join(dict.fromkeys(faults))
            )

    # --- reading

    @property
    def text(self) -> str:
        """What one reads in the main part, every space an ordinary one."""
        found = next((one for one in elements(self.page) if one.tag == "main"), self.page)
        return text_of(found)

    def read(self, element_id: str) -> str:
        """What one reads in the element of that id."""
        return text_of(next(one for one in elements(self.page) if one.get("id") == element_id))

    def texts(self, tag: str) -> list[str]:
        """What one reads in each element of that name in the main part."""
        main = next((one for one in elements(self.page) if one.tag == "main"), self.page)
        return [text_of(one) for one in elements(main) if one.tag == tag]


def normal(element: Element, depth: int = 0) -> str:
    """An element as lines to compare: tokens that differ each time and white space left out."""
    attributes = dict(element.attrib)
    if attributes.get("name") == "once":
        attributes["value"] = "…"
    shown = "".join(f" {name}={value!r}" for name, value in sorted(attributes.items()))
    lines = ["  " * depth + element.tag + shown, _line(element.text, depth + 1)]
    for child in element:
        if isinstance(child.tag, str):
            lines.append(normal(child, depth + 1))
        lines.append(_line(child.tail, depth + 1))
    return "\n".join(line for line in lines if line)


def _line(text: str | None, depth: int) -> str:
    words = " ".join((text or "").split())
    return "  " * depth + words if words else ""


def _plain(words: str) -> str:
    return " ".join(words.split())


def _address_of(response: Response) -> str:
    return (
        response.request.url.raw_path.decode()
        if isinstance(response.request.url.raw_path, bytes)
        else response.request.url.path
    )


def _body(root: Element) -> Element:
    return next((one for one in elements(root) if one.tag == "body"), SubElement(root, "body"))


def _parents(root: Element) -> dict[Element, Element]:
    return {child: parent for parent in root.iter() for child in parent}


def _inherited(root: Element, element: Element, name: str) -> str | None:
    # htmx 4 inherits only what says so.
    parents = _parents(root)
    while (element := parents.get(element)) is not None:  # type: ignore[assignment]
        if found := element.get(f"{name}:inherited"):
            return found
    return None


def _replace(root: Element, old: Element, new: Element) -> None:
    parent = _parents(root)[old]
    new.tail = old.tail
    parent[list(parent).index(old)] = new
