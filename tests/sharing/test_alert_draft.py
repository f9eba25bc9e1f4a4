"""An alert tells what helps, in the house form, and nothing that could harm who reported. Reports are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.report import Consent, Report
from linkage.review.people import Actor, NotAllowedError
from linkage.sharing import alert_draft
from linkage.sharing.alert_about import About
from linkage.sharing.alert_checks import checked
from linkage.sharing.alert_draft import drafted
from linkage.sharing.alert_facts import Incidents, LeftOut, left_out_of
from linkage.sharing.consent_gate import ConsentError
from linkage.sharing.hold_back_evidence import detail_of
from linkage.store import Account, AlertError, AlertState, HoldBack, HoldBackError, Store, hold_back, read_alert
from tests.factories import empty_run, incident
from tests.store.test_store import Batch
from tests.stores import empty_store

YES = Consent(alert=True)


def told(**words: object) -> Report:
    return incident(**words).model_copy(update={"consent": YES})


def manchester(**changes: object) -> Report:
    words: dict[str, object] = {
        "report_id": "R1",
        "date": "Wednesday 30 September 2009, 9.30-10 pm",
        "town": "Baird Street, Manchester",
        "venue": "street",
        "person": "Male, white British, mid 30s, stocky build, bald, stubble, 5 ft 7, northern accent",
        "vehicle": "silver Shogun 4x4",
        "behaviours": "hand_over_mouth; victim_escaped",
        "weapon": "knife",
        "registration": "AB12CDE",
        "phone": "07700 900 387",
    }
    return told(**{**words, **changes})


def text(*reports: Report, **chosen: str) -> str:
    return drafted(reports, 456, chosen)[1]["email"]


def verdicts(*reports: Report) -> dict[str, str]:
    return {one.rule: one.verdict for one in drafted(reports, 1)[2]}


def test_the_house_form_tells_day_place_time_description_vehicle_deed_and_number() -> None:
    assert text(manchester()).split("\n\n") == [
        "Wednesday 30 September 2009, Baird Street, Manchester. 9.30 pm to 10.00 pm.",
        "Description: Male, perceived as white, mid 30s, about 5 ft 7, stocky build, bald, stubble, northern accent.",
        "Vehicle: silver Mitsubishi Shogun, 4x4, plate begins AB12.",
        "What happened: Puts a hand over the mouth. Weapon: knife. Phone number ends 387.",
        "No: 456.",
    ]


def test_a_text_message_drops_the_least_useful_and_cuts_no_word() -> None:
    short = drafted([manchester()], 456)[1]["short"]
    assert len(short) <= 160
    assert short == (
        "Wednesday 30 September 2009, Baird Street, Manchester. Male, mid 30s, about 5 ft 7, stocky build. "
        "Silver Mitsubishi Shogun, 4x4, plate begins AB12. No: 456"
    )


def test_indoors_the_town_takes_the_place_of_the_street_and_the_part_of_the_day_that_of_the_hour() -> None:
    words = text(manchester(venue="flat"))
    assert words.startswith("Wednesday 30 September 2009, Manchester. Evening.")
    assert "Baird" not in words


def test_a_kind_of_place_that_is_not_known_may_be_a_home() -> None:
    report = manchester()
    place = report.place.model_copy(update={"venue": None})
    assert "Baird" not in text(report.model_copy(update={"place": place}))


def test_a_date_is_as_uncertain_as_it_is_recorded() -> None:
    assert text(told(date="3 May 2019", until="6 May 2019", town="Leeds")).startswith(
        "Between Friday 3 May 2019 and Monday 6 May 2019, Leeds."
    )


def test_a_night_is_told_as_one_only_where_the_hours_cross_midnight() -> None:
    report = told(town="Leeds", date="30 January 2022")
    two_days = report.occurred.model_copy(update={"from_": "2022-01-30", "to": "2022-01-31", "hour_min": 14.7})
    one_night = two_days.model_copy(update={"hour_min": 23.0, "hour_max": 1.0})
    for occurred, words in ((two_days, "Between Sunday 30 January 2022 and"), (one_night, "Night of Sunday 30")):
        assert text(report.model_copy(update={"occurred": occurred})).startswith(words)


def test_what_only_the_two_could_know_is_left_out_until_two_reports_tell_it() -> None:
    one = manchester(behaviours="forced_oral; hand_over_mouth")
    two = manchester(report_id="R2", behaviours="forced_oral; hand_over_mouth")
    assert "oral" not in text(one)
    assert "forces oral sex" in text(one, two).casefold()


def test_several_reports_say_what_they_agree_on_and_what_only_one_tells() -> None:
    one = manchester(marks="scar on the chin", clothing="black cap")
    two = manchester(report_id="R2", date="2 October 2009", marks="scar on the chin", build="medium", person="Male")
    words = text(one, two)
    assert words.startswith("2 reports that may be about one person.")
    alone = "perceived as white; bald; stubble; northern accent; black cap; mid 30s; about 5 ft 7"
    assert f"Told of one incident only: {alone}." in words
    assert "The reports differ on: stocky or medium" in words


def test_two_accounts_of_one_incident_agree_on_nothing_that_only_the_two_could_know() -> None:
    pair = [manchester(report_id=name, behaviours="forced_oral; hand_over_mouth") for name in ("R1", "R2")]
    facts, texts, _ = drafted(pair, 1, incidents={"R1": "I1", "R2": "I1"})
    assert texts["email"].startswith("2 reports of 1 incident. Wednesday 30 September 2009")
    assert "forces oral" not in texts["email"].casefold()
    about = About(pair, facts, frozenset(["R1", "R2"]), incidents=Incidents({"R1": "I1", "R2": "I1"}))
    typed = {"email": "He forces oral sex on the person. No: 1", "short": "Male. No: 1"}
    assert "what only the two could know" in {one.rule for one in checked(typed, about) if one.verdict == "stop"}


def test_a_text_message_of_many_incidents_tells_of_the_person_and_not_of_every_day() -> None:
    many = [manchester(report_id=f"R{day}", date=f"{day} September 2009", venue="flat") for day in range(10, 19)]
    short = drafted(many, 456)[1]["short"]
    assert short.startswith("9 incidents. Friday 18 September 2009, Manchester. Male, perceived as white")
    assert len(short) <= 160


def test_a_text_message_keeps_apart_what_one_of_several_incidents_alone_tells() -> None:
    driver = told(report_id="R1", date="1 May 2019", town="Leeds", person="Male, white, stocky", vehicle="red Golf")
    walker = told(report_id="R2", date="8 May 2019", town="Leeds", person="Male, stocky")
    short = drafted([driver, walker], 7)[1]["short"]
    assert short == (
        "2 incidents. Wednesday 1 May 2019, Wednesday 8 May 2019, Leeds. Male, stocky build. "
        "One incident only: perceived as white, red Volkswagen Golf. No: 7"
    )


@pytest.mark.parametrize(
    ("heights", "told", "standing"),
    [((175, 176), "about 5 ft 9", "agreed"), ((165, 180), "5 ft 5 to 5 ft 11", "differs")],
)
def test_heights_differ_only_where_what_is_told_says_so(heights: tuple[int, int], told: str, standing: str) -> None:
    two = [manchester(report_id=f"R{cm}", person=f"Male, {cm} cm") for cm in heights]
    fact = next(one for one in drafted(two, 1)[0] if one.field == "height")
    assert (fact.shown, fact.standing) == (told, standing)


def test_a_value_of_a_list_carries_its_own_words_and_never_those_of_another() -> None:
    report = manchester(behaviours="hand_over_mouth; grabs")
    raw = report.raw | {"behaviours.present": "hand_over_mouth; took hold of my arm"}
    facts = {one.field: one for one in drafted([report.model_copy(update={"raw": raw})], 1)[0]}
    assert facts["did.hand_over_mouth"].sources == (("R1", ""),)  # given as a key: nobody's words
    assert facts["did.grabs"].sources == (("R1", "took hold of my arm"),)


@pytest.mark.parametrize(
    ("report", "field", "choice", "after"),
    [
        (manchester(date="Sunday 20 August 2010"), "when", "a Sunday in August 2010", "A Sunday in August 2010"),
        (manchester(person="Male, slim, burly build"), "build", "slim", "slim build"),
    ],
)
def test_a_contradiction_stops_the_draft_until_a_person_settles_it(
    report: Report, field: str, choice: str, after: str
) -> None:
    assert verdicts(report)[f"contradiction: {field}"] == "stop"
    facts, texts, checks = drafted([report], 1, {field: choice})
    assert after in texts["email"]
    assert not [one for one in checks if one.verdict == "stop"]
    assert [fact.shown for fact in facts if fact.field == field] == [choice]


def test_ages_far_apart_are_a_contradiction() -> None:
    one, two = manchester(person="Male, aged 20"), manchester(report_id="R2", person="Male, aged 45")
    assert verdicts(one, two)["contradiction: age"] == "stop"


def test_each_value_carries_the_words_it_came_from() -> None:
    facts = {one.field: one for one in drafted([manchester()], 1)[0]}
    assert facts["build"].sources == (("R1", "stocky"),)
    assert facts["age"].sources[0] == ("R1", "mid 30s")


def test_html_escapes_what_a_report_says() -> None:
    page = drafted([manchester(clothing="<script>cap</script>")], 1)[1]["html"]
    assert "<script>" not in page


def test_a_scheme_puts_its_own_template_in_a_folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    (tmp_path / "short.txt.j2").write_text("{{ place | join }} #{{ number }}")
    monkeypatch.setenv("LINKAGE_ALERT_TEMPLATES", str(tmp_path))
    assert drafted([manchester()], 7)[1]["short"] == "Baird Street, Manchester #7"
    (tmp_path / "short.txt.j2").write_text("{{ ().__class__.__mro__ }}")
    monkeypatch.setenv("LINKAGE_ALERT_TEMPLATES", str(tmp_path) + "/.")
    with pytest.raises(AlertError, match=r"short\.txt\.j2 cannot be used"):
        drafted([manchester()], 7)


# in a store


@pytest.fixture
def store(tmp_path: Path) -> Store:
    opened = Store(empty_store(tmp_path / "linkage.db"), who="ann")
    secret = manchester(report_id="R2").model_copy(update={"consent": Consent(police=True)})
    opened.import_batch(Batch([manchester(), secret]), "a.csv")
    return opened


def test_a_draft_is_kept_checked_and_approved(store: Store) -> None:
    made = alert_draft.draft(store, "R1")
    assert (made.alert, made.reports, made.stops) == (1, (("R1", 1),), ())
    alert_draft.approve(store, 1)
    assert read_alert(store, 1).state(alert_draft.allowed(store)) == AlertState.APPROVED
    assert store.verify(deep=True) == []


def test_a_report_without_consent_makes_no_alert(store: Store) -> None:
    with pytest.raises(ConsentError, match=r"consent\.alert is no"):
        alert_draft.draft(store, "R2")


def test_an_edit_is_checked_again_and_a_stopped_one_is_not_approved(store: Store) -> None:
    alert_draft.draft(store, "R1")
    made = alert_draft.edit(store, 1, {"email": "He came to her flat. Call 07700 900387."})
    assert {one.rule for one in made.stops} >= {
        "nothing of the person who reports or was harmed",
        "no full number, address or plate",
    }
    with pytest.raises(AlertError, match="cannot be approved"):
        alert_draft.approve(store, 1)


def test_a_consent_that_is_taken_back_kills_what_did_not_go_out(store: Store) -> None:
    alert_draft.draft(store, "R1")
    alert_draft.approve(store, 1)
    store.import_batch(Batch([manchester().model_copy(update={"consent": Consent()})]), "b.csv")
    assert read_alert(store, 1).state(alert_draft.allowed(store)) == AlertState.DEAD
    assert [one.rule for one in alert_draft.check(store, 1) if one.verdict == "stop"] == ["consent of every report"]


def test_an_approved_alert_whose_detail_is_held_back_since_is_not_approved_again(store: Store) -> None:
    alert_draft.draft(store, "R1")
    hold_back(store, HoldBack("report", "R1", "behaviour", "hand_over_mouth"))
    with pytest.raises(AlertError, match="held-back details: puts a hand over the mouth"):
        alert_draft.approve(store, 1)
    assert "hand over the mouth" not in alert_draft.draft(store, "R1").texts["email"]


def test_words_of_a_report_that_are_held_back_keep_out_the_value_that_was_read_from_them(store: Store) -> None:
    first = manchester()
    person = first.suspects[0]
    bushy = person.model_copy(update={"facial_hair": ["beard"], "raw": person.raw | {"facial_hair": "bushy beard"}})
    store.import_batch(Batch([first.model_copy(update={"suspects": [bushy]})]), "b.csv")
    hold_back(store, detail_of(store, "R1", "mark", "bushy beard"))
    assert "beard" not in alert_draft.draft(store, "R1").texts["email"]


def test_a_mark_that_is_held_back_keeps_no_other_of_its_list_out(store: Store) -> None:
    first = manchester()
    told = {"marks": "gold teeth; tooth missing, gold ring; scar on the chin"}
    marked = first.suspects[0].model_copy(update={"marks": ["gold tooth", "scar on chin"], "raw": told})
    store.import_batch(Batch([first.model_copy(update={"suspects": [marked]})]), "b.csv")
    hold_back(store, detail_of(store, "R1", "mark", "gold teeth"))
    email = alert_draft.draft(store, "R1").texts["email"]
    assert "scar on chin" in email
    assert "gold" not in email


def test_what_would_keep_nothing_out_is_refused(store: Store) -> None:
    with pytest.raises(HoldBackError, match="'bushy beard' names no behaviour"):
        detail_of(store, "R1", "behaviour", "bushy beard")
    with pytest.raises(HoldBackError, match="neither a report nor a series R99"):
        detail_of(store, "R99", "mark", "bushy beard")
    assert detail_of(store, "R1", "behaviour", "puts a hand over the mouth").value == "hand_over_mouth"


def test_who_wrote_an_alert_does_not_approve_it_unless_a_supervisor(store: Store) -> None:
    store.put_account(Account("eve", "administrator", password="hash"), "account added")
    root = store.acting(Actor("eve", "administrator"))
    root.put_account(Account("bob", "analyst", password="hash"), "account added")
    bob = store.acting(Actor("bob", "analyst"))
    alert_draft.draft(bob, "R1")
    with pytest.raises(NotAllowedError, match="somebody else has to approve it"):
        alert_draft.approve(bob, 1)
    alert_draft.approve(root, 1)


def test_what_is_neither_report_nor_series_is_named(store: Store) -> None:
    store.save_run(empty_run({}))
    with pytest.raises(AlertError, match="neither a report nor a series “R9”"):
        alert_draft.draft(store, "R9")


def test_a_recall_needs_a_reason(store: Store) -> None:
    alert_draft.draft(store, "R1")
    with pytest.raises(AlertError, match="needs a reason"):
        alert_draft.withdraw(store, 1, " ")
    assert alert_draft.withdraw(store, 1, "wrong man") == "withdrawn"
    assert read_alert(store, 1).state(alert_draft.allowed(store)) == AlertState.DEAD


def less_sure(sure: float, **changes: object) -> Report:
    """A report whose hand over the mouth was read with this probability."""
    report = manchester(**changes)
    said = report.behaviours.model_copy(update={"probability": {"hand_over_mouth": sure}})
    words = {"behaviours.present.1": "his hand near my mouth"}
    return report.model_copy(update={"behaviours": said, "raw": {**report.raw, **words}})


@pytest.mark.parametrize(("sure", "doubt"), [(0.9, None), (0.6, "likely"), (0.4, "perhaps")])
def test_what_was_read_less_surely_is_left_out_and_named_with_its_words(sure: float, doubt: str | None) -> None:
    report = less_sure(sure)
    assert ("Puts a hand over the mouth" in text(report)) is (doubt is None)
    assert left_out_of([report]) == (
        [] if doubt is None else [LeftOut("puts a hand over the mouth", doubt, "R1", "his hand near my mouth")]
    )


def test_a_doubtful_behaviour_that_a_person_adds_is_warned_of_and_does_not_stop() -> None:
    written = {"email": "Male. Puts a hand over the mouth. No: 1", "short": "Male. No: 1"}
    said = {one.rule: one for one in checked(written, About([less_sure(0.4)], allowed=frozenset(["R1"])))}
    assert (said["told surely"].verdict, said["told surely"].words) == ("warn", ("puts a hand over the mouth",))
    assert {one.verdict for one in said.values()} == {"pass", "warn"}
    again = checked(written, About([manchester()], allowed=frozenset(["R1"])))
    assert next(one.verdict for one in again if one.rule == "told surely") == "pass"


def test_what_another_report_tells_surely_is_told_of_that_report_alone() -> None:
    facts = drafted([less_sure(0.4), manchester(report_id="R2")], 1)[0]
    deed = next(one for one in facts if one.field == "did.hand_over_mouth")
    assert ([name for name, _ in deed.sources], deed.standing) == (["R2"], "one")
    assert left_out_of([less_sure(0.4), manchester(report_id="R2")]) == []


def test_what_is_held_back_or_never_told_is_not_named_as_left_out() -> None:
    report = less_sure(0.4)
    assert left_out_of([report], [HoldBack("report", "R1", "behaviour", "hand_over_mouth", "")]) == []
    said = report.behaviours.model_copy(update={"probability": {"hand_over_mouth": 0.9, "victim_escaped": 0.4}})
    assert left_out_of([report.model_copy(update={"behaviours": said})]) == []
