"""Every French message is found, exactly as the site looks it up, and every one has its English."""

from pathlib import Path

import pytest

from sprint.commands.messages import extract, update

CODE = '''
from sprint.words import say, say_count

WORDS = {
    "a": say("Un parcours complet"),
    "b": say_count("%(number)s place", "%(number)s places", 2),
    "c": (
        say("Une phrase "
            "en deux morceaux %(inside)s", inside=say("dedans")),
    ),
    "d": words.say("C’est \\\\n"),
}
'''
TEMPLATE = """
<p title="{{ _('Un parcours complet') }}">{{ ngettext("%(num)s jour", "%(num)s jours", days|length) }}</p>
{% macro one(label) %}{{ label ~ _("Dans une macro, %(x)s", x=label) }}{% endmacro %}
<p>{% trans url=link %}
  Son <a href="{{ url }}">code source</a>
  est libre.
{% endtrans %}</p>
{% trans count=number %}Un jour{% pluralize %}{{ count }} jours{% endtrans %}
"""


@pytest.fixture
def sources(tmp_path: Path) -> Path:
    """A site of two files."""
    for file, text in (("sprint/deep/words.py", CODE), ("templates/deep/page.html", TEMPLATE)):
        (tmp_path / file).parent.mkdir(parents=True)
        (tmp_path / file).write_text(text, encoding="utf-8")
    return tmp_path


@pytest.fixture
def catalogue(sources: Path) -> Path:
    """A whole catalogue of that site: everything is left in French."""
    file = sources / "sprint.po"
    update(file, extract(sources))
    lines, last = [], ""
    for line in file.read_text(encoding="utf-8").splitlines():
        last = line.split(" ", 1)[1] if line.startswith("msgid") else last
        plural = line.startswith("msgstr[0]")
        lines.append(line.replace('""', _first if plural else last) if line.endswith(' ""') and last != '""' else line)
        _first = last if line.startswith("msgid ") else locals().get("_first", "")
    file.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return file


def said_again(file: Path, old: str, new: str) -> Path:
    text = file.read_text(encoding="utf-8")
    assert text.count(old) == 1
    file.write_text(text.replace(old, new), encoding="utf-8")
    return file
