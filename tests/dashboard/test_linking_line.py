"""While the store is being linked the pages say how far it is, who began it and when."""

from __future__ import annotations

import os

import pytest

from linkage.store import Store, jobs
from tests.dashboard.test_deciding import own_store
from tests.dashboard.test_pages import opened as open_page

__all__ = ["own_store"]


@pytest.mark.parametrize(("page", "query"), [("inbox", {}), ("series_list", {}), ("series", {"id": "S1"})])
def test_a_page_says_how_far_linking_is(own_store: Store, page: str, query: dict[str, str]) -> None:
    number = jobs.claim(own_store, "A", jobs.LINK, pid=os.getpid())
    jobs.noting(own_store, number)("series", 2, 5)
    started = jobs.status(own_store).started[11:16]
    app = open_page(page, **query)
    assert not app.exception
    [line] = app.get("progress")
    assert f"gathering series 40%, started by A {started} UTC" in line.proto.text
    assert line.proto.value == 40
    jobs.finish(own_store, number, error="no room")
    assert "no room" in open_page(page, **query).warning[0].value
