"""The small figures of a past edition."""

from sprint import languages
from sprint.contributions.tables import Kind
from sprint.site.rules.figures import figures


def test_the_kinds_most_done_are_drawn_and_code_is_counted_apart() -> None:
    drawn = figures(
        3, 12, {Kind.CODE: 5, Kind.TEST: 10, Kind.DATA: 2, Kind.REVIEW: 2, Kind.DESIGN: 1, Kind.SECURITY: 0}
    )
    assert [(languages.speak(bar.label), bar.count, bar.share) for bar in drawn.kinds] == [
        ("Test ou essai d’installation", 10, 100),
        ("Code", 5, 50),
        ("Données et communs", 2, 20),
        ("Relecture", 2, 20),
    ]
    assert (drawn.contributions, drawn.not_code) == (20, 15)


def test_without_contributions_nothing_is_drawn_and_few_people_are_not_told() -> None:
    nothing = figures(3, None, dict.fromkeys(Kind, 0))
    assert (nothing.kinds, nothing.people, nothing.contributions) == ((), 0, 0)


def test_a_dot_stands_for_several_people_when_there_are_many() -> None:
    assert (figures(1, 54, {}).people_in_a_dot, figures(1, 54, {}).dots) == (1, 54)
    assert (figures(1, 212, {}).people_in_a_dot, figures(1, 212, {}).dots) == (4, 53)
