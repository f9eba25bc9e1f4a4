"""Passwords, one-time codes and how long somebody waits after wrong tries; pure rules, nothing is kept here."""

from __future__ import annotations

import time
from functools import cache

import pyotp
from argon2 import PasswordHasher
from argon2.exceptions import Argon2Error, InvalidHashError

LEAST = 12
"""Characters of a password [G]: between the 15 (alone) and 8 (beside a second factor) of NIST SP 800-63B-4."""
MOST = 200
"""Characters of a password: a longer one only costs time."""
FREE_TRIES, FIRST_WAIT, LONGEST_WAIT = 3, 5, 900
"""Wrong tries without a wait; seconds after the next one, doubled with each that follows; most seconds [G]."""
STEP = 30
"""Seconds for which a one-time code stands (RFC 6238)."""

RULES = f"At least {LEAST} characters, not the name in it, and not a single character again and again."

_HASHER = PasswordHasher()


def password_problem(password: str, name: str) -> str:
    """Why a password cannot be taken, in a sentence; empty where it can."""
    if len(password) < LEAST:
        return f"A password has at least {LEAST} characters; this one has {len(password)}"
    if len(password) > MOST:
        return f"A password has at most {MOST} characters; this one has {len(password):,}"
    if name.casefold() in password.casefold():
        return "The password holds the name of the account; choose another"
    if len(set(password)) < 4:
        return "The password is hardly more than one character again and again; choose another"
    return ""


def hashed(password: str) -> str:
    """The argon2id hash that is kept in place of a password."""
    return _HASHER.hash(password)


def agrees(kept: str | None, password: str) -> bool:
    """Is it the password of this hash? Takes as long where there is none, so that nobody learns which names exist."""
    nobodys = _nobodys_hash()  # asked for in either case: making it takes as long as looking at a password
    try:
        return _HASHER.verify(kept or nobodys, password) and kept is not None
    except (Argon2Error, InvalidHashError):
        return False


@cache
def _nobodys_hash() -> str:
    """What a password is compared with where there is none; made at the first sign-in, as it takes a while."""
    return _HASHER.hash("nobody has this password")


def wait_after(wrong: int) -> int:
    """Seconds to wait after so many wrong tries in a row."""
    if wrong < FREE_TRIES:
        return 0
    return int(min(FIRST_WAIT * 2 ** min(wrong - FREE_TRIES, 20), LONGEST_WAIT))


def new_code_secret() -> str:
    """A secret for one-time codes (base 32)."""
    return pyotp.random_base32()


def code_address(secret: str, name: str) -> str:
    """What an authenticator app takes the secret from (otpauth://...)."""
    return pyotp.TOTP(secret, interval=STEP).provisioning_uri(name=name, issuer_name="Linkage")


def code_step(secret: str, code: str, at: float | None = None) -> int | None:
    """The step that a one-time code belongs to, this one or one to either side; None where it is wrong. A step that
    was used before must not be taken again."""
    moment = time.time() if at is None else at
    totp = pyotp.TOTP(secret, interval=STEP)
    digits = "".join(code.split())
    for step in (int(moment) // STEP + offset for offset in (0, -1, 1)):
        if pyotp.utils.strings_equal(digits, totp.generate_otp(step)):
            return step
    return None
