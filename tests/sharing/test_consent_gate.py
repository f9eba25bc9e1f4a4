"""Nothing passes the gate without every consent that its purpose needs."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.report import Consent, Report
from linkage.sharing.consent_gate import ConsentError, admit, admitted, purposes

CONSENTS = st.builds(Consent, alert=st.booleans(), police=st.booleans(), scas=st.booleans())


@given(st.lists(CONSENTS, max_size=8), st.sampled_from(sorted(purposes())))
def test_a_report_passes_exactly_where_all_consents_of_the_purpose_are_given(
    consents: list[Consent], wanted: str
) -> None:
    reports = [Report(report_id=f"R{number}", consent=consent) for number, consent in enumerate(consents)]
    found = admitted(reports, wanted)
    needs = purposes()[wanted].needs
    allowed = [one.report_id for one in reports if all(getattr(one.consent, need) for need in needs)]
    assert list(found.reports) == allowed
    assert sorted([*found.reports, *found.left_out]) == sorted(one.report_id for one in reports)


def test_missing_consent_means_no() -> None:
    assert admitted([Report(report_id="R1")], "alert").left_out == ("R1",)


def test_every_purpose_needs_a_consent_that_a_report_can_give() -> None:
    for one in purposes().values():
        assert one.needs
        assert set(one.needs) <= set(Consent.model_fields)


def test_a_purpose_that_is_not_named_lets_nothing_out() -> None:
    with pytest.raises(ConsentError, match="'press' is no purpose; there are alert, force"):
        admitted([Report(report_id="R1", consent=Consent(alert=True, police=True, scas=True))], "press")


def test_nothing_left_says_for_want_of_what() -> None:
    with pytest.raises(ConsentError, match=r"None of the 1 may leave .*consent\.scas is no"):
        admit([Report(report_id="R1", consent=Consent(police=True))], "scas")
