"""What a proposal lacks, and what its canvas says."""

from dataclasses import replace
from datetime import date

import pytest

from sprint.proposals.canvas import Canvas
from sprint.proposals.rules import Written, checklist, deciding, publishing, slug_for, submitting, withdrawing
from sprint.proposals.tables import State

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)
READY = Written(
    name="Démo",
    objective="Installer.",
    description="On installe.",
    asks=True,
    repositories=1,
    is_commons=False,
    offered_on=(TUESDAY, WEDNESDAY),
    licence="MIT",
    contributing="https://a.example",
    tested_by="Eve",
    tested_on="2027-01-05",
    tested_with="Debian",
    mentored_on=frozenset({TUESDAY, WEDNESDAY}),
)


def test_a_ready_proposal_is_sent_and_published() -> None:
    assert submitting(State.DRAFT, READY) + publishing(State.SUBMITTED, READY) == []


def test_an_empty_one_is_told_all_it_lacks() -> None:
    empty = Written("", "", "", False, 0, False, ())
    told = [one.place for one in submitting(State.DRAFT, empty)]
    assert told == ["nom", "objectif", "description", "besoins", "depots", "places"]


def test_a_digital_commons_needs_no_repository() -> None:
    assert submitting(State.DRAFT, replace(READY, repositories=0, is_commons=True)) == []


@pytest.mark.parametrize(
    ("lacking", "code"),
    [
        ({"licence": ""}, "licence"),
        ({"contributing": ""}, "guide"),
        ({"tested_on": ""}, "tested"),
        ({"tested_by": ""}, "tested"),
        ({"tested_with": ""}, "tested"),
        ({"mentored_on": frozenset({TUESDAY})}, "mentors"),
    ],
)
def test_publication_waits_for_each_line_of_the_checklist(lacking: dict[str, object], code: str) -> None:
    written = replace(READY, **lacking)  # type: ignore[arg-type]
    assert [one.code for one in checklist(written) if not one.is_done] == [code]
    assert [one.code for one in publishing(State.SUBMITTED, written)] == [f"lacks_{code}"]


@pytest.mark.parametrize("state", [State.DRAFT, State.RETURNED, State.DECLINED, State.WITHDRAWN])
def test_only_what_was_sent_is_published(state: State) -> None:
    assert [one.code for one in publishing(state, READY)] == ["not_sent"]


def test_a_decision_says_why_and_concerns_what_was_sent() -> None:
    assert deciding(State.SUBMITTED, "Il manque la licence") == []
    assert [one.code for one in deciding(State.DRAFT, "")] == ["not_sent", "no_words"]


def test_what_is_published_or_closed_is_not_withdrawn() -> None:
    refused = [state for state in State if withdrawing(state)]
    assert refused == [State.DECLINED, State.WITHDRAWN, State.PUBLISHED]


def test_an_address_is_made_of_the_name_and_is_its_own() -> None:
    assert slug_for("Éprouver l’Œuvre : Démo !", {"a"}) == "eprouver-l-uvre-demo"
    assert slug_for("Démo", {"demo", "demo-2"}) == "demo-3"
    assert slug_for("Δ", set()) == "parcours"


def test_a_canvas_reads_lines_once_and_repositories_in_one_form() -> None:
    texts = {"savoirs": "Linux\n\n Linux \nSQL", "depots": "https://A.example/x/y.git\nhttps://a.example/x/y"}
    canvas = Canvas(texts | {"taches": "Traduire | https://a.example/1\nRelire", "contribuer": "https://g.example"})
    assert canvas.repositories == ["https://a.example/x/y"]
    assert canvas.tasks == [{"title": "Traduire", "url": "https://a.example/1"}, {"title": "Relire"}]
    assert canvas.guides == ["https://g.example"]
