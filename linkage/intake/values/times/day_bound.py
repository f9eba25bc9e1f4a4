"""Whether a reading rests on today's date: dates end at tomorrow, so that on a later day it may be another.

A reading in which no date reached that bound is the same on every later day. What is remembered of dates remembers
this with them.
"""

from __future__ import annotations

import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from functools import lru_cache, wraps
from typing import ParamSpec, TypeVar

Given = ParamSpec("Given")
Value = TypeVar("Value")

_here = threading.local()


@dataclass(slots=True)
class Bound:
    """Whether a block came to rest on today's date; known once the block has ended."""

    reached: bool = False


def reach() -> None:
    """Put down that what is being read rests on today's date."""
    _here.reached = True


@contextmanager
def watched() -> Iterator[Bound]:
    """Notice whether the block rests on today's date; so does then the block around it."""
    before = getattr(_here, "reached", False)
    _here.reached = False
    bound = Bound()
    try:
        yield bound
    finally:
        bound.reached = _here.reached
        _here.reached = before or bound.reached


def remembered(most: int) -> Callable[[Callable[Given, Value]], Callable[Given, Value]]:
    """As `lru_cache` for a function of dates: what it gives again rests on today's date as it did at first."""

    def wrapped(read: Callable[Given, Value]) -> Callable[Given, Value]:
        @lru_cache(maxsize=most)
        def once(*given: Given.args, **named: Given.kwargs) -> tuple[Value, bool]:
            with watched() as bound:
                value = read(*given, **named)
            return value, bound.reached

        @wraps(read)
        def again(*given: Given.args, **named: Given.kwargs) -> Value:
            value, reached = once(*given, **named)  # type: ignore[arg-type]
            if reached:
                reach()
            return value

        return again

    return wrapped
