"""`linkage alert`: alerts drafted, checked, edited, settled and approved. Nothing leaves by these commands."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import asdict
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import LARGEST_NUMBER, JsonOption, StoreOption, alert
from linkage.cli.console import CommandError, print_json, say
from linkage.cli.grouping import new_group

if TYPE_CHECKING:
    from linkage.sharing.alert_facts import LeftOut
    from linkage.store import Alert, Check, Store

hold = new_group(
    alert,
    "hold-back",
    "Details kept out of alerts on purpose, so that a later report that tells one cannot have it from an alert.",
)

NumberArgument = Annotated[int, typer.Argument(metavar="ALERT", max=LARGEST_NUMBER, help="Number of the alert.")]
LanguageOption = Annotated[
    str | None,
    typer.Option("--language", metavar="CODE", help="Language of the text (ISO 639-1).", show_default=False),
]
DetailOption = Annotated[
    str, typer.Option("--detail", metavar="KIND", help="behaviour, mark, phrase or vehicle.", show_default=False)
]
SubjectArgument = Annotated[str, typer.Argument(metavar="SUBJECT", help="Number of the report, or id of the series.")]
ValueArgument = Annotated[str, typer.Argument(metavar="VALUE", help="The detail, or the key of a behaviour.")]


@alert.command("draft")
def draft(
    subject: SubjectArgument,
    short: Annotated[bool, typer.Option("--short", help="Show only the text of 160 characters.")] = False,
    language: LanguageOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Draft an alert from one report or from a series, in the house form, and check it.

    Only reports whose consent allows alerts are used. Exit code 1 where a check stops the draft.

    Example: linkage alert draft R1042
    """
    from linkage.sharing import alert_draft

    with _open(store) as kept:
        made = alert_draft.draft(kept, subject, language or "en")
        _show(made, made.checks, short, as_json, alert_draft.left_out(kept, made))
    if made.stops:
        raise typer.Exit(1)


@alert.command("check")
def check(number: NumberArgument, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Check an alert as things are now: consent, hold-backs and reports may have changed. Exit code 1 for a stop.

    Example: linkage alert check 3
    """
    from linkage.sharing import alert_draft
    from linkage.store import read_alert

    with _open(store) as kept:
        latest, checks = read_alert(kept, number).latest, alert_draft.check(kept, number)
        _show(latest, checks, False, as_json, alert_draft.left_out(kept, latest))
    if any(one.verdict == "stop" for one in checks):
        raise typer.Exit(1)


@alert.command("edit")
def edit(
    number: NumberArgument,
    text: Annotated[str | None, typer.Option("--text", help="The e-mail text, or - to read it.")] = None,
    short: Annotated[str | None, typer.Option("--short", help="The text of 160 characters.")] = None,
    language: LanguageOption = None,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Put other words in the place of a draft's; the same checks run over them. Exit code 1 where one stops it.

    Example: linkage alert edit 3 --short "Male, 30s, silver 4x4, Manchester. No: 3"
    """
    import sys

    from linkage.sharing import alert_draft

    words = sys.stdin.read() if text == "-" else text
    changed = {name: value for name, value in (("email", words), ("short", short)) if value is not None}
    if not changed:
        raise CommandError("nothing to change: give --text, --short or both")
    with _open(store) as kept:
        made = alert_draft.edit(kept, number, changed, language)
        _show(made, made.checks, False, as_json, alert_draft.left_out(kept, made))
    if made.stops:
        raise typer.Exit(1)


@alert.command("settle")
def settle(
    number: NumberArgument,
    field: Annotated[str, typer.Argument(metavar="FIELD", help="What the reports contradict each other in.")],
    choice: Annotated[str, typer.Argument(metavar="CHOICE", help="One of the choices that the check names.")],
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """Settle a contradiction with a recorded choice; the texts are drafted anew. Exit code 1 where a check stops it.

    Example: linkage alert settle 3 build "leave out"
    """
    from linkage.sharing import alert_draft

    with _open(store) as kept:
        made = alert_draft.settle(kept, number, field, choice)
        _show(made, made.checks, False, as_json, alert_draft.left_out(kept, made))
    if made.stops:
        raise typer.Exit(1)


@alert.command("approve")
def approve(
    number: NumberArgument,
    second: Annotated[bool, typer.Option("--second", help="As the second check, by somebody else.")] = False,
    language: LanguageOption = None,
    store: StoreOption = None,
) -> None:
    """Approve the newest version of an alert. One that a check stops is refused.

    Example: linkage alert approve 3 --as bob
    """
    from linkage.sharing import alert_draft
    from linkage.store import read_alert

    with _open(store) as kept:
        alert_draft.approve(kept, number, second, language)
        code = alert_draft.language_code(language) if language else None
        state = read_alert(kept, number).state(alert_draft.allowed(kept), code)
        say(f"Alert {number}: {state}.")


@alert.command("recall")
def recall(
    number: NumberArgument,
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with the alert.")] = "",
    store: StoreOption = None,
) -> None:
    """Call back an alert that went out, or withdraw one that did not.

    Example: linkage alert recall 3 --reason "consent taken back"
    """
    from linkage.sharing import alert_draft

    with _open(store) as kept:
        say(f"Alert {number} is {alert_draft.withdraw(kept, number, reason)}.")


@alert.command("list")
def listed(
    due: Annotated[bool, typer.Option("--recall", help="Only those that have to be called back.")] = False,
    store: StoreOption = None,
    as_json: JsonOption = False,
) -> None:
    """List alerts with where each stands.

    Example: linkage alert list --recall
    """
    from linkage.sharing.alert_draft import allowed
    from linkage.store import read_alerts

    with _open(store, write=False) as kept:
        may = allowed(kept)
        found = [one for one in read_alerts(kept) if not due or one.recall_due(may)]
    rows = [
        {"alert": one.number, "version": one.latest.version, "state": str(one.state(may)),
         "subject": one.latest.subject, "recall": one.recall_due(may)}
        for one in found
    ]  # fmt: skip
    if as_json:
        print_json(rows)
        return
    for row in rows:
        call = "  to be recalled" if row["recall"] else ""
        say(f"{row['alert']:>5}  {row['state']:<22} {row['subject']}, version {row['version']}{call}")
    if not rows:
        say("No alerts to be recalled." if due else "No alerts. Draft one: linkage alert draft REPORT")


@alert.command("show")
def show(number: NumberArgument, store: StoreOption = None, as_json: JsonOption = False) -> None:
    """Show an alert with its checks, each value with the words it came from, and what became of it.

    Example: linkage alert show 3
    """
    from linkage.sharing import alert_draft
    from linkage.store import read_alert

    with _open(store, write=False) as kept:
        history = read_alert(kept, number)
        left = alert_draft.left_out(kept, history.latest)
    _show(history.latest, history.latest.checks, False, as_json, left)
    if as_json:
        return
    for fact in history.latest.facts:
        came = "; ".join(f"{report}: {words}" for report, words in fact.sources if words)
        say(f"  {fact.field:<18} {fact.shown}  [{fact.standing}]{f'  from {came}' if came else ''}")
    for event in history.events:
        say(f"  {(event.at or '')[:16].replace('T', ' ')}  {event.who}  {event.event} version {event.version}")


@hold.command("add")
def hold_add(
    subject: SubjectArgument,
    value: ValueArgument,
    detail: DetailOption = "phrase",
    reason: Annotated[str, typer.Option("--reason", help="Why; kept with it.")] = "",
    store: StoreOption = None,
) -> None:
    """Keep a detail of a report or series out of alerts from now on.

    Example: linkage alert hold-back add R1042 "gold tooth" --detail mark
    """
    from linkage.sharing.hold_back_evidence import detail_of
    from linkage.store import hold_back

    with _open(store) as kept:
        hold_back(kept, detail_of(kept, subject, detail, value, reason))
    say(f"{value!r} of {subject} is kept out of alerts.")


@hold.command("drop")
def hold_drop(
    subject: SubjectArgument, value: ValueArgument, detail: DetailOption = "phrase", store: StoreOption = None
) -> None:
    """Let alerts tell a detail again.

    Example: linkage alert hold-back drop R1042 "gold tooth" --detail mark
    """
    from linkage.sharing.hold_back_evidence import detail_of
    from linkage.store import drop_hold_back

    with _open(store) as kept:
        drop_hold_back(kept, detail_of(kept, subject, detail, value, new=False))
    say(f"{value!r} of {subject} may be told.")


@hold.command("list")
def hold_list(store: StoreOption = None, as_json: JsonOption = False) -> None:
    """List the details that are kept out of alerts, and of which report or series.

    Example: linkage alert hold-back list
    """
    from linkage.store import held_back

    with _open(store, write=False) as kept:
        found = held_back(kept)
    rows = [{"subject": one.subject, "detail": one.detail, "value": one.value, "reason": one.reason} for one in found]
    if as_json:
        print_json(rows)
        return
    for row in rows:
        say(f"{row['subject']:<14} {row['detail']:<10} {row['value']}{'  ' + row['reason'] if row['reason'] else ''}")


@contextmanager
def _open(store: str | None, write: bool = True) -> Iterator[Store]:
    from linkage.store import Store

    with Store(store, create=False, write=write) as kept:
        kept.require("look")
        yield kept


def _show(made: Alert, checks: tuple[Check, ...], short: bool, as_json: bool, left: Sequence[LeftOut]) -> None:
    rows = [{"rule": one.rule, "verdict": one.verdict, "words": list(one.words), "why": one.says} for one in checks]
    if as_json:
        facts = [
            {"field": f.field, "shown": f.shown, "standing": f.standing, "from": [list(one) for one in f.sources]}
            for f in made.facts
        ]
        head = {"alert": made.alert, "version": made.version, "subject": made.subject, "language": made.language}
        head |= {"reports": list(made.report_ids), "settled": dict(made.settled)}
        print_json(
            head
            | {"texts": dict(made.texts), "facts": facts, "checks": rows, "left_out": [asdict(one) for one in left]}
        )
        return
    text = made.texts.get("short", "")
    if not short:
        say(f"{made.texts.get('email', '')}\n")
    say(f"{text}\n({len(text)} of 160 characters)")
    for row in rows:
        if row["verdict"] != "pass":
            words = f" {', '.join(row['words'])}." if row["words"] else ""
            say(f"{str(row['verdict']).upper()}  {row['rule']}:{words} {row['why']}")
    for one in left:
        say(
            f"LEFT OUT  {one.shown}: read as {one.doubt} in {one.report}{f' from {one.words!r}' if one.words else ''}"
        )
    if left:
        say("What was not read surely is not told. Read the words; what they do tell, add: linkage alert edit")
    say(f"Alert {made.alert}, version {made.version}: {'stopped' if made.stops else 'draft'}.")
