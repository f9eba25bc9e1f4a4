"""Regular expressions, compiled once for all processes, and tables of them that are built of parts.

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
from linkage.vocabulary.tables import table

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


_PART = compiled(r"\{(?P<name>[a-z]\w*)(?P<unnamed> unnamed)?\}")
_GROUP_NAME = compiled(r"\?P<\w+>")


class PatternTable(dict[str, re.Pattern[str]]):
    """The patterns of `patterns/<rows>.toml`, or of such rows, each compiled when it is first asked for.

    A row is a regular expression, in which the end of a line is nothing; or a list of which any one may stand; or
    such a list as `any`, with what stands `before` and `after` it. `{part}` stands for the row of that name, or for
    what is `given` under it; `{part unnamed}` for the same without the names of its groups. Raises KeyError for a row
    that is not there.
    """

    def __init__(self, rows: str | dict[str, Any], /, **given: str) -> None:
        super().__init__()
        self.rows = table(f"patterns/{rows}") if isinstance(rows, str) else rows
        self._given = given

    def __missing__(self, name: str) -> re.Pattern[str]:
        pattern = self[name] = compiled(self.source(name))
        return pattern

    def source(self, name: str) -> str:
        """The regular expression of a row, every part filled in."""
        if name in self._given:
            return self._given[name]
        row = self.rows[name]
        if not isinstance(row, str):
            around = row if "any" in row else {"any": row}
            row = f"{around.get('before', '')}(?:{'|'.join(around['any'])}){around.get('after', '')}"
        return self.filled(row)

    def filled(self, source: str) -> str:
        """A regular expression on one line, with every `{part}` filled in."""
        return _PART.sub(self._part, source.replace("\n", ""))

    def _part(self, found: re.Match[str]) -> str:
        source = self.source(found["name"])
        return _GROUP_NAME.sub("?:", source) if found["unnamed"] else source
