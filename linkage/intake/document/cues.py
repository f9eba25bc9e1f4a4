"""How words are told: negated, attempted, threatened, supposed, hearsay, advice (ConText: Chapman et al. 2011).

The cues are rows of `context_cues.toml`. A cue governs the words in its scope, up to a terminator or the end of the
sentence; what comes of that is for the judge to say.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import cache, lru_cache

from linkage.intake.document.words import Words, read
from linkage.vocabulary import load

Stems = tuple[str, ...]
_NO_KINDS = frozenset[str]()


@dataclass(frozen=True, slots=True)
class Cue:
    """One row: `forward` says whether it governs what follows or what stands before; `scope` is in words;
    `terminators` stand by their first stem."""

    stems: Stems
    kind: str
    forward: bool
    scope: int
    terminators: Mapping[str, Sequence[Stems]]


@cache
def cues() -> dict[str, tuple[Cue, ...]]:
    """All cues by their first stem, the longest first."""
    found: defaultdict[str, list[Cue]] = defaultdict(list)
    for kind, entry in load("context_cues").entries.items():
        ends: defaultdict[str, list[Stems]] = defaultdict(list)
        for stems in map(_stems, entry.data["terminators"]):
            ends[stems[0]].append(stems)
        for forward, rows in ((True, entry.data["forward"]), (False, entry.data["back"])):
            for row in rows:
                stems = _stems(row)
                found[stems[0]].append(Cue(stems, kind, forward, entry.data["scope"], dict(ends)))
    return {first: tuple(sorted(rows, key=lambda one: -len(one.stems))) for first, rows in found.items()}


@cache
def _pseudo() -> dict[str, tuple[Stems, ...]]:
    """What begins like a cue and is none, by its first stem (pseudo-triggers: Chapman et al. 2001)."""
    rows = [_stems(row) for entry in load("context_cues").entries.values() for row in entry.data.get("pseudo", ())]
    return {first: tuple(row for row in rows if row[0] == first) for first in {row[0] for row in rows}}


def _stems(row: str) -> Stems:
    return tuple(read(row).stems)


@lru_cache(maxsize=8)
def of_pseudo_cues(words: Words) -> frozenset[int]:
    """The places of words that begin like a cue and are none."""
    found = set[int]()
    for at, stemmed in enumerate(words.stems):
        for one in _pseudo().get(stemmed, ()):
            if tuple(words.stems[at : at + len(one)]) == one:
                found.update(range(at, at + len(one)))
    return frozenset(found)


@lru_cache(maxsize=8)
def governed(words: Words, back: bool = True) -> list[frozenset[str]]:
    """For each word the kinds of context that govern it; without `back` by cues that stand before it alone. The last
    few are remembered, for each reader asks for the same: the list is not to be changed."""
    kinds = [_NO_KINDS] * len(words.stems)
    known = cues()
    for at, stemmed in enumerate(words.stems):
        if stemmed not in known or at in of_pseudo_cues(words):
            continue
        for cue in known[stemmed]:
            behind = at + len(cue.stems)
            if (back or cue.forward) and tuple(words.stems[at:behind]) == cue.stems:
                for reached in _reach(cue, at, behind, words):
                    kinds[reached] |= {cue.kind}
    return kinds


def _reach(cue: Cue, at: int, behind: int, words: Words) -> range:
    """The words that a cue standing at [at, behind) governs."""
    opens, closes = words.sentence(at)
    if not cue.forward:
        return range(max(opens, at - cue.scope), at)
    last = min(closes, behind + cue.scope)
    for here in range(behind, last):
        ends = cue.terminators.get(words.stems[here], ())
        if any(tuple(words.stems[here : here + len(end)]) == end for end in ends):
            return range(behind, here)
    return range(behind, last)
