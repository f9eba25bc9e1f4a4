"""Words that tell of a vehicle, and words that only look like one: `texts/vehicles.txt`, which also teaches."""

from __future__ import annotations

from pathlib import Path

from linkage.intake.assemble.vehicles import find_vehicles
from linkage.intake.finding import Finding
from tests.rows import each_row

TABLE = Path(__file__).parent / "texts" / "vehicles.txt"


def _rows() -> list[tuple[str, str]]:
    lines = (line.partition(" | ") for line in TABLE.read_text(encoding="utf-8").splitlines() if " | " in line)
    return [(text.replace("\\n", "\n"), told) for told, _, text in lines]


def _told(group: list[Finding]) -> str:
    """ "colour=blue/black make=Ford" of a mention; a bare "car" is nothing."""
    told: dict[str, list[str]] = {}
    for finding in group:
        if finding.field != "features" and finding.value != "car":
            told.setdefault(finding.field, []).append(str(finding.value))
    order = [name for name in ("colour", "make", "model", "body") if name in told]
    return " ".join(f"{name}={'/'.join(dict.fromkeys(told[name]))}" for name in order)


@each_row(("text", "told"), _rows())
def test_vehicles_are_read(text: str, told: str) -> None:
    assert "; ".join(filter(None, map(_told, find_vehicles(text)))) == told
