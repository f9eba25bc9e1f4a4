"""What the rules read of labelled texts as a whole: behaviours, weapons, kinds of place and ways of contact.

    python benchmarks/reading_table_overall.py CHECKOUT TEXTS... >> TABLE

For judge/overall.py: `CHECKOUT` is the program before anybody repaired it against these texts.
A line is one text; words and labels stay in the labelled texts. The first lines of reading/overall.jsonl.gz are older
than that file and were made by this script as it was at 41f0997.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

TODAY = date(2024, 1, 1)


def lines(texts: list[str]) -> Iterator[dict[str, Any]]:
    """A line for each labelled text: what the rules read of it, before all its words judge that."""
    from linkage.intake.assemble import setting
    from linkage.intake.assemble.extract import extract_report

    read: list[dict[str, Any]] = []

    class Noted(setting.Judgement):  # type: ignore[misc,name-defined]
        def __init__(self, *given: Any) -> None:
            read.append({name: getattr(given[-1], name) for name in given[-1].__slots__})
            super().__init__(*given)

    setting.Judgement, setting.SHORT = Noted, 0
    for path in texts:
        with open(path, encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                extract_report(row["text"], today=TODAY)
                yield {"id": row["id"], **read.pop()}


def main() -> None:
    """Prints the lines."""
    sys.path.insert(0, sys.argv[1])
    for line in lines(sys.argv[2:]):
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
