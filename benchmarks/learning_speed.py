"""What learning from labelled reports costs, part by part; and whether a version before learns the same.

    python benchmarks/learning_speed.py [WORLD:SEED ...] [--reports 800] [--keep FOLDER] [--same-as FOLDER]

Worlds are those of `benchmarks/worlds.py`, all their reports labelled. Told is processor time, of all threads, after
a small learning that compiles. `--keep` writes the learned models into a folder; `--same-as` compares them with those
that another version wrote there, number by number, and ends with 1 where one differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

from linkage.evaluation.engine import labelled
from linkage.models import training

sys.path.insert(0, str(Path(__file__).resolve().parents[1]))

from benchmarks.worlds import world

PARTS = {
    "parameters": ("learn_parameters",),
    "tempers": ("learn_tempers", "learn_series_tempers"),
    "calibration": ("_calibrated",),
}
"""Parts of learning, and the functions of `training` that are theirs; the rest is laying out and scoring halves."""


def timed(part: str, function: Callable[..., Any], spent: dict[str, float]) -> Callable[..., Any]:
    """The function, its processor time added to that of its part."""

    def run(*given: Any, **named: Any) -> Any:
        started = time.process_time()
        try:
            return function(*given, **named)
        finally:
            spent[part] += time.process_time() - started

    return run


def differing(one: Any, other: Any, at: str = "") -> Iterator[str]:
    """Where two models differ, and how."""
    if isinstance(one, dict) and isinstance(other, dict):
        for key in sorted(one.keys() | other.keys()):
            yield from differing(one.get(key), other.get(key), f"{at}/{key}")
    elif one != other:
        yield f"{at}: {one} was {other}"


def learned(name: str, reports: int, spent: dict[str, float]) -> dict[str, Any]:
    """The model learned from a world; what it took is added to `spent`."""
    preset, seed = name.split(":")
    made = world(preset, int(seed), reports)
    known = labelled(made.reports, made.truth)
    started = time.process_time()
    model = training.train(known)
    spent["all"] += time.process_time() - started
    found: dict[str, Any] = json.loads(json.dumps(model.to_json()))
    return found


def main() -> None:
    """Print a table."""
    asked = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asked.add_argument("worlds", nargs="*", metavar="WORLD:SEED", default=["default:52"])
    asked.add_argument("--reports", type=int, default=800)
    asked.add_argument("--keep", type=Path)
    asked.add_argument("--same-as", type=Path)
    chosen = asked.parse_args()
    learned(chosen.worlds[0], 120, {"all": 0.0})
    spent = dict.fromkeys([*PARTS, "all"], 0.0)
    for part, names in PARTS.items():
        for name in names:
            setattr(training, name, timed(part, getattr(training, name), spent))
    columns = [*PARTS, "the rest", "all"]
    print("| world | " + " | ".join(f"{column}, s" for column in columns) + " |\n" + "| --- " * 6 + "|")
    other: list[str] = []
    for name in chosen.worlds:
        spent.update(dict.fromkeys(spent, 0.0))
        model, file = learned(name, chosen.reports, spent), f"{name.replace(':', '_')}_{chosen.reports}.json"
        rest = 2 * spent["all"] - sum(spent.values())
        values = [*(spent[part] for part in PARTS), rest, spent["all"]]
        print(f"| {name} | " + " | ".join(f"{value:.1f}" for value in values) + " |", flush=True)
        if chosen.keep:
            chosen.keep.mkdir(parents=True, exist_ok=True)
            (chosen.keep / file).write_text(json.dumps(model, indent=1), encoding="utf-8")
        if chosen.same_as:
            before = json.loads((chosen.same_as / file).read_text(encoding="utf-8"))
            other += [f"{name} {place}" for place in differing(model, before)]
    for line in other[:20]:
        print(line, file=sys.stderr)
    if chosen.same_as:
        print(f"{len(other)} numbers differ")
    sys.exit(bool(other))


if __name__ == "__main__":
    main()
