"""What one row holds ends no import, on either database."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

from linkage.intake import extract_report, read_reports
from linkage.store import Store


def test_rows_that_no_store_could_keep_come_in_clean_and_the_others_with_them(store: Store, tmp_path: Path) -> None:
    today = date(2026, 3, 1)
    canonical = extract_report("A tall white man hit her in Leeds.", "R3", today=today).to_json()
    canonical["place"]["radius_m"] = float("inf")
    canonical["suspects"][0]["names_used"] = ["Da\ud800ve\x00"]
    rows = [
        {"report_id": "R1\x00", "narrative": "a \ud800 man\x00", "series": "S\udfff"},
        {"report_id": "R2", "received": "2026-01-01T10:00+25:00", "vict\ud800im_name": "x", "odd\x00": "\ud800"},
        canonical,
        {"report_id": "good", "narrative": "A man hit her."},
    ]
    file = tmp_path / "a.jsonl"
    file.write_text("\n".join(map(json.dumps, rows)), encoding="utf-8")
    batch = read_reports(file, today=today)
    result = store.import_batch(batch, "a\ud800.jsonl".encode("utf-8", "replace").decode())
    assert result.new == 4
    assert store.ids() == {"R1", "R2", "R3", "good"}
    assert store.report("R3").suspects[0].names_used == ["Dave"]
