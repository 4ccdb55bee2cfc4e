"""One typed object read from SPRINT_*; unknown, missing or contradictory settings stop the start, all named at once."""

import os
import re
from collections.abc import Mapping
from datetime import date, timedelta
from pathlib import Path
from typing import Annotated, Literal
from urllib.parse import urlsplit

from pydantic import Field, SecretStr, ValidationError, field_validator, model_validator
from pydantic_settings import BaseSettings, NoDecode, SettingsConfigDict

from sprint.provider_settings import Provider, is_loopback, read_providers

PREFIX = "SPRINT_"


class Settings(BaseSettings):
    """Every setting, with its default. The table of the README is checked against these fields."""

    model_config = SettingsConfigDict(env_prefix=PREFIX, extra="forbid", frozen=True)

    database_url: str = Field(
        "sqlite:///var/sprint.db", description="SQLite file, or postgresql+psycopg://… for PostgreSQL"
    )
    base_url: str = Field(
        "http://127.0.0.1:8000", description="public address: links, redirect URIs, cookie names (`__Host-` when https)"
    )
    secret: SecretStr = Field(
        description="at least 32 characters: signs cookies and links; `run --demo` makes one in `var/`"
    )
    demo: str = Field("", description="`1` on loopback, or the public host repeated: five invented people may sign in")
    providers: Annotated[tuple[Provider, ...], NoDecode] = Field(
        (), description="TOML file that declares where people sign in, see [docs/connexion.md](docs/connexion.md)"
    )
    theme: Literal["dsfr"] = Field("dsfr", description="the look; the DSFR is reserved for sites of the State")
    worker: Literal["inside", "apart"] = Field(
        "inside",
        description="`inside`: a thread of each web process does owed work; `apart`: `python -m sprint worker` does",
    )
    threads: int = Field(
        4, ge=1, le=64, description="reading threads of each web process; writing has as many of its own"
    )
    lease_seconds: int = Field(60, ge=1, description="how long a worker may keep a job before another takes it")
    letter_delay_seconds: int = Field(120, ge=0, description="a letter leaves this long after what it tells")
    smtp_host: str = Field("", description="mail relay; compulsory outside the demonstration")
    smtp_port: int = Field(587, ge=1, le=65535, description="port of the mail relay")
    smtp_tls: Literal["starttls", "tls", "none"] = Field(
        "starttls", description="how the connection to the relay is protected"
    )
    smtp_user: str = Field("", description="account at the relay, if it asks for one")
    smtp_password: SecretStr = Field(SecretStr(""), description="its password")
    mail_from: str = Field("Sprint <sprint@localhost>", description="sender of letters")
    contact: str = Field("", description="address of the organising team, shown where one may write to it")
    security_contact: str = Field(
        "", description="where to report a flaw, an https address or a mailbox; without it, `SPRINT_CONTACT`"
    )
    source_url: str = Field("", description="where the source code of this service is published")
    publisher: str = Field("", description="legal notice: who publishes this site, with address and telephone")
    publication_director: str = Field("", description="legal notice: name or office of who answers for what it says")
    hosting: str = Field("", description="legal notice: who hosts it, with address and telephone")
    data_protection: str = Field("", description="how to reach the data protection officer")
    accessibility: Literal["non", "partiellement", "totalement"] = Field(
        "non",
        description="what the audit found, as the footer says it: `non`, `partiellement` or `totalement` conforme",
    )
    audited_on: date | None = Field(None, description="day of the accessibility audit, as 2027-01-31")
    audited_by: str = Field("", description="who did that audit")
    declared_on: date | None = Field(None, description="day of the accessibility declaration, as 2027-01-31")
    content: str = Field("", description="folder whose texts take the place of those of `content/`, file by file")
    metrics_token: SecretStr = Field(
        SecretStr(""), description="bearer token that `/metrics` asks for; without one it answers this machine alone"
    )
    trusted_proxies: Annotated[tuple[str, ...], NoDecode] = Field(
        (), description="addresses of reverse proxies whose X-Forwarded-* are believed, comma-separated"
    )
    mfa_acr: Annotated[tuple[str, ...], NoDecode] = Field(
        (),
        description="values of `acr` that tell of a second factor, comma-separated: organisers, recruiters and "
        "administrators then use their rights only after such a sign-in",
    )
    email_links: bool = Field(
        False, description="`1`: who has none of the other accounts may sign in by a link sent by e-mail"
    )
    session_idle_hours: int = Field(
        72, ge=1, le=720, description="a session nobody used for so long is over, at most thirty days"
    )
    session_hours: int = Field(
        336, ge=1, le=2160, description="a session is over after so long, used or not, at most ninety days"
    )
    log: Literal["json", "console"] = Field("json", description="form of the log lines")

    @field_validator("trusted_proxies", "mfa_acr", mode="before")
    @classmethod
    def _split(cls, value: object) -> object:
        return tuple(part.strip() for part in value.split(",") if part.strip()) if isinstance(value, str) else value

    @field_validator("providers", mode="before")
    @classmethod
    def _declared(cls, value: object) -> object:
        if isinstance(value, str):
            return read_providers(value) if value else ()
        return value

    @field_validator("base_url")
    @classmethod
    def _plain_origin(cls, value: str) -> str:
        parts = urlsplit(value)
        if parts.scheme not in ("http", "https") or not parts.hostname or parts.path not in ("", "/") or parts.query:
            raise ValueError("must look like https://sprint.example, without a path")
        return value.rstrip("/")

    @field_validator("secret")
    @classmethod
    def _long_enough(cls, value: SecretStr) -> SecretStr:
        if len(value.get_secret_value()) < 32:
            raise ValueError("must have at least 32 characters")
        return value

    @field_validator("content")
    @classmethod
    def _is_there(cls, value: str) -> str:
        if value and not Path(value).is_dir():
            raise ValueError("is no folder")
        return value

    @field_validator("security_contact")
    @classmethod
    def _can_be_reached(cls, value: str) -> str:
        if value and not value.startswith("https://") and not re.fullmatch(r"[^@\s]+@[^@\s]+", value):
            raise ValueError("must be an https address or a mailbox")
        return value

    @model_validator(mode="after")
    def _fits_together(self) -> "Settings":
        if self.demo and not (self.is_loopback or self.demo == self.host):
            raise ValueError(
                "SPRINT_DEMO lets anyone sign in as an invented organiser: outside loopback it must repeat the host of SPRINT_BASE_URL"
            )
        if not self.demo and not self.smtp_host:
            raise ValueError(
                "SPRINT_SMTP_HOST is missing: without it no letter leaves (only the demonstration does without)"
            )
        if self.session_idle_hours > self.session_hours:
            raise ValueError("SPRINT_SESSION_IDLE_HOURS: cannot be longer than SPRINT_SESSION_HOURS")
        if self.accessibility != "non" and self.audited_on is None:
            raise ValueError(
                "SPRINT_AUDITED_ON is missing: without an audit a site cannot be said to comply, not even in part"
            )
        return self

    @property
    def session_idle(self) -> timedelta:
        """How long a session lasts that nobody uses."""
        return timedelta(hours=self.session_idle_hours)

    @property
    def session_lasts(self) -> timedelta:
        """How long a session lasts at most."""
        return timedelta(hours=self.session_hours)

    @property
    def session_seconds(self) -> int:
        return self.session_hours * 3600

    @property
    def host(self) -> str:
        return urlsplit(self.base_url).hostname or ""

    @property
    def is_loopback(self) -> bool:
        return is_loopback(self.host)

    @property
    def is_https(self) -> bool:
        return self.base_url.startswith("https://")


class SettingsError(Exception):
    """The settings do not hold together; the message lists every fault on its own line."""


def read_settings(environment: Mapping[str, str] = os.environ) -> Settings:
    """Settings from SPRINT_* of `environment`; raises SettingsError naming each unknown, missing or wrong one."""
    given = {name.removeprefix(PREFIX).lower(): value for name, value in environment.items() if name.startswith(PREFIX)}
    faults = [f"{PREFIX}{name.upper()}: no such setting" for name in given if name not in Settings.model_fields]
    try:
        settings = Settings.model_validate(
            {name: value for name, value in given.items() if name in Settings.model_fields}
        )
    except ValidationError as error:
        faults += [_fault(tuple(found["loc"]), found["msg"]) for found in error.errors()]
    if faults:
        raise SettingsError("\n".join(faults))
    return settings


def database_url(environment: Mapping[str, str] = os.environ) -> str:
    """Where the base is, for what asks nothing else of the settings."""
    return environment.get(f"{PREFIX}DATABASE_URL") or str(Settings.model_fields["database_url"].default)


def _fault(location: tuple[int | str, ...], message: str) -> str:
    name = f"{PREFIX}{str(location[0]).upper()}: " if location else ""
    return name + message.removeprefix("Value error, ")
