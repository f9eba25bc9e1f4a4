"""Serves it with uvicorn: one process, no log of who asks, and an end to requests that never begin."""

from __future__ import annotations

import asyncio
from contextlib import suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from linkage.serving.app import make_app
from linkage.serving.settings import Serving
from linkage.store import Store

_HEAD_BYTES = 32_768


def serve(store: Store, settings: Serving, host: str, port: int) -> None:
    """Serve until Ctrl-C."""
    with suppress(KeyboardInterrupt):  # uvicorn hands it on once it has ended
        uvicorn.Server(config(store, settings, host, port)).run()


def config(store: Store, settings: Serving, host: str, port: int) -> uvicorn.Config:
    """How uvicorn serves it."""

    class Patient(_Patient):
        """As patient as the settings say."""

        seconds = settings.head_seconds

    return uvicorn.Config(
        make_app(store, settings), host, port, http=Patient, ws="none", lifespan="off", access_log=False,
        log_level="error", proxy_headers=settings.proxy, forwarded_allow_ips="127.0.0.1", server_header=False,
        limit_concurrency=settings.connections, timeout_keep_alive=5, timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )  # fmt: skip


class _Patient(H11Protocol):
    """Closes a connection on which no request has begun after some seconds."""

    seconds = 10.0

    def connection_made(self, transport: Any) -> None:
        """Somebody connects."""
        super().connection_made(transport)
        self._wait = asyncio.get_running_loop().call_later(self.seconds, self._give_up)

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        self._wait.cancel()
        super().connection_lost(exc)

    def _give_up(self) -> None:
        if self.cycle is None and not self.transport.is_closing():
            self.transport.close()
