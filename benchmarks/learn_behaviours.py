"""Learns the judge of behaviours (linkage/intake/behaviours) from labelled texts, units and examples.

    python benchmarks/learn_behaviours.py            # how well, leaving authors out
    python benchmarks/learn_behaviours.py --write    # the same, then writes linkage/intake/behaviours/weights.npz

Takes about 4 minutes of processor time. A text tells a sub-item when one of its clauses does (noisy-or); the weights
of a sub-item, of its item and of its domain add up and are learned together by Adam (Kingma and Ba 2015) with decay
(Loshchilov and Hutter 2019) and features left out at random (Wager, Wang and Liang 2013). Probabilities of authors
left out then teach what the rest of a text says (`context`), and what makes a denial. Every figure is of authors of
whom neither step saw anything. The texts that are set aside are not among these.
"""

from __future__ import annotations

import argparse
from dataclasses import dataclass
from typing import Any

import numpy as np
from behaviour_texts import AUTHORS, Ints, Labelled, Table, labelled
from numpy.typing import NDArray
from sklearn.feature_extraction import DictVectorizer
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linkage.intake.behaviours.classifier import WEIGHTS, Judge, denials, log_odds
from linkage.intake.behaviours.reading import BORNE_OUT, DENIED, TOLD
from linkage.vocabulary import load

SEED, FOLDS, EPOCHS, BATCH, RATE, DECAY, LEFT_OUT = 1, 3, 4, 400, 0.02, 0.2, 0.4
"""Seed; groups of authors; passes; texts of a step; step size; decay; share of features left out [R]."""
WEIGHT = {"texts": 1.0, "units": 0.5, "examples": 0.5, "denials": 3.0}
"""Weight of a text by source; chosen by leaving authors out [R]."""
BASE, PHRASE = -6.0, 3.0
"""Log odds of a clause before anything is learned, and of a phrase in it [G]."""
EXAMPLE = 2.0
"""Weight of an example beside a text in learning what makes a denial [G]."""
CONTEXT, OF_OWN = 0.5, 3.0
"""Strength of the context's regressions, and how much more freely a sub-item's own probability counts there [R]."""
STEPS = 7
"""The largest weight of a sub-item is this whole number in the file; F1 of new authors is .751 with the weights as
learned, .753 with these [R]."""

Floats = NDArray[np.float32]


@dataclass(slots=True)
class Weights:
    """`each`, `item` and `domain` have shape (features, sub-items, items or domains), `base` (sub-items,), `own`
    (shared features,)."""

    each: Floats
    item: Floats
    domain: Floats
    base: Floats
    own: Floats


class Learner:
    """Learns the clause weights from some texts of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        entries = [load("behaviours").entries[key] for key in table.keys]
        self.item = _one_hot([f"{e.data['domain']} {e.data['item']}" for e in entries])
        self.domain = _one_hot([e.data["domain"] for e in entries])
        self.weight = np.array([WEIGHT[source] for source in table.source], np.float32)

    def start(self) -> Weights:
        """Before anything is learned."""
        features, keys = len(self.table.names), len(self.table.keys)
        shapes = keys, self.item.shape[1], self.domain.shape[1]
        each, item, domain = (np.zeros((features, width), np.float32) for width in shapes)
        own = np.zeros(len(self.table.own), np.float32)
        own[self.table.own["phrase"]] = PHRASE
        return Weights(each, item, domain, np.full(keys, BASE, np.float32), own)

    def total(self, at: Weights) -> Floats:
        """Weights of features for sub-items, shape (features, sub-items)."""
        whole: Floats = at.each + at.item @ self.item.T + at.domain @ self.domain.T
        return whole

    def odds(self, at: Weights, whole: Floats, clauses: Any, own: tuple[Ints, Ints, Ints]) -> Floats:
        """Log odds of each sub-item in the given rows of clauses."""
        odds: Floats = clauses @ whole + at.base
        np.add.at(odds, own[:2], at.own[own[2]])
        return odds

    def chances(self, at: Weights, texts: Ints) -> Floats:
        """Noisy-or of the clauses of each text, shape (texts, sub-items)."""
        whole, made = self.total(at), []
        for some in np.array_split(texts, len(texts) // 800 + 1):
            rows, begin, _ = self.table.clauses_of(some)
            odds = self.odds(at, whole, self.table.clauses[rows], self.table.own_of(rows))
            made.append(1 - np.exp(-np.add.reduceat(np.logaddexp(0, odds), begin, axis=0)))
        return np.concatenate(made).astype(np.float32)

    def fit(self, texts: Ints) -> Weights:
        """The weights learned from the given texts."""
        random = np.random.default_rng(SEED)
        at, adam = self.start(), Adam(EPOCHS * (len(texts) // BATCH + 1))
        for _ in range(EPOCHS):
            order = random.permutation(texts)
            for begin in range(0, len(order), BATCH):
                adam.step(at, self.gradient(at, np.sort(order[begin : begin + BATCH]), random))
        return at

    def gradient(self, at: Weights, texts: Ints, random: np.random.Generator) -> Weights:
        """Of the mean log loss of some texts, where a share of all features is left out."""
        rows, begin, counts = self.table.clauses_of(texts)
        clauses, own = self.table.clauses[rows], self.table.own_of(rows)
        clauses.data *= (random.random(len(clauses.data)) >= LEFT_OUT).astype(np.float32) / np.float32(1 - LEFT_OUT)
        odds = self.odds(at, self.total(at), clauses, own)
        chance = np.clip(1 - np.exp(-np.add.reduceat(np.logaddexp(0, odds), begin, axis=0)), 1e-6, 1 - 1e-7)
        weight = self.table.known[texts] * self.weight[texts][:, None] / len(texts)
        slope = weight * np.where(self.table.label[texts] > 0, -(1 - chance) / chance, 1.0)
        of_odds = (np.repeat(slope, counts, axis=0) / (1 + np.exp(-odds))).astype(np.float32)
        each = clauses.T @ of_odds
        shared = np.bincount(own[2], of_odds[own[0], own[1]], minlength=len(at.own))
        return Weights(each, each @ self.item, each @ self.domain, of_odds.sum(axis=0), shared.astype(np.float32))


class Adam:
    """Steps against a gradient, each weight by its own spread; those of words decay."""

    def __init__(self, steps: int) -> None:
        self.steps, self.done = steps, 0
        self.mean: dict[str, Floats] = {}
        self.square: dict[str, Floats] = {}

    def step(self, at: Weights, gradient: Weights) -> None:
        """Move `at` in place."""
        self.done += 1
        rate = RATE * min(1.0, self.done / 20) * (1 - self.done / (self.steps + 1))
        for name in Weights.__slots__:
            weights, slope = getattr(at, name), getattr(gradient, name)
            mean = self.mean.setdefault(name, np.zeros_like(weights))
            square = self.square.setdefault(name, np.zeros_like(weights))
            mean += 0.1 * (slope - mean)
            square += 0.01 * (slope * slope - square)
            if name in ("each", "item", "domain"):
                weights *= 1 - rate * DECAY
            spread = np.sqrt(square / (1 - 0.99**self.done)) + 1e-6
            weights -= rate * (mean / (1 - 0.9**self.done)) / spread


def _one_hot(names: list[str]) -> Floats:
    known = sorted(set(names))
    return np.eye(len(known), dtype=np.float32)[[known.index(name) for name in names]]


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
    write = parser.parse_args().write
    learner = Learner(Table(labelled()))
    table = learner.table
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
    if write:
        whole = Context.fit(chances, label, known)
        judge_of(learner, whole, denial_of(table, texts, told), len(texts)).save(WEIGHTS)


def figures(table: Table, read: NDArray[np.bool_], told: Floats, label: Floats, known: Floats) -> str:
    """F1 of sub-items and of items, and the calibration error of all probabilities from .05 on."""
    items = Learner(table).item > 0
    given, true = (
        np.stack([one[:, of_item].any(axis=1) for of_item in items.T], axis=1)
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
    whole = learner.total(weights)
    scale = np.maximum(np.abs(whole).max(axis=0), 1e-6) / STEPS
    small = np.round(whole / scale).astype(np.int8)
    used = np.flatnonzero(small.any(axis=1))
    names = list(table.names)
    provenance = (
        f"benchmarks/learn_behaviours.py, seed {SEED}, {EPOCHS} passes: {texts} labelled texts of "
        f"{len(set(table.author[:texts]))} authors, {len(table.rows) - texts} units and examples; features "
        f"written by at least {AUTHORS}"
    )
    return Judge(
        table.keys, {names[at]: number for number, at in enumerate(used)}, small[used], scale.astype(np.float32),
        weights.base, dict(zip(table.own, weights.own.tolist(), strict=True)), context.slope, context.offset,
        context.context, denial, provenance,
    )  # fmt: skip


if __name__ == "__main__":
    main()
