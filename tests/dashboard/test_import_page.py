"""A file on the page: every column is told, whose a detail is is asked, and what was chosen is kept."""

from __future__ import annotations

import pytest

from linkage.store import Store
from linkage.store.mappings import saved_mappings
from tests.dashboard.test_deciding import own_store
from tests.dashboard.test_pages import html, opened, words

__all__ = ["own_store"]

LOG = (
    b"Ref,What happened,Mobile,Reporter phone,Consent\n"
    b"SYN-N1,He refused to pay and drove off.,07700 900123,07700 900999,yes\n"
)


def test_a_strangers_file_is_shown_answered_imported_and_its_mapping_dropped(own_store: Store) -> None:
    app = opened("import_file")
    app.file_uploader(key="import_upload").upload("log.csv", LOG, "text/csv").run()
    for column in ("Ref", "What happened", "Mobile", "Reporter phone", "Consent"):
        assert column in html(app)
    assert "Consent was not read from “Consent”" in words(app)
    assert "900123" not in words(app) + html(app)
    keys = [box.key for box in app.selectbox]
    assert "import_column_mobile" in keys
    assert "import_column_reporter_phone" not in keys
    app.selectbox(key="import_column_mobile").set_value("identifiers.phone").run()
    assert own_store.report("SYN-N1") is None
    app.button(key="import_do").click().run()
    report = own_store.report("SYN-N1")
    assert report is not None
    assert [one.value for one in report.identifiers] == ["07700900123"]
    assert report.consent.police is False
    [kept] = saved_mappings(own_store)
    assert kept.fields == {"Mobile": "identifiers.phone"}
    app.button(key=f"import_drop_{kept.name}").click().run()
    assert saved_mappings(own_store) == []


@pytest.mark.usefixtures("own_store")
def test_a_file_that_cannot_be_read_says_so() -> None:
    app = opened("import_file")
    app.file_uploader(key="import_upload").upload("log.csv", b"%PDF-1.4 ...", "text/csv").run()
    assert "the file is not text" in words(app)
    assert "No report could be read" in words(app)
    assert "import_do" not in [button.key for button in app.button]


@pytest.mark.usefixtures("own_store")
def test_what_was_masked_and_what_was_noticed_is_said_before_the_import() -> None:
    log = (
        b"report_id,narrative,occurred.from,occurred.weekday\n"
        b"SYN-M1,He hit her. I am Sandra Pikeworth and my number is 07700 900999.,2019-05-03,Monday\n"
        b"SYN-M2,He drove off.,2019-05-04,Monday\n"
    )
    app = opened("import_file")
    app.file_uploader(key="import_upload").upload("log.csv", log, "text/csv").run()
    assert "of the person who reports or was harmed taken out of 1 narrative (first: SYN-M1)" in words(app)
    assert "Noticed while reading, and to be checked on the pages of 2 reports" in words(app)
    assert "SYN-M1: When it happened: Monday" in words(app)
    assert "1 more of this kind" in words(app)
    assert "Pikeworth" not in words(app) + html(app)
