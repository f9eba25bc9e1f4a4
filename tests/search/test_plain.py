"""How a question is put plainly: slang, misheard makes, alternatives, several people, and those who were harmed."""

from __future__ import annotations

import pytest

from linkage.report import Person, Report
from linkage.search import Question, Searcher
from linkage.search.choices import Choices, spaced
from linkage.search.condition import SAYS
from linkage.search.group_composition import Peopled, group_condition, read_group_composition
from linkage.search.reading import read_question
from linkage.search.report_index import ReportIndex
from linkage.search.slang import plain
from linkage.search.vehicle_phonetics import names_by_sound
from linkage.search.victims import without_victims
from tests.factories import incident
from tests.rows import each_row


@each_row(
    ("asked", "keys"),
    [
        ("flasher", {"exposes_or_masturbates"}),
        ("got his bits out on a bus", {"exposes_or_masturbates"}),
        ("wanker", {"exposes_or_masturbates"}),
        ("groper on the train", {"gropes"}),
        ("copped a feel", {"gropes"}),
        ("drink tampered with", {"spikes_drink"}),
        ("slipped her a mickey", {"spikes_drink"}),
        ("roofied", {"spikes_drink"}),
        ("kicks off when the girl says no", {"violence_on_refusal"}),
        ("can't take no for an answer", {"violence_on_refusal"}),
        ("chucked out of a sauna", {"made_to_leave_by_others"}),
        ("dumped her miles from anywhere", {"releases_far_away"}),
        ("bag snatch", {"steals_property"}),
        ("phone snatcher", {"steals_phone"}),
        ("knifepoint", {"knife_shown"}),
        ("wanted it without a rubber", {"asks_for_unprotected"}),
        ("whipped the johnny off", {"removes_condom"}),
        ("took the johnny away with him", {"destroys_forensics"}),
        ("bogus copper", {"poses_as_police"}),
        ("conman at the door", {"poses_as_police"}),
        ("snide twenties", {"fake_notes"}),
        ("blackmailer", {"demands_money_or_extorts"}),
        ("drove like a maniac", {"drives_dangerously"}),
        ("throttled till she passed out", {"strangles", "knocks_unconscious"}),
        ("sank his teeth in her arm", {"bites"}),
        ("hand over gob", {"hand_over_mouth"}),
        ("legged it", {"flees_on_foot"}),
        ("upskirter", {"films"}),
        ("no show", {"time_waster"}),
        ("exposed himself or wanked", {"exposes_or_masturbates"}),
        ("turned nasty when refused a freebie", {"violence_on_refusal"}),
    ],
)
def test_slang_and_nouns_of_deeds_ask_for_behaviours(asked: str, keys: set[str]) -> None:
    assert keys <= set(read_question(Question(words=asked)).report.behaviours.present)


@each_row(
    "words",
    [
        '"kicks off" at night',
        "flip-flops",
        "boots",
        "a green anorak",
        "silver car",
        "a bar in Leeds",
        "regular build",
    ],
)
def test_words_that_are_no_slang_stay_as_they_are(words: str) -> None:
    assert plain(words).words == words


def test_words_asked_for_exactly_are_not_put_otherwise() -> None:
    asked = read_question(Question(words="legged it", words_as="exact"))
    assert [word for word, _ in asked.words] == ["legged", "it"]


@each_row("words", ["or", "/", "a or", "or b or c or", "a / / b", "- or ,", "_", "two", "man and", "the rubber"])
def test_scraps_of_a_question_are_no_error(words: str) -> None:
    Searcher([incident(narrative="It rained.")]).find(Question(words=words))


def test_the_words_of_slang_are_nothing_that_has_to_be() -> None:
    told = incident(
        report_id="TOLD", narrative="He exposed himself to a jogger.", behaviours=["exposes_or_masturbates"]
    )
    crowd = [incident(report_id=f"C{at}", narrative="It rained.") for at in range(20)]
    assert [row.report_id for row in Searcher([told, *crowd]).find(Question(words="flasher")).rows if row.agrees] == [
        "TOLD"
    ]


@each_row(
    ("heard", "spelt"),
    [
        ("dark green skoder estate", "dark green Skoda estate"),
        ("grey folkswagen", "grey Volkswagen"),
        ("mazder, blue", "Mazda, blue"),
        ("red corser", "red Corsa"),
        ("white sprinta van", "white Sprinter van"),
        ("he fired at the car", "he fired at the car"),
        ("green cabriolet, academic type", "green cabriolet, academic type"),
        ("skoder", "skoder"),
        ("blue van, he feared nobody", "blue van, he feared nobody"),
    ],
)
def test_makes_are_spelt_as_they_sound_among_words_of_a_vehicle(heard: str, spelt: str) -> None:
    assert names_by_sound(heard) == spelt


@pytest.mark.parametrize(
    ("asked", "plate"), [("range rover KX18", "KX18*"), ("red fiesta wk04", "WK04*"), ("van near LS12", None)]
)
def test_the_first_half_of_a_plate_is_a_plate(asked: str, plate: str | None) -> None:
    plates = [one.registration for one in read_question(Question(words=asked)).report.vehicles if one.registration]
    assert plates == ([plate] if plate else [])
    assert not read_question(Question(words=asked)).person.age


def options(words: str) -> list[list[str]]:
    words = spaced(words)
    spans, at = [], 0
    for word in words.split():
        start = words.index(word, at)
        at = start + len(word)
        spans.append((start, start + len(word.rstrip(","))))
    found = Choices(words, spans, [], lambda _: ()).all()
    return [[" ".join(word for word, _ in option.words) for option in choice] for choice in found]


@each_row(
    ("words", "choices"),
    [
        ("a parlour or sauna", [["parlour", "sauna"]]),
        ("a copper or from the council / water board to get in", [["copper", "council", "water board"]]),
        ("bit her or spat at her", [["bit", "spat"]]),
        ("cord, flex or tape", [["cord", "flex", "tape"]]),
        ("grabbed/dragged by the hair", [["grabbed", "dragged"]]),
        ("goes limp or cant breathe", [["goes limp", "cant breathe"]]),
        ("no alternative here", []),
        ("on 01/02", []),
    ],
)
def test_alternatives_are_found(words: str, choices: list[list[str]]) -> None:
    assert options(words) == choices


def test_one_of_several_alternatives_is_enough() -> None:
    pub = incident(report_id="PUB", narrative="It was at the skittles alley.")
    hall = incident(report_id="HALL", narrative="It was at the bingo hall.")
    crowd = [incident(report_id=f"C{at}", narrative="It rained.") for at in range(20)]
    found = Searcher([pub, hall, *crowd]).find(Question(words="skittles or bingo"))
    assert {row.report_id for row in found.rows if row.agrees} == {"PUB", "HALL"}


@each_row(
    ("words", "sexes"),
    [
        ("man and woman working together", ("male", "female")),
        ("robbed by a woman together with a man", ("male", "female")),
        ("couple who rob escorts", ("male", "female")),
        ("bloke and his girlfriend", ("male", "female")),
        ("small woman with an Irish accent working with a man", ("male", "female")),
        ("two men in a van", ("male",)),
        ("gang of girls", ("female",)),
        ("two up on a moped", ()),
        ("his mates turned up", ()),
        ("man attacked a woman", None),
        ("man or woman", None),
        ("tall man with a knife", None),
    ],
)
def test_several_people_are_asked_for(words: str, sexes: tuple[str, ...] | None) -> None:
    read = read_group_composition(words)
    assert (read[0].sexes if read else None) == sexes


def test_the_number_and_sexes_of_people_are_compared() -> None:
    def told(*sexes: str | None) -> Report:
        return Report(report_id="", suspects=[Person.model_validate({"sex": sex}) for sex in sexes])

    asked = read_group_composition("a man and a woman")
    assert asked is not None
    people = Peopled(
        ReportIndex.of([told("male", "female"), told("male", None), told("male"), told("male", "male"), told()])
    )
    condition = group_condition(asked[0], people)
    assert [SAYS[code] for code in condition.says] == ["agrees", "close", "differs", "differs", "not known"]
    assert condition.weights[0] > condition.weights[1] > 0 > condition.weights[2]


@each_row(
    ("words", "least", "most"),
    [
        ("three men balaclava machete", 3, 3),
        ("Leeds - 2 males", 2, 2),
        ("two or three lads", 2, 3),
        ("2-3 lads", 2, 3),
        ("gang of four youths", 4, 4),
        ("at least three men", 3, None),
        ("more than two men", 3, None),
        ("three men or more", 3, None),
        ("several men", 2, None),
        ("couple of blokes", 2, None),
        ("a man and a woman", 2, None),
    ],
)
def test_the_number_of_people_asked_for_is_read(words: str, least: int, most: int | None) -> None:
    read = read_group_composition(words)
    assert read is not None
    assert (read[0].least, read[0].most) == (least, most)


@pytest.mark.parametrize(
    ("words", "says"),
    [
        ("two men", ["differs", "agrees", "close", "close", "differs", "close", "not known"]),
        ("three men", ["differs", "close", "agrees", "close", "differs", "close", "not known"]),
        ("at least three men", ["differs", "close", "agrees", "agrees", "differs", "close", "not known"]),
        ("several men", ["differs", "agrees", "agrees", "agrees", "differs", "close", "not known"]),
    ],
)
def test_another_number_of_people_than_asked_for_does_not_agree(words: str, says: list[str]) -> None:
    told = [["male"] * 1, ["male"] * 2, ["male"] * 3, ["male"] * 4, ["female"] * 2, ["male", None], []]
    reports = [
        Report(report_id="", suspects=[Person.model_validate({"sex": sex}) for sex in sexes]) for sexes in told
    ]
    asked = read_group_composition(words)
    assert asked is not None
    condition = group_condition(asked[0], Peopled(ReportIndex.of(reports)))
    assert [SAYS[code] for code in condition.says] == says
    assert all((condition.weights[at] > 0) == (one in ("agrees", "close")) for at, one in enumerate(says))


@each_row(
    ("words", "left"),
    [
        ("robbed an old lady, red car", "robbed her        , red car"),
        ("attack on trans sex worker", "attack on her             "),
        ("followed a young student home", "followed her             home"),
        ("threatens to out the women", "threatens to out her      "),
        ("bloke robbed by a woman", "bloke robbed by a woman"),
        ("female attacker with a knife", "female attacker with a knife"),
        ("woman who robbed a man with a beard", "woman who robbed a man with a beard"),
    ],
)
def test_whom_it_was_done_to_is_not_asked_for(words: str, left: str) -> None:
    assert without_victims(words) == left
    assert len(without_victims(words)) == len(words)


def test_a_word_of_a_deed_that_was_read_and_that_no_report_has_rules_nothing_out() -> None:
    told = [incident(report_id=f"R{at}", behaviours=["non_payment"] if at < 3 else []) for at in range(40)]
    found = Searcher(told).find(Question(words="refused to settle the bill afterwards"))
    assert {row.report_id for row in found.rows if row.agrees} == {"R0", "R1", "R2"}
