"""How the small functions of the kernels are compiled."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from linkage.compiled import njit

leaf: Callable[[Callable[..., Any]], Any] = partial(njit, cache=True, nogil=True, _nrt=False)
"""For functions that make no array: without counting references to those that they are handed.

Arrays belong to whoever calls a kernel and live as long as it runs. Counting costs two locked additions for each
array of a tuple at every call, which is as much as weighing a small set does.
"""

inlined: Callable[[Callable[..., Any]], Any] = partial(njit, cache=True, nogil=True, _nrt=False, forceinline=True)
"""A leaf that becomes part of whoever calls it: a call copies a tuple of arrays word by word."""
