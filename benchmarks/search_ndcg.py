"""How well the search finds: 100 questions over a synthetic world, and questions over written alerts.

    python benchmarks/search_ndcg.py [--reports 2000] [--seed 5] [--texts | --others] [--half final] [--way similar]

Over the world (`search/world_questions.txt`) a report's grade follows from the world's truth, what the report was
made to tell, never from the search: 3 where it tells all that is asked, 2 from two thirds, 1 from half. Over written
alerts (`--texts`; `search/text_queries.jsonl` over labelled texts of the tests: all of dev, of repaired those of
`search/text_ids.txt`) the texts were graded by reading them, before any answer was seen; four questions ask for what
no text tells. One half of the questions was tuned on (`--half tune`), the other set aside. `--way` is how words are
looked for; without it each way is tried, so that the table shows what every layer adds. Reports are read from their
words by intake both times.

Measures: nDCG@10 with gain 2^grade - 1; recall@5, the share found of the reports of grade 2 and 3, or of five where
there are more. Only listed rows count, but for the second nDCG, which takes the rows that fill up as well.
"""

from __future__ import annotations

import argparse
import json
import math
import statistics
import tempfile
import time
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path
from typing import Any

import pandas as pd

import linkage
from linkage.geography import distance_km
from linkage.intake import extract_report
from linkage.intake.values import place
from linkage.report import Report
from linkage.search import WORDS_AS, Question, Searcher
from linkage.search.sentences import installed
from linkage.synthetic import generate, write_world

HERE = Path(__file__).parent / "search"
TEXTS = Path(__file__).parents[1] / "tests/intake/texts"
NEAR_KM = 20.0
"""How near "near" is."""

Graded = tuple[str, Mapping[str, int]]


AUTHORS = (*"hjnqtxz", "ba", "bb", "bc", "bd", "be", "bf", "bg", "bh", "bi", "bj")
"""Authors who asked questions over texts of their own."""


def main() -> None:
    """Prints a line for each way of looking for words."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--reports", type=int, default=2000)
    parser.add_argument("--seed", type=int, default=5)
    parser.add_argument("--texts", action="store_true", help="questions over written alerts instead")
    parser.add_argument("--others", action="store_true", help="questions of fifteen authors over texts of their own")
    parser.add_argument("--half", choices=["tune", "final", "all"], default="all")
    parser.add_argument("--way", choices=list(WORDS_AS))
    chosen = parser.parse_args()
    sets: list[tuple[str, list[Report], list[Graded]]]
    if chosen.others:
        sets = [(f"author {name}", labelled(name), questions_of(name)) for name in AUTHORS]
    elif chosen.texts:
        sets = [("texts", texts(), text_questions(chosen.half))]
    else:
        sets = [("world", *world(chosen.reports, chosen.seed))]
    ways = [chosen.way] if chosen.way else [way for way in WORDS_AS if way != "sentences" or installed()]
    for name, reports, questions in sets:
        searcher = Searcher(reports)
        for way in ways:
            print(f"{name:8} {way:10} {measured(searcher, questions, way)}")


def measured(searcher: Searcher, questions: list[Graded], way: str) -> str:
    """The figures of one way of looking for words."""
    gains, every, recalls, empty, took = [], [], [], [], []
    for words, grades in questions:
        began = time.perf_counter()
        found = searcher.find(Question(words=words, words_as=way), 10)
        took.append(time.perf_counter() - began)
        listed = [row.report_id for row in found.rows if row.agrees]
        if not grades:
            empty.append(not listed)
            continue
        gains.append(ndcg(listed, grades))
        every.append(ndcg([row.report_id for row in found.rows], grades))
        recalls.append(recall(listed, grades))
    traps = f", {sum(empty)} of {len(empty)} without an answer found empty" if empty else ""
    return (
        f"nDCG@10 {statistics.mean(gains):.3f} ({statistics.mean(every):.3f} with the rows that fill up), recall@5 "
        f"{statistics.mean(recalls):.3f} over {len(gains)} questions "
        f"and {len(searcher.reports):,} reports{traps}; median {1000 * statistics.median(took):.0f} ms a question"
    )


def ndcg(listed: list[str], grades: Mapping[str, int], depth: int = 10) -> float:
    """Discounted gain of the first rows as a share of the best that can be had."""

    def gain(values: Iterable[int]) -> float:
        return sum((2.0**value - 1) / math.log2(at + 2) for at, value in enumerate(values))

    best = gain(sorted(grades.values(), reverse=True)[:depth])
    return gain(grades.get(name, 0) for name in listed[:depth]) / best


def recall(listed: list[str], grades: Mapping[str, int], depth: int = 5) -> float:
    """Share of the reports sought, or of `depth` where there are more, among the first rows."""
    sought = {name for name, grade in grades.items() if grade >= 2} or set(grades)
    return len(sought.intersection(listed[:depth])) / min(depth, len(sought))


def texts() -> list[Report]:
    """Written alerts, each read by extraction."""
    chosen = set((HERE / "text_ids.txt").read_text(encoding="utf-8").split())
    return [_read(told) for told in _told("dev")] + [
        _read(told) for told in _told("repaired") if told["id"] in chosen
    ]


def labelled(author: str) -> list[Report]:
    """The texts of one author, whose ids begin with this letter."""
    told = [*_told("repaired"), *_told("held_out")]
    return [_read(one) for one in told if one["id"].startswith(f"{author}-")]


def questions_of(author: str) -> list[Graded]:
    """The questions of one author over the author's own texts."""
    lines = map(json.loads, (HERE / "other_queries.jsonl").read_text(encoding="utf-8").splitlines())
    return [(one["query"], one["grades"]) for one in lines if one["id"].startswith(author.upper())]


def _told(name: str) -> list[dict[str, Any]]:
    return [json.loads(line) for line in (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()]


def _read(told: Mapping[str, Any]) -> Report:
    day = date.fromisoformat(told["received"]) if "received" in told else None
    report = extract_report(told["text"], today=day)
    return report.model_copy(update={"report_id": told["id"], "narrative": told["text"]})


def text_questions(half: str) -> list[Graded]:
    """Questions over written alerts; one half was tuned on, the other set aside."""
    lines = map(json.loads, (HERE / "text_queries.jsonl").read_text(encoding="utf-8").splitlines())
    return [(one["query"], one["grades"]) for one in lines if half in ("all", one["half"])]


def world(reports: int, seed: int) -> tuple[list[Report], list[Graded]]:
    """A synthetic world as intake reads it, and the questions graded by its truth."""
    with tempfile.TemporaryDirectory() as folder:
        write_world(generate(reports, seed), Path(folder))
        batch = linkage.read_reports(str(Path(folder) / "reports.jsonl"))
        truth = pd.read_csv(Path(folder) / "truth.csv", dtype=str, keep_default_na=False)
    questions: list[Graded] = []
    for line in (HERE / "world_questions.txt").read_text(encoding="utf-8").splitlines():
        if line and not line.startswith("#"):
            words, _, criteria = line.partition("|")
            grades = graded(truth, criteria.split(";"))
            if not any(grades.values()):
                print(f"nobody in this world tells: {words}")
                continue
            questions.append((words, grades))
    return batch.reports, questions


def graded(truth: pd.DataFrame, criteria: list[str]) -> dict[str, int]:
    """Grade of each report that tells at least half of what is asked."""
    met = pd.concat([told(truth, one).astype(int) for one in criteria], axis=1).mean(axis=1)
    grades = met.map(lambda share: 3 if share == 1 else 2 if share >= 2 / 3 else 1 if share >= 0.5 else 0)
    return {name: int(grade) for name, grade in zip(truth.report_id, grades, strict=True) if grade}


def told(truth: pd.DataFrame, criterion: str) -> pd.Series:
    """Which reports tell one thing: `b:` a behaviour, `near=` a place, `~` some words, `=` one of several values."""
    if criterion.startswith("b:"):
        return _any_of(truth.form_behaviours, criterion[2:]) | _any_of(truth.text_behaviours, criterion[2:])
    if "~" in criterion:
        column, _, words = criterion.partition("~")
        return truth[f"told_{column}"].str.contains(words, regex=False)
    column, _, value = criterion.partition("=")
    if column == "near":
        where = place.normalise({"text": value})[0]
        degrees = truth[["told_lat", "told_lon"]].apply(pd.to_numeric, errors="coerce")
        away = distance_km(
            where.lat or 0.0, where.lon or 0.0, degrees.told_lat.to_numpy(), degrees.told_lon.to_numpy()
        )
        return pd.Series(away.ravel() <= NEAR_KM, index=truth.index)
    wanted = set(value.split(","))
    return truth[f"told_{column}"].map(lambda held: not wanted.isdisjoint(held.replace("/", ";").split(";")))


def _any_of(column: pd.Series, key: str) -> pd.Series:
    return column.map(lambda held: key in held.split(";"))


if __name__ == "__main__":
    main()
