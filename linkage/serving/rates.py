"""How often somebody may ask: a bucket for each token or address, in memory only and never written down."""

from __future__ import annotations

import threading
import time
from collections import OrderedDict
from collections.abc import Callable, Mapping
from ipaddress import IPv6Address, ip_address

from linkage.serving.settings import Rate

_REMEMBERED = 20_000
"""Buckets that are remembered [G]; the longest unused goes first, and is full when it comes back."""


class Rates:
    """Counts requests by kind and by who asks."""

    def __init__(self, rates: Mapping[str, Rate], clock: Callable[[], float] = time.monotonic) -> None:
        self._rates, self._clock = rates, clock
        self._buckets: OrderedDict[tuple[str, str], tuple[float, float]] = OrderedDict()
        self._lock = threading.Lock()

    def wait(self, kind: str, who: str) -> float:
        """Take one request; the seconds to wait where it is one too many, else 0."""
        rate, now = self._rates[kind], self._clock()
        with self._lock:
            left, at = self._buckets.pop((kind, who), (float(rate.requests), now))
            left = min(rate.requests, left + (now - at) * rate.requests / rate.seconds)
            enough = left >= 1
            self._buckets[kind, who] = (left - 1 if enough else left, now)
            if len(self._buckets) > _REMEMBERED:
                self._buckets.popitem(last=False)
        return 0.0 if enough else (1 - left) * rate.seconds / rate.requests


def asker(host: str | None) -> str:
    """Who is asking, by address; of IPv6 the network, of which one household has as many addresses as it likes."""
    try:
        found = ip_address(host or "")
    except ValueError:
        return "unknown"
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else str(found)
