"""What judging series costs, how long a chain takes to weigh a set, and how much another seed changes.

    python benchmarks/series_speed.py [WORLD:SEED ...] [--reports 800] [--seeds 0 1] [--chains 24] [--sweeps 6]

Worlds are those of `benchmarks/worlds.py`, judged without labels. Told is processor time of the series inference
alone, of all threads, after a small one that compiles. A sweep is one of one chain, from nobody linked on, alone;
`sets` are the sets that it weighs anew. `decided` is the share of units that have no pair between .05 and .95, and
`changed` the share of units with a likely partner that have mostly others under another seed, and `rms` how far the
pairs above a half under either differ (root mean square): both are means over every two of the seeds.
"""

from __future__ import annotations

import argparse
import sys
import time
from collections.abc import Sequence
from dataclasses import dataclass, replace
from itertools import combinations
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

import linkage
from linkage.evaluation.truth import Truth
from linkage.models import collective, series_inference
from linkage.models.candidate_graph import CandidateGraph, Candidates, Evidence
from linkage.models.collective import Posterior
from linkage.models.partition import start_from
from linkage.models.sampler import sample
from linkage.models.set_memory import memory

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world

SWEEPS = 10
"""Sweeps of the chain that is timed alone."""


@dataclass
class Asked:
    """What the series inference was asked, once scoring has come to it."""

    candidates: Candidates
    evidence: Evidence
    start: NDArray[np.int64]


class ReachedError(Exception):
    """Scoring has come to the series inference."""

    def __init__(self, asked: Asked) -> None:
        self.asked = asked


def asked(reports: list[linkage.Report]) -> Asked:
    """Score reports up to the series inference."""

    def stop(candidates: Candidates, evidence: Evidence, start: NDArray[np.int64], *_: object, **__: object) -> None:
        raise ReachedError(Asked(candidates, evidence, start))

    series_inference.infer, before = stop, series_inference.infer  # type: ignore[assignment]
    try:
        linkage.Linker().fit(reports).score(reports)
    except ReachedError as reached:
        return reached.asked
    finally:
        series_inference.infer = before
    raise ValueError("no candidates")


def swept(one: Asked) -> tuple[float, float]:
    """Milliseconds and sets weighed anew of a sweep of the largest component."""
    graph = CandidateGraph.of(one.candidates).weighed(one.evidence)
    part, packed = graph.components()[0], one.evidence.packed
    problem = graph.problem(part, one.evidence)
    room = memory(packed, problem.most, 32 * len(graph.end), 64 * len(graph.end))
    joined, none = np.zeros(len(problem.neighbour)), np.zeros((0, len(part)), np.int64)
    state = start_from(np.arange(len(part)), problem)
    started = time.process_time()
    sample(packed, room, one.evidence.tempers, problem, state, 1, SWEEPS, joined, none)
    spent = time.process_time() - started
    return 1000 * spent / SWEEPS, np.count_nonzero(room.set_key) / SWEEPS


def precision(graph: CandidateGraph, truth: Truth, found: Posterior) -> float:
    """Average precision of the pairs of units, of all true ones."""
    person = [truth.person.get(name, f"\0{name}") for name in graph.names]
    code = np.unique(np.array(person), return_inverse=True)[1]
    order = np.argsort(-found.together, kind="stable")
    hit = (code[found.left] == code[found.right])[order]
    size = np.bincount(code)
    return float((np.cumsum(hit) / np.arange(1, len(hit) + 1) * hit).sum() / (size * (size - 1) // 2).sum())


def decided(found: Posterior, units: int) -> float:
    """Share of the units without a pair in doubt."""
    doubt = (found.together > 0.05) & (found.together < 0.95)
    return 1 - len(np.union1d(found.left[doubt], found.right[doubt])) / units


def changed(one: Posterior, other: Posterior) -> float:
    """As `Posterior.changed`, between two runs."""
    pairs = [(found.left, found.right, found.together, found.whole) for found in (one, other)]
    return collective._changed(*pairs)


def differing(one: Posterior, other: Posterior) -> float:
    """Root mean square of the difference over the pairs above a half in either of two runs."""
    chances = [dict(zip(zip(run.left, run.right, strict=True), run.together, strict=True)) for run in (one, other)]
    likely = {pair for chance in chances for pair, of in chance.items() if of > 0.5}
    apart = [chances[0].get(pair, 0.0) - chances[1].get(pair, 0.0) for pair in likely]
    return float(np.sqrt(np.mean(np.square(apart)))) if apart else 0.0


def mean(values: Sequence[float]) -> str:
    """To three places; nothing of none."""
    return f"{np.mean(values):.3f}" if values else ""


def line(name: str, seed: int, reports: int, seeds: list[int], sweeps: int) -> str:
    """A row of the table."""
    made = world(name, seed, reports)
    one = asked(made.reports)
    graph, found, spent = CandidateGraph.of(one.candidates), [], []
    for at in seeds:
        started = time.process_time()
        found.append(collective.infer(one.candidates, one.evidence, one.start, at, sweeps))
        spent.append(time.process_time() - started)
    ms, sets = swept(one)
    both = list(combinations(found, 2))
    values = (
        f"{name}:{seed}",
        len(made.reports),
        f"{graph.units} ({len(graph.components()[0])})",
        len(graph.end),
        f"{sets:.0f}",
        f"{ms:.1f}",
        found[0].chains,
        f"{np.mean(spent):.1f}",
        f"{np.mean([precision(graph, made.truth, each) for each in found]):.3f}",
        f"{decided(found[0], graph.units):.3f}",
        f"{np.mean([each.changed for each in found]):.3f}",
        mean([changed(*two) for two in both]),
        mean([differing(*two) for two in both]),
    )
    return "| " + " | ".join(str(value) for value in values) + " |"


def main() -> None:
    """Print a table."""
    told = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    told.add_argument("worlds", nargs="*", metavar="WORLD:SEED", default=["default:51"])
    told.add_argument("--reports", type=int, default=800)
    told.add_argument("--seeds", type=int, nargs="+", default=[0, 1])
    told.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    told.add_argument("--sweeps", type=int, default=collective.SWEEPS, help="sweeps of a chain that are counted")
    chosen = told.parse_args()
    if chosen.chains:
        collective.CHAINS = ((sys.maxsize, chosen.chains),)
    small = asked(world("default", 1, 60).reports)
    collective.infer(small.candidates, replace(small.evidence), small.start, sweeps=1)
    columns = "world,reports,units (largest part),edges,sets a sweep,ms a sweep,chains,processor s,average precision"
    columns += ",decided,halves changed,changed,rms"
    print("| " + " | ".join(columns.split(",")) + " |\n" + "| --- " * 13 + "|")
    for name, seed in (one.split(":") for one in chosen.worlds):
        print(line(name, int(seed), chosen.reports, chosen.seeds, chosen.sweeps), flush=True)


if __name__ == "__main__":
    main()
