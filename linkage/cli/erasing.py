"""`linkage erase`: takes reports out of the store for good."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import CommandError, counted, print_json, say, warn

if TYPE_CHECKING:
    from linkage.store import Erased


@app.command()
def erase(
    report: Annotated[str, typer.Argument(metavar="[REPORT]", help="Number of the report.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; stays with the tombstone.")] = "",
    older_than: Annotated[
        int | None, typer.Option(metavar="DAYS", min=1, help="Every report whose newest version is older than this.")
    ] = None,
    dry_run: Annotated[bool, typer.Option("--dry-run", help="List what would go, and change nothing.")] = False,
    yes: Annotated[bool, typer.Option("--yes", help="Do not ask.")] = False,
    clean: Annotated[
        bool,
        typer.Option("--clean", help="Only write the files anew, where another program held an erasure up."),
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Erase a report, or all that are too old: its words go from everything that is kept, and cannot be brought back.

    A tombstone with the reason stays, decisions on it stay without their words, and the audit still verifies. The
    report is refused when it is imported again. Files written outside the store are named, for you to delete.

    Examples:

        linkage erase R0017 --reason "asked for by the person"

        linkage erase --older-than 2190 --reason "kept for six years" --dry-run
    """
    from linkage.store import NotThereError, Store
    from linkage.store.scrubbing import scrub

    with Store(store, create=False) as kept:
        kept.require("erase")
        if clean:
            scrub(kept.engine)
            say("The store's files hold nothing of what was erased.")
            return
        names = [report] if report else [name for name, _ in kept.older_than(older_than)] if older_than else None
        if names is None or (report and older_than):
            raise CommandError("Name one report to erase, or all that are older: linkage erase --older-than DAYS")
        if dry_run:
            _list(kept.older_than(older_than) if older_than else [(report, "")], json)
            return
        if not reason.strip():
            raise CommandError('An erasure needs a reason, which stays with the tombstone: --reason "WORDS"')
        _ask(names, yes)
        try:
            done = [kept.erase(name, reason) for name in names]
        except NotThereError as error:
            raise CommandError(str(error)) from error
    _tell(done, json)


def _list(found: list[tuple[str, str]], json: bool) -> None:
    if json:
        print_json([{"report_id": name, "kept_since": since} for name, since in found])
        return
    for name, since in found:
        say(f"{name}  {since[:10]}")
    say(f"{counted(len(found), 'report')} would be erased; nothing was changed.")


def _ask(names: list[str], yes: bool) -> None:
    """CommandError unless the person says yes, on the command line or at the terminal."""
    if yes or not names:
        return
    if not sys.stdin.isatty():
        raise CommandError("An erasure cannot be taken back: say --yes where nobody can be asked")
    what = names[0] if len(names) == 1 else counted(len(names), "report")
    if not typer.confirm(f"Erase {what} for good?"):
        raise CommandError("Nothing was erased")


def _tell(done: list[Erased], json: bool) -> None:
    outside = sorted({file for one in done for file in one.outside})
    if json:
        plain = [{"report_id": o.report_id, "versions": o.versions, "rows": o.rows} for o in done]
        print_json({"erased": plain, "outside": outside})
        return
    for one in done:
        rows = ", ".join(f"{count} in {name}" for name, count in one.rows.items())
        say(f"{one.report_id} is erased: rows cleaned: {rows}.")
    if not done:
        say("There is nothing to erase.")
    for file in outside:
        warn(f"{file} was written from this store and may still hold the report: delete it or write it anew")
