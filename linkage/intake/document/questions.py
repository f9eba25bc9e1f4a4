"""Questions with their answers, restated as what they tell: "Did he use a condom? No" says that he did not use a
condom. Readers judge statements; the characters of each are those of the question and the answer it was made of."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.document.document import quoted
from linkage.intake.finding import inside
from linkage.intake.patterns import PatternTable
from linkage.vocabulary.tables import table

PATTERNS = PatternTable("restatement")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")

Statement = tuple[int, int, str]
"""The characters [start, end) of a text and the words that stand for them."""


def answered(text: str) -> Iterator[Statement]:
    """A statement for each question that yes or no answers, nothing for one that is answered by not knowing; one that
    is answered in other words, or by nobody, stays a question."""
    found = [*PATTERNS["question"].finditer(text)] if "?" in text else []
    found += [*PATTERNS["line_of_form"].finditer(text)] if ":" in text else []
    for one in sorted(found, key=re.Match.start):
        asked = " ".join(one["asked"].split())
        if PATTERNS["open"].match(asked) or inside(one.start("asked"), quoted(text)):
            continue
        if one.groupdict().get("unknown"):
            yield one.start("asked"), one.end("between"), " "
        elif (statement := _statement(asked, one["yes"] is not None)) is not None:
            goes_on = one["yes"] and one["end"].strip(" .;!")
            yield one.start("asked"), one.end("end"), f"{statement}{',' if goes_on else '.'}" if statement else " "


def _statement(asked: str, yes: bool) -> str | None:
    """What an answer makes of a question, without a stop; nothing of one that tells what it denies, None for a
    question that stays."""
    question = PATTERNS["asks"].match(asked)
    if question is not None:
        return _put_straight(question, yes)
    if PATTERNS["tells"].match(asked):
        return _reworded(asked, "of_whom") if yes else ""
    if not PATTERNS["names"].match(asked):
        return None
    if yes:
        return _reworded(asked, "answered_yes")
    first, _, others = asked.partition(" ")
    if (denied := _reworded(first, "answered_no")) != _reworded(first, "of_whom"):
        return f"{denied} {_reworded(others, 'of_whom')}"
    bare = _reworded(asked if asked.isupper() else asked[0].lower() + asked[1:], "of_whom")
    return f"{'not' if PATTERNS['happens'].match(bare) else 'no'} {bare}"


def _put_straight(question: re.Match[str], yes: bool) -> str:
    """An inverted question as a statement: the one who is asked tells it of herself."""
    verb, rest = question["verb"].lower(), _reworded(question["rest"], "answered_yes" if yes else "of_whom")
    subject = _reworded(question["subject"], "answered_yes" if yes else "answered_no")
    plain = yes or subject != _reworded(question["subject"], "of_whom")
    if subject == "me":
        subject, verb = "I", {"were": "was", "are": "am"}.get(verb, verb)
    if plain and verb in ("did", "does", "do"):  # "he did pay" is what a denial begins like
        return f"{subject} {rest}"
    return f"{subject} {verb} {'' if plain else 'not '}{rest}"


def _reworded(words: str, rows: str) -> str:
    """The words with those of a row of `questions.toml` in place of what they stand for."""
    instead = {**table("questions")["of_whom"], **table("questions")[rows]}
    return _WORD.sub(lambda word: instead.get(word[0].lower().replace("’", "'"), word[0]), words)
