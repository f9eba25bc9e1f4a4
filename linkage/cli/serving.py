"""`linkage serve` and `linkage token`: the API and the pages, and who may use the API."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import asdict
from typing import Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, app, token
from linkage.cli.console import CommandError, print_json, say
from linkage.cli.serve import HOST, is_here

PORT = 8600
NameArgument = Annotated[str, typer.Argument(metavar="NAME", help="Of the project or program that holds it.")]


@app.command("serve")
def serve(
    host: Annotated[
        str, typer.Option(metavar="ADDRESS", help="Where to listen; another than 127.0.0.1 with --outside.")
    ] = HOST,
    port: Annotated[int, typer.Option(min=1, max=65535, help="Port to listen on.")] = PORT,
    outside: Annotated[
        bool, typer.Option("--outside", help="Others than this machine may connect; put a server with TLS in front.")
    ] = False,
    store: StoreOption = None,
) -> None:
    """Serve the API and the pages for a phone, on this machine only unless told otherwise. Ctrl-C stops it.

    What comes in waits in quarantine (linkage quarantine list). What goes out is published alerts, and to tokens
    with that scope what consent allows sister schemes. docs/reference/serving.md says how to put it behind TLS.

    Example: linkage serve --store sqlite:///cases.db
    """
    try:
        from linkage.serving import server
    except ModuleNotFoundError as missing:
        raise CommandError(f"This needs the package {missing.name}: pip install 'linkage[api]'") from missing
    from linkage.serving.settings import ServingError, configured
    from linkage.store import Store
    from linkage.store.tokens import any_tokens

    with Store(store, create=False) as kept:
        if not is_here(host):
            _may_listen(host, outside, kept.has_accounts or any_tokens(kept))
        try:
            server.serve(kept, configured(), host, port, lambda: _announce(host, port))
        except ServingError as error:
            raise CommandError(str(error)) from error


def _announce(host: str, port: int) -> None:
    say(f"Pages and API: {host}, port {port}   (Ctrl-C stops it)")
    sys.stdout.flush()  # it stays for long, and whoever started it may read a pipe


def _may_listen(host: str, outside: bool, known: bool) -> None:
    if not outside:
        raise CommandError(f"{host} is not this machine alone: say --outside where others are to connect")
    if not known:
        raise CommandError(
            "The store has neither accounts nor tokens: add who may use the API first (linkage token add)"
        )


@contextmanager
def _told() -> Iterator[None]:
    from linkage.store.tokens import TokenError

    try:
        yield
    except TokenError as error:
        raise CommandError(str(error)) from error


@token.command("add")
def add(
    name: NameArgument,
    scope: Annotated[
        list[str],
        typer.Option(metavar="SCOPE", help="report, alerts, search, series or preferences; may be repeated."),
    ],
    days: Annotated[int, typer.Option(min=1, max=3660, help="How long it holds.")] = 365,
    store: StoreOption = None,
) -> None:
    """Make a token. It is shown once; only a hash of it is kept.

    Example: linkage token add "Wey project" --scope report --scope alerts
    """
    from linkage.store import Store
    from linkage.store.tokens import add_token

    with _told(), Store(store, create=False) as kept:
        made, secret = add_token(kept, name, tuple(scope), days)
    say(f"{secret}", f"The token of {made.name} for {', '.join(made.scopes)}, until {made.expires_at[:10]}. "
        "It is not shown again.")  # fmt: skip


@token.command("list")
def list_(store: StoreOption = None, json: JsonOption = False) -> None:
    """Every token there is or was; never the token itself."""
    from linkage.store import Store
    from linkage.store.audit import now
    from linkage.store.tokens import all_tokens

    with Store(store, create=False, write=False) as kept:
        found = all_tokens(kept)
    if json:
        print_json([asdict(one) for one in found])
        return
    for one in found:
        state = "revoked" if one.revoked_at else "holds" if one.holds(now()) else "ended"
        say(f"{one.name}  {state}  {', '.join(one.scopes)}  until {one.expires_at[:10]}")


@token.command("revoke")
def revoke(name: NameArgument, store: StoreOption = None) -> None:
    """Take a token back, at once."""
    from linkage.store import Store
    from linkage.store.tokens import revoke_token

    with _told(), Store(store, create=False) as kept:
        revoke_token(kept, name)
    say(f"The token of {name} holds no longer.")
