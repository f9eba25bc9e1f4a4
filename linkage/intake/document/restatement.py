"""A text restated in the forms that readers know, before anything is read of it: answered questions as statements,
misspelled negations as they are spelled; and what is read of it put back at the words as written."""

from __future__ import annotations

from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.document.questions import PATTERNS, Statement, answered
from linkage.report import Part, Span


@dataclass(frozen=True, slots=True)
class Restated:
    """A text with statements in the place of what they restate. `starts` and `ends` are the characters of each
    statement, in order, `origins` the characters of the text as written that it stands for."""

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    origins: tuple[Span, ...] = ()

    def as_written(self, start: int, end: int) -> Span:
        """The characters [start, end) of the restated text in the text as written; of a statement, all it is of."""
        return self._at(start, 0), self._at(max(start, end - 1), 1) + (end <= start)

    def _at(self, place: int, side: int) -> int:
        last = bisect_right(self.starts, place) - 1
        if last < 0:
            return place + side
        if place < self.ends[last]:
            return self.origins[last][side]
        return place + side - self.ends[last] + self.origins[last][1]


@lru_cache(maxsize=4)
def restate(text: str) -> Restated:
    """The text with what it restates; of what overlaps the first, and of those that begin together the longest."""
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    origins: list[Span] = []
    done = length = 0
    for start, end, statement in sorted([*answered(text), *_spelled(text)], key=lambda one: (one[0], -one[1])):
        if start < done:
            continue
        between = text[done:start]
        made += [between, statement]
        starts.append(length + len(between))
        length = starts[-1] + len(statement)
        ends.append(length)
        origins.append((start, end))
        done = end
    return Restated("".join([*made, text[done:]]), tuple(starts), tuple(ends), tuple(origins))


def _spelled(text: str) -> Iterator[Statement]:
    """The negated verbs that are spelled otherwise ("dint", "did'nt"), as they are spelled."""
    for found in PATTERNS["misspelled_negation"].finditer(text):
        verb = found["verb"] or ("do" if found["do"] else "did")
        yield *found.span(), f"{found[0][0]}{verb[1:]}n't"


def put_back(parts: Iterator[tuple[str, Part]], restated: Restated, text: str) -> None:
    """Let the spans of parts of a report, in place, be those of the text as written, and the raw words its own."""
    for _, part in parts if restated.origins else ():
        for name, spans in part.spans.items():
            part.spans[name] = [restated.as_written(*span) for span in spans]
            written = [text[slice(*span)] for span in part.spans[name]]
            if written != [restated.text[slice(*span)] for span in spans]:
                part.raw[name] = " … ".join(dict.fromkeys(written))
