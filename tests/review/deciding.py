"""Decisions as short words, for tests."""

from __future__ import annotations

from typing import Any

from linkage.review.decision import Decision


class Book:
    """Decisions in the order in which they were made, numbered from 1."""

    def __init__(self) -> None:
        self.made: list[Decision] = []

    def add(self, analyst: str, kind: str, left: str, right: str, judgement: str, **more: Any) -> int:
        """Note a decision; returns its number."""
        number = len(self.made) + 1
        self.made.append(
            Decision(analyst, kind, left, right, judgement, id=number, at=f"2026-01-{number:02d}T10:00:00", **more)
        )
        return number

    def pair(self, analyst: str, left: str, right: str, judgement: str, **more: Any) -> int:
        """Note a decision on two reports."""
        return self.add(analyst, "pair", left, right, judgement, **more)

    def linked_twice(self, left: str, right: str) -> None:
        """Two analysts link a pair, the second blindly."""
        first = self.pair("ann", left, right, "link")
        self.pair("bob", left, right, "link", second_of=first, blind=True)

    def withdraw(self, analyst: str, number: int) -> int:
        """Take back a decision."""
        old = self.made[number - 1]
        return self.add(analyst, old.kind, old.left, old.right, "withdrawn", supersedes=number)
