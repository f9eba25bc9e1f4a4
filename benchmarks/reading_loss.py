"""Where facts are lost between a text and its report: never found, judged away, or given to somebody else.

    python benchmarks/reading_loss.py [new_authors|dev|repaired|held_out|FILE ...] [--show]

Facts of people and behaviours of labelled texts (the format and what counts as the same are those of
`extraction_f1.py`). A labelled fact is *right*; or it stands at *another person* of the report; or it was found and
is nowhere (*judged away*: taken for denied, for somebody else's, or for no act of this incident); or there is *no
candidate*. What is read beyond the labels is a fact of *others*, was *denied*, or is *not told*. The texts are
synthetic; the labels are one reader's.
"""

from __future__ import annotations

import argparse
from collections import Counter, defaultdict
from collections.abc import Iterator
from typing import Any

from extraction_f1 import TODAY, facts_of_person, listed, load_set, paired
from same_fact import beside, same

from linkage.intake.assemble.extract import extract_report
from linkage.intake.behaviours import features
from linkage.intake.document.words import read as words_of
from linkage.intake.judge.people import find_facts
from linkage.report import Range

OUTCOMES = ("right", "another person", "judged away", "no candidate", "others", "denied", "not told")
"""What becomes of labelled facts, then of those that no label bears out."""

Outcome = tuple[str, str, str]
"""Field, outcome, and what it is about."""


def tells(name: str, gold: Any, read: list[Any]) -> bool:
    """Whether one of the values that were read says what the label says."""
    return any(same(name, gold, one) for one in read)


def candidates(text: str) -> dict[str, list[Any]]:
    """All values of people that are found in a text, whoever they are of, by field."""
    found: dict[str, list[Any]] = defaultdict(list)
    for one in find_facts(text):
        value = [one.value.min, one.value.max] if isinstance(one.value, Range) else one.value
        found[one.field].append(value)
    return found


def of_people(line: dict[str, Any], read: list[dict[str, list[Any]]]) -> Iterator[Outcome]:
    """What became of each fact of the people of one text, and what was read beyond them."""
    gold, found = line["gold"], candidates(line["text"])
    open_fields, told = set(gold.get("ignore", ())), gold.get("others", [])
    others = [told] if isinstance(told, dict) else told
    for labelled, one in paired(gold.get("people", []), read):
        own = beside(labelled, one)
        for name in sorted({*labelled, *own} - open_fields):
            values = listed(labelled.get(name))
            for value in values:
                yield name, _outcome(name, value, own, read, found), f"{value}"
            for value in own.get(name, []):
                if not any(same(name, label, value) for label in values):
                    theirs = any(same(name, label, value) for other in others for label in listed(other.get(name)))
                    yield name, "others" if theirs else "not told", f"{value}"


def _outcome(name: str, value: Any, own: dict[str, Any], read: list[dict[str, Any]], found: dict[str, Any]) -> str:
    """What became of one labelled fact of a person."""
    if tells(name, value, own.get(name, [])):
        return "right"
    if any(tells(name, value, one.get(name, [])) for one in read):
        return "another person"
    return "judged away" if tells(name, value, found.get(name, [])) else "no candidate"


def of_behaviours(line: dict[str, Any], present: list[str], possible: set[str]) -> Iterator[Outcome]:
    """What became of each behaviour of one text, and what was read beyond them."""
    gold = line["gold"]
    if "behaviours" in gold.get("ignore", ()):
        return
    done = gold.get("behaviours", [])
    for one in done:
        lost = "judged away" if one in possible else "no candidate"
        yield "behaviours", "right" if one in present else lost, one
    for one in present:
        if one not in done and one not in gold.get("behaviours_may", []):
            yield "behaviours", "denied" if one in gold.get("behaviours_absent", []) else "not told", one


def outcomes(line: dict[str, Any]) -> Iterator[Outcome]:
    """All outcomes of one text."""
    report = extract_report(line["text"], line["id"], line.get("received"), TODAY)
    if "people" not in line["gold"].get("ignore", ()):
        yield from of_people(line, [facts_of_person(one) for one in report.suspects])
    yield from of_behaviours(
        line, report.behaviours.present, {one.phrase.key for one in features.candidates(words_of(line["text"]))}
    )


def table(counts: dict[str, Counter[str]]) -> str:
    """Outcomes by field, with F1 as everywhere."""
    lines = ["| field | F1 | " + " | ".join(OUTCOMES) + " |", "|---" * (len(OUTCOMES) + 2) + "|"]
    whole = sum(counts.values(), Counter[str]())
    people = sum((count for name, count in counts.items() if name != "behaviours"), Counter[str]())
    for name, count in [*sorted(counts.items()), ("facts of people", people), ("all", whole)]:
        wrong = sum(count[outcome] for outcome in OUTCOMES[1:])
        f1 = 2 * count["right"] / max(1, 2 * count["right"] + wrong)
        lines.append(f"| {name} | {f1:.3f} | " + " | ".join(str(count[outcome]) for outcome in OUTCOMES) + " |")
    return "\n".join(lines)


def main() -> None:
    """Print the table of each set."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("sets", nargs="*", default=["new_authors"])
    asked.add_argument("--show", action="store_true", help="list what was lost and what was read in excess")
    chosen = asked.parse_args()
    for name in chosen.sets:
        counts: dict[str, Counter[str]] = defaultdict(Counter)
        shown = []
        lines = load_set(name)
        for line in lines:
            for field, outcome, value in outcomes(line):
                counts[field][outcome] += 1
                if outcome != "right":
                    shown.append(f"{outcome:15} {field:14} {line['id']}: {value}")
        print(f"{name}: n = {len(lines)} texts\n{table(counts)}")
        if chosen.show:
            print("\n".join(sorted(shown)))


if __name__ == "__main__":
    main()
