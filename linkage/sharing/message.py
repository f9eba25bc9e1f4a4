"""What leaves for one subscriber: an approved alert with its footer, a code to confirm, or a recall."""

from __future__ import annotations

import html
import tomllib
from collections.abc import Mapping
from functools import cache
from importlib.resources import files

from linkage.sharing.addresses import AddressKey
from linkage.sharing.channel import Parcel
from linkage.sharing.subscription import CONFIRM, LEAVE
from linkage.store.alert_record import Alert
from linkage.store.outbox import Message
from linkage.store.subscribers import Subscriber

DEFAULT_LANGUAGE = "en"
_SHORT = ("text", "app")


@cache
def _words() -> dict[str, dict[str, dict[str, str]]]:
    return tomllib.loads((files("linkage.sharing") / "messages.toml").read_text(encoding="utf-8"))


def parcel_of(
    message: Message, subscriber: Subscriber, key: AddressKey, alert: Alert | None = None, page: str = ""
) -> Parcel:
    """A message as it leaves. `alert` is the version that it is about, None for a confirmation."""
    words = _words().get(subscriber.language, _words()[DEFAULT_LANGUAGE])[message.kind]
    wish = CONFIRM if message.kind == "confirm" else LEAVE
    code = key.code(wish, subscriber.id)
    fill = {"alert": str(message.alert), "code": code, "link": _link(page, wish, code)}
    subject = words["subject"].format(**fill)
    leave_code = code if wish == LEAVE else ""
    address = key.decrypt(subscriber.address)
    if message.kind != "alert" or alert is None:
        return Parcel(message.uid, address, subject, words["plain"].format(**fill), leave_code=leave_code)
    if message.channel in _SHORT:
        return Parcel(message.uid, address, subject, alert.texts["short"], leave_code=leave_code)
    footer = words["footer"].format(**fill)
    plain = f"{alert.texts['email'].rstrip()}\n\n{footer}\n"
    return Parcel(message.uid, address, subject, plain, _with_footer(alert.texts, footer), leave_code)


def _link(page: str, wish: str, code: str) -> str:
    return f", or open {page.rstrip('/')}/{wish}/{code}" if page else ""


def _with_footer(texts: Mapping[str, str], footer: str) -> str:
    whole = texts.get("html", "")
    below = "<p>" + html.escape(footer).replace("\n", "<br>") + "</p>"
    if not whole:
        return ""
    start, end, rest = whole.rpartition("</body>")
    return f"{start}{below}{end}{rest}" if end else whole + below
