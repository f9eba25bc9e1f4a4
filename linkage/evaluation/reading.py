"""Which figures stand together, and how they are read: the same at a terminal and on the page."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from linkage.evaluation.document import number

FEWEST = 10
"""Pairs in a bin below which "of 10 pairs" would be an invention."""


@dataclass(frozen=True)
class TableOf:
    """Figures that answer one question, by key, and how to read them."""

    title: str
    figures: tuple[str, ...]
    how: str

    def tells(self, way: Mapping[str, Any]) -> bool:
        """Whether a way of linking has any of these figures."""
        return any(key in way["figures"] for key in self.figures)


TABLES = (
    TableOf(
        "Over all pairs",
        ("auc", "ppv_0.5", "auprc", "precision_at_100", "precision_at_500"),
        "AUC is the chance that a link stands above a pair that is none: it flatters, since nearly all pairs are "
        "none. Read the positive predictive value beside it: the share of links among pairs said .5 or more.",
    ),
    TableOf(
        "In the list of one report",
        ("median_first_rank", "median_rank_all", "recall_at_10", "recall_at_10_far", "work_80"),
        "Recall at 10 is the share of links that stand among the first ten partners of a report. Ranks count from 1; "
        "lower is better. The last column is how many pairs are read, best first, until 80 % of links are found.",
    ),
    TableOf(
        "What a probability is worth",
        ("expected_links_all", "ece_seen", "ppv_0.2", "ppv_0.6", "ppv_0.9"),
        "Expected / true links: 1 is honest, over 1 promises too much, under 1 too little. The calibration error is "
        "how far, on average, what was said is from what is true; 0 is best.",
    ),
    TableOf(
        "Series put together again",
        ("b_cubed_precision", "b_cubed_recall", "b_cubed_f1", "series_whole", "series_in_part", "series_none"),
        "B-cubed precision: how much of an incident's candidate series is its own; recall: how much of its own "
        "series is in there. Whole: exactly the incidents of the true series; in part: at least two of them are "
        "together.",
    ),
)
"""The tables of a trial, in the order in which they are read."""

GROUP_FIGURES = {
    "recall_at_10": "recall at 10",
    "found": "share of links said over .5",
    "wrong_per_1000": "wrong suggestions for each 1,000 reports",
    "ppv": "positive predictive value from .5",
    "stated": "mean probability said for those",
    "expected_over_true": "expected / true links",
}
"""Column of the table of groups -> what a reader is told."""

GROUPS_HOW = (
    "A pair counts for a group when one of its reports is of it. Compare groups under one way of linking, and look "
    "at the intervals before you see a difference. Groups with few links show counts only."
)

CONDITION_FIGURES = ("auprc", "recall_at_10", "recall_at_10_far", "precision_at_100", "b_cubed_f1", "expected_links")
"""Figures of the table of worse reports, by key."""

CONDITIONS_HOW = (
    "Each row is judged against the one that it names: below a figure stands the difference and its 95 % interval. "
    "A difference whose interval holds 0 may be chance."
)


def by_grouping(rows: Sequence[Mapping[str, Any]]) -> dict[str, list[Mapping[str, Any]]]:
    """The table of groups by what reports are grouped by, "everybody" first; a group with counts only stands once."""
    found: dict[str, list[Mapping[str, Any]]] = {}
    for row in rows:
        own = found.setdefault(row["grouping"] or "everybody", [])
        if not row["note"] or row["group"] not in {other["group"] for other in own}:
            own.append(row)
    return found


def interval_of(row: Mapping[str, Any], key: str) -> dict[str, Any]:
    """A figure of a table's row (`key`, `key_low`, `key_high`) as figures stand elsewhere in the document."""
    return {"value": row[key], "low": row[f"{key}_low"], "high": row[f"{key}_high"]}


def by_condition(rows: Sequence[Mapping[str, Any]]) -> list[dict[str, Any]]:
    """The table of worse reports with one entry a condition: its words, and its figures by key."""
    found: dict[str, dict[str, Any]] = {}
    for row in rows:
        entry = found.setdefault(row["condition"], {**row, "figures": {}})
        entry["figures"][row["figure"]] = row
    return list(found.values())


def change(row: Mapping[str, Any] | None) -> str:
    """The difference of a condition and its interval in words; nothing where there is none."""
    if row is None or not row["against"] or row["change"] is None:
        return ""
    ends = [row["change_low"], row["change_high"]]
    words = f"{row['change']:+.2f}"
    return words if None in ends else f"{words} ({ends[0]:+.2f} to {ends[1]:+.2f})"


def trial_words(trial: Mapping[str, Any]) -> list[str]:
    """What was judged and how, with the base rate that every figure below must be read against."""
    counts = trial["counts"]
    return [
        f"Judged {trial['name']}: {counts['reports']:,} reports of {counts['people']:,} people, {counts['series']:,} "
        f"series; {counts['pairs']:,} pairs, {counts['links']:,} of them links ({counts['far_links']:,} over 50 km). "
        f"Base rate {counts['base_rate']:.2g}: of {1 / counts['base_rate']:,.0f} pairs taken blindly one is a link.",
        trial["how"],
        *trial["notes"],
    ]


def ten_of(way: Mapping[str, Any]) -> str:
    """What one way's probabilities were worth, in a sentence: "of 10 pairs said .6-.7, 7 are links"."""
    told = [
        f"of 10 pairs said {number(row['from'], 1)}-{number(row['to'], 1)}, {10 * row['share']:.0f} are links "
        f"(n = {row['n']:,})"
        for row in way["reliability"]
        if row["n"] >= FEWEST and row["from"] in (0.2, 0.6, 0.9)
    ]
    return f"{way['name']}: {'; '.join(told)}." if told else f"{way['name']}: too few pairs were said .2 or more."


def counted(found: Mapping[str, Any]) -> str:
    """The whole file in a sentence, with what makes the figures again."""
    file, asked = found["file"], found["asked"]
    return (
        f"The whole file: {file['reports']:,} known reports, {file['series']:,} series, base rate "
        f"{file['base_rate']:.2g}. Intervals hold 95 % of {asked['replicates']} bootstrap draws of people. "
        f"{asked['folds']} folds, seed {asked['seed']}, version {found['version']}."
    )


def in_words(figure: Mapping[str, Any] | None) -> str:
    """A figure and its interval on one line: ".62 (.57-.67)"; a dash where it is not defined."""
    if figure is None or figure["value"] is None:
        return "-"
    if figure["low"] is None:
        return number(figure["value"])
    return f"{number(figure['value'])} ({number(figure['low'])}-{number(figure['high'])})"
