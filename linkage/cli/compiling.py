"""Compiles all kernels once for this machine, with progress, so that no later command waits for it."""

from __future__ import annotations

import json
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import Any

from linkage.compiled import COMPILED, COMPILER
from linkage.disk_cache import cached, digest_of_files, name_of

Progress = Callable[[int, int], None]
"""Called with the number of kernels that are compiled, and of all."""

FEW = 60
"""So many reports that two share a part of a plate, an incident and a series, so that no kernel is left out [G]."""
_HOLDING = ("linkage.models", "linkage.features", "linkage.evaluation")
"""Packages that hold kernels."""
STAGE = "compiling for this machine, the first time only"
"""What progress is told under."""
_TODAY = date(2026, 6, 30)


def compile_kernels(progress: Progress) -> None:
    """Compile every kernel that is not on disk yet, a minute or two of one core; nothing where all are.

    What was compiled is known by the code of the kernels, numba's version, the processor and the files it left.
    """
    if not COMPILED:
        return
    made: list[list[str]] = []

    def make() -> list[str]:
        made.append(_compiled(progress))
        return made[0]

    files = cached(_name(), make)
    if not made and not all(map(os.path.exists, files)):
        _compiled(progress)


def _name() -> bytes:
    from llvmlite.binding import get_host_cpu_name  # type: ignore[import-untyped]

    place = os.environ.get("NUMBA_CACHE_DIR", "")
    code = digest_of_files(*_HOLDING, "linkage/compiled.py", "linkage.cli/compiling.py")
    return name_of("kernels", COMPILER, get_host_cpu_name(), place, code)


def _compiled(progress: Progress) -> list[str]:
    """Use every kernel once; the files in which numba keeps what it compiled."""
    with _told(progress):
        use_all_kernels()
    found: list[str] = []
    for kernel in kernels():
        module = kernel.py_func.__module__.rpartition(".")[2]
        place = Path(kernel.stats.cache_path or os.devnull)
        found += sorted(map(str, place.glob(f"{module}.{kernel.py_func.__qualname__}-*.nbi")))
    return found


def kernels() -> list[Any]:
    """The kernels of the modules that are loaded, each once; but for those that only ever become part of another."""
    from numba.core.dispatcher import Dispatcher

    loaded = [module for name, module in sys.modules.items() if name.startswith("linkage.")]
    every = {id(one): one for module in loaded for one in vars(module).values() if isinstance(one, Dispatcher)}
    return [one for one in every.values() if one.targetoptions.get("inline") != "always"]


@contextmanager
def _told(progress: Progress) -> Iterator[None]:
    """Tell progress while the block runs: at each kernel that is compiled, and of all at its end."""
    from numba.core import event

    done: set[int] = set()

    class Counting(event.Listener):
        def on_start(self, event: Any) -> None: ...

        def on_end(self, event: Any) -> None:
            every = {id(one) for one in kernels()}
            if (number := id(event.data["dispatcher"])) in every - done:
                done.add(number)
                progress(len(done), len(every))

    _import_kernels()
    progress(0, len(kernels()))
    with event.install_listener("numba:compile", Counting()):
        yield
    progress(len(kernels()), len(kernels()))


def _import_kernels() -> None:
    """Load the modules of all kernels, so that their number is known before the first is compiled."""
    import linkage.evaluation.weighing
    import linkage.linker
    import linkage.models.newcomer_kernel  # noqa: F401


def use_all_kernels() -> None:
    """Link a small world, place a report in it, change one, explain a pair, and call what only evaluating and
    learning use: each kernel with the types that every command hands to it."""
    import numpy as np

    from linkage.evaluation.weighing import sums_before
    from linkage.features.measures import POINT, near_ratios
    from linkage.intake import read_reports
    from linkage.linker import Linker
    from linkage.synthetic import generate

    with TemporaryDirectory() as folder:
        file = Path(folder) / "few.jsonl"
        file.write_text("\n".join(json.dumps(row) for row in generate(FEW, seed=4).reports), encoding="utf-8")
        reports = read_reports(file, today=_TODAY).reports
    linker = Linker().fit(reports)
    pairs = linker.score(reports)
    series = linker.cluster(pairs)
    linker.explain(*pairs.loc[0, ["report_a", "report_b"]])
    newcomers = linker.newcomers()
    for one in reports:
        if one.occurred.days is not None and any(vehicle.registration for vehicle in one.vehicles):
            newcomers.place(one.model_copy(update={"report_id": "new"}), series)
            break
    changed = [reports[1].model_copy(update={"report_id": reports[0].report_id}), *reports[1:]]
    Linker().take(changed).hold(linker.carry()).score(changed)
    rows = np.zeros(1, dtype=np.intp)
    near_ratios(np.ones((1, POINT), dtype=np.float32), 0.0, rows, rows)
    sums_before(np.ones(1), rows, rows, rows, np.ones((1, 1), dtype=np.int64))
