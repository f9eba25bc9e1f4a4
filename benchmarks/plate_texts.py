"""Labelled texts for the judge of plates: characters that may be of one, laid beside the plates of a text's labels.

Characters are of a plate where they stand in one of the labels.
"""

from __future__ import annotations

import re
from collections.abc import Iterator

from extraction_f1 import TEXTS, listed, load_set
from judge_texts import author_of

from linkage.intake.document.tokens import tokens
from linkage.intake.judge.plates import features_of_plate, may_tell_plate
from linkage.intake.reject import clean
from linkage.intake.values.vehicles.registration import Part, parts

Row = tuple[set[str], bool, str, float]
"""Features, label, author, and how much the row counts."""

SHORT = 2
"""Characters that are only of a plate where all that a label tells in a row are these: others hold them by chance.
Where words lead to them, letters and figures are told apart."""
TABLE_COUNT = 3.0
"""How much a row of `plates.txt` counts beside one of a text [G]."""


def plate_rows(names: list[str]) -> Iterator[Row]:
    """The rows of labelled sets, and of `plates.txt` of which each line counts as an author."""
    for name in names:
        for line in load_set(name):
            gold = line["gold"]
            others = gold.get("others", [])
            if "vehicles" not in gold.get("ignore", ()):
                told = [*gold.get("vehicles", ()), *([others] if isinstance(others, dict) else others)]
                plates = [plate for one in told for plate in listed(one.get("registration"))]
                yield from _rows(clean(line["text"]), plates, author_of(name, line), 1.0)
    for number, line in enumerate((TEXTS / "plates.txt").read_text(encoding="utf-8").splitlines()):
        told, bar, text = line.partition(" | ")
        if bar:
            plates = [one for one in told.split(", ") if one]
            yield from _rows(text.replace("\\n", "\n"), plates, f"plates:{number}", TABLE_COUNT)


def _rows(text: str, plates: list[str], author: str, count: float) -> Iterator[Row]:
    words, rows = tokens(text) if may_tell_plate(text) else (), list[Row]()

    def accepted(part: Part) -> bool:
        label = _is_of(part, plates)
        rows.append((features_of_plate(words, part), label, author, count))
        return label

    for _ in parts(words, accepted):
        pass
    yield from rows


def _is_of(part: Part, plates: list[str]) -> bool:
    known = part.run.plate.strip("*?")
    said = re.sub(r"\\\*|\\\?", lambda sign: ".*" if sign[0] == r"\*" else ".", re.escape(known))
    told = [re.sub(r"[\s-]", "", plate.upper()) for plate in plates]
    if len(known) <= SHORT:
        placed = "plate" in part.left.says | part.right.says or part.left.place in ("start", "end")
        apart = [one for plate in told for one in re.findall("[A-Z]+|[0-9]+", plate)] if placed else []
        return known in (*apart, *(one for plate in told for one in re.findall("[A-Z0-9]+", plate)))
    return any(re.search(said, plate) for plate in told)
