"""What a person configured before anything can leave: a file outside the store, named by LINKAGE_SENDING."""

from __future__ import annotations

import os
import tomllib
from functools import cache
from importlib.resources import files
from ipaddress import ip_address
from pathlib import Path
from typing import Any, Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError, model_validator

from linkage.errors import LinkageError, why
from linkage.wrong_settings import fault

VARIABLE = "LINKAGE_SENDING"
OFF = (
    f"Nothing can leave: no sending settings are configured. Name their file in {VARIABLE}; "
    "docs/reference/sending.md says what goes in it and what then leaves this machine"
)


class SendingError(LinkageError, ValueError):
    """Nothing can be sent as it is configured; the message names the file, the field and the cure."""


class _Settings(BaseModel):
    model_config = ConfigDict(extra="forbid", frozen=True)


class Email(_Settings):
    """An SMTP server. `password_file` holds the password on one line; `ca_file` is for a server whose certificate the
    system does not know."""

    host: str
    port: int = Field(587, ge=1, le=65535)
    sender: str = Field(description="address that messages come from")
    name: str = Field("Alerts", description="name that stands with it")
    starttls: bool = True
    ca_file: Path | None = None
    user: str = ""
    password_file: Path | None = None
    unsubscribe: str = Field("", description="address that a message to leaves the list; by default the sender")
    per_minute: int = Field(60, ge=1)
    timeout_seconds: float = Field(30, gt=0)

    @model_validator(mode="after")
    def _no_words_in_the_clear(self) -> Email:
        if not self.starttls and not on_this_machine(self.host):
            raise ValueError("without starttls the server must be on this machine")
        return self


class Gateway(_Settings):
    """A gateway that apprise knows, as its address with `{address}` where the subscriber's goes and `{key}` where it
    takes an idempotency key. `same_key` says that it delivers a repeated key once."""

    url: str
    same_key: bool = False
    per_minute: int = Field(60, ge=1)

    @model_validator(mode="after")
    def _has_a_place_for_the_address(self) -> Gateway:
        if "{address}" not in self.url:
            raise ValueError("the address has no {address} in it")
        if self.same_key and "{key}" not in self.url:
            raise ValueError("same_key needs {key} in the address")
        return self


class Feeds(_Settings):
    """Where the Atom and JSON feeds are written, and the address that they are read at."""

    folder: Path
    address: str = ""


class Sending(_Settings):
    """Everything a person configured. `key_file` encrypts the addresses of subscribers; `journal` is where the sender
    notes what it hands over, on the machine that sends."""

    key_file: Path
    journal: Path
    page: str = Field("", description="address of the pages for members, for links to confirm and to leave")
    terms: str = Field("1", description="version of the terms that new subscribers accept")
    show_people: bool = Field(False, description="may the log name single subscribers?")
    email: Email | None = None
    text: Gateway | None = None
    app: Gateway | None = None
    feeds: Feeds | None = None

    def channels(self) -> tuple[Literal["email", "text", "app", "feed"], ...]:
        """The channels that are configured."""
        on = (("email", self.email), ("text", self.text), ("app", self.app), ("feed", self.feeds))
        return tuple(name for name, settings in on if settings is not None)  # type: ignore[misc]


class Defaults(_Settings):
    """The shipped figures (sending.toml)."""

    backoff_minutes: tuple[float, ...]
    batch: int
    lease_hours: float
    text_characters: int


@cache
def defaults() -> Defaults:
    """The shipped figures."""
    return Defaults.model_validate(
        tomllib.loads((files("linkage.sharing") / "sending.toml").read_text(encoding="utf-8"))
    )


def configured(file: Path | None = None) -> Sending | None:
    """The sending settings of a file, by default the one that LINKAGE_SENDING names; None where none is named.

    Paths in it are taken from its own folder. Raises SendingError for a file that cannot be used.
    """
    named = os.environ.get(VARIABLE)
    file = file or (Path(named) if named else None)
    if file is None:
        return None
    try:
        values = tomllib.loads(file.read_text(encoding="utf-8"))
        return Sending.model_validate(_from(file.parent, values))
    except OSError as error:
        raise SendingError(f"The sending settings {file} cannot be read: {why(error)}") from error
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise SendingError(f"{file} is no TOML: {error}") from error
    except ValidationError as error:
        raise SendingError(f"{file}: {fault(error, Sending)}") from error


def needed(file: Path | None = None) -> Sending:
    """As `configured`, but SendingError where nothing is configured."""
    found = configured(file)
    if found is None:
        raise SendingError(OFF)
    return found


def on_this_machine(host: str) -> bool:
    """Is it a loopback address?"""
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


_PATHS = {"key_file", "journal", "password_file", "ca_file", "folder"}


def _from(folder: Path, values: dict[str, Any]) -> dict[str, Any]:
    """The values with relative paths taken from a folder."""
    return {
        name: _from(folder, value)
        if isinstance(value, dict)
        else str(folder / value)
        if name in _PATHS and isinstance(value, str)
        else value
        for name, value in values.items()
    }
