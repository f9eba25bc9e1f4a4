"""Deciding with the keyboard in a real browser: from the inbox to a saved decision in four keys."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from linkage.store import Store
from tests.dashboard import test_browser
from tests.dashboard.test_browser import UNTIL_QUIET, Visitor, served
from tests.dashboard.test_deciding import copied

pytestmark = pytest.mark.browser
profile, visitor = test_browser.profile, test_browser.visitor


@pytest.fixture(scope="module")
def own_url(store_address: str, tmp_path_factory: pytest.TempPathFactory) -> str:
    """A copy of the small store, to decide in."""
    return copied(store_address, tmp_path_factory.mktemp("deciding"))


@pytest.fixture(scope="module")
def address(own_url: str) -> Iterator[str]:
    with served(own_url) as found:
        yield found


BUTTONS = {"o": "inbox_open", "l": "judge_link", "1": "reason_1", "Enter": "save", "z": "undo"}


def press(visitor: Visitor, key: str) -> str:
    """Press a key once its button has it: a button that waits for something gets its key with the next drawing."""
    visitor.page.wait_for_selector(f'.st-key-{BUTTONS[key]} [data-has-shortcut="true"]')
    visitor.page.evaluate(UNTIL_QUIET)  # the mark is drawn before anything listens for the key
    return visitor.drawn_anew(lambda: visitor.page.keyboard.press(key))


def test_four_keys_lead_from_the_inbox_to_a_saved_link_and_one_more_takes_it_back(
    visitor: Visitor, own_url: str
) -> None:
    visitor.open("links")
    for key in ("o", "l", "1", "Enter"):
        press(visitor, key)
    visitor.page.get_by_text("Saved, ").first.wait_for()
    with Store(own_url) as store:
        [made] = store.decisions()
        assert made.judgement == "link"
        assert made.reasons_for
    here = visitor.page.url
    press(visitor, "z")
    visitor.page.get_by_text("Taken back").first.wait_for()
    assert visitor.page.url != here
    with Store(own_url) as store:
        assert [one.judgement for one in store.decisions()] == ["link", "withdrawn"]


def test_keys_pressed_at_once_wait_for_the_page_and_none_is_taken_for_the_next_pair(
    visitor: Visitor, own_url: str
) -> None:
    with Store(own_url) as store:
        before = len(store.decisions())
    here = visitor.open("pair?a=SYN-L1&b=SYN-L2") and visitor.page.url
    slow = visitor.page.context.new_cdp_session(visitor.page)
    slow.send("Emulation.setCPUThrottlingRate", {"rate": 3})
    for key in ("l", "1", "Enter", "u"):  # unsure is saved by its key alone, and would be of the pair that comes next
        visitor.page.keyboard.press(key)
    visitor.page.get_by_text("Saved, linked: SYN-L1 and SYN-L2").wait_for()
    assert visitor.settle()
    assert visitor.page.url != here
    with Store(own_url) as store:
        assert [one.judgement for one in store.decisions()[before:]] == ["link"]


def test_typing_a_note_decides_nothing(visitor: Visitor, own_url: str) -> None:
    with Store(own_url) as store:
        before = len(store.decisions())
    visitor.open("pair?a=SYN-L1&b=SYN-L3")
    note = visitor.page.get_by_label("Note")
    note.click()
    visitor.page.keyboard.type("unlit, did not link")
    visitor.drawn_anew(lambda: visitor.page.keyboard.press("Tab"))
    with Store(own_url) as store:
        assert len(store.decisions()) == before
