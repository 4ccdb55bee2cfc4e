"""Addresses of repositories have one form."""

import pytest
from hypothesis import given
from hypothesis import strategies as some

from sprint.catalogue.rules import canonical_url, forge_name, host_and_path


@pytest.mark.parametrize(
    ("url", "canonical"),
    [
        ("https://github.com/InseeFr/Keycloak-FranceConnect", "https://github.com/InseeFr/Keycloak-FranceConnect"),
        ("http://www.GitHub.com/a/b.git", "https://github.com/a/b"),
        (" https://gitlab.example.org:8443/a/b/c/ ", "https://gitlab.example.org:8443/a/b/c"),
        ("https://forge.example.org/a/.git", "https://forge.example.org/a"),
        ("https://forge.example.org/a?x=1#y", "https://forge.example.org/a"),
        ("https://gitlab.mim.ovh/alphabet", "https://gitlab.mim.ovh/alphabet"),
        ("git@github.com:a/b", None),
        ("ssh://git@github.com/a/b", None),
        ("https://github.com", None),
        ("https://github.com/.git", None),
        ("https://localhost/a", None),
        ("https://me:secret@github.com/a/b", None),
        ("https://github.com/a b", None),
        ("https://github.com/a\u0007b", None),
        ("https://github.com/\ud800", None),
        ("https://github.com/<script>", None),
        ("https://[::1/a", None),
        ("https://github.com:port/a", None),
        ("", None),
    ],
)
def test_a_repository_has_one_address(url: str, canonical: str | None) -> None:
    assert canonical_url(url) == canonical


@given(some.text(max_size=40).map(lambda text: f"https://forge.example.org/{text}"))
def test_a_canonical_address_stays_as_it_is(url: str) -> None:
    canonical = canonical_url(url)
    assert canonical is None or canonical_url(canonical) == canonical


def test_an_address_is_a_host_and_a_path() -> None:
    assert host_and_path("https://gitlab.example.org:8443/a/b/c") == ("gitlab.example.org:8443", "a/b/c")


def test_a_forge_without_other_name_is_called_by_its_host() -> None:
    assert (forge_name("github.com"), forge_name("git.example.org")) == ("GitHub", "git.example.org")
