"""The incident form of the pages: its fields, what was typed into it, and that it came from a page of this server."""

from __future__ import annotations

import hashlib
import hmac
import secrets
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files
from typing import Any
from urllib.parse import parse_qsl

from linkage.intake.reject import clean
from linkage.serving.problems import Problem

WHO = ("individual", "project", "establishment")
CONSENTS = ("alert", "police", "scas")
COOKIE = "form"
LONGEST = 30_000
"""Characters of an account [G], as the API takes."""
_LINE = 300
_FIELDS = 100
_IDENTIFIERS = {"identifiers.1": "phone", "identifiers.2": "username"}


@dataclass(frozen=True, slots=True)
class Field:
    """One field: its place in the report format, the name of its words, and its lines (1: a line)."""

    field: str
    says: str
    area: int = 1
    who: tuple[str, ...] = WHO

    @property
    def most(self) -> int:
        """How many characters it takes."""
        return LONGEST if self.field == "narrative" else _LINE


@dataclass(frozen=True, slots=True)
class FormPart:
    """A part of the form under a heading."""

    name: str
    fields: tuple[Field, ...]


@cache
def parts() -> tuple[FormPart, ...]:
    """The form (form.toml)."""
    table = tomllib.loads((files("linkage.serving") / "form.toml").read_text(encoding="utf-8"))
    return tuple(FormPart(one["name"], tuple(_field(each) for each in one["fields"])) for one in table["parts"])


def parts_for(who: str) -> list[FormPart]:
    """The form as a kind of member sees it."""
    return [FormPart(one.name, tuple(each for each in one.fields if who in each.who)) for one in parts()]


async def typed(body: bytes, kind: str) -> dict[str, str]:
    """What was typed into a form. Problem 415 for anything but a plain form, 400 for one that cannot be read."""
    if kind.split(";", maxsplit=1)[0].strip().lower() != "application/x-www-form-urlencoded":
        raise Problem(415, "Only the forms of these pages are taken; files are not.")
    try:
        pairs = parse_qsl(body.decode("utf-8", "replace"), keep_blank_values=True, max_num_fields=_FIELDS)
    except ValueError:
        raise Problem(400, "The form cannot be read.") from None
    return {name: clean(value).replace("\r\n", "\n") for name, value in pairs}


def report_of(given: Mapping[str, str], who: str, language: str) -> dict[str, Any]:
    """What was typed as a report in the report format: only fields of the form, only those that hold something."""
    values: dict[str, Any] = {}
    for part in parts_for(who):
        for one in part.fields:
            if words := given.get(one.field, "").strip():
                _put(values, one.field.split("."), words)
                if kind := _IDENTIFIERS.get(one.field.removesuffix(".value")):
                    _put(values, [*one.field.split(".")[:2], "kind"], "email" if "@" in words else kind)
    for name, value in list(values.items()):
        if (isinstance(value, dict) and "1" in value) or name == "identifiers":
            values[name] = [value[at] for at in sorted(value)]
    values["consent"] = {name: given.get(f"consent.{name}") == "yes" for name in CONSENTS}
    values["source"] = {"kind": who}
    return values | ({"language": language} if language != "en" else {})


def too_long(given: Mapping[str, str]) -> bool:
    """Is a field longer than it may be? A browser keeps to it; what does not is told, and nothing is cut off."""
    return any(len(given.get(one.field, "")) > one.most for part in parts() for one in part.fields)


def new_cookie() -> str:
    """A cookie that stands for one browser and nobody in it."""
    return secrets.token_urlsafe(16)


def proof(key: bytes, cookie: str) -> str:
    """What a form carries so that it is known to come from a page of this server in the same browser."""
    return hmac.new(key, cookie.encode("utf-8", "replace"), hashlib.sha256).hexdigest()


def is_ours(key: bytes, cookie: str, given: Mapping[str, str]) -> bool:
    """Did the form come from a page of this server in this browser?"""
    shown = given.get("proof", "").encode("utf-8", "replace")
    return bool(cookie) and hmac.compare_digest(proof(key, cookie).encode(), shown)


def _put(values: dict[str, Any], path: list[str], words: str) -> None:
    for step in path[:-1]:
        values = values.setdefault(step, {})
    values[path[-1]] = words


def _field(given: Mapping[str, Any]) -> Field:
    says = given.get("says", given["field"])
    return Field(given["field"], says, given.get("area", 1), tuple(given.get("who", WHO)))
