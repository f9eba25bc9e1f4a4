"""What is found depends neither on the blocks nor on the order in which they are done."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

import numpy as np

from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models.pruned_kernel import Limits
from linkage.models.scan import ScanSettings, scan
from linkage.models.scan_columns import Columns
from linkage.models.work import THREADS, Block, Threads, ranges
from tests.features.worlds import reports_from


class Backwards(Threads):
    """Does the last rows first, in blocks of other sizes."""

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        n = len(columns.points)
        assert stretches == [(0, n)]
        yield from super().blocks(columns, limits, [*ranges(150, n, 40), *ranges(0, 150, 7)][::-1])


def test_blocks_of_any_size_in_any_order_give_the_same_partners() -> None:
    packed, told = fit_table(reports_from(5, 400), elicited()).pack(), []
    incident, wanted = np.arange(400) // 2, ScanSettings(top=8, far_top=3, least=1500)
    one = scan(packed, incident, wanted, work=THREADS)
    other = scan(packed, incident, wanted, lambda done, total: told.append((done, total)), Backwards())

    assert [vars(one)[name].tobytes() for name in vars(one)] == [vars(other)[name].tobytes() for name in vars(one)]
    assert told[-1] == (400, 400)


def test_ranges_cover_every_row_once() -> None:
    assert ranges(3, 10, 4) == [(3, 7), (7, 10)]
    assert ranges(0, 0) == []
