"""What the words before and behind some characters say of them: a plate, its start or end, a number of another kind.

What a word can be is in `plate_words.toml`; a word may be several of these.
"""

from __future__ import annotations

from dataclasses import dataclass
from functools import cache

from linkage.intake.document.tokens import Token, ends_sentence
from linkage.vocabulary import load

Words = tuple[Token, ...]
_WALK = 14  # [G] words between a word for a plate and its characters
_STRANGE = 2  # [G] of them that say nothing of plates
_FAR = 6  # [G] words between characters and "at the start" behind them
_PASSED = frozenset(("link", "post", "inside", "punctuation", "holds", "part", "private", "may"))
_NOTED = ("part", "private", "holds", "may", "noted")
_NOTHING = frozenset[str]()


@dataclass(slots=True)
class Around:
    """What the words on one side of a run of characters say.

    `edge` is the token at which the words that tell of them begin or end; `place` is "start", "end", "inside" or "".
    They name a `plate`, or a `number` that may be one; the `kind` of its characters; that the rest is `unread`; that
    only a `part` is told; that the mark is a `private` one; that somebody `noted` or read it; that it `may` be so.
    `reached`: nothing else stands between them and the run before. `strange` counts words that say nothing of plates.
    """

    edge: int
    place: str = ""
    plate: bool = False
    number: bool = False
    kind: bool = False
    unread: bool = False
    part: bool = False
    private: bool = False
    noted: bool = False
    may: bool = False
    holds: bool = False
    reached: bool = False
    strange: int = 0


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
    told, here = Around(at), at - 1
    while here >= stop and at - here <= _WALK and (words[here].text == "?" or not ends_sentence(words, here)):
        word, can = words[here], roles(words[here].low)
        role = main_role(can)
        if role in ("start", "end"):
            told.place = told.place if told.place in ("start", "end") else role
        elif role == "plate" or "number" in can:
            told.plate, told.number = told.plate or role == "plate", True
        elif role == "" and not can & _PASSED:
            told.strange += 1
            if told.strange > _STRANGE or told.plate or not word.low[0].isalpha() or word.text.isupper():
                break
        told.kind = told.kind or "kind" in can
        for name in _NOTED:
            setattr(told, name, getattr(told, name) or name in can)
        told.edge = here if role or "number" in can else told.edge
        here -= 1
    told.reached = 0 < stop > here
    if not told.place and told.holds and (told.edge < at or told.reached):
        told.place = "inside"
    return told


def behind(words: Words, at: int) -> Around:
    """What the words right behind the index `at` say: "... at the start of the plate", "... and then I lost it"."""
    told, here = Around(at), at
    while here < len(words) and here - at < _WALK and not ends_sentence(words, here):
        word, can = words[here].low, roles(words[here].low)
        role, led = main_role(can), {one.low for one in words[at:here]}
        if word in ("and", "but", ",") and (told.place or told.plate):
            break
        if role in ("start", "end") and not told.place:
            if "rest" in can and "kind" not in led and led & {"and", "but"}:
                told.unread = True
                break
            leads = any("post" in roles(one) for one in led) or word in ("prefix", "suffix")
            if here - at > _FAR or "noun" not in can or not leads:
                break
            told.place, told.edge = role, here + 1
        elif role == "plate" or ("number" in can and here > at):
            told.plate = role == "plate" or "plate" in roles(low(words, here + 1))
            told.number, told.edge = True, here + 1
            told.place = told.place or ("inside" if word == "number" and led & {"in", "on"} else "")
            break
        elif role == "kind":
            told.kind, told.edge = True, here + 1
        elif "unread" in can or ("rest" in can and (here == at or word not in ("seen", "only"))):
            told.unread, told.edge = True, here + 1
        elif not told.place and here - at < _FAR and word in ("middle", "part"):
            told.place, told.edge = "inside", here + 1
        elif "legible" in can:
            told.noted = True
        elif not can & _PASSED:
            break
        here += 1
    return told
