"""What comes in from outside waits here: nothing of it is a report until an analyst takes it in.

Each arrival has a random number and a code. Number and code together show what was told again; the number alone only
adds to it. Neither the code nor the key by which a repeated request is known is kept: what is kept of them proves
them (see docs/decisions/0037).
"""

from __future__ import annotations

import hashlib
import hmac
import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from sqlalchemy import Connection, Row, delete, func, insert, select, update
from sqlalchemy.exc import IntegrityError

from linkage.errors import LinkageError
from linkage.intake.reject import clean
from linkage.store.audit import append, now
from linkage.store.connect import writing
from linkage.store.report_number import bare, canonical_number, is_number, letters_of, new_number
from linkage.store.schema import quarantine, quarantine_events
from linkage.store.seals import Seals, key_of, sealed, seals_of

if TYPE_CHECKING:
    from linkage.store.store import Store

WAITING, TAKEN, REFUSED = "waiting", "taken", "refused"
KINDS = ("full", "partial", "follow_up", "third_party")
PAGE = "page"
"""Who sends by the pages: nobody is known there."""
_CODE = 10  # [G] letters of a code, 48 bits


class OtherBodyError(LinkageError, ValueError):
    """The same idempotency key came before with another body."""


class FullError(LinkageError):
    """More waits than the scheme said may; nothing was kept of this one."""


@dataclass(frozen=True, slots=True)
class Arrival:
    """What is sent: `values` in the report format (contract, section 1), by whom (`PAGE`, or a token's name), and the
    `key` that is the same when it is sent again."""

    by: str
    kind: str
    values: Mapping[str, Any]
    key: str
    follows: str = ""


@dataclass(frozen=True, slots=True)
class Receipt:
    """What the sender gets: the number, and the code that is shown now only. `new` is false for a request that came
    before."""

    number: str
    code: str
    new: bool


@dataclass(frozen=True, slots=True)
class Item:
    """One arrival as it stands: `values` are empty once it is taken in, `reason` is the one of a refusal."""

    number: str
    at: str
    by: str
    kind: str
    follows: str
    values: Mapping[str, Any]
    state: str = WAITING
    who: str = ""
    reason: str = ""


def keep(store: Store, arrival: Arrival, most_waiting: int) -> Receipt:
    """Keep an arrival. The same key with the same body gives the first receipt again and changes nothing.

    OtherBodyError for the same key with another body, FullError where `most_waiting` wait already.
    """
    body = _body(arrival)
    try:
        with writing(store.engine) as connection:
            return _found(connection, arrival, body) or _new(connection, arrival, body, most_waiting)
    except IntegrityError:  # the same request at the same moment was first
        with store.engine.connect() as connection:
            found = _found(connection, arrival, body)
        if found is None:
            raise
        return found


def submission(store: Store, number: str, code: str) -> Item | None:
    """What was told under a number, for whoever holds its code too; None for every other."""
    if not is_number(number):
        return None
    name = canonical_number(number)
    with store.engine.connect() as connection:
        row = connection.execute(select(quarantine).where(quarantine.c.number == name)).first()
    mark = row.code_mark if row else ""
    if not hmac.compare_digest(mark, _code_mark(name, bare(code))):
        return None
    return item(store, name)


def items(store: Store, state: str = "") -> list[Item]:
    """Every arrival, or those of a state, oldest first. The caller asks for the right (`quarantine`)."""
    with store.engine.connect() as connection:
        found = list(_items(connection))
    return [one for one in found if state in ("", one.state)]


def item(store: Store, number: str) -> Item | None:
    """One arrival, or None. The caller asks for the right, or for the code."""
    with store.engine.connect() as connection:
        return next(_items(connection, number), None)


def untaken(connection: Connection) -> list[Item]:
    """Arrivals that are no reports: what waits, and what was refused."""
    return [one for one in _items(connection) if one.state != TAKEN]


def arrived(connection: Connection, number: str) -> list[tuple[str, str]]:
    """When an arrival of this number came, and its body as it is kept; empty where there is none."""
    query = select(quarantine.c.at, quarantine.c.body).where(quarantine.c.number == number)
    return [(row.at, row.body) for row in connection.execute(query)]


def settle(connection: Connection, number: str, event: str, who: str, reason: str = "") -> bool:
    """Put down that an arrival was taken in or refused; what was taken in is a report now, and as it came it goes.
    False where it was taken in already. Must run inside a writing transaction."""
    found = next(_items(connection, number))
    if found.state == TAKEN:
        return False
    row = sealed(quarantine_events, {"number": number, "at": now(), "who": who, "event": event, "reason": reason})
    given = connection.execute(insert(quarantine_events).returning(quarantine_events.c.id), row).scalar_one()
    seals = seals_of(quarantine_events, [{"id": given, **row}])
    if event == TAKEN:
        before = connection.execute(select(quarantine).where(quarantine.c.number == number)).mappings().one()
        after = sealed(quarantine, {**before, "body": ""})
        emptied = {name: after[name] for name in ("body", "salt", "seal")}
        connection.execute(update(quarantine).where(quarantine.c.number == number).values(emptied))
        seals |= seals_of(quarantine, [after])
    append(connection, who, "taken in" if event == TAKEN else "refused", {"number": number}, seals)
    return True


def drop(connection: Connection, number: str) -> Seals:
    """Take away an arrival and what became of it under its tombstone; returns their keys, each without a seal."""
    gone: Seals = {}
    for table in (quarantine, quarantine_events):
        here = table.c.number == number
        gone |= dict.fromkeys(key_of(table, row) for row in connection.execute(select(table).where(here)).mappings())
        connection.execute(delete(table).where(here))
    return gone


def _new(connection: Connection, arrival: Arrival, body: str, most_waiting: int) -> Receipt:
    settled = select(quarantine_events.c.number).distinct()
    waiting = select(func.count()).select_from(quarantine).where(quarantine.c.number.not_in(settled))
    if connection.execute(waiting).scalar_one() >= most_waiting:
        raise FullError
    number = new_number()
    code = _code(arrival.key, number)
    row = sealed(
        quarantine,
        {"number": number, "at": now(), "by": arrival.by, "kind": arrival.kind, "follows": clean(arrival.follows),
         "body": body, "key_mark": _key_mark(arrival), "body_mark": _body_mark(arrival, body),
         "code_mark": _code_mark(number, bare(code))},
    )  # fmt: skip
    given = connection.execute(insert(quarantine).returning(quarantine.c.id), row).scalar_one()
    detail = {"number": number, "kind": arrival.kind}
    append(connection, arrival.by, "arrived", detail, seals_of(quarantine, [{"id": given, **row}]))
    return Receipt(number, code, True)


def _found(connection: Connection, arrival: Arrival, body: str) -> Receipt | None:
    row = connection.execute(select(quarantine).where(quarantine.c.key_mark == _key_mark(arrival))).first()
    if row is None:
        return None
    if not hmac.compare_digest(row.body_mark, _body_mark(arrival, body)):
        raise OtherBodyError
    return Receipt(row.number, _code(arrival.key, row.number), False)


def _items(connection: Connection, number: str = "") -> Iterator[Item]:
    events: dict[str, Row[Any]] = {}
    for event in connection.execute(select(quarantine_events).order_by(quarantine_events.c.id)):
        events[event.number] = event
    query = select(quarantine).order_by(quarantine.c.id)
    for row in connection.execute(query.where(quarantine.c.number == number) if number else query):
        last = events.get(row.number)
        values = json.loads(row.body) if row.body else {}
        state, who, reason = (last.event, last.who, last.reason) if last else (WAITING, "", "")
        yield Item(row.number, row.at, row.by, row.kind, row.follows, values, state, who, reason)


def _body(arrival: Arrival) -> str:
    # in ASCII: neither a NUL nor half of a surrogate pair reaches a database as itself
    return json.dumps(dict(arrival.values), sort_keys=True)


def _key_mark(arrival: Arrival) -> str:
    return hashlib.sha256(f"{arrival.by}\n{arrival.key}".encode("utf-8", "surrogatepass")).hexdigest()


def _code_mark(number: str, code: str) -> str:
    return hashlib.sha256(f"{number}\n{code}".encode("utf-8", "surrogatepass")).hexdigest()


def _body_mark(arrival: Arrival, body: str) -> str:
    return _mac(arrival.key, f"{arrival.kind}\n{arrival.follows}\n{body}")


def _mac(key: str, words: str) -> str:
    plain = words.encode("utf-8", "surrogatepass")
    return hmac.new(key.encode("utf-8", "surrogatepass"), plain, hashlib.sha256).hexdigest()


def _code(key: str, number: str) -> str:
    """The code of a number: whoever sends the same request again gets it again, and nobody else can make it."""
    letters = letters_of(int(_mac(key, f"code:{number}"), 16), _CODE)
    return f"{letters[:5]}-{letters[5:]}"
