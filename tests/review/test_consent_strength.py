"""A series is weighed anew on the reports that may be shared, by the real engine."""

from __future__ import annotations

import pytest

from linkage.linker import Linker
from linkage.models.series_inference import Constraints
from linkage.report import Consent, Report
from linkage.review.consent_strength import consent_strength
from linkage.review.run_linker import explain_only
from tests.factories import incident

SHARED = {"registration": "KX51ABC", "marks": "spider tattoo on the left hand", "town": "Leeds"}
ALERT_ONLY = "s3"


def shared(number: int) -> Report:
    told = incident(report_id=f"s{number}", date=f"{number} May 2019", **SHARED)
    allowed = "alert" if told.report_id == ALERT_ONLY else "police"
    return told.model_copy(update={"consent": Consent.model_validate({allowed: True})})


PLAIN = [
    incident(report_id=f"r{n:02d}", date=f"{1 + n % 28} June 2019", town="Hull", build="slim") for n in range(40)
]
REPORTS = {one.report_id: one for one in [*map(shared, range(1, 5)), *PLAIN]}
SERIES = ["s1", "s2", "s3", "s4"]


@pytest.fixture(scope="module")
def linker() -> Linker:
    return Linker().take(list(REPORTS.values()))


def test_the_shareable_reports_alone_are_explained_as_a_series_of_their_own(linker: Linker) -> None:
    found = consent_strength(SERIES, REPORTS, linker.explain_series)
    assert (found.shareable, found.left_out) == (("s1", "s2", "s4"), ("s3",))
    assert found.whole == linker.explain_series(SERIES).split.strength
    assert found.alone == linker.explain_series(["s1", "s2", "s4"]).split.strength
    assert found.words.startswith("3 of 4 may be shared; on those alone: ")


def test_one_report_that_may_be_shared_is_no_series(linker: Linker) -> None:
    found = consent_strength(SERIES, REPORTS, linker.explain_series, "alert")
    assert (found.shareable, found.alone) == (("s3",), None)
    assert found.words == "1 of 4 may be shared; those alone are no series"


def test_missing_consent_is_no_consent(linker: Linker) -> None:
    assert consent_strength(["r00", "r01"], REPORTS, linker.explain_series).shareable == ()


def test_an_unknown_purpose_is_refused(linker: Linker) -> None:
    with pytest.raises(ValueError, match="purpose 'press' is not one of"):
        consent_strength(SERIES, REPORTS, linker.explain_series, "press")


@pytest.mark.parametrize("tie", ["follows", "decided"])
def test_an_account_that_may_not_be_shared_adds_nothing_to_the_incident_that_it_tells_of(tie: str) -> None:
    secret = shared(5).model_copy(
        update={"report_id": "s4b", "consent": Consent(), "follows": "s4" if tie == "follows" else None}
    )
    told = Constraints.of([] if tie == "follows" else [("s4", "s4b")], [], [*REPORTS, "s4b"])
    both = Linker().take([*REPORTS.values(), secret], told)
    assert "s4b" in both.explain_series(SERIES, told).reports
    found = explain_only(both, ["s1", "s2", "s4"], told)
    assert found.reports == ("s1", "s2", "s4")
    assert found == Linker().take(list(REPORTS.values())).explain_series(["s1", "s2", "s4"])
