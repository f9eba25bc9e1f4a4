"""An interrupted run goes on where it stopped, and finds what it would have found."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path

import numpy as np
import pandas as pd
import pytest
from numpy.testing import assert_array_equal

from linkage import Linker, Report, Settings
from linkage.cluster import resume as module
from linkage.cluster.resume import Resumed, _read_blocks, _read_chains, _rest, _write_blocks, _write_chains, resumed
from linkage.features.packing import Packed
from linkage.features.parameters import elicited
from linkage.features.table import fit_table
from linkage.models.partition import Problem, State
from linkage.models.pruned_kernel import FLAG_BITS, Limits
from linkage.models.scan import Partners, ScanSettings, scan
from linkage.models.scan_columns import Columns
from linkage.models.work import THREADS, Block, ChainDone, ChainTask, RunChains, SharedSets, ranges
from linkage.output.files import OutputError, claimed
from tests.features.worlds import reports_from

ROOT = Path(__file__).parents[2]


class Interrupted(Exception):  # noqa: N818
    """Somebody pulled the plug."""


class Counted:
    """Does what threads do, counts it, and breaks off after so much."""

    def __init__(self, most: int = 10**9) -> None:
        self.most, self.rows, self.tasks = most, 0, 0

    def blocks(self, columns: Columns, limits: Limits, stretches: Sequence[tuple[int, int]]) -> Iterator[Block]:
        small = [block for start, end in stretches for block in ranges(start, end, 16)]
        for block in THREADS.blocks(columns, limits, small):
            if self.rows + self.tasks >= self.most:
                raise Interrupted
            self.rows += block.end - block.start
            yield block

    def chains(self, shared: SharedSets) -> RunChains:
        run = THREADS.chains(shared)

        def counted(tasks: Sequence[ChainTask]) -> Iterator[tuple[int, ChainDone]]:
            for one in run(tasks):
                if self.rows + self.tasks >= self.most:
                    raise Interrupted
                self.tasks += 1
                yield one

        return counted


@pytest.fixture(autouse=True)
def _at_once(monkeypatch: pytest.MonkeyPatch) -> None:
    """Everything is written as soon as it is done."""
    monkeypatch.setattr(module, "EVERY_SECONDS", 0.0)


@pytest.fixture(scope="module")
def packed() -> Packed:
    return fit_table(reports_from(11, 160), elicited()).pack()


WANTED = ScanSettings(top=6, far_top=2, least=1500)


def scanned(packed: Packed, place: Counted, folder: Path, wanted: ScanSettings = WANTED) -> Partners:
    return scan(packed, pd.Series(range(packed.n)).to_numpy() // 2, wanted, work=Resumed(place, folder))


def same(one: Partners, other: Partners) -> None:
    for name in vars(one):
        assert_array_equal(getattr(one, name), getattr(other, name))


def test_only_what_is_left_of_the_scan_is_done(packed: Packed, tmp_path: Path) -> None:
    with pytest.raises(Interrupted):
        scanned(packed, Counted(most=70), tmp_path)
    again = Counted()
    found = scanned(packed, again, tmp_path)

    assert again.rows == 160 - 80
    same(found, scanned(packed, Counted(), tmp_path / "other"))


def test_a_whole_scan_is_read_back(packed: Packed, tmp_path: Path) -> None:
    first, again = scanned(packed, Counted(), tmp_path), Counted()

    same(scanned(packed, again, tmp_path), first)
    assert again.rows == 0


def test_a_torn_file_is_done_again(packed: Packed, tmp_path: Path) -> None:
    first, again = scanned(packed, Counted(), tmp_path), Counted()
    torn = sorted(tmp_path.rglob("*.parquet"))[2]
    torn.write_bytes(torn.read_bytes()[:50])

    same(scanned(packed, again, tmp_path), first)
    assert again.rows == 16


def test_pairs_of_a_flipped_file_are_not_taken(tmp_path: Path) -> None:
    rows, partners = np.repeat(np.arange(16), 6), np.random.default_rng(0).integers(0, 160, 96)
    keys = ((rows * 160 + partners) << FLAG_BITS) + 1
    _write_blocks(tmp_path, [Block(0, 16, keys)], 160)
    file = next(tmp_path.glob("*.parquet"))
    whole = file.read_bytes()

    for at in range(0, len(whole), 4):
        file.write_bytes(whole)
        flip(file, at)
        for block in _read_blocks(file, 160, []):  # where something was flipped that is not asked for
            assert (block.start, block.end) == (0, 16)
            assert_array_equal(block.keys, keys)


def flip(file: Path, at: int) -> None:
    """Change one byte."""
    content = bytearray(file.read_bytes())
    content[at] ^= 0xFF
    file.write_bytes(content)


def chain_kept(folder: Path) -> tuple[Path, list[ChainTask]]:
    """A file with a chain of two units, and the task that it answers."""
    of, none = np.arange(2), np.arange(0)
    state = State(of, np.zeros((2, 3), np.int64), of + 1, of.astype(np.uint64), of, of, of[:1])
    pull = np.array([0.5, 1.0])
    problem = Problem(of, of, state.mark, of, of, pull, of, none, of, none, pull, pull, pull, pull, 0.0, 1.0, 3)
    folder.mkdir()
    _write_chains(folder, {0: ChainDone(np.array([0.25, 0.75]), np.zeros((4, 2), np.int64), state)})
    return next(folder.glob("*.npz")), [ChainTask(problem, state, 1, 2, 4)]


def test_no_file_of_chains_that_is_torn_or_flipped_stops_a_run(tmp_path: Path) -> None:
    file, tasks = chain_kept(tmp_path / "series")
    whole = file.read_bytes()
    assert _read_chains(file, tasks)[0].joined.tolist() == [0.25, 0.75]

    for end in range(0, len(whole), 7):
        file.write_bytes(whole[:end])
        assert _read_chains(file, tasks) == {}
    for at in range(0, len(whole), 4):
        file.write_bytes(whole)
        flip(file, at)
        for done in _read_chains(file, tasks).values():  # where a date or the like was flipped
            assert done.joined.tolist() == [0.25, 0.75]


def test_what_was_done_for_other_lists_is_not_taken(packed: Packed, tmp_path: Path) -> None:
    scanned(packed, Counted(), tmp_path)
    again = Counted()
    scanned(packed, again, tmp_path, ScanSettings(top=7, far_top=2, least=1500))

    assert again.rows == 160


def test_the_rest_of_stretches_is_what_is_not_done() -> None:
    assert _rest([(0, 10), (20, 30)], [(2, 4), (8, 10), (4, 5), (19, 22)]) == [(0, 2), (5, 8), (22, 30)]
    assert _rest([(0, 10)], [(0, 10)]) == []
    assert _rest([(3, 7)], []) == [(3, 7)]


def test_series_go_on_where_they_stopped(reports: list[Report], tmp_path: Path) -> None:
    def pairs(place: Counted, seed: int = 0) -> pd.DataFrame:
        return Linker(Settings(seed=seed), Resumed(place, tmp_path / "kept")).score(reports, top=10)

    whole = Counted()
    expected = Linker(work=Resumed(whole, tmp_path / "other")).score(reports, top=10)
    with pytest.raises(Interrupted):
        pairs(Counted(most=whole.rows + whole.tasks * 2 // 3))
    again, other = Counted(), Counted()

    pd.testing.assert_frame_equal(pairs(again), expected, check_exact=True)
    assert again.rows == 0
    assert 0 < again.tasks <= whole.tasks - whole.tasks * 2 // 3
    pairs(other, seed=1)
    assert (other.rows, other.tasks) == (0, whole.tasks)


def test_nothing_stays_once_the_results_stand(packed: Packed, tmp_path: Path) -> None:
    folder = tmp_path / "unfinished"
    for _ in range(2):  # made here, and there before
        with resumed(THREADS, folder) as place:
            scan(packed, pd.Series(range(packed.n)).to_numpy(), WANTED, work=place)
            assert list(folder.rglob("*.parquet"))

        assert not folder.exists()
        folder.mkdir()


def test_what_stands_in_the_folder_besides_is_left_alone(packed: Packed, tmp_path: Path) -> None:
    (tmp_path / "mine.txt").write_text("mine")
    for name in MINE:
        (tmp_path / name).mkdir()
    with resumed(THREADS, tmp_path) as place:
        scan(packed, pd.Series(range(packed.n)).to_numpy(), WANTED, work=place)

    assert {one.name for one in tmp_path.iterdir()} == {"mine.txt", *MINE}


MINE = ("pairs-of-shoes", "series-2026", "pairs-" + "0" * 31, "series-" + "0" * 32 + ".old")
"""Folders that are named much like what is kept."""


def test_a_folder_that_another_run_holds_is_told_in_one_line(tmp_path: Path) -> None:
    script = (
        "import sys; from pathlib import Path; from linkage.output.files import claimed\n"
        "with claimed(Path(sys.argv[1])): print('held', flush=True); sys.stdin.read()"
    )
    command = [sys.executable, "-c", script, str(tmp_path)]
    with subprocess.Popen(command, stdin=subprocess.PIPE, stdout=subprocess.PIPE, cwd=ROOT) as other:
        assert other.stdout
        assert other.stdout.readline() == b"held\n"
        with (
            pytest.raises(OutputError, match=f"is being written by process {other.pid} of"),
            resumed(THREADS, tmp_path),
        ):
            pytest.fail("another run is at it")
        other.communicate()

    with resumed(THREADS, tmp_path), claimed(tmp_path):
        pass  # results may be written there too
