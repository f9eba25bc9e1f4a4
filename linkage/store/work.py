"""The process that links in the background: `python -m linkage.store.work JOB KIND BY`, store in LINKAGE_STORE."""

from __future__ import annotations

import os
import sys
from contextlib import suppress

from sqlalchemy.exc import SQLAlchemyError

from linkage.store import jobs
from linkage.store.connect import StoreError
from linkage.store.linking import choices_of, link_store, update_store
from linkage.store.sign_in import account_of, actor_of
from linkage.store.store import Store

FORESEEN = (StoreError, OSError, ValueError, MemoryError, SQLAlchemyError)
"""What ends a job with a note alone: nobody looks at this process."""


def work(number: int, kind: str, by: str) -> None:
    """Do the job of that number for whom it was started `by`, and note how it ends."""
    with Store(create=False, who=by) as opened:
        store = opened.acting(actor_of(account_of(opened.engine, by)))  # as whoever began it may
        with suppress(*FORESEEN), jobs.doing(store, number) as job:
            job.note("reading", 0, 0)
            if kind == jobs.UPDATE:
                linked = update_store(store, job.note, quick=True)  # there in seconds, for whoever waits
                if linked.provisional:
                    linked = update_store(store, job.note)
            else:
                linked = link_store(store, choices_of(store.latest_run()), job.note)
            job.run = linked.run.id if linked.run else None


if __name__ == "__main__":
    if hasattr(os, "nice"):
        os.nice(5)  # the pages stay quick while it works
    work(int(sys.argv[1]), sys.argv[2], sys.argv[3])
