"""Compiled code where numba is installed; the very same functions as plain Python where it is not.

Both give the same weights; random numbers may be drawn otherwise, as under another seed. Uncompiled, kernels take a
hundred times as long and more: enough to link a few dozen reports on a machine that numba does not run on, and to
hold the compiled code to what is written.
"""

from __future__ import annotations

import logging
from functools import partial, wraps
from importlib.metadata import version
from typing import TYPE_CHECKING, Any

import numpy as np

__all__ = ["COMPILED", "COMPILER", "NOTICE", "njit"]

NOTICE = "numba is not installed: nothing is compiled, and linking takes a hundred times as long or more"


def _plainly(function: Any = None, **options: Any) -> Any:
    """In place of numba's decorator: the function as it is. Whole numbers may run over, as compiled ones do."""
    if function is None:
        return partial(_plainly, **options)

    @wraps(function)
    def quiet(*given: Any, **named: Any) -> Any:
        with np.errstate(over="ignore"):
            return function(*given, **named)

    quiet.__dict__["py_func"] = function
    return quiet


if TYPE_CHECKING:
    from numba import njit
else:
    try:
        from numba import config, njit
    except ImportError:
        njit = _plainly
        logging.getLogger("linkage").warning(NOTICE)
    else:
        njit = _plainly if config.DISABLE_JIT else njit  # NUMBA_DISABLE_JIT, or numba's own file of settings

COMPILED = njit is not _plainly
"""Is anything compiled? Where not, random numbers are one stream, which one thread at a time may draw from."""

COMPILER = version("numba") if COMPILED else "uncompiled"
"""Version of numba, which the last bits of results may depend on."""
