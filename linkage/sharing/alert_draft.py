"""Drafts, edits, settles and approves alerts: every text that is kept went through the checks as it is kept."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from linkage.intake.document.language import normalise
from linkage.report import Report
from linkage.review.people import ROLES, NotAllowedError
from linkage.sharing.alert_about import About
from linkage.sharing.alert_checks import checked
from linkage.sharing.alert_contradictions import Contradiction, contradictions
from linkage.sharing.alert_facts import Incidents, LeftOut, facts_of, left_out_of
from linkage.sharing.alert_rules import EMAIL, HTML, SHORT, has_phrase, plain, rules
from linkage.sharing.alert_texts import html_of, texts
from linkage.sharing.consent_gate import admit, admitted
from linkage.store.alert_record import EVENTS, STOP, Alert, AlertError, AlertEvent, AlertHistory, Check, Fact
from linkage.store.alerts import keep_alert, next_number, read_alert, record_alert_event
from linkage.store.carrying import versions
from linkage.store.hold_backs import HoldBack, held_back
from linkage.store.store import Store

PURPOSE = "alert"
_BEYOND_FACTS = ("consent of every report", "length", "language")


@dataclass(frozen=True, slots=True)
class Subject:
    """What an alert is about: a report or a series, its reports that may be used, and the ids of those left out."""

    kind: str
    name: str
    reports: tuple[Report, ...]
    left_out: tuple[str, ...] = ()


def allowed(store: Store) -> frozenset[str]:
    """The reports whose consent, as it is now, lets them into an alert."""
    return frozenset(admitted(store.reports(), PURPOSE).reports)


def subject_of(store: Store, name: str) -> Subject:
    """A report by its number or a series of the latest run by its id, with the reports that may be used.

    AlertError where there is neither; ConsentError where none of its reports may be used.
    """
    one = store.report(name)
    if one is not None:
        found = admit([one], PURPOSE)
        return Subject("report", name, tuple(found.reports.values()))
    run = store.latest_run()
    found_series = [one for one in run.series() if one.series_id == name] if run else []
    members = [one.report_id for series in found_series for one in series.members]
    if not members:
        raise AlertError(f"there is neither a report nor a series “{name}”; check the number")
    found = admit([report for report in store.reports() if report.report_id in set(members)], PURPOSE)
    by_day = sorted(found.reports.values(), key=lambda report: report.occurred.from_ or report.received or "")
    return Subject("series", name, tuple(by_day), found.left_out)


def draft(store: Store, name: str, language: str = "en") -> Alert:
    """Draft an alert on a report or series and keep it; its checks say whether it may be approved."""
    store.require("draft_alert")
    language = language_code(language)
    subject = subject_of(store, name)
    number = next_number(store)
    made = _made(store, subject, number, {}, language)
    return keep_alert(store, made, "drafted", {"left_out": list(subject.left_out)})


def edit(store: Store, number: int, changed: Mapping[str, str], language: str | None = None) -> Alert:
    """Keep a text that a person wrote, as a new version; `changed` holds email, short or both."""
    store.require(EVENTS["edited"])
    history = read_alert(store, number)
    told = language_code(language) if language else history.latest.language
    old = history.current(told) or history.latest
    about = about_alert(store, replace(old, language=told))
    new = {**old.texts, **{name: words for name, words in changed.items() if name in (EMAIL, SHORT)}}
    new[HTML] = html_of(new.get(EMAIL, ""), number, told) if EMAIL in changed else old.texts.get(HTML, "")
    made = replace(_on_latest(history, old), texts=new, language=told, checks=checked(new, about))
    return keep_alert(store, made, "edited", {"texts": sorted(changed)})


def settle(store: Store, number: int, field: str, choice: str) -> Alert:
    """Settle a contradiction: the texts are drafted anew with the choice, which is recorded. AlertError for a field
    that is not contradicted, or a choice that is not offered."""
    store.require(EVENTS["settled"])
    history = read_alert(store, number)
    old = history.latest
    reports = _reports(store, old)
    offered = {one.field: one for one in contradictions(reports)}
    if field not in offered:
        there = ", ".join(offered) or "none"
        raise AlertError(f"alert {number} has no contradiction in {field!r}; there are: {there}")
    if choice not in offered[field].choices:
        raise AlertError(f"{choice!r} is not offered for {field}: choose {'; '.join(offered[field].choices)}")
    subject = Subject(old.kind, old.subject, tuple(reports))
    made = _made(store, subject, number, {**old.settled, field: choice}, old.language)
    kept = replace(_on_latest(history, old), texts=made.texts, facts=made.facts, checks=made.checks)
    kept = replace(kept, settled=made.settled, held_back=made.held_back)
    return keep_alert(store, kept, "settled", {"field": field, "choice": choice})


def check(store: Store, number: int, version: int | None = None) -> tuple[Check, ...]:
    """What the rules say of a version now: consent, hold-backs and reports may have changed since it was kept."""
    history = read_alert(store, number)
    alert = history.latest if version is None else history.version(version)
    return checked(alert.texts, about_alert(store, alert))


def stopped_now(store: Store, alert: Alert) -> str:
    """Why the rules, as things are now, let a version neither be approved nor go out; empty where they do."""
    stops = [one for one in checked(alert.texts, about_alert(store, alert)) if one.verdict == STOP]
    return "; ".join(f"{one.rule}: {', '.join(one.words) or one.says}" for one in stops)


def language_code(language: str) -> str:
    """The code (ISO 639-1) of a language that is given by its code or its English name. AlertError for another."""
    code = normalise(language)
    if code is None:
        raise AlertError(f"no language is called {language!r}; give its code, as en or ro (ISO 639-1)")
    return code


def approve(store: Store, number: int, second: bool = False, language: str | None = None) -> None:
    """Approve the newest version, or with `second` check it after somebody else. AlertError where a check stops it;
    NotAllowedError for who drafted it and has not the role to approve that."""
    store.require(EVENTS["approved"])
    history = read_alert(store, number)
    alert = history.current(language_code(language)) if language else history.latest
    if alert is None:
        there = ", ".join(dict.fromkeys(one.language for one in history.versions))
        raise AlertError(f"alert {number} has no text in {language!r}; it has: {there}")
    if why := stopped_now(store, alert):
        raise AlertError(f"alert {number} cannot be approved: {why}")
    if not second and (why := own_words(store, alert)):
        raise NotAllowedError(why)
    needed = bool(rules()["approval"]["second_check"])
    event = AlertEvent(number, alert.version, "second_checked" if second else "approved")
    record_alert_event(store, event if second else replace(event, detail={"second": needed}), allowed(store))


def withdraw(store: Store, number: int, reason: str) -> str:
    """Call an alert back that went out, or withdraw one that did not; returns which. AlertError without a reason."""
    store.require(EVENTS["withdrawn"])
    if not reason.strip():
        raise AlertError("a recall needs a reason")
    history = read_alert(store, number)
    what = "recalled" if history.sent() else "withdrawn"
    record_alert_event(store, AlertEvent(number, history.latest.version, what, {"reason": reason}), allowed(store))
    return what


def open_contradictions(store: Store, alert: Alert) -> list[Contradiction]:
    """What is still to be settled of an alert."""
    return [one for one in contradictions(_reports(store, alert)) if alert.settled.get(one.field) not in one.choices]


def left_out(store: Store, alert: Alert) -> list[LeftOut]:
    """Behaviours of an alert's reports, as they are now, that were not read surely enough to be told."""
    return left_out_of(_reports(store, alert), _held(store, alert.subject, alert.report_ids))


def about_alert(store: Store, alert: Alert) -> About:
    """What the checks of an alert look at: its reports as they are now, and how many of them are gone."""
    reports = _reports(store, alert)
    gone = set(alert.report_ids) - {one.report_id for one in reports}
    shown = [*reports, *(Report(report_id=name) for name in sorted(gone))]
    held = _held(store, alert.subject, alert.report_ids)
    of = Incidents(_incidents(store, alert.report_ids))
    return About(shown, alert.facts, allowed(store), alert.settled, held, alert.language, of)


def _made(store: Store, subject: Subject, number: int, settled: Mapping[str, str], language: str) -> Alert:
    names = [one.report_id for one in subject.reports]
    held = _held(store, subject.name, names)
    now = versions(store)
    facts, texts_now, checks = drafted(subject.reports, number, settled, held, language, _incidents(store, names))
    return Alert(
        kind=subject.kind,
        subject=subject.name,
        reports=tuple((name, now[name]) for name in names),
        texts=texts_now,
        facts=tuple(facts),
        checks=checks,
        settled=dict(settled),
        held_back=tuple((one.detail, one.value) for one in held),
        language=language,
        alert=number,
    )


def drafted(
    reports: Sequence[Report],
    number: int,
    settled: Mapping[str, str] | None = None,
    held: Sequence[HoldBack] = (),
    language: str = "en",
    incidents: Mapping[str, str] | None = None,
) -> tuple[list[Fact], dict[str, str], tuple[Check, ...]]:
    """Facts, texts and checks of a draft on reports that consent allows. A value that a rule objects to is left out,
    until none objects to what is left; what no value can mend (a contradiction) stays as a stop. `incidents` names
    the incident of each report that shares one with another."""
    chosen, of = settled or {}, Incidents(incidents or {})
    facts = facts_of(reports, chosen, held, of.of)
    ids = frozenset(one.report_id for one in reports)
    while True:
        written = texts(facts, number, len(reports), language, of.count(reports))
        checks = checked(written, About(reports, facts, ids, chosen, held, language, of))
        bad = [
            one
            for one in checks
            if one.verdict == STOP and not one.rule.startswith(("contradiction", *_BEYOND_FACTS))
        ]
        if not bad or not facts:
            return facts, written, checks
        facts = _without_objected(facts, [words for one in bad for words in one.words])


def _without_objected(facts: list[Fact], words: Sequence[str]) -> list[Fact]:
    """The facts without those that show words objected to, or parts of them; at least one fact goes."""
    whole = [one for one in facts if not any(has_phrase(w, one.shown) or has_phrase(one.shown, w) for w in words)]
    if len(whole) < len(facts):
        return whole
    pieces = {word for one in words for word in plain(one).split() if len(word) > 3}
    apart = [one for one in facts if not pieces & set(plain(one.shown).split())]
    return apart if len(apart) < len(facts) else facts[:-1]


def _reports(store: Store, alert: Alert) -> list[Report]:
    wanted = alert.report_ids
    found = {one.report_id: one for one in store.reports() if one.report_id in set(wanted)}
    return [found[name] for name in wanted if name in found]


def _incidents(store: Store, reports: Sequence[str]) -> dict[str, str]:
    """The incident of each of these reports that shares one, as the latest run found it. One that is only proposed
    counts as well: what two accounts of it agree on may be one person's word."""
    run, wanted = store.latest_run(), set(reports)
    found = run.incidents() if run else {}
    return {report: name for name, rows in found.items() for report, _ in rows if report in wanted}


def _held(store: Store, subject: str, reports: Sequence[str]) -> list[HoldBack]:
    """Details kept out of what is told of a series are kept out of what is told of its reports, and the other way."""
    names = {subject, *reports}
    run = store.latest_run()
    if run is not None:
        names |= {one.series_id for report in reports for one in run.series_of(report)}
    return [one for one in held_back(store) if one.subject in names]


def _on_latest(history: AlertHistory, old: Alert) -> Alert:
    return replace(old, version=history.latest.version)


def own_words(store: Store, alert: Alert) -> str:
    """Why whoever is here may not approve what they wrote themselves; empty where they may."""
    actor, least = store.actor_now(), rules()["approval"]["own"]
    if actor.local or alert.who != actor.name or ROLES.index(actor.role) >= ROLES.index(least):
        return ""
    return f"{actor.name} wrote this alert: somebody else has to approve it, or a {least}"
