"""Bytes -> text: UTF-8, UTF-16 and the Windows and Western code pages that spreadsheets write."""

from __future__ import annotations

import codecs
import re

from linkage.intake.reject import UNKEEPABLE

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite")


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of `data` without a byte-order mark, and a note when the encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), None
    if guess := _unmarked_utf16(data):
        return data.decode(guess, errors="replace"), f"read as {guess.upper()}; save as UTF-8 to be sure"
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        line = data.count(b"\n", 0, error.start) + 1
    try:
        text, label = data.decode("cp1252"), "Windows-1252"
    except UnicodeDecodeError:  # five of its bytes stand for nothing
        text, label = data.decode("latin-1"), "Latin-1"
    return text, f"not UTF-8 from line {line} on; read as {label}; save as UTF-8 to be sure"


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as every other byte being zero."""
    sample = data[:2000]
    half = len(sample) // 2
    odd, even = sample[1::2].count(0), sample[0::2].count(0)
    for encoding, zeros, others in (("utf-16-le", odd, even), ("utf-16-be", even, odd)):
        if half > 1 and zeros > 0.7 * half and others < 0.1 * half:
            return encoding
    return None


def looks_binary(data: bytes) -> bool:
    """Whether `data` is no text in any encoding that is read: a known signature, or many control bytes in most of its
    lines. Those of one row alone must not end the others."""
    if data.startswith(_MAGIC):
        return True
    if any(data.startswith(mark) for mark, _ in _MARKS) or _unmarked_utf16(data):
        return False
    sample = data[:4000]
    lines = sample.splitlines()
    bad = sum(_CONTROL.search(line) is not None for line in lines)
    return len(_CONTROL.findall(sample)) > 0.05 * len(sample) and bad > len(lines) / 2


def clean(text: str) -> str:
    """`text` without characters that no store keeps (NUL, control characters, halves of surrogate pairs)."""
    return UNKEEPABLE.sub("", text) if UNKEEPABLE.search(text) else text
