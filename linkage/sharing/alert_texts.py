"""The texts of an alert, from its facts and from templates that a scheme can put its own in the place of."""

from __future__ import annotations

import os
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from jinja2 import BaseLoader, ChoiceLoader, FileSystemLoader, PackageLoader, TemplateError
from jinja2.sandbox import ImmutableSandboxedEnvironment

from linkage.sharing.alert_facts import AGREED, DIFFERS, ONE
from linkage.sharing.alert_rules import EMAIL, HTML, SHORT, kind_of, rank, rules
from linkage.store.alert_record import AlertError, Fact

TEMPLATES = "LINKAGE_ALERT_TEMPLATES"
"""Names the folder of a scheme's own templates: email.txt.j2, short.txt.j2, email.html.j2."""

_NAMES = {EMAIL: "email.txt.j2", SHORT: "short.txt.j2", HTML: "email.html.j2"}
_SETTING = ("when", "time", "place")
_PERSON = ("sex", "ethnicity", "complexion", "age", "height", "build", "hair", "facial_hair", "eyes", "glasses",
           "accent", "marks", "clothing", "names_used")  # fmt: skip
_EVENTS = ("weapon", "did", "offence", "speech", "phone")
_ONCE = {*_PERSON, *_EVENTS, "vehicle", "vehicle_detail", "plate"} - {"sex"}
"""Kinds of facts of which it is told that one incident alone has them: else it reads as if all told them."""


@dataclass(frozen=True, slots=True)
class _Head:
    """What an alert is of: its number, how many reports and incidents it tells of, and its language."""

    number: int
    reports: int
    incidents: int
    language: str


def texts(
    facts: Sequence[Fact], number: int, reports: int, language: str = "en", incidents: int | None = None
) -> dict[str, str]:
    """E-mail, HTML and at most 160 characters of what is told; `incidents` is how many the reports tell of, as
    many as reports where it is not given. AlertError for a template that cannot be used."""
    told, head = _chosen(facts), _Head(number, reports, reports if incidents is None else incidents, language)
    return {
        EMAIL: _rendered(EMAIL, told, head),
        SHORT: _fitted(facts, head),
        HTML: _rendered(HTML, told, head),
    }


def html_of(email: str, number: int, language: str) -> str:
    """A text that a person wrote as HTML: its paragraphs, everything in them escaped."""
    paragraphs = [one.strip() for one in email.split("\n\n") if one.strip()]
    template = _environment(os.environ.get(TEMPLATES, ""), True).get_template("written.html.j2")
    return template.render(paragraphs=paragraphs, number=number, language=language).strip()


def _fitted(facts: Sequence[Fact], head: _Head) -> str:
    """The most useful facts that the length has room for, each whole or not at all. Of several days, hours and places
    the first stands for all: without a word of the person they would warn nobody."""
    latest_first = [*reversed([one for one in facts if kind_of(one.field) == "when"])]
    others = [one for one in facts if kind_of(one.field) != "when"]
    order = sorted([*latest_first, *others], key=lambda one: (rank(one.field), one.standing != AGREED, _domain(one)))
    first = {kind_of(one.field): one for one in reversed(order)}
    order.sort(key=lambda one: kind_of(one.field) in _SETTING and one is not first[kind_of(one.field)])
    told: list[Fact] = []
    text = _rendered(SHORT, told, head)
    for one in order:
        more = [fact for fact in facts if fact in told or fact is one]
        longer = _rendered(SHORT, more, head)
        if len(longer) <= rules()["lengths"]["short"]:
            told, text = more, longer
    return text


def _chosen(facts: Sequence[Fact]) -> list[Fact]:
    """What an e-mail tells: all but the behaviours that warn least, where there are many."""
    did = sorted(
        (one for one in facts if kind_of(one.field) == "did"), key=lambda one: (one.standing != AGREED, _domain(one))
    )
    return [*(one for one in facts if one not in did), *did[: rules()["lengths"]["behaviours"]]]


def _domain(fact: Fact) -> int:
    from linkage.vocabulary import load

    domains: list[str] = rules()["behaviours"]["domains"]
    entry = load("behaviours").entries.get(fact.field.partition(".")[2])
    return domains.index(entry.data["domain"]) if entry and entry.data.get("domain") in domains else len(domains)


def _rendered(text: str, facts: Sequence[Fact], head: _Head) -> str:
    template = _environment(os.environ.get(TEMPLATES, ""), text == HTML).get_template(_NAMES[text])
    try:
        written = template.render(**_values(facts, head, apart=text == SHORT))
    except TemplateError as error:
        raise AlertError(f"the template {_NAMES[text]} cannot be used: {error}") from error
    if text == HTML:
        return written.strip()
    paragraphs = [" ".join(one.split()) for one in written.split("\n\n")]
    return "\n\n".join(one for one in paragraphs if one)


def _values(facts: Sequence[Fact], head: _Head, apart: bool) -> dict[str, Any]:
    """What a template can name; docs/reference/alerts.md tells the same. With `apart` what one of several incidents
    alone tells stands in `once` and nowhere else."""
    single = [one for one in facts if head.incidents > 1 and one.standing == ONE and kind_of(one.field) in _ONCE]
    if apart:
        facts = [one for one in facts if one not in single]
    people = sorted({_number(one) for one in facts if kind_of(one.field) in _PERSON})
    return {
        "number": head.number,
        "reports": head.reports,
        "incidents": head.incidents,
        "language": head.language,
        **{name: _of(facts, name) for name in _SETTING},
        "people": [
            _person([one for one in facts if _number(one) == n and kind_of(one.field) in _PERSON]) for n in people
        ],
        "vehicles": [_of(facts, "vehicle"), _of(facts, "vehicle_detail")],
        "plate": _of(facts, "plate"),
        **{name: _of(facts, name) for name in _EVENTS},
        "once": [_by_itself(one) for one in single],
        "differs": [_by_itself(one) for one in facts if one.standing == DIFFERS],
    }


def _by_itself(fact: Fact) -> str:
    """A value where nothing beside it says what it is: "phone number ends 791"."""
    form: str = rules()["by_itself"].get(kind_of(fact.field), "{}")
    return form.format(fact.shown)


def _person(facts: Sequence[Fact]) -> dict[str, list[str]]:
    return {name: _of(facts, name) for name in _PERSON}


def _number(fact: Fact) -> str:
    head = fact.field.split(".", maxsplit=1)[0]
    return head[len(head.rstrip("0123456789")) :]


def _of(facts: Iterable[Fact], name: str, standing: Sequence[str] = (AGREED, ONE, DIFFERS)) -> list[str]:
    return [one.shown for one in facts if kind_of(one.field) == name and one.standing in standing]


@cache
def _environment(folder: str, escape: bool) -> ImmutableSandboxedEnvironment:
    """Templates of a text, or with `escape` of HTML: what a template brings in from another is escaped as it is."""
    own = PackageLoader("linkage.sharing", "templates")
    if folder and not Path(folder).is_dir():
        raise AlertError(f"{TEMPLATES} names {folder}, which is no folder")
    loader: BaseLoader = ChoiceLoader([FileSystemLoader(folder), own]) if folder else own
    made = ImmutableSandboxedEnvironment(loader=loader, autoescape=escape, trim_blocks=True, lstrip_blocks=True)
    made.filters["sentence"] = lambda words: words[:1].upper() + words[1:]
    made.filters["each"] = lambda words, before="", after="": [f"{before}{one}{after}" for one in words]
    return made


def template_names() -> Mapping[str, str]:
    """Text -> file name of its template."""
    return _NAMES
