"""What set-up makes of the design system's files."""

from io import BytesIO

import pytest
from fontTools.ttLib import TTFont

from sprint.assets import DSFR, ROOT, SCRIPTS
from sprint.faces import cut
from sprint.stylesheets import CLASS, Vocabulary, dark_rules, lean, vocabulary

KNOWN = Vocabulary(frozenset({"fr-btn", "fr-badge--", "fr-modal"}), frozenset({"modal--opened", "tabs"}))


def test_the_dark_sheet_says_again_what_the_theme_says_and_nothing_else() -> None:
    css = (
        ":root{--a:white}:root[data-fr-theme=dark]{--a:black}.b{color:red}"
        "@media (min-width:48em){.b{color:blue}[data-fr-theme=dark] .b{color:green}}"
        "@media (prefers-color-scheme:dark) and (forced-colors:active){[data-fr-theme=dark] .b{color:pink}}"
    )
    assert dark_rules(css) == (
        ":root[data-fr-scheme=system]{--a:black}@media (min-width:48em){[data-fr-scheme=system] .b{color:green}}"
    )


@pytest.mark.parametrize(
    ("css", "kept"),
    [
        (".fr-btn{a:b}", ".fr-btn{a:b}"),
        (".fr-range{a:b}", ""),
        (".fr-btn,.fr-range:hover,a{a:b}", ".fr-btn,a{a:b}"),
        (".fr-btn:not(.fr-btn--sm):not(:is(.x,.fr-y)){a:b}", ".fr-btn:not(.fr-btn--sm):not(:is(.x,.fr-y)){a:b}"),
        (".fr-badge--new .fr-range{a:b}", ""),
        (".fr-badge--new{a:b}", ".fr-badge--new{a:b}"),
        (".fr-modal--opened{a:b}.fr-modal--other{a:b}.fr-tabs{a:b}", ".fr-modal--opened{a:b}"),
        ("@supports (d:grid){.fr-range{a:b}}.fr-btn{a:b}", ".fr-btn{a:b}"),
        ("@media (x){.fr-range{a:b}.fr-btn{a:b}}", "@media (x){.fr-btn{a:b}}"),
        ('@font-face{font-family:M;src:url(m.woff2) format("woff2")}', '@font-face{font-family:M;src:url(m.woff2) format("woff2")}'),
        (":root{--a:1;--b:var(--c);--c:2;--d:3}a{x:var(--b)}", ":root{--b:var(--c);--c:2;}a{x:var(--b)}"),
        (":root{--d:3}", ""),
    ],
)  # fmt: skip
def test_the_sheet_keeps_what_pages_can_meet(css: str, kept: str) -> None:
    assert lean(css, KNOWN) == kept


def test_what_another_sheet_asks_for_stays() -> None:
    assert lean(":root{--a:1;--b:2}", KNOWN, ["p{x:var(--b)}"]) == ":root{--b:2}"


def test_every_class_the_pages_name_is_styled_as_in_the_whole_sheet() -> None:
    known = vocabulary(ROOT, [source.read_text() for source in SCRIPTS.values()])
    whole = (DSFR / "dsfr.main.min.css").read_text()
    named = {name for name in CLASS.findall(whole) if name in known.names}
    assert len(named) > 100
    assert named - set(CLASS.findall(lean(whole, known))) == set()


def test_a_face_is_cut_in_two_and_no_letter_is_lost_or_drawn_twice() -> None:
    whole = (DSFR / "fonts" / "Marianne-Bold.woff2").read_bytes()
    parts = cut(whole)
    letters = {part: set(TTFont(BytesIO(content)).getBestCmap()) for part, (_, content) in parts.items()}
    assert letters[""] | letters["-more"] == set(TTFont(BytesIO(whole)).getBestCmap())
    assert letters[""] & letters["-more"] == set()
    assert {ord(letter) for letter in "AÉœ’«»€…–"} <= letters[""]
    assert len(parts[""][1]) < 0.6 * len(whole)


def test_the_range_of_a_face_is_what_it_holds() -> None:
    spoken, content = cut((DSFR / "fonts" / "Marianne-Regular.woff2").read_bytes())["-more"]
    told = {
        letter
        for run in spoken.replace("U+", "").split(",")
        for start, _, end in [run.partition("-")]
        for letter in range(int(start, 16), int(end or start, 16) + 1)
    }
    assert told == set(TTFont(BytesIO(content)).getBestCmap())
