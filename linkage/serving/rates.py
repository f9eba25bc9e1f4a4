"""How often somebody may ask, and how much at once: counted for each token or address, in memory only and never
written down."""

from __future__ import annotations

import threading
import time
from collections import Counter, OrderedDict
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from ipaddress import IPv4Address, IPv6Address, ip_address

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


class AtOnce:
    """Counts the requests at work of each address. It is asked from one event loop alone."""

    def __init__(self, most: int) -> None:
        self._most, self._at_work = most, Counter[str]()

    @contextmanager
    def counted(self, host: str | None) -> Iterator[bool]:
        """A request of an address while the block runs; is it one of as many as may be at once? This machine's own
        address is not counted: behind a server in front that does not say who is asking, it is everybody's."""
        who = asker(host)
        free = _is_here(host) or self._at_work[who] < self._most
        if free:
            self._at_work[who] += 1
        try:
            yield free
        finally:
            if free:
                self._at_work[who] -= 1
                if not self._at_work[who]:
                    del self._at_work[who]


def asker(host: str | None) -> str:
    """Who is asking, by address; of IPv6 the network, of which one household has as many addresses as it likes."""
    found = _address(host)
    if found is None:
        return "unknown"
    return str(int(found) >> 64) if isinstance(found, IPv6Address) else str(found)


def _is_here(host: str | None) -> bool:
    found = _address(host)
    return found is not None and found.is_loopback


def _address(host: str | None) -> IPv4Address | IPv6Address | None:
    """An address; one of IPv4 that is written as one of IPv6 (RFC 4291, 2.5.5.2) is that of IPv4."""
    try:
        found = ip_address(host or "")
    except ValueError:
        return None
    return (found.ipv4_mapped or found) if isinstance(found, IPv6Address) else found
