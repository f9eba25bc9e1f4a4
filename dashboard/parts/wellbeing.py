"""Care for the person at the screen: counts that they alone see, a note when a break is due, what they passed.

Nothing of it is in the audit or in a figure. Within a session it is in its memory; what is kept after it stands under
the person's own name, and is let go after some days.
"""

from __future__ import annotations

from datetime import UTC, date, datetime

import streamlit as st

from dashboard.parts.chrome import as_written, links_line
from dashboard.parts.drafts import draft, keep_draft
from dashboard.parts.settings import preference
from dashboard.parts.status import guarded
from dashboard.parts.tables import Cell, Link, Number, table
from linkage.review.queue import Suggestion
from linkage.review.risk import tables
from linkage.review.strength import counted
from linkage.review.wellbeing import break_due, care, counts_with, still_passed

SETTINGS, GUIDE = "settings", "guide"
_COUNTS, _PASSED = "wellbeing", "passed"
_SEEN, _SEVERE, _OPENED, _SINCE = "care_seen", "care_severe", "care_opened", "care_since"


def seen(one: Suggestion | None) -> None:
    """Count a suggestion that is looked at, once in a session, where what it tells of is severe."""
    if one is None or tables()["words"][one.seriousness] < tables()["words"][care().severe]:
        return
    held: set[str] = st.session_state.setdefault(_SEEN, set())
    if one.key not in held:
        held.add(one.key)
        st.session_state[_SEVERE] = _severe() + 1
        _keep(1, 0)


def _severe() -> int:
    """Severe suggestions since the last break."""
    return int(st.session_state.get(_SEVERE, 0))


def opened_narratives(number: int) -> None:
    """Count narratives that were opened."""
    st.session_state[_OPENED] = st.session_state.get(_OPENED, 0) + number
    _keep(0, number)


def _keep(severe: int, opened: int) -> None:
    """Keep the counts of today, where the person asked for it."""
    if preference("keep_counts"):
        keep_draft(_COUNTS, counts_with(draft(_COUNTS) or {}, date.today(), severe, opened))


def forget_counts() -> None:
    """Take away what was kept, as when the person does not want it any more."""
    if not preference("keep_counts"):
        keep_draft(_COUNTS, None)


def _minutes() -> float:
    since: datetime = st.session_state.setdefault(_SINCE, datetime.now(UTC))
    return (datetime.now(UTC) - since).total_seconds() / 60


def break_note() -> None:
    """Say that a break is due, where it is; the person says when to go on, and nobody else learns of it."""
    minutes, severe = _minutes(), _severe()
    limits = preference("break_after_severe"), preference("break_after_minutes")
    if not break_due(severe, minutes, *limits):
        return
    with st.container(horizontal=True, vertical_alignment="center", gap="small", key="break_note"):
        st.markdown(
            f"**Time for a break?** {counted(severe, 'severe suggestion')} in {minutes:.0f} minutes. "
            "Only you see this.",
            width="content",
        )
        st.button("I had one, go on", key="break_had", on_click=guarded(_had))
        links_line([Link("Looking after yourself", GUIDE)])


def _had() -> None:
    st.session_state[_SINCE] = datetime.now(UTC)
    st.session_state[_SEVERE] = 0


def passed() -> list[tuple[str, str, str]]:
    """What the person passed and has not taken back: kind, left and right of each."""
    return [(kind, left, right) for kind, left, right, _ in _passed()]


def _passed() -> list[list[str]]:
    if _PASSED not in st.session_state:
        st.session_state[_PASSED] = still_passed(draft(_PASSED) or [], date.today())
    found: list[list[str]] = st.session_state[_PASSED]
    return found


def pass_on(question: tuple[str, str, str]) -> None:
    """Leave a question to others: it stands last for this person, and as before for everybody else."""
    there = [one for one in _passed() if tuple(one[:3]) != question]
    st.session_state[_PASSED] = [*there, [*question, date.today().isoformat()]]
    keep_draft(_PASSED, st.session_state[_PASSED])


def take_back() -> None:
    """Let all that was passed stand again where it stood."""
    st.session_state[_PASSED] = []
    keep_draft(_PASSED, None)


def own_counts() -> None:
    """The person's own counts, of this session and, where they asked for it, of some days."""
    severe, opened = _severe(), st.session_state.get(_OPENED, 0)
    st.write(
        f"Since your last break, {_minutes():.0f} minutes: {counted(severe, 'severe suggestion')}. In this session: "
        f"{counted(opened, 'narrative')} opened. **Only you see this**, and it is no figure of anything."
    )
    days = draft(_COUNTS) or {}
    if not preference("keep_counts"):
        st.write(f"Nothing of it is kept. Under Settings you can have it kept for {care().keep_days} days.")
    elif days:
        rows: list[list[Cell]] = [
            [day, Number(str(one[0])), Number(str(one[1]))] for day, one in sorted(days.items())
        ]
        table("Your own days", ["Day", "Severe suggestions", "Narratives opened"], rows[::-1])


def support_lines() -> None:
    """Whom to turn to; what is not sure, and what the scheme has to fill in, is marked."""
    rows: list[list[Cell]] = [
        [line.name, line.how, f"{line.about}{' [G]' if line.tag == 'G' else ''}"] for line in care().lines
    ]
    note = "Check a number before you rely on it: they were entered from memory. [G]: for your scheme to fill in."
    table("Somebody to talk to", ["Who", "How", "What for"], rows, small=note)


def looking_after_yourself() -> None:
    """The part of Help and wellbeing that is about the person who reads."""
    st.header("Looking after yourself")
    own_counts()
    support_lines()
    st.markdown(
        "- Reports open with a summary in neutral words. A narrative opens only when you ask, closes with the next "
        "pair, and the next one never opens by itself.\n"
        "- **Hide screen**, at the top of every page, clears the page at once.\n"
        "- **Pass this one** leaves a pair to your colleagues. Nobody asks why, nobody sees who passed it; for you "
        f"it stands last for {care().keep_days} days.\n"
        "- The inbox can set other suggestions between severe ones, and a note can remind you of a break: Settings.\n"
        "- Reading about violence wears people down, also those used to it. Share heavy series with a colleague, and "
        "bring what stays with you to supervision."
    )
    links_line([Link("Settings", SETTINGS)])
    if there := passed():
        st.button(
            f"Take back what I passed: {as_written(counted(len(there), 'suggestion'))}", on_click=guarded(take_back)
        )
    st.caption(
        "That a narrative was opened stands in the audit, as every access to it: you and administrators can see it "
        "there. Your counts, your breaks and what you passed do not."
    )
