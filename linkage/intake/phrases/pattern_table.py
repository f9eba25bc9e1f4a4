"""Regular expressions kept in the vocabulary's files, each with a name and built of parts that have names too."""

from __future__ import annotations

import re
from typing import Any

from linkage.intake.patterns import compiled
from linkage.vocabulary.tables import table

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
