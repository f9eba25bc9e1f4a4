"""Help and wellbeing: what the figures mean, what they cannot tell, and care for the person at the screen."""

from __future__ import annotations

import streamlit as st

from dashboard.parts.keys import ACTIONS
from dashboard.parts.tables import Cell, table
from dashboard.parts.wellbeing import GUIDE, looking_after_yourself

PATH = GUIDE
SIGN_ROWS: list[list[Cell]] = [
    ["+ agrees", "Both reports give the value and it agrees. Speaks for the link, the more the rarer the value is."],
    ["~ close", "Near enough for the errors people make: a neighbouring build, a colour that is easily confused."],
    [
        "- differs",
        "Both give a value and they disagree. Speaks against the link. People also misremember and change.",
    ],
    [
        "- agrees, as often happens with others",
        "The sign goes by the weight. What agrees is so usual among all reports, or comes with so much that does not "
        "agree, that it speaks a little against the link.",
    ],
    [
        "o not mentioned",
        "One report tells this, the other tells what happened but does not mention it; or neither mentions it. "
        "People tell a part of what was done, so this weighs a little, and less where a report tells little. It is "
        "not the same as saying that it did not happen: that is “- differs”.",
    ],
    [
        "? not known",
        "At least one report does not say, as of an age, or tells nothing at all of what was done. No weight either "
        "way: what is not known is never counted as absent.",
    ],
]
STRENGTH_ROWS: list[list[Cell]] = [
    ["very strong", "2 or more", "a hundred to one or better, that is more than 9 in 10"],
    ["strong", "1 to 2", "ten to one or better: about 9 in 10"],
    ["moderate", "0 to 1", "more likely than not"],
    ["weak", "-1 to 0", "less likely than not: about 1 to 5 in 10"],
    ["very weak", "below -1", "fewer than 1 in 10"],
]

KEY_ROWS: list[list[Cell]] = [[key, what] for key, what in ACTIONS]


def render() -> None:
    """Draw the page."""
    st.title("Help and wellbeing")
    looking_after_yourself()
    st.header("What this is, and what it is not")
    st.markdown(
        "Linkage suggests which reports may come from the same person, and says why. "
        "A suggested link is **advisory and not evidence of identity**: it is a reason to look, never a finding "
        "about anybody. People decide. Descriptions are what somebody perceived, often in the dark and in fear."
    )
    st.header("What the signs mean")
    table("Signs beside each comparison", ["Sign", "What it means"], SIGN_ROWS)
    st.header("What the figures mean")
    st.markdown(
        "**Weight** is log10 of how much likelier both values are if the reports come from one person than from two: "
        "+1 is ten times likelier, -1 ten times less likely. **Starting belief** is what any two reports have before "
        "anything is compared: very low, because most pairs have nothing to do with each other. Starting belief and "
        "all weights add up to the **strength**, and the strength gives the chance in words."
    )
    heads = ["Word", "Strength (log10 odds)", "Chance of the same person"]
    table("Words for strength", heads, STRENGTH_ROWS)
    st.markdown(
        "The chances follow from the reports at hand and from stated assumptions. They were not yet checked on real "
        "reports, so read them as an order rather than as exact numbers. "
        "*In brackets* behind a strength stands where the strength of the pair alone lies at most in nine of ten "
        "counts of as many reports. "
        "A pair has two: *pair alone* weighs the two reports and nothing else, *with what all other reports say* is "
        "the final one, for which all series were judged together. In a series, *with all others* takes each member "
        "against the rest together, as against its standing alone or in another series. *One series, or two?* sets "
        "the whole against the best way to part it: what it would fall apart without deserves a second look.\n\n"
        "**Perceived ethnicity, complexion and some accents** are shown and carry no weight unless a setting turns "
        "them on; the run says so.\n\n"
        "**Far apart** is a filter of the inbox, because distance is such strong evidence that it would hide people "
        "who travel.\n\n"
        "**Travel**: road distance is the straight line times 1.4. *Feasible* means that nearly every reading of the "
        "times leaves enough time; *tight* that only some do; *not feasible* that none does; *no shared time limit* "
        "that a day or more lies between. A leg that is not feasible speaks against one person, or for a wrong date."
    )
    st.header("Deciding")
    st.markdown(
        "**Suggested links** is the inbox. *Risk first* says what to look at first and is no evidence. A link needs "
        "a reason for it, *not linked* one against it; *unsure* and *same incident* are saved at once. *Not linked* "
        "keeps two reports apart from the next linking on. *Link* is soft until a second analyst says so too, who "
        "sees neither the score nor your decision. *Unsure* and *needs information* come back when a report changes, "
        "when the strength moves, or after a while; **Re-opened** says why. Nothing is overwritten: taking back is a "
        "new record."
    )
    table(
        "Keys; they can be switched off under Settings and on the pages where they act",
        ["Key", "What it does"],
        KEY_ROWS,
    )
    st.header("Warning people, and what leaves")
    st.markdown(
        "**Alerts** drafts from a report or a series, of values and never of somebody's sentences. Read it aloud: "
        "would somebody at a bus stop know what to look out for, and could it harm who reported it? Rules stop what "
        "is hers, what only the two could know, and exact places indoors; a person approves, and sending is a "
        "command that is off until your organisation sets it up. Keep one rare detail back, to know a later report "
        "by. A report that **may repeat an alert** shows both strengths; say which it is. **Exports** are asked for, "
        "checked by somebody else, and hold only reports whose consent allows it; enter there what became of a pack. "
        "A consent that is taken back stops what is unsent and names what went out."
    )
    st.header("Privacy")
    st.markdown(
        "Everything stays on this machine; no page sends anything anywhere. Plates and contact details are shown in "
        "part until you ask for them. There is no field for the person who reported or was harmed, and before a new "
        "report is kept, what seems to be their name, number or address is listed to be taken out of its text."
    )
