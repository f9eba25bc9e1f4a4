"""The evidence of a pair side by side: a table, and what speaks for and against it."""

from __future__ import annotations

from dataclasses import replace
from html import escape

import streamlit as st

from dashboard.parts.chrome import identifiers_shown, shown
from dashboard.parts.tables import (
    Cell,
    Head,
    Lines,
    Link,
    Noted,
    Number,
    Quiet,
    Says,
    Wide,
    report_link,
    sourced,
    table,
)
from dashboard.parts.waterfall import context_label
from linkage.features.explanation import EvidencePart, Explanation, Told
from linkage.features.identifier import IDENTIFIERS
from linkage.review.attribution_words import accounts_words, whose
from linkage.review.closed_narrative import NARRATIVE, closed
from linkage.review.quick_find import masked
from linkage.review.strength import (
    NOT_KNOWN,
    NOT_MENTIONED,
    SIGNS,
    SILENCE,
    counted,
    gave_a_value,
    percent,
    side_of,
    sides,
    signed,
    strength_words,
    without,
)

COUNTED = 6
MASKED_PARTS = frozenset({"registration", *(kind.name for kind in IDENTIFIERS)})
"""Comparisons whose words are identifiers."""


def for_and_against(explanation: Explanation) -> None:
    """Two boxes of one size: what speaks for the pair, and what speaks against it."""
    found = sides(explanation)
    left, right = st.columns(2)
    for column, kind, side in ((left, "for", found.supports), (right, "against", found.against)):
        column.html(box(kind, [_line(part) for part in side]))


def box(kind: str, told: list[str]) -> str:
    """A box of the comparisons that speak "for" or "against", the heaviest first."""
    lines = "".join(f"<li>{escape(line)}</li>" for line in told[:COUNTED]) or "<li>nothing</li>"
    rest = f"<li>and {counted(len(told) - COUNTED, 'lighter one')}</li>" if len(told) > COUNTED else ""
    title = f"{kind.capitalize()}: {counted(len(told), 'comparison')}"
    return f'<div class="lk-box {kind}"><h3>{escape(title)}</h3><ul>{lines}{rest}</ul></div>'


def _line(part: EvidencePart) -> str:
    sign, why = _sign(part)
    return f"{sign} {part.label}, {', '.join(filter(None, (part.says, why)))} ({signed(part.weight)})"


def _sign(part: EvidencePart) -> tuple[str, str]:
    side, why = side_of(part.says, part.weight)
    return SIGNS.get(side, "?"), why


def evidence_table(explanation: Explanation) -> None:
    """Every comparison that weighs or that both reports give a value of: words, what it says, how rare, its weight;
    below it what is not mentioned with next to no weight, and what is not known."""
    found = sides(explanation)
    known = [*found.supports, *found.against, *found.neutral]
    heads: list[Head] = ["Comparison", *_sides(explanation), "Says", "How rare", "Weight"]
    note = (
        f"{accounts_words(explanation)} "
        f"Starting belief {signed(explanation.prior)} and all weights {signed(explanation.weight)} add "
        f"up to the strength {signed(explanation.strength)}. A weight is log10 of how much likelier both values are "
        "from one person."
    ).strip()
    if any(part.says == NOT_MENTIONED for part in known):
        note = f"{note} {SILENCE}"
    caption = "Evidence side by side: for the link, against it, and what weighs next to nothing"
    table(caption, heads, [_cells(part) for part in known], small=note)
    if found.silent:
        together = signed(sum(part.weight for part in found.silent))
        with st.expander(f"Not mentioned: {counted(len(found.silent), 'comparison')}, together {together}"):
            heads_silent = [*heads[:4], heads[5]]
            rows_silent = [_cells(part)[:4] + _cells(part)[5:] for part in found.silent]
            table("What one report or both do not mention", heads_silent, rows_silent, small=SILENCE)
    if found.unknown:
        rows: list[list[Cell]] = [
            [part.label, *_values(part), Says(NOT_KNOWN), Number("0.00")] for part in found.unknown
        ]
        with st.expander(f"Not known on one side or both: {counted(len(rows), 'comparison')}, no weight"):
            heads = ["Comparison", *_sides(explanation), "Says", "Weight"]
            table("What would be worth asking", heads, rows)


def context_table(explanation: Explanation) -> None:
    """The other reports and what each adds to the pair, up to its final log odds; the table twin of the second part
    of the waterfall."""
    if explanation.final is None:
        return
    heads = ["What adds to the pair", f"Tied to {explanation.report_a}", f"Tied to {explanation.report_b}", "Weight"]
    rows: list[list[Cell]] = [
        [
            Link(context_label(part), "report", (("id", part.reports[0]),)) if part.reports else context_label(part),
            *("" if tie is None else Number(strength_words(tie)) for tie in (part.with_a, part.with_b)),
            Number(signed(part.weight)),
        ]
        for part in explanation.context
    ]
    note = (
        f"The pair alone {signed(explanation.strength)} and these {signed(explanation.final - explanation.strength)} "
        f"add up to {signed(explanation.final)}: the log10 odds of {percent(explanation.together or 0.0)}. A report "
        "that is tied to both lends them its ties; one that is tied to one of them alone draws it away."
    )
    table(
        "What the other reports add, each as the mean over all orders in which they could come in",
        heads,
        rows,
        small=note,
    )


def side_by_side(explanation: Explanation) -> None:
    """Every comparison with both values known, in the order of the catalogue and without any weight: for deciding
    blindly. The sign goes by what the words say, not by the weight."""
    heads: list[Head] = ["Comparison", *_sides(explanation), "Says", "How rare"]
    rows: list[list[Cell]] = [
        [part.label, *_values(part), Says(part.says), Wide(_rarity(part))] for part in gave_a_value(explanation)
    ]
    small = f"{accounts_words(explanation)} In a fixed order. Weights are hidden.".strip()
    table("Side by side", heads, rows, small=small)
    _one_sided(explanation)
    unknown = [part.label.lower() for part in explanation.parts if part.says == NOT_KNOWN]
    if unknown:
        st.caption(f"Not known on one side or both: {', '.join(unknown)}.")


def _one_sided(explanation: Explanation) -> None:
    """What one report tells and the other does not mention, and what neither mentions, for deciding blindly."""
    heads: list[Head] = ["Comparison", *_sides(explanation)]
    rows: list[list[Cell]] = [
        [part.label, *_values(part)]
        for part in explanation.parts
        if part.says == NOT_MENTIONED and not _neither(part)
    ]
    if rows:
        table("Told by one, not mentioned by the other", heads, rows, small=SILENCE)
    neither = [part.label.lower() for part in explanation.parts if _neither(part)]
    if neither:
        st.caption(f"Not mentioned by either: {', '.join(neither)}.")


def _neither(part: EvidencePart) -> bool:
    return part.says == part.words_a == part.words_b == NOT_MENTIONED


def _sides(explanation: Explanation) -> list[Head]:
    """Heads of both sides: the report, which is linked where its incident has other accounts."""
    both = ((explanation.report_a, explanation.accounts_a), (explanation.report_b, explanation.accounts_b))
    return [
        Noted(report_link(name), f"one incident with {', '.join(one for one in accounts if one != name)}")
        if accounts
        else name
        for name, accounts in both
    ]


def _values(part: EvidencePart) -> list[Cell]:
    """Both sides of a comparison, each with the reports that it comes from where there are several accounts."""
    words_a, words_b = part_words(part)
    return [_value(part, words_a, part.words_a, part.told_a), _value(part, words_b, part.words_b, part.told_b)]


def _value(part: EvidencePart, drawn: str, words: str, told: tuple[Told, ...]) -> Cell:
    if not told:
        return Wide(drawn)
    found = whose(words, told)
    if part.name == NARRATIVE:  # it stays closed, so that there are no words to tell the accounts apart by
        found = [replace(one, words="") for one in found]
    return sourced(drawn, [replace(one, words=one.words and _safe(part, one.words)) for one in found])


def _cells(part: EvidencePart) -> list[Cell]:
    label = f"{part.label} (no weight by default)" if part.sensitive else part.label
    side, why = side_of(part.says, part.weight)
    says = Says(part.says, why, side=side)
    return [label, *_values(part), says, Wide(_rarity(part)), Number(signed(part.weight))]


def _rarity(part: EvidencePart) -> str:
    """How rare the shared value is; an identifier is not said whole unless asked for."""
    if part.name not in MASKED_PARTS or identifiers_shown():
        return part.rarity
    rarity = part.rarity
    for words in (*part.words_a.split("; "), *part.words_b.split("; ")):
        for value in {words, words.partition(":")[2]} - {"not known", ""}:
            rarity = rarity.replace(value, masked(value))
    return rarity


def rests_on(explanation: Explanation) -> str:
    """What would be left without each of the heaviest comparisons, in one line."""
    found = without(explanation)
    return "; ".join(f"without {part.label.lower()}: {strength_words(strength)}" for part, strength in found)


def reasons(parts: list[EvidencePart], most: int = 3) -> Lines:
    """The heaviest parts, each on a line with its sign, and how many more there are."""
    told = [f"{_sign(part)[0]} {part.label}{_aside(part)}" for part in parts[:most]]
    more = [f"and {len(parts) - most} more"] if len(parts) > most else []
    return Lines((*told, *more) or ("nothing",))


def apart(distance_km: float | None, days: float | None) -> Quiet:
    """How far apart two reports are, in place and in time; in one column, so that the table fits the page."""
    km = "distance not known" if distance_km is None else f"{distance_km:,.0f} km"
    return Quiet(km, "time not known" if days is None else counted(round(days), "day"))


def _aside(part: EvidencePart) -> str:
    """A few words on a comparison: how far apart for place and time, else the first report's words; why, where it
    speaks for the other side than it seems to."""
    if part.name in ("place", "gap"):
        return f": {brief(part.rarity.partition(';')[0])}"
    if part.says == NOT_MENTIONED:
        return f": {NOT_MENTIONED}"
    if why := _sign(part)[1]:
        return f": {part.says}, {why}"
    return "" if part.name == NARRATIVE else f": {brief(part_words(part)[0])}"


def part_words(part: EvidencePart) -> tuple[str, str]:
    """Both sides of a comparison in words, identifiers masked unless asked for."""
    return _safe(part, part.words_a), _safe(part, part.words_b)


def _safe(part: EvidencePart, words: str) -> str:
    """Words of a comparison as they may be shown: a narrative closed, identifiers masked unless asked for."""
    if part.name == NARRATIVE:
        return closed(words)
    return masked_words(words) if part.name in MASKED_PARTS else words


def masked_words(words: str) -> str:
    """A list of identifiers, each masked unless asked for; "not known" stays."""
    return words if words == "not known" else "; ".join(map(_masked_word, words.split("; ")))


def _masked_word(word: str) -> str:
    """One identifier; the kind before a colon stays."""
    kind, colon, value = word.partition(":")
    return f"{kind}: {shown(value)}" if colon and not value.startswith("//") else shown(word)


def brief(words: str, most: int = 44) -> str:
    """Words cut to a length at a space."""
    return words if len(words) <= most else words[:most].rsplit(" ", 1)[0] + " ..."
