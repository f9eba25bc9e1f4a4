"""Whether a deed happened in what is told: attempt, threat, wish, fear, doubt."""

from __future__ import annotations

from linkage.intake.facts.phrases import Words
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import stem, words

_CLAUSE = frozenset(map(stem, (".", ",", "and", "but", "before", "when", "he", "she", "i", "they", "who", "because")))
"""Words at which what was wished, tried or feared is over."""

_SUPPOSED = frozenset(("if", "unless", "whether"))

_REACH = 7
"""Words before a phrase in which an attempt or a wish is looked for [G]."""

_TOLD_BEFORE = 10
"""Words before "would" in which somebody is said to speak: "told her to be quiet or she would be hurt" [G]."""


def reality(first: int, text_words: Words) -> str:
    """Whether what starts at `first` happened: "real", "tried", "threat" or "unreal" (wished, asked, supposed,
    feared, nearly done)."""
    stems = text_words.stems
    if first and _short_of(first, stems):
        return "unreal"
    for at in range(first - 1, max(-1, first - 1 - _REACH), -1):
        stemmed = stems[at]
        if _goes_on(at, first, text_words):
            continue
        if stemmed in words("voice", "perceive") or stemmed in _CLAUSE:
            return "unreal" if at and (stems[at - 1] in _SUPPOSED or _doubted(at, stems)) else "real"
        kind = _kind_of_reality(at, text_words)
        if kind is not None:
            return kind
    return "real"


def _goes_on(at: int, first: int, text_words: Words) -> bool:
    """Whether "and" joins a second base form to the first: "tried to pull her down and rape her"; "and" with a past
    form begins what happened."""
    if at != first - 1 or text_words.stems[at] not in ("and", "or"):
        return False
    form, stems = text_words.forms[first], text_words.stems
    return form in word_forms("voice", "base_forms") and "to" in stems[max(0, at - _REACH) : at]


def _kind_of_reality(at: int, text_words: Words) -> str | None:
    """What the word at `at` makes of what comes behind it; None when it says nothing about that."""
    stems = text_words.stems
    stemmed = stems[at]
    if stemmed in words("voice", "threat"):
        return "threat"
    if stemmed in words("voice", "try") or (stemmed == "go" and stems[at + 1] == "to"):
        plan = stemmed == "go" and text_words.forms[at] == "going"
        return _said(at, text_words) if plan else "tried"
    if stemmed in ("would", stem("will")):
        return _said(at, text_words)
    supposed = stemmed in words("voice", "unreal") or (stemmed in ("about", "order") and stems[at + 1] == "to")
    return "unreal" if supposed else None


def _short_of(first: int, stems: list[str]) -> bool:
    """Whether it came near to the deed only: "nearly hit her". Who was nearly choked was held by the throat."""
    near = first + 1 if stems[first] == "be" and first + 1 < len(stems) else first - 1
    done = stems[near + 1] if near + 1 < len(stems) else ""
    return stems[near] in words("voice", "short_of") and done not in words("voice", "done_nearly")


def _doubted(at: int, stems: list[str]) -> bool:
    """Whether the subject at `at` opens what somebody is not sure of: "does not think he had a knife"."""
    before = stems[max(0, at - 5) : at]
    start = next((n for n in range(len(before) - 1, -1, -1) if before[n] in words("voice", "doubt")), None)
    return start is not None and start >= len(before) - 2 and "not" in before[:start]


def _said(at: int, text_words: Words) -> str:
    """A future told to the harmed person is a threat; another is only supposed."""
    before = text_words.stems[max(0, at - _TOLD_BEFORE) : at]
    return "threat" if not words("voice", "speak").isdisjoint(before) else "unreal"
