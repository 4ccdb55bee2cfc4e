"""What set-up makes of the design system's files."""

import pytest

from sprint.assets import DSFR, ROOT, SCRIPTS
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
