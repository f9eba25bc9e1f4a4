"""`linkage show-original`: a narrative as it came, before details of the person who reports were masked."""

from __future__ import annotations

from dataclasses import asdict
from typing import Annotated

import typer

from linkage.cli.app import LARGEST_NUMBER, JsonOption, StoreOption, app
from linkage.cli.console import CommandError, print_json, say


@app.command("show-original")
def show_original(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Number of the report.")],
    reason: Annotated[str, typer.Option(metavar="WORDS", help="Why; stands in the audit.")] = "",
    version: Annotated[
        int | None,
        typer.Option(min=1, max=LARGEST_NUMBER, metavar="N", help="Which version; by default the newest."),
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Show a narrative as it was imported, with the names and numbers that were masked. The audit tells who looked.

    Originals are kept, encrypted, where LINKAGE_ORIGINALS_KEY named a key when the report was imported, and are shown
    with that key alone.

    Example: linkage show-original R0017 --reason "asked for by the police with consent"
    """
    from linkage.store import Store
    from linkage.store.originals import show

    if not reason.strip():
        raise CommandError('Say why, for the audit: --reason "WORDS"')
    with Store(store, create=False) as kept:
        found = show(kept, report, reason, version)
    if json:
        print_json(asdict(found))
    else:
        say(found.narrative)
