"""How an incident came about: the way of contact, the kind of place and weapons, as the rules found them and the
words of the whole text judge them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from linkage.intake.assemble.setting import keep
from linkage.intake.document.document import Document
from linkage.intake.finding import SURE, Finding
from linkage.intake.judge.overall import CONTACT, NONE, VENUE, WEAPONS, Judgement, Read, learned, usable
from linkage.intake.judge.weapons import find_weapons
from linkage.intake.values.circumstances import find
from linkage.report import Report

SHORT = 50
"""Words below which the rules decide [G]: few texts that were learned from are shorter."""

GIVEN = {WEAPONS: 0.5, VENUE: 0.35, CONTACT: 0.35}
"""Chance from which a value is given that the rules did not find, or did not choose [G]; F1 of authors left out of
the learning is flat around it (docs/decisions/0019)."""

STAYS = {WEAPONS: 0.03}
"""Chance from which a value stays that the rules found [G]; chosen likewise."""

_PLAINLY, _NEARLY = 0.85, 0.8
"""Confidence of a phrase for a kind of place or a way of contact, and share of the likeliest's chance, from which it
stays [G]: one that a text says outright is not given up for one that its words hardly favour."""

_ON_FOOT, _STREET = "kerb_on_foot", "street"


def read_circumstances(report: Report, document: Document, happened: Sequence[str]) -> list[Finding]:
    """Fill `contact.method` and `place.venue` of `report` where its fields do not say; returns the weapons of a text
    as all its words judge them. `happened` are its behaviours."""
    text = document.text
    hows, wheres = find("contact_methods", text), find("venues", text)
    armed = [one for one in find_weapons(text) if not one.negated and one.confidence >= SURE]
    how, where = _surest(hows), _surest(wheres)
    if where is None and how is not None and how.value == _ON_FOOT:
        where = replace(how, value=_STREET)  # who was approached on foot was approached in the street
    if len(text.split()) >= SHORT:
        weapons = [str(one.value) for one in armed]
        read = Read(tuple(happened), weapons, _value(where), _value(how), usable(wheres), usable(hows))
        judged = Judgement(learned(), document, read)
        how, where = _one_of(judged, CONTACT, how, hows), _one_of(judged, VENUE, where, wheres)
        armed = _several(judged, WEAPONS, armed)
    if report.contact.method is None and how is not None:
        report.contact.method = str(how.value)
        keep(report.contact, "method", how, text)
    if report.place.venue is None and where is not None:
        report.place.venue = str(where.value)
        keep(report.place, "venue", where, text)
    return armed


def _value(chosen: Finding | None) -> str | None:
    return None if chosen is None else str(chosen.value)


def _surest(found: Sequence[Finding]) -> Finding | None:
    sure = [f for f in found if not f.negated and f.confidence >= SURE]
    return max(sure, key=lambda f: (f.confidence, -f.start), default=None)


def _one_of(judged: Judgement, family: str, chosen: Finding | None, found: Sequence[Finding]) -> Finding | None:
    """The likeliest value, at the rules' surest words for it where they have any."""
    chances = judged.chances(family)
    if chosen is not None and str(chosen.value) not in chances:
        return chosen  # too rare to be learned
    best = max(chances, key=chances.__getitem__)
    if chosen is not None and chosen.confidence >= _PLAINLY and chances[str(chosen.value)] >= _NEARLY * chances[best]:
        return chosen
    if best == NONE or chances[best] < GIVEN[family]:
        return None
    if chosen is not None and chosen.value == best:
        return chosen
    here = [one for one in found if one.value == best and not one.negated]
    return max(here, key=lambda one: one.confidence, default=None) or judged.finding(family, best, chances[best])


def _several(judged: Judgement, family: str, told: list[Finding]) -> list[Finding]:
    """`told` without what is unlikely, and with what is likely though no phrase told or denied it."""
    chances = judged.chances(family)
    sure = [f for f in told if f.negated or chances.get(str(f.value), 1.0) >= STAYS[family]]
    known = {str(one.value) for one in told}
    likely = [key for key, chance in chances.items() if chance >= GIVEN[family] and key not in known]
    added = [one for key in likely if (one := judged.finding(family, key, chances[key])) is not None]
    return sorted([*sure, *added], key=lambda one: (one.start, one.end, str(one.value)))
