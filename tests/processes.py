"""What tests need that start processes of their own."""

from __future__ import annotations

import sys
from types import ModuleType


def forget_main() -> None:
    """A page test of the same process leaves its script as the main module, which a new process would run again."""
    sys.modules["__main__"] = ModuleType("__main__")
