"""Reports and results kept: SQLite by default, PostgreSQL by URL."""

from linkage.store.connect import DEFAULT_URL, StoreError
from linkage.store.decisions import Decision
from linkage.store.imports import ImportResult
from linkage.store.runs import Found, Member, Overlap, Pair, Run, Series
from linkage.store.store import ReportTakenError, Store, store_url

__all__ = [
    "DEFAULT_URL",
    "Decision",
    "Found",
    "ImportResult",
    "Member",
    "Overlap",
    "Pair",
    "ReportTakenError",
    "Run",
    "Series",
    "Store",
    "StoreError",
    "store_url",
]
