"""Bytes -> text: UTF-8, UTF-16 and the Windows and Western code pages that spreadsheets write."""

from __future__ import annotations

import codecs
import re

_MARKS = (
    (codecs.BOM_UTF8, "utf-8"),
    (codecs.BOM_UTF32_LE, "utf-32-le"),
    (codecs.BOM_UTF32_BE, "utf-32-be"),
    (codecs.BOM_UTF16_LE, "utf-16-le"),
    (codecs.BOM_UTF16_BE, "utf-16-be"),
)
_CONTROL = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")
_MAGIC = (b"%PDF", b"\x89PNG", b"PK\x03\x04", b"\xd0\xcf\x11\xe0", b"\xff\xd8\xff", b"GIF8", b"\x1f\x8b", b"SQLite")
_UNKEEPABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ud800-\udfff\ufeff]")


def decode(data: bytes) -> tuple[str, str | None]:
    """Text of `data` without a byte-order mark, and a note when the encoding had to be guessed."""
    for mark, encoding in _MARKS:
        if data.startswith(mark):
            return data[len(mark) :].decode(encoding, errors="replace"), None
    guess = _unmarked_utf16(data)
    if guess:
        return data.decode(guess, errors="replace"), f"read as {guess.upper()}; save as UTF-8 to be sure"
    try:
        return data.decode("utf-8"), None
    except UnicodeDecodeError as error:
        return _decode_western(data, error.start)


def _decode_western(data: bytes, where: int) -> tuple[str, str]:
    line = data.count(b"\n", 0, where) + 1
    for encoding, label in (("cp1252", "Windows-1252"), ("latin-1", "Latin-1")):
        try:
            text = data.decode(encoding)
        except UnicodeDecodeError:
            continue
        return text, f"not UTF-8 from line {line} on; read as {label}; save as UTF-8 to be sure"
    raise AssertionError("latin-1 decodes any byte")


def _unmarked_utf16(data: bytes) -> str | None:
    """UTF-16 without a mark shows as every other byte being zero."""
    sample = data[:2000]
    if len(sample) < 4:
        return None
    half = len(sample) // 2
    if sample[1::2].count(0) > 0.7 * half and sample[0::2].count(0) < 0.1 * half:
        return "utf-16-le"
    if sample[0::2].count(0) > 0.7 * half and sample[1::2].count(0) < 0.1 * half:
        return "utf-16-be"
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
    return _UNKEEPABLE.sub("", text) if _UNKEEPABLE.search(text) else text


def unkeepable(text: str) -> list[int]:
    """Places of the characters of `text` that `clean` takes out."""
    return [found.start() for found in _UNKEEPABLE.finditer(text)]
