"""What reading a file noticed and kept, and what it took out, in a few lines."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence

from linkage.report import Report
from linkage.review.choices import warning_words
from linkage.review.strength import counted

_COUNT = re.compile(r"\.[0-9]+")


def noticed_of(reports: Iterable[Report]) -> list[tuple[str, str]]:
    """Every warning, with the report it is of."""
    return [(report.report_id, warning) for report in reports for warning in report.warnings]


def noticed_lines(warnings: Sequence[tuple[str, str]]) -> list[str]:
    """What was noticed, as pairs of a report and a warning: of each field the first, and how many more there are."""
    kinds: dict[str, list[tuple[str, str]]] = {}
    for report, warning in warnings:
        kinds.setdefault(_COUNT.sub("", warning.partition(":")[0]), []).append((report, warning))
    return [
        f"{report}: {warning_words(warning)}{f' ({len(more):,} more of this kind)' if more else ''}"
        for (report, warning), *more in kinds.values()
    ]


def noticed_head(warnings: Sequence[tuple[str, str]]) -> str:
    """How many reports something was noticed in."""
    reports = counted(len({report for report, _ in warnings}), "report")
    return f"Noticed while reading, and to be checked on the pages of {reports}:"


def details_words(details: Mapping[str, int]) -> str:
    """How much of who reports or was harmed was masked, by the narratives it stood in; at least one."""
    removed = counted(sum(details.values()), "detail")
    where = f"{counted(len(details), 'narrative')} (first: {next(iter(details))})"
    return f"{removed} of the person who reports or was harmed taken out of {where}"
