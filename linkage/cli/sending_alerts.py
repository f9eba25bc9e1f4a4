"""`linkage alert send` and `linkage alert log`: what goes out, and what went."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import LARGEST_NUMBER, JsonOption, StoreOption, alert
from linkage.cli.console import DONE, REFUSED, CommandError, counted, print_json, say, warn

if TYPE_CHECKING:
    from linkage.sharing.sending_settings import Sending
    from linkage.store import Store


@alert.command("send")
def send(
    number: Annotated[
        int | None,
        typer.Argument(
            metavar="[ALERT]", max=LARGEST_NUMBER, help="The alert to let go; none for what waits already."
        ),
    ] = None,
    region: Annotated[
        list[str] | None, typer.Option(metavar="REGION", help="To this region only; may be repeated.")
    ] = None,
    group: Annotated[
        list[str] | None, typer.Option(metavar="GROUP", help="To this group only; may be repeated.")
    ] = None,
    risk: Annotated[
        str, typer.Option(metavar="RISK", help="all, or high: goes to those as well who want the most serious only.")
    ] = "all",
    recall: Annotated[bool, typer.Option("--recall", help="Tell everybody who got it that it is withdrawn.")] = False,
    again: Annotated[
        str, typer.Option(metavar="ID", help="Send this message again, which failed or was not acknowledged.")
    ] = "",
    dry_run: Annotated[
        bool, typer.Option("--dry-run", help="Say to how many it would go, and send nothing.")
    ] = False,
    store: StoreOption = None,
    json: JsonOption = False,
) -> int:
    """Let an approved alert go out, and send what waits in the outbox.

    Nothing leaves until the sending settings say where to. Run it again, without a number, to send what failed for a
    passing reason.

    Examples:

        linkage alert send 12 --region "North West" --risk high --dry-run

        linkage alert send
    """
    from linkage.sharing.sending_settings import needed
    from linkage.store import Store

    with Store(store, create=False) as kept:
        kept.require("send_alert")
        settings = needed()
        if again:
            _again(kept, again)
        elif number is not None and not recall:
            _release(kept, settings, number, (region, group, risk), dry_run)
        elif number is not None:
            _recall(kept, number)
        if dry_run:
            return DONE
        return _deliver(kept, settings, json)


def _release(
    kept: Store,
    settings: Sending,
    number: int,
    wanted: tuple[list[str] | None, list[str] | None, str],
    dry_run: bool,
) -> None:
    from linkage.intake.gazetteer.tables import region_names
    from linkage.sharing.circulation import Audience, release
    from linkage.store.subscribers import RISKS

    regions, groups, risk = tuple(wanted[0] or ()), tuple(wanted[1] or ()), wanted[2]
    unknown = [one for one in regions if one not in region_names()]
    if unknown:
        raise CommandError(f"{unknown[0]!r} is no region: one of {', '.join(region_names())}")
    if risk not in RISKS:
        raise CommandError(f"{risk!r} is no risk: one of {', '.join(RISKS)}")
    counts = release(kept, settings, number, Audience(regions, groups, risk), dry_run)
    would = "would go" if dry_run else "goes"
    warn(f"Alert {number} {would} to {counted(sum(counts.values()), 'subscriber')}.")
    for (where, who, channel), count in sorted(counts.items()):
        warn(f"  {where or 'everywhere'}, {who or 'everybody'}, {channel}: {count:,}")


def _recall(kept: Store, number: int) -> None:
    from linkage.sharing.circulation import recall

    warn(f"{counted(recall(kept, number), 'subscriber')} will be told that alert {number} is withdrawn.")


def _again(kept: Store, uid: str) -> None:
    from linkage.store import outbox
    from linkage.store.connect import writing

    with writing(kept.engine) as connection:
        if not outbox.retry(connection, uid, kept.who):
            raise CommandError(
                f"No message {uid} failed or was not acknowledged: linkage alert log --json lists them"
            )


def _deliver(kept: Store, settings: Sending, json: bool) -> int:
    from linkage.sharing.circulation import contents, finish
    from linkage.sharing.feeds import write_feeds
    from linkage.sharing.sender import send as send_all

    done = send_all(kept, settings, contents(kept, settings))
    finish(kept)
    if settings.feeds:
        write_feeds(kept, settings.feeds)
    if json:
        print_json(asdict(done))
    else:
        say(f"Sent {done.sent:,}; to be tried again {done.later:,}; failed {done.failed:,}.")
        if done.unacknowledged:
            say(f"Not acknowledged {done.unacknowledged:,}: linkage alert log names them.")
    for words in dict.fromkeys(done.errors):
        warn(words)
    return REFUSED if done.failed or done.later or done.unacknowledged else DONE


@alert.command("log")
def log(
    number: Annotated[
        int | None, typer.Argument(metavar="[ALERT]", max=LARGEST_NUMBER, help="Of this alert only.")
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """What was sent, to whom, when and by whom, and what still waits or failed."""
    from linkage.store import Store, distribution, outbox

    with Store(store, create=False, write=False) as kept:
        kept.require("look")
        with kept.engine.connect() as connection:
            lines = distribution.read(connection, number)
            unsettled = [
                one
                for state in (outbox.FAILED, outbox.UNACKNOWLEDGED, outbox.WAITING, outbox.SENDING)
                for one in outbox.read(connection, number, state)
            ]
    if json:
        messages = [
            {"id": one.uid, "alert": one.alert, "kind": one.kind, "state": one.state, "attempts": one.attempts}
            | {"channel": one.channel, "at": one.at, "error": one.error}
            for one in unsettled
        ]
        print_json({"log": [asdict(one) for one in lines], "messages": messages})
        return
    for line in lines:
        audience = f"{line.region or 'everywhere'}, {line.member_group or 'everybody'}"
        where = f"{'to all of them' if line.event == distribution.FINISHED else audience}, {line.channel}"
        lost = f", {line.failed:,} failed" if line.failed else ""
        say(
            f"{line.at[:16]}  alert {line.alert} version {line.version}  {line.event}  {where}: {line.count:,}{lost}"
            f"  by {line.who}"
        )
    for one in unsettled:
        say(f"{one.at[:16]}  {one.kind} {one.alert or ''}  {one.state}  {one.channel}  {one.uid}  {one.error}")
    if not lines and not unsettled:
        say("Nothing was sent yet.")
