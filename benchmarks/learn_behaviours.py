"""Learns the judge of behaviours (linkage/intake/behaviours) from labelled texts, units and examples.

    python benchmarks/learn_behaviours.py            # how well, leaving authors out
    python benchmarks/learn_behaviours.py --write    # the same, then writes linkage/intake/behaviours/weights.npz
    python benchmarks/learn_behaviours.py --stability    # how many examples other learnings read otherwise

Takes about 6 minutes of processor time. A text tells a sub-item when one of its clauses does (noisy-or), by
weights that `behaviour_learner` learns. Probabilities of authors left out then teach what the rest of a text says
(`context`) and what makes a denial. Every figure is of authors of whom neither step saw anything, but that of the
last line, whose writer wrote others that are learned from. The texts that are set aside are not among these.
"""

from __future__ import annotations

import argparse
from collections import Counter
from dataclasses import dataclass

import numpy as np
from behaviour_learner import BAGS, EPOCHS, SEED, Learner, told_by
from behaviour_texts import AUTHORS, FOLDS, EncodedLeftOut, Ints, Labelled, Table, folds, labelled, of_set
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression

from linkage.intake.behaviours.classifier import (
    OF_ENCODER,
    OF_ENCODER_IN_NOTE,
    OF_NOTE,
    WEIGHTS,
    Judge,
    Unasserted,
    chances_of,
    denials,
    digest,
    log_odds,
)
from linkage.intake.behaviours.features import LEAST, features
from linkage.intake.behaviours.reading import BORNE_OUT, DENIED, TOLD
from linkage.intake.encoder.encoder import asserted, encoder, heard
from linkage.intake.phrases.field_words import searched
from linkage.intake.phrases.notation import spelled_out
from linkage.vocabulary import load

CONTEXT, OF_OWN = 0.5, 3.0
"""Strength of the context's regressions, and how much more freely a sub-item's own probability counts there [R]."""
STEPS = 7
"""The largest weight of a sub-item is this whole number in the file [R]."""
CHECK = "short_sentences_check"
"""Labelled sentences that are never learned from, by the writer of `short_sentences`."""

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Context:
    """What turns the noisy-or of a text's clauses into probabilities; as in `classifier.Judge`."""

    slope: Floats
    offset: Floats
    context: Floats

    @classmethod
    def fit(cls, chances: Floats, label: Floats, known: Floats) -> Context:
        """From probabilities of authors left out, shape (texts, sub-items)."""
        keys = chances.shape[1]
        slope, offset, context = np.ones(keys), np.zeros(keys), np.zeros((keys, keys))
        odds = log_odds(chances)
        for at in range(keys):
            those = known[:, at] > 0
            seen = np.column_stack([OF_OWN * odds[those, at], chances[those]])
            model = LogisticRegression(C=CONTEXT, solver="liblinear", intercept_scaling=5.0)
            model.fit(seen, label[those, at])
            slope[at], offset[at] = OF_OWN * model.coef_[0, 0], model.intercept_[0]
            context[:, at] = model.coef_[0, 1:]
        return cls(*(one.astype(np.float32) for one in (slope, offset, context)))

    def of(self, chances: Floats, share: float = 1.0) -> Floats:
        """Probabilities, shape (texts, sub-items), as `classifier.Judge.calibrated` gives them."""
        odds = log_odds(chances)
        return chances_of(odds + np.float32(share) * ((self.slope - 1) * odds + self.offset + chances @ self.context))


@dataclass(slots=True)
class LeftOut:
    """What is read by weights that saw nothing of an author: numbers of texts (`whole`) and sentences, each with its
    `group` of authors, its noisy-or, and where it speaks of something without asserting it."""

    rows: Ints
    group: Ints
    chances: Floats
    unasserted: list[Unasserted]
    whole: NDArray[np.bool_]

    @classmethod
    def learn(cls, learner: Learner) -> LeftOut:
        """By three learnings, each of two thirds of all authors, and of all units and examples."""
        table, every = learner.table, folds(learner.table)
        rows = np.sort(np.concatenate(every))
        group, chances = np.zeros(len(rows), np.int64), np.zeros((len(rows), len(table.keys)), np.float32)
        unasserted, left_out = dict[int, Unasserted](), EncodedLeftOut()
        for number, out in enumerate(every):
            weights = learner.fit(np.setdiff1d(np.arange(len(table.rows)), out))
            words, begin = learner.clause_odds(weights, out), table.clauses_of(out)[1]
            share = np.where(table.source[out] == "texts", OF_ENCODER, OF_ENCODER_IN_NOTE).astype(np.float32)
            of_clauses = np.repeat(share, table.clauses_of(out)[2])[:, None]
            odds = heard(words, left_out.odds(left_out.TOLD, table, out, words), of_clauses)
            odds = asserted(odds, left_out.odds(left_out.DENIED, table, out, np.full_like(words, LEAST)))
            here = np.searchsorted(rows, out)
            group[here], chances[here] = number, told_by(odds, begin)
            for at, of in zip(out, np.split(odds, begin[1:]), strict=True):
                unasserted[int(at)] = learner.unasserted(weights, at, of, left_out)
        return cls(rows, group, chances, [unasserted[int(at)] for at in rows], table.source[rows] == "texts")


def calibrated(left_out: LeftOut, table: Table, those: NDArray[np.bool_]) -> tuple[Context, Floats]:
    """What the rest of a text says, learned from the rows `those`; and the probabilities of all rows by it, shape
    (texts, sub-items), where a sentence is a note."""
    label, known, texts = table.label[left_out.rows], table.known[left_out.rows], those & left_out.whole
    context = Context.fit(left_out.chances[texts], label[texts], known[texts])
    return context, np.where(
        left_out.whole[:, None], context.of(left_out.chances), context.of(left_out.chances, OF_NOTE)
    )


def denial_of(table: Table, left_out: LeftOut, told: Floats, those: NDArray[np.bool_]) -> dict[str, float]:
    """Weights of what speaks for a denial, from rows whose labels say what is denied."""
    rows, label = denial_rows(table, left_out, told, those)
    names = DictVectorizer(sparse=False)
    model = LogisticRegression(C=0.3, solver="liblinear", fit_intercept=False)
    model.fit(names.fit_transform(rows), label)
    return dict(zip(names.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True))


def denial_rows(
    table: Table, left_out: LeftOut, told: Floats, those: NDArray[np.bool_]
) -> tuple[list[dict[str, float]], list[bool]]:
    """Sub-items that may be denied, and whether the label has them denied."""
    rows, label = list[dict[str, float]](), list[bool]()
    for at in np.flatnonzero(those):
        text = left_out.rows[at]
        row: Labelled = table.rows[text]
        if row.denied is not None:
            found = denials(table.read[text][1], table.keys, told[at], left_out.unasserted[at])
            for key, named in found.items():
                if table.keys[key] not in row.open:
                    rows.append(named)
                    label.append(table.keys[key] in row.denied and table.keys[key] not in row.told)
    return rows, label


def main() -> None:
    """Print the figures of authors left out; write the judge learned from all."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    parser.add_argument("--stability", action="store_true")
    asked = parser.parse_args()
    learner = Learner(Table(labelled()))
    table = learner.table
    if asked.stability:
        print_stability(learner)
        return
    left_out = LeftOut.learn(learner)
    told = np.zeros_like(left_out.chances)
    for number in range(FOLDS):
        here = left_out.group == number
        told[here] = calibrated(left_out, table, ~here)[1][here]
    print_figures(learner, left_out, told)
    if asked.write:
        everything = np.ones(len(told), bool)
        denial = denial_of(table, left_out, told, everything)
        judge = judge_of(learner, calibrated(left_out, table, everything)[0], denial)
        judge.save(WEIGHTS)
        print(f"{CHECK} {of_judge(judge)}")


def print_figures(learner: Learner, left_out: LeftOut, told: Floats) -> None:
    """How well authors left out are read, one line for each kind of text."""
    table, rows = learner.table, left_out.rows
    author = table.author[rows]
    print(f"{left_out.whole.sum()} texts of {len(set(author[left_out.whole]))} authors, {(~left_out.whole).sum()} "
          f"sentences, {len(table.rows) - len(rows)} others, {len(table.names)} features, seed {SEED}")  # fmt: skip
    newest = np.array([name.startswith("new_authors") for name in author])
    for name, those in (("texts", left_out.whole), ("new_authors", newest), ("sentences", ~left_out.whole)):
        read = (told >= TOLD) & (left_out.chances >= BORNE_OUT)
        of_those = (one[those] for one in (read, told, table.label[rows], table.known[rows]))
        print(f"{name:12} {figures(table, *of_those)}")
        print(f"{name:12} {denied_figures(table, left_out, told, those)}")


def of_judge(judge: Judge) -> str:
    """F1 of what a judge reads in sentences that nothing learned from, and of what it reads as denied."""
    rows = list(of_set(CHECK))
    chances = [judge.judge(features(row.text)) for row in rows]
    known = np.array([[key not in row.open for key in judge.keys] for row in rows])
    told, denied = (
        f1(np.array(read) & known, np.array([[key in of for key in judge.keys] for of in labels]) & known)
        for read, labels in (
            ([one.told >= TOLD for one in chances], [row.told for row in rows]),
            ([one.denied >= DENIED for one in chances], [row.denied or () for row in rows]),
        )
    )
    return f"n {len(rows)}   sub-items {told}   denied {denied}"


def print_stability(learner: Learner) -> None:
    """Learn the words with another seed and, thrice, without a twentieth of all authors, units and examples.

    Prints how many labelled sub-items of the examples are read otherwise than by the first learning, and the share of
    those read right.
    """
    table = learner.table
    rows, random = np.arange(len(table.rows)), np.random.default_rng(SEED)
    examples = np.flatnonzero(np.isin(table.source, ("examples", "denials")))
    labelled_ = (table.known[examples] == 1) | (table.label[examples] > 0)
    authors = np.unique(table.author)
    first = None
    for seed, share in ((SEED, 0.0), (SEED + 1, 0.0), (SEED, 0.05), (SEED, 0.05), (SEED, 0.05)):
        out = random.choice(authors, int(share * len(authors)), replace=False)
        weights = learner.fit(rows[~np.isin(table.author, out)], seed)
        read = learner.chances(weights, examples) >= TOLD
        first = read if first is None else first
        flipped = int((read != first)[labelled_].sum())
        right = float((read == (table.label[examples] > 0))[labelled_].mean())
        print(f"seed {seed}, {share:.0%} left out: {flipped} of {labelled_.sum()} otherwise, {right:.4f} right")


def figures(table: Table, read: NDArray[np.bool_], told: Floats, label: Floats, known: Floats) -> str:
    """F1 of sub-items and of items, and the calibration error of all probabilities from .05 on."""
    item = Learner(table).item
    given, true = (
        np.stack([one[:, item == of].any(axis=1) for of in range(item.max() + 1)], axis=1)
        for one in (read & (known > 0), label > 0)
    )
    each = f1(read & (known > 0), label > 0)
    return f"sub-items {each}   items {f1(given, true)}   {calibration(told, label, known)}"


def f1(read: NDArray[np.bool_], label: NDArray[np.bool_]) -> str:
    """F1 with its counts."""
    right, wrong, missed = (int(one.sum()) for one in (read & label, read & ~label, ~read & label))
    return f"F1 {2 * right / (2 * right + wrong + missed):.3f} ({right} right, {missed} missed, {wrong} wrong)"


def calibration(told: Floats, label: Floats, known: Floats, least: float = 0.05) -> str:
    """Expected calibration error in ten bins (Naeini, Cooper and Hauskrecht 2015)."""
    those = (known > 0) & (told >= least)
    chance, true = told[those], label[those]
    bins = np.minimum((chance * 10).astype(int), 9)
    error = sum(abs(float((chance - true)[bins == one].sum())) for one in range(10)) / len(chance)
    return f"ECE {error:.3f} (n {len(chance)})"


def denied_figures(table: Table, left_out: LeftOut, told: Floats, those: NDArray[np.bool_]) -> str:
    """F1 of what is denied in `those` rows, by weights that saw none of their authors."""
    right = wrong = missed = 0
    for number in range(FOLDS):
        here = left_out.group == number
        weights = denial_of(table, left_out, told, ~here)
        rows, label = denial_rows(table, left_out, told, here & those)
        given = [
            sum(weights.get(k, 0.0) * v for k, v in row.items()) >= float(np.log(DENIED / (1 - DENIED)))
            for row in rows
        ]
        right += sum(bool(g) and true for g, true in zip(given, label, strict=True))
        wrong += sum(bool(g) and not true for g, true in zip(given, label, strict=True))
        labelled_ = (table.rows[at] for at in left_out.rows[here & those])
        missed += sum(len(set(row.denied or ()) - set(row.told)) for row in labelled_)
    missed -= right
    return f"denied F1 {2 * right / (2 * right + wrong + missed):.3f} ({right} right, {missed} missed, {wrong} wrong)"


def judge_of(learner: Learner, context: Context, denial: dict[str, float]) -> Judge:
    """The judge learned from all rows, its weights rounded."""
    table = learner.table
    weights = learner.fit(np.arange(len(table.rows)))
    whole = weights.words
    scale = np.maximum(np.abs(whole).max(axis=0), 1e-6) / STEPS
    small = np.round(whole / scale).astype(np.int8)
    used = np.flatnonzero(small.any(axis=1))
    names = list(table.names)
    count = Counter(table.source.tolist())
    provenance = (
        f"benchmarks/learn_behaviours.py, seed {SEED}, {BAGS} learnings of {EPOCHS} passes: {count.pop('texts')} "
        f"texts of {len(set(table.author[table.source == 'texts']))} authors, {count.pop('sentences')} sentences, "
        f"{count.total()} units and examples; features written by at least {AUTHORS}; "
        f"calibrated with {encoder().provenance}"
    )
    return Judge(
        table.keys, {names[at]: number for number, at in enumerate(used)}, small[used], scale.astype(np.float32),
        weights.base, weights.meaning, dict(zip(table.own, weights.own.tolist(), strict=True)), context.slope,
        context.offset, context.context, denial, phrases(), provenance,
    )  # fmt: skip


def phrases() -> frozenset[int]:
    """The phrases of the vocabulary as it is learned from, each by its digest."""
    entries = load("behaviours").entries
    written = ((key, surface) for key, entry in entries.items() for surface, _ in searched(entry))
    return frozenset(digest(key, full) for key, surface in written for full in spelled_out(surface))


if __name__ == "__main__":
    main()
