"""Figures: how the scheme works, with no single person in it."""

from __future__ import annotations

from collections.abc import Mapping

import streamlit as st

from dashboard import work
from dashboard.parts.tables import Cell, Number, table
from dashboard.store_snapshot import current_snapshot, opened, url
from linkage.sharing.monitoring import Days, figures
from linkage.sharing.suppression import LEAST, Count, shown

PATH = "figures"


def render() -> None:
    """Draw the page."""
    st.title("Figures")
    if why := work.refusal("look"):
        st.info(why)
        return
    found = figures(opened(url()), current_snapshot().reports.values())
    st.write(
        f"What came in, how long it took, what was decided and what went out. Counts from 1 to {LEAST - 1} are "
        "suppressed, and so is another where the total would tell one."
    )
    st.markdown(", ".join(f"**{shown(count)}** {name}" for name, count in found.totals.items()))
    _days(found.days)
    left, right = st.columns(2)
    for number, (name, counts) in enumerate(found.tables.items()):
        with (left, right)[number % 2]:
            _counts(name, counts)


def _counts(name: str, counts: Mapping[str, Count]) -> None:
    rows = [(label.replace("_", " "), Number(shown(count))) for label, count in sorted(counts.items())]
    if rows:
        table(name.capitalize(), ["What", "Count"], rows)
    else:
        st.caption(f"{name.capitalize()}: none yet")


def _days(spans: Mapping[str, Days]) -> None:
    rows: list[tuple[Cell, ...]] = [
        (
            name.capitalize(),
            Number(shown(days.n)),
            *(Number("" if value is None else f"{value:g}") for value in _quartiles(days)),
        )
        for name, days in spans.items()
    ]
    heads = ["From a report to its", "Reports", "A quarter within", "Half within", "Three quarters within"]
    table("Days it took", heads, rows)


def _quartiles(days: Days) -> tuple[float | None, float | None, float | None]:
    return days.quarter, days.half, days.three_quarters
