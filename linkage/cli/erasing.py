"""`linkage erase`: takes reports out of the store for good."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import CommandError, counted, print_json, say, warn

if TYPE_CHECKING:
    from linkage.store import Erased, Store


LONGEST_DAYS = 36_525
"""Days back that a report may have to be older than [G]: a hundred years."""


@app.command()
def erase(
    report: Annotated[str, typer.Argument(metavar="[REPORT]", help="Number of the report.")] = "",
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; stays with the tombstone.")] = "",
    older_than: Annotated[
        int | None,
        typer.Option(
            metavar="DAYS", min=1, max=LONGEST_DAYS, help="Every report whose newest version is older than this."
        ),
    ] = None,
    rules: Annotated[
        Path | None,
        typer.Option(
            "--rules", metavar="FILE", dir_okay=False, help="Every report whose time is over by these rules (TOML)."
        ),
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

        linkage erase --rules retention.toml --dry-run
    """
    from linkage.store import NotThereError, Store
    from linkage.store.retention import erase_all
    from linkage.store.scrubbing import scrub

    with Store(store, create=False) as kept:
        kept.require("erase")
        if clean:
            scrub(kept.engine, kept.who)
            say("The store's files hold nothing of what was erased.")
            return
        if sum(map(bool, (report, older_than, rules))) != 1:
            raise CommandError("Name one report to erase, or what is too old: --older-than DAYS or --rules FILE")
        if rules:
            going = _by_rules(kept, rules, reason)
        else:
            old = kept.older_than(older_than) if older_than else [(report, "")]
            going = [_Going(name, since[:10], reason) for name, since in old]
        if dry_run:
            _list(going, json)
            return
        if not reason.strip() and not rules:
            raise CommandError('An erasure needs a reason, which stays with the tombstone: --reason "WORDS"')
        _ask([one.report_id for one in going], yes)
        try:
            done = erase_all(kept, [(one.report_id, one.reason, one.rule) for one in going])
        except NotThereError as error:
            raise CommandError(str(error)) from error
    _tell(done, json)


@dataclass(frozen=True, slots=True)
class _Going:
    """A report that is to be erased: since when its age counts, why, and by which rule."""

    report_id: str
    since: str
    reason: str
    rule: str = ""


def _by_rules(kept: Store, file: Path, reason: str) -> list[_Going]:
    """Reports whose time is over by the rules of a file, each rule with its reason. CommandError for no rules."""
    from linkage.review.retention import RulesError, load
    from linkage.store.retention import due

    if reason:
        raise CommandError("Each rule gives its own reason: leave --reason away")
    try:
        found = due(kept, load(file))
    except RulesError as error:
        raise CommandError(str(error)) from error
    return [_Going(one.report_id, one.since.isoformat(), one.rule.reason, one.rule.name) for one in found]


def _list(going: list[_Going], json: bool) -> None:
    if json:
        plain = [{"report_id": one.report_id, "since": one.since, "rule": one.rule} for one in going]
        print_json(plain)
        return
    for one in going:
        say("  ".join(filter(None, (one.report_id, one.since, one.rule))))
    say(f"{counted(len(going), 'report')} would be erased; nothing was changed.")


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
