"""What each role may do, and that nobody checks their own decision."""

from __future__ import annotations

from typing import Any

import pytest

from linkage.review.decision import Decision
from linkage.review.people import (
    ROLES,
    Actor,
    NotAllowedError,
    local_actor,
    may,
    nobody,
    require,
    require_decision,
    rights,
    role_words,
)
from tests.rows import each_row


def test_roles_stand_in_order_and_each_is_explained() -> None:
    assert ROLES == ("viewer", "analyst", "supervisor", "administrator")
    assert set(role_words()) == set(ROLES)
    assert {right.least for right in rights().values()} == set(ROLES)


@each_row("action", rights())
def test_a_right_of_one_role_is_a_right_of_every_role_above_it(action: str) -> None:
    having = [may(Actor("ann", role), action) for role in ROLES]
    assert having == sorted(having)
    assert having[ROLES.index(rights()[action].least)]
    assert may(local_actor("ann"), action)
    assert not may(nobody(), action)


@pytest.mark.parametrize(
    ("role", "refused"),
    [
        ("viewer", {"decide", "enter_report", "import", "link", "open_narrative", "export", "erase", "accounts"}),
        ("analyst", {"export", "audit", "withdraw_other", "erase", "accounts"}),
        ("supervisor", {"erase", "accounts", "backup"}),
    ],
)
def test_what_a_role_may_not_do_is_refused_with_the_role_that_may(role: str, refused: set[str]) -> None:
    for action in refused:
        with pytest.raises(
            NotAllowedError, match=rf"ann \({role}\) may not .* needs the role {rights()[action].least}"
        ):
            require(Actor("ann", role), action)


def test_somebody_who_has_not_signed_in_is_told_how() -> None:
    with pytest.raises(NotAllowedError, match="--as NAME"):
        require(nobody(), "decide")


def link(analyst: str, **other: Any) -> Decision:
    return Decision(analyst, "pair", "A", "B", "link", **other)


def test_nobody_decides_in_another_name() -> None:
    require_decision(Actor("ann", "analyst"), link("ann"))
    with pytest.raises(NotAllowedError, match="in the name of bob"):
        require_decision(Actor("ann", "supervisor"), link("bob"))


def test_what_others_decided_elsewhere_is_taken_over_by_a_supervisor() -> None:
    require_decision(Actor("sue", "supervisor"), link("bob", stream="import"))
    with pytest.raises(NotAllowedError, match="import decisions"):
        require_decision(Actor("ann", "analyst"), link("bob", stream="import"))


def test_a_viewer_neither_decides_nor_checks() -> None:
    for decision in (link("vic"), link("vic", second_of=1)):
        with pytest.raises(NotAllowedError, match="needs the role analyst"):
            require_decision(Actor("vic", "viewer"), decision)
