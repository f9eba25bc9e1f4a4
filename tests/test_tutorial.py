"""The tutorial on alerts runs as it stands, against a mail server on this machine."""

from __future__ import annotations

import re
import shlex
from email.message import EmailMessage
from pathlib import Path

import pytest

from tests.cli.conftest import Call, call
from tests.sharing.conftest import Mailbox, mailbox

__all__ = ["call", "mailbox"]
PAGE = Path(__file__).parents[1] / "docs" / "tutorials" / "alerts.md"
BLOCK = re.compile(r"([^\n]*\n)\n```(\w*)\n(.*?)```", re.DOTALL)
"""The line before a block, its language, and what stands in it: a file where there is a language, else steps."""


def plain(message: EmailMessage) -> str:
    body = message.get_body(("plain",))
    assert body is not None
    return str(body.get_content())


def test_every_step_of_the_tutorial_on_alerts_runs(
    call: Call, mailbox: Mailbox, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = PAGE.read_text(encoding="utf-8").replace("2525", str(mailbox.port))
    blocks = BLOCK.findall(page)
    files = {re.findall(r"as `([\w.]+)`", before)[-1]: text for before, language, text in blocks if language}
    assert set(files) == {"reports.csv", "sending.toml", "changed.csv"}
    for name, text in files.items():
        (tmp_path / name).write_text(text, encoding="utf-8")
        (tmp_path / name).chmod(0o600)
    monkeypatch.setenv("LINKAGE_SENDING", "sending.toml")
    told: dict[str, str] = {}
    for line in "".join(text for _, language, text in blocks if not language).splitlines():
        given, _, step = line.rpartition(" | ")
        if "CODE" in step:
            step = step.replace("CODE", plain(mailbox.messages[0]).split("with this code: ")[1].split()[0])
        code, out, err = call(*shlex.split(step)[1:], stdin=given.removeprefix("echo "))
        assert code == 0, (step, out, err)
        told[step] = out
    assert "gold tooth" not in told["linkage alert draft SYN-1"]
    assert "scar on chin" in told["linkage alert draft SYN-1"]
    assert "to be recalled" in told["linkage alert list --recall"]
    words = [plain(one) for one in mailbox.messages]
    assert len(words) == 3  # a code, the alert, and that it is withdrawn
    assert ["stocky" in one for one in words] == [False, True, False]
