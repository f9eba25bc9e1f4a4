"""`linkage export`: packs, lists and charts, asked for, checked by a second person, and only then written."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import replace
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, StoreOption, export
from linkage.cli.console import CommandError, counted, print_json, say

if TYPE_CHECKING:
    from linkage.sharing.material import Material
    from linkage.sharing.pack import Wanted
    from linkage.store import Store

ForOption = Annotated[
    str, typer.Option("--for", metavar="PURPOSE", help="scas, force, region or analyst: says which consent it needs.")
]
ForListOption = Annotated[
    str, typer.Option("--for", metavar="PURPOSE", help="analyst, scas or region: says which consent it needs.")
]
ReasonOption = Annotated[str, typer.Option("--reason", metavar="WORDS", help="What it is for, in words.")]
ApproveOption = Annotated[
    str,
    typer.Option(
        "--approve",
        metavar="WORDS",
        help="In a store without accounts, where nobody else can check: why you approve; then it is written at once.",
    ),
]
OutOption = Annotated[Path | None, typer.Option("--out", metavar="DIR", help="The folder to write into.")]
FormatOption = Annotated[
    list[str] | None, typer.Option("--format", metavar="FORMAT", help="May be repeated. Default: all that there are.")
]
Force = Annotated[
    str, typer.Option("--force", metavar="NAME", help="With --for force: the one force. Default: one pack for each.")
]
Source = Annotated[str, typer.Option(metavar="GRADE", help="3x5x2 source evaluation: 1, 2 or 3.")]
Assessment = Annotated[str, typer.Option(metavar="GRADE", help="3x5x2 intelligence assessment: A to E.")]
Handling = Annotated[str, typer.Option(metavar="GRADE", help="3x5x2 handling code: P or C.")]
Yardstick = Annotated[str, typer.Option(metavar="WORD", help="Word for probability (PHIA yardstick), as: likely.")]


@export.command()
def pack(
    subject: Annotated[str, typer.Argument(metavar="SERIES|REPORT", help="What the pack is about.")],
    purpose: ForOption,
    force: Force = "",
    source: Source = "",
    assessment: Assessment = "",
    handling: Handling = "",
    yardstick: Yardstick = "",
    reason: ReasonOption = "",
    approve: ApproveOption = "",
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Ask for a pack on a series or a report: summary, items, map, legs, reasons for and against, limits.

    Only reports whose consent allows the purpose are in it; the series is weighed anew without the others. You choose
    the grades and the word for probability. With --for force there is one pack for each force area. Another person
    then checks it (linkage export check), and linkage export write writes it.

    Examples:

        linkage export pack S-0004 --for scas --source 2 --assessment B --handling P --yardstick likely

        linkage export pack S-0004 --for force --source 2 --assessment B --handling P --yardstick likely \\
        --approve "read it through with the project" --out packs
    """
    from linkage.sharing.exporting import forces_of
    from linkage.sharing.grading import Grades
    from linkage.sharing.pack import Wanted

    with opened(store, "ask_export") as (kept, known):
        grades = Grades(source, assessment, handling, yardstick)
        wanted = Wanted("pack", purpose, (subject,), force if purpose == "force" else "", grades)
        forces = forces_of([subject], purpose, known) if purpose == "force" and not force else [wanted.force]
        each = [replace(wanted, force=one) for one in forces or [""]]
        _asked(kept, known, each, (reason, approve, out, format_ or (), json))


@export.command()
def reports(
    names: Annotated[list[str] | None, typer.Argument(metavar="[REPORT]...", help="Default: all.")] = None,
    purpose: ForListOption = "analyst",
    reason: ReasonOption = "",
    approve: ApproveOption = "",
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Ask for a list of reports, as far as their consent allows it.

    Example:

        linkage export reports R0017 R0203 --reason "asked for by the analysts of the region"
    """
    _one("reports", purpose, names, store, (reason, approve, out, format_ or (), json))


@export.command()
def series(
    names: Annotated[list[str] | None, typer.Argument(metavar="[SERIES]...", help="Default: all.")] = None,
    purpose: ForListOption = "analyst",
    reason: ReasonOption = "",
    approve: ApproveOption = "",
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Ask for a list of series with those of their reports whose consent allows it.

    Example:

        linkage export series S-0004 --approve "read it through" --out lists --format csv
    """
    _one("series", purpose, names, store, (reason, approve, out, format_ or (), json))


@export.command()
def chart(
    names: Annotated[list[str], typer.Argument(metavar="SERIES|REPORT...", help="What is on the chart.")],
    purpose: ForListOption = "analyst",
    reason: ReasonOption = "",
    approve: ApproveOption = "",
    out: OutOption = None,
    format_: FormatOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Ask for a chart of reports, what they name and the suggested links: GraphML, or CSV of entities and links.

    Example:

        linkage export chart S-0004 --approve "read it through" --out charts --format graphml
    """
    _one("chart", purpose, names, store, (reason, approve, out, format_ or (), json))


@contextmanager
def opened(url: str | None, right: str, write: bool = True) -> Iterator[tuple[Store, Material]]:
    """A store with what exports are made from, for who has the right; it is only read without `write`."""
    from linkage.sharing.material import material
    from linkage.store import Store

    with Store(url, create=False, write=write) as kept:
        kept.require(right)
        yield kept, material(kept)


Options = tuple[str, str, Path | None, Sequence[str], bool]
"""Reason, the local analyst's approval, folder, formats, and whether JSON is printed."""


def _one(kind: str, purpose: str, names: Sequence[str] | None, store: str | None, options: Options) -> None:
    from linkage.sharing.pack import Wanted

    with opened(store, "ask_export") as (kept, known):
        _asked(kept, known, [Wanted(kind, purpose, tuple(names or ()))], options)


def _asked(kept: Store, known: Material, each: Sequence[Wanted], options: Options) -> None:
    """Ask for each export; approved by the one analyst of a store without accounts, it is written at once."""
    from linkage.sharing.exporting import ask, prepare, require_formats
    from linkage.sharing.exporting import write as write_export
    from linkage.store import exports

    reason, approve, out, formats, json = options
    if approve and kept.has_accounts:
        raise CommandError("This store has accounts: another person checks it, with linkage export check NUMBER")
    if approve and out is None:
        raise CommandError("What is approved is written: name the folder with --out DIR")
    for kind in {one.kind for one in each}:
        require_formats(kind, formats)
    rows: list[dict[str, Any]] = []
    for one in [prepare(kept, wanted, known) for wanted in each]:
        number = ask(kept, one, known, reason)
        files: list[Path] = []
        if approve and out is not None:
            exports.check(kept, number, True, approve)
            files = write_export(kept, number, known, out, formats)
        row = {"export": number, "force": one.wanted.force, "hash": one.content_hash}
        row |= {"reports": list(one.reports), "left_out": list(one.left_out), "files": [str(file) for file in files]}
        rows.append(row)
    if json:
        print_json(rows)
        return
    for row in rows:
        _say(row)


def _say(row: dict[str, Any]) -> None:
    of = f" for {row['force']}" if row["force"] else ""
    say(f"Export {row['export']}{of}: {counted(len(row['reports']), 'report')} in it; left out for lack of consent: "
        f"{', '.join(row['left_out']) or 'none'}.")  # fmt: skip
    if row["files"]:
        say(*(f"written: {file}" for file in row["files"]))
    else:
        say(f"Nothing is written yet. Another person: linkage export check {row['export']} --approve; then: "
            f"linkage export write {row['export']} --out DIR")  # fmt: skip
