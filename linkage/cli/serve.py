"""Starts the dashboard: on this machine only, without telling anybody, on a port that is free."""

from __future__ import annotations

import errno
import os
import signal
import socket
import subprocess
import sys
import threading
import time
import webbrowser
from importlib.util import find_spec
from pathlib import Path
from urllib.parse import urlunsplit

from linkage.cli.console import CommandError, say

HOST = "127.0.0.1"
PORT = 8501
_NO_ADDRESS = "{address} is no address of this machine; name one with --address, such as 127.0.0.1"
_START_SECONDS = 60  # [G] how long a slow machine may take until the first page answers


def is_here(address: str) -> bool:
    """Does only this machine reach what listens at this address? Of no other name than localhost is that known."""
    from linkage.sharing.sending_settings import on_this_machine  # takes a while to load

    return on_this_machine(address)


def free_port(wanted: int = PORT, address: str = HOST) -> int:
    """`wanted`, or when something listens there already, one the system gives."""
    family = _family(address)
    for port in (wanted, 0):
        with socket.socket(family) as probe:
            try:
                probe.bind((address, port))
            except OSError as error:
                if error.errno == errno.EADDRNOTAVAIL:
                    raise CommandError(_NO_ADDRESS.format(address=address)) from error
                continue
            return int(probe.getsockname()[1])
    raise CommandError("No port is free for the dashboard")


def _family(address: str) -> socket.AddressFamily:
    """Whether an address is one of IPv4 or of IPv6. CommandError where it is none, nor the name of one."""
    try:
        return socket.getaddrinfo(address, None, type=socket.SOCK_STREAM)[0][0]
    except (OSError, UnicodeError) as error:
        raise CommandError(_NO_ADDRESS.format(address=address)) from error


def command(port: int, address: str = HOST) -> list[str]:
    """The command line that serves the dashboard on `port`; how it is served stands in dashboard/.streamlit."""
    found = find_spec("dashboard")
    page = Path(found.origin).with_name("app.py") if found and found.origin else None
    if page is None or not page.exists():
        raise CommandError("The dashboard is not installed")
    elsewhere = [] if address == HOST else [f"--server.address={address}"]
    return [sys.executable, "-m", "streamlit", "run", str(page), f"--server.port={port}", *elsewhere]


def serve(store: str, port: int = PORT, browser: bool = True, listen: str = HOST) -> None:
    """Serve the dashboard on the store until Ctrl-C, and open it in a browser where there is a screen."""
    port = free_port(port, listen)
    named = f"[{listen}]" if ":" in listen else listen  # an address of IPv6 in a web address (RFC 3986, 3.2.2)
    address = urlunsplit(("http", f"{named}:{port}", "", "", ""))
    quiet = None if os.environ.get("LINKAGE_DEBUG") == "1" else subprocess.DEVNULL
    environment = {**os.environ, "LINKAGE_STORE": store}
    running = subprocess.Popen(
        command(port, listen), env=environment, stdin=subprocess.DEVNULL, stdout=quiet, stderr=quiet
    )
    signal.signal(signal.SIGTERM, lambda *_: sys.exit(0))  # so that the served process ends with this one
    threading.Thread(
        target=_announce, args=(running, (listen, port), address, browser and _has_screen()), daemon=True
    ).start()
    try:
        code = running.wait()
    except KeyboardInterrupt:
        code = 0
    finally:
        running.terminate()
        running.wait()
    if code:
        raise CommandError(f"The dashboard stopped by itself (code {code}). LINKAGE_DEBUG=1 shows why")


def _announce(running: subprocess.Popen[bytes], place: tuple[str, int], address: str, browser: bool) -> None:
    deadline = time.monotonic() + _START_SECONDS
    while running.poll() is None and time.monotonic() < deadline:
        with socket.socket(_family(place[0])) as probe:
            if probe.connect_ex(place) == 0:
                break
        time.sleep(0.1)
    if running.poll() is None:
        say(f"Dashboard: {address}   (Ctrl-C stops it)")
        sys.stdout.flush()
        if browser:
            webbrowser.open(address)


def _has_screen() -> bool:
    return sys.platform in ("darwin", "win32") or bool(os.environ.get("DISPLAY") or os.environ.get("WAYLAND_DISPLAY"))
