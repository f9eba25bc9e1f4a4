"""How long a question takes over a store, and over the same reports many times over.

    linkage synth --reports 20000 --seed 1 --out world
    linkage import world/reports.jsonl --store sqlite:///world.db
    python benchmarks/search_speed.py --store sqlite:///world.db [--times 1 10 50] [--repeat 3]

Told are seconds of processor time: the index made of all reports, its file written and read, the first question of
this process (the second process is the one to look at: then the file is there), and for each number of `--times` the
median, the ninth tenth and the largest of the questions of `search/dev_queries.jsonl`, each the quickest of
`--repeat` rounds, with the highest memory of the process. Reports many times over keep their share of every value, so
that a question finds as many times as many; their distinct values stay as they were, which real reports would add to.
"""

from __future__ import annotations

import argparse
import gc
import json
import resource
import statistics
import tempfile
import time
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import TypeVar, overload

import numpy as np

from linkage.report import Report
from linkage.search import Question, Searcher
from linkage.search.index_file import StoredIndex, read_index, write_index
from linkage.search.postings import Postings
from linkage.search.report_index import ReportIndex
from linkage.store import Store
from linkage.store.search_index import searcher_of

T = TypeVar("T")
QUESTIONS = Path(__file__).parent / "search/dev_queries.jsonl"


class Repeated(Sequence[Report]):
    """Reports `times` over."""

    def __init__(self, reports: Sequence[Report], times: int) -> None:
        self._reports, self._times = reports, times

    def __len__(self) -> int:
        return len(self._reports) * self._times

    @overload
    def __getitem__(self, row: int) -> Report: ...
    @overload
    def __getitem__(self, row: slice) -> list[Report]: ...
    def __getitem__(self, row: int | slice) -> Report | list[Report]:
        n = len(self._reports)
        return (
            [self._reports[at % n] for at in range(len(self))[row]]
            if isinstance(row, slice)
            else self._reports[row % n]
        )


def repeated(index: ReportIndex, times: int) -> ReportIndex:
    """The index of reports `times` over."""
    return ReportIndex(
        [f"{name}/{number}" for number in range(times) for name in index.ids],
        {name: np.tile(numbers, times) for name, numbers in index.numbers.items()},
        {name: _repeated(held, times) for name, held in index.values.items()},
        _repeated(index.words, times),
    )


def _repeated(held: Postings, times: int) -> Postings:
    value, row = np.tile(held.value, times), np.tile(held.row, times)
    row += np.repeat(np.arange(times, dtype=np.int32) * held.n, len(held.row))
    order = np.argsort(value, kind="stable")
    return Postings(held.known, value[order], row[order], held.n * times)


def timed(said: str, work: Callable[[], T]) -> T:
    """Do some work and tell how long it took."""
    started = time.process_time()
    found = work()
    print(f"{said:60}{time.process_time() - started:10.2f} s", flush=True)
    return found


def warm(searcher: Searcher, questions: Sequence[Question], repeat: int) -> list[float]:
    """Milliseconds of each question, the quickest of some rounds of them all, after one that makes ready what they
    need."""
    rounds: list[list[float]] = []
    for _ in range(repeat + 1):
        rounds.append([])
        for question in questions:
            started = time.process_time()
            searcher.find(question)
            rounds[-1].append(1000 * (time.process_time() - started))
    return [min(tries) for tries in zip(*rounds[1:], strict=True)]


def main() -> None:
    """Measure and print."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--store", required=True)
    asked.add_argument("--times", type=int, nargs="+", default=[1, 10, 50])
    asked.add_argument("--repeat", type=int, default=3)
    choices = asked.parse_args()
    questions = [Question(words=json.loads(line)["query"]) for line in QUESTIONS.read_text("utf-8").splitlines()]
    with Store(choices.store, write=False) as store:
        searcher = timed("searcher of the store", lambda: searcher_of(store))
        timed("first question", lambda: searcher.find(questions[0]))
        index, n = searcher.index, len(searcher.index.ids)
        reports = timed("all reports read", store.reports)
        timed("their index made", lambda: ReportIndex.of(reports))
        with tempfile.TemporaryDirectory() as folder:
            file = Path(folder) / "index"
            timed("its file written", lambda: write_index(file, StoredIndex(index, ["0" * 64] * n)))
            print(f"{'size of the file':60}{file.stat().st_size / 1e6:10.1f} MB")
            timed("its file read", lambda: read_index(file))
    gc.collect()
    gc.freeze()
    for times in choices.times:
        many = Searcher(Repeated(reports, times), index=repeated(index, times))
        took = warm(many, questions, choices.repeat)
        memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024**2
        print(
            f"{n * times:9,} reports, {len(took)} questions: median {statistics.median(took):.0f} ms, nine in ten "
            f"{np.quantile(took, 0.9):.0f} ms, largest {max(took):.0f} ms; {memory:.1f} GB",
            flush=True,
        )


if __name__ == "__main__":
    main()
