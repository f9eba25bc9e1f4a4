"""What the encoder of whole texts says of facts of people: whose they are, and which are one person's.

It is heard beside the weights of the words around a fact (`surroundings`, `pairs`): what counts is the mean of both
log odds, and neither alone judges authors left out as well (docs/decisions/0091).
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from linkage.intake.document.document import Document
from linkage.intake.encoder.encoder import Floats, encoded, encoder, heard
from linkage.intake.encoder.windows import Ints, pieces_at
from linkage.intake.judge.linear import Reason
from linkage.intake.judge.surroundings import Candidate

OF_ENCODER = 0.5
"""How much the encoder's log odds count of all [R] (docs/decisions/0091)."""
FEATURE = "whole text"
"""The name under which it stands among the reasons."""


@dataclass(frozen=True, slots=True)
class WholeText:
    """Natural log odds of each candidate of a text, shape (candidates,): of being a reported person's (`own`) and all
    reported people's (`shared`); and its vector, `person` (candidates, components)."""

    own: Floats
    shared: Floats
    person: Floats

    @classmethod
    def of(cls, document: Document, candidates: Sequence[Candidate]) -> WholeText:
        """Of some candidates of a text."""
        said = encoded(document)
        places = [pieces_at(document, said.tokens, one.start, one.end) for one in candidates]
        own, shared = _means(said.people, places).T
        return cls(own, shared, _means(said.person, places))

    def same_person(self) -> Floats:
        """Natural log odds of every two candidates, in the order of `combinations`, of being one person's."""
        first, second = np.triu_indices(len(self.person), 1)
        odds: Floats = (encoder().base + self.person @ self.person.T)[first, second]
        return odds


def _means(of_pieces: Floats, places: Sequence[Ints]) -> Floats:
    """The mean of the rows at each place; nought of a place without any."""
    found = np.zeros((len(places), of_pieces.shape[1]), np.float32)
    for at, pieces in enumerate(places):
        if pieces.size:
            found[at] = of_pieces[pieces].mean(axis=0)
    return found


def beside(words: Sequence[float], whole: Floats) -> Floats:
    """Natural log odds that count, from those by the words around and by the whole text, of one shape."""
    return heard(np.array(words, np.float32), whole, OF_ENCODER)


def with_whole_text(reason: Reason, whole: float) -> Reason:
    """A reason by the words around, and what the whole text says beside them, so that the sum is what was heard."""
    weights = [(name, (1 - OF_ENCODER) * weight) for name, weight in reason.weights]
    return Reason.of(
        reason.question, (1 - OF_ENCODER) * reason.base, [*weights, (FEATURE, OF_ENCODER * whole)], reason.least,
        reason.compared_with,
    )  # fmt: skip
