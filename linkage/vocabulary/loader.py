"""Reads the vocabulary's TOML files into `Vocabulary` objects that resolve people's words to keys."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass, field
from functools import cache, cached_property
from importlib.resources import files
from typing import Any

from rapidfuzz import fuzz, process

from linkage.vocabulary.tables import parsed

_NOT_WORD = re.compile(r"[^a-z0-9+&/ ]+")


def fold(words: str) -> str:
    """Lower case, accents and punctuation off, single spaces: the form in which surface words are compared."""
    plain = words if words.isascii() else unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    return " ".join(_NOT_WORD.sub(" ", plain.lower().replace("'", "").replace("-", " ")).split())


@dataclass(frozen=True, slots=True)
class Entry:
    """One thing the vocabulary knows.

    `synonyms` are surface forms; `example` is a sentence in which it occurs; `data` holds whatever else its
    file gives (domain, item, prevalence, consistency and their tags, make, body, ...).
    """

    key: str
    label: str
    example: str
    synonyms: tuple[str, ...] = ()
    data: dict[str, Any] = field(default_factory=dict, hash=False, compare=False)


@dataclass(frozen=True)
class Vocabulary:
    """Entries of one file, in file order."""

    name: str
    entries: dict[str, Entry]

    @cached_property
    def surfaces(self) -> dict[str, str]:
        """Folded surface form -> key; the first entry that claims a form keeps it."""
        found: dict[str, str] = {}
        for entry in self.entries.values():
            for words in (entry.key.replace("_", " "), entry.label, *entry.synonyms):
                found.setdefault(fold(words), entry.key)
        found.pop("", None)
        return found

    def find(self, words: str, cutoff: float = 100.0) -> str | None:
        """Key whose surface form equals `words`, or is nearest at `cutoff` or above (0-100, rapidfuzz ratio)."""
        if words in self.entries:
            return words
        folded = fold(words)
        if folded in self.surfaces:
            return self.surfaces[folded]
        if cutoff >= 100 or not folded:
            return None
        best = process.extractOne(folded, self.surfaces.keys(), scorer=fuzz.ratio, score_cutoff=cutoff)
        return self.surfaces[best[0]] if best else None


@cache
def load(name: str) -> Vocabulary:
    """The vocabulary in `data/<name>.toml`, or in all files of the folder `data/<name>/`.

    One table an entry, keyed by the entry's key. In a folder each file is a domain: its name becomes the entries'
    `domain`, and the values at its top hold for every entry of the file that does not give its own.
    Raises FileNotFoundError for a name without a file, ValueError for an entry without label or example, or a key
    given twice.
    """
    folder = files(__package__).joinpath(f"data/{name}")
    if not folder.is_dir():
        text = files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8")
        return Vocabulary(name, _entries(f"{name}.toml", text, {}))
    entries: dict[str, Entry] = {}
    for file in sorted(folder.iterdir(), key=lambda f: f.name):
        if file.name.endswith(".toml"):
            domain = file.name.removesuffix(".toml")
            new = _entries(f"{name}/{file.name}", file.read_text(encoding="utf-8"), {"domain": domain})
            if twice := entries.keys() & new.keys():
                raise ValueError(f"{name}/{file.name}: {', '.join(sorted(twice))} stands in another file too")
            entries |= new
    return Vocabulary(name, entries)


def behaviours() -> Vocabulary:
    """The behaviour variables of all domains: `load("behaviours")`."""
    return load("behaviours")


def _entries(file: str, text: str, defaults: dict[str, Any]) -> dict[str, Entry]:
    tables = parsed(text)
    if "domain" in defaults:
        defaults = defaults | {key: value for key, value in tables.items() if not isinstance(value, dict)}
    entries: dict[str, Entry] = {}
    for key, table in tables.items():
        if not isinstance(table, dict):
            continue
        missing = [need for need in ("label", "example") if not table.get(need)]
        if missing:
            raise ValueError(f"{file}: entry {key!r} has no {' and no '.join(missing)}")
        rest = defaults | {k: v for k, v in table.items() if k not in ("label", "example", "synonyms")}
        entries[key] = Entry(key, table["label"], table["example"], tuple(table.get("synonyms", ())), rest)
    return entries
