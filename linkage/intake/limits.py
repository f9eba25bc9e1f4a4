"""How much is read at most: of a file, of a row, of a value; and for how long. The numbers stand in limits.toml; each
may be raised in the environment (LINKAGE_LIMIT_ROW_SECONDS=120), which every refusal that rests on one of them says.

Processor time for reading one row is a budget, so that no text can hold up the others. Two things keep it. Between
the stages, pieces, fields and items of reading `check` asks how much the thread has used: that works everywhere, and
each of these has a bounded length, so that a row ends soon after its budget. Where the system has timers of processor
time (Linux, macOS) and the reading runs in its process's main thread, as in every command and worker process, such a
timer also interrupts a stage that does not end: the matching engine of `re` looks for signals while it works. In
another thread, and on Windows, nothing ends a stage from within. Processor time rather than the clock's, so that a
busy machine reads the same as an idle one.
"""

from __future__ import annotations

import os
import signal
import threading
import time
import tomllib
from collections.abc import Iterator
from contextlib import contextmanager
from functools import cache
from importlib.resources import files
from types import FrameType

PREFIX = "LINKAGE_LIMIT_"
"""Beginning of the environment variables that set a limit."""

_VALUE = "value."
"""Beginning of the names of limits on values, as "value.place.text"."""


@cache
def names() -> dict[str, int]:
    """Every limit by its name, with the number that is shipped."""
    tables = tomllib.loads(files(__package__).joinpath("limits.toml").read_text(encoding="utf-8"))
    of_values = {_VALUE + name: number for name, number in tables.pop("value").items()}
    return {name: number for numbers in (*tables.values(), of_values) for name, number in numbers.items()}


def limit(name: str) -> int:
    """The limit of this name; what the environment gives for it counts, where that is a whole number over 0."""
    given = os.environ.get(variable(name), "").replace("_", "")
    return int(given) if given.isascii() and given.isdigit() and 0 < len(given) < 16 and int(given) else names()[name]


@cache
def variable(name: str) -> str:
    """The environment variable that sets a limit."""
    return PREFIX + name.replace(".", "_").upper()


def how_to_raise(name: str, instead: str = "") -> str:
    """The end of a refusal: what to do `instead`, and the setting by which the limit may be raised."""
    return f"{instead} or raise {variable(name)} in the environment".strip()


@cache
def _of_field(field: str) -> str:
    """Name of the limit on the characters of a field, of its dotted name with or without counters."""
    steps = [step for step in field.split(".") if not step.isdigit()]
    listed = ("raw",) if "raw" in steps else (".".join(steps), steps[0])
    return next((_VALUE + name for name in listed if _VALUE + name in names()), _VALUE + "other")


def too_long(field: str, length: int) -> str | None:
    """Why a value of so many characters is refused in a field, with the cure; None where it is not."""
    name = _of_field(field)
    if length <= limit(name):
        return None
    return f"{length:,} characters are longer than the limit of {limit(name):,}; shorten it {how_to_raise(name)}"


_AGAIN = 1.0
"""Seconds after which an interruption is repeated that something swallowed."""

_here = threading.local()


class OutOfTimeError(BaseException):
    """The budget is used up. No Exception, so that nothing on the way takes it for a value that cannot be read."""


@contextmanager
def allowed(seconds: float) -> Iterator[None]:
    """Raise OutOfTimeError in the block once it has used this much processor time; an outer budget stands."""
    if getattr(_here, "ends", None) is not None:
        yield
        return
    with _interrupted(seconds):
        _here.ends = time.thread_time() + seconds
        try:
            yield
        finally:
            _here.ends = None


def check() -> None:
    """Raise OutOfTimeError where the budget of the block around is used up; for between the stages of reading."""
    ends = getattr(_here, "ends", None)
    if ends is not None and time.thread_time() > ends:
        raise OutOfTimeError


@contextmanager
def _interrupted(seconds: float) -> Iterator[None]:
    """Interrupt the block after this much processor time, where there is a timer for that."""
    if not hasattr(signal, "setitimer") or threading.current_thread() is not threading.main_thread():
        yield
        return
    before = signal.signal(signal.SIGVTALRM, _interrupt)
    signal.setitimer(signal.ITIMER_VIRTUAL, seconds, _AGAIN)
    try:
        yield
    finally:
        signal.setitimer(signal.ITIMER_VIRTUAL, 0)
        signal.signal(signal.SIGVTALRM, signal.SIG_DFL if before is None else before)


def _interrupt(_number: int, _frame: FrameType | None) -> None:
    if getattr(_here, "ends", None) is not None:
        raise OutOfTimeError
