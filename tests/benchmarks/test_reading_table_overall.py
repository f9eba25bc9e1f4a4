"""What the rules read of a text, before all its words judge that, is noted for whoever learns from it."""

from __future__ import annotations

import json
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[2]


def test_each_text_is_noted_with_what_the_rules_read_of_it(tmp_path: Path) -> None:
    texts = tmp_path / "texts.jsonl"
    told = ("He came to my flat and held a knife.", "He stopped his car beside me.")
    texts.write_text("".join(json.dumps({"id": f"T{at}", "text": text}) + "\n" for at, text in enumerate(told)))
    made = subprocess.run(
        [sys.executable, ROOT / "benchmarks/reading_table_overall.py", ROOT, texts],
        capture_output=True, text=True, check=True,
    )  # fmt: skip
    first, second = map(json.loads, made.stdout.splitlines())
    assert (first["id"], second["id"]) == ("T0", "T1")
    assert (first["weapons"], second["weapons"]) == (["knife"], [])
