"""Headings about consent: to whom a yes under them allows what, or why they cannot be read so."""

from __future__ import annotations

from functools import cache

from linkage.intake.columns.heading import headings, holds_any, words_of

CLOSED = "consent was not read, and the reports stay closed"


def about_consent(heading: str) -> bool:
    """Whether a heading asks for consent, or seems to."""
    words, cues = words_of(heading), headings()["consent"]
    plain, willing, share = (holds_any(words, cues[kind]) for kind in ("plain", "willing", "share"))
    to_somebody = bool(recipients(heading))
    return plain or (willing and (share or to_somebody)) or (share and to_somebody)


def recipients(heading: str) -> list[str]:
    """Whom a heading names as those who may be told: of police, scas and alert."""
    words = words_of(heading)
    return [kind for kind, names in headings()["consent"]["recipients"].items() if holds_any(words, names)]


def denies(heading: str) -> bool:
    """Whether a yes under a heading would be a no."""
    words = words_of(heading)
    return holds_any(words, headings()["consent"]["negated"]) or ("no" in words and "yes" not in words)


def consent_field(heading: str) -> tuple[str | None, str]:
    """The field of a heading about consent, or None and why it is not read."""
    words, cues = words_of(heading), headings()["consent"]
    found = recipients(heading)
    if denies(heading):
        return None, f"a yes under it may be a no; {CLOSED}; write a column in which yes allows it"
    if holds_any(words, cues["past"]) and not holds_any(words, cues["willing"]):
        return None, f"it seems to say what was done, not what is allowed; {CLOSED}"
    if len(found) != 1:
        named = "names nobody who may be told" if not found else f"names several ({', '.join(found)})"
        return None, f"it {named}; {CLOSED}; say which: consent.police, consent.alert or consent.scas"
    if not _all_cues().issuperset(words):
        return (
            None,
            f"it may ask for something else; {CLOSED}; if yes under it allows it, map it to consent.{found[0]}",
        )
    if found != ["alert"] and holds_any(words, cues["conditional"]):
        return None, f"it allows less than sharing the report as it is; {CLOSED}"
    return f"consent.{found[0]}", ""


@cache
def _all_cues() -> frozenset[str]:
    """Every word that belongs to a question for consent."""
    cues = headings()["consent"]
    phrases = [phrase for kind, phrases in cues.items() if kind != "recipients" for phrase in phrases]
    phrases += [phrase for phrases in cues["recipients"].values() for phrase in phrases]
    return frozenset(word for phrase in phrases for word in phrase.split())
