"""Narratives as they came, before details of the person who reports were masked: kept encrypted, shown for a reason.

They are kept only where LINKAGE_ORIGINALS_KEY names a key outside the store. Each is encrypted with AES-256-GCM under
number and version of its report, so that one laid under another report does not open. Who holds the store without
the key reads none; whoever shows one stands in the audit.
"""

from __future__ import annotations

import base64
import hashlib
import os
import secrets
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

from sqlalchemy import Connection, Row, delete, insert, select

from linkage.errors import why
from linkage.output.files import write_private
from linkage.report import Report
from linkage.store import audit
from linkage.store.audit import now
from linkage.store.connect import StoreError, writing
from linkage.store.imports import fingerprint_of
from linkage.store.schema import originals, reports
from linkage.store.seals import Seals, key_of, sealed, seals_of

if TYPE_CHECKING:
    from linkage.store.store import Store

KEY_VARIABLE = "LINKAGE_ORIGINALS_KEY"
_BYTES, _NONCE = 32, 12


@dataclass(frozen=True, slots=True)
class OriginalsKey:
    """The key that originals are encrypted with, and the file that it stands in."""

    file: Path
    secret: bytes

    @property
    def name(self) -> str:
        """What the key is called beside what it encrypted: the beginning of its SHA-256."""
        return hashlib.sha256(self.secret).hexdigest()[:16]

    def encrypted(self, words: str, about: str) -> str:
        """Nonce and encrypted words in base 64; they open under the same `about` alone."""
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        nonce = secrets.token_bytes(_NONCE)
        sealed_words = AESGCM(self.secret).encrypt(nonce, words.encode("utf-8", "surrogatepass"), about.encode())
        return base64.b64encode(nonce + sealed_words).decode()

    def decrypted(self, kept: str, about: str) -> str:
        """The words again. StoreError where they were changed, or belong to something else."""
        from cryptography.exceptions import InvalidTag
        from cryptography.hazmat.primitives.ciphers.aead import AESGCM

        try:
            whole = base64.b64decode(kept, validate=True)
            words = AESGCM(self.secret).decrypt(whole[:_NONCE], whole[_NONCE:], about.encode())
        except (InvalidTag, ValueError) as error:
            raise StoreError(f"The original of {about} was changed: linkage audit verify --deep") from error
        return words.decode("utf-8", "surrogatepass")


@dataclass(frozen=True, slots=True)
class Original:
    """The narrative of one version of a report as it came."""

    report_id: str
    version: int
    narrative: str


def named_key() -> OriginalsKey | None:
    """The key that the environment names, made (0600) when it is not there yet; None where none is named, and then no
    original is kept. StoreError where it cannot be used or others may read it."""
    name = os.environ.get(KEY_VARIABLE)
    return load_key(Path(name)) if name else None


def load_key(file: Path) -> OriginalsKey:
    """The key in a file, a new one where there is none. StoreError where it cannot be used or others may read it."""
    try:
        if not file.exists():
            write_private(file, secrets.token_hex(_BYTES) + "\n")
        if os.name == "posix" and file.stat().st_mode & 0o077:
            raise StoreError(f"Others may read the key {file}: chmod 600 {file}")
        secret = bytes.fromhex(file.read_text(encoding="ascii").strip())
    except OSError as error:
        raise StoreError(f"The key {file} cannot be used: {why(error)}") from error
    except ValueError:
        secret = b""
    if len(secret) != _BYTES:
        raise StoreError(f"{file} is no key of linkage: it must hold {2 * _BYTES} hexadecimal figures")
    return OriginalsKey(file, secret)


def add(connection: Connection, found: Iterable[Report], texts: Mapping[str, str], key: OriginalsKey) -> Seals:
    """Keep the original of each report that was masked (`texts`: report id -> narrative as it came) beside the
    version that holds it, once; returns the seals of those that were not kept yet."""
    rows = []
    for report in found:
        if report.report_id not in texts:
            continue
        here = (reports.c.report_id == report.report_id) & (reports.c.fingerprint == fingerprint_of(report))
        version = connection.execute(select(reports.c.version).where(here)).scalar()
        if version is None or _row(connection, report.report_id, version):
            continue
        words = key.encrypted(texts[report.report_id], _about(report.report_id, version))
        row = {"report_id": report.report_id, "version": version, "key_name": key.name, "words": words, "at": now()}
        rows.append(sealed(originals, row))
    if rows:
        connection.execute(insert(originals), rows)
    return seals_of(originals, rows)


def read(connection: Connection, report_id: str, version: int | None = None) -> Original:
    """The original of a report, of its newest version that has one by default. StoreError where there is none, and
    without the key that it was encrypted with."""
    row = _row(connection, report_id, version)
    if row is None:
        which = report_id if version is None else f"version {version} of {report_id}"
        raise StoreError(f"No original of {which} is kept: its narrative was not masked, or no key was named then")
    key = named_key()
    if key is None or key.name != row.key_name:
        which = "another" if key else "none"
        raise StoreError(
            f"The original of {report_id} is encrypted with the key {row.key_name}, and {KEY_VARIABLE} names {which}"
        )
    return Original(report_id, row.version, key.decrypted(row.words, _about(report_id, row.version)))


def drop(connection: Connection, report_id: str) -> Seals:
    """Take away every original of a report under its tombstone; returns their keys, each without a seal."""
    here = originals.c.report_id == report_id
    gone = [key_of(originals, row) for row in connection.execute(select(originals).where(here)).mappings()]
    connection.execute(delete(originals).where(here))
    return dict.fromkeys(gone, None)


def show(store: Store, report_id: str, reason: str, version: int | None = None) -> Original:
    """`read`, with an audit entry that tells who looked, and why. ValueError without a reason, NotAllowedError for
    who may not."""
    store.require("show_original")
    if not reason.strip():
        raise ValueError("an original is shown for a reason")
    who = store.who
    with writing(store.engine) as connection:
        found = read(connection, report_id, version)
        detail = {"report_id": report_id, "version": found.version, "reason": reason}
        audit.append(connection, who, "original opened", detail)
    return found


def _row(connection: Connection, report_id: str, version: int | None) -> Row[tuple[object, ...]] | None:
    query = select(originals).where(originals.c.report_id == report_id)
    if version is not None:
        query = query.where(originals.c.version == version)
    return connection.execute(query.order_by(originals.c.version.desc()).limit(1)).first()


def _about(report_id: str, version: int) -> str:
    return f"{report_id}, version {version}"
