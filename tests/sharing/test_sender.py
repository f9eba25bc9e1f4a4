"""What waits is sent once, whatever happens to the sender."""

from __future__ import annotations

import multiprocessing
import os
import random
import signal
import time
from pathlib import Path

import pytest

from linkage.sharing.addresses import AddressKey, load_address_key
from linkage.sharing.channel import Parcel
from linkage.sharing.handover_journal import journal
from linkage.sharing.sender import Sent, send
from linkage.sharing.sending_settings import Sending, SendingError
from linkage.sharing.subscription import Request, subscribe
from linkage.store import Store, outbox
from linkage.store.connect import writing
from linkage.store.outbox import Message
from linkage.store.subscribers import read_subscribers
from tests.sharing.conftest import Mailbox, Texts


def waiting(store: Store, settings: Sending, *addresses: str) -> None:
    """One message of alert 1 for each address, and nothing else."""
    for address in addresses:
        channel = "email" if "@" in address else "text"
        subscribe(store, settings, Request("person", channel, address, terms="1"), ())
    with writing(store.engine) as connection:
        for one in read_subscribers(connection):
            outbox.cancel_of(connection, one.id, "ann")
        messages = [Message("alert", 1, 1, one.id, one.channel) for one in read_subscribers(connection)]
        outbox.put(connection, messages, "ann")


def contents(store: Store) -> object:
    with store.engine.connect() as connection:
        found = {one.id: one for one in read_subscribers(connection)}

    def make(message: Message, key: AddressKey) -> Parcel:
        address = key.decrypt(found[message.subscriber].address)
        return Parcel(message.uid, address, "Alert 1", "A silver car.", "<p>A silver car.</p>", "code")

    return make


def go(store: Store, settings: Sending) -> Sent:
    return send(store, settings, contents(store))  # type: ignore[arg-type]


def states(store: Store) -> dict[str, int]:
    with store.engine.connect() as connection:
        return outbox.counts(connection, 1)


def due_now(store: Store) -> None:
    """As if the time to try again had come."""
    with writing(store.engine) as connection:
        connection.execute(outbox.outbox.update().values(next_at=""))


def test_everybody_gets_one_message_of_their_own(
    store: Store, sending: Sending, mailbox: Mailbox, texts: Texts
) -> None:
    waiting(store, sending, "a@invented.test", "b@invented.test", "07700 900123")
    done = go(store, sending)

    assert (done.sent, done.failed, done.later) == (3, 0, 0)
    assert mailbox.recipients() == {"a@invented.test": 1, "b@invented.test": 1}
    assert [path for path, _ in texts.taken] == ["/07700900123"]
    assert "A silver car." in texts.taken[0][1]
    first = mailbox.messages[0]
    assert first["List-Unsubscribe"] == "<mailto:alerts@scheme.test?subject=leave%20code>"
    assert [part.get_content_type() for part in first.iter_parts()] == ["text/plain", "text/html"]
    assert go(store, sending).sent == 0


def test_a_passing_failure_is_tried_again_and_a_final_one_is_not(
    store: Store, sending: Sending, mailbox: Mailbox, texts: Texts
) -> None:
    waiting(store, sending, "full@invented.test", "gone@invented.test", "07700 900123")
    mailbox.answers = {"full@invented.test": ["452 mailbox full"], "gone@invented.test": ["550 no such user"]}
    texts.refuse = 1
    done = go(store, sending)
    assert (done.sent, done.failed, done.later) == (0, 1, 2)
    assert states(store)["failed"] == 1
    assert go(store, sending).sent == 0  # its time has not come

    due_now(store)
    assert go(store, sending).sent == 2
    assert mailbox.recipients() == {"full@invented.test": 1}
    assert len(texts.taken) == 1


def test_a_server_that_is_away_loses_nothing(store: Store, sending: Sending, mailbox: Mailbox) -> None:
    waiting(store, sending, "a@invented.test")
    assert sending.email is not None
    away = sending.model_copy(update={"email": sending.email.model_copy(update={"port": 1})})
    for _ in range(3):
        assert go(store, away).later == 1
        due_now(store)
    assert go(store, sending).sent == 1
    assert mailbox.recipients() == {"a@invented.test": 1}


def test_what_nobody_can_deliver_has_failed_after_the_last_attempt(store: Store, sending: Sending) -> None:
    waiting(store, sending, "a@invented.test")
    assert sending.email is not None
    away = sending.model_copy(update={"email": sending.email.model_copy(update={"port": 1})})
    goes = 0
    while states(store).get("failed", 0) == 0:
        go(store, away)
        due_now(store)
        goes += 1
    assert goes == 7  # at once, and after each of the six waits


def test_two_senders_are_never_at_work_at_once(store: Store, sending: Sending) -> None:
    load_address_key(sending.key_file, make=True)
    with (
        journal(sending.journal),
        pytest.raises(SendingError, match="Another sender is at work"),
    ):
        go(store, sending)


def _send_in_a_process(url: str, settings: Sending) -> None:
    with Store(url, who="tester") as opened:
        go(opened, settings)


def test_a_sender_that_is_killed_again_and_again_sends_everything_exactly_once(
    url: str, sending: Sending, mailbox: Mailbox, texts: Texts
) -> None:
    addresses = [f"n{number}@invented.test" for number in range(40)] + [f"0770090{n:04}" for n in range(10)]
    fate, context = random.Random(5), multiprocessing.get_context("fork")
    with Store(url, who="tester") as store:
        waiting(store, sending, *addresses)
        for _ in range(5):
            process = context.Process(target=_send_in_a_process, args=(url, sending))
            process.start()
            before = len(mailbox.messages)
            while process.is_alive() and len(mailbox.messages) < before + 3:
                time.sleep(0.002)
            time.sleep(fate.uniform(0, 0.03))
            if process.is_alive():
                os.kill(process.pid or 0, signal.SIGKILL)
            process.join()
        go(store, sending)
        assert states(store).keys() <= {"sent", "unacknowledged", "cancelled"}

    assert set(mailbox.recipients().values()) == {1}
    assert len(mailbox.recipients()) == 40
    assert sorted(path for path, _ in texts.taken) == sorted(f"/{number}" for number in addresses[40:])


def test_the_journal_knows_what_was_handed_over_and_what_was_taken(tmp_path: Path) -> None:
    with journal(tmp_path / "notes") as notes:
        for uid in ("a", "b", "c"):
            notes.handing_over(uid)
        notes.was_taken("a")
        notes.was_refused("b")
    with journal(tmp_path / "notes") as notes:
        assert (notes.handed, notes.taken) == ({"c"}, {"a"})
        notes.forget()
    with journal(tmp_path / "notes") as notes:
        assert not notes.handed | notes.taken
    assert (tmp_path / "notes").stat().st_mode & 0o777 == 0o600
