"""Characters of a plate as people say and spell them: "November Alpha seven zero", "three sevens", "B-3-V"."""

from __future__ import annotations

import re
from functools import cache
from typing import NamedTuple

from linkage.intake.document.tokens import Token, ends_sentence
from linkage.intake.patterns import compiled
from linkage.intake.quantities.numbers import number
from linkage.intake.values.vehicles.plate_words import Words, low, roles
from linkage.vocabulary import load


def _of(role: str) -> frozenset[str]:
    return frozenset(load("plate_words").entries[role].synonyms)


MOST = 7
"""Characters of a British mark: a run that grows longer is none."""
SPELT = dict(
    zip(
        load("plate_words").entries["spelt"].synonyms,
        load("plate_words").entries["spelt"].data["characters"],
        strict=True,
    )
)
"""Words that spell one character."""
GOES_ON = _of("goes_on")
"""Words behind the last character of a plate."""
_TIMES = {"double": 2, "treble": 3, "triple": 3, "two": 2, "three": 3, "four": 4}
_DOUBLED = frozenset(("double", "treble", "triple"))
_TENS = _of("tens")
_COUNTS = {"one": 1, "two": 2, "three": 3, "four": 4, "1": 1, "2": 2, "3": 3, "4": 4}
_MORE = frozenset(("more", "other", "further", "unknown"))
_JOINS = _of("joins")
_ARTICLES, _MAY_BE = frozenset(("a", "an", "the")), frozenset(("might", "could", "may"))
_SAID = frozenset((*SPELT, *_TENS, *_TIMES))
_LOOSE, _ENDS = frozenset(("and", "a", "an", "the", ",")), frozenset(("final", "last", "closing"))
_QUOTES = frozenset("\"'“”‘’")
_BETWEEN = frozenset("-–/·.,") | _QUOTES
_PARTED = frozenset(",-–")
_MEASURES = _of("measure")
_OF_PLATES = frozenset(("plate", "start", "end", "inside", "kind", "rest", "link", "post", "vehicle"))
_NO_PIECE = frozenset(("plate", "start", "end", "kind", "unread"))
_LONGEST_JOINT = 6  # [G] tokens between two pieces of a plate
_WRITTEN = compiled(r"[A-Z0-9?*_#]{1,9}")
_SMALL = compiled(r"[a-z]{1,3}|[a-z]{0,3}\d{1,4}[a-z]{0,3}|[A-Za-z][a-z]?\d{2}|[A-Z][a-z]\d{1,2}[a-z]{0,3}")
_NO_CHARACTERS = compiled(r"\d+(?:st|nd|rd|th|am|pm|yrs?|ft|km|mins?|hrs?|mph|cm|kg|ish|s)|b4|m8|l8r?|gr8|2nite|2day")


class Run(NamedTuple):
    """Characters at the tokens [first, last), as a pattern."""

    plate: str
    first: int
    last: int


@cache
def _no_plate() -> frozenset[str]:
    return frozenset(load("vehicle_context").entries["not_plate"].synonyms)


def starts(word: Token, cued: bool) -> bool:
    """Whether the characters of a plate may begin with such a word; `cued`: a word that tells of one is near."""
    text, least = word.text, word.low
    if text[0] in "?*_":
        return True
    if text.islower() and text.isalpha():
        return cued and (least in _SAID or "unread" in roles(least) or (len(text) <= 3 and least not in _no_plate()))
    if text.isdigit():
        return cued or len(text) <= 2
    if not text[0].isalnum():
        return text[:2] == ".." or text == "…"
    figures = text[0].isdigit() or text[-1].isdigit() or (len(text) == 7 and text[2].isdigit())
    return figures or (text.isupper() and len(text) < 10) or (cued and least in _SAID)


def glued(words: Words, at: int) -> int:
    """Index behind the tokens that stand in one with the token `at`: "W", "??", "4X" of "W??4X"."""
    last = at + 1
    while last < len(words) and words[last].start == words[last - 1].end and _WRITTEN.fullmatch(words[last].text):
        last += 1
    return last


def read(words: Words, at: int, *, small: bool = False, loose: bool = False) -> Run | None:
    """The characters of a plate that the tokens give from `at` on; None where there are none.

    What is not known between characters is "*". `small`: they may be in lower case. `loose`: they stand somewhere in
    the plate, so "4 and 7" may stand apart.
    """
    pieces: list[str] = []
    begin = last = at
    apart = False
    while sum(len(one.replace("*", "")) for one in pieces) <= MOST:
        found = _piece(words, begin, small, "".join(pieces))
        if found is None:
            break
        between = {word.low for word in words[last:begin]}
        if pieces and "," in between and "then" not in between and max(len(pieces[-1].strip("?")), len(found[0])) > 2:
            break  # "NX03, 2 males"
        if pieces and ((apart and not {"then", "or"} & between) or (loose and "and" in between - {"then"})):
            pieces.append("*" if "then" not in between else "")
        said, last = _either(words, found[1], found[0])
        pieces.append(said)
        begin, apart = _joint(words, last)
    plate = re.sub(r"\*{2,}", "*", "".join(pieces))
    if not any(char.isalnum() for char in plate):
        return None
    if len(plate.replace("*", "")) > MOST:
        plate = re.sub(r"\?{2,}", "*", plate)  # "FN5 something something KLO": no count of what is missing
    return Run(plate, at, last) if len(plate.replace("*", "")) <= MOST else None


def _piece(words: Words, at: int, small: bool, known: str) -> tuple[str, int] | None:
    """The characters that begin at the token `at`, behind those `known`, and the index behind them; "*" for a part
    not read."""
    if at >= len(words):
        return None
    many, last = _counted(words, at)
    if many:
        written = low(words, last + (low(words, last) in (",", "and", "then")))
        return ("?" * many, last) if known or written.isalnum() else None
    return _repeated(words, at) or _spelt_out(words, at) or _written(words, at, small, known)


def _spelt_out(words: Words, at: int) -> tuple[str, int] | None:
    word, following = words[at], low(words, at + 1)
    if word.low in _TENS:
        return _tens(words, at)
    if word.low in SPELT and following not in _MORE and "kind" not in roles(following):
        return SPELT[word.low], at + 1
    if (word.low, following, low(words, at + 2)) == ("x", "-", "ray"):
        return "X", at + 3
    if "unread" in roles(word.low) or word.text[:2] == ".." or word.text == "…":
        return "*", at + 1 + (following == "else")
    return None


def _counted(words: Words, at: int) -> tuple[int, int]:
    """How many characters "two more letters" counts and the index behind it; (0, at) where nothing is counted."""
    many, then = _COUNTS.get(words[at].low, 0), at + 1 + (low(words, at + 1) in _MORE)
    return (many, then + 1) if many and "kind" in roles(low(words, then)) else (0, at)


def _repeated(words: Words, at: int) -> tuple[str, int] | None:
    """ "double t", "three sevens", "two Ts"; "double u" is a W."""
    times, last = _TIMES.get(words[at].low), at + 1 + (low(words, at + 1) == "-")
    said = low(words, last)
    if times is None or not said:
        return None
    if words[at].low not in _DOUBLED:
        if not said.endswith("s") or (len(said) == 2 and words[last].text[0].islower()):
            return None
        said = said.removesuffix("'s").removesuffix("’s").removesuffix("s")
        said = said if said in SPELT or len(said) == 1 else said.removesuffix("e")
    elif said == "u" and times == 2:
        return "W", last + 1
    one = SPELT.get(said, said.upper() if len(said) == 1 and said.isalnum() else "")
    return (one * times, last + 1) if one else None


def _tens(words: Words, at: int) -> tuple[str, int]:
    unit = at + 1 + (low(words, at + 1) == "-")
    figure = SPELT.get(low(words, unit), "") if words[at].low.endswith("ty") else ""
    two = figure.isdigit()
    return str(number(words[at].low) + (int(figure) if two else 0)), (unit if two else at) + 1


def _written(words: Words, at: int, small: bool, known: str) -> tuple[str, int] | None:
    word, last = words[at], glued(words, at)
    said = "".join(one.text for one in words[at:last])
    told = roles(said.lower()) if said.isupper() and len(said) > 2 else frozenset[str]()
    measured = said.isdigit() and low(words, last + (low(words, last) in _PARTED)) in _MEASURES
    lone = said == "I" and last < len(words) and words[last].text[0].islower() and words[last].low not in GOES_ON
    if measured or lone or told & _NO_PIECE or not any(char.isalnum() or char in "?*_" for char in said):
        return None
    if _WRITTEN.fullmatch(said):
        return re.sub(r"[_#]", "?", said), last
    known = known.replace("*", "")
    word_by_word = said.islower() and said.isalpha()
    if word_by_word and (_OF_PLATES & roles(said) or (known and not known[-1].isdigit() and len(said) > 1)):
        return None
    if not small or not _SMALL.fullmatch(said) or _NO_CHARACTERS.fullmatch(said) or said.lower() in _no_plate():
        return None
    behind_capitals = known and not known[-1].isdigit() and not words[at - 1].text.islower()
    return None if behind_capitals or word.text[0] in "'’" else (said.upper(), last)


def _joint(words: Words, at: int) -> tuple[int, bool]:
    """Index of the next piece behind `at`, and whether others may stand between ("and a final T")."""
    here, apart = at, False
    while here < len(words) and here - at < _LONGEST_JOINT and not ends_sentence(words, here):
        word = words[here]
        if not (word.low in _JOINS or word.text in _BETWEEN) or (len(word.text) == 1 and word.text.isupper()):
            break
        listed = word.low == "the" and "kind" in roles(low(words, here + 1))
        article = word.low in _ARTICLES and not listed and any(one.low == "and" for one in words[at:here])
        apart = apart or word.low in _ENDS or article
        here += 1
    return here, apart


def _either(words: Words, last: int, said: str) -> tuple[str, int]:
    """A second choice for a piece ("VPY or WPY"), of which what differs is left unread, and the index behind it."""
    at = last + (low(words, last) in _QUOTES)
    at += low(words, at) == ","
    if low(words, at) in ("or", "/"):
        at += 1
    elif low(words, at) in _MAY_BE and low(words, at + 1) == "be":
        at += 2
    else:
        return said, last
    while low(words, at) in {"possibly", "maybe", "perhaps", "a", "an", "with", "in"} | _QUOTES:
        at += 1
    other = _piece(words, at, False, "x")
    if other is None or "*" in said + other[0] or len(other[0]) != len(said) or other[0].isdigit() != said.isdigit():
        return said, last
    return "".join(a if a == b else "?" for a, b in zip(said, other[0], strict=True)), other[1]
