"""Answers about consent: only a plain yes is a yes, only a plain no needs no remark, and all else stays closed."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from importlib.resources import files
from typing import Any

_APART = re.compile(r"[^\w✓✔☑✅✗✘❌]+")


@cache
def _words() -> dict[str, Any]:
    return tomllib.loads(files(__package__).joinpath("consent_words.toml").read_text(encoding="utf-8"))


def consents(answer: str, purpose: str) -> bool | None:
    """What an answer says of sharing for a purpose (police, scas, alert): True for a plain yes, False for a plain no,
    None for anything else, which no reader may take for a yes: a condition, a cross, words that are not known."""
    known = _words()
    folded = " ".join(word for word in _APART.split(answer.lower().replace("_", " ")) if word)
    if folded in known["yes"]:
        return True
    words = folded.split()
    if words and words[0] in known["no"]:
        return False
    beside = {*known["with_yes"], *known["for"].get(purpose, ())}
    return True if words and words[0] in ("yes", "y") and beside.issuperset(words) else None
