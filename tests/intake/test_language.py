"""A narrative in another language is not read by English rules in silence. The texts are invented."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.intake import extract_report
from linkage.intake.batch import read_reports
from linkage.intake.document.language import detected, normalise
from linkage.report import Report

OTHERS = {
    "ro": "A venit cu o mașină albastră și m-a lovit peste față. Mi-a luat banii și a fugit spre gară.",
    "pl": "Przyjechał niebieskim samochodem, uderzył mnie w twarz, zabrał pieniądze i uciekł w stronę dworca.",
    "pt": "Ele chegou num carro azul, bateu-me na cara, tirou-me o dinheiro e fugiu para a estação.",
    "es": "Llegó en un coche azul, me golpeó en la cara, me quitó el dinero y huyó hacia la estación.",
    "zh": "他开着一辆蓝色的汽车来，打了我的脸，抢了我的钱，然后朝车站跑了。",
    "hu": "Egy kék autóval jött, arcon ütött, elvette a pénzemet és az állomás felé szaladt el.",
}


@pytest.mark.parametrize("code", OTHERS)
def test_another_language_is_noticed_kept_and_not_read(code: str) -> None:
    report = extract_report(OTHERS[code])
    assert report.language == code
    assert report.narrative == OTHERS[code]
    assert not report.vehicles
    assert not report.behaviours.present
    assert any("seems to be in" in one and "which is not read" in one for one in report.warnings)


@pytest.mark.parametrize(
    "text",
    [
        "White male, 40s, stocky, bald. Silver Shogun 4x4, reg K57. Grabbed, robbed, strangled. Maida Vale, London.",
        "bloke blue ford focus no condom hit her leeds friday",
        "Ford Mondeo",
        "",
    ],
)
def test_short_and_clipped_english_is_read_as_before(text: str) -> None:
    assert extract_report(text).language in (None, "en")
    assert not any("not read" in one for one in extract_report(text).warnings)


def test_english_says_so_and_needs_no_detector() -> None:
    assert detected("He drove off with the money and she called for help.") == ("en", 1.0)


@pytest.mark.parametrize(
    ("given", "code"), [("Romanian", "ro"), ("pt-BR", "pt"), ("EN", "en"), ("polski", "pl"), ("Klingon", None)]
)
def test_a_language_is_given_by_its_code_or_its_name(given: str, code: str | None) -> None:
    assert normalise(given) == code


def read(tmp_path: Path, header: str, row: str, mask: bool = False) -> tuple[Report, list[str]]:
    file = tmp_path / "invented.csv"
    file.write_text(f"{header}\n{row}\n", encoding="utf-8")
    batch = read_reports(file, mask=mask)
    return batch.reports[0], [f"{one.field}: {one.reason}" for one in batch.rejects]


def test_what_is_said_of_the_language_stands(tmp_path: Path) -> None:
    report, _ = read(tmp_path, "report_id,language,narrative", "R1,Romanian,He drove a blue Ford Focus.")
    assert report.language == "ro"
    assert not report.vehicles
    assert any("is in 'ro', which is not read" in one for one in report.warnings)


def test_a_translation_is_read_and_the_original_kept_beside_it(tmp_path: Path) -> None:
    header = "report_id,narrative,translation.text,translation.translator,translation.checked"
    translated = "He came in a blue Ford Focus. He hit her in the face."
    report, refused = read(tmp_path, header, f'R1,"{OTHERS["ro"]}","{translated}",project worker,yes')
    assert refused == []
    assert report.narrative == OTHERS["ro"]
    assert report.translation is not None
    assert report.translation.checked
    assert report.vehicles[0].make == "Ford"
    assert not report.vehicles[0].spans  # they would name letters of the translation
    assert report.vehicles[0].raw
    assert any("read from the translation by project worker" in one for one in report.warnings)
    again = Report.model_validate(report.to_json())
    assert again == report


def test_an_unchecked_translation_says_so(tmp_path: Path) -> None:
    header = "report_id,narrative,translation"
    report, _ = read(tmp_path, header, f'R1,"{OTHERS["pl"]}",He came in a blue Ford Focus.')
    assert any("not known, which nobody has checked" in one for one in report.warnings)


def test_a_language_that_is_none_is_refused_by_name(tmp_path: Path) -> None:
    _, refused = read(tmp_path, "report_id,language,narrative", "R1,Klingon,He drove a blue Ford Focus.")
    assert refused == ["language: no language is called so; give its code, as en or ro (ISO 639-1)"]


def test_details_of_the_person_who_reports_are_masked_in_a_translation_too(tmp_path: Path) -> None:
    header = "report_id,narrative,translation.text"
    words = "Call me on 07700 900123. He came in a blue car."
    report, _ = read(tmp_path, header, f'R1,"{OTHERS["ro"]}","{words}"', mask=True)
    assert report.translation is not None
    assert "900123" not in report.translation.text


def test_reports_without_a_language_are_kept_as_before() -> None:
    assert not {"language", "translation"} & Report(report_id="R1").to_json().keys()
