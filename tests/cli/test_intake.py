"""What `linkage import` and `linkage extract` tell, and what they never lose."""

from __future__ import annotations

import json
from pathlib import Path

import pytest
from filelock import FileLock
from openpyxl import Workbook

from linkage.store import Store, jobs
from tests.cli.conftest import Call

FIRST = "On 5 June 2024 a tall man in Bradford refused to pay and drove off in a red van."
OTHER = "On 9 July 2024 two men in Leeds took her phone and ran away."


def kept() -> dict[str, str | None]:
    with Store() as store:
        return {report.report_id: report.narrative for report in store.reports()}


def test_another_alert_under_the_same_file_name_replaces_none(call: Call) -> None:
    Path("new-alert.txt").write_text(FIRST)
    call("import", "new-alert.txt")
    Path("new-alert.txt").write_text(OTHER)
    code, out, err = call("import", "new-alert.txt")
    assert (code, "1 new, 0 changed" in out, "another alert" in err) == (0, True, True)
    assert sorted(map(str, kept().values())) == [FIRST, OTHER]
    assert "0 new, 0 changed, 1 unchanged" in call("import", "new-alert.txt")[1]
    Path("new-alert.txt").write_text(f"{OTHER}\n\n{FIRST}")
    assert "0 new, 0 changed, 2 unchanged" in call("import", "new-alert.txt")[1]


def test_a_mended_alert_is_a_new_version_and_told(call: Call) -> None:
    Path("a.txt").write_text(FIRST)
    call("import", "a.txt")
    Path("a.txt").write_text(FIRST.replace("Bradford", "Bradford, Manningham,"))
    _, out, err = call("import", "a.txt")
    assert "0 new, 1 changed" in out
    assert "have changed" in err
    assert len(kept()) == 1


def test_set_phrases_with_other_figures_are_another_alert(call: Call) -> None:
    Path("a.txt").write_text("On 5 June 2024 in Leeds a man refused to pay.")
    call("import", "a.txt")
    Path("a.txt").write_text("On 9 June 2024 in Leeds a man refused to pay.")
    assert "1 new, 0 changed" in call("import", "a.txt")[1]


def test_extract_reads_tables_by_the_row(call: Call) -> None:
    book = Workbook()
    sheet = book.worksheets[0]
    for row in (("report_id", "narrative"), ("A1", FIRST), ("A2", None), ("A3", OTHER)):
        sheet.append(row)
    book.save("t.xlsx")
    Path("t.csv").write_text(f'id,text\nA1,"{FIRST}"\nA3,"{OTHER}"\n')
    code, out, _ = call("extract", "t.xlsx", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert code == 1
    assert [(line["id"], "error" in line) for line in lines] == [("A1", False), ("A2", True), ("A3", False)]
    code, out, _ = call("extract", "t.csv", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, [line["id"] for line in lines]) == (0, ["A1", "A3"])
    assert lines[0]["vehicles"][0]["make"] is None


def test_extract_takes_no_error_of_a_spreadsheet_for_words(call: Call) -> None:
    Path("t.csv").write_text(f'id,text\nA1,"{FIRST}"\nA2,#REF!\nA3,#N/A\n')
    code, out, _ = call("extract", "t.csv", "--json")
    lines = [json.loads(line) for line in out.splitlines()]
    assert (code, "error" in lines[0]) == (1, False)
    assert lines[1:] == [
        {"id": "A2", "error": "row 3, narrative “#REF!”: the cell holds a spreadsheet error; mend the formula"},
        {"id": "A3", "error": 'row 4 has no text; give it as "text"'},
    ]


def test_extract_and_import_tell_the_same_of_sheets_that_are_not_read(call: Call) -> None:
    book = Workbook()
    for title, words in (("May", FIRST), ("June", OTHER), ("July", OTHER)):
        sheet = book.create_sheet(title)
        sheet.append(("report_id", "narrative"))
        sheet.append((title, words))
    book.save("t.xlsx")
    told = "t.xlsx: sheet “May” is read; not read: “June”, “July”; save them as files of their own\n"
    code, out, err = call("extract", "t.xlsx", "--json")
    assert (code, [json.loads(line)["id"] for line in out.splitlines()], err) == (0, ["May"], told)
    assert call("extract", "t.xlsx")[2] == told
    assert call("import", "t.xlsx")[2] == told


def test_a_sheet_of_notes_before_the_table_is_passed_over_and_told(call: Call) -> None:
    book = Workbook()
    for title, rows in (
        ("Notes", [("How we fill in the log", None), ("Version", "May")]),
        ("Log", [("report_id", "date", "narrative"), ("A1", "5 June 2024", FIRST)]),
        ("Lists", [("town", "date", "age", "height"), ("a", "b", "c", "d")]),
    ):
        sheet = book.create_sheet(title)
        for row in rows:
            sheet.append(row)
    book.save("t.xlsx")
    said = "sheet “Log” is read, the first that names columns; not read: “Notes”, “Lists”"
    assert said in call("import", "t.xlsx")[2]
    assert kept() == {"A1": FIRST}
    book.move_sheet("Lists", -2)
    book["Lists"]["A1"] = "own words"
    book["Lists"].append(("x", "x", "x", "x"))
    for cell in book["Lists"][1]:
        cell.value = f"own word {cell.column}"
    book.save("other.xlsx")
    assert "sheet “Lists” is read; not read: “Notes”, “Log”" in call("import", "other.xlsx", "--dry-run")[2]


def test_extract_tells_of_further_sheets_where_the_first_has_no_narrative(call: Call) -> None:
    book = Workbook()
    for title, column in (("key", "meaning"), ("reports", "narrative")):
        book.create_sheet(title).append((column,))
        book[title].append((FIRST,))
    book.save("t.xlsx")
    code, out, err = call("extract", "t.xlsx")
    assert (code, out) == (2, "")
    assert "not read: “reports”" in err
    assert "no column narrative" in err


@pytest.mark.parametrize(
    ("name", "content", "said"),
    [
        ("a.csv", "report_id,suspects.1.age\nA1,30\n", "no column narrative"),
        ("a.jsonl", "\n \n", "empty"),
        ("a.jsonl", "", "empty"),
        ("a.txt", "", "empty"),
    ],
)
def test_extract_names_a_file_that_holds_nothing_to_read(call: Call, name: str, content: str, said: str) -> None:
    Path(name).write_text(content)
    code, out, err = call("extract", name)
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert name in err
    assert said in err


def test_extract_says_what_to_do_about_a_folder_and_a_broken_line(call: Call) -> None:
    assert call("extract", ".")[2] == "linkage: Is a directory: .. Name a file in it\n"
    Path("a.jsonl").write_text('{"text": "a man"\n{"text": "a man"}\n')
    assert "line 1: not valid JSON: Expecting ',' delimiter at character 17" in call("extract", "a.jsonl")[2]


def test_extract_shows_words_for_each_value_and_a_sentence_for_none(call: Call) -> None:
    _, out, _ = call("extract", "-", stdin="A man with short black hair refused to pay and strangled me.")
    rows = {line.split()[0]: line for line in out.splitlines() if line.strip()}
    assert "strangled me" in rows["behaviours.present"]
    assert "refused to pay" in rows["offences"]
    assert rows["suspects.1.hair.colour"].count("black") == 2
    assert "nothing was read" in call("extract", "-", stdin="Hello there.")[1]


def test_extract_says_why_in_words_and_in_json(call: Call) -> None:
    said = "A man in a red Fiesta strangled me in Leeds. He was stocky."
    code, out, _ = call("extract", "-", "--why", stdin=said)
    assert code == 0
    lines = [line.strip() for line in out.splitlines()]
    assert "suspects.1.build: “stocky”" in lines
    assert any(line.startswith("told as done: ") for line in lines)
    assert any(line.startswith("place.text: “Leeds”; no judge") for line in lines)
    (found,) = [json.loads(line) for line in call("extract", "-", "--why", "--json", stdin=said)[1].splitlines()]
    (plain,) = [json.loads(line) for line in call("extract", "-", "--json", stdin=said)[1].splitlines()]
    assert {"suspects.1.build", "vehicles.1.make", "behaviours.present.1"} <= {
        one["fact"] for one in found.pop("why")
    }
    assert found == plain


def test_a_missing_file_leaves_nothing_behind(call: Call) -> None:
    code, _, err = call("import", "nope.csv")
    assert (code, list(Path().iterdir())) == (2, [])
    assert "nope.csv: there is no such file" in err


def test_a_store_without_a_file_is_refused(call: Call) -> None:
    Path("p.csv").write_text("report_id,narrative\nA,hello\n")
    code, out, err = call("import", "p.csv", "--store", "sqlite:///")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "names no file" in err


def test_the_first_refusals_are_told_and_the_old_list_goes(call: Call) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,purple\nR2,30\nR2,40\n")
    code, out, _ = call("import", "a.csv")
    assert code == 1
    assert "Refused: 1 whole row and 1 single value" in out
    assert "a.csv row 2, suspects.1.age “purple”:" in out
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,30\n")
    assert call("import", "a.csv")[0] == 0
    assert not Path("a.csv.rejects.csv").exists()


def test_a_second_import_tells_the_same_of_rows_that_it_does_not_read(
    call: Call, monkeypatch: pytest.MonkeyPatch
) -> None:
    masked = "My name is Mary Jones, call me on 07700 900123. A tall man punched me."
    Path("a.csv").write_text(f'Ref,What happened,Reporter phone\nR1,"{masked}",07700 900999\nR2,{OTHER},\n')
    first, *_ = call("import", "a.csv", "--json")
    refused = Path("a.csv.rejects.csv").read_text()
    monkeypatch.setattr("linkage.intake.batch.assemble", lambda *_: pytest.fail("no row may be read"))
    again = [call("import", "a.csv", "--json") for _ in range(2)]
    assert again[0] == again[1]
    told = json.loads(again[0][1])
    assert (first, again[0][0], told["unchanged"], told["new"], told["details_masked"]) == (1, 1, 2, 0, 2)
    assert Path("a.csv.rejects.csv").read_text() == refused
    assert "Nothing is kept: 2 reports would be read" in call("import", "a.csv", "--dry-run")[1]
    with Store() as store:
        assert store.verify(deep=True) == []
        assert len([one for one in store.audit() if one.what == "import"]) == 1


def test_refusals_that_cannot_be_written_lose_no_report(call: Call, monkeypatch: pytest.MonkeyPatch) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,purple\nR2,30\n")

    def denied(*_: object, **__: object) -> None:
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("linkage.output.files.tempfile.mkstemp", denied)
    code, out, err = call("import", "a.csv")
    assert (code, "2 new" in out, "cannot be written" in err) == (1, True, True)


def test_the_list_of_refusals_is_for_a_spreadsheet_private_and_follows_no_link(call: Call) -> None:
    Path("a.csv").write_text("report_id,suspects.1.age\nR1,=purple\n")
    call("import", "a.csv")
    listed = Path("a.csv.rejects.csv")
    assert listed.read_bytes().startswith(b"\xef\xbb\xbffile,row")
    assert "'=purple" in listed.read_text()
    assert listed.stat().st_mode & 0o777 == 0o600
    listed.unlink()
    Path("theirs").write_text("theirs")
    listed.symlink_to("theirs")
    code, _, err = call("import", "a.csv")
    assert (code, "cannot be written" in err, Path("theirs").read_text()) == (1, True, "theirs")


def test_two_that_link_into_one_folder_are_told_apart(call: Call) -> None:
    Path("a.csv").write_text("report_id,narrative\nA,hello\nB,there\n")
    Path("out").mkdir()
    lock = FileLock("out/.linkage.lock", is_singleton=False)
    with lock:
        code, out, err = call("link", "a.csv", "--out", "out")
    assert (code, out, len(err.splitlines())) == (2, "", 1)
    assert "out is being written by another process; wait until it is done, or name another folder" in err


def test_two_that_link_one_store_are_told_apart(call: Call) -> None:
    Path("two.csv").write_text("report_id,narrative\nA,He hit me\nB,He hit me too\n", encoding="utf-8")
    call("import", "two.csv")
    with Store(create=False) as store, jobs.at_work(store, "ann", jobs.LINK):
        code, _, err = call("link")
        assert store.latest_run() is None
    assert code == 2
    assert err.startswith("linkage: ann started linking this store at ")
    assert err.count("\n") == 1
    assert call("link")[0] == 0


def test_what_follows_a_report_of_the_store_is_no_alarm(call: Call) -> None:
    Path("a.csv").write_text("report_id,narrative\nA,hello\n")
    Path("b.csv").write_text("report_id,follows,narrative\nB,A,hello\n")
    call("import", "a.csv")
    assert "follows" not in call("import", "b.csv")[2]
    Path("c.csv").write_text("report_id,follows,narrative\nC,Z,hello\n")
    assert "C follows Z" in call("import", "c.csv")[2]


def test_what_is_no_coordinate_or_kind_is_told(call: Call) -> None:
    Path("a.jsonl").write_text(
        '{"report_id": "A", "place": {"lat": NaN, "lon": Infinity}, "source": {"kind": "alien"}, "narrative": "x"}\n'
    )
    code, out, _ = call("import", "a.jsonl")
    assert (code, "place.lon" in out) == (1, True)
    with Store() as store:
        assert any("alien" in warning for warning in store.reports()[0].warnings)


def test_a_coordinate_that_is_not_there_has_no_value(call: Call) -> None:
    Path("a.csv").write_text("report_id,narrative,lat,lon\nA,hello,53.8,\n")
    assert "a.csv row 2, place.lon: missing beside the other coordinate" in call("import", "a.csv")[1]


def test_where_no_report_can_be_read_the_first_reason_is_said(call: Call) -> None:
    Path("a.jsonl").write_text('{"narrative": "He left."}\n{"narrative": "He ran."}\n')
    code, _, err = call("import", "a.jsonl")
    assert (code, err.count("give every report a report_id")) == (2, 1)
    assert "a.jsonl row 1" in err


def test_of_a_device_refusals_are_listed_in_the_working_folder(call: Call) -> None:
    code, _, err = call("import", "/dev/null")
    assert (code, "the file is empty" in err, "refused: null.rejects.csv" in err) == (2, True, True)
    assert Path("null.rejects.csv").exists()


def test_link_and_evaluate_name_the_file_that_is_at_fault(call: Call) -> None:
    Path("empty.csv").write_text("")
    code, _, err = call("link", "empty.csv", "--out", "o")
    assert (code, "empty.csv" in err) == (2, True)
    Path("r.csv").write_text("report_id,narrative\nA,hello\nB,hello\n")
    Path("tz.csv").write_text("report_id,incident_id,offender_id\nX,1,1\n")
    code, _, err = call("evaluate", "r.csv", "--truth", "tz.csv")
    assert (code, "none of its report_ids" in err) == (2, True)


def test_few_reports_are_offered_to_be_added_to_the_latest_run(call: Call) -> None:
    offer = "linkage link --update"
    said = [f"On {day} June 2024 in Leeds a man refused to pay." for day in range(1, 25)]
    Path("all.txt").write_text("\n\n".join(said[:12]))
    assert offer not in call("import", "all.txt")[1]
    call("link")
    assert offer not in call("import", "all.txt")[1]
    Path("one.txt").write_text(FIRST)
    assert call("import", "one.txt")[1].splitlines()[-1].endswith(offer)
    Path("more.txt").write_text("\n\n".join(said[12:]))
    assert offer not in call("import", "more.txt")[1]


LOG = (
    "Ref,What happened,Mobile,Reporter phone,Consent\n"
    "1,He refused to pay and drove off.,07700 900123,07700 900999,yes\n"
    ",He took her phone.,,07700 900999,no\n"
)


def test_a_strangers_columns_are_told_mapped_and_kept_for_the_next_file(call: Call) -> None:
    Path("log.csv").write_text(LOG)
    code, out, _ = call("import", "log.csv", "--dry-run")
    assert (code, Path("linkage.db").exists(), "Nothing is kept: 2 reports" in out) == (1, False, True)
    for column in ("Ref", "What happened", "Mobile", "Reporter phone", "Consent"):
        assert f"\n  {column} " in out
    assert "Consent was not read from “Consent”" in out
    assert "--map Mobile=identifiers.phone" in out
    assert "07700" not in out
    call("import", "log.csv", "--map", "Mobile=identifiers.phone", "--map", "reporter phone=ignore")
    Path("next.csv").write_text(LOG.replace("1,He", "2,He").replace("900123", "900456"))
    _, out, _ = call("import", "next.csv")
    assert "identifiers.phone (Reported person's phone), mapped before" in out
    with Store() as store:
        phones = {report.report_id: [one.value for one in report.identifiers] for report in store.reports()}
    assert (phones["1"], phones["2"], len(phones)) == (["07700900123"], ["07700900456"], 4)
    [kept] = json.loads(call("mapping", "list", "--json")[1])
    assert kept["fields"] == {"Mobile": "identifiers.phone", "Reporter phone": "ignore"}
    assert call("mapping", "drop", kept["name"])[0] == 0
    assert "not read: whose?" in call("import", "next.csv")[1]
    assert call("mapping", "drop", kept["name"])[0] == 2


def test_a_mapping_that_cannot_be_ends_before_anything_is_read(call: Call) -> None:
    Path("log.csv").write_text(LOG)
    for choice, words in (
        ("Reporter phone=identifiers.phone", "names the person who reports"),
        ("Mobil=identifiers.phone", "No column is named “Mobil”"),
        ("Mobile=identifiers.fone", "no field of a report"),
    ):
        code, _, err = call("import", "log.csv", "--map", choice)
        assert (code, words in err, err.count("\n")) == (2, True, 1)
    assert not Path("linkage.db").exists()
    code, out, _ = call("import", "log.csv", "--dry-run", "--json")
    columns = json.loads(out)["columns"]["log.csv"]
    assert [one["basis"] for one in columns] == ["named so", "named so", "asked", "refused", "asked"]


def test_what_was_noticed_while_reading_is_told_by_kind_with_the_first_report_of_each(call: Call) -> None:
    Path("a.csv").write_text(
        "report_id,received,suspects.1.age,narrative\n"
        "R1,2024-06-01,22,On 3 May 2087 a man of about 45 hit me.\n"
        "R2,2024-06-01,,On 4 May 2087 he hit me.\n"
        "R3,2024-06-01,,On 4 May 2024 he hit me.\n"
    )
    for words in (("a.csv", "--dry-run"), ("a.csv",), ("a.csv",)):
        out = " ".join(call("import", *words)[1].split())
        assert "to be checked on the pages of 2 reports" in out
        assert "R1: When it happened: the date 2087-05-03 is after the report was received" in out
        assert "(1 more of this kind)" in out
        assert "R1: Reported person 1, age: the field says “22”, the narrative “about 45” (43-47)" in out
        assert "R2:" not in out
        assert json.loads(call("import", *words, "--json")[1])["warnings"] == 3
