"""Which of many registration marks are worth comparing: a compiled edit distance over all pairs.

Apart from `plate_compare`, for the compiler takes longer to load than a text takes to read, and no text needs it.
"""

from __future__ import annotations

import numpy as np
from numpy.typing import NDArray

from linkage.compiled import njit
from linkage.features.plate_compare import ALIKE, PlateComparison, compare

_STAR, _ANY = 254, 255
_BITS = "ABCDEFGHIJKLMNOPQRSTUVWXYZ34679"
"""Characters after folding look-alikes; a plate's first and second use of each fit into the bits of one integer."""


def _codes(plates: list[str]) -> tuple[NDArray[np.uint8], NDArray[np.int64], NDArray[np.int64]]:
    """Plates as rows of look-alike character codes, their lengths, and the known characters as bits."""
    longest = max((len(plate) for plate in plates), default=1)
    codes = np.zeros((len(plates), max(1, longest)), dtype=np.uint8)
    known = np.zeros(len(plates), dtype=np.int64)
    for row, plate in enumerate(plates):
        for at, char in enumerate(plate.translate(ALIKE)):
            codes[row, at] = _STAR if char == "*" else _ANY if char == "?" else ord(char) % 250
            if char not in "?*":
                bit = 1 << _BITS.index(char)
                known[row] |= np.int64(bit if not int(known[row]) & bit else bit << len(_BITS))
    return codes, np.array([len(plate) for plate in plates], dtype=np.int64), known


@njit(cache=True)
def _fewest_differing(a: NDArray[np.uint8], n: int, b: NDArray[np.uint8], m: int, row: NDArray[np.int64]) -> int:
    """Edit distance with wildcards: the `differing` of `compare`, look-alikes taken as equal."""
    row[0] = 0
    for j in range(m):
        row[j + 1] = row[j] + (0 if b[j] == _STAR else 1)
    for i in range(n):
        diagonal = row[0]
        row[0] += 0 if a[i] == _STAR else 1
        for j in range(m):
            star = a[i] == _STAR or b[j] == _STAR
            step = 0 if star else 1
            same = star or a[i] == b[j] or a[i] == _ANY or b[j] == _ANY
            best = min(row[j + 1] + step, row[j] + step, diagonal + (0 if same else 1))
            diagonal = row[j + 1]
            row[j + 1] = best
    fewest: int = row[m]
    return fewest


@njit(cache=True)
def _too_few_in_common(both: int, needed: int, other_needed: int) -> bool:
    """Whether two plates that share the characters `both` (as bits) cannot be a pair, without an alignment."""
    if both & (both - 1) == 0:
        return True
    shared = 0
    while both:
        both &= both - 1
        shared += 1
    return (needed > 0 and shared < abs(other_needed) - 1) or (other_needed > 0 and shared < abs(needed) - 1)


@njit(cache=True)
def _candidates(
    codes: NDArray[np.uint8], lengths: NDArray[np.int64], known: NDArray[np.int64], needed: NDArray[np.int64]
) -> list[tuple[int, int]]:
    """Pairs of rows with two known characters in common that differ in at most one position.

    `needed` is the number of known characters of a plate, negative when it has wildcards: against a plate without
    wildcards all of them but one must be found, which spares most alignments.
    """
    found = [(0, 0) for _ in range(0)]
    row = np.zeros(codes.shape[1] + 1, dtype=np.int64)
    for i in range(len(lengths)):
        for j in range(i + 1, len(lengths)):
            if _too_few_in_common(known[i] & known[j], needed[i], needed[j]):
                continue
            if _fewest_differing(codes[i], lengths[i], codes[j], lengths[j], row) <= 1:
                found.append((i, j))
    return found


@njit(cache=True)
def _candidates_of(  # type: ignore[no-untyped-def]
    code, bits, need, codes, lengths, known, needed
) -> NDArray[np.int64]:
    """Rows that one more plate makes a pair with, by the rule of `_candidates`; `code` holds its characters."""
    found = np.empty(len(lengths), dtype=np.int64)
    row = np.zeros(codes.shape[1] + 1, dtype=np.int64)
    count = 0
    for j in range(len(lengths)):
        if _too_few_in_common(bits & known[j], need, needed[j]):
            continue
        if _fewest_differing(code, len(code), codes[j], lengths[j], row) <= 1:
            found[count] = j
            count += 1
    return found[:count]


def _needed(plates: list[str], known: NDArray[np.int64]) -> NDArray[np.int64]:
    """Known characters of each plate as counted in its bits, negative for a plate with wildcards."""
    counts = [
        int(bits).bit_count() * (-1 if {"?", "*"} & set(plate) else 1)
        for plate, bits in zip(plates, known, strict=True)
    ]
    return np.array(counts, dtype=np.int64)


def compare_all(plates: list[str]) -> list[tuple[int, int, PlateComparison]]:
    """(i, j, comparison), i < j, for the pairs that are compatible or differ in one position, with two characters
    agreed.

    An agreement through look-alike characters counts as agreed here. Every pair is looked at (8 million for 4,000
    plates) by a compiled edit distance; only what it leaves is compared in full.
    """
    if len(plates) < 2:
        return []
    found = []
    codes, lengths, known = _codes(plates)
    for i, j in _candidates(codes, lengths, known, _needed(plates, known)):
        result = compare(plates[i], plates[j])
        if result.differing <= 1 and result.agreed + result.confused >= 2:
            found.append((int(i), int(j), result))
    return found


class Plates:
    """Distinct plates laid out once, to compare one more with all of them."""

    def __init__(self, plates: list[str]) -> None:
        self.plates = plates
        self._place = {plate: at for at, plate in enumerate(plates)}
        self._codes, self._lengths, self._known = _codes(plates)
        self._all_needed = _needed(plates, self._known)

    def near(self, plate: str) -> list[tuple[int, PlateComparison]]:
        """Where the same plate stands, and those that `compare_all` would list it with."""
        codes, _, known = _codes([plate])
        need = _needed([plate], known)[0]
        rows = _candidates_of(
            codes[0, : len(plate)], known[0], need, self._codes, self._lengths, self._known, self._all_needed
        )
        found = [(int(at), compare(plate, self.plates[at])) for at in rows if self.plates[at] != plate]
        close = [(at, one) for at, one in found if one.differing <= 1 and one.agreed + one.confused >= 2]
        same = [(self._place[plate], compare(plate, plate))] if plate in self._place else []
        return same + close
