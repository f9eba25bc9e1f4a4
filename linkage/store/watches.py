"""Keeps standing queries and what they found last, as entries of the audit, and runs them. Nothing is sent."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from hashlib import sha256
from typing import Any

from linkage.report import Report
from linkage.review.people import may
from linkage.review.watch import Digest, Seen, Watch, WatchError, digest
from linkage.search import Question, QuestionError, Searcher
from linkage.store import audit
from linkage.store.blind import blind_here
from linkage.store.connect import writing
from linkage.store.imports import body_of
from linkage.store.search_index import searcher_of
from linkage.store.searches import saved_searches
from linkage.store.store import Store

ADDED, DROPPED, SEEN = "watch added", "watch dropped", "watch seen"
MOST = 50
"""Reports of an answer that a watch looks at [G]: as many as an analyst would read through."""


def add_watch(store: Store, watch: Watch) -> None:
    """Keep a watch under its name; a later one of that name takes its place. WatchError for one that cannot be."""
    store.require("save_search")
    watch.check()
    _question_or_members(store, watch, {})
    detail = {"name": watch.name.strip(), "kind": watch.kind, "about": watch.about.strip(), "purpose": watch.purpose}
    _append(store, ADDED, detail)


def drop_watch(store: Store, name: str) -> None:
    """Keep a watch no longer. WatchError for a name that is not there."""
    store.require("save_search")
    if name not in {one.name for one in watches(store)}:
        raise WatchError(f"No watch is kept as {name!r}; linkage watch list shows them")
    _append(store, DROPPED, {"name": name})


def watches(store: Store) -> list[Watch]:
    """Watches that are kept, by name."""
    found: dict[str, Watch] = {}
    for entry in reversed(store.audit(what=(ADDED, DROPPED))):
        if entry.what == ADDED:
            found[entry.detail["name"]] = Watch(**entry.detail, who=entry.who, at=entry.at)
        else:
            found.pop(entry.detail["name"], None)
    return [found[name] for name in sorted(found, key=str.casefold)]


def run_watches(store: Store, keep: bool = True) -> list[Digest]:
    """Ask every watch again: what is new, changed and lost since the last time. With `keep` this is the last time
    from now on, unless who asks may keep no watch: what a viewer looked at is still new to those who act on it. A
    watch that cannot be asked any more says so.

    Of a report that makes a pair with the one asked about which whoever asks has still to decide blind nothing is
    told, nor is it noted anew: to others it is still new, changed or lost."""
    store.require("search")
    keep = keep and may(store.actor_now(), "save_search")
    reports = {report.report_id: report for report in store.reports()}
    before = _last_seen(store)
    searcher = searcher_of(store, list(reports.values())) if reports else None
    found, blind = list[Digest](), None
    for watch in watches(store):
        try:
            asked = _question_or_members(store, watch, reports)
            if isinstance(asked, Question) and asked.like:
                blind = blind or blind_here(store)
                asked = replace(asked, apart=blind.partners(asked.like))
            now = _results(asked, reports, searcher)
        except (WatchError, QuestionError) as error:
            found.append(Digest(watch, 0, problem=str(error)))
            continue
        was, apart = before.get((watch.name, watch.at)), asked.apart if isinstance(asked, Question) else frozenset()
        found.append(digest(watch, was and was.without(apart), now))
        if keep:
            _append(store, SEEN, Seen(watch.name, {**now, **(was.only(apart) if was else {})}).plain())
    return found


def _last_seen(store: Store) -> dict[tuple[str, str], Seen]:
    """What each watch found last, by its name and when it was added: one that was changed begins anew."""
    added, found = dict[str, str](), dict[tuple[str, str], Seen]()
    for entry in reversed(store.audit(what=(ADDED, SEEN))):
        if entry.what == ADDED:
            added[entry.detail["name"]] = entry.at
        else:
            found[entry.detail["name"], added.get(entry.detail["name"], "")] = Seen(**entry.detail)
    return found


def _results(asked: Question | list[str], reports: Mapping[str, Report], searcher: Searcher | None) -> dict[str, str]:
    """The answer to what a watch asks: report -> fingerprint."""
    if isinstance(asked, Question):
        rows = searcher.find(asked, MOST).rows if searcher else []
        asked = [row.report_id for row in rows if row.agrees]
    return {name: _mark(reports[name]) for name in asked if name in reports}


def _question_or_members(store: Store, watch: Watch, reports: Mapping[str, Report]) -> Question | list[str]:
    """What a watch asks, or the members of the series that it is on. WatchError where that is not there."""
    about = watch.about.strip()
    if watch.kind == "identifier":
        return Question(identifier=(about,))
    if watch.kind == "search":
        kept = next((one for one in saved_searches(store) if one.name == about), None)
        if kept is None:
            raise WatchError(f"No search is kept as {about!r}; keep one: linkage search WORDS --save NAME")
        return Question.of(kept.question)
    if watch.kind == "report":
        if about not in reports and store.report(about) is None:
            raise WatchError(f"There is no report {about} in the store")
        return Question(like=about)
    run = store.latest_run()
    series = None if run is None else next((one for one in run.series() if one.series_id == about), None)
    if series is None:
        raise WatchError(f"There is no series {about} in the latest run")
    return [member.report_id for member in series.members]


def _mark(report: Report) -> str:
    return sha256(body_of(report).encode()).hexdigest()[:16]


def _append(store: Store, what: str, detail: dict[str, Any]) -> None:
    with writing(store.engine) as connection:
        audit.append(connection, store.who, what, detail)
