"""Many texts are read by several processes as one reads them."""

from __future__ import annotations

import json
import sys
import threading
from collections.abc import Generator
from concurrent.futures import Future
from pathlib import Path
from typing import Any

import pytest

from linkage.intake.lines import extract_lines
from linkage.intake.processes import CHUNK, LEAST, WORTH_PROCESSES, in_chunks


def total(numbers: list[int]) -> list[int]:
    return [sum(numbers)]


def test_chunks_come_back_in_order_from_several_processes() -> None:
    items = list(range(WORTH_PROCESSES + CHUNK + 7))
    chunks = [items[at : at + LEAST] for at in range(0, len(items), LEAST)]
    assert list(in_chunks(total, items, processes=3)) == [[sum(chunk)] for chunk in chunks]


@pytest.mark.skipif(sys.platform != "linux", reason="one process reads where others cannot be forked")
def test_what_is_left_of_ended_work_is_cancelled_by_the_thread_that_notes_its_end(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    cancelling = set[threading.Thread]()
    real = Future.cancel

    def cancel(future: Future[Any]) -> bool:
        cancelling.add(threading.current_thread())
        return real(future)

    monkeypatch.setattr(Future, "cancel", cancel)
    chunks = in_chunks(total, list(range(40 * WORTH_PROCESSES)), processes=2)
    assert isinstance(chunks, Generator)
    next(chunks)
    chunks.close()
    assert cancelling
    assert threading.current_thread() not in cancelling


def test_one_process_takes_the_largest_chunks() -> None:
    items = list(range(WORTH_PROCESSES + CHUNK + 7))
    chunks = [items[at : at + CHUNK] for at in range(0, len(items), CHUNK)]
    assert list(in_chunks(total, items, processes=1)) == [[sum(chunk)] for chunk in chunks]


def test_many_lines_give_what_each_gives_alone(tmp_path: Path) -> None:
    said = ["A bald man in a silver van took her phone in Leeds.", "Two women robbed him, both in their 30s.", ""]
    lines = [json.dumps({"id": f"SYN-{n}", "text": said[n % 3]}) for n in range(WORTH_PROCESSES + 5)]
    lines[7] = "no json"
    path = tmp_path / "many.jsonl"
    path.write_text("\n".join(lines), encoding="utf-8")
    found = list(extract_lines(path))
    assert [one["id"] for one in found] == [
        *(f"SYN-{n}" for n in range(7)),
        None,
        *(f"SYN-{n}" for n in range(8, 205)),
    ]
    assert found[7]["error"].startswith("line 8: not valid JSON")
    for n in (0, 1, 2, 204):
        (tmp_path / "one.jsonl").write_text(lines[n], encoding="utf-8")
        assert [found[n]] == list(extract_lines(tmp_path / "one.jsonl"))
