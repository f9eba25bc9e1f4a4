"""What language a narrative is in: said, or detected where it is plainly not English. Other languages are not read by
English rules in silence."""

from __future__ import annotations

import re
from functools import cache
from typing import Any

from linkage.report import Report
from linkage.vocabulary.loader import fold, load
from linkage.vocabulary.tables import table

ENGLISH = "en"
_WORD = re.compile(r"[^\W\d_]+")
_CODE = re.compile(r"[a-z]{2}")


@cache
def _settings() -> dict[str, Any]:
    """The table; `english` are its small words."""
    settings = table("languages_read")
    return {**settings, "english": frozenset(settings["english"])}


def normalise(words: str | None) -> str | None:
    """The code of a language that is given as a code, with a country or without, or by its English name; None for
    what is neither."""
    if not words:
        return None
    bare = re.split(r"[-_]", words.strip().casefold())[0]
    return bare if _CODE.fullmatch(bare) else load("languages").find(fold(words))


def detected(text: str) -> tuple[str | None, float]:
    """The language that a text is plainly in, and how sure that is (0 to 1); None where nothing can be said.

    English by its own small words; another language where those are missing and py3langid is sure of it.
    """
    settings = _settings()
    words = _WORD.findall(text.casefold())
    letters = sum(map(len, words))
    if words and sum(word in settings["english"] for word in words) / len(words) >= settings["least_share"]:
        return ENGLISH, 1.0
    if letters < settings["least_letters"] and text.isascii():
        return None, 0.0
    code, probability = _detector().classify(text)
    if code == ENGLISH or probability < settings["sure"]:
        return None, float(probability)
    return str(code), float(probability)


@cache
def _detector() -> Any:
    from py3langid.langid import MODEL_FILE, LanguageIdentifier

    return LanguageIdentifier.from_model_file(MODEL_FILE, norm_probs=True)


def words_to_read(report: Report) -> str | None:
    """The words of a report that the English rules may read, None where there are none: the narrative, or where that
    is in another language its translation. Sets `language` where it was detected, and tells in a warning what was not
    read, or read from a translation."""
    text = report.narrative
    if not text:
        return None
    said = report.language
    if said is None:
        report.language, sure = detected(text)
    language = report.language
    if language is None or language in _settings()["read"]:
        return text
    how = "is in" if said else f"seems to be in ({sure:.0%} sure)"
    if report.translation is not None:
        report.warnings.append(
            f"narrative: {how} {language!r}: read from the translation by {report.translation.translator}"
            f"{'' if report.translation.checked else ', which nobody has checked'}"
        )
        return report.translation.text
    report.warnings.append(
        f"narrative: {how} {language!r}, which is not read; its words are kept. Give a `translation`, or `language` "
        "where it is another"
    )
    return None
