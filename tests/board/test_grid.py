"""A day as a grid, and what is worth a look: no database."""

from datetime import date, time

from sprint.board.grid import Item, grid_of
from sprint.board.rules import Opening, Placed, Stay, ends_of, lacking, lasting, torn
from sprint.languages import speak
from sprint.programme.rules import minutes_held, room_key
from sprint.programme.tables import SlotKind
from sprint.words import Words

ON = date(2027, 3, 16)


def an_opening(name: str, opens: time = time(9), closes: time = time(10, 30)) -> Opening:
    return Opening(ON, room_key(name), name, opens, closes, is_offered=True)


def an_item(key: int, room: str, starts: time, ends: time | None = None) -> Item:
    return Item(key, f"Créneau {key}", "atelier", starts, ends, room, "")


def drawn(openings: list[Opening], items: list[Item], begun: time = time(0)) -> list[str]:
    """Each row as "9:00 A×2[1] B.": the rows of a cell, its slots, a dot where something may be placed."""
    return [
        " ".join(
            [f"{row.starts.hour}:{row.starts.minute:02}"]
            + [
                f"{cell.room}×{cell.rows}{[item.id for item in cell.items] or ''}{'.' if cell.is_free else ''}"
                for cell in row.cells
            ]
        )
        for row in grid_of(ON, openings, items, begun).rows
    ]


def test_a_slot_fills_the_half_hours_it_lasts_and_the_others_are_free() -> None:
    openings = [an_opening("A"), an_opening("B")]
    assert drawn(openings, [an_item(1, "A", time(9), time(10))]) == ["9:00 A×2[1] B×1.", "9:30 B×1.", "10:00 A×1. B×1."]


def test_slots_that_share_a_half_hour_stand_in_one_cell() -> None:
    items = [an_item(1, "A", time(9), time(9, 45)), an_item(2, "A", time(9, 45), time(10, 15))]
    assert drawn([an_opening("A")], items) == ["9:00 A×3[1, 2]", "9:30", "10:00"]


def test_a_room_that_only_a_slot_names_is_a_column_where_nothing_is_free() -> None:
    assert drawn([], [an_item(1, "Hall", time(8, 40), time(9, 10))]) == ["8:30 Hall×2[1]", "9:00"]


def test_what_lies_outside_the_hours_of_a_room_or_behind_is_not_free() -> None:
    openings = [an_opening("A", time(9, 30)), an_opening("B")]
    assert drawn(openings, [], time(10)) == ["9:00 A×1 B×1", "9:30 A×1 B×1", "10:00 A×1. B×1."]


def test_two_spellings_of_a_room_are_one_room() -> None:
    assert {room_key(name) for name in ("Salle A", " salle  a", "SALLE A")} == {"salle a"}


def test_a_room_is_held_by_fives_of_minutes_whole() -> None:
    held = [(9, 0, None), (9, 5, time(9, 50)), (9, 3, time(9, 8)), (23, 45, None)]
    ranges = [minutes_held(time(hour, minute), ends) for hour, minute, ends in held]
    assert [(one.start, one.stop) for one in ranges] == [(540, 570), (545, 590), (540, 550), (1425, 1440)]


def test_nothing_lasts_beyond_midnight() -> None:
    assert (ends_of(time(23), 30), ends_of(time(23, 30), 30)) == (time(23, 30), None)


def test_durations_are_read() -> None:
    assert [lasting(minutes) for minutes in (30, 60, 90)] == ["30\xa0min", "1\xa0h", "1\xa0h\xa030"]


# --- warnings


def plain(words: Words) -> str:
    return speak(words).replace("\u202f", " ").replace("\xa0", " ")


def a_placed(key: int, starts: time | None, ends: time | None, kind: SlotKind = SlotKind.WORKSHOP) -> Placed:
    return Placed(key, ON, f"Créneau {key}", kind, starts, ends)


def test_a_day_wants_an_opening_and_an_edition_a_restitution() -> None:
    other = date(2027, 3, 17)
    opening, showcase = (a_placed(1, time(9), None, kind) for kind in (SlotKind.PLENARY, SlotKind.SHOWCASE))
    assert [plain(words) for words in lacking([ON, other], [opening])] == [
        "mercredi 17 mars : aucune ouverture n’est prévue",
        "aucune restitution n’est prévue dans l’édition",
    ]
    assert lacking([ON], [opening, showcase]) == []


def test_somebody_in_two_places_at_once_is_told_and_one_after_the_other_is_not() -> None:
    first, second, third = (
        a_placed(1, time(9), time(10)),
        a_placed(2, time(9, 30), time(10, 30)),
        a_placed(3, time(10, 30), None),
    )
    stays = [Stay(7, "Barbara", slot) for slot in (first, second, third, a_placed(4, None, None))]
    stays.append(Stay(8, "Ada", second))
    (told,) = torn(stays)
    assert plain(told) == (
        "Barbara est à deux endroits, mardi 16 mars : « Créneau 1 », 9 h – 10 h, et « Créneau 2 », 9 h 30 – 10 h 30"
    )
