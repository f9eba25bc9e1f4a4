"""Contact identifiers: phone numbers, e-mail addresses, usernames and websites, and whether one is the reported
person's or one to call."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from linkage.intake.document.document import Document
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable, compiled
from linkage.intake.phrases.surface import caseless

_SAID = PatternTable("contacts")
_KIND_OF = {word: kind for kind, words in _SAID.rows["kinds"].items() for word in words}
_Reader = Callable[[str], str | None]
_SHORTEST_PART, _SHORTEST_FULL, _LONGEST_PHONE = 3, 9, 15  # ITU-T E.164 (2010): at most fifteen digits


def normalise(kind: str, words: str) -> tuple[str, str] | None:
    """(kind, canonical value) of an identifier in people's words; None when it holds none.

    Phones: digits with the leading 0 of the UK, or + and the country's code; `?` one unknown digit, `*` any number
    ("ending 4471" -> "*4471"). E-mail addresses and usernames in lower case, usernames without @, websites without
    scheme and "www.". A withheld number is None: it is a behaviour. A kind that is not phone, email, username or
    website is "other"; a value that is plainly of another kind (an address in a username field) is given that kind.
    """
    words, kind = words.strip(), _KIND_OF.get(re.sub(r"[^a-z]", "", kind.lower()), "other")
    if _SAID["number_withheld"].fullmatch(words):
        return None
    if _SAID["email"].fullmatch(_spoken(words)):
        return "email", _spoken(words).lower()
    readers: dict[str, _Reader] = {
        "phone": normalise_phone,
        "username": _username,
        "website": _website,
    }
    value = None if kind == "email" else readers.get(kind, _plain)(words)
    return (kind, value) if value else None


def _username(words: str) -> str | None:
    name = re.sub(r"\s+", "", words.lstrip("@ ").lower()).strip("\"'")
    return name if _SAID["handle"].fullmatch(name) else None


def _plain(words: str) -> str | None:
    plain = re.sub(r"\s+", " ", words).lower()
    return plain if re.search(r"\w", plain) else None


def _spoken(words: str) -> str:
    """ "joe at mail dot com" -> "joe@mail.com"; other words unchanged but for spaces and a mailto."""
    plain = _SAID["mailto"].sub("", words.strip().strip("<>\"'().,"))
    if "@" in plain and " " not in plain:
        return plain
    if "@" in plain or not _SAID["dot"].search(plain):
        return re.sub(r"\s*@\s*", "@", plain)
    return _SAID["dot"].sub(".", _SAID["at"].sub("@", plain))


def _website(words: str) -> str | None:
    site = _SAID["scheme"].sub("", _SAID["dot"].sub(".", words.strip())).rstrip("/.,").lower()
    return site if re.fullmatch(r"[^\s/@]+\.[^\s/@.]{2,}(?:[/?#:]\S*)?", site) else None


@lru_cache(maxsize=20_000)
def normalise_phone(words: str) -> str | None:
    """One phone number, full or partial, in canonical form, or None."""
    if _SAID["number_withheld"].fullmatch(words):
        return None
    words = _SAID["counted"].sub(r"\1 \2", _SAID["extension"].sub("", words))
    letters = _SAID["unread"].sub("?", _SAID["digits_unread"].sub("*", words))
    number = _SAID["not_phone"].sub("", letters.replace("(0)", "").replace("_", "?").replace("#", "?"))
    number = _national(re.sub(r"\*+", "*", number[:1] + number[1:].replace("+", "")))
    at_end, at_start = (_SAID[name].search(words) for name in ("digits_at_end", "digits_at_start"))
    if at_end and at_start:
        parts = [_SAID["not_phone"].sub("", part) for part in _SAID["digits_at_end"].split(words)]
        number = re.sub(r"\*+", "*", f"{_national(parts[0])}*{parts[1]}" if len(parts) == 2 else number)
    elif at_end or at_start:
        number = f"*{number.lstrip('*')}" if at_end else f"{number.rstrip('*')}*"
    elif "*" not in number and len(number) < _SHORTEST_FULL:
        number = f"*{number}*" if _SAID["digits_inside"].search(words) or number[:1] != "0" else f"{number}*"
    number = re.sub(r"\*+", "*", number[:1] + number[1:].replace("+", ""))
    digits = sum(char.isdigit() for char in number)
    if digits < _SHORTEST_PART or len(re.sub(r"[+*]", "", number)) > _LONGEST_PHONE:
        return None
    return number


def _national(number: str) -> str:
    """+44 and 0044 to the leading 0; 00 to +; a mobile that lost its 0 gets it back."""
    if number.startswith("00") and len(number) > _SHORTEST_FULL:
        number = f"+{number[2:]}"
    if number.startswith("+44"):
        return f"0{number[3:].lstrip('0')}"
    if re.fullmatch(r"44[127][\d?]{9}", number):
        return f"0{number[2:]}"
    return f"0{number}" if re.fullmatch(r"7[\d?]{9}", number) else number


_FINDERS = [
    (_SAID[said], field, rule, compiled(_SAID.filled(hint))) for said, field, rule, hint in _SAID.rows["finds"]
]


def find(text: str) -> list[Finding]:
    """Phones, e-mail addresses, usernames and websites in a text, whosever they are; fields phone, email, username,
    website."""
    found: list[Finding] = []
    low = caseless(text)
    for pattern, field, rule, hint in _FINDERS:
        for each in pattern.finditer(text) if low is None or hint.search(low) else ():
            finding = _finding(text, each, field, rule)
            if finding and all(finding.start >= other.end or other.start >= finding.end for other in found):
                found.append(finding)
    return sorted(found, key=lambda each: each.start)


def _finding(text: str, each: re.Match[str], field: str, rule: str) -> Finding | None:
    group = next((name for name in ("part", "name") if name in each.re.groupindex), None)
    start, end = each.span(group) if group else each.span()
    words = text[start:end].rstrip(" .,;:-(/")
    if rule == "named_account" and not _SAID["like_account"].search(words):
        return None
    if rule == "phone_number" and (
        _SAID["reference"].search(text[max(0, start - 30) : start]) or _SAID["date"].match(words)
    ):
        return None
    value = normalise(field, words)
    if value is None or value[0] != field:
        return None
    return Finding(field, value[1], start, start + len(words), rule)


_BACK = 120
"""Characters before a number in which it is told whose it is [G]."""


def is_reported(document: Document, start: int) -> bool:
    """Whether the phone number, address or name of an account at a character is used by the reported person."""
    opens = document.sentences[document.sentence_at(start)]
    before = document.low[max(opens, start - _BACK) : start]
    if _SAID["number_of_a_service"].match(document.low, start) or _SAID["asked_to_ring"].search(before):
        return False
    if _SAID["his_call"].search(before) and _SAID["by_which_number"].search(before):
        return _SAID["to_helpline"].search(before) is None
    return _SAID["own_number"].search(before) is None and _SAID["to_call"].search(before) is None
