"""A small OpenID provider on this machine: discovery, authorisation code flow with PKCE left to the client, and keys.

Whoever `claims` names is signed in at once, as by an organisation in which somebody is signed in already.
"""

from __future__ import annotations

import json
import secrets
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from typing import Any
from urllib.parse import parse_qs, urlencode, urlsplit

from joserfc import jwt
from joserfc.jwk import RSAKey

CLIENT, SECRET = "linkage", "between the two of them"


class Provider(ThreadingHTTPServer):
    """Listens at `issuer`; `asked` are the paths that were asked for, `claims` what is said of whoever signs in."""

    daemon_threads = True

    def __init__(self) -> None:
        super().__init__(("127.0.0.1", 0), _Handler)
        self.issuer = f"http://127.0.0.1:{self.server_port}"
        self.key = RSAKey.generate_key(2048, parameters={"kid": "one", "use": "sig", "alg": "RS256"})
        self.claims: dict[str, Any] = {}
        self.asked: list[str] = []
        self.codes: dict[str, dict[str, Any]] = {}

    def secrets_file(self) -> str:
        """What stands in `.streamlit/secrets.toml` of who signs people in here."""
        rows = {
            "redirect_uri": "http://127.0.0.1:{port}/oauth2callback",
            "cookie_secret": secrets.token_hex(32),
            "client_id": CLIENT,
            "client_secret": SECRET,
            "server_metadata_url": f"{self.issuer}/.well-known/openid-configuration",
        }
        return "[auth]\n" + "".join(f'{name} = "{value}"\n' for name, value in rows.items())

    def id_token(self, nonce: str | None) -> str:
        """What is said of whoever signs in, signed."""
        now = int(time.time())
        told = {"iss": self.issuer, "aud": CLIENT, "iat": now, "exp": now + 300, **self.claims}
        return jwt.encode({"alg": "RS256", "kid": "one"}, told | ({"nonce": nonce} if nonce else {}), self.key)


class _Handler(BaseHTTPRequestHandler):
    server: Provider

    def log_message(self, format: str, *args: object) -> None:
        """Say nothing."""

    def do_GET(self) -> None:
        here, asked = urlsplit(self.path), self.server
        asked.asked.append(here.path)
        if here.path == "/.well-known/openid-configuration":
            self._answer(_metadata(asked.issuer))
        elif here.path == "/keys":
            self._answer({"keys": [asked.key.as_dict(private=False)]})
        elif here.path == "/authorize":
            query = {name: values[0] for name, values in parse_qs(here.query).items()}
            assert (query["client_id"], query["response_type"]) == (CLIENT, "code")
            code = secrets.token_urlsafe(16)
            asked.codes[code] = query
            self.send_response(302)
            back = urlencode({"code": code, "state": query["state"]})
            self.send_header("Location", f"{query['redirect_uri']}?{back}")
            self.end_headers()
        else:
            self.send_error(404)

    def do_POST(self) -> None:
        asked = self.server
        asked.asked.append(urlsplit(self.path).path)
        body = parse_qs(self.rfile.read(int(self.headers["Content-Length"])).decode())
        begun = asked.codes.pop(body.get("code", [""])[0], None)  # a code stands once
        if begun is None or body["redirect_uri"][0] != begun["redirect_uri"]:
            self.send_error(400)
            return
        token = asked.id_token(begun.get("nonce"))
        self._answer({"access_token": "none", "token_type": "Bearer", "expires_in": 300, "id_token": token})

    def _answer(self, plain: Any) -> None:
        body = json.dumps(plain).encode()
        self.send_response(200)
        self.send_header("Content-Type", "application/json")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


def _metadata(issuer: str) -> dict[str, Any]:
    return {
        "issuer": issuer,
        "authorization_endpoint": f"{issuer}/authorize",
        "token_endpoint": f"{issuer}/token",
        "jwks_uri": f"{issuer}/keys",
        "response_types_supported": ["code"],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["RS256"],
    }


@contextmanager
def provider() -> Iterator[Provider]:
    """A provider that listens until the end of the block."""
    running = Provider()
    threading.Thread(target=running.serve_forever, daemon=True).start()
    try:
        yield running
    finally:
        running.shutdown()
        running.server_close()
