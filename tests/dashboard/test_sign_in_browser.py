"""A store with accounts in a real browser: nothing before signing in, and nothing lost by leaving."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, BrowserContext

from linkage.store import Store
from linkage.store.sign_in import account_of, actor_of
from linkage.store.user_admin import Change, add_user, change_user
from tests.dashboard import test_browser
from tests.dashboard.conftest import make_store
from tests.dashboard.openid_provider import Provider, provider
from tests.dashboard.test_browser import Visitor, served
from tests.dashboard.test_every_page import AXE, GRAVE, RULES

pytestmark = pytest.mark.browser
visitor = test_browser.visitor
"""The fixture, on the store and the profile below."""

PASSWORD = "correct horse battery"


@pytest.fixture(scope="module")
def store_address(tmp_path_factory: pytest.TempPathFactory) -> str:
    """A store with accounts that only this file uses."""
    url = make_store(tmp_path_factory.mktemp("people"))
    with Store(url) as store:
        add_user(store, "ada", "administrator", PASSWORD)
        ada = store.acting(actor_of(account_of(store.engine, "ada")))
        add_user(ada, "ann", "analyst", PASSWORD)
        for name in ("olga@example.org", "left@example.org"):
            add_user(ada, name, "analyst", None)
        change_user(ada, "left@example.org", Change(disabled=True))
    return url


@pytest.fixture(scope="module")
def organisation() -> Iterator[Provider]:
    """The organisation's own sign-in."""
    with provider() as running:
        yield running


@pytest.fixture(scope="module")
def address(store_address: str, organisation: Provider, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The dashboard, to which the organisation signs people in as well."""
    folder = tmp_path_factory.mktemp("served")
    (folder / ".streamlit").mkdir()
    (folder / ".streamlit" / "secrets.toml").write_text(organisation.secrets_file(), encoding="utf-8")
    with served(store_address, folder) as found:
        yield found


@pytest.fixture
def profile(browser: Browser) -> Iterator[BrowserContext]:
    """Whoever comes shares nothing with who was here before."""
    context = browser.new_context(viewport={"width": 1400, "height": 1000})
    yield context
    context.close()


def sign_in(visitor: Visitor) -> None:
    page = visitor.page
    page.get_by_role("textbox", name="Name").fill("ann")
    page.get_by_role("textbox", name="Password").fill(PASSWORD)
    page.get_by_role("button", name="Sign in", exact=True).click()
    visitor.settle()


def test_nobody_sees_anything_before_signing_in_and_work_outlives_the_session(
    visitor: Visitor, store_address: str
) -> None:
    page = visitor.page
    page.goto(f"{visitor.address}/report?id=SYN-L1")
    page.get_by_role("heading", name="Sign in").wait_for()
    assert "SYN-L1" not in page.inner_text("body")
    assert page.get_by_role("link", name="Reports").count() == 0
    page.evaluate(AXE)
    assert page.evaluate(GRAVE, RULES) == []

    sign_in(visitor)
    page.get_by_role("heading", name="Report SYN-L1").wait_for()
    assert "Signed in: ann, analyst" in page.inner_text("body")
    cookie = next(one for one in page.context.cookies() if one["name"] == "linkage_session")
    assert cookie["sameSite"] == "Strict"

    visitor.open("new-report")  # loads the page anew: the session goes on
    page.get_by_role("textbox", name="The words of the report").press_sequentially("He drove a yellow Saab.")
    page.wait_for_timeout(2500)  # typed and never left: handed over after a pause
    visitor.open("new-report")
    page.wait_for_function("document.querySelector('textarea')?.value === 'He drove a yellow Saab.'")

    with Store(store_address) as store:  # as a time-out does
        ada = store.acting(actor_of(account_of(store.engine, "ada")))
        change_user(ada, "ann", Change(disabled=True))
        change_user(ada, "ann", Change(disabled=False))
    page.reload()
    page.get_by_text("You were signed out").wait_for()
    assert "Saab" not in page.inner_text("body")
    sign_in(visitor)
    page.wait_for_function("document.querySelector('textarea')?.value === 'He drove a yellow Saab.'")

    page.get_by_role("button", name="Sign out").click()
    page.get_by_role("heading", name="Sign in").wait_for()
    page.reload()
    page.get_by_role("heading", name="Sign in").wait_for()
    assert visitor.outside() == []


def test_a_page_left_open_after_signing_out_elsewhere_decides_nothing(
    address: str, store_address: str, browser: Browser
) -> None:
    one_browser = browser.new_context(viewport={"width": 1400, "height": 1000})
    left_open, other = (Visitor(one_browser.new_page(), address) for _ in range(2))
    left_open.page.goto(f"{address}/pair?a=SYN-L1&b=SYN-L2")
    sign_in(left_open)
    left_open.page.get_by_role("heading", name="Two reports side by side").wait_for()
    left_open.settle()
    other.open("guide")
    other.page.get_by_role("button", name="Sign out").click()
    other.page.get_by_role("heading", name="Sign in").wait_for()

    left_open.page.get_by_role("button", name="Unsure").click()  # one that is saved at once
    left_open.page.get_by_text("What you pressed after that was not done").wait_for()
    with Store(store_address) as store:
        assert store.decisions() == []
    one_browser.close()


def by_the_organisation(visitor: Visitor) -> None:
    visitor.page.goto(visitor.address)
    visitor.page.get_by_role("button", name="Sign in with your organisation").click()


def test_an_analyst_signs_in_through_the_organisation(visitor: Visitor, organisation: Provider) -> None:
    organisation.claims = {"sub": "17", "email": "olga@example.org", "email_verified": True}
    by_the_organisation(visitor)
    visitor.page.get_by_text("Signed in: olga@example.org, analyst").wait_for()
    assert {"/.well-known/openid-configuration", "/authorize", "/token", "/keys"} <= set(organisation.asked)

    visitor.page.get_by_role("button", name="Sign out").click()
    visitor.page.get_by_role("heading", name="Sign in").wait_for()
    visitor.page.reload()  # signed out there and here: nobody is let in without being asked
    visitor.page.get_by_role("button", name="Sign in with your organisation").wait_for()


@pytest.mark.parametrize(
    ("claims", "why"),
    [
        ({"sub": "18", "email": "nobody@example.org", "email_verified": True}, "there is no account for you here"),
        ({"sub": "19", "email": "left@example.org", "email_verified": True}, "there is no account for you here"),
        (
            {"sub": "20", "email": "olga@example.org", "email_verified": False},
            "has not confirmed your e-mail address",
        ),
        ({"sub": "21"}, "there is no account for you here"),
    ],
    ids=["unknown", "disabled", "not confirmed", "no address"],
)
def test_whom_the_organisation_names_is_refused_without_an_account_that_may_be_used(
    visitor: Visitor, organisation: Provider, claims: dict[str, object], why: str
) -> None:
    organisation.claims = claims
    by_the_organisation(visitor)
    visitor.page.get_by_text(why).wait_for()
    assert "SYN-" not in visitor.page.inner_text("body")
    assert visitor.page.get_by_role("link", name="Reports").count() == 0
