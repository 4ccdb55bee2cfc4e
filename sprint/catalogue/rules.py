"""What a repository address is, and what its forge is called: pure."""

from urllib.parse import urlsplit

FORGE_NAMES = {
    "github.com": "GitHub",
    "gitlab.com": "GitLab",
    "codeberg.org": "Codeberg",
    "framagit.org": "Framagit",
    "git.sr.ht": "SourceHut",
    "gitlab.adullact.net": "Adullact",
    "forge.apps.education.fr": "LaForgeEdu",
}


def canonical_url(url: str) -> str | None:
    """The one form under which a repository is kept; None when `url` is no http(s) address of something on a host."""
    try:
        parts = urlsplit(url.strip())
        port = parts.port
    except ValueError:
        return None
    host = (parts.hostname or "").removeprefix("www.")
    path = parts.path.strip("/").removesuffix(".git").rstrip("/")
    if parts.scheme not in ("http", "https") or "." not in host or not path or parts.username is not None:
        return None
    if any(sign.isspace() or not sign.isprintable() or sign in "<>\"'`\\" for sign in path + host):
        return None
    place = host if port in (None, 80, 443) else f"{host}:{port}"
    return f"https://{place}/{path}"


def host_and_path(url: str) -> tuple[str, str]:
    """The two parts of a canonical address; the host with its port, if it has one."""
    host, _, path = url.removeprefix("https://").partition("/")
    return host, path


def forge_name(host: str) -> str:
    """What people call the forge on `host`; the host itself when it has no other name."""
    return FORGE_NAMES.get(host, host)
