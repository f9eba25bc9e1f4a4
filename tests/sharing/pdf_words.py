"""Reads the words of a PDF of WeasyPrint's back: its glyphs through the tables that say which letters they are."""

from __future__ import annotations

import re
import zlib

_STREAM = re.compile(rb"(\d+) 0 obj\s*<<(?:(?!endobj).)*?>>\s*stream\r?\n(.*?)\r?\nendstream", re.DOTALL)
_FONT = re.compile(rb"/BaseFont /(\w{6})\+[^>]*?/ToUnicode (\d+) 0 R|/ToUnicode (\d+) 0 R[^>]*?/BaseFont /(\w{6})\+")
_GLYPH = re.compile(rb"<([0-9a-f]{4})> <([0-9a-f]+)>")
_DRAWN = re.compile(rb"/(\w{6}) [\d.]+ Tf|\[([^\]]*)\] TJ")


def words_of(pdf: bytes) -> str:
    """Every word that is drawn, in the order of drawing, without the spaces: lines break where they will.

    AssertionError for glyphs of a font whose letters are not told: then not everything could be read.
    """
    streams = {int(one[1]): _plain(one[2]) for one in _STREAM.finditer(pdf)}
    known = b"\n".join(streams.values())
    fonts = {one[1] or one[4]: _letters(streams[int(one[2] or one[3])]) for one in _FONT.finditer(known)}
    assert fonts
    return "".join("".join(_words(stream, fonts).split()) for stream in streams.values() if b" TJ" in stream)


def _plain(stream: bytes) -> bytes:
    try:  # the last byte of its checksum may look like the end of a line, and is then taken for one
        return zlib.decompressobj().decompress(stream)
    except zlib.error:
        return stream


def _letters(table: bytes) -> dict[bytes, str]:
    inside = table.partition(b"beginbfchar")[2]
    return {one[1]: bytes.fromhex(one[2].decode()).decode("utf-16-be") for one in _GLYPH.finditer(inside)}


def _words(stream: bytes, fonts: dict[bytes, dict[bytes, str]]) -> str:
    found, letters = [], {}
    for one in _DRAWN.finditer(stream):
        if one[1]:
            letters = fonts[one[1]]
            continue
        glyphs = b"".join(re.findall(rb"<([0-9a-f]+)>", one[2]))
        found += [letters[glyphs[at : at + 4]] for at in range(0, len(glyphs), 4)]
    return "".join(found)
