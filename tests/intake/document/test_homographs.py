"""Names written like everyday words: months, days and first names beside the verbs and nouns they look like."""

from __future__ import annotations

from linkage import extract_report
from tests.rows import each_row


@each_row(
    ("text", "behaviours"),
    [
        ("On 5 May 2024 two men in Bradford raped her.", {"vaginal_rape"}),
        ("Then on 1 May a client strangled me.", {"strangles"}),
        ("On 12 May a white man in his 40s forced oral sex.", {"forced_oral"}),
        ("At end of May a man spat at me.", {"spits"}),
        ("on 3rd of may a client strangled me", {"strangles"}),
        ("Between 1 and 7 May a client strangled me", {"strangles"}),
        ("On 5 March a client strangled me.", {"strangles"}),
        ("On Sat 4 may a man refused to pay", {"non_payment"}),
        ("A client called Will refused to pay.", {"non_payment"}),
        ("a man called will refused to pay", {"non_payment"}),
        ("his name was mark and he hit me", {"slaps_or_punches"}),
        ("Rob punched me in the face.", {"slaps_or_punches"}),
        ("The punter, Rob, refused to pay.", {"non_payment"}),
        ("Mark refused to pay. Bill spat at me.", {"non_payment", "spits"}),
        ("A man I knew as Grant strangled me.", {"strangles"}),
        ("A woman called Hope was strangled.", {"strangles"}),
        ("My friend Sue was strangled by a client", {"strangles"}),
        ("A client, Drew, spat at me", {"spits"}),
        # the everyday words, which stay what they are
        ("he may rob you", set()),
        ("They Will hit you", {"threatens_violence"}),
        ("He sat on me and strangled me", {"pins_down", "strangles"}),
        ("I hope he is caught, he strangled me", {"strangles"}),
        ("He left a mark on my neck", set()),
        ("He threatened to mark me", {"threatens_violence", "weapon_threatened"}),
    ],
)
def test_a_name_is_no_everyday_word(text: str, behaviours: set[str]) -> None:
    assert set(extract_report(text).behaviours.present) == behaviours
