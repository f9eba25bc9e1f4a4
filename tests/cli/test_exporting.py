"""`linkage export` asks, is checked, writes, lists what is stale and resolves numbers; wrong words are one line."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from linkage.report import Consent
from linkage.review.passwords import hashed
from linkage.store import Account, Store
from tests.cli.conftest import Call
from tests.sharing.world import EVERYTHING, MEMBERS, fill, world

GRADES = ("--source", "2", "--assessment", "B", "--handling", "P", "--yardstick", "likely")


@pytest.fixture(scope="module")
def filled(tmp_path_factory: pytest.TempPathFactory) -> bytes:
    """A linked store as a file, copied for each test."""
    file = tmp_path_factory.mktemp("filled") / "linkage.db"
    consents = dict.fromkeys(MEMBERS, EVERYTHING) | {"qxid3": Consent(alert=True)}
    with Store(f"sqlite:///{file}", who="ann") as store:
        fill(store, world(consents))
    return file.read_bytes()


@pytest.fixture
def here(filled: bytes, call: Call, tmp_path: Path) -> Call:
    (tmp_path / "linkage.db").write_bytes(filled)
    return call


def test_one_analyst_approves_with_a_reason_and_one_pack_is_written_for_each_force(
    here: Call, tmp_path: Path
) -> None:
    words = ("export", "pack", "S-qxid1", "--for", "force", *GRADES)
    code, out, _ = here(*words, "--approve", "read through", "--out", "packs", "--format", "csv", "--format", "json")
    assert (code, out.count("left out for lack of consent: qxid3")) == (0, 2)
    found = sorted((tmp_path / "packs").glob("*.json"))
    assert [json.loads(file.read_text())["recipient"] for file in found] == [
        "Invented North Police",
        "Invented South Police",
    ]
    north = json.loads(found[0].read_text())
    assert (len(north["reports"]), len(north["summary"])) == (2, 4)  # its own in full, the others in a line
    number = north["summary"][0]["Report"]
    code, out, _ = here("export", "resolve", number)
    assert (code, f"{number} stands for report qxid1" in out) == (0, True)
    assert here("audit", "verify", "--deep")[0] == 0


def test_nothing_is_written_before_it_is_checked(here: Call, tmp_path: Path) -> None:
    code, out, _ = here("export", "chart", "S-qxid1", "--json")
    number = str(json.loads(out)[0]["export"])
    code, _, err = here("export", "write", number, "--out", "charts")
    assert (code, "not approved" in err, (tmp_path / "charts").exists()) == (2, True, False)
    assert here("export", "check", number, "--approve", "--reason", "fine")[0] == 0
    code, out, _ = here("export", "write", number, "--out", "charts", "--json")
    assert (code, [Path(file).exists() for file in json.loads(out)["files"]]) == (0, [True] * 4)


def test_a_consent_taken_back_stops_what_was_approved_and_makes_stale_what_was_written(here: Call) -> None:
    approved = ("--approve", "fine", "--out", "out", "--format", "json")
    assert here("export", "reports", *MEMBERS[:2], *approved)[0] == 0
    here("export", "series", "--json")
    here("export", "check", "4", "--approve", "--reason", "fine")
    with Store(who="ann") as store:
        report = store.report("qxid1")
        assert report is not None

        class Batch:
            reports, rejects = [report.model_copy(update={"consent": Consent()})], ()

        store.import_batch(Batch(), "again.jsonl")  # type: ignore[arg-type]
    code, _, err = here("export", "write", "4", "--out", "out")
    assert (code, "is not what was approved any more" in err) == (2, True)
    code, out, _ = here("export", "list", "--stale", "--json")
    rows = json.loads(out)
    assert [(row["export"], row["stale"]) for row in rows] == [(1, ["consent for qxid1 was taken back"])]
    _, out, _ = here("export", "list")
    assert "STALE: consent for qxid1 was taken back; it lies in" in out


@pytest.mark.parametrize(
    ("words", "told"),
    [
        (("pack", "S-qxid1", "--for", "press", *GRADES), "'press' is none of them"),
        (("pack", "S-qxid1", "--for", "scas"), "Source evaluation is not filled in"),
        (("pack", "S-qxid1", "--for", "scas", *GRADES[:-1], "sure"), "cannot be 'sure'"),
        (("pack", "S-none", "--for", "scas", *GRADES), "no series and no report 'S-none'"),
        (("pack", "qxid3", "--for", "scas", *GRADES), "consent.scas is no"),
        (("pack", "S-qxid1", "--for", "force", "--force", "Kent Police", *GRADES), "in the area of Kent Police"),
        (("reports", "nobody"), "There is no report 'nobody'"),
        (("chart", "S-qxid1", "--approve", "x"), "name the folder with --out"),
        (("chart", "S-qxid1", "--format", "docx"), "written as graphml, csv, json"),
        (("check", "7", "--approve"), "There is no export 7"),
        (("resolve", "AAAA"), "stands for nothing"),
    ],
)
def test_what_cannot_be_is_one_line(here: Call, words: tuple[str, ...], told: str) -> None:
    code, _, err = here("export", *words)
    assert (code, told in err, err.count("\n")) == (2, True, 1)


def test_an_export_in_a_format_that_there_is_not_is_not_asked_for(here: Call) -> None:
    assert here("export", "chart", "S-qxid1", "--approve", "x", "--out", "o", "--format", "docx")[0] == 2
    assert json.loads(here("export", "list", "--json")[1]) == []


def test_what_became_of_a_pack_is_entered_and_counted(here: Call) -> None:
    approved = ("--approve", "fine", "--out", "out", "--format", "json")
    assert here("export", "pack", "S-qxid1", "--for", "region", *GRADES, *approved)[0] == 0
    assert here("export", "outcome", "1", "linked", "--note", "they wrote on 3 May")[0] == 0
    assert "linked, entered by" in here("export", "list")[1]
    tables = json.loads(here("monitor", "--json")[1])["tables"]
    assert tables["packs by newest outcome"] == {
        "the recipient links the reports too": None
    }  # one is too few to tell
    code, _, err = here("export", "outcome", "1", "solved")
    assert (code, err.count("\n"), "there are received" in err) == (2, 1, True)


def test_with_accounts_another_person_approves(here: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_PASSWORD", "correct horse battery")
    with Store(who="ann") as store:
        store.put_account(Account("adm", "administrator", password=hashed("correct horse battery")), "added")
    from linkage.review.people import Actor

    with Store() as store:
        for name in ("sue", "sid"):
            account = Account(name, "supervisor", password=hashed("correct horse battery"))
            store.acting(Actor("adm", "administrator")).put_account(account, "added")
    code, _, err = here("export", "chart", "S-qxid1", "--as", "sue", "--approve", "x", "--out", "o")
    assert (code, "another person checks it" in err) == (2, True)
    assert here("export", "chart", "S-qxid1", "--as", "sue")[0] == 0
    assert "another person has to check" in here("export", "check", "1", "--approve", "--as", "sue")[2]
    assert here("export", "check", "1", "--approve", "--as", "sid")[0] == 0
    assert here("export", "write", "1", "--out", "o", "--as", "sue")[0] == 0
    assert here("export", "list", "--as", "sue")[0] == 0
    assert here("export", "list")[0] == 2  # what was exported is told to nobody who did not say who they are
