"""A phrase of a behaviour variable in a text, before it is settled whether it counts."""

from __future__ import annotations

from dataclasses import dataclass

from linkage.intake.facts.finder import Occurrence
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.voice import Voice


@dataclass(slots=True)
class Candidate:
    """`found` stands at the characters [start, end), `quoted` says whether within words spoken, `how` how it is said.

    `finding` is what the rules made of it, None where nothing; `kept` says whether that stands among the findings of
    the text.
    """

    found: Occurrence
    start: int
    end: int
    quoted: bool
    how: Voice
    finding: Finding | None
    kept: bool = False

    @property
    def key(self) -> str:
        """The variable it tells of."""
        return self.found.phrase.key if self.finding is None else str(self.finding.value)
