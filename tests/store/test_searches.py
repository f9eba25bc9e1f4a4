"""Searches that are kept: saved, replaced, dropped, and told by the audit."""

from __future__ import annotations

from pathlib import Path

import pytest

from linkage.store import SavedSearch, Store, drop_search, record_search, save_search, saved_searches


def test_a_search_is_kept_until_it_is_replaced_or_dropped(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'kept.db'}", who="a.analyst") as store:
        save_search(store, SavedSearch("Saab", {"vehicle": "Saab"}, "reviewing S1"))
        save_search(store, SavedSearch("Leeds", {"near": "Leeds"}))
        save_search(store, SavedSearch("Saab", {"vehicle": "yellow Saab"}, "reviewing S1", who="b.analyst"))
        kept = saved_searches(store)
        assert [(one.name, one.question, one.who) for one in kept] == [
            ("Leeds", {"near": "Leeds"}, "a.analyst"),
            ("Saab", {"vehicle": "yellow Saab"}, "b.analyst"),
        ]
        drop_search(store, "Leeds")
        record_search(store, {"words": "Saab"}, "reviewing S1")
        assert [one.name for one in saved_searches(store)] == ["Saab"]
        assert [entry.what for entry in store.audit(2)] == ["search", "search dropped"]
        assert store.audit_broken_at() is None


def test_a_search_needs_a_name_and_one_that_is_not_kept_cannot_be_dropped(tmp_path: Path) -> None:
    with Store(f"sqlite:///{tmp_path / 'kept.db'}") as store:
        with pytest.raises(ValueError, match="name"):
            save_search(store, SavedSearch(" ", {}))
        with pytest.raises(KeyError):
            drop_search(store, "nobody")
