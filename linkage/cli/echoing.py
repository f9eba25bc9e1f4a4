"""`linkage echo`: reports that may repeat an alert, and what a person says of each."""

from __future__ import annotations

from typing import Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, echo
from linkage.cli.console import counted, print_json, say


@echo.command("list")
def listed(
    judged: Annotated[
        bool | None, typer.Option("--judged/--open", help="Only those that a person judged, or has not yet.")
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """List reports that were made after an alert went out where they were made, and share its details or words.

    Example: linkage echo list --open
    """
    from linkage.sharing.pair_marks import short_words
    from linkage.store import Store
    from linkage.store.echoes import echoes

    with Store(store, create=False, write=False) as kept:
        kept.require("look")
        run = kept.latest_run()
        marks = echoes(kept, {one.report_id: one for one in kept.reports()})
    out = run.record.get("echo", {}).get("left_out", {}) if run else {}
    found = [one for each in marks.values() for one in each if judged is None or bool(one.judged) == judged]
    if json:
        print_json(
            [
                {"report": one.report, "alert": one.alert.alert, "day": one.alert.day, "of": list(one.alert.reports)}
                | {"shared": one.shared.words, "judged": one.judged}
                | {"left_out": one.alert.alert in out.get(one.report, ())}
                for one in found
            ]
        )
        return
    for one in found:
        taken = "; the latest run left out what it told" if one.alert.alert in out.get(one.report, ()) else ""
        say(f"{one.report} {short_words(one)}{taken}. Shared: {one.shared.words}")
    say(counted(len(found), "report that may repeat an alert", "reports that may repeat an alert"))


@echo.command("judge")
def judge(
    report: Annotated[str, typer.Argument(metavar="REPORT", help="Number of the report.")],
    alert: Annotated[int, typer.Argument(metavar="ALERT", help="Number of the alert.")],
    judgement: Annotated[str, typer.Argument(metavar="echo|own", help="It repeats the alert, or tells of itself.")],
    reason: Annotated[str, typer.Option("--reason", metavar="WORDS", help="Why; kept with the judgement.")] = "",
    store: StoreOption = None,
) -> None:
    """Say whether a report repeats an alert. The next linking goes by it: an echo loses what the alert told, a report
    of its own keeps it. A later judgement wins, and both are kept.

    Example: linkage echo judge R2044 3 own --reason "she saw the plate herself"
    """
    from linkage.store import Store
    from linkage.store.echoes import judge_echo

    with Store(store, create=False) as kept:
        judge_echo(kept, alert, report, judgement, reason)
    say(f"{report}: judged {judgement} against alert {alert}. The next linking goes by it.")
