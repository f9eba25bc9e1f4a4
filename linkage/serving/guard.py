"""Stands in front of everything: how large and slow a request may be, how many of one address may be at work at
once, and what every answer carries."""

from __future__ import annotations

import asyncio
import os
import sys
from collections.abc import Callable

from starlette.datastructures import Headers, MutableHeaders
from starlette.requests import ClientDisconnect
from starlette.types import ASGIApp, Message, Receive, Scope, Send

from linkage.serving.problems import Problem
from linkage.serving.rates import AtOnce
from linkage.serving.settings import Serving

FAILED = "The server failed at this request. It can be sent again."
TOO_MANY = (
    "Too many requests of this address are at work at once. Nothing of this one was kept; send it again when earlier "
    "ones are answered."
)
_RETRY = 5
"""Seconds after which to send again what was one too many [G]."""
HEADERS = {
    "Cache-Control": "no-store",
    "Content-Security-Policy": "default-src 'none'; style-src 'self'; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), geolocation=(), microphone=()",
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "X-Robots-Tag": "noindex, nofollow",
}
"""What every answer carries: a browser keeps nothing, fetches nothing elsewhere, frames nothing, tells nobody."""


class Guard:
    """Reads a request's body whole, within its limits, before anybody else sees the request. One address has no more
    than its share at work, from the first byte to the last of the answer, so that slow ones shut nobody else out."""

    def __init__(self, app: ASGIApp, settings: Serving, answer: Callable[[Scope, Problem], ASGIApp]) -> None:
        self._app, self._settings, self._answer = app, settings, answer
        self._at_once = AtOnce(settings.connections_each)

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """One request."""
        if scope["type"] != "http":
            if scope["type"] == "lifespan":
                await self._app(scope, receive, send)
            return
        with self._at_once.counted(scope["client"][0] if scope.get("client") else None) as free:
            await self._one(scope, receive, _Sending(send), free)

    async def _one(self, scope: Scope, receive: Receive, sending: _Sending, free: bool) -> None:
        try:
            if not free:
                raise Problem(429, TOO_MANY, {"Retry-After": str(_RETRY), "Connection": "close"})
            body = await self._body(scope, receive)
        except Problem as problem:
            await self._answer(scope, problem)(scope, receive, sending)
            return
        except ClientDisconnect:
            return
        try:
            await self._app(scope, _replay(body, receive), sending)
        except Exception as fault:  # whatever it is, nobody outside is told
            _tell(fault)
            if not sending.started:
                await self._answer(scope, Problem(500, FAILED))(scope, receive, sending)

    async def _body(self, scope: Scope, receive: Receive) -> bytes:
        headers, most = Headers(scope=scope), self._settings.body_bytes
        closed = {"Connection": "close"}
        if headers.get("content-encoding", "identity").lower() != "identity":
            raise Problem(415, "Send the body as it is, not compressed.", closed)
        told = headers.get("content-length", "0")
        if not told.isdigit() or int(told[:20]) > most:
            raise Problem(413, f"A request holds at most {most} bytes.", closed)
        try:
            async with asyncio.timeout(self._settings.body_seconds):
                return await _received(receive, most)
        except TimeoutError:
            raise Problem(408, "The request took too long to arrive. Send it again.", closed) from None


async def _received(receive: Receive, most: int) -> bytes:
    parts, size = list[bytes](), 0
    while True:
        message = await receive()
        if message["type"] == "http.disconnect":
            raise ClientDisconnect
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            raise Problem(413, f"A request holds at most {most} bytes.", {"Connection": "close"})
        parts.append(part)
        if not message.get("more_body", False):
            return b"".join(parts)


def _replay(body: bytes, receive: Receive) -> Receive:
    given = False

    async def again() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return again


class _Sending:
    """Sends with the headers that every answer carries."""

    def __init__(self, send: Send) -> None:
        self._send, self.started = send, False

    async def __call__(self, message: Message) -> None:
        if message["type"] == "http.response.start":
            self.started = True
            headers = MutableHeaders(scope=message)
            for name, value in HEADERS.items():
                headers.setdefault(name, value)
        await self._send(message)


def _tell(fault: Exception) -> None:
    """The kind of a fault for whoever runs the server; no word of a request, no address."""
    print(f"linkage serve: a request failed ({type(fault).__name__}). LINKAGE_DEBUG=1 shows where", file=sys.stderr)
    if os.environ.get("LINKAGE_DEBUG") == "1":
        import traceback

        traceback.print_tb(fault.__traceback__)
