"""Many analysts decide at once: nothing is lost, and the audit is one chain that verifies."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor

from linkage.store import Decision, Store

WRITERS, EACH = 8, 25  # benchmarks/crash.py --writers runs 8 x 500


def test_decisions_of_many_writers_are_all_kept(url: str) -> None:
    Store(url).close()

    def decide(writer: int) -> None:
        with Store(url, who=f"analyst {writer}") as store:
            for number in range(EACH):
                store.record_decision(Decision(f"analyst {writer}", "pair", f"a{number}", f"b{writer}", "unsure"))

    with ThreadPoolExecutor(WRITERS) as pool:
        list(pool.map(decide, range(WRITERS)))
    with Store(url, write=False) as store:
        kept = {(one.analyst, one.left) for one in store.decisions()}
        assert kept == {(f"analyst {writer}", f"a{number}") for writer in range(WRITERS) for number in range(EACH)}
        assert store.audit()[0].id == WRITERS * EACH
        assert store.verify(deep=True) == []
