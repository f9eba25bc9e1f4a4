"""A man and a woman who are described one after the other: whom "he" and "she" then stand for."""

from __future__ import annotations

from collections.abc import Sequence

from linkage.intake.facts.listing import says_person
from linkage.intake.mention import REPORTED, Mention
from linkage.intake.patterns import compiled
from linkage.intake.story import Story
from linkage.intake.tally import companion

_IS = compiled(r"\s+(?:is|was)\b|'s\s")
_LOOKS_IN = 40
"""Characters behind "he was" in which his looks are told [G]."""


def in_parallel(story: Story, people: Sequence[Mention], mention: Mention) -> Mention | None:
    """The other of a reported man and woman who are described one after the other, "He was white, 45 ... She was
    Chinese, about 30", or "his partner" of the sentence before. Then the pronoun is surely theirs, and says so."""
    before = next((m for m in people if m.sentence == mention.sentence - 1 and not m.possessive), None)
    if before is None or before.role != REPORTED or not _described(story, mention):
        return None
    if {before.kind, mention.kind} == {"he", "she"} and _described(story, before):
        found = next((m for m in reversed(people) if m.role == REPORTED and m.noun and m.sex == mention.sex), None)
    else:
        found = before if companion(before) and before.sex == mention.sex and len(before.people) == 1 else None
    mention.sure = found is not None
    return found


def _described(story: Story, mention: Mention) -> bool:
    """Whether a pronoun opens a sentence that tells how somebody looks."""
    opens = mention.place == "subject" and not story.opening(mention).strip()
    looks = says_person(story.low[mention.end : mention.end + _LOOKS_IN])
    return opens and _IS.match(story.low, mention.end) is not None and looks
