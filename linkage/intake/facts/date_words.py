"""The words of the calendar: weekdays, months, ordinals, and the stretches kept in `calendar_words.toml`."""

from __future__ import annotations

import re
from collections.abc import Iterator, Set
from functools import lru_cache

from rapidfuzz import process
from rapidfuzz.distance import OSA

from linkage.intake.facts.word_places import not_of_letters, places_of, words_at
from linkage.intake.patterns import compiled
from linkage.vocabulary.loader import Vocabulary, load

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "\xa0": " ", "\u2009": " "})


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


@lru_cache(maxsize=32)
def plain(text: str) -> str:
    """`text` in lower case with plain dashes, quotes and spaces, character for character as long as before."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low if low.isascii() else low.translate(_DASHES)


_RUN = compiled(r"[0-9]+|[a-z]+", re.ASCII)


def runs(text: str, wanted: Set[str]) -> Iterator[tuple[str, int, str | None]]:
    """Runs of figures or of letters a-z in `plain` text, where each begins, and the word behind it: of words of
    letters alone only those `wanted`; of others all of their runs, with None for what is behind."""
    words, starts = words_at(text)
    places = places_of(text)
    told = {at for word in wanted & places.keys() for at in places[word]}
    for at in sorted(told.union(not_of_letters(text))):
        if at in told:
            yield words[at], starts[at], words[at + 1]
        else:
            for run in _RUN.finditer(words[at]):
                yield run[0], starts[at] + run.start(), None


_NAMES = tuple(
    name.lower()
    for name in (
        *("January", "February", "March", "April", "June", "July", "August"),
        *("September", "October", "November", "December", *WEEKDAYS),
    )
)
_LONG = 7
"""Letters from which a month or weekday may hold two slips of the pen, else one [G]."""

_LETTERS = compiled(r"[a-z]{4,}")
_SHEET_MONTH = compiled(rf"\s*({'|'.join(MONTH_KEYS)})[a-z]*-([0-9]{{2}})\s*")


@lru_cache(maxsize=16_384)
def field_words(words: str) -> str:
    """`words` of a field that holds nothing but a date, `plain`, with misspelt months and weekdays put right.

    "Apr-23" is a month of a year there, as spreadsheets write it.
    """
    text = plain(words)
    sheet = _SHEET_MONTH.fullmatch(text)
    return f"{sheet[1]} '{sheet[2]}" if sheet else _LETTERS.sub(_spelt, text)


def _spelt(found: re.Match[str]) -> str:
    word = found[0]
    slips = 1 if len(word) < _LONG else 2
    near = process.extract(word, _NAMES, scorer=OSA.distance, score_cutoff=slips, limit=2)
    alone = len(near) == 1 or (len(near) > 1 and near[0][1] < near[1][1])
    return near[0][0] if near and alone and near[0][0][0] == word[0] else word


def surfaces(vocabulary: Vocabulary) -> dict[str, str]:
    """Surface form with its apostrophes -> key, longest first so that a regex alternation prefers the longest."""
    forms: dict[str, str] = {}
    for entry in vocabulary.entries.values():
        for words in (entry.label, *entry.synonyms):
            forms.setdefault(words, entry.key)
            forms.setdefault(words.replace("'", ""), entry.key)
    return dict(sorted(forms.items(), key=lambda item: -len(item[0])))


def alternation(forms: dict[str, str]) -> str:
    """Regex alternation of surface forms in which a space may also be a hyphen."""
    return "|".join(re.escape(form).replace(r"\ ", r"[\s-]+") for form in forms)


WORDS = load("calendar_words")
FORMS = surfaces(WORDS)
PARTS = {f: k for f, k in FORMS.items() if "month_days" in WORDS.entries[k].data}
SEASONS = {f: k for f, k in FORMS.items() if "months" in WORDS.entries[k].data}
MONTH_SLIPS = {s: int(e.data["month"]) for e in WORDS.entries.values() if "month" in e.data for s in e.synonyms}
"""Misspelt and foreign names of months -> the number of the month."""
FIXED = {f: k for f, k in FORMS.items() if "day" in WORDS.entries[k].data}

ORDINALS = {
    word: number
    for number, word in enumerate(
        [
            "first",
            "second",
            "third",
            "fourth",
            "fifth",
            "sixth",
            "seventh",
            "eighth",
            "ninth",
            "tenth",
            "eleventh",
            "twelfth",
            "thirteenth",
            "fourteenth",
            "fifteenth",
            "sixteenth",
            "seventeenth",
            "eighteenth",
            "nineteenth",
            "twentieth",
            "twenty-first",
            "twenty-second",
            "twenty-third",
            "twenty-fourth",
            "twenty-fifth",
            "twenty-sixth",
            "twenty-seventh",
            "twenty-eighth",
            "twenty-ninth",
            "thirtieth",
            "thirty-first",
        ],
        1,
    )
}
ORDINAL = "|".join(sorted((word.replace("-", "[ -]") for word in ORDINALS), key=len, reverse=True))
