"""What a decision rested on: the evidence as it was shown, kept with the decision so that it can be opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import asdict, replace
from typing import Any

from linkage.features.explanation import Explanation
from linkage.models.membership import MembershipExplanation
from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.parting import Parting
from linkage.review.strength import strength_word

Shown = Explanation | MembershipExplanation | Parting
"""What may be kept with a decision: a pair, a report's place in a series, or two groups of reports."""


def features_hash(decision: Decision, reports: Mapping[str, Report]) -> str:
    """SHA-256 over the content of every report that is decided on, in order of their ids."""
    content = [reports[one].to_json() for one in sorted(decision.reports) if one in reports]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def model_version(record: Mapping[str, Any] | None, run: int | None) -> str:
    """The program and the run whose weights a decision was taken by."""
    return "no run" if run is None else f"{(record or {}).get('version', 'unknown')}, run {run}"


def snapshot(shown: Shown) -> dict[str, Any]:
    """Evidence as plain values, in the form in which the audit page opens it again."""
    return asdict(shown)


def with_evidence(
    decision: Decision, reports: Mapping[str, Report], shown: Shown | None, version: str | None
) -> Decision:
    """The decision with what it rested on: evidence, its strength (log10 odds) and word, the model's version, and a
    fingerprint of the reports."""
    score = None if shown is None else shown.strength
    return replace(
        decision,
        score=score,
        band=None if score is None else strength_word(score),
        model_version=version,
        features_hash=features_hash(decision, reports),
        evidence_snapshot=None if shown is None else snapshot(shown),
    )
