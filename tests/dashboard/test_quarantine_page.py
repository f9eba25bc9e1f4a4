"""The page Came in: opened on purpose, taken in or refused with a reason."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.store import Store
from linkage.store.quarantine import PAGE, Arrival, keep
from tests.dashboard.test_pages import opened, words


def test_an_arrival_is_opened_taken_in_and_another_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    address = f"sqlite:///{tmp_path}/small.db"
    monkeypatch.setenv("LINKAGE_STORE", address)
    with Store(address) as store:
        told = ["My name is Mary Quackenbush. <b>He</b> ran.", "Cheap tyres"]
        first, second = (
            keep(store, Arrival(PAGE, "full", {"narrative": one, "suspects": [{"build": "slim"}]}, one), 9).number
            for one in told
        )
    app = opened("quarantine")
    assert first in words(app)
    assert "Quackenbush" not in words(app)
    app.selectbox("quarantine_number").set_value(first).run()
    assert "Quackenbush" not in words(app)
    app.button("quarantine_open_it").click().run()
    assert "Mary Quackenbush. &lt;b&gt;He" in words(app)
    assert "reported people.1.build" in words(app)
    app.button("quarantine_take").click().run()
    assert "is a report now. 1 detail of the person who reported masked" in words(app)
    app.selectbox("quarantine_number").set_value(second).run()
    app.button("quarantine_open_it").click().run()
    app.button("quarantine_refuse").click().run()
    assert "A refusal needs a reason" in words(app)
    app.text_input("quarantine_reason").set_value("an advertisement").run()
    app.button("quarantine_refuse").click().run()
    assert f"{second} is refused" in words(app)
    with Store(address) as store:
        assert store.ids() == {first}
