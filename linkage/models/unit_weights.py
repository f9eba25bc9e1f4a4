"""What sets of units weigh, as the moves of the sampler ask: worked out once, then looked up."""

from __future__ import annotations

import numpy as np

from linkage.models.compiled import leaf
from linkage.models.set_kernel import set_weight
from linkage.models.set_memory import find_slot


@leaf
def weight_of(packed, memory, tempers, problem, units, size, extra, rows):  # type: ignore[no-untyped-def]
    """Log evidence, not scaled, of the first `size` of `units`, and `extra` (-1 for none), sharing one person; -inf
    if too many rows."""
    count, key = 0, np.uint64(0)
    for a in range(size + (extra >= 0)):
        unit = units[a] if a < size else extra
        key ^= problem.mark[unit]
        for at in range(problem.unit_start[unit], problem.unit_start[unit + 1]):
            if count >= problem.most:
                return -np.inf
            rows[count] = problem.unit_rows[at]
            count += 1
    return set_weight(packed, memory, tempers, rows, count, key)


@leaf
def remembered(memory_key, memory_weight, key):  # type: ignore[no-untyped-def]
    """The weight of a set whose weight is remembered, else nan."""
    slot = find_slot(memory_key, key | np.uint64(1))
    return memory_weight[slot] if slot >= 0 else np.nan
