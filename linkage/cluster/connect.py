"""From an address to a cluster: connecting, TLS, a cluster on this machine, and what is said where that fails."""

from __future__ import annotations

import logging
import os
from collections.abc import Iterator
from contextlib import contextmanager
from functools import partial
from importlib import import_module
from pathlib import Path
from typing import Any

from linkage.cluster.place import Cluster
from linkage.cluster.worker import ClusterError

TLS = "tls://"
"""How an address begins that is encrypted, and at which both sides show a certificate."""

LOCAL = "local"
"""In place of an address: a scheduler and workers of this machine, for as long as the command runs."""

CERTIFICATES = ("ca.pem", "cert.pem", "key.pem")
"""In the folder of `--cluster-tls`: the authority's certificate, one's own, and its key."""

ANSWERS_WITHIN = 15.0
"""Seconds in which a scheduler answers [G]."""


@contextmanager
def cluster_at(address: str, tls: Path | None = None) -> Iterator[Cluster]:
    """The cluster at an address (`tcp://HOST:PORT`, `tls://HOST:PORT`) or LOCAL, for as long as the block runs.

    `tls` is a folder with CERTIFICATES; without, what Dask's own settings name. ClusterError where the extra is not
    installed, nothing answers, certificates are missing, or they do not go with the address.
    """
    distributed = _distributed()
    logging.getLogger("distributed").setLevel(logging.CRITICAL)  # a lost worker is said once, where it matters
    if tls and not address.startswith(TLS):
        raise ClusterError(f"--cluster-tls goes with an address {TLS}HOST:PORT, not with {address}: give one of them")
    if address == LOCAL:
        with distributed.LocalCluster(**_of_this_machine()) as local:
            yield from _leaving(Cluster(partial(distributed.Client, local, set_as_default=False)))
        return
    security = distributed.Security(**_certificates(tls)) if tls else None
    if address.startswith(TLS) and not (security or _named_by_dask(distributed)):
        raise ClusterError(f"{address} needs certificates: name their folder with --cluster-tls")
    connect = partial(distributed.Client, address, timeout=ANSWERS_WITHIN, security=security, set_as_default=False)
    yield from _leaving(_answering(Cluster(connect), address))


def _distributed() -> Any:
    """The library. ClusterError where it is not installed."""
    try:
        return import_module("distributed")
    except ModuleNotFoundError as error:
        raise ClusterError(
            'Working on a cluster needs the extra "cluster", which is not installed: pip install "linkage[cluster]"'
        ) from error


def _named_by_dask(distributed: Any) -> bool:
    """Do Dask's own settings name certificates, or what loads them?"""
    own = distributed.Security()
    return bool(
        (own.tls_ca_file and own.tls_client_cert)
        or import_module("dask.config").get("distributed.client.security-loader", None)
    )


def is_open(address: str) -> bool:
    """Is what goes to this address for anybody on the way to read?"""
    there = address.removeprefix("tcp://").rpartition(":")[0]
    return address != LOCAL and not address.startswith(TLS) and there not in ("127.0.0.1", "localhost", "[::1]")


def _of_this_machine() -> dict[str, Any]:
    """A worker for each core, and nothing that listens beyond this machine, or to anybody else on it: who reaches a
    scheduler can run anything as its user, so certificates are made that live as long as the cluster."""
    return {
        "n_workers": os.cpu_count() or 1,
        "threads_per_worker": 1,
        "host": "127.0.0.1",
        "security": True,
        "dashboard_address": None,
        "worker_dashboard_address": None,
        "silence_logs": logging.CRITICAL,
    }


def _leaving(cluster: Cluster) -> Iterator[Cluster]:
    try:
        yield cluster
    finally:
        cluster.close()


def _answering(cluster: Cluster, address: str) -> Cluster:
    """The same, connected: a wrong address is told at once, one that is lost later is waited for."""
    try:
        cluster.connected()
    except (OSError, TimeoutError, ValueError) as error:
        raise ClusterError(
            f"No scheduler answers at {address} ({' '.join(str(error).split())[:120]}): start one (dask scheduler), "
            "check the address, and with tls:// the certificates (--cluster-tls)"
        ) from error
    return cluster


def _certificates(folder: Path) -> dict[str, Any]:
    """What Dask's Security takes. ClusterError where a file is missing."""
    files = [folder / name for name in CERTIFICATES]
    if missing := [file.name for file in files if not file.is_file()]:
        raise ClusterError(
            f"{folder}: {', '.join(missing)} is not there; --cluster-tls names a folder with "
            f"{', '.join(CERTIFICATES)}"
        )
    authority, certificate, key = map(str, files)
    return {
        "tls_ca_file": authority,
        "tls_client_cert": certificate,
        "tls_client_key": key,
        "require_encryption": True,
    }
