"""`linkage backup` and `linkage restore`: a whole store in one file, and back."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkage.cli.app import ReplaceOption, StoreOption, app
from linkage.cli.console import DONE, REFUSED, counted, say

_FileArgument = Annotated[Path, typer.Argument(metavar="FILE", help="The backup.", dir_okay=False)]


@app.command()
def backup(file: _FileArgument, replace: ReplaceOption = False, store: StoreOption = None) -> None:
    """Write the whole store into one file, which only you may read and either database takes back.

    It holds every report in plain words, also where the store is encrypted: keep it where the store may lie.

    Example: linkage backup monday.zip
    """
    from linkage.store import Store

    with Store(store, create=False) as kept:
        rows = kept.backup(file, replace)
    say(f"{counted(rows, 'row')} written to {file}")


@app.command()
def restore(file: _FileArgument, store: StoreOption = None) -> None:
    """Put a backup into a new store, and verify it; exit code 1 when it was not whole when it was written.

    Where it cannot be, no store is made.

    Example: linkage restore monday.zip --store sqlite:///restored.db
    """
    from linkage.store import Store, store_url
    from linkage.store.restoring import store_to_fill

    file.open("rb").close()  # one that is not there is told before anything is made
    with store_to_fill(store_url(store)) as address, Store(address) as kept:
        rows = kept.restore(file)
        faults = kept.verify(deep=True)
    for fault in faults:
        say(str(fault))
    say(f"{counted(rows, 'row')} restored" + ("." if faults else ", and everything is as it was written."))
    raise typer.Exit(REFUSED if faults else DONE)
