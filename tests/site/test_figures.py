"""The small figures of a past edition."""

from sprint.site.rules.figures import Bar, figures


def test_forges_are_drawn_fullest_first_and_the_rest_is_counted() -> None:
    drawn = figures(3, 0, {"a.org": 1, "github.com": 10, "b.org": 5, "c.org": 2, "d.org": 2, "e.org": 1})
    assert drawn.forges == (Bar("GitHub", 10, 100), Bar("b.org", 5, 50), Bar("c.org", 2, 20), Bar("d.org", 2, 20))
    assert (drawn.repositories, drawn.other_forges) == (21, 2)


def test_without_repositories_nothing_is_drawn() -> None:
    assert figures(3, 0, {}).forges == ()


def test_a_dot_stands_for_several_people_when_there_are_many() -> None:
    assert (figures(1, 54, {}).people_in_a_dot, figures(1, 54, {}).dots) == (1, 54)
    assert (figures(1, 212, {}).people_in_a_dot, figures(1, 212, {}).dots) == (4, 53)
