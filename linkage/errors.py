"""What every error of this project is that a person can put right."""

from __future__ import annotations

import errno
import os

_CURES = {
    errno.ENOENT: "Check the name, and the folder that you are in",
    errno.EISDIR: "Name a file in it",
    errno.EEXIST: "Name a folder, or another place",
    errno.ENOTDIR: "A file stands where its folder would be. Name another place",
    errno.EACCES: "Choose a file and a folder that you may use",
    errno.EPERM: "Choose a file and a folder that you may use",
    errno.EROFS: "Choose a file and a folder that you may use",
    errno.ENOSPC: "Make room on its disk, or name another place",
    errno.EDQUOT: "Make room on its disk, or name another place",
    errno.EFBIG: "The system allows no file as large; name a place on another disk, or raise its limit (ulimit -f)",
    errno.ENAMETOOLONG: "Give it a shorter name",
}


class LinkageError(Exception):
    """Something a person can put right. The message says in a line what is wrong and how, and is shown as it is."""


def cure_of(error: OSError) -> str:
    """What to do about an error of the system, as a sentence without its full stop; empty where that is not known."""
    return _CURES.get(error.errno or 0, "")


def why(error: OSError) -> str:
    """What the system says, without a file's name, and what to do about it; of our own errors their words."""
    if isinstance(error, LinkageError):
        return str(error)
    said = (os.strerror(error.errno) if error.errno else " ".join(str(error).split())).lower()
    cure = cure_of(error)
    return f"{said}; {cure[0].lower()}{cure[1:]}" if cure else said
