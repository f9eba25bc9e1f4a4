"""What a decision rested on: the evidence as it was shown, kept with the decision so that it can be opened again."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Mapping
from dataclasses import replace
from typing import Any

from linkage.features.explanation import Explanation
from linkage.models.membership import MembershipExplanation
from linkage.models.prior import log10_odds
from linkage.report import Report
from linkage.review.decision import Decision
from linkage.review.strength import strength_word


def features_hash(decision: Decision, reports: Mapping[str, Report]) -> str:
    """SHA-256 over the content of every report that is decided on, in order of their ids."""
    content = [reports[one].to_json() for one in sorted(decision.reports) if one in reports]
    return hashlib.sha256(json.dumps(content, sort_keys=True, ensure_ascii=False).encode()).hexdigest()


def with_evidence(
    decision: Decision,
    reports: Mapping[str, Report],
    evidence: Explanation | MembershipExplanation | None,
    probability: float | None,
    record: Mapping[str, Any] | None = None,
    run: int | None = None,
) -> Decision:
    """The decision with what it rested on.

    `score` becomes the final log10 odds (`probability` is that of the run, None where the run did not keep the
    question) with its word in `band`; the model is named by the program's version and the run.
    """
    version = None if run is None else f"linkage {(record or {}).get('version', '?')}, run {run}"
    shown: dict[str, Any] | None = None
    if evidence is not None:
        shown = {"kind": "membership" if isinstance(evidence, MembershipExplanation) else "pair"}
        shown |= {"evidence": evidence.to_json()}
    score = None
    if probability is not None:
        score = round(float(log10_odds(min(max(probability, 1e-9), 1 - 1e-9))), 6)
    return replace(
        decision,
        score=score,
        band=None if score is None else strength_word(score),
        model_version=version,
        features_hash=features_hash(decision, reports),
        evidence_snapshot=shown,
    )
