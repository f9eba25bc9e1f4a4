"""The page Exports: what would leave and what not, asked for, checked with a reason, taken, and told once stale."""

from __future__ import annotations

import zipfile
from io import BytesIO
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from linkage.intake.batch import Batch
from linkage.report import Consent
from linkage.sharing.exporting import ask, prepare
from linkage.sharing.material import material
from linkage.sharing.pack import Wanted
from linkage.store import Store, exports
from tests.dashboard.conftest import make_store
from tests.dashboard.test_pages import opened, words

GRADES = {"export_source": "2", "export_assessment": "B", "export_handling": "P", "export_yardstick": "likely"}


@pytest.fixture
def own_store(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> str:
    address = make_store(tmp_path)
    monkeypatch.setenv("LINKAGE_STORE", address)
    return address


def chosen(app: AppTest) -> AppTest:
    app.selectbox("export_for_pack").set_value("region").run()
    for key, value in GRADES.items():
        app.selectbox(key).set_value(value)
    return app.run()


def test_what_would_leave_is_shown_then_asked_checked_and_taken(own_store: str) -> None:
    app = chosen(opened("exports", about="S1"))
    app.button("export_look").click().run()
    assert "2 reports would leave: SYN-L1, SYN-L3" in words(app)
    assert "Left out for lack of consent: SYN-L2" in words(app)
    app.button("export_ask").click().run()
    assert "Export 1 is asked for" in words(app)
    assert "nobody else can check" in words(app)  # in a store without accounts
    assert "Source evaluation: 2" in words(app)
    shown = words(app).count("The reports in time order")
    app.toggle("export_show_1").set_value(True).run()
    assert words(app).count("The reports in time order") > shown  # who checks sees what leaves
    app.button("export_Approve_1").click().run()
    assert "say why you approve" in words(app)
    app.text_input("export_why_1").set_value("read it through").run()
    app.button("export_Approve_1").click().run()
    assert "Export 1 is approved" in words(app)
    app.multiselect("export_formats_1").set_value(["json", "html"]).run()
    app.button("export_make_1").click().run()
    _, made = app.session_state["export_made"]
    with zipfile.ZipFile(BytesIO(made)) as whole:
        assert whole.namelist() == ["pack-1-region.json", "pack-1-region.html"]
        assert b"SYN-L" not in whole.read("pack-1-region.json")
    app.run()
    app.selectbox("export_became_1").set_value("linked").run()
    app.button("export_enter_1").click().run()
    assert "Export 1: the recipient links the reports too" in words(app)
    with Store(own_store) as store:
        assert exports.one_export(store, 1).state == "written"
        assert exports.one_export(store, 1).outcomes[0].detail == {"outcome": "linked"}


def test_what_was_made_is_not_offered_any_more_once_a_consent_is_taken_back(own_store: str) -> None:
    with Store(own_store) as store:
        known = material(store)
        number = ask(store, prepare(store, Wanted("reports", "analyst", ("SYN-L1",)), known), known, "for a test")
        exports.check(store, number, True, "read it through")
        app = opened("exports")
        app.button("export_make_1").click().run()
        assert len(app.get("download_button")) == 1
        told = store.report("SYN-L1")
        assert told is not None
        store.import_batch(Batch([told.model_copy(update={"consent": Consent()})]), "taken back")
        app.run()
    assert "consent for SYN-L1 was taken back" in words(app)
    assert len(app.get("download_button")) == 0


def test_a_pack_without_grades_is_not_asked_for_and_says_what_is_missing(own_store: str) -> None:
    app = opened("exports", about="S1")
    app.button("export_ask").click().run()
    told = words(app)
    assert "Not asked for" in told
    with Store(own_store) as store:
        assert exports.all_exports(store) == []


@pytest.mark.usefixtures("own_store")
def test_what_would_leave_is_shown_before_anything_is_graded() -> None:
    app = opened("exports", about="S1")
    app.selectbox("export_for_pack").set_value("region").run()
    app.button("export_look").click().run()
    assert "2 reports would leave: SYN-L1, SYN-L3" in words(app)
    assert "is not filled in" not in words(app)


@pytest.mark.usefixtures("own_store")
def test_the_reports_that_a_search_lists_are_asked_for_as_a_list() -> None:
    app = opened("exports", kind="reports", about="SYN-L1 SYN-L2 SYN-U001")
    app.button("export_look").click().run()
    told = words(app)
    assert "1 report would leave: SYN-L1" in told
    assert "Left out for lack of consent: SYN-L2, SYN-U001" in told


def test_an_export_whose_report_was_erased_is_told(own_store: str) -> None:
    with Store(own_store) as store:
        detail = {"kind": "reports", "for": "analyst", "names": ["SYN-L1"], "force": "", "grades": {}}
        exports.ask(store, detail, {"SYN-L1": 1, "SYN-U999": 1}, "ab" * 32, "")
    assert "! SYN-U999 was erased" in words(opened("exports"))
