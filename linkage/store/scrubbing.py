"""Leaves nothing of what was deleted in a database's files: free pages, dead rows and logs are written anew.

Once is enough for many erasures. The audit tells when it was done; an erasure behind which it tells of none was cut
short, and is finished by whoever opens the store to write next.
"""

from __future__ import annotations

import time
from contextlib import suppress
from pathlib import Path

from sqlalchemy import Engine, select, text

from linkage.output.files import drop_abandoned
from linkage.store.audit import append
from linkage.store.connect import StoreError, writing
from linkage.store.schema import audit, metadata

ERASED, SCRUBBED = "erase", "scrubbed"
"""What the audit calls an erasure, and the writing anew of the files behind it."""

VECTORS, INDEX = ".vectors.npz", ".search-index"
CACHES = (VECTORS, INDEX)
"""Endings of files beside an SQLite store that are made from its reports' words, and made again when asked for."""
_TRIES, _SECONDS = 20, 0.5  # [G] how long to wait for other readers to let go of old pages


def scrub(engine: Engine, who: str, tries: int = _TRIES) -> None:
    """Write the database's files anew without what was deleted, delete the caches beside them, and say so in the
    audit.

    StoreError when another program keeps old pages in use for longer than some seconds, or the files cannot be
    written, as on a full disk; asking again is harmless.
    """
    try:
        _write_anew(engine, tries)
    except StoreError:
        raise
    except Exception as error:  # of whichever driver: what was erased is erased, and that has to be told
        said = (str(getattr(error, "orig", None) or error).strip().splitlines() or [type(error).__name__])[0]
        raise StoreError(
            f"The report is erased, but the store's files could not be written anew and keep old pages: {said}. Put "
            "that right, as by room on its disk, and run: linkage erase --clean"
        ) from error
    with writing(engine) as connection:
        append(connection, who, SCRUBBED, {})


def finish(engine: Engine) -> None:
    """Write the files anew where an erasure was cut short before that, unless another program keeps them in use."""
    last = select(audit.c.what).where(audit.c.what.in_((ERASED, SCRUBBED))).order_by(audit.c.id.desc()).limit(1)
    with engine.connect() as connection:
        cut_short = connection.execute(last).scalar() == ERASED
    if cut_short:
        with suppress(StoreError):
            scrub(engine, "linkage", tries=1)


def _write_anew(engine: Engine, tries: int) -> None:
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for table in metadata.sorted_tables:
                connection.execute(text(f"VACUUM FULL {table.name}"))
        return
    engine.dispose()  # this program's own readers
    for left in range(tries, 0, -1):
        if _rewritten(engine):
            break
        if left > 1:
            time.sleep(_SECONDS)
    else:
        raise StoreError(
            "The report is erased, but another program still reads the store, so that the file keeps old pages. "
            "Close it and run: linkage erase --clean"
        )
    store = Path(engine.url.database or "")
    drop_abandoned(store.absolute().parent)
    caches = tuple(f"{store.name}{ending}" for ending in CACHES)
    for file in store.absolute().parent.iterdir():
        if file.name.startswith(caches):  # or a draft of one, which a program that was ended left there
            file.unlink(missing_ok=True)


def _rewritten(engine: Engine) -> bool:
    raw = engine.raw_connection()
    try:
        cursor = raw.cursor()
        cursor.execute("VACUUM")
        busy, _, _ = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
        return not busy
    except Exception as error:  # of whichever driver; both say so in the same words
        if "locked" in str(error):
            return False
        raise
    finally:
        raw.close()
