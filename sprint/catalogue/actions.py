"""Making known what is worked on."""

from sqlalchemy.exc import IntegrityError
from sqlmodel import Session, select

from sprint.catalogue.rules import canonical_url, host_and_path
from sprint.catalogue.tables import Repository


def known_repository(db: Session, url: str) -> Repository:
    """The repository at `url`, entered in the catalogue when it is new. `url` is one that `canonical_url` accepts."""
    canonical = canonical_url(url)
    if canonical is None:
        raise ValueError(f"no address of a repository: {url!r}")
    statement = select(Repository).where(Repository.url == canonical)
    known = db.exec(statement).first()
    if known is not None:
        return known
    host, path = host_and_path(canonical)
    entered = Repository(url=canonical, host=host, path=path)
    try:
        with db.begin_nested():
            db.add(entered)
    except IntegrityError:
        # Somebody else entered it meanwhile (PostgreSQL has several writers).
        return db.exec(statement).one()
    return entered
