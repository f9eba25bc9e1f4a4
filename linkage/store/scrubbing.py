"""Leaves nothing of what was deleted in a database's files: free pages, dead rows and logs are written anew."""

from __future__ import annotations

import time
from pathlib import Path

from sqlalchemy import Engine, text

from linkage.store.connect import StoreError
from linkage.store.schema import metadata

CACHES = (".vectors.npz",)
"""Endings of files beside an SQLite store that are made from its reports' words, and made again when asked for."""
_TRIES, _SECONDS = 20, 0.5  # [G] how long to wait for other readers to let go of old pages


def scrub(engine: Engine) -> None:
    """Write the database's files anew without what was deleted, and delete the caches beside them.

    StoreError when another program keeps old pages in use for longer than some seconds; asking again is harmless.
    """
    if engine.dialect.name == "postgresql":
        with engine.execution_options(isolation_level="AUTOCOMMIT").connect() as connection:
            for table in metadata.sorted_tables:
                connection.execute(text(f"VACUUM FULL {table.name}"))
        return
    engine.dispose()  # this program's own readers
    for _ in range(_TRIES):
        if _rewritten(engine):
            break
        time.sleep(_SECONDS)
    else:
        raise StoreError(
            "The report is erased, but another program still reads the store, so that the file keeps old pages. "
            "Close it and run: linkage erase --clean"
        )
    for ending in CACHES:
        Path(f"{engine.url.database}{ending}").unlink(missing_ok=True)


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
