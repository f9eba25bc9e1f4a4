"""Words of a text about a plate: the characters that they spell ("November Alpha seven zero", "three sevens"), and
what those before and behind some characters say of them.

What a word can be is in `plate_words.toml`; a word may be several of these.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from functools import cache
from typing import NamedTuple

from linkage.intake.document.tokens import Token, ends_sentence
from linkage.intake.patterns import PatternTable
from linkage.intake.quantities import number
from linkage.intake.values.vehicles.vehicle_look import context_words
from linkage.vocabulary import load

Words = tuple[Token, ...]
_WALK = 14  # [G] words between a word for a plate and its characters
_STRANGE = 2  # [G] of them that say nothing of plates
_FAR = 6  # [G] words between characters and "at the start" behind them
_PASSED = frozenset(("link", "post", "inside", "punctuation", "holds", "part", "private", "may"))
_SAYS = frozenset(("kind", "part", "private", "holds", "may", "noted"))
_NOTHING = frozenset[str]()
MOST = 7
"""Characters of a British mark: a run that grows longer is none."""
_SPELLING = load("plate_words").entries["spelt"]
_SPELT = dict(zip(_SPELLING.synonyms, _SPELLING.data["characters"], strict=True))
"""Words that spell one character."""
_SAID = PatternTable("plates")
_WRITTEN, _SMALL, _NO_CHARACTERS = (_SAID[name] for name in ("written", "small", "no_characters"))
_TIMES, _COUNTS = _SAID.rows["times"], _SAID.rows["counts"]
_DOUBLED = frozenset(("double", "treble", "triple"))
_NO_PLATE = context_words("not_plate")
_MORE = frozenset(("more", "other", "further", "unknown"))
_ARTICLES, _MAY_BE = frozenset(("a", "an", "the")), frozenset(("might", "could", "may"))
_QUOTES = frozenset("\"'“”‘’")
_BETWEEN = frozenset("-–/·.,") | _QUOTES
_NO_PIECE = frozenset(("plate", "start", "end", "kind", "unread"))
_OF_PLATES = frozenset(("plate", "start", "end", "inside", "kind", "rest", "link", "post", "vehicle"))
_LONGEST_JOINT = 6  # [G] tokens between two pieces of a plate


@dataclass(slots=True)
class Around:
    """What the words on one side of a run of characters say.

    `edge` is the token at which the words that tell of them begin or end; `place` is "start", "end", "inside" or "".
    `says` holds what they name or say: a "plate", or a "number" that may be one; the "kind" of its characters; that
    the rest is "unread"; that only a "part" is told, or that what "holds" it is; that the mark is a "private" one;
    that somebody "noted" it; that it "may" be so; "reached" where nothing else stands between them and the run
    before; "strange" where words stand there that say nothing of plates.
    """

    edge: int
    place: str = ""
    says: set[str] = field(default_factory=set)


@cache
def _all_roles() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for role, entry in load("plate_words").entries.items():
        for word in entry.synonyms:
            found.setdefault(word, set()).add(role)
    return {word: frozenset(roles) for word, roles in found.items()}


def roles(word: str) -> frozenset[str]:
    """What a word can be, as `plate_words.toml` says."""
    return _all_roles().get(word, _NOTHING)


def low(words: Words, at: int) -> str:
    """The token `at` in lower case, "" beyond the ends."""
    return words[at].low if 0 <= at < len(words) else ""


def main_role(told: frozenset[str]) -> str:
    """The first of these that a word is: "start", "end", "plate", "kind"; "" for none."""
    return next((role for role in ("start", "end", "plate", "kind") if role in told), "")


def before(words: Words, at: int, stop: int) -> Around:
    """What the words right before the token `at` say, back to the token `stop` at most."""
    around, here, strange = Around(at), at - 1, 0
    while here >= stop and at - here <= _WALK and (words[here].text == "?" or not ends_sentence(words, here)):
        word, can = words[here], roles(words[here].low)
        role = main_role(can)
        if role in ("start", "end"):
            around.place = around.place or role
        elif role == "plate" or "number" in can:
            around.says |= {"number"} | ({"plate"} & {role})
        elif role == "" and not can & _PASSED:
            strange += 1
            if strange > _STRANGE or "plate" in around.says or not word.low[0].isalpha() or word.text.isupper():
                break
        around.says |= can & _SAYS
        around.edge = here if role or "number" in can else around.edge
        here -= 1
    around.says |= {name for name, so in (("reached", 0 < stop > here), ("strange", strange > 0)) if so}
    if not around.place and "holds" in around.says and (around.edge < at or "reached" in around.says):
        around.place = "inside"
    return around


def behind(words: Words, at: int) -> Around:
    """What the words right behind the index `at` say: "... at the start of the plate", "... and then I lost it"."""
    around, here = Around(at), at
    while here < len(words) and here - at < _WALK and not ends_sentence(words, here):
        word, can = words[here].low, roles(words[here].low)
        role, led = main_role(can), {one.low for one in words[at:here]}
        if word in ("and", "but", ",") and (around.place or "plate" in around.says):
            break
        if role in ("start", "end") and not around.place:
            if "rest" in can and "kind" not in led and led & {"and", "but"}:
                around.says.add("unread")
                break
            leads = any("post" in roles(one) for one in led) or word in ("prefix", "suffix")
            if here - at > _FAR or "noun" not in can or not leads:
                break
            around.place, around.edge = role, here + 1
        elif role == "plate" or ("number" in can and here > at):
            plate = role == "plate" or "plate" in roles(low(words, here + 1))
            around.says |= {"number", "plate"} if plate else {"number"}
            around.place = around.place or ("inside" if word == "number" and led & {"in", "on"} else "")
            around.edge = here + 1
            break
        elif role == "kind" or "unread" in can or ("rest" in can and (here == at or word not in ("seen", "only"))):
            around.says.add("kind" if role == "kind" else "unread")
            around.edge = here + 1
        elif not around.place and here - at < _FAR and word in ("middle", "part"):
            around.place, around.edge = "inside", here + 1
        elif "legible" in can:
            around.says.add("noted")
        elif not can & _PASSED:
            break
        here += 1
    return around


class Run(NamedTuple):
    """Characters at the tokens [first, last), as a pattern."""

    plate: str
    first: int
    last: int


def starts(word: Token, cued: bool) -> bool:
    """Whether the characters of a plate may begin with such a word; `cued`: a word that tells of one is near."""
    text, least = word.text, word.low
    if text[0] in "?*_":
        return True
    spelt = cued and (least in _SPELT or least in _TIMES or "tens" in roles(least))
    if text.islower() and text.isalpha():
        short = len(text) <= 3 and least not in _NO_PLATE
        return spelt or (cued and (short or "unread" in roles(least)))
    if text.isdigit():
        return cued or len(text) <= 2
    if not text[0].isalnum():
        return text[:2] == ".." or text == "…"
    figures = text[0].isdigit() or text[-1].isdigit() or (len(text) == 7 and text[2].isdigit())
    return figures or (text.isupper() and len(text) < 10) or spelt


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
    plate = _SAID["stars"].sub("*", "".join(pieces))
    if not any(char.isalnum() for char in plate):
        return None
    if len(plate.replace("*", "")) > MOST:
        plate = _SAID["no_count"].sub("*", plate)  # "FN5 something something KLO": no count of what is missing
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
    if "tens" in roles(word.low):
        return _tens(words, at)
    if word.low in _SPELT and following not in _MORE and "kind" not in roles(following):
        return _SPELT[word.low], at + 1
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
        said = said if said in _SPELT or len(said) == 1 else said.removesuffix("e")
    elif said == "u" and times == 2:
        return "W", last + 1
    one = _SPELT.get(said, said.upper() if len(said) == 1 and said.isalnum() else "")
    return (one * times, last + 1) if one else None


def _tens(words: Words, at: int) -> tuple[str, int]:
    unit = at + 1 + (low(words, at + 1) == "-")
    figure = _SPELT.get(low(words, unit), "") if words[at].low.endswith("ty") else ""
    two = figure.isdigit()
    return str(number(words[at].low) + (int(figure) if two else 0)), (unit if two else at) + 1


def _written(words: Words, at: int, small: bool, known: str) -> tuple[str, int] | None:
    word, last = words[at], glued(words, at)
    said = "".join(one.text for one in words[at:last])
    then = words[last] if last < len(words) else word
    lone = said == "I" and then.text[0].islower() and "goes_on" not in roles(then.low)
    measured = said.isdigit() and "measure" in roles(low(words, last + (low(words, last) in ("-", "–", ","))))
    signs = any(char.isalnum() or char in "?*_" for char in said)
    shouted = said.isupper() and len(said) > 2
    if lone or measured or not signs or (_NO_PIECE if shouted else {"plate"}) & roles(said.lower()):
        return None
    if _WRITTEN.fullmatch(said):
        return re.sub(r"[_#]", "?", said), last
    known = known.replace("*", "")
    word_by_word = said.islower() and said.isalpha()
    if word_by_word and (_OF_PLATES & roles(said) or (known and not known[-1].isdigit() and len(said) > 1)):
        return None
    if not small or not _SMALL.fullmatch(said) or _NO_CHARACTERS.fullmatch(said) or said.lower() in _NO_PLATE:
        return None
    behind_capitals = known and not known[-1].isdigit() and not words[at - 1].text.islower()
    return None if behind_capitals or word.text[0] in "'’" else (said.upper(), last)


def _joint(words: Words, at: int) -> tuple[int, bool]:
    """Index of the next piece behind `at`, and whether others may stand between ("and a final T")."""
    here, apart = at, False
    while here < len(words) and here - at < _LONGEST_JOINT and not ends_sentence(words, here):
        word = words[here]
        if not ("joins" in roles(word.low) or word.text in _BETWEEN) or (len(word.text) == 1 and word.text.isupper()):
            break
        listed = word.low == "the" and "kind" in roles(low(words, here + 1))
        article = word.low in _ARTICLES and not listed and any(one.low == "and" for one in words[at:here])
        apart = apart or article or word.low in ("final", "last", "closing")
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
