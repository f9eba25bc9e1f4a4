"""Whose each value is: what every account of an incident says by itself, where several are laid out as one row.

Accounts of one incident are compared as one, so a value that stands for the incident may be another account's, and
two accounts may say otherwise. What each says is read from it alone, in the words of the comparison.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import replace

from linkage.features.explanation import EvidencePart, Told
from linkage.features.parameters import Parameters
from linkage.features.table import fit_table
from linkage.report import Report

UNTOLD = frozenset({"not known", "not mentioned"})


def told_by(accounts: Sequence[Report], parameters: Parameters) -> dict[str, tuple[Told, ...]]:
    """What each account tells of each comparison, by its name; nothing where there is one account alone.

    An account that tells nothing of a comparison is left out there. Words do not depend on the parameters, which a
    column cannot do without.
    """
    if len(accounts) < 2:
        return {}
    table = fit_table(accounts, parameters)
    return {
        kind.name: tuple(
            Told(report.report_id, words)
            for row, report in enumerate(accounts)
            if (words := column.words_at(row)) not in UNTOLD
        )
        for kind, column in zip(table.evidence, table.columns, strict=True)
    }


def with_accounts(
    parts: Iterable[EvidencePart], a: Sequence[Report], b: Sequence[Report], parameters: Parameters
) -> list[EvidencePart]:
    """The parts of a pair, each with what every account of both incidents tells of it."""
    left, right = told_by(a, parameters), told_by(b, parameters)
    return [replace(part, told_a=left.get(part.name, ()), told_b=right.get(part.name, ())) for part in parts]
