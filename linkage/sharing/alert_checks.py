"""What an alert has to pass before anybody may approve it: named rules, each with the words that it objects to.

The same rules run over what was drafted and over whatever a person types.
"""

from __future__ import annotations

import html
import re
from collections.abc import Callable, Iterator, Mapping, Sequence

from linkage.sharing import check_exact, check_letters, check_person, check_true
from linkage.sharing.alert_about import About
from linkage.sharing.alert_rules import EMAIL, HTML, SHORT, rules
from linkage.store.alert_record import PASS, STOP, WARN, Check

_RULES: Sequence[tuple[str, Callable[[str, About], Iterator[Check]]]] = (
    ("consent of every report", check_true.consented),
    ("contradictions are settled", check_true.settled),
    ("nothing of the person who reports or was harmed", check_person.of_the_reporter),
    ("what only the two could know", check_person.only_one_could_know),
    ("held-back details", check_person.held_back),
    ("no exact place indoors", check_exact.exact_place),
    ("no full number, address or plate", check_exact.full_number),
    ("nothing word for word", check_exact.verbatim),
    ("date as uncertain as recorded", check_true.uncertain_date),
    ("perceived attributes say so", check_true.perceived),
    ("accuses nobody", check_true.accuses_nobody),
    ("told surely", check_true.surely_told),
    ("language", check_true.language),
)
_TAG = re.compile(r"<[^>]*>")
_WORST = {PASS: 0, WARN: 1, STOP: 2}


def checked(texts: Mapping[str, str], about: About) -> tuple[Check, ...]:
    """What every rule says of all texts of an alert; a rule that objects to nothing passes."""
    found: list[Check] = []
    for name, rule in _RULES:
        said = [one for text in _read(texts) for one in rule(text, about)]
        found += _joined(said) or [Check(name, PASS)]
    return (*found, *_plainly(texts), *_lengths(texts))


def _read(texts: Mapping[str, str]) -> list[str]:
    """The texts as people read them; html without its tags, where it says something else."""
    shown = html.unescape(_TAG.sub(" ", texts.get(HTML, "")))
    read = map(check_letters.as_read, (texts.get(EMAIL, ""), texts.get(SHORT, ""), shown))
    return [one for one in dict.fromkeys(read) if one.strip()] or [""]


def _plainly(texts: Mapping[str, str]) -> list[Check]:
    said = [one for name in (EMAIL, SHORT) for one in check_letters.plainly_written(texts.get(name, ""))]
    return _joined(said) or [Check(check_letters.RULE, PASS)]


def _joined(said: Sequence[Check]) -> list[Check]:
    """What one rule says of several texts, as one for each reason."""
    by_reason: dict[tuple[str, str, str], dict[str, None]] = {}
    for one in said:
        by_reason.setdefault((one.rule, one.verdict, one.says), {}).update(dict.fromkeys(one.words))
    return [Check(rule, verdict, tuple(words), says) for (rule, verdict, says), words in by_reason.items()]


def _lengths(texts: Mapping[str, str]) -> Iterator[Check]:
    short, email = texts.get(SHORT, ""), texts.get(EMAIL, "")
    most = rules()["lengths"]
    if len(short) > most["short"]:
        yield Check("length", STOP, (short[most["short"] :],), f"{len(short)} of {most['short']} characters")
    elif len(email) > most["email"]:
        yield Check("length", WARN, (), f"the e-mail has {len(email):,} characters")
    elif not email.strip() or not short.strip():
        yield Check("length", STOP, (), "a text is empty")
    else:
        yield Check("length", PASS)


def worst(checks: Sequence[Check]) -> str:
    """The gravest verdict."""
    return max((one.verdict for one in checks), key=_WORST.__getitem__, default=PASS)
