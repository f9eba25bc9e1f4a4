"""Who acts, and what each role may do: the table is rights.toml, and whoever changes something asks `require`."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, field
from functools import cache
from importlib.resources import files
from typing import Any

from linkage.errors import LinkageError
from linkage.review.decision import Decision

NOBODY_SIGNED_IN = "nobody"


class NotAllowedError(LinkageError, PermissionError):
    """The person may not do this; the message says who, what, and which role may."""


@dataclass(frozen=True, slots=True)
class Actor:
    """Somebody who acts on a store. `role` is empty for somebody who has not signed in where that is needed; `local`
    is true for the one analyst of a store without accounts, who has every right. `session` names the session (the
    hash of its token) that has to go on for whatever they do; empty for who signs in for one command."""

    name: str
    role: str
    local: bool = False
    session: str = field(default="", repr=False, compare=False)


@dataclass(frozen=True, slots=True)
class Right:
    """Who may do something: the least role, and what it is called."""

    least: str
    words: str


def local_actor(name: str) -> Actor:
    """The analyst at this machine, in a store without accounts."""
    return Actor(name, ROLES[-1], local=True)


def nobody() -> Actor:
    """Somebody who has not signed in to a store with accounts."""
    return Actor(NOBODY_SIGNED_IN, "")


@cache
def _table() -> dict[str, Any]:
    return tomllib.loads((files("linkage.review") / "rights.toml").read_text(encoding="utf-8"))


ROLES: tuple[str, ...] = tuple(_table()["roles"])
"""From the fewest rights to the most."""


def role_words() -> dict[str, str]:
    """Each role with what it is for."""
    return dict(_table()["roles_about"])


@cache
def rights() -> dict[str, Right]:
    """Every action with who may do it."""
    return {name: Right(**right) for name, right in _table()["actions"].items()}


def may(actor: Actor, action: str) -> bool:
    """Has the person the right? KeyError for an action that the table does not know."""
    least = rights()[action].least
    return actor.role in ROLES and ROLES.index(actor.role) >= ROLES.index(least)


def require(actor: Actor, action: str) -> None:
    """Raise NotAllowedError where the person has not the right. KeyError for an unknown action."""
    if may(actor, action):
        return
    right = rights()[action]
    if not actor.role:
        raise NotAllowedError(
            f"Nobody has signed in: this store has accounts, and to {right.words} takes one. "
            "On the command line: --as NAME"
        )
    raise NotAllowedError(
        f"{actor.name} ({actor.role}) may not {right.words}: that needs the role {right.least}"
        f"{'' if right.least == ROLES[-1] else ' or one above it'}"
    )


def require_decision(actor: Actor, decision: Decision) -> None:
    """Raise NotAllowedError where the person may not record this decision.

    Nobody decides in another's name, but for decisions that are taken over from another store. That a second check is
    somebody else's, and who may take a decision back, `decision.validate` looks after.
    """
    if decision.stream == "import":
        require(actor, "import_decisions")
        return
    require(actor, "second_check" if decision.second_of is not None else "decide")
    if not actor.local and decision.analyst != actor.name:
        raise NotAllowedError(f"{actor.name} may not decide in the name of {decision.analyst}")
