"""Addresses are kept encrypted, shown masked, and a code proves a wish."""

from __future__ import annotations

from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from linkage.sharing.addresses import AddressKey, checked, load_address_key, masked
from linkage.sharing.sending_settings import SendingError

KEY = AddressKey(b"MDEyMzQ1Njc4OTAxMjM0NTY3ODkwMTIzNDU2Nzg5MDE=")
OTHER = AddressKey(b"QUJDREVGR0hJSktMTU5PUFFSU1RVVldYWVphYmNkZWY=")


@given(st.text(max_size=80))
def test_what_was_encrypted_is_read_with_its_key_and_no_other(address: str) -> None:
    kept = KEY.encrypt(address)
    assert KEY.decrypt(kept) == address
    assert not address or len(address) < 4 or address not in kept
    with pytest.raises(SendingError, match="another key"):
        OTHER.decrypt(kept)


@given(st.emails())
def test_of_an_email_address_two_letters_and_its_ending_are_shown(address: str) -> None:
    local, _, domain = address.rpartition("@")
    shown = masked("email", address)
    assert shown == f"{local[0]}•••@{domain[0]}•••.{domain.rpartition('.')[2]}"


@pytest.mark.parametrize(
    ("number", "kept"), [("+44 7700 900123", "+447700900123"), ("(07700) 900-123", "07700900123")]
)
def test_a_telephone_number_is_kept_without_its_spaces(number: str, kept: str) -> None:
    assert checked("text", number) == kept
    assert masked("text", kept) == "•••23"


@pytest.mark.parametrize(
    ("channel", "address"),
    [
        ("email", "nobody"),
        ("email", "a@b"),
        ("email", "a@b.test\nBcc: c@d.test"),
        ("email", "a@b.test, c@d.test"),
        ("text", "12"),
        ("text", "07700x900123"),
        ("app", "../x y"),
    ],
)
def test_what_is_no_address_is_refused_without_being_shown(channel: str, address: str) -> None:
    with pytest.raises(ValueError, match=r"address|number") as error:
        checked(channel, address)
    assert address not in str(error.value)


def test_a_code_proves_one_wish_of_one_subscriber() -> None:
    code = KEY.code("leave", "s1")
    assert KEY.proves(f" {code.upper()} ", "leave", "s1")
    assert not KEY.proves(code, "confirm", "s1")
    assert not KEY.proves(code, "leave", "s2")
    assert not OTHER.proves(code, "leave", "s1")
    assert not KEY.proves("ä", "leave", "s1")


def test_a_key_is_made_once_and_only_its_owner_reads_it(tmp_path: Path) -> None:
    file = tmp_path / "key"
    with pytest.raises(SendingError, match="no key at"):
        load_address_key(file)
    assert load_address_key(file, make=True) == load_address_key(file)
    assert file.stat().st_mode & 0o777 == 0o600
    file.write_text("short")
    with pytest.raises(SendingError, match="32 bytes in base64"):
        load_address_key(file)
