"""Things in labelled texts that may be weapons, and whether the label has them: what that judge learns from."""

from __future__ import annotations

from collections.abc import Iterator
from itertools import pairwise

from extraction_f1 import TEXTS, listed, load_set
from judge_texts import author_of
from same_fact import same

from linkage.intake.document.document import read_document
from linkage.intake.document.words import read
from linkage.intake.judge.weapons import features_of_weapon, is_denied
from linkage.intake.reject import clean
from linkage.intake.values.circumstances import named
from linkage.vocabulary import load

Row = tuple[set[str], bool, str, float]

EXCERPTED = 0.3
"""Weight of a sentence that teaches as a text of its own beside the whole text [G]."""
EXAMPLE = 2.0
"""Weight of a sentence of `weapons.txt`, and of an example of the vocabulary [G]."""
BARE = 0.3
"""Weight of a word of the vocabulary that stands alone [G]."""


def weapon_rows(names: list[str]) -> Iterator[Row]:
    """The rows of labelled sets, of their sentences alone, and of two tables of which each line is an author."""
    for name in names:
        for line in load_set(name):
            if "weapons" not in line["gold"].get("ignore", ()):
                author, told = author_of(name, line), [str(one) for one in listed(line["gold"].get("weapons"))]
                document = read_document(clean(line["text"]))
                yield from _rows(document.text, told, author, 1.0)
                bounds = (*document.sentences, len(document.text))
                for start, end in pairwise(bounds):
                    if len(document.sentences) > 1:
                        yield from _rows(document.text[start:end].strip(), told, author, EXCERPTED)
    for number, line in enumerate((TEXTS / "weapons.txt").read_text(encoding="utf-8").splitlines()):
        keys, bar, text = line.partition(" | ")
        if bar:
            yield from _rows(text, [key for key in keys.split() if key != "-"], f"weapons:{number}", EXAMPLE)
    for key, entry in load("weapons").entries.items():
        yield from _rows(entry.example, [key], f"vocabulary:{key}", EXAMPLE)
        for words in entry.synonyms:
            yield from _rows(words, [key], f"vocabulary:{key}", BARE)


def _rows(text: str, told: list[str], author: str, count: float) -> Iterator[Row]:
    words = read(text)
    for one in named(text, "weapons"):
        label = any(same("weapons", each, one.key) for each in told)
        # a general word stands back behind a named one
        if not is_denied(one, words) and (label or one.key != "unspecified_weapon" or not told):
            yield features_of_weapon(one, words), label, author, count
