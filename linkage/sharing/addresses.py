"""Addresses of subscribers: checked, encrypted in the store, shown masked, and codes that only the key can make."""

from __future__ import annotations

import base64
import hashlib
import hmac
import re
import secrets
from dataclasses import dataclass
from pathlib import Path

from cryptography.fernet import Fernet, InvalidToken

from linkage.errors import why
from linkage.output.files import write_private
from linkage.sharing.sending_settings import SendingError

_EMAIL = re.compile(r"[^@\s<>,;\"\x00-\x1f]{1,64}@(?:[A-Za-z0-9-]{1,63}\.)+[A-Za-z0-9-]{2,63}")
_PHONE = re.compile(r"\+?[0-9]{7,15}")
_DOT = "•"
_CODE_LETTERS = 20


@dataclass(frozen=True, slots=True)
class AddressKey:
    """The key that encrypts addresses (Fernet: AES-128-CBC with HMAC-SHA-256)."""

    secret: bytes

    def encrypt(self, address: str) -> str:
        """The address as it is kept."""
        return Fernet(self.secret).encrypt(address.encode()).decode()

    def decrypt(self, kept: str) -> str:
        """The address that was kept. SendingError where it was encrypted with another key or changed."""
        try:
            return Fernet(self.secret).decrypt(kept.encode()).decode()
        except InvalidToken:
            raise SendingError("An address cannot be decrypted: key_file names another key than wrote it") from None

    def mark(self, address: str) -> str:
        """What an address is found again by: HMAC-SHA-256, in hexadecimal."""
        return hmac.new(self.secret, f"address:{address}".encode(), hashlib.sha256).hexdigest()

    def code(self, purpose: str, subscriber: str) -> str:
        """A code that proves a subscriber's wish, `confirm` or `leave`: nobody without the key can make it."""
        whole = hmac.new(self.secret, f"{purpose}:{subscriber}".encode(), hashlib.sha256).digest()
        return base64.b32encode(whole).decode()[:_CODE_LETTERS].lower()

    def proves(self, code: str, purpose: str, subscriber: str) -> bool:
        """Is this the code? Compared in the same time whatever it is."""
        return hmac.compare_digest(code.strip().lower().encode(), self.code(purpose, subscriber).encode())


def load_address_key(file: Path, make: bool = False) -> AddressKey:
    """The key in a file; with `make`, a new one where there is none. SendingError where it cannot be used."""
    try:
        if make and not file.exists():
            write_private(file, base64.urlsafe_b64encode(secrets.token_bytes(32)).decode() + "\n")
        secret = file.read_text(encoding="ascii").strip().encode()
        Fernet(secret)
    except FileNotFoundError:
        raise SendingError(f"There is no key at {file}: linkage subscriber add makes it") from None
    except OSError as error:
        raise SendingError(f"The key {file} cannot be used: {why(error)}") from error
    except ValueError:
        raise SendingError(f"{file} is no key for addresses: it must hold 32 bytes in base64") from None
    return AddressKey(secret)


def checked(channel: str, address: str) -> str:
    """An address in the form that it is kept in. ValueError, saying what is wrong, where it is none."""
    words = address.strip()
    if channel == "feed":
        return ""
    if channel == "email":
        if not _EMAIL.fullmatch(words):
            raise ValueError(f"{masked(channel, words)!r} is no e-mail address")
        local, _, domain = words.rpartition("@")
        return f"{local}@{domain.lower()}"
    if channel == "text":
        number = re.sub(r"[\s().-]", "", words)
        if not _PHONE.fullmatch(number):
            raise ValueError(f"{masked(channel, words)!r} is no telephone number: 7 to 15 figures, + first if any")
        return number
    if not re.fullmatch(r"[\w.@:+-]{1,200}", words):
        raise ValueError("the address of an app is 1 to 200 letters, figures and . @ : + - _")
    return words


def masked(channel: str, address: str) -> str:
    """An address as it may be shown."""
    if channel == "email" and "@" in address:
        local, _, domain = address.rpartition("@")
        name, _, end = domain.rpartition(".")
        return f"{local[:1]}{_DOT * 3}@{name[:1]}{_DOT * 3}.{end}"
    return f"{_DOT * 3}{address[-2:]}" if len(address) > 4 else _DOT * 3
