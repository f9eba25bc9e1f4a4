"""Behaviour variables in sentences as people write them: a table for each domain, with what must not be read."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from linkage.intake.facts import behaviour
from linkage.intake.facts.notation import compile_phrase, spelled_out
from linkage.vocabulary import fold, load
from tests.rows import each_row, known_misreadings

TABLES = {
    file.stem: tomllib.loads(file.read_text(encoding="utf-8"))
    for file in sorted((Path(__file__).parent / "behaviour_examples").glob("*.toml"))
}
READ = [(key, text) for table in TABLES.values() for key, texts in table["read"].items() for text in texts]
NOT_READ = [(text, keys) for table in TABLES.values() for text, keys in table["not_read"].items()]
ABSENT = [(text, keys) for table in TABLES.values() for text, keys in table["absent"].items()]
OPEN = [(key, text) for table in TABLES.values() for key, texts in table.get("open", {}).items() for text in texts]


def present(text: str) -> set[str]:
    return {str(f.value) for f in behaviour.find(text) if not f.negated}


def absent(text: str) -> set[str]:
    return {str(f.value) for f in behaviour.find(text) if f.negated}


@each_row(("key", "text"), READ)
def test_a_paraphrase_is_read_as_its_variable(key: str, text: str) -> None:
    assert key in present(text)


@each_row(("text", "keys"), NOT_READ)
def test_what_did_not_happen_or_another_did_is_not_read(text: str, keys: list[str]) -> None:
    assert not set(keys) & present(text)


@each_row(("text", "keys"), ABSENT)
def test_what_is_denied_is_absent(text: str, keys: list[str]) -> None:
    assert set(keys) <= absent(text)


@known_misreadings(("key", "text"), OPEN)
def test_a_wording_still_open(key: str, text: str) -> None:
    assert key in present(text)


@each_row("domain", TABLES)
def test_every_variable_of_a_domain_has_six_paraphrases_that_are_no_synonyms(domain: str) -> None:
    for entry in behaviour.vocabulary().entries.values():
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
