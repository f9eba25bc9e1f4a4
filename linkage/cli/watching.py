"""`linkage watch`: standing queries, told in one digest. Nothing is sent."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, watch
from linkage.cli.console import counted, print_json, say

if TYPE_CHECKING:
    from linkage.review.watch import Digest

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the watch.")]


@watch.command("add")
def add(
    name: NameArgument,
    kind: Annotated[str, typer.Argument(metavar="KIND", help="search, report, series or identifier.")],
    about: Annotated[
        str,
        typer.Argument(metavar="ABOUT", help="Name of a kept search, a report, a series, part of a number."),
    ],
    purpose: Annotated[str, typer.Option(metavar="WORDS", help="What it is for; kept in the audit.")] = "",
    store: StoreOption = None,
) -> None:
    """Keep a watch.

    Examples:

        linkage watch add docks series S-0003

        linkage watch add phone identifier "*4471"
    """
    from linkage.review.watch import Watch
    from linkage.store import Store
    from linkage.store.watches import add_watch

    with Store(store, create=False) as kept:
        add_watch(kept, Watch(name, kind, about, purpose))
    say(f"Watch {name} is kept. linkage watch run tells what changes from its first run on.")


@watch.command("list")
def list_(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the watches."""
    from linkage.store import Store
    from linkage.store.watches import watches

    with Store(store, create=False, write=False) as kept:
        kept.require("look")
        found = watches(kept)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        say(f"{one.name}: {one.kind} {one.about}{f' ({one.purpose})' if one.purpose else ''}, by {one.who}")
    if not found:
        say("No watch is kept. Keep one: linkage watch add NAME KIND ABOUT")


@watch.command("drop")
def drop(name: NameArgument, store: StoreOption = None) -> None:
    """Keep a watch no longer."""
    from linkage.store import Store
    from linkage.store.watches import drop_watch

    with Store(store, create=False) as kept:
        drop_watch(kept, name)
    say(f"Watch {name} is dropped.")


@watch.command("run")
def run(
    look: Annotated[bool, typer.Option("--look", help="Tell, and let the next run tell the same again.")] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Ask every watch again and tell in one digest what is new, changed and lost since the last run.

    Example: linkage watch run
    """
    from linkage.store import Store
    from linkage.store.watches import run_watches

    with Store(store, create=False, write=not look) as kept:
        found = run_watches(kept, keep=not look)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        _tell(one)
    if not found:
        say("No watch is kept. Keep one: linkage watch add NAME KIND ABOUT")


def _tell(one: Digest) -> None:
    head = f"{one.watch.name} ({one.watch.kind} {one.watch.about})"
    if one.problem:
        say(f"{head}: {one.problem}")
        return
    if one.first:
        say(f"{head}: {counted(one.found, 'report')}; what changes is told from now on")
        return
    parts = [("new", one.new), ("changed", one.changed), ("lost", one.lost)]
    told = "; ".join(f"{word}: {', '.join(names)}" for word, names in parts if names)
    say(f"{head}: {told or 'nothing new'} ({counted(one.found, 'report')})")
