"""Each fault of a file is told with its place and its reason; oddities of real editions are none."""

from datetime import UTC, date, datetime, time
from typing import Any

import pytest

from sprint.languages import speak
from sprint.preparation.reading import edition_of, read_edition
from sprint.preparation.shape import EditionFile, slot_identity
from sprint.programme.tables import Audience, SlotKind
from sprint.refusal import Refused
from sprint.registrations.tables import Mode
from tests.preparation.files import SAMPLE, Values, smallest

SLUG = "doit contenir une année (20..), des minuscules sans accent, des chiffres et des tirets seulement"
TRACK_SLUG = "doit être fait de minuscules sans accent et de chiffres, séparés par des tirets"
MOMENT = "doit être un moment comme 2026-09-15T10:00, à l’heure de l’édition, ou 2026-09-15T10:00+02:00"
ZONE = "n’est pas un fuseau horaire connu, comme Europe/Paris"
OSM_NODE = "doit être un nombre entier de 1 à 1000000000000000"
SEATS = "doit être un nombre entier de 0 à 5000"
URL = "doit être l’adresse https://… d’un dépôt sur une forge"
KINDS = "doit être l’un de : pleniere, atelier, presentation, presentation-courte, restitution, pause"


def faults(values: object) -> list[str]:
    with pytest.raises(Refused) as caught:
        edition_of(values)
    told = [f"{reason.place}: {speak(reason.words)}" for reason in caught.value.reasons]
    return [line.replace("\u00a0", " ").replace("\u202f", " ") for line in told]


def with_edition(**more: object) -> Values:
    values = smallest()
    values["edition"] |= more
    return values


def with_day(**more: object) -> Values:
    return smallest(days=[{"on": "2031-03-04", **more}])


def with_track(**more: object) -> Values:
    return smallest(tracks=[{"slug": "phare", "name": "Phare", **more}])


def with_slot(**more: object) -> Values:
    return smallest(slots=[{"title": "Bilan", "kind": "pause", "day": "2031-03-04", **more}])


ONE_FAULT: list[tuple[Values | list[object] | None, str]] = [
    (None, ": doit être un objet { … }"),
    ([], ": doit être un objet { … }"),
    (smallest(colour=1), "colour: clé inconnue ; sont possibles : edition, days, tracks, slots"),
    (smallest(days=[]), "days: ne doit pas être vide, ni dépasser 60 éléments"),
    (smallest(days=None), "days: doit être donné"),
    (smallest(tracks={}), "tracks: doit être une liste [ … ]"),
    (smallest(slots=[None]), "slots[0]: ne doit pas être null"),
    (smallest(edition="essai-2031"), "edition: doit être un objet { … }"),
    (with_edition(slug="essai"), f"edition.slug: {SLUG}"),
    (with_edition(slug="Essai-2031"), f"edition.slug: {SLUG}"),
    (with_edition(slug=2031), "edition.slug: doit être un texte"),
    (with_edition(slug="2031" + "a" * 77), "edition.slug: dépasse 80 caractères"),
    (with_edition(name=None), "edition.name: doit être donné"),
    (with_edition(name="  "), "edition.name: ne doit pas être vide"),
    (with_edition(name="a\u0000b"), "edition.name: contient un caractère invisible : U+0000"),
    (with_edition(name="a\nb"), "edition.name: contient un caractère invisible : U+000A"),
    (with_edition(name="\ud83d"), "edition.name: contient un caractère invisible : U+D83D"),
    (with_edition(timezone="Paris"), f"edition.timezone: {ZONE}"),
    (with_edition(timezone="../etc/passwd"), f"edition.timezone: {ZONE}"),
    (with_edition(timezone="localtime"), f"edition.timezone: {ZONE}"),
    (with_edition(opens_at="2031-01-01"), f"edition.opens_at: {MOMENT}"),
    (with_edition(opens_at="2031-02-30T10:00"), f"edition.opens_at: {MOMENT}"),
    (with_edition(opens_at=1900000000), f"edition.opens_at: {MOMENT}"),
    (
        with_edition(opens_at="2026-03-29T02:30"),
        "edition.opens_at: cette heure n’existe pas ce jour-là : on y change d’heure",
    ),
    (
        with_edition(opens_at="2026-10-25T02:30"),
        "edition.opens_at: cette heure existe deux fois ce jour-là : on y change d’heure ; donnez le décalage",
    ),
    (
        with_edition(opens_at="2031-01-01T10:00", closes_at="2031-01-01T09:00Z"),
        "edition.closes_at: la clôture doit suivre l’ouverture des inscriptions",
    ),
    (with_edition(place=7), "edition.place: doit être un texte"),
    (with_edition(place={"city": "Paris"}), "edition.place.name: doit être donné"),
    (
        with_edition(place={"name": "x", "osm_node": "1"}),
        "edition.place.osm_node: doit être un nombre entier de 1 à 1000000000000000",
    ),
    (with_edition(place={"name": "x", "street": "y" * 241}), "edition.place.street: dépasse 240 caractères"),
    (with_day(on="4 mars 2031"), "days[0].on: doit être un jour comme 2026-11-24"),
    (with_day(on="20310304"), "days[0].on: doit être un jour comme 2026-11-24"),
    (with_day(on="1931-03-04"), "days[0].on: doit être un jour comme 2026-11-24"),
    (smallest(days=[{"on": "2031-03-04"}] * 2), "days[1].on: ce jour est déjà donné : days[0].on"),
    (with_day(capacities=[{"mode": "site", "seats": True}]), f"days[0].capacities[0].seats: {SEATS}"),
    (with_day(capacities=[{"mode": "site", "seats": 5001}]), f"days[0].capacities[0].seats: {SEATS}"),
    (with_day(capacities=[{"mode": "site", "seats": 2.0}]), f"days[0].capacities[0].seats: {SEATS}"),
    (with_day(capacities=[{"mode": "site", "seats": "2"}]), f"days[0].capacities[0].seats: {SEATS}"),
    (with_day(capacities=[{"mode": "site"}]), "days[0].capacities[0].seats: doit être donné"),
    (
        with_day(capacities=[{"mode": "zoom", "seats": 1}]),
        "days[0].capacities[0].mode: doit être l’un de : site, distance",
    ),
    (
        with_day(capacities=[{"mode": "site", "seats": 1}] * 2),
        "days[0].capacities[1]: ce jour et ce mode sont déjà donnés : days[0].capacities[0]",
    ),
    (
        with_day(capacities=[{"mode": "site", "seats": 1, "day": "2031-03-04"}]),
        "days[0].capacities[0].day: clé inconnue ; sont possibles : mode, seats",
    ),
    (with_track(slug="-phare"), f"tracks[0].slug: {TRACK_SLUG}"),
    (with_track(slug="phare.ics"), f"tracks[0].slug: {TRACK_SLUG}"),
    (with_track(audience="tous"), "tracks[0].audience: doit être l’un de : agents, open, mixed"),
    (with_track(objective="x" * 401), "tracks[0].objective: dépasse 400 caractères"),
    (with_track(needs=["x" * 1500, "y" * 1500]), "tracks[0].needs: dépasse 2000 caractères"),
    (with_track(skills="Python"), "tracks[0].skills: doit être une liste [ … ]"),
    (with_track(skills=["x" * 61]), "tracks[0].skills[0]: dépasse 60 caractères"),
    (with_track(keywords=["x", 3]), "tracks[0].keywords[1]: doit être un texte"),
    (with_track(keywords=["x"] * 31), "tracks[0].keywords: ne doit pas dépasser 30 éléments"),
    (with_track(repositories=["git@github.com:essais/phare"]), f"tracks[0].repositories[0]: {URL}"),
    (with_track(repositories=["https://github.com"]), f"tracks[0].repositories[0]: {URL}"),
    (with_track(repositories=["https://moi:secret@github.com/essais/phare"]), f"tracks[0].repositories[0]: {URL}"),
    (
        with_track(repositories=[f"https://github.com/{'x' * 400}"]),
        "tracks[0].repositories[0]: cette adresse de dépôt est trop longue",
    ),
    (
        with_track(first_tasks=[{"title": "x", "url": "javascript:alert(1)"}]),
        "tracks[0].first_tasks[0].url: doit être une adresse https://…",
    ),
    (
        with_track(first_tasks=[{"title": "x", "who": "y"}]),
        "tracks[0].first_tasks[0].who: clé inconnue ; sont possibles : title, url, level, duration",
    ),
    (with_track(first_tasks=[{"url": "https://example.org/"}]), "tracks[0].first_tasks[0].title: doit être donné"),
    (
        with_track(capacities=[{"day": "2031-03-05", "mode": "site", "seats": 1}]),
        "tracks[0].capacities[0].day: n’est pas un des jours de l’édition",
    ),
    (
        smallest(tracks=[{"slug": "phare", "name": "A"}, {"slug": "phare", "name": "B"}]),
        "tracks[1].slug: ce nom d’adresse est déjà pris : tracks[0].slug",
    ),
    (with_slot(kind="concert"), f"slots[0].kind: {KINDS}"),
    (with_slot(day="2031-03-05"), "slots[0].day: n’est pas un des jours de l’édition"),
    (with_slot(start="9:30"), "slots[0].start: doit être une heure comme 09:30"),
    (with_slot(start="24:00"), "slots[0].start: doit être une heure comme 09:30"),
    (with_slot(end="10:00"), "slots[0].end: une fin sans début : donnez start"),
    (with_slot(start="10:00", end="10:00"), "slots[0].end: doit suivre le début"),
    (with_slot(block=["14:00"]), "slots[0].block: doit avoir 2 éléments"),
    (with_slot(block=["15:00", "14:00"]), "slots[0].block: la seconde heure doit suivre la première"),
    (
        smallest(slots=[{"key": "a", "title": f"{n}", "kind": "pause", "day": "2031-03-04"} for n in range(2)]),
        "slots[1].key: cette clé est déjà donnée : slots[0].key",
    ),
    (
        smallest(slots=[{"title": "a", "kind": "pause", "day": "2031-03-04"}] * 2),
        "slots[1]: même jour, même heure, même titre et même salle que slots[0] : donnez-leur des clés",
    ),
]


@pytest.mark.parametrize(("values", "message"), ONE_FAULT)
def test_a_fault_is_told_with_its_place_and_its_reason(values: object, message: str) -> None:
    assert faults(values) == [message]


def test_every_fault_is_told_at_once() -> None:
    values: Any = smallest(
        edition={"slug": "x", "name": "", "timezone": "Nowhere", "town": 1},
        days=[{"on": "2031-03-04"}, {"on": "hier"}],
        tracks=[{"slug": "a", "name": "A", "capacities": [{"day": "2031-03-09", "mode": "site", "seats": -1}]}],
        slots=[{"title": 3, "kind": "x", "day": None}],
    )
    assert [line.split(":")[0] for line in faults(values)] == [
        "edition.town",
        "edition.slug",
        "edition.name",
        "edition.timezone",
        "days[1].on",
        # Whether the 9th is a day cannot be told while days are wrong.
        "tracks[0].capacities[0].seats",
        "slots[0].day",
        "slots[0].title",
        "slots[0].kind",
    ]


def test_a_key_written_twice_and_a_number_that_is_none_are_faults() -> None:
    content = b'{"edition": {"slug": "e-2031", "name": "E", "name": "F", "timezone": "UTC"}, "days": [{"on": NaN}]}'
    with pytest.raises(Refused) as caught:
        read_edition(content)
    assert [(reason.place, reason.code) for reason in caught.value.reasons] == [
        ("edition.name", "repeated_key"),
        ("days[0].on", "type"),
    ]
    assert speak(caught.value.reasons[1].words) == "NaN n’est pas une valeur possible"


def test_null_is_absent_wherever_a_key_is_optional() -> None:
    nothing = dict.fromkeys(
        ("organisation", "needs", "skills", "repositories", "first_tasks", "audience", "capacities")
    )
    file = edition_of(smallest(tracks=[{"slug": "phare", "name": "Phare", **nothing}], slots=None))
    (track,) = file.tracks
    assert (track.organisation, track.needs, track.skills, track.repositories, track.audience) == (None,) * 5
    assert track.capacities == ()
    assert file.slots == ()


def test_the_sample_is_read_whole() -> None:
    file = read_edition(SAMPLE.read_bytes())
    assert (file.edition.place, file.edition.address) == ("Halle aux Grains", "1 rue des Essais, 75099 Paris")
    assert file.edition.opens_at == datetime(2031, 1, 10, 9, tzinfo=UTC)
    assert file.edition.closes_at == datetime(2031, 3, 1, 17, tzinfo=UTC)
    carnet, boussole, phare = file.tracks
    assert carnet.repositories == ("https://forge.example.org/essais/carnet", "https://github.com/essais/carnet")
    assert carnet.needs == "- un regard neuf\n- une heure"
    assert carnet.first_tasks == [
        {"title": "Lire la page d’accueil"},
        {
            "title": "Corriger une coquille",
            "url": "https://forge.example.org/essais/carnet/1",
            "level": "facile",
        },
    ]
    assert [(part.on, part.mode, part.seats) for part in carnet.capacities] == [
        (date(2031, 3, 4), Mode.SITE, 3),
        (date(2031, 3, 5), Mode.SITE, 3),
        (date(2031, 3, 5), Mode.REMOTE, 2),
    ]
    assert (boussole.repositories, boussole.audience, phare.needs) == ((), Audience.AGENTS, "De la patience.")
    assert [slot.block for slot in file.slots] == [None, "14:00–15:00", "14:00–15:00", "fin de journée"]


@pytest.mark.parametrize(
    ("spelt", "kind"),
    [
        ("Plénière", SlotKind.PLENARY),
        ("presentation courte", SlotKind.LIGHTNING_TALK),
        ("Présentation_courte", SlotKind.LIGHTNING_TALK),
        (" PAUSE ", SlotKind.BREAK),
    ],
)
def test_kinds_of_slots_are_understood_with_accents_and_spaces(spelt: str, kind: SlotKind) -> None:
    assert slot_of(kind=spelt).kind == kind


def slot_of(**more: object) -> Any:
    return edition_of(with_slot(**more)).slots[0]


def test_an_offset_settles_an_hour_that_exists_twice() -> None:
    moments = [
        edition_of(with_edition(opens_at=f"2026-10-25T02:30{offset}")).edition.opens_at
        for offset in ("+02:00", "+01:00")
    ]
    assert moments == [datetime(2026, 10, 25, 0, 30, tzinfo=UTC), datetime(2026, 10, 25, 1, 30, tzinfo=UTC)]


def test_two_addresses_of_one_repository_are_one() -> None:
    urls = ["http://www.github.com/essais/phare/", "https://github.com/essais/phare.git", "https://github.com/essais/x"]
    (track,) = edition_of(with_track(repositories=urls)).tracks
    assert track.repositories == ("https://github.com/essais/phare", "https://github.com/essais/x")


def test_slots_alike_are_let_pass_when_their_keys_differ() -> None:
    alike = {"title": "Pause", "kind": "pause", "day": "2031-03-04"}
    file: EditionFile = edition_of(smallest(slots=[{**alike, "key": "a"}, {**alike, "key": "b"}, alike]))
    assert len({slot.identity for slot in file.slots}) == 3


def test_a_slot_is_known_by_its_key_or_by_day_hour_title_and_room() -> None:
    known_by = (date(2031, 3, 4), time(9, 30), "Pause", "")
    assert slot_identity("a", *known_by) == "key:a"
    assert slot_identity(None, *known_by) == slot_of(title="Pause", start="09:30", kind="atelier").identity
    assert slot_identity(None, *known_by) != slot_of(title="Pause", start="09:30", room="B2").identity
