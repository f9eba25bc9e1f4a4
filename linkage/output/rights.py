"""Rights to a file or folder that another program writes into, as a database does."""

from __future__ import annotations

import os
import stat
from pathlib import Path

from linkage.output.files import FILE_MODE


def make_private(file: Path) -> None:
    """Make an empty file that only its owner may read, where there is none; take others' rights from one that is
    there, where it is ours. Raises OSError where it cannot be made."""
    try:
        os.close(os.open(file, os.O_CREAT | os.O_EXCL | os.O_WRONLY, FILE_MODE))
    except FileExistsError:
        keep_private(file)


def keep_private(file: Path) -> None:
    """Take others' rights from a file that is ours; nothing happens where it is not ours or not there, or is no file:
    without /dev/null for all, hardly a program runs."""
    try:
        found = file.stat()
        if stat.S_ISREG(found.st_mode) and stat.S_IMODE(found.st_mode) & 0o077 and found.st_uid == os.geteuid():
            file.chmod(stat.S_IMODE(found.st_mode) & 0o700)
    except (OSError, AttributeError):  # Windows has no user numbers; its folders have rights of their own
        return
