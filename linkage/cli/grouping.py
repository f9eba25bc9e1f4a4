"""Groups of commands that are loaded and made when one of them is asked for: three in four commands stand in a group,
and all of them took a sixth of the time of `linkage --help`."""

from __future__ import annotations

from importlib import import_module
from typing import Any

import typer
from typer.core import TyperGroup

from linkage.cli.identity import give_identity
from linkage.cli.naming import require_names


def new_group(within: typer.Typer, name: str, about: str, *modules: str) -> typer.Typer:
    """A group of commands under a name, which these modules of this room add to what this gives. `about` is its
    help."""
    inside = typer.Typer(rich_markup_mode="markdown")
    group = _later(inside, modules)
    within.add_typer(typer.Typer(cls=group, help=about, no_args_is_help=True, rich_markup_mode="markdown"), name=name)
    return inside


def _later(inside: typer.Typer, modules: tuple[str, ...]) -> type[TyperGroup]:
    class Later(TyperGroup):
        """The commands of one group, made on the first look at them."""

        _made: Any = None

        @property
        def commands(self) -> Any:
            """Commands by name."""
            if self._made is None:
                for module in modules:
                    import_module(f"{__package__}.{module}")
                self._made = typer.main.get_group(inside).commands
                give_identity(self._made)
                require_names(self._made)
            return self._made

        @commands.setter
        def commands(self, none_yet: Any) -> None:
            """What Typer sets while the program starts is empty."""

    return Later
