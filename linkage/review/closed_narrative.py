"""Narratives stay closed wherever evidence is shown: one opens on its report's page, by one deliberate action that
the audit keeps."""

from __future__ import annotations

from dataclasses import replace

from linkage.features.explanation import EvidencePart, Explanation, Told

NARRATIVE, LABEL = "narrative", "Narrative"
"""Name of the comparison of narratives, and its label, as reasons of a search have it."""
CLOSED = "narrative (closed; see the report)"
_UNKNOWN = "not known"


def closed(words: str) -> str:
    """What stands for the words of a narrative."""
    return words if words == _UNKNOWN else CLOSED


def closed_explanation(found: Explanation) -> Explanation:
    """The evidence on a pair without the words of its narratives."""
    return replace(found, parts=[_closed_part(part) if part.name == NARRATIVE else part for part in found.parts])


def _closed_part(part: EvidencePart) -> EvidencePart:
    return replace(
        part,
        words_a=closed(part.words_a),
        words_b=closed(part.words_b),
        told_a=_closed_accounts(part.told_a),
        told_b=_closed_accounts(part.told_b),
    )


def _closed_accounts(told: tuple[Told, ...]) -> tuple[Told, ...]:
    return tuple(replace(one, words=closed(one.words)) for one in told)
