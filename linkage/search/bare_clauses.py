"""Deeds that a question tells in a clause of one word: "paid but violent" asks for payment and for violence."""

from __future__ import annotations

import re
from collections.abc import Sequence

from linkage.intake.phrases.field_words import keys_of
from linkage.search.behaved import behaviours_in
from linkage.search.expansion import asking, tells_a_deed
from linkage.search.query import Claims, Query, facts_at
from linkage.vocabulary import load
from linkage.vocabulary.english import stem

_WORD = re.compile(r"w/(?=\s)|[A-Za-z]+(?:['’-][A-Za-z]+)*|[^\sA-Za-z]+")
_JOINED = frozenset({"but", "and", "then", "yet"})
"""Words between clauses; marks part them too."""

LEAST = 2
"""Clauses from which a question is told in clauses."""

Said = tuple[str, tuple[int, int]]
"""A word and where it stands."""


def read_bare_clauses(asked: Query, told: str, claimed: Claims) -> Claims:
    """Give `asked` the behaviours that clauses of one word name, as a field for behaviours is read; words that
    questions are wrapped in, and those for the sex of somebody, count for none. Only where `told` has several
    clauses: a word by itself is looked for as it stands. Returns where the behaviours stand."""
    clauses = _clauses(told)
    if len(clauses) < LEAST:
        return []
    found: Claims = []
    for clause in clauses:
        kinds = {span: set(facts_at(span, claimed)) - {"sex"} for _, span in clause}
        content = [(word, span) for word, span in clause if stem(word) not in asking()]
        if len(content) == 1 and not any(kinds.values()):
            word, span = content[0]
            found += [(*span, key) for key in _named(word, asked.report.behaviours.present)]
    present = asked.report.behaviours.present
    present += [key for _, _, key in found if key and key not in present]
    return found


def _named(word: str, told: Sequence[str]) -> list[str]:
    """The behaviour that a word names, if it tells a deed or how somebody was ("very violent"); a thing that only a
    field would tell a deed by ("cash") is looked for as it stands. None that one of those `told` stands for: who took
    the money back had paid."""
    key = keys_of("behaviours").exact(word) if tells_a_deed(word) else None
    entries = load("behaviours").entries
    keys = [key] if key else [key for key in behaviours_in(word) if key in behaviours_in(f"very {word}")]
    return [key for key in keys if key in entries and not {*entries[key].data.get("yields_to", ())} & {*told}]


def _clauses(told: str) -> list[list[Said]]:
    """The words of each clause that has any."""
    clauses: list[list[Said]] = [[]]
    for found in _WORD.finditer(told):
        word = found.group().lower()
        if word in _JOINED or not word[0].isalpha():
            clauses.append([])
        else:
            clauses[-1].append((word, found.span()))
    return [one for one in clauses if one]
