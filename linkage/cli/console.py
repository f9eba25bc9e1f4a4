"""What every command shares: exit codes, clear errors, JSON, and progress for people at a terminal."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable
from types import TracebackType
from typing import TYPE_CHECKING, Any

from linkage.cli.stopping import was_stopped
from linkage.cli.usage import is_usage_error, usage_words
from linkage.errors import LinkageError, cure_of

if TYPE_CHECKING:
    from rich.console import Console
    from rich.progress import Progress, TaskID

DONE, REFUSED, COULD_NOT_RUN = 0, 1, 2
"""Exit codes: done; done, but some input was refused; could not run (contract section 3)."""


class CommandError(LinkageError):
    """Something the person at the terminal can put right. The message says what and how."""


def guarded(run: Callable[[], Any]) -> None:
    """Call `run`; whatever goes wrong becomes one line on standard error and exit code 2, never a traceback. Raises
    KeyboardInterrupt for what goes wrong because of Ctrl-C.

    With `LINKAGE_DEBUG=1` in the environment the traceback is shown instead, but for a slip on the command line.
    """
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(errors="backslashreplace")
    try:
        run()
    except Exception as error:
        if was_stopped(error):
            raise KeyboardInterrupt from None
        if os.environ.get("LINKAGE_DEBUG") == "1" and not is_usage_error(error):
            raise
        said = usage_words(error, sys.argv[1:]) if is_usage_error(error) else explained(error)
        print(f"linkage: {said}", file=sys.stderr)
        sys.exit(COULD_NOT_RUN)


def explained(error: Exception) -> str:
    """One line that says what went wrong, and where known what to do."""
    from sqlalchemy.exc import SQLAlchemyError

    words = " ".join(str(error).split()) or type(error).__name__
    if isinstance(error, LinkageError):
        return words
    if isinstance(error, OSError):
        where = f"{error.strerror}: {error.filename}" if error.strerror and error.filename else words
        return ". ".join(filter(None, (where, cure_of(error))))
    if isinstance(error, SQLAlchemyError):
        from linkage.store.sqlite_file import with_cure

        return f"The store could not be read or written: {with_cure(error)}"
    if isinstance(error, ModuleNotFoundError):
        return f"A part of linkage is not installed: {words}"
    if isinstance(error, MemoryError):
        return "There is not enough memory for this many reports. Link fewer at once"
    return (
        f"Something went wrong that linkage did not foresee ({type(error).__name__}: {words[:200]}). "
        "Nothing was half written. LINKAGE_DEBUG=1 shows where it happened"
    )


def print_json(value: Any) -> None:
    """One JSON document on one line of standard output."""
    print(json_text(value, ascii_only="utf" not in (sys.stdout.encoding or "").lower()))


def json_text(value: Any, ascii_only: bool = False) -> str:
    """`value` as JSON on one line; numpy numbers become plain ones, and what JSON does not know becomes text."""
    return json.dumps(value, ensure_ascii=ascii_only, default=_plain)


def _plain(value: Any) -> Any:
    return value.tolist() if hasattr(value, "tolist") else str(value)


def say(*things: Any, style: str | None = None) -> None:
    """Print words or rich tables for a person. Words are taken literally: brackets in them are no markup."""
    console = _console()
    for thing in things:
        if isinstance(thing, str):
            console.print(thing, style=style, markup=False, highlight=False)
        else:
            console.print(thing)


def counted(number: int, one: str, many: str = "") -> str:
    """A number with its noun: "1 report", "2,000 reports"; `many` where the plural is not the noun with an s."""
    return f"{number:,} {one if number == 1 else many or f'{one}s'}"


def warn(words: str) -> None:
    """One line on standard error, which leaves `--json` output clean."""
    print(words, file=sys.stderr)


def _console() -> Console:
    from rich.console import Console

    # piped output is read by programs: no wrapping there
    return Console(soft_wrap=not sys.stdout.isatty(), width=None if sys.stdout.isatty() else 160)


class Stages:
    """Progress bars, one a stage, while the `with` block runs: `stages("scoring", done, total)`.

    Only for a person: when standard output or standard error is not a terminal, nothing is shown, or with `in_lines`
    the beginning and each quarter of a stage, on standard error.
    """

    def __init__(self, quiet: bool = False, in_lines: bool = False) -> None:
        self._shown = not quiet and sys.stdout.isatty() and sys.stderr.isatty()
        self._in_lines = in_lines and not quiet and not self._shown
        self._quarters: dict[str, int] = {}
        self._bars: Progress | None = None
        self._tasks: dict[str, TaskID] = {}

    def __enter__(self) -> Stages:
        if self._shown:
            from rich.console import Console
            from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn, TimeRemainingColumn

            columns = (TextColumn("{task.description}"), BarColumn(), MofNCompleteColumn(), TimeRemainingColumn())
            self._bars = Progress(*columns, console=Console(stderr=True))
            self._bars.start()
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, at: TracebackType | None
    ) -> None:
        if self._bars is not None:
            self._bars.stop()

    def of(self, stage: str) -> Callable[[int, int], None]:
        """The same for work that has one stage: `of("reading")(done, total)`."""
        return lambda done, total: self(stage, done, total)

    def __call__(self, stage: str, done: int, total: int) -> None:
        if self._bars is None:
            if self._in_lines:
                self._line(stage, done, total)
            return
        if stage not in self._tasks:
            self._tasks[stage] = self._bars.add_task(stage, total=total)
        self._bars.update(self._tasks[stage], completed=done, total=total)

    def _line(self, stage: str, done: int, total: int) -> None:
        quarter = 4 * done // max(total, 1)
        if quarter > self._quarters.get(stage, -1):
            self._quarters[stage] = quarter
            print(f"{stage}: {done:,} of {total:,}", file=sys.stderr, flush=True)
