"""Each check of the tests' browser sees the fault planted for it in a page that is sound otherwise."""

import pytest

from tests.page_checks import header_faults, page_faults, parsed

SOUND = """<!doctype html>
<html lang="fr"><head><title>Essai – Sprint</title></head><body>
<main id="contenu"><h1>Essai</h1><h2>Un</h2><p id="un">Texte</p>
<form method="post" action="/deconnexion"><label for="mot">Mot</label><input id="mot" name="mot"><button>Aller</button></form>
<a href="/moi">Mon sprint</a><a href="/en/moi">My sprint</a><a href="#un">Un</a><a href="https://code.gouv.fr/">Code</a></main></body></html>"""

PLANTS = [
    ('lang="fr"', "", "html has no lang"),
    ("<h1>Essai</h1>", "<p>Essai</p>", "0 h1"),
    ("<h2>Un</h2>", "<h1>Un</h1>", "2 h1"),
    ("<h2>Un</h2>", "<h3>Un</h3>", "heading: h3 follows h1"),
    ("<h2>Un</h2>", "<h2> </h2>", "empty h2"),
    ('id="mot"', 'id="un"', "id 'un' 2 times"),
    ('<label for="mot">Mot</label>', "", "no label: input mot"),
    ("<button>", '<button onclick="go()">', "inline onclick on button"),
    ("<button>", '<button hx-on:click="go()">', "inline hx-on:click on button"),
    ("<p id", '<p style="color:red" id', "inline style on p"),
    ('href="/moi"', 'href="javascript:go()"', "inline href on a"),
    ("</main>", "<script>go()</script></main>", "inline script"),
    ("Texte", "Texte {{ page.x }}", "stray '{{'"),
    ("Texte", "Texte %(name)s", "stray '%(name)'"),
    ("Texte", "None", "stray 'None'"),
    ("Texte", "&lt;strong>x", "stray '<strong'"),
    ('href="/moi"', 'href="/nulle-part"', "a href=/nulle-part leads nowhere"),
    ('href="/moi"', 'href="/static/nothing.css"', "a href=/static/nothing.css leads nowhere"),
    ('href="#un"', 'href="#deux"', "href=deux leads nowhere"),
    ('action="/deconnexion"', 'action="/moi"', "form action=/moi leads nowhere"),
    ("<form", '<form hx-post="/deconnexion" hx-target="#x"', "hx-target #x is not in the page"),
    ("<p id", '<p hx-get="/moi" id', "p acts with JavaScript only"),
    ("<p id", '<p aria-describedby="x" id', "aria-describedby=x leads nowhere"),
    ("Mon sprint", "", "no words: a {'href': '/moi'}"),
    ("Texte", '<img src="/static/sprint.css">', "no alt: /static/sprint.css"),
    ("<title>Essai – Sprint</title>", "<title> – Sprint</title>", "no title"),
]


def faults(html: str) -> list[str]:
    page, markup = parsed(html)
    return markup + page_faults(page, "http://localhost/moi", demo=True)


def test_a_sound_page_has_no_fault() -> None:
    assert faults(SOUND) == []


@pytest.mark.parametrize(("sound", "plant", "fault"), PLANTS)
def test_a_planted_fault_is_seen(sound: str, plant: str, fault: str) -> None:
    planted = SOUND.replace(sound, plant, 1)
    assert planted != SOUND
    assert fault in " · ".join(faults(planted))


@pytest.mark.parametrize(
    "plant", ["<p><div>x</div></p>", "<b><i>x</b></i>", "</section>", "<p id=a id=b>", "<tr><td>x</td></tr>"]
)
def test_markup_a_strict_reader_refuses_is_seen(plant: str) -> None:
    assert any(fault.startswith("markup: ") for fault in faults(SOUND.replace("Texte", plant, 1)))


def test_an_answer_without_its_security_headers_is_seen() -> None:
    assert len(header_faults({"x-frame-options": "DENY"})) == 6
