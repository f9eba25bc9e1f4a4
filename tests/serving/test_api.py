"""The API: who may do what, reports into quarantine, alerts out, and what sister schemes are told."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import date
from itertools import product
from pathlib import Path
from xml.etree import ElementTree as Xml

import pandas as pd
import pytest

from linkage.report import Consent, Report
from linkage.review.people import NotAllowedError
from linkage.sharing.addresses import load_address_key
from linkage.sharing.circulation import Audience, release
from linkage.sharing.sending_settings import needed
from linkage.store import Account, Store
from linkage.store.quarantine import items
from linkage.store.store import Store as OneStore
from linkage.store.subscribers import read_subscribers
from linkage.store.taking_in import listed, take
from linkage.store.tokens import SCOPES, revoke_token
from tests.factories import empty_run
from tests.serving.conftest import Served, served_on, settings
from tests.sharing.test_circulation import approved
from tests.sharing.world import EVERYTHING, MEMBERS, NEVER, world

LATER = date(2099, 1, 1)
"""A day on which whatever a test sent has come in."""
REPORT = {"report_type": "full", "narrative": "My name is Mary Quackenbush. A man in a red van grabbed me in Leeds."}
REQUESTS = {
    "report": ("POST", "/reports", REPORT),
    "alerts": ("GET", "/alerts", None),
    "search": ("POST", "/search", {"purpose": "a test", "words": "saab"}),
    "series": ("GET", "/series?purpose=a+test", None),
    "preferences": ("POST", "/subscribers/leave", {"code": "nobody's"}),
}


@pytest.mark.parametrize(("scope", "asked"), list(product(SCOPES, SCOPES)))
def test_a_token_does_what_its_scope_says_and_nothing_else(served: Served, scope: str, asked: str) -> None:
    method, path, body = REQUESTS[asked]
    answer = served.ask(method, path, scope, json=body)
    if scope == asked:
        assert answer.status_code in (200, 201, 404)
    else:
        assert answer.status_code == 403
        assert answer.json()["detail"] == f"This token is not for that: it lacks the scope {asked}."


def test_without_a_token_that_holds_nothing_is_done(served: Served) -> None:
    for method, path, body in REQUESTS.values():
        answer = served.client.request(method, path, json=body)
        assert (answer.status_code, answer.headers["www-authenticate"]) == (401, "Bearer")
        assert answer.headers["content-type"] == "application/problem+json"
    revoke_token(served.store, "for report")
    assert served.ask("POST", "/reports", "report", json=REPORT).status_code == 401
    assert items(served.store) == []


def test_a_report_waits_in_quarantine_and_is_taken_in_like_any_other(served: Served) -> None:
    full = REPORT | {
        "occurred": {"from": "3 May 2026", "to": ""},
        "suspects": [{"age": "mid 30s", "build": "stocky"}],
        "consent": {"alert": True},
        "identifiers": [{"kind": "phone", "value": "07700 900123"}],
    }
    answer = served.ask("POST", "/reports", "report", json=full)
    assert answer.status_code == 201
    given = answer.json()
    assert given["state"] == "waiting"
    assert (served.store.count(), items(served.store)[0].by) == (0, "token for report")
    done = take(served.store, given["number"], LATER)
    assert (done.masked, done.rejects) == (1, [])
    report = served.store.report(given["number"])
    assert report is not None
    assert "Quackenbush" not in str(report.narrative)
    assert (report.occurred.from_, report.suspects[0].build, report.vehicles[0].colour) == (
        "2026-05-03",
        ["stocky"],
        ["red"],
    )
    assert (report.consent.alert, report.consent.police, report.consent.scas) == (True, False, False)


def test_the_same_key_is_kept_once_and_another_body_under_it_refused(served: Served) -> None:
    key = {"Idempotency-Key": "0123456789abcdef"}
    first = served.ask("POST", "/reports", json=REPORT, headers=key)
    again = served.ask("POST", "/reports", json=dict(reversed(REPORT.items())), headers=key)
    assert first.json() == again.json()
    other = served.ask("POST", "/reports", json=REPORT | {"narrative": "another"}, headers=key)
    assert (other.status_code, other.json()["title"]) == (409, "Conflict")
    assert len(items(served.store)) == 1


def test_a_follow_up_a_part_and_a_report_for_another_come_in(served: Served) -> None:
    first = served.ask("POST", "/reports", json=REPORT).json()["number"]
    follow = {"report_type": "follow_up", "narrative": "He came back.", "follows": first}
    seen = served.ask("POST", "/reports", json=follow)
    unknown = served.ask("POST", "/reports", json=follow | {"follows": "R-1"})
    assert (seen.status_code, seen.json().keys()) == (unknown.status_code, unknown.json().keys())
    for kind in ("partial", "third_party"):
        assert served.ask("POST", "/reports", json=REPORT | {"report_type": kind}).status_code == 201
    assert served.ask("POST", "/reports", json=REPORT | {"report_type": "follow_up"}).status_code == 422
    assert [one.kind for one in items(served.store)] == ["full", "follow_up", "follow_up", "partial", "third_party"]
    assert items(served.store)[1].follows == first


@pytest.mark.parametrize("name", ["reporter_name", "victim_age", "worker_phone", "report_id", "series", "<b>"])
def test_a_field_that_there_is_not_is_refused_by_name_without_its_value(served: Served, name: str) -> None:
    answer = served.ask("POST", "/reports", json=REPORT | {name: "Quackenbush"})
    assert answer.status_code == 422
    assert "Quackenbush" not in answer.text
    assert answer.json()["errors"][0]["reason"] == "Extra inputs are not permitted"
    assert name in answer.json()["errors"][0]["field"]


def test_more_than_may_wait_is_told_to_come_back(tmp_path: Path) -> None:
    client = served_on_full(tmp_path)
    assert [client.ask("POST", "/reports", json=REPORT).status_code for _ in range(3)] == [201, 201, 503]
    assert len(items(client.store)) == 2


def served_on_full(folder: Path) -> Served:
    (folder / "full").mkdir()
    store = OneStore(f"sqlite:///{folder}/full/linkage.db", who="tester")
    return served_on(store, folder, settings(most_waiting=2))


def test_published_alerts_go_out_by_region_and_a_consent_taken_back_ends_them(served: Served) -> None:
    release(served.store, needed(), approved(served.store), Audience(("London",)))
    approved(served.store, "R2")
    told = served.ask("GET", "/alerts", "alerts").json()
    assert [(one["number"], one["regions"], one["text"]) for one in told] == [(1, ["London"], "Leeds. A silver car.")]
    assert served.ask("GET", "/alerts?region=Wales", "alerts").json() == []
    assert served.ask("GET", "/alerts?region=Nowhere", "alerts").status_code == 422
    assert served.ask("GET", "/alerts?regoin=Wales", "alerts").status_code == 422
    atom = Xml.fromstring(served.ask("GET", "/feeds/alerts-london.atom", "alerts").content)
    assert len(atom.findall("{*}entry")) == 1
    feed = served.ask("GET", "/feeds/alerts-wales.json", "alerts")
    assert (feed.headers["content-type"], feed.json()["items"]) == ("application/feed+json", [])
    assert served.ask("GET", "/feeds/alerts-nowhere.atom", "alerts").status_code == 422
    assert "A silver car" in served.client.get("/near?region=London").text
    assert "A silver car" not in served.client.get("/near?region=Wales").text
    withdraw(served.store, "R1")
    assert served.ask("GET", "/alerts", "alerts").json() == []
    assert "A silver car" not in served.client.get("/near").text


def withdraw(store: Store, number: str) -> None:
    report = store.report(number)
    assert report is not None

    class Batch:
        reports = (report.model_copy(update={"consent": Consent()}),)
        rejects = ()

    store.import_batch(Batch(), "withdrawn.csv")  # type: ignore[arg-type]


@pytest.fixture(scope="module")
def sisters(tmp_path_factory: pytest.TempPathFactory) -> Served:
    """A linked world of which sister schemes may see three of a series of five."""
    folder = tmp_path_factory.mktemp("sisters")
    store = OneStore(f"sqlite:///{folder}/linkage.db", who="tester")
    some = dict.fromkeys(MEMBERS[:3], EVERYTHING) | {"qxid4": Consent(police=True), "qxid5": Consent(alert=True)}
    keep_world(store, world(some))
    return served_on(store, folder, settings())


def test_sister_schemes_find_what_consent_allows_and_no_word_of_an_account(sisters: Served) -> None:
    asked = {"purpose": "a series of ours", "words": "anchor tattoo on neck, saab"}
    answer = sisters.ask("POST", "/search", "search", json=asked)
    told = answer.json()
    assert (answer.status_code, told["searched"], len(told["rows"])) == (200, 3, 3)
    assert_clean(answer.text)
    entry = sisters.store.audit(1)[0]
    assert (entry.who, entry.what, entry.detail["purpose"]) == ("token for search", "search", "a series of ours")
    assert entry.detail["told"] == [one["number"] for one in told["rows"]]


def test_a_series_is_told_with_the_reports_that_may_be_shared(sisters: Served) -> None:
    answer = sisters.ask("GET", "/series?purpose=ours", "series")
    (one,) = answer.json()
    assert len(one["members"]) == 3
    assert_clean(answer.text)
    found = sisters.ask("POST", "/search", json={"purpose": "ours", "words": "saab"}).json()
    assert {row["number"] for row in found["rows"]} <= {member["number"] for member in one["members"]}
    withdraw(sisters.store, "qxid2")
    withdraw(sisters.store, "qxid3")
    assert sisters.ask("GET", "/series?purpose=ours", "series").json() == []
    assert sisters.ask("POST", "/search", json={"purpose": "ours", "words": "saab"}).json()["searched"] == 1


def keep_world(store: Store, reports: list[Report]) -> None:
    """Keep the reports and a run that has the five in one series, without linking them."""

    class Batch:
        rejects = ()

    Batch.reports = reports  # type: ignore[attr-defined]
    store.import_batch(Batch(), "world.jsonl")  # type: ignore[arg-type]
    rows = [("S-qxid1", name, "core", 1.5) for name in MEMBERS]
    series = pd.DataFrame(rows, columns=["series_id", "report_id", "role", "fit"])
    store.save_run(replace(empty_run({}), series=series))


def assert_clean(text: str) -> None:
    lower = text.lower()
    assert [mark for mark in NEVER if mark in lower] == []
    assert [mark for mark in ("qxtown4", "qxmark5", "qxname4", "qx04abc", "s-qx") if mark in lower] == []


@pytest.mark.parametrize("body", [{"words": "saab"}, {"purpose": " ", "words": "saab"}, {"purpose": "ours"}])
def test_a_search_needs_a_purpose_and_a_question(sisters: Served, body: dict[str, str]) -> None:
    assert sisters.ask("POST", "/search", json=body).status_code == 422


@pytest.mark.parametrize("part", [{"registration": "*A*A*A*A*A*A*A*A*A*B"}, {"from": '1 to 2 or "3'}])
def test_what_cannot_be_read_of_a_question_is_named_without_its_words(sisters: Served, part: dict[str, str]) -> None:
    answer = sisters.ask("POST", "/search", json={"purpose": "ours"} | part)
    assert answer.status_code == 422
    assert "can be read in what was sent" in answer.json()["detail"]
    assert not any(words in answer.text for words in ("*A*A", "1 to 2"))


def test_somebody_joins_confirms_changes_and_leaves_by_code(served: Served) -> None:
    wish = {
        "kind": "person",
        "channel": "email",
        "terms": "1",
        "address": "ann@invented.example",
        "regions": ["Wales"],
    }
    for _ in range(2):
        answer = served.ask("POST", "/subscribers", "preferences", json=wish)
        assert (answer.status_code, answer.json()) == (202, {"state": "accepted"})
    (one,) = readers(served.store)
    key = load_address_key(needed().key_file)
    codes = {wish: key.code(wish, one.id) for wish in ("confirm", "leave")}
    assert served.ask("POST", "/subscribers/confirm", json={"code": codes["confirm"]}).status_code == 200
    changed = {"code": codes["leave"], "regions": ["London"], "least_risk": "high", "language": "ro"}
    assert served.ask("POST", "/subscribers/preferences", json=changed).status_code == 200
    (now,) = readers(served.store)
    assert (now.state, now.regions, now.least_risk, now.language) == ("confirmed", ("London",), "high", "ro")
    assert served.ask("POST", "/subscribers/leave", json={"code": codes["leave"]}).status_code == 200
    (now,) = readers(served.store)
    assert (now.state, now.address) == ("left", "")
    for path in ("confirm", "leave", "preferences"):
        assert served.ask("POST", f"/subscribers/{path}", json={"code": "nobodys"}).status_code == 404
    wrong = served.ask("POST", "/subscribers", json=wish | {"terms": "0"})
    assert (wrong.status_code, "version 1" in wrong.json()["detail"]) == (422, True)


def test_where_nothing_is_sent_nobody_joins(served: Served, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKAGE_SENDING")
    wish = {"kind": "person", "channel": "email", "terms": "1", "address": "ann@invented.example"}
    assert served.ask("POST", "/subscribers", json=wish).status_code == 503


def readers(store: Store) -> list:  # type: ignore[type-arg]
    with store.engine.connect() as connection:
        return read_subscribers(connection)


def test_the_document_names_every_status_and_no_field_for_whoever_reports(served: Served) -> None:
    document = served.client.get("/openapi.json").json()
    assert set(document["paths"]) == {
        "/reports", "/alerts", "/feeds/{name}", "/subscribers", "/subscribers/confirm", "/subscribers/leave",
        "/subscribers/preferences", "/search", "/series",
    }  # fmt: skip
    assert "reporter" not in json.dumps(document["components"]["schemas"]["ReportIn"]["properties"])


def test_a_store_in_which_people_sign_in_is_served_without_anybody_signed_in(sisters: Served) -> None:
    sisters.store.put_account(Account("ann", "administrator", password="hash"), "account added")
    for method, path, body in list(REQUESTS.values())[:4]:
        answer = sisters.ask(method, path, json=body)
        assert answer.is_success, (path, answer.text)
    assert sisters.client.get("/near").is_success
    with pytest.raises(NotAllowedError):
        listed(sisters.store)
