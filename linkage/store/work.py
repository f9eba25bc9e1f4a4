"""The process that links in the background: `python -m linkage.store.work JOB KIND BY`, store in LINKAGE_STORE."""

from __future__ import annotations

import os
import sys

from sqlalchemy.exc import SQLAlchemyError

from linkage.store import jobs
from linkage.store.connect import StoreError
from linkage.store.linking import choices_of, link_store, update_store
from linkage.store.sign_in import account_of, actor_of
from linkage.store.store import Store


def work(number: int, kind: str, by: str) -> None:
    """Do the job of that number for whom it was started `by`, and note how it ends."""
    with Store(create=False, who=by) as opened:
        store = opened.acting(actor_of(account_of(opened.engine, by)))  # as whoever began it may
        progress = jobs.noting(store, number)
        progress("reading", 0, 0)
        try:
            if kind == jobs.UPDATE:
                linked = update_store(store, progress, quick=True)  # there in seconds, for whoever waits
                if linked.provisional:
                    linked = update_store(store, progress)
            else:
                linked = link_store(store, choices_of(store.latest_run()), progress)
        except (StoreError, OSError, ValueError, MemoryError, SQLAlchemyError) as error:
            jobs.finish(store, number, error=jobs.reason(error))
        except Exception as error:
            jobs.finish(store, number, error=jobs.reason(error))
            raise
        else:
            assert linked.run is not None
            jobs.finish(store, number, linked.run.id)


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # the pages stay quick while it works
    work(int(sys.argv[1]), sys.argv[2], sys.argv[3])
