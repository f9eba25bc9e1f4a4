"""The page of a new report: paste, confirm, save, and see what it resembles; nothing of the reporter is kept."""

from __future__ import annotations

import re
import shutil
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from linkage.intake.batch import Batch
from linkage.report import Report
from linkage.review.entry_head import CONSENTS
from linkage.store import Store
from tests.dashboard.conftest import make_store, small_world
from tests.dashboard.test_pages import BANNED, html, opened, words
from tests.factories import empty_run

TEXT = (
    "Monday 1 May 2023, Harbour 1, Manchester. He was stocky with an anchor tattoo on his neck, in a yellow Saab. "
    "He said “you will not forget the lighthouse”. He rang from 07700 900123."
)
REPORTER = " My name is Zenobia Example and my number is 07700 900456."


pytestmark = pytest.mark.usefixtures("store")


@pytest.fixture(scope="module")
def linked_store(tmp_path_factory: pytest.TempPathFactory) -> Path:
    folder = tmp_path_factory.mktemp("entry")
    make_store(folder)
    return folder / "small.db"


@pytest.fixture
def store(linked_store: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A store of its own for each test, since it is written to."""
    file = tmp_path / "own.db"
    shutil.copy(linked_store, file)
    monkeypatch.setenv("LINKAGE_STORE", f"sqlite:///{file}")
    return file


def press(app: AppTest, label: str) -> AppTest:
    next(button for button in app.button if button.label == label).click()
    return app.run()


def read(text: str, app: AppTest | None = None) -> AppTest:
    app = app or opened("new_report")
    app.text_area(key="entry_words").set_value(text)
    return press(app, "Read text")


def consented(app: AppTest) -> AppTest:
    for key in CONSENTS:
        app.radio(key=f"entry_consent_{key}").set_value("No")
    return app.run()


def save(app: AppTest) -> AppTest:
    return press(consented(app), "Save and compare")


def held(file: Path) -> Store:
    return Store(f"sqlite:///{file}")


def test_a_text_is_read_confirmed_saved_and_laid_beside_what_is_held(store: Path) -> None:
    app = read(TEXT)
    assert not app.exception
    assert app.text_input(key="entry_vehicles.1.make").value == "Saab"
    assert "from “anchor tattoo on his neck”" in html(app)
    assert "<mark>anchor tattoo on his neck</mark><sup>" in html(app)
    assert "Nothing was found on" in words(app)
    assert app.text_input(key="entry_vehicles.1.registration").value == ""
    app.text_input(key="entry_vehicles.1.registration").set_value("k5?")
    app = save(app)
    assert not app.exception
    page = html(app)
    for told in ("series?id=S1", "Compare with SYN-L1", "the same phone number", "Possible same person"):
        assert told in page
    assert "the next run" in words(app)
    assert "07700900123" not in page
    assert BANNED.findall(words(app)) == []
    with held(store) as kept:
        name = next(one.report_id for one in kept.reports() if one.report_id.startswith("R-"))
        assert kept.report(name).narrative == TEXT  # type: ignore[union-attr]
        assert kept.audit()[0].detail["report_id"] == name
        assert kept.audit_broken_at() is None
    again = opened("new_report", id=name)
    assert "Compare with SYN-L1" in html(again)  # as when coming back from a comparison
    assert not opened("report", id=name).exception
    assert "Evidence side by side" in html(opened("pair", a=name, b="SYN-L1"))


def test_a_saved_report_keeps_the_words_that_its_values_came_from(store: Path) -> None:
    save(read("Monday 1 May 2023 at 9.30-10 pm, Manchester. He raped and punched her, then ran off."))
    with held(store) as kept:
        name = next(one.report_id for one in kept.reports() if one.report_id.startswith("R-"))
    page = html(opened("report", id=name))
    for told in ("9.30-10 pm", "raped", "punched her"):
        assert re.search(f"“[^”]*{re.escape(told)}", page), told


def test_details_of_the_reporter_are_taken_out_before_anything_is_kept(store: Path) -> None:
    app = read(TEXT + REPORTER)
    assert [box.label for box in app.checkbox] == [
        "1. Remove name “Zenobia Example”",
        "2. Remove phone number “07700 900456”",
    ]
    app = press(app, "Remove what is ticked and go on")
    assert "2 details were removed" in app.success[0].value
    left = repr(app.session_state)
    assert "Zenobia" not in left
    app = save(app)
    assert not app.exception
    files = [file.read_bytes() for file in store.parent.iterdir()]
    assert not any(secret in content for content in files for secret in (b"Zenobia", b"900456"))
    with held(store) as kept:
        new = next(one for one in kept.reports() if one.report_id.startswith("R-"))
        assert new.narrative == f"{TEXT} My name is [removed] and my number is [removed]."


def test_a_long_text_is_read_and_one_beyond_the_limit_is_kept_and_told() -> None:
    app = opened("new_report")
    assert not app.text_area(key="entry_words").max_chars  # the browser would cut what is pasted, silently
    too_long = TEXT + " He drove off." * 8_000
    app = read(too_long, app)
    assert "at most 100,000 are read at once" in app.error[0].value
    assert app.text_area(key="entry_words").value == too_long
    app = read(TEXT + " He drove off." * 2_000, app)
    assert not app.error
    assert app.text_input(key="entry_vehicles.1.make").value == "Saab"


def test_what_keeps_it_from_being_saved_stands_beside_the_button_too() -> None:
    app = press(read(TEXT), "Save and compare")
    told = [error.value for error in app.error]
    assert len(told) == 2
    assert told[0] == told[1]
    assert [len(column.error) for column in app.columns if column.button] == [1]  # in the column of the button


def test_what_was_noticed_while_reading_is_told_in_words(store: Path) -> None:
    told = "suspects.1.age: “twenties” and “late 40s” are far apart"
    with held(store) as kept:
        kept.enter(Report.model_validate({"report_id": "N", "suspects": [{"sex": "male"}], "warnings": [told]}), "")
    page = html(opened("report", id="N"))
    assert "Reported person 1, age: “twenties”" in page
    assert "suspects.1" not in page


def test_lists_say_what_the_latest_run_has_not_seen() -> None:
    pages = ("series_list", "inbox", "report")
    assert not any("not linked yet" in words(opened(page)) for page in pages)
    app = save(read(TEXT))
    assert not app.exception
    for page in pages:
        assert "1 report not linked yet, kept after the latest run: it stands in no series" in words(opened(page))


def test_what_is_not_theirs_can_stay() -> None:
    app = read("He drove a van. I am Polish.")
    app.checkbox(key="entry_remove_1").uncheck()
    app = press(app.run(), "Remove what is ticked and go on")
    assert "I am Polish" in html(app)


def test_nothing_is_saved_without_consent_or_with_a_value_that_cannot_be_used(store: Path) -> None:
    app = press(read(TEXT), "Save and compare")
    assert app.error[0].value.count("**Consent**") == 3
    app.text_input(key="entry_suspects.1.age").set_value("banana")
    app = press(consented(app), "Save and compare")
    assert app.error[0].value.count("**") == 2
    assert "**Age**: “banana”" in app.error[0].value
    with held(store) as kept:
        assert kept.count() == 43
    app.text_input(key="entry_suspects.1.age").set_value("mid 30s")
    app = app.run()
    assert not app.error
    app = press(app, "Save and compare")
    with held(store) as kept:
        new = next(one for one in kept.reports() if one.report_id.startswith("R-"))
        assert new.suspects[0].age.model_dump() == {"min": 33, "max": 37}  # type: ignore[union-attr]
        assert not any((new.consent.alert, new.consent.police, new.consent.scas))


def test_a_value_without_its_tick_is_left_out_and_what_is_denied_is_absent(store: Path) -> None:
    app = read(TEXT)
    app.checkbox(key="entry_keep_vehicles.1.colour").uncheck()
    app.multiselect(key="entry_absent").set_value(["Violence: kicks or stamps"])
    app = save(app.run())
    with held(store) as kept:
        new = next(one for one in kept.reports() if one.report_id.startswith("R-"))
    assert new.vehicles[0].colour == []
    assert new.behaviours.absent == ["kicks"]


def test_a_contradiction_and_a_text_that_is_held_are_told_before_saving() -> None:
    app = read("Sunday 20th August 2010, Leeds. He was tall.")
    assert any("Sunday 20 August 2010 was a Friday" in one.value for one in app.warning)
    save(app)
    app = read("Sunday 20th August 2010, Leeds. He was tall.")
    assert any("the very same text" in one.value for one in app.warning)


def test_a_number_that_is_taken_is_refused() -> None:
    app = read(TEXT)
    app.text_input(key="entry_report_id").set_value("SYN-L1")
    app = save(app.run())
    assert "**Report number**: SYN-L1 is taken" in app.error[0].value


@pytest.mark.parametrize("text", ["", "  \n "])
def test_without_a_text_there_is_nothing_to_read(text: str) -> None:
    assert "no text yet" in read(text).error[0].value


def test_a_day_received_that_is_none_is_refused() -> None:
    app = opened("new_report")
    app.text_input(key="entry_day").set_value("sometime")
    assert "sometime" in read(TEXT, app).error[0].value


def test_a_text_is_never_read_as_markup() -> None:
    app = read("From: ![x](nowhere/x.png) <b>\nHe said “![y](nowhere/y.png)” and left. <script>alert(1)</script>")
    assert app.checkbox[0].label == r"1. Remove detail “\!\[x\]\(nowhere/x.png\) \<b\>”"
    app = press(app, "Remove what is ticked and go on")
    assert "<script" not in html(app)
    app.text_input(key="entry_suspects.1.age").set_value("![z](nowhere/z.png)")
    assert r"\!\[z\]\(" in press(app, "Save and compare").error[0].value


def test_a_run_of_another_version_does_not_keep_a_report_from_being_saved(store: Path) -> None:
    with held(store) as kept:
        kept.save_run(empty_run({}))
    app = save(read(TEXT))
    assert not app.exception
    assert "is on the page of the report" in words(app)
    with held(store) as kept:
        assert kept.count() == 44


def test_going_back_keeps_the_text_and_leaving_forgets_it() -> None:
    app = press(read(TEXT), "Back to the text")
    assert app.text_area(key="entry_words").value == TEXT
    app = press(read(TEXT, app), "Leave without saving")
    assert not app.text_area(key="entry_words").value


def test_hiding_the_screen_keeps_what_was_typed() -> None:
    app = AppTest.from_string(
        "from dashboard.parts import chrome, typed\nfrom dashboard.screens import new_report\n"
        "typed.hold_typed()\nif not chrome.hidden():\n    new_report.render()",
        default_timeout=60,
    ).run()
    app = read(TEXT, app)
    app.text_input(key="entry_suspects.1.build").set_value("slim")
    app.session_state["screen_hidden"] = True
    app = app.run()
    assert not app.text_input
    app = press(app, "Show again")
    assert app.text_input(key="entry_suspects.1.build").value == "slim"
    assert app.text_input(key="entry_vehicles.1.make").value == "Saab"


@pytest.mark.parametrize("reports", [0, 1, 43])
def test_it_works_before_anything_was_linked(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, reports: int) -> None:
    file = tmp_path / "young.db"
    monkeypatch.setenv("LINKAGE_STORE", f"sqlite:///{file}")
    with Store(f"sqlite:///{file}") as young:
        young.import_batch(Batch(small_world()[:reports]))
    app = save(read(TEXT))
    assert not app.exception
    told = words(app)
    assert ("It is the first report in the store" in told) == (reports == 0)
    assert ("Nothing is linked yet" in told) == (reports > 0)
    if reports == 43:
        assert "Compare with SYN-L1" in html(app)
