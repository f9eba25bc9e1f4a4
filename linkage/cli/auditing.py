"""`linkage audit`: who did what, and whether everything is still as it was written."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any

import typer

from linkage.cli.app import JsonOption, ReplaceOption, StoreOption, audit
from linkage.cli.console import DONE, REFUSED, counted, json_text, print_json, say

if TYPE_CHECKING:
    from linkage.store import AuditEntry

SHOWN = 50
_LONGEST = 160  # letters of an entry's detail on one line of the terminal

KeyOption = Annotated[
    Path | None,
    typer.Option(
        "--key", metavar="FILE", help="Key that signs the audit. Default: $LINKAGE_AUDIT_KEY.", show_default=False
    ),
]


@audit.command()
def show(
    who: Annotated[str, typer.Option(metavar="NAME", help="Only what this person did.")] = "",
    what: Annotated[str, typer.Option(metavar="ACT", help="Only this act: import, link, decision, search ...")] = "",
    report: Annotated[str, typer.Option(metavar="REPORT", help="Only what names this report.")] = "",
    series: Annotated[str, typer.Option(metavar="SERIES", help="Only what names this series.")] = "",
    newest: Annotated[int, typer.Option(min=1, help="How many entries to show.")] = SHOWN,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show who did what and when, newest first.

    Examples:

        linkage audit show --who ann --newest 20

        linkage audit show --report R0017 --json
    """
    from linkage.store import Store
    from linkage.store.audit import plain

    with Store(store, write=False) as kept:
        kept.require("audit")
        entries = kept.audit(what=(what,) if what else ())
    names = [name for name in (report, series) if name]
    found = [one for one in entries if (not who or one.who == who) and all(_names(one, name) for name in names)]
    if json:
        print_json([plain(one) for one in found[:newest]])
        return
    for one in found[:newest]:
        detail = json_text(one.detail)
        say(f"{one.id:>6}  {one.at[:19]}  {one.who}  {one.what}  {detail[:_LONGEST]}{'…' * (len(detail) > _LONGEST)}")
    say(f"{min(newest, len(found)):,} of {counted(len(found), 'entry', 'entries')}" if found else "No such entry.")


@audit.command()
def verify(
    deep: Annotated[bool, typer.Option("--deep", help="Name every row that differs, not the first alone.")] = False,
    key: KeyOption = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Say whether everything in the store is as it was written; exit code 1 when something is not.

    Every row is compared with the audit, every audit entry with the one before, and the triggers with the program's
    own. With the key, an audit that was hashed anew or whose end was cut off is seen too. It tells no content, so it
    takes no account and may be run by a timer.

    Examples:

        linkage audit verify

        linkage audit verify --deep --key /safe/audit.key
    """
    from linkage.store import Store

    with Store(store, write=False) as kept:
        faults = kept.verify(deep, key)
        head = kept.audit(1)
    number, own = (head[0].id, head[0].hash) if head else (0, "")
    if json:
        told = [{"where": one.where, "what": one.what} for one in faults]
        print_json({"holds": not faults, "faults": told, "entries": number, "head": own})
    else:
        for fault in faults:
            say(str(fault))
        if not faults:
            say(f"Everything is as it was written: {counted(number, 'audit entry', 'audit entries')}.")
            if number:
                say(f"The newest has the hash {own}; keep it elsewhere to see later whether the end was cut off.")
        elif not deep:
            say("This is the first that differs; --deep names every one.")
    raise typer.Exit(REFUSED if faults else DONE)


@audit.command()
def export(
    file: Annotated[Path, typer.Argument(metavar="FILE", help="JSON Lines, one entry a line, oldest first.")],
    replace: ReplaceOption = False,
    store: StoreOption = None,
) -> None:
    """Write the audit into a file that only you may read.

    Example:

        linkage audit export audit.jsonl
    """
    from linkage.output.files import require_new, write_private
    from linkage.store import Store
    from linkage.store.audit import written

    with Store(store, write=False) as kept:
        kept.require("audit")
        require_new(file, replace)
        entries = kept.audit()
        write_private(file, written(entries))
    say(f"{counted(len(entries), 'entry', 'entries')} written to {file}")


@audit.command()
def sign(
    key: Annotated[Path, typer.Option("--key", metavar="FILE", help="Key outside the store; made when missing.")],
    store: StoreOption = None,
) -> None:
    """Sign the audit with a key, so that nobody without the key can rewrite it or cut its end off unseen.

    The key and the signed head beside it belong where those who can write to the store cannot: on another machine or
    in another account. Name the key in LINKAGE_AUDIT_KEY, and every later entry is signed as it is written.

    Example:

        linkage audit sign --key /safe/audit.key
    """
    from linkage.store import Store

    with Store(store, create=False) as kept:
        count, head = kept.sign_audit(key), kept.audit(1)
    say(f"{counted(count, 'entry', 'entries')} signed. The newest is {head[0].id if head else 0}.")


def _names(entry: AuditEntry, name: str) -> bool:
    """Does an entry speak of a report or a series?"""
    return any(_told(value, name) for value in (entry.detail, [key.split("/") for key in entry.sealed]))


def _told(value: Any, name: str) -> bool:
    if isinstance(value, dict):
        return any(_told(one, name) for one in value.values())
    return any(_told(one, name) for one in value) if isinstance(value, list) else value == name
