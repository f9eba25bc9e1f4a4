"""What may become of a pack that left (outcomes.toml)."""

from __future__ import annotations

import tomllib
from functools import cache
from importlib.resources import files


@cache
def outcomes() -> dict[str, str]:
    """Each outcome with its words on screen, in the order in which they are offered."""
    table = tomllib.loads((files("linkage.review") / "outcomes.toml").read_text(encoding="utf-8"))
    return dict(table["outcomes"])
