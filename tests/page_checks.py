"""What every page must hold, read as a browser reads it. Each check gives its complaints; none is a sound page."""

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from urllib.parse import urlsplit
from xml.etree.ElementTree import Element

import html5lib
from starlette.routing import compile_path

from sprint.app import specs
from sprint.web.assets import STATIC
from sprint.web.headers import SECURITY

TYPED = {"input", "select", "textarea"}
UNLABELLED = {"hidden", "submit", "button", "reset", "image"}
STRAY = re.compile(r"\{\{|\{%|%\(\w*\)|\bNone\b|\bUndefined\b|<\w+ object at|</?(?:strong|em|a|p|br|span)\b|&\w+;")


def parsed(html: str) -> tuple[Element, list[str]]:
    """The document with what a strict reader says about its markup."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    return parser.parse(html), _markup_faults(parser)


def parsed_fragment(html: str) -> tuple[list[Element], list[str]]:
    """The elements of a fragment with what a strict reader says about its markup."""
    parser = html5lib.HTMLParser(tree=html5lib.getTreeBuilder("etree"), namespaceHTMLElements=False)
    root = parser.parseFragment(html, container="div")
    return list(root), _markup_faults(parser)


def _markup_faults(parser: html5lib.HTMLParser) -> list[str]:
    return [f"markup: {code} {values} at {position}" for position, code, values in parser.errors]


def elements(root: Element) -> Iterator[Element]:
    """Every element; comments are none."""
    return (element for element in root.iter() if isinstance(element.tag, str))


def text_of(element: Element) -> str:
    """What one reads, every space an ordinary one."""
    return " ".join("".join(element.itertext()).split())


def page_faults(root: Element, address: str, *, demo: bool) -> list[str]:
    """Everything that is wrong with a whole page."""
    html = root if root.tag == "html" else next(iter(root))
    checks = [_language, _headings, _ids, _labels, _inline, _stray, _targets, _references]
    found = [fault for check in checks for fault in check(html)]
    return found + _links(html, address, demo)


def header_faults(headers: dict[str, str]) -> list[str]:
    """Security headers every answer carries."""
    wanted = SECURITY | ({"Referrer-Policy": "no-referrer"} if headers.get("x-robots-tag") == "noindex" else {})
    wrong = [name for name, value in wanted.items() if headers.get(name.lower()) != value]
    return [f"header {name} is {headers.get(name.lower())!r}" for name in wrong]


def _language(html: Element) -> list[str]:
    title = html.find("head/title")
    faults = [] if html.get("lang") in ("fr", "en") else ["html has no lang"]
    return faults + ([] if title is not None and text_of(title).strip(" –") not in ("", "Sprint") else ["no title"])


def _headings(html: Element) -> list[str]:
    levels = [int(one.tag[1]) for one in elements(html) if re.fullmatch(r"h[1-6]", one.tag)]
    empty = [one.tag for one in elements(html) if re.fullmatch(r"h[1-6]", one.tag) and not text_of(one)]
    jumps = [
        f"h{after} follows h{before}" for before, after in zip([0, *levels], levels, strict=False) if after > before + 1
    ]
    counted = [] if levels.count(1) == 1 else [f"{levels.count(1)} h1"]
    return counted + [f"heading: {jump}" for jump in jumps] + [f"empty {tag}" for tag in empty]


def _ids(html: Element) -> list[str]:
    counted = Counter(one.get("id") for one in elements(html) if one.get("id") is not None)
    return [f"id {name!r} {number} times" for name, number in counted.items() if number > 1 or not name or " " in name]


def _labels(html: Element) -> list[str]:
    named = {one.get("for") for one in elements(html) if one.tag == "label" and text_of(one)}
    inside = {id(field) for label in elements(html) if label.tag == "label" for field in elements(label)}
    fields = (one for one in elements(html) if one.tag in TYPED and one.get("type") not in UNLABELLED)
    faults = [
        f"no label: {one.tag} {one.get('name')}"
        for one in fields
        if one.get("id") not in named
        and id(one) not in inside
        and not (one.get("aria-label") or one.get("aria-labelledby"))
    ]
    mute = [one for one in elements(html) if one.tag in ("a", "button") and not (text_of(one) or one.get("aria-label"))]
    silent = [one for one in elements(html) if one.tag == "img" and one.get("alt") is None]
    return (
        faults + [f"no words: {one.tag} {one.attrib}" for one in mute] + [f"no alt: {one.get('src')}" for one in silent]
    )


def _inline(html: Element) -> list[str]:
    handlers = [
        f"inline {name} on {one.tag}"
        for one in elements(html)
        for name, value in one.attrib.items()
        if name.startswith(("on", "hx-on", "hx-live"))
        or name == "style"
        or (name != "value" and value.lower().startswith("javascript:"))
    ]
    scripts = [
        f"inline {one.tag}" for one in elements(html) if one.tag in ("script", "style") and (one.text or "").strip()
    ]
    return handlers + scripts


def _stray(html: Element) -> list[str]:
    words = " ".join(html.itertext())
    attributes = " ".join(
        value for one in elements(html) for name, value in one.attrib.items() if name not in ("content", "value")
    )
    return [f"stray {found!r}" for found in STRAY.findall(words) + STRAY.findall(attributes)]


def _targets(html: Element) -> list[str]:
    ids = {one.get("id") for one in elements(html)}
    targets = {one.get("hx-target", "") for one in elements(html)} - {"", "this", "body"}
    lonely = [
        one for one in elements(html) if (one.get("hx-post") or one.get("hx-get")) and one.tag not in ("form", "a")
    ]
    faults = [
        f"hx-target {target} is not in the page" for target in sorted(targets) if target.removeprefix("#") not in ids
    ]
    return faults + [f"{one.tag} acts with JavaScript only" for one in lonely if one.get("hx-trigger") is None]


def _references(html: Element) -> list[str]:
    ids = {one.get("id") for one in elements(html)}
    names = ("for", "aria-labelledby", "aria-describedby", "aria-controls", "list", "form")
    asked = [(name, key) for one in elements(html) for name in names for key in one.get(name, "").split()]
    anchors = [("href", one.get("href", "")[1:]) for one in elements(html) if one.get("href", "").startswith("#")]
    return [f"{name}={key} leads nowhere" for name, key in asked + anchors if key and key not in ids]


# --- links


@cache
def _routes(demo: bool) -> list[tuple[str, re.Pattern[str]]]:
    return [(spec.method, compile_path(spec.path)[0]) for spec in specs(demo=demo)]


def answers(method: str, path: str, *, demo: bool) -> bool:
    """Whether a route is declared for the path, in either language."""
    return any(method == verb and pattern.match(_plain(path)) for verb, pattern in _routes(demo))


def _links(html: Element, address: str, demo: bool) -> list[str]:
    faults = []
    for one in elements(html):
        for name, method in (
            ("href", "GET"),
            ("src", "GET"),
            ("hx-get", "GET"),
            ("hx-post", "POST"),
            ("action", _method(one)),
        ):
            value = one.get(name)
            if value is not None and not _resolves(value, method, address, demo):
                faults.append(f"{one.tag} {name}={value} leads nowhere")
    return faults


def _method(form: Element) -> str:
    return form.get("method", "get").upper()


def _resolves(value: str, method: str, address: str, demo: bool) -> bool:
    parts = urlsplit(value)
    if parts.scheme in ("mailto", "data") or (parts.netloc and parts.netloc != urlsplit(address).netloc):
        return parts.scheme in ("https", "mailto", "data", "http")
    if parts.path.startswith("/static/"):
        return (STATIC / parts.path.removeprefix("/static/")).is_file()
    own = urlsplit(address).path
    path = parts.path or own
    # Its own address, in either language, is where a page stands, whatever it answers (a refused POST, an error).
    return path.startswith("/") and ((method, _plain(path)) == ("GET", _plain(own)) or answers(method, path, demo=demo))


def _plain(path: str) -> str:
    return re.sub(r"^/en(?=/|$)", "", path) or "/"
