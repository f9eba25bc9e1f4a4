"""Named tuples of arrays, as they are sent and kept: how large they are, what tells them apart, what is in them."""

from __future__ import annotations

from collections.abc import Iterator
from hashlib import blake2b
from typing import Any

import numpy as np


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
    """A digest of all arrays and numbers, in their order, 32 hexadecimal digits; an array is copied only where it is
    not contiguous."""
    digest = blake2b(digest_size=16)
    for one in leaves(values):
        is_array = isinstance(one, np.ndarray)
        said = (f"{one.dtype.str} {one.shape}" if is_array else repr(one)).encode("utf-8", "surrogatepass")
        digest.update(b"%d;%b" % (len(said), said))  # so that no two ways of dividing the same bytes are one
        if is_array:
            digest.update(np.ascontiguousarray(one).reshape(-1).view(np.uint8).data)
    return digest.hexdigest()


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
