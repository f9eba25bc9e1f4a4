"""A description belongs to the reported person only when the text ties it to them."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.whose import Whose
from tests.rows import each_row

HIS, NOBODY = {0}, set[int]()


@each_row(
    ("text", "owners"),
    [
        ("He was white, [stocky], wearing a [black hoodie]. The woman struggled free.", [HIS, HIS]),
        (
            "The victim, who was [blonde] and [slim], was picked up by a [bald] man in his [30s].",
            [NOBODY, NOBODY, HIS, HIS],
        ),
        (
            "I was approached by a tall man with a [beard]. I was wearing a [red dress]. He had a [scar].",
            [HIS, NOBODY, HIS],
        ),
        ("Two men, one was white with a [beard], the other was [black] and bald.", [{0}, {1}]),
        ("First man: white, [30s]. Second man: asian, [20s], stocky.", [{0}, {1}]),
        ("The client was a woman in her [40s] with [red hair]. She punched him.", [HIS, HIS]),
        ("A male sex worker, aged [25], met a client who was [fat].", [NOBODY, HIS]),
        ("A man grabbed her. A witness, a [bald] man, came to help. The attacker was [slim].", [NOBODY, HIS]),
        ("[Stocky], [bald], 5ft 10. Drove her to a car park.", [HIS, HIS]),
        ("He pulled her [brown] coat off. His hair was [black].", [NOBODY, HIS]),
        ("Male, white, [stocky build]. The woman pushed him away and ran. Wearing a [cap].", [HIS, HIS]),
        ("A man grabbed the woman. He shouted “you [fat] cow”.", [NOBODY]),
        ("The worker is [25] and [slim]. The client was [50].", [NOBODY, NOBODY, HIS]),
        # others told of in running prose
        ("She had on one [white trainer], the other left in the car. Her attacker was [tall].", [NOBODY, HIS]),
        ("Driver Paula Raine, [55], asked a lad for his fare. He spat at her. He was [14].", [NOBODY, HIS]),
        ("An agency driver, [bald], foiled a kidnap in Hull. The client was [60].", [NOBODY, HIS]),
        ("He panicked. A lorry stopped and I ran to the driver, an older man in an [orange jacket].", [NOBODY]),
        ("He sat next to me in my work gear, [fishnets] n a [red mac]. [70s].", [NOBODY, NOBODY, HIS]),
        ("I was robbed in my flat by a [white] man, about [40]. He was [bald].", [HIS, HIS, HIS]),
        ("He sat in my kitchen, [bald], about [40].", [HIS, HIS]),
        ("S = tall [white] man, [40s], [bald].", [HIS, HIS, HIS]),
        ("Friends... two of them robbed me. One was [tall] and [bald].", [{0}, {0}]),
        ("Two friends took a lift. He told the pair, aged [18], that he had killed. He is [fat].", [NOBODY, HIS]),
        ("Phones were taken from two cousins, [16] and 17, by a man who was [bald].", [NOBODY, HIS]),
        ("My client was a woman. I'm male, [29]. She was [fifty].", [NOBODY, HIS]),
        ("Retired librarian, [white hair] cut short: she remembers his breath. He's [slim].", [NOBODY, HIS]),
        ("Lad I know, [22], got a cab home. The driver, [fat], thumped him.", [NOBODY, HIS]),
        ("As i sat down his mate came out the bathroom, [white]. He was [skinny].", [{1}, {1}]),
    ],
)
def test_descriptions_are_given_to_whom_they_describe(text: str, owners: list[set[int]]) -> None:
    plain, spans = unmarked(text)
    whose = Whose.read(plain)
    assert [set(whose.person(start, end)) for start, end in spans] == owners


@each_row(
    ("text", "his"),
    [
        ("He drove a [silver Mondeo].", True),
        ("She got into a [silver Mondeo].", True),
        ("I saw a [blue van] pull up.", True),
        ("Driving [silver Shogun].", True),
        ("He was in a [black BMW] taxi.", True),
        ("She was driving her [red Corsa].", False),
        ("She flagged down a passing [white van].", False),
        ("He pushed her against a parked [red Fiesta].", False),
        ("She got a [taxi] home.", False),
        ("I was parked in my [blue Astra] when he came.", False),
        ("A passing driver in a [white van] stopped to help.", False),
        ("A friend picked her up in a [green Polo].", False),
    ],
)
def test_vehicles_are_his_unless_they_are_somebody_elses(text: str, his: bool) -> None:
    plain, spans = unmarked(text)
    assert Whose.read(plain).vehicle(*spans[0]) is his


@each_row(
    ("text", "his"),
    [
        ("He called her from [07700 900123].", True),
        ("His number was [07700 900123].", True),
        ("He called me on [07700 900123].", True),
        ("Please call us on [0800 555111].", False),
        ("Call Crimestoppers on [0800 555111].", False),
        ("My number is [07700 900123].", False),
        ("He texted her phone from [07700 900123].", True),
    ],
)
def test_numbers_are_his_unless_they_are_somebody_elses(text: str, his: bool) -> None:
    plain, spans = unmarked(text)
    assert Whose.read(plain).identifier(spans[0][0]) is his


@each_row(
    ("text", "count"),
    [
        ("he was tall", 1),
        ("two men got out", 2),
        ("three white males in a car", 3),
        ("a man came, then a second man", 2),
        ("he left and another man came in", 2),
        ("two men came to help her", 1),
        ("a group of 4 men", 4),
        ("one man", 1),
        ("He kicked my door. 30s, bald. Had a lad w him in a yellow beanie.", 2),
        ("Warning for the lads who use the sauna. Slim man, late twenties. He follows you home.", 1),
        ("Women share word of a man. He comes on foot and offers them a smoke. One took it.", 1),
        ("I had arranged to meet one man. When I got there, two others came from behind the bins.", 3),
        ("The notes, five of them, were counterfeit. The man was bald.", 1),
        ("He let in a man. A woman came in after him and took the money.", 2),
        ("He texted. Did the same to my mate. Posting for me and another lad. The man is 60.", 1),
    ],
)
def test_reported_people_are_counted(text: str, count: int) -> None:
    assert Whose.read(text).count() == count


@each_row(
    ("text", "helped"),
    [
        ("A man grabbed her. A taxi driver [drove her home].", True),
        ("He ran off. A passing nurse in a blue tunic, 40, [took her to hospital].", True),
        ("A postman saw part of it and [took her home].", False),  # who only looked on may begin another's clause
        ("She was talking to a neighbour when he [punched her].", False),
        ("He told the receptionist that he [would kill her].", False),
        ("The maid let him in; he [locked the door].", False),
        ("A friend says someone [put up bad reviews].", False),
        ("The cleaner [was followed home].", False),
        ("He said her mother [would be next].", False),
        ("Instead of stopping, the driver [ignored her pleas].", False),
    ],
)
def test_a_deed_is_a_helpers_only_in_their_own_clause(text: str, helped: bool) -> None:
    plain, ((start, _),) = unmarked(text)
    assert Whose.read(plain).done_by_bystander(start) is helped


def test_a_known_sex_turns_the_pronouns_round() -> None:
    whose = Whose.read("She was tall. He was slim.", "female")
    assert set(whose.person(8, 12)) == HIS
    assert set(whose.person(21, 25)) == NOBODY


@given(st.text(max_size=120), st.integers(0, 130), st.integers(1, 10))
def test_no_text_raises(text: str, start: int, length: int) -> None:
    whose = Whose.read(text)
    start = min(start, len(text))
    whose.person(start, start + length)
    whose.vehicle(start, start + length)
    whose.identifier(start)


def unmarked(text: str) -> tuple[str, list[tuple[int, int]]]:
    """The text without its brackets, and the spans that stood in them."""
    plain, spans = "", []
    for piece in text.split("["):
        inside, closed, rest = piece.partition("]")
        if closed:
            spans.append((len(plain), len(plain) + len(inside)))
        plain += inside + rest
    return plain, spans
