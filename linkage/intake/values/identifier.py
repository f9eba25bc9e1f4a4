"""Contact identifiers: phone numbers, e-mail addresses, usernames and websites, and whether one is the reported
person's or one to call."""

from __future__ import annotations

import re
from collections.abc import Callable
from functools import lru_cache

from linkage.intake.document.context_phrases import cue, turn_of_phrase
from linkage.intake.document.document import Document
from linkage.intake.finding import Finding
from linkage.intake.patterns import compiled
from linkage.intake.phrases.surface import caseless

_WITHHELD, _ENDING, _STARTING, _INSIDE, _BLANK, _FIND_NAMED, _FIND_USED = (
    compiled(turn_of_phrase(name), re.IGNORECASE)
    for name in (
        *("number_withheld", "digits_at_end", "digits_at_start", "digits_inside", "digits_unread"),
        *("named_account", "name_in_use"),
    )
)
_NOT_PHONE = compiled(r"[^0-9+?*]")
_EXTENSION = compiled(r"\s*(?:ext\.?|extension|(?<=\d) x)\s*\d{1,5}\s*$", re.IGNORECASE)
_COUNTED = compiled(r"\b(first|last) \d (digits?|numbers?|figures?)\b", re.IGNORECASE)
_SHORTEST_PART, _SHORTEST_FULL, _LONGEST_PHONE = 3, 9, 15  # ITU-T E.164 (2010): at most fifteen digits
_EMAIL = compiled(r"[A-Za-z0-9._%+\-*?]{1,64}@[A-Za-z0-9*?](?:[A-Za-z0-9.\-*?]{0,250}[A-Za-z0-9*?])?\.[A-Za-z]{2,24}")
_SPOKEN_AT = compiled(r"\s*[\[(]?\s*\bat\b\s*[\])]?\s*", re.IGNORECASE)
_SPOKEN_DOT = compiled(r"\s*[\[(]?\s*\bdot\b\s*[\])]?\s*", re.IGNORECASE)
_SCHEME = compiled(r"^\s*(?:https?:/{0,2}|ftp://)?(?:www\.)?", re.IGNORECASE)
_HANDLE = compiled(r"[a-z0-9_.\-*?]{2,64}")
_TOP = turn_of_phrase("top_domain")
_HOST = rf"(?:[a-z0-9](?:[a-z0-9\-]{{0,61}}[a-z0-9])?\.){{1,4}}{_TOP}"
_SITE = compiled(rf"(?:https?://)?(?:www\.)?{_HOST}(?![a-z0-9@])(?::\d+)?(?:/[^\s,;)\"'<>]*)?", re.IGNORECASE)
_FIND_PHONE = compiled(
    r"(?<![\w?*/£$€.\-])(?:\(0\)\s?(?:[\d?][\s.\-]?){9}[\d?](?![\d?])|(?:\+|"
    r"00)\s?\(?\d{1,3}\)?[\s.\-]?(?:\(0\)\s?)?(?:[\d?][\s.\-/()]{0,2}){5,12}[\d?](?![\d?])|"
    r"\(?0[\d?](?:[\s.\-/()]{0,2}[\d?*xX]){5,9}(?![\w?])|07\d{2,4}\*+(?:\s?\d{2,4})?)"
)
_FIND_PARTIAL = compiled(turn_of_phrase("partial_number"), re.IGNORECASE)
_FIND_SPOKEN = compiled(
    r"\b[a-z0-9][a-z0-9._+-]*\s?[\[(]?\s?\bat\b\s?[\])]?\s?[a-z0-9-]+\s?[\[(]?\s?\bdot\b\s?[\])]?\s?[a-z]{2,6}\b",
    re.IGNORECASE,
)
_REFERENCE = compiled(
    r"\b(?:ref(?:erence)?|crime|log|quot\w+|incident|case)\b(?: (?:no|number|ref))?\.?[\s:#]*$", re.IGNORECASE
)
_DATE = compiled(r"\d{1,2}[./\-]\d{1,2}[./\-]\d{2,4}")
_LIKE_ACCOUNT = compiled(r"[0-9_@]|\w\.\w")
"""An account name, not the next word of the sentence: it has a digit, an underscore, a dot inside or an @."""
_FIND_HANDLE = compiled(r"(?<![\w@.])@(?P<name>[A-Za-z0-9_][A-Za-z0-9_.]{1,30}[A-Za-z0-9_])(?![\w@])")


def normalise(kind: str, words: str) -> tuple[str, str] | None:
    """(kind, canonical value) of an identifier in people's words; None when it holds none.

    Phones: digits with the leading 0 of the UK, or + and the country's code; `?` one unknown digit, `*` any number
    ("ending 4471" -> "*4471"). E-mail addresses and usernames in lower case, usernames without @, websites without
    scheme and "www.". A withheld number is None: it is a behaviour. A kind that is not phone, email, username or
    website is "other"; a value that is plainly of another kind (an address in a username field) is given that kind.
    """
    words, kind = words.strip(), _kind(kind)
    if _WITHHELD.fullmatch(words):
        return None
    if _EMAIL.fullmatch(_spoken(words)):
        return "email", _spoken(words).lower()
    value = None if kind == "email" else _READERS.get(kind, _plain)(words)
    return (kind, value) if value else None


def _username(words: str) -> str | None:
    name = re.sub(r"\s+", "", words.lstrip("@ ").lower()).strip("\"'")
    return name if _HANDLE.fullmatch(name) else None


def _plain(words: str) -> str | None:
    plain = re.sub(r"\s+", " ", words).lower()
    return plain if re.search(r"\w", plain) else None


_KINDS = {
    "phone": "phone mobile telephone tel mob number phonenumber mobilenumber landline whatsapp cell text sms",
    "email": "email emailaddress mail",
    "username": "username user handle screenname profile profilename nickname snapchat telegram instagram twitter "
    "kik skype alias",
    "website": "website web url site link webpage profileurl",
}
_KIND_OF = {word: kind for kind, words in _KINDS.items() for word in words.split()}


def _kind(words: str) -> str:
    return _KIND_OF.get(re.sub(r"[^a-z]", "", words.lower()), "other")


def _spoken(words: str) -> str:
    """ "joe at mail dot com" -> "joe@mail.com"; other words unchanged but for spaces and a mailto."""
    plain = re.sub(r"^mailto:", "", words.strip().strip("<>\"'().,"), flags=re.IGNORECASE)
    if "@" in plain and " " not in plain:
        return plain
    if "@" in plain or not _SPOKEN_DOT.search(plain):
        return re.sub(r"\s*@\s*", "@", plain)
    return _SPOKEN_DOT.sub(".", _SPOKEN_AT.sub("@", plain))


def _website(words: str) -> str | None:
    site = _SCHEME.sub("", _SPOKEN_DOT.sub(".", words.strip())).rstrip("/.,").lower()
    return site if re.fullmatch(r"[^\s/@]+\.[^\s/@.]{2,}(?:[/?#:]\S*)?", site) else None


@lru_cache(maxsize=20_000)
def normalise_phone(words: str) -> str | None:
    """One phone number, full or partial, in canonical form, or None."""
    if _WITHHELD.fullmatch(words):
        return None
    words = _COUNTED.sub(r"\1 \2", _EXTENSION.sub("", words))
    plain = _BLANK.sub("*", words)
    letters = re.sub(r"(?<=[\d?xX*\s])[xX](?=[\d?xX*\s]|$)", "?", plain)
    number = _NOT_PHONE.sub("", letters.replace("(0)", "").replace("_", "?").replace("#", "?"))
    number = re.sub(r"\*+", "*", number[:1] + number[1:].replace("+", ""))
    number = _national(number)
    if _ENDING.search(words) and not _STARTING.search(words):
        number = f"*{number.lstrip('*')}"
    elif _STARTING.search(words) and not _ENDING.search(words):
        number = f"{number.rstrip('*')}*"
    elif _STARTING.search(words):
        parts = [_NOT_PHONE.sub("", part) for part in _ENDING.split(words)]
        number = re.sub(r"\*+", "*", f"{_national(parts[0])}*{parts[1]}" if len(parts) == 2 else number)
    elif "*" not in number and len(number) < _SHORTEST_FULL:
        number = f"*{number}*" if _INSIDE.search(words) or number[:1] != "0" else f"{number}*"
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


_READERS: dict[str, Callable[[str], str | None]] = {
    "phone": normalise_phone,
    "username": _username,
    "website": _website,
}


_DIGITS_OF_AN_END = r"(?:last|first|end(?:ing|s|ed)|finishing|start|beg[ia]n)[^.;\n]{0,60}?[\d?*]"
_FINDERS = tuple(
    (pattern, field, rule, compiled(hint))
    for pattern, field, rule, hint in (
        (_EMAIL, "email", "email_address", "@"),
        (_FIND_HANDLE, "username", "at_handle", "@"),
        (_SITE, "website", "web_address", rf"\.(?<=[a-z0-9]\.){_TOP}(?![a-z0-9@])"),
        (_FIND_PHONE, "phone", "phone_number", r"0[\d?]|\(0\)|\+"),
        (_FIND_PARTIAL, "phone", "partial_phone", _DIGITS_OF_AN_END),
        (
            _FIND_NAMED,
            "username",
            "named_account",
            r"user|name|handle|snap|tele|kik|insta|twitter|skype|fans|adult",
        ),
        (_FIND_USED, "username", "named_account", r"name|profile|account|alias|goes|went|known|registered|listed"),
        (_FIND_SPOKEN, "email", "spoken_address", "dot"),
    )
)
"""Pattern, field, rule, and what is found quickly in every lower-case text in which the pattern finds something."""


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
    if rule == "named_account" and not _LIKE_ACCOUNT.search(words):
        return None
    if rule == "phone_number" and (_REFERENCE.search(text[max(0, start - 30) : start]) or _DATE.match(words)):
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
    if cue("number_of_a_service").match(document.low, start) or cue("asked_to_ring").search(before):
        return False
    if cue("his_call").search(before) and cue("by_which_number").search(before):
        return cue("to_helpline").search(before) is None
    return cue("own_number").search(before) is None and cue("to_call").search(before) is None
