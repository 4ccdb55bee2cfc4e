"""What set-up makes of the design system's files."""

from sprint.stylesheets import dark_rules


def test_the_dark_sheet_says_again_what_the_theme_says_and_nothing_else() -> None:
    css = (
        ":root{--a:white}:root[data-fr-theme=dark]{--a:black}.b{color:red}"
        "@media (min-width:48em){.b{color:blue}[data-fr-theme=dark] .b{color:green}}"
        "@media (prefers-color-scheme:dark) and (forced-colors:active){[data-fr-theme=dark] .b{color:pink}}"
    )
    assert dark_rules(css) == (
        ":root[data-fr-scheme=system]{--a:black}@media (min-width:48em){[data-fr-scheme=system] .b{color:green}}"
    )
