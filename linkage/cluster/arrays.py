"""Named tuples of arrays, as they are sent and kept: how large they are, what tells them apart, what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import numpy as np
from numpy.typing import NDArray

from linkage.kept import name_of


def leaves(value: Any) -> Iterator[Any]:
    """Arrays and numbers of nested tuples and lists, in their order."""
    if isinstance(value, tuple | list):
        for inner in value:
            yield from leaves(inner)
    else:
        yield value


def size_of(value: Any) -> int:
    """Bytes of all arrays."""
    return sum(one.nbytes for one in leaves(value) if isinstance(one, np.ndarray))


def fingerprint_of(*values: Any) -> str:
    """A digest of all arrays and numbers, in their order."""
    said = [part for one in leaves(values) for part in _said(one)]
    return name_of(*said).hex()


def _said(one: Any) -> list[str | bytes]:
    if isinstance(one, np.ndarray):
        return [f"{one.dtype.str} {one.shape}", np.ascontiguousarray(one).tobytes()]
    return [repr(one)]


def copied(value: Any) -> Any:
    """The same with arrays of its own, aligned and to be written to."""
    return mapped(value, lambda array: array.copy(order="K"))


def aligned(value: Any) -> Any:
    """The same, with what is not aligned copied: what came over a line may begin anywhere, and kernels would be
    compiled again for it."""
    return mapped(value, lambda array: array if array.flags.aligned else array.copy(order="K"))


def mapped(value: Any, change: Any) -> Any:
    """The same, with every array changed."""
    if isinstance(value, tuple):
        inner = [mapped(one, change) for one in value]
        return type(value)(*inner) if hasattr(value, "_fields") else tuple(inner)
    return change(value) if isinstance(value, np.ndarray) else value


def flat(values: Any) -> list[NDArray[Any]]:
    """All arrays and numbers, as arrays."""
    return [np.asarray(one) for one in leaves(values)]
