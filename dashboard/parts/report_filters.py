"""Which reports the list of reports shows, and in what order; the address says so too."""

from __future__ import annotations

from datetime import date

import streamlit as st

from dashboard.parts.chrome import as_written
from dashboard.parts.typed import remembered
from dashboard.store_snapshot import StoreSnapshot
from linkage.report import Report
from linkage.review.report_list import CONSENTS, ORDERS, ReportFilter, area_of, day_of, listed

ANY = "any"
IN_SERIES = {"in a series": True, "in no series": False}


def filtered(now: StoreSnapshot) -> list[Report]:
    """Draw the controls; the reports that they leave, in the order that is chosen."""
    reports = list(now.reports.values())
    first, second = st.columns(4), st.columns(3)
    areas = sorted({area for one in reports if (area := area_of(one))})
    kinds = sorted({one.report_type for one in reports if one.report_type})
    order = _choice(first[0], "Order", ORDERS, "reports_order")
    area = _choice(first[1], "Area", (ANY, *areas), "reports_area")
    kind = _choice(first[2], "Kind of report", (ANY, *kinds), "reports_kind")
    consent = _choice(first[3], "May go to", (ANY, *CONSENTS), "reports_consent")
    series = _choice(second[0], "Series", (ANY, *IN_SERIES), "reports_series")
    since = second[1].text_input(
        "Happened from (day, month or year)", key=remembered("reports_from"), bind="query-params"
    )
    until = second[2].text_input("Happened up to", key=remembered("reports_to"), bind="query-params")
    wanted = ReportFilter(
        area="" if area == ANY else area,
        kind="" if kind == ANY else kind,
        consent="" if consent == ANY else consent,
        in_series=IN_SERIES.get(series),
        first=_day(since, first=True),
        last=_day(until, first=False),
    )
    return listed(reports, wanted, {name for name, own in now.series_of.items() if own}, order)


def _choice(column: st.delta_generator.DeltaGenerator, label: str, options: tuple[str, ...], name: str) -> str:
    key = remembered(name)
    if st.session_state.get(key) not in (None, *options):
        del st.session_state[key]  # an area of another store, or an address that was written by hand
    chosen = column.selectbox(label, options, key=key, bind="query-params", format_func=_words)
    return str(chosen)


def _words(value: str) -> str:
    return "SCAS" if value == "scas" else value.replace("_", " ")


def _day(words: str, first: bool) -> date | None:
    try:
        return day_of(words, first)
    except ValueError as error:
        st.warning(as_written(f"{error}. It is passed over."))
        return None
