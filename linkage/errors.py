"""What every error of this project is that a person can put right."""

from __future__ import annotations


class LinkageError(Exception):
    """Something a person can put right. The message says in a line what is wrong and how, and is shown as it is."""
