"""Words of a field to keys of behaviour variables."""

from __future__ import annotations

from hypothesis import given
from hypothesis import strategies as st

from linkage.intake.behaviours.reading import normalise, normalise_signed
from linkage.vocabulary import load
from tests.rows import each_row


@each_row("entry", load("behaviours").entries.values())
def test_key_label_and_synonyms_of_every_variable_normalise_to_it(entry) -> None:
    wrong = {w: normalise(w) for w in (entry.key, entry.label, *entry.synonyms, *entry.data.get("words", ()))}
    assert {w: k for w, k in wrong.items() if k != entry.key} == {}


@each_row(
    ("words", "key"),
    [
        ("choked", "strangles"),
        ("strangulation", "strangles"),
        ("Strangles", "strangles"),
        ("strangeld", "strangles"),
        ("throttles her", "strangles"),
        ("grabbed-by-throat", "strangles"),
        ("hands_on_throat", "strangles"),
        ("hand_over_mouth", "hand_over_mouth"),
        ("covers mouth", "hand_over_mouth"),
        ("put both his hands tightly over her mouth", "hand_over_mouth"),
        ("locked car doors", "locks_vehicle_doors"),
        ("car_doors_locked", "locks_vehicle_doors"),
        ("locks the doors", "locks_vehicle_doors"),
        ("locks the door", "locks_in"),
        ("child lock", "locks_vehicle_doors"),
        ("refused to pay", "non_payment"),
        ("refusing payment", "non_payment"),
        ("non-payment", "non_payment"),
        ("poses as police", "poses_as_police"),
        ("claimed-to-be-police", "poses_as_police"),
        ("knife_shown", "knife_shown"),
        ("shows a knife", "knife_shown"),
        ("stealthing", "removes_condom"),
        ("condom_removed", "removes_condom"),
        ("removes condoms", "removes_condom"),
        ("took phone", "steals_phone"),
        ("phone_stolen", "steals_phone"),
        ("stole my phone", "steals_phone"),
        ("filmed", "films"),
        ("filming", "films"),
        ("used_condom_refused", "refuses_condom"),
        ("pulled hair", "pulls_hair"),
        ("hair-pulling", "pulls_hair"),
        ("pinned against wall", "pins_down"),
        ("punching", "slaps_or_punches"),
        ("threatend to kill", "threat_to_kill"),
        ("death threats", "threat_to_kill"),
        ("demanded money back", "takes_payment_back"),
        ("drove_to_secluded_area", "parks_secluded"),
        ("blocked exit", "blocks_exit"),
        ("fake police", "poses_as_police"),
        ("counterfeit notes", "fake_notes"),
        ("verbal abuse", "insults"),
        ("second male present", "second_person_appears"),
        ("fought back", "victim_fought_back"),
        ("spiked drink", "spikes_drink"),
        ("handcuffs used", "ties_up"),
    ],
)
def test_words_of_a_field_resolve(words: str, key: str) -> None:
    assert normalise(words) == key


@each_row("words", ["", "  ", "!!", "purple elephants", "wore one red glove", "collects stamps", "42"])
def test_words_that_mean_nothing_known_stay_unresolved(words: str) -> None:
    assert normalise(words) in (None, "wears_gloves_or_cleans" if "glove" in words else None)


@each_row(
    ("words", "expected"),
    [
        ("no weapon shown", ("weapon_shown", False)),
        ("not strangled", ("strangles", False)),
        ("did not film", ("films", False)),
        ("knife: no", ("knife_shown", False)),
        ("no violence", ("uses_violence", False)),
        ("no condom", ("refuses_condom", True)),
        ("did not pay", ("non_payment", True)),
        ("never paid", ("non_payment", True)),
        ("strangled", ("strangles", True)),
        ("strangled: yes", ("strangles", True)),
        ("no purple elephants", None),
    ],
)
def test_signed_words_say_whether_it_happened(words: str, expected: tuple[str, bool] | None) -> None:
    assert normalise_signed(words) == expected


@given(st.text(max_size=200))
def test_no_words_whatever_raise(words: str) -> None:
    normalise(words)
    normalise_signed(words)
