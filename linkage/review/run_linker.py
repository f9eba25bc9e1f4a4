"""The linker of a run that was kept: it explains as the run did."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import Any

from linkage.errors import LinkageError
from linkage.linker import Linker
from linkage.models.cohesion import SeriesExplanation
from linkage.models.model import ModelError
from linkage.models.series_inference import Constraints


class OldRunError(LinkageError):
    """A run was kept by a version whose weights this program does not read; the message says what to do."""


def linker_of(record: Mapping[str, Any]) -> Linker:
    """A linker with the settings and weights of a run, from its record. OldRunError when that cannot be read."""
    try:
        return Linker.from_record(record)
    except ModelError as error:
        raise OldRunError(
            "The last run in the store was made by another version of linkage, whose weights this one cannot read. "
            "Link again: linkage link"
        ) from error


def explain_only(linker: Linker, members: Sequence[str], told: Constraints) -> SeriesExplanation:
    """Explain a series of these reports by nothing but them: another account of one of their incidents, or a report
    that a decision ties to one of them, may not be theirs to share. ValueError where they are of one incident."""
    found = linker.explain_series(members, told)
    outside = set(found.reports).difference(members)
    return linker.without(outside).explain_series(members, told) if outside else found
