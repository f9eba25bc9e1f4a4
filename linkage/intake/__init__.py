"""Files and words become reports: readers, extraction, normalising, places, same-incident proposals.

The public names are loaded when first asked for, so that naming a module below costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkage.intake.assemble.extract import extract_report
    from linkage.intake.batch import Batch, read_reports
    from linkage.intake.lines import extract_lines
    from linkage.intake.reject import Reject

__all__ = ["Batch", "Reject", "extract_lines", "extract_report", "read_reports"]

_HOMES = {
    "Batch": "batch",
    "Reject": "reject",
    "extract_lines": "lines",
    "extract_report": "assemble.extract",
    "read_reports": "batch",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
