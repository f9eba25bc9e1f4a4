"""What a report says of an item of behaviour: told, denied, read more or less plainly, withheld, or not recorded."""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

NOT_RECORDED, ABSENT, PRESENT, READ, LIKELY, POSSIBLE, FAINT, WITHHELD = range(8)
"""What a report says of an item. PRESENT is what a field says; the next four are read from a narrative, less and less
plainly, the last with too little to be given as told. Of what is withheld nothing is known, not even that it was left
out."""

GRADES = {0.8: READ, 0.5: LIKELY, 0.3: POSSIBLE, 0.1: FAINT}
"""From which probability of a reading an item is in which state; from that of POSSIBLE on it is given as told
(`linkage/intake/behaviours/reading.py`)."""

SURENESS = np.array([0.0, 0.0, 1.0, 0.97, 0.65, 0.42, 0.18, 0.0])
"""Probability that an item was told as done, by what a report says of it [G]: near the mean of what its reader gives
between the bounds of GRADES: .97 and .65 in the 4,948 readings of one world (docs/decisions/0064); the last two are
guesses since their bound moved from .25 to .34 (docs/decisions/0069)."""

DOUBT = {LIKELY: "likely", POSSIBLE: "perhaps", FAINT: "hinted at"}
"""What is said of states that are not sure."""

SAID = {PRESENT: "{}", READ: "{}", ABSENT: "no: {}"} | {state: f"{{}} ({words})" for state, words in DOUBT.items()}
"""How a state other than silence is said of an item."""

_SETTLED = np.array([NOT_RECORDED, ABSENT, PRESENT, PRESENT, PRESENT, PRESENT, NOT_RECORDED, WITHHELD], dtype=np.int8)


def sureness(reliance: float) -> NDArray[np.float64]:
    """SURENESS where readers are borne out in this share of what they say; what stands in a field is sure."""
    return np.where(np.arange(len(SURENESS)) == PRESENT, 1.0, SURENESS * reliance)


def spoken(state: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Where something is told or denied, of the shape of `state`."""
    found: NDArray[np.bool_] = (state >= ABSENT) & (state < FAINT)
    return found


def hinted(left: NDArray[np.int8], right: NDArray[np.int8]) -> NDArray[np.bool_]:
    """Where one of two tells or denies what the other only hints at, of their shape."""
    found: NDArray[np.bool_] = ((left == FAINT) & spoken(right)) | ((right == FAINT) & spoken(left))
    return found


def settled(state: NDArray[np.int8]) -> NDArray[np.int8]:
    """States without grades: what is read, likely or possible is told, what is but hinted at is not recorded."""
    return _SETTLED[state]
