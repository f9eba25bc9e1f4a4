"""What weapons, offences, contact methods and venues share: findings of a plain vocabulary in a text."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from functools import cache

from linkage.intake.document.cues import governed
from linkage.intake.document.quotations import quoted
from linkage.intake.document.spans import DisjointSpans, inside
from linkage.intake.document.words import Words, read
from linkage.intake.facts.assertion import Assertion, assertion
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.lexicon import Lexicon
from linkage.intake.facts.phrase_finder import Occurrence
from linkage.vocabulary import load

Judge = Callable[[Occurrence, Assertion, Words], tuple[str, float, bool] | None]
"""Says of an occurrence: rule, confidence, negated; or None when it does not count."""


@cache
def lexicon(name: str) -> Lexicon:
    """The lexicon of the vocabulary `name`, made once a process."""
    return Lexicon(load(name))


def find(name: str, field: str, text: str, judge: Judge) -> list[Finding]:
    """Findings of the vocabulary `name` in `text` that `judge` lets stand, in order; words inside quotation marks
    count only for entries marked `spoken`."""
    text_words = read(text)
    in_marks = quoted(text)
    kinds = governed(text_words, back=False)  # carried and not used is a weapon all the same
    found: list[Finding] = []
    for occurrence in lexicon(name).finder.find(text_words):
        start, end = text_words.starts[occurrence.first], text_words.ends[occurrence.last]
        spoken = load(name).entries[occurrence.phrase.key].data.get("spoken", False)
        if not spoken and inside(start, in_marks):
            continue
        said = judge(occurrence, assertion(occurrence, text_words, kinds[occurrence.first]), text_words)
        if said is not None:
            rule, confidence, negated = said
            found.append(Finding(field, occurrence.phrase.key, start, end, rule, confidence, negated))
    return list(_longest(found))


def _longest(found: list[Finding]) -> Iterator[Finding]:
    """Of findings with overlapping words the longest stands: "broken glass bottle" is one thing."""
    taken = DisjointSpans()
    kept = [f for f in sorted(found, key=lambda f: (f.start - f.end, -f.confidence)) if taken.take(f.start, f.end)]
    yield from sorted(kept, key=lambda f: f.start)
