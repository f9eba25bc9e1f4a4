"""`linkage monitor`: figures about the scheme."""

from __future__ import annotations

from dataclasses import asdict
from typing import TYPE_CHECKING

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import print_json, say

if TYPE_CHECKING:
    from linkage.sharing.monitoring import Days, Figures


@app.command()
def monitor(store: StoreOption = None, json: JsonOption = False) -> None:
    """Figures about the scheme: what came in, how long it took, what was decided, and what went out.

    Counts from 1 to 4 are suppressed, and so is another where the total would tell one; null in JSON.

    Example: linkage monitor --json
    """
    from linkage.sharing.monitoring import figures
    from linkage.store import Store

    with Store(store, create=False, write=False) as kept:
        kept.require("look")
        found = figures(kept)
    if json:
        print_json(asdict(found))
        return
    _tell(found)


def _tell(found: Figures) -> None:
    from linkage.sharing.suppression import shown

    for name, count in found.totals.items():
        say(f"{name}: {shown(count)}")
    for name, table in found.tables.items():
        say(f"\n{name}", style="bold")
        for label, count in sorted(table.items()):
            say(f"  {label.replace('_', ' ')}: {shown(count)}")
        if not table:
            say("  none")
    say("\ndays from a report to its", style="bold")
    for name, days in found.days.items():
        say(f"  {name}: {days_words(days)}")


def days_words(days: Days) -> str:
    """A span of days in words."""
    from linkage.sharing.suppression import shown

    if days.half is None:
        return "none" if days.n == 0 else shown(days.n)
    return f"half within {days.half:g}, a quarter within {days.quarter:g}, three quarters within " + (
        f"{days.three_quarters:g} (n={days.n:,})"
    )
