"""How tasks are asked for: what is shared goes once, later workers have their share, and a loss is waited out."""

from __future__ import annotations

import os
import signal
from collections.abc import Iterator
from functools import partial
from typing import Any

import distributed
import pytest

from linkage.cluster import place as module
from linkage.cluster.place import AHEAD, Cluster, _Job
from linkage.cluster.worker import ClusterError, Requirements, facts


def job(key: str = "key") -> _Job:
    """Adds to what is shared."""
    return _Job(lambda shared, _asked, added: shared + added, 100, Requirements(key, facts(), 0, 0))


def tasks(count: int) -> dict[int, tuple[int]]:
    return {number: (number,) for number in range(count)}


def answers(count: int) -> dict[int, int]:
    return {number: 100 + number for number in range(count)}


@pytest.fixture(scope="module")
def threads() -> Iterator[Any]:
    """A worker within this process."""
    with distributed.LocalCluster(
        n_workers=1, threads_per_worker=1, processes=False, dashboard_address=None, silence_logs=50
    ) as cluster:
        yield cluster


@pytest.fixture
def near(threads: Any) -> Iterator[Cluster]:
    place = Cluster(partial(distributed.Client, threads, set_as_default=False), patience=20)
    yield place
    place.close()


def counted(monkeypatch: pytest.MonkeyPatch, name: str) -> list[int]:
    """A list with an entry for each call of this method of a client."""
    calls, real = [], getattr(distributed.Client, name)

    def counting(*args: Any, **named: Any) -> Any:
        calls.append(1)
        return real(*args, **named)

    monkeypatch.setattr(distributed.Client, name, counting)
    return calls


def test_what_is_shared_is_sent_once_for_all_stretches(near: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    sent = counted(monkeypatch, "scatter")

    for _ in range(3):
        assert dict(near._done(job(), tasks(10))) == answers(10)
    assert len(sent) == 1
    assert dict(near._done(job("other"), tasks(10))) == answers(10)
    assert len(sent) == 2
    near._leave()
    assert dict(near._done(job("other"), tasks(10))) == answers(10)
    assert len(sent) == 3


def test_what_is_shared_is_sent_again_where_all_workers_were_lost_meanwhile(place: Cluster) -> None:
    assert dict(place._done(job(), tasks(4))) == answers(4)
    for process in place.connected().run(os.getpid).values():
        os.kill(process, signal.SIGKILL)

    assert dict(place._done(job(), tasks(4))) == answers(4)


def test_more_is_asked_for_where_there_are_more_threads(near: Cluster, monkeypatch: pytest.MonkeyPatch) -> None:
    asked, seen = counted(monkeypatch, "submit"), iter([2, 5, 5, 3])
    monkeypatch.setattr(module, "COUNT_EVERY", -1.0)
    monkeypatch.setattr(Cluster, "_threads", lambda _place: next(seen, 3))

    under_way = [len(asked) - done for done, _ in enumerate(near._done(job(), tasks(40)), start=1)]

    assert under_way[:2] == [5 * AHEAD] * 2
    assert under_way[2:20] == [*range(5 * AHEAD - 1, 3 * AHEAD, -1), *[3 * AHEAD] * (19 - 2 * AHEAD)]


class Clock:
    """Time that passes only where somebody sleeps."""

    now = 0.0

    def monotonic(self) -> float:
        return self.now

    def sleep(self, seconds: float) -> None:
        self.now += seconds


@pytest.fixture
def clock(monkeypatch: pytest.MonkeyPatch) -> Clock:
    clock = Clock()
    monkeypatch.setattr(module, "time", clock)
    return clock


def test_patience_counts_from_the_loss_and_not_from_the_last_answer(
    clock: Clock, monkeypatch: pytest.MonkeyPatch
) -> None:
    lost_at: list[float] = []

    def attempt(_place: Cluster, _job: _Job, left: dict[int, Any]) -> Iterator[tuple[int, int]]:
        clock.sleep(1000)  # a long task
        if len(lost_at) < 2:
            lost_at.append(clock.now)
            if len(lost_at) == 2:
                yield next(iter(left)), 0
            raise TimeoutError
        yield from [(number, 0) for number in left]

    monkeypatch.setattr(Cluster, "_attempt", attempt)

    assert dict(Cluster(pytest.fail, patience=10)._done(job(), tasks(3))) == {0: 0, 1: 0, 2: 0}


def test_a_cluster_that_stays_away_is_given_up(clock: Clock) -> None:
    def refused() -> Any:
        raise OSError("nobody is there")

    with pytest.raises(ClusterError, match=r"did not come back within 10 seconds \(nobody is there\)"):
        list(Cluster(refused, patience=10)._done(job(), tasks(3)))
    assert 10 < clock.now < 12


def test_without_workers_for_so_long_one_line_says_so(clock: Clock) -> None:
    class Idle:
        def scheduler_info(self, **_named: Any) -> dict[str, Any]:
            return {"workers": {}}

    with pytest.raises(ClusterError, match=r"No worker came within 10 seconds: start workers"):
        list(Cluster(Idle, patience=10)._done(job(), tasks(3)))
    assert 10 < clock.now < 12


def test_a_cluster_lost_between_stretches_is_waited_for(monkeypatch: pytest.MonkeyPatch) -> None:
    class Shared:
        def room_size(self) -> int:
            return 0

    def lost() -> Any:
        raise TimeoutError

    waited: list[int] = []
    monkeypatch.setattr(Cluster, "_done", lambda _place, _job, sent: iter(waited.append(len(sent)) or ()))

    assert list(Cluster(lost).chains(Shared())([])) == []  # type: ignore[arg-type]
    assert waited == [0]
