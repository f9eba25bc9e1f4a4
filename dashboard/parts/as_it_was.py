"""A decision as it stood on the screen when it was taken, built anew from what was kept with it."""

from __future__ import annotations

from typing import Any

import streamlit as st
from pydantic import TypeAdapter, ValidationError

from dashboard.parts.chrome import as_written, facts, identifiers_switch, key_to_signs, links_line
from dashboard.parts.evidence import box, context_table, evidence_table, for_and_against
from dashboard.parts.tables import Link
from dashboard.parts.waterfall import waterfall
from dashboard.parts.whole import for_and_against_parts, place_in_series
from dashboard.queue import blind
from dashboard.store_snapshot import current_snapshot
from linkage.features.explanation import Explanation
from linkage.models.membership import MembershipExplanation
from linkage.review.audit_words import judged_words
from linkage.review.decision import Decision
from linkage.review.parting import Parting, parting_words
from linkage.review.strength import signed
from linkage.store import Store

SHAPES: tuple[TypeAdapter[Any], ...] = (
    TypeAdapter(Explanation),
    TypeAdapter(MembershipExplanation),
    TypeAdapter(Parting),
)
"""What may be kept with a decision: a pair, a report's place in a series, or two groups of reports."""


def as_it_was(number: str, store: Store) -> None:
    """Draw a decision with the evidence as it was; `number` is what the address names."""
    links_line([Link("Audit", "audit")])
    found = next((one for one in store.decisions() if str(one.id) == number), None)
    if found is None:
        st.title("A decision")
        st.info(f"There is no decision {as_written(number)}.")
        return
    waits = blind(current_snapshot())
    if not waits.shown([found]):
        st.title("A decision")
        st.info(as_written(waits.refusal(found.question)))
        return
    st.title(f"Decision {found.id}, as it was")
    _head(found)
    identifiers_switch()
    _evidence(found)


def _head(found: Decision) -> None:
    score = "none" if found.score is None else f"{found.band or ''} {signed(found.score)}".strip()
    facts(
        [
            ("judgement", judged_words(found.kind, found.judgement)),
            ("about", f"{found.left} and {found.right}"),
            ("by", found.analyst),
            ("when", (found.at or "")[:16].replace("T", " ") + " UTC"),
            ("score at the time", score + (", hidden" if found.blind else "")),
            ("weights", found.model_version or "not kept"),
        ]
    )
    st.write("**Cited by who decided:**")
    left, right = st.columns(2)
    left.html(box("for", list(found.reasons_for)))
    right.html(box("against", list(found.reasons_against)))
    if found.note:
        st.write(f"Note: {as_written(found.note)}")
    asked = (found.evidence_snapshot or {}).get("asked")
    if asked:
        st.write(f"To be found out: {as_written(', '.join(map(str, asked)))}")


def _evidence(found: Decision) -> None:
    """The evidence that was on the screen."""
    st.header("What was on the screen")
    plain = found.evidence_snapshot or {}
    if not plain.keys() - {"made_at"}:
        st.info("No evidence was kept with this decision: it was taken elsewhere, or what it showed was erased.")
        return
    plain = plain.get("evidence", plain)  # as the command line kept pairs before it kept what the pages do
    for shape in SHAPES:
        try:
            kept = shape.validate_python(plain)
        except ValidationError:
            continue
        _draw(kept)
        return
    st.info("What was on the screen was kept in a form that this version does not read.")


def _draw(kept: Any) -> None:
    if isinstance(kept, Explanation):
        for_and_against(kept)
        key_to_signs()
        evidence_table(kept)
        st.header("How it added up")
        with st.container(key="waterfall"):
            st.altair_chart(waterfall(kept), theme=None, alt="Bars of the weights; the tables here say the same")
        context_table(kept)
    elif isinstance(kept, MembershipExplanation):
        place_in_series(kept)
    else:
        st.write(as_written(parting_words(kept)))
        for_and_against_parts(kept.parts)
