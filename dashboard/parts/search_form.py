"""The form of the search page: one box and fields for each part of a question, and the questions that are kept."""

from __future__ import annotations

import json
from collections.abc import Sequence
from typing import Any

import streamlit as st

from dashboard.parts.chrome import as_written
from dashboard.parts.status import guarded
from dashboard.parts.typed import recalled, remember
from linkage.search import MUST, WORDS_AS, Question
from linkage.search.question import NEAR_KM, SENTENCES, SIMILAR
from linkage.search.sentences import installed

ASKED, PURPOSE = "search_question", "search_purpose"
_BROUGHT = "search_brought"
"""The words that the address brought last."""
_LAST, _WHY, _BEGUN = "search_last", "search_last_purpose", "search_begun"
"""What was asked last and why, and what stands in the form, as they outlive the page and the session."""
WILDCARDS = (
    "? is one unknown character and * any number: ?K5* or YH05 ???. O and 0, I and 1, 5 and S, 8 and B may stand for "
    "each other and are close (~)."
)
PIECES = (
    "Letters and digits alone are found anywhere in a plate; with ? or * the whole plate is meant: ?H18* rather than "
    "?H18. Quick find, at the top of the page, finds pieces either way."
)
_BEHAVIOURS = (
    ("did", "Should have happened", ""),
    ("must_did", "Must have happened", "+"),
    ("must_not", "Must not have happened", "-"),
)
_WAYS = {"exact": "exact words", "near": "near spelling", "similar": "similar meaning", "sentences": "like sentences"}

_PLAIN = {
    "words": "words",
    "vehicle": "vehicle",
    "plate": "registration",
    "person": "person",
    "near": "near",
    "from": "from_",
    "to": "to",
    "day_part": "day_part",
    "like": "like",
}
"""Text fields of the form -> parts of a question."""

_IN_FIELDS = {
    "vehicle": "vehicle",
    "registration": "registration",
    "person": "person",
    "identifier": "phone, e-mail or account",
    "like": "like report",
    "behaviour": "behaviour",
    "near": "place",
    "from_": "from",
    "to": "to",
    "day_part": "part of the day",
    "regions": "no places known only by region",
    "unsure": "no unsure dates",
    "must": "must be said",
}
"""Parts of a question that stand in the fields below the box -> what they are called on the line above them."""


def form() -> Question | None:
    """Draw the form as it was asked last; the question, when it was just asked."""
    _restore()
    # no form of Streamlit's: what is typed in one is not known before it is sent, and would be lost by then
    with st.container(border=True, key="entry_search"):
        words, way = st.columns([3, 1])
        words.text_input(
            "Words", key="search_words", help="For example: silver 4x4 bald stocky northern near Manchester"
        )
        ways = [one for one in WORDS_AS if one != SENTENCES or installed()]
        way.selectbox("Look for", ways, format_func=_WAYS.__getitem__, key="search_way")
        question = st.session_state.get(ASKED)
        with st.expander(_fields(question), expanded=question is None):
            _what()
            _where_and_when()
            st.text_input("Purpose, kept in the audit", key=PURPOSE)
        wanted = st.button("Search", type="primary", key="search_ask", on_click=guarded(_keep))
    remember(_BEGUN, json.dumps(asked().plain()))
    remember(_WHY, str(st.session_state.get(PURPOSE, "")).strip())
    return asked() if wanted else None


def _keep() -> None:
    """Called before the form is drawn again, which folds the fields: the answer is to stand on the first screen."""
    question = st.session_state[ASKED] = asked()
    remember(_LAST, json.dumps(question.plain()))


def _restore() -> None:
    """Fill the form as it was left, on coming back to the page and at the beginning of a session."""
    if "search_words" in st.session_state:
        return
    question = st.session_state.get(ASKED)
    if question is None and (last := recalled(_LAST)):
        question = Question.of(json.loads(last))
    begun = recalled(_BEGUN)
    _fill_in(Question.of(json.loads(begun)) if begun else question or Question())
    st.session_state[PURPOSE] = recalled(_WHY) or ""
    if question is not None:
        st.session_state[ASKED] = question


def _fields(question: Question | None) -> str:
    """The line above the fields, which tells what is in them when they are folded."""
    told = {} if question is None else question.plain()
    filled = ", ".join(name for part, name in _IN_FIELDS.items() if part in told)
    return f"Fields, filled in: {filled}" if filled else "Fields for vehicle, person, behaviour, place and time"


def _what() -> None:
    left, middle, right = st.columns(3)
    left.text_input("Vehicle", key="search_vehicle", placeholder="silver 4x4")
    left.text_input("Registration", key="search_plate", placeholder="?K5*", help=WILDCARDS)
    left.caption(as_written(f"{WILDCARDS} {PIECES}"))
    middle.text_input("Person", key="search_person", placeholder="stubble, bald, stocky, 5 ft 10")
    middle.text_input("Phone, e-mail or account (; between)", key="search_identifier", placeholder="*4471")
    middle.text_input("Like report", key="search_like", help="Ranks by the evidence that linking uses")
    for name, label, _ in _BEHAVIOURS:
        right.text_area(f"{label}, one behaviour a line", key=f"search_{name}", height=68)


def _where_and_when() -> None:
    near, within, first, last, part = st.columns([2, 1, 1, 1, 1])
    near.text_input("Near (town or postcode)", key="search_near")
    within.number_input("Within km", 1, 500, key="search_within")
    first.text_input("From (day, month or year)", key="search_from")
    last.text_input("To", key="search_to")
    part.text_input("Part of the day", key="search_day_part", placeholder="night")
    kept, must = st.columns(2, vertical_alignment="bottom")
    kept.checkbox("Keep places known only by region", key="search_regions")
    kept.checkbox("Keep unsure dates and hours", key="search_unsure")
    must.multiselect("Must be said and agree", sorted(MUST), key="search_must")


def asked() -> Question:
    """The question that stands in the form."""
    state = st.session_state
    texts: dict[str, Any] = {part: str(state.get(f"search_{name}", "")).strip() for name, part in _PLAIN.items()}
    lines = [
        f"{sign}{line}" for name, _, sign in _BEHAVIOURS for line in _split(state.get(f"search_{name}", ""), "\n")
    ]
    return Question(
        **texts,
        behaviour=tuple(lines),
        identifier=tuple(_split(state.get("search_identifier", ""), ";")),
        within_km=float(state.get("search_within", NEAR_KM)) if texts["near"] else None,
        must=frozenset(state.get("search_must", ())),
        words_as=state.get("search_way", SIMILAR),
        regions=bool(state.get("search_regions", True)),
        unsure=bool(state.get("search_unsure", True)),
    )


def fill(question: Question) -> None:
    """Put a question into the form and ask it. To be called before the form is drawn, as from a button."""
    _fill_in(question)
    st.session_state[ASKED] = question
    remember(_BEGUN, "")
    remember(_LAST, json.dumps(question.plain()))


def asked_again(question: Question) -> None:
    """Ask a question that differs from the one in the form only in what was taken out of it."""
    st.session_state[ASKED] = question
    remember(_LAST, json.dumps(question.plain()))


def ask_address() -> None:
    """Ask the words that the address brings (`?words=`), once: what is asked afterwards is not undone by it."""
    words = st.query_params.get("words", "").strip()
    if words and st.session_state.get(_BROUGHT) != words:
        st.session_state[_BROUGHT] = words
        fill(Question(words=words))


def into_address(question: Question) -> None:
    """Let the address bring a question of words alone again; one with more in it is no address."""
    alone = question.words if set(question.plain()) == {"words"} else ""
    if alone == st.query_params.get("words", ""):
        return
    st.session_state[_BROUGHT] = alone
    if alone:
        st.query_params["words"] = alone
    else:
        del st.query_params["words"]


def clear() -> None:
    """Empty the form, and ask nothing. To be called before the form is drawn, as from a button."""
    _fill_in(Question())
    st.session_state[PURPOSE] = ""
    st.session_state.pop(ASKED, None)
    for name in (_LAST, _WHY, _BEGUN):
        remember(name, "")


def _fill_in(question: Question) -> None:
    state = st.session_state
    for name, part in _PLAIN.items():
        state[f"search_{name}"] = getattr(question, part)
    for name, _, sign in _BEHAVIOURS:
        mine = [line for line in question.behaviour if (line[:1] if line[:1] in ("+", "-") else "") == sign]
        state[f"search_{name}"] = "\n".join(line.removeprefix(sign) for line in mine)
    state["search_identifier"] = "; ".join(question.identifier)
    state["search_within"] = round(question.within_km or NEAR_KM)
    state["search_must"] = sorted(question.must)
    state["search_way"] = question.words_as if question.words_as != SENTENCES or installed() else SIMILAR
    state["search_regions"], state["search_unsure"] = question.regions, question.unsure


def _split(text: str, at: str) -> Sequence[str]:
    return [part.strip() for part in text.split(at) if part.strip()]
