"""Copies what the site serves out of `node_modules` into `static/vendor`, under names that hold a content hash.

Standard library only, but for what makes files smaller (brotli, fontTools): it can run before anything else is
installed. A name changes when its bytes do, so the site may let browsers keep these files for ever; `manifest.json`
says which name stands for what. Texts are compressed here, once and as well as can be (`.gz`, and `.br` where brotli
is installed), rather than at each request.

    python -m sprint.assets            copy what changed, show sizes
    python -m sprint.assets --force    rebuild even when up to date
"""

import gzip
import hashlib
import json
import posixpath
import re
import shutil
import sys
import urllib.parse
from collections.abc import Iterator
from pathlib import Path

from sprint.faces import cut
from sprint.icons import ICONS
from sprint.stylesheets import Vocabulary, dark_rules, lean, vocabulary

try:
    import brotli
except ImportError:  # only when called by hand, before the site's own packages are there
    brotli = None

ROOT = Path(__file__).resolve().parent.parent
MODULES = ROOT / "node_modules"
DSFR = MODULES / "@gouvfr" / "dsfr" / "dist"
TARGET = ROOT / "static" / "vendor"
STAMP = ".stamp"

# Three upright faces: italics and the light face are drawn by the browser from these, Spectral falls back to Georgia.
FACES = ("Marianne-Regular", "Marianne-Medium", "Marianne-Bold")

SCRIPTS = {"dsfr.js": DSFR / "dsfr.module.min.js", "htmx.js": MODULES / "htmx.org" / "dist" / "htmx.min.js"}

PICTOGRAMS = ("leisure/podcast", "leisure/community", "system/technical-error")

FAVICONS = (
    "favicon.svg",
    "favicon.ico",
    "apple-touch-icon.png",
    "android-chrome-192x192.png",
    "android-chrome-512x512.png",
)

PACKED = frozenset({".woff2", ".png", ".ico"})  # formats that compress themselves
WORTH_COMPRESSING = 1000  # bytes: below, headers outweigh what is won
FIRST_LOAD, ON_DEMAND = (".css", ".js", ".woff2"), "-more.woff2"

URL = re.compile(r"""url\((?P<quote>["']?)(?P<path>(?!["']?data:)[^"')]+)(?P=quote)\)""")
FONT_FACE = re.compile(r"@font-face\s*\{[^}]*\}")
FONT_SOURCE = re.compile(r"fonts/(?P<face>[\w-]+)\.woff2")
SOURCE_MAP = re.compile(r"^(//# sourceMappingURL=\S*|/\*# sourceMappingURL=\S* \*/)\s*$", re.MULTILINE)


class Missing(Exception):
    """A file that the lists above name is not in `node_modules`."""


class Shelf:
    """The folder being filled, and the logical name of everything on it."""

    def __init__(self, folder: Path) -> None:
        self.folder = folder
        self.names: dict[str, str] = {}
        self.sizes: dict[str, tuple[int, int]] = {}

    def put(self, logical: str, content: bytes, place: str = "") -> str:
        """Write under a hashed name, in the folder `place`; answer that name, relative to the shelf."""
        stem, suffix = posixpath.splitext(posixpath.join(place, logical))
        hashed = f"{stem}.{hashlib.sha256(content).hexdigest()[:10]}{suffix}"
        file = self.folder / hashed
        if not file.exists():
            file.parent.mkdir(parents=True, exist_ok=True)
            file.write_bytes(content)
            worth_it = suffix not in PACKED and len(content) >= WORTH_COMPRESSING
            travels = write_compressed(file, content) if worth_it else content
            self.sizes[logical] = (len(content), len(travels))
        self.names[logical] = hashed
        return hashed


def write_compressed(file: Path, content: bytes) -> bytes:
    """Write the compressed versions beside the file; answer the smallest."""
    best = gzip.compress(content, 9, mtime=0)
    file.with_name(f"{file.name}.gz").write_bytes(best)
    if brotli is not None:
        best = brotli.compress(content)
        file.with_name(f"{file.name}.br").write_bytes(best)
    return best


def read(path: Path) -> bytes:
    if not path.is_file():
        raise Missing(
            f"{path.relative_to(ROOT)} is missing: run `make assets`, or correct the lists in {Path(__file__).name}"
        )
    return path.read_bytes()


def without_source_map(content: bytes) -> bytes:
    """The maps are not shipped: naming them would make every opened console ask for a file that is not there."""
    return SOURCE_MAP.sub("", content.decode()).rstrip().encode() + b"\n"


def put_faces(shelf: Shelf, css: str, folder: Path) -> Iterator[str]:
    """The rules of the faces that are shipped, in one format and cut in two; those of the others are dropped."""
    for rule in FONT_FACE.findall(css):
        source = FONT_SOURCE.search(rule)
        if source is None or source["face"] not in FACES:
            continue
        for part, (letters, content) in cut(read(folder / source[0])).items():
            name = shelf.put(f"{source['face'].lower()}{part}.woff2", content, "fonts")
            told = f'src:url({name}) format("woff2")' + (f";unicode-range:{letters}" if letters else "")
            yield re.sub(r"src:[^;}]*", lambda _old, told=told: told, rule)


def put_stylesheet(shelf: Shelf, logical: str, source: Path, known: Vocabulary) -> None:
    """Every file that the sheet names goes on the shelf too, and the sheet names it as it is called there."""

    def hashed(url: re.Match[str]) -> str:
        relative, _, fragment = url["path"].partition("#")
        name = shelf.put(relative, read(source.parent / relative))
        return f"url({name}{'#' + fragment if fragment else ''})"

    own = (ROOT / "static" / "sprint.css").read_text("utf-8")
    whole = without_source_map(read(source)).decode()
    css = URL.sub(hashed, FONT_FACE.sub("", lean(whole, known, [own]))).rstrip()
    css += "".join(put_faces(shelf, whole, source.parent)) + "\n"
    shelf.put(f"{logical}.css", css.encode())
    shelf.put(f"{logical}-dark.css", dark_rules(css).encode())


def icon_rule(name: str) -> str:
    """The drawing is written into the sheet: some three hundred bytes each, against a request each.

    As in the design system, a name tells neither its family nor whether the drawing is the State's own (`fr--`).
    """
    found = sorted(path for stem in (name, f"fr--{name}") for path in (DSFR / "icons").glob(f"*/{stem}.svg"))
    if not found:
        raise Missing(f"no icon is called {name}: correct ICONS in sprint/assets.py")
    text = " ".join(found[0].read_text("utf-8").split()).replace('"', "'")
    drawing = urllib.parse.quote(text, safe=" =:/,;()'-.")
    image = f'url("data:image/svg+xml,{drawing}")'
    return f".fr-icon-{name}::before,.fr-icon-{name}::after{{-webkit-mask-image:{image};mask-image:{image}}}"


def put_favicons(shelf: Shelf) -> None:
    for name in FAVICONS:
        shelf.put(name, read(DSFR / "favicon" / name), place="favicon")
    described = json.loads(read(DSFR / "favicon" / "manifest.webmanifest"))
    for icon in described["icons"]:
        icon["src"] = posixpath.basename(shelf.names[icon["src"]])
    shelf.put("manifest.webmanifest", json.dumps(described).encode(), place="favicon")


def put_pictograms(shelf: Shelf) -> None:
    for name in PICTOGRAMS:
        shelf.put(f"pictograms/{Path(name).name}.svg", read(DSFR / "artwork" / "pictograms" / f"{name}.svg"))


def put_scripts(shelf: Shelf) -> None:
    for logical, source in SCRIPTS.items():
        shelf.put(logical, without_source_map(read(source)))


def fingerprint() -> str:
    """Changes when the front-end packages, these modules or the names that pages bear do."""
    here, digest = Path(__file__), hashlib.sha256()
    for path in (ROOT / "package-lock.json", here, *map(here.with_name, ("faces.py", "icons.py", "stylesheets.py"))):
        digest.update(path.read_bytes())
    digest.update(" ".join(sorted(vocabulary(ROOT, ()).names)).encode())
    digest.update((ROOT / "static" / "sprint.css").read_bytes())
    return digest.hexdigest()


def up_to_date() -> bool:
    stamp = TARGET / STAMP
    return stamp.is_file() and stamp.read_text() == fingerprint()


def build() -> Shelf:
    """Fill a folder beside the real one, then swap: a site that runs meanwhile never sees half of it."""
    fresh = TARGET.with_name("vendor.new")
    shutil.rmtree(fresh, ignore_errors=True)
    shelf = Shelf(fresh)
    known = vocabulary(ROOT, [read(source).decode() for source in SCRIPTS.values()])
    put_stylesheet(shelf, "dsfr", DSFR / "dsfr.main.min.css", known)
    shelf.put("icons.css", "\n".join(icon_rule(name) for name in ICONS).encode() + b"\n")
    put_scripts(shelf)
    put_favicons(shelf)
    put_pictograms(shelf)
    (fresh / "manifest.json").write_text(json.dumps(shelf.names, indent=1, sort_keys=True) + "\n")
    (fresh / STAMP).write_text(fingerprint())
    shutil.rmtree(TARGET, ignore_errors=True)
    fresh.rename(TARGET)
    return shelf


def total(label: str, sizes: list[tuple[int, int]]) -> str:
    return f"{label:<28}{sum(plain for plain, _ in sizes):>10}{sum(small for _, small in sizes):>12}"


def size_lines(shelf: Shelf) -> Iterator[str]:
    """What a first visit loads, file by file, then in one line everything that comes only when a page shows it."""
    sizes = sorted(shelf.sizes.items())
    first = {name: size for name, size in sizes if name.endswith(FIRST_LOAD) and not name.endswith(ON_DEMAND)}
    others = [size for name, size in shelf.sizes.items() if name not in first]
    yield f"{'file':<28}{'bytes':>10}{'compressed':>12}"
    for name, size in first.items():
        yield total(name, [size])
    yield total("together", list(first.values()))
    yield total(f"{len(others)} others, on demand", others)


def main() -> int:
    if up_to_date() and "--force" not in sys.argv[1:]:
        return 0
    try:
        shelf = build()
    except Missing as missing:
        print(missing, file=sys.stderr)
        return 1
    print("\n".join(size_lines(shelf)))
    return 0


if __name__ == "__main__":
    sys.exit(main())
