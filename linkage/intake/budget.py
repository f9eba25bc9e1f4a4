"""A budget of processor time for reading one row, so that no text can hold up the others.

Two things keep it. Between the stages, pieces, fields and items of reading `check` asks how much processor time the
thread has used: that works everywhere, and each of these has a bounded length, so that a row ends soon after its
budget. Where the system has timers of processor time (Linux, macOS) and the reading runs in its process's main
thread, as in every command and worker process, such a timer also interrupts a stage that does not end: the matching
engine of `re` looks for signals while it works. In another thread, and on Windows, nothing ends a stage from within.
Processor time rather than the clock's, so that a busy machine reads the same as an idle one.
"""

from __future__ import annotations

import signal
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

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
