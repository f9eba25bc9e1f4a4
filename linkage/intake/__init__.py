"""Files and words become reports: readers, extraction, normalising, places, same-incident proposals.

The public names are `read_reports`, `Batch`, `Reject`, `extract_report`, `extract_lines`, `split_alerts`,
`incidents`, `incident_of` and `IncidentRow`; they are loaded when first asked for, so that naming a module below
costs nothing.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from linkage.intake.assemble.extract import extract_report
    from linkage.intake.batch import Batch, read_reports
    from linkage.intake.incidents.proposals import IncidentRow, incident_of, incidents
    from linkage.intake.lines import extract_lines
    from linkage.intake.readers.alerts import split_alerts
    from linkage.intake.reject import Reject

__all__ = [
    "Batch",
    "IncidentRow",
    "Reject",
    "extract_lines",
    "extract_report",
    "incident_of",
    "incidents",
    "read_reports",
    "split_alerts",
]

_HOMES = {
    "Batch": "batch",
    "IncidentRow": "incidents.proposals",
    "Reject": "reject",
    "extract_lines": "lines",
    "extract_report": "assemble.extract",
    "incident_of": "incidents.proposals",
    "incidents": "incidents.proposals",
    "read_reports": "batch",
    "split_alerts": "readers.alerts",
}


def __getattr__(name: str) -> Any:
    if name not in _HOMES:
        raise AttributeError(f"module {__name__!r} has no attribute {name!r}")
    return getattr(import_module(f"{__name__}.{_HOMES[name]}"), name)
