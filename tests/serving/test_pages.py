"""The pages: tell, save, add, read again with a code, join and leave; nothing is shown to others."""

from __future__ import annotations

import re
import sqlite3
from typing import Any

import pytest

from linkage.review.draft import PERSON, VEHICLE
from linkage.serving import forms
from linkage.serving.guard import HEADERS
from linkage.sharing.addresses import load_address_key
from linkage.sharing.sending_settings import needed
from linkage.store import sqlite_file
from linkage.store.quarantine import items
from linkage.store.report_number import new_number
from linkage.store.taking_in import take
from tests.serving.conftest import Served
from tests.serving.test_api import LATER, readers

PAGES = [
    "/",
    "/report",
    "/report?who=project",
    "/report?who=establishment",
    "/more",
    "/near",
    "/help",
    "/join",
    "/exit",
]
TOLD = {"narrative": "Mary Quackenbush says: he had a knife.", "suspects.1.age": "mid 30s", "consent.alert": "yes"}


def hidden(text: str) -> dict[str, str]:
    return dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)">', text))


def sent(served: Served, path: str, typed: dict[str, str], **rest: Any) -> Any:
    """A form filled in and sent as a browser does."""
    form = served.client.get("/more" if path == "/told" else path)
    return served.client.post(path, data=hidden(form.text) | typed, **rest)


def receipt(text: str) -> tuple[str, str]:
    number, code = re.findall(r"<dd>([0-9A-Z-]{11,14})</dd>", text)
    return number, code


@pytest.mark.parametrize("path", PAGES)
def test_a_page_is_kept_nowhere_fetches_nothing_and_needs_no_script(served: Served, path: str) -> None:
    page = served.client.get(path)
    assert page.status_code == 200
    assert {name: page.headers[name] for name in HEADERS} == HEADERS
    assert "<script" not in page.text
    assert re.findall(r"(?:src|href|action)=\"(?!/|#|tel:)[^\"]*\"", page.text) == []
    cookies = page.headers.get_list("set-cookie")
    assert len(cookies) <= 1
    assert all("HttpOnly" in one and "SameSite=strict" in one and "expires" not in one for one in cookies)
    assert re.search(r"<title>(Start)</title>", page.text)
    if path != "/exit":
        assert 'href="/exit"' in page.text


def test_a_report_is_told_added_to_and_read_again_with_its_code(served: Served) -> None:
    number, code = receipt(sent(served, "/report", TOLD).text)
    added = sent(served, "/more", {"number": number.lower(), "narrative": "He came back."})
    assert "Quackenbush" not in added.text
    first, second = items(served.store)
    assert (first.kind, first.by, second.kind, second.follows) == ("full", "page", "follow_up", number)
    assert first.values["consent"] == {"alert": True, "police": False, "scas": False}
    assert first.values["suspects"] == [{"age": "mid 30s"}]
    read = sent(served, "/told", {"number": number, "code": code.lower()})
    assert "Mary Quackenbush says: he had a knife." in read.text
    for wrong in ((number, receipt(added.text)[1]), (new_number(), code), (number, "")):
        page = sent(served, "/told", dict(zip(("number", "code"), wrong, strict=True)))
        assert (page.status_code, "Quackenbush" in page.text, "knife" in page.text) == (404, False, False)
    take(served.store, number, LATER)
    read = sent(served, "/told", {"number": number, "code": code})
    assert "he had a knife" in read.text
    served.store.erase(number, "asked for")
    assert sent(served, "/told", {"number": number, "code": code}).status_code == 404


@pytest.mark.parametrize("who", forms.WHO)
def test_the_whole_form_filled_in_is_kept_in_chinese(served: Served, who: str) -> None:
    typed = {one.field: "很" * one.most for part in forms.parts_for(who) for one in part.fields}
    answer = sent(served, f"/report?who={who}", typed | {"who": who, "lang": "zh"})
    assert answer.status_code == 200
    [kept] = items(served.store)
    assert kept.values["narrative"] == "很" * forms.LONGEST


def test_what_was_told_while_the_store_cannot_be_written_to_stands_in_the_form_to_be_sent_again(
    served: Served, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(sqlite_file, "BUSY_SECONDS", 0)
    monkeypatch.setattr(sqlite_file, "_QUIET_SECONDS", 0)
    other = sqlite3.connect(str(served.store.engine.url.database), isolation_level=None)
    other.execute("BEGIN IMMEDIATE")
    answer = sent(served, "/report", TOLD)
    assert answer.status_code == 500
    assert "nothing was kept of this one" in answer.text
    assert TOLD["narrative"] in answer.text
    assert items(served.store) == []
    other.close()
    again = served.client.post("/report", data=hidden(answer.text) | TOLD)
    assert receipt(again.text)
    assert [one.values["narrative"] for one in items(served.store)] == [TOLD["narrative"]]


def test_nothing_is_agreed_to_unless_somebody_ticks_it(served: Served) -> None:
    form = served.client.get("/report").text
    assert form.count('name="consent.') == 3
    assert " checked" not in form
    sent(served, "/report", {"narrative": "He ran."})
    assert items(served.store)[0].values["consent"] == {"alert": False, "police": False, "scas": False}


def test_a_part_is_saved_a_project_tells_for_others_and_a_venue_is_not_asked_what_it_is(served: Served) -> None:
    sent(served, "/report", {"vehicles.1.registration": "AB12", "act": "save"})
    sent(served, "/report?who=project", {"narrative": "She says he ran.", "identifiers.1.value": "a@b.example"})
    sent(served, "/report", {"narrative": "He ran.", "other": "yes"})
    sent(served, "/report?who=establishment", {"narrative": "He ran.", "place.venue": "made up"})
    told = items(served.store)
    assert [one.kind for one in told] == ["partial", "third_party", "third_party", "full"]
    assert told[0].values["vehicles"] == [{"registration": "AB12"}]
    assert told[1].values["identifiers"] == [{"kind": "email", "value": "a@b.example"}]
    assert [one.values["source"]["kind"] for one in told[1::2]] == ["project", "establishment"]
    assert "place" not in told[3].values


def test_pressing_send_twice_keeps_one(served: Served) -> None:
    form = hidden(served.client.get("/report").text) | TOLD
    pages = [served.client.post("/report", data=form) for _ in range(2)]
    assert receipt(pages[0].text) == receipt(pages[1].text)
    assert len(items(served.store)) == 1
    changed = served.client.post("/report", data=form | {"narrative": "Another thing."})  # back, changed, sent again
    assert (changed.status_code, "Another thing." in changed.text) == (409, True)
    assert served.client.post("/report", data=hidden(changed.text) | {"narrative": "Another thing."}).is_success
    assert len(items(served.store)) == 2


@pytest.mark.parametrize("path", ["/report", "/more", "/join"])
def test_a_form_from_elsewhere_is_asked_again_and_loses_nothing(served: Served, path: str) -> None:
    form = hidden(served.client.get(path).text) | {
        "narrative": "He ran.",
        "number": new_number(),
        "address": "a@b.example",
    }
    for wrong in ({"proof": "0" * 64}, {"proof": "é"}, {"once": "short"} if path != "/join" else {"proof": ""}):
        page = served.client.post(path, data=form | wrong)
        assert page.status_code == 403
        assert ("a@b.example" if path == "/join" else "He ran.") in page.text
    served.client.cookies.clear()
    assert served.client.post(path, data=form).status_code == 403
    assert (items(served.store), readers(served.store)) == ([], [])


def test_an_empty_form_and_a_slip_in_a_number_are_told(served: Served) -> None:
    assert "Write something first" in sent(served, "/report", {"consent.police": "yes"}).text
    assert "has a slip in it" in sent(served, "/more", {"number": "BCDF-2345-6789", "narrative": "He ran."}).text
    long = sent(served, "/report", {"narrative": "He ran.", "suspects.1.age": "3" * 301})
    assert (long.status_code, "3" * 301 in long.text) == (422, True)
    assert items(served.store) == []


def test_somebody_joins_confirms_and_leaves(served: Served) -> None:
    wish = {"kind": "person", "channel": "email", "address": "ann@invented.example", "region": "Wales", "terms": "1"}
    pages = [sent(served, "/join", wish).text for _ in range(2)]
    assert pages[0] == pages[1]  # nobody learns whether an address was on the list
    (one,) = readers(served.store)
    key = load_address_key(needed().key_file)
    for wish_name, state in (("confirm", "confirmed"), ("leave", "left")):
        address = f"/{wish_name}/{key.code(wish_name, one.id)}"
        assert served.client.get(address).status_code == 200
        assert readers(served.store)[0].state != state  # a program that looks at links changes nothing
        assert served.client.post(address).status_code == 200
        assert readers(served.store)[0].state == state
    assert served.client.post("/leave/nobodys").status_code == 404
    assert (
        "look at the address again" in sent(served, "/join", {"channel": "email", "address": "x", "terms": "1"}).text
    )


def test_help_is_what_is_there_and_every_field_is_one_of_the_report_format(served: Served) -> None:
    assert "NHS 111" in served.client.get("/help").text
    assert "[G]" not in served.client.get("/help").text
    assert "NHS 111" not in served.client.get("/help?region=Northern+Ireland").text
    fields = {one.field.split(".")[-1] for part in forms.parts() for one in part.fields if part.name != "happened"}
    assert fields - {"value", "height"} <= {*PERSON, *VEHICLE}


def test_a_page_that_is_not_there_says_so_to_people(served: Served) -> None:
    page = served.client.get("/nowhere", headers={"Accept-Language": "pl"})
    assert (page.status_code, page.headers["content-type"]) == (404, "text/html; charset=utf-8")
    assert "Nie udało się" in page.text
