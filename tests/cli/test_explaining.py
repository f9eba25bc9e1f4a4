"""What `linkage explain` says where there is nothing to explain."""

from __future__ import annotations

import pytest

from linkage.cli.console import CommandError
from linkage.cli.explaining import Source
from linkage.linker import Linker
from tests.factories import incident

REPORTS = [incident(report_id=name) for name in ("a", "b")]


def test_a_series_of_one_incident_is_told_by_its_own_name() -> None:
    source = Source("the store", Linker(), REPORTS, series={"S-1": ["a"], "S-2": ["a", "b"]})
    with pytest.raises(CommandError, match=r"All reports of series S-1 are of one incident.*name another"):
        source.of_series("S-1")
    with pytest.raises(CommandError, match=r"Series S-1 holds no other incident than that of a.*--in"):
        source.of_member("a", "S-1")
    assert source.of_series("S-2").reports == ("a", "b")
