"""Settings: read once, faults named all together, contradictions refused."""

import pytest

from sprint.settings import SettingsError, is_loopback, read_settings

SECRET = "s" * 32
LEAST = {"SPRINT_SECRET": SECRET, "SPRINT_SMTP_HOST": "relay.example"}


def faults(environment: dict[str, str]) -> list[str]:
    with pytest.raises(SettingsError) as caught:
        read_settings(environment)
    return str(caught.value).splitlines()


def test_a_secret_and_a_relay_are_enough() -> None:
    settings = read_settings(LEAST)
    assert (settings.database_url, settings.is_https, settings.worker) == ("sqlite:///var/sprint.db", False, "inside")


def test_what_is_not_ours_is_left_alone() -> None:
    assert read_settings({**LEAST, "HOME": "/root", "SPRINTER": "x"}).theme == "dsfr"


def test_every_fault_is_named_at_once() -> None:
    found = faults({"SPRINT_SECRET": "short", "SPRINT_THREDS": "4", "SPRINT_SMTP_PORT": "mail", "SPRINT_THEME": "pink"})
    assert [line.split(":")[0] for line in found] == [
        "SPRINT_THREDS",
        "SPRINT_SECRET",
        "SPRINT_THEME",
        "SPRINT_SMTP_PORT",
    ]
    assert found[0] == "SPRINT_THREDS: no such setting"


def test_without_a_secret_nothing_starts() -> None:
    assert faults({"SPRINT_SMTP_HOST": "relay.example"}) == ["SPRINT_SECRET: Field required"]


def test_a_fault_never_repeats_the_secret() -> None:
    assert "hunter2" not in "\n".join(faults({"SPRINT_SECRET": "hunter2"}))


def test_a_secret_is_not_shown_by_the_settings() -> None:
    assert SECRET not in repr(read_settings(LEAST))


def test_letters_need_a_relay_except_in_a_demonstration() -> None:
    assert len(faults({"SPRINT_SECRET": SECRET})) == 1
    assert read_settings({"SPRINT_SECRET": SECRET, "SPRINT_DEMO": "1"}).demo == "1"


@pytest.mark.parametrize(
    ("base_url", "demo", "starts"),
    [
        ("http://127.0.0.1:8000", "1", True),
        ("http://localhost", "1", True),
        ("http://[::1]:8000", "1", True),
        ("https://sprint.example", "1", False),
        ("https://sprint.example", "sprint.example", True),
        ("https://sprint.example", "other.example", False),
        ("http://127.0.0.1.example", "1", False),
    ],
)
def test_invented_organisers_sign_in_on_this_machine_or_where_the_host_is_repeated(
    base_url: str, demo: str, starts: bool
) -> None:
    environment = {**LEAST, "SPRINT_BASE_URL": base_url, "SPRINT_DEMO": demo}
    if starts:
        assert read_settings(environment).demo == demo
    else:
        assert "SPRINT_DEMO" in faults(environment)[0]


@pytest.mark.parametrize(
    "base_url", ["sprint.example", "ftp://x.example", "https://", "https://x.example/site", "https://x.example?q=1"]
)
def test_the_base_url_is_an_origin(base_url: str) -> None:
    assert faults({**LEAST, "SPRINT_BASE_URL": base_url}) == [
        "SPRINT_BASE_URL: must look like https://sprint.example, without a path"
    ]


def test_a_final_slash_of_the_base_url_does_no_harm() -> None:
    assert read_settings({**LEAST, "SPRINT_BASE_URL": "https://x.example/"}).base_url == "https://x.example"


def test_proxies_are_a_list_with_commas() -> None:
    assert read_settings({**LEAST, "SPRINT_TRUSTED_PROXIES": "10.0.0.1, 10.0.0.2,"}).trusted_proxies == (
        "10.0.0.1",
        "10.0.0.2",
    )


@pytest.mark.parametrize(
    ("host", "is_it"),
    [
        ("localhost", True),
        ("a.localhost", True),
        ("127.8.9.1", True),
        ("::1", True),
        ("[::1]", True),
        ("10.0.0.1", False),
        ("localhost.fr", False),
        ("", False),
    ],
)
def test_loopback_is_this_machine_only(host: str, is_it: bool) -> None:
    assert is_loopback(host) is is_it


@pytest.mark.parametrize(
    ("name", "value"),
    [
        ("IDLE_HOURS", "0"),
        ("IDLE_HOURS", "721"),
        ("IDLE_HOURS", "x"),
        ("HOURS", "0"),
        ("HOURS", "2161"),
        ("IDLE_HOURS", "400"),
    ],
)
def test_a_session_that_lasts_too_long_or_not_at_all_stops_the_start_by_its_name(name: str, value: str) -> None:
    with pytest.raises(SettingsError, match=f"SPRINT_SESSION_{name}"):
        read_settings({"SPRINT_SECRET": "s" * 32, "SPRINT_DEMO": "1", f"SPRINT_SESSION_{name}": value})
