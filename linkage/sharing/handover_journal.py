"""What a sender was handing over when it died.

A gateway that took a message cannot be asked later whether it did, and a database takes milliseconds to say that it
was handed over. So the sender notes each message in a file, in one system call, right before the last bytes of it
leave and again once it was taken. A process that is killed leaves the file as it was, and the next sender reads from
it what must not be sent again.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path

from filelock import FileLock, Timeout

from linkage.errors import why
from linkage.output.files import FILE_MODE, refuse_link
from linkage.sharing.sending_settings import SendingError

_HANDED, _TAKEN, _REFUSED = b"h", b"t", b"r"


@dataclass(frozen=True, slots=True)
class Journal:
    """An open journal: `handed` are messages (their uid) of which only that they were handed over is known, `taken`
    those that the gateway took."""

    descriptor: int
    handed: frozenset[str]
    taken: frozenset[str]

    def handing_over(self, uid: str) -> None:
        """The last bytes of this message leave now."""
        os.write(self.descriptor, _HANDED + uid.encode() + b"\n")

    def was_taken(self, uid: str) -> None:
        """The gateway said that it took this message."""
        os.write(self.descriptor, _TAKEN + uid.encode() + b"\n")

    def was_refused(self, uid: str) -> None:
        """The gateway did not take this message: it may be handed over again."""
        os.write(self.descriptor, _REFUSED + uid.encode() + b"\n")

    def forget(self) -> None:
        """Everything noted is settled in the store."""
        os.ftruncate(self.descriptor, 0)


@contextmanager
def journal(file: Path) -> Iterator[Journal]:
    """The journal of this machine, for one sender at a time. SendingError while another has it, or where the file
    cannot be written."""
    refuse_link(file)
    lock = FileLock(f"{file}.lock", timeout=0, mode=FILE_MODE)
    try:
        lock.acquire()
    except Timeout:
        raise SendingError(f"Another sender is at work (it has {file}); it sends what waits") from None
    except OSError as error:
        raise SendingError(f"The journal {file} cannot be written: {why(error)}") from error
    try:
        descriptor = os.open(file, os.O_RDWR | os.O_CREAT | os.O_APPEND, FILE_MODE)
        try:
            last = {line[1:].decode("ascii", "replace"): line[:1] for line in _whole(descriptor).splitlines()}
            yield Journal(descriptor, _of(last, _HANDED), _of(last, _TAKEN))
        finally:
            os.close(descriptor)
    finally:
        lock.release()


def _whole(descriptor: int) -> bytes:
    found = b""
    while part := os.read(descriptor, 65_536):
        found += part
    return found


def _of(last: dict[str, bytes], mark: bytes) -> frozenset[str]:
    return frozenset(uid for uid, found in last.items() if found == mark)
