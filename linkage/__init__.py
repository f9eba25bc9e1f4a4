"""Linkage analysis for offender matching: reports become evidence, evidence becomes suggested links and series."""

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkage.intake import extract_report, read_reports
    from linkage.linker import Linker
    from linkage.linker_settings import Settings
    from linkage.report import Report

__all__ = ["Linker", "Report", "Settings", "extract_report", "read_reports"]

_ROOMS = {
    "Linker": "linkage.linker",
    "Report": "linkage.report",
    "Settings": "linkage.linker_settings",
    "extract_report": "linkage.intake",
    "read_reports": "linkage.intake",
}


def __getattr__(name: str) -> Any:
    """Public names are imported when first used, so that `linkage --help` answers at once."""
    if name not in _ROOMS:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(_ROOMS[name]), name)
