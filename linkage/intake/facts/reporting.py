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
    return "|".join(words).replace(" ", r"\s+")


_TELLS_BODY = (
    rf"(?:{_any('verbs')})\s+(?:the\s+|my\s+|her\s+|our\s+|a\s+|in\s+)?(?:local\s+)?(?:{_any('bodies')})"
    rf"|(?:she|they|i|we|caller|worker|woman|victim|lady|friend|receptionist|manager|mother)\s+(?:then\s+|later\s+)?(?:{_any('verbs')})\s+us"
)
_CALLED = rf"(?:{_TELLS_BODY}|{_any('called')})"
_REPORTED = rf"(?:{_any('reports', 'published', 'police_work', 'birth', 'opening', 'other_incident')})"
# another clause begins: its time is what was reported ("told police she was attacked at 2am")
_NEW_CLAUSE = (
    r"\b(?:that|how|she|he|they|i|who|after|when|because|following|where|which|attack(?:ed)?|assault(?:ed)?|rap(?:e|ed)|"
    r"robb(?:ed|ery)|approached|happened|occurred|took\s+place|incident|booked|since|while|of\s+an?|"
    r"(?:a|the)\s+(?:wo)?man|being|was|were|had|has)\b"
)
_STOP = r"[!?;\n]|\.(?![0-9])(?!\s[0-9]{2})"
_GAP = rf"(?:(?!{_NEW_CLAUSE}|{_STOP}).){{0,{_REACH}}}$"
_CALL_BEFORE = compiled(rf"\b{_CALLED}\b{_GAP}")
_REPORT_BEFORE = compiled(rf"(?:\b|^){_REPORTED}(?!\w){_GAP}")
_SAID_DAY = (
    r"(?:[\s,]*(?:on\s+|the\s+)?(?:(?:mon|tues|wednes|thurs|fri|satur|sun)day|\d{1,2}(?:st|nd|rd|th)?|of|"
    r"jan\w*|feb\w*|mar\w*|apr\w*|may|june?|july?|aug\w*|sep\w*|oct\w*|nov\w*|dec\w*|20\d\d|"
    r"morning|evening|night|afternoon)){0,6}"
)
_BRIDGE = (
    rf"{_SAID_DAY}[\s,]*"
    r"(?:(?:the|that)\s+(?:next|following|same)\s+(?:day|morning|evening|night)[\s,]*|when\s+|-\s+)?"
)
_SUBJECT = r"(?:she|he|they|i|we|it|(?:the|a|her|my)\s+\w+)?\s*(?:then\s+|finally\s+|later\s+|was\s+|has\s+)?"
# "9.30pm, police called at 11pm": the words have a time of their own
_ITS_OWN_TIME = r"(?![^.!?;\n]{0,40}?\b(?:at|about|around|on|after|before)\s+(?:\w+\s+){0,2}?[0-9])"
_CALL_AFTER = compiled(rf"{_BRIDGE}(?:{_CALLED}|{_SUBJECT}(?:{_TELLS_BODY}))\b{_ITS_OWN_TIME}")
_REPORT_AFTER = compiled(
    rf"{_BRIDGE}{_SUBJECT}(?:(?:was\s+|were\s+|been\s+)?(?:{_any('reports', 'police_work', 'police_seek')})"
    r"|call(?:ed)?\s+101)\b"
    rf"{_ITS_OWN_TIME}(?!\s+(?:her|to\s+be|by\s+a\s+man))"
)
_NOTE_OPENS = compiled(rf"\W*(?:{_any('note_opening')})(?!\w)(?:(?!{_NEW_CLAUSE}|{_STOP}).){{0,{_REACH + 20}}}$")
_CLOCK = r"(?:[\s,(]*(?:at\s+|@\s*)?[0-9]{1,2}(?:[.:]?[0-9]{2})?\s?(?:am|pm|hrs?|hours|h)?\b)?"
_NOTE_AFTER = compiled(rf"{_SAID_DAY}{_CLOCK}[\s,:(-]*(?:an?\s+)?(?:{_any('note_behind')})\b")
_ON_AIR = compiled(r"(?:\W*\w+){0,6}\W*\bit(?:'s|\s+is)(?:\s+(?:now|just|nearly|coming\s+up\s+to))?\s+$")
"""Before the time at which a broadcast opens: "Good morning, it's eight o'clock"."""
_ON_AIR_ENDS = ("it's", "is", "now", "just", "nearly", "to")
"""The last words that `_ON_AIR` may end in, asked first: it looks at all ways to cut the words before into six."""
_INCIDENT_BEFORE = compiled(
    rf"(?<!similar )(?<!previous )(?<!earlier )(?<!another )(?<!reported )\b(?:{_any('incident_before')})\s*[:=-]?\s*"
    r"(?:(?:on|in|at|the|last|previous|preceding|following|about|around|sometime)\s+)*$"
)
_CONTACT_BEFORE = compiled(
    rf"\b(?:rang|phoned|telephoned|texted|called|messaged|emailed|contacted|got\s+in\s+touch)\b(?!\s+(?:round|in|at\s+the))"
    rf"(?:(?!{_NEW_CLAUSE}|{_STOP}|\bfor\b).){{0,40}}$"
)


def of_the_report(low: str, previous: int, start: int, end: int) -> str | None:
    """What the time at `low[start:end]` is, if it is not the incident's: "call" (somebody called for help, often at
    once), "note" (a project wrote it down, as a rule soon after) or "report" (of the report, the appeal, an arrest
    ...); else None. `low` is lower-case text; `previous` is the end of the time found before, which words of
    reporting do not reach across."""
    before = low[max(previous, start - _REACH - 60) : start]
    if of_the_incident(low, start):
        return None
    line = low.find("\n", end)
    line = line if line >= 0 else len(low)  # what another line of a form tells belongs to its own heading
    if (start < 2 * _REACH and _NOTE_OPENS.match(low, 0, start)) or _NOTE_AFTER.match(low, end):
        return "note"
    if _CALL_BEFORE.search(before) or _CALL_AFTER.match(low, end, line):
        return "call"
    if (
        (start < _REACH and low[:start].rstrip().endswith(_ON_AIR_ENDS) and _ON_AIR.match(low, 0, start))
        or _REPORT_BEFORE.search(before)
        or _REPORT_AFTER.match(low, end, line)
    ):
        return "report"
    return None


def of_the_incident(low: str, start: int) -> bool:
    """Whether the words before `start` say that the incident happened then: "it happened the previous ..."."""
    return _INCIDENT_BEFORE.search(low[max(0, start - _REACH) : start]) is not None


def of_the_contact(low: str, previous: int, start: int) -> bool:
    """Whether the time at `start` is when the reported person rang or wrote, before coming: "rang me about 4"."""
    return _CONTACT_BEFORE.search(low[max(previous, start - _REACH) : start]) is not None
