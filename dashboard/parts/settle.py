"""The question that would settle a pair, and what the pair would be without each group of evidence."""

from __future__ import annotations

from collections.abc import Sequence

import streamlit as st

from dashboard.parts.chrome import as_written
from dashboard.parts.tables import Cell, Number, table
from linkage.features.explanation import Explanation
from linkage.review.question import Question, without_groups
from linkage.review.strength import counted, signed, strength_words

GROUPS = 6


def settle(explanation: Explanation, found: Sequence[Question]) -> None:
    """The first question in a sentence, the others in a table beside what is left without each group."""
    st.header("What would settle it")
    if not found:
        st.write("No answer to what is missing could move this pair far.")
    else:
        turns = "an answer could turn the pair" if found[0].settles else "no answer would turn the pair by itself"
        st.write(f"**Ask first:** {as_written(found[0].words)}; {turns}.")
    left, right = st.columns(2)
    with left:
        rows: list[list[Cell]] = [
            [one.label, ", ".join(one.reports), Number(f"{signed(one.worst, 1)} to {signed(one.best, 1)}")]
            for one in found
        ]
        note = "The strength of the pair after the least and the most favourable answer (log10 odds)."
        if rows:
            table("Worth asking", ["Item", "Not told in", "Could come to"], rows, small=note)
    with right:
        groups = without_groups(explanation)
        more = f"; {counted(len(groups) - GROUPS, 'lighter group')} not shown" if len(groups) > GROUPS else ""
        rows = [
            [", ".join(one.labels), Number(signed(one.weight)), strength_words(one.strength)]
            for one in groups[:GROUPS]
        ]
        table(
            "Without a group of evidence",
            ["Group", "Weight", "Left without it"],
            rows,
            small=f"Heaviest first{more}.",
        )
