"""Why two reports may tell of one incident, in words that name no plate, number or account."""

from __future__ import annotations

from collections.abc import Iterable

from rapidfuzz import fuzz

from linkage.geography import geodesic_km
from linkage.intake.incidents.candidates import particulars
from linkage.report import Report
from linkage.review.facts import label_of
from linkage.review.summary import date_words

TELLING = 40
"""Characters from which the very same text is told [G]: shorter ones are the same by chance."""

MOST = 6
"""Shared particulars that are named [G]."""

_ALIKE = 90.0
"""rapidfuzz ratio from which two texts or utterances are said to be nearly the same [G]."""

_VOCABULARIES = {"did": "behaviours", "weapon": "weapons", "contact": "contact_methods", "venue": "venues"}
_MASKED = {
    "plate": "the same registration", "phone": "the same phone number", "email": "the same e-mail address",
    "username": "the same username", "website": "the same website", "other": "the same contact detail",
}  # fmt: skip


def same_text(report: Report, held: Iterable[Report]) -> list[str]:
    """Ids of reports whose narrative is word for word that of this one, but for case and spaces."""
    own = plain(report.narrative)
    if len(own) < TELLING:
        return []
    return sorted(one.report_id for one in held if plain(one.narrative) == own)


def texts_of(held: Iterable[Report]) -> dict[str, list[str]]:
    """Ids of reports by their narrative as it is compared, of those that are long enough to tell."""
    found: dict[str, list[str]] = {}
    for one in held:
        if len(text := plain(one.narrative)) >= TELLING:
            found.setdefault(text, []).append(one.report_id)
    return {text: sorted(names) for text, names in found.items()}


def plain(text: str | None) -> str:
    """A text in the form in which it is compared word for word."""
    return " ".join((text or "").casefold().split())


def same_incident_words(one: Report, other: Report) -> tuple[str, ...]:
    """What two reports share of one occasion: text, words said, day, place, and particulars."""
    told: list[str] = []
    texts = plain(one.narrative), plain(other.narrative)
    if min(map(len, texts)) >= TELLING:
        if texts[0] == texts[1]:
            told.append("the very same text")
        elif fuzz.ratio(*texts, score_cutoff=_ALIKE):
            told.append("nearly the same text")
    if any(fuzz.ratio(a.lower(), b.lower()) >= _ALIKE for a in one.speech for b in other.speech):
        told.append("the same words said")
    days = one.occurred.days, other.occurred.days
    if days[0] and days[1] and days[0][0] <= days[1][1] and days[1][0] <= days[0][1]:
        told.append(f"the same day ({date_words(other)})")
    a, b = one.place, other.place
    if a.lat is not None and a.lon is not None and b.lat is not None and b.lon is not None:
        told.append(f"places about {geodesic_km(a.lat, a.lon, b.lat, b.lon):.0f} km apart")
    theirs = set(particulars(other))
    # what was done is shared by many; plates, marks and clothes come first
    shared = sorted((item for item in particulars(one) if item in theirs), key=lambda item: item.startswith("did "))
    return (*told, *list(dict.fromkeys(map(_words, shared)))[:MOST])


def _words(particular: str) -> str:
    kind, _, value = particular.partition(" ")
    if kind in _MASKED:
        return _MASKED[kind]
    name = label_of(_VOCABULARIES[kind], value) if kind in _VOCABULARIES else value
    return f"both: {name}"
