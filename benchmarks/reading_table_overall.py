"""What the rules read of labelled texts as a whole: behaviours, weapons, kinds of place and ways of contact.

    python benchmarks/reading_table_overall.py CHECKOUT TEXTS... >> TABLE

As reading_table.py, for belief/overall.py: `CHECKOUT` is the program before anybody repaired it against these texts.
A line is one text; words and labels stay in the labelled texts.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from datetime import date
from typing import Any

TODAY = date(2024, 1, 1)


def lines(texts: list[str]) -> Iterator[dict[str, Any]]:
    """A line for each labelled text."""
    from linkage.intake.extract import extract_report
    from linkage.intake.facts import contact, venue

    for path in texts:
        with open(path, encoding="utf-8") as rows:
            for row in map(json.loads, rows):
                report = extract_report(row["text"], today=TODAY)
                yield {
                    "id": row["id"], "deeds": report.behaviours.present, "weapons": report.weapons,
                    "venue": report.place.venue, "contact": report.contact.method,
                    "venues": found(venue.find(row["text"])), "contacts": found(contact.find(row["text"])),
                }  # fmt: skip


def found(findings: list[Any]) -> list[tuple[str, str, float]]:
    """As `belief.overall.usable`, which older checkouts lack."""
    return [(str(one.value), one.rule, one.confidence) for one in findings if not one.negated]


def main() -> None:
    """Prints the lines."""
    sys.path.insert(0, sys.argv[1])
    for line in lines(sys.argv[2:]):
        print(json.dumps(line, ensure_ascii=False))


if __name__ == "__main__":
    main()
