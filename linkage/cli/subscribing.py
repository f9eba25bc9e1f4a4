"""`linkage subscriber`: who gets alerts."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, subscriber
from linkage.cli.console import CommandError, counted, print_json, say

if TYPE_CHECKING:
    from linkage.sharing.subscription import Shown

CodeArgument = Annotated[str, typer.Argument(metavar="CODE", help="The code that stood in the message.")]


@subscriber.command("add")
def add(
    kind: Annotated[str, typer.Option(metavar="KIND", help="person, project, establishment, police or site.")],
    channel: Annotated[str, typer.Option(metavar="CHANNEL", help="email, text, app or feed.")],
    terms: Annotated[str, typer.Option(metavar="VERSION", help="Version of the terms that they accept.")],
    name: Annotated[str, typer.Option(metavar="NAME", help="Of a project, force or site; a person needs none.")] = "",
    region: Annotated[
        list[str] | None, typer.Option(metavar="REGION", help="Only alerts of this region; may be repeated.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(metavar="GROUP", help="A group it belongs to; may be repeated.")
    ] = None,
    risk: Annotated[str, typer.Option(metavar="RISK", help="all, or high for the most serious only.")] = "all",
    language: Annotated[str, typer.Option(metavar="CODE", help="Two letters, as en or ro.")] = "en",
    store: StoreOption = None,
) -> None:
    """Put somebody on the list. Nothing goes to them until they confirm with the code that the first message holds.

    The address is read as one line from standard input or asked for; it is never an option, which others on the
    machine could read. It is encrypted in the store.

    Example: linkage subscriber add --kind project --channel email --region "North West" --terms 1
    """
    from linkage.intake.gazetteer.tables import region_names
    from linkage.sharing.sending_settings import needed
    from linkage.sharing.subscription import Request, subscribe
    from linkage.store import Store

    with Store(store, create=False) as kept:
        kept.require("subscribers")
        settings = needed()
        address = "" if channel == "feed" else _address()
        request = Request(
            kind, channel, address, name, tuple(region or ()), tuple(group or ()), risk, language.lower(), terms
        )
        added = subscribe(kept, settings, request, region_names())
    waits = "; it gets alerts once it was confirmed (linkage alert send sends the code)"
    say(f"Subscriber {added.id}: {added.state}{waits if added.state == 'waiting' else ''}.")


def _address() -> str:
    if sys.stdin.isatty():
        return str(typer.prompt("Address", hide_input=True))
    line = sys.stdin.readline().strip()
    if not line:
        raise CommandError("There is no address on standard input: write it there as one line")
    return line


@subscriber.command("list")
def list_(store: StoreOption = None, json: JsonOption = False) -> None:
    """Everybody on the list; addresses are masked."""
    from linkage.sharing.sending_settings import needed
    from linkage.sharing.subscription import shown
    from linkage.store import Store

    with Store(store, create=False, write=False) as kept:
        kept.require("subscribers")
        found = shown(kept, needed())
    if json:
        print_json([_plain(one) for one in found])
        return
    for one in found:
        about = one.subscriber
        where = ", ".join(about.regions) or "everywhere"
        who = f"{about.kind} {about.name}".strip()
        say(f"{about.id}  {about.state:<9}  {who}  {about.channel} {one.address}  {where}  {about.least_risk} risks")
    say(f"{counted(len(found), 'subscriber')}.")


def _plain(one: Shown) -> dict[str, object]:
    about = one.subscriber
    names = ("id", "kind", "name", "channel", "regions", "groups", "least_risk", "language", "state", "created_at")
    return {name: getattr(about, name) for name in names} | {"address": one.address}


@subscriber.command("confirm")
def confirm(code: CodeArgument, store: StoreOption = None) -> None:
    """Confirm an address with the code that was sent to it."""
    from linkage.sharing import subscription
    from linkage.sharing.sending_settings import needed
    from linkage.store import Store

    with Store(store, create=False) as kept:
        found = subscription.confirm(kept, needed(), code)
    say(f"Subscriber {found.id} is confirmed.")


@subscriber.command("leave")
def leave(
    code: Annotated[str, typer.Argument(metavar="[CODE]", help="The code that stood in the message.")] = "",
    number: Annotated[str, typer.Option("--id", metavar="ID", help="Take this subscriber off, without a code.")] = "",
    store: StoreOption = None,
) -> None:
    """Take somebody off the list: their address is taken out of the store, and nothing more goes there."""
    from linkage.sharing import subscription
    from linkage.sharing.sending_settings import needed
    from linkage.store import Store

    if bool(code) == bool(number):
        raise CommandError("Say who leaves: the code of a message, or --id and the subscriber's number")
    with Store(store, create=False) as kept:
        found = subscription.take_off(kept, number) if number else subscription.leave(kept, needed(), code)
    say(f"Subscriber {found.id} has left.")
