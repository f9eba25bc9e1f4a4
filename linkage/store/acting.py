"""Who acts on a store, and whether they may."""

from __future__ import annotations

import copy
import getpass
from collections.abc import Callable
from contextvars import ContextVar
from typing import Self

from sqlalchemy import Engine, select

from linkage.review.people import Actor, NotAllowedError, local_actor, nobody, require
from linkage.store.schema import accounts
from linkage.store.sign_in import account_of, actor_of

SIGN_IN: ContextVar[Callable[[Engine], Actor] | None] = ContextVar("SIGN_IN", default=None)
"""What makes the person at the command line sign in, asked once a store with accounts is to be changed."""


class Acting:
    """A store's engine with the person who acts on it.

    In a store without accounts that is the one local analyst. In one with accounts it is whoever signed in; until
    then it is nobody, who may read and change nothing.
    """

    def __init__(self, engine: Engine, who: str | None) -> None:
        self.engine = engine
        self._local = local_actor(who or account_name())
        self._signed_in: Actor | None = None

    @property
    def has_accounts(self) -> bool:
        """Do people sign in to this store?"""
        with self.engine.connect() as connection:
            return connection.execute(select(accounts.c.name).limit(1)).first() is not None

    @property
    def actor(self) -> Actor:
        """The person who acts."""
        if self._signed_in is None:
            if not self.has_accounts:
                return self._local
            sign_in = SIGN_IN.get()
            if sign_in is None:
                return nobody()
            self._signed_in = sign_in(self.engine)
        return self._signed_in

    @property
    def who(self) -> str:
        """The name that signs what is done."""
        return self.actor.name

    def acting(self, actor: Actor | None) -> Self:
        """The same store in the hands of somebody else; None is whoever it is by itself."""
        other = copy.copy(self)
        other._signed_in = None if actor is None or actor.local else actor
        return other

    def require(self, action: str) -> None:
        """Raise NotAllowedError where the person may not do this, by their account as it is now."""
        require(self.actor_now(), action)

    def actor_now(self) -> Actor:
        """The person who acts, with the role that their account has now. NotAllowedError where it is disabled."""
        actor = self.actor
        if actor.local or not actor.role:
            return actor
        now = actor_of(account_of(self.engine, actor.name))
        if now is None:
            raise NotAllowedError(f"The account {actor.name} is disabled or gone. Ask an administrator")
        return now


def account_name() -> str:
    """The name of the person at the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account number without a name, as in some containers
        return "unknown"
