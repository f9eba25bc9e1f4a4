"""A mail server, a gateway for text messages and sending settings, all on this machine."""

from __future__ import annotations

import threading
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from email import message_from_bytes, policy
from email.message import EmailMessage
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path
from typing import Any

import pytest
from aiosmtpd.controller import Controller

from linkage.cli.serve import free_port
from linkage.sharing.sending_settings import Email, Gateway, Sending
from tests.store.conftest import made_database, store, url

__all__ = ["made_database", "store", "url"]


@dataclass
class Mailbox:
    """What a mail server took. `answers` are given to a recipient before anything is taken from then on."""

    port: int = 0
    messages: list[EmailMessage] = field(default_factory=list)
    answers: dict[str, list[str]] = field(default_factory=dict)

    async def handle_RCPT(self, _server: Any, _session: Any, envelope: Any, address: str, _options: Any) -> str:  # noqa: N802
        waiting = self.answers.get(address)
        if waiting:
            return waiting.pop(0)
        envelope.rcpt_tos.append(address)
        return "250 OK"

    async def handle_DATA(self, _server: Any, _session: Any, envelope: Any) -> str:  # noqa: N802
        self.messages.append(message_from_bytes(envelope.content, policy=policy.default))  # type: ignore[arg-type]
        return "250 taken"

    def recipients(self) -> Counter[str]:
        """How many messages each address got."""
        return Counter(str(one["To"]) for one in self.messages)


@pytest.fixture
def mailbox() -> Iterator[Mailbox]:
    """A real SMTP server on loopback."""
    box = Mailbox()
    box.port = free_port(0)
    server = Controller(box, hostname="127.0.0.1", port=box.port)
    server.start()
    yield box
    server.stop()


@dataclass
class Texts:
    """What a gateway for text messages took: one body an address. `refuse` is how many it refuses first."""

    port: int = 0
    taken: list[tuple[str, str]] = field(default_factory=list)
    keys: list[str] = field(default_factory=list)
    refuse: int = 0


@pytest.fixture
def texts() -> Iterator[Texts]:
    """A gateway that is asked by HTTP, on loopback; a repeated idempotency key is delivered once."""
    box = Texts()

    class Handler(BaseHTTPRequestHandler):
        def do_POST(self) -> None:
            body = self.rfile.read(int(self.headers["Content-Length"])).decode()
            refused, box.refuse = box.refuse > 0, max(0, box.refuse - 1)
            key = self.headers.get("Idempotency-Key", "")
            if not refused and (not key or key not in box.keys):
                box.keys.append(key)
                box.taken.append((self.path, body))
            self.send_response(503 if refused else 200)
            self.end_headers()

        def log_message(self, format: str, *args: Any) -> None:
            del format, args

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    box.port = server.server_address[1]
    thread = threading.Thread(target=server.serve_forever, daemon=True)
    thread.start()
    yield box
    server.shutdown()
    server.server_close()


@pytest.fixture
def sending(tmp_path: Path, mailbox: Mailbox, texts: Texts) -> Sending:
    """E-mail and text messages through the two servers, as fast as they take them."""
    address = f"json://127.0.0.1:{texts.port}/{{address}}?+Idempotency-Key={{key}}"
    return Sending(
        key_file=tmp_path / "addresses.key",
        journal=tmp_path / "handover",
        email=Email(
            host="127.0.0.1", port=mailbox.port, sender="alerts@scheme.test", starttls=False, per_minute=100_000
        ),
        text=Gateway(url=address, same_key=True, per_minute=100_000),
    )
