"""The words of the pages in each language there is, and which language somebody reads."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

FIRST = "en"
LANGUAGES = ("en", "ro", "pt", "pl", "zh")
_TAGS = {"zh": "zh-Hans"}


@dataclass(frozen=True, slots=True)
class Wording:
    """The words of one language; `checked` tells whether somebody who knows it has read them."""

    code: str
    tag: str
    checked: bool
    words: dict[str, str]

    def __call__(self, name: str, **fill: str) -> str:
        """The words of this name. KeyError where there are none."""
        words = self.words[name]
        return words.format(**fill) if fill else words


@cache
def wording(code: str) -> Wording:
    """The words of a language that there is."""
    table = tomllib.loads((files("linkage.serving") / "messages" / f"{code}.toml").read_text(encoding="utf-8"))
    return Wording(code, _TAGS.get(code, code), table.pop("checked") == "yes", table)


def chosen(wish: str, accepted: str) -> Wording:
    """The language that was chosen, else the first of the browser's that there is, else English."""
    if wish in LANGUAGES:
        return wording(wish)
    ranked: list[tuple[float, str]] = []
    for part in accepted[:300].split(","):
        name, _, rest = part.strip().partition(";")
        weight = rest.strip().removeprefix("q=")
        try:
            ranked.append((-float(weight or 1), name.split("-")[0].strip().lower()))
        except ValueError:
            continue
    found = [name for weight, name in sorted(ranked, key=lambda one: one[0]) if name in LANGUAGES and weight < 0]
    return wording(found[0] if found else FIRST)
