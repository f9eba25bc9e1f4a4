"""Linking in the background: one job at a time, its progress and outcome readable, a dead one noticed."""

from __future__ import annotations

import os
import subprocess
import sys
import time

import pytest
from sqlalchemy import update

from linkage.store import Store, jobs
from linkage.store.schema import jobs as rows
from tests.features.worlds import reports_from
from tests.store.test_store import Batch


def wait(store: Store, seconds: float = 240.0) -> jobs.JobStatus:
    ends = time.monotonic() + seconds
    while jobs.status(store).running and time.monotonic() < ends:
        time.sleep(0.2)
    return jobs.status(store)


def test_a_store_that_was_never_linked_in_the_background_is_idle(store: Store) -> None:
    assert jobs.status(store) == jobs.JobStatus()


def test_a_process_of_its_own_links_the_store(store: Store) -> None:
    store.import_batch(Batch(reports_from(seed=3, count=12)), "random.jsonl")
    begun = jobs.start(store, "ann")
    assert begun.running
    assert begun.by == "ann"
    ended = wait(store)
    assert (ended.state, ended.error) == ("done", "")
    run = store.latest_run()
    assert run is not None
    assert run.id == ended.run
    assert run.record["counts"]["reports"] == 12
    assert [entry.who for entry in store.audit(1)] == ["ann"]


def test_what_goes_wrong_is_told_in_words(store: Store) -> None:
    jobs.start(store, "ann")
    ended = wait(store)
    assert ended.state == "failed"
    assert "at least two reports" in ended.error


def test_only_one_job_runs_and_the_other_is_told_whose_it_is(store: Store) -> None:
    number = jobs.claim(store, "ann", jobs.LINK, os.getpid())
    with pytest.raises(jobs.BusyError, match="ann started linking this store"):
        jobs.claim(store, "bob", jobs.LINK, os.getpid())
    jobs.finish(store, number, run=None)
    assert jobs.status(store).state == "done"
    assert jobs.claim(store, "bob", jobs.LINK, os.getpid()) == number + 1


def test_a_job_of_this_process_gives_its_place_back_however_it_ends(store: Store) -> None:
    with jobs.at_work(store, "ann", jobs.LINK) as job:
        with pytest.raises(jobs.BusyError, match=f"process {os.getpid()} on"):
            jobs.start(store, "bob")
        job.run = 7
    assert (jobs.status(store).state, jobs.status(store).run) == ("done", 7)
    with pytest.raises(KeyboardInterrupt), jobs.at_work(store, "ann", jobs.LINK):
        raise KeyboardInterrupt
    assert (jobs.status(store).state, jobs.status(store).error) == ("failed", "It was stopped")


def test_what_an_earlier_process_of_the_same_number_began_holds_nobody_up(store: Store) -> None:
    number = jobs.claim(store, "ann", jobs.LINK, os.getpid())
    with store.engine.begin() as connection:
        connection.execute(update(rows).where(rows.c.id == number).values(started="2024-03-01T08:00:00+00:00"))
    assert jobs.status(store).state == "died"


def test_progress_is_noted_stage_by_stage(store: Store) -> None:
    number = jobs.claim(store, "ann", jobs.LINK, os.getpid())
    note = jobs.noting(store, number)
    note("pairs", 3, 10)
    note("pairs", 4, 10)  # too soon after the other to be written
    assert (jobs.status(store).stage, jobs.status(store).done, jobs.status(store).total) == ("pairs", 3, 10)
    note("series", 1, 5)
    assert (jobs.status(store).stage, jobs.status(store).done) == ("series", 1)


def test_a_process_that_died_is_noticed_and_makes_room(store: Store) -> None:
    gone = subprocess.Popen([sys.executable, "-c", "pass"])
    gone.wait()
    jobs.claim(store, "ann", jobs.LINK, gone.pid)
    assert jobs.status(store).state == "died"
    assert "ended without a word" in jobs.status(store).error
    jobs.claim(store, "bob", jobs.LINK, os.getpid())
    assert jobs.status(store).by == "bob"


def test_a_job_of_another_machine_is_dead_when_it_has_long_been_silent(store: Store) -> None:
    jobs.claim(store, "ann", jobs.LINK, os.getpid())
    with store.engine.begin() as connection:
        connection.execute(update(rows).values(host="elsewhere"))
    assert jobs.status(store).running
    with store.engine.begin() as connection:
        connection.execute(update(rows).values(beat="2020-01-01T00:00:00+00:00"))
    assert jobs.status(store).state == "died"
