"""Labelled texts for the encoder: the windows of each, what it tells of behaviours, and whose its facts are.

Behaviours are labelled as in `behaviour_texts`, facts of people as in `judge_texts`: one text has both labels where
both know it. Copies of changed sex and excerpts teach whose facts are, as in `learn_judge`, and
bare descriptions do.
"""

from __future__ import annotations

import random
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from itertools import combinations

import numpy as np
from behaviour_learner import WEIGHT
from behaviour_texts import SETS, Ints, Table, folds, writer
from judge_texts import Labelled, described_texts, excerpt, labelled_pronouns, labelled_texts, marked_texts, swapped
from numpy.typing import NDArray

from linkage.intake.behaviours.features import clause_of_tokens, features
from linkage.intake.document.document import Document, read_document
from linkage.intake.encoder.windows import Window, pieces_at, windows
from linkage.intake.judge.people import candidate_of

UNLEARNED = "units"
"""Texts that the words are learned from and the encoder is not [G]: they count half, and take a fifth of the time."""
SWAPPED, EXCERPTED = 0.15, 0.25
"""Share of the texts of which a copy in which men are women and women men teaches too, and of those of which a
sentence or two do [G]."""


@dataclass(frozen=True, slots=True)
class Fact:
    """The numbers of the `pieces` of a text that hold a fact of a person, and whether it is a reported person's;
    whether it is told of all of them, and of which it is told (None: nothing is known of that)."""

    pieces: Ints
    own: bool
    shared: bool | None = None
    person: int | None = None


@dataclass(slots=True)
class Row:
    """A text: its `windows`, the clause of each piece (-1: none), how many `clauses` it has, its row in the table of
    behaviours (-1: nothing is known of them), its facts of people, the fold of its writer (None: always learned
    from), and whether it is a `copy` of another."""

    windows: list[Window]
    clause: Ints
    clauses: int
    behaviours: int
    fold: int | None
    copy: bool = False
    facts: list[Fact] = field(default_factory=list)

    def pairs(self) -> list[tuple[int, int, bool]]:
        """Two facts each, and whether they are told of the same reported person."""
        known = [(at, one.person) for at, one in enumerate(self.facts) if one.person is not None]
        return [(a, b, one == other) for (a, one), (b, other) in combinations(known, 2)]


def rows_of(table: Table, seed: int) -> Iterator[Row]:
    """All that the encoder learns from, and what it is asked about when a fold is left out."""
    draw, fold = random.Random(seed), _fold_of_writer(table)
    known = {(name, text.document.text): text for name in SETS for text in labelled_texts([name])}
    for at, one in enumerate(table.rows):
        if one.source == UNLEARNED:
            continue
        of = known.pop((one.author.partition(" ")[0], one.text), None) if one.source == "texts" else None
        row = _row(read_document(one.text), at, fold.get(writer(one)), of)
        yield row
        if of is not None:
            yield from _copies(of, at, row.fold, draw)
    for (name, _), text in known.items():
        of_writer = fold.get(f"{name} {text.line['id'].rpartition('-')[0]}")
        yield _row(text.document, -1, of_writer, text)
        yield from _copies(text, -1, of_writer, draw)
    for text in marked_texts():
        yield _row(text.document, -1, None, text)
        yield from _copies(text, -1, None, draw)
    for text in described_texts():
        yield _row(text.document, -1, None, text)


def _fold_of_writer(table: Table) -> dict[str, int]:
    return {writer(table.rows[at]): number for number, rows in enumerate(folds(table)) for at in rows}


def _copies(text: Labelled, behaviours: int, fold: int | None, draw: random.Random) -> Iterator[Row]:
    """Copies that teach too; a fold that is left out is not asked about them."""
    if draw.random() < SWAPPED:
        other = swapped(text)
        yield _row(other.document, behaviours, fold, other, copy=True)
    if draw.random() < EXCERPTED and (short := excerpt(text, draw)) is not None:
        yield _row(short.document, -1, fold, short, copy=True)


def _row(document: Document, behaviours: int, fold: int | None, labels: Labelled | None, copy: bool = False) -> Row:
    made = windows(document)
    tokens = np.array([token for one in made for token in one.tokens], np.int64)
    clause, count = np.full(len(tokens), -1), 0
    if behaviours >= 0:
        read = features(document.text)
        clause, count = clause_of_tokens(read, document, tokens), len(read.clauses)
    row = Row(made, clause, count, behaviours, fold, copy)
    if labels is not None:
        row.facts = [*_facts(labels, tokens), *_spoken_of(labels, tokens)]
    return row


def _facts(text: Labelled, tokens: Ints) -> Iterator[Fact]:
    told = [(one.field, str(one.value)) for one in text.findings]
    for one, who, what in zip(text.findings, text.owners, told, strict=True):
        candidate = candidate_of(one)
        pieces = pieces_at(text.document, tokens, candidate.start, candidate.end)
        if who is not None and pieces.size:
            shared = len(who) > 1 and told.count(what) < len(who) if who and text.people > 1 else None
            yield Fact(pieces, bool(who), shared, next(iter(who)) if len(who) == 1 else None)


def _spoken_of(text: Labelled, tokens: Ints) -> Iterator[Fact]:
    for one, own in labelled_pronouns(text):
        pieces = pieces_at(text.document, tokens, one.start, one.end)
        if pieces.size:
            yield Fact(pieces, own)


@dataclass(slots=True)
class Labels:
    """What texts tell (`label`) and deny (`denied`) of behaviours, and how much each of it is known and counts, shape
    (texts, sub-items) each."""

    label: NDArray[np.float32]
    known: NDArray[np.float32]
    denied: NDArray[np.float32]
    known_denied: NDArray[np.float32]

    @classmethod
    def of(cls, table: Table) -> Labels:
        """Of all rows of a table."""
        weight = np.array([WEIGHT[source] for source in table.source], np.float32)[:, None]
        known = table.known * weight
        denied, known_denied = np.zeros_like(known), np.zeros_like(known)
        for at, one in enumerate(table.rows):
            if one.denied is not None:
                known_denied[at] = known[at]
                keys = [table.keys.index(key) for key in one.denied if key in table.keys and key not in one.open]
                denied[at, keys] = 1
                known_denied[at, keys] = weight[at]
        return cls(table.label, known, denied, known_denied)


def flat(rows: Sequence[Row]) -> Ints:
    """Where the pieces of each row begin among those of all, and behind the last."""
    return np.cumsum([0, *(len(row.clause) for row in rows)])
