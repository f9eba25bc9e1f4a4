"""Tells the moment of a report, of a call to the police or of what they did later from the moment of the incident.

"Police were called at 3.15", "reported at 9am", "appeal issued on Monday 3 May", "note written at 4pm", "arrested on
the 6th", "lines are open 9am to 5pm": none of these is when it happened.
"""

from __future__ import annotations

from linkage.intake.patterns import compiled
from linkage.vocabulary.loader import load

_REACH = 60  # [G] characters between the words of reporting and the time that belongs to it


def _any(*keys: str) -> str:
    """One pattern for the words of some entries of `reporting_words.toml`; any white space parts them."""
    words = [word for key in keys for word in load("reporting_words").entries[key].synonyms]
    return f"(?:{'|'.join(words)})".replace(" ", r"\s+")


_GAP = rf"(?:(?!\b{_any('new_clause')}\b|[!?;\n]|\.(?![0-9])(?!\s[0-9]{{2}})).)"
_CALL = rf"\b(?:{_any('tells')}\s+{_any('bodies')}|{_any('tells_us')}|{_any('called')})\b"
_CALL_AFTER = compiled(rf"[\s,]+(?:(?:she|he|they|i|we|(?:the|a|her|my)\s+\w+)\s+(?:then\s+|later\s+)?)?{_CALL}")
_BEFORE = {
    "call": compiled(rf"{_CALL}{_GAP}{{0,{_REACH}}}$"),
    "report": compiled(
        rf"(?:\b|^){_any('reports', 'published', 'police_work', 'birth', 'opening', 'other_incident')}(?!\w)"
        rf"{_GAP}{{0,{_REACH}}}$"
    ),
}
_NOTE_OPENS = compiled(rf"\W*{_any('note_opening')}(?!\w){_GAP}{{0,{_REACH + 20}}}$")
_NOTE_AFTER = compiled(rf"(?:[\s,:(-]+{_any('day_or_hour')})*[\s,:(-]*(?:an?\s+)?{_any('note_behind')}\b")
_INCIDENT_BEFORE = compiled(
    rf"(?<!similar )(?<!previous )(?<!earlier )(?<!another )(?<!reported )\b{_any('incident_before')}\s*[:=-]?\s*"
    r"(?:(?:on|in|at|the|last|previous|preceding|following|about|around|sometime)\s+)*$"
)


def of_the_report(low: str, previous: int, start: int, end: int) -> str | None:
    """What the time at `low[start:end]` is, if it is not the incident's: "call" (somebody called for help, often at
    once), "note" (a project wrote it down, as a rule soon after) or "report" (of the report, the appeal, an arrest
    ...); else None. `low` is lower-case text; `previous` is the end of the time found before, which words of
    reporting do not reach across."""
    if of_the_incident(low, start):
        return None
    if (start < 2 * _REACH and _NOTE_OPENS.match(low, 0, start)) or _NOTE_AFTER.match(low, end):
        return "note"
    before = low[max(previous, start - _REACH - 60) : start]
    if _CALL_AFTER.match(low, end):
        return "call"
    return next((what for what, words in _BEFORE.items() if words.search(before)), None)


def of_the_incident(low: str, start: int) -> bool:
    """Whether the words before `start` say that the incident happened then: "it happened the previous ..."."""
    return _INCIDENT_BEFORE.search(low[max(0, start - _REACH) : start]) is not None
