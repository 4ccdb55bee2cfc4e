"""What a link is, from its shape on hosts we know; everything else is a free link, which only people judge. No network.

The same work reached by several addresses has one canonical key, `family:host:project:shape:number`, in lower case.
"""

import hashlib
import re
from dataclasses import dataclass
from enum import StrEnum
from ipaddress import ip_address
from urllib.parse import SplitResult, urlsplit

from sprint.contributions.tables import LONGEST_ADDRESS, LONGEST_KEY, Kind
from sprint.words import Words, say


class Shape(StrEnum):
    """What a link leads to."""

    CHANGE = "change"
    ISSUE = "issue"
    COMMIT = "commit"
    RELEASE = "release"
    DISCUSSION = "discussion"
    LINK = "link"


@dataclass(frozen=True)
class Recognised:
    """A link taken apart. For a free link `project` is its path and `number` empty."""

    url: str
    family: str
    host: str
    project: str
    shape: Shape
    number: str
    key: str


_PART = r"[A-Za-z0-9_][A-Za-z0-9_.-]*"
_PROJECT = rf"(?P<project>{_PART}/{_PART})"
_GROUPS = rf"(?P<project>{_PART}(?:/{_PART})+?)"
_NUMBER = r"(?P<number>[1-9][0-9]{0,9})"
_SHA = r"(?P<number>[0-9a-fA-F]{7,64})"
_TAG = r"(?P<number>[A-Za-z0-9_][A-Za-z0-9_.+-]{0,99})"
_OF_SITE = (
    "apps|collections|enterprise|features|login|marketplace|notifications|orgs|search|settings|sponsors|topics|users"
)

SHAPES: dict[str, tuple[tuple[Shape, str], ...]] = {
    "github": (
        (
            Shape.CHANGE,
            rf"(?!(?:{_OF_SITE})/){_PROJECT}/pull/{_NUMBER}(?:/(?:files|changes|checks|commits(?:/[0-9a-f]+)?))?",
        ),
        (Shape.ISSUE, rf"(?!(?:{_OF_SITE})/){_PROJECT}/issues/{_NUMBER}"),
        (Shape.COMMIT, rf"(?!(?:{_OF_SITE})/){_PROJECT}/commit/{_SHA}"),
        (Shape.RELEASE, rf"(?!(?:{_OF_SITE})/){_PROJECT}/releases/tag/{_TAG}"),
        (Shape.DISCUSSION, rf"(?!(?:{_OF_SITE})/){_PROJECT}/discussions/{_NUMBER}"),
    ),
    "gitlab": (
        (Shape.CHANGE, rf"{_GROUPS}/(?:-/)?merge_requests/{_NUMBER}(?:/(?:diffs|commits|pipelines))?"),
        (Shape.ISSUE, rf"{_GROUPS}/(?:-/)?(?:issues|work_items)/{_NUMBER}"),
        (Shape.COMMIT, rf"{_GROUPS}/(?:-/)?commit/{_SHA}"),
        (Shape.RELEASE, rf"{_GROUPS}/-/releases/{_TAG}"),
    ),
    "forgejo": (
        (Shape.CHANGE, rf"{_PROJECT}/pulls/{_NUMBER}(?:/(?:files|commits))?"),
        (Shape.ISSUE, rf"{_PROJECT}/issues/{_NUMBER}"),
        (Shape.COMMIT, rf"{_PROJECT}/commit/{_SHA}"),
        (Shape.RELEASE, rf"{_PROJECT}/releases/tag/{_TAG}"),
    ),
}
HOSTS: dict[str, str] = {
    "github.com": "github",
    "codeberg.org": "forgejo",
    **dict.fromkeys(
        (
            "gitlab.com",
            "gitlab.adullact.net",
            "forge.apps.education.fr",
            "framagit.org",
            "gitlab.ow2.org",
            "gitlab.in2p3.fr",
            "gitlab.huma-num.fr",
            "gitlab.gnome.org",
            "git.beta.pole-emploi.fr",
            "gitlab.mim.ovh",
        ),
        "gitlab",
    ),
}
"""Forges whose addresses we read. Shape proposes, this list decides: on any other host the same path is a free link."""

PROPOSED: dict[Shape, Kind] = {
    Shape.CHANGE: Kind.CODE,
    Shape.COMMIT: Kind.CODE,
    Shape.ISSUE: Kind.REPORT,
}
"""The kind a link suggests; its author decides."""

NAMES: dict[Shape, Words] = {
    Shape.CHANGE: say("Demande de fusion"),
    Shape.ISSUE: say("Ticket"),
    Shape.COMMIT: say("Commit"),
    Shape.RELEASE: say("Version publiée"),
    Shape.DISCUSSION: say("Discussion"),
}


def looks_like_address(text: str) -> bool:
    """Whether somebody meant a link rather than a sentence."""
    if re.match(r"\s*(https?|javascript|data|vbscript|file|blob):", text, re.IGNORECASE):
        return True
    words = text.split()
    return len(words) == 1 and bool(re.match(r"[A-Za-z][A-Za-z0-9+.-]*:\S|([\w-]+\.)+[A-Za-z]{2,}(/|$)", words[0]))


def recognise(text: str) -> Recognised | None:
    """What the link is; None when it is no address of the public web (another scheme, a password, a local host)."""
    parts, host = _taken_apart(text)
    if parts is None:
        return None
    path = parts.path.strip("/")
    url = f"{parts.scheme.lower()}://{host}{parts.path}" + (f"?{parts.query}" if parts.query else "")
    url += f"#{parts.fragment}" if parts.fragment else ""
    bare = host.removeprefix("www.")
    family = HOSTS.get(bare, "")
    for shape, pattern in SHAPES.get(family, ()):
        found = re.fullmatch(pattern, path)
        if found:
            return _known(url, family, bare, shape, found["project"], found["number"])
    return _free(url, bare, path + (f"?{parts.query}" if parts.query else ""))


def _taken_apart(text: str) -> tuple[SplitResult | None, str]:
    """The parts of an address with its host as the network would ask for it, `www.` and other ports included."""
    text = text.strip()
    if not re.match(r"[A-Za-z][A-Za-z0-9+.-]*:(?!\d)", text):
        text = f"https://{text}"
    if len(text) > LONGEST_ADDRESS or not text.isprintable() or any(sign in " <>\"'`\\{}|^" for sign in text):
        return None, ""
    try:
        parts = urlsplit(text)
        port = parts.port
        host = (parts.hostname or "").removesuffix(".").encode("idna").decode("ascii")
    except (ValueError, UnicodeError):
        return None, ""
    if parts.scheme.lower() not in ("http", "https") or "@" in parts.netloc or not _is_public(host):
        return None, ""
    return parts, host if port in (None, 80, 443) else f"{host}:{port}"


def _is_public(host: str) -> bool:
    """A name with a dot that is no number: neither a machine next door nor an address in figures."""
    try:
        ip_address(host)
    except ValueError:
        return bool(re.fullmatch(r"(?:[a-z0-9_](?:[a-z0-9_-]*[a-z0-9_])?\.)+[a-z][a-z0-9-]*", host))
    return False


def _known(url: str, family: str, host: str, shape: Shape, project: str, number: str) -> Recognised:
    key = f"{family}:{host}:{project}:{shape}:{number}".lower()
    return _fitting(Recognised(url, family, host, project, shape, number, key))


def _free(url: str, host: str, path: str) -> Recognised:
    key = f"link:{host}:{path}:{Shape.LINK}:".lower()
    return _fitting(Recognised(url, "link", host, path, Shape.LINK, "", key))


def _fitting(one: Recognised) -> Recognised:
    """The same with a key that fits its column: what is too long is told apart by its digest."""
    if len(one.key) <= LONGEST_KEY:
        return one
    digest = hashlib.sha256(one.key.encode()).hexdigest()
    return Recognised(
        one.url, one.family, one.host, one.project, one.shape, one.number, f"{one.family}:sha256:{digest}"
    )
