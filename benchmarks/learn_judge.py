"""Learns the judge of reading: whose a fact is, which of several people it describes, whose a vehicle, who said what.

    python benchmarks/learn_judge.py [--write] [--only NAME ...] [--seed 1] [--sets NAME ...]

Labels of texts name facts, not words: each candidate found in a text is laid beside them. One that a label of a
reported person bears out is theirs; one that only a label of others bears out, or none, is not; one that both bear
out teaches nothing. `owners.txt` marks words themselves. Authors are left out in five groups, and what is printed is
judged by weights that saw none of the author's texts. `--write` learns from all and writes
`linkage/intake/judge/weights`.
A feature has a weight only where three authors wrote it, so that nobody is judged by a name. Minutes on two cores.
"""

from __future__ import annotations

import argparse
import json
import random
import sys
from collections import Counter, defaultdict
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from functools import partial
from pathlib import Path
from typing import Any

import numpy as np
from extraction_f1 import listed, load_set
from judge_texts import (
    WORD,
    Labelled,
    author_of,
    excerpt,
    labelled_pronouns,
    labelled_texts,
    marked_texts,
    names_of_people_and_places,
    swapped,
)
from number_texts import MEASURES, number_rows
from plate_texts import plate_rows
from same_fact import same
from scipy.sparse import csr_matrix
from sklearn.linear_model import LogisticRegression
from vehicle_texts import Row, used_vehicle_rows, vehicle_word_rows
from weapon_texts import weapon_rows

from linkage.intake.document.document import Document, read_document
from linkage.intake.judge.pairs import Pairs
from linkage.intake.judge.people import candidate_of, value_of
from linkage.intake.judge.surroundings import Surroundings
from linkage.intake.judge.utterances import as_said, features_of_utterances, utterances
from linkage.intake.reject import clean
from linkage.intake.values.vehicles.vehicle_names import names

WEIGHTS = Path(__file__).parents[1] / "linkage" / "intake" / "judge" / "weights"
INVERSE_REGULARISATION = {"owner": 0.03, "shared": 0.03, "same_person": 0.1, "vehicle": 0.1, "speech": 0.1} | {
    "vehicle_word": 0.3,
    "weapon": 0.3,
    "age": 0.3,
    "height_cm": 0.3,
    "plate": 1.0,
}
"""C of scikit-learn's LogisticRegression: log loss of authors left out is flat around these."""
ROWS: dict[str, Callable[[list[str]], Iterable[Row]]] = {
    "vehicle_word": vehicle_word_rows,
    "plate": plate_rows,
    "weapon": weapon_rows,
    **{name: partial(number_rows, name) for name in MEASURES},
}
"""What lays the candidates of a question beside the labels of sets of texts."""
SETS = ("dev", "repaired", "held_out", "new_authors", "misread", "registers", "notes")
LEAST_AUTHORS = 3
LEAST_WEIGHT = 0.03
"""Weights below are left out: log loss of authors left out stays within .001."""
SWAPPED = 0.15
"""Share of the texts of which a copy teaches too in which men are women and women men: of those who are reported few
are women, and a judge who only knew that would take them for somebody else."""
SINGLE = 0.25
"""Share of the texts about one person from which pairs are taken, with a weight to make up for the others."""

MISREAD, EXCERPTED = 10.0, 0.3
"""How much an utterance of a text that was misread counts, and one of an excerpt beside one of a text [G]."""


FIRST_NAMES = 4.0
"""How much a first name that nothing leads to counts: one of sixty facts is one, with surroundings of its own [R]; of
authors left out 105 are given rightly and 8 wrongly from .7 on, 103 and 31 where each counts as any other fact."""


@dataclass(slots=True)
class Table:
    """Rows of one question: the features of each, the label, the author, and how much it counts."""

    rows: list[set[str]] = field(default_factory=list)
    labels: list[int] = field(default_factory=list)
    authors: list[str] = field(default_factory=list)
    counts: list[float] = field(default_factory=list)

    def add(self, features: set[str], label: bool, author: str, count: float = 1.0) -> None:
        """One row more."""
        self.rows.append(features)
        self.labels.append(int(label))
        self.authors.append(author)
        self.counts.append(count)


def owner_rows(texts: list[Labelled], owner: Table, shared: Table) -> None:
    """Whose a fact is, and whether it is told of several."""
    for text in texts:
        around = Surroundings(text.document, [candidate_of(one) for one in text.findings])
        told = Counter((one.field, str(one.value)) for one in text.findings)
        for at, (one, own) in enumerate(zip(text.findings, text.owners, strict=True)):
            if own is None:
                continue
            features = around.of(at)
            owner.add(features, bool(own), text.author, FIRST_NAMES if "field first_name" in features else 1.0)
            if own and text.people > 1:
                shared.add(features, len(own) > 1 and told[one.field, str(one.value)] < len(own), text.author)
        _pronoun_rows(text, owner)


def _pronoun_rows(text: Labelled, owner: Table) -> None:
    told = dict(labelled_pronouns(text))
    around = Surroundings(text.document, [*told])
    for at, own in enumerate(told.values()):
        owner.add(around.of(at), own, text.author)


def pair_rows(texts: list[Labelled], rows: Table, seed: int) -> None:
    """Whether two facts of reported people are one person's."""
    draw = random.Random(seed)
    for text in texts:
        own = [(one, who) for one, who in zip(text.findings, text.owners, strict=True) if who]
        if len(own) < 2 or (text.people < 2 and draw.random() > SINGLE):
            continue
        around = Surroundings(text.document, [candidate_of(one) for one, _ in own])
        pairs = Pairs(around, [value_of(one) for one, _ in own])
        for first, second in pairs.all():
            one, other = own[first][1], own[second][1]
            if len(one) == len(other) == 1:
                rows.add(
                    pairs.of(first, second).all(), one == other, text.author, 1 if text.people > 1 else 1 / SINGLE
                )


def speech_rows(names: list[str], rows: Table) -> None:
    """Whether words were said by a reported person: labels hold key words of what was. Each sentence that holds any
    teaches as a text of its own too, and a text that was misread counts as much as several."""
    for name in names:
        for line in load_set(name):
            if "speech" not in line["gold"].get("ignore", ()):
                labels, document = listed(line["gold"].get("speech")), read_document(clean(line["text"]))
                _utterance_rows(document, labels, rows, author_of(name, line), MISREAD if name == "misread" else 1.0)
                held = {document.sentence_at(one.start) for one in utterances(document)}
                for sentence in sorted(held) if len(document.sentences) > 1 else ():
                    start, end = (*document.sentences, len(document.text))[sentence : sentence + 2]
                    alone = read_document(document.text[start:end].strip())
                    _utterance_rows(alone, labels, rows, author_of(name, line), EXCERPTED)


def _utterance_rows(document: Document, labels: list[Any], rows: Table, author: str, count: float) -> None:
    found = utterances(document)
    for one, features in zip(found, features_of_utterances(document, found), strict=True):
        said = as_said(document.text[one.start : one.end])
        rows.add(features, any(same("speech", label, said) for label in labels), author, count)


@dataclass(slots=True)
class Matrix:
    """A table as columns of features that several authors wrote."""

    names: list[str]
    cells: csr_matrix
    labels: np.ndarray
    authors: np.ndarray
    counts: np.ndarray


def as_matrix(rows: Table, barred: frozenset[str]) -> Matrix:
    """The features that `LEAST_AUTHORS` wrote and that hold no word of `barred`, as a sparse matrix of ones."""
    wrote: defaultdict[str, set[str]] = defaultdict(set)
    for features, author in zip(rows.rows, rows.authors, strict=True):
        for name in features:
            wrote[name].add(author)
    names = sorted(
        name
        for name, authors in wrote.items()
        if len(authors) >= LEAST_AUTHORS and barred.isdisjoint(WORD.findall(name.lower()))
    )
    column = {name: at for at, name in enumerate(names)}
    cells = [[column[name] for name in features if name in column] for features in rows.rows]
    ends = np.cumsum([0, *map(len, cells)])
    flat = np.fromiter((at for row in cells for at in row), dtype=np.int32)
    matrix = csr_matrix((np.ones(len(flat), np.float32), flat, ends), (len(cells), len(names)))
    return Matrix(names, matrix, np.array(rows.labels), np.array(rows.authors), np.array(rows.counts))


def fitted(made: Matrix, rows: np.ndarray, strength: float) -> tuple[float, np.ndarray]:
    """Base and weights of a logistic regression over some rows, small weights left out."""
    model = LogisticRegression(C=strength, max_iter=500).fit(made.cells[rows], made.labels[rows], made.counts[rows])
    weights = model.coef_[0].copy()
    weights[abs(weights) < LEAST_WEIGHT] = 0
    return float(model.intercept_[0]), weights


def left_out(made: Matrix, strength: float, seed: int) -> np.ndarray:
    """The chance of each row by weights that saw no text of its author: five groups of authors."""
    authors = sorted({*made.authors})
    random.Random(seed).shuffle(authors)
    group = {author: at % 5 for at, author in enumerate(authors)}
    groups = np.array([group[author] for author in made.authors])
    chances = np.zeros(len(groups))
    for out in range(5):
        base, weights = fitted(made, groups != out, strength)
        chances[groups == out] = 1 / (1 + np.exp(-(base + made.cells[groups == out] @ weights)))
    return chances


def figures(made: Matrix, chances: np.ndarray) -> str:
    """F1 at thresholds, log loss, and the expected calibration error over ten bins (Guo et al. 2017)."""
    true = made.labels == 1
    scores = []
    for least in (0.4, 0.5, 0.6):
        given = chances >= least
        right, wrong, missed = (given & true).sum(), (given & ~true).sum(), (~given & true).sum()
        scores.append(f"{least}: F1 {2 * right / (2 * right + wrong + missed):.3f} ({missed} missed, {wrong} wrong)")
    loss = -np.mean(np.log(np.where(true, chances, 1 - chances).clip(1e-9)))
    bins = np.minimum((chances * 10).astype(int), 9)
    gaps = [abs(chances[bins == at].mean() - true[bins == at].mean()) * (bins == at).mean() for at in {*bins}]
    told = f"log loss {loss:.3f}; calibration error {sum(gaps):.3f}"
    return f"n {len(true)}, true {true.sum()}; {'; '.join(scores)}; {told}"


def write(name: str, made: Matrix, strength: float, about: dict[str, Any]) -> None:
    """Weights learned from all rows, the largest first, with where they come from."""
    base, weights = fitted(made, np.ones(len(made.labels), bool), strength)
    told = {made.names[at]: round(float(weights[at]), 3) for at in np.argsort(-abs(weights)) if weights[at]}
    data = {
        **about,
        "rows": len(made.labels),
        "authors": len({*made.authors}),
        "base": round(base, 4),
        "weights": told,
    }
    (WEIGHTS / f"{name}.json").write_text(json.dumps(data, indent=0, ensure_ascii=False) + "\n", encoding="utf-8")
    print(f"  {name}: {len(told)} weights")


def main() -> None:
    """Print what authors left out are judged like, and write the weights if asked."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--write", action="store_true")
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--sets", nargs="+", default=[*SETS])
    asked.add_argument("--only", nargs="+", choices=INVERSE_REGULARISATION, default=[*INVERSE_REGULARISATION])
    given = asked.parse_args()
    tables = {name: Table() for name in INVERSE_REGULARISATION}
    of_people = {*given.only} - {*MEASURES}
    texts = [*labelled_texts(given.sets), *marked_texts()] if of_people else []
    draw = random.Random(given.seed)
    whole = [*texts]
    texts += [swapped(text) for text in whole if draw.random() < SWAPPED]
    texts += [short for text in whole if (short := excerpt(text, draw)) is not None]
    if {"owner", "shared"} & {*given.only}:
        owner_rows(texts, tables["owner"], tables["shared"])
    if "same_person" in given.only:
        pair_rows(texts, tables["same_person"], given.seed)
    if "speech" in given.only:
        speech_rows(given.sets, tables["speech"])
    for name in given.only:
        for row in used_vehicle_rows(texts) if name == "vehicle" else ROWS[name](given.sets) if name in ROWS else ():
            tables[name].add(*row)
    about = {
        "command": f"python benchmarks/learn_judge.py --write --seed {given.seed} --sets {' '.join(given.sets)}",
        "texts": len(whole) or sum(len(load_set(name)) for name in given.sets),
    }
    barred = names_of_people_and_places(whole)
    for name in given.only:
        kept = barred.difference(names()) if name == "vehicle_word" else barred
        made = as_matrix(tables[name], frozenset() if name in MEASURES else kept)  # there names tell months
        strength = INVERSE_REGULARISATION[name]
        print(f"{name}: {figures(made, left_out(made, strength, given.seed))}", flush=True)
        if given.write:
            write(name, made, strength, about)


if __name__ == "__main__":
    sys.exit(main())
