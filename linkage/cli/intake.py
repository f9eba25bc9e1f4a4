"""`linkage import` and `linkage extract`: words come in."""

from __future__ import annotations

from dataclasses import asdict
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, CommandError, Stages, counted, print_json, say, warn

if TYPE_CHECKING:
    from collections.abc import Sequence

    from linkage.intake.reject import Reject

REJECTS_ENDING = ".rejects.csv"
FilesArgument = Annotated[
    list[Path],
    typer.Argument(metavar="FILE...", help="JSON Lines, CSV, XLSX or plain text."),
]


@app.command("import")
def import_(files: FilesArgument, store: StoreOption = None, json: JsonOption = False) -> None:
    """Read files into the store. Reading the same file twice changes nothing.

    A report whose content changed is kept as a new version beside the old one. What cannot be used is told with its
    row, field, value and reason, and written to FILE.rejects.csv beside the file.

    Example: linkage import reports.csv alerts.txt
    """
    from linkage.intake import read_reports
    from linkage.store import ImportResult, Store

    total, written, read = ImportResult(), [], 0
    with Store(store) as kept, Stages(quiet=json) as stages:
        for file in files:
            if file.name.endswith(REJECTS_ENDING):
                warn(f"{file}: left out, it lists what an earlier import refused")
                continue
            batch = read_reports([file], progress=stages.of("reading"))
            total += kept.import_batch(batch, file.name)
            read += len(batch.reports)
            for note in batch.notes:
                warn(note)
            if batch.rejects:
                written.append(_write_rejects(file, batch.rejects))
    if written and not read:
        raise CommandError(f"No report could be read. What was refused: {', '.join(map(str, written))}")
    if json:
        print_json({**asdict(total), "rejects_files": [str(path) for path in written]})
    else:
        say(f"{total.new} new, {total.changed} changed, {total.unchanged} unchanged reports.")
        _tell_refused(total.refused_rows, total.refused_values, written)
    raise typer.Exit(REFUSED if written else DONE)


@app.command()
def extract(
    file: Annotated[
        str, typer.Argument(metavar="[FILE or -]", help="Text, or JSON Lines of {id, text}; - is standard input.")
    ] = "-",
    json: JsonOption = False,
) -> None:
    """Read free text: what was said about when, where, the person, the vehicle and what was done.

    A text file gives one report for each alert in it. A JSON Lines file of {"id", "text"} gives one line out for each
    line in, in order, with its id. With --json each report is one line of JSON in canonical form.

    Example: linkage extract alerts.txt --json
    """
    from linkage.cli.show import report_table
    from linkage.intake import extract_lines

    refused = False
    for found in extract_lines(file):
        refused |= bool(found.get("error"))
        if json:
            print_json(found)
        else:
            say(report_table(found))
    raise typer.Exit(REFUSED if refused else DONE)


def _write_rejects(file: Path, rejects: Sequence[Reject]) -> Path:
    from linkage.results import rejects_csv

    text = rejects_csv(rejects)
    beside = file.with_name(file.name + REJECTS_ENDING)
    try:
        beside.write_text(text, encoding="utf-8")
    except OSError:  # a folder that may only be read; the working folder is the next best place
        beside = Path(beside.name)
        beside.write_text(text, encoding="utf-8")
    return beside


def _tell_refused(rows: int, values: int, written: list[Path]) -> None:
    if written:
        places: Any = ", ".join(str(path) for path in written)
        refused = f"{counted(rows, 'whole row')} and {counted(values, 'single value')}"
        say(f"Refused: {refused}; the rest of those reports is kept. See {places}")
