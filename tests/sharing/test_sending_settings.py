"""Nothing leaves until a person configures where to, and what they configured is checked."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.sharing.sending_settings import SendingError, configured, needed

WHOLE = """
key_file = "addresses.key"
journal = "handover"
[email]
host = "mail.invented.test"
sender = "alerts@invented.test"
"""


def test_off_is_the_default(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.delenv("LINKAGE_SENDING", raising=False)
    assert configured() is None
    with pytest.raises(SendingError, match=r"Nothing can leave: .* LINKAGE_SENDING"):
        needed()


def test_paths_are_taken_from_the_file_and_channels_are_those_that_are_there(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    file = tmp_path / "sending.toml"
    file.write_text(WHOLE)
    monkeypatch.setenv("LINKAGE_SENDING", str(file))
    found = needed()
    assert found.key_file == tmp_path / "addresses.key"
    assert found.channels() == ("email",)


@pytest.mark.parametrize(
    ("words", "complaint"),
    [
        (WHOLE.replace('journal = "handover"\n', ""), "journal is missing; write it"),
        (WHOLE + "port = 0\n", "email.port 0: it has to be at least 1"),
        (WHOLE + "starttls = false\n", "email: .*without starttls the server must be on this machine"),
        (WHOLE + '[text]\nurl = "json://invented.test"\n', r"text: .*no \{address\}"),
        (WHOLE + '[text]\nurl = "json://i.test/{address}"\nsame_key = true\n', r"text: .*needs \{key\}"),
        (WHOLE + "[fax]\n", "fax is no setting; take it out, or use one of app, email"),
        ("key_file = ", "is no TOML"),
    ],
)
def test_one_line_names_the_file_the_field_and_what_is_wrong(tmp_path: Path, words: str, complaint: str) -> None:
    file = tmp_path / "sending.toml"
    file.write_text(words)
    with pytest.raises(SendingError, match=complaint) as error:
        configured(file)
    assert str(file) in str(error.value)
    assert "\n" not in str(error.value).removesuffix("\n") or words.startswith("key_file = ")


def test_a_file_that_is_not_there_is_told(tmp_path: Path) -> None:
    with pytest.raises(SendingError, match="cannot be read: no such file"):
        configured(tmp_path / "none.toml")
