"""One step in the history of a candidate series."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import Any


@dataclass(frozen=True, slots=True)
class SeriesEvent:
    """One step in a series' history: `event` says what happened, `detail` with what (plain JSON values).

    Of `detail`, `joined` and `left` list the reports that came and went, whatever the event; so the members at any
    step are what was added up to it. `decision` and `run` name what led to it. `id` and `at` are given by the store;
    `erased` is the tombstone of a report by which words were taken out of `detail`.
    """

    series_id: str
    event: str
    detail: dict[str, Any] = field(default_factory=dict)
    decision: int | None = None
    run: int | None = None
    who: str = ""
    id: int | None = None
    at: str | None = None
    erased: int | None = None
