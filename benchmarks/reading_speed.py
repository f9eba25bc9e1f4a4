"""How long reading takes, in processor time on one core: free texts, and reports of the format with narratives.

    python benchmarks/reading_speed.py [--texts FILE] [--reports 500] [--seed 3] [--keep FILE] [--same-as FILE]

`--texts` has a text a line (`{"text"}`), by default those that the rules were repaired against; told are seconds for
1,000 texts of 100 words. Reports are of the synthetic world of that seed, and told are milliseconds for each, and
minutes for 20,000; what the rules and tables take to be loaded is spent before, on texts and reports of other worlds.
`linkage extract` and `linkage import` read on all cores at once. `--keep` writes what was read into a file;
`--same-as` compares it with what another version wrote there, report by report, and ends with 1 where one differs.
"""

from __future__ import annotations

import argparse
import json
import sys
import tempfile
import time
from collections.abc import Sequence
from datetime import date
from pathlib import Path

from linkage import read_reports
from linkage.intake.assemble.extract import extract_report
from linkage.report import Report
from linkage.synthetic import generate

TEXTS = Path(__file__).parents[1] / "tests/intake/texts/repaired.jsonl"
WARM = 100
OTHER = 1_000
"""Added to a seed: the world that warms up."""
TODAY = date(2026, 1, 1)


def read_texts(path: Path) -> list[Report]:
    """Prints one line."""
    texts = [json.loads(line)["text"] for line in path.read_text(encoding="utf-8").splitlines()]
    read = [extract_report(text, today=TODAY) for text in texts[:WARM]]
    words = sum(len(text.split()) for text in texts[WARM:])
    began = time.process_time()
    read += [extract_report(text, today=TODAY) for text in texts[WARM:]]
    took = time.process_time() - began
    print(f"{len(texts) - WARM} texts, {words} words: {took / words * 100_000:.2f} s for 1,000 texts of 100 words")
    return read


def read_world(reports: int, seed: int) -> list[Report]:
    """Prints one line."""
    with tempfile.TemporaryDirectory() as folder:
        files = [Path(folder) / f"{each}.jsonl" for each in (seed + OTHER, seed)]
        for file in files:
            rows = generate(reports, seed=int(file.stem)).reports
            file.write_text("\n".join(json.dumps(row) for row in rows), encoding="utf-8")
        read_reports(files[0], today=TODAY, processes=1)
        began = time.process_time()
        read = read_reports(files[1], today=TODAY, processes=1).reports
        took = time.process_time() - began
    each = 1_000 * took / len(read)
    print(f"{len(read)} reports: {each:.2f} ms a report, {20 * each / 60:.1f} minutes for 20,000")
    return read


def same(read: Sequence[str], before: Sequence[str]) -> bool:
    """Whether two versions read the same; prints how many reports differ."""
    differing = sum(one != other for one, other in zip(read, before, strict=True))
    print(f"{differing} of {len(read)} differ")
    return not differing


def main() -> int:
    """Prints a line each."""
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--texts", type=Path, default=TEXTS)
    parser.add_argument("--reports", type=int, default=500)
    parser.add_argument("--seed", type=int, default=3)
    parser.add_argument("--keep", type=Path)
    parser.add_argument("--same-as", type=Path)
    asked = parser.parse_args()
    read = [one.model_dump_json() for one in (*read_texts(asked.texts), *read_world(asked.reports, asked.seed))]
    if asked.keep:
        asked.keep.write_text("\n".join(read), encoding="utf-8")
    return 0 if not asked.same_as or same(read, asked.same_as.read_text(encoding="utf-8").split("\n")) else 1


if __name__ == "__main__":
    sys.exit(main())
