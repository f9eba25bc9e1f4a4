"""Which evidence matters: the figures without each group of comparisons, and with each alone.

The score of a pair is a sum of parts (DESIGN.md, "the parts add up"), so every pair is weighed once, its parts are
kept by group, and each ablation is a sum of the parts that remain under the same prior. What was learned stays as it
was learned with all the evidence: an ablation says what a group adds here, not what the engine could learn without.
"""

from __future__ import annotations

import tomllib
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from fnmatch import fnmatchcase
from functools import cache
from importlib.resources import files
from typing import Any, Literal, Self

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.evaluation.intervals import Drawn, drawn
from linkage.evaluation.paired import compared, draws_for
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs
from linkage.features.evidence import MILLIBAN
from linkage.features.table import EvidenceTable
from linkage.linker import Linker
from linkage.models.prior import probability_of

Progress = Callable[[str, int, int], None]

EVERYTHING = "everything"
WITHOUT, ALONE = "without", "alone"

PAIRS_AT_ONCE = 200_000
"""Pairs whose parts are worked out at a time, to bound memory."""


Prior = float | NDArray[np.float64]

Each = Literal["group", "name"]
"""What a part is: a group of comparisons, or one comparison."""


@dataclass(frozen=True)
class Parts:
    """What each group of comparisons says of each judged pair.

    `weights` (groups, pairs) are log10 likelihood ratios, tempered as the engine scores them; `prior` is the log10
    odds of a random pair, one number, or one for each pair where they were not all scored together.
    """

    groups: list[str]
    weights: NDArray[np.float32]
    prior: Prior

    @classmethod
    def of(
        cls, table: EvidenceTable, row: NDArray[np.int64], pairs: EvaluatedPairs, prior: float, each: Each = "group"
    ) -> Self:
        """Parts of the judged pairs; `row` (reports,) is the table's row of each report of `pairs`.

        With `each` "name" every comparison is a group of its own. Two reports of one row say themselves that they
        follow each other; nothing was compared, and the parts are 0.
        """
        named = [str(getattr(kind, each)) for kind in table.evidence]
        groups = list(dict.fromkeys(named))
        weights = np.zeros((len(groups), len(pairs)), dtype=np.float32)
        for start in range(0, len(pairs), PAIRS_AT_ONCE):
            at = slice(start, start + PAIRS_AT_ONCE)
            left, right = row[pairs.left[at]], row[pairs.right[at]]
            for name, kind, column in zip(named, table.evidence, table.columns, strict=True):
                if temper := table.temper(kind):
                    said = column.millibans(left, right, temper) / MILLIBAN
                    weights[groups.index(name), at] += np.where(left == right, 0.0, said)
        return cls(groups, weights, prior)

    @classmethod
    def from_linker(cls, linker: Linker, pairs: EvaluatedPairs, each: Each = "group") -> Self:
        """Parts as the linker weighs them. It has scored the reports of `pairs`; KeyError for one it has not."""
        scored = linker._require()
        row = np.array([scored.row_of[report.report_id] for report in pairs.reports], dtype=np.int64)
        return cls.of(scored.table, row, pairs, scored.prior, each)

    @classmethod
    def combined(cls, folds: Sequence[Parts]) -> Self:
        """Parts of several folds as parts of their pairs in one list (`trial.pooled`), each under its own prior."""
        priors = [np.broadcast_to(np.float64(fold.prior), fold.weights.shape[1]) for fold in folds]
        return cls(folds[0].groups, np.concatenate([fold.weights for fold in folds], axis=1), np.concatenate(priors))

    def scores(self, groups: Sequence[str]) -> Scores:
        """The scores that these groups alone give."""
        weight = self.prior + self.weights[[self.groups.index(group) for group in groups]].sum(0, dtype=np.float64)
        return Scores(value=weight, probability=probability_of(weight))


def family(group: str) -> str:
    """The family of a group of comparisons, `families.toml`; its own name where it stands in none."""
    for name, patterns in _families().items():
        if any(fnmatchcase(group, pattern) for pattern in patterns):
            return name
    return group


@cache
def _families() -> dict[str, list[str]]:
    text = files(__package__).joinpath("families.toml").read_text(encoding="utf-8")
    families: dict[str, list[str]] = tomllib.loads(text)["families"]
    return families


def families_of(groups: Sequence[str]) -> dict[str, list[str]]:
    """Family -> its groups, in their order."""
    found: dict[str, list[str]] = {}
    for group in groups:
        found.setdefault(family(group), []).append(group)
    return found


def ablation_table(
    pairs: EvaluatedPairs,
    parts: Parts,
    cut: dict[str, list[str]] | None = None,
    seed: int = 0,
    replicates: int = 100,
    progress: Progress | None = None,
) -> pd.DataFrame:
    """What each of `cut` (name -> groups; by default each family) is worth.

    One row for each evidence, use and figure: `evidence`, `use` ("everything", "without" it, it "alone"), `figure`
    (a key of `intervals.LABELS`), `value`, `low`, `high` (95 % bootstrap over persons), and the difference from
    everything, `change`, `change_low`, `change_high`, drawn in pairs. Evidence that no judged pair has is left out.
    """
    chosen = families_of(parts.groups) if cut is None else cut
    said = {group for group, weights in zip(parts.groups, parts.weights, strict=True) if weights.any()}
    chosen = {name: groups for name, groups in chosen.items() if said & set(groups)}
    draws = draws_for(pairs, seed, replicates)
    base = drawn(pairs, parts.scores(parts.groups), draws)
    rows = list(_rows(EVERYTHING, EVERYTHING, base, base))
    for done, (name, groups) in enumerate(chosen.items()):
        rest = [group for group in parts.groups if group not in groups]
        for use, kept in ((WITHOUT, rest), (ALONE, groups)):
            rows += _rows(name, use, base, drawn(pairs, parts.scores(kept), draws))
        if progress:
            progress("ablation", done + 1, len(chosen))
    return pd.DataFrame(rows)


def _rows(evidence: str, use: str, base: Drawn, other: Drawn) -> Iterator[dict[str, Any]]:
    for figure, difference in compared(base, other).items():
        yield {"evidence": evidence, "use": use, "figure": figure} | difference.to_row()
