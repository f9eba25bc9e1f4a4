"""`linkage alert` drafts, checks, edits, settles, approves and recalls, and keeps details out."""

from __future__ import annotations

import json
from datetime import date

from linkage.report import Consent
from linkage.store import AlertEvent, Store, record_alert_event
from tests.cli.conftest import Call
from tests.factories import incident
from tests.store.test_store import Batch


def keep(alert: bool = True, **words: object) -> None:
    given: dict[str, object] = {"report_id": "R1", "town": "Leeds", "person": "Male, slim", "marks": "gold tooth"}
    report = incident(**{**given, **words}).model_copy(update={"consent": Consent(alert=alert)})
    with Store(who="ann") as store:
        store.import_batch(Batch([report]), "a.csv")


def test_an_alert_is_drafted_edited_approved_listed_and_withdrawn(call: Call) -> None:
    keep()
    code, out, _ = call("alert", "draft", "R1")
    assert (code, "Male, slim build, gold tooth" in out, "of 160 characters" in out) == (0, True, True)
    code, out, _ = call("alert", "edit", "1", "--text", "-", "--short", "Male. No: 1", stdin="I saw him. No: 1")
    assert (code, "STOP  nothing of the person who reports or was harmed: I." in out) == (1, True)
    code, _, err = call("alert", "approve", "1")
    assert (code, "cannot be approved: nothing of the person" in err) == (2, True)
    assert call("alert", "edit", "1", "--text", "Male, slim. No: 1")[0] == 0
    assert call("alert", "approve", "1")[1] == "Alert 1: approved.\n"
    assert json.loads(call("alert", "list", "--json")[1]) == [
        {"alert": 1, "version": 3, "state": "approved", "subject": "R1", "recall": False}
    ]
    code, out, _ = call("alert", "show", "1")
    assert (code, "edited version 3" in out, "from R1: gold tooth" in out) == (0, True, True)
    assert call("alert", "recall", "1")[0] == 2
    assert call("alert", "recall", "1", "--reason", "wrong")[1] == "Alert 1 is withdrawn.\n"


def test_a_sent_alert_is_listed_for_recall_when_consent_is_taken_back(call: Call) -> None:
    keep()
    call("alert", "draft", "R1")
    call("alert", "approve", "1")
    with Store(who="ann") as store:
        record_alert_event(store, AlertEvent(1, 1, "sent"), {"R1"})
    assert call("alert", "list", "--recall")[1] == "No alerts to be recalled.\n"
    keep(alert=False)
    assert "to be recalled" in call("alert", "list", "--recall")[1]
    assert (call("alert", "check", "1")[0], call("alert", "draft", "R1")[0]) == (1, 2)


def test_a_report_that_may_repeat_an_alert_is_listed_judged_and_marked_in_a_search(call: Call) -> None:
    told = "parks_against_wall; ties_up; gags_or_blindfolds"
    keep(behaviours=told, received="1 March 2024", date="20 February 2024")
    call("alert", "draft", "R1")
    call("alert", "approve", "1")
    with Store(who="ann") as store:
        record_alert_event(store, AlertEvent(1, 1, "sent", {"regions": []}), {"R1"})
        again = incident(date(2091, 1, 1), report_id="R2", received="1 March 2090", town="Leeds", marks="gold tooth",
                         behaviours=told)  # fmt: skip
        store.import_batch(Batch([again]), "b.csv")
    code, out, _ = call("echo", "list", "--open")
    assert (code, "R2 may repeat alert 1" in out, "gold tooth" in out) == (0, True, True)
    assert "R2 may repeat alert 1" in call("search", "gold tooth")[1].replace("\n", " ")
    assert call("echo", "judge", "R2", "1", "own", "--reason", "saw the tooth")[0] == 0
    assert [one["judged"] for one in json.loads(call("echo", "list", "--json")[1])] == ["own"]
    assert call("echo", "list", "--open")[1] == "0 reports that may repeat an alert\n"
    assert "alert echo" in call("audit", "show")[1]
    for words, why in ((("R2", "1", "perhaps"), "use echo or own"), (("R9", "1", "own"), "there is no report R9")):
        code, _, err = call("echo", "judge", *words)
        assert (code, why in err, err.count("\n")) == (2, True, 1)


def test_what_was_not_read_surely_is_named_and_not_told(call: Call) -> None:
    report = incident(report_id="R1", town="Leeds", person="Male", behaviours="ties_up; kicks")
    said = report.behaviours.model_copy(update={"probability": {"kicks": 0.4}})
    with Store(who="ann") as store:
        store.import_batch(
            Batch([report.model_copy(update={"behaviours": said, "consent": Consent(alert=True)})]), "a.csv"
        )
    out = call("alert", "draft", "R1")[1]
    assert "LEFT OUT  kicks or stamps: read as perhaps in R1" in out
    assert "icks or stamps." not in out
    assert [one["doubt"] for one in json.loads(call("alert", "check", "1", "--json")[1])["left_out"]] == ["perhaps"]


def test_a_contradiction_is_settled_with_a_choice(call: Call) -> None:
    keep(person="Male, slim, burly build")
    code, out, _ = call("alert", "draft", "R1", "--short")
    assert (code, "STOP  contradiction: build" in out) == (1, True)
    assert call("alert", "settle", "1", "build", "tall")[0] == 2
    code, out, _ = call("alert", "settle", "1", "build", "slim")
    assert (code, "slim build" in out) == (0, True)


def test_a_detail_is_kept_out_and_told_again(call: Call) -> None:
    keep()
    assert call("alert", "hold-back", "add", "R1", "gold tooth", "--detail", "mark", "--reason", "rare")[0] == 0
    assert json.loads(call("alert", "hold-back", "list", "--json")[1]) == [
        {"subject": "R1", "detail": "mark", "value": "gold tooth", "reason": "rare"}
    ]
    assert "gold tooth" not in call("alert", "draft", "R1")[1]
    assert call("alert", "hold-back", "drop", "R1", "gold tooth", "--detail", "mark")[0] == 0
    assert "gold tooth" in call("alert", "draft", "R1")[1]


def test_what_is_not_there_is_one_clear_line(call: Call) -> None:
    keep()
    for words, told in (
        (("draft", "R9"), "neither a report nor a series “R9”"),
        (("show", "9"), "there is no alert 9"),
        (("edit", "1"), "nothing to change"),
        (("hold-back", "add", "R1", "x", "--detail", "colour"), "no kind of detail"),
    ):
        code, _, err = call("alert", *words)
        assert (code, told in err, err.count("\n")) == (2, True, 1)


def test_only_a_version_in_the_language_that_is_named_is_approved(call: Call) -> None:
    keep()
    assert call("alert", "draft", "R1", "--language", "klingonish")[2].startswith("linkage: no language is called")
    call("alert", "draft", "R1")
    code, _, err = call("alert", "approve", "1", "--language", "ro")
    assert (code, "alert 1 has no text in 'ro'; it has: en" in err) == (2, True)
    assert call("alert", "edit", "1", "--language", "Romanian", "--text", "Barbat, slab. Nr: 1")[0] == 0
    assert call("alert", "approve", "1", "--language", "ro")[1] == "Alert 1: approved.\n"
