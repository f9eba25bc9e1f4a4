"""The search page on a small store."""

from __future__ import annotations

import re
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.screens.search import _reason, first_of, others_words
from linkage.search import Found, Reason
from linkage.store import Decision, Store
from tests.dashboard.conftest import make_store
from tests.dashboard.test_deciding import copied
from tests.dashboard.test_pages import BANNED, html, opened, words

pytestmark = pytest.mark.usefixtures("small_store")


def asked(**fields: str) -> AppTest:
    app = opened("search")
    for name, value in fields.items():
        app.text_input(key=f"search_{name}").set_value(value)
    app.button(key="search_ask").click()
    return app.run()


def test_words_find_reports_with_their_reasons_and_a_link() -> None:
    app = asked(words="yellow saab anchor tattoo")
    assert not app.exception
    assert "report?id=SYN-L1" in html(app)
    assert "exports?kind=reports&amp;about=SYN-L" in html(app)
    assert "+ Vehicle: yellow Saab" in html(app)
    assert "Candidate series" in html(app)
    assert "Series S1" in html(app)
    assert BANNED.findall(words(app)) == []


@pytest.mark.parametrize(
    ("says", "told", "shown"),
    [
        ("not known", "kicks or stamps: not known", "? Behaviour “kicks or stamps” not known"),
        ("close", "like “kicks or stamps”: slaps", "~ Behaviour: like “kicks or stamps”: slaps +0.40"),
    ],
)
def test_a_reason_says_which_behaviour_it_is_about(says: str, told: str, shown: str) -> None:
    assert _reason(Reason("Behaviour", says, told, "", 0.4)) == shown


def test_the_fields_are_folded_once_something_is_asked_and_say_what_is_in_them() -> None:
    before = opened("search").expander[0]
    assert before.proto.expanded
    assert before.label == "Fields for vehicle, person, behaviour, place and time"
    after = asked(words="anchor tattoo", near="Leeds").expander[0]
    assert not after.proto.expanded
    assert after.label == "Fields, filled in: place"


def test_a_plate_is_masked_and_no_narrative_is_shown() -> None:
    app = asked(plate="K5*")
    assert "SYN-L1" in html(app)
    assert "K5VWXT" not in words(app)
    assert "He had an anchor tattoo" not in words(app)


def test_a_report_like_another_shows_no_identifier_whole() -> None:
    app = asked(like="SYN-L1")
    assert "E-mail or username" in html(app)
    for value in ("K5VWXT", "07700900123", "harbourman77"):
        assert value not in words(app)
        assert value not in html(app)


def test_what_cannot_be_found_or_understood_is_said() -> None:
    assert "Nothing found" in words(asked(words="xqzzy"))
    assert "No place is known" in words(asked(near="Qwxyzville"))
    assert "Nothing is asked" in words(asked(words=""))


def test_why_a_report_is_not_here_is_answered() -> None:
    app = asked(words="yellow saab")
    app.text_input(key="search_why").set_value("SYN-U000").run()
    assert "SYN-U000" in words(app)
    assert "Vehicle" in words(app)
    app.text_input(key="search_why").set_value("nobody").run()
    assert "There is no report" in words(app)


def test_a_listed_report_is_said_to_be_listed() -> None:
    app = asked(words="yellow saab anchor tattoo")
    for number in (1, 3):
        app.text_input(key="search_why").set_value(f"SYN-L{number}").run()
        assert re.search(rf"SYN-L{number} is listed: it is number [123] ", words(app))


@pytest.mark.parametrize("fields", [{"words": "yellow saab anchor tattoo"}, {"words": "audi", "person": "slim"}])
def test_every_report_is_listed_or_counted_among_the_others(fields: dict[str, str]) -> None:
    page = html(asked(**fields))
    listed = re.search(r"(?:\d+ of )?(\d+) reports? that agrees? with enough", page)
    told = re.search(
        r"Of the others (\d+) agrees? [^,]+, (\d+) only differs?, (\d+) do(?:es)? not say, (\d+) (?:is|are) left out",
        page,
    )
    assert listed, page
    assert told, page
    assert sum(map(int, (listed[1], *told.groups()))) == 43


def test_the_report_compared_with_and_pairs_decided_blind_are_among_the_others() -> None:
    found = Found([], [], agreeing=2, partly=1, silent=4, left_out=0, total=12, unnarrowed=3, differing=1)
    told = "1 only differs, 4 do not say, 0 are left out by place, time or a must"
    with_like = f"{told}, 1 is the report compared with, 2 are not compared before you decide them"
    assert others_words(found, 2) == with_like
    assert others_words(replace(found, total=9), 0) == told


def test_what_agrees_with_a_small_part_can_be_seen_and_is_marked() -> None:
    app = asked(words="yellow saab with an elephant tattoo, welsh, limping, in Plymouth", person="bald, 6 ft 4")
    found = re.search(r"none of 43 reports agrees with enough of it; (\d+) agree", words(app))
    assert found, words(app)
    assert "report?id=" not in html(app)
    toggle = app.toggle(key="search_partly")
    assert toggle.label == f"Show what agrees with a small part ({found[1]})"
    app = toggle.set_value(True).run()
    assert not app.exception
    assert "report?id=SYN-L1" in html(app)
    assert re.search(rf"Small part only: (20 of )?{found[1]} reports that agree", words(app))


@pytest.mark.parametrize(
    ("shown", "many", "told"),
    [(1, 1, "1 report that"), (3, 3, "3 reports that"), (20, 45, "20 of 45 reports that")],
)
def test_a_table_says_how_many_it_shows(shown: int, many: int, told: str) -> None:
    assert first_of(shown, many) == told


def test_wildcards_are_explained_beside_the_box() -> None:
    told = words(opened("search"))
    assert "? is one unknown character and * any number" in told
    assert "Quick find, at the top of the page, finds pieces" in told


def test_behaviours_obey_their_field_and_counts_name_what_is_not_known() -> None:
    app = opened("search")
    app.text_area(key="search_must_did").set_value("gagged her")
    app.button(key="search_ask").click()
    app.run()
    assert not app.exception
    assert "3 reports that agree with enough" in words(app)
    assert all("(not known: " in one.label for one in app.button_group if not one.label.startswith("Read as"))
    app.text_area(key="search_must_did").set_value("")
    app.text_area(key="search_must_not").set_value("gagged her")
    app.text_input(key="search_vehicle").set_value("Saab")
    app.button(key="search_ask").click()
    assert "report?id=SYN-L1" not in html(app.run())


def test_a_search_is_saved_asked_again_and_kept_no_longer(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_STORE", make_store(tmp_path))
    app = asked(words="yellow saab", purpose="reviewing S1")
    app.text_input(key="search_save_as").set_value("The Saab")
    app.button(key="search_save").click()
    app.run()
    again = opened("search")
    assert "reviewing S1" in words(again)
    again.button(key="search_again").click()
    again.run()
    assert not again.exception
    assert again.text_input(key="search_words").value == "yellow saab"
    assert "report?id=SYN-L1" in html(again)
    again.button(key="search_drop").click()
    again.run()
    assert "reviewing S1" not in words(again)
    with Store(None) as store:
        assert {"search", "search saved", "search dropped"} <= {entry.what for entry in store.audit()}
        assert store.audit_broken_at() is None


def test_what_was_asked_outlives_the_session_until_the_form_is_emptied(
    store_address: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKAGE_STORE", copied(store_address, tmp_path))
    imports = "from dashboard.parts.drafts import take_up\nfrom dashboard.screens.search import render"

    def session() -> AppTest:
        return AppTest.from_string(f"{imports}\ntake_up('')\nrender()", default_timeout=60).run()

    app = session()
    app.text_input(key="search_words").set_value("anchor tattoo")
    app.text_input(key="search_near").set_value("Leeds")
    app.button(key="search_ask").click().run()
    found = html(app)
    later = session()
    assert later.text_input(key="search_words").value == "anchor tattoo"
    assert later.text_input(key="search_near").value == "Leeds"
    assert html(later) == found
    later.text_input(key="search_vehicle").set_value("yellow").run()  # typed, and not searched for
    reloaded = session()
    assert reloaded.text_input(key="search_vehicle").value == "yellow"
    assert html(reloaded) == found
    later.button(key="search_clear").click().run()
    assert later.text_input(key="search_words").value == ""
    assert session().text_input(key="search_near").value == ""


def pills(app: AppTest, label: str) -> Any:
    return next(one for one in app.button_group if one.label.startswith(label))


def test_an_understood_part_is_taken_out_and_put_back() -> None:
    app = asked(words="yellow saab anchor tattoo in Leeds")
    parts = pills(app, "Read as").value
    assert "Place: within 15 km of Leeds" in parts
    app = pills(app, "Read as").set_value([one for one in parts if not one.startswith("Place")]).run()
    assert not app.exception
    assert "Place: within 15 km of Leeds" not in pills(app, "Read as").value
    assert "km away" not in html(app)
    app.text_input(key="search_save_as").set_value("Without the place")
    app = pills(app, "Read as").set_value(parts).run()
    assert "Place: within 15 km of Leeds" in pills(app, "Read as").value


def test_a_facet_narrows_the_list_and_it_can_be_undone() -> None:
    app = asked(words="Saab")
    before = html(app)
    assert "SYN-L1" in before
    assert "SYN-U003" in before
    app = pills(app, "Colour of vehicle").set_value(["yellow"]).run()
    assert not app.exception
    assert "SYN-U003" not in html(app)
    assert re.search(r"Narrowed to Colour of vehicle\W+ yellow\W+ 3 of \d+ reports", words(app))
    assert app.query_params == {"words": "Saab", "narrow": "Colour of vehicle: yellow"}
    app = app.button(key="search_widen").click().run()
    assert "SYN-U003" in html(app)
    assert "narrow" not in app.query_params


def test_the_address_brings_a_narrowed_list_back_and_no_facet_that_there_is_not() -> None:
    app = opened("search", words="Saab", narrow=["Colour of vehicle: yellow", "Shoes: red"])  # type: ignore[arg-type]
    assert "SYN-L1" in html(app)
    assert "SYN-U003" not in html(app)
    app.text_input(key="search_words").set_value("Saab or Volvo")
    app = app.button(key="search_ask").click().run()
    assert app.query_params == {"words": "Saab or Volvo"}


def test_the_whole_list_goes_to_the_page_for_exports() -> None:
    app = asked(words="Ford or Audi or Kia or Volvo")
    [count] = re.findall(r"Export all (\d+) listed", app.button(key="search_export").label)
    app = app.button(key="search_export").click().run()
    assert app.query_params["kind"] == "reports"
    assert len(str(app.query_params["about"]).split()) == int(count)


def test_all_listed_reports_are_reached_page_by_page_and_lie_on_a_map() -> None:
    app = asked(words="Ford or Audi or Kia or Volvo")
    first = set(re.findall(r"SYN-U\d+", html(app)))
    app = next(one for one in app.number_input if one.label.startswith("Page")).set_value(2).run()
    assert not app.exception
    second = set(re.findall(r"report\?id=(SYN-U\d+)", html(app)))
    assert second
    assert not second & first
    assert "from number 21" in html(app)
    app = app.toggle(key="search_map").set_value(True).run()
    assert not app.exception
    assert "Numbers are places in the table, counted from 21" in words(app)


def test_the_address_may_bring_the_words() -> None:
    app = opened("search", words="yellow saab")
    assert app.text_input(key="search_words").value == "yellow saab"
    assert "report?id=SYN-L1" in html(app)


def test_a_report_like_another_is_not_listed_where_their_pair_is_decided_blind(
    small_store: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    address = copied(small_store, tmp_path)
    monkeypatch.setenv("LINKAGE_STORE", address)
    listed = 'report?id=SYN-L2"'
    assert listed in html(asked(like="SYN-L1"))
    with Store(address) as store:
        store.record_decision(Decision("somebody else", "pair", "SYN-L1", "SYN-L2", "link", reasons_for=["build"]))
    app = asked(like="SYN-L1")
    assert listed not in html(app)
    assert "Compare with SYN-L2, scores hidden" in html(app)
    told = words(app.text_input(key="search_why").set_value("SYN-L2").run())
    assert "SYN-L2 is not compared with SYN-L1" in told
