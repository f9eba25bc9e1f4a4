"""Tells the moment somebody reported an incident from the moment of the incident."""

from __future__ import annotations

import re

_REACH = 60  # [G] characters between the verb of reporting and the time that belongs to it

_TOLD = (
    r"(?:(?:called|rang|rung|ring|phoned|telephoned|dialled|contacted|alerted|informed|told|notified|spoke\s+(?:to|with)|"
    r"went\s+to|emailed|texted|call(?:ed)?\s+to)\s+(?:the\s+|my\s+|her\s+|our\s+|a\s+)?(?:local\s+)?"
    r"(?:police|cops|999|101|ambulance|officers?|project|outreach|support\s+worker|helpline|hotline|crimestoppers)"
    r"|(?:police|ambulance|999|101)\s+(?:were|was|got|being)\s+(?:called|rung|phoned|told|informed|contacted|alerted)"
    r"|(?:police|ambulance)\s+(?:came|arrived|attended)"
    r"|reported(?!\s+(?:person|man|male))|report\s+(?:was\s+)?(?:made|taken|received|given|filed)|made\s+(?:a|the|her|his|their|this)\s+report"
    r"|(?:gave|made)\s+(?:a\s+|her\s+|his\s+|their\s+)?statement|call\s+to\s+(?:the\s+)?police|logged|^\W*(?:(?:outreach|case|contact|project|shift|visit)\s+)?(?:notes?|log|update)|date\s+of\s+report)"
)
_BEFORE = re.compile(rf"\b{_TOLD}\b[^.!?;\n]{{0,{_REACH}}}$")
_AFTER = re.compile(
    rf"[\s,]*(?:(?:the|that)\s+(?:next|following|same)\s+(?:day|morning|evening|night)[\s,]*|on\s+\w+\s+|when\s+)?"
    rf"(?:she|he|they|i|we|(?:the|a|her|my)\s+\w+)?\s*(?:then\s+|finally\s+|later\s+)?{_TOLD}\b"
)


def of_the_report(low: str, previous: int, start: int, end: int) -> bool:
    """Whether the time at `low[start:end]` is when it was reported. `low` is lower-case text; `previous` is the end
    of the time found before, which a verb of reporting does not reach across."""
    before = low[max(previous, start - _REACH - 40) : start]
    return _BEFORE.search(before) is not None or _AFTER.match(low, end) is not None
