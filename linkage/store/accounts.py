"""Accounts, sessions and drafts as plain rows. What an account may do is decided in `linkage.review`, not here."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass, replace
from typing import Any

from sqlalchemy import Connection, delete, insert, select, update

from linkage.errors import LinkageError
from linkage.store.audit import append, now
from linkage.store.schema import accounts, drafts, sessions
from linkage.store.seals import sealed, seals_of

PRIVATE = ("wellbeing", "passed")
"""Keys of drafts that are for their owner's eyes alone: they are in no backup either."""


class ChangedMeanwhileError(LinkageError):
    """Somebody else changed the row since it was read; the message says so."""


@dataclass(frozen=True, slots=True)
class Account:
    """One account: `password` is an argon2 hash, `totp` the secret of the one-time codes, each None where there is
    none. `version` counts its changes: 0 for one that was not kept yet."""

    name: str
    role: str
    password: str | None = None
    totp: str | None = None
    disabled: bool = False
    created_at: str = ""
    changed_at: str = ""
    version: int = 0


@dataclass(frozen=True, slots=True)
class Session:
    """One sign-in: `token_hash` is SHA-256 of the token, which itself is never kept. Times are ISO 8601 UTC."""

    token_hash: str
    account: str
    started_at: str
    seen_at: str
    ended_at: str | None = None


@dataclass(frozen=True, slots=True)
class Draft:
    """What somebody has begun: `key` names the page and what it is about, `body` holds plain JSON values."""

    account: str
    key: str
    body: Any
    at: str = ""


def read_accounts(connection: Connection) -> list[Account]:
    """Every account, by name."""
    rows = connection.execute(select(accounts).order_by(accounts.c.name)).mappings()
    found = [{name: row[name] for name in Account.__dataclass_fields__} for row in rows]
    return sorted((Account(**row | {"disabled": bool(row["disabled"])}) for row in found), key=lambda one: one.name)


def put_account(connection: Connection, account: Account, who: str, what: str) -> Account:
    """Add an account (`version` 0) or change it, with an audit entry `what`; returns it as it is now.

    Raises ChangedMeanwhileError when the account is not at the version that is given.
    """
    at = now()
    kept = replace(account, created_at=account.created_at or at, changed_at=at, version=account.version + 1)
    row = sealed(accounts, asdict(kept) | {"disabled": int(kept.disabled)})
    there = accounts.c.name == account.name
    if account.version:
        query = update(accounts).where(there, accounts.c.version == account.version).values(row)
        done = connection.execute(query).rowcount == 1
    else:
        done = connection.execute(select(accounts.c.name).where(there)).first() is None
        if done:
            connection.execute(insert(accounts), row)
    if not done:
        raise ChangedMeanwhileError(f"The account {account.name} was changed by somebody else. Look at it again")
    detail = {"account": kept.name, "role": kept.role, "disabled": kept.disabled, "version": kept.version}
    append(connection, who, what, detail, seals_of(accounts, [row]))
    return kept


def read_session(connection: Connection, token_hash: str) -> Session | None:
    """The session of a token, ended or not; None where there is none."""
    row = connection.execute(select(sessions).where(sessions.c.token_hash == token_hash)).mappings().first()
    return Session(**row) if row else None


def put_session(connection: Connection, session: Session) -> None:
    """Keep a session as it is now."""
    there = sessions.c.token_hash == session.token_hash
    if connection.execute(update(sessions).where(there).values(asdict(session))).rowcount == 0:
        connection.execute(insert(sessions), asdict(session))


def read_drafts(connection: Connection, account: str) -> list[Draft]:
    """The drafts of an account, newest first."""
    query = select(drafts).where(drafts.c.account == account).order_by(drafts.c.at.desc(), drafts.c.key)
    return [Draft(r.account, r.key, json.loads(r.body), r.at) for r in connection.execute(query)]


def put_draft(connection: Connection, draft: Draft) -> None:
    """Keep a draft; an earlier one of the same account and key gives way."""
    drop_draft(connection, draft.account, draft.key)
    row = {
        "account": draft.account,
        "key": draft.key,
        "body": json.dumps(draft.body, ensure_ascii=False),
        "at": now(),
    }
    connection.execute(insert(drafts), row)


def drop_draft(connection: Connection, account: str, key: str) -> None:
    """Keep a draft no longer; nothing happens where there is none."""
    connection.execute(delete(drafts).where(drafts.c.account == account, drafts.c.key == key))
