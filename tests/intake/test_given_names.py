"""First names show a person, but not in names of streets, hospitals and labels, nor where the attacker bears them."""

from __future__ import annotations

from linkage.intake.given_names import sex_of_name
from linkage.intake.unlisted import unlisted
from tests.rows import each_row


@each_row(
    ("text", "name"),
    [
        ("Kelly, 27, went with him.", "Kelly"),
        ("Lisa agreed to go with him.", "Lisa"),
        ("Sarah, who is deaf, was followed.", "Sarah"),
        ("He hit Monika.", "Monika"),
        ("My friend Jade got out.", "Jade"),
        ("Lisa's coat was torn.", "Lisa"),
        ("Tony drove her home.", "Tony"),
    ],
)
def test_a_first_name_is_a_person(text: str, name: str) -> None:
    assert [text[one.start : one.end] for one in unlisted(text, text.lower())] == [name]


@each_row(
    "text",
    [
        "It was off Charlotte Street.",
        "She was taken to St Mary's Hospital.",
        "They met in Victoria Park.",
        "He stole a Michael Kors bag.",
        "He wore Calvin Klein jeans.",
        "The Queen Elizabeth hotel.",
        "Name used: Dave.",
        "A punter called Steve.",
        "He signs himself Gavin.",
        "He booked in the name of Mr Harry.",
        "Sofia: is he bald?\nEmma: yes and short\nSofia: beware",
        "WARNING ABOUT LEE",
    ],
)
def test_no_person_or_not_another(text: str) -> None:
    assert [text[one.start : one.end] for one in unlisted(text, text.lower()) if one.name] == []


def test_the_sex_that_a_name_tells() -> None:
    assert [sex_of_name(name) for name in ("Lisa", "PAUL", "Alex", "Xyz")] == ["female", "male", None, None]
