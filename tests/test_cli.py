"""The program as a person or a script meets it: exit codes, clean JSON, one clear line for every error."""

from __future__ import annotations

import csv
import io
import json
import math
import re
import shutil
import signal
import socket
import subprocess
import sys
import tomllib
import urllib.request
from collections.abc import Callable
from contextlib import suppress
from dataclasses import dataclass, replace
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest

from linkage.cli import main
from linkage.cli.console import CommandError
from linkage.cli.serve import HOST, command, free_port
from linkage.store import Decision, Store
from linkage.synthetic import generate, write_world
from tests.factories import empty_run

ALERTS = """Alert 101. Thursday 5 March 2020, Leeds, about 10.30 pm. White male, early 30s, stocky, 5ft 8, shaved
head, local accent. Drove a dark blue Ford Transit, reg ended 4KX. Refused to pay and grabbed her by the throat.

Alert 102. 9 May 2021, Bradford. Tall slim man in his 50s with glasses and a grey beard. He asked for his money back.
"""


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
    """Calls the program in an empty working folder, as the shell would."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.delenv("LINKAGE_STORE", raising=False)
    monkeypatch.delenv("LINKAGE_DEBUG", raising=False)

    def call(*words: str | Path, stdin: str = "") -> Ran:
        monkeypatch.setattr(sys, "argv", ["linkage", *map(str, words)])
        monkeypatch.setattr(sys, "stdin", io.TextIOWrapper(io.BytesIO(stdin.encode())))
        capsys.readouterr()
        try:
            main()
            code = 0
        except SystemExit as stopped:
            code = stopped.code if isinstance(stopped.code, int) else 0 if stopped.code is None else 1
        out, err = capsys.readouterr()
        assert "Traceback" not in out + err
        return Ran(code, out, err)

    return call


@pytest.fixture(scope="module")
def world(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A small synthetic world's reports."""
    return write_world(generate(120, 3), tmp_path_factory.mktemp("world"))[0]


@pytest.fixture(scope="module")
def few(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The reports of a still smaller world, for what is linked several times."""
    return write_world(generate(40, 3), tmp_path_factory.mktemp("few"))[0]


# what a new user meets first


def test_help_answers_at_once_because_nothing_heavy_is_loaded() -> None:
    heavy = "numpy pandas numba sqlalchemy pydantic streamlit rapidfuzz"
    look = f"import sys, linkage.cli.commands; print([m for m in '{heavy}'.split() if m in sys.modules])"
    assert (
        subprocess.run([sys.executable, "-c", look], capture_output=True, text=True, check=True).stdout.strip()
        == "[]"
    )


def test_help_names_every_command(run: Run) -> None:
    ran = run("--help")
    assert ran.code == 0
    for name in ("demo", "import", "extract", "link", "explain", "synth", "dashboard", "gazetteer"):
        assert f" {name} " in ran.out


def test_the_version_is_told(run: Run) -> None:
    assert run("--version").out.startswith("linkage ")


@pytest.mark.parametrize(
    "words",
    [
        ("frobnicate",),
        ("link", "nowhere.csv"),
        ("import",),
        ("import", "nowhere.csv"),
        ("extract", "nowhere.txt"),
        ("link", "--top", "0"),
        ("synth", "--reports", "10", "--out", "w", "--set", "no_such.thing=1"),
        ("link",),
        ("explain", "a", "b"),
        ("dashboard",),
        ("import", "reports.csv", "--store", "mysql://u:secret@host/x"),
        ("import", "reports.csv", "--store", "sqlite:////no/such/folder/x.db"),
    ],
)
def test_what_cannot_run_gets_a_clear_line_and_exit_code_two(run: Run, words: tuple[str, ...]) -> None:
    Path("reports.csv").write_text("report_id,narrative\nR1,hello\n")
    ran = run(*words)
    assert ran.code == 2
    assert ran.out == ""
    assert ran.err.strip()
    assert "secret" not in ran.err
    assert "did not foresee" not in ran.err


def test_an_unforeseen_error_is_one_line_too(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    def broken(*_: object, **__: object) -> None:
        raise RuntimeError("first line\nsecond line")

    monkeypatch.setattr("linkage.synthetic.generate", broken)
    ran = run("synth", "--reports", "5", "--out", "w")
    assert ran.code == 2
    assert ran.err.count("\n") == 1
    assert "first line second line" in ran.err
    monkeypatch.setenv("LINKAGE_DEBUG", "1")
    with pytest.raises(RuntimeError, match="first line"):
        run("synth", "--reports", "5", "--out", "w")


def test_synth_writes_over_a_world_and_over_other_files_only_where_that_is_said(run: Run) -> None:
    words = ("synth", "--reports", "3", "--out", "w")
    assert [run(*words).code, run(*words, "--seed", "1").code] == [0, 0]
    Path("w/truth.csv").write_text("mine", encoding="utf-8")
    before = Path("w/reports.jsonl").read_bytes()
    assert "w/truth.csv is there and is no synthetic world; name another folder, or say --replace" in run(*words).err
    assert (Path("w/truth.csv").read_text(), Path("w/reports.jsonl").read_bytes()) == ("mine", before)
    assert run(*words, "--replace").code == 0
    assert Path("w/truth.csv").read_text().startswith("report_id")


# import


def test_importing_the_same_file_twice_changes_nothing(run: Run, world: Path) -> None:
    first = run("import", world, "--json")
    assert first.json["new"] > 100
    again = run("import", world, "--json")
    assert (again.json["new"], again.json["changed"], again.json["unchanged"]) == (0, 0, first.json["new"])
    assert Path("linkage.db").exists()
    with Store() as store:
        assert len(store.audit()) == 1


def test_a_changed_report_is_a_new_version(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\n")
    assert run("import", "a.csv").code == 0
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,40\n")
    assert "0 new, 1 changed, 0 unchanged" in run("import", "a.csv").out
    with Store() as store:
        assert [r.suspects[0].age.min for r in store.history("R1") if r.suspects[0].age] == [30, 40]


def test_what_is_refused_is_told_and_written_and_the_rest_is_kept(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age,reporter_name\nR1,=HYPERLINK(1),Jane Doe\n,30,\nR3,31,\n")
    ran = run("import", "a.csv")
    assert ran.code == 1
    assert "a.csv.rejects.csv" in ran.out
    written = Path("a.csv.rejects.csv").read_text()
    rows = list(csv.DictReader(io.StringIO(written)))
    assert {"suspects.1.age", "reporter_name"} <= {row["field"] for row in rows}
    assert "'=HYPERLINK(1)" in written
    assert "Jane" not in written + ran.out + ran.err
    assert b"Jane" not in Path("linkage.db").read_bytes()
    with Store() as store:
        assert {r.report_id for r in store.reports()} >= {"R1", "R3"}


def test_a_rejects_file_is_not_read_as_reports(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,purple\n")
    run("import", "a.csv")
    ran = run("import", "a.csv.rejects.csv", "--json")
    assert ran.json["new"] == ran.json["changed"] == 0
    assert "left out" in ran.err


def test_the_store_is_the_one_named_or_the_environments(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\n")
    run("import", "a.csv", "--store", "sqlite:///one.db")
    monkeypatch.setenv("LINKAGE_STORE", "sqlite:///two.db")
    run("import", "a.csv")
    assert sorted(path.name for path in Path().glob("*.db")) == ["one.db", "two.db"]


# extract


def test_a_text_gives_one_report_for_each_alert(run: Run) -> None:
    Path("alerts.txt").write_text(ALERTS)
    ran = run("extract", "alerts.txt", "--json")
    assert ran.code == 0
    first, second = (json.loads(line) for line in ran.out.splitlines())
    assert first["suspects"][0]["build"] == "stocky"
    assert first["vehicles"][0]["make"] == "Ford"
    assert second["suspects"][0]["glasses"] is True


def test_lines_of_json_come_back_in_order_with_their_ids(run: Run) -> None:
    lines = [{"id": "x", "text": "He was tall."}, {"id": 7, "text": ""}, {"id": "y", "text": "Red van."}]
    ran = run("extract", "-", "--json", stdin="".join(json.dumps(line) + "\n" for line in lines))
    assert [json.loads(line)["id"] for line in ran.out.splitlines()] == ["x", 7, "y"]


def test_a_line_that_cannot_be_read_is_told_in_its_place(run: Run) -> None:
    ran = run("extract", "--json", stdin='{"id": "x", "text": "Red van."}\n{broken\n{"id": "y", "text": "Tall."}\n')
    assert ran.code == 1
    assert ["error" in json.loads(line) for line in ran.out.splitlines()] == [False, True, False]


def test_for_a_person_each_value_stands_beside_its_words(run: Run) -> None:
    Path("alerts.txt").write_text(ALERTS)
    ran = run("extract", "alerts.txt")
    assert "suspects.1.age" in ran.out
    assert "early 30s" in ran.out
    assert "30-33" in ran.out


# link


def test_linking_files_writes_the_results_and_touches_no_store(run: Run, world: Path) -> None:
    ran = run("link", world, "--out", "r", "--json")
    assert ran.code in (0, 1)
    assert ran.json["reports"] > 100
    names = {"pairs.csv", "pairs.parquet", "incidents.csv", "series.csv", "ambiguous.csv", "rejects.csv", "run.json"}
    assert {path.name for path in Path("r").iterdir()} == names
    assert list(Path().glob("*.db")) == []
    with Path("r/pairs.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    assert rows
    for row in rows:
        assert sum(Decimal(row[name]) for name in row if name.startswith("w_")) == Decimal(row["weight"])
        assert row["report_a"] < row["report_b"]
    record = json.loads(Path("r/run.json").read_text())
    assert {"version", "settings", "weights", "counts", "prior", "timings_seconds"} <= set(record)


def test_the_same_files_and_seed_give_the_same_bytes(run: Run, world: Path) -> None:
    reversed_rows = "".join(reversed(world.read_text().splitlines(keepends=True)))
    Path("reversed.jsonl").write_text(reversed_rows)
    run("link", world, "--out", "one")
    run("link", "reversed.jsonl", "--out", "two")
    for name in ("pairs.csv", "series.csv", "incidents.csv"):
        assert Path("one", name).read_bytes() == Path("two", name).read_bytes()


def test_files_are_linked_as_they_are_imported_without_details_of_who_reports(run: Run) -> None:
    of_reporter = "My name is Jane Hill and any info ring the project on 0161 496 0847"
    texts = (f"He had me by the throat and raped me. {of_reporter}.", f"He had me by the throat, {of_reporter}.")
    rows = [{"report_id": f"R{day}", "date": f"2019-05-0{day}", "text": text} for day, text in enumerate(texts, 1)]
    Path("a.jsonl").write_text("".join(json.dumps(row) + "\n" for row in rows))
    run("link", "a.jsonl", "--out", "files")
    run("import", "a.jsonl")
    run("link", "--out", "store")
    assert Path("files/pairs.csv").read_bytes() == Path("store/pairs.csv").read_bytes()


def test_linking_the_store_keeps_the_run_and_respects_decisions(run: Run, world: Path) -> None:
    run("import", world)
    assert run("link").code == 0
    assert not Path("results").exists()
    with Store() as store:
        before = store.latest_run()
        assert before is not None
        told = {report["report_id"]: report for report in map(json.loads, world.read_text().splitlines())}
        a, *others = (member.report_id for member in before.series()[0].members)
        incident = {a, told[a].get("follows")}  # reports of one incident cannot be told apart
        b = next(other for other in others if incident.isdisjoint({other, told[other].get("follows")} - {None}))
        store.record_decision(Decision("ann", "pair", a, b, "not_linked", reasons_against=["build"]))
    assert run("link", "--json").json["reports"] == before.record["counts"]["reports"]
    with Store() as store:
        after = store.latest_run()
        assert after is not None
        assert after.id == before.id + 1
        assert not any({a, b} <= {m.report_id for m in s.members} for s in after.series())


def test_decisions_that_contradict_each_other_are_told_with_those_that_make_it(run: Run, world: Path) -> None:
    run("import", world)
    with Store() as store:
        a, b, c = sorted(report.report_id for report in store.reports() if report.follows is None)[:3]
        for one, other in ((a, b), (b, c)):
            link = Decision("ann", "pair", one, other, "link", reasons_for=["words"])
            first = store.record_decision(link)
            store.record_decision(replace(link, analyst="bob", second_of=first, blind=True))
        store.record_decision(Decision("cyd", "pair", a, c, "not_linked", reasons_against=["build"]))

    told = run("link").err

    held = f"decisions 1, 2, 3, 4 tie them ({a} with {b}, {b} with {c})"
    assert f"{a} and {c} are kept apart by decision 5, but {held}" in told


def test_one_report_gives_empty_results(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\n")
    ran = run("link", "a.csv", "--out", "r")
    assert ran.code == 0
    assert Path("r/pairs.csv").read_text().count("\n") == 1


def test_an_empty_file_to_learn_from_is_told_by_its_name(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\n")
    Path("empty.csv").write_text("")
    ran = run("link", "a.csv", "--train", "empty.csv", "--out", "r")
    assert ran.code == 2
    assert "no report to learn from could be read: empty.csv: the file is empty" in ran.err


def test_a_missing_file_is_told_and_the_rest_is_linked(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\nR2,31\n")
    ran = run("link", "nowhere.csv", "a.csv", "--out", "r")
    assert ran.code == 1
    assert "nowhere.csv" in Path("r/rejects.csv").read_text()
    assert "R1,R2" in Path("r/pairs.csv").read_text()


def test_what_linking_refused_is_named_on_the_screen(run: Run) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\nR2,outdoors type\nR3,31\n")
    ran = run("link", "a.csv", "--out", "r")
    assert ran.code == 1
    assert "a.csv row 3, suspects.1.age “outdoors type”" in " ".join(ran.out.split())


def test_files_without_a_usable_report_say_why(run: Run) -> None:
    Path("a.jsonl").write_text("{broken\nnot json\n")
    ran = run("link", "a.jsonl", "--out", "r")
    assert ran.code == 2
    assert "JSON" in ran.err
    assert len(Path("r/rejects.csv").read_text().splitlines()) > 1


@pytest.fixture(scope="module")
def trained(few: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with the weights learned from solved reports and what they linked in `r`; made once: it takes long."""
    folder = tmp_path_factory.mktemp("trained")
    solved = write_world(generate(60, 12, labelled=True), folder / "solved")[0]
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        words = ["link", few, "--out", "r", "--train", solved, "--save-model", "weights.json"]
        patched.setattr(sys, "argv", ["linkage", *map(str, words)])
        with pytest.raises(SystemExit) as ended:
            main()
    assert ended.value.code in (None, 0, 1)
    return folder


def test_saved_weights_link_as_the_training_did(run: Run, few: Path, trained: Path) -> None:
    assert run("link", few, "--out", "again", "--model", trained / "weights.json").code in (0, 1)
    assert (trained / "r/pairs.csv").read_bytes() == Path("again/pairs.csv").read_bytes()


@pytest.mark.parametrize(
    ("options", "told"),
    [
        (("--model", "none.json"), "none.json"),
        (("--model", "other.json"), "version: 999"),
        (("--model", "other.json", "--train", "other.json"), "use one of them"),
        (("--save-model", "no/such/folder.json"), "there is no folder no/such; make it"),
        (("--save-model", "notes.json"), "notes.json is there and is no saved model"),
    ],
)
def test_weights_that_cannot_be_had_are_refused_in_one_line(
    run: Run, world: Path, tmp_path: Path, options: tuple[str, ...], told: str
) -> None:
    (tmp_path / "other.json").write_text('{"format": "linkage model", "version": 999}', encoding="utf-8")
    (tmp_path / "notes.json").write_text('{"format": "mine"}', encoding="utf-8")
    ran = run("link", world, "--out", "r", *options)
    assert ran.code == 2
    assert told in ran.err
    assert len(ran.err.strip().splitlines()) == 1


def test_training_on_labelled_reports_is_recorded(trained: Path) -> None:
    weights = json.loads((trained / "r/run.json").read_text())["weights"]
    assert any(number["origin"] == "learned" for inner in weights.values() for number in inner.values())


def test_training_reports_without_a_link_are_told_before_the_run(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    from linkage.cli.console import Stages
    from linkage.cli.learning import read_solved

    solved = tmp_path / "none.csv"
    solved.write_text("report_id,series\nT1,\nT2,P1\nT3,P2\n")
    with Stages(quiet=True) as stages:
        read_solved(solved, stages)
    assert "no two reports of it are known to be linked" in capsys.readouterr().err


def test_a_file_of_no_report_to_learn_from_is_no_training(tmp_path: Path) -> None:
    from linkage.cli.console import CommandError, Stages
    from linkage.cli.learning import read_solved

    (tmp_path / "empty.csv").touch()
    with Stages(quiet=True) as stages, pytest.raises(CommandError, match=r"to learn from.*the file is empty"):
        read_solved(tmp_path / "empty.csv", stages)


def test_training_reports_without_a_link_are_told_and_elicited_weights_used(run: Run, few: Path) -> None:
    Path("none.csv").write_text("report_id,series\nT1,\nT2,P1\nT3,P2\n")
    ran = run("link", few, "--out", "r", "--train", "none.csv", "--json")
    assert ran.json["reports"] > 30
    assert ran.err.count("\n") == 1
    assert "none.csv: no two reports of it are known to be linked" in ran.err
    assert run("link", few, "--out", "plain").err == ""
    assert Path("r/pairs.csv").read_bytes() == Path("plain/pairs.csv").read_bytes()


def test_sensitive_items_under_a_model_learned_without_them_are_told(run: Run, few: Path, trained: Path) -> None:
    solved, without = trained / "solved" / "reports.jsonl", trained / "weights.json"
    ran = run("link", few, "--out", "r", "--train", solved, "--save-model", "with.json", "--sensitive")
    assert "--sensitive" not in ran.err
    told = run("link", few, "--out", "r", "--model", without, "--sensitive").err
    assert told.count("\n") == 1
    assert "learned without --sensitive" in told
    assert run("link", few, "--out", "r", "--model", without).err == ""
    assert run("link", few, "--out", "r", "--model", "with.json", "--sensitive").err == ""


# explain


@pytest.mark.usefixtures("linked")
def test_an_explanation_adds_up_from_a_file_or_the_store(run: Run, world: Path) -> None:
    with Path("r/pairs.csv").open() as lines:
        best = next(csv.DictReader(lines))
    for words in (("--reports", world), ()):
        told = run("explain", best["report_b"], best["report_a"], "--json", *words).json
        total = told["prior"] + sum(part["weight"] for part in told["parts"])
        assert total == pytest.approx(told["strength"], abs=1e-9)
    chance = told["together"]
    assert chance == pytest.approx(float(best["probability"]), abs=1e-6)
    assert told["final"] == pytest.approx(math.log10(chance / (1 - chance)), abs=1e-9)
    added = sum(part["weight"] for part in told["context"])
    assert told["strength"] + added == pytest.approx(told["final"], abs=1e-9)
    shown = run("explain", best["report_a"], best["report_b"])
    assert "together" in shown.out
    assert "What the other reports add" in shown.out
    assert "agrees" in shown.out or "close" in shown.out


@pytest.fixture(scope="module")
def linked_folder(world: Path, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder with a store of a linked world and the same in the folder `r`; made once, for it takes seconds."""
    folder = tmp_path_factory.mktemp("linked")
    with pytest.MonkeyPatch.context() as patched:
        patched.chdir(folder)
        patched.delenv("LINKAGE_STORE", raising=False)
        for words in (("import", str(world)), ("link", "--out", "r")):
            patched.setattr(sys, "argv", ["linkage", *words])
            with pytest.raises(SystemExit):
                main()
    return folder


@pytest.fixture
def linked(run: Run, linked_folder: Path) -> tuple[str, list[str]]:  # noqa: ARG001 - it makes the working folder
    """A store and a folder `r` with a linked world, a copy of its own; its largest series with the members."""
    shutil.copytree(linked_folder, Path.cwd(), dirs_exist_ok=True)
    with Store() as store:
        found = store.latest_run()
        assert found is not None
        one = found.series()[0]
    return one.series_id, [member.report_id for member in one.members]


def test_a_report_is_explained_in_its_series_from_the_store_or_result_files(
    run: Run, world: Path, linked: tuple[str, list[str]]
) -> None:
    series_id, members = linked
    told = run("explain", members[0], "--in", series_id, "--json").json
    assert told["prior"] + sum(part["weight"] for part in told["parts"]) == pytest.approx(told["strength"], abs=1e-9)
    assert {*told["members"], *told["together"], members[0]} == set(members)
    assert sum(option["probability"] for option in told["options"]) == pytest.approx(1)
    assert run("explain", members[0], "--in", series_id, "--json", "--reports", world, "--results", "r").json == told
    shown = run("explain", members[0], "--in", series_id).out
    for words in ("For:", "Against:", "Without a member", "Without a group", "Best alternative: "):
        assert words in shown


@pytest.mark.usefixtures("linked")
def test_a_pair_of_result_files_ends_at_the_probability_that_they_give_it(run: Run, world: Path) -> None:
    with Path("r/pairs.csv").open() as lines:
        rows = list(csv.DictReader(lines))
    for row in (rows[0], rows[len(rows) // 2]):
        pair = (row["report_a"], row["report_b"], "--json")
        told = run("explain", *pair, "--reports", world, "--results", "r").json
        assert told["together"] == float(row["probability"])
        assert told["strength"] + sum(part["weight"] for part in told["context"]) == pytest.approx(told["final"])
    Path("r/pairs.csv").unlink()
    ran = run("explain", *pair, "--reports", world, "--results", "r")
    assert (ran.code, "pairs.csv cannot be read" in ran.err) == (2, True)


def test_a_series_is_explained_whole_against_its_best_split(
    run: Run, world: Path, linked: tuple[str, list[str]]
) -> None:
    series_id, members = linked
    told = run("explain", "--series", series_id, "--json").json
    for inner in (told, told["split"]):
        total = inner["prior"] + sum(part["weight"] for part in inner["parts"])
        assert total == pytest.approx(inner["strength"], abs=1e-9)
    assert {*told["split"]["first"], *told["split"]["second"]} == set(members)
    assert run("explain", "--series", series_id, "--json", "--reports", world, "--results", "r").json == told
    shown = run("explain", "--series", series_id).out
    for words in ("likel", "For:", "Against:", "Without a report", "Without a group"):
        assert words in shown


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("nobody", "--in", "SERIES"), "'nobody'"),
        (("MEMBER", "--in", "S-none"), "no series 'S-none'"),
        (("--series", "S-none"), "no series 'S-none'"),
        (("--series", "SERIES", "MEMBER"), "takes no report"),
        (("--in", "SERIES"), "REPORT --in SERIES"),
        (("MEMBER",), "Name two reports"),
        (("MEMBER", "MEMBER"), "two different"),
        (("--series", "SERIES", "--sensitive"), "--sensitive"),
        (("--series", "SERIES", "--results", "r"), "--reports"),
        (("--series", "SERIES", "--reports", "WORLD"), "no series in"),
        (("--series", "SERIES", "--reports", "WORLD", "--results", "."), "run.json"),
    ],
)
def test_what_cannot_be_explained_is_one_line(
    run: Run, world: Path, linked: tuple[str, list[str]], words: tuple[str, ...], told: str
) -> None:
    named = {"SERIES": linked[0], "MEMBER": linked[1][0], "WORLD": str(world)}
    ran = run("explain", *(named.get(word, word) for word in words))
    assert (ran.code, ran.out) == (2, "")
    assert told in ran.err
    assert len(ran.err.strip().splitlines()) == 1
    assert "did not foresee" not in ran.err


def test_result_files_of_another_kind_are_refused(run: Run, world: Path) -> None:
    Path("run.json").write_text("[]")
    Path("series.csv").write_text("a,b\n1,2\n")
    ran = run("explain", "--series", "S-1", "--reports", world, "--results", ".")
    assert ran.code == 2
    assert "Link again" in ran.err


@pytest.mark.usefixtures("linked")
def test_a_run_of_another_version_is_one_line_with_the_cure(run: Run) -> None:
    records: list[dict[str, Any]] = [{"settings": {}}, {"settings": {"speed": 3}}, {}]
    for record in records:
        with Store() as store:
            store.save_run(empty_run(record))
            a, b = (report.report_id for report in store.reports()[:2])
        ran = run("explain", a, b)
        assert (ran.code, ran.out) == (2, ""), record
        assert "did not foresee" not in ran.err, record
        assert "Link again: linkage link" in ran.err, record
    assert run("link").code == 0
    assert run("explain", a, b).code == 0


def test_an_unknown_report_is_named(run: Run, world: Path) -> None:
    ran = run("explain", "nobody", "R1", "--reports", world)
    assert ran.code == 2
    assert "'nobody'" in ran.err


# synth, demo, dashboard, gazetteer


def test_the_same_seed_gives_the_same_world(run: Run) -> None:
    for folder in ("one", "two"):
        assert run("synth", "--reports", "30", "--seed", "5", "--out", folder).code == 0
    assert Path("one/reports.jsonl").read_bytes() == Path("two/reports.jsonl").read_bytes()
    assert Path("one/truth.csv").read_bytes() == Path("two/truth.csv").read_bytes()
    assert len(Path("one/reports.jsonl").read_text().splitlines()) == 30


def test_the_demonstration_makes_and_links_a_store(run: Run, world: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("linkage.synthetic.demo_path", lambda *_: world)
    ran = run("demo", "--no-browser")
    assert ran.code == 0
    assert "reading: " in ran.err  # progress line by line, where it does not go to a terminal
    assert "Invented reports" in ran.out
    assert "candidate series" in ran.out
    assert " share " in ran.out
    with Store("sqlite:///demo/linkage.db", create=False) as store:
        assert store.latest_run() is not None


def test_a_busy_port_is_passed_over() -> None:
    with socket.socket() as busy:
        busy.bind((HOST, 0))
        busy.listen()
        port = busy.getsockname()[1]
        assert free_port(port) not in (0, port)


def test_a_port_is_found_at_any_address_of_this_machine() -> None:
    with suppress(OSError), socket.socket(socket.AF_INET6) as here:  # where the machine has it
        here.bind(("::1", 0))
        assert free_port(0, "::1") > 0
    assert free_port(0, "localhost") > 0
    for address in ("192.0.2.1", "a..b"):
        with pytest.raises(CommandError, match=f"{address} is no address of this machine"):
            free_port(0, address)


def test_the_dashboard_is_served_here_only_and_tells_nobody() -> None:
    words = command(8501)
    assert [word for word in words if word.startswith("--server.") or word.startswith("--browser.")] == [
        "--server.port=8501"  # all else stands beside the page, where `streamlit run` finds it too
    ]
    page = next(word for word in words if word.endswith("app.py"))
    served = tomllib.loads((Path(page).parent / ".streamlit" / "config.toml").read_text(encoding="utf-8"))
    assert served["server"]["address"] == HOST
    assert served["server"]["headless"]
    assert served["server"]["enableXsrfProtection"]
    assert served["browser"]["gatherUsageStats"] is False
    client = {
        "toolbarMode": "minimal",
        "showErrorDetails": "none",
        "disableDataExport": True,
        "showErrorLinks": False,
    }
    assert served["client"] == client


def test_streamlit_by_itself_serves_the_dashboard_as_the_program_does(tmp_path: Path) -> None:
    """From any folder: Streamlit reads the settings beside the page."""
    page = next(word for word in command(8501) if word.endswith("app.py"))
    ask = (
        "import sys; from streamlit import config; config._main_script_path = sys.argv[1]; "
        "options = config.get_config_options(force_reparse=True); "
        "print(options['server.address'].value, options['browser.gatherUsageStats'].value)"
    )
    told = subprocess.run([sys.executable, "-c", ask, page], cwd=tmp_path, capture_output=True, text=True, check=True)
    assert told.stdout.split() == [HOST, "False"]


@pytest.mark.parametrize("stop", [signal.SIGINT, signal.SIGTERM])
def test_the_dashboard_answers_at_the_address_it_names_and_stops_when_told(
    tmp_path: Path, stop: signal.Signals
) -> None:
    address = f"sqlite:///{tmp_path}/linkage.db"
    Store(address).close()
    words = [
        sys.executable,
        "-c",
        # A suite that is run in the background ignores interrupts, and its children inherit that.
        "import signal; signal.signal(signal.SIGINT, signal.default_int_handler);from linkage.cli import main;main()",
        "dashboard",
        "--no-browser",
        "--store",
        address,
    ]
    with subprocess.Popen(words, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as served:
        try:
            assert served.stdout is not None
            named = re.search(r"http://127\.0\.0\.1:(\d+)", served.stdout.readline())
            assert named
            with urllib.request.urlopen(named[0], timeout=30) as answer:
                assert answer.status == 200
            served.send_signal(stop)
            assert served.wait(timeout=30) == 0
        finally:
            served.kill()
    with socket.socket() as probe:
        assert probe.connect_ex((HOST, int(named[1]))) != 0


def test_a_download_that_is_no_gazetteer_is_refused(run: Run, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_GAZETTEER", str(Path("places.csv").absolute()))
    Path("other.csv").write_text("a,b\n1,2\n")
    ran = run("gazetteer", "build", "--os-open-names", "other.csv")
    assert ran.code == 2
    assert "OS Open Names" in ran.err
    assert not Path("places.csv").exists()
