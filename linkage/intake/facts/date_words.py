"""The words of the calendar: weekdays, months, ordinals, and the stretches kept in `calendar_words.toml`."""

from __future__ import annotations

import re

from linkage.vocabulary.loader import Vocabulary, load

WEEKDAYS = ("Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday")
MONTH_KEYS = ("jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec")
_DASHES = str.maketrans({"–": "-", "—": "-", "‑": "-", "−": "-", "’": "'", "‘": "'", "\xa0": " ", "\u2009": " "})


NUMBERS = ("one", "two", "three", "four", "five", "six", "seven", "eight", "nine", "ten", "eleven", "twelve")


def plain(text: str) -> str:
    """`text` in lower case with plain dashes, quotes and spaces, character for character as long as before."""
    low = text.lower()
    if len(low) != len(text):
        low = "".join(c.lower() if len(c.lower()) == 1 else c for c in text)
    return low if low.isascii() else low.translate(_DASHES)


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
