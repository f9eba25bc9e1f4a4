"""E-mail through a real SMTP server: one recipient a message, encrypted on the way, with a way to leave the list."""

from __future__ import annotations

import smtplib
import ssl
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime
from email.headerregistry import Address
from email.message import EmailMessage
from email.utils import format_datetime
from pathlib import Path

from linkage.errors import why
from linkage.sharing.channel import FinalError, Parcel, PassingError, UnknownOutcomeError
from linkage.sharing.sending_settings import Email, SendingError

_CRLF = b"\r\n"
_PERMANENT = 500
_BUSY = {421, 450, 451, 452, 454}


class _HandingOver(smtplib.SMTP):
    """SMTP that tells right before the end of a message leaves: until then, a server keeps nothing of it."""

    handing_over: Callable[[], None]

    def data(self, msg: bytes | str) -> tuple[int, bytes]:  # type: ignore[override]
        """Send a message's words as `smtplib.SMTP.data` does, and tell before the end of it leaves."""
        self.putcmd("data")
        code, answer = self.getreply()
        if code != 354:
            raise smtplib.SMTPDataError(code, answer)
        words = msg.encode("ascii") if isinstance(msg, str) else msg
        words = _CRLF.join(b"." + line if line.startswith(b".") else line for line in words.splitlines())
        self.send(words + _CRLF)
        self.handing_over()
        self.send(b"." + _CRLF)
        return self.getreply()


class EmailChannel:
    """Sends by one connection, which it opens when it is needed and again after it broke."""

    same_key = False

    def __init__(self, settings: Email, page: str = "") -> None:
        self.per_minute = settings.per_minute
        self._settings, self._page = settings, page
        self._server: _HandingOver | None = None

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> None:
        """See `Channel`."""
        message, handed = message_of(parcel, self._settings, self._page), []

        def leaving() -> None:
            handing_over()
            handed.append(True)

        try:
            server = self._connected()
            server.handing_over = leaving
            server.send_message(message, self._settings.sender, [parcel.address])
        except smtplib.SMTPRecipientsRefused as error:
            self._quiet()
            raise _refused(*next(iter(error.recipients.values()))) from error
        except smtplib.SMTPResponseException as error:
            self.close()
            raise _refused(error.smtp_code, error.smtp_error) from error
        except (smtplib.SMTPException, OSError) as error:
            self.close()
            kind = UnknownOutcomeError if handed else PassingError
            raise kind(f"{self._settings.host}:{self._settings.port}: {error}") from error

    def close(self) -> None:
        """See `Channel`."""
        if self._server is not None:
            with suppress(smtplib.SMTPException, OSError):
                self._server.quit()
            self._server = None

    def _quiet(self) -> None:
        with suppress(smtplib.SMTPException, OSError):
            if self._server is not None:
                self._server.rset()

    def _connected(self) -> _HandingOver:
        if self._server is not None:
            return self._server
        set_to = self._settings
        server = _HandingOver(set_to.host, set_to.port, timeout=set_to.timeout_seconds)
        try:
            if set_to.starttls:
                server.starttls(context=ssl.create_default_context(cafile=set_to.ca_file))
            if set_to.user:
                server.login(set_to.user, _password(set_to.password_file))
        except BaseException:
            server.close()
            raise
        self._server = server
        return server


def message_of(parcel: Parcel, settings: Email, page: str = "") -> EmailMessage:
    """A parcel as an e-mail. Its number stays at every retry: a mailbox that got it twice can show it once.

    Ways to leave: RFC 2369 (List-Unsubscribe), and with a page of the scheme RFC 8058 (one click).
    """
    message = EmailMessage()
    domain = settings.sender.rpartition("@")[2]
    message["Message-ID"] = f"<{parcel.uid}@{domain}>"
    message["Date"] = format_datetime(datetime.now(UTC))
    message["From"] = Address(settings.name, addr_spec=settings.sender)
    message["To"] = parcel.address
    message["Subject"] = " ".join(parcel.subject.split())
    message["Auto-Submitted"] = "auto-generated"
    if parcel.leave_code:
        mail = f"<mailto:{settings.unsubscribe or settings.sender}?subject=leave%20{parcel.leave_code}>"
        link = f"<{page.rstrip('/')}/leave/{parcel.leave_code}>, " if page else ""
        message["List-Unsubscribe"] = link + mail
        if link.startswith("<https:"):
            message["List-Unsubscribe-Post"] = "List-Unsubscribe=One-Click"
    message.set_content(parcel.plain)
    if parcel.html:
        message.add_alternative(parcel.html, subtype="html")
    return message


def _refused(code: int, answer: bytes | str) -> PassingError | FinalError:
    words = answer.decode("utf-8", "replace") if isinstance(answer, bytes) else answer
    said = f"{code} {words}"
    return FinalError(said) if code >= _PERMANENT and code not in _BUSY else PassingError(said)


def _password(file: Path | None) -> str:
    if file is None:
        raise SendingError("email.user is set and email.password_file is not: name the file that holds the password")
    try:
        return file.read_text(encoding="utf-8").strip()
    except OSError as error:
        raise SendingError(f"email.password_file {file} cannot be read: {why(error)}") from error
