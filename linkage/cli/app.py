"""The commands and their options. What each prints is in the modules beside; those of a group name them here."""

from __future__ import annotations

from typing import Annotated

import typer

from linkage.cli.grouping import new_group
from linkage.cli.identity import GroupWithIdentity

_HELP = """Find reports of violence that may belong to one person: suggested links and candidate series, with reasons.

Everything runs on this machine; nothing is sent anywhere. Start with **linkage demo**, which shows the program on
invented reports, or with your own file:

    linkage import reports.csv       read reports into the store
    linkage link                     suggest links and candidate series
    linkage dashboard                look at them and decide

Exit code: 0 done, 1 done but some input was refused (it says which), 2 could not run, 130 stopped by Ctrl-C
(143 by the system, 129 with its terminal).
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
gazetteer = new_group(app, "gazetteer", "The offline list of places.")
audit = new_group(app, "audit", "Who did what, and whether all is as it was written.", "auditing")
alert = new_group(
    app, "alert", "Warnings for members: drafted, checked, approved and sent.", "alerting", "sending_alerts"
)
echo = new_group(app, "echo", "Reports that may repeat an alert: listed, and judged by a person.", "echoing")
export = new_group(
    app,
    "export",
    "What leaves the scheme: packs, lists and charts, through consent and a second check.",
    *("exporting", "export_steps"),
)
mapping = new_group(
    app, "mapping", "How columns are mapped to fields, kept for the next file with the same headings."
)
quarantine = new_group(
    app,
    "quarantine",
    "What came in by the pages and the API: look at it, take it in or refuse it.",
    "quarantine",
)
token = new_group(app, "token", "Who may use the API, for what, until when.")
subscriber = new_group(
    app, "subscriber", "Who gets alerts: people, projects, establishments, police forces and sites.", "subscribing"
)
user = new_group(app, "user", "People with accounts in the store, and what each may do.", "users")
watch = new_group(
    app, "watch", "Standing queries: what is new, changed and lost since they were run last.", "watching"
)

LARGEST_NUMBER = 2**31 - 1
"""No store numbers anything higher: the integers of PostgreSQL end here."""

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
ReplaceOption = Annotated[bool, typer.Option("--replace", help="Write over a file that is there already.")]


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
