"""Reports and results kept: SQLite by default, PostgreSQL by URL."""

from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent
from linkage.store.accounts import Account, ChangedMeanwhileError, Draft, Session
from linkage.store.audit import AuditEntry
from linkage.store.connect import DEFAULT_URL, StoreError
from linkage.store.erasing import Erased, NotThereError
from linkage.store.imports import ImportResult
from linkage.store.runs import Found, Member, Overlap, Pair, Run, Series
from linkage.store.searches import SavedSearch, drop_search, record_search, save_search, saved_searches
from linkage.store.store import ReportTakenError, Store, store_url
from linkage.store.verify import Fault

__all__ = [
    "DEFAULT_URL",
    "Account",
    "AuditEntry",
    "ChangedMeanwhileError",
    "Decision",
    "Draft",
    "Erased",
    "Fault",
    "Found",
    "ImportResult",
    "Member",
    "NotThereError",
    "Overlap",
    "Pair",
    "ReportTakenError",
    "Run",
    "SavedSearch",
    "Series",
    "SeriesEvent",
    "Session",
    "Store",
    "StoreError",
    "drop_search",
    "record_search",
    "save_search",
    "saved_searches",
    "store_url",
]
