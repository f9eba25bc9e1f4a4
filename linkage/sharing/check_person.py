"""Checks: nothing of who reports or was harmed, and nothing that only one person could know."""

from __future__ import annotations

import re
from collections.abc import Iterator

from linkage.intake.fields.reporter_details import private_details
from linkage.intake.values.people.first_names import is_given_name
from linkage.sharing.alert_about import About
from linkage.sharing.alert_rules import has_phrase, patterns, plain
from linkage.sharing.hold_back_evidence import stands_in, words_of
from linkage.store.alert_record import STOP, WARN, Check
from linkage.vocabulary import load

_WORD = re.compile(r"[^\W\d_]+")
_ONLY_TWO = "what only the two could know"


def of_the_reporter(text: str, about: About) -> Iterator[Check]:
    """Names, addresses and words about the person who reports or was harmed."""
    rule = "nothing of the person who reports or was harmed"
    own = about.without_speech(text)
    found = [one[0] for pattern in patterns("stop") for one in pattern.finditer(own)]
    found += [one.words for one in private_details(text)]
    found += [one for one in about.private if len(one) > 2 and has_phrase(text, one)]
    if found:
        yield Check(rule, STOP, tuple(dict.fromkeys(found)), "this is about who reports or was harmed")
    names = _unknown_names(own, about)
    if names:
        yield Check(rule, WARN, tuple(names), "a first name that no report gives the reported person: whose is it?")
    spoken = [one[0] for pattern in patterns("warn") for one in pattern.finditer(own)]
    if spoken:
        yield Check(rule, WARN, tuple(dict.fromkeys(spoken)), "read it as somebody who knows her would")


def _unknown_names(text: str, about: About) -> list[str]:
    """First names in a text that are not told of the reported person."""
    told = {
        word
        for one in about.reports
        for person in one.suspects
        for name in person.names_used
        for word in plain(name).split()
    }
    names = (word for word in _WORD.findall(text) if word[0].isupper() and is_given_name(word))
    return [word for word in dict.fromkeys(names) if plain(word) not in told]


def only_one_could_know(text: str, about: About) -> Iterator[Check]:
    """Details of rooms, and of the encounter where only one report tells them."""
    found = [one[0] for pattern in patterns("indoors") for one in pattern.finditer(about.without_speech(text))]
    if found:
        yield Check(_ONLY_TWO, STOP, tuple(dict.fromkeys(found)), "it describes a place indoors")
    private = [key for key in _told_once(about) if any(has_phrase(text, words) for words in _names(key))]
    if private:
        words = tuple(load("behaviours").entries[key].label for key in private)
        yield Check(_ONLY_TWO, STOP, words, "one incident alone tells of it, and only the two could know")
    once = [words for words in _spoken_once(about) if len(words.split()) > 1 and has_phrase(text, words)]
    if once:
        yield Check(_ONLY_TWO, STOP, tuple(once), "words that are told of one incident alone")


def held_back(text: str, about: About) -> Iterator[Check]:
    """Details on the hold-back list."""
    found = [words_of(one) for one in about.held if stands_in(one, text)]
    if found:
        yield Check("held-back details", STOP, tuple(found), "these are kept out of alerts on purpose")


def _told_once(about: About) -> list[str]:
    from linkage.sharing.alert_rules import rules

    behaviours = rules()["behaviours"]
    who: dict[str, list[str]] = {}
    for report in about.reports:
        for key in set(report.behaviours.present):
            who.setdefault(key, []).append(report.report_id)
    private, never = set(behaviours["private"]), set(behaviours["never"])
    return [
        key for key, names in who.items() if key in never or (key in private and not about.incidents.several(names))
    ]


def _names(key: str) -> list[str]:
    entry = load("behaviours").entries[key]
    return [entry.label, *(words for words in entry.synonyms if len(words.split()) > 2)]


def _spoken_once(about: About) -> list[str]:
    who: dict[str, list[str]] = {}
    for report in about.reports:
        for words in {one.casefold() for one in report.speech}:
            who.setdefault(words, []).append(report.report_id)
    return [words for words, names in who.items() if not about.incidents.several(names)]
