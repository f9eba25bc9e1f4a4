"""Who acts on a store, and whether they may."""

from __future__ import annotations

import copy
import getpass
from collections.abc import Callable
from contextvars import ContextVar
from typing import Self, TypeVar

from sqlalchemy import Connection, Engine, select

from linkage.review.people import Actor, NotAllowedError, local_actor, nobody, require
from linkage.store import accounts as account_rows
from linkage.store.accounts import Account, Draft, Session
from linkage.store.connect import writing
from linkage.store.schema import accounts
from linkage.store.sign_in import account_of, actor_of, open_session

Answer = TypeVar("Answer")

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
        """The person who acts, with the role that their account has now. NotAllowedError where it is disabled, or the
        session ended in which they act: a page that was left open asks for nothing in their name."""
        actor = self.actor
        if actor.local or not actor.role:
            return actor
        now = actor_of(account_of(self.engine, actor.name))
        if now is None:
            raise NotAllowedError(f"The account {actor.name} is disabled or gone. Ask an administrator")
        if actor.session and open_session(self.engine, actor.session) is None:
            raise NotAllowedError(f"The session of {actor.name} has ended. Sign in again")
        return now

    def accounts(self) -> list[Account]:
        """Every account, by name; none in a store of one local analyst."""
        return self._ask(account_rows.read_accounts)

    def put_account(self, account: Account, what: str) -> Account:
        """Add an account (`version` 0) or change it; `what` names the act in the audit, as "account added".

        Raises ChangedMeanwhileError when the account is not at the version that is given.
        """
        self.require("accounts")
        who = self.who
        with writing(self.engine) as connection:
            return account_rows.put_account(connection, account, who, what)

    def session(self, token_hash: str) -> Session | None:
        """The session of a token's hash, ended or not; None where there is none."""
        return self._ask(lambda connection: account_rows.read_session(connection, token_hash))

    def put_session(self, session: Session) -> None:
        """Keep a session as it is now."""
        with writing(self.engine) as connection:
            account_rows.put_session(connection, session)

    def drafts(self, account: str = "") -> list[Draft]:
        """What an account has begun, newest first; the local analyst's go under the empty name.

        NotAllowedError for another account than that of the person who acts: what somebody has begun, set and counted
        for themselves is read by nobody else.
        """
        self._require_own(account)
        return self._ask(lambda connection: account_rows.read_drafts(connection, account))

    def put_draft(self, draft: Draft) -> None:
        """Keep a draft; an earlier one of the same account and key gives way. NotAllowedError for another account."""
        self._require_own(draft.account)
        with writing(self.engine) as connection:
            account_rows.put_draft(connection, draft)

    def drop_draft(self, account: str, key: str) -> None:
        """Keep a draft no longer. NotAllowedError for another account."""
        self._require_own(account)
        with writing(self.engine) as connection:
            account_rows.drop_draft(connection, account, key)

    def _require_own(self, account: str) -> None:
        actor = self.actor
        if not actor.local and account != actor.name:
            raise NotAllowedError("What somebody has begun and set for themselves is nobody else's to read or change")

    def _ask(self, ask: Callable[[Connection], Answer]) -> Answer:
        with self.engine.connect() as connection:
            return ask(connection)


def account_name() -> str:
    """The name of the person at the machine."""
    try:
        return getpass.getuser()
    except (KeyError, OSError):  # an account number without a name, as in some containers
        return "unknown"
