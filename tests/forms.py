"""Forms of a page as a browser fills them in and sends them."""

from collections.abc import Iterator
from xml.etree.ElementTree import Element

from tests.page_checks import elements, text_of

Asked = str | int | list[str]
SUBMITS = ("submit", None)


def form_with(page: Element, words: str) -> tuple[Element, Element]:
    """The form that holds the button of these words, and the button."""
    wanted = " ".join(words.split())
    found = [
        (form, button)
        for form in elements(page)
        if form.tag == "form"
        for button in elements(form)
        if button.tag == "button"
        and button.get("type") in SUBMITS
        and wanted in (text_of(button), button.get("aria-label"))
    ]
    if len(found) != 1:
        there = [text_of(one) for one in elements(page) if one.tag == "button"]
        raise AssertionError(f"{len(found)} buttons read {wanted!r}; those of the page: {there}")
    return found[0]


def link_called(page: Element, words: str) -> Element:
    """The link of these words."""
    wanted = " ".join(words.split())
    found = [one for one in elements(page) if one.tag == "a" and wanted in (text_of(one), one.get("aria-label"))]
    if not found or len({one.get("href") for one in found}) != 1:
        there = [text_of(one) for one in elements(page) if one.tag == "a"]
        raise AssertionError(f"{len(found)} links read {wanted!r}; those of the page: {there}")
    return found[0]


def submitted(form: Element, button: Element, typed: dict[str, Asked]) -> dict[str, list[str]]:
    """What the browser sends: what stands in the form, what was typed over it, the button pressed."""
    fields = list(_fields(form))
    wanted = {name: _listed(value) for name, value in typed.items()}
    for name, values in wanted.items():
        _assert_offered(fields, name, values)
    data: dict[str, list[str]] = {}
    for one in fields:
        name = one.get("name", "")
        if name not in wanted:
            data.setdefault(name, []).extend(_standing(one))
    data |= {name: values for name, values in wanted.items() if values}
    if button.get("name"):
        data.setdefault(button.get("name", ""), []).append(button.get("value", ""))
    return {name: values for name, values in data.items() if values}


def _listed(value: Asked) -> list[str]:
    return value if isinstance(value, list) else [str(value)]


def _fields(form: Element) -> Iterator[Element]:
    for one in elements(form):
        if one.tag in ("input", "select", "textarea") and one.get("name") and one.get("disabled") is None:
            yield one


def _standing(one: Element) -> list[str]:
    if one.tag == "textarea":
        return [(one.text or "").removeprefix("\n")]
    if one.tag == "select":
        options = [option for option in elements(one) if option.tag == "option"]
        chosen = [option for option in options if option.get("selected") is not None] or options[:1]
        return [_value(option) for option in chosen]
    if one.get("type") in ("checkbox", "radio"):
        return [one.get("value", "on")] if one.get("checked") is not None else []
    return [] if one.get("type") in ("submit", "button", "image", "file") else [one.get("value", "")]


def _value(option: Element) -> str:
    return option.get("value", text_of(option))


def _assert_offered(fields: list[Element], name: str, values: list[str]) -> None:
    own = [one for one in fields if one.get("name") == name]
    if not own:
        raise AssertionError(
            f"the form has no field {name!r}; it has {sorted({one.get('name', '') for one in fields})}"
        )
    offered = _offered(own)
    if offered is not None and not set(values) <= offered:
        raise AssertionError(f"{name!r} offers {sorted(offered)}, not {values}")


def _offered(own: list[Element]) -> set[str] | None:
    """The values one may choose, None where one types."""
    if own[0].tag == "select":
        return {_value(option) for one in own for option in elements(one) if option.tag == "option"}
    if own[0].get("type") in ("checkbox", "radio"):
        return {one.get("value", "on") for one in own}
    return None
