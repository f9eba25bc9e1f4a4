"""Every page on a small store: what it shows, what it keeps closed, and how it says it."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from streamlit.testing.v1 import AppTest

from dashboard.parts import blind_pairs
from dashboard.parts.chrome import as_written
from linkage.store import Store
from linkage.store.user_admin import add_user
from tests.dashboard.conftest import SAID, make_store

APP = Path(__file__).parents[2] / "dashboard" / "app.py"
BANNED = re.compile(r"\b(match(es|ed|ing)?|hits?|suspects?|guilty|offenders?)\b", re.IGNORECASE)

pytestmark = pytest.mark.usefixtures("small_store")


def opened(page: str, /, **query: str) -> AppTest:
    drawn = f"from dashboard.parts.status import status_line\nfrom dashboard.screens import {page}\n"
    app = AppTest.from_string(f"{drawn}status_line()\n{page}.render()", default_timeout=60)
    for name, value in query.items():
        app.query_params[name] = value
    return app.run()


def words(app: AppTest) -> str:
    """All text on a page as it is read, tags and the marks that keep Markdown from being read taken out."""
    kinds = (app.title, app.header, app.markdown, app.caption, app.html, app.info, app.warning, app.error)
    told = "\n".join(re.sub(r"<[^>]+>", " ", str(getattr(e, "value", None) or e.proto)) for k in kinds for e in k)
    return re.sub(r"\\([^\w\s])", r"\1", told)


def html(app: AppTest) -> str:
    return "\n".join(element.proto.body for element in app.html)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("series_list", {}),
        ("start", {}),
        ("start", {"since": "a week"}),
        ("watch", {}),
        ("travelling", {}),
        ("travelling", {"across_kind": "suggested links", "across_at": "<b>none</b>"}),
        ("series", {"id": "SERIES"}),
        ("series", {"id": "nonsense"}),
        ("series", {}),
        ("inbox", {}),
        ("pair", {"a": "SYN-L1", "b": "SYN-L2"}),
        ("pair", {"a": "SYN-U001", "b": "SYN-U002"}),
        ("pair", {"a": "SYN-L1", "b": "SYN-L1"}),
        ("pair", {"a": "SYN-L1", "b": "<b>nobody</b>"}),
        ("report", {"id": "SYN-L1"}),
        ("report", {}),
        ("member", {"id": "SYN-L1", "series": "SERIES"}),
        ("member", {"id": "SYN-L1", "series": "<b>none</b>"}),
        ("together", {}),
        ("groups", {}),
        ("groups", {"kind": "merge", "left": "SERIES", "right": "<b>none</b>"}),
        ("audit", {}),
        ("quarantine", {}),
        ("audit", {"decision": "<b>1</b>"}),
        ("guide", {}),
        ("evaluation", {}),
        ("exports", {}),
        ("exports", {"about": "SERIES"}),
        ("exports", {"about": "<b>none</b>", "kind": "<b>none</b>"}),
    ],
)
def test_a_page_opens_without_an_error_and_judges_nobody(page: str, query: dict[str, str], series_id: str) -> None:
    app = opened(page, **{name: value.replace("SERIES", series_id) for name, value in query.items()})
    assert not app.exception
    assert app.title
    assert BANNED.findall(words(app)) == []
    assert "<script" not in html(app)


def test_the_list_of_series_says_of_each_what_is_rare_and_shared(series_id: str) -> None:
    page = html(opened("series_list"))
    assert f'href="series?id={series_id}"' in page
    assert f">Series {series_id}</a>" in page
    row = page.split(f"Series {series_id}</a>")[1].split("</tr>")[0]
    assert "2 of 3" in row  # reports that may go to the police
    assert "in 10" in row


def test_the_list_can_be_narrowed_to_long_series() -> None:
    app = opened("series_list")
    app.number_input(key="series_least").set_value(40).run()
    assert "No series" in html(app)


def test_a_series_shows_members_legs_timeline_and_matrix(series_id: str) -> None:
    app = opened("series", id=series_id)
    page = html(app)
    for report in ("SYN-L1", "SYN-L2", "SYN-L3"):
        assert f'href="report?id={report}"' in page
    assert len(app.get("vega_lite_chart")) == 4  # both maps, timeline and who links to whom
    assert "no shared time limit" in html(opened("series", id=series_id, part="Travel"))
    distinctive, _, rest = html(opened("series", id=series_id, part="What they share")).partition("INCONSISTENT")
    assert "anchor tattoo on neck" in distinctive
    assert "stocky" in rest  # one of the three was said to be slim
    assert "slim" in rest


def test_a_series_is_set_against_its_best_split_and_each_member_against_the_rest(
    series_id: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(blind_pairs, "blind_pairs", lambda _: frozenset())  # a draw among three hides most of this
    app = opened("series", id=series_id, part="One series, or two?")
    assert {"One series, or two?", "What it hangs on"} <= {head.value for head in app.header}
    page = html(app)
    assert re.search(r"(One series is|Two series are) (about|over) [\d,]+ times likelier", page)
    assert "taken away, it would" in page or "It would hold without" in page
    first = page.split("One series", 1)[1] if "One series" in page else page
    assert re.search(r"For: \d+ comparisons.*?Against: \d+ comparisons", first, re.DOTALL)
    members = page.split("Each member without what carries most")[2].split("</table>")[0]
    for words in ("With all others", "Best alternative", "without it: ", " against standing alone", "with SYN-L"):
        assert words in members


def test_a_report_that_is_not_there_is_said_to_be_missing() -> None:
    app = opened("report", id="*NOPE*")
    assert app.info[0].value.startswith(r"There is no report \*NOPE\* in the store.")
    assert "SYN-L1" in html(app)
    assert not opened("report").info


def test_a_row_of_the_list_shows_the_date_that_it_is_sorted_by() -> None:
    assert "received: 1 December 2023" in html(opened("report"))


def test_the_list_of_reports_names_scas_as_it_is_written() -> None:
    assert "SCAS" in opened("report").selectbox(key="reports_consent").options


def test_a_report_beside_a_series_says_whether_one_person_can_have_travelled(series_id: str) -> None:
    page = html(opened("member", id="SYN-L2", series=series_id))
    assert ">travel<" in page
    assert "from SYN-L1: no shared time limit; to SYN-L3: no shared time limit" in page


def test_incident_numbers_lead_to_their_reports(series_id: str) -> None:
    travel = html(opened("series", id=series_id, part="Travel"))
    incidents = travel.split("Incidents in time order")[2].split("</table>")[0]
    assert 'href="report?id=SYN-L1">1 SYN-L1</a>' in incidents
    page = html(opened("series", id=series_id, part="What they share"))
    matrix = page.split("<caption>DISTINCTIVE")[1].split("</thead>")[0]
    assert 'href="report?id=SYN-L2" title="2: report SYN-L2" aria-label="2: report SYN-L2">2</a>' in matrix
    assert "+ no shared time limit" not in travel


def test_a_report_shows_its_place_in_its_series() -> None:
    app = opened("report", id="SYN-L1")
    assert "Its place in series S1" in [head.value for head in app.header]
    page = html(app)
    for words in ("Without a member", "Without a kind of evidence", "Where it could belong", "Best alternative: "):
        assert words in page
    alone = opened("report", id="SYN-U001")
    assert "In no series" in [head.value for head in alone.header]
    assert "Without a member" not in html(alone)


def test_a_pair_alone_is_told_from_what_all_other_reports_say() -> None:
    page = html(opened("pair", a="SYN-L1", b="SYN-L2"))
    assert "pair alone" in page
    assert "with what all other reports say" in page
    assert ">travel<" in page
    assert "What the other reports add" in page
    assert "The rest together, and calibration" in page
    assert "pair alone: " in html(opened("inbox"))


def test_ids_are_never_taken_for_markup_where_a_series_is_told() -> None:
    app = AppTest.from_function(_told, default_timeout=60).run()
    assert not app.exception
    assert "&lt;b&gt;a" in html(app)
    assert "<b>a" not in html(app)


def _told() -> None:
    from dashboard.parts.whole import whole_or_split
    from linkage.models.cohesion import LeftOut, SeriesExplanation, Split

    split = Split(("<b>a", "c"), ("d",), 0.0, 1.0, 1.0, (), True)
    left = tuple(LeftOut((name,), "", 1.0, -1.0) for name in ("<b>a", "c", "d"))
    whole_or_split(SeriesExplanation(("<b>a", "c", "d"), 1.0, 0.0, 1.0, 1.0, (), split, left, ()))


def test_a_pair_shows_agreement_and_difference_side_by_side() -> None:
    page = html(opened("pair", a="SYN-L1", b="SYN-L2"))
    assert re.search(r"For: \d+ comparisons", page)
    assert re.search(r"Against: \d+ comparisons", page)
    assert SAID in page
    evidence = page.split("Evidence side by side", 1)[1]
    for says in ("agrees", "differs"):
        assert f"</b> {says}</span>" in evidence
    assert "not known" in page


def test_the_narrative_stays_closed_until_it_is_asked_for() -> None:
    assert "his neck." not in html(opened("pair", a="SYN-L1", b="SYN-L2"))
    app = opened("report", id="SYN-L1")
    assert "his neck." not in html(app)
    assert "Sexual violence" in words(app)
    app.toggle(key="narrative_SYN-L1").set_value(True).run()
    assert "his neck." in html(app)


def test_text_of_a_report_is_never_taken_for_markup() -> None:
    app = opened("report", id="SYN-U001")
    app.toggle(key="narrative_SYN-U001").set_value(True).run()
    assert "&lt;script&gt;" in html(app)
    assert "<script" not in html(app)


@pytest.mark.parametrize(
    ("page", "query"),
    [
        ("report", {"id": "SYN-L1"}),
        ("pair", {"a": "SYN-L1", "b": "SYN-L2"}),
        ("series", {"id": "SERIES", "part": "What they share"}),
        ("inbox", {}),
    ],
)
def test_plates_and_phones_are_masked_until_asked_for(page: str, query: dict[str, str], series_id: str) -> None:
    app = opened(page, **{name: value.replace("SERIES", series_id) for name, value in query.items()})
    assert "K5VWXT" not in words(app)
    assert "07700900123" not in words(app)
    assert "harbourman77" not in words(app)
    app.toggle(key="identifiers_shown").set_value(True).run()
    assert "K5VWXT" in words(app) or "07700900123" in words(app)


def test_a_value_stands_beside_the_words_it_was_read_from() -> None:
    page = html(opened("report", id="SYN-L1"))
    assert re.search(r"stocky.*?“well built”", page)
    assert "Not mentioned:" in page


def test_every_page_says_that_the_data_is_invented_and_can_be_hidden() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert "SYNTHETIC DATA" in html(app)
    app.button(key="hide_screen").click().run()
    assert "SYNTHETIC DATA" not in html(app)
    assert not app.title
    app.button(key="show_again").click().run()
    assert app.title[0].value == "Start"


@pytest.mark.parametrize(
    ("typed", "shown"),
    [
        ("*9q9*", r"\*9q9\*"),
        ("_z_", r"\_z\_"),
        ("[z](http://z)", "\\[z\\]\\(http\u2060\\://z\\)"),
        ("- z9", r"\- z9"),
    ],
)
def test_what_was_typed_is_shown_as_it_is(typed: str, shown: str) -> None:
    assert as_written(typed) == shown
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.text_input(key="quick_find_words").set_value(f"zz{typed}")
    next(button for button in app.button if button.label == "Find").click().run()
    assert f"“{as_written(f'zz{typed}')}”" in app.warning[0].value
    assert 'href="search?words=zz' in html(app)


def test_quick_find_leads_to_a_series_and_says_what_it_takes() -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    box = app.text_input(key="quick_find_words")
    assert "part of a plate" in box.label
    assert "? one character, * any number" in box.placeholder
    box.set_value("series s1")
    next(button for button in app.button if button.label == "Find").click().run()
    assert 'href="series?id=S1"' in html(app).split("Found for", 1)[1].split("</table>")[0]


@pytest.mark.parametrize(("typed", "found"), [("SYN-L2", "SYN-L2"), ("k5v", "SYN-L1"), ("?5vw*", "SYN-L3")])
def test_quick_find_leads_to_a_report(typed: str, found: str) -> None:
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    app.text_input(key="quick_find_words").set_value(typed)
    next(button for button in app.button if button.label == "Find").click().run()
    assert f'href="report?id={found}"' in html(app).split("Found for", 1)[1]


def test_a_store_that_is_not_there_is_said_plainly(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("LINKAGE_STORE", f"sqlite:///{tmp_path}/none.db")
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert not app.exception
    assert "cannot be opened" in app.error[0].value


def test_an_empty_store_says_what_to_do(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    url = f"sqlite:///{tmp_path}/empty.db"
    Store(url).close()
    monkeypatch.setenv("LINKAGE_STORE", url)
    app = AppTest.from_file(str(APP), default_timeout=60).run()
    assert "linkage import" in app.info[0].value
    assert [one.value for one in app.title] == ["Start"]
    assert "Data: empty.db, 0 reports" in html(app)  # and Hide screen, as on every page
    assert 'href="import-file"' in html(app)


def test_every_table_has_a_caption_and_scoped_heads(series_id: str) -> None:
    for page, query in (("series", {"id": series_id}), ("pair", {"a": "SYN-L1", "b": "SYN-L2"}), ("inbox", {})):
        tables = re.findall(r"<table.*?</table>", html(opened(page, **query)), re.DOTALL)
        assert tables
        for table in tables:
            assert "<caption>" in table
            assert not re.findall(r"<th(?! scope=)[ >]", table)


@pytest.mark.parametrize(("page", "query"), [("pair", {"a": "SYN-L1", "b": "SYN-L2"}), ("series", {"id": "S1"})])
def test_a_run_of_another_version_is_told_with_the_cure(
    page: str, query: dict[str, str], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKAGE_STORE", make_store(tmp_path, {"settings": {}}))
    app = opened(page, **query)
    assert not app.exception
    assert [error.value for error in app.error] == [
        "The last run in the store was made by another version of linkage, whose weights this one cannot read. "
        "Link again: linkage link"
    ]


def test_a_viewer_opens_no_narrative_and_who_opens_one_is_in_the_audit(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("LINKAGE_STORE", make_store(tmp_path))
    app = opened("report", id="SYN-L1")
    app.toggle(key="narrative_SYN-L1").set_value(True).run()
    with Store() as store:
        assert [entry.detail["report_id"] for entry in store.audit(what=["opened"])] == ["SYN-L1"]
        add_user(store, "ada", "administrator", "correct horse battery")
    viewer = AppTest.from_string("from dashboard.screens import report\nreport.render()", default_timeout=60)
    viewer.query_params["id"] = "SYN-L1"
    viewer.run()
    assert "Your role opens no narratives" in words(viewer)
    assert "anchor tattoo on his neck." not in html(viewer)


@pytest.fixture
def truth_file(truth_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("LINKAGE_TRUTH", str(truth_path))


@pytest.mark.usefixtures("truth_file")
def test_the_evaluation_says_in_words_how_good_the_run_is_and_each_error_opens_as_a_pair() -> None:
    page = html(opened("evaluation"))
    assert "Known series put together whole" in page
    assert "1 of 3 series" in page  # the series that the store was given is a true one
    lost = html(opened("evaluation", errors="Missed"))
    errors = re.findall(r'href="pair\?a=([\w-]+)&amp;b=([\w-]+)"', page + lost)
    assert errors
    assert all(name.startswith("SYN-") for pair in errors for name in pair)
    for part in ("Said and true", "Work", "By distance and group", "All figures"):
        app = opened("evaluation", figures_part=part)
        assert not app.exception
        assert BANNED.findall(words(app)) == []


def test_the_evaluation_says_what_is_missing_where_nothing_is_known() -> None:
    assert "or import reports with their series" in words(opened("evaluation"))
