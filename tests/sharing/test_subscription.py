"""Joining takes a confirmation, leaving takes a click, and no address stands in the store."""

from __future__ import annotations

import json
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import text

from linkage.sharing.addresses import load_address_key
from linkage.sharing.sending_settings import Sending
from linkage.sharing.subscription import (
    Request,
    SubscriptionError,
    confirm,
    leave,
    shown,
    subscribe,
    take_off,
)
from linkage.store import Store, outbox
from linkage.store.subscribers import CONFIRMED, LEFT, WAITING

ANN = Request("person", "email", "ann@invented.test", regions=("North West",), terms="1")
REGIONS = ("North West", "London")


def code(settings: Sending, purpose: str, number: str) -> str:
    return load_address_key(settings.key_file).code(purpose, number)


def messages(store: Store) -> list[tuple[str, str]]:
    with store.engine.connect() as connection:
        return [(one.kind, one.state) for one in outbox.read(connection)]


def test_somebody_gets_nothing_until_the_address_is_confirmed(store: Store, sending: Sending) -> None:
    new = subscribe(store, sending, ANN, REGIONS)
    assert new.state == WAITING
    assert messages(store) == [("confirm", "waiting")]
    assert subscribe(store, sending, ANN, REGIONS).id == new.id  # asking again changes nothing
    assert messages(store) == [("confirm", "waiting")]

    confirmed = confirm(store, sending, code(sending, "confirm", new.id))
    assert confirmed.state == CONFIRMED
    assert confirm(store, sending, code(sending, "confirm", new.id)) == confirmed
    assert [one.address for one in shown(store, sending)] == ["a•••@i•••.test"]
    assert store.verify(deep=True) == []


def test_who_leaves_is_gone_from_every_table_and_may_come_back(store: Store, sending: Sending) -> None:
    new = subscribe(store, sending, replace(ANN, kind="project", name="Invented project"), REGIONS)
    kept, mark = new.address, new.address_mark
    gone = leave(store, sending, code(sending, "leave", new.id))
    assert (gone.state, gone.address, gone.name) == (LEFT, "", "")
    assert messages(store) == [("confirm", "cancelled")]
    for words in (kept, mark, "Invented project", "ann@invented.test"):
        assert words not in whole(store)
    with pytest.raises(SubscriptionError, match="not known"):
        confirm(store, sending, code(sending, "confirm", new.id))
    assert subscribe(store, sending, ANN, REGIONS).id != new.id
    assert store.verify(deep=True) == []


def whole(store: Store) -> str:
    """Every row of every table as text."""
    from linkage.store.schema import metadata

    with store.engine.connect() as connection:
        rows: list[Any] = [list(connection.execute(table.select())) for table in metadata.sorted_tables]
    return json.dumps(rows, default=str)


def test_no_address_stands_in_the_store_in_clear(store: Store, sending: Sending) -> None:
    subscribe(store, sending, ANN, REGIONS)
    assert "invented.test" not in whole(store)


def test_a_person_of_the_scheme_can_take_somebody_off(store: Store, sending: Sending) -> None:
    new = subscribe(store, sending, ANN, REGIONS)
    assert take_off(store, new.id).state == LEFT
    with pytest.raises(SubscriptionError, match="no subscriber 12"):
        take_off(store, "12")


@pytest.mark.parametrize(
    ("change", "complaint"),
    [
        ({"kind": "reader"}, "'reader' is no kind: one of person, project"),
        ({"channel": "app"}, "app is not configured; configured: email, text"),
        ({"channel": "fax"}, "'fax' is no channel"),
        ({"least_risk": "low"}, "'low' is no risk"),
        ({"regions": ("Atlantis",)}, "'Atlantis' is no region: one of London, North West"),
        ({"terms": "0"}, "accepted in their version 1"),
        ({"language": "english"}, "two letters"),
        ({"address": "ann"}, "no e-mail address"),
    ],
)
def test_what_cannot_be_is_refused_and_leaves_nothing(
    store: Store, sending: Sending, change: dict[str, Any], complaint: str
) -> None:
    with pytest.raises(SubscriptionError, match=complaint):
        subscribe(store, sending, replace(ANN, **change), REGIONS)
    assert shown(store, sending) == []


def test_the_audit_vouches_for_every_subscriber(store: Store, sending: Sending) -> None:
    subscribe(store, sending, ANN, REGIONS)
    with store.engine.begin() as connection:
        connection.execute(text("UPDATE subscribers SET state = 'confirmed'"))
    assert [str(one) for one in store.verify(deep=True)] == [
        f"subscribers/{shown(store, sending)[0].subscriber.id}: this row was changed"
    ]
