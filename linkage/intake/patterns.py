"""Regular expressions, compiled once for all processes.

The patterns of intake, of which two hundred hold whole vocabularies, take more than a second to compile and a
fiftieth of that to load. What is loaded is checked by `re` itself; it is found again only by the same Python and for
the same pattern. The steps of `re.compile` are no public part of `re`: where they are not as expected, the pattern is
compiled as it always was.
"""

from __future__ import annotations

import re
from array import array
from typing import Any

from linkage.disk_cache import cached, name_of

try:
    import _sre  # type: ignore[import-not-found]
    from re import _compiler, _parser  # type: ignore[attr-defined]
except ImportError:  # pragma: no cover
    _sre = _compiler = _parser = None

_Compiled = tuple[int, bytes, int, dict[str, int], tuple[str | None, ...]]
"""Flags, code as machine words, number of groups, number of each named group, name of each group."""


def compiled(source: str, flags: int = 0) -> re.Pattern[str]:
    """`re.compile(source, flags)`, for a pattern of the package's own words, never of a text's: it is kept.

    Raises re.error for none at all.
    """
    flags = int(flags)
    try:
        made: _Compiled = cached(name_of("pattern", str(flags), source), lambda: _compile(source, flags))
        code = array("I")
        code.frombytes(made[1])
        pattern: re.Pattern[str] = _sre.compile(source, made[0], code.tolist(), *made[2:])
    except (AttributeError, TypeError, ValueError, RuntimeError):
        return re.compile(source, flags)
    return pattern


def _compile(source: str, flags: int) -> Any:
    """What `re.compile` hands to the matching engine."""
    parsed = _parser.parse(source, flags)
    state = parsed.state
    names: list[str | None] = [None] * state.groups
    for name, number in state.groupdict.items():
        names[number] = name
    code = array("I", _compiler._code(parsed, flags))
    return flags | state.flags, code.tobytes(), state.groups - 1, dict(state.groupdict), tuple(names)
