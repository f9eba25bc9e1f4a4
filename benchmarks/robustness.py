"""What worse reports, other worlds, later people and sensitive items cost the linkage, on synthetic worlds.

    python benchmarks/robustness.py --reports 1500 --seed 11 [--replicates 200] [--only worse,sensitive,worlds,time]
        [--preset other] [--chains 8]

The base learns from the world of `--seed` + 1 and is judged on that of `--seed`; no person is in both. `--only time`
judges later people alone. Each figure has its 95 % interval (bootstrap over persons) and, after it, the difference
from the case it is held against, paired where the same people are judged. Synthetic, and no claim about real cases.
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

import pandas as pd
from rich.console import Console
from rich.table import Table

from linkage.evaluation.conditions import (
    Case,
    engine,
    other_worlds,
    out_of_time,
    sensitive_on,
    worse_reports,
)
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.paired import LEADING
from linkage.evaluation.robustness import robustness_table
from linkage.models import collective

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world

PARTS = ("worse", "sensitive", "worlds", "time")


def cases_of(preset: str, reports: int, seed: int, parts: list[str]) -> list[Case]:
    """The base, then the conditions asked for; later people have a base of their own."""
    time = (
        out_of_time(world(preset, seed + 2, 2 * reports), engine, seed) if "time" in parts else []
    )  # half is judged
    if parts == ["time"]:
        return time
    base = Case("base", "as the reports are", world(preset, seed + 1, reports), world(preset, seed, reports), engine)
    cases = [base]
    if "worse" in parts:
        cases += worse_reports(base, seed)
    if "sensitive" in parts:
        cases.append(sensitive_on(base))
    if "worlds" in parts:
        cases += other_worlds(base, reports, seed + 100)
    return cases + time


def said(row: pd.Series) -> str:
    """A figure, its interval, and the difference below it."""
    if pd.isna(row["value"]):
        return "none to find"
    told = f"{row['value']:.3f} ({row['low']:.3f} to {row['high']:.3f})"
    if not row["against"]:
        return told
    return f"{told}\n{row['change']:+.3f} ({row['change_low']:+.3f} to {row['change_high']:+.3f})"


def main() -> None:
    """Print the table with what makes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--reports", type=int, default=1500)
    asked.add_argument("--seed", type=int, default=11)
    asked.add_argument("--replicates", type=int, default=200)
    asked.add_argument("--only", default=",".join(PARTS), help="which conditions, joined by commas")
    asked.add_argument("--preset", default="default", help="of the base, and of the world of later people")
    asked.add_argument("--chains", type=int, help="chains a component, where not as many as its size asks for")
    asked.add_argument("--csv", help="write every number to this file too")
    choices = asked.parse_args()
    parts = choices.only.split(",")
    if unknown := set(parts) - set(PARTS):
        asked.error(f"no conditions called {', '.join(sorted(unknown))}; there are {', '.join(PARTS)}")
    if choices.chains:
        collective.CHAINS = ((sys.maxsize, choices.chains),)
    table = robustness_table(
        cases_of(choices.preset, choices.reports, choices.seed, parts), choices.seed, choices.replicates
    )
    if choices.csv:
        table.to_csv(choices.csv, index=False)
    console = Console(width=200)
    made = f"synthetic {choices.preset}, {choices.reports} reports, seed {choices.seed}"
    console.print(f"{made}, {choices.replicates} draws of persons")
    shown = Table(title="Robustness: figure (95 % interval), and below it the difference from `against`")
    shown.add_column("condition")
    for figure in LEADING:
        shown.add_column(LABELS[figure])
    for condition, rows in table.groupby("condition", sort=False):
        first = rows.iloc[0]
        by_figure = rows.set_index("figure")
        held = f"against: {first['against']}" if first["against"] else "held against nothing"
        head = f"{condition}\n{held}\n{first['reports']} reports, {first['links']} links, {first['far_links']} far"
        cells = [said(by_figure.loc[figure]) if figure in by_figure.index else "" for figure in LEADING]
        shown.add_row(head, *cells, end_section=True)
    console.print(shown)
    for condition, note in table[["condition", "note"]].drop_duplicates().to_numpy():
        console.print(f"{condition}: {note}")


if __name__ == "__main__":
    main()
