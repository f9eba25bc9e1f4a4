"""Does the linkage serve everybody alike: errors and calibration by perceived group, sector, area and who reports.

Each report belongs to one group of a grouping. A pair touches a group when at least one of its reports is of it, so
that a pair of two groups counts for both. What a group with few links shows is counts only: rates from so few
pairs would say more about chance than about the group.
"""

from __future__ import annotations

import csv
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import numpy as np
import pandas as pd
from numpy.typing import NDArray

from linkage.evaluation.ranking import LinkRanks, Ranking, link_ranks
from linkage.evaluation.resampling import Draws, Floats, interval, ratio
from linkage.evaluation.scorer import Scores
from linkage.evaluation.truth import EvaluatedPairs, TruthError
from linkage.features.sector import sector_of
from linkage.report import Report

NOT_RECORDED = "not recorded"
SEVERAL = "more than one"
EVERYBODY = "all reports"

FEW_LINKS = 10
"""Links below which a group is shown as counts only [G]: one link more or less would move its recall by a tenth."""

EVEN = 0.5
"""Probability from which a pair counts as suggested."""

RATES = ("recall_at_10", "found", "wrong_per_1000", "ppv", "stated", "expected_over_true")
"""Figures of a group, each with `_low` and `_high`: share of links among the first ten of either report's list
(`recall_at_10`), share of links over .5 (`found`), wrong suggestions over .5 for each 1,000 of its reports
(`wrong_per_1000`), share of its suggestions that are links (`ppv`) beside the mean probability stated for them
(`stated`), and the sum of all its probabilities over its links (`expected_over_true`)."""


def perceived_ethnicity(report: Report) -> str:
    """What witnesses perceived, if they say one thing; `SEVERAL` for several people or alternatives that differ."""
    told = {value for person in report.suspects for value in person.ethnicity}
    return NOT_RECORDED if not told else told.pop() if len(told) == 1 else SEVERAL


def region(report: Report) -> str:
    """Region or nation the place lies in."""
    return report.place.admin.region or NOT_RECORDED


def police_force(report: Report) -> str:
    """Police force area the place lies in."""
    return report.place.admin.police_force or NOT_RECORDED


def sector(report: Report) -> str:
    """Sector as read from the kind of place and the way of contact."""
    return sector_of(report) or NOT_RECORDED


def reporter_kind(report: Report) -> str:
    """What kind of person or body reports: `source.kind`."""
    return report.source.kind or NOT_RECORDED


GROUPINGS: Mapping[str, Callable[[Report], str]] = {
    "perceived ethnicity": perceived_ethnicity,
    "sector": sector,
    "region": region,
    "police force": police_force,
    "reporter kind": reporter_kind,
}
"""What reports are grouped by."""


def groupings_of(reports: Sequence[Report], sectors: Mapping[str, str] | None = None) -> dict[str, list[str]]:
    """The group of each report in each of GROUPINGS; `sectors` (report id -> sector) are known sectors, if any."""
    found = {name: [group(report) for report in reports] for name, group in GROUPINGS.items()}
    if sectors is not None:
        found["sector"] = [sectors.get(report.report_id, NOT_RECORDED) for report in reports]
    return found


def sectors_from(path: str | Path) -> dict[str, str] | None:
    """The column `sector` of a truth file by report id, or None when it has no such column. TruthError if unread."""
    try:
        with Path(path).open(encoding="utf-8-sig", newline="") as lines:
            rows = csv.DictReader(lines)
            if not {"report_id", "sector"} <= set(rows.fieldnames or ()):
                return None
            return {row["report_id"]: row["sector"] or NOT_RECORDED for row in rows}
    except (OSError, UnicodeDecodeError, csv.Error) as error:
        raise TruthError(f"{path}: cannot be read ({error}); give a CSV in UTF-8") from error


@dataclass(frozen=True)
class _RankedPairs:
    """One scorer's pairs, ready to be counted for any group, with the rank of every link in its reports' lists."""

    pairs: EvaluatedPairs
    probability: Floats | None
    ranks: LinkRanks
    draws: Draws

    def sums(self, chosen: NDArray[np.bool_], values: Floats | None = None) -> Floats:
        """Sum over the chosen pairs as judged (first) and in each draw, shape (1 + replicates,)."""
        person = self.pairs.person
        one, other = person[self.pairs.left[chosen]], person[self.pairs.right[chosen]]
        counted = np.ones(len(one)) if values is None else values[chosen]
        return np.concatenate([[counted.sum()], self.draws.over_pairs(counted, one, other)])

    def reports(self, values: Floats) -> Floats:
        """Sum over reports as judged (first) and in each draw."""
        return np.concatenate([[values.sum()], self.draws.over_reports(values, self.pairs.person)])


def group_table(
    pairs: EvaluatedPairs,
    scored: Mapping[str, Scores],
    groupings: Mapping[str, Sequence[str]] | None = None,
    seed: int = 0,
    replicates: int = 200,
) -> pd.DataFrame:
    """One row for each grouping, group and setting: who is served how well.

    `scored` are the scores of the same pairs by setting ("sensitive off", "sensitive on" ...), shown side by side;
    `groupings` the group of every report of `pairs`, by default `groupings_of(pairs.reports)`. Columns: `grouping`,
    `group`, `setting`, `reports`, `links`, `base_rate`, each of RATES with `_low` and `_high` (95 % bootstrap over
    persons), and `note`, which says "too few links" where the rates are left out. Rates that need a probability are
    nan for a setting that states none.
    """
    draws = Draws.of(int(pairs.person.max(initial=-1)) + 1, seed, replicates)
    rows: list[dict[str, Any]] = []
    for setting, scores in scored.items():
        level = Ranking.of(pairs.linked, scores.value).level
        ranks = link_ranks(pairs.left, pairs.right, pairs.linked, level)
        judged = _RankedPairs(pairs, scores.probability, ranks, draws)
        rows.append({"grouping": "", "group": EVERYBODY, "setting": setting} | _row(judged, None))
        for grouping, labels in (groupings or groupings_of(pairs.reports)).items():
            named = np.array(labels, dtype=object)
            for group in _largest_first(labels):
                row = _row(judged, np.asarray(named == group, dtype=np.bool_))
                rows.append({"grouping": grouping, "group": group, "setting": setting} | row)
    table = pd.DataFrame(rows)
    # settings of one group stand below each other: that is the comparison the table is for
    places = table.groupby(["grouping", "group"], sort=False).ngroup()
    return table.iloc[np.argsort(places.to_numpy(), kind="stable")].reset_index(drop=True)


def _largest_first(labels: Sequence[str]) -> list[str]:
    """Groups by size, what is not recorded last."""
    return sorted(tally := Counter(labels), key=lambda group: (group == NOT_RECORDED, -tally[group], group))


def _row(judged: _RankedPairs, inside: NDArray[np.bool_] | None) -> dict[str, Any]:
    """Counts and rates of one group (`inside`: which reports are of it), or of all reports."""
    pairs = judged.pairs
    member = np.ones(len(pairs.reports), dtype=np.bool_) if inside is None else inside
    touches = member[pairs.left] | member[pairs.right]
    links = int((touches & pairs.linked).sum())
    row: dict[str, Any] = {
        "reports": int(member.sum()),
        "links": links,
        "base_rate": links / int(touches.sum()) if touches.any() else float("nan"),
        "note": "" if links >= FEW_LINKS else f"too few links ({links}) for rates",
    }
    rates = _rates(judged, member, touches) if links >= FEW_LINKS else {}
    for name in RATES:
        values = rates.get(name, np.full(2, np.nan))
        low, high = interval(values[1:])
        row |= {name: float(values[0]), f"{name}_low": low, f"{name}_high": high}
    return row


def _rates(judged: _RankedPairs, member: NDArray[np.bool_], touches: NDArray[np.bool_]) -> dict[str, Floats]:
    """Each rate as judged (first) and in each draw."""
    pairs, probability = judged.pairs, judged.probability
    size, query = len(pairs.reports), judged.ranks.query
    asks = member[query].astype(float)
    found, asked = (np.bincount(query, v, size).astype(float) for v in (asks * judged.ranks.among_first(), asks))
    rates = {"recall_at_10": ratio(judged.reports(found), judged.reports(asked))}
    if probability is None:
        return rates
    over = touches & (probability > EVEN)
    links, said = judged.sums(touches & pairs.linked), judged.sums(over)
    right_ones = judged.sums(over & pairs.linked)
    # seen from the reports of the group: a wrong suggestion between two of them is one for each
    ends = member[pairs.left].astype(float) + member[pairs.right]
    wrong = judged.sums(over & ~pairs.linked, ends)
    return rates | {
        "found": ratio(right_ones, links),
        "wrong_per_1000": 1000.0 * ratio(wrong, judged.reports(member.astype(float))),
        "ppv": ratio(right_ones, said),
        "stated": ratio(judged.sums(over, probability), said),
        "expected_over_true": ratio(judged.sums(touches, probability), links),
    }
