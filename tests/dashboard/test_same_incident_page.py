"""What may be one incident: listed to be confirmed, told with its probability, and merged by nobody but a person."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from linkage.report import Report
from linkage.store import Store
from linkage.store.linking import Choices, link_store
from tests.dashboard.conftest import small_world
from tests.dashboard.test_deciding import press
from tests.dashboard.test_pages import html, words
from tests.dashboard.test_pages import opened as open_page

PAIR = ("SYN-L1", "SYN-L1B")


@pytest.fixture(scope="module")
def told_twice(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A linked store in which one report tells an incident again, a word or two otherwise."""
    url = f"sqlite:///{tmp_path_factory.mktemp('same') / 'same.db'}"
    reports = small_world()
    first = next(one for one in reports if one.report_id == PAIR[0])
    again = first.model_copy(update={"report_id": PAIR[1], "narrative": "There was an anchor on his neck, he said."})

    class Batch:
        rejects: tuple[str, ...] = ()

        def __init__(self, rows: list[Report]) -> None:
            self.reports = rows

    with Store(url) as store:
        store.import_batch(Batch([*reports, again]), "small.jsonl")  # type: ignore[arg-type]
        link_store(store, Choices())
    return url


@pytest.fixture
def store(told_twice: str, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[Store]:
    from tests.dashboard.test_deciding import copied

    address = copied(told_twice, tmp_path)
    monkeypatch.setenv("LINKAGE_STORE", address)
    with Store(address) as opened:
        yield opened


def test_a_proposal_is_listed_to_be_confirmed(store: Store) -> None:
    run = store.latest_run()
    assert run is not None
    assert {basis for rows in run.incidents().values() for _, basis in rows} == {"proposed"}
    assert run.pair(*PAIR) is None
    page = html(open_page("together"))
    assert "SYN-L1 and SYN-L1B" in page
    app = open_page("inbox")
    app.radio(key="set_inbox_tab").set_value("todo")
    app.session_state["settings_chosen"] = {**app.session_state["settings_chosen"], "filter_kind": "same_incident"}
    app.run()
    row = html(app).split("<tbody>")[1]
    assert "SYN-L1 and SYN-L1B" in row
    assert "same incident?" in row
    assert "one incident:" in row


@pytest.mark.usefixtures("store")
def test_a_pair_tells_how_likely_it_is_one_incident() -> None:
    page = words(open_page("pair", a=PAIR[0], b=PAIR[1]))
    assert "one incident" in page
    assert "not known" not in page.split("one incident")[1][:40]
    assert "one incident " not in words(open_page("pair", a="SYN-L1", b="SYN-U001")).split("Evidence")[0]


def test_a_person_confirms_it_and_nothing_is_merged_before(store: Store) -> None:
    assert "May tell of the same incident; nobody has said so yet" in words(open_page("report", id=PAIR[0]))
    press(open_page("together"), "together_same_incident_same_incident:SYN-L1:SYN-L1B")
    [made] = store.decisions()
    assert (made.kind, made.judgement, made.left, made.right) == ("same_incident", "same_incident", *PAIR)
    assert made.score is not None
    assert made.score > 0.5
    assert "SYN-L1B" not in html(open_page("together"))


def test_keys_answer_the_pair_that_is_selected_and_take_the_answer_back(store: Store) -> None:
    app = open_page("together")
    answers = [
        f"together_{answer}_same_incident:SYN-L1:SYN-L1B" for answer in ("same_incident", "not_linked", "unsure")
    ]
    assert [app.button(key=key).proto.shortcut for key in answers] == ["d", "n", "u"]
    assert "▶ SYN-L1 and SYN-L1B" in html(app)
    app = press(app, answers[1])
    assert [one.judgement for one in store.decisions()] == ["not_linked"]
    app = press(app, "together_undo")
    assert [one.judgement for one in store.decisions()] == ["not_linked", "withdrawn"]
    assert "▶ SYN-L1 and SYN-L1B" in html(app)
