"""Turns of phrase of `person_cues.toml` as regular expressions."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table


@cache
def _table() -> dict[str, Any]:
    return table("person_cues")


@cache
def cue(name: str) -> re.Pattern[str]:
    """One turn of phrase, over lower-case text. Raises KeyError for a name that the file does not hold."""
    entry = _table()[name]
    return compiled(f"{entry.get('before', '')}(?:{'|'.join(entry['any'])}){entry.get('after', '')}")
