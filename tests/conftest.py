"""What holds for every test."""

from __future__ import annotations

import gc
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from tempfile import TemporaryDirectory

import pytest
from hypothesis import settings

# Machines are noisy: an example that takes long on a busy one has not failed.
settings.register_profile("linkage", deadline=None)
settings.load_profile("linkage")

TESTS = Path(__file__).parent
COMPILING = pytest.StashKey[subprocess.Popen[bytes]]()
SHARED = pytest.StashKey["TemporaryDirectory[str]"]()

SHARED_FOLDER = "TESTS_SHARED_FOLDER"
"""Names to the workers of a run the folder that they share (`tests.shared`)."""

ORDER = [
    *("intake", "vocabulary", "test_house.py"),  # need no kernel: the kernels are compiled meanwhile
    *("test_notebooks.py", "dashboard", "evaluation", "models", "test_cli.py", "store", "test_linker.py"),
]
"""What runs first where workers share the files: the longest, so that none is left with one of them alone."""


def place(path: Path) -> int:
    """The place of a test file in the order; what is not named comes last."""
    first = path.relative_to(TESTS).parts[0]
    return ORDER.index(first) if first in ORDER else len(ORDER)


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Put the files in the order; in a file the tests stay as they are."""
    items.sort(key=lambda item: place(item.path))


def pytest_collection_finish() -> None:
    """Let nobody look through all that was loaded for garbage again and again: none of it is."""
    gc.collect()
    gc.freeze()


def pytest_sessionstart(session: pytest.Session) -> None:
    """Where workers share the tests, compile the kernels once for all, and give them a folder that they share."""
    if session.config.getoption("numprocesses", None):
        folder = session.config.stash[SHARED] = TemporaryDirectory()
        os.environ[SHARED_FOLDER] = folder.name
        words = [sys.executable, "-m", "tests.compiling"]
        session.config.stash[COMPILING] = subprocess.Popen(words, cwd=TESTS.parent, stdout=subprocess.DEVNULL)


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Leave no process behind, and no folder."""
    compiling = session.config.stash.get(COMPILING, None)
    if compiling is not None:
        compiling.terminate()
        compiling.wait()
    folder = session.config.stash.get(SHARED, None)
    if folder is not None:
        folder.cleanup()


@pytest.fixture(scope="module")
def few_chains() -> Iterator[None]:
    """Judge series by 4 chains and not by 20: for tests that ask whether two ways agree, or whether what is told adds
    up, and not how good the series are. All chains are run, told apart and put together by the same code."""
    from linkage.models import collective

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(collective, "CHAINS", ((1_000_000, 4),))
        yield
