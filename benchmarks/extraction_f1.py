"""How well free text is read: F1 of each field against labelled texts, and facts given to the wrong person.

    python benchmarks/extraction_f1.py [dev|repaired|held_out|FILE] [--show] [--json]

Each line of a set is `{"id", "text", "gold"}` (also `received`). In `gold`: `people` and `vehicles`, one for each
reported person and vehicle; `date`, `clock` (hours, [earliest, latest]), `town`, `contact_method`, `venue`,
`behaviours`, `weapons`, `speech` (key words), `phone`. `behaviours_may` are variables on which careful readers differ
and `ignore` names fields that the label leaves open: neither counts for or against. `others` holds the facts of
victims, witnesses, staff and passers-by, as one object or a list of them: one of them among the reported person's is
"wrongly given".

What a label and a reading may say in different words counts as the same (`same_fact`): hair, complexion, accent,
clothing and marks go through the normaliser of their field and are compared without hyphens and plurals; a mark is
right when its kind and its part of the body are, a garment when its last word is and nothing before it differs;
jewellery, plasters and sticks count wherever the label has them, under marks or under clothing; a place is right
when the text or the town of the place holds the labelled one. Labels differ in what they hold of vague things, so
these are left out of account: a vehicle's body "car" (read or labelled), a date that spans more than a week, and a
bare part of the day ("in the evening") where the label has no clock time.
The texts are synthetic; the labels are one reader's.
"""

from __future__ import annotations

import argparse
import json
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from datetime import date
from itertools import permutations
from pathlib import Path
from typing import Any

from same_fact import beside, same

from linkage.intake.assemble.extract import extract_report
from linkage.intake.values.times import clock
from linkage.report import Occurred, Person, Range, Report, Vehicle

TEXTS = Path(__file__).parents[1] / "tests" / "intake" / "texts"
TODAY = date(2026, 1, 1)
_LONGEST_DATE = 7
"""Days from the first to the last above which a date names a stretch of time, no day [G]."""
_MOST_PEOPLE = 6


@dataclass(slots=True)
class Tally:
    """Counts for one field, and the examples that were wrong."""

    right: int = 0
    missed: list[str] = field(default_factory=list)
    extra: list[str] = field(default_factory=list)

    @property
    def f1(self) -> float:
        """2 TP / (2 TP + FP + FN)."""
        wrong = len(self.missed) + len(self.extra)
        return 2 * self.right / (2 * self.right + wrong) if self.right or wrong else 1.0


def facts_of_person(person: Person) -> dict[str, list[Any]]:
    """The canonical facts of one person as lists."""
    hair = person.hair
    return {
        "sex": _some(person.sex),
        "age": _some(_ends(person.age)),
        "height_cm": _some(_ends(person.height_cm)),
        "build": person.build,
        "ethnicity": person.ethnicity,
        "complexion": _some(person.complexion),
        "hair_colour": hair.colour if hair else [],
        "hair_style": hair.style if hair else [],
        "facial_hair": person.facial_hair,
        "glasses": _some(person.glasses),
        "eyes": _some(person.eyes),
        "accent": person.accent,
        "marks": person.marks,
        "clothing": person.clothing,
        "names_used": [name.lower() for name in person.names_used],
    }


def facts_of_vehicle(vehicle: Vehicle) -> dict[str, list[Any]]:
    """The canonical facts of one vehicle as lists, without the body "car" (see the module)."""
    return {
        "make": _some(vehicle.make),
        "model": _some(vehicle.model),
        "colour": vehicle.colour,
        "body": _some(vehicle.body if vehicle.body != "car" else None),
        "registration": _some(vehicle.registration),
    }


def facts_of_report(report: Report) -> dict[str, list[Any]]:
    """The facts that belong to the incident."""
    occurred = report.occurred
    time = None if occurred.hour_min is None else [occurred.hour_min, occurred.hour_max]
    where = "; ".join(words for words in (report.place.text, report.place.town) if words)
    return {
        "date": _some(_day(occurred)),
        "clock": _some(time),
        "town": _some(where or None),
        "contact_method": _some(report.contact.method),
        "venue": _some(report.place.venue),
        "behaviours": report.behaviours.present,
        "behaviours_absent": report.behaviours.absent,
        "weapons": report.weapons,
        "speech": report.speech,
        "phone": [one.value for one in report.identifiers if one.kind == "phone"],
    }


def _day(occurred: Occurred) -> str | None:
    days = occurred.days
    if not occurred.from_ or (days and days[1] - days[0] > _LONGEST_DATE):
        return None
    return occurred.from_[:10]


def _part_of_day(occurred: Occurred) -> bool:
    """Whether the hours read are those of a bare part of the day."""
    said = clock.find(occurred.raw.get("hour_min", ""), lenient=True)
    return bool(said) and all(one.rule == "day_part" for one in said)


def _ends(value: Range | None) -> list[float | None] | None:
    return None if value is None else [value.min, value.max]


def _some(value: Any) -> list[Any]:
    return [] if value is None else [value]


def compare(name: str, gold: list[Any], read: list[Any], tally: Tally, where: str) -> None:
    """Count labels found, labels missed, and read values that no label bears out."""
    for value in gold:
        if any(same(name, value, one) for one in read):
            tally.right += 1
        else:
            tally.missed.append(f"{where}: {value}")
    # A witness may give alternatives; where the label lists them, any of them is right.
    tally.extra += [f"{where}: {one}" for one in read if not any(same(name, value, one) for value in gold)]


def paired(gold: list[dict[str, Any]], read: list[dict[str, list[Any]]]) -> Iterator[tuple[dict[str, Any], Any]]:
    """Labelled and read people (or vehicles) side by side, so that most facts agree; {} where one has no partner."""
    size = max(len(gold), len(read))
    left = [*gold, *[{} for _ in range(size - len(gold))]]
    right = [*read, *[{} for _ in range(size - len(read))]]
    if size > _MOST_PEOPLE:
        yield from zip(left, right, strict=True)
        return
    best = max(
        permutations(right), key=lambda order: sum(_agreements(g, r) for g, r in zip(left, order, strict=True))
    )
    yield from zip(left, best, strict=True)


def _agreements(gold: dict[str, Any], read: dict[str, list[Any]]) -> int:
    return sum(
        any(same(name, value, one) for one in read.get(name, ())) for name in gold for value in listed(gold[name])
    )


def listed(value: Any) -> list[Any]:
    """The values of a label: of a list, one value, or one range."""
    if value is None:
        return []
    ranged = isinstance(value, list) and any(v is None or isinstance(v, int | float) for v in value)
    return [value] if ranged or not isinstance(value, list) else value


def judge(line: dict[str, Any], tallies: dict[str, Tally], wrongly: list[str]) -> int:
    """Read one text and count; returns how many facts of others it holds."""
    gold = line["gold"]
    report = extract_report(line["text"], line["id"], line.get("received"), TODAY)
    open_fields = set(gold.get("ignore", ()))
    people = [facts_of_person(p) for p in report.suspects]
    vehicles = [facts_of_vehicle(v) for v in report.vehicles]
    whole = facts_of_report(report)
    for group, read in (("people", people), ("vehicles", vehicles)):
        for labelled, found in () if group in open_fields else paired(gold.get(group, []), read):
            one = beside(labelled, found)
            for name in sorted({*labelled, *one} - open_fields):
                told = [value for value in listed(labelled.get(name)) if (name, value) != ("body", "car")]
                compare(name, told, one.get(name, []), tallies.setdefault(name, Tally()), line["id"])
    for name, values in whole.items():
        if name in open_fields or name == "behaviours_absent":
            continue
        may = gold.get("behaviours_may", []) if name == "behaviours" else []
        told = listed(gold.get(name))
        if name == "clock" and not told and _part_of_day(report.occurred):
            continue
        compare(name, told, [v for v in values if v not in may], tallies.setdefault(name, Tally()), line["id"])
    return _count_others(gold, [*people, *vehicles, whole], wrongly, line["id"])


def _count_others(gold: dict[str, Any], parts: list[dict[str, list[Any]]], wrongly: list[str], where: str) -> int:
    """A fact that the reported person truly shares with somebody else is not one of others."""
    held = 0
    told = gold.get("others", {})
    ours = [gold, *gold.get("people", ()), *gold.get("vehicles", ())]
    for other in [told] if isinstance(told, dict) else told:
        for named, values in other.items():
            name = "height_cm" if named == "height" else named
            for value in listed(values):
                if any(_tells(name, value, one) for our in ours for one in listed(our.get(name))):
                    continue
                held += 1
                if any(_tells(name, value, one) for part in parts for one in part.get(name, ())):
                    wrongly.append(f"{where}: {name} {value}")
    return held


def others_tell(gold: dict[str, Any], name: str, read: Any) -> bool:
    """Whether a label of somebody else bears out a value that was read."""
    told = gold.get("others", {})
    return any(
        _tells(name, value, read)
        for other in ([told] if isinstance(told, dict) else told)
        for value in listed(other.get(name))
    )


def _tells(name: str, value: Any, read: Any) -> bool:
    """Whether a value of somebody else, which a label may tell in short, is what was read."""
    if not isinstance(value, str):
        return same(name, value, read)
    if name in ("age", "height_cm", "clock"):
        number = float(value.rstrip("s")) if value.rstrip("s").replace(".", "").isdigit() else 25.0
        low, high = (end if end is not None else number for end in read)
        return low - 1 <= number <= high + 1 and high - low <= 6
    return value.lower() in str(read).lower().replace("'", "")


def load_set(name: str) -> list[dict[str, Any]]:
    """The lines of a labelled set: "dev", "repaired", "held_out", or a path."""
    path = Path(name) if name.endswith(".jsonl") else TEXTS / f"{name}.jsonl"
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines() if line.strip()]


def measure(lines: Iterable[dict[str, Any]]) -> dict[str, Any]:
    """Tallies of each field, facts of others in all, and those wrongly given."""
    tallies: dict[str, Tally] = {}
    wrongly: list[str] = []
    held = sum(judge(line, tallies, wrongly) for line in lines)
    return {"fields": tallies, "others": held, "wrongly": wrongly}


def summary(name: str, count: int, measured: dict[str, Any]) -> dict[str, Any]:
    """The figures as plain values."""
    tallies: dict[str, Tally] = measured["fields"]
    rows = {
        key: {"f1": round(t.f1, 3), "right": t.right, "missed": len(t.missed), "extra": len(t.extra)}
        for key, t in sorted(tallies.items())
    }
    totals = Counter[str]()
    for row in rows.values():
        totals.update({key: int(row[key]) for key in ("right", "missed", "extra")})
    right, wrong = totals["right"], totals["missed"] + totals["extra"]
    return {
        "command": f"python benchmarks/extraction_f1.py {name}",
        "n": count,
        "fields": rows,
        "all": {"f1": round(2 * right / max(2 * right + wrong, 1), 3), **totals},
        "mean_of_fields": round(sum(t.f1 for t in tallies.values()) / max(len(tallies), 1), 3),
        "facts_of_others": measured["others"],
        "wrongly_given": len(measured["wrongly"]),
        "wrongly_given_share": round(len(measured["wrongly"]) / max(measured["others"], 1), 3),
    }


def main() -> None:
    """Print the figures of one set."""
    parser = argparse.ArgumentParser(description="F1 of each field read from labelled free texts.")
    parser.add_argument("set", nargs="?", default="dev", help="dev, repaired, held_out or a .jsonl file")
    parser.add_argument("--show", action="store_true", help="list what was missed and what was read in excess")
    parser.add_argument("--json", action="store_true", help="one JSON document")
    given = parser.parse_args()
    lines = load_set(given.set)
    measured = measure(lines)
    told = summary(given.set, len(lines), measured)
    if given.json:
        print(json.dumps(told))
        return
    print(f"{told['command']}\nn = {told['n']} texts")
    for key, row in {**told["fields"], "all": told["all"]}.items():
        print(
            f"{key:16} F1 {row['f1']:.3f}  right {row['right']:4}  missed {row['missed']:3}  extra {row['extra']:3}"
        )
    print(f"mean F1 of the {len(told['fields'])} fields {told['mean_of_fields']:.3f}")
    print(f"facts of others wrongly given: {told['wrongly_given']} of {told['facts_of_others']}")
    if given.show:
        for key, tally in sorted(measured["fields"].items()):
            print(f"\n{key}\n  missed  {'; '.join(tally.missed)}\n  extra   {'; '.join(tally.extra)}")
        print("\nwrongly given  " + "; ".join(measured["wrongly"]))


if __name__ == "__main__":
    main()
