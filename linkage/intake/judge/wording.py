"""Names of features and questions as a person reads them, by the rows of `feature_words.toml`."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files

from linkage.intake.judge.reason import Reason

_LONGEST = 3
"""Words that the name of a row has at most."""


@cache
def _rows() -> dict[str, dict[str, str]]:
    return tomllib.loads(files(__package__).joinpath("feature_words.toml").read_text(encoding="utf-8"))


def question_in_words(reason: Reason) -> str:
    """What was asked of a fact."""
    return _rows()["questions"][reason.question].format(reason.beside)


def feature_in_words(name: str) -> str:
    """A feature; one that no row says stays as it is."""
    words = name.split(" ")
    return _said(words) or (f"{_said(words[1:])} (facts of {words[0]})" if _said(words[1:]) else name)


def _said(words: list[str]) -> str:
    rows = _rows()["features"]
    for count in range(min(_LONGEST, len(words)), 0, -1):
        row = rows.get(" ".join(words[:count]))
        if row:
            rest = " ".join(words[count:])
            rest = f"“{rest[1:]}”" if rest.startswith("=") else _rows()["rest"].get(rest, rest)
            return row.format(rest) if rest else row.removesuffix(": {}")
    return ""
