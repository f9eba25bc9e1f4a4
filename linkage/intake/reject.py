"""What could not be used, and why: the one form in which every refusal of the intake is told."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from linkage.intake.limits import how_to_raise, limit
from linkage.intake.patterns import PatternTable, compiled

WITHHELD = "(withheld)"
"""Stands where a refused value must not be repeated, because it may be somebody's personal data."""

SHORT = 80
"""Characters of a refused value that are repeated [G]."""

WHOLE_ROW = 2000
"""Characters of a row that is refused whole [G]."""

_SAID = PatternTable("surface")
UNKEEPABLE = compiled("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")
"""Characters that no store keeps: NUL, control characters, halves of surrogate pairs."""


UNSEEN = compiled(
    "[\u00ad\u034f\u061c\u115f\u1160\u17b4\u17b5\u180b-\u180e\u200b-\u200f\u202a-\u202e\u2060-\u206f\ufe00-\ufe0f\uffa0]"
)
"""Characters that nobody sees, or that turn the order of those that are seen: marks of direction, of width zero and
of where a word may break (Unicode's Default_Ignorable_Code_Point, of the first plane)."""

NAMING = ("report_id", "follows", "series")
"""Fields that name a report or a series: no two that differ may look alike."""
HELD_UNSEEN = "held characters that cannot be seen; it is read without them; write it without them"
"""What is told of such a name that did."""


def clean(text: str) -> str:
    """`text` without characters that no store keeps."""
    return UNKEEPABLE.sub("", text) if UNKEEPABLE.search(text) else text


def seen(text: str) -> str:
    """`text` as somebody sees it: two texts that look alike because of what cannot be seen become one."""
    return " ".join(UNSEEN.sub("", text).split()) if UNSEEN.search(text) else text


@dataclass(frozen=True, slots=True)
class Reject:
    """One refusal: the columns of `rejects.csv` (contract section 4).

    `row` counts the file's rows or lines from 1, a table's header being row 1; None when the whole file is meant.
    `field` is the dotted name, empty when the whole row or file is meant. `reason` says how to cure it.
    `left_out` tells that the row was left out because of this one field.
    """

    file: str
    row: int | None
    report_id: str | None
    field: str
    value: str
    reason: str
    left_out: bool = False

    def __post_init__(self) -> None:
        """Nothing that a store cannot keep comes through, be it a file's name or a value."""
        for name in ("file", "report_id", "field", "value", "reason"):
            words = getattr(self, name)
            if isinstance(words, str):
                object.__setattr__(self, name, clean(words))

    @property
    def whole(self) -> bool:
        """Whether the whole row was left out, not one value of it: a file or row that cannot be read, a report
        without an id, or one whose id another has."""
        return not self.field or self.left_out


def refused(file: str, reason: str, row: int | None = None, value: str = "") -> Reject:
    """The refusal of a whole file, or of a whole row of it."""
    return Reject(file, row, None, "", value, reason)


def beyond(what: str, name: str, instead: str, more: str = "") -> str:
    """The reason that something is more than a limit: what is, the limit, what to do instead and how to raise it."""
    return f"{what} than the limit of {limit(name):,}{more}; {how_to_raise(name, instead)}"


def shorten(value: Any, limit: int = SHORT) -> str:
    """`value` on one line and at most `limit` characters long."""
    text = " ".join("".join(c if c.isprintable() else " " for c in str(value)[: limit * 4]).split())
    return text if len(text) <= limit else text[: limit - 1] + "…"


def withhold(text: str) -> str:
    """Unreadable text shortened, or withheld when it names a column that holds personal data."""
    return WITHHELD if _SAID["names_personal_column"].search(text) else shorten(text)
