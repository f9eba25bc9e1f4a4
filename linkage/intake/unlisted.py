"""People whom no list of nouns holds: "a locksmith, 43", "the householder let her in", "Mira is small", "A is 22".

A noun is a person's by what stands behind it ("who", an age, a verb that people do), or, where it is the subject of
its clause or stands after "by", by its ending ("joiner", "florist").
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from functools import cache
from typing import Any, NamedTuple

from linkage.intake.alternation import Anywhere
from linkage.intake.given_names import is_given_name, sex_of_name, stands_for_person
from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table

_MOST_WORDS = 4
"""Words of a phrase after its article, the noun with them [G]."""

_BEFORE_NAME = 60
"""Characters before a name in which it may be told that the reported person bears it [G]."""

_PHRASE = compiled(
    r"\b(?:the|an?|another|one|two|three|four|several|some|his|her|their|my|our|your"
    r"|(?!(?:he|she|it|that|there|who|what|here|let|where|one|how)')[a-z]+'s)(?=\s+[a-z])"
)
_RUN = compiled(r"\s+([a-z][a-z'-]*)")
_YEARS = (
    r"(?:\d\d(?:s|ish)?\b(?![:./%']|\s*(?:ft|feet|foot|pm|am|cm|st\b|stone|metres?|miles?|m\b|yards|min|hrs|pounds|quid))"
    r"|(?:twen|thir|for|fif|six|seven)(?:ty|ties)\b)"
)
_PEOPLE = r"(?:man|men|woman|women|lady|ladies|lads?|girls?|boys?|guys?|blokes?|fella|male|female|person)\b"


_NOT_BEFORE_NAME = compiled(
    r"\b(?:suspect|offender|attacker|male|man|worker|woman|client|victim|off|person|group|area|unit|option|class|the|an?|his|her|my|in|at|from|near|or|to|of|on"
    r"|like|around|old|new|grey|silver|black|white|blue|red)\s$",
    re.IGNORECASE,
)


_OPENS = compiled(
    r"(?:^|[.!?,;:\n(&–-]|\b(?:and|n|but|then|when|while|whilst|as|that|because|cos|where|before|after|until|so|if|which))\s*$"
)
_BESIDE = compiled(
    r"\b(?:in|on|at|from|with|of|to|near|outside|inside|into|onto|wearing|behind|through|for|under|over|against|past)\s$"
)
"""What stands before a thing or a place: there an ending has to show the person."""


_SMALL_NAME = compiled(
    r"(?:^|[.!?,\n]|\band\b|\bn\b)\s*(?P<name>[a-z]{2,10})(?:'?s|\s+(?:is|was))\s+(?:"
    r"(?P<person>(?:only\s+|about\s+|around\s+)?(?:1[6-9]|[2-7]\d)"
    r"(?=\s*(?:[.,;!\n]|$|n\b|and\b|yrs?\b|years? old))"
    r"|\d\s?(?:foot|ft|')"
    rf"|(?:the|an?|our|my)\s+(?:[\w-]+\s+){{0,3}}(?:{_PEOPLE}|one\s+(?:with|who|w)\b|kid\b|lass\b))"
    r"|(?:the|an?|our|only|proper|just|really|well|dead|tiny|small|tall)\b)"
)


_LOOKS = compiled(
    r"(?:\s+(?:or|and)\s+[a-z]+|/[a-z]+)?\s+(?:accent|looking|appearance|descent|origin|features|complexion|voice|twang|burr)\b"
)
"""Behind the name of a people it says how somebody looks or speaks: "a Norwegian or Danish accent"."""

_STRUCK = compiled(r"\b(?:attacked|robbed|raped|assaulted|mugged|stabbed|strangled|targeted|tricked|conned)\s$")
_SPEAKS = compiled(r"^[ \t]*[A-Z]\w{1,14}(?: \(?\d\d[:.]\d\d\)?)?:(?=\s)", re.MULTILINE)
"""Who writes a line of a chat."""

_ALIASES = compiled(r"(?<!\w)['\"‘“]([^'\"’”\n]{2,24})['\"’”](?!\w)")
"""Names that stand in quotation marks: those that a reported person goes by."""


class Unlisted(NamedTuple):
    """Where such a noun or name stands; `sure` where the words behind it show a person, not its ending alone.

    `sex` is what a first name tells.
    """

    start: int
    end: int
    name: bool
    sure: bool
    sex: str | None = None


@cache
def _table(name: str) -> dict[str, Any]:
    return table(name)


def _words() -> dict[str, Any]:
    return _table("unlisted_people")


@cache
def _set(name: str) -> frozenset[str]:
    return frozenset(_words()[name])


@cache
def _behind() -> re.Pattern[str]:
    """What shows, wherever it stands, that the noun before it is a person."""
    return compiled(
        r"\s*,?\s+who\b(?!\s+(?:he|she|i|they)\b)"
        rf"|\s*\(\s*(?:aged?\s+)?(?:about\s+|only\s+|just\s+)?{_YEARS}"
        rf"|\s+aged\s+(?:about\s+|around\s+|only\s+)?{_YEARS}"
        r"|\s*[,(]?\s*in\s+(?:his|her|their|my)\s+(?:\w+[ -]){0,2}?(?:\d\ds|teens|\w+ties)\b"
    )


@cache
def _behind_subject() -> re.Pattern[str]:
    """What shows it of a noun that opens its clause, though not of the purse in "took my purse, about 40, bald"."""
    acts = "|".join(_words()["acts"])
    return compiled(
        rf"\s*,\s*(?:[a-z-]+\s*,\s*){{0,2}}(?:aged?\s+)?(?:about\s+|only\s+|just\s+)?{_YEARS}|\s+of\s+(?:about\s+|around\s+|only\s+)?{_YEARS}"
        rf"|\s*[,(]\s*(?:an?|the|one|also)\s+(?:[\w-]+\s+){{0,4}}{_PEOPLE}"
        rf"|\s*[,(]\s*(?:(?!(?:not|like|than|then|and|as|the|but|with)\b)[\w-]+\s+){{0,2}}{_PEOPLE}"
        r"|,?\s+(?:he|she)(?:'s|\s+(?:is|was|has|had|wears|wore))\b"
        rf"|\s+(?:also\s+|then\s+|later\s+|only\s+|had\s+|has\s+)*(?:{acts})\b"
    )


@cache
def _ending() -> re.Pattern[str]:
    return compiled(rf"[a-z-]{{2,}}(?:{'|'.join(_words()['endings'])})")


@cache
def _by() -> Anywhere:
    return Anywhere(rf"\b(?:{'|'.join(_words()['agents'])})\b[^.,;]{{0,20}}\bby\s$")


def unlisted(text: str, low: str) -> Iterator[Unlisted]:
    """All of them in a text and its lower-case form, in no order; they may stand where a listed noun stands."""
    yield from _nouns(text, low)
    yield from _names(text)
    yield from _small_names(low)


def _small_names(low: str) -> Iterator[Unlisted]:
    """Names without a capital, of somebody spoken of before: "he grabbed shaz. shaz is the one with ..."."""
    aliases = " ".join(_ALIASES.findall(low))
    for one in _SMALL_NAME.finditer(low):
        words = {one["name"], f"{one['name']}s"}
        known = any(not words.isdisjoint(_set(kind)) for kind in ("unpersons", "never", "capitals", "things"))
        whole = low[one.end("name")] in "' "  # the "s" of "perhaps 28" is part of the word
        if (
            not known
            and one["name"] not in aliases
            and ((one["person"] and whole) or re.search(rf"\b{one['name']}\b", low[: one.start()]))
        ):
            yield Unlisted(one.start("name"), one.end("name"), True, True)


def _nouns(text: str, low: str) -> Iterator[Unlisted]:
    written_small = not text.isupper()
    for opener in _PHRASE.finditer(low):
        run = _run(low, opener.end())
        near = low[max(0, opener.start() - 4) : opener.start()]
        by = run and "by" in near and _by().search(low, max(0, opener.start() - 60), opener.start())
        beside = run and _BESIDE.search(low, max(0, opener.start() - 10), opener.start())
        struck = run and "ed" in near and _STRUCK.search(low, max(0, opener.start() - 12), opener.start())
        opens = by or struck or (run and _OPENS.search(low, max(0, opener.start() - 12), opener.start()))
        for at, one in enumerate(run):
            word = one[1]
            if word in _set("unpersons") or word.endswith("'s") or (word in _not_names() and not _person_word(word)):
                continue
            if not beside and (
                _behind().match(low, one.end()) or (opens and _behind_subject().match(low, one.end()))
            ):
                yield Unlisted(one.start(1), one.end(), False, True)
                break
            if _LOOKS.match(low, one.end()):
                break
            following = run[at + 1][1].removesuffix("'s") if at + 1 < len(run) else ""
            capitals = text[one.start(1)].isupper() and text[one.end() + 1 : one.end() + 2].isupper()
            proper = written_small and capitals  # "a Dundee United hat"
            if _person_word(word) and not (proper or _person_word(following) or following in _set("unpersons")):
                shown = by or _behind().match(low, one.end()) or _behind_subject().match(low, one.end())
                yield Unlisted(one.start(1), one.end(), False, bool(shown))
                break


def _run(low: str, start: int) -> list[re.Match[str]]:
    """The words of a phrase after its article, up to the first that cannot stand in one."""
    words: list[re.Match[str]] = []
    while len(words) < _MOST_WORDS:
        one = _RUN.match(low, start)
        if one is None or one[1] in _set("never"):
            break
        words.append(one)
        start = one.end()
    return words


def _person_word(word: str) -> bool:
    return (
        _ending().fullmatch(word) is not None
        and word.rpartition("-")[2] not in _set("things")
        and word.removesuffix("s") not in _set("things")
        and word not in _set("unpersons")
    )


@cache
def _bearer() -> re.Pattern[str]:
    """A name or an initial, and what stands behind it."""
    bears = "|".join(_words()["bears"])
    return compiled(
        r"(?<![\w'’“\"‘-])(?P<name>[A-Z][a-z]{1,14}|[A-HJ-Z]\.?)"
        rf"(?P<behind>(?=\s+(?:{bears})\b)|(?=,?\s+\(?\d\d\b(?![:./]|\s*(?:ft|pm|am|[A-Z])))"
        r"|(?=\s+\((?:\d\d|s?he|tall|short|our|the|an?|also|black|white|asian|mixed)\b)|(?=,\s+(?:he|she|who)\b))?"
    )


@cache
def _not_names() -> frozenset[str]:
    """Makes and models of vehicles, peoples, looks, days, months and other words that bear a capital."""
    labels = (str(entry["label"]) for name in ("makes", "models") for entry in _table(name).values())
    said = (
        str(word)
        for name in (
            "accents",
            "ethnicities",
            "builds",
            "complexions",
            "hair_styles",
            "hair_colours",
            "marks",
            "garments",
        )
        for entry in _table(name).values()
        for word in (entry["label"], *entry.get("synonyms", ()))
    )
    single = (word for word in said if " " not in word)
    return frozenset(word.lower() for words in (*labels, *single) for word in words.split()) | _set("capitals")


def is_label(word: str) -> bool:
    """Whether a word, in any case, is a make or model, a people, a look or another that bears a capital."""
    return word.lower() in _not_names()


@cache
def _given() -> re.Pattern[str]:
    title = r"(?:(?:mr|mrs|ms|dr|sir|father|uncle|big|little|young|old)\.?\s+)?"
    return compiled(rf"\b(?:{'|'.join(_words()['given'])})\s*[:,]?\s*[\"'“‘]?{title}$", re.IGNORECASE)


def _names(text: str) -> Iterator[Unlisted]:
    if text.isupper():
        return
    found = [
        one for one in _bearer().finditer(text) if len(one["name"]) < 3 or one["name"].lower() not in _not_names()
    ]
    chat = len(_SPEAKS.findall(text)) > 1
    listed = {
        one.start()
        for one in found
        if is_given_name(one["name"])
        and stands_for_person(text, *one.span("name"))
        and not (chat and text.startswith(":", one.end("name")))
    }
    if not listed and all(one["behind"] is None for one in found):
        return
    often = Counter(one["name"] for one in found if _within(text, one.start()))
    may_be = {one["name"] for one in found if one.start() in listed or one["behind"] is not None}
    theirs = {
        one["name"]
        for one in found
        if one["name"] in may_be and _given().search(text, max(0, one.start() - _BEFORE_NAME), one.start())
    }
    aliases = " ".join(_ALIASES.findall(text))
    for one in found:
        name, inside = one["name"], _within(text, one.start())
        known = one.start() in listed
        if not (known or one["behind"] is not None) or name in theirs or name in aliases.split():
            continue
        initial = len(name.rstrip(".")) == 1
        labelled = not known and _NOT_BEFORE_NAME.search(text, max(0, one.start() - 12), one.start())
        if not labelled and (known or initial or inside or often[name]):
            yield Unlisted(one.start(), one.end("name"), True, True, sex_of_name(name))


def _within(text: str, start: int) -> bool:
    """Whether a capital letter does not merely open a sentence."""
    before = text[max(0, start - 3) : start].rstrip(" ")
    return bool(before) and (before[-1].isalnum() or before[-1] in ",;&(")
