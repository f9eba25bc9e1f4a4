"""How the evidence of a pair adds up: bars from the starting belief to the strength."""

from __future__ import annotations

from typing import Any

import altair as alt
import pandas as pd

from dashboard.parts.style import AGAINST, FOR, INK, LINE, NEUTRAL
from linkage.features.explanation import ContextPart, Explanation
from linkage.review.strength import counted, signed

BAR = 26
"""Pixels of each bar: below 24 labels are dropped."""
NARROW = 500
"""Pixels of room for the chart below which labels are cut at 150 in place of 340, so that the bars are seen: the
tables say all [G]."""
LEAST = 0.0005
MOST_BARS = 14
STRENGTH, ALONE, FINAL = "Strength", "The pair alone", "With all other reports"


def waterfall(explanation: Explanation) -> Any:
    """The chart: the starting belief, each comparison's weight with its sign, what they add up to, and what the other
    reports add to that, up to the final log odds."""
    frame = pd.DataFrame(steps(explanation))
    order = list(frame["label"])
    limit = alt.ExprRef(f"containerSize()[0] < {NARROW} ? 150 : 340")
    labels = alt.Axis(title=None, labelOverlap=False, labelLimit=limit, labelColor=INK, labelFontSize=12, ticks=False)
    y = alt.Y("label:N", sort=order, axis=labels)
    title = ["Strength so far (log10 odds)", "0 is even odds, right of it more likely than not"]
    axis = alt.Axis(title=title, titleAnchor="end", labelColor=INK, titleColor=INK, gridColor=LINE)
    x = alt.X("from:Q", axis=axis)
    colours = alt.Scale(domain=["for", "against", "total"], range=[FOR, AGAINST, NEUTRAL])
    bars = alt.Chart(frame).mark_bar(height=17, aria=False)
    bars = bars.encode(y=y, x=x, x2="to:Q", color=alt.Color("side:N", scale=colours, legend=None))
    words = alt.Chart(frame).mark_text(align="left", dx=5, color=INK, fontSize=12, aria=False)
    words = words.encode(y=y, x="right:Q", text="words:N")
    even = alt.Chart(pd.DataFrame({"x": [0.0]})).mark_rule(color=INK, strokeDash=[3, 3], aria=False).encode(x="x:Q")
    return alt.layer(even, bars, words).properties(height=BAR * len(frame)).configure_view(stroke=LINE)


def steps(explanation: Explanation) -> list[dict[str, Any]]:
    """The bars from top to bottom; the lightest comparisons are put together in one."""
    weighty = [part for part in explanation.parts if abs(part.weight) >= LEAST]
    weighty.sort(key=lambda part: -abs(part.weight))
    bars = [(part.label, part.weight) for part in weighty[:MOST_BARS]]
    rest = weighty[MOST_BARS:]
    if rest:
        bars.append((counted(len(rest), "lighter comparison"), sum(part.weight for part in rest)))
    rows = [_step("Starting belief", 0.0, explanation.prior, "total")]
    so_far = explanation.prior
    for label, weight in bars:
        rows.append(_step(label, so_far, weight, "for" if weight > 0 else "against"))
        so_far += weight
    if explanation.final is None:
        return [*rows, _step(STRENGTH, 0.0, explanation.strength, "total")]
    rows.append(_step(ALONE, 0.0, explanation.strength, "total"))
    so_far = explanation.strength
    for part in explanation.context:
        rows.append(_step(context_label(part), so_far, part.weight, "for" if part.weight > 0 else "against"))
        so_far += part.weight
    return [*rows, _step(FINAL, 0.0, explanation.final, "total")]


def context_label(part: ContextPart) -> str:
    """What a part of the context comes from, as it is read."""
    return (
        f"Report {part.label}" if len(part.reports) == 1 else f"Reports {part.label}" if part.reports else part.label
    )


def _step(label: str, start: float, size: float, side: str) -> dict[str, Any]:
    end = start + size
    return {"label": label, "from": start, "to": end, "right": max(start, end), "side": side, "words": signed(size)}
