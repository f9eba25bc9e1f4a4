"""What is declared is pinned: the program's own needs apart from what only tests and extras need."""

from __future__ import annotations

import re
import tomllib
from pathlib import Path

from packaging.requirements import Requirement
from packaging.utils import canonicalize_name

ROOT = Path(__file__).parents[1]
UNPINNED = ("semantic", "tune")
LOCKS = ("requirements.lock", "requirements-test.lock")


def pinned(lock: str) -> dict[str, str]:
    rows = [row for row in (ROOT / lock).read_text(encoding="utf-8").splitlines() if "==" in row]
    return {canonicalize_name(name): version for name, _, version in (row.partition("==") for row in rows)}


def declared() -> tuple[list[Requirement], list[Requirement]]:
    """What the program needs, and what its extras need but those that are installed by whoever wants them."""
    project = tomllib.loads((ROOT / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    optional = project["optional-dependencies"].items()
    extras = [one for name, needs in optional if name not in UNPINNED for one in needs]
    return [Requirement(one) for one in project["dependencies"]], [Requirement(one) for one in extras]


def test_what_the_program_needs_is_pinned_where_the_demo_installs_it() -> None:
    own, extras = declared()
    program, tests = (pinned(lock) for lock in LOCKS)
    for need in own:
        assert need.specifier.contains(program[canonicalize_name(need.name)]), need
    for need in extras:
        assert need.specifier.contains((program | tests)[canonicalize_name(need.name)]), need
    assert not program.keys() & tests.keys()
    assert {"pytest", "mypy", "playwright", "splink"}.isdisjoint(program)


def test_no_lock_names_a_registry() -> None:
    for lock in LOCKS:
        assert re.findall(r"://|--index|--find-links", (ROOT / lock).read_text(encoding="utf-8")) == []
