"""What Sprint ships of the design system's style sheet: the rules its pages can meet, and those of the dark theme once more.

The whole sheet is nearly 600 kB, of which a phone would read nine tenths for nothing before it shows a page. Standard library
only, like `assets`.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path

RULE = re.compile(
    r"(?P<media>@(?:media|supports|-moz-document)[^{]+)\{(?P<inside>(?:[^{}]*\{[^{}]*\})*)\}|(?P<selector>[^{}@]+)(?P<body>\{[^{}]*\})"
)
COMMA = re.compile(r",(?![^(]*\))")
PARENTHESES = re.compile(r"\([^()]*\)")
CLASS = re.compile(r"\.(fr-[\w-]+)")
NAMED = re.compile(r"\bfr-[a-z0-9]+(?:[-_]+[a-z0-9]+)*(?:--?|__?)?")
PAGES = ("templates/**/*.html", "sprint/**/*.py", "static/*.css", "static/*.js")
WORD = re.compile(r"[a-z][\w-]*")
BLOCK_END = re.compile(r"__|--")
ASKED = re.compile(r"var\(\s*(--[\w-]+)")
SET = re.compile(r"(--[\w-]+):[^;{}]*(?:;|(?=\}))")
EMPTY = re.compile(r"@?[^{}@;]+\{\}")
DARK, SYSTEM = "[data-fr-theme=dark]", "[data-fr-scheme=system]"


@dataclass(frozen=True)
class Vocabulary:
    """The classes that pages may bear: those named, those whose beginning is named, and what a script may add to them."""

    names: frozenset[str]
    words: frozenset[str]
    """Words of the scripts, which write a class without its "fr-"."""

    @property
    def beginnings(self) -> tuple[str, ...]:
        """Names that a template goes on with, such as `fr-badge--`."""
        return tuple(sorted(name for name in self.names if name.endswith(("-", "_"))))

    def knows(self, name: str) -> bool:
        if name in self.names or name.startswith(self.beginnings):
            return True
        return BLOCK_END.split(name)[0] in self.names and name.removeprefix("fr-") in self.words


def vocabulary(root: Path, scripts: Iterable[str]) -> Vocabulary:
    """What the templates, the code and our own sheets and scripts name, with the words of the scripts that come from elsewhere."""
    files = [path for pattern in PAGES for path in root.glob(pattern)]
    names = {name for path in files for name in NAMED.findall(path.read_text("utf-8"))}
    return Vocabulary(frozenset(names), frozenset(word for script in scripts for word in WORD.findall(script)))


def lean(css: str, known: Vocabulary, asked: Iterable[str] = ()) -> str:
    """The sheet without rules for classes that no page bears, then without the custom properties that nobody asks for.

    `asked`: other sheets that ask for custom properties.
    """
    css, others = "".join(_met(css, known)), {name for sheet in asked for name in ASKED.findall(sheet)}
    while (less := _asked(css, others | set(ASKED.findall(css)))) != css:
        css = less
    return EMPTY.sub("", css)


def _borne(selector: str) -> list[str]:
    """The classes that an element or one around it must bear: not those in parentheses, `:not(.fr-btn--sm)`."""
    while (outside := PARENTHESES.sub("", selector)) != selector:
        selector = outside
    return CLASS.findall(selector)


def _asked(css: str, needed: set[str]) -> str:
    return SET.sub(lambda found: found[0] if found[1] in needed else "", css)


def _met(css: str, known: Vocabulary) -> Iterator[str]:
    """Everything between the rules stays as it is: faces, animations, layers."""
    at = 0
    for rule in RULE.finditer(css):
        yield css[at : rule.start()]
        at = rule.end()
        if rule["media"] is not None:
            inside = "".join(_met(rule["inside"], known))
            yield f"{rule['media']}{{{inside}}}" if inside else ""
        else:
            met = [one for one in COMMA.split(rule["selector"]) if all(map(known.knows, _borne(one)))]
            yield ",".join(met) + rule["body"] if met else ""
    yield css[at:]


def dark_rules(css: str) -> str:
    """What the sheet says of the dark theme, said again for pages that follow the device.

    The design system lets a script choose; under `media="(prefers-color-scheme: dark)"` this sheet does without one,
    and spares those who have one a flash of white. Its own rules about forced colours hold for both themes already.
    """
    found = []
    for rule in RULE.finditer(css):
        if rule["media"] is None:
            found.append(rule[0] if DARK in rule["selector"] else "")
        elif "-color" not in rule["media"]:
            inside = dark_rules(rule["inside"])
            found.append(f"{rule['media']}{{{inside}}}" if inside else "")
    return "".join(found).replace(DARK, SYSTEM)
