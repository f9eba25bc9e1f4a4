"""Who gets an alert, that the log tells of it, and that a consent taken back stops it."""

from __future__ import annotations

import json
from dataclasses import replace
from pathlib import Path
from typing import Any
from xml.etree import ElementTree as Xml

import pytest

from linkage.report import Consent, Report
from linkage.sharing.addresses import load_address_key
from linkage.sharing.circulation import Audience, contents, finish, recall, release
from linkage.sharing.feeds import ATOM, items, write_feeds
from linkage.sharing.sender import send
from linkage.sharing.sending_settings import Feeds, Sending
from linkage.sharing.subscription import Request, confirm, leave, subscribe
from linkage.store import Store, distribution, outbox
from linkage.store.alert_record import Alert, AlertError, AlertEvent
from linkage.store.alerts import keep_alert, read_alert, record_alert_event
from linkage.store.connect import writing
from linkage.store.hold_backs import HoldBack, drop_hold_back, hold_back
from tests.sharing.conftest import Mailbox, Texts

REGIONS = ("North West", "London")
WORDS = {"email": "Leeds. A silver car.", "short": "Silver car, Leeds", "html": "<body><p>A silver car.</p></body>"}


def report(store: Store, number: str, alert: bool = True, narrative: str = "") -> None:
    class Batch:
        reports = (Report(report_id=number, narrative=narrative, consent=Consent(alert=alert)),)
        rejects = ()

    store.import_batch(Batch(), "invented.csv")  # type: ignore[arg-type]


def approved(store: Store, number: str = "R1", language: str = "en", alert: Alert | None = None) -> int:
    """An alert on a report, approved; returns its number."""
    if store.report(number) is None:
        report(store, number)
    start = alert or Alert("report", number, ((number, 1),), WORDS)
    kept = keep_alert(
        store, replace(start, language=language, texts={**WORDS, "short": f"{language} words"}), "drafted"
    )
    record_alert_event(store, AlertEvent(kept.alert, kept.version, "approved"), {number})
    return kept.alert


def member(store: Store, settings: Sending, address: str, **about: Any) -> str:
    """A confirmed subscriber; returns its number."""
    channel = "email" if "@" in address else "text" if address else "feed"
    new = subscribe(store, settings, Request("person", channel, address, terms="1", **about), REGIONS)
    code = load_address_key(settings.key_file, make=True).code("confirm", new.id)
    confirm(store, settings, code)
    with writing(store.engine) as connection:
        outbox.cancel_of(connection, new.id, "ann")
    return new.id


def log(store: Store) -> list[tuple[str, str, str, str, int, int]]:
    with store.engine.connect() as connection:
        found = distribution.read(connection)
    return [(one.event, one.region, one.member_group, one.channel, one.count, one.failed) for one in found]


def go(store: Store, settings: Sending) -> int:
    done = send(store, settings, contents(store, settings))
    finish(store)
    return done.sent


def test_an_alert_reaches_those_it_is_for_and_the_log_says_how_many(
    store: Store, sending: Sending, mailbox: Mailbox, texts: Texts
) -> None:
    member(store, sending, "nw@invented.test", regions=("North West",))
    member(store, sending, "london@invented.test", regions=("London",))
    member(store, sending, "anywhere@invented.test")
    member(store, sending, "serious@invented.test", least_risk="high")
    member(store, sending, "07700900123", regions=("North West",), groups=("outreach",))
    subscribe(store, sending, Request("person", "email", "waits@invented.test", terms="1"), REGIONS)
    number = approved(store)
    nw = Audience(("North West",))

    assert release(store, sending, number, nw, dry_run=True) == {
        ("North West", "", "email"): 1,
        ("North West", "", "text"): 1,
        ("", "", "email"): 1,
    }
    assert log(store) == []
    release(store, sending, number, nw)
    assert go(store, sending) == 4  # the fourth is the code of the one who waits
    assert mailbox.recipients().keys() == {"nw@invented.test", "anywhere@invented.test", "waits@invented.test"}
    assert "en words" in texts.taken[0][1]
    assert log(store) == [
        ("released", "", "", "email", 1, 0),
        ("released", "North West", "", "email", 1, 0),
        ("released", "North West", "", "text", 1, 0),
        ("finished", "", "", "email", 2, 0),
        ("finished", "", "", "text", 1, 0),
    ]
    release(store, sending, number, Audience(risk="high"))
    go(store, sending)
    assert mailbox.recipients()["nw@invented.test"] == 1  # not twice
    assert mailbox.recipients()["serious@invented.test"] == 1
    assert store.verify(deep=True) == []


def test_a_group_gets_what_is_for_it_alone(store: Store, sending: Sending, mailbox: Mailbox) -> None:
    member(store, sending, "a@invented.test", groups=("outreach",))
    member(store, sending, "b@invented.test")
    release(store, sending, approved(store), Audience(groups=("outreach",)))
    go(store, sending)
    assert mailbox.recipients() == {"a@invented.test": 1}


def test_everybody_reads_it_in_their_language_where_it_was_approved_in_it(
    store: Store, sending: Sending, texts: Texts
) -> None:
    member(store, sending, "07700900001", language="ro")
    member(store, sending, "07700900002", language="pl")
    number = approved(store)
    approved(store, language="ro", alert=read_alert(store, number).latest)
    release(store, sending, number, Audience())
    go(store, sending)
    read = {path[-1]: json.loads(body)["message"] for path, body in texts.taken}
    assert read == {"1": "ro words", "2": "en words"}


def test_an_email_says_how_to_leave_and_who_left_gets_nothing_more(
    store: Store, sending: Sending, mailbox: Mailbox
) -> None:
    number = member(store, sending, "a@invented.test")
    release(store, sending, approved(store), Audience())
    go(store, sending)
    code = load_address_key(sending.key_file).code("leave", number)
    plain, page = mailbox.messages[0].iter_parts()
    assert f"leave {code}" in plain.get_content()
    assert f"leave {code}" in page.get_content().split("</body>")[0].replace("&quot;", '"')

    release(store, sending, approved(store, "R2"), Audience())
    leave(store, sending, code)
    assert go(store, sending) == 0
    assert len(mailbox.messages) == 1


def test_who_comes_or_leaves_while_the_sender_is_at_work_is_looked_up_as_a_message_leaves(
    store: Store, sending: Sending, mailbox: Mailbox
) -> None:
    gone = member(store, sending, "gone@invented.test")
    release(store, sending, approved(store), Audience())
    looked_up = contents(store, sending)  # the sender has begun
    leave(store, sending, load_address_key(sending.key_file).code("leave", gone))
    with writing(store.engine) as connection:  # what the sender had in hand when they left
        connection.execute(outbox.outbox.update().values(state=outbox.WAITING))
    subscribe(store, sending, Request("person", "email", "new@invented.test", terms="1"), REGIONS)
    assert send(store, sending, looked_up).sent == 1
    assert mailbox.recipients() == {"new@invented.test": 1}


def test_a_consent_taken_back_stops_what_waits_and_what_would_go_again(
    store: Store, sending: Sending, mailbox: Mailbox
) -> None:
    member(store, sending, "a@invented.test")
    number = approved(store)
    release(store, sending, number, Audience())
    report(store, "R1", alert=False)
    assert go(store, sending) == 0
    assert mailbox.messages == []
    with pytest.raises(AlertError, match="may not go out: a consent was taken back"):
        release(store, sending, number, Audience())


def test_a_detail_held_back_after_the_approval_stops_what_waits_and_what_would_go(
    store: Store, sending: Sending, mailbox: Mailbox
) -> None:
    member(store, sending, "a@invented.test")
    first, second = approved(store), approved(store, "R2")
    release(store, sending, first, Audience())
    for name in ("R1", "R2"):
        hold_back(store, HoldBack("report", name, "vehicle", "silver car"))
    assert go(store, sending) == 0
    assert mailbox.messages == []
    with pytest.raises(AlertError, match=f"alert {second} may not go out any more: held-back details: silver car"):
        release(store, sending, second, Audience(), dry_run=True)
    drop_hold_back(store, HoldBack("report", "R2", "vehicle", "silver car"))
    release(store, sending, second, Audience())
    assert go(store, sending) == 1


def test_only_an_approved_alert_goes_out(store: Store, sending: Sending) -> None:
    report(store, "R1")
    draft = keep_alert(store, Alert("report", "R1", (("R1", 1),), WORDS), "drafted")
    with pytest.raises(AlertError, match="may not go out: it is draft"):
        release(store, sending, draft.alert, Audience())
    assert log(store) == []


def test_a_recall_reaches_those_who_got_it_and_stops_the_rest(
    store: Store, sending: Sending, mailbox: Mailbox
) -> None:
    member(store, sending, "a@invented.test")
    number = approved(store)
    release(store, sending, number, Audience())
    go(store, sending)
    late = member(store, sending, "b@invented.test")
    release(store, sending, number, Audience())
    with pytest.raises(AlertError, match="is not recalled"):
        recall(store, number)
    record_alert_event(store, AlertEvent(number, 1, "recalled"), {"R1"})
    assert recall(store, number) == 1
    go(store, sending)
    assert [one["Subject"] for one in mailbox.messages] == ["Alert 1", "Alert 1 is withdrawn"]
    with store.engine.connect() as connection:
        assert [one.state for one in outbox.read(connection) if one.subscriber == late and one.alert] == ["cancelled"]


def test_the_feeds_hold_what_went_out_and_lose_what_was_recalled(
    store: Store, sending: Sending, tmp_path: Path
) -> None:
    feeds = Feeds(folder=tmp_path / "feeds", address="http://127.0.0.1/feeds")
    on = sending.model_copy(update={"feeds": feeds})
    release(store, on, approved(store), Audience(("London",)))
    release(store, on, approved(store, "R2"), Audience())
    assert [(one.number, one.regions) for one in items(store)] == [(2, ()), (1, ("London",))]
    write_feeds(store, feeds)
    whole = json.loads((feeds.folder / "alerts-london.json").read_text())
    assert [one["title"] for one in whole["items"]] == ["Alert 2", "Alert 1"]
    entries = Xml.parse(feeds.folder / "alerts-all.atom").getroot().findall(f"{{{ATOM}}}entry")
    assert [one.findtext(f"{{{ATOM}}}content") for one in entries] == [WORDS["email"]] * 2

    record_alert_event(store, AlertEvent(1, 1, "recalled"), {"R1"})
    report(store, "R2", alert=False)
    write_feeds(store, feeds)
    for file in feeds.folder.iterdir():
        assert "silver car" not in file.read_text()
