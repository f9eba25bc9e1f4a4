"""Behaviour variables: words to keys, and narratives to findings, with who did it and whether it happened."""

from __future__ import annotations

import re
from bisect import bisect_left
from functools import cache, lru_cache

from linkage.intake.facts import speech
from linkage.intake.facts.answered import hers_on_him, left_undone, turned_down
from linkage.intake.facts.by_the_way import by_the_way
from linkage.intake.facts.candidate import Candidate
from linkage.intake.facts.finder import Finder, Occurrence
from linkage.intake.facts.finding import Finding
from linkage.intake.facts.lexicon import Lexicon
from linkage.intake.facts.passive import thing_undergoes
from linkage.intake.facts.phrases import Words, content, people, read
from linkage.intake.facts.settled import settled
from linkage.intake.facts.voice import Cast, Voice, cast_of, voice
from linkage.intake.patterns import compiled
from linkage.vocabulary import Entry, Vocabulary, load
from linkage.vocabulary.english import forms as word_forms
from linkage.vocabulary.english import words as word_list

_SURE, _BARE, _TRIED, _QUOTED = 0.9, 0.8, 0.6, 0.8
"""Confidence of a phrase of several words, of a single word, of an attempt, of words said [G]."""

_COVERED = 0.6
"""Share of a short phrase's counting words that a found phrase must cover to stand for the whole [G]."""

_DENIED_BEFORE = compiled(
    r"^\s*(?:not|no|non|never|without|absent|didn['’]?t|did\s+not|does\s+not|doesn['’]?t|was\s+not|wasn['’]?t"
    r"|(?:he|they|she)\s+(?:did\s+not|didn['’]?t|never))[\s:_-]+",
    re.I,
)
_DENIED_AFTER = compiled(
    r"[\s:=_-]+(?:no|none|not|absent|false|not\s+used|not\s+shown|not\s+present|did\s+not\s+happen)\s*$", re.I
)
_WORDS = compiled(r"[a-z]+")
_AFFIRMED = compiled(r"^\s*yes[\s:_-]+|[\s:=_-]+(?:yes|true|present)\s*$", re.I)


def vocabulary() -> Vocabulary:
    """The behaviour variables, all domains."""
    return load("behaviours")


@cache
def _lexicon() -> Lexicon:
    return Lexicon(vocabulary())


@lru_cache(maxsize=65_536)
def normalise(words: str) -> str | None:
    """Key of the behaviour variable that short `words` stand for; None for words the vocabulary does not know."""
    plain = _AFFIRMED.sub("", words)
    return _lexicon().resolve(plain) or _read_as_text(plain)


@lru_cache(maxsize=65_536)
def normalise_signed(words: str) -> tuple[str, bool] | None:
    """Key and whether it is said to have happened: "no weapon shown" gives ("weapon_shown", False); None as above."""
    plain = _AFFIRMED.sub("", words.replace("_", " "))
    known = _lexicon().resolve(plain)
    if known:
        return known, True
    for pattern in (_DENIED_BEFORE, _DENIED_AFTER):
        rest = pattern.sub("", plain, count=1)
        if rest != plain:
            denied = normalise(rest)
            return (denied, False) if denied else None
    key = _read_as_text(plain)
    return (key, True) if key else None


def _read_as_text(words: str) -> str | None:
    """Key of a phrase too free for a look-up, when one variable covers most of its words."""
    stems = content(words)
    if len(stems) < 2 or len(words) > 120:
        return None
    best = max(
        (f for f in find(words) if not f.negated),
        key=lambda f: (f.end - f.start, f.confidence),
        default=None,
    )
    covered = best is not None and len(content(best.words(words)) & stems) >= _COVERED * len(stems)
    return str(best.value) if best and covered else None


def find(text: str) -> list[Finding]:
    """All behaviour variables said in `text` to have happened, or (`negated`) not to have happened, in order.

    An attempt counts with lower confidence; a threat of violence is the variable for threats, not the violence; what
    the harmed person did counts for her own responses only; quoted words count for what was said.
    """
    return list(_read(text)[1])


def candidates(text: str) -> tuple[Candidate, ...]:
    """All phrases of the variables in `text`, in the order in which the vocabulary finds them."""
    return _read(text)[0]


@lru_cache(maxsize=8_192)
def _read(text: str) -> tuple[tuple[Candidate, ...], tuple[Finding, ...]]:
    text_words = read(text)
    said = speech.quotes(text)
    quoted = {
        index: who
        for start, end, who in said
        if who != "unknown" or end - start > 12
        for index in range(bisect_left(text_words.starts, start), bisect_left(text_words.starts, end))
    }
    roles = cast_of(text, frozenset(quoted))
    told: dict[tuple[str, int, int, str | None], Occurrence] = {}
    for one in _finder().find(text_words):
        told.setdefault((one.phrase.key, one.first, one.last, one.phrase.actor), one)
    made = [_candidate(one, text_words, roles, quoted.get(one.first)) for one in told.values()]
    told_once = settled([one.finding for one in made if one.finding is not None], text)
    kept = set(map(id, told_once))
    for candidate in made:
        candidate.kept = id(candidate.finding) in kept
    return tuple(made), tuple(told_once)


def _candidate(found: Occurrence, text_words: Words, roles: Cast, quoted_from: str | None) -> Candidate:
    how = voice(found, text_words, roles)
    start, end = text_words.starts[found.first], text_words.ends[found.last]
    finding = _finding(found, text_words, roles, quoted_from, how)
    return Candidate(found, start, end, quoted_from is not None, how, finding)


def _finder() -> Finder:
    return _lexicon().finder


def _finding(
    found: Occurrence, text_words: Words, roles: Cast, quoted_from: str | None, how: Voice
) -> Finding | None:
    entry = vocabulary().entries[found.phrase.key]
    if quoted_from is not None:
        spoken = entry.data.get("spoken", False) and quoted_from != "her"
        return _made(entry.key, found, text_words, _QUOTED, False) if spoken else None
    if (
        _of_a_thing(found, text_words)
        or _adjective(found, text_words)
        or by_the_way(entry.data["domain"], found, text_words)
        or _as_if(found.first, text_words)
        or (_advice(found, text_words) and not entry.data.get("spoken", False))
    ):
        return None
    if entry.data.get("hers", False) and _his_own(found, text_words, roles):
        return None
    if entry.data.get("his", False) and text_words.forms[max(0, found.first - 1)] in ("my", "her", "our"):
        return None
    if entry.data.get("accepted", False) and turned_down(found, text_words):
        return None
    return _judged(entry, found, text_words, roles, how)


def _his_own(found: Occurrence, text_words: Words, roles: Cast) -> bool:
    """Whether the thing is the reported person's: "took his phone out", unless a man was or may have been harmed."""
    if roles.man_harmed or "his" not in text_words.forms[found.first : found.last + 1]:
        return False
    return not roles.men_only or text_words.stems[found.first] in word_list("sets", "takes")


def _adjective(found: Occurrence, text_words: Words) -> bool:
    """Whether the first word tells of a thing's state: "with a broken light" is nothing that anybody broke."""
    if found.first in (0, found.last) or text_words.forms[found.first] not in word_forms("voice", "state"):
        return False
    if text_words.forms[found.first + 1] in ("her", "my", "me", "him", "the", "a", "their", "our"):
        return False
    return text_words.forms[found.first - 1] in word_forms("voice", "before_state")


def _as_if(first: int, text_words: Words) -> bool:
    """Whether it only looked so: "got off as if to say sorry", "as though to hit her"."""
    return text_words.forms[max(0, first - 3) : first] in (["as", "if", "to"], ["as", "though", "to"])


def _of_a_thing(found: Occurrence, text_words: Words) -> bool:
    """Whether the person in the phrase is only the owner of a thing that the phrase does not name, or of a friend:
    "stamped on her phone", "pulled her purse out", "rang her driver"."""
    if found.first == found.last:
        return False
    if vocabulary().entries[found.phrase.key].data.get("bodily", False) and thing_undergoes(found.first, text_words):
        return True
    if _owns(found.last, text_words, frozenset()):
        return True
    if not any({"her", "me"} <= place for place in found.phrase.places):
        return False
    within = [at for at in range(found.first, found.last + 1) if text_words.stems[at] in people("any")]
    named = frozenset[str]().union(*found.phrase.places)
    return bool(within) and all(_owns(at, text_words, named) for at in within)


def _owns(at: int, text_words: Words, named: frozenset[str]) -> bool:
    """Whether the word at `at` is the owner of what follows, and that is none of the words `named`."""
    if text_words.forms[at] not in ("her", "my", "his", "their"):
        return False
    after = at + 1
    while after < len(text_words.forms) and text_words.forms[after] in word_forms("things", "of_owner"):
        after += 1
    if not (named & _belongings()).isdisjoint(text_words.stems[after + 1 : after + 2]):
        return False  # "her car keys", where the keys are named
    return not _belongings().isdisjoint(set(text_words.stems[after : after + 1]) - named)


@cache
def _belongings() -> frozenset[str]:
    """What or who may stand behind an owner and is not the owner's own body."""
    named = ("phone", "bag", "paper", "clothes", "kin", "car")
    known = frozenset[str]().union(*(word_list("sets", name) for name in named))
    known |= word_list("things", "owned") | word_list("people", "company") | word_list("people", "hired")
    known |= word_list("people", "against")
    return known - word_list("sets", "body")


@lru_cache(maxsize=16_384)
def _speaks_to(surface: str) -> frozenset[str]:
    """The words for the reader that are no part of a phrase itself."""
    return frozenset(("your", "you")).difference(_WORDS.findall(surface))


def _advice(found: Occurrence, text_words: Words) -> bool:
    """Whether the words speak to the reader: "keep your phone in your hand", "do not get in" happened to nobody."""
    spoken_to = _speaks_to(found.phrase.surface)
    does = text_words.forms[found.first].endswith("s")  # "takes your money and drives off" warns of what he does
    if not does and not spoken_to.isdisjoint(text_words.forms[found.first : found.last + 1]):
        return True
    start, _ = text_words.sentence(found.first)
    opening = text_words.forms[start : start + 2]
    return opening[:1] in (["don't"], ["dont"], ["don’t"], ["always"]) or opening in (["do", "not"], ["please", "do"])


def _judged(entry: Entry, found: Occurrence, text_words: Words, roles: Cast, how: Voice) -> Finding | None:
    his = entry.data.get("actor", "him") == "him"
    blow = his and hers_on_him(found, how.actor, entry.data["domain"], text_words)
    if blow or _anothers(entry, found, how) or (roles.men_only and _to_a_man(entry, found, text_words, how)):
        return None
    if how.denied:
        undone = entry.data.get("deniable", True) and left_undone(found, how.actor, entry.data["domain"], text_words)
        return _made(entry.key, found, text_words, _SURE, True) if undone else None
    if how.reality == "threat" and "threatened" in entry.data:
        return _made(entry.data["threatened"], found, text_words, _BARE, False)
    if how.reality in ("threat", "unreal") and not any(entry.data.get(k, False) for k in ("spoken", "wish_counts")):
        return None
    if how.reality == "tried" or text_words.stems[found.first] in word_list("voice", "try"):
        return _tried(entry, found, text_words)
    return _made(entry.key, found, text_words, _SURE if found.last > found.first else _BARE, False)


def _anothers(entry: Entry, found: Occurrence, how: Voice) -> bool:
    """Whether somebody else did it than the variable is about, or the phrase counts only where it is denied."""
    actor = found.phrase.actor or entry.data.get("actor", "him")
    if actor == "no":
        return not how.denied or how.actor not in (None, "him")
    if actor == "party" and how.actor == "other":
        return True
    if actor not in ("any", "party") and how.actor is not None and how.actor != actor:
        return True
    return how.actor is None and found.phrase.surface.lower().startswith(("she ", "i "))


def _to_a_man(entry: Entry, found: Occurrence, text_words: Words, how: Voice) -> bool:
    """Whether "punched him" may be what was done to the man who was harmed, not his answer."""
    done_to_him = "him" in text_words.stems[found.first : found.last + 2]
    return entry.data.get("actor") == "her" and how.actor is None and done_to_him


def _tried(entry: Entry, found: Occurrence, text_words: Words) -> Finding | None:
    """An attempt: a variable of its own, or the deed with less confidence, or nothing where only the deed counts."""
    if "attempted" in entry.data:
        return _made(entry.data["attempted"], found, text_words, _BARE, False)
    return None if entry.data.get("completed", False) else _made(entry.key, found, text_words, _TRIED, False)


def _made(key: str, found: Occurrence, text_words: Words, confidence: float, negated: bool) -> Finding:
    start, end = text_words.starts[found.first], text_words.ends[found.last]
    return Finding("behaviour", key, start, end, found.phrase.surface, confidence, negated)
