"""Plain values of fields: what only says that nothing is known, and text, lists, numbers, yes and no, answers."""

from __future__ import annotations

import math
import re
from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import lru_cache
from importlib.resources import files
from typing import Any

from rapidfuzz.distance import OSA

from linkage.intake.reject import clean
from linkage.vocabulary.tables import parsed

_WORDS: dict[str, Any] = parsed(files(__package__).joinpath("plain_words.toml").read_text(encoding="utf-8"))
_FLAGS = {word: answer == "yes" for answer, words in _WORDS["flag"].items() for word in words}
_NOT_KNOWN = frozenset(_WORDS["not_known"])
_LONG_NOT_KNOWN = tuple(sorted(words for words in _NOT_KNOWN if len(words) > 7))
_APART = re.compile(r"[^\w✓✔☑✅✗✘❌]+")


class NotUsableError(ValueError):
    """A value of a kind that its field cannot hold; the message is the reason."""


def is_unknown(value: Any) -> bool:
    """Whether a value only says that nothing is known: None, NaN, blank, "n/a", "not known", an empty list."""
    if value is None or (isinstance(value, float) and math.isnan(value)):
        return True
    if isinstance(value, str):
        return len(value) < 20 and _says_unknown(value.strip().lower())
    if isinstance(value, list | tuple):
        return all(is_unknown(item) for item in value)
    return isinstance(value, Mapping) and not value


@lru_cache(maxsize=65_536)
def _says_unknown(words: str) -> bool:
    """Whether words are one of those that say that nothing is known, one of the longer ones with slips of the pen."""
    if words in _NOT_KNOWN:
        return True
    slips = 2 if words.startswith("unk") else 1
    return (len(words) > 5 and words[0] in "un" and OSA.distance(words, "unknown", score_cutoff=slips) <= slips) or (
        len(words) > 7 and any(OSA.distance(words, known, score_cutoff=1) <= 1 for known in _LONG_NOT_KNOWN)
    )


def as_text(value: Any) -> str | None:
    """Text of a value; None when it is blank. Numbers and dates are written out, a list of one is its item.

    Raises NotUsableError for what has no plain text.
    """
    if isinstance(value, str):
        return clean(value).strip() or None
    if isinstance(value, bool):
        return "yes" if value else "no"
    if isinstance(value, int | float):
        return _number_words(value)
    if isinstance(value, datetime):
        at_midnight = value.time() == time(0)
        return value.date().isoformat() if at_midnight else value.replace(microsecond=0).isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    if isinstance(value, list | tuple):
        known = [item for item in value if not is_unknown(item)]
        if len(known) == 1:
            return as_text(known[0])
        raise NotUsableError("a list stands where one value is expected; give one, or put the rest in the narrative")
    raise NotUsableError(f"{type(value).__name__} stands where text is expected; write the value in words")


def _number_words(value: int | float) -> str:
    if isinstance(value, float) and value.is_integer() and abs(value) < 1e15:
        value = int(value)
    try:
        return str(value)
    except ValueError as error:  # an integer of thousands of digits
        raise NotUsableError("the number is too long; check the column") from error


def _as_list(value: Any) -> list[str] | None:
    if isinstance(value, bool):
        raise NotUsableError("yes or no stands where a list of words is expected; write the words, separated by ;")
    if isinstance(value, str):
        value = [part for line in value.split("\n") for part in line.split(";")]
    items = value if isinstance(value, list | tuple) else [value]
    words = [text for item in items if not is_unknown(item) and (text := as_text(item))]
    return words or None


def _as_flag(value: Any) -> bool | str | None:
    """Truth of a value; the words themselves when they are no plain yes or no."""
    words = as_text(value)
    return _FLAGS.get((words or "").lower(), words)


def _as_answer(value: Any) -> bool | str | None:
    """A plain yes or no to whether something may be done; a cross may be either, so it stays words."""
    words = as_text(value)
    return words if (words or "").lower() == "x" else _as_flag(value)


def _as_range(value: Any) -> Any:
    if isinstance(value, list | tuple) and len(value) == 2 and all(isinstance(v, int | float) for v in value):
        return {"min": value[0], "max": value[1]}
    return as_text(value)


def _as_end(value: Any) -> float:
    number = _as_number(value)
    if isinstance(number, int | float):
        return float(number)
    raise NotUsableError("a number is expected here; write the whole range in words instead")


def _as_hair(value: Any) -> Any:
    return "; ".join(_as_list(value) or []) or None if isinstance(value, list | tuple) else as_text(value)


def _as_number(value: Any) -> float | str | None:
    """A number, or the words when they are none, so that the refusal can name them."""
    if isinstance(value, int) and not isinstance(value, bool):
        return value
    words = as_text(value)
    try:
        number = float((words or "").replace(",", "."))
    except ValueError:
        return words
    if not math.isfinite(number):
        return words
    return int(number) if number.is_integer() and abs(number) < 1e15 else number


HOLD: dict[str, Callable[[Any], Any]] = {
    "text": as_text,
    "item": as_text,
    "list": _as_list,
    "flag": _as_flag,
    "answer": _as_answer,
    "number": _as_number,
    "range": _as_range,
    "end": _as_end,
    "hair": _as_hair,
    "raw": as_text,
    "spans": lambda value: value,
    "derived": lambda _: None,
}
"""What a field holds, as `names.TABLES` says -> its reader, which raises NotUsableError for what it cannot hold."""


def consents(answer: str, purpose: str) -> bool | None:
    """What an answer says of sharing for a purpose (police, scas, alert): True for a plain yes, False for a plain no,
    None for anything else, which no reader may take for a yes: a condition, a cross, words that are not known."""
    known = _WORDS["consent"]
    folded = " ".join(word for word in _APART.split(answer.lower().replace("_", " ")) if word)
    if folded in known["yes"]:
        return True
    words = folded.split()
    if words and words[0] in known["no"]:
        return False
    may_follow = {*known["with_yes"], *known["for"].get(purpose, ())}
    return True if words and words[0] in ("yes", "y") and may_follow.issuperset(words) else None
