"""By which weights and base rates a strength was found, and how far another draw of the sampler would move it."""

from __future__ import annotations

import streamlit as st

from dashboard.queue import model_version
from dashboard.stamp import Stamp
from dashboard.store_snapshot import StoreSnapshot, opened, url
from linkage.store import carrying


def provenance(now: StoreSnapshot) -> None:
    """A line below the strengths of a page."""
    if now.run is not None:
        st.caption(" ".join(_words(now.stamp, now)))


@st.cache_resource(max_entries=2, show_spinner=False)
def _words(stamp: Stamp, _now: StoreSnapshot) -> list[str]:
    del stamp
    run = _now.run
    assert run is not None
    rates = carrying.base_rates_of(opened(url()), run.id)
    counted = int(run.record.get("counts", {}).get("incidents", 0))
    of = f"run {rates.run}, {rates.incidents:,} incidents" if rates else f"run {run.id}, {counted:,} incidents"
    words = [f"Weights: linkage {model_version(_now)}. Base rates: {of}."]
    changed = run.record.get("series", {}).get("changed_between_halves")
    if changed is not None:
        words.append(
            f"Of the reports with a likely partner {changed:.1%} have mostly other partners in one half of the "
            "sampler's chains than in the other: that is the doubt of its draws, over the whole run. How unsure base "
            "rates and elicited numbers are is not in it."
        )
    return words
