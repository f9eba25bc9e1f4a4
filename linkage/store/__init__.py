"""Reports and results kept: SQLite by default, PostgreSQL by URL."""

from linkage.review.decision import Decision
from linkage.review.series_event import SeriesEvent
from linkage.store.accounts import Account, ChangedMeanwhileError, Draft, Session
from linkage.store.alert_record import Alert, AlertError, AlertEvent, AlertHistory, AlertState, Check, Fact
from linkage.store.alerts import keep_alert, read_alert, read_alerts, record_alert_event
from linkage.store.audit import AuditEntry
from linkage.store.connect import DEFAULT_URL, StoreError, store_url
from linkage.store.erasing import Erased, NotThereError
from linkage.store.hold_backs import HoldBack, HoldBackError, drop_hold_back, held_back, hold_back
from linkage.store.imports import ImportResult
from linkage.store.runs import Found, Member, Overlap, Pair, Run, Series
from linkage.store.searches import SavedSearch, drop_search, record_search, save_search, saved_searches
from linkage.store.store import ReportTakenError, Store
from linkage.store.verify import Fault

__all__ = [
    "DEFAULT_URL",
    "Account",
    "Alert",
    "AlertError",
    "AlertEvent",
    "AlertHistory",
    "AlertState",
    "AuditEntry",
    "ChangedMeanwhileError",
    "Check",
    "Decision",
    "Draft",
    "Erased",
    "Fact",
    "Fault",
    "Found",
    "HoldBack",
    "HoldBackError",
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
    "drop_hold_back",
    "drop_search",
    "held_back",
    "hold_back",
    "keep_alert",
    "read_alert",
    "read_alerts",
    "record_alert_event",
    "record_search",
    "save_search",
    "saved_searches",
    "store_url",
]
