"""Labelled texts of behaviours as matrices: whole texts, units that tell one thing, and the vocabulary's examples.

A row of `label` is a text; `known` says which of its sub-items the label speaks of. A phrase or a sentence of the
vocabulary and of its tables of examples is known for what it is an example of, and open for all else. No two
sentences, units or examples tell a thing in the same way, so each counts as an author of its words. Of what stands in
no phrase of an example and belongs to other domains it is taken for silent, a little (`SILENT`).
"""

from __future__ import annotations

import gzip
import json
import tomllib
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from hashlib import blake2b
from pathlib import Path
from sys import intern
from typing import Any

import numpy as np
from numpy.typing import NDArray
from scipy.sparse import csr_matrix
from sklearn.model_selection import GroupKFold

from linkage.intake.behaviours.features import Named, Own, features
from linkage.vocabulary import load

HERE = Path(__file__).parent
TEXTS = HERE.parent / "tests/intake/texts"
EXAMPLES = HERE.parent / "tests/intake/behaviours/behaviour_examples"
SETS = ("repaired", "held_out", "dev", "new_authors", "misread", "registers", "notes")
SENTENCES = ("short_sentences", "paraphrases")
FOLDS = 3
"""Groups of authors that are left out in turn."""
AUTHORS = 6
"""Authors that must have written a feature for it to count."""
SILENT = 0.1
"""How surely an example of one sub-item is taken not to tell another of another domain of which it holds no phrase,
beside a label that says so [R]: without it a short sentence had been learned to tell what often goes with it."""

UNNAMED = 0.25
"""How surely a sentence does not tell what its label does not name, beside a label that says so [R]: who writes two
thousand does not go through 162 sub-items for each (of .25, .5 and 1 none reads unmet texts better)."""

Ints = NDArray[np.int64]


@dataclass(slots=True)
class Labelled:
    """One text: `told` as done and `denied`; `silent` what it does not tell, None where that is all the rest but
    `open`. `source` is "texts", "sentences", "units", "examples" or "denials" (examples of what is not told)."""

    text: str
    source: str
    author: str
    told: list[str] = field(default_factory=list)
    denied: list[str] | None = None
    open: list[str] = field(default_factory=list)
    silent: list[str] | None = None


def labelled() -> Iterator[Labelled]:
    """All labelled texts but those that are set aside."""
    for name in SETS:
        yield from of_set(name)
    for name in SENTENCES:
        for number, row in enumerate(of_set(name)):
            yield replace(row, source="sentences", author=f"{row.author} {number}")
    with gzip.open(HERE / "reading/units.jsonl.gz", "rt", encoding="utf-8") as units:
        for row in map(json.loads, units):
            if "behaviours" in row:
                yield Labelled(row["text"], "units", row["id"], row["behaviours"], None, row["behaviours_may"])
    for number, (text, told, denied, silent) in enumerate(_examples()):
        yield Labelled(text, "denials" if silent else "examples", f"example {number}", told, denied, [], silent)


def of_set(name: str) -> Iterator[Labelled]:
    """The labelled texts of one file that say something of behaviours."""
    for line in (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines():
        row = json.loads(line)
        gold = row["gold"]
        if "behaviours" not in gold.get("ignore", ()):
            author = f"{name} {row['id'].rpartition('-')[0]}"
            told, may = gold.get("behaviours", []), gold.get("behaviours_may", [])
            yield Labelled(row["text"], "texts", author, told, gold.get("behaviours_absent"), may)


def _examples() -> Iterator[tuple[str, list[str], list[str], list[str]]]:
    for key, entry in load("behaviours").entries.items():
        for text in (entry.example, *entry.synonyms, *entry.data.get("words", ())):
            yield text, [key], [], []
    for file in sorted(EXAMPLES.glob("*.toml")):
        table = tomllib.loads(file.read_text(encoding="utf-8"))
        for kind in ("read", "open"):
            yield from ((text, [key], [], []) for key, texts in table.get(kind, {}).items() for text in texts)
        yield from ((text, [], [], keys) for text, keys in table["not_read"].items())
        yield from ((text, [], keys, keys) for text, keys in table["absent"].items())


class Table:
    """The features of all clauses, what their words mean (`meant`), and the labels of all texts. `first`
    (texts + 1,) is where the clauses of each begin; `own_at` (clauses + 1,) where each clause's shared features do in
    `own_key` and `own_name`."""

    def __init__(self, rows: Iterable[Labelled]) -> None:
        self.keys = tuple(load("behaviours").entries)
        self.domain = np.array([entry.data["domain"] for entry in load("behaviours").entries.values()])
        self.rows: list[Labelled] = []
        self.read: list[tuple[list[Named], list[list[Own]]]] = []
        meant = []
        for row in rows:
            read = features(row.text)
            if read.clauses:
                self.rows.append(row)
                named = [{intern(name): value for name, value in here.items()} for here in read.named]
                self.read.append((named, [[(intern(key), intern(name)) for key, name in own] for own in read.own]))
                meant.append(read.meant)
        self.meant = np.concatenate(meant)
        self.source = np.array([row.source for row in self.rows])
        self.author = np.array([row.author for row in self.rows])
        self.names = self._by_authors(lambda read: (name for here in read[0] for name in here))
        self.own = self._by_authors(lambda read: (name for here in read[1] for _, name in here))
        self._lay_out()
        self._label()

    def _by_authors(self, of: Any) -> dict[str, int]:
        by: defaultdict[str, set[str]] = defaultdict(set)
        for row, read in zip(self.rows, self.read, strict=True):
            for name in of(read):
                if len(by[name]) < AUTHORS:
                    by[name].add(row.author)
        return {name: at for at, name in enumerate(sorted(n for n, who in by.items() if len(who) >= AUTHORS))}

    def _lay_out(self) -> None:
        ends, at, values, self.first = [0], list[int](), list[float](), [0]
        own_at, own_key, own_name = [0], list[int](), list[int]()
        number = {key: place for place, key in enumerate(self.keys)}
        for read in self.read:
            for named, own in zip(*read, strict=True):
                known = [(self.names[name], value) for name, value in named.items() if name in self.names]
                at += [place for place, _ in known]
                values += [value for _, value in known]
                ends.append(len(at))
                for key, name in own:
                    if name in self.own:
                        own_key.append(number[key])
                        own_name.append(self.own[name])
                own_at.append(len(own_key))
            self.first.append(len(ends) - 1)
        shape = (len(ends) - 1, len(self.names))
        self.clauses = csr_matrix((np.array(values, np.float32), np.array(at, np.int32), np.array(ends)), shape)
        self.starts = np.array(self.first)
        self.own_at, self.own_key, self.own_name = map(np.array, (own_at, own_key, own_name))

    def _label(self) -> None:
        number = {key: place for place, key in enumerate(self.keys)}
        self.label = np.zeros((len(self.rows), len(self.keys)), np.float32)
        self.known = np.ones_like(self.label)
        for at, row in enumerate(self.rows):
            told = [number[key] for key in row.told if key in number]
            if row.silent is not None:
                self.known[at] = 0
                self.known[at, [number[key] for key in row.silent if key in number]] = 1
            if row.source == "examples":
                self.known[at, self._silent(told, at)] = SILENT
            if row.source == "sentences":
                named = [number[key] for key in (*row.told, *(row.denied or ())) if key in number]
                self.known[at] = UNNAMED
                self.known[at, named] = 1
            self.known[at, [number[key] for key in row.open if key in number]] = 0
            self.label[at, told] = self.known[at, told] = 1

    def _silent(self, told: list[int], at: int) -> NDArray[np.bool_]:
        """The sub-items of other domains than those told of which the text at `at` holds no phrase."""
        silent = ~np.isin(self.domain, self.domain[told])
        silent[[self.keys.index(key) for own in self.read[at][1] for key, _ in own]] = False
        return silent

    def clauses_of(self, texts: Ints) -> tuple[Ints, Ints, Ints]:
        """The clauses of the given texts, where those of each begin among them, and how many each has."""
        counts = self.starts[texts + 1] - self.starts[texts]
        begin = np.concatenate([[0], np.cumsum(counts)])
        clauses = np.repeat(self.starts[texts] - begin[:-1], counts) + np.arange(begin[-1])
        return clauses, begin[:-1], counts

    def own_of(self, clauses: Ints) -> tuple[Ints, Ints, Ints]:
        """Of each shared feature in the given clauses: which of these, which sub-item, which feature."""
        counts = self.own_at[clauses + 1] - self.own_at[clauses]
        begin = np.concatenate([[0], np.cumsum(counts)])
        places = np.repeat(self.own_at[clauses] - begin[:-1], counts) + np.arange(begin[-1])
        return np.repeat(np.arange(len(clauses)), counts), self.own_key[places], self.own_name[places]


class EncodedLeftOut:
    """Log odds in clauses of being `TOLD` and `DENIED` by the encoder when it was tuned without the author of a text,
    as `tune_encoder.py` left them in `encoded_fold_*.npz`: of each text by its digest, and in steps of `STEP`."""

    STEP = 0.25
    TOLD, DENIED = "told", "denied"

    def __init__(self) -> None:
        self.of: dict[str, dict[str, NDArray[np.int8]]] = {self.TOLD: {}, self.DENIED: {}}
        for fold in range(FOLDS):
            with np.load(self.path(fold), allow_pickle=False) as found:
                keys = tuple(str(found["keys"]).split("\n"))
                assert fold == 0 or keys == self.keys, f"{self.path(fold)} is of other sub-items: tune all again"
                self.keys = keys
                digests = str(found["digests"]).split("\n")
                for name, of in self.of.items():
                    of |= dict(zip(digests, np.split(found[name], found["starts"][1:]), strict=True))

    @staticmethod
    def path(fold: int) -> Path:
        """Where the log odds of a fold stand."""
        return HERE / f"reading/encoded_fold_{fold}.npz"

    @classmethod
    def save(cls, fold: int, table: Table, rows: Ints, **odds: NDArray[np.float32]) -> None:
        """Write the log odds of the clauses of the given rows, shape (clauses, sub-items) each."""
        small = {name: np.clip(np.round(of / cls.STEP), -127, 127).astype(np.int8) for name, of in odds.items()}
        digests = "\n".join(digest(table.rows[at]) for at in rows)
        starts = table.clauses_of(rows)[1]
        np.savez_compressed(cls.path(fold), keys="\n".join(table.keys), digests=digests, starts=starts, **small)

    def odds(self, name: str, table: Table, rows: Ints, otherwise: NDArray[np.float32]) -> NDArray[np.float32]:
        """Of the clauses of the given rows; those given for a text or a sub-item that came since."""
        made, there = otherwise.copy(), [at for at, key in enumerate(table.keys) if key in self.keys]
        columns = [self.keys.index(table.keys[at]) for at in there]
        _, begin, counts = table.clauses_of(rows)
        for row, first, count in zip(rows, begin, counts, strict=True):
            found = self.of[name].get(digest(table.rows[row]))
            if found is not None and len(found) == count:
                made[first : first + count, there] = found[:, columns] * np.float32(self.STEP)
        return made


def digest(row: Labelled) -> str:
    """By which a text of an author is known again."""
    return blake2b(f"{writer(row)}\n{row.text}".encode(), digest_size=8).hexdigest()


def writer(row: Labelled) -> str:
    """Who wrote a text; of a sentence, which counts as an author of its words, who wrote it with others."""
    return row.author.rpartition(" ")[0] if row.source == "sentences" else row.author


def folds(table: Table) -> list[Ints]:
    """The rows of each of three groups of writers."""
    rows = np.flatnonzero(np.isin(table.source, ("texts", "sentences")))
    writers = [writer(table.rows[at]) for at in rows]
    return [rows[out] for _, out in GroupKFold(FOLDS).split(rows, groups=writers)]
