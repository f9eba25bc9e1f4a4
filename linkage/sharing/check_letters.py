"""Checks: what is written is what is read. Signs that show nothing, letters that look like others and letters drawn
apart hide a number or a name from the other checks, and markup does more than it shows."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from linkage.store.alert_record import STOP, Check

RULE = "written plainly"

_APART = re.compile(r"(?<!\w)\w(?:[ \u00a0]\w(?!\w)){3,}")
"""Four or more letters or figures with a space between each."""
_WORD = re.compile(r"\w+")
_MARKUP = re.compile(r"<[A-Za-z/!?][^<>]*>?")


def as_read(text: str) -> str:
    """The text as whoever reads it takes it: full forms of letters (Unicode NFKC), no signs that show nothing, and
    what is drawn apart together."""
    plain = "".join(one for one in unicodedata.normalize("NFKC", text) if unicodedata.category(one) != "Cf")
    return _APART.sub(lambda run: re.sub(r"\s", "", run[0]), plain)


def plainly_written(text: str) -> Iterator[Check]:
    """Objections to how a text is written."""
    hidden = [word for word in text.split() if any(unicodedata.category(one) == "Cf" for one in word)]
    if hidden:
        yield Check(RULE, STOP, tuple(dict.fromkeys(map(as_read, hidden))), "there are signs in it that show nothing")
    mixed = [word for word in _WORD.findall(text) if _is_mixed(word)]
    if mixed:
        yield Check(RULE, STOP, tuple(dict.fromkeys(mixed)), "letters of two alphabets, or of another beside figures")
    markup = _MARKUP.findall(text)
    if markup:
        yield Check(RULE, STOP, tuple(dict.fromkeys(markup)), "a page would not show this but do it")


def _is_mixed(word: str) -> bool:
    """Does one word have letters of two alphabets, or figures beside letters that are not Latin?"""
    alphabets = {unicodedata.name(one, "?").partition(" ")[0] for one in word if one.isalpha()}
    return len(alphabets) > 1 or (bool(alphabets - {"LATIN"}) and any(one.isdigit() for one in word))
