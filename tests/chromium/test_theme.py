"""The theme is the cookie's, whatever scripts remember."""

from collections.abc import Callable

import pytest

pytestmark = pytest.mark.browser


def test_going_back_from_dark_to_light_holds_with_scripts_too(visitor: Callable) -> None:  # type: ignore[type-arg]
    page = visitor(theme="dark")
    page.goto("/cookies", wait_until="networkidle")
    assert page.locator("html").get_attribute("data-fr-theme") == "dark"
    page.goto("/affichage")
    page.locator("label[for=theme-light]").click()
    page.get_by_role("button", name="Appliquer").click()
    page.goto("/cookies", wait_until="networkidle")
    page.wait_for_timeout(300)
    assert page.locator("html").get_attribute("data-fr-theme") == "light"
