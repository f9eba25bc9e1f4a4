"""The words of dates and clock times: a text as a line of kinds of words, over which both grammars are written.

Each word, figure or phrase that `time_words.toml`, `calendar_words.toml` or `day_parts.toml` knows becomes one
character of the line, its kind; whatever else stands there is `other_word`. So a rule of `time_rules.toml` says what
it reads as a phrase does: `the? <d=fig> th? of? month`.
"""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass
from functools import cache, lru_cache
from itertools import pairwise
from typing import NamedTuple

from linkage.intake.document.tokens import fine_tokens
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.surface import plain
from linkage.vocabulary.loader import load
from linkage.vocabulary.tables import table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDAR, PARTS, WORDS = load("calendar_words"), load("day_parts"), load("time_words")
RULES = table("time_rules")

_FIGURES = ("d1", "d2", "d3", "d4", "yyyy", "d5")
_DAYS = ("month", "may", "season", "fixed", "feast", "stretch", "relday", "part", "other_word")
_KINDS = {name: chr(0xE000 + number) for number, name in enumerate((*_FIGURES, *WORDS.entries, *_DAYS))}
"""Kind of word -> its character in a line."""
OTHER = _KINDS["other_word"]
_SOURCE = compiled(r"\\.|\(\?P=\w+\)|<(?P<group>\w+)=|>|\((?!\?)|(?P<name>[a-z]\w*)|\s+")


class Word(NamedTuple):
    """One word, figure or phrase at text[start:end]. `value`: a number, "am" or "pm", or a vocabulary key."""

    kind: str
    value: int | str
    start: int
    end: int


@dataclass(frozen=True, slots=True, eq=False)
class Line:
    """A text as `kinds`, one character for a word and " " for white space."""

    text: str
    words: list[Word]
    kinds: str
    at: list[int]
    """The place in `kinds` of each word."""

    def span(self, first: int, last: int) -> tuple[int, int]:
        """The characters of the text that kinds[first:last] stands for; a space at its end is none of its words."""
        last = first + len(self.kinds[first:last].rstrip(" "))
        return self.word_at(first).start, self.word_at(last - 1).end

    def index(self, place: int) -> int:
        """Which word stands at a place in `kinds`, or behind the white space there."""
        return bisect_left(self.at, place)

    def word_at(self, place: int) -> Word:
        """That word."""
        return self.words[bisect_left(self.at, place)]

    def word(self, found: re.Match[str], group: str) -> Word | None:
        """The word a group of a rule begins with; None where the group is not there."""
        at = found.start(group) if group in found.re.groupindex else -1
        return None if at < 0 else self.word_at(at)

    def value(self, found: re.Match[str], group: str) -> int | str | None:
        """The value of that word."""
        word = self.word(found, group)
        return word.value if word else None

    def behind_stop(self, place: int, stops: str) -> bool:
        """Whether figures at a place of `kinds` stand right behind other figures and one of some signs."""
        two = self.kinds[max(0, place - 2) : place]
        return self.kinds[place] in _ANY and len(two) == 2 and two[1] in stops and two[0] in _ANY

    def place(self, start: int) -> int:
        """The place in `kinds` of the first word that begins at a character of the text or after it."""
        index = bisect_left(self.words, start, key=lambda word: word.start)
        return self.at[index] if index < len(self.at) else len(self.kinds)


def rule(source: str) -> re.Pattern[str]:
    """A pattern over `Line.kinds`: names are kinds, a space is white space that may be there, `<d=fig>` a group."""
    return compiled(_translated(source))


def rules(section: str) -> dict[str, list[tuple[str, re.Pattern[str]]]]:
    """The character of each kind that a rule of `time_rules.toml` may begin with -> the rules to try there, by what
    they read."""
    found: dict[str, list[tuple[str, re.Pattern[str]]]] = {}
    for row in RULES[section]:
        pattern = rule(row["rule"])
        for kind in kinds(row["opens"]):
            found.setdefault(kind, []).append((row["kind"], pattern))
    return found


@cache
def around(name: str) -> re.Pattern[str]:
    """What stands around a time or date, by its name in `time_rules.toml`."""
    return rule(RULES["around"][name]["rule"])


def before(line: Line, name: str, place: int, most: int) -> bool:
    """Whether words of `time_rules.toml` stand right before a place of the line."""
    return around(name).search(line.kinds, max(0, place - most), place) is not None


def _translated(source: str) -> str:
    def one(found: re.Match[str]) -> str:
        if found["group"]:
            return f"(?P<{found['group']}>"
        if found["name"]:
            macro = RULES["macros"].get(found["name"])
            return _translated(macro) if macro else _KINDS[found["name"]]
        fixed = {">": ")", "(": "(?:"}
        return fixed.get(found[0], " ?" if found[0].isspace() else found[0])

    return _SOURCE.sub(one, source)


def kinds(names: str) -> frozenset[str]:
    """The characters of some kinds, as they stand in a line."""
    return frozenset(_translated(names.replace(" ", "|")).replace("(?:", "").replace(")", "").split("|"))


_ANY, _ENDS = kinds("any_fig"), kinds("any_fig month may weekday shortday")
_KIND_OF = {
    "of_things": "feast",
    "month": "month",
    "months": "season",
    "day": "fixed",
    "easter": "fixed",
    "back": "relday",
    "hours": "part",
}
"""What an entry of the calendar or of the parts of the day says -> the kind of its words; of any other "stretch"."""
_PARTED, _BLANK, _BETWEEN = r"(?:[^\S\n]*-[^\S\n]*|[^\S\n]+)", r"[^\S\n]*", compiled(r"[\s-]+")
_new = tuple.__new__


def _phrases() -> dict[str, tuple[str, int | str]]:
    """Each phrase of the three vocabularies -> its kind and value."""
    found: dict[str, tuple[str, int | str]] = {}
    for name, entry in WORDS.entries.items():
        for form, value in zip(entry.synonyms, entry.data.get("values", entry.synonyms), strict=True):
            found.setdefault(form, (_KINDS[name], f"{form[0]}m" if name == "ampm" else value))
    for entry in (*PARTS.entries.values(), *CALENDAR.entries.values()):
        kind = next((kind for key, kind in _KIND_OF.items() if key in entry.data), "stretch")
        known = (_KINDS["may" if entry.key == "may" else kind], entry.data.get("month", entry.key))
        found |= dict.fromkeys((entry.label, *entry.synonyms), known)
    return {form.replace("'", ""): known for form, known in found.items()} | found


def _pieces(phrase: str) -> tuple[str, ...]:
    """A phrase as pieces of a pattern: its characters, and what may part its words, such as a hyphen."""
    words = [word.text for word in fine_tokens(phrase.replace("-", " "))]
    pieces = [*map(re.escape, words[0])]
    for before, word in pairwise(words):
        gap = _PARTED if before[-1].isalpha() and word[0].isalpha() else "" if before[-1].isdigit() else _BLANK
        pieces += [gap, *map(re.escape, word)]
    return tuple(pieces)


def _any_of(forms: set[tuple[str, ...]]) -> str:
    """A pattern for the longest of some forms, by how they begin."""
    heads: dict[str, set[tuple[str, ...]]] = {}
    for form in filter(None, forms):
        heads.setdefault(form[0], set()).add(form[1:])
    rest = "|".join(head + _any_of(behind) for head, behind in sorted(heads.items()))
    return f"(?:{rest}){'?' if () in forms else ''}" if rest else ""


_KNOWN = {_BETWEEN.sub("", phrase): known for phrase, known in _phrases().items()}
_WORD = compiled(
    rf"(?P<known>{_any_of(set(map(_pieces, _phrases())))})"
    r"(?:(?<=[a-z])(?:'s)?(?!'?[^\W\d_])|(?<=[0-9])(?![0-9])|(?<!\w))"
    r"|(?P<word>[^\W\d_]+(?:'(?=[a-z])[^\W\d_]+)?)|\d+|''|\n|\S"
)
"""A phrase, or figures, a word, the end of a line, a sign."""
_PRIVATE = compiled("[\ue000-\uf8ff]")
"""Characters without a meaning of their own, which icon fonts use: in a line they stand for kinds of words."""


@lru_cache(maxsize=8)
def line_of(text: str) -> Line:
    """The line of a text, whatever its case; a few are remembered, for both grammars ask for the same. Words of no
    known kind that follow each other are one, which ends with the first."""
    low = _PRIVATE.sub("\N{REPLACEMENT CHARACTER}", plain(text))
    words: list[Word] = []
    there: list[str] = []
    at: list[int] = []
    before, end, length = " ", 0, 0
    for found in _WORD.finditer(low):
        start, stop = found.span()
        apart = start > end
        if found.lastgroup == "word":
            if apart and before == OTHER:
                end = stop  # goes with the word before
                continue
            known: tuple[str, int | str] | None = (OTHER, found[0])
        elif said := found["known"]:
            known = _KNOWN.get(said) or _KNOWN[_BETWEEN.sub("", said)]
        else:
            known = _sign(found[0], before, not apart, low[stop : stop + 1])
        if known is None:
            continue
        end = stop
        if apart and known[0] == OTHER == before:
            continue
        before = known[0]
        there.append(f" {before}" if apart else before)
        at.append(length + apart)
        words.append(_new(Word, (*known, start, stop)))
        length += apart + 1
    return Line(low, words, "".join(there), at)


def _sign(said: str, before: str, glued: bool, behind: str) -> tuple[str, int | str] | None:
    """Kind and value of figures or of a sign; None for a hyphen within "twenty-to-ten"."""
    if said[0].isdecimal():
        return OTHER if glued and (before == OTHER or before in "£$€#+") else _figures(said), int(said[:9])
    if said == "-" and glued and before not in _ENDS and not before.isascii() and behind.isalpha():
        return None
    return said[0], said


def _figures(said: str) -> str:
    if len(said) == 4:
        return _KINDS["yyyy" if said[:2] in ("19", "20") else "d4"]
    return _KINDS[f"d{min(len(said), 5)}"]


_REACH = 60
"""Characters between the words of reporting and the time that belongs to it [G]."""
_REPORTING = load("reporting_words").entries.items()
_SAID = PatternTable(
    "times", **{key: f"(?:{'|'.join(entry.synonyms)})".replace(" ", r"\s+") for key, entry in _REPORTING}
)


def of_the_report(low: str, previous: int, start: int, end: int) -> str | None:
    """What the time at `low[start:end]` is, if it is not the incident's: "call" (somebody called for help, often at
    once), "note" (a project wrote it down, as a rule soon after) or "report" (of the report, the appeal, an arrest
    ...); else None. `low` is lower-case text; `previous` is the end of the time found before, which words of
    reporting do not reach across."""
    if of_the_incident(low, start):
        return None
    if (start < 2 * _REACH and _SAID["note_opens"].match(low, 0, start)) or _SAID["note_behind_time"].match(low, end):
        return "note"
    before = low[max(previous, start - _REACH - 60) : start]
    if _SAID["call_behind"].match(low, end) or _SAID["call_before"].search(before):
        return "call"
    return "report" if _SAID["report_before"].search(before) else None


def of_the_incident(low: str, start: int) -> bool:
    """Whether the words before `start` say that the incident happened then: "it happened the previous ..."."""
    return _SAID["incident"].search(low[max(0, start - _REACH) : start]) is not None
