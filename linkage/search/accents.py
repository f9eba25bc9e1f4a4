"""Accents of one region: a Scouser may be asked for as northern, and who sounded northern be the Scouser sought."""

from __future__ import annotations

import re
from dataclasses import replace

import numpy as np

from linkage.report import Report
from linkage.search.condition import CLOSE, DIFFERS, Condition
from linkage.search.expansion import accent_regions
from linkage.search.latent import DistinctValues

SHARE = 0.4
"""Share of an accent's weight that another of the same region carries [G]."""

_APART = re.compile(r"; | or ")
"""Between the accents that a report tells of its people, and the alternatives of one."""


def of_one_region(condition: Condition, asked: Report, column: DistinctValues) -> Condition:
    """The condition with reports close, where they had differed, whose accent holds the one asked for or is held by
    it."""
    wanted = {accent for person in asked.suspects for accent in person.accent}
    like = {other for accent in wanted for other in accent_regions().get(accent, frozenset())}
    alike = np.array([not like.isdisjoint(_APART.split(words)) for words in column.words], dtype=bool)
    close = alike[column.codes] & (condition.says == DIFFERS)
    if not close.any():
        return condition
    return replace(
        condition,
        says=np.where(close, CLOSE, condition.says).astype(np.int8),
        weights=np.where(close, SHARE * max(condition.most or 0.0, 0.0), condition.weights),
    )
