"""An index is the same from its file, from its parts and from the reports; a damaged file is never believed."""

from __future__ import annotations

import stat
from functools import cache
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.features.accounts import accounts_of
from linkage.features.catalogue import CATALOGUE
from linkage.features.evidence import MILLIBAN
from linkage.features.item_states import settled
from linkage.features.latent import LatentEvidence
from linkage.features.parameters import elicited
from linkage.features.values import trimmed
from linkage.report import Report
from linkage.search import Question, Searcher, index_file
from linkage.search.accounts import IndexedAccounts
from linkage.search.index_file import IndexFileError, StoredIndex, read_index, write_index
from linkage.search.latent import DERIVED, value_of
from linkage.search.report_index import EVIDENCE, ReportIndex
from tests.factories import incident

QUESTIONS = [
    Question(words="stocky man in a silver van who took her phone near Leeds"),
    Question(words='bald scouse man "took her phone" with a knife'),
    Question(words="two men", near="Leeds", within_km=40, from_="2018", day_part="night"),
    Question(registration="?K5*"),
    Question(identifier=("*111",), behaviour=("-paid", "took her phone")),
    Question(like="R2", words="van"),
]


@cache
def world() -> tuple[Report, ...]:
    """Reports that differ in everything an index holds."""
    return (
        incident(
            report_id="R1", narrative="He had a silver van. He took her phone.", vehicle="silver van", town="Leeds"
        ),
        incident(report_id="R2", person="stocky bald man, Scouse accent", weapon="knife", date="3 May 2018 at 11pm"),
        incident(report_id="R3", registration="YK51 ABC", phone="07700 900111", lat=53.8, lon=-1.5, sex="male"),
        incident(report_id="R4", narrative="Дом у реки. Two men.", person="tall man", second_person="short man"),
        incident(
            report_id="R5", behaviours="refused to pay", not_behaviours="strangled her", age="30-40", height="6ft"
        ),
        incident(report_id="R6", town="Bradford", vehicle="black Ford Focus", received="2019-02-03"),
    )


def same(one: ReportIndex, other: ReportIndex) -> bool:
    """Are two indexes the same, array by array?"""
    held, others = {**one.values, "": one.words}, {**other.values, "": other.words}
    numbers = all(np.array_equal(one.numbers[name], other.numbers[name], equal_nan=True) for name in one.numbers)
    return (
        one.ids == other.ids
        and numbers
        and one.numbers.keys() == other.numbers.keys()
        and held.keys() == others.keys()
        and all((held[name].known, held[name].n) == (others[name].known, others[name].n) for name in held)
        and all(np.array_equal(held[name].value, others[name].value) for name in held)
        and all(np.array_equal(held[name].row, others[name].row) for name in held)
    )


def stored() -> StoredIndex:
    return StoredIndex(ReportIndex.of(world()), [f"{row:064x}" for row in range(len(world()))])


def test_a_file_gives_back_the_index_that_was_written(tmp_path: Path) -> None:
    file = tmp_path / "store.db.search-index"
    assert read_index(file) is None
    write_index(file, stored())
    found = read_index(file)
    assert found is not None
    assert found.fingerprints == stored().fingerprints
    assert same(found.index, stored().index)
    assert stat.S_IMODE(file.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [file]


def test_answers_over_an_index_from_a_file_are_those_over_the_reports(tmp_path: Path) -> None:
    write_index(tmp_path / "index", stored())
    found = read_index(tmp_path / "index")
    assert found is not None
    read, kept = Searcher(world()), Searcher(world(), index=found.index)
    for question in QUESTIONS:
        assert kept.find(question) == read.find(question)
        assert kept.why_not(question, "R1") == read.why_not(question, "R1")


@settings(max_examples=60)
@given(st.data())
def test_a_file_that_was_changed_anywhere_is_not_believed(data: st.DataObject) -> None:
    with TemporaryDirectory() as folder:
        file = Path(folder) / "index"
        write_index(file, stored())
        content = bytearray(file.read_bytes())
        at = data.draw(st.integers(0, len(content) - 1))
        content[at] ^= data.draw(st.integers(1, 255))
        file.write_bytes(content)
        with pytest.raises(IndexFileError):
            read_index(file)
        file.write_bytes(content[:at])
        with pytest.raises(IndexFileError):
            read_index(file)


def test_a_file_that_another_version_read_reports_for_is_not_used(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    write_index(tmp_path / "index", stored())
    monkeypatch.setattr(index_file, "_READ_BY", "another vocabulary")
    with pytest.raises(IndexFileError, match="another version"):
        read_index(tmp_path / "index")


@given(st.data())
def test_an_index_brought_up_to_date_is_the_one_read_anew(data: st.DataObject) -> None:
    names = range(len(world()))
    before, after = (sorted(data.draw(st.sets(st.sampled_from(names), min_size=1))) for _ in range(2))
    place = {at: row for row, at in enumerate(after)}
    new = [at for at in after if at not in before]
    parts = [
        (ReportIndex.of([world()[at] for at in some]), np.array([place.get(at, -1) for at in some], dtype=np.int32))
        for some in (before, new)
    ]
    found = ReportIndex.joined(parts, [world()[at].report_id for at in after])
    assert same(found, ReportIndex.of([world()[at] for at in after]))


def test_what_evidence_compares_comes_back_from_an_index() -> None:
    index = ReportIndex.of(world())
    for evidence in CATALOGUE:
        if isinstance(evidence, LatentEvidence) and evidence.name not in DERIVED:
            told = index.values[f"{EVIDENCE}{evidence.name}"]
            found = [tuple(value_of(one) for one in told.of_row(row)) for row in range(len(world()))]
            assert found == [tuple(filter(None, [trimmed(evidence.read(report))])) for report in world()]


def test_accounts_of_an_index_are_those_of_its_reports() -> None:
    found, read = IndexedAccounts(ReportIndex.of(world())), accounts_of(world())
    items = sorted(read.tally)
    assert (found.kinds, found.tally, len(found)) == (read.kinds, read.tally, len(read))
    for one, other in ((found.count, read.count), (found.denies, read.denies), (found.level, read.level)):
        assert one.tolist() == other.tolist()
    assert found.states(items).tolist() == settled(read.states(items)).tolist()


def test_a_report_like_another_weighs_what_linking_weighs() -> None:
    unsure = incident(report_id="R7", behaviours="refused to pay")
    unsure.behaviours.probability = dict.fromkeys(unsure.behaviours.present, 0.55)
    reports = [*world(), unsure]
    found = Searcher(reports).find(Question(like="R5"))
    row = next(row for row in found.rows if row.report_id == "R7")
    told = {reason.label: reason.weight for reason in row.reasons}
    for evidence in CATALOGUE:
        if evidence.label in told:
            column = evidence.fit(reports, elicited())
            weight = column.millibans(np.array([4]), np.array([6]), 1.0)[0] / MILLIBAN
            assert told[evidence.label] == pytest.approx(weight, abs=6e-4)
