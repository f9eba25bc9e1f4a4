"""Who is at the command line: `--as NAME` on every command that opens a store, and the password behind it."""

from __future__ import annotations

import getpass
import os
import sys
from collections.abc import Mapping
from functools import cache
from typing import TYPE_CHECKING, Annotated, Any

import typer
from typer.core import TyperGroup

from linkage.cli.console import CommandError
from linkage.cli.naming import require_names

if TYPE_CHECKING:
    from sqlalchemy import Engine

    from linkage.review.people import Actor

_HELP = (
    "Who you are, in a store with accounts. Default: $LINKAGE_USER. The password is asked for, or in "
    "$LINKAGE_PASSWORD."
)


class GroupWithIdentity(TyperGroup):
    """Commands of which each that takes `--store` takes `--as` too, and none an empty name of a file."""

    def __init__(self, **given: Any) -> None:
        super().__init__(**given)
        give_identity(self.commands)
        require_names(self.commands)


def give_identity(commands: Mapping[str, Any]) -> None:
    """Let each of these commands that takes `--store` take `--as` too; groups among them do so for their own."""
    for command in commands.values():
        if isinstance(command, TyperGroup):
            continue
        words = {word for one in command.params for word in one.opts}
        if "--store" in words and "--as" not in words:
            command.params.append(_option())


@cache
def _option() -> Any:
    """The option as Typer makes it for a command of its own; one is enough for all, as it keeps nothing."""
    probe = typer.Typer(add_completion=False)

    @probe.command()
    def _probe(
        as_name: Annotated[
            str | None,
            typer.Option(
                "--as", metavar="NAME", help=_HELP, callback=_remember, expose_value=False, show_default=False
            ),
        ] = None,
    ) -> None:
        del as_name

    return next(one for one in typer.main.get_command(probe).params if "--as" in one.opts)


def _remember(name: str | None) -> None:
    from functools import partial

    from linkage.store.acting import SIGN_IN

    SIGN_IN.set(partial(_sign_in, name or os.environ.get("LINKAGE_USER") or ""))


def _sign_in(name: str, engine: Engine) -> Actor:
    """The person of that name, once the password is right; nobody where no name was given."""
    from linkage.review.people import nobody
    from linkage.store.connect import address_of, open_engine
    from linkage.store.sign_in import SignInError, account_of, sign_in

    if not name:
        return nobody()
    password = os.environ.get("LINKAGE_PASSWORD")
    if password is None:
        password = typed_password(f"Password of {name}: ")
    account = account_of(engine, name)
    code = ""
    if account is not None and account.totp:
        code = os.environ.get("LINKAGE_CODE") or typed_password("One-time code: ")
    own = open_engine(address_of(engine), create=False)  # a sign-in is put down, also by a command that only reads
    try:
        return sign_in(own, name, password, code)
    except SignInError as error:
        raise CommandError(str(error)) from error
    finally:
        own.dispose()


def typed_password(words: str) -> str:
    """What somebody types at the terminal, unseen."""
    if not sys.stdin.isatty():
        raise CommandError("There is no terminal to ask for a password. Put it in LINKAGE_PASSWORD")
    return getpass.getpass(words)
