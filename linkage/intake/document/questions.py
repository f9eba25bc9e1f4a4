"""Questions with their answers, restated as what they tell: "Did he use a condom? No" says that he did not use a
condom. Readers judge statements; the characters of each are those of the question and the answer it was made of."""

from __future__ import annotations

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from linkage.intake.document.document import quoted
from linkage.intake.finding import inside
from linkage.intake.patterns import PatternTable
from linkage.report import Part, Span
from linkage.vocabulary.tables import table

_ASKED = PatternTable("questions")
_WORD = re.compile(r"[A-Za-z]+(?:['’][A-Za-z]+)?")


@dataclass(frozen=True, slots=True)
class Restated:
    """A text in which answered questions are statements. `starts` and `ends` are the characters of each statement,
    in order, `origins` the characters of the text as written that it stands for."""

    text: str
    starts: tuple[int, ...] = ()
    ends: tuple[int, ...] = ()
    origins: tuple[Span, ...] = ()

    def as_written(self, start: int, end: int) -> Span:
        """The characters [start, end) of the restated text in the text as written; of a statement, all it is of."""
        return self._at(start, 0), self._at(max(start, end - 1), 1) + (end <= start)

    def _at(self, place: int, side: int) -> int:
        last = bisect_right(self.starts, place) - 1
        if last < 0:
            return place + side
        if place < self.ends[last]:
            return self.origins[last][side]
        return place + side - self.ends[last] + self.origins[last][1]


@lru_cache(maxsize=4)
def restate(text: str) -> Restated:
    """The text with a statement for each question that yes or no answers, and nothing for one that is answered by not
    knowing; one that is answered in other words, or by nobody, stays a question."""
    made: list[str] = []
    starts: list[int] = []
    ends: list[int] = []
    origins: list[Span] = []
    done = length = 0
    for start, end, statement in _statements(text):
        if start < done:
            continue
        between = text[done:start]
        made += [between, statement]
        starts.append(length + len(between))
        length = starts[-1] + len(statement)
        ends.append(length)
        origins.append((start, end))
        done = end
    return Restated("".join([*made, text[done:]]), tuple(starts), tuple(ends), tuple(origins))


def _statements(text: str) -> Iterator[tuple[int, int, str]]:
    """The characters of each answered question with its answer, and the statement it makes."""
    found = [*_ASKED["question"].finditer(text)] if "?" in text else []
    found += [*_ASKED["line_of_form"].finditer(text)] if ":" in text else []
    for one in sorted(found, key=re.Match.start):
        asked = " ".join(one["asked"].split())
        if _ASKED["open"].match(asked) or inside(one.start("asked"), quoted(text)):
            continue
        if one.groupdict().get("unknown"):
            yield one.start("asked"), one.end("between"), " "
        elif (statement := _statement(asked, one["yes"] is not None)) is not None:
            goes_on = one["yes"] and one["end"].strip(" .;!")
            yield one.start("asked"), one.end("end"), f"{statement}{',' if goes_on else '.'}" if statement else " "


def _statement(asked: str, yes: bool) -> str | None:
    """What an answer makes of a question, without a stop; nothing of one that tells what it denies, None for a
    question that stays."""
    question = _ASKED["asks"].match(asked)
    if question is not None:
        return _put_straight(question, yes)
    if _ASKED["tells"].match(asked):
        return _reworded(asked, "of_whom") if yes else ""
    if not _ASKED["names"].match(asked):
        return None
    if yes:
        return _reworded(asked, "answered_yes")
    first, _, others = asked.partition(" ")
    if (denied := _reworded(first, "answered_no")) != _reworded(first, "of_whom"):
        return f"{denied} {_reworded(others, 'of_whom')}"
    bare = _reworded(asked if asked.isupper() else asked[0].lower() + asked[1:], "of_whom")
    return f"{'not' if _ASKED['happens'].match(bare) else 'no'} {bare}"


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


def put_back(parts: Iterator[tuple[str, Part]], restated: Restated, text: str) -> None:
    """Let the spans of parts of a report, in place, be those of the text as written, and the raw words its own."""
    for _, part in parts if restated.origins else ():
        for name, spans in part.spans.items():
            part.spans[name] = [restated.as_written(*span) for span in spans]
            written = [text[slice(*span)] for span in part.spans[name]]
            if written != [restated.text[slice(*span)] for span in spans]:
                part.raw[name] = " … ".join(dict.fromkeys(written))
