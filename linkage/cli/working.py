"""Where `linkage link` works: here, on a cluster, and with what an interrupted run had done."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.console import CommandError, warn
from linkage.cli.naming import not_empty

if TYPE_CHECKING:
    from linkage.models.work import Work

ClusterOption = Annotated[
    str | None,
    typer.Option(
        "--cluster",
        metavar="ADDRESS",
        help="Work on the Dask workers of this scheduler (tls://HOST:PORT), or on new ones of this machine: local.",
        callback=not_empty,
    ),
]
TlsOption = Annotated[
    Path | None,
    typer.Option("--cluster-tls", metavar="DIR", help="Folder with ca.pem, cert.pem and key.pem for --cluster."),
]
ResumeOption = Annotated[
    Path | None,
    typer.Option(
        "--resume", metavar="DIR", help="Keep what is done in DIR until all is; an interrupted run goes on from it."
    ),
]


@contextmanager
def work_of(cluster: str | None, tls: Path | None, resume: Path | None) -> Iterator[Work]:
    """The place of work that these options name. What is kept to resume is taken away once the block has run through.

    CommandError where they do not go together or DIR is no folder; ClusterError where the cluster cannot be used;
    OutputError where another run works with DIR.
    """
    from contextlib import ExitStack

    from linkage.models.work import THREADS

    if tls and not cluster:
        raise CommandError("--cluster-tls is about --cluster: name the scheduler's address too")
    if resume and resume.exists() and not resume.is_dir():
        raise CommandError(f"--resume {resume}: is no folder; name one, or a name that is free")
    if not (cluster or resume):
        yield THREADS
        return
    with ExitStack() as stack:
        place: Work = THREADS
        if cluster:
            from linkage.cluster.connect import cluster_at, is_open

            if is_open(cluster):
                warn(
                    f"The way to {cluster} is not encrypted: codes of reports can be read on it, and whoever reaches "
                    "the scheduler can run programs on the workers, and whoever stands in for it or changes what "
                    "comes over the line on this machine too. Use tls:// and --cluster-tls"
                )
            place = stack.enter_context(cluster_at(cluster, tls))
        if resume:
            from linkage.cluster.resume import resumed

            place = stack.enter_context(resumed(place, resume))
        yield place


def require_full_run(places: tuple[object, ...], part: bool) -> None:
    """CommandError where a place of work is named for what is not a full run."""
    if part and any(places):
        raise CommandError("--cluster and --resume are for a full run: leave --update, --quick and --background away")
