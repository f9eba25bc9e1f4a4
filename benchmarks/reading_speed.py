"""How long reading free text takes: processor seconds for 1,000 texts of 100 words, on one core.

    python benchmarks/reading_speed.py [TEXTS]

`TEXTS` has a text a line (`{"text"}`), by default those that the rules were repaired against. The first 100 warm up.
`linkage extract` reads on all cores at once.
"""

from __future__ import annotations

import json
import sys
import time
from datetime import date
from pathlib import Path

from linkage.intake.extract import extract_report

TEXTS = Path(__file__).parents[1] / "tests/intake/texts/repaired.jsonl"
WARM = 100


def main() -> None:
    """Prints one line."""
    path = Path(sys.argv[1]) if len(sys.argv) > 1 else TEXTS
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    for text in texts[:WARM]:
        extract_report(text, today=date(2024, 1, 1))
    words = sum(len(text.split()) for text in texts[WARM:])
    began = time.process_time()
    for text in texts[WARM:]:
        extract_report(text, today=date(2024, 1, 1))
    took = time.process_time() - began
    print(f"{len(texts) - WARM} texts, {words} words: {took / words * 100_000:.2f} s for 1,000 texts of 100 words")


if __name__ == "__main__":
    main()
