"""Every language has every word, with the same things filled in, and one that nobody checked says so."""

from __future__ import annotations

import re
from pathlib import Path

import pytest

from linkage.serving import forms
from linkage.serving.signposts import signposts
from linkage.serving.wording import LANGUAGES, chosen, wording
from tests.serving.conftest import Served
from tests.test_house import BANNED

FOLDER = Path(__file__).parents[2] / "linkage" / "serving"


def test_the_languages_are_the_files() -> None:
    assert sorted(LANGUAGES) == sorted(file.stem for file in (FOLDER / "messages").glob("*.toml"))


@pytest.mark.parametrize("code", LANGUAGES)
def test_a_language_has_every_word_with_the_same_places(code: str) -> None:
    def places(words: str) -> list[str]:
        return sorted(re.findall(r"{\w+}", words))

    own, english = wording(code).words, wording("en").words
    assert own.keys() == english.keys()
    assert [name for name in own if places(own[name]) != places(english[name]) or not own[name].strip()] == []
    alike = [name for name in own if own[name] == english[name]]
    assert code == "en" or len(alike) < 0.1 * len(own)  # "e-mail" is one word in most


def test_every_word_that_is_asked_for_is_there() -> None:
    text = "\n".join(
        file.read_text(encoding="utf-8") for file in FOLDER.rglob("*") if file.suffix in (".py", ".html")
    )
    asked = set(re.findall(r"\bsay\(\"(\w+)\"[,)]", text)) | {
        one.says for part in forms.parts() for one in part.fields
    }
    asked |= {one.when for one in signposts()} | {f"part_{part.name}" for part in forms.parts()}
    assert asked <= wording("en").words.keys()


@pytest.mark.parametrize("code", LANGUAGES)
def test_what_nobody_checked_says_so_on_every_page(served: Served, code: str) -> None:
    for path in ("/", "/report", "/more", "/help", "/join", "/near"):
        page = served.client.get(f"{path}?lang={code}")
        assert (f'<html lang="{wording(code).tag}"' in page.text) is True
        assert (wording("en")("not_checked") in page.text) is (code != "en")
        assert not BANNED.search(re.sub(r"<[^>]+>", " ", page.text)) or code != "en"


@pytest.mark.parametrize(
    ("wish", "accepted", "code"),
    [("", "", "en"), ("pl", "ro", "pl"), ("xx", "de, ro;q=0.5, en;q=0.4", "ro"), ("", "zh-CN,zh;q=0.9", "zh"),
     ("", "pt-BR;q=x, pl;q=0", "en"), ("../", ",;=", "en")],
)  # fmt: skip
def test_the_language_is_the_one_that_was_chosen_or_the_browsers(wish: str, accepted: str, code: str) -> None:
    assert chosen(wish, accepted).code == code


def test_a_report_in_another_language_is_kept_with_its_language(served: Served) -> None:
    from linkage.store.quarantine import items
    from tests.serving.test_pages import hidden

    form = hidden(served.client.get("/report?lang=pl").text)
    page = served.client.post("/report", data=form | {"narrative": "Uciekł."})
    assert "Dziękujemy" in page.text
    assert items(served.store)[0].values["language"] == "pl"
