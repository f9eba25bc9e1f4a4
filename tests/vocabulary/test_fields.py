"""Whatever a vocabulary entry may say is read by the program: a field that nothing reads promises in vain."""

from __future__ import annotations

import re
import tomllib
from functools import cache
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
DATA = ROOT / "linkage" / "vocabulary" / "data"
FILES = sorted(str(path.relative_to(DATA)) for path in DATA.rglob("*.toml"))


NAMING_FIELDS = DATA / "descriptors.toml"
"""The table that says which fields of which vocabulary a description is read by."""


@cache
def _named_in_code() -> frozenset[str]:
    """Every word in quotes, and every attribute, of the program and of the table that names fields."""
    sources = (path for part in ("linkage", "dashboard") for path in (ROOT / part).rglob("*.py"))
    named = (re.findall(r"""["'.](\w+)""", path.read_text("utf-8")) for path in (*sources, NAMING_FIELDS))
    return frozenset(name for names in named for name in names)


def _fields(name: str) -> set[str]:
    entries = (one for one in tomllib.loads((DATA / name).read_text("utf-8")).values() if isinstance(one, dict))
    said = {field for entry in entries if "label" in entry and "example" in entry for field in entry}
    return {field for field in said if not field.endswith("_tag")}  # where a figure comes from is for who reads it


@pytest.mark.parametrize("name", FILES)
def test_each_field_of_an_entry_is_read_somewhere(name: str) -> None:
    assert _fields(name) <= _named_in_code()


def test_fields_are_found_at_all() -> None:
    assert {"synonyms", "prevalence", "yields_to"} <= set().union(*map(_fields, FILES))
