"""`linkage export check, write, outcome, list, resolve, form`: what follows once an export was asked for; forms."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkage.cli.app import LARGEST_NUMBER, JsonOption, StoreOption, export
from linkage.cli.console import CommandError, counted, print_json, say
from linkage.cli.exporting import FormatOption, ReasonOption, opened


@export.command()
def check(
    number: Annotated[int, typer.Argument(metavar="NUMBER", max=LARGEST_NUMBER, help="Number of the export.")],
    approve: Annotated[bool, typer.Option("--approve/--refuse", help="Approve it, or refuse it.")],
    reason: ReasonOption = "",
    store: StoreOption = None,
) -> None:
    """Approve or refuse an export that another person asked for. Nothing is written before.

    Example:

        linkage export check 12 --approve --as bea
    """
    from linkage.store import Store, exports

    with Store(store, create=False) as kept:
        exports.check(kept, number, approve, reason)
    say(f"Export {number} is {'approved' if approve else 'refused'}.")


@export.command()
def write(
    number: Annotated[int, typer.Argument(metavar="NUMBER", max=LARGEST_NUMBER, help="Number of the export.")],
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.")],
    format_: FormatOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Write an export that was approved. Refused where a report or a consent has changed since.

    Example:

        linkage export write 12 --out packs --format docx --format csv
    """
    from linkage.sharing.exporting import write as write_export

    with opened(store, "export") as (kept, known):
        files = write_export(kept, number, known, out, format_ or ())
    if json:
        print_json({"export": number, "files": [str(file) for file in files]})
    else:
        say(*(f"written: {file}" for file in files))


@export.command()
def outcome(
    number: Annotated[int, typer.Argument(metavar="PACK", max=LARGEST_NUMBER, help="Number of the export.")],
    became: Annotated[
        str, typer.Argument(metavar="OUTCOME", help="received, linked, charged ...; a wrong word lists all.")
    ],
    note: Annotated[str, typer.Option(metavar="WORDS", help="What else is to be known.")] = "",
    store: StoreOption = None,
) -> None:
    """Enter what became of a pack that left, as whoever got it says. What was entered before stays beside it.

    Example:

        linkage export outcome 12 linked --note "the section wrote on 3 May"
    """
    from linkage.store import Store, exports

    with Store(store, create=False) as kept:
        exports.record_outcome(kept, number, became, note)
    say(f"Export {number}: {became.replace('_', ' ')}.")


@export.command(name="list")
def list_(
    stale: Annotated[
        bool, typer.Option("--stale", help="Only those written that hold what has changed, lost consent or is gone.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List the exports that were asked for, and what became of each.

    Example:

        linkage export list --stale
    """
    from linkage.sharing.exporting import export_rows

    with opened(store, "look", write=False) as (kept, known):
        rows = [row for row in export_rows(kept, known) if not stale or (row["stale"] and row["state"] == "written")]
    if json:
        print_json(rows)
        return
    for row in rows:
        about = ", ".join(row["names"]) or "all"
        why = f"  STALE: {'; '.join(row['stale'])}; it lies in {', '.join(row['folders'])}" if row["stale"] else ""
        say(f"{row['export']:>5}  {row['at'][:10]}  {row['kind']} for {row['for']} {row['force']}  {about}  "
            f"asked by {row['asked_by']}, {row['state']}{why}")  # fmt: skip
        for one in row["outcomes"]:
            note = f": {one['note']}" if one["note"] else ""
            say(f"       {one['at'][:10]}  {str(one['outcome']).replace('_', ' ')}, entered by {one['who']}{note}")
    say(counted(len(rows), "export"))


@export.command()
def resolve(
    number: Annotated[str, typer.Argument(metavar="NUMBER", help="As it stands in what was written.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say which report or series a number in an export stands for. The audit keeps that it was asked.

    Example:

        linkage export resolve 7KQ2M-X4DRT
    """
    from linkage.store import Store, exports

    with Store(store, create=False) as kept:
        kind, name = exports.resolve(kept, number)
    if json:
        print_json({"number": number, "kind": kind, "name": name})
    else:
        say(f"{number} stands for {kind} {name}")


@export.command()
def form(
    report: Annotated[
        str, typer.Argument(metavar="[REPORT]", help="Its completed form. Default: a blank form.")
    ] = "",
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.")] = Path(),
    what_happened: Annotated[
        bool, typer.Option("--what-happened", help="The account of the report alone, as DOCX unless told otherwise.")
    ] = False,
    format_: Annotated[
        list[str] | None, typer.Option("--format", metavar="FORMAT", help="html, docx or pdf. May be repeated.")
    ] = None,
    store: StoreOption = None,
) -> None:
    """Write the incident form for print: blank, or completed from a report for the scheme's own use.

    A completed form holds the narrative: it needs the role that opens narratives, and stands in the audit. It is not
    for sending on; a pack is.

    Examples:

        linkage export form --out forms

        linkage export form R0017 --what-happened --out forms
    """
    from linkage.sharing.form import write_form
    from linkage.store import Store

    if what_happened and not report:
        raise CommandError("--what-happened is of a report: name it")
    with Store(store, create=False) as kept:
        files = write_form(kept, report, what_happened, out, format_ or (["docx"] if what_happened else ["html"]))
    say(*(f"written: {file}" for file in files))
