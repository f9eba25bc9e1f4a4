"""How the figures of an evaluation look at a terminal: tables with intervals, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from linkage.cli.console import say
from linkage.evaluation.document import number
from linkage.evaluation.reading import (
    CONDITION_FIGURES,
    CONDITIONS_HOW,
    GROUP_FIGURES,
    GROUPS_HOW,
    TABLES,
    TableOf,
    by_condition,
    change,
    counted,
    interval_of,
    ten_of,
    trial_words,
)

GROUPS_SHOWN = 15
"""Groups that a terminal shows; the page and `--json` hold all of them."""


def say_evaluation(found: Mapping[str, Any]) -> None:
    """Print every trial of the results document, and what a reader must know beside it."""
    for trial in found["trials"]:
        say(*trial_words(trial), "")
        for table in TABLES:
            ways = [way for way in trial["ways"] if table.tells(way)]
            if ways:
                say(_figures(table, ways, found["labels"]), table.how, "")
        said = [way for way in trial["ways"] if way["reliability"]]
        if said:
            say(_said_and_true(said), ten_of(said[0]), "")
        if trial["groups"]:
            say(_groups(trial["groups"]), GROUPS_HOW, "")
        for way in trial["ways"]:
            say(f"{way['name']}: {way['note']}", style="dim")
        say("")
    if found["robustness"]:
        say(_conditions(found["robustness"], found["labels"]), CONDITIONS_HOW, "")
    for note in found["notes"]:
        say(note)
    say(counted(found))


def _figures(table: TableOf, ways: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Table:
    drawn = _headed(table.title)
    for key in table.figures:
        drawn.add_column(labels[key], justify="right", overflow="fold", max_width=14)
    for way in ways:
        drawn.add_row(escape(way["name"]), *(_cell(way["figures"].get(key)) for key in table.figures))
    return drawn


def _headed(title: str) -> Table:
    drawn = Table(title=title, title_justify="left", title_style="bold", show_edge=False, leading=0)
    drawn.add_column("way of linking", overflow="fold")
    return drawn


def _cell(figure: Mapping[str, Any] | None) -> str:
    """The figure, and under it its interval."""
    if figure is None or figure["value"] is None:
        return "-"
    if figure["low"] is None:
        return number(figure["value"])
    return f"{number(figure['value'])}\n{number(figure['low'])}-{number(figure['high'])}"


def _groups(rows: Sequence[Mapping[str, Any]]) -> Table:
    """Groups with enough links for rates, under the first way of linking."""
    drawn = Table(title=f"By group: {rows[0]['setting']}", title_justify="left", title_style="bold", show_edge=False)
    drawn.add_column("group", overflow="fold")
    for head in ("reports", "links", *GROUP_FIGURES.values()):
        drawn.add_column(head, justify="right", max_width=14)
    told = [row for row in rows if row["setting"] == rows[0]["setting"] and not row["note"]]
    for row in told[:GROUPS_SHOWN]:
        group = f"{row['grouping']}: {row['group']}" if row["grouping"] else row["group"]
        figures = [_cell(interval_of(row, key)) for key in GROUP_FIGURES]
        drawn.add_row(escape(group.replace("_", " ")), f"{row['reports']:,}", f"{row['links']:,}", *figures)
    return drawn


def _conditions(rows: Sequence[Mapping[str, Any]], labels: Mapping[str, str]) -> Table:
    drawn = Table(title="When reports are worse", title_justify="left", title_style="bold", show_edge=False)
    for head in ("condition", "against"):
        drawn.add_column(head, overflow="fold")
    for key in CONDITION_FIGURES:
        drawn.add_column(labels[key], justify="right", max_width=16)
    for entry in by_condition(rows):
        figures = [entry["figures"].get(key) for key in CONDITION_FIGURES]
        cells = [
            "-" if row is None or row["value"] is None else f"{number(row['value'])}\n{change(row)}"
            for row in figures
        ]
        drawn.add_row(escape(entry["condition"]), escape(entry["against"]), *cells)
    return drawn


def _said_and_true(ways: Sequence[Mapping[str, Any]]) -> Table:
    drawn = _headed("Of ten pairs said so likely, how many are links (and of how many pairs)")
    bins = [row for row in ways[0]["reliability"] if row["from"] >= 0.1]
    for row in bins:
        drawn.add_column(f"{number(row['from'], 1)}-{number(row['to'], 1)}", justify="right")
    for way in ways:
        rows = way["reliability"][-len(bins) :]
        cells = [f"{10 * row['share']:.0f}\n{row['n']:,}" if row["n"] else "-" for row in rows]
        drawn.add_row(escape(way["name"]), *cells)
    return drawn
