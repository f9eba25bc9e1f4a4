"""Behaviour variables in sentences as people write them: a table for each domain, with what must not be read.

The judge learns from these sentences as well: they say that nothing of what was taught is lost.
"""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from linkage.intake.behaviours.reading import read_behaviours
from linkage.intake.phrases.notation import compile_phrase, spelled_out
from linkage.vocabulary import fold, load
from tests.rows import each_row

TABLES = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "behaviour_examples").glob("*.toml"))
}
READ = [(key, text) for table in TABLES.values() for key, texts in table["read"].items() for text in texts]
NOT_READ = [(text, keys) for table in TABLES.values() for text, keys in table["not_read"].items()]
ABSENT = [(text, keys) for table in TABLES.values() for text, keys in table["absent"].items()]
LEAST_READ, LEAST_LEFT_OUT, LEAST_DENIED = 0.99, 0.89, 0.86
"""Shares measured when the judge was learned last, rounded down; it learned from these examples too."""


def present(text: str) -> set[str]:
    return {str(f.value) for f in read_behaviours(text).findings if not f.negated}


def absent(text: str) -> set[str]:
    return {str(f.value) for f in read_behaviours(text).findings if f.negated}


def share(right: list[bool]) -> float:
    return sum(right) / len(right)


def test_paraphrases_are_read_as_their_variable() -> None:
    assert share([key in present(text) for key, text in READ]) >= LEAST_READ


def test_what_did_not_happen_or_another_did_is_not_read() -> None:
    assert share([not set(keys) & present(text) for text, keys in NOT_READ]) >= LEAST_LEFT_OUT


def test_what_is_denied_is_absent() -> None:
    assert share([set(keys) <= absent(text) for text, keys in ABSENT]) >= LEAST_DENIED


@each_row("domain", TABLES)
def test_every_variable_of_a_domain_has_six_paraphrases_that_are_no_synonyms(domain: str) -> None:
    for entry in load("behaviours").entries.values():
        if entry.data["domain"] == domain:
            texts = TABLES[domain]["read"][entry.key]
            known = {fold(word) for word in entry.synonyms}
            assert sum(fold(text) not in known for text in texts) >= 6, entry.key


@pytest.mark.parametrize("name", ["behaviours", "weapons", "offences"])
def test_every_phrase_of_the_vocabulary_is_written_in_its_notation(name: str) -> None:
    for entry in load(name).entries.values():
        for surface in (*entry.synonyms, *entry.data.get("patterns", ())):
            for reading in spelled_out(surface):
                assert not {"(", ")"} & set(reading), surface
                compile_phrase(entry.key, reading)
