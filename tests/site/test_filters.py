"""Searching and filtering the programme: pure, over made-up lines."""

from datetime import date

from sprint.programme.queries import TrackCard
from sprint.programme.tables import Audience
from sprint.registrations.rules import Offer
from sprint.registrations.tables import Mode
from sprint.site.rules.filters import Line, Wish, facets, fits, folded, ranked, way_out

TUESDAY, WEDNESDAY = date(2027, 3, 16), date(2027, 3, 17)


def an_offer(on: date = TUESDAY, mode: Mode = Mode.SITE, *, seats: int = 10, taken: int = 0, waiting: int = 0) -> Offer:
    return Offer(1, on.day, on, mode, seats, taken, waiting)


def a_line(name: str, *offers: Offer, audience: Audience = Audience.OPEN, verbs: tuple[str, ...] = ()) -> Line:
    card = TrackCard(1, folded(name), name, "Insee", "Écrire la documentation", audience, "fr", ("Java",), verbs, ())
    return Line(card, offers)


def a_wish(word: str = "", **groups: str) -> Wish:
    return Wish(word, {group: frozenset(value.split()) for group, value in groups.items()})


def names(lines: list[Line], wish: Wish) -> list[str]:
    return [line.card.name for line in lines if fits(line, wish)]


def test_a_word_is_found_whatever_its_accents_and_case() -> None:
    lines = [a_line("Éducation"), a_line("Grist")]
    assert names(lines, a_wish("EDUCATION")) == ["Éducation"]
    assert names(lines, a_wish("documentation ecrire")) == ["Éducation", "Grist"]
    assert names(lines, a_wish("éducation absente")) == []


def test_a_day_and_a_mode_are_asked_of_the_same_seat() -> None:
    split = a_line("Split", an_offer(TUESDAY, Mode.SITE), an_offer(WEDNESDAY, Mode.REMOTE))
    assert names([split], a_wish(jour="2027-03-16", lieu="site")) == ["Split"]
    assert names([split], a_wish(jour="2027-03-16", lieu="distance")) == []


def test_seats_left_are_counted_where_one_wants_to_sit() -> None:
    line = a_line("Plein mardi", an_offer(TUESDAY, taken=10), an_offer(WEDNESDAY, taken=3))
    assert names([line], a_wish(places="libres")) == ["Plein mardi"]
    assert names([line], a_wish(places="libres", jour="2027-03-16")) == []
    assert names([line], a_wish(places="renfort", jour="2027-03-17")) == ["Plein mardi"]


def test_counts_apply_the_other_groups_and_not_their_own() -> None:
    lines = [
        a_line("A", an_offer(TUESDAY), verbs=("coder",)),
        a_line("B", an_offer(WEDNESDAY), verbs=("rédiger",)),
        a_line("C", an_offer(WEDNESDAY, Mode.REMOTE), audience=Audience.AGENTS, verbs=("traduire",)),
    ]
    groups = {group.name: group for group in facets(lines, a_wish(jour="2027-03-17"), [TUESDAY, WEDNESDAY])}
    assert [(choice.value, choice.count) for choice in groups["jour"].choices] == [("2027-03-16", 1), ("2027-03-17", 2)]
    assert [(choice.value, choice.count) for choice in groups["lieu"].choices] == [("site", 1), ("distance", 1)]
    assert [(choice.value, choice.count) for choice in groups["public"].choices] == [("open", 1), ("agents", 1)]
    assert [(choice.value, choice.count) for choice in groups["envie"].choices] == [("rediger", 2)]


def test_each_count_is_what_ticking_the_box_alone_would_show() -> None:
    lines = [
        a_line(str(n), an_offer(TUESDAY if n % 2 else WEDNESDAY, list(Mode)[n % 3 % 2], taken=n)) for n in range(9)
    ]
    for group in facets(lines, a_wish(), [TUESDAY, WEDNESDAY]):
        for choice in group.choices:
            assert choice.count == len(names(lines, a_wish(**{group.name: choice.value})))


def test_those_short_of_hands_come_first_and_the_full_ones_last() -> None:
    lines = [
        a_line("plein", an_offer(taken=10)),
        a_line("sans inscription"),
        a_line("à moitié", an_offer(taken=5)),
        a_line("vide", an_offer()),
    ]
    assert [line.card.name for line in ranked(lines)] == ["vide", "à moitié", "plein", "sans inscription"]


def test_the_way_out_drops_the_filter_that_shows_most() -> None:
    lines = [
        a_line("A", an_offer(TUESDAY)),
        a_line("B", an_offer(TUESDAY, Mode.REMOTE)),
        a_line("C", an_offer(TUESDAY)),
    ]
    wish = a_wish("inconnu", lieu="distance")
    out = way_out(lines, wish, 0, facets(lines, wish, [TUESDAY]))
    assert out is not None
    assert (out.group, out.more) == ("mot", 1)
    alone = a_wish(lieu="distance")
    out = way_out(lines, alone, 1, facets(lines, alone, [TUESDAY]))
    assert out is not None
    assert (out.group, out.value, out.more) == ("lieu", "distance", 2)


def test_nothing_to_drop_when_everything_is_shown() -> None:
    lines = [a_line("A", an_offer())]
    assert way_out(lines, a_wish(), 1, facets(lines, a_wish(), [TUESDAY])) is None
