"""The inbox in its address: it can be linked to, loaded anew, and what makes no sense in it is left aside."""

from __future__ import annotations

import pytest

from tests.dashboard.test_deciding import here
from tests.dashboard.test_pages import html, words
from tests.dashboard.test_pages import opened as open_page

pytestmark = pytest.mark.usefixtures("small_store")


def test_what_is_set_is_in_the_address_and_an_address_sets_it() -> None:
    app = open_page("inbox")
    assert here(app) == {}
    app.radio(key="set_inbox_order").set_value("newest").run()
    app.selectbox(key="set_filter_kind").set_value("pair").run()
    app.number_input(key="inbox_page").set_value(2).run()
    assert here(app) == {"order": "newest", "kind": "pair", "page": "2"}
    again = open_page("inbox", **here(app))
    assert here(again) == here(app)
    assert again.radio(key="set_inbox_order").value == "newest"
    assert again.selectbox(key="set_filter_kind").value == "pair"
    assert html(again).split("<tbody>")[1] == html(app).split("<tbody>")[1]


def test_what_the_inbox_does_not_have_is_left_aside() -> None:
    app = open_page("inbox", tab="nonsense", order="<b>", area="Atlantis", since="soon", kind="split", page="99999")
    assert not app.exception
    assert here(app) == {"kind": "split"}
    assert "Nothing here" in html(app)


def test_a_tab_can_be_linked() -> None:
    app = open_page("inbox", tab="done")
    assert app.radio(key="set_inbox_tab").value == "done"
    assert "Suggested links" in words(app)
