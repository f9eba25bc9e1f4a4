"""The page needs nothing beside it, asks nobody for anything, and judges no person."""

from __future__ import annotations

import re
from copy import deepcopy
from functools import cache
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from xml.etree import ElementTree

import pytest

from linkage.evaluation.document import document
from linkage.evaluation.html import charts, page, write_page
from linkage.evaluation.html.drawing import COLOURS, SHAPES, signs
from linkage.evaluation.protocol import evaluate
from tests.evaluation.trials import Near, laid_out
from tests.test_house import BANNED

CHARTS = ("precision_recall", "work", "recall", "reliability", "rebuilt")


@cache
def found() -> dict[str, Any]:
    reports, truth = laid_out()
    return document(
        evaluate(reports, truth, folds=3, replicates=10, scorers=[Near(), Near(name="a <b>bold</b> & sly way")])
    )


@cache
def shown() -> str:
    return page(found())


class _Text(HTMLParser):
    """Words that a reader sees, style left out, and every id."""

    def __init__(self) -> None:
        super().__init__()
        self.words: list[str] = []
        self.ids: list[str] = []
        self.inside: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.inside.append(tag)
        self.ids += [value or "" for name, value in attrs if name == "id"]

    def handle_data(self, data: str) -> None:
        if self.inside and self.inside[-1] != "style":
            self.words.append(data)


def read(text: str) -> _Text:
    parser = _Text()
    parser.feed(text)
    return parser


def test_no_address_stands_in_it_but_the_names_of_svg() -> None:
    addresses = set(re.findall(r"[a-z]+://[^\s\"'<>)]+", shown()))
    assert {address.split("/")[2] for address in addresses} == {"www.w3.org"}
    assert not re.search(r"<(script|link|iframe|img|object|embed)\b|@import|\bsrc=", shown())


def test_every_chart_is_a_drawing_and_says_how_to_read_it() -> None:
    drawings = re.findall(r"<svg.*?</svg>", shown(), re.DOTALL)
    assert len(drawings) == len(CHARTS)
    for drawing in drawings:
        ElementTree.fromstring(drawing)
    captions = re.findall(r"<figcaption>(.*?)</figcaption>", shown(), re.DOTALL)
    assert len(captions) == len(CHARTS)
    assert all(caption.startswith("How to read it: ") for caption in captions)
    assert shown().count('role="img" aria-label="') == len(CHARTS)


def test_every_chart_is_written_in_the_grammar_of_charts() -> None:
    ways = found()["trials"][0]["ways"]
    for name in CHARTS:
        chart = getattr(charts, name)(ways)
        assert chart.to_dict(validate=True) == chart.to_dict(validate=False)


def test_no_two_things_share_an_id() -> None:
    two = deepcopy(found())
    two["trials"] += [{**two["trials"][0], "name": "again"}]
    text = page(two)
    ids = read(text).ids
    assert len(ids) == len(set(ids))
    assert set(re.findall(r"url\(#([^)]+)\)", text)) <= set(ids)


def test_names_are_shown_as_they_are_written_and_never_run() -> None:
    assert "<b>bold" not in shown()
    assert "a &lt;b&gt;bold&lt;/b&gt; &amp; sly way" in shown()


def test_no_word_on_it_judges_a_person() -> None:
    assert BANNED.findall(" ".join(read(shown()).words)) == []


def test_every_figure_of_the_tables_stands_with_its_interval() -> None:
    words = " ".join("".join(read(shown()).words).split())
    figure = found()["trials"][0]["ways"][0]["figures"]["auprc"]
    spread = f"{figure['value']:.2f}{figure['low']:.2f} - {figure['high']:.2f}".replace("0.", ".")
    assert spread in words
    assert "Base rate" in words


def test_without_probabilities_and_series_their_charts_are_left_out() -> None:
    bare = deepcopy(found())
    for way in bare["trials"][0]["ways"]:
        way["reliability"] = way["predictive_values"] = []
        way["figures"] = {key: way["figures"][key] for key in ("auc", "auprc", "recall_at_10", "recall_at_10_far")}
    text = page(bare)
    assert text.count("<svg") == 3
    assert "What a probability is worth" not in text


def test_without_draws_figures_stand_without_intervals() -> None:
    reports, truth = laid_out()
    text = page(document(evaluate(reports, truth, folds=3, replicates=0, scorers=[Near()])))
    assert "None" not in text
    assert "nan" not in " ".join(read(text).words).split()


def test_groups_and_conditions_are_told() -> None:
    told = deepcopy(found())
    rates = ("recall_at_10", "found", "wrong_per_1000", "ppv", "stated", "expected_over_true")
    row = {"grouping": "sector", "setting": "near", "reports": 9, "links": 20, "base_rate": 0.1, "note": ""}
    full = row | {"group": "street"} | {f"{rate}{end}": 0.5 for rate in rates for end in ("", "_low", "_high")}
    few = {**full, "group": "online", "note": "too few links (2) for rates"}
    told["trials"][0]["groups"] = [full, few]
    condition = {"condition": "wrong colour", "note": "30 % are another", "against": "as they are", "figure": "auprc"}
    told["robustness"] = [{**condition, "value": 0.4, "change": -0.2, "change_low": -0.3, "change_high": -0.1}]
    words = " ".join(" ".join(read(page(told)).words).split())
    assert "sector way of linking" in words
    assert "street near 9 20 0.1 .50 .50 - .50" in words
    assert "too few links (2) for rates" in words
    assert "wrong colour 30 % are another as they are" in words
    assert "-0.20 (-0.30 to -0.10)" in words


def test_it_is_written_as_one_file(tmp_path: Path) -> None:
    write_page(found(), tmp_path / "page.html")
    assert (tmp_path / "page.html").read_text(encoding="utf-8") == shown()
    assert shown().startswith("<!doctype html>")


@pytest.mark.parametrize("count", [1, 7, 8, 20])
def test_no_two_lines_look_alike(count: int) -> None:
    names = [f"way {number}" for number in range(count)]
    colours, shapes, _ = (scale.to_dict()["range"] for scale in signs(names))
    assert len(set(zip(colours, shapes, strict=True))) == count
    assert set(colours) <= set(COLOURS)
    assert set(shapes) <= set(SHAPES)
