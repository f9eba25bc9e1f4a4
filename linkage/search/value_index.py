"""What reports hold of plates, identifiers and weapons, gathered once so that a question need not walk them all."""

from __future__ import annotations

from collections.abc import Sequence

import numpy as np

from linkage.report import Report
from linkage.search.postings import Postings
from linkage.search.report_index import KIND_END, ReportIndex


class ValueIndex:
    """Plates, identifiers by kind, and weapons of a list of reports, from their index."""

    def __init__(self, reports: Sequence[Report], index: ReportIndex) -> None:
        self.reports = reports
        self.plates, self.weapons = index.values["registration"], index.values["weapon"]
        self._of_all_kinds = index.values["identifier"]
        self._identifiers: dict[str, Postings] = {}

    def identifiers(self, kind: str) -> Postings:
        """Identifiers of one kind."""
        if kind not in self._identifiers:
            of_all, begins = self._of_all_kinds, f"{kind}{KIND_END}"
            mine = np.array([one.startswith(begins) for one in of_all.known], dtype=bool)
            known = [one.removeprefix(begins) for one in of_all.known if one.startswith(begins)]
            of_kind = mine[of_all.value]
            value = (np.cumsum(mine) - 1).astype(np.int32)[of_all.value[of_kind]]
            self._identifiers[kind] = Postings(known, value, of_all.row[of_kind], of_all.n)
        return self._identifiers[kind]
