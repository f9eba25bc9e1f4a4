"""Two small synthetic worlds with their truth: one to learn from, one to score."""

from __future__ import annotations

import tempfile
from dataclasses import dataclass
from functools import cache, partial
from pathlib import Path

import numpy as np

from linkage.evaluation.baselines import SPLINK, baselines
from linkage.evaluation.scorer import Scorer, Scores
from linkage.evaluation.truth import EvaluatedPairs, Truth, evaluated_pairs
from linkage.intake import read_reports
from linkage.report import Report
from linkage.synthetic import generate, write_reports, write_world
from tests.shared import once

REPORTS = 220


@dataclass(frozen=True)
class World:
    """Canonical reports, their truth and their judged pairs."""

    reports: list[Report]
    truth: Truth
    pairs: EvaluatedPairs


@cache
def world(seed: int, reports: int = REPORTS) -> World:
    """A synthetic world read from its own files, as a user's would be; once for all workers of a run."""
    return once(f"baselines-{reports}-{seed}", partial(_made, seed, reports))


def _made(seed: int, reports: int) -> World:
    made = generate(reports, seed, labelled=True)
    with tempfile.TemporaryDirectory() as folder:
        write_world(made, Path(folder))
        write_reports(made, Path(folder) / "reports.jsonl")
        truth = Truth.from_file(Path(folder) / "truth.csv")
        read = list(read_reports(Path(folder) / "reports.jsonl").reports)
    return World(read, truth, evaluated_pairs(read, truth))


LEARNED, SCORED = 11, 12
"""Seeds of the world that is learned from and of the one that is scored."""


@cache
def fitted() -> dict[str, Scorer]:
    """Every baseline but Splink, by name, fitted to the first world."""
    learned = world(LEARNED)
    return {
        scorer.name: scorer.fit(learned.reports, learned.truth) for scorer in baselines() if scorer.name not in SPLINK
    }


@cache
def scored(name: str) -> Scores:
    """Scores of the second world by one baseline."""
    return fitted()[name].score(world(SCORED).pairs)


def same(one: Scores, other: Scores) -> bool:
    """Do two scorings agree in every number, up to the order of sums, and in every series?"""
    for a, b in ((one.value, other.value), (one.probability, other.probability)):
        if (a is None) != (b is None) or (a is not None and b is not None and not np.allclose(a, b, atol=1e-6)):
            return False
    gathered = [None if s.series is None else sorted(map(sorted, s.series)) for s in (one, other)]
    return gathered[0] == gathered[1]
