"""Puts what was read of one file into the store, as the command and the page do it."""

from __future__ import annotations

from linkage.intake.batch import Batch
from linkage.store.imports import ImportResult
from linkage.store.row_memory import RowMemory
from linkage.store.store import Store


def memory_of(store: Store, mask: bool) -> RowMemory:
    """What the store knows of rows that were read before; made anew for each file. Its `recall` goes to the readers,
    and itself to `keep_batch`."""
    return RowMemory(store.engine, mask)


def keep_batch(store: Store, batch: Batch, file: str, memory: RowMemory) -> tuple[ImportResult, list[str]]:
    """Keep the reports and refusals of a file; returns the counts and what is to be told of numbers. The batch then
    holds what was kept: with numbers that keep alerts apart, and without what was erased. `memory` is what the file
    was read with."""
    own = [report.report_id for report in batch.reports]
    batch.reports, notes = store.with_distinct_ids(batch, batch.made_ids)
    named = dict(zip(own, (report.report_id for report in batch.reports), strict=True))
    masked = {named[report]: words for report, words in batch.masked.items()}
    batch.reports, batch.rejects = store.without_erased(batch, file)
    memory.read = [(one, named[one.report_id]) for one in batch.readings]
    return store.import_batch(batch, file, masked, memory), notes
