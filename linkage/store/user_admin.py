"""Adding, changing and disabling accounts: what must hold, in one transaction with the audit entry."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

from sqlalchemy import Connection, select, update

from linkage.errors import LinkageError
from linkage.review import passwords
from linkage.review.people import ROLES
from linkage.store.accounts import Account, ChangedMeanwhileError, put_account, read_accounts
from linkage.store.audit import append, now
from linkage.store.connect import writing
from linkage.store.digests import digest_key
from linkage.store.postgres_locks import lock_table
from linkage.store.schema import accounts, sessions

if TYPE_CHECKING:
    from linkage.store.acting import Acting

_NAME = re.compile(r"[\w.@+-]+(?: [\w.@+-]+)*")
_LONGEST_NAME = 80
_TAKEN = {"unknown", "nobody"}  # what stands in the audit for somebody whose name is not known


class AccountError(LinkageError, ValueError):
    """What was asked of an account cannot be; the message says why and what to do."""


@dataclass(frozen=True, slots=True)
class Change:
    """What is changed of an account: None leaves it as it is. `codes` true gives it a new secret for one-time codes,
    false takes them away. `version` is the one that was looked at, None for the one there is."""

    role: str | None = None
    password: str | None = None
    codes: bool | None = None
    disabled: bool | None = None
    version: int | None = None


def add_user(store: Acting, name: str, role: str, password: str | None, codes: bool = False) -> Account:
    """A new account. Without a password the organisation's own sign-in is the only way in.

    Raises AccountError, and NotAllowedError for who may not manage accounts.
    """
    store.require("accounts")
    who, name = store.who, " ".join(name.split())
    if not _NAME.fullmatch(name) or len(name) > _LONGEST_NAME or name.casefold() in _TAKEN:
        raise AccountError(f"{name!r} cannot name an account: letters, digits, and . _ @ + - between them")
    _check_role(role)
    secret = passwords.new_code_secret() if codes else None
    account = Account(name, role, _hashed(password, name), secret)
    with writing(store.engine) as connection:
        there = _locked(connection)
        if name.casefold() in {one.name.casefold() for one in there}:
            raise AccountError(f"There is an account {name} already. To change it: linkage user change")
        if not there and role != ROLES[-1]:
            raise AccountError(
                f"The first account has to be an {ROLES[-1]}, who can add the others: --role {ROLES[-1]}"
            )
        if not there and password is None:
            raise AccountError("The first account needs a password, or nobody could sign in to add others")
        return put_account(connection, account, who, "account added")


def change_user(store: Acting, name: str, change: Change) -> Account:
    """Change an account; a new password, new codes and disabling end its sessions.

    Raises AccountError where it would leave no enabled administrator, ChangedMeanwhileError where it was changed
    since it was looked at, NotAllowedError for who may not manage accounts.
    """
    store.require("accounts")
    who = store.who
    with writing(store.engine) as connection:
        there = {one.name.casefold(): one for one in _locked(connection)}
        before = there.get(name.strip().casefold())
        if before is None:
            raise AccountError(f"There is no account “{name}”. Those there are: linkage user list")
        if change.version is not None and change.version != before.version:
            raise ChangedMeanwhileError(f"The account {before.name} was changed by somebody else. Look at it again")
        after = _changed(before, change)
        others = [one for one in there.values() if one.name != before.name]
        if not any(one.role == ROLES[-1] and not one.disabled for one in [*others, after]):
            raise AccountError(f"{before.name} is the last enabled {ROLES[-1]}; make somebody else one first")
        kept = put_account(connection, after, who, _what(change))
        if change.disabled or change.password is not None or change.codes is not None:
            _end_sessions(connection, before.name, who)
        return kept


def _end_sessions(connection: Connection, name: str, who: str) -> None:
    """End every open session of an account."""
    open_ones = (sessions.c.account == name) & sessions.c.ended_at.is_(None)
    rows = connection.execute(select(sessions).where(open_ones)).mappings().all()
    if rows:
        connection.execute(update(sessions).where(open_ones).values(ended_at=now()))
        ended = dict.fromkeys((digest_key(sessions, row) for row in rows), None)
        append(connection, who, "sessions ended", {"account": name, "sessions": len(rows)}, ended)


def _changed(before: Account, change: Change) -> Account:
    after = before
    if change.role is not None:
        _check_role(change.role)
        after = replace(after, role=change.role)
    if change.password is not None:
        after = replace(after, password=_hashed(change.password, before.name))
    if change.codes is not None:
        after = replace(after, totp=passwords.new_code_secret() if change.codes else None)
    if change.disabled is not None:
        after = replace(after, disabled=change.disabled)
    return after


def _what(change: Change) -> str:
    """What the audit calls it."""
    if change.disabled is not None:
        return "account disabled" if change.disabled else "account enabled"
    names = {"role": change.role, "password": change.password, "codes": change.codes}
    return f"account changed: {', '.join(name for name, value in names.items() if value is not None) or 'nothing'}"


def _check_role(role: str) -> None:
    if role not in ROLES:
        raise AccountError(f"{role!r} is no role. Roles are {', '.join(ROLES)}")


def _hashed(password: str | None, name: str) -> str | None:
    if password is None:
        return None
    if problem := passwords.password_problem(password, name):
        raise AccountError(problem)
    return passwords.hashed(password)


def _locked(connection: Connection) -> list[Account]:
    """Every account, none of which anybody else can change until the transaction ends."""
    lock_table(connection, accounts.name)
    return read_accounts(connection)
