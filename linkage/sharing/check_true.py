"""Checks: what is told is what the reports say, as uncertain as they say it, and with their consent."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.sharing.alert_about import About
from linkage.sharing.alert_contradictions import contradictions
from linkage.sharing.alert_facts import LEAVE_OUT, left_out_of
from linkage.sharing.alert_rules import has_phrase, kind_of, patterns
from linkage.store.alert_record import STOP, WARN, Check
from linkage.vocabulary import load

_MONTHS = "january|february|march|april|may|june|july|august|september|october|november|december"
_DAY = re.compile(rf"\b(\d{{1,2}})(?:st|nd|rd|th)?\s+(?:of\s+)?({_MONTHS})(?:\s+(\d{{4}}))?\b", re.IGNORECASE)


def consented(_text: str, about: About) -> Iterator[Check]:
    """Does everybody whose report is used allow alerts?"""
    missing = tuple(one.report_id for one in about.reports if one.report_id not in about.allowed)
    if missing or not about.reports:
        yield Check("consent of every report", STOP, missing, "consent.alert is no, or the report is gone")


def settled(_text: str, about: About) -> Iterator[Check]:
    """Is every contradiction settled by a person?"""
    for one in contradictions(about.reports):
        if about.settled.get(one.field) not in one.choices:
            why = f"{one.why}. Choose: {'; '.join(one.choices)}"
            yield Check(f"contradiction: {one.field}", STOP, tuple(c for c in one.choices if c != LEAVE_OUT), why)


def accuses_nobody(text: str, about: About) -> Iterator[Check]:
    """Does it tell what was reported, and call nobody guilty?"""
    own = about.without_speech(text)
    for fact in about.facts:
        if kind_of(fact.field) == "offence":  # "criminal damage" is what happened, and calls nobody a criminal
            own = re.sub(rf"\b{re.escape(fact.shown)}\b", " ", own, flags=re.IGNORECASE)
    for name, verdict in (("stop", STOP), ("warn", WARN)):
        found = [one[0] for pattern in patterns(name, "accusing") for one in pattern.finditer(own)]
        if found:
            yield Check("accuses nobody", verdict, tuple(dict.fromkeys(found)), "say what was reported")
            return


def surely_told(text: str, about: About) -> Iterator[Check]:
    """Does it tell no behaviour that was not read surely, unless a person has read the words?"""
    for one in left_out_of(about.reports, about.held):
        if has_phrase(text, one.shown):
            yield Check("told surely", WARN, (one.shown,), f"read as {one.doubt} in {one.report}: read the words")


def uncertain_date(text: str, about: About) -> Iterator[Check]:
    """Is a date told as uncertain as it is recorded?"""
    rule = "date as uncertain as recorded"
    dates = [one.shown for one in about.facts if kind_of(one.field) == "when"]
    told = {_number(one) for one in _DAY.finditer(text)}
    exact = {_number(one) for words in dates if "between" not in words for one in _DAY.finditer(words)}
    ranges = [words for words in dates if "between" in words]
    for words in ranges:
        if has_phrase(text, words):
            exact |= {_number(one) for one in _DAY.finditer(words)}
    unknown = tuple(f"{day} {month.title()}" for day, month in sorted(told - exact))
    if unknown:
        yield Check(rule, STOP, unknown, "no report gives this day as certain; tell it as recorded")


def _number(found: re.Match[str]) -> tuple[int, str]:
    return int(found[1]), found[2].casefold()


def perceived(text: str, _about: About) -> Iterator[Check]:
    """Does what was perceived say so?"""
    labels = [one.label for one in load("ethnicities").entries.values() if one.key not in ("other", "mixed")]
    bare = []
    for label in labels:
        for found in re.finditer(
            rf"\b{re.escape(label)}\s+(?:fe)?(?:male|man|woman|guy|youth)\b", text, re.IGNORECASE
        ):
            if "perceived" not in text[max(0, found.start() - 40) : found.start()].casefold():
                bare.append(found[0])
    if bare:
        yield Check("perceived attributes say so", STOP, tuple(bare), 'write "perceived as ..."')


def language(_text: str, about: About) -> Iterator[Check]:
    """Can the rules read the text?"""
    if about.language != "en":
        yield Check("language", WARN, (), "the rules read English: somebody who reads this language has to check it")
