"""`linkage user`: the accounts of a store."""

from __future__ import annotations

import sys
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, user
from linkage.cli.console import CommandError, print_json, say
from linkage.cli.identity import typed_password

if TYPE_CHECKING:
    from linkage.store.accounts import Account

NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Name of the account.")]
RoleOption = Annotated[
    str | None,
    typer.Option("--role", metavar="ROLE", help="viewer, analyst, supervisor or administrator.", show_default=False),
]


@user.command("add")
def add(
    name: NameArgument,
    role: RoleOption = None,
    totp: Annotated[bool, typer.Option("--totp", help="Ask for a one-time code as well.")] = False,
    organisation: Annotated[
        bool, typer.Option("--organisation", help="No password: the organisation's own sign-in is the only way in.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Add an account. The first has to be an administrator; from then on everybody signs in.

    The password is asked for twice, or read as one line from standard input; it is never an option, which others on
    the machine could read.

    Example: linkage user add ann --role administrator
    """
    from linkage.review.people import ROLES, role_words
    from linkage.store import Store
    from linkage.store.user_admin import add_user

    if role is None:
        raise CommandError(f"--role is missing: one of {', '.join(ROLES)}")
    with Store(store) as kept:
        kept.require("accounts")
        first = not kept.has_accounts
        made = add_user(kept, name, role, None if organisation else new_password(name), totp)
    say(f"{made.name} can sign in as {made.role}: {role_words()[made.role]}.")
    _tell_codes(made)
    if first:
        say("From now on this store asks everybody to sign in; on the command line with --as NAME.")


@user.command("change")
def change(
    name: NameArgument,
    role: RoleOption = None,
    password: Annotated[bool, typer.Option("--password", help="Ask for a new password.")] = False,
    totp: Annotated[
        bool | None, typer.Option("--totp/--no-totp", help="Begin anew with one-time codes, or end them.")
    ] = None,
    enable: Annotated[bool, typer.Option("--enable", help="Let a disabled account sign in again.")] = False,
    store: StoreOption = None,
) -> None:
    """Change the role, password or one-time codes of an account, or enable it again.

    Example: linkage user change bob --role supervisor --as ann
    """
    from linkage.store import Store
    from linkage.store.user_admin import Change, change_user

    if role is None and not password and totp is None and not enable:
        raise CommandError("Nothing to change. Give --role ROLE, --password, --totp, --no-totp or --enable")
    with Store(store, create=False) as kept:
        kept.require("accounts")
        new = new_password(name) if password else None
        made = change_user(kept, name, Change(role, new, totp, False if enable else None))
    say(f"{made.name}: {made.role}{', disabled' if made.disabled else ''}.")
    if totp:
        _tell_codes(made)


@user.command("disable")
def disable(name: NameArgument, store: StoreOption = None) -> None:
    """Let an account sign in no longer; its sessions end at once. What it decided stays.

    Example: linkage user disable bob --as ann
    """
    from linkage.store import Store
    from linkage.store.user_admin import Change, change_user

    with Store(store, create=False) as kept:
        kept.require("accounts")
        made = change_user(kept, name, Change(disabled=True))
    say(f"{made.name} is disabled; sessions that were open have ended.")


@user.command("list")
def list_(store: StoreOption = None, json: JsonOption = False) -> None:
    """List the accounts with their roles.

    Example: linkage user list --json
    """
    from rich.table import Table

    from linkage.store import Store

    with Store(store, write=False) as kept:
        kept.require("accounts")
        found = kept.accounts()
    rows = [
        {
            "name": one.name,
            "role": one.role,
            "disabled": one.disabled,
            "password": one.password is not None,
            "one_time_codes": one.totp is not None,
            "created_at": one.created_at,
            "changed_at": one.changed_at,
            "version": one.version,
        }
        for one in found
    ]
    if json:
        print_json(rows)
        return
    if not rows:
        say("No accounts: whoever is at this machine works as the local analyst.")
        return
    table = Table("Name", "Role", "State", "Signs in with", "Changed")
    for row in rows:
        ways = [way for way, has in (("password", row["password"]), ("one-time code", row["one_time_codes"])) if has]
        state = "disabled" if row["disabled"] else "enabled"
        ways_words = " and ".join(ways) or "the organisation"
        table.add_row(str(row["name"]), str(row["role"]), state, ways_words, str(row["changed_at"])[:10])
    say(table)


def new_password(name: str) -> str:
    """A new password, typed twice at a terminal or read as one line from standard input."""
    from linkage.review.passwords import RULES, password_problem

    if not sys.stdin.isatty():
        words = sys.stdin.readline().rstrip("\r\n")
        if not words:
            raise CommandError("No password came on standard input. Type it at a terminal, or pipe it in as one line")
        return words
    say(RULES)
    words = typed_password(f"New password of {name}: ")
    if problem := password_problem(words, name):
        raise CommandError(problem)
    if typed_password("Once more: ") != words:
        raise CommandError("The two passwords differ. Nothing was changed")
    return words


def _tell_codes(made: Account) -> None:
    from linkage.review.passwords import code_address

    if made.totp:
        say("For the authenticator app; shown this once:", f"  {code_address(made.totp, made.name)}")
