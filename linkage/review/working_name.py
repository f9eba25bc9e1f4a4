"""A working name for a series, made from what its reports share and few others have."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from linkage.report import Report
from linkage.review.series_view import BaseRates, matrix

NAMED_BY = 2
"""Shared things in a working name [G]: more are not read at a glance."""


def working_name(members: Sequence[str], reports: Mapping[str, Report], rates: BaseRates) -> str:
    """The rarest things that the reports share, as "silver 4x4 / threatens to kill"; empty where nothing rare is
    shared.

    No plate, telephone or other contact detail is ever in it, and nothing that is perceived of a person's origin.
    """
    rows = matrix([reports[one] for one in members if one in reports], rates)
    telling = [row for row in rows if row.telling and not row.masked and row.group != "Name given"]
    telling.sort(key=lambda row: (-row.surprise, row.item))
    return " / ".join(dict.fromkeys(row.item for row in telling[:NAMED_BY]))
