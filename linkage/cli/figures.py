"""How the figures of an evaluation look at a terminal: tables with intervals, and how each is read."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from rich.markup import escape
from rich.table import Table

from linkage.cli.console import say
from linkage.evaluation.document import number
from linkage.evaluation.reading import TABLES, TableOf, counted, ten_of, trial_words


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
        for way in trial["ways"]:
            say(f"{way['name']}: {way['note']}", style="dim")
        say("")
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
