"""Text messages and apps through any gateway that apprise knows."""

from __future__ import annotations

import logging
from collections.abc import Callable
from urllib.parse import quote

import apprise

from linkage.sharing.channel import Parcel, PassingError
from linkage.sharing.sending_settings import Gateway

logging.getLogger("apprise").setLevel(logging.CRITICAL)  # it would write addresses into the log


class GatewayChannel:
    """Sends through one gateway; each message goes to an address of its own."""

    def __init__(self, settings: Gateway) -> None:
        self.per_minute, self.same_key = settings.per_minute, settings.same_key
        self._url = settings.url

    def deliver(self, parcel: Parcel, handing_over: Callable[[], None]) -> None:
        """See `Channel`. apprise does not say why a gateway refused, so that every refusal may be a passing one."""
        gateway = apprise.Apprise()
        url = self._url.replace("{address}", quote(parcel.address, safe="")).replace("{key}", quote(parcel.uid))
        if not gateway.add(url):
            raise PassingError("the gateway's address in the sending settings is none that apprise understands")
        handing_over()
        if not gateway.notify(body=parcel.plain, title="", body_format=apprise.NotifyFormat.TEXT):
            raise PassingError("the gateway did not take it")

    def close(self) -> None:
        """See `Channel`."""
