"""Whether two descriptions contradict each other; imported where reports are compared and no text is read."""

from __future__ import annotations

from linkage.report import Vehicle

_UNREAD = frozenset("?*")
_VAGUE = frozenset(("car", "taxi", "hatchback", "saloon", "estate"))
"""Bodies that one and the same car may be called."""


def vehicles_differ(one: Vehicle, other: Vehicle) -> bool:
    """Whether two descriptions cannot be of one vehicle."""
    for field in ("make", "model", "registration"):
        known, read = getattr(one, field), getattr(other, field)
        if known and read and known != read and (field != "registration" or _UNREAD.isdisjoint(known + read)):
            return True
    if one.colour and other.colour and set(one.colour).isdisjoint(other.colour):
        return True
    if not one.body or not other.body or one.body == other.body:
        return False
    bodies = {one.body, other.body} - _VAGUE
    return len(bodies) > 1 or "van" in bodies
