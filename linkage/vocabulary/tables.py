"""The vocabulary's TOML files as they stand, each parsed once for all processes: that takes longer than reading."""

from __future__ import annotations

import tomllib
from importlib.resources import files
from typing import Any

from linkage.disk_cache import cached, name_of


def table(name: str) -> dict[str, Any]:
    """`data/<name>.toml`; another dict at every call. Raises FileNotFoundError for a name without a file."""
    return parsed(files(__package__).joinpath(f"data/{name}.toml").read_text(encoding="utf-8"))


def parsed(text: str) -> dict[str, Any]:
    """What a TOML text without dates says. Raises tomllib.TOMLDecodeError for none at all."""
    said: dict[str, Any] = cached(name_of("toml", text), lambda: tomllib.loads(text))
    return said
