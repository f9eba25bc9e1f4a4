"""Ctrl-C: one line that says what is kept and how to go on, and exit code 130, whatever it came into."""

from __future__ import annotations

import signal
import sys
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from typing import NoReturn

STOPPED = 130
"""Exit code of what was stopped by Ctrl-C, as shells have it: 128 and the number of the signal."""

_ANYTHING = "Nothing was half written"
_told = [_ANYTHING]


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
    """End the process in one line where Ctrl-C ends the block."""
    if_stopped(_ANYTHING)
    try:
        yield
    except KeyboardInterrupt:
        _end()


def _end() -> NoReturn:
    with suppress(ValueError):  # of another thread than the main one, to which Ctrl-C does not come
        signal.signal(signal.SIGINT, signal.SIG_DFL)  # once more must not bring a traceback out of the ending
    print(f"linkage: stopped. {_told[0]}", file=sys.stderr)
    raise SystemExit(STOPPED)
