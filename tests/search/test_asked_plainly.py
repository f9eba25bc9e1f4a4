"""Marks, numbers, distances and scripts of a question: what is read, and what must read as nothing."""

from __future__ import annotations

from linkage.search import Question, Searcher
from linkage.search.marks import without_marks
from linkage.search.reading import read_question
from tests.factories import incident
from tests.rows import each_row
from tests.search.test_answers import KEPT


@each_row(
    ("asked", "plates", "last"),
    [
        ("Is he northern?", [], "northern"),
        ("did he drive?", [], "drive"),
        ("Any idea who?", [], "who"),
        ("a man called Dave?", [], "Dave"),
        ("does he wear a beanie?", [], "beanie"),
        ("really??", [], "really"),
        ("what?!", [], "what"),
        ("was it a 4x4?", [], "4x4"),
        ("in LS12?", [], "LS12"),
        ("on the M62?", [], "M62"),
        ("around 2014?", [], "2014"),
        ("a Transit? or so?", [], "so"),
        ("about 6ft?", [], "6ft"),
        ("was the plate seen by Dave?", [], "Dave"),
        ("reg ABC?", ["ABC?"], "ABC?"),
        ("plate starting ABC?", ["ABC*"], "ABC?"),
        ("?K5*", ["?K5*"], "?K5*"),
        ("KX18?", ["KX18?"], "KX18?"),
        ("yh05?", ["YH05?"], "yh05?"),
        ("YH05 ???", ["YH05???"], "???"),
        ("SP1? ???", ["SP1????"], "???"),
        ("SP1????", ["SP1????"], "SP1????"),
        ("near LS6??", [], "LS6"),
        ("a van, 7XK?", ["7XK?"], "7XK?"),
    ],
)
def test_a_question_mark_after_a_word_is_punctuation(asked: str, plates: list[str], last: str) -> None:
    read = read_question(Question(words=asked))
    assert [one.registration for one in read.report.vehicles if one.registration] == plates
    assert read.words[-1][0].strip("() ") == last


def test_marks_in_quotes_stay() -> None:
    assert without_marks('he said "Dave?" to Jim?') == 'he said "Dave?" to Jim '


@each_row("asked", ["flat 1", "1", "1 bald man", "0", "yes", "always", "y", "2 picture frames"])
def test_an_answer_without_a_word_for_glasses_is_none(asked: str) -> None:
    assert all(one.glasses is None for one in read_question(Question(words=asked)).report.suspects)


@each_row(
    ("asked", "worn"),
    [("glasses", True), ("bald specs", True), ("horn rimmed", True), ("spectacled", True), ("no glasses", False)],
)
def test_words_for_glasses_are_read(asked: str, worn: bool) -> None:
    assert read_question(Question(words=asked)).person.glasses is worn


@each_row(
    ("asked", "ethnicity"),
    [
        ("fat bald black beard", []),
        ("man with black beard and white trainers", []),
        ("5 foot 7 fat bald black beard", []),
        ("black bushy beard", []),
        ("white moustache", []),
        ("black and grey beard", []),
        ("asian, black beard", ["asian"]),
        ("white man black beard", ["white"]),
        ("black man with beard", ["black"]),
        ("black, beard", ["black"]),
    ],
)
def test_the_colour_of_a_beard_is_of_the_beard(asked: str, ethnicity: list[str]) -> None:
    for question in (Question(words=asked), Question(person=asked)):
        person = read_question(question).person
        assert (person.ethnicity, bool(person.facial_hair)) == (ethnicity, True)


@each_row(
    ("asked", "colour"),
    [
        *((f"van {word} ladders", []) for word in ("and", "old", "back", "can", "than", "what", "lack", "other")),
        ("van and ladders", []),
        ("sand van", ["beige"]),
        ("slver van", ["silver"]),
        ("balck van", ["black"]),
    ],
)
def test_an_everyday_word_is_no_colour_misspelt(asked: str, colour: list[str]) -> None:
    read = read_question(Question(words=asked))
    assert [one.colour for one in read.report.vehicles] == [colour]
    assert read.person.ethnicity == []


@each_row(
    ("asked", "method"),
    [
        ("filmed on phone", None),
        ("filmed her on phone", None),
        ("filmed on the phone, bald", None),
        ("called her on the phone", "phone"),
        ("booked by phone and filmed", "phone"),
        ("filmed, by phone", "phone"),
    ],
)
def test_what_it_was_filmed_on_is_no_way_of_getting_in_touch(asked: str, method: str | None) -> None:
    assert read_question(Question(words=asked)).report.contact.method == method


TOLD = [
    incident(
        report_id="ONE",
        narrative="A man strangled her. He drove a silver van and called himself Dave.",
        vehicle="silver van",
        behaviours=["strangles"],
    ),
    incident(report_id="TWO", narrative="قال لها الرجل أنه سيعود. She was alert and new to it."),
    incident(report_id="THREE", narrative="Он сказал: молчи. 他打我然后跑了"),
    *(incident(report_id=f"C{at}", narrative="It rained.") for at in range(30)),
]
SEARCHER = Searcher(TOLD)


def listed(words: str) -> list[str]:
    return [row.report_id for row in SEARCHER.find(Question(words=words)).rows if row.agrees]


@each_row("asked", ["Dave", "dave", "a man called Dave"])
def test_a_name_is_looked_for_as_a_word(asked: str) -> None:
    assert listed(asked) == ["ONE"]


def test_a_name_asks_for_no_sex() -> None:
    assert read_question(Question(words="Colin, white van")).person.sex is None
    assert read_question(Question(words="a man called Colin")).person.sex == "male"


@each_row(
    ("once", "again"),
    [
        ("strangled silver", "strangled silver strangled silver"),
        ("strangled silver", "strangled, silver, Strangled! silver. strangling"),
        ("Dave", "Dave dave DAVE (Dave)"),
        ("silver van", "silver van, silver van. silver van"),
        ("strangled dave silver van", " ".join(["strangled dave silver van"] * 400)),
    ],
)
def test_what_is_said_again_counts_no_more(once: str, again: str) -> None:
    first, second = (SEARCHER.find(Question(words=words)).rows[0] for words in (once, again))
    assert first.report_id == second.report_id == "ONE"
    assert second.score <= first.score + 1e-6


@each_row(
    ("asked", "found"),
    [
        ("الرجل", ["TWO"]),
        ("رجل", ["TWO"]),
        ("молчи", ["THREE"]),
        ("МОЛЧИ!", ["THREE"]),
        ("打我", ["THREE"]),
        ('"قال لها"', ["TWO"]),
        ('"لها قال"', []),
        ("женщина", []),
        ('"женщина"', []),
    ],
)
def test_words_of_other_scripts_are_found_as_they_are_written(asked: str, found: list[str]) -> None:
    assert listed(asked) == found
    assert [row.report_id for row in SEARCHER.find(Question(person=asked)).rows if row.agrees] == found


@each_row("asked", ["<script>alert(1)</script>", "new-alert-1", "strangling", "DAVE", "Dave/alert"])
def test_a_word_quoted_as_found_stands_in_the_report(asked: str) -> None:
    of = {report.report_id: report.narrative or "" for report in TOLD}
    rows = SEARCHER.find(Question(words=asked)).rows
    quoted = [
        (row.report_id, reason.words.strip("“”"))
        for row in rows
        for reason in row.reasons
        if reason.says == "agrees" and reason.words.startswith("“")
    ]
    assert quoted
    assert all(words in of[report_id] for report_id, words in quoted)


def test_a_behaviour_of_own_words_quotes_the_words_of_the_report() -> None:
    (row,) = [row for row in SEARCHER.find(Question(behaviour=("new alerts",))).rows if row.agrees]
    assert {reason.words for reason in row.reasons} == {"“new”, “alert”"}


@each_row(
    ("asked", "km"),
    [
        ("bald within 5 km of Manchester", 5),
        ("bald within 5km of Manchester", 5),
        ("within five kilometres of Manchester, bald", 5),
        ("bald, no more than 2 miles from Manchester", 3.22),
        ("within a mile of Manchester", 1.61),
        ("less than half a mile from Manchester", 0.8),
        ("within 500 metres of Manchester", 0.5),
        ("within a radius of 20 km around Manchester", 20),
        ("within a 3 mile radius of Manchester", 4.83),
        ("5 km around Manchester", 5),
        ("within 40 km of manchester", 40),
        ("man from Leeds within 5 km of Manchester", 5),
    ],
)
def test_a_distance_is_how_far_is_looked(asked: str, km: float) -> None:
    (circle,) = read_question(Question(words=asked)).circles
    assert (circle.words.title(), round(circle.km, 3), circle.strict) == ("Manchester", km, True)


@each_row(
    "asked",
    [
        "bald in Manchester",
        "drove 5 miles, Manchester",
        "6 ft, Manchester",
        "within a mile of home, Manchester",
        "dumped her 5 km from Manchester",
    ],
)
def test_words_that_bound_no_place_leave_the_usual_distance(asked: str) -> None:
    circles = read_question(Question(words=asked)).circles
    assert all((one.km, one.strict) == (15.0, False) for one in circles)


@each_row(
    ("question", "note"),
    [
        (Question(words="?"), "Nothing could be read in “?”."),
        (Question(words="*"), "Nothing could be read in “*”."),
        (Question(words="the and of"), "Nothing could be read in “the and of”."),
        (Question(words="the of", near="Leeds"), "Nothing could be read in “the of”."),
        (Question(words="not bald"), "Nothing could be read in “not bald”. What is denied there is not looked for."),
        (
            Question(words="ONE"),
            "ONE is a report; to rank the others by the evidence with it: linkage search --like ONE",
        ),
        (
            Question(behaviour=("flies to the moon",)),
            "No behaviour is known as “flies to the moon”; its words are looked for.",
        ),
    ],
)
def test_what_cannot_be_asked_as_it_stands_is_said(question: Question, note: str) -> None:
    assert SEARCHER.find(question).notes == [note]


@each_row("words", ["silver", "xyzzy", "bald", "in Leeds", "2019", "الرجل"])
def test_what_is_read_needs_no_note(words: str) -> None:
    assert SEARCHER.find(Question(words=words)).notes == []


def test_why_not_says_that_a_report_is_listed() -> None:
    assert SEARCHER.why_not(Question(words="silver van"), "ONE").startswith("ONE is listed: it is number 1 ")
    again = Searcher([*TOLD, TOLD[0].model_copy(update={"report_id": "SAME"})])
    told = again.why_not(Question(words="dave", like="ONE"), "SAME", top=1)
    assert told.startswith("SAME is listed")


@each_row(
    ("words", "vehicle"),
    [
        ("dark coloured car", "black or blue or green or grey"),
        ("dark saloon leeds", "black or blue or green or grey saloon"),
        ("van dark", "black or blue or green or grey van"),
        ("light coloured estate", "beige or gold or silver or white estate"),
        ("dark blue saloon", "blue saloon"),
        ("van, dark man", "van"),
        ("dark hair saloon", "saloon"),
        ("dark skinned driver van", "van"),
    ],
)
def test_a_shade_beside_a_vehicle_asks_for_its_colours(words: str, vehicle: str) -> None:
    asked = KEPT.find(Question(words=words)).asked
    assert [one for one in asked if one.startswith("Vehicle")] == [f"Vehicle: {vehicle}"]
