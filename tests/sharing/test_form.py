"""The blank form asks nothing of who reports; a completed one is for who may open narratives, and is audited."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path

import docx
import pytest

from linkage.report import Report
from linkage.review.people import Actor, NotAllowedError
from linkage.sharing.form import blank_form, write_form
from linkage.sharing.write_docx import docx_of
from linkage.sharing.write_html import html_of
from linkage.store import Account, Store
from linkage.store.exports import ExportError
from tests.stores import empty_store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(empty_store(tmp_path / "s.db"), who="ann")
    opened.enter(
        Report(report_id="R/1", narrative="He said hello.\n\nThen <b>he</b> left.", weapons=["knife"]), "test"
    )
    return opened


def test_the_blank_form_has_room_and_says_not_to_name_oneself() -> None:
    words = html_of(blank_form())
    assert "Do not write your own name" in words
    assert words.count('class="box"') == sum(len(section.boxes) for section in blank_form().sections) > 15
    assert "In your own words" in "".join(p.text for p in docx.Document(BytesIO(docx_of(blank_form()))).paragraphs)


def test_what_happened_is_the_account_alone_and_stands_in_the_audit(store: Store, tmp_path: Path) -> None:
    [file] = write_form(store, "R/1", True, tmp_path / "out", ["docx"])
    words = [one.text for one in docx.Document(str(file)).paragraphs]
    assert (file.name, words[-2:]) == ("what-happened-R_1.docx", ["He said hello.", "Then <b>he</b> left."])
    assert [one.what for one in store.audit(2)] == ["export", "opened"]
    assert store.erase("R/1", "asked").outside == [str(tmp_path / "out")]


def test_a_completed_form_escapes_what_it_holds(store: Store, tmp_path: Path) -> None:
    [file] = write_form(store, "R/1", False, tmp_path / "out", ["html"])
    words = file.read_text()
    assert ("Then &lt;b&gt;he" in words, "<b>he" in words, "knife" in words) == (True, False, True)


def test_who_may_not_open_narratives_gets_no_completed_form(store: Store, tmp_path: Path) -> None:
    store.put_account(Account("adm", "administrator", password="x"), "added")
    store.acting(Actor("adm", "administrator")).put_account(Account("vic", "viewer", password="x"), "added")
    viewer = store.acting(Actor("vic", "viewer"))
    with pytest.raises(NotAllowedError):
        write_form(viewer, "R/1", False, tmp_path / "out", ["html"])
    assert write_form(viewer, "", False, tmp_path / "out", ["html"])[0].name == "incident-form-blank.html"


def test_what_cannot_be_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(ExportError, match="There is no report 'R9'"):
        write_form(store, "R9", False, tmp_path, ["html"])
    with pytest.raises(ExportError, match="html, docx, pdf"):
        write_form(store, "R/1", False, tmp_path, ["odt"])
