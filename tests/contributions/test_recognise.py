"""Links taken apart: one key for each thing, and nothing claimed that is only shaped like it."""

import pytest

from sprint.contributions.recognise import Shape, looks_like_address, recognise

SHA = "3f9c2ab" + "0" * 33


@pytest.mark.parametrize(
    ("url", "key"),
    [
        ("https://github.com/qgis/QGIS/pull/65218", "github:github.com:qgis/qgis:change:65218"),
        ("github.com/qgis/QGIS/pull/65218/", "github:github.com:qgis/qgis:change:65218"),
        ("http://www.github.com:80/qgis/QGIS/pull/65218/files?w=1#r12", "github:github.com:qgis/qgis:change:65218"),
        ("https://github.com/qgis/QGIS/pull/65218/commits/abcdef1", "github:github.com:qgis/qgis:change:65218"),
        ("https://github.com./qgis/QGIS/issues/7#issuecomment-1", "github:github.com:qgis/qgis:issue:7"),
        (f"https://GITHUB.com/qgis/QGIS/commit/{SHA.upper()}", f"github:github.com:qgis/qgis:commit:{SHA}"),
        ("https://github.com/qgis/QGIS/releases/tag/v3.40.1", "github:github.com:qgis/qgis:release:v3.40.1"),
        ("https://github.com/qgis/QGIS/discussions/3", "github:github.com:qgis/qgis:discussion:3"),
        ("https://gitlab.com/a/b/c/d/-/merge_requests/4/diffs", "gitlab:gitlab.com:a/b/c/d:change:4"),
        ("https://gitlab.com/asqatasun/Asqatasun/merge_requests/4", "gitlab:gitlab.com:asqatasun/asqatasun:change:4"),
        ("https://gitlab.adullact.net/x/y/-/work_items/9", "gitlab:gitlab.adullact.net:x/y:issue:9"),
        (f"https://framagit.org/x/y/-/commit/{SHA}", f"gitlab:framagit.org:x/y:commit:{SHA}"),
        ("https://forge.apps.education.fr/x/y/-/releases/1.2", "gitlab:forge.apps.education.fr:x/y:release:1.2"),
        ("https://codeberg.org/forgejo/forgejo/pulls/12/files", "forgejo:codeberg.org:forgejo/forgejo:change:12"),
    ],
)
def test_each_address_of_a_thing_has_the_same_key(url: str, key: str) -> None:
    found = recognise(url)
    assert found is not None
    assert found.key == key


@pytest.mark.parametrize(
    "url",
    [
        "https://github.com.evil.example/qgis/QGIS/pull/1",
        "https://evil.example/github.com/qgis/QGIS/pull/1",
        "https://evil.example/?u=https://github.com/qgis/QGIS/pull/1",
        "https://gist.github.com/qgis/QGIS/pull/1",
        "https://g\u0456thub.com/qgis/QGIS/pull/1",
        "https://github.com:8443/qgis/QGIS/pull/1",
        "https://github.com/orgs/qgis/discussions/1",
        "https://github.com/qgis/QGIS/pull/0",
        "https://github.com/qgis/QGIS/pull/12abc",
        "https://github.com/qgis/QGIS/pull/\u0661\u0662",
        "https://github.com/qgis/QGIS/pull/99999999999999",
        "https://github.com/qgis/../pull/1",
        "https://github.com//qgis/QGIS//pull/1",
        "https://github.com/qgis%2FQGIS/pull/1",
        "https://github.com/qgis/QGIS/pulls/1",
        "https://github.com/qgis/QGIS/-/merge_requests/1",
        "https://gitlab.com/alone/-/merge_requests/1",
        "https://gitlab.example.org/a/b/-/merge_requests/1",
        "https://codeberg.org/a/b/pull/1",
        "https://github.com/qgis/QGIS/commit/zzzzzzz",
        "https://github.com/qgis/QGIS",
        "https://www.wikidata.org/w/index.php?diff=12",
    ],
)
def test_what_only_looks_like_it_is_a_free_link(url: str) -> None:
    found = recognise(url)
    assert found is not None
    assert (found.family, found.shape, found.number) == ("link", Shape.LINK, "")


@pytest.mark.parametrize(
    "url",
    [
        "javascript:alert(1)",
        "JaVaScRiPt:alert(1)//https://github.com/a/b/pull/1",
        "data:text/html,<script>",
        "vbscript:x",
        "file:///etc/passwd",
        "ftp://example.org/x",
        "https://github.com@evil.example/a/b/pull/1",
        "https://user:secret@github.com/a/b/pull/1",
        "https://github.com\\@evil.example/",
        "https://localhost/a",
        "https://127.0.0.1/a",
        "https://[::1]/a",
        "https://0x7f.1/a",
        "https://example.org:99999/",
        "https://example.org/a b",
        "https://example.org/\u202egnp.exe",
        "https://example.org/<script>",
        "https://" + "a" * 64 + ".org/",
        "https://[::1",
        "https://",
        "",
        "https://example.org/" + "a" * 2000,
    ],
)
def test_what_is_no_address_of_the_public_web_is_refused(url: str) -> None:
    assert recognise(url) is None


def test_a_free_link_keeps_what_tells_it_apart_and_loses_what_does_not() -> None:
    one = recognise("https://www.Example.org/Page/?id=12#haut")
    assert one is not None
    assert (one.url, one.key) == ("https://www.example.org/Page/?id=12#haut", "link:example.org:page?id=12:link:")


def test_a_key_fits_its_column_and_still_tells_long_links_apart() -> None:
    keys = [one.key for tail in ("a", "b") if (one := recognise("https://example.org/" + "x" * 1900 + tail))]
    assert [len(key) for key in keys] == [len("link:sha256:") + 64] * 2
    assert len(set(keys)) == 2


@pytest.mark.parametrize(
    ("text", "meant"),
    [
        ("https://github.com/a/b/pull/1", True),
        ("github.com/a/b/pull/1", True),
        ("exemple.fr", True),
        ("javascript:alert(1)", True),
        ("javascript: alert(1)", True),
        ("mailto:ada@example.org", True),
        ("J’ai traduit la page d’accueil.", False),
        ("Traduction : la page d’accueil", False),
        ("relu", False),
        ("", False),
    ],
)
def test_a_sentence_is_told_from_a_link(text: str, meant: bool) -> None:
    assert looks_like_address(text) is meant
