"""Characters of a plate as people say and spell them: "November Alpha seven zero", "three sevens", "B-3-V and some
other letters", "O and U".
"""

from __future__ import annotations

import re
from functools import cache

from linkage.intake.facts.spoken_numbers import TWO_DIGIT_WORD, number
from linkage.intake.patterns import compiled

_ALPHABET = {
    **{
        "alpha": "A",
        "alfa": "A",
        "bravo": "B",
        "charlie": "C",
        "delta": "D",
        "echo": "E",
        "foxtrot": "F",
        "golf": "G",
    },
    **{"hotel": "H", "india": "I", "juliet": "J", "juliett": "J", "juliette": "J", "kilo": "K", "lima": "L"},
    **{"mike": "M", "november": "N", "oscar": "O", "papa": "P", "quebec": "Q", "romeo": "R", "sierra": "S"},
    **{"tango": "T", "uniform": "U", "victor": "V", "whisky": "W", "whiskey": "W", "x-ray": "X", "xray": "X"},
    **{"yankee": "Y", "zulu": "Z", "zed": "Z", "zee": "Z"},
}
_FIGURES = {"zero": "0", "nought": "0", "one": "1", "two": "2", "three": "3", "four": "4", "five": "5", "six": "6"}
_FIGURES |= {"seven": "7", "eight": "8", "nine": "9"}
_COUNT = {"double": 2, "treble": 3, "triple": 3, "two": 2, "three": 3, "four": 4}
_KINDS = r"(?:letters?|characters?|digits?|numbers?|numerals?|figures?)"
_BLANK = (
    r"(?:s(?:ome?|um+)thin(?:g|['’]|\b)(?:\selse)?|s[uo]mmat|smth|(?:a\s)?gap|blank|unknown|etc|dunno|"
    r"whatever|\.{2,}|…)"
)
_MOST = 7
"""Characters of a British mark: a run that grows longer is none."""

_PIECE = compiled(
    rf"(?P<unread>(?i:(?P<unread_count>one|two|three|four|[1-4])\s(?:(?:more|other|further|unknown)\s)?{_KINDS})(?=,?\s(?:(?i:and|"
    rf"then)\s)*['\"“‘]?[A-Z0-9]))|"
    rf"(?P<many>(?i:(?P<times>double|treble|triple)[\s-](?P<twice>{'|'.join(_FIGURES)}|zed|zee|[a-z0-9])\b|"
    rf"(?P<count>two|three|four)\s(?P<each>(?:{'|'.join(_FIGURES)}|zed|zee)(?:e?s)|(?-i:[A-Z0-9])['’]?s)\b))|"
    rf"(?P<tens>(?i:\b{TWO_DIGIT_WORD}\b))|"
    rf"(?P<spelt>(?i:\b(?:{'|'.join([*_ALPHABET, *_FIGURES])})\b)"
    rf"(?!\s(?i:(?:more|other|further|unknown)\s)?{_KINDS}))|"
    rf"(?P<blank>(?i:{_BLANK})(?![A-Za-z]))|"
    r"(?P<plate>(?!I\s[a-z])[A-Z0-9?*_]{1,7}"
    r"(?![A-Za-z0-9?*_]|['’][a-z]|[:.]\d|[-–]?(?:year|month)s?[-\s]old|(?:st|nd|rd|th|am|pm)\b))"
)
_JOIN = compiled(
    r"(?:['\"”’](?=[\s,]))?[\s.,\-–/·]{1,2}(?:(?i:(?:was |is )?followed(?: possibly)? by|and|n|then|after|next|"
    r"possibly|maybe|perhaps|we think|i think)\s){0,3}"
    rf"(?:(?i:an?|the|possibly|maybe|another|{_KINDS})\s){{0,2}}"
    rf"(?P<last>(?i:final|last|closing)\s(?:(?i:an?|the|{_KINDS})\s){{0,2}})?"
    r"(?:['\"“‘]\s?)?"
)
"""Between two pieces; what is told as the last stands apart from those before it ("FN and a final T")."""
_LOOSE = compiled(r"(?i:,|\band\b|\ban?\b|\bthe\b)")
_REST = compiled(
    rf",?\s(?i:and|plus|then|followed\sby)?\s?(?:(?P<count>(?i:one|two|three|four|[1-4]))\s(?:(?i:more|other|"
    rf"further|unknown)\s)?"
    rf"{_KINDS}\b|(?i:some|other|some\sother|more)\s(?i:more\s|other\s)?{_KINDS}\b)"
)
_ONE_BLANK = r"(?:s(?:ome?|um+)thin(?:g|['’]|\b)|s[uo]mmat|blank)"
_ANOTHER_BLANK = compiled(rf",?\s{_ONE_BLANK}(?!\w)", re.IGNORECASE)
_BLANK_BEFORE = compiled(rf"\b{_ONE_BLANK},?\s$", re.IGNORECASE)
_FIGURE_BEFORE = compiled(r"(?:\d|\b[A-Z]{2}),?\s$")
_FIGURE_NEXT = compiled(r",?\s\d(?!\d)")
"""Round a "something" that is one character: between two figures, or two letters and one ("KX something 4")."""
_NEAR = 24  # [G] characters before a "something" that tell how many it stands for
_OPEN_END = compiled(r"\s?(?:\.{2,}|…)")
_SINGLE_BEFORE = compiled(r"\b[A-Z0-9],?\sthen\s$")
_SINGLE_NEXT = compiled(r",?\sthen\s[A-Z0-9]\b")
"""Round a "something" in a list of single characters: "K, then something, then 8"."""
TOGETHER = compiled(
    r"['\"”’]?[,;]?\s(?:\(?(?:all|both|standing|sitting|right|directly)\s)?(?:next\sto\s(?:each\sother|one\sanother)|side\sby\sside|together|"
    r"in\s(?:that\sorder|a\srow)|one\safter\s(?:the\sother|another)|consecutive(?:ly)?|in\ssequence)\b",
    re.IGNORECASE,
)
_APART = compiled(rf"\band\s+(?:also\s+)?(?:an?\b|the\b(?!\s{_KINDS}))", re.IGNORECASE)
_OR = compiled(
    r"['\"”’]?,?\s?(?:\bor\b|/|\b(?:might|could|may)\sbe\b)\s?"
    r"(?:(?:possibly|maybe|perhaps|an?|with|in)\s){0,2}['\"“‘]?",
    re.IGNORECASE,
)
_AND = compiled(r"\band\b", re.IGNORECASE)
_IN_ORDER = compiled(r"[A-Z0-9](?:\sand\s|,\s)[A-Z0-9],?\s(?:and\s)?then\b")
_GOES_ON = compiled(
    r"['\"”’]?\s*(?:[.,;:)(!?\n\"'”’–-]|$|(?i:and|then|in\s(?:it|the|that|there)|on|at|somewhere|or|followed|but|"
    r"with|was|were|"
    r"are|is|before|after|when|which|who|as|could|may|might|can)\b)"
)


@cache
def _words() -> dict[str, str]:
    return {**_ALPHABET, **_FIGURES}


def read(text: str, at: int, loose: bool = False) -> tuple[str, int] | None:
    """(pattern, end) of the characters of a plate that `text` gives from `at` on; None where there are none.

    What is not known between characters is "?" where it is spelt out singly ("A-something-8-7"), and "*" otherwise.
    `loose`: the characters are told as somewhere in the plate, so "4 and 7" may stand apart.
    """
    pieces: list[str] = []
    loose = loose and not _IN_ORDER.match(text, at)
    end, begin, last_kind = at, at, ""
    joint: re.Match[str] | None = None
    while len("".join(pieces).replace("*", "")) <= _MOST:
        found = _PIECE.match(text, begin)
        if found is None or (pieces and not _joined(text, end, found, last_kind, pieces)):
            break
        if pieces and _stands_apart(text, end, begin, joint, loose):
            pieces.append("*")
        pieces.append(_characters(found, text))
        end, last_kind = found.end(), _kind(found)
        end = _either(text, end, pieces)
        if opened := _OPEN_END.match(text, end):
            pieces.append("*")
            end = opened.end()
            break
        joint = _JOIN.match(text, end)
        begin = joint.end() if joint else end
        if begin == end:
            break
    if not any(char.isalnum() for piece in pieces for char in piece):
        return None
    more = _REST.match(text, end)
    if more:
        counted = more["count"]
        pieces.append("?" * (number(counted.lower())) if counted else "*")
        end = more.end()
    plate = re.sub(r"\*{2,}", "*", "".join(pieces))
    if len(plate.replace("*", "")) > _MOST:
        plate = re.sub(r"\?{2,}", "*", plate)  # "FN5 something something KLO": no count of what is missing
    if together := TOGETHER.match(text, end):
        plate, end = plate[0] + plate[1:-1].replace("*", "") + plate[1:][-1:], together.end()
    return (plate, end) if len(plate.replace("*", "")) <= _MOST else None


def _stands_apart(text: str, end: int, begin: int, joint: re.Match[str] | None, loose: bool) -> bool:
    """Whether others may stand between a piece that ends at `end` and the next."""
    if joint is not None and joint["last"]:
        return True
    in_turn = "then" in text[end:begin].lower()
    return _APART.search(text, end, begin) is not None or (
        loose and not in_turn and _AND.search(text, end, begin) is not None
    )


def _either(text: str, end: int, pieces: list[str]) -> int:
    """The end behind a second choice for the last piece ("VPY or WPY"), of which what differs is left unread."""
    choice = _OR.match(text, end)
    other = _PIECE.match(text, choice.end()) if choice else None
    if other is None or _kind(other) in ("blank", "unread") or not _GOES_ON.match(text, other.end()):
        return end
    said, last = _characters(other, text), pieces[-1]
    if len(said) != len(last) or said.isdigit() != last.isdigit() or "*" in last:
        return end
    pieces[-1] = "".join(a if a == b else "?" for a, b in zip(last, said, strict=True))
    return other.end()


def _kind(found: re.Match[str]) -> str:
    kinds = ("unread", "many", "tens", "spelt", "blank", "plate")
    return next(kind for kind in kinds if found[kind] is not None)


def _joined(text: str, end: int, found: re.Match[str], last_kind: str, pieces: list[str]) -> bool:
    """Whether a further piece is more of the plate: one that stands loosely behind ("and", ",") has to close it."""
    gap = text[end : found.start()]
    if re.search(r"[.!?]\s", gap):
        return False
    written = _kind(found) == "plate"
    if last_kind == "plate" and "," in gap and found[0].lower() in _ALPHABET:
        return False
    if written and last_kind == "plate" and "," in gap and max(len(pieces[-1]), len(found[0])) > 2:
        return False
    if _kind(found) in ("spelt", "tens") and last_kind == "plate" and "," in gap and len(pieces[-1]) > 1:
        return False
    closes = _GOES_ON.match(text, found.end()) or _PIECE.match(text, found.end() + 1)
    return closes is not None or not _LOOSE.search(gap)


def _characters(found: re.Match[str], text: str) -> str:
    if found["unread"]:
        return "?" * number(found["unread_count"].lower())
    if found["many"]:
        return _repeated(found)
    if found["tens"]:
        return str(number(found[0].lower()))
    if found["spelt"]:
        return _words()[found[0].lower()]
    return _left_open(found, text) if found["blank"] else found[0].replace("_", "?")


def _repeated(found: re.Match[str]) -> str:
    """ "double t", "three sevens"; "double u" is a W."""
    times = _COUNT[(found["times"] or found["count"]).lower()]
    one = (found["twice"] or found["each"]).lower()
    if one == "u" and times == 2:
        return "W"
    said = (figure for word, figure in _FIGURES.items() if one in (word, f"{word}s", f"{word}es"))
    return next(said, one[0].upper()) * times


def _left_open(found: re.Match[str], text: str) -> str:
    """ "something": one character where each is told singly, any number of them otherwise."""
    spelt_out = text[found.end() : found.end() + 1] == "-" or text[found.start() - 1 : found.start()] == "-"
    inside, near = _PIECE.match(text, found.end() + 1) is not None, max(0, found.start() - _NEAR)
    singly = _ANOTHER_BLANK.match(text, found.end()) or _BLANK_BEFORE.search(
        text, max(0, found.start() - _NEAR), found.start()
    )
    one_figure = _FIGURE_BEFORE.search(text, near, found.start()) and _FIGURE_NEXT.match(text, found.end())
    in_turn = _SINGLE_BEFORE.search(text, near, found.start()) and _SINGLE_NEXT.match(text, found.end())
    return "?" if (spelt_out and inside) or singly or one_figure or in_turn else "*"
