"""Labelled texts for the judge of reading, with each fact of people laid beside the labels; copies and excerpts."""

from __future__ import annotations

import csv
import random
import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from importlib.resources import files
from typing import Any

from extraction_f1 import TEXTS, listed, load_set, others_tell
from same_fact import same

from linkage.intake.document.document import Document, read_document
from linkage.intake.finding import Finding
from linkage.intake.judge.people import facts_of_people, pronouns, value_of
from linkage.intake.judge.surroundings import Candidate
from linkage.intake.mentions import find_people
from linkage.intake.reject import clean
from linkage.intake.values.people.first_names import SEXES
from linkage.vocabulary.tables import table

EXCERPT = 2
"""Sentences of the excerpt of each text that teaches too: what is pasted or typed into a field is often as short."""
_MARK = re.compile(r"\[(?P<words>[^\]]+)\](?P<owners>\d+)|<(?P<vehicle>[^>]+)>(?P<used>[01])")
WORD = re.compile(r"[^\W\d_]+")
_EITHER = {"clothing": ("clothing", "marks"), "marks": ("marks", "clothing")}


@dataclass(slots=True)
class Labelled:
    """One text with its facts of people, and for each the reported people whose it is (None: teaches nothing)."""

    author: str
    document: Document
    findings: list[Finding]
    owners: list[frozenset[int] | None]
    people: int
    line: dict[str, Any] = field(default_factory=dict)
    vehicles: list[tuple[int, int, bool]] = field(default_factory=list)
    """Marked spans of vehicles, and whether a reported person used each."""


def facts_of(text: str) -> list[Finding]:
    """The facts of people that the judge is asked about."""
    return facts_of_people(text)


def labelled_texts(names: list[str]) -> Iterator[Labelled]:
    """The texts of labelled sets with their facts laid beside the labels."""
    for name in names:
        for line in load_set(name):
            if "people" in line["gold"].get("ignore", ()):
                continue
            text = clean(line["text"])
            findings = facts_of(text)
            owners = [_owners(line["gold"], one) for one in findings]
            people = len(line["gold"].get("people", ()))
            yield Labelled(author_of(name, line), read_document(text), findings, owners, people, line)


def author_of(name: str, line: dict[str, Any]) -> str:
    """Who wrote a line of the set `name`."""
    author: str = line["id"].rsplit("-", 1)[0]
    return f"{name}:{author}" if name == "new_authors" else author


def _owners(gold: dict[str, Any], one: Finding) -> frozenset[int] | None:
    if one.field in gold.get("ignore", ()):
        return None
    value = value_of(one)
    fields = _EITHER.get(one.field, (one.field,))
    own = frozenset(
        at
        for at, told in enumerate(gold.get("people", ()))
        if any(same(name, label, value) for name in fields for label in listed(told.get(name)))
    )
    return None if own and others_tell(gold, one.field, value) else own


def marked_texts() -> Iterator[Labelled]:
    """The texts of `owners.txt`, in which the words themselves are marked; each heading counts as an author."""
    author = ""
    for line in (TEXTS / "owners.txt").read_text(encoding="utf-8").splitlines():
        if line.startswith("## "):
            author = f"owners:{line[3:]}"
        if not line.strip() or line.startswith("#"):
            continue
        text, marks, vehicles = _unmarked(line.replace("\\n", "\n"))
        findings = facts_of(text)
        owners = [next((m for s, e, m in marks if one.start < e and one.end > s), None) for one in findings]
        people = len(frozenset[int]().union(*(m for _, _, m in marks)))
        yield Labelled(author, read_document(text), findings, owners, people, vehicles=vehicles)


def described_texts() -> Iterator[Labelled]:
    """The rows of `descriptions.txt`: bare descriptions, in which what is read as the label says is a reported
    person's; of what else is read there nothing is known."""
    for line in (TEXTS / "descriptions.txt").read_text(encoding="utf-8").splitlines():
        told, _, text = line.partition(" | ")
        name, _, labels = told.partition("=")
        values = labels.lower().split(",")
        findings = [one for one in facts_of(text) if one.field == name and _shown(value_of(one)) in values]
        if findings:
            yield Labelled("descriptions", read_document(text), findings, [frozenset({0})] * len(findings), 1)


def _shown(value: Any) -> str:
    ends = "-".join(str(end if end is None else round(end)) for end in value) if isinstance(value, list) else value
    return str(ends).lower()


def labelled_pronouns(text: Labelled) -> Iterator[tuple[Candidate, bool]]:
    """He and she: a reported person where all of that sex are reported, somebody else where none is."""
    gold = text.line.get("gold", {})
    ours = {sex for one in gold.get("people", ()) for sex in listed(one.get("sex")) or [None]}
    others = gold.get("others", [])
    theirs = {
        sex for one in ([others] if isinstance(others, dict) else others) for sex in listed(one.get("sex")) or [None]
    }
    if ours and None not in ours:
        for one in pronouns(text.document):
            if one.hint not in ours or not {one.hint, None} & theirs:
                yield one, one.hint in ours


def _unmarked(
    marked: str,
) -> tuple[str, list[tuple[int, int, frozenset[int]]], list[tuple[int, int, bool]]]:
    """The text, whose each marked fact is, and whether a reported person used each marked vehicle."""
    text, told, vehicles, at = "", [], [], 0
    for found in _MARK.finditer(marked):
        text += marked[at : found.start()]
        words = found["words"] or found["vehicle"]
        if found["words"]:
            owners = frozenset(int(one) - 1 for one in found["owners"] if one != "0")
            told.append((len(text), len(text) + len(words), owners))
        else:
            vehicles.append((len(text), len(text) + len(words), found["used"] == "1"))
        text += words
        at = found.end()
    return text + marked[at:], told, vehicles


def swapped(text: Labelled) -> Labelled:
    """The same text with the sexes of everybody in it changed, word for word."""
    document, words = text.document, table("person_nouns")["swaps"]
    owning = {one.start for one in find_people(document) if one.possessive}
    made, at = "", 0
    for token in document.tokens:
        other = words.get(token.low)
        if token.low == "her":
            other = "his" if token.start in owning else "him"
        made += document.text[at : token.start] + (other or token.text)
        at = token.end
    new = read_document(made + document.text[at:])
    if len(new.tokens) != len(document.tokens):
        return text
    findings = [_moved(one, document, new) for one in text.findings]
    return Labelled(text.author, new, findings, text.owners, text.people)


def _moved(one: Finding, document: Document, new: Document) -> Finding:
    """A finding at the same words of the copy."""

    def span(start: int, end: int) -> tuple[int, int]:
        first, last = document.token_at(start), document.token_at(end) - 1
        first = min(first, len(new.tokens) - 1)
        return new.starts[first], new.ends[max(first, last)]

    sexes = {"male": "female", "female": "male"}
    value = sexes.get(one.value, one.value) if one.field == "sex" else one.value
    start, end = span(one.start, one.end)
    return replace(one, value=value, start=start, end=end, about=span(*one.about) if one.about else None)


def excerpt(text: Labelled, draw: random.Random) -> Labelled | None:
    """Up to `EXCERPT` sentences of a text in a row that hold a fact, as a text of their own."""
    document = text.document
    holding = sorted({document.sentence_at(one.start) for one in text.findings})
    if not holding:
        return None
    first = draw.choice(holding)
    last = min(first + draw.randint(1, EXCERPT), len(document.sentences))
    opens = document.sentences[first]
    closes = document.sentences[last] if last < len(document.sentences) else len(document.text)
    inside = [at for at, one in enumerate(text.findings) if opens <= min(one.start, *(one.about or (one.start,)))
              and max(one.end, *(one.about or (one.end,))) <= closes]  # fmt: skip
    lead = len(document.text[opens:closes]) - len(document.text[opens:closes].lstrip())
    shift = opens + lead
    findings = [
        replace(
            one,
            start=one.start - shift,
            end=one.end - shift,
            about=one.about and (one.about[0] - shift, one.about[1] - shift),
        )
        for one in (text.findings[at] for at in inside)
    ]
    owners = [text.owners[at] for at in inside]
    people = len(frozenset[int]().union(*(who for who in owners if who)))
    return Labelled(text.author, read_document(document.text[shift:closes]), findings, owners, people)


def names_of_people_and_places(texts: list[Labelled]) -> frozenset[str]:
    """First names and the words of towns that the texts write with a capital letter more often than not."""
    towns = files("linkage.vocabulary").joinpath("data/places/towns.csv").read_text(encoding="utf-8")
    listed = {word for row in csv.DictReader(towns.splitlines()) for word in WORD.findall(row["name"].lower())}
    listed |= SEXES.keys()
    written = Counter[tuple[str, bool]]()
    for text in texts:
        for token in text.document.tokens:
            if token.low in listed:
                written[token.low, token.text[0].isupper()] += 1
    return frozenset(word for word in listed if written[word, True] >= written[word, False])
