"""Learns the judge of behaviours (linkage/intake/behaviours) from labelled texts, units and examples.

    python benchmarks/learn_behaviours.py            # how well, leaving authors out
    python benchmarks/learn_behaviours.py --write    # the same, then writes linkage/intake/behaviours/weights.npz
    python benchmarks/learn_behaviours.py --stability    # how many examples other learnings read otherwise

Takes about 4 minutes of processor time. A text tells a sub-item when one of its clauses does (noisy-or), by
weights that `behaviour_learner` learns. Probabilities of authors left out then teach what the rest of a text says
(`context`), and what makes a denial. Every figure is of authors of whom neither step saw anything, but that of the
short sentences, whose writer wrote others that are learned from. The texts that are set aside are not among these.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass

import numpy as np
from behaviour_learner import BAGS, EPOCHS, SEED, Learner
from behaviour_texts import AUTHORS, Ints, Labelled, Table, labelled, of_set
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linkage.intake.behaviours.classifier import WEIGHTS, Judge, denials, log_odds
from linkage.intake.behaviours.features import features
from linkage.intake.behaviours.reading import BORNE_OUT, DENIED, TOLD

FOLDS = 3
"""Groups of authors."""
EXAMPLE = 2.0
"""Weight of an example beside a text in learning what makes a denial [G]."""
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

    def of(self, chances: Floats) -> Floats:
        """Probabilities, shape (texts, sub-items)."""
        odds: Floats = self.slope * log_odds(chances) + self.offset + chances @ self.context
        calibrated: Floats = 1 / (1 + np.exp(-odds))
        return calibrated


def left_out(learner: Learner) -> tuple[Ints, Ints, Floats]:
    """The texts, the group of authors of each, and its noisy-or by weights that saw none of its group."""
    table = learner.table
    texts, rest = (np.flatnonzero((table.source == "texts") == whole) for whole in (True, False))
    group, chances = np.zeros(len(texts), np.int64), np.zeros((len(texts), len(table.keys)), np.float32)
    for number, (others, out) in enumerate(GroupKFold(FOLDS).split(texts, groups=table.author[texts])):
        weights = learner.fit(np.concatenate([texts[others], rest]))
        group[out], chances[out] = number, learner.chances(weights, texts[out])
    return texts, group, chances


def denial_of(table: Table, texts: Ints, told: Floats) -> dict[str, float]:
    """Weights of what speaks for a denial, from texts and examples whose labels say what is denied."""
    rows, label = denial_rows(table, texts, told)
    examples = np.flatnonzero(np.isin(table.source, ("examples", "denials")))
    unsure = np.full((len(examples), len(table.keys)), 0.5, np.float32)
    more, more_label = denial_rows(table, examples, unsure)
    weight = np.r_[np.ones(len(rows)), np.full(len(more), EXAMPLE)]
    rows, label = rows + more, label + more_label
    names = DictVectorizer(sparse=False)
    model = LogisticRegression(C=0.3, solver="liblinear", fit_intercept=False)
    model.fit(names.fit_transform(rows), label, sample_weight=weight)
    return dict(zip(names.get_feature_names_out().tolist(), model.coef_[0].tolist(), strict=True))


def denial_rows(table: Table, texts: Ints, told: Floats) -> tuple[list[dict[str, float]], list[bool]]:
    """Sub-items with a negated phrase, and whether the label has them denied."""
    rows, label = list[dict[str, float]](), list[bool]()
    for at, chances in zip(texts, told, strict=True):
        row: Labelled = table.rows[at]
        if row.denied is not None:
            for key, named in denials(table.read[at][1], table.keys, chances).items():
                known = row.silent is None or table.keys[key] in (*row.told, *row.denied)
                if known and table.keys[key] not in row.open:
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
    texts, group, chances = left_out(learner)
    label, known = table.label[texts], table.known[texts]
    told = np.zeros_like(chances)
    for number in range(FOLDS):
        told[group == number] = Context.fit(*(one[group != number] for one in (chances, label, known))).of(
            chances[group == number]
        )
    print(f"{len(texts)} texts, {len(set(table.author[texts]))} authors, {len(table.rows) - len(texts)} others, "
          f"{len(table.names)} features, seed {SEED}")  # fmt: skip
    newest = np.array([name.startswith("new_authors") for name in table.author[texts]])
    for name, those in (("all", newest | True), ("new_authors", newest)):
        read = (told >= TOLD) & (chances >= BORNE_OUT)
        print(f"{name:12} {figures(table, read[those], told[those], label[those], known[those])}")
    print(f"denied       {denied_figures(table, texts, group, told)}")
    if asked.write:
        whole = Context.fit(chances, label, known)
        judge = judge_of(learner, whole, denial_of(table, texts, told), len(texts))
        judge.save(WEIGHTS)
        print(f"{CHECK} {of_judge(judge)}")


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
    """Learn with another seed and, thrice, without a twentieth of all authors, units and examples.

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


def denied_figures(table: Table, texts: Ints, group: Ints, told: Floats) -> str:
    """F1 of what is denied, by weights that saw none of its authors."""
    right = wrong = missed = 0
    for number in range(FOLDS):
        weights = denial_of(table, texts[group != number], told[group != number])
        out = texts[group == number]
        rows, label = denial_rows(table, out, told[group == number])
        given = [
            sum(weights.get(k, 0.0) * v for k, v in row.items()) >= float(np.log(DENIED / (1 - DENIED)))
            for row in rows
        ]
        right += sum(bool(g) and true for g, true in zip(given, label, strict=True))
        wrong += sum(bool(g) and not true for g, true in zip(given, label, strict=True))
        missed += sum(len(set(table.rows[at].denied or ()) - set(table.rows[at].told)) for at in out)
    missed -= right
    return f"F1 {2 * right / (2 * right + wrong + missed):.3f} ({right} right, {missed} missed, {wrong} wrong)"


def judge_of(learner: Learner, context: Context, denial: dict[str, float], texts: int) -> Judge:
    """The judge learned from all rows, its weights rounded."""
    table = learner.table
    weights = learner.fit(np.arange(len(table.rows)))
    whole = weights.words
    scale = np.maximum(np.abs(whole).max(axis=0), 1e-6) / STEPS
    small = np.round(whole / scale).astype(np.int8)
    used = np.flatnonzero(small.any(axis=1))
    names = list(table.names)
    provenance = (
        f"benchmarks/learn_behaviours.py, seed {SEED}, {BAGS} learnings of {EPOCHS} passes: {texts} texts of "
        f"{len(set(table.author[:texts]))} authors, {len(table.rows) - texts} units and examples; features "
        f"written by at least {AUTHORS}"
    )
    return Judge(
        table.keys, {names[at]: number for number, at in enumerate(used)}, small[used], scale.astype(np.float32),
        weights.base, weights.meaning, dict(zip(table.own, weights.own.tolist(), strict=True)), context.slope,
        context.offset, context.context, denial, provenance,
    )  # fmt: skip


if __name__ == "__main__":
    main()
