"""`linkage quarantine`: what came in from outside, before it is a report."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, quarantine
from linkage.cli.console import DONE, REFUSED, CommandError, counted, print_json, say
from linkage.cli.refused import refusal

if TYPE_CHECKING:
    from linkage.store.taking_in import TakenIn

NumberArgument = Annotated[str, typer.Argument(metavar="NUMBER", help="The number under which it came in.")]


@contextmanager
def _told() -> Iterator[None]:
    """What cannot be done as one line, without a traceback."""
    from linkage.store.taking_in import QuarantineError

    try:
        yield
    except QuarantineError as error:
        raise CommandError(str(error)) from error


@quarantine.command("list")
def list_(
    every: Annotated[bool, typer.Option("--all", help="What was taken in or refused as well.")] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """What waits for somebody to look at it, oldest first, without its words."""
    from linkage.store import Store
    from linkage.store.quarantine import WAITING
    from linkage.store.taking_in import listed

    with Store(store, create=False, write=False) as kept:
        found = listed(kept, "" if every else WAITING)
    if json:
        names = ("number", "at", "by", "kind", "follows", "state", "who", "reason")
        print_json([{name: getattr(one, name) for name in names} for one in found])
        return
    for one in found:
        about = f"  follows {one.follows}" if one.follows else ""
        why = f"  {one.state} by {one.who}{f': {one.reason}' if one.reason else ''}" if one.who else ""
        say(f"{one.number}  {one.at[:16].replace('T', ' ')}  {one.kind:<11}  {one.by}{about}{why}")
    say(f"{counted(len(found), 'arrival')}{'' if every else ' waiting'}.")


@quarantine.command("show")
def show(number: NumberArgument, store: StoreOption = None, json: JsonOption = False) -> None:
    """One arrival with everything that was told. That it was opened stands in the audit."""
    from linkage.store import Store
    from linkage.store.taking_in import shown

    with _told(), Store(store, create=False) as kept:
        found = shown(kept, number)
    if json:
        print_json(asdict(found))
        return
    about = f", follows {found.follows}" if found.follows else ""
    say(f"{found.number}: {found.kind}{about}, came {found.at[:16]} from {found.by}, {found.state}.")
    if not found.values:
        say("What was told is a report now: its words are there, without details of the person who reported.")
    for name, value in found.values.items():
        say(f"  {name}: {value}")


@quarantine.command("take")
def take(
    numbers: Annotated[list[str], typer.Argument(metavar="NUMBER...", help="Numbers under which it came in.")],
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Take arrivals in as reports under their numbers. Details of the person who reports are masked, as by import."""
    from linkage.store import Store
    from linkage.store.taking_in import take as take_in

    with _told(), Store(store, create=False) as kept:
        done = [take_in(kept, number) for number in numbers]
    if json:
        print_json([asdict(one) for one in done])
    for one in [] if json else done:
        _say_taken(one)
    raise typer.Exit(REFUSED if any(one.rejects for one in done) else DONE)


def _say_taken(one: TakenIn) -> None:
    from linkage.review.choices import warning_words

    masked = f"; {counted(one.masked, 'detail')} of the person who reported masked" if one.masked else ""
    say(f"{one.report_id} is a report now{masked}.")
    for warning in one.warnings:
        say(f"  Check: {warning_words(warning)}")
    if one.unfound:
        say(f"  It follows {one.unfound}, which is not in the store.")
    for reject in one.rejects:
        say(f"  Refused: {refusal(reject)}")


@quarantine.command("refuse")
def refuse(
    number: NumberArgument,
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; stays with it.")],
    store: StoreOption = None,
) -> None:
    """Refuse an arrival. It stays where it is until it is erased, and can still be taken in."""
    from linkage.store import Store
    from linkage.store.taking_in import refuse as refuse_it

    with _told(), Store(store, create=False) as kept:
        refuse_it(kept, number, reason)
    say(f"{number} is refused. It is erased with: linkage erase {number} --reason WORDS")
