"""What a channel answers, and what every channel is given."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Protocol


@dataclass(frozen=True, slots=True)
class Parcel:
    """One message as it leaves: `address` in the clear, the `subject`, the `plain` and the `html` text, and the code
    with which its reader leaves the list."""

    uid: str
    address: str
    subject: str
    plain: str
    html: str = ""
    leave_code: str = ""


class PassingError(Exception):
    """It could not be sent now; it may later. The message says why."""


class FinalError(Exception):
    """It cannot be sent to this address. The message says why."""


class UnknownOutcomeError(Exception):
    """It was handed over and no answer came: nobody knows whether it was taken. The message says what happened."""


class Channel(Protocol):
    """A way out. `same_key` says that a message handed over twice is delivered once."""

    same_key: bool
    per_minute: int

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> None:
        """Send one message; returns once it was taken. Calls `handing_over` right before it can no longer be taken
        back. Raises PassingError, FinalError or UnknownOutcomeError."""

    def close(self) -> None:
        """Let go of the gateway."""
