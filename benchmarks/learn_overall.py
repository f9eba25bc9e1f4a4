"""Learns what the words of whole texts tell (linkage/intake/judge/overall.py) from labelled texts.

    python benchmarks/learn_overall.py            # how well, leaving authors out
    python benchmarks/learn_overall.py --write    # writes linkage/intake/judge/overall.json

`reading/overall.jsonl.gz` is what reading_table_overall.py made of the texts (docs/decisions/0019 says with which
commits); their words and labels stand in tests/intake/texts/repaired.jsonl. An author is the part of a text's id
before the dash. `reading/units.jsonl.gz` holds sentences that each tell one thing in a way of its own, with what
the rules read of them (docs/decisions/0021): weapons and places are learned from them too, never judged by them.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections import Counter, defaultdict
from pathlib import Path
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix, hstack
from sklearn.feature_extraction import DictVectorizer
from sklearn.feature_selection import chi2
from sklearn.linear_model import LogisticRegression
from sklearn.model_selection import GroupKFold

from linkage.intake.assemble.setting import GIVEN, STAYS
from linkage.intake.document.document import read_document
from linkage.intake.judge.overall import CONTACT, NONE, ONE_OF, VENUE, WEAPONS, Read, words_of

HERE = Path(__file__).parent
TEXTS = HERE.parent / "tests/intake/texts/repaired.jsonl"
MODEL = HERE.parent / "linkage/intake/judge/overall.json"
AUTHORS, FOLDS = 4, 6
"""Authors that must have written a word for it to count, and groups of authors left out in turn."""
MOST = {WEAPONS: 300, VENUE: 800, CONTACT: 1000}
"""Words that a class may weigh, those that tell most of it by chi squared; chosen by leaving authors out [R]."""
STRENGTH = {WEAPONS: 0.3, VENUE: 0.5, CONTACT: 0.5}
SHARE = {WEAPONS: 0.7, VENUE: 1.0, CONTACT: 1.0}
"""Strength of the regression, and how much a word counts beside what the rules read; chosen likewise [R]."""
UNITS = {WEAPONS: 1.0, VENUE: 0.15, CONTACT: 0.0}
"""Weight of a unit beside a text; chosen likewise [R]. Units tell each kind of place equally often, texts do not."""
LEAST = {WEAPONS: 10}
"""Texts that must tell a class for it to be learned."""
SMALL = 0.05
"""Weights below this are left out of the file [G]."""


class Texts:
    """The labelled texts of the table: words, what the rules read, labels, authors. Behind them, in the matrices and
    the labels, stand the units."""

    def __init__(self) -> None:
        with gzip.open(HERE / "reading/overall.jsonl.gz", "rt", encoding="utf-8") as table:
            read = {row.pop("id"): Read(**row) for row in map(json.loads, table)}
        rows = [json.loads(line) for line in TEXTS.read_text(encoding="utf-8").splitlines()]
        self.rows = [row for row in rows if row["id"] in read]
        self.read = [read[row["id"]] for row in self.rows]
        self.author = np.array([row["id"].partition("-")[0] for row in self.rows])
        with gzip.open(HERE / "reading/units.jsonl.gz", "rt", encoding="utf-8") as units:
            self.units = [json.loads(unit) for unit in units]
        self.words, self.said = DictVectorizer(), DictVectorizer()
        self.told = csr_matrix(self.words.fit_transform(self._counting()))
        self.asked = csr_matrix(
            self.said.fit_transform([*(one.features() for one in self.read), *self._read_units()])
        )

    def _counting(self) -> list[dict[str, float]]:
        """The words of each text and unit that enough authors wrote. No two units of a behaviour tell it in the same
        way, so each counts as an author."""
        each = [words_of(read_document(one["text"])) for one in (*self.rows, *self.units)]
        by: defaultdict[str, set[str]] = defaultdict(set)
        for told, author in zip(each, [*self.author, *(unit["id"] for unit in self.units)], strict=True):
            for word in told:
                by[word].add(author)
        return [{word: 1.0 for word in told if len(by[word]) >= AUTHORS} for told in each]

    def _read_units(self) -> list[dict[str, float]]:
        """What the rules read of each unit; where its place and way of contact are not labelled, that says nothing of
        them."""
        made = []
        for unit in self.units:
            read = Read(**unit["read"]).features()
            silent = () if VENUE in unit else (VENUE, CONTACT)
            made.append({name: one for name, one in read.items() if not name.startswith(silent)})
        return made

    def label(self, family: str, key: str) -> NDArray[np.int64]:
        """1 where a text or unit tells `key` of a family of several, 0 where not, -1 where the label is open."""
        label = np.zeros(len(self.rows) + len(self.units), dtype=np.int64)
        for at, row in enumerate(self.rows):
            gold = row["gold"]
            if family in gold.get("ignore", ()) or key in gold.get(f"{family}_may", ()):
                label[at] = -1
            if key in gold.get(family, ()):
                label[at] = 1
        for at, unit in enumerate(self.units, len(self.rows)):
            open_ = family not in unit or key in unit.get(f"{family}_may", ())
            label[at] = 1 if key in unit.get(family, ()) else -1 if open_ else 0
        return label

    def one_of(self, family: str) -> NDArray[np.str_]:
        """The class of each text and unit in a family of which one at most is told; "?" where the label is open."""
        gold = [row["gold"] for row in self.rows]
        told = ["?" if family in one.get("ignore", ()) else one.get(family) or NONE for one in gold]
        units = [(unit[family] or NONE) if family in unit else "?" for unit in self.units]
        return np.array([*told, *units])

    def keys(self, family: str) -> list[str]:
        """The classes of a family of several that enough texts tell."""
        often = Counter(key for row in self.rows for key in row["gold"].get(family, ()))
        return sorted(key for key, count in often.items() if count >= LEAST[family])

    def fit(self, family: str, label: NDArray[Any], those: NDArray[np.int64]) -> tuple[Any, NDArray[np.int64]]:
        """The regression of the given texts and units, and the columns of the words that it weighs."""
        those = those if UNITS[family] else those[those < len(self.rows)]
        telling = np.nan_to_num(chi2(self.told[those], label[those])[0])
        top = np.sort(np.argsort(-telling, kind="stable")[: MOST[family]])
        solver = "lbfgs" if family in ONE_OF else "liblinear"
        model = LogisticRegression(C=STRENGTH[family], solver=solver, max_iter=500)
        weight = np.where(those < len(self.rows), 1.0, UNITS[family])
        return model.fit(self.seen(family, top)[those], label[those], sample_weight=weight), top

    def seen(self, family: str, top: NDArray[np.int64]) -> Any:
        """The features of all texts."""
        return hstack([self.told[:, top] * SHARE[family], self.asked]).tocsr()

    def left_out(self, family: str, label: NDArray[Any], open_: NDArray[np.bool_]) -> list[tuple[Any, Any]]:
        """(texts, probabilities of the model's classes) of each group of authors, learned from the others and the
        units."""
        made = []
        units = np.arange(len(self.rows), len(label))
        for others, out in GroupKFold(FOLDS).split(self.rows, groups=self.author):
            rest = np.r_[others, units]
            model, top = self.fit(family, label, rest[~open_[rest]])
            made.append((out, (model.classes_, model.predict_proba(self.seen(family, top)[out]))))
        return made


def main() -> None:
    """Prints the figures, or writes the model."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--write", action="store_true")
    texts = Texts()
    if parser.parse_args().write:
        MODEL.write_text(json.dumps(learned(texts), ensure_ascii=False) + "\n", encoding="utf-8")
        return
    print(f"{len(texts.rows)} texts, {len(set(texts.author))} authors, {len(texts.units)} units")
    several(texts, WEAPONS)
    for family in (VENUE, CONTACT):
        single(texts, family)


def several(texts: Texts, family: str) -> None:
    """Prints how well a family of which any number may be told is read."""
    rules, judged, added = Counter[str](), Counter[str](), Counter[str]()
    for key in texts.keys(family):
        every = texts.label(family, key)
        label = every[: len(texts.rows)]
        chance = np.zeros(len(label))
        for out, (_, chances) in texts.left_out(family, every, every < 0):
            chance[out] = chances[:, 1]
        read = np.array([key in one.weapons for one in texts.read])
        given = np.where(read, chance >= STAYS[family], chance >= GIVEN[family])
        _count(rules, read, label)
        _count(judged, given, label)
        _count(added, given & ~read, label)
    print(
        f"{family:15} rules {_f1(rules)}   judged {_f1(judged)}   added {added['right']} right {added['wrong']} wrong"
    )


def single(texts: Texts, family: str) -> None:
    """Prints how well a family of which one is told is read."""
    every = texts.one_of(family)
    label = every[: len(texts.rows)]
    rule = np.array([getattr(one, {VENUE: "venue", CONTACT: "contact"}[family]) or NONE for one in texts.read])
    best = np.full(len(label), NONE, dtype=object)
    for out, (classes, chances) in texts.left_out(family, every, every == "?"):
        best[out] = np.where(chances.max(axis=1) >= GIVEN[family], classes[chances.argmax(axis=1)], NONE)
    counts = []
    for read in (rule, best):
        told = Counter[str]()
        told["right"] = int(((read == label) & (label != NONE)).sum())
        told["wrong"] = int(((read != label) & (read != NONE) & (label != "?")).sum())
        told["missed"] = int(((read != label) & (label != NONE) & (label != "?")).sum())
        counts.append(told)
    print(f"{family:15} rules {_f1(counts[0])}   judged {_f1(counts[1])}")


def _count(told: Counter[str], given: NDArray[np.bool_], label: NDArray[np.int64]) -> None:
    told["right"] += int((given & (label == 1)).sum())
    told["wrong"] += int((given & (label == 0)).sum())
    told["missed"] += int((~given & (label == 1)).sum())


def _f1(told: Counter[str]) -> str:
    f1 = 2 * told["right"] / (2 * told["right"] + told["wrong"] + told["missed"])
    return f"F1 {f1:.3f} ({told['right']} right, {told['missed']} missed, {told['wrong']} wrong)"


def learned(texts: Texts) -> dict[str, Any]:
    """The weights of all families as linkage/intake/judge/overall.py reads them."""
    kept: dict[str, dict[str, Any]] = {}
    for family in (WEAPONS,):
        kept[family] = {}
        for key in texts.keys(family):
            label = texts.label(family, key)
            model, top = texts.fit(family, label, np.flatnonzero(label >= 0))
            kept[family][key] = _weights(texts, family, top, model.coef_[0], model.intercept_[0])
    for family in (VENUE, CONTACT):
        classes = texts.one_of(family)
        model, top = texts.fit(family, classes, np.flatnonzero(classes != "?"))
        each = zip(model.classes_, model.coef_, model.intercept_, strict=True)
        kept[family] = {str(key): _weights(texts, family, top, coef, base) for key, coef, base in each}
    names = sorted({name for classes in kept.values() for one in classes.values() for name in one["weights"]})
    number = {name: at for at, name in enumerate(names)}
    for classes_ in kept.values():
        for one in classes_.values():
            one["at"] = [number[name] for name in one["weights"]]
            one["weights"] = list(one["weights"].values())
    return {"features": names, "families": kept}


def _weights(texts: Texts, family: str, top: NDArray[np.int64], coef: NDArray[Any], base: float) -> dict[str, Any]:
    names = [*texts.words.get_feature_names_out()[top], *texts.said.get_feature_names_out()]
    shares = np.r_[np.full(len(top), SHARE[family]), np.ones(len(names) - len(top))]
    weights = zip(names, coef * shares, strict=True)
    return {"base": round(float(base), 4), "weights": {n: round(float(w), 2) for n, w in weights if abs(w) >= SMALL}}


if __name__ == "__main__":
    main()
