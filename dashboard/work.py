"""The analyst's work on the pages: the queue as it stands, where in it one is, and what is recorded."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace

import streamlit as st

from dashboard.parts.settings import preference
from dashboard.parts.status import tell
from dashboard.parts.wellbeing import pass_on
from dashboard.queue import Listed, listed, must_hide, question_of, why_blind
from dashboard.store_snapshot import StoreSnapshot, current_snapshot, in_background, opened, url
from linkage.review.audit_words import judged_words
from linkage.review.decision import Decision
from linkage.review.outcome import State
from linkage.review.people import ROLES, rights
from linkage.review.people import may as review_may
from linkage.review.queue import Suggestion
from linkage.review.snapshot import features_hash
from linkage.review.taking_back import withdrawal

INBOX, PAIR, MEMBER, TOGETHER, GROUPS = "links", "pair", "member", "together", "groups"
SERIES_LIST, ALERTS = "series_list", "alerts"
BLIND = "scores_hidden"
_GO, _HERE, _LAST, _AT = "go_to", "page_here", "last_decided", "inbox_at"


@dataclass(frozen=True)
class Last:
    """The decision that was recorded last in this session; `words` tell it, `back_to` is the page it was taken on."""

    number: int
    decision: Decision
    words: str
    back_to: tuple[str, Mapping[str, str]]


@dataclass(frozen=True)
class Case:
    """What is looked at on a page of review: a suggestion of the queue, or a pair that somebody chose.

    `hidden` says that no score may be shown, `must_hide` why it cannot be chosen otherwise. `at` is its place among
    the `of` suggestions of the inbox as it is filtered and ordered, None where it is not among them.
    """

    kind: str
    left: str
    right: str
    suggestion: Suggestion | None
    hidden: bool
    must_hide: str
    before: Suggestion | None
    after: Suggestion | None
    at: int | None
    of: int

    @property
    def about(self) -> str:
        """A name for what is decided on."""
        return f"{self.kind} {self.left} {self.right}"

    @property
    def place_words(self) -> str:
        """Where in the inbox it stands."""
        if self.at is not None:
            return f"{self.at + 1:,} of {self.of:,}"
        return "not in the inbox" if self.suggestion is None else "not in the list you came from"


def analyst() -> str:
    """Who decides."""
    return opened(url()).who


def may(action: str) -> bool:
    """May the person at the screen do this? The store asks again before anything is changed."""
    return review_may(opened(url()).actor, action)


def refusal(action: str) -> str:
    """Why the person at the screen cannot do something, in one line; empty where they can."""
    actor = opened(url()).actor
    if review_may(actor, action):
        return ""
    right = rights()[action]
    above = "" if right.least == ROLES[-1] else " or one above it"
    return f"Your role ({actor.role or 'none'}) may not {right.words}: that needs the role {right.least}{above}."


def decided_words(one: Suggestion) -> str:
    """What was decided last, by whom and when; empty where nothing was, and where whoever looks is not to know."""
    if one.judgement is None or (one.state == State.SECOND and must_hide(one)):
        return ""
    return f"{judged_words(one.kind, one.judgement)}, {one.decided_by}, {(one.decided_at or '')[:10]}"


def address(one: Suggestion) -> tuple[str, dict[str, str]]:
    """Page and query on which a suggestion is decided."""
    return _page_of(one.kind, one.left, one.right)


def _page_of(kind: str, left: str, right: str) -> tuple[str, dict[str, str]]:
    if kind == "report_series":
        return MEMBER, {"id": left, "series": right}
    if kind in ("merge", "split"):
        return GROUPS, {"kind": kind, "left": left, "right": right}
    return PAIR, {"a": left, "b": right}


def go(page: str, query: Mapping[str, str]) -> None:
    """Go to a page at the end of a callback, within the session."""
    if st.session_state.get(_HERE, page) == page:
        st.query_params.from_dict(dict(query))
    else:
        st.session_state[_GO] = (page, dict(query))


def prepare(one: Suggestion | None, now: StoreSnapshot) -> None:
    """Weigh what is likely to be looked at next while the person reads."""
    if one is None:
        return
    if one.kind in ("pair", "same_incident"):
        in_background(now.explain, one.left, one.right)
        in_background(now.levels, one.left, one.right)
    elif one.right in now.series:
        in_background(now.place, one.left, one.right)


def arrive(page: str) -> tuple[str, dict[str, str]] | None:
    """Note which page is drawn; answers with the page that is to be drawn in its place, if any."""
    st.session_state[_HERE] = page
    target: tuple[str, dict[str, str]] | None = st.session_state.pop(_GO, None)
    return target


def go_to(one: Suggestion | None) -> None:
    """Go to where a suggestion is decided, or to the inbox where there is none."""
    if one is None:
        go(INBOX, {})
        return
    st.session_state[_AT] = question_of(one)
    go(*address(one))


def selected(shown: Listed) -> int:
    """Which place of the list is selected: the one that was, else the first."""
    return shown.place(st.session_state.get(_AT, ("", "", ""))) or 0


def select(one: Suggestion) -> None:
    """Select a suggestion."""
    st.session_state[_AT] = question_of(one)


def pass_one(one: Suggestion, following: Suggestion | None, stay: bool) -> None:
    """Leave a suggestion to others: it stands last for this person alone, nobody asks why. `stay` in the inbox."""
    pass_on(question_of(one))
    if not stay:
        go_to(following)
    elif following is not None:
        select(following)


def case(kinds: tuple[str, ...], left: str, right: str, now: StoreSnapshot) -> Case:
    """What is looked at, with its neighbours in the inbox; the first of these kinds that is suggested counts."""
    shown = listed(now)
    one, place = _suggestion(shown, kinds, left, right)
    must = why_blind(one) if one is not None and must_hide(one) else ""
    return Case(
        kind=one.kind if one is not None else kinds[0],
        left=left,
        right=right,
        suggestion=one,
        hidden=bool(must or preference(BLIND)),
        must_hide=must,
        before=None if place is None else shown.at(place - 1),
        after=shown.at(0 if place is None else place + 1),
        at=place,
        of=len(shown),
    )


def _suggestion(shown: Listed, kinds: tuple[str, ...], left: str, right: str) -> tuple[Suggestion | None, int | None]:
    """The suggestion on two sides: one that is listed before one that only is in the queue."""
    for kind in kinds:
        if (place := shown.place((kind, left, right))) is not None:
            return shown.at(place), place
    keys = [f"{kind}:{left}:{right}" for kind in kinds]
    return next(filter(None, map(shown.queue.find, keys)), None), None


def record(decision: Decision) -> int | None:
    """Keep a decision; None, with the reason told, where it cannot be kept."""
    signed = replace(decision, features_hash=features_hash(decision, current_snapshot().reports))
    try:
        return opened(url()).record_decision(signed)
    except (ValueError, PermissionError) as error:
        tell(f"Not saved: {error}", refused=True)
        return None


def decided(found: Case, decision: Decision) -> None:
    """Keep a decision on what is looked at, tell it, and go to the next suggestion."""
    if keep(decision, _page_of(found.kind, found.left, found.right)):
        go_to(found.after or found.before)


def keep(decision: Decision, here: tuple[str, Mapping[str, str]]) -> bool:
    """Keep a decision and tell it; `here` is where it can be undone."""
    number = record(decision)
    if number is None:
        return False
    words = f"{judged_words(decision.kind, decision.judgement)}: {decision.left} and {decision.right}"
    st.session_state[_LAST] = Last(number, decision, words, here)
    tell(f"Saved, {words}.{first_check_words(decision)}")
    return True


def last_decided() -> Last | None:
    """The decision that can be undone with one key."""
    found: Last | None = st.session_state.get(_LAST)
    return found


def undo() -> None:
    """Take the decision back that was recorded last in this session, and go where it was taken."""
    last = last_decided()
    if last is not None and take_back(replace(last.decision, id=last.number)):
        go(*last.back_to)


def may_take_back(decision: Decision) -> bool:
    """May the person at the screen take this decision back: their own, or anybody's who may withdraw others'?"""
    actor = opened(url()).actor
    if not review_may(actor, "decide"):
        return False
    return decision.analyst == analyst() or (not actor.local and review_may(actor, "withdraw_other"))


def take_back(decision: Decision, why: str = "") -> bool:
    """Take a decision back: a new record, and the suggestion stands again as it was before."""
    if record(withdrawal(decision, analyst(), why)) is None:
        return False
    if (last := last_decided()) is not None and last.number == decision.id:
        st.session_state.pop(_LAST)
    told = f"{judged_words(decision.kind, decision.judgement)}: {decision.left} and {decision.right}"
    tell(f"Taken back: {told}.")
    return True


def stream(found: Case, second_of: int | None) -> str:
    """Where a decision is taken, as it is kept with it."""
    return "second" if second_of is not None else found.suggestion.stream if found.suggestion else "queue"


def first_check_words(decision: Decision) -> str:
    """What the first analyst said, once the second has said it too."""
    if decision.second_of is None:
        return ""
    first = next((one for one in opened(url()).decisions() if one.id == decision.second_of), None)
    return f" The first check said: {judged_words(first.kind, first.judgement)}." if first else ""
