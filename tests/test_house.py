"""The house holds: imports run one way, files stay small, public things are explained, nothing calls out."""

from __future__ import annotations

import ast
import re
from collections.abc import Iterator
from functools import cache
from graphlib import CycleError, TopologicalSorter
from pathlib import Path

import pytest

from tests.rows import each_row

ROOT = Path(__file__).parents[1]

ROOMS = [
    *("errors", "compiled", "disk_cache", "output", "report", "arguments", "wrong_settings", "vocabulary"),
    *("geography", "wilson", "intake", "features", "models", "cluster", "linker_settings", "linker", "search"),
    *("travel", "review", "store", "sharing", "synthetic", "evaluation", "governance", "results", "serving", "cli"),
]
"""From the ground up. A room imports itself and rooms to its left; the dashboard stands on top of all of them."""

READING_ROOMS = [
    *("patterns", "limits", "reject", "finding", "readers", "document", "gazetteer", "phrases", "quantities"),
    *("values", "mentions", "encoder", "behaviours", "judge", "fields", "assemble", "incidents"),
    *("processes", "recall", "batch", "lines"),
]
"""The order in which a text flows through `intake/`."""

LONGEST_FILE = 320
BANNED = re.compile(r"\b(match(es|ed|ing)?|hits?|suspects?|guilty|offenders?)\b", re.IGNORECASE)
NAMES = r"www\.w3\.org/|jsonfeed\.org/version/"
"""Addresses that only name a form and that nothing asks for."""
OUTSIDE = re.compile(rf"\bhttps?://(?!127\.0\.0\.1|localhost|{NAMES})", re.IGNORECASE)

PYTHON_FILES = sorted(path for room in ("linkage", "dashboard") for path in (ROOT / room).rglob("*.py"))
SHIPPED_FILES = sorted(
    path
    for room in ("linkage", "dashboard")
    for path in (ROOT / room).rglob("*")
    if path.suffix in {".py", ".toml", ".csv", ".json", ".html", ".css", ".js"}
    and path.name != "sources.toml"  # says where public data came from, as its licences ask
)


def name(path: Path) -> str:
    return str(path.relative_to(ROOT))


@cache
def tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text(encoding="utf-8"))


def module(path: Path) -> str:
    parts = path.relative_to(ROOT).with_suffix("").parts
    return ".".join(parts[:-1] if parts[-1] == "__init__" else parts)


MODULES = {module(path): path for path in PYTHON_FILES}


def imported(path: Path, nodes: Iterator[ast.AST]) -> set[str]:
    """Modules of this project that are imported in `nodes`; `from package import module` names the module."""
    found: set[str] = set()
    package = module(path) if path.name == "__init__.py" else module(path).rpartition(".")[0]
    for node in nodes:
        if isinstance(node, ast.Import):
            found |= {alias.name for alias in node.names}
        elif isinstance(node, ast.ImportFrom):
            above = package.rsplit(".", node.level - 1)[0] + "." if node.level else ""
            source = (above + (node.module or "")).rstrip(".")
            found |= {f"{source}.{a.name}" if f"{source}.{a.name}" in MODULES else source for a in node.names}
    return {target for target in found if target.split(".")[0] in ("linkage", "dashboard")}


def height(target: str) -> int:
    """How high a module stands: 0 is the ground, the dashboard the roof."""
    if target.startswith("dashboard"):
        return len(ROOMS)
    return ROOMS.index(target.split(".")[1])


@each_row("path", PYTHON_FILES)
def test_a_room_imports_nothing_from_above(path: Path) -> None:
    own = module(path)
    if own == "linkage":
        return  # the public names: it may name everything
    for target in imported(path, ast.walk(tree(path))):
        assert target == "linkage" or height(target) <= height(own), f"{own} imports {target}, which stands above it"
        assert target != "linkage" or own.startswith("dashboard"), f"{own} imports the public front instead of a room"


def test_a_text_flows_one_way_through_the_reading_rooms() -> None:
    def place(own: str) -> tuple[str, int]:
        inner = own.removeprefix("linkage.intake.")
        return inner, READING_ROOMS.index(inner.partition(".")[0])

    upward = set()
    for own, path in MODULES.items():
        for target in imported(path, ast.walk(tree(path))) if own.startswith("linkage.intake.") else ():
            if target.startswith("linkage.intake.") and place(target)[1] > place(own)[1]:
                upward.add((place(own)[0], place(target)[0].partition(".")[0]))
    assert upward == set()


def test_no_module_needs_itself_to_be_imported() -> None:
    def at_import(node: ast.AST) -> Iterator[ast.AST]:
        for child in ast.iter_child_nodes(node):
            only_types = isinstance(child, ast.If) and "TYPE_CHECKING" in ast.unparse(child.test)
            if not only_types and not isinstance(child, ast.FunctionDef | ast.AsyncFunctionDef):
                yield child
                yield from at_import(child)

    graph = {own: imported(path, at_import(tree(path))) - {own} for own, path in MODULES.items() if own != "linkage"}
    try:
        TopologicalSorter(graph).prepare()
    except CycleError as circle:
        pytest.fail(" -> ".join(reversed(circle.args[1])))


INWARD = {
    *("UnusableDate", "NotUsableError", "OutOfTimeError", "TooLargeError"),
    *("PassingError", "FinalError", "UnknownOutcomeError"),
}
"""Errors that this program catches itself; every other one reaches a person, as it is worded."""


def test_every_error_that_reaches_a_person_is_one_of_the_project() -> None:
    bases: dict[str, list[str]] = {"LinkageError": []}
    for path in PYTHON_FILES:
        for node in ast.walk(tree(path)):
            if isinstance(node, ast.ClassDef) and node.bases:
                bases.setdefault(node.name, [ast.unparse(base).rpartition(".")[2] for base in node.bases])

    def ancestry(own: str) -> set[str]:
        return {own}.union(*(ancestry(base) for base in bases.get(own, [])))

    errors = {own for own in bases if own.endswith("Error") or ancestry(own) & {"Exception", "ValueError"}}
    assert {own for own in errors if own[0] != "_" and not ancestry(own) & {"LinkageError", *INWARD}} == set()


def test_every_room_of_the_house_is_in_the_order() -> None:
    rooms = {own.split(".")[1] for own in MODULES if own.startswith("linkage.")}
    assert rooms <= set(ROOMS)


@each_row("path", PYTHON_FILES)
def test_a_file_stays_small(path: Path) -> None:
    assert len(path.read_text(encoding="utf-8").splitlines()) <= LONGEST_FILE


@each_row("path", PYTHON_FILES)
def test_every_public_thing_is_explained(path: Path) -> None:
    assert ast.get_docstring(tree(path)), f"{name(path)} does not say what it is for"
    kinds = (ast.FunctionDef, ast.AsyncFunctionDef, ast.ClassDef)
    public = [node for node in tree(path).body if isinstance(node, kinds) and not node.name.startswith("_")]
    assert [node.name for node in public if not ast.get_docstring(node)] == []


@each_row("path", SHIPPED_FILES)
def test_nothing_names_an_address_outside(path: Path) -> None:
    assert OUTSIDE.findall(path.read_text(encoding="utf-8")) == []


def strings_on_screen(path: Path) -> Iterator[str]:
    """Text constants that are no docstrings: what can reach a screen."""
    bodies = [node.body for node in ast.walk(tree(path)) if hasattr(node, "body") and isinstance(node.body, list)]
    loose = {id(statement.value) for body in bodies for statement in body if isinstance(statement, ast.Expr)}
    commands = path.parent.name == "cli"  # there, docstrings are the help that people read
    for node in ast.walk(tree(path)):
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and (commands or id(node) not in loose):
            yield node.value


@each_row("path", [path for path in PYTHON_FILES if "dashboard" in path.parts or path.parent.name == "cli"])
def test_no_word_on_screen_judges_a_person(path: Path) -> None:
    # `suspects` alone is a field's name in the report format
    said = [words for words in strings_on_screen(path) if BANNED.search(re.sub(r"^suspects(\.\d+\..*)?$", "", words))]
    assert said == []


@pytest.mark.parametrize("words", ["No match found", "Suspect 1", "2 hits", "the offender's car"])
def test_the_banned_words_are_noticed(words: str) -> None:
    assert BANNED.search(words)
