"""Commands of a group are loaded when one of them is asked for, and are all there then."""

from __future__ import annotations

import subprocess
import sys
from typing import Any

import typer

from linkage.cli.commands import app

LOADED = """
import sys
from linkage.cli import main
sys.argv[0] = "linkage"
try:
    main()
finally:
    print(*sorted(name for name in sys.modules if name.startswith("linkage.cli.")))
"""


def loaded(*words: str) -> set[str]:
    ran = subprocess.run([sys.executable, "-c", LOADED, *words], capture_output=True, text=True, check=True)
    return {name.removeprefix("linkage.cli.") for name in ran.stdout.splitlines()[-1].split()}


def test_the_help_of_the_program_loads_no_group_and_that_of_a_group_no_other() -> None:
    assert not loaded("--help") & {"alerting", "auditing", "exporting", "users", "watching"}
    assert loaded("user", "--help") & {"alerting", "auditing", "exporting", "users", "watching"} == {"users"}


def test_every_group_has_its_commands_and_each_that_opens_a_store_takes_as() -> None:
    top: Any = typer.main.get_command(app)
    groups = {name: one.commands for name, one in top.commands.items() if hasattr(one, "commands")}
    assert set(groups["alert"]) >= {"draft", "send", "log", "hold-back"}
    assert set(groups["export"]) >= {"pack", "chart", "list"}
    assert all(groups.values())
    for commands in (*groups.values(), groups["alert"]["hold-back"].commands):
        for command in commands.values():
            words = {word for one in command.params for word in one.opts}
            assert ("--store" in words) == ("--as" in words)
