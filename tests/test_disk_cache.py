"""What is kept on disk: found by the next process, never found when it no longer holds, and never in the way."""

from __future__ import annotations

import gc
import os
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from linkage import disk_cache


@pytest.fixture
def folders(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Iterator[list[Path]]:
    """Two folders of this test's own in the place of the real ones."""
    own = [tmp_path / "first", tmp_path / "second"]
    monkeypatch.setattr(disk_cache, "_folders", lambda: own)
    monkeypatch.setattr(disk_cache, "_made", {})
    monkeypatch.setattr(disk_cache, "_used", set())
    monkeypatch.setattr(disk_cache.atexit, "register", lambda _: None)
    disk_cache._on_disk.cache_clear()
    yield own
    monkeypatch.undo()
    disk_cache._on_disk.cache_clear()


def next_process() -> None:
    """Forget everything that is not on disk."""
    disk_cache.save()
    disk_cache._made.clear()
    disk_cache._used.clear()
    disk_cache._on_disk.cache_clear()


def ask(name: str, value: object) -> tuple[object, bool]:
    """What is kept under a name, and whether it had to be made."""
    made: list[object] = []
    return disk_cache.cached(disk_cache.name_of(name), lambda: made.append(value) or value), bool(made)


def test_a_value_is_found_by_the_next_process(folders: list[Path]) -> None:
    value = {"a": (1, 2.5, None, True), "b": [frozenset(("x",)), b"y"]}
    assert ask("one", value) == (value, True)
    assert ask("one", value) == (value, False)
    next_process()
    assert ask("one", "other") == (value, False)
    assert [file.name for file in folders[0].iterdir()] == [disk_cache._FILE]


@pytest.mark.usefixtures("folders")
def test_what_others_wrote_stays() -> None:
    ask("one", 1)
    next_process()
    ask("two", 2)
    next_process()
    assert (ask("one", 0), ask("two", 0)) == ((1, False), (2, False))


def test_another_name_is_another_value() -> None:
    assert (
        len(
            {
                disk_cache.name_of("a", "bc"),
                disk_cache.name_of("ab", "c"),
                disk_cache.name_of("abc"),
                disk_cache.name_of("a", "bd"),
            }
        )
        == 4
    )


@pytest.mark.parametrize("spoil", [lambda c: c[:-1], lambda c: b"x" + c, lambda c: c[:-1] + b"\x00", lambda _: b""])
def test_a_torn_file_or_one_of_another_python_is_taken_for_none(
    folders: list[Path], spoil: Callable[[bytes], bytes]
) -> None:
    ask("one", "value")
    next_process()
    file = folders[0] / disk_cache._FILE
    file.write_bytes(spoil(file.read_bytes()))
    next_process()
    assert ask("one", "again") == ("again", True)
    next_process()
    assert ask("one", "third") == ("again", False)


def test_where_the_first_folder_cannot_be_written_the_second_is(folders: list[Path]) -> None:
    folders[0].write_text("no folder")
    ask("one", 1)
    next_process()
    assert ask("one", 2) == (1, False)


def test_where_nothing_can_be_written_values_are_made_anew(folders: list[Path]) -> None:
    for folder in folders:
        folder.write_text("no folder")
    ask("one", 1)
    next_process()
    assert ask("one", 2) == (2, True)


@pytest.mark.usefixtures("folders")
def test_a_file_that_grew_too_large_keeps_what_is_used(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("old", "x" * 100)
    ask("in use", "y" * 100)
    next_process()
    monkeypatch.setattr(disk_cache, "_MOST_BYTES", 250)
    ask("in use", "")
    ask("new", "z" * 100)
    next_process()
    assert ask("in use", "") == ("y" * 100, False)
    assert ask("new", "") == ("z" * 100, False)
    assert ask("old", "") == ("", True)


def test_a_digest_of_files_follows_modules_and_tables(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    package = tmp_path / "kept_example"
    (package / "data").mkdir(parents=True)
    (package / "__init__.py").write_text("")
    (package / "data" / "table.toml").write_text("a = 1")
    monkeypatch.syspath_prepend(tmp_path)
    places = ("kept_example", "kept_example/data"), ("kept_example", "kept_example/data/table.toml")
    digest = disk_cache.digest_of_files.__wrapped__
    before = [digest(*of) for of in places]
    assert before == [digest(*of) for of in places]
    (package / "data" / "table.toml").write_text("a = 2")
    changed = [digest(*of) for of in places]
    assert not set(before) & set(changed)
    (package / "__init__.py").write_text("b = 1")
    assert not set(changed) & {digest(*of) for of in places}
    (package / "__init__.py").unlink()
    assert digest("kept_example") != digest("kept_example")


def test_garbage_is_looked_for_again_afterwards() -> None:
    assert gc.isenabled()
    with disk_cache.uncollected():
        assert not gc.isenabled()
        with disk_cache.uncollected():
            pass
        assert not gc.isenabled()
    assert gc.isenabled()


@pytest.mark.skipif(not hasattr(os, "geteuid"), reason="the system knows no owners of files")
@pytest.mark.parametrize("mode", [0o620, 0o602])
def test_a_file_that_others_could_have_written_is_not_read(folders: list[Path], mode: int) -> None:
    ask("one", "mine")
    next_process()
    (folders[0] / disk_cache._FILE).chmod(mode)
    assert ask("one", "made anew") == ("made anew", True)


@pytest.mark.usefixtures("folders")
def test_a_file_of_another_user_is_not_read(monkeypatch: pytest.MonkeyPatch) -> None:
    ask("one", "mine")
    next_process()
    written = os.stat_result((0o600, 1, 1, 1, 4321, 4321, 9, 0, 0, 0))  # by user 4321, in order of the system's call
    monkeypatch.setattr(disk_cache.os, "fstat", lambda _: written)
    assert ask("one", "made anew") == ("made anew", True)


def test_what_is_written_is_private(folders: list[Path]) -> None:
    ask("one", "mine")
    next_process()
    assert (folders[0] / disk_cache._FILE).stat().st_mode & 0o077 == 0
