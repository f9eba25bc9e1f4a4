"""Empty stores for tests: one is made and copied, for making one runs every migration."""

from __future__ import annotations

import tempfile
from functools import cache
from pathlib import Path

from linkage.store import Store


def empty_store(file: Path) -> str:
    """The address of an empty SQLite store at `file`, as if it had just been made there."""
    file.touch(0o600)
    file.write_bytes(_content())
    return f"sqlite:///{file}"


@cache
def _content() -> bytes:
    with tempfile.TemporaryDirectory() as folder:
        made = Path(folder) / "linkage.db"
        Store(f"sqlite:///{made}").close()
        return made.read_bytes()
