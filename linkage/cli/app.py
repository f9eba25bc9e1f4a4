"""The commands and their options. What each prints is in the modules beside."""

from __future__ import annotations

import gc
from functools import cache
from typing import Annotated, Any

import typer

from linkage.cli.console import COULD_NOT_RUN, DONE, guarded
from linkage.cli.identity import GroupWithIdentity
from linkage.cli.usage import is_help_shown

_HELP = """Find reports of violence that may belong to one person: suggested links and candidate series, with reasons.

Everything runs on this machine; nothing is sent anywhere. Start with **linkage demo**, which shows the program on
invented reports, or with your own file:

    linkage import reports.csv       read reports into the store
    linkage link                     suggest links and candidate series
    linkage dashboard                look at them and decide

Exit code: 0 done, 1 done but some input was refused (it says which), 2 could not run.
"""

app = typer.Typer(
    name="linkage",
    cls=GroupWithIdentity,
    help=_HELP,
    no_args_is_help=True,
    add_completion=False,
    rich_markup_mode="markdown",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)
gazetteer = typer.Typer(help="The offline list of places.", no_args_is_help=True, rich_markup_mode="markdown")
app.add_typer(gazetteer, name="gazetteer")
audit = typer.Typer(
    help="Who did what, and whether all is as it was written.", no_args_is_help=True, rich_markup_mode="markdown"
)
app.add_typer(audit, name="audit")
alert = typer.Typer(
    help="Warnings for members: drafted, checked, approved and sent.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(alert, name="alert")
echo = typer.Typer(
    help="Reports that may repeat an alert: listed, and judged by a person.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(echo, name="echo")
export = typer.Typer(
    help="What leaves the scheme: packs, lists and charts, through consent and a second check.",
    no_args_is_help=True,
    rich_markup_mode="markdown",
)
app.add_typer(export, name="export")

StoreOption = Annotated[
    str | None,
    typer.Option(
        "--store",
        metavar="URL",
        help="sqlite:///FILE or postgresql://HOST/DATABASE. Default: $LINKAGE_STORE, else sqlite:///linkage.db.",
        show_default=False,
    ),
]
SensitiveOption = Annotated[
    bool,
    typer.Option(
        "--sensitive", help="Let perceived ethnicity, complexion and accent carry weight. Recorded with the run."
    ),
]
JsonOption = Annotated[bool, typer.Option("--json", help="Print JSON and nothing else.")]


def _version(wanted: bool) -> None:
    if wanted:
        from importlib.metadata import version

        typer.echo(f"linkage {version('linkage')}")
        raise typer.Exit


@app.callback()
def _top(
    _version_wanted: Annotated[
        bool, typer.Option("--version", help="Show the version and stop.", callback=_version, is_eager=True)
    ] = False,
) -> None:
    pass


def main() -> None:
    """Run the program on the command line's words; ends the process with exit code 0, 1 or 2."""
    try:
        guarded(_run)
    except KeyboardInterrupt:
        raise SystemExit(COULD_NOT_RUN) from None
    finally:
        gc.freeze()  # the process ends; Python would look twice through all that was loaded, for a third of a second


@cache
def _commands() -> Any:
    """All commands with their options; made once, for it costs a tenth of a second."""
    return typer.main.get_command(app)


def _run() -> None:
    """Run the commands, not standalone: usage errors come out of them, to be told in one line as all others are."""
    try:
        code = _commands()(prog_name="linkage", standalone_mode=False)
    except typer.Abort:
        raise SystemExit(COULD_NOT_RUN) from None
    except Exception as error:
        if is_help_shown(error):
            raise SystemExit(COULD_NOT_RUN) from None
        raise
    raise SystemExit(code or DONE)
