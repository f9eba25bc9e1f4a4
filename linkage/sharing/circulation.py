"""Lets an approved alert go out: to whom, put down in the log, and taken back where consent is."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import dataclass

from linkage.sharing.addresses import AddressKey
from linkage.sharing.alert_draft import stopped_now
from linkage.sharing.channel import Parcel
from linkage.sharing.consent_gate import admitted
from linkage.sharing.message import DEFAULT_LANGUAGE, parcel_of
from linkage.sharing.sending_settings import Sending
from linkage.store import Store, distribution, outbox
from linkage.store.alert_record import Alert, AlertError, AlertEvent, AlertHistory, AlertState
from linkage.store.alerts import read_alert, record_alert_event
from linkage.store.connect import writing
from linkage.store.distribution import FINISHED, RECALLED, RELEASED
from linkage.store.distribution import Sending as Line
from linkage.store.outbox import Message
from linkage.store.subscribers import CONFIRMED, Subscriber, read_subscriber, read_subscribers

MAY_GO = (AlertState.APPROVED, AlertState.SENT)
FEED = "feed"


@dataclass(frozen=True, slots=True)
class Audience:
    """Whom an alert is for: `regions` and `groups` are empty for all; `risk` high reaches those as well who want the
    most serious alerts only."""

    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    risk: str = "all"

    def holds(self, one: Subscriber) -> bool:
        """Does the alert go to this subscriber?"""
        return (
            one.state == CONFIRMED
            and (not self.regions or not one.regions or not set(self.regions).isdisjoint(one.regions))
            and (not self.groups or not set(self.groups).isdisjoint(one.groups))
            and (one.least_risk == "all" or self.risk == "high")
        )

    def line_of(self, one: Subscriber) -> tuple[str, str, str]:
        """Region, group and channel under which the log counts a subscriber: once, and as everywhere where they
        named no region, since nobody knows where they are."""
        region = next((name for name in self.regions if name in one.regions), "") if one.regions else ""
        group = next((name for name in self.groups if name in one.groups), "")
        return region, group, one.channel


def allowed_now(store: Store, history: AlertHistory) -> set[str]:
    """The reports of an alert whose consent, as it is now, lets them into one."""
    names = {name for version in history.versions for name in version.report_ids}
    found = [report for report in map(store.report, sorted(names)) if report is not None]
    return set(admitted(found, "alert").reports)


def release(
    store: Store, settings: Sending, number: int, wanted: Audience, dry_run: bool = False
) -> dict[tuple[str, str, str], int]:
    """Put an approved alert into the outbox for everybody it is for; returns how many by region, group and channel.

    Who got it already does not get it again. AlertError where it may not go out: it is not approved, or a report's
    consent was taken back. With `dry_run` nothing changes.
    """
    store.require("send_alert")
    history = read_alert(store, number)
    allowed = allowed_now(store, history)
    with store.engine.connect() as connection:
        readers = [one for one in read_subscribers(connection) if wanted.holds(one)]
    readers = [one for one in readers if one.channel in settings.channels()]
    versions = {one.id: _version_for(history, one.language, allowed) for one in readers}
    chosen = sorted({one.version for one in versions.values()} or {_version_for(history, "", allowed).version})
    for version in chosen:
        if why := stopped_now(store, history.version(version)):
            raise AlertError(f"alert {number} may not go out any more: {why}. Edit it, and have it approved again")
    counts = Counter(wanted.line_of(one) for one in readers)
    if settings.feeds:
        counts |= Counter({(region, "", FEED): 0 for region in wanted.regions or ("",)})
    if dry_run:
        return dict(counts)
    detail = {"regions": list(wanted.regions), "groups": list(wanted.groups), "risk": wanted.risk}
    for version in chosen:
        record_alert_event(store, AlertEvent(number, version, "sent", detail), allowed)
    new = [Message("alert", number, versions[one.id].version, one.id, one.channel) for one in readers]
    with writing(store.engine) as connection:
        outbox.put(connection, [one for one in new if one.channel != FEED], store.who)
        lines = [Line(RELEASED, number, chosen[-1], *line, count=count) for line, count in sorted(counts.items())]
        distribution.record(connection, lines, store.who, "alert released")
    return dict(counts)


def recall(store: Store, number: int) -> int:
    """Tell everybody who got an alert that it is withdrawn, and send none of it that still waits; returns how many
    are told. The alert has to be recalled first."""
    store.require("send_alert")
    if not any(one.event == "recalled" for one in read_alert(store, number).events):
        raise AlertError(f"alert {number} is not recalled: linkage alert recall {number}")
    with writing(store.engine) as connection:
        outbox.cancel(connection, number, store.who)
        got = (outbox.SENT, outbox.UNACKNOWLEDGED, outbox.SENDING)
        reached = [one for one in outbox.read(connection, number) if one.kind == "alert" and one.state in got]
        wanted = [Message("recall", number, one.version, one.subscriber, one.channel) for one in reached]
        told = outbox.put(connection, wanted, store.who)
        counts = Counter((one.version, one.channel) for one in told)
        lines = [
            Line(RECALLED, number, version, "", "", channel, count) for (version, channel), count in counts.items()
        ]
        if lines:
            distribution.record(connection, lines, store.who, "alert recalled")
    return len(told)


def contents(store: Store, settings: Sending) -> Callable[[Message, AddressKey], Parcel | None]:
    """What leaves for a message, looked up as it leaves: nothing for an alert that may no longer go out, nor to
    somebody who has left."""

    def make(message: Message, key: AddressKey) -> Parcel | None:
        with store.engine.connect() as connection:  # now: they may have come or left since the sender began
            reader = read_subscriber(connection, message.subscriber)
        if reader is None or not reader.address:
            return None
        if message.kind == "confirm":
            return parcel_of(message, reader, key, page=settings.page)
        history = read_alert(store, message.alert)
        version = history.version(message.version)
        if message.kind == "alert" and not _may_go(history, version, allowed_now(store, history)):
            return None
        if message.kind == "alert" and stopped_now(store, version):
            return None
        return parcel_of(message, reader, key, version, settings.page)

    return make


def finish(store: Store) -> list[int]:
    """Put down in the log what became of every alert of which nothing waits any more; returns their numbers."""
    with writing(store.engine) as connection:
        open_, lines = {outbox.WAITING, outbox.SENDING}, list[Line]()
        done = {
            (one.alert, one.version, one.channel) for one in distribution.read(connection) if one.event == FINISHED
        }
        groups: dict[tuple[int, int, str], Counter[str]] = {}
        for one in outbox.read(connection):
            if one.kind == "alert":
                groups.setdefault((one.alert, one.version, one.channel), Counter())[one.state] += 1
        for name, states in sorted(groups.items()):
            if name in done or open_ & states.keys():
                continue
            sent, lost = states[outbox.SENT] + states[outbox.UNACKNOWLEDGED], states[outbox.FAILED]
            lines.append(Line(FINISHED, name[0], name[1], "", "", name[2], sent, lost))
        if lines:
            distribution.record(connection, lines, store.who, "alert finished")
    return sorted({one.alert for one in lines})


def _version_for(history: AlertHistory, language: str, allowed: set[str]) -> Alert:
    """The version that somebody of a language gets: in that language where it may go out, else in the scheme's own,
    else the newest. AlertError where none may go out."""
    for wanted in (language, DEFAULT_LANGUAGE, history.latest.language):
        version = history.current(wanted)
        if version is not None and _may_go(history, version, allowed):
            return version
    why = "a consent was taken back" if history.recall_due(allowed) else f"it is {history.state(allowed)}"
    raise AlertError(f"alert {history.number} may not go out: {why}")


def _may_go(history: AlertHistory, version: Alert, allowed: set[str]) -> bool:
    """Was it approved, and does every report in it still allow it? It may have gone out to others before."""
    return history.state(allowed, version.language) in MAY_GO and set(version.report_ids) <= allowed
