"""Every French message is found, exactly as the site looks it up, and every one has its English."""

import ast
import re
from pathlib import Path

import pytest
from babel.messages.pofile import read_po
from jinja2.ext import extract_from_ast
from typer import Typer
from typer.testing import CliRunner

from sprint import languages
from sprint.commands.messages import ENGLISH, HEADER, KEYWORDS, ROOT, extract, faults, messages, update
from sprint.web.links import Links
from sprint.web.templates import TEMPLATES, Templates
from sprint.words import say, say_count

CODE = """
A = say("Parcours complet")
B = [say_count("%(number)s place", "%(number)s places", 2), words.say("Parcours complet")]
C = {"c": (say("Une phrase "
    "en deux **morceaux**", inside=say("dedans")),)}
"""
TEMPLATE = """
<p title="{{ _('Parcours complet') }}">{{ ngettext("%(num)s jour", "%(num)s jours", days|length) }}</p>
<p>{% trans url=link %}
  Son <a href="{{ url }}">code</a>
  est libre.
{% endtrans %}</p>
"""
CATALOGUE = """\
#, python-format
msgid "%(num)s jour"
msgid_plural "%(num)s jours"
msgstr[0] "%(num)s day"
msgstr[1] "%(num)s days"

#, python-format
msgid "%(number)s place"
msgid_plural "%(number)s places"
msgstr[0] "%(number)s seat"
msgstr[1] "%(number)s seats"

msgid "Parcours complet"
msgstr "Full track"

#, python-format
msgid "Son <a href=\\"%(url)s\\">code</a> est libre."
msgstr "Its <a href=\\"%(url)s\\">code</a> is free."

msgid "Une phrase en deux **morceaux**"
msgstr "A sentence in two **pieces**"

msgid "dedans"
msgstr "inside"

"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A site of two files, and its whole catalogue."""
    for file, text in (("sprint/deep/words.py", CODE), ("templates/deep/page.html", TEMPLATE)):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    (tmp_path / "sprint.po").write_bytes(HEADER + CATALOGUE.encode())
    return tmp_path


def faults_with(sources: Path, old: str, new: str) -> list[str]:
    """What is wrong once `old` reads `new` in the catalogue."""
    file = sources / "sprint.po"
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return faults(file, sources)


# --- finding


def test_messages_are_found_in_code_and_templates_each_once_with_its_plural(sources: Path) -> None:
    assert extract(sources) == {
        "Parcours complet": "",
        "%(number)s place": "%(number)s places",
        "Une phrase en deux **morceaux**": "",
        "dedans": "",
        "%(num)s jour": "%(num)s jours",
        'Son <a href="%(url)s">code</a> est libre.': "",
    }


def test_a_template_that_cannot_be_read_is_not_passed_over(sources: Path) -> None:
    (sources / "templates" / "broken.html").write_text("{% trans %}Bonjour", encoding="utf-8")
    with pytest.raises(Exception, match="trans"):
        extract(sources)


def test_code_words_its_messages_as_literals_so_that_all_are_found() -> None:
    found = extract()
    for file in (ROOT / "sprint").rglob("*.py"):
        calls = [node for node in ast.walk(ast.parse(file.read_bytes())) if isinstance(node, ast.Call)]
        for call in calls:
            name = getattr(call.func, "id", getattr(call.func, "attr", ""))
            if name in KEYWORDS and file.name not in ("languages.py", "words.py"):
                _assert_found(found, name, call, f"{file}:{call.lineno}")


def _assert_found(found: dict[str, str], name: str, call: ast.Call, where: str) -> None:
    texts = [argument.value for argument in call.args if isinstance(argument, ast.Constant)]
    wanted = len(KEYWORDS[name] or (1,))
    assert len(texts) >= wanted, f"{where}: not a literal"
    assert texts[0] in found, where
    assert wanted == 1 or found[texts[0]] == texts[1], f"{where}: another plural"


def test_templates_word_their_messages_as_the_site_looks_them_up() -> None:
    found, environment = extract(), Templates(Links([])).environments["fr"]
    for file in (file for file in TEMPLATES.rglob("*") if file.is_file()):
        for line, name, message in extract_from_ast(
            environment.parse(file.read_text(encoding="utf-8")), list(KEYWORDS)
        ):
            singular, plural = message[:2] if isinstance(message, tuple) and name == "ngettext" else (message, "")
            text = singular[0] if isinstance(singular, tuple) else singular
            assert (text, plural or found[text]) in found.items(), f"{file}:{line}"


# --- keeping


def test_a_whole_catalogue_has_no_fault_and_stays_as_it_is(sources: Path) -> None:
    file = sources / "sprint.po"
    assert faults(file, sources) == []
    update(file, extract(sources))
    assert file.read_bytes() == HEADER + CATALOGUE.encode()


def test_a_new_catalogue_is_sorted_and_names_no_file_date_or_host(sources: Path) -> None:
    update(sources / "new.po", extract(sources))
    empty = re.sub(r'^(msgstr(\[.])?) ".*"$', r'\1 ""', CATALOGUE, flags=re.MULTILINE)
    assert (sources / "new.po").read_bytes() == HEADER + empty.encode()
    assert len(faults(sources / "new.po", sources)) == len(extract(sources))


def test_a_message_reworded_in_french_loses_its_english(sources: Path) -> None:
    file, code = sources / "sprint.po", sources / "sprint" / "deep" / "words.py"
    code.write_text(CODE.replace("dedans", "au dedans"), encoding="utf-8")
    assert faults(file, sources) == ["obsolete: 'dedans'", "missing: 'au dedans'"]
    update(file, extract(sources))
    assert faults(file, sources) == ["empty: 'au dedans'"]


@pytest.mark.parametrize(
    ("old", "new", "fault"),
    [
        ('msgstr "inside"', 'msgstr ""', "empty: 'dedans'"),
        ('msgstr[1] "%(num)s days"', 'msgstr[1] ""', "empty: '%(num)s jour'"),
        ('msgid "dedans"', '#, fuzzy\nmsgid "dedans"', "fuzzy: 'dedans'"),
        ('msgid_plural "%(num)s jours"', 'msgid_plural "jours"', "missing: '%(num)s jour'"),
        ("%(num)s days", "%(number)s days", "other placeholders, tags or ** than the French: '%(num)s jour'"),
        ("%(num)s days", "days", "other placeholders, tags or ** than the French: '%(num)s jour'"),
        (
            "**pieces**",
            "pieces",
            "other placeholders, tags or ** than the French: 'Une phrase en deux **morceaux**'",
        ),
        (
            "</a> is",
            " is",
            "other placeholders, tags or ** than the French: 'Son <a href=\"%(url)s\">code</a> est libre.'",
        ),
        ("inside", "100 % inside", "other placeholders, tags or ** than the French: 'dedans'"),
    ],
)
def test_each_fault_is_named(sources: Path, old: str, new: str, fault: str) -> None:
    assert faults_with(sources, old, new) == [fault]


# --- the site's own catalogue


def test_every_message_of_the_site_has_its_english() -> None:
    app = Typer()
    app.command()(messages)
    before = ENGLISH.read_bytes()
    result = CliRunner().invoke(app, ["--check"])
    assert (result.exit_code, result.output) == (0, "every message is translated\n")
    assert ENGLISH.read_bytes() == before


def test_the_english_keeps_to_english_typography() -> None:
    with ENGLISH.open("rb") as file:
        entries = [entry for entry in read_po(file, locale="en") if entry.id]
    english = [
        text for entry in entries for text in ([entry.string] if isinstance(entry.string, str) else entry.string)
    ]
    french = re.compile(r"[«»'\u00a0\u202f]| [;:?!](?:\s|$)|\w·\w")
    assert [text for text in english if french.search(text)] == []


def test_what_the_site_shows_in_english_comes_from_the_catalogue() -> None:
    environment = Templates(Links([])).environments["en"]
    page = environment.from_string(
        '{% trans url="/a?b&c" %}\n  Son <a href="{{ url }}">code source</a>\n  est libre.\n{% endtrans %}|'
        "{{ _('Référence : %(reference)s', reference='<b>') }}|"
        "{% for number in (0, 1, 2) %}"
        "{{ ngettext('Vous organisez une édition.', 'Vous organisez %(num)s éditions.', number) }}|"
        "{% endfor %}{{ words|say }}"
    )
    words = say("%(how)s : %(full)s", how=say("sur place"), full=say_count("%(number)s place", "%(number)s places", 3))
    with languages.using("en"):
        shown = page.render(words=words)
    assert shown.split("|") == [
        'Its <a href="/a?b&amp;c">source code</a> is free software.',
        "Reference: &lt;b&gt;",
        "You organise 0 editions.",
        "You organise one edition.",
        "You organise 2 editions.",
        "on site: 3 seats",
    ]
