"""The bar on which a suggestion is decided: a judgement, reasons for and against, a note, and saving it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field

import streamlit as st

from dashboard.parts.keys import action
from dashboard.parts.settings import chosen, control
from dashboard.parts.status import guarded

CITED = 6
"""Reasons that have a key."""
JUDGEMENTS = {
    "link": ("Link", "L"),
    "not_linked": ("Not linked", "N"),
    "unsure": ("Unsure", "U"),
    "needs_info": ("Needs information", "I"),
    "same_incident": ("Same incident", "D"),
}
REASONED = ("link", "not_linked")
"""Judgements that stand on reasons."""

NO_CONTACT = (
    "No report records that whoever made it may be contacted: ask through the project that took it, if at all."
)
"""The report format has no consent to be contacted, and missing consent means no."""


@dataclass(frozen=True, slots=True)
class Reason:
    """Something that can be cited: `name` is kept with the decision, `words` stand on its button."""

    name: str
    words: str
    supports: bool


GENERAL = (
    Reason("common", "what agrees is common here", False),
    Reason("echo", "one may repeat what was told of the other", False),
    Reason("own words", "see the note", True),
    Reason("own words", "see the note", False),
)
"""Reasons that no comparison gives."""


@dataclass(slots=True)
class Choice:
    """What was chosen so far about one suggestion (`about`): a judgement, and what is cited or is to be asked."""

    about: str
    judgement: str = ""
    cited: list[Reason] = field(default_factory=list)
    asked: list[str] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Matter:
    """What is decided on. `offered` are the judgements it takes, `words` their words where they differ from
    `JUDGEMENTS`, `at_once` those that are saved by their key alone; `reasons` come strongest first, or in the order
    of the catalogue where the scores are hidden; `questions` are the items that are not known, name and words, the
    most telling first, and `contact` says whether anybody may be asked."""

    about: str
    offered: tuple[str, ...]
    reasons: tuple[Reason, ...]
    questions: tuple[tuple[str, str], ...] = ()
    words: tuple[tuple[str, str], ...] = ()
    contact: str = ""
    at_once: tuple[str, ...] = ("unsure", "same_incident")


Save = Callable[[Choice, str], None]


def choice(about: str) -> Choice:
    """What was chosen so far; nothing where another suggestion was looked at in between."""
    held = st.session_state.get("choice")
    if not isinstance(held, Choice) or held.about != about:
        held = st.session_state["choice"] = Choice(about)
    return held


def note_of(about: str) -> str:
    """The note as it is typed."""
    return str(chosen(f"note {about}", "")).strip()


def keyed(reasons: tuple[Reason, ...]) -> list[Reason]:
    """The reasons that get a key: half for and half against where there are enough of both, those for first."""
    supports = [one for one in reasons if one.supports]
    against = [one for one in reasons if not one.supports]
    left = supports[: max(CITED // 2, CITED - len(against))]
    return [*left, *against[: CITED - len(left)]]


def missing(now: Choice) -> str:
    """What a judgement still needs before it can be saved, empty when nothing."""
    if not now.judgement:
        return "Choose a judgement first."
    needed = {"link": True, "not_linked": False}.get(now.judgement)
    if needed is None or any(one.supports is needed for one in now.cited):
        return ""
    return f"Choose at least one reason {'for' if needed else 'against'} it."


def decision_bar(matter: Matter, save: Save) -> None:
    """The judgements."""
    now = choice(matter.about)
    words = dict(matter.words)
    for name in matter.offered:
        label, letter = JUDGEMENTS[name]
        label = words.get(name, label)
        pressed = name == now.judgement
        act = (matter, name, save)
        action(f"✓ {label}" if pressed else label, letter, f"judge_{name}", _judge, act, pressed=pressed)


def reason_bar(matter: Matter, save: Save) -> None:
    """Reasons or questions with their keys, the note, and saving."""
    now = choice(matter.about)
    asks = now.judgement == "needs_info"
    if asks:
        _questions(matter, now)
    else:
        _reasons(matter, now)
    first, second, third = st.columns([4, 5, 1], vertical_alignment="bottom")
    with first:
        if asks:
            st.caption(matter.contact)
        else:
            _other_reasons(matter)
    second.text_input("Note", key=control(f"note {matter.about}", ""), max_chars=2_000)
    with third:
        # a key only where there is something to save: Enter acts wherever the focus is, on a button too
        letter = "" if missing(now) else "Enter"
        action("Save", letter, "save", _save, (matter, save), pressed=bool(letter))
    if told := st.session_state.pop("still_missing", ""):
        st.warning(told)


def _reasons(matter: Matter, now: Choice) -> None:
    numbered = keyed(matter.reasons)
    for supports, title in ((True, "For"), (False, "Against")):
        with st.container(horizontal=True, vertical_alignment="center", gap="small"):
            st.markdown(f"**{title}**", width=64)
            mine = [(at, one) for at, one in enumerate(numbered, start=1) if one.supports is supports]
            if not mine:
                st.markdown("nothing")
            for at, one in mine:
                _cite_button(matter.about, at, one, one in now.cited)


def _other_reasons(matter: Matter) -> None:
    numbered = keyed(matter.reasons)
    rest = [one for one in (*matter.reasons, *GENERAL) if one not in numbered]
    st.multiselect(
        "Other reasons",
        rest,
        format_func=lambda one: f"{'for' if one.supports else 'against'}: {one.words}",
        key=control(f"reasons {matter.about}", []),
        on_change=guarded(_cite_rest),
        args=(matter.about, tuple(rest)),
        placeholder="cite another",
    )


def _cite_button(about: str, at: int, one: Reason, cited: bool) -> None:
    action(f"✓ {one.words}" if cited else one.words, str(at), f"reason_{at}", _cite, (about, one), pressed=cited)


def _questions(matter: Matter, now: Choice) -> None:
    st.markdown("**What should be found out?** It is kept as a follow-up.")
    if not matter.questions:
        st.markdown("No item is proposed here. Say in the note what would help.")
    with st.container(horizontal=True, gap="small"):
        for at, (name, words) in enumerate(matter.questions[:CITED], start=1):
            asked = name in now.asked
            label = f"✓ {words}" if asked else words
            action(label, str(at), f"reason_{at}", _ask, (matter.about, name), pressed=asked)


def _judge(matter: Matter, name: str, save: Save) -> None:
    now = choice(matter.about)
    now.judgement = name
    if name in matter.at_once:
        save(now, note_of(matter.about))


def _cite(about: str, one: Reason) -> None:
    cited = choice(about).cited
    if one in cited:
        cited.remove(one)
    else:
        cited.append(one)


def _cite_rest(about: str, rest: tuple[Reason, ...]) -> None:
    cited = choice(about).cited
    cited[:] = [one for one in cited if one not in rest] + list(chosen(f"reasons {about}", []))


def _ask(about: str, name: str) -> None:
    asked = choice(about).asked
    if name in asked:
        asked.remove(name)
    else:
        asked.append(name)


def _save(matter: Matter, save: Save) -> None:
    now = choice(matter.about)
    if told := missing(now):
        st.session_state["still_missing"] = told
    else:
        save(now, note_of(matter.about))
