"""Whose number, address or account is spoken of: the reported person's, or one to call."""

from __future__ import annotations

from linkage.intake.document.context_phrases import cue
from linkage.intake.document.document import Document
from linkage.intake.patterns import compiled

_FREEPHONE = compiled(r"\+?0?8(?:00|08)\b|0800|0808|03\d\d|101\b|999\b|111\b")
"""Numbers of services: nobody books with one."""
_ASKED_TO_RING = compiled(
    r"(?:\b(?:him|her|them|anything|information|details|help|witness(?:es)?|approach|you|anonymously|"
    r"confidence)\s*[:;,–—-]\s*|"
    r"\b(?:do\s+not|don't)\s+approach\b[^.!?]{0,25}|\b(?:anonymously|in confidence|free|information|seen|know|"
    r"recognise\w*)\b[^.!?]{0,30}?)"
    r"(?:please\s+)?(?:\b(?:ring|call|phone|contact|dial|text|tell|on)\b)[^.!?\d]{0,30}$"
)
"""Before a number that readers are asked to ring: "do not approach him: ring ...", "anonymously on ..."."""


_ASKED = compiled(r"\b(?:crimestoppers|helpline|on 101)\b")
_BY_WHICH = compiled(r"\b(?:from|using|with|number)\b")
_BACK = 120
"""Characters before a number in which it is told whose it is [G]."""


def is_reported(document: Document, start: int) -> bool:
    """Whether the phone number, address or name of an account at a character is used by the reported person."""
    opens = document.sentences[document.sentence_at(start)]
    before = document.low[max(opens, start - _BACK) : start]
    if _FREEPHONE.match(document.low, start) or _ASKED_TO_RING.search(before):
        return False
    if cue("his_call").search(before) and _BY_WHICH.search(before):
        return _ASKED.search(before) is None
    return cue("own_number").search(before) is None and cue("to_call").search(before) is None
