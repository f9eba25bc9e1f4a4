"""Tokens of the API: who may do what through it, until when. The token itself is shown once and not kept."""

from __future__ import annotations

import hashlib
import json
import secrets
import uuid
from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from sqlalchemy import Connection, RowMapping, insert, select, update

from linkage.errors import LinkageError
from linkage.store.audit import append, now
from linkage.store.connect import writing
from linkage.store.schema import tokens
from linkage.store.seals import sealed, seals_of
from linkage.store.store import Store

SCOPES = {
    "report": "send reports",
    "alerts": "read published alerts",
    "search": "search what may be shared with sister schemes",
    "series": "read series of what may be shared with sister schemes",
    "preferences": "join and leave the list of subscribers for others",
}
"""What a token may be for."""
BEGINNING = "lk_"
_BYTES = 32
_NAME = 60


class TokenError(LinkageError, ValueError):
    """A token that cannot be made or taken back; the message says why."""


@dataclass(frozen=True, slots=True)
class Token:
    """What is kept of a token. Times are ISO 8601 in UTC; `revoked_at` is empty while it holds."""

    id: str
    name: str
    scopes: tuple[str, ...]
    created_at: str
    expires_at: str
    revoked_at: str = ""

    def holds(self, at: str) -> bool:
        """Is it good at this moment?"""
        return not self.revoked_at and at < self.expires_at


def add_token(store: Store, name: str, scopes: tuple[str, ...], days: int) -> tuple[Token, str]:
    """Make a token for so many days; returns what is kept of it, and the token. TokenError for a name that is taken
    and a scope that there is not, NotAllowedError for who may not."""
    store.require("tokens")
    if not name.strip() or len(name) > _NAME or not name.isprintable():
        raise TokenError(f"A token is called after who holds it, in 1 to {_NAME} characters")
    unknown = [one for one in scopes if one not in SCOPES]
    if unknown or not scopes:
        what = f"{unknown[0]!r} is no scope" if unknown else "A token needs a scope"
        raise TokenError(f"{what}: use {', '.join(SCOPES)}")
    secret = BEGINNING + secrets.token_urlsafe(_BYTES)
    ends = (datetime.now(UTC) + timedelta(days=days)).isoformat(timespec="microseconds")
    made = Token(str(uuid.uuid4()), name.strip(), tuple(dict.fromkeys(scopes)), now(), ends)
    with writing(store.engine) as connection:
        if connection.execute(select(tokens.c.id).where(tokens.c.name == made.name)).first():
            raise TokenError(f"There is, or was, a token {made.name!r}: give the new one another name")
        row = sealed(tokens, _row(made) | {"hash": _hash(secret)})
        connection.execute(insert(tokens), row)
        detail = {"token": made.name, "scopes": list(made.scopes), "expires_at": ends}
        append(connection, store.who, "token added", detail, seals_of(tokens, [row]))
    return made, secret


def all_tokens(store: Store) -> list[Token]:
    """Every token there is or was, by name. NotAllowedError for who may not."""
    store.require("tokens")
    with store.engine.connect() as connection:
        rows = connection.execute(select(tokens).order_by(tokens.c.name)).mappings()
        return [_of(row) for row in rows]


def any_tokens(store: Store) -> bool:
    """Is there a token that holds?"""
    with store.engine.connect() as connection:
        rows = connection.execute(select(tokens)).mappings()
        return any(_of(row).holds(now()) for row in rows)


def revoke_token(store: Store, name: str) -> Token:
    """Take a token back. TokenError where there is none or it was; NotAllowedError for who may not."""
    store.require("tokens")
    with writing(store.engine) as connection:
        before = _row_of(connection, tokens.c.name == name)
        if before is None or before["revoked_at"]:
            raise TokenError(f"There is no token {name!r} that holds; linkage token list shows them")
        row = sealed(tokens, {**before, "revoked_at": now()})
        connection.execute(update(tokens).where(tokens.c.id == row["id"]).values(row))
        append(connection, store.who, "token revoked", {"token": name}, seals_of(tokens, [row]))
    return replace(_of(before), revoked_at=row["revoked_at"])


def token_of(store: Store, secret: str) -> Token | None:
    """The token that somebody shows, where it holds; None for any other."""
    with store.engine.connect() as connection:
        row = _row_of(connection, tokens.c.hash == _hash(secret))
    found = _of(row) if row else None
    return found if found and found.holds(now()) else None


def _row_of(connection: Connection, where: Any) -> RowMapping | None:
    return connection.execute(select(tokens).where(where)).mappings().first()


def _hash(secret: str) -> str:
    return hashlib.sha256(secret.encode("utf-8", "surrogatepass")).hexdigest()


def _row(one: Token) -> dict[str, Any]:
    plain = {name: getattr(one, name) for name in Token.__dataclass_fields__}
    return plain | {"scopes": json.dumps(one.scopes)}


def _of(row: RowMapping) -> Token:
    plain = {name: row[name] for name in Token.__dataclass_fields__}
    return Token(**plain | {"scopes": tuple(json.loads(row["scopes"]))})
