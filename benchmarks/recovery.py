"""Does learning find known weights again: truth against what `Linker.fit` learns from simulated reports.

    python benchmarks/recovery.py --models 8 --series 400 --one-offs 400 [--denied 0.4] [--csv FILE]

Each model is drawn from what the engine believes before it sees labels, and its reports are drawn from the model, so
90 % of the stated 90 % intervals should hold the truth and `z`, the root mean square error in standard errors, should
be about 1 or less. `--denied` is the share of absent behaviours that reports tell (of present ones: .75). What is
simulated is in linkage/evaluation/simulation.py; simulated reports are no claim about real ones.
"""

from __future__ import annotations

import argparse

import pandas as pd
from rich.console import Console
from rich.table import Table

from linkage.evaluation.recovery import learned_from, recovery_table, summary
from linkage.evaluation.simulation import known_model, simulate
from linkage.features.parameters import elicited


def main() -> None:
    """Print the summary with what makes it."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("--models", type=int, default=8)
    asked.add_argument("--first-seed", type=int, default=0)
    asked.add_argument("--series", type=int, default=400, help="persons with two reports, labelled")
    asked.add_argument("--one-offs", type=int, default=400)
    asked.add_argument("--denied", type=float, default=0.4)
    asked.add_argument("--csv", help="write every weight and parameter to this file")
    choices = asked.parse_args()
    learned, believed, lowest = [], [], []
    for seed in range(choices.first_seed, choices.first_seed + choices.models):
        made = simulate(known_model(seed, denied=choices.denied), choices.series, choices.one_offs, seed)
        parameters, tempers = learned_from(made)
        learned.append(recovery_table(made, parameters).assign(seed=seed))
        believed.append(recovery_table(made, elicited()))
        lowest.append(min(tempers.items(), key=lambda temper: temper[1], default=("none", 1.0)))
    table = pd.concat(learned)
    if choices.csv:
        table.to_csv(choices.csv, index=False)
    told = summary(table).merge(
        summary(pd.concat(believed))[["family", "kind", "quantity", "rmse"]],
        on=["family", "kind", "quantity"],
        suffixes=("", "_elicited"),
    )
    shown = Table(title="Recovery: learned against true")
    for column in told.columns:
        shown.add_column(column)
    for row in told.itertuples(index=False):
        shown.add_row(*(f"{value:.3f}" if isinstance(value, float) else str(value) for value in row))
    console = Console(width=160)
    console.print(
        f"simulated, {choices.models} models from seed {choices.first_seed}, {choices.series} series of two and "
        f"{choices.one_offs} one-offs each, {choices.denied:g} of absent behaviours told"
    )
    console.print(shown)
    console.print("lowest temper of each model: " + ", ".join(f"{group} {value:.2f}" for group, value in lowest))


if __name__ == "__main__":
    main()
