"""Several reported people told apart: by colour, age, seat, part, name and kin, as appeals describe them."""

from __future__ import annotations

from linkage.intake import extract_report
from linkage.intake.whose import Whose
from tests.intake.test_whose import unmarked
from tests.rows import each_row

ONE, TWO, THREE = {0}, {1}, {2}

TOLD: list[tuple[str, list[set[int]]]] = [
    ("Three youths attacked him. The third hung back. He wore [white trainers].", [THREE]),
    (
        "The driver was a [stout] man. A second man was in the back. That one, described as [spindly], held her.",
        [ONE, TWO],
    ),
    (
        "Two men, one black and one white, attacked her. The white man was [bald]. The black man had [dreadlocks].",
        [TWO, ONE],
    ),
    (
        "Two men robbed her, one aged about 20 and one about 40. The older man was [bald]. The "
        "younger had a [quiff].",
        [TWO, ONE],
    ),
    (
        "Three men attacked her. The driver was [white]. The front passenger was [black], in his 20s."
        " The man in the back was [Asian].",
        [ONE, TWO, THREE],
    ),
    (
        "A man attacked her while another kept watch. The attacker was [bald]. The lookout had a [ponytail].",
        [ONE, TWO],
    ),
    (
        "A woman was held in a mill by a man and a woman who believed that she owed them money. He threatened her; "
        "his partner had a [lip ring]. He is [bony], she is [curvy].",
        [TWO, ONE, TWO],
    ),
    (
        "A man in a wheelchair was robbed. Two girls snatched a bag from his lap. The shorter has a [black bob]; the "
        "bigger one wore a [pink jacket].",
        [ONE, TWO],
    ),
    (
        "The suspects are a man of about 30, 5ft 10in, with a [fade], and a woman of about 25 with a [ponytail].",
        [ONE, TWO],
    ),
    (
        "Two men robbed her. One is 30ish and [bald]. The second never gave a name and was mixed "
        "race, with [plaits].",
        [ONE, TWO],
    ),
    (
        "She was robbed by two men. The first man, who called himself Ryan, came in alone, then a "
        "second man. Ryan is [bald]. His companion had a [ponytail].",
        [ONE, TWO],
    ),
    (
        "Three men forced their way in. A) [Black], 20ish, orange coat. B) [White], 20ish, cap. C) "
        "[Mixed race], hoodie.",
        [ONE, TWO, THREE],
    ),
    (
        "Police believe that a mother and son were responsible for a fraud on four escorts. He is "
        "[white] and 5ft 10in, with a fringe. She is 49 and [overweight].",
        [TWO, ONE],
    ),
    (
        "A man and a woman visited an escort of 53. They left with £700. He was [white], 45 to 50, "
        "with a quiff. She was [Chinese], about 30, slim.",
        [ONE, TWO],
    ),
    (
        "A woman and her boyfriend are accused of forcing other women to pay. The woman has a "
        "[mohican]. The boyfriend is [bald].",
        [ONE, TWO],
    ),
    (
        "Heads up re: woman with a trolley. She is [Welsh]. Two workers were robbed in a flat by a "
        "man. The man was [bald].",
        [ONE, TWO],
    ),
    ("Did you see this man? A sex worker was followed to her door. He has an [afro].", [ONE]),
    ("A man of 31 who sells sex was punched by a client. The client was [bald].", [ONE]),
    (
        "She was held down by one man while a second raped her. The man who held her was [Asian]. The "
        "rapist was [bald].",
        [ONE, TWO],
    ),
    (
        "Four youths set upon her. One of them was [bald]. Another one had an [afro]. A third took her bag. The last "
        "lad had a [ponytail].",
        [ONE, TWO, {3}],
    ),
    (
        "Three men bundled her into a car. The one giving orders was [black]. Number two was a [stout] man. Number "
        "three, [Asian], had a scarf.",
        [ONE, TWO, THREE],
    ),
    (
        "A car with three men passed her. The driver, [Asian], did the talking. Two of them got out. One, [stout], "
        "grabbed her. The second, [bald], filmed it.",
        [ONE, TWO, THREE],
    ),
    (
        "Three brothers attacked her. The eldest was [stout]. The middle one was [bald]. The youngest was [slim].",
        [ONE, TWO, THREE],
    ),
    (
        "Two men robbed her. A polite man was [bald]. A different man came in, and he was [stout].",
        [ONE, TWO],
    ),
    (
        "Three people robbed her. The eldest was a man with a [beard]. The second was a woman with [braids]. The "
        "last of the trio was [slim].",
        [ONE, TWO, THREE],
    ),
    (
        "Two men drove off with her. One sat in the back and was [bald]. The driver was [stout].",
        [ONE, TWO],
    ),
    (
        "A man and a woman robbed her. The wife has [auburn] hair. The husband is [bald].",
        [TWO, ONE],
    ),
    (
        "Someone using the name Marcus met her and came back with two other men. Marcus: [bald]. Man two: [stout]. "
        "Man three: [slim].",
        [ONE, TWO, THREE],
    ),
    (
        "She was robbed by a couple. The woman of the couple, who has a [bob], kept her talking. A man was waiting. "
        "He is [bald].",
        [TWO, ONE],
    ),
    (
        "The first man was [bald]. His accomplice, who waited in the car, was an older white man with a [moustache].",
        [ONE, TWO],
    ),
    (
        "The gang was made up of two men and a girl. The men were [bald]. The girl had a [ponytail].",
        [{0, 1}, THREE],
    ),
    (
        "Three men are sought. The one who booked had [dreadlocks]. Upstairs were a bald man with a "
        "[neck brace] and a younger one, [Asian].",
        [ONE, TWO, THREE],
    ),
    (
        "A couple walking their dogs came across her. He's a [bald] teacher. She had been robbed by a man. "
        "The man had a [beard].",
        [set(), ONE],
    ),
    (
        "Three youths robbed her in a first-floor flat. One was [bald]; one was [slim]; the last was [stout].",
        [ONE, TWO, THREE],
    ),
    ("Officers are both interested in a man who robbed her. He is [bald].", [ONE]),
]


@each_row(("text", "each"), TOLD)
def test_each_of_several_has_his_own_looks(text: str, each: list[set[int]]) -> None:
    plain, spans = unmarked(text)
    whose = Whose.read(plain)
    assert [set(whose.person(start, end)) for start, end in spans] == each


def test_companions_who_came_with_a_man_are_reported_too() -> None:
    assert Whose.read("A man returned to her flat with two companions. The ringleader was Asian.").count() == 3


def test_each_has_the_age_that_is_told_beside_him() -> None:
    people = extract_report("Two men robbed her, one aged about 20 and one about 40.").suspects
    assert [(one.age.min, one.age.max) for one in people if one.age] == [(18, 22), (38, 42)]


def test_a_reported_woman_is_told_apart_from_the_one_who_was_harmed() -> None:
    woman = extract_report(
        "Surrey Police would like to hear from anyone who saw a man and a woman leave a flat in "
        "Woking. The escort they visited, a 53-year-old with auburn hair, was told to be quiet. They "
        "left with £700. He was white, 45 to 50, with a grey suit. She was Chinese, about 30, slim, "
        "in a red trouser suit."
    ).suspects[1]
    assert (woman.sex, woman.ethnicity, woman.build, woman.hair) == ("female", ["east_asian"], ["slim"], None)
