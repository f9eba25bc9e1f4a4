"""Who gets alerts: asked to join, confirmed by a code that reached the address, gone with one click.

No name is needed. An address is encrypted in the store and goes when its owner leaves.
"""

from __future__ import annotations

import uuid
from collections.abc import Iterable
from dataclasses import dataclass, field, replace

from linkage.errors import LinkageError
from linkage.sharing.addresses import AddressKey, checked, load_address_key, masked
from linkage.sharing.sending_settings import Sending
from linkage.store import Store, outbox
from linkage.store.connect import writing
from linkage.store.outbox import Message
from linkage.store.subscribers import (
    CHANNELS,
    CONFIRMED,
    KINDS,
    LEFT,
    RISKS,
    WAITING,
    Subscriber,
    put_subscriber,
    read_subscriber,
    read_subscribers,
)

CONFIRM, LEAVE = "confirm", "leave"
BY_CODE = "by code"
"""Who is named in the audit where somebody proved a wish with a code, and said no name."""
_LANGUAGE_LETTERS = 2


class SubscriptionError(LinkageError, ValueError):
    """What was asked for cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Request:
    """What somebody who wants alerts says. `terms` is the version of the terms that they accept."""

    kind: str
    channel: str
    address: str = ""
    name: str = ""
    regions: tuple[str, ...] = ()
    groups: tuple[str, ...] = ()
    least_risk: str = "all"
    language: str = "en"
    terms: str = ""


@dataclass(frozen=True, slots=True)
class Shown:
    """A subscriber as it may be shown: its address is masked."""

    subscriber: Subscriber
    address: str = field(default="")


def subscribe(store: Store, settings: Sending, request: Request, regions: Iterable[str]) -> Subscriber:
    """Put somebody on the list, who gets nothing until the address is confirmed. Asking again changes nothing.

    `regions` are those that there are. SubscriptionError for what cannot be.
    """
    store.require("subscribers")
    return join(store, settings, request, regions, store.who)


def join(store: Store, settings: Sending, request: Request, regions: Iterable[str], who: str) -> Subscriber:
    """As `subscribe`, for somebody who asks for it themselves; `who` says by which way."""
    _check(request, settings, set(regions))
    key = load_address_key(settings.key_file, make=True)
    try:
        address = checked(request.channel, request.address)
    except ValueError as error:
        raise SubscriptionError(str(error)) from None
    mark = key.mark(f"{request.channel}:{address}") if address else ""
    with writing(store.engine) as connection:
        if mark:
            for one in read_subscribers(connection):
                if one.address_mark == mark and one.state != LEFT:
                    return one
        new = Subscriber(
            id=str(uuid.uuid4()),
            kind=request.kind,
            channel=request.channel,
            name=request.name.strip(),
            regions=request.regions,
            groups=request.groups,
            least_risk=request.least_risk,
            language=request.language,
            address=key.encrypt(address) if address else "",
            address_mark=mark,
            state=WAITING if address else CONFIRMED,
            terms=request.terms,
        )
        kept = put_subscriber(connection, new, who, "subscriber added")
        if kept.state == WAITING:
            outbox.put(connection, [Message("confirm", 0, 0, kept.id, kept.channel)], who)
    return kept


def confirm(store: Store, settings: Sending, code: str) -> Subscriber:
    """The address of this code is confirmed: it gets alerts from now on. A second time changes nothing."""
    return _by_code(store, settings, code, CONFIRM)


def leave(store: Store, settings: Sending, code: str) -> Subscriber:
    """The owner of this code leaves: the address is taken out of the store, and nothing more goes there."""
    return _by_code(store, settings, code, LEAVE)


def prefer(
    store: Store, settings: Sending, code: str, regions: tuple[str, ...], least_risk: str, language: str
) -> Subscriber:
    """The owner of this code, which is the one to leave by, wants other alerts from now on."""
    key = load_address_key(settings.key_file)
    with writing(store.engine) as connection:
        found = [one for one in read_subscribers(connection) if key.proves(code, LEAVE, one.id)]
        if not found or found[0].state == LEFT:
            raise SubscriptionError("This code is not known, or what it was for is done")
        changed = replace(found[0], regions=regions, least_risk=least_risk, language=language)
        return put_subscriber(connection, changed, BY_CODE, "subscriber changed")


def take_off(store: Store, number: str) -> Subscriber:
    """Take a subscriber off the list, because a person of the scheme says so."""
    store.require("subscribers")
    with writing(store.engine) as connection:
        found = read_subscriber(connection, number)
        if found is None:
            raise SubscriptionError(f"There is no subscriber {number}; linkage subscriber list shows them")
        outbox.cancel_of(connection, found.id, store.who)
        return put_subscriber(connection, _gone(found), store.who, "subscriber left")


def shown(store: Store, settings: Sending) -> list[Shown]:
    """Every subscriber with a masked address."""
    store.require("subscribers")
    with store.engine.connect() as connection:
        found = read_subscribers(connection)
    key = load_address_key(settings.key_file) if any(one.address for one in found) else None
    return [Shown(one, masked(one.channel, _clear(key, one))) for one in found]


def _clear(key: AddressKey | None, one: Subscriber) -> str:
    return key.decrypt(one.address) if key and one.address else ""


def _by_code(store: Store, settings: Sending, code: str, wish: str) -> Subscriber:
    key = load_address_key(settings.key_file)
    with writing(store.engine) as connection:
        found = [one for one in read_subscribers(connection) if key.proves(code, wish, one.id)]
        if not found or (wish == CONFIRM and found[0].state == LEFT):
            raise SubscriptionError("This code is not known, or what it was for is done")
        one = found[0]
        if one.state == (CONFIRMED if wish == CONFIRM else LEFT):
            return one
        if wish == CONFIRM:
            return put_subscriber(connection, replace(one, state=CONFIRMED), BY_CODE, "subscriber confirmed")
        outbox.cancel_of(connection, one.id, BY_CODE)
        return put_subscriber(connection, _gone(one), BY_CODE, "subscriber left")


def _gone(one: Subscriber) -> Subscriber:
    """Nothing of somebody who left stays but that they were there, and where what went to them is counted."""
    return replace(one, state=LEFT, address="", address_mark="", name="")


def _check(request: Request, settings: Sending, regions: set[str]) -> None:
    for value, known, what in (
        (request.kind, KINDS, "kind"),
        (request.channel, CHANNELS, "channel"),
        (request.least_risk, RISKS, "risk"),
    ):
        if value not in known:
            raise SubscriptionError(f"{value!r} is no {what}: one of {', '.join(known)}")
    if request.channel not in settings.channels():
        on = ", ".join(settings.channels()) or "none"
        raise SubscriptionError(f"The channel {request.channel} is not configured; configured: {on}")
    unknown = [one for one in request.regions if one not in regions]
    if unknown:
        raise SubscriptionError(f"{unknown[0]!r} is no region: one of {', '.join(sorted(regions))}")
    if request.terms != settings.terms:
        raise SubscriptionError(f"The terms have to be accepted in their version {settings.terms}")
    if len(request.language) != _LANGUAGE_LETTERS or not request.language.isalpha():
        raise SubscriptionError(f"{request.language!r} is no language: two letters, as en or ro (ISO 639-1)")
