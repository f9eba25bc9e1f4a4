"""`linkage evaluate` as a person or a script meets it."""

from __future__ import annotations

import json
import sys
from collections.abc import Callable
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

import pytest

from linkage.cli import main
from linkage.cli.evaluating import ways
from linkage.evaluation.protocol import engines
from linkage.evaluation.truth import TRUTH_COLUMNS
from tests.evaluation.trials import laid_out
from tests.test_house import BANNED

CHEAP = ("--only", "distance,jaccard", "--folds", "3", "--replicates", "10")


@dataclass
class Ran:
    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        return json.loads(self.out)


Run = Callable[..., Ran]


@pytest.fixture
def run(monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str], tmp_path: Path) -> Run:
    """Calls `linkage evaluate` in a working folder with labelled reports and a truth file."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINKAGE_DEBUG", raising=False)
    for name, text in files().items():
        Path(name).write_text(text, encoding="utf-8")

    def call(*words: str | Path) -> Ran:
        monkeypatch.setattr(sys, "argv", ["linkage", "evaluate", *map(str, words)])
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = int(stopped.code or 0)
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return call


@cache
def files() -> dict[str, str]:
    reports, truth = laid_out()
    rows: list[dict[str, Any]] = [
        {
            "report_id": report.report_id,
            "received": report.received,
            "place": {"lat": report.place.lat, "lon": report.place.lon},
            "behaviours": {"present": ["uses_weapon"] if number % 3 else ["grabs_throat", "insults"]},
        }
        for number, report in enumerate(reports)
    ]
    labels = {report.report_id: report.series for report in reports}
    who = [f"{name},{truth.incident[name]},{person}" for name, person in truth.person.items()]
    return {
        "bare.jsonl": "".join(json.dumps(row) + "\n" for row in rows),
        "labelled.jsonl": "".join(json.dumps({**row, "series": labels[row["report_id"]]}) + "\n" for row in rows),
        "truth.csv": "\n".join([",".join(TRUTH_COLUMNS), *who]) + "\n",
    }


def test_a_table_with_intervals_says_how_it_is_read(run: Run) -> None:
    ran = run("bare.jsonl", "--truth", "truth.csv", *CHEAP)
    assert (ran.code, ran.err) == (0, "")
    for words in (
        "66 reports of 30 people, 12 series",
        "Base rate",
        "Recall at 10 is the share of links",
        "distance and days, untrained",
        "Intervals hold 95 % of 10 bootstrap draws",
    ):
        assert words in " ".join(ran.out.split())
    assert BANNED.findall(ran.out) == []


def test_json_is_one_document_and_nothing_else(run: Run) -> None:
    ran = run("bare.jsonl", "--truth", "truth.csv", "--json", *CHEAP)
    assert ran.code == 0
    assert ran.out.count("\n") == 1
    names = [way["name"] for way in ran.json["trials"][0]["ways"]]
    assert names == ["distance", "distance and days, untrained", "Jaccard", "Jaccard by rarity"]
    assert ran.json["asked"] == {"folds": 3, "seed": 0, "replicates": 10}


def test_labels_in_the_reports_are_truth_enough(run: Run) -> None:
    told = run("labelled.jsonl", "--json", *CHEAP).json["file"]
    # nothing says that two of a series' reports are of one incident, so that it has six links where it had five
    assert (told["reports"], told["series"], told["links"]) == (66, 12, 12 * 6)


def test_the_same_seed_gives_the_same_bytes(run: Run) -> None:
    once, again = (run("labelled.jsonl", "--json", "--seed", "5", *CHEAP).out for _ in range(2))
    assert once == again
    assert once != run("labelled.jsonl", "--json", "--seed", "6", *CHEAP).out


def test_the_page_is_written(run: Run) -> None:
    ran = run("labelled.jsonl", "--html", "page.html", *CHEAP)
    assert ran.code == 0
    assert "Page with charts: page.html" in ran.out
    assert "<svg" in Path("page.html").read_text(encoding="utf-8")


def test_reports_and_truth_that_do_not_find_each_other_are_told_and_the_rest_is_judged(run: Run) -> None:
    lines = Path("truth.csv").read_text().splitlines()
    Path("truth.csv").write_text("\n".join([*lines[:-1], "NOBODY,x,y"]) + "\n")
    ran = run("bare.jsonl", "--truth", "truth.csv", "--json", *CHEAP)
    assert ran.code == 0
    assert "1 report is not judged, since the truth file does not name them: R065" in ran.err
    assert "1 report of the truth file is not among the reports: NOBODY" in ran.err
    assert ran.json["file"]["reports"] == 65


def test_a_refused_value_is_told_and_gives_exit_code_one(run: Run) -> None:
    with Path("labelled.jsonl").open("a", encoding="utf-8") as file:
        file.write(json.dumps({"report_id": "R900", "vehicles": [{"colour": "fnord"}]}) + "\n")
    ran = run("labelled.jsonl", "--json", *CHEAP)
    assert ran.code == 1
    assert "fnord" in ran.err
    assert ran.json["file"]["reports"] == 67


def test_unlabelled_reports_are_their_persons_only_ones_unless_they_are_left_out(run: Run) -> None:
    rows = [json.loads(line) for line in Path("labelled.jsonl").read_text().splitlines()]
    for row in rows[48:]:
        del row["series"]
    Path("labelled.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    assert run("labelled.jsonl", "--json", *CHEAP).json["file"]["people"] == 30
    ran = run("labelled.jsonl", "--json", "--labelled-only", *CHEAP)
    assert ran.json["file"]["people"] == 12
    assert "18 reports are not judged, since they have no series" in ran.err


def broken_truth() -> dict[str, str]:
    lines = files()["truth.csv"].splitlines()
    return {
        "columns.csv": "report_id,person\nR000,P1\n",
        "empty.csv": "",
        "gap.csv": "\n".join([lines[0], "R000,,P1", *lines[2:]]) + "\n",
        "latin.csv": "report_id,incident_id,offender_id\nR\udce9,1,1\n",
    }


@pytest.mark.parametrize(
    ("name", "words"),
    [("columns.csv", "incident_id"), ("empty.csv", "no column"), ("gap.csv", "row 2"), ("latin.csv", "UTF-8")],
)
def test_a_truth_file_that_cannot_be_read_is_one_line_and_exit_code_two(run: Run, name: str, words: str) -> None:
    Path(name).write_bytes(broken_truth()[name].encode("utf-8", "surrogateescape"))
    ran = run("bare.jsonl", "--truth", name, *CHEAP)
    assert (ran.code, ran.out, ran.err.count("\n")) == (2, "", 1)
    assert name in ran.err
    assert words in ran.err


@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("bare.jsonl",), "write the known series into their field series, or name a truth file (--truth)"),
        (("nowhere.jsonl",), "nowhere.jsonl"),
        (("labelled.jsonl", "--truth", "nowhere.csv"), "nowhere.csv"),
        (("labelled.jsonl", "--folds", "1"), "folds"),
        (("labelled.jsonl", "--folds", "13"), "give fewer folds, at most 12"),
        (("labelled.jsonl", "--only", "nonsense"), "there are: engine, labels"),
        (("labelled.jsonl", "--only", "jaccard,nonsense"), "called 'nonsense'; there are: engine, labels"),
        (("labelled.jsonl", "--truth", "truth.csv", "--labelled-only"), "use one of them"),
        (("labelled.jsonl", "--html", "no/such/folder/page.html"), "there is no folder no/such/folder; make it"),
        (("labelled.jsonl", "--html", "."), "is a folder; name a file in it"),
        (("labelled.jsonl", "--html", "truth.csv"), "truth.csv is there already; name another file"),
    ],
)
def test_what_cannot_run_gets_a_clear_line_and_exit_code_two(
    run: Run, arguments: tuple[str, ...], words: str
) -> None:
    ran = run(*arguments)
    assert (ran.code, ran.out) == (2, "")
    assert words in " ".join(ran.err.split())
    assert "did not foresee" not in ran.err


def test_a_file_of_nothing_is_told(run: Run) -> None:
    Path("nothing.jsonl").write_text("")
    ran = run("nothing.jsonl")
    assert ran.code == 2
    assert "no report could be read" in ran.err


@pytest.mark.parametrize(
    ("words", "names"),
    [
        (["engine, labels"], ["engine, labels"]),
        (["engine,no labels", "jaccard by"], ["engine, no labels", "Jaccard by rarity"]),
        (["distance and days, untrained,logistic"], ["distance and days, untrained", "logistic regression"]),
        (["Engine, chance , logistic"], ["engine, labels", "engine, no labels", "chance", "logistic regression"]),
    ],
)
def test_ways_are_named_although_their_names_hold_commas(words: list[str], names: list[str]) -> None:
    assert [way.name for way in ways(words, False, 0)] == names


def test_quick_judges_the_engine_and_leaves_the_slow_ones_out(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkage.evaluation.protocol.engines", lambda: engines()[1:])  # learning takes its time
    told = run("labelled.jsonl", "--quick", "--json", "--folds", "2", "--replicates", "5").json
    names = [way["name"] for way in told["trials"][0]["ways"]]
    assert names[0] == "engine, no labels"
    assert "logistic regression" in names
    assert "gradient boosting" not in names
    assert not [name for name in names if "splink" in name.casefold()]
    assert {row["setting"] for row in told["trials"][0]["groups"]} == {"engine, no labels"}


def test_help_says_what_each_option_does(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for option in ("--truth", "--folds", "--html", "--only", "--quick", "--time-split", "--robustness", "--json"):
        assert option in ran.out
