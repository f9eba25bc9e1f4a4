"""What can be chosen when a report is entered, in words, each with the word that the intake reads."""

from __future__ import annotations

import re

from linkage.features.behaviour import DOMAINS, OTHER
from linkage.report import Report
from linkage.review.draft import PERSON, VEHICLE
from linkage.vocabulary import load

GRADES = {"evaluation": "Source", "assessment": "Information", "handling": "Handling"}
"""The three gradings of a report (3x5x2)."""

_COUNTED = {"suspects": ("Reported person", PERSON), "vehicles": ("Vehicle", VEHICLE)}
_PATH = re.compile(r"^(suspects|vehicles)\.(\d+)(?:\.(\w+))?: ")
_PLAIN = {"occurred": "When it happened", "behaviours": "What happened", "place": "Where it happened"}


def labels(vocabulary: str) -> dict[str, str]:
    """Words -> key of a vocabulary's entries, in file order."""
    return {entry.label.capitalize(): key for key, entry in load(vocabulary).entries.items()}


def grades(name: str) -> dict[str, str]:
    """Words -> grade of one of `GRADES`, as "B: known indirectly but corroborated"."""
    found = [entry for entry in load("source_grades").entries.values() if entry.data["grade"] == name]
    keys = [str(entry.data.get("key", entry.key)) for entry in found]
    return {f"{key}: {entry.label}": key for key, entry in zip(keys, found, strict=True)}


def behaviours() -> dict[str, str]:
    """Words with their group -> key of every behaviour, as "Weapon use: shows a weapon"; sorted."""
    entries = load("behaviours").entries.items()
    found = {f"{_group(str(entry.data['domain']))}: {entry.label}": key for key, entry in entries}
    return dict(sorted(found.items()))


def silent_groups(report: Report) -> list[str]:
    """Groups of behaviours of which a report tells nothing, neither that something happened nor that it did not."""
    known = load("behaviours").entries
    told = {*report.behaviours.present, *report.behaviours.absent} & known.keys()
    domains = {str(known[key].data["domain"]) for key in told}
    return [label for domain, label in DOMAINS.items() if domain not in domains and domain != OTHER]


def warning_words(warning: str) -> str:
    """A contradiction that was noticed while reading, with what it is about in words."""
    found = _PATH.match(warning)
    if found is None:
        about, colon, rest = warning.partition(": ")
        return f"{_PLAIN[about]}: {rest}" if colon and about in _PLAIN else warning
    label, fields = _COUNTED[found[1]]
    of = fields.get(found[3] or "", "")
    return f"{label} {found[2]}{f', {of.lower()}' if of else ''}: {warning[found.end() :]}"


def _group(domain: str) -> str:
    return DOMAINS.get(domain, DOMAINS[OTHER])
