"""The results document as one HTML file that needs nothing beside it."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import cache, partial
from pathlib import Path
from typing import Any

from jinja2 import Environment, PackageLoader, StrictUndefined
from markupsafe import Markup

from linkage.evaluation import reading
from linkage.evaluation.document import number
from linkage.evaluation.html import charts
from linkage.evaluation.html.drawing import drawn
from linkage.evaluation.reading import TABLES, by_condition, by_grouping, counted, trial_words
from linkage.output.files import write_private

WORDS = ("CONDITION_FIGURES", "CONDITIONS_HOW", "GROUP_FIGURES", "GROUPS_HOW", "change", "interval_of", "ten_of")
"""What the template takes from `reading`."""

Find = Mapping[str, Any]


def page(found: Find) -> str:
    """The whole page as text."""
    trials = [
        {
            **trial,
            "words": trial_words(trial),
            "groupings": by_grouping(trial["groups"]),
            "charts": _charts(trial, f"t{place}"),
            "tables": [(table, [way for way in trial["ways"] if table.tells(way)]) for table in TABLES],
        }
        for place, trial in enumerate(found["trials"])
    ]
    template = _environment().get_template("report.html")
    return template.render(
        found=found, trials=trials, counted=counted(found), conditions=by_condition(found["robustness"])
    )


def write_page(found: Find, path: str | Path) -> None:
    """Write the page to `path`, whole or not at all. OSError when it cannot be written."""
    write_private(Path(path), page(found))


def _charts(trial: Find, name: str) -> dict[str, Markup]:
    """The drawings of a trial by name; one that would show nothing is left out."""
    ways = trial["ways"]
    said = [way for way in ways if way["reliability"]]
    gathered = [way for way in ways if charts.REBUILT["whole"] in way["figures"]]
    wanted: dict[str, tuple[list[Any], Callable[[], Any]]] = {
        "precision_recall": (ways, partial(charts.precision_recall, ways)),
        "work": (ways, partial(charts.work, ways)),
        "reliability": (said, partial(charts.reliability, said)),
        "recall": (ways, partial(charts.recall, ways)),
        "rebuilt": (gathered, partial(charts.rebuilt, gathered)),
    }
    # the drawing is made of escaped text by the chart library, so it may stand in the page as it is
    return {key: Markup(drawn(make(), f"{name}-{key}")) for key, (shown, make) in wanted.items() if shown}


@cache
def _environment() -> Environment:
    environment = Environment(
        loader=PackageLoader("linkage.evaluation.html", "."),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
    )
    environment.filters["number"] = number
    environment.globals |= {name: getattr(reading, name) for name in WORDS}
    return environment
