"""What stops a command, Ctrl-C, the system (SIGTERM) or a terminal that is closed: one line that says what is kept
and how to go on, and exit code 130, 143 or 129, whatever it came into."""

from __future__ import annotations

import signal
import sys
import threading
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from types import FrameType
from typing import NoReturn

STOPPED = 130
"""Exit code of what was stopped by Ctrl-C, as shells have it: 128 and the number of the signal (2)."""

_ANYTHING = "Nothing was half written"
_told = [_ANYTHING]
_OTHERS = ("SIGTERM", "SIGHUP")
"""What else stops a command as Ctrl-C does, where the system has it."""
_by = [int(signal.SIGINT)]


def if_stopped(words: str) -> None:
    """What to say of what is kept and how to go on, should Ctrl-C stop the command from here on."""
    _told[:] = [words]


def was_stopped(error: BaseException) -> bool:
    """Whether an error came of Ctrl-C: what fails while something is being stopped is no news of its own."""
    seen = set[int]()
    now: BaseException | None = error
    while now is not None and id(now) not in seen:
        if isinstance(now, KeyboardInterrupt):
            return True
        seen.add(id(now))
        now = now.__cause__ or now.__context__
    return False


@contextmanager
def told_if_stopped() -> Iterator[None]:
    """End the process in one line where Ctrl-C, the system or a closed terminal ends the block."""
    if_stopped(_ANYTHING)
    _by[:] = [int(signal.SIGINT)]
    before = _free() if threading.current_thread() is threading.main_thread() else []
    for number in before:
        signal.signal(number, _stop)
    try:
        yield
    except KeyboardInterrupt:
        _end()
    finally:
        for number in before:
            signal.signal(number, signal.SIG_DFL)


def _free() -> list[signal.Signals]:
    """What else stops a command and is nobody's: ignored, as under nohup, it stays ignored, and another's his."""
    there = [signal.Signals[name] for name in _OTHERS if name in signal.Signals.__members__]
    return [number for number in there if signal.getsignal(number) == signal.SIG_DFL]


def _stop(number: int, _frame: FrameType | None) -> NoReturn:
    _by[:] = [number]
    raise KeyboardInterrupt


def _end() -> NoReturn:
    with suppress(ValueError):  # of another thread than the main one, to which Ctrl-C does not come
        for number in {int(signal.SIGINT), _by[0]}:
            signal.signal(number, signal.SIG_DFL)  # once more must not bring a traceback out of the ending
    with suppress(OSError):  # of a terminal that is closed
        print(f"linkage: stopped. {_told[0]}", file=sys.stderr)
    raise SystemExit(128 + _by[0])
