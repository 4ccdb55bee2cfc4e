"""What templates say while they are compiled is what they would have said at each visit."""

import pytest
from jinja2 import UndefinedError

from sprint import languages
from sprint.app import specs
from sprint.web.links import Links
from sprint.web.templates import Templates

TEMPLATES = Templates(Links(specs(demo=True)))
SAID = {
    '{{ _("Programme") }}': ("Programme", "Programme"),
    '{{ _("Référence : %(reference)s", reference=value) }}': ("Référence\u00a0: &lt;b&gt;", "Reference: &lt;b&gt;"),
    '{{ _("Accueil") ~ value }}': ("Accueil&lt;b&gt;", "Home&lt;b&gt;"),
    '{{ link("mine") }}': ("/moi", "/en/moi"),
    '{{ link("agenda", edition=value) }}': ("/&lt;b&gt;/agenda", "/en/&lt;b&gt;/agenda"),
    '{{ asset("sprint.css")[:19] }}': ("/static/sprint.css?", "/static/sprint.css?"),
}


@pytest.mark.parametrize("source", SAID)
def test_both_languages_say_what_they_would_say_at_a_visit(source: str) -> None:
    said = []
    for language, environment in TEMPLATES.environments.items():
        with languages.using(language):
            said.append(environment.from_string(source).render(value="<b>"))
    assert tuple(said) == SAID[source]


@pytest.mark.parametrize("source", ['{{ link("nowhere") }}', '{{ link("track") }}', '{{ asset("nothing.css") }}'])
def test_an_address_that_does_not_exist_fails_where_it_is_shown(source: str) -> None:
    template = TEMPLATES.environments["fr"].from_string(source)
    with pytest.raises(KeyError):
        template.render()


def test_what_is_missing_is_still_missed() -> None:
    with pytest.raises(UndefinedError):
        TEMPLATES.environments["fr"].from_string('{{ _("Référence : %(reference)s", reference=value) }}').render()
