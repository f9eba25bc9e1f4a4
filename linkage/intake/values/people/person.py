"""Everything a text says about a person, the normaliser of each field of a reported person, and what a text tells of
one person by another: "about the same age as the first"."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from typing import Any

from linkage.intake.document.document import Document
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import holds, plain
from linkage.intake.values.people import clothing, looks, marks, names_used
from linkage.intake.values.people.measures import age, height

_LOOKS = ("sex", "build", "hair", "facial_hair", "glasses", "ethnicity", "complexion", "accent", "eyes")
_GRAMMARS = (*(getattr(looks, field) for field in _LOOKS), marks, clothing, names_used)
NORMALISERS: dict[str, Callable[[str], Any]] = {
    **{field: getattr(looks, field).normalise for field in _LOOKS},
    **{"age": age.normalise, "height": height.normalise, "marks": marks.normalise},
    **{"clothing": clothing.normalise, "names_used": names_used.normalise},
}
"""Contract name of a reported person's field -> the function that reads its words (None when they are unusable)."""
_FIELDS = {"age": "age", "ages": "age", "build": "build", "height": "height_cm", "heights": "height_cm"}
_SAID = PatternTable("descriptions")
People = Sequence[list[Finding]]
"""The facts of each person."""


def find(text: str) -> list[Finding]:
    """What the words of a free text tell of people, whosever it is; numbers are judged first (`judge/numbers`)."""
    found = [finding for grammar in _GRAMMARS for finding in grammar.find(text)]
    return [*found, *names_used.find_first_names(text, found)]


def share_likenesses(document: Document, people: People) -> None:
    """Give a person, in place, what is said to be the same as that of the one told of before: an age, a build or a
    height; a person is meant by the nearest fact in the sentence."""
    low = plain(document.text)
    for said in _SAID["same_as"].finditer(low) if holds(low, ("same", "similar", "comparable", "equal")) else ():
        start, sentence = said.start(), document.sentence_at(said.start())
        everything = [(one, at) for at, facts in enumerate(people) for one in facts]
        here = [(abs(one.start - start), at) for one, at in everything if document.sentence_at(one.start) == sentence]
        if not here or _SAID["as_others"].match(low, said.end()):
            continue
        own = min(here)[1]
        for field in {_FIELDS[words] for words in said.groups() if words} - {one.field for one in people[own]}:
            before = [(one.start, at) for one, at in everything if one.field == field and one.start < start]
            like = people[max(before)[1]] if before else ()
            people[own] += [
                replace(one, start=start, end=said.end(), rule="same as", confidence=0.7)
                for one in like
                if one.field == field and not one.negated
            ]
