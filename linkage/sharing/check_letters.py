"""Checks: what is written is what is read. Signs that show nothing, letters that look like others and letters drawn
apart hide a number or a name from the other checks, and markup does more than it shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from linkage.sharing.alert_rules import rules
from linkage.store.alert_record import STOP, Check

RULE = "written plainly"

_APART = re.compile(r"(?<!\w)\w(?:[ \u00a0]\w(?!\w)){3,}")
"""Four or more letters or figures with a space between each."""
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>?")
_NOTHING = "\0"
_BETWEEN = re.compile(rf"[0-9A-Za-z]{_NOTHING}+[0-9A-Za-z]")


def as_read(text: str) -> str:
    """The text as whoever reads it takes it: full forms of letters (Unicode NFKC), no signs that show nothing, and
    what is drawn apart together."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return _APART.sub(lambda run: re.sub(r"\s", "", run[0]), plain)


def plainly_written(text: str) -> Iterator[Check]:
    """Objections to how a text is written. Some languages are spelt with signs that show nothing: those are objected
    to only between Latin letters or figures."""
    hidden = [word for word in text.split() if _BETWEEN.search(_marked(word))]
    if hidden:
        yield Check(RULE, STOP, tuple(dict.fromkeys(map(as_read, hidden))), "there are signs in it that show nothing")
    alike = [word for word in _WORD.findall(text) if _looks_latin(word)]
    if alike:
        yield Check(RULE, STOP, tuple(dict.fromkeys(alike)), "there are letters in it that look like Latin ones")
    markup = _MARKUP.findall(text)
    if markup:
        yield Check(RULE, STOP, tuple(dict.fromkeys(markup)), "a page would not show this but do it")


def _marked(word: str) -> str:
    return "".join(_NOTHING if unicodedata.category(one) == "Cf" else one for one in word)


def _looks_latin(word: str) -> bool:
    """Does a word have letters that look like Latin ones beside Latin letters, or beside figures and nothing else?"""
    alike = rules()["letters"]["alike"]
    letters = [one for one in word if one.isalpha()]
    beside = any(unicodedata.name(one, "").startswith("LATIN") for one in letters)
    plate = len(letters) < len(word) and all(one in alike for one in letters)
    return (beside or plate) and any(one in alike for one in letters)
