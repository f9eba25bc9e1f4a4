"""What of a question could not be asked as it stands, in sentences for whoever asked."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from linkage.search.condition import Condition
from linkage.search.query import Query
from linkage.search.question import Question


def notes(question: Question, asked: Query, conditions: Sequence[Condition], is_report: bool) -> Iterator[str]:
    """A report named by its id, words in which nothing could be read, behaviours that are not known."""
    if is_report:
        yield (
            f"{question.words.strip()} is a report; to rank the others by the evidence with it: "
            f"linkage search --like {question.words.strip()}"
        )
    said = [words for words in (question.words, question.person) if words.strip()]
    if said and not is_report and not any(one.asked and one.field not in _apart(question) for one in conditions):
        denied = " What is denied there is not looked for." if asked.denied else ""
        yield f"Nothing could be read in “{'; '.join(said)}”.{denied}"
    elif asked.not_sought:
        yield f"What is denied is not looked for: {', '.join(f'“{words}”' for words in asked.not_sought)}."
    for words in asked.own:
        yield f"No behaviour is known as “{words}”; its words are looked for."


def _apart(question: Question) -> set[str]:
    """Parts that are asked in fields of their own."""
    fields = {"near": question.near, "dates": question.from_ or question.to, "day_part": question.day_part}
    return {"like", *(name for name, words in fields.items() if words)}
