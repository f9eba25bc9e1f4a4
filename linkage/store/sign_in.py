"""Signing in to a store with accounts: name, password and code become a person, and a token a person again."""

from __future__ import annotations

import hashlib
import json
import math
import os
import secrets
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from threading import Lock

from sqlalchemy import Engine, select, update

from linkage.errors import LinkageError
from linkage.review import passwords
from linkage.review.people import ROLES, Actor
from linkage.store import audit, digests
from linkage.store.accounts import Account, Session, put_session, read_accounts, read_session
from linkage.store.connect import writing
from linkage.store.schema import audit as audit_rows
from linkage.store.schema import sessions
from linkage.store.seals import Seals

SIGNED_IN, SIGNED_OUT, REFUSED = "signed in", "signed out", "sign-in refused"
UNKNOWN = "(unknown name)"
"""Who stands in the audit for a name that no account has: people type passwords into the wrong box."""
IDLE_MINUTES = 30
"""Minutes without anything being asked after which a session ends [G]; LINKAGE_IDLE_MINUTES sets another."""
LONGEST_HOURS = 12
"""Hours after which a session ends whatever is done [G]: a working day."""
_SEEN_EVERY = timedelta(minutes=1)
_TRIES = 40

_one_at_a_time = Lock()
_unknown_tries: dict[str, tuple[int, datetime]] = {}


class SignInError(LinkageError):
    """The person cannot sign in now; the message may be shown to anybody."""


def idle_minutes() -> int:
    """Minutes without use after which a session ends."""
    given = os.environ.get("LINKAGE_IDLE_MINUTES", "")
    return int(given) if given.isdecimal() and int(given) > 0 else IDLE_MINUTES


def actor_of(account: Account | None) -> Actor | None:
    """The person behind an account; None where it may not be used."""
    if account is None or account.disabled or account.role not in ROLES:
        return None
    return Actor(account.name, account.role)


def account_of(engine: Engine, name: str) -> Account | None:
    """The account of a name, however it is written; None where there is none."""
    with engine.connect() as connection:
        found = {one.name.casefold(): one for one in read_accounts(connection)}
    return found.get(name.strip().casefold())


def sign_in(engine: Engine, name: str, password: str, code: str = "", by: str = "command") -> Actor:
    """The person of that name, when password and, where the account has them, one-time code are right.

    `by` is where: command or page. Each try is put down in the audit, without a secret. After some wrong tries in a
    row the next has to wait, longer each time. Raises SignInError.
    """
    with _one_at_a_time:  # tries that are made side by side count as a row too
        account = account_of(engine, name)
        wrong, last = _wrong_tries(engine, account.name) if account else _unknown(name)
        _check_wait(wrong, last)
        actor = actor_of(account)
        right = passwords.agrees(account.password if account else None, password)
        step = _step(engine, account, code) if account and right and account.totp else None
        if not right or actor is None or account is None or (account.totp and step is None):
            _refuse(engine, account, name, by)
            raise SignInError("Name, password or code is wrong, or the account is disabled")
        told = {"by": by} if step is None else {"by": by, "step": step}
        with writing(engine) as connection:
            audit.append(connection, actor.name, SIGNED_IN, told)
        return actor


def sign_in_as_organisation_says(engine: Engine, name: str) -> Actor:
    """The person whom the organisation's own sign-in names. Raises SignInError where no account has that name."""
    account = account_of(engine, name)
    actor = actor_of(account)
    if actor is None:
        _refuse(engine, account, name, "organisation")
        raise SignInError(
            "The organisation signed you in, but there is no account for you here. Ask an administrator"
        )
    with writing(engine) as connection:
        audit.append(connection, actor.name, SIGNED_IN, {"by": "organisation"})
    return actor


def start_session(engine: Engine, name: str) -> str:
    """A new session of an account: the token, of which only the hash is kept."""
    token = secrets.token_urlsafe(32)
    at = audit.now()
    session = Session(_hash(token), name, at, at)
    with writing(engine) as connection:
        put_session(connection, session)
        audit.append(connection, name, "session started", {}, digests.written(sessions, asdict(session)))
    return token


def session_actor(engine: Engine, token: str) -> Actor | None:
    """The person whose session a token is of; None once it ended, was not used for a while, or its account may not be
    used any more. Looking makes it last longer."""
    session = open_session(engine, _hash(token)) if token else None
    actor = actor_of(account_of(engine, session.account)) if session else None
    if session is None or actor is None:
        return None
    if datetime.now(UTC) - datetime.fromisoformat(session.seen_at) > _SEEN_EVERY:
        there = (sessions.c.token_hash == session.token_hash) & sessions.c.ended_at.is_(None)
        with writing(engine) as connection:
            connection.execute(update(sessions).where(there).values(seen_at=audit.now()))
    return replace(actor, session=session.token_hash)


def open_session(engine: Engine, token_hash: str) -> Session | None:
    """The session of a token's hash; None once it ended, or was not used for a while. Looking changes nothing."""
    with engine.connect() as connection:
        session = read_session(connection, token_hash)
    if session is None or session.ended_at is not None:
        return None
    now = datetime.now(UTC)
    unseen = now - datetime.fromisoformat(session.seen_at)
    whole = now - datetime.fromisoformat(session.started_at)
    over = unseen > timedelta(minutes=idle_minutes()) or whole > timedelta(hours=LONGEST_HOURS)
    return None if over else session


def end_session(engine: Engine, token: str) -> None:
    """End a session; nothing happens where it ended already."""
    with writing(engine) as connection:
        session = read_session(connection, _hash(token))
        if session is not None and session.ended_at is None:
            put_session(connection, replace(session, ended_at=audit.now()))
            ended: Seals = {digests.digest_key(sessions, asdict(session)): None}
            audit.append(connection, session.account, SIGNED_OUT, {}, ended)


def _hash(token: str) -> str:
    return hashlib.sha256(token.encode("utf-8", "surrogatepass")).hexdigest()


def _wrong_tries(engine: Engine, name: str) -> tuple[int, datetime | None]:
    """Wrong tries in a row of an account, and when the last was."""
    query = select(audit_rows.c.at, audit_rows.c.what).where(
        audit_rows.c.who == name, audit_rows.c.what.in_((SIGNED_IN, REFUSED))
    )
    with engine.connect() as connection:
        rows = connection.execute(query.order_by(audit_rows.c.id.desc()).limit(_TRIES)).all()
    wrong = next((number for number, row in enumerate(rows) if row.what == SIGNED_IN), len(rows))
    return wrong, datetime.fromisoformat(rows[0].at) if wrong else None


def _unknown(name: str) -> tuple[int, datetime | None]:
    return _unknown_tries.get(name.strip().casefold(), (0, None))


def _check_wait(wrong: int, last: datetime | None) -> None:
    if last is None:
        return
    left = passwords.wait_after(wrong) - (datetime.now(UTC) - last).total_seconds()
    if left > 0:
        raise SignInError(f"Too many wrong tries. Try again in {math.ceil(left)} seconds")


def _step(engine: Engine, account: Account, code: str) -> int | None:
    """The step of a right code that was not used yet."""
    step = passwords.code_step(account.totp or "", code)
    query = select(audit_rows.c.detail).where(audit_rows.c.who == account.name, audit_rows.c.what == SIGNED_IN)
    with engine.connect() as connection:
        last = connection.execute(query.order_by(audit_rows.c.id.desc()).limit(_TRIES)).scalars().all()
    used = max((int(json.loads(detail).get("step", -1)) for detail in last), default=-1)
    return step if step is not None and step > used else None


def _refuse(engine: Engine, account: Account | None, name: str, by: str) -> None:
    if account is None:
        wrong, _ = _unknown(name)
        _unknown_tries[name.strip().casefold()] = (wrong + 1, datetime.now(UTC))
        while len(_unknown_tries) > 1000:
            _unknown_tries.pop(next(iter(_unknown_tries)))
    with writing(engine) as connection:
        audit.append(connection, account.name if account else UNKNOWN, REFUSED, {"by": by})
