"""What the reported person said."""

from __future__ import annotations

from hypothesis import given, settings
from hypothesis import strategies as st

from linkage.intake.assemble.extract import extract_report
from linkage.intake.document.document import quoted, read_document
from linkage.intake.finding import Finding
from linkage.intake.judge import utterances
from linkage.intake.judge.utterances import reported_speech
from tests.rows import each_row


def found_in(text: str) -> list[Finding]:
    return reported_speech(read_document(text))


@each_row(
    ("text", "said"),
    [
        ('He said "get in the car now" and grabbed her.', ["get in the car now"]),
        ("He shouted “you’re dead” at her.", ["you’re dead"]),
        ("He told her 'don't scream or I'll hurt you' and left.", ["don't scream or I'll hurt you"]),
        ('He branded her "a dirty liar" and left.', ["a dirty liar"]),
        ('"Move, move!" the man hollered.', ["Move, move!"]),
        ('A profile called "RedKite61" had booked him.', []),
        ("‘Nobody will believe you,’ he said.", ["Nobody will believe you"]),
        ('He kept saying "good girl" and then "be quiet now".', ["good girl", "be quiet now"]),
        ('She said "please stop" and he said "shut your mouth".', ["shut your mouth"]),
        ('I shouted "leave me alone" and ran.', []),
        ('"Let me go," she screamed.', []),
        ('The woman told him "no condom no sex".', []),
        ("It was a 'working' flat.", []),
        ("He took the woman's bag and the worker's phone.", []),
        ("No speech here at all.", []),
        ('Knock at the door, "open up, police". Two men came in.', ["open up, police"]),
        ('He stamped on his back, shouting "queer" and "nonce".', ["queer", "nonce"]),
    ],
)
def test_quoted_words_of_the_reported_person_are_kept_and_hers_are_not(text: str, said: list[str]) -> None:
    found = [f for f in found_in(text) if f.rule == "quoted"]
    assert [f.value for f in found] == said


def test_the_span_holds_the_exact_words() -> None:
    text = 'Then he said "you will be next" and left.'
    (found,) = found_in(text)
    assert found.words(text) == "you will be next"


@each_row(
    ("text", "said"),
    [
        ("he went we're only having fun. then he left", "we're only having fun"),
        ("took my tin n said dont tell anyone.", "dont tell anyone"),
        ("he say you look nice. After he walk to the station.", "you look nice"),
        ("2 kept watch & said leave it mate. They left.", "leave it mate"),
        ("The man shouted ur all dirt.", "ur all dirt"),
        ("he was like nobody will believe you. i ran", "nobody will believe you"),
    ],
)
def test_words_to_her_without_quotation_marks_are_kept_with_less_confidence(text: str, said: str) -> None:
    (found,) = found_in(text)
    assert (found.value, found.rule) == (said, "reported")
    assert found.confidence < 0.9


@each_row(
    "text",
    [
        "He said that he would kill her.",
        "The client told her he knew where she lived.",
        "He threatened to come back with friends.",
        "The doorman told her to leave, which she did.",
        "He says he needs to fetch cash from a machine and goes out.",
        "He said if I shout, the dog will bite me.",
        "Her flatmate saw him go and says he is more like fifty.",
        "A man said her name.",
        "I told him you are not coming in.",
    ],
)
def test_what_is_only_told_in_the_third_person_is_no_speech(text: str) -> None:
    assert found_in(text) == []


@each_row(
    ("text", "said"),
    [
        ("'I thought I was going to die,' a 25-year-old woman told detectives.", []),
        ("'He looked like a grandad,' said a woman who was held there.", []),
        ("'We want to hear from you,' a spokesman said. 'Please ring us.'", []),
        ('"He kept calling her Michelle," said PC Lee, "and we ask anyone who knows him to ring."', []),
        (
            'White, 5\'7", gym body. He said "keep quiet or else" and left. Later she rang us from home.',
            ["keep quiet or else"],
        ),
        (
            'He followed the worker to her door, said "I know where you live now" and tried to push in.',
            ["I know where you live now"],
        ),
        ("Three women were asked to 'audition' by video call.", []),
    ],
)
def test_quotes_of_others_and_inch_marks_are_left_out(text: str, said: list[str]) -> None:
    assert [f.value for f in found_in(text)] == said


@each_row(
    ("words", "clean"),
    [("  “You’re dead” ", "You’re dead"), ('"a   b"', "a b"), ("...", None), ("", None), ("shut up!", "shut up!")],
)
def test_words_of_a_field_are_cleaned(words: str, clean: str | None) -> None:
    assert utterances.as_said(words) == clean


@given(st.text(max_size=200))
@settings(max_examples=150)
def test_no_text_whatever_raises_and_clean_words_stay_as_they_are(text: str) -> None:
    clean = utterances.as_said(text)
    assert clean is None or utterances.as_said(clean) == clean
    assert all(0 <= f.start < f.end <= len(text) for f in found_in(text))


@each_row(
    ("text", "said"),
    [
        ("She had been told to 'say your prayers'.", ["say your prayers"]),
        ("He slapped a worker when she would not go without, and called her 'filth'.", ["filth"]),
        (
            'The driver said the road was "crawling with police, hop in". The woman said no.',
            ["crawling with police, hop in"],
        ),
        ('He stood over the bed while she slept and said "shh, be good".', ["shh, be good"]),
        ("He told three women they would be 'on the next plane'.", ["on the next plane"]),
        ('He announces that he is "from the vice squad".', ["from the vice squad"]),
        ('His only words were "shush, two minutes".', ["shush, two minutes"]),
        ("He told her not to ring, as \"it's me who'll answer\".", ["it's me who'll answer"]),
        (
            'He texted "if you tell them what I did I\'ll come back". She has kept it.',
            ["if you tell them what I did I'll come back"],
        ),
    ],
)
def test_words_said_to_her_are_his_however_the_sentence_leads_up_to_them(text: str, said: list[str]) -> None:
    assert [f.value for f in found_in(text) if f.rule == "quoted"] == said


@each_row(
    "text",
    [
        "In court: 'He broke a bottle and slashed her forearm,' said Miss Ahmed, prosecuting. He denies.",
        "'He had tape laid out in the back before he picked her up,' said the detective in charge in Hull.",
        "'I'd had him twice before and he was good as gold,' says Kayleigh, 33, stirring her tea.",
        "'She looked like chalk and he was smiling,' he told Essex Police. He had stopped his cab.",
        'The eye-witness, a woman in running kit with a head torch, shouted "leave her be"..',
        'A neighbour shouted "I have rung the police" and he let go of her hair and ran across the yard to his car.',
    ],
)
def test_what_a_quotation_narrates_or_somebody_else_says_is_not_his_speech(text: str) -> None:
    assert not found_in(text)


def test_what_a_quotation_narrates_is_read_like_the_rest() -> None:
    text = "In Hull: 'He broke a bottle and slashed her forearm,' said Miss Ahmed, prosecuting. He denies."
    assert not quoted(text)


@each_row(
    "text",
    [
        'DC Ann Moss, of the county force, said: "This girl was very brave."',
        'A cop said: "He has surely done it before."',
        'Shopper Ian, 61, who was buying bread, said: "I took it for a joke."',
        'The driver said yesterday: "I am still sore."',
        '"They had nothing," said his wife, 52. "Not a penny."',
        '"I would urge people to ring us," he added.',
        'He is described as tall and "a bit of a mess".',
        "Shoppers warned after 'nurses' rob widow.",
        'He was promised £50 for a "short film" and was robbed.',
        'He wore a badge saying nothing and the others called him "Big Al".',
        'PC Ray Lowe said: "One had a red hat.\n\n"If you know him, please call 101."',
        'The shop worker said there was "no warning at all".',
        "He said nobody would be hurt.",
    ],
)
def test_words_of_police_witnesses_and_of_the_text_itself_are_none_of_his(text: str) -> None:
    assert found_in(text) == []


@each_row(
    ("text", "said"),
    [
        ('He told her: "Count to fifty." Det Supt Joan Hill said he was tall.', "Count to fifty."),
        ('He told her she was "so fit" and left.', "so fit"),
        ('She was dragged inside and told she would "end up in the river".', "end up in the river"),
        ('"You stupid cow," he yelped.', "You stupid cow"),
        ('A man she had met bragged that he had "killed before".', "killed before"),
        ('When she asked them to move she was called an "old hag".', "old hag"),
        ("He got angry and called her a thieving slag.", "thieving slag"),
    ],
)
def test_his_words_stand_behind_many_ways_of_saying(text: str, said: str) -> None:
    assert [f.value for f in found_in(text)] == [said]


def test_who_spoke_is_asked_of_the_people_of_the_text() -> None:
    text = 'A man robbed a woman in Leeds. He said: "Give me your phone."'
    assert extract_report(text).speech == ["Give me your phone."]
    text = 'A man robbed a shop. A cleaner with a mop came in and shouted "Get out of here". The man ran.'
    assert extract_report(text).speech == []
