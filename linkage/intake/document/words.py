"""A text as word stems and clauses, and the few words that stand for people or carry no meaning of their own."""

from __future__ import annotations

import re
from bisect import bisect_left
from dataclasses import dataclass, field
from functools import cache, lru_cache
from typing import NamedTuple

from linkage.disk_cache import digest_of_files
from linkage.intake.document.document import Document, read_document
from linkage.intake.patterns import compiled
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

CODE = digest_of_files(
    "linkage.intake.document", "linkage.intake.phrases", "linkage.vocabulary", "linkage.vocabulary/data/english.toml"
)
"""What everything follows from, beside the vocabulary it is made of, that this folder works out beforehand."""
_CONTRACTED = compiled(r"^(.+?)(?:n['’`]t|['’`](ll|d|m|re|ve|s))$")
_SOFT = frozenset(",:()–—-")
_STOPS = frozenset(".!?…\n")
_MONEY = frozenset("£€$")
_SUBJECTS = frozenset(("he", "she", "it", "who", "that", "there"))
_NAMES = word_forms("homographs", "month") | word_forms("homographs", "weekday") | word_forms("homographs", "name")
"""Names that look like everyday words."""
_SAID_BACK = 3
"""Words before a name in which it is said to be one: "his name was mark", "goes by the name of rob" [G]."""
_ORDINALS = ("st", "nd", "rd", "th")
_EXPANDED = {"ll": stem("will"), "d": "would", "m": "be", "re": "be", "ve": stem("have")}


@dataclass(slots=True, eq=False)
class Words:
    """A text as parallel lists: each word's lower-case form, stem, span; "." ends a sentence, "," a part of one."""

    forms: list[str] = field(default_factory=list)
    stems: list[str] = field(default_factory=list)
    starts: list[int] = field(default_factory=list)
    ends: list[int] = field(default_factory=list)
    stops: list[int] = field(default_factory=list)
    """The places of those that end a sentence."""

    def sentence(self, at: int) -> tuple[int, int]:
        """The first word of the sentence that the word at `at` stands in, and the end of it."""
        following = bisect_left(self.stops, at)
        start = self.stops[following - 1] + 1 if following else 0
        return start, self.stops[following] if following < len(self.stops) else len(self.stems)

    def add(self, form: str, stemmed: str, start: int, end: int) -> None:
        """Append one word with its span; "could not" is kept as "do not", which says the same of what happened."""
        if stemmed == "not" and self.stems and self.stems[-1] in words("words", "modal"):
            self.stems[-1] = "do"
        if stemmed == ".":
            self.stops.append(len(self.stems))
        self.forms.append(form)
        self.stems.append(stemmed)
        self.starts.append(start)
        self.ends.append(end)


@lru_cache(maxsize=32)
def read(text: str) -> Words:
    """`text` as words, by the tokens and the sentences of its document, which a semicolon parts too.

    Contractions come apart: "he'll" is "he" and "will", "didn't" is "not"; "£40" is a word "£", as are other
    sums.

    Every grammar reads the same narrative, so the last few are kept: the result is shared and is not to be changed.
    """
    result, document = Words(), read_document(text)
    opening = iter([*document.first_words[1:], -1])
    opens = next(opening)
    for at, token in enumerate(document.tokens):
        while at == opens:
            _end_sentence(result, document, at)
            opens = next(opening)
        form, start, end = token.text.lower(), token.start, token.end
        if form.isalnum():
            result.add(form, "£" if text[start - 1 : start] in _MONEY else stem(form), start, end)
        elif form in _SOFT:
            if form != "-" or (text[start - 1 : start].isspace() and text[end : end + 1].isspace()):
                result.add(form, ",", start, end)
        elif form == ";":
            result.add(form, ".", start, end)
        elif form == "&":
            result.add(form, "and", start, end)
        elif form[0].isalnum():
            _add_contraction(result, form, start, end)
    if document.tokens and document.tokens[-1].text[0] in _STOPS:
        _end_sentence(result, document, len(document.tokens))
    _set_names_apart(result.forms, result.stems, text, result.starts)
    _had(result)
    return result


def _end_sentence(result: Words, document: Document, at: int) -> None:
    """Append what ends the sentence before the token `at`: its stop, else the end of its line."""
    last = document.tokens[at - 1]
    if last.text[0] in _STOPS:
        result.add(last.text, ".", last.start, last.end)
    else:
        result.add("\n", ".", last.end, last.end)


def _had(text_words: Words) -> None:
    """ "they'd driven off" is "they had", where a participle follows."""
    forms, stems = text_words.forms, text_words.stems
    known = word_forms("words", "either"), word_forms("words", "participle")
    for at in [at for at, form in enumerate(forms[:-1]) if form == "d" and stems[at] == "would"]:
        following = forms[at + 1]
        if following.endswith(("ed", "en")) or any(following in participles for participles in known):
            stems[at] = stem("have")


def _add_contraction(result: Words, form: str, start: int, end: int) -> None:
    parts = _CONTRACTED.match(form)
    if parts is None:
        plain = re.sub(r"['’`]", "", form)
        result.add(plain, stem(plain), start, end)
    elif parts[2] is None:
        if stem(parts[1]) == "be":
            result.add(parts[1], "be", start, end)
        result.add(form, "not", start, end)
    else:
        result.add(parts[1], stem(parts[1]), start, end)
        if parts[2] in _EXPANDED:
            result.add(parts[2], _EXPANDED[parts[2]], start, end)
        elif parts[2] == "s" and parts[1] in _SUBJECTS:
            result.add(parts[2], "be", start, end)


def _set_names_apart(forms: list[str], stems: list[str], text: str, starts: list[int]) -> None:
    """Write names that look like everyday words (the month May, Rob, Hammer Lane) with a capital in `forms` and
    `stems`, both changed in place, so that no phrase of everyday words takes them for its own."""
    roads = word_forms("homographs", "road")
    for at, form in enumerate(forms):
        if form in roads and at and text[starts[at]].isupper():
            _set_road_apart(at, forms, stems, text, starts)
        if form in _NAMES and _is_name(at, forms, stems, text[starts[at] : starts[at] + len(form)].istitle()):
            forms[at] = stems[at] = form.capitalize()


def _set_road_apart(at: int, forms: list[str], stems: list[str], text: str, starts: list[int]) -> None:
    """Write the name of a road with capitals: "Hammer Lane" holds no hammer, "Park Way" no way that is blocked."""
    named = at - 1
    written = text[starts[named] : starts[named] + 2]
    if not written[0].isupper() or written.isupper() or forms[named] in word_forms("homographs", "no_road"):
        return
    forms[named] = stems[named] = forms[named].capitalize()
    if forms[at] in word_forms("homographs", "road_and_deed"):
        forms[at] = stems[at] = forms[at].capitalize()


def _is_name(at: int, forms: list[str], stems: list[str], capital: bool) -> bool:
    """Whether a day, a month or somebody is called so: by a capital letter, or by what stands before it."""
    form, after = forms[at], forms[at + 1] if at + 1 < len(forms) else ""
    if at == 0 or stems[at - 1] == ".":
        return capital and _does(after)
    before = forms[at - 1]
    helping = form in ("may", "will") and stem(after) in word_forms("homographs", "behind_modal")
    if before in word_forms("homographs", "subject") and (form in ("may", "will") or not capital):
        return False
    if form in word_forms("homographs", "month") and not helping:
        day = before.isdigit() or (before[-2:] in _ORDINALS and before[:-2].isdigit())
        if day or before in word_forms("homographs", "before_month") - {"to"}:
            return True
    led = forms[max(0, at - _SAID_BACK) : at]
    said = before in word_forms("homographs", "before_name") and word_forms("homographs", "known") & {*led}
    return capital or bool((said or before in word_forms("homographs", "naming")) and not helping)


def _does(form: str) -> bool:
    """Whether a word tells what the one named before it did: "Rob punched me", not "Mark on his neck"."""
    past = (form.endswith("ed") and len(form) > 3) or form in word_forms("voice", "past")
    return past or form in word_forms("voice", "passive") or stem(form) in ("be", stem("have"), stem("say"))


@cache
def people(who: str) -> frozenset[str]:
    """Stems that may refer to the reported person ("him") or the person harmed ("her"), or either ("any")."""
    if who == "any":
        others = frozenset(map(stem, ("them", "you", "someone", "somebody"))) | words("people", "harmed")
        return people("him") | people("her") | others
    return words("people", who) | words("people", f"object_{who}")


def content(phrase: str) -> frozenset[str]:
    """The stems that carry the meaning of a short phrase, as a set: order, articles and pronouns do not count."""
    stems = [s for s in read(phrase.replace("_", " ").replace("-", " ")).stems if s not in (".", ",")]
    return frozenset(s for s in stems if s not in dropped()) or frozenset(stems)


@cache
def dropped() -> frozenset[str]:
    """Stems that do not count when a phrase is written or compared."""
    return words("words", "light") - words("words", "kept")


@cache
def light() -> frozenset[str]:
    """Stems that may stand anywhere between the words of a phrase."""
    return words("words", "light") | people("any")


@cache
def skipped() -> frozenset[str]:
    """Stems that fill no gap between the words of a phrase."""
    return light() | words("words", "skip")


_JOINING = frozenset(
    map(stem, ("and", "but", "then", "before", "after", "when", "while", "who", "because", "until", "which", "where"))
)
"""Stems at which a clause begins, as it does behind a comma."""
LEAST_CLAUSE = 4
"""Words before a joining word or a comma from which a new clause may begin, and that must follow it [G]."""


class Clause(NamedTuple):
    """Words [first, end) of a text; `sentence` counts from 0."""

    first: int
    end: int
    sentence: int


def clauses(words: Words) -> list[Clause]:
    """All clauses in order; they hold every word of the text but the marks that end a sentence."""
    found: list[Clause] = []
    start = 0
    for number, stop in enumerate([*words.stops, len(words.stems)]):
        for at in range(start + LEAST_CLAUSE, stop - LEAST_CLAUSE + 1):
            opens = words.stems[at] in _JOINING or words.stems[at - 1] == ","
            if opens and at - start >= LEAST_CLAUSE:
                found.append(Clause(start, at, number))
                start = at
        if stop > start:
            found.append(Clause(start, stop, number))
        start = stop + 1
    return found
