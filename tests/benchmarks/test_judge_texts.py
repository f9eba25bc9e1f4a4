"""Labelled texts laid beside what is read in them: whose a fact of a bare description is."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

sys.path.insert(0, str(Path(__file__).parents[2] / "benchmarks"))

import judge_texts


def test_of_a_bare_description_what_is_read_as_the_label_says_is_the_reported_persons(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    rows = ("age=40-49 | white man in his forties", "age=none-25 | not a day over 25", "accent= | an Irish setter")
    (tmp_path / "descriptions.txt").write_text("\n".join(rows), encoding="utf-8")
    monkeypatch.setattr(judge_texts, "TEXTS", tmp_path)
    found = [
        (text.document.text, [one.field for one in text.findings], text.owners)
        for text in judge_texts.described_texts()
    ]
    assert found == [
        ("white man in his forties", ["age"], [frozenset({0})]),
        ("not a day over 25", ["age"], [frozenset({0})]),
    ]
