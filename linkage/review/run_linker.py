"""The linker of a run that was kept: it explains as the run did."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from linkage.errors import LinkageError
from linkage.linker import Linker
from linkage.models.model import ModelError


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
