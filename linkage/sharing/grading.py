"""The grades and the word for probability that a person gives a pack (grading.toml); nothing is chosen for them."""

from __future__ import annotations

import tomllib
from dataclasses import asdict, dataclass
from functools import cache
from importlib.resources import files

from linkage.errors import LinkageError


class GradingError(LinkageError, ValueError):
    """A grade is missing or there is no such one; the message names those there are."""


@dataclass(frozen=True, slots=True)
class Grades:
    """3x5x2 grades (`source` 1-3, `assessment` A-E, `handling` P or C), and the `yardstick` word of PHIA."""

    source: str = ""
    assessment: str = ""
    handling: str = ""
    yardstick: str = ""

    def checked(self) -> Grades:
        """These grades, where each is one of those there are. GradingError names the first that is not."""
        for name, given in asdict(self).items():
            known = grades()[name]
            if given not in known:
                told = ", ".join(f"{key} ({words})" for key, words in known.items())
                missing = "is not filled in" if not given else f"cannot be {given!r}"
                raise GradingError(f"{titles()[name]} {missing}; a person chooses one of: {told}")
        return self

    def words(self) -> list[tuple[str, str]]:
        """Title and chosen grade with what it means, each."""
        return [
            (titles()[name], f"{given}: {grades()[name][given]}") for name, given in asdict(self).items() if given
        ]


@cache
def _table() -> dict[str, dict[str, str]]:
    return tomllib.loads((files("linkage.sharing") / "grading.toml").read_text(encoding="utf-8"))


def titles() -> dict[str, str]:
    """What each thing to fill in is called."""
    return {name: entry["title"] for name, entry in _table().items()}


def grades() -> dict[str, dict[str, str]]:
    """For each thing to fill in, what can be chosen, with its meaning."""
    return {name: {key: words for key, words in entry.items() if key != "title"} for name, entry in _table().items()}
