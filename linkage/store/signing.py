"""Signs the audit with a key that is kept outside the store.

Whoever can write to the database can hash a changed audit anew, or cut its end off. With a key that they do not
have, neither goes unseen: each entry has an HMAC of its hash, and beside the key stands the signed head, which says
what the newest entry was. Name the key's file in LINKAGE_AUDIT_KEY, so that every entry is signed as it is written.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import os
import secrets
from contextlib import suppress
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path
from typing import Any

from sqlalchemy import Connection, select, update

from linkage.errors import why
from linkage.output.files import write_private
from linkage.store.connect import StoreError
from linkage.store.schema import audit

KEY_VARIABLE = "LINKAGE_AUDIT_KEY"
_BYTES = 32


@dataclass(frozen=True, slots=True)
class Key:
    """A signing key and the file that it stands in."""

    file: Path
    secret: bytes

    def mac(self, words: str) -> str:
        """HMAC-SHA-256 of the words, in hexadecimal."""
        return hmac.new(self.secret, words.encode(), hashlib.sha256).hexdigest()


@dataclass(frozen=True, slots=True)
class Head:
    """What the newest entry was when it was signed."""

    id: int
    hash: str
    at: str


def load_key(file: Path, make: bool = False) -> Key:
    """The key in a file; with `make`, a new one where there is no file. StoreError where it cannot be used."""
    try:
        if make and not file.exists():
            write_private(file, secrets.token_hex(_BYTES) + "\n")
        secret = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except FileNotFoundError:
        raise StoreError(f"There is no key at {file}. Make one: linkage audit sign --key {file}") from None
    except OSError as error:
        raise StoreError(f"The key {file} cannot be used: {why(error)}") from error
    except ValueError:
        secret = b""
    if len(secret) < _BYTES:
        raise StoreError(f"{file} is no key of linkage: it must hold {2 * _BYTES} hexadecimal figures")
    return Key(file, secret)


def named_key() -> Key | None:
    """The key that the environment names, made when it is not there yet; None where none is named."""
    name = os.environ.get(KEY_VARIABLE)
    return _named(name) if name else None


@lru_cache(maxsize=4)
def _named(name: str) -> Key:
    return load_key(Path(name), make=True)


def head_file(key: Key, first_hash: str) -> Path:
    """Where the signed head of a store stands: beside the key, named after the store's first entry."""
    return key.file.with_name(f"{key.file.name}.{first_hash[:12]}.head")


def write_head(key: Key, first_hash: str, head: Head) -> None:
    """Keep the signed head, unless a later one is there already."""
    before = read_head(key, first_hash)
    if before is not None and before.id >= head.id:
        return
    plain = {"id": head.id, "hash": head.hash, "at": head.at}
    words = json.dumps(plain, sort_keys=True)
    content = json.dumps({**plain, "mac": key.mac(words)}, indent=2) + "\n"
    write_private(head_file(key, first_hash), content)


def read_head(key: Key, first_hash: str) -> Head | None:
    """The signed head of a store; None where there is none, or where it was not signed with this key."""
    with suppress(OSError, ValueError, KeyError, TypeError):
        found: dict[str, Any] = json.loads(head_file(key, first_hash).read_text(encoding="utf-8"))
        mac = str(found.pop("mac"))
        if hmac.compare_digest(mac, key.mac(json.dumps(found, sort_keys=True))):
            return Head(int(found["id"]), str(found["hash"]), str(found["at"]))
    return None


def sign(connection: Connection, key: Key) -> int:
    """Sign every entry that has no signature yet, and keep the head; returns how many were signed.

    Must run inside a writing transaction; look first whether the audit holds, for what is signed is vouched for.
    """
    rows = connection.execute(select(audit.c.id, audit.c.hash).where(audit.c.mac.is_(None))).all()
    for row in rows:
        connection.execute(update(audit).where(audit.c.id == row.id).values(mac=key.mac(row.hash)))
    keep_head(connection, key)
    return len(rows)


def keep_head(connection: Connection, key: Key) -> None:
    """Keep the signed head of the audit as it stands."""
    first = connection.execute(select(audit.c.hash).where(audit.c.id == 1)).scalar()
    last = connection.execute(
        select(audit.c.id, audit.c.hash, audit.c.at).order_by(audit.c.id.desc()).limit(1)
    ).first()
    if first and last:
        write_head(key, first, Head(last.id, last.hash, last.at))
