"""Encrypted on the way where the server is elsewhere, and only to a server that proves who it is."""

from __future__ import annotations

import ssl
from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from ipaddress import ip_address
from pathlib import Path

import pytest
from aiosmtpd.controller import Controller
from cryptography import x509
from cryptography.hazmat.primitives import hashes, serialization
from cryptography.hazmat.primitives.asymmetric import ec

from linkage.cli.serve import free_port
from linkage.sharing.channel import Parcel, PassingError
from linkage.sharing.email_channel import EmailChannel, message_of
from linkage.sharing.sending_settings import Email
from tests.sharing.conftest import Mailbox

PARCEL = Parcel("u1", "ann@invented.test", "Alert\n1", ".starts with a dot\nsecond line", leave_code="abc")


@pytest.fixture
def encrypted(tmp_path: Path) -> Iterator[tuple[Mailbox, Path]]:
    """A server that takes mail only after STARTTLS, with a certificate of its own."""
    key, name = ec.generate_private_key(ec.SECP256R1()), x509.Name([])
    now = datetime.now(UTC)
    made = (
        x509.CertificateBuilder(name, name, key.public_key(), 1, now - timedelta(1), now + timedelta(1))
        .add_extension(x509.SubjectAlternativeName([x509.IPAddress(ip_address("127.0.0.1"))]), critical=True)
        .sign(key, hashes.SHA256())
    )
    certificate, secret = tmp_path / "certificate", tmp_path / "secret"
    certificate.write_bytes(made.public_bytes(serialization.Encoding.PEM))
    plain = serialization.NoEncryption()
    secret.write_bytes(
        key.private_bytes(serialization.Encoding.PEM, serialization.PrivateFormat.PKCS8, plain),
    )
    context = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
    context.load_cert_chain(certificate, secret)
    box = Mailbox(port=free_port(0))
    server = Controller(
        box, hostname="127.0.0.1", port=box.port, tls_context=context, require_starttls=True, ready_timeout=30
    )
    server.start()
    yield box, certificate
    server.stop()


def settings(port: int, certificate: Path | None = None) -> Email:
    return Email(host="127.0.0.1", port=port, sender="alerts@scheme.test", ca_file=certificate)


def test_mail_goes_over_an_encrypted_connection_word_for_word(encrypted: tuple[Mailbox, Path]) -> None:
    box, certificate = encrypted
    channel, told = EmailChannel(settings(box.port, certificate)), list[str]()
    channel.deliver(PARCEL, lambda: told.append("now"))
    channel.deliver(PARCEL, lambda: told.append("now"))
    channel.close()
    assert told == ["now", "now"]
    assert box.messages[1].get_content().splitlines() == [".starts with a dot", "second line"]


def test_a_server_that_cannot_prove_who_it_is_gets_nothing(encrypted: tuple[Mailbox, Path]) -> None:
    box, _ = encrypted
    told: list[str] = []
    with pytest.raises(PassingError, match="certificate"):
        EmailChannel(settings(box.port)).deliver(PARCEL, lambda: told.append("now"))
    assert box.messages == []
    assert told == []


def test_the_head_says_how_to_leave_and_has_one_recipient() -> None:
    message = message_of(PARCEL, settings(25), "https://scheme.test/")
    assert message["Subject"] == "Alert 1"
    assert message["To"] == "ann@invented.test"
    assert message["Message-ID"] == "<u1@scheme.test>"
    assert message["List-Unsubscribe"].startswith("<https://scheme.test/leave/abc>, <mailto:alerts@scheme.test?")
    assert message["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
    assert message_of(PARCEL, settings(25))["List-Unsubscribe-Post"] is None
