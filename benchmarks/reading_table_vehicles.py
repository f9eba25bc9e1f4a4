"""What the rules decided about each vehicle in labelled texts, with what stands around it and the label.

    python benchmarks/reading_table_vehicles.py CHECKOUT TEXTS... >> TABLE

As reading_table.py, for belief/vehicles.py: `CHECKOUT` is the program before anybody repaired it against these texts.
A line is one mention of a vehicle or one plate: label 1 where more of what it tells stands among the labelled
vehicles of reported people than among those of others, 0 where not; one of which both have as much is left out.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from reading_table import SURE, features_of


def lines(texts: list[str]) -> Iterator[dict[str, Any]]:
    """A line for each labelled mention."""
    features = features_of("vehicle_surroundings")
    from linkage.intake.facts import person, registration, vehicle
    from linkage.intake.readers.encoding import clean
    from linkage.intake.whose import Whose

    for told in (json.loads(line) for path in texts for line in Path(path).read_text(encoding="utf-8").splitlines()):
        text, gold = clean(told["text"]), told["gold"]
        if "vehicles" in gold.get("ignore", ()):
            continue
        whose = Whose.read(text, None)
        found = [f for f in sorted(person.find(text), key=lambda f: (f.start, f.end)) if f.confidence >= SURE]
        given = [bool(whose.person(*(getattr(f, "about", None) or (f.start, f.end)))) for f in found]
        named = [*vehicle.find_vehicles(text), *([plate] for plate in registration.find(text))]
        groups = [kept for group in named if (kept := [f for f in group if not f.negated])]
        groups.sort(key=lambda group: min(f.start for f in group))
        rules = [bool(whose.vehicle(min(f.start for f in g), max(f.end for f in g))) for g in groups]
        around = features.Vehicles(text, whose, found, given, groups, rules)
        for number, group in enumerate(groups):
            right = label(gold, group)
            if right is not None:
                row = {name: round(float(value), 4) for name, value in around.of(number).items() if value}
                row["rule"] = float(rules[number])
                told_of = {"id": told["id"], "field": around.kind(number), "label": right, "x": row}
                yield told_of | {"said": around.said(number)}


def label(gold: dict[str, Any], group: list[Any]) -> int | None:
    """1 for a reported person's vehicle, 0 for somebody else's or nobody's, None where the label does not say."""
    telling = [f for f in group if (f.field, f.value) != ("body", "car")]
    others = gold.get("others") or []
    his = _agreeing(gold.get("vehicles") or [], telling)
    theirs = _agreeing([others] if isinstance(others, dict) else others, telling)
    return None if not telling or (his and his == theirs) else int(his > theirs)


def _agreeing(labelled: list[dict[str, Any]], telling: list[Any]) -> int:
    from same_fact import same

    def values(one: dict[str, Any], field: str) -> list[Any]:
        told = one.get(field)
        return told if isinstance(told, list) else [] if told is None else [told]

    return sum(
        any(same(f.field, value, f.value) for one in labelled for value in values(one, f.field)) for f in telling
    )


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    for line in lines(sys.argv[2:]):
        print(json.dumps(line, ensure_ascii=False))
