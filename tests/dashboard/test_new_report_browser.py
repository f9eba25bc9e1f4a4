"""The page of a new report in a real browser: by keyboard, in three steps, without asking anybody outside."""

from __future__ import annotations

from functools import partial

import pytest
from playwright.sync_api import Locator, expect

from tests.dashboard import test_browser
from tests.dashboard.conftest import make_store
from tests.dashboard.test_browser import PATIENCE, Visitor
from tests.dashboard.test_new_report_page import TEXT

pytestmark = pytest.mark.browser
address, profile, visitor = test_browser.address, test_browser.profile, test_browser.visitor
"""The fixtures, on the store below."""


@pytest.fixture(scope="module")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store that only this file writes to."""
    return make_store(tmp_path_factory.mktemp("entering"))


def wait_for(visitor: Visitor, words: str) -> str:
    visitor.page.get_by_text(words).first.wait_for()
    return visitor.settle()


def begin(visitor: Visitor) -> Locator:
    """The box of the text on a page without an entry: what an earlier test had begun is kept, and left here."""
    visitor.open("new-report")
    text = visitor.page.get_by_role("textbox", name="The words of the report")
    leave = visitor.page.get_by_role("button", name="Leave without saving")
    expect(text.or_(leave)).to_be_visible(timeout=PATIENCE)  # the title stands before what is below it is drawn
    if leave.is_visible():
        leave.click()
    expect(text).to_be_visible(timeout=PATIENCE)
    visitor.settle()
    return text


def test_a_report_is_entered_by_keyboard_and_compared(visitor: Visitor) -> None:
    page = visitor.page
    begin(visitor).focus()
    page.keyboard.insert_text(TEXT)
    visitor.drawn_anew(lambda: page.keyboard.press("Tab"))
    page.get_by_role("button", name="Read text").focus()
    page.keyboard.press("Enter")
    confirm = wait_for(visitor, "What the text does not tell")
    assert "from “anchor tattoo on his neck”" in confirm
    marks = page.locator(".lk-text mark")
    assert "anchor tattoo on his neck" in marks.all_inner_texts()
    assert marks.first.evaluate("one => getComputedStyle(one).borderBottomStyle") == "solid"
    groups = page.get_by_role("radiogroup")
    for number in range(groups.count()):  # each answer draws the page anew: the next key must not meet it half drawn
        choice = groups.nth(number).get_by_role("radio").last
        visitor.drawn_anew(partial(choice.press, "Space"))
        expect(choice).to_be_checked(timeout=60_000)
    save = page.get_by_role("button", name="Save and compare")
    save.focus()
    expect(save).to_be_focused()
    visitor.drawn_anew(partial(page.keyboard.press, "Enter"))
    found = wait_for(visitor, "Which reports does it resemble?")
    for words in ("Saved as report R-", "Compare with SYN-L1", "Series S1", "Possible same person"):
        assert words in found
    assert "Evidence side by side" in visitor.follow("Compare with SYN-L1")
    assert visitor.outside() == []


def test_hiding_the_screen_clears_the_text_and_keeps_it(visitor: Visitor) -> None:
    page = visitor.page
    begin(visitor).fill("He drove a yellow Saab.")
    page.get_by_role("button", name="Hide screen").click()
    page.get_by_role("button", name="Show again").wait_for()
    page.wait_for_selector("textarea", state="detached")
    page.get_by_role("button", name="Show again").click()
    text = page.get_by_label("The words of the report")
    text.wait_for()
    page.wait_for_function("document.querySelector('textarea')?.value === 'He drove a yellow Saab.'")


def test_controls_are_large_enough_to_press(visitor: Visitor) -> None:
    begin(visitor).fill(TEXT)
    visitor.page.get_by_role("button", name="Read text").click()
    wait_for(visitor, "What the text does not tell")
    boxes = [one.bounding_box() for one in visitor.page.locator("a.lk-link, button:visible").all()]
    assert boxes
    assert [box for box in boxes if box and (box["height"] < 24 or box["width"] < 24)] == []


def test_a_report_that_is_being_confirmed_outlives_a_link_and_a_page_loaded_anew(visitor: Visitor) -> None:
    page = visitor.page
    begin(visitor).fill(TEXT)
    page.get_by_role("button", name="Read text").click()
    wait_for(visitor, "What the text does not tell")
    page.get_by_role("textbox", name="Report number", exact=True).fill("R-77")
    visitor.drawn_anew(lambda: page.keyboard.press("Tab"))
    visitor.open("report?id=SYN-L1")
    visitor.open("new-report")
    wait_for(visitor, "What the text does not tell")
    assert page.get_by_role("textbox", name="Report number", exact=True).input_value() == "R-77"
    begin(visitor)  # leaves it
    visitor.open("new-report")
    expect(page.get_by_role("textbox", name="The words of the report")).to_have_value("", timeout=PATIENCE)


def test_the_order_that_the_address_says_is_kept(visitor: Visitor) -> None:
    page = visitor.page
    visitor.open("series_list?series_order=newest+first")
    order = page.locator(".st-key-series_order")
    assert "newest first" in (order.inner_text() + order.locator("input").first.input_value())
    visitor.open("guide")
    visitor.open("series_list")
    order = page.locator(".st-key-series_order")
    assert "newest first" in (order.inner_text() + order.locator("input").first.input_value())
