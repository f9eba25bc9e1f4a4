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
from typing import NamedTuple

from linkage.intake.document.tokens import Token, fine_tokens
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import plain
from linkage.vocabulary.loader import load
from linkage.vocabulary.tables import table

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
CALENDAR, PARTS, WORDS = load("calendar_words"), load("day_parts"), load("time_words")
RULES = table("time_rules")

_FIGURES = ("d1", "d2", "d3", "d4", "yyyy", "d5")
_KINDS = {
    name: chr(0xE000 + number)
    for number, name in enumerate(
        (*_FIGURES, *WORDS.entries, "month", "may", "season", "fixed", "stretch", "relday", "part", "other_word")
    )
}
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
        """The characters of the text that kinds[first:last] stands for."""
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
_Phrase = tuple[tuple[str, ...], str, int | str]
_new = tuple.__new__


@cache
def _phrases() -> tuple[dict[str, tuple[str, int | str]], dict[str, list[_Phrase]]]:
    """Kind and value of the words that are known alone; and first word -> the phrases that begin with it, the longest
    first, where there are longer ones: their words, kind and value."""
    found: dict[str, list[_Phrase]] = {}

    def add(phrase: str, kind: str, value: int | str) -> None:
        for form in {phrase, phrase.replace("'", "")}:
            words = tuple(one.low.removesuffix("'s") for one in fine_tokens(form.replace("-", " ")))
            value = f"{words[0][0]}m" if kind == "ampm" else value
            for first in (words[0], f"{words[0]}'s"):
                found.setdefault(first, []).append((words, _KINDS[kind], value))

    for name, entry in WORDS.entries.items():
        for number, form in enumerate(entry.synonyms):
            add(form, name, entry.data.get("values", entry.synonyms)[number])
    for entry in PARTS.entries.values():
        for form in (entry.label, *entry.synonyms):
            add(form, "part", entry.key)
    for entry in CALENDAR.entries.values():
        for form in (entry.label, *entry.synonyms):
            add(form, _kind_of(entry.data, entry.key), entry.data.get("month", entry.key))
    alone = {first: each[0][1:] for first, each in found.items() if all(len(one[0]) == 1 for one in each)}
    phrases = {
        first: sorted(each, key=lambda one: -len(one[0])) for first, each in found.items() if first not in alone
    }
    return alone, phrases


def _kind_of(data: dict[str, object], key: str) -> str:
    if "month" in data:
        return "may" if key == "may" else "month"
    kinds_of = {"months": "season", "day": "fixed", "back": "relday"}
    return next((kind for name, kind in kinds_of.items() if name in data), "stretch")


@lru_cache(maxsize=8)
def line_of(text: str) -> Line:
    """The line of a text, whatever its case; a few are remembered, for both grammars ask for the same. Words of no
    known kind that follow each other are one, which ends with the first."""
    low = plain(text)
    tokens = fine_tokens(low)
    words: list[Word] = []
    there: list[str] = []
    at: list[int] = []
    alone, phrases = _phrases()
    behind, before, end, length = 0, " ", 0, 0
    for number, (_, said, start, ends) in enumerate(tokens):
        if number < behind:
            continue
        known, stop = alone.get(said), ends
        if known is None and said in phrases:
            if found := _phrase(tokens, number, phrases[said]):
                behind, known = found[0], found[1:]
                stop = tokens[behind - 1].end
        elif known is None and before == OTHER and start > end and said[0].isalpha():
            end = stop  # goes with the word before
            continue
        if known is None:
            known = _unknown(said, before, start == end, stop, tokens[number + 1 : number + 2])
            if known is None or (known[0] == OTHER == before and start > end):
                end = stop if known else end
                continue
        before, apart = known[0], start > end
        there.append(f" {before}" if apart else before)
        at.append(length + apart)
        words.append(_new(Word, (*known, start, stop)))
        length, end = length + apart + 1, stop
    return Line(low, words, "".join(there), at)


def _unknown(
    said: str, before: str, glued: bool, stop: int, behind: tuple[Token, ...]
) -> tuple[str, int | str] | None:
    """Kind and value of a sign, of figures or of any other word; None for a hyphen within "twenty-to-ten"."""
    if said[0].isalpha():
        return OTHER, said
    if said[0].isdecimal():
        return OTHER if glued and (before == OTHER or before in "£$€#+") else _figures(said), int(said[:9])
    if said == "-" and glued and before not in _ENDS and not before.isascii():
        within = bool(behind) and behind[0].start == stop and behind[0].low[0].isalpha()
        return None if within else (said, said)
    return said[0], said


def _phrase(tokens: tuple[Token, ...], at: int, known: list[_Phrase]) -> tuple[int, str, int | str] | None:
    """The longest known phrase at a token, its words with hyphens or none: the index behind it, kind, value."""
    for phrase, kind, value in known:
        behind = at + 1
        for wanted in phrase[1:]:
            behind += behind < len(tokens) and tokens[behind].low == "-" and wanted != "-"
            if behind >= len(tokens) or tokens[behind].low.removesuffix("'s") != wanted:
                break
            if phrase[0].isdigit() and tokens[behind].start > tokens[behind - 1].end:
                break  # "2nite" is a word, "2 nite" none
            behind += 1
        else:
            return behind, kind, value
    return None


def _figures(said: str) -> str:
    if len(said) == 4:
        return _KINDS["yyyy" if said[:2] in ("19", "20") else "d4"]
    return _KINDS[f"d{min(len(said), 5)}"]


_REACH = 60  # [G] characters between the words of reporting and the time that belongs to it


def _any(*keys: str) -> str:
    """One pattern for the words of some entries of `reporting_words.toml`; any white space parts them."""
    words = [word for key in keys for word in load("reporting_words").entries[key].synonyms]
    return f"(?:{'|'.join(words)})".replace(" ", r"\s+")


_GAP = rf"(?:(?!\b{_any('new_clause')}\b|[!?;\n]|\.(?![0-9])(?!\s[0-9]{{2}})).)"
_CALL = rf"\b(?:{_any('tells')}\s+{_any('bodies')}|{_any('tells_us')}|{_any('called')})\b"
_CALL_AFTER = compiled(rf"[\s,]+(?:(?:she|he|they|i|we|(?:the|a|her|my)\s+\w+)\s+(?:then\s+|later\s+)?)?{_CALL}")
_BEFORE = {
    "call": compiled(rf"{_CALL}{_GAP}{{0,{_REACH}}}$"),
    "report": compiled(
        rf"(?:\b|^){_any('reports', 'published', 'police_work', 'birth', 'opening', 'other_incident')}(?!\w)"
        rf"{_GAP}{{0,{_REACH}}}$"
    ),
}
_NOTE_OPENS = compiled(rf"\W*{_any('note_opening')}(?!\w){_GAP}{{0,{_REACH + 20}}}$")
_NOTE_AFTER = compiled(rf"(?:[\s,:(-]+{_any('day_or_hour')})*[\s,:(-]*(?:an?\s+)?{_any('note_behind')}\b")
_INCIDENT_BEFORE = compiled(
    rf"(?<!similar )(?<!previous )(?<!earlier )(?<!another )(?<!reported )\b{_any('incident_before')}\s*[:=-]?\s*"
    r"(?:(?:on|in|at|the|last|previous|preceding|following|about|around|sometime)\s+)*$"
)


def of_the_report(low: str, previous: int, start: int, end: int) -> str | None:
    """What the time at `low[start:end]` is, if it is not the incident's: "call" (somebody called for help, often at
    once), "note" (a project wrote it down, as a rule soon after) or "report" (of the report, the appeal, an arrest
    ...); else None. `low` is lower-case text; `previous` is the end of the time found before, which words of
    reporting do not reach across."""
    if of_the_incident(low, start):
        return None
    if (start < 2 * _REACH and _NOTE_OPENS.match(low, 0, start)) or _NOTE_AFTER.match(low, end):
        return "note"
    before = low[max(previous, start - _REACH - 60) : start]
    if _CALL_AFTER.match(low, end):
        return "call"
    return next((what for what, words in _BEFORE.items() if words.search(before)), None)


def of_the_incident(low: str, start: int) -> bool:
    """Whether the words before `start` say that the incident happened then: "it happened the previous ..."."""
    return _INCIDENT_BEFORE.search(low[max(0, start - _REACH) : start]) is not None
