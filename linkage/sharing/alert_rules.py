"""What alerts go by: alert_rules.toml, read once."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

SHORT, EMAIL, HTML = "short", "email", "html"
"""The three texts of an alert."""


@cache
def rules() -> dict[str, Any]:
    """Every table of alert_rules.toml."""
    return tomllib.loads((files("linkage.sharing") / "alert_rules.toml").read_text(encoding="utf-8"))


@cache
def patterns(name: str, table: str = "reporter") -> tuple[re.Pattern[str], ...]:
    """The regular expressions of a table, by name."""
    listed = rules()[table][name]
    return tuple(re.compile(one, re.IGNORECASE) for one in ([listed] if isinstance(listed, str) else listed))


def rank(field: str) -> int:
    """How useful a field is to who reads an alert: 0 is the most useful."""
    order: list[str] = rules()["useful"]["order"]
    kind = kind_of(field)
    return order.index(kind) if kind in order else len(order)


def kind_of(field: str) -> str:
    """The kind of a fact: its field without the number of the person or vehicle and of the item."""
    return field.split(".", maxsplit=1)[0].rstrip("0123456789")


def called(field: str) -> str:
    """What people call the kind of a fact, with the number of the person or vehicle after the first."""
    kind, head = kind_of(field), field.split(".", maxsplit=1)[0]
    number = head[len(kind) :]
    return f"{rules()['called'].get(kind, kind)}{f', {number}' if number else ''}"


def plain(text: str) -> str:
    """Words in lower case parted by one space, without anything between them."""
    return " ".join(re.findall(r"\w+", text.casefold().replace("’", "").replace("'", "")))


def marks(text: str) -> str:
    """Letters and figures alone, in lower case: what a plate or number is compared by."""
    return "".join(letter for letter in text.casefold() if letter.isalnum())


def has_phrase(text: str, phrase: str) -> bool:
    """Do these words stand in the text, one after the other, whatever is between them?"""
    wanted = plain(phrase)
    return bool(wanted) and f" {wanted} " in f" {plain(text)} "
