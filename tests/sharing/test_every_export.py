"""Nothing of a report without consent, and nothing of any reporter, stands in any byte of any export."""

from __future__ import annotations

import random
import re
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from functools import cache
from io import BytesIO
from pathlib import Path

import pytest
from hypothesis import HealthCheck, Phase, given, settings
from hypothesis import strategies as st

from linkage.report import Consent, Report
from linkage.sharing.consent_gate import ConsentError, purpose
from linkage.sharing.exporting import prepare
from linkage.sharing.grading import Grades
from linkage.sharing.kinds import KINDS
from linkage.sharing.material import Material, material
from linkage.sharing.pack import Wanted
from linkage.store import Store
from tests.sharing import pdf_words
from tests.sharing.world import EVERYTHING, FORCES, MEMBERS, NEVER, fill, marked, marks_of, world

PATHS = [(kind, aim, form) for kind, one in KINDS.items() for aim in one.purposes for form in one.formats]
SLOW = {"html": 3, "docx": 2}
"""Examples of formats that are slow to write; the others get ten. PDF has a test of its own."""
CONSENTS = st.lists(st.builds(Consent, alert=st.booleans(), police=st.booleans(), scas=st.booleans()), min_size=5,
                    max_size=5)  # fmt: skip


@pytest.fixture(scope="module")
def kept(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, Material]]:
    """A store of the marked world, linked once: consent carries no weight."""
    with Store(f"sqlite:///{tmp_path_factory.mktemp('exports')}/world.db", who="ann") as store:
        fill(store, world(dict.fromkeys(MEMBERS, EVERYTHING)))
        known = material(store)
        yield store, replace(known, explain=cache(known.explain))


def with_consents(known: Material, consents: list[Consent]) -> Material:
    given = dict(zip(MEMBERS, consents, strict=True))
    reports = {
        name: report.model_copy(update={"consent": given.get(name, Consent())})
        for name, report in known.reports.items()
    }
    return replace(known, reports=reports)


def text_of(name: str, words: bytes) -> str:
    """Everything that a file holds as text: the parts of a DOCX, the words of a PDF."""
    if name.endswith(".docx"):
        with zipfile.ZipFile(BytesIO(words)) as whole:
            parts = [
                whole.read(one).decode("utf-8", "replace") for one in whole.namelist() if not one.endswith("png")
            ]
        return "\n".join(parts) + "\n" + re.sub(r"<[^>]*>", "", "\n".join(parts))
    return words.decode("utf-8", "replace")


def written(store: Store, known: Material, kind: str, aim: str, form: str) -> dict[str, str]:
    names = () if kind in ("reports", "series") else ("S-qxid1",)
    grades, found = Grades("2", "B", "P", "likely"), {}
    for force in FORCES if aim == "force" else ("",):
        try:
            one = prepare(store, Wanted(kind, aim, names, force, grades), known)
        except ConsentError:
            continue
        for name, words in KINDS[kind].formats[form](one.content, "a mark", [("Asked for by", "ann")]).items():
            found[f"{force}{name}"] = text_of(name, words)
    return found


@pytest.mark.parametrize(("kind", "aim", "form"), [one for one in PATHS if one[2] != "pdf"])
def test_nothing_leaves_without_consent_and_nothing_of_a_reporter_ever(
    kept: tuple[Store, Material], kind: str, aim: str, form: str
) -> None:
    @settings(max_examples=SLOW.get(form, 10), phases=[Phase.generate], suppress_health_check=list(HealthCheck))
    @given(CONSENTS)
    def holds(consents: list[Consent]) -> None:
        store, known = kept
        now = with_consents(known, consents)
        allowed = [purpose(aim).allowed_by(one) for one in consents]
        files = written(store, now, kind, aim, form)
        assert bool(files) == any(allowed)
        for name, words in files.items():
            low = words.lower()
            assert [mark for mark in NEVER if mark in low] == [], name
            for number, may in enumerate(allowed, start=1):
                if not may:
                    assert [mark for mark in marks_of(number) if mark in low] == [], name

    holds()


@pytest.mark.parametrize("seed", [1, 2])
def test_the_words_of_a_pdf_are_read_back_and_hold_nothing_that_may_not_leave(
    kept: tuple[Store, Material], seed: int
) -> None:
    """A PDF takes seconds, so the draws are few: in each some reports may leave and some may not."""
    pytest.importorskip("weasyprint")
    store, known = kept
    drawn = random.Random(seed)
    consents = [EVERYTHING, Consent(), *(Consent(alert=True, scas=drawn.random() < 0.5) for _ in MEMBERS[2:])]
    drawn.shuffle(consents)
    files = KINDS["pack"].formats["pdf"](
        prepare(
            store,
            Wanted("pack", "scas", ("S-qxid1",), "", Grades("2", "B", "P", "likely")),
            with_consents(known, consents),
        ).content,
        "a mark",
        [("Asked for by", "ann")],
    )
    for made in files.values():
        assert made.startswith(b"%PDF")
        assert b"/EmbeddedFile" not in made
        words = pdf_words.words_of(made).lower()
        assert "forthewholeseries" in words or "summary" in words  # it was read
        assert [mark for mark in NEVER if "".join(mark.split()) in words] == []
        for number, consent in enumerate(consents, start=1):
            there = [mark for mark in marks_of(number) if "".join(mark.split()) in words]
            assert bool(there) == consent.scas, number


def test_what_is_consented_to_does_leave(kept: tuple[Store, Material]) -> None:
    """The marks that are looked for do stand in what holds the report: the test above can fail."""
    store, known = kept
    now = with_consents(known, [EVERYTHING, *[Consent()] * 4])
    words = "".join(written(store, now, "reports", "analyst", "json").values()).lower()
    assert [mark for mark in marks_of(1) if mark not in words] == []
    report = Report.model_validate(marked(1))
    assert report.narrative not in words


def test_a_chart_has_no_node_and_no_edge_of_what_may_not_leave(kept: tuple[Store, Material]) -> None:
    import networkx as nx

    store, known = kept
    now = with_consents(known, [EVERYTHING, Consent(), EVERYTHING, Consent(), Consent()])
    one = prepare(store, Wanted("chart", "analyst", ("S-qxid1",)), now)
    graph = nx.parse_graphml(KINDS["chart"].formats["graphml"](one.content, "", [])[".graphml"].decode())
    reports = [node for node, data in graph.nodes(data=True) if data["type"] == "report"]
    assert (len(reports), one.left_out) == (2, ("qxid2", "qxid4", "qxid5"))
    assert {data["label"] for _, data in graph.nodes(data=True) if data["type"] == "town"} == {"Qxtown1", "Qxtown3"}
    suggested = [data["probability"] for _, _, data in graph.edges(data=True) if data["type"] == "suggested link"]
    assert len(suggested) <= 1


def test_every_written_csv_reads_as_a_table(kept: tuple[Store, Material], tmp_path: Path) -> None:
    import pandas as pd

    store, known = kept
    now = with_consents(known, [EVERYTHING] * 5)
    one = prepare(store, Wanted("pack", "region", ("S-qxid1",), "", Grades("2", "B", "P", "likely")), now)
    for name, words in KINDS["pack"].formats["csv"](one.content, "a mark", []).items():
        assert words.startswith(b"\xef\xbb\xbf")
        (tmp_path / name).write_bytes(words)
        frame = pd.read_csv(tmp_path / name, encoding="utf-8-sig", dtype=str)
        assert len(frame) > 0
        assert not frame.map(lambda cell: str(cell).startswith(("=", "+", "@", "\t"))).any(axis=None)
