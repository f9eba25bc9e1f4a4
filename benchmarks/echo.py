"""What reports that echo an alert about somebody else are believed to be: as they tell, and without what it told.

    python benchmarks/echo.py --reports 800 --seeds 41 42 43 --alerts 60

In a synthetic world some reports get an alert each, which goes out a week after they were made. For each, a later
report about another person, from the region, takes over some of what the alert told (as values, and some as words in
its text): an echo. Printed: how many pairs of an alert's report and its echo stand at p >= .5, of comparable pairs
(the same kind of report, taking over nothing), and how many true links that stood there are lost: of those that stand
in the world with echoes, where an echo in a series can hold up a link that nothing else does, and of those that stand
in the same world without any.
"""

from __future__ import annotations

import argparse
import csv
import random
import tempfile
from collections.abc import Mapping, Sequence
from datetime import date, timedelta
from pathlib import Path
from typing import Any

from linkage.intake import read_reports
from linkage.report import Report
from linkage.review.echo import OWN_WORDS, Circulated, could_have_seen
from linkage.review.echo_marks import AS_TOLD, DISCOUNT, marked, taken_out, to_leave_out
from linkage.sharing.alert_draft import drafted
from linkage.store.alert_record import Alert
from linkage.store.echoes import circulated_of
from linkage.store.linking import Choices, Linked, link_reports
from linkage.synthetic import generate, write_world
from linkage.vocabulary import fold

PEOPLE = ("age", "height_cm", "build", "hair", "facial_hair", "glasses", "marks", "clothing", "accent", "names_used")
LEAST, MOST = 3, 7  # [G] details that an echo takes over


def world(reports: int, seed: int) -> tuple[dict[str, Report], dict[str, str]]:
    """Reports by id as they are read, and who did what each tells of."""
    with tempfile.TemporaryDirectory() as folder:
        file, truth = write_world(generate(reports, seed), folder)
        found = {one.report_id: one for one in read_reports([file]).reports}
        with Path(truth).open(encoding="utf-8", newline="") as lines:
            people = {row["report_id"]: row["offender_id"] for row in csv.DictReader(lines)}
    return found, people


def sent(report: Report, number: int) -> Circulated:
    """The alert on a report, gone out in its region a week after it was made."""
    facts, texts, _ = drafted([report], number)
    made = Alert("report", report.report_id, ((report.report_id, 1),), texts, tuple(facts), alert=number, version=1)
    day = date.fromisoformat(str(report.received)[:10]) + timedelta(days=7)
    region = report.place.admin.region
    return circulated_of(made, day.isoformat(), (region,) if region else ())


def echo_of(report: Report, source: Report, alert: Circulated, rng: random.Random) -> Report:
    """A report of its own that takes over some of what an alert told."""
    options = [("person", name) for name in PEOPLE if (name if name != "height_cm" else "height") in alert.kinds]
    options += [("did", key) for key in sorted(alert.values.get("did", ()))]
    options += [("vehicle", "")] if "vehicle" in alert.kinds else []
    chosen = rng.sample(options, min(len(options), rng.randint(LEAST, MOST)))
    people, vehicles, did = list(report.suspects), list(report.vehicles), list(report.behaviours.present)
    for kind, name in chosen:
        if kind == "person" and source.suspects:
            first = people[0] if people else source.suspects[0].model_copy(update={"raw": {}, "spans": {}})
            people[:1] = [first.model_copy(update={name: taken_over(name, getattr(source.suspects[0], name), alert)})]
        elif kind == "vehicle":
            features = taken_over("vehicle_detail", source.vehicles[0].features, alert)
            seen: dict[str, object] = {"registration": None, "spans": {}, "features": features}
            vehicles[:1] = [source.vehicles[0].model_copy(update=seen)]
        elif kind == "did" and name not in did:
            did.append(name)
    words = [one for one in alert.text.split(". ") if len(one.split()) > 3]
    narrative = report.narrative
    if narrative and words and rng.random() < 0.5:
        narrative = f"{narrative} {rng.choice(words)}."
    behaviours = report.behaviours.model_copy(update={"present": did})
    changed = {"suspects": people, "vehicles": vehicles, "behaviours": behaviours, "narrative": narrative}
    return report.model_copy(update=changed)


def taken_over(kind: str, value: Any, alert: Circulated) -> Any:
    """Of a value of the alert's report, what the alert told: of words of its own those alone."""
    if kind not in OWN_WORDS:
        return value
    told = alert.values.get(kind, frozenset())
    return [words for words in value if any(fold(words) in one for one in told)]


def believed(linked: Linked, pairs: Sequence[tuple[str, str]]) -> dict[tuple[str, str], float]:
    """Final probability of each pair in what was linked; 0 for one that is not listed."""
    table = linked.found.pairs
    ends = zip(table["report_a"], table["report_b"], table["probability"], strict=True)
    known = {(a, b): float(p) for a, b, p in ends}
    return {pair: known.get((min(pair), max(pair)), 0.0) for pair in pairs}


def measure(reports: int, seed: int, count: int, judging: bool = True) -> dict[str, int]:
    """The counts of one world; without `judging` what a person would judge is not linked."""
    rng = random.Random(seed)
    found, people = world(reports, seed)
    ready = [
        one
        for one in found.values()
        if one.consent.alert and one.received and one.suspects and one.report_type != "follow_up"
    ]
    alerts: list[Circulated] = []
    echoing: list[tuple[str, str]] = []
    comparable: list[tuple[str, str]] = []
    taken: set[str] = set()
    for source in rng.sample(ready, min(len(ready), 4 * count)):
        alert = sent(source, len(alerts) + 1)
        later = [one for one in found.values() if could_have_seen(one, alert) and one.report_id not in taken]
        others = [one for one in later if people[one.report_id] != people[source.report_id] and one.suspects]
        if len(others) < 2 or len(alert.kinds) < 5 or len(alerts) == count or source.report_id in taken:
            continue
        alerts.append(alert)
        echo, plain = rng.sample(others, 2)
        echoing.append((echo.report_id, source.report_id))
        comparable.append((plain.report_id, source.report_id))
        taken |= {echo.report_id, plain.report_id, source.report_id}
    by_number = {one.reports[0]: one for one in alerts}
    with_echoes = dict(found)
    for echo_id, source_id in echoing:
        with_echoes[echo_id] = echo_of(found[echo_id], found[source_id], by_number[source_id], rng)
    echo_ids = {one for one, _ in echoing}
    true = [
        (one.report_id, alert.reports[0])
        for alert in alerts
        for one in with_echoes.values()
        if one.report_id not in echo_ids
        and people[one.report_id] == people[alert.reports[0]]
        and could_have_seen(one, alert)
    ]
    pairs = [*echoing, *comparable, *true]
    marks = marked(alerts, with_echoes)
    clean = believed(link_reports(list(found.values()), Choices()), true)
    linked = link_reports(list(with_echoes.values()), Choices())
    left_out = to_leave_out(marks, with_echoes, DISCOUNT, linked.linker)
    judged = {name: [one.alert.alert for one in marks[name]] for name in echo_ids if name in marks}
    before = believed(linked, pairs)
    after = believed(link_reports(taken_out(list(with_echoes.values()), marks, left_out), Choices()), pairs)
    person = after
    if judging:
        person = believed(link_reports(taken_out(list(with_echoes.values()), marks, judged), Choices()), pairs)

    def high(listed: Sequence[tuple[str, str]], belief: Mapping[tuple[str, str], float]) -> int:
        return sum(belief[pair] >= 0.5 for pair in listed)

    counts = {
        "echo pairs": len(echoing),
        "echo pairs marked": sum(a in marks for a, _ in echoing),
        f"echo pairs >= .5, {AS_TOLD}": high(echoing, before),
        f"echo pairs >= .5, {DISCOUNT}": high(echoing, after),
        "echo pairs >= .5, judged by a person": high(echoing, person),
        "comparable pairs": len(comparable),
        "comparable pairs >= .5": high(comparable, before),
        "true links": len(true),
        f"true links >= .5, {AS_TOLD}": high(true, before),
        f"true links lost, {DISCOUNT}": sum(before[p] >= 0.5 > after[p] for p in true),
        "true links lost, judged by a person": sum(before[p] >= 0.5 > person[p] for p in true),
        "true links >= .5 in the world without echoes": high(true, clean),
        f"of these lost, {AS_TOLD}": sum(clean[p] >= 0.5 > before[p] for p in true),
        f"of these lost, {DISCOUNT}": sum(clean[p] >= 0.5 > after[p] for p in true),
        "of these lost, judged by a person": sum(clean[p] >= 0.5 > person[p] for p in true),
        f"reports taken out of, {DISCOUNT}": len(left_out),
        "reports marked": len(marks),
        "reports": len(found),
    }
    return {name: count for name, count in counts.items() if judging or "by a person" not in name}


def main() -> None:
    """Measure each world and print the counts, and their sum."""
    asks = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    asks.add_argument("--reports", type=int, default=800)
    asks.add_argument("--seeds", type=int, nargs="+", default=[41, 42, 43])
    asks.add_argument("--alerts", type=int, default=60)
    asks.add_argument("--no-judging", action="store_true", help="leave out what a person would judge: one run less")
    given = asks.parse_args()
    total: dict[str, int] = {}
    for seed in given.seeds:
        for name, value in measure(given.reports, seed, given.alerts, not given.no_judging).items():
            print(f"seed {seed}: {name}: {value}", flush=True)
            total[name] = total.get(name, 0) + value
    for name, value in total.items():
        print(f"all: {name}: {value}")


if __name__ == "__main__":
    main()
