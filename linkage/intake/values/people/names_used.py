"""Names that the reported person gave or is spoken of by. Kept as written; a name given is no name proved.

What leads to a name stands in `name_cues.toml`; it is written with a capital, in quotation marks or as an account. A
first name that nothing leads to is proposed wherever it stands: whose it is, the judge says.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from linkage.intake.document.document import Document, read_document
from linkage.intake.document.tokens import Context, Token, phrases_of
from linkage.intake.finding import Finding
from linkage.intake.patterns import PatternTable
from linkage.intake.phrases.surface import is_unknown, plain, words_under
from linkage.intake.values.people.first_names import is_named
from linkage.vocabulary.loader import fold, load

CALLED_OUT = "name called out"
"""Rule of a name that one of several reported people calls another by."""
BOOKED = "name on a booking"
"""Rule of a name that stands on a booking or a message: the reported person's, whoever the sentence tells of."""
FIRST_NAME = "first name"
RANKED = "first name behind a rank"
"""Rules of a first name that nothing leads to, and of one before which a rank stands ("DC Paul Fenn")."""
_WINDOW = 9
"""Tokens behind a word for writing or booking in which "as" opens a name [G]."""
_QUOTES = frozenset("\"'")
_SAID = PatternTable("names")
_QUOTED, _ACCOUNT, _CAPITALS, _LOWER = map(
    _SAID.__getitem__, ("in_quotes", "account", "in_capitals", "in_lower_case")
)
_WRITTEN = (_QUOTED, _ACCOUNT, _CAPITALS)
_NOT_A_NAME, _NOT_CALLED = words_under("not_a_name"), words_under("not_called_out")
_BACK = 40
"""Characters before a name in quotation marks, or before what leads to one, that may tell of another thing [G]."""


def normalise(words: str) -> list[str] | None:
    """Names as written, one an entry ("Dave / Big Dave"); None when no name is given."""
    names: dict[str, str] = {}
    for part in _SAID["apart"].split(words):
        name = " ".join(part.split()).strip(" .,:;\"'“”‘’()[]")
        lead = _SAID["leads_to_name"].match(plain(name))
        if lead and lead.group().strip() not in ("mr", "the"):
            name = name[lead.end() :].strip(" \"'“”‘’")
        if re.search(r"[^\W\d_]", name) and not is_unknown(name) and plain(name) not in _NOT_A_NAME:
            names.setdefault(name.casefold(), name)
    return list(names.values()) or None


def find(text: str) -> list[Finding]:
    """Names that the text says somebody gave ("called himself ...", "said his name was ..."), as written."""
    found, low = list[Finding](), plain(text)
    for one in (*_led_to(text, low), *_quoted_alone(text, low), *_called_out(text, low)):
        again = one.rule == CALLED_OUT and any(one.value == f.value for f in found)
        apart = all(one.end <= f.start or f.end <= one.start for f in found)
        if apart and not again and not _SAID["inked_behind"].match(low, one.end):
            found.append(one)
    return sorted(found, key=lambda one: one.start)


def find_first_names(text: str, found: Sequence[Finding]) -> list[Finding]:
    """First names that nothing leads to, each wherever it stands, in the longest form that the text gives of it
    ("Darren" and "Darren Pugh" are one); none that stands in another finding or that `found` has as a name given."""
    document = read_document(text)
    given = {word for one in found if one.field == "names_used" for word in _words(one.value)}
    names = list[tuple[str, int, int]]()
    for at, token in enumerate(document.tokens):
        if not is_named(document, at) or document.quoted(token.start) or _of_nobody(document, at):
            continue
        start, end = _whole_name(document, at)
        elsewhere = any(one.start < end and start < one.end for one in found)
        if not elsewhere and given.isdisjoint(_words(text[start:end])):
            names.append((_bare(token), start, end))
    longest = dict[str, str]()
    for name, start, end in names:
        longest[name] = max(longest.get(name, ""), text[start:end], key=len)
    return [
        Finding("names_used", longest[name], start, end, _rule_of(text, start), 0.7) for name, start, end in names
    ]


def is_first_name(one: Finding) -> bool:
    """Whether a fact is a first name that nothing leads to."""
    return one.rule in (FIRST_NAME, RANKED)


def _rule_of(text: str, start: int) -> str:
    return RANKED if _SAID["rank_before"].search(text, max(0, start - _BACK), start) else FIRST_NAME


def _bare(token: Token) -> str:
    return token.low.removesuffix("'s")


def _words(name: str) -> list[str]:
    return plain(name).split()


def _whole_name(document: Document, at: int) -> tuple[int, int]:
    """The characters of a first name with the title before it and the surname behind it."""
    text, token = document.text, document.tokens[at]
    before = _SAID["title_before"].search(text, max(0, token.start - _BACK), token.start)
    end = token.start + len(_bare(token))
    behind = _SAID["surname_behind"].match(text, end)
    return before.start() if before else token.start, behind.end() if behind else end


def _of_nobody(document: Document, at: int) -> bool:
    """Whether a first name is part of the name of a place, a thing, a day or a vehicle: "Albert Road"."""
    text, token = document.text, document.tokens[at]
    if at and fold(document.tokens[at - 1].text) in load("makes").surfaces:
        return True
    before = _SAID["nobody_before"].search(text, max(0, token.start - _BACK), token.start)
    return before is not None or _SAID["nobody_behind"].match(text, token.end) is not None


def _led_to(text: str, low: str) -> Iterator[Finding]:
    """Names behind words that lead to one, and those that are listed behind them."""
    for start, at, patterns in _leads(low):
        rule = BOOKED if _SAID["booking"].search(low, start, at) else "name given"
        name = _name_at(text, at, patterns)
        while name:
            about = _whose(low, start, at)
            yield Finding("names_used", name["name"].strip(), *name.span("name"), rule, 0.85, about=about)
            more = _SAID["name_and_name"].match(low, name.end())
            bare = more and (not text.startswith(",", name.end()) or name.re is not _QUOTED)
            name = _name_at(text, more.end(), (_QUOTED, _CAPITALS) if bare else (_QUOTED,)) if more else None


def _quoted_alone(text: str, low: str) -> Iterator[Finding]:
    """Names in quotation marks that nothing leads to, but where something else is quoted."""
    for name in _SAID["alone"].finditer(text):
        before = _SAID["no_name_before"].search(low, max(0, name.start() - _BACK), name.start())
        no_name = before or _SAID["no_name_behind"].match(low, name.end()) or name["name"].endswith(".")
        if not no_name and plain(name["name"]) not in _NOT_A_NAME:
            yield Finding("names_used", name["name"], *name.span("name"), "name in quotation marks", 0.7)


def _called_out(text: str, low: str) -> Iterator[Finding]:
    """Names called out to another of those who did it: "Leave her, Dean"."""
    for name in _SAID["called_out"].finditer(low):
        start, end = name.span("name")
        if (
            text[start].isupper()
            and text[start + 1 : end].islower()
            and name["name"] not in _NOT_A_NAME | _NOT_CALLED
        ):
            yield Finding("names_used", text[start:end], start, end, CALLED_OUT, 0.85)


_Patterns = tuple[re.Pattern[str], ...]


def _leads(low: str) -> Iterator[tuple[int, int, _Patterns]]:
    """Where what leads to a name begins, where the name would stand, and how it may be written."""
    around = Context(low, "name_cues", "name")
    words = around.tokens
    openings = phrases_of("name_cues", "behind", "lead", "call", "from", "writes")
    for at in [at for at, word in enumerate(words) if word.low in openings]:
        for past, patterns in _pasts(at, around):
            if past < len(words) and not _SAID["inked_before"].search(
                low, max(0, words[at].start - _BACK), words[past].start
            ):
                opens = next(
                    (back for back in range(at - 1, max(-1, at - 5), -1) if words[back].low in _SAID.rows["whom"]), at
                )
                yield words[opens].start, words[past].start, patterns


def _pasts(at: int, around: Context) -> Iterator[tuple[int, _Patterns]]:
    """The tokens behind what leads to a name from the token `at` on, nearest last, with how names may be written."""
    words, lead, called = around.tokens, around.past(at, "lead"), around.past(at, "call")
    of_thing = words[at].low in _SAID.rows["called"] and around.leads_to(at, around.ahead, "thing", "which")
    if (of_thing and words[at].low == "known") or (
        at and words[at - 1].low == "my" and around.low[words[at - 1].start - 1] not in _QUOTES
    ):
        return
    if lead != at:
        lower = (_LOWER,) if around.past(at, "strong") != at else ()
        for past in _beyond(lead, around, "filler"):
            yield past, (*_WRITTEN, *lower)
    for past in _beyond(called, around, "object") if called != at else ():
        rung = past == called and (at == 0 or around.ahead(at, "caller") != at)
        if not rung and not (of_thing and past == called):
            yield past, (_QUOTED, _CAPITALS)
    if (named := around.past(at, "from")) != at:
        for past in _beyond(named, around, "object"):
            yield past, (_QUOTED,)
    if around.past(at, "writes") != at:
        for then in range(at + 1, min(at + _WINDOW, len(words))):
            if words[then].text in ".;!?\n":
                break
            if (past := around.past(then, "under")) != then:
                yield past, _WRITTEN


def _beyond(at: int, around: Context, kind: str) -> Iterator[int]:
    """The token `at`, and each behind one more word of a kind."""
    yield at
    while (beyond := around.past(at, kind)) != at:
        at = beyond
        yield at


def _whose(low: str, start: int, end: int) -> tuple[int, int]:
    """The words that tell whose name it is: "him" of "the others called him ...", else what opens the phrase."""
    if (one := _SAID["called_one"].search(low, start, end)) is not None:
        return one.span("who")
    him = _SAID["him"].search(low, start, end)
    return him.span() if him else (start, min(start + 1, end))


def _name_at(text: str, at: int, patterns: _Patterns) -> re.Match[str] | None:
    """The name that starts exactly at `at`, by the first of `patterns` that reads one."""
    for pattern in patterns:
        name = pattern.match(text, at)
        if name and plain(name["name"].removeprefix("the ").removeprefix("The ").split()[0]) not in _NOT_A_NAME:
            return name
    return None
