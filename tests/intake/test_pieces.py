"""Long texts are read in pieces, short ones whole, and spans stay where their words are."""

from __future__ import annotations

import json
from datetime import date
from pathlib import Path

import pytest

from linkage.intake import extract_report
from linkage.intake.assemble.extract import read_narrative
from linkage.intake.document.pieces import parts_of, pieces
from linkage.intake.limits import limit, variable
from linkage.report import Report
from tests.rows import each_row

TEXTS = Path(__file__).parent / "texts"
TODAY = date(2026, 3, 1)


def labelled(name: str) -> list[str]:
    lines = (TEXTS / f"{name}.jsonl").read_text(encoding="utf-8").splitlines()
    return [json.loads(line)["text"] for line in lines]


LONG = "\n\n".join(labelled("dev")[:40])


@pytest.mark.parametrize("name", ["dev", "held_out", "repaired", "scenes"])
def test_every_labelled_text_is_one_piece(name: str) -> None:
    assert all(list(pieces(text)) == [(0, len(text))] for text in labelled(name))


@pytest.mark.parametrize("text", labelled("held_out")[::25])
def test_a_text_below_the_limit_is_read_as_if_there_were_none(text: str, monkeypatch: pytest.MonkeyPatch) -> None:
    read = extract_report(text, today=TODAY).to_json()
    monkeypatch.setenv(variable("whole_characters"), "1000000")
    assert extract_report(text, today=TODAY).to_json() == read


@each_row("text", [LONG, "a" * 9_000, "no stop " * 900, "One. " * 2_000, "\n" * 9_000, "é! " * 3_000])
def test_pieces_make_up_the_text_and_none_is_longer_than_the_limit(text: str) -> None:
    found = list(pieces(text))
    assert "".join(text[a:b] for a, b in found) == text
    assert max(b - a for a, b in found) <= limit("piece_characters")


def test_a_piece_ends_where_a_paragraph_does() -> None:
    assert all(LONG[:b].endswith("\n\n") for _, b in list(pieces(LONG))[:-1])


def test_spans_of_later_pieces_name_their_words() -> None:
    far = "He drove on for a while and nothing was said. " * 150
    text = f"A white man of about 30 hit her. {far}He had a scar on his left cheek. His number was 07700 900123."
    report = extract_report(text, today=TODAY)
    person = report.suspects[0]
    assert len(report.suspects) == 1
    assert any("scar" in mark for mark in person.marks)
    assert [text[a:b] for a, b in person.spans["marks"]] == [person.raw["marks"]]
    assert [text[a:b] for a, b in report.identifiers[0].spans["value"]] == ["07700 900123"]
    assert text[slice(*person.spans["age"][0])] in person.raw["age"]


def test_what_contradicts_an_earlier_piece_is_told_as_such() -> None:
    far = "".join(f"They passed shop {at} and the lights. It rained, and nothing was said. " for at in range(100))
    report = extract_report(
        f"A white man hit her. He was tall, slim and about 20. {far}The man was white, slim and about 60.",
        today=TODAY,
    )
    said = [warning for warning in report.warnings if warning.startswith("suspects.1.age")]
    assert said
    assert all("the field" not in warning for warning in said)


def test_lists_of_a_long_text_have_an_end_which_is_told(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv(variable("listed"), "3")
    text = "\n\n".join(
        f"He said “give me the number {'x' * n} now”. His number was 0770090{n:04d}." for n in range(300)
    )
    report = extract_report(text, today=TODAY)
    assert len(report.identifiers) == 3
    assert any("tells more than 3; the first 3 are kept" in warning for warning in report.warnings)
    assert not any(name.startswith("speech.4") for name in report.spans)


@pytest.mark.parametrize(
    "unit", ["A tall white man in a blue Ford Focus hit her in Leeds. ", "he ", "AB12 CDE ", "7"]
)
def test_the_same_phrase_again_and_again_is_read_to_its_end(unit: str) -> None:
    report = Report(report_id="R", narrative=(unit * 40_000)[:40_000])
    read_narrative(report, TODAY)  # cubic before: 23 s of processor time, and hours at 100,000 characters
    for _, part in parts_of(report):
        assert all(0 <= a < b <= 40_000 for spans in part.spans.values() for a, b in spans)
