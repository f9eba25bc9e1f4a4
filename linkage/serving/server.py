"""Serves it with uvicorn: one process, no log of who asks, and an end to requests that never begin."""

from __future__ import annotations

import errno
import socket
from collections.abc import Callable
from contextlib import suppress
from typing import Any

import uvicorn
from uvicorn.protocols.http.h11_impl import H11Protocol

from linkage.errors import why
from linkage.serving.app import make_app
from linkage.serving.settings import Serving, ServingError
from linkage.store import Store

_HEAD_BYTES = 32_768
_NO_ADDRESS = "{host} is no address of this machine; name one with --host, such as 127.0.0.1"
_NO_SUCH_ADDRESS = (errno.EADDRNOTAVAIL, errno.EAFNOSUPPORT)
"""What the system says of an address that it has not, as of ::1 for localhost where there is no IPv6."""


def serve(store: Store, settings: Serving, host: str, port: int, ready: Callable[[], object] = lambda: None) -> None:
    """Serve until Ctrl-C; `ready` is called once it listens. ServingError where it cannot."""
    server = uvicorn.Server(config(store, settings, host, port))
    sockets = listening(host, port)
    with suppress(KeyboardInterrupt):  # uvicorn hands it on once it has ended
        ready()
        server.run(sockets)


def listening(host: str, port: int) -> list[socket.socket]:
    """Sockets that listen on every address of `host`, to be closed by whoever serves on them. ServingError with the
    cure where the port is taken or may not be used, or `host` is no address of this machine."""
    try:
        every = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE)
    except (OSError, UnicodeError) as error:  # no such name, or none that can be one
        raise ServingError(_NO_ADDRESS.format(host=host)) from error
    found: list[socket.socket] = []
    faults: list[OSError] = []
    for family, address in dict.fromkeys((one[0], one[4]) for one in every):
        try:
            found.append(socket.create_server(address, family=family))
        except OSError as error:
            faults.append(error)
    fault = next((one for one in faults if not found or one.errno not in _NO_SUCH_ADDRESS), None)
    if fault is not None:
        for one in found:
            one.close()
        raise ServingError(_refused(host, port, fault)) from fault
    return found


def _refused(host: str, port: int, error: OSError) -> str:
    if error.errno == errno.EADDRINUSE:
        return f"Port {port} is taken; choose another with --port"
    if error.errno == errno.EACCES:
        return f"Port {port} may only be used by the system's administrator; choose one from 1024 on with --port"
    if error.errno in _NO_SUCH_ADDRESS:
        return _NO_ADDRESS.format(host=host)
    return f"{host}, port {port} cannot be used: {why(error)}"


def config(store: Store, settings: Serving, host: str, port: int) -> uvicorn.Config:
    """How uvicorn serves it."""

    class Patient(_Patient):
        """As patient as the settings say."""

        seconds = settings.head_seconds

    # uvicorn refuses where there are as many connections as its limit, the one that asks among them
    return uvicorn.Config(
        make_app(store, settings), host, port, http=Patient, ws="none", lifespan="off", access_log=False,
        log_level="error", proxy_headers=settings.proxy, forwarded_allow_ips="127.0.0.1", server_header=False,
        limit_concurrency=settings.connections + 1, timeout_keep_alive=5, timeout_graceful_shutdown=5,
        h11_max_incomplete_event_size=_HEAD_BYTES,
    )  # fmt: skip


class _Patient(H11Protocol):
    """Closes a connection on which no request has begun after some seconds, and where there are as many as may be the
    one that has idled longest, for whoever connects: idle ones shut nobody out."""

    seconds = 10.0

    def connection_made(self, transport: Any) -> None:
        """Somebody connects."""
        if self.limit_concurrency is not None and len(self.connections) + 1 >= self.limit_concurrency:
            self._make_room()
        super().connection_made(transport)
        self._wait_for_request()

    def connection_lost(self, exc: Exception | None) -> None:
        """They are gone."""
        self._wait.cancel()
        super().connection_lost(exc)

    def on_response_complete(self) -> None:
        """The next request on the connection has as long to begin as the first."""
        super().on_response_complete()
        self._wait.cancel()
        self._wait_for_request()

    @property
    def idle(self) -> bool:
        """Is no request at work on the connection? One whose head has not come whole is none yet."""
        return self.cycle is None or self.cycle.response_complete

    def _make_room(self) -> None:
        idle = [one for one in self.connections if isinstance(one, _Patient) and one.idle]
        if idle:
            oldest = min(idle, key=lambda one: (one.cycle is not None, one.since))
            self.connections.discard(oldest)  # it is lost only once the loop comes round to it
            oldest.transport.close()

    def _wait_for_request(self) -> None:
        self.since = self.loop.time()
        self._wait = self.loop.call_later(self.seconds, self._give_up)

    def _give_up(self) -> None:
        if self.idle and not self.transport.is_closing():
            self.transport.close()
