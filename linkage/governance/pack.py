"""The pack: every document rendered from its template, with what is left open listed."""

from __future__ import annotations

import json
import tomllib
from collections.abc import Callable, Mapping, Sequence
from dataclasses import asdict, dataclass
from functools import cache
from importlib.metadata import version
from importlib.resources import files
from pathlib import Path
from typing import Any

from jinja2 import StrictUndefined, TemplateError
from jinja2.sandbox import SandboxedEnvironment

from linkage.errors import LinkageError
from linkage.evaluation.groups import GROUPINGS
from linkage.evaluation.intervals import LABELS
from linkage.evaluation.reading import GROUP_FIGURES
from linkage.governance.evaluated import MAIN, Evaluation
from linkage.governance.figure import OPEN, Figure
from linkage.governance.markdown import Markdown, escaped, page, table
from linkage.governance.store_figures import StoreFigures, leaves_for, may_do, rule_rows
from linkage.review.people import ROLES
from linkage.sharing.suppression import shown

OPEN_FIRST = "open-questions"
"""Name of the document that lists what is open; it stands first."""


class GovernanceError(LinkageError, ValueError):
    """The pack cannot be made; the message names file and cure."""


@dataclass(frozen=True, slots=True)
class Pack:
    """The documents by file name, the page for print, and every figure as plain values; `open_figures` are those not
    measured and `to_fill_in` the questions that only the scheme can answer, each as document and words."""

    documents: Mapping[str, str]
    html: str
    figures: Mapping[str, Any]
    open_figures: Sequence[tuple[str, str]]
    to_fill_in: Sequence[tuple[str, str]]

    @property
    def files(self) -> dict[str, bytes]:
        """Name and bytes of each file."""
        made = {f"{name}.md": words.encode() for name, words in self.documents.items()}
        plain = json.dumps(self.figures, ensure_ascii=False, indent=2, sort_keys=True)
        return made | {"governance.html": self.html.encode(), "figures.json": plain.encode()}


@cache
def words_of() -> dict[str, Any]:
    """The documents' titles and the words that stand on every page (governance.toml)."""
    return tomllib.loads((files("linkage.governance") / "governance.toml").read_text(encoding="utf-8"))


def answers_of(file: Path | None) -> dict[str, str]:
    """The scheme's own answers by question (TOML, key = "text"). GovernanceError for a file that holds none."""
    if file is None:
        return {}
    try:
        found = tomllib.loads(file.read_text(encoding="utf-8"))
    except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
        raise GovernanceError(f"{file} is no TOML: {error}") from error
    wrong = [key for key, value in found.items() if not isinstance(value, str) or not value.strip()]
    if wrong:
        raise GovernanceError(f'{file}: {wrong[0]}: write {wrong[0]} = "the answer in words"')
    return found


class _Rendering:
    """What a template may ask for, and what it was told is open."""

    def __init__(self, held: StoreFigures, evaluation: Evaluation, answers: Mapping[str, str]) -> None:
        self.held, self.evaluation, self.answers = held, evaluation, answers
        self.document, self.used = "", set[str]()
        self.open_figures: list[tuple[str, str]] = []
        self.to_fill_in: list[tuple[str, str]] = []

    def figure(self, figure: Figure) -> str:
        """A figure in words; an open one is listed."""
        if figure.is_open:
            self.open_figures.append((self.document, figure.why))
        return figure.words

    def measured(self, key: str) -> str:
        """A figure of the evaluation by its key."""
        return self.figure(self.evaluation.figure(key))

    def answer(self, key: str, question: str) -> Markdown:
        """The scheme's own answer; without one the question is marked as theirs."""
        self.used.add(key)
        if key in self.answers:
            return Markdown(escaped(self.answers[key]))
        self.to_fill_in.append((self.document, f"{key}: {question}"))
        return Markdown(f"**{words_of()['words']['fill']}** {escaped(question)} (`{key}`)")

    def tables(self) -> dict[str, Callable[..., Markdown]]:
        """The tables by name."""
        return {
            "performance": self._performance,
            "ways": self._ways,
            "reliability": self._reliability,
            "groups": self._groups,
            "gathered": self._gathered,
            "sensitive": self._sensitive,
            "counts": self._counts,
            "completeness": self._completeness,
            "roles": lambda: table(["what", *ROLES], may_do()),
            "purposes": lambda: table(["what leaves", "consent that each report needs"], leaves_for()),
            "retention": self._retention,
        }

    def _performance(self) -> Markdown:
        return table(["figure", "value (95 % interval), n"], [[LABELS[key], self.measured(key)] for key in MAIN])

    def _ways(self) -> Markdown:
        heads = ["way of linking", *(LABELS[key] for key in MAIN[:3])]
        rows = [
            [way["name"], *(self.figure(self.evaluation.figure(key, place)) for key in MAIN[:3])]
            for place, way in enumerate(self.evaluation.ways)
        ]
        return table(heads, rows or [[self.measured(MAIN[0]), "", "", ""]])

    def _reliability(self) -> Markdown:
        rows = [[of, n, self.figure(one)] for of, n, one in self.evaluation.reliability()]
        heads = ["probability said", "pairs", "share that are links (95 % interval)"]
        return table(heads, rows or [[self.measured("ece_seen"), "", ""]])

    def _groups(self, grouping: str) -> Markdown:
        found = self.evaluation.groups(grouping)
        rows = [[name, reports, links, *map(self.figure, rates)] for name, reports, links, rates in found]
        heads = [grouping, "reports", "links", *GROUP_FIGURES.values()]
        empty = Figure(why=f"errors by {grouping} were not measured")
        return table(heads, rows or [[self.figure(empty), *[""] * (len(heads) - 1)]])

    def _gathered(self, grouping: str) -> Markdown:
        rows = [[name, n, self.figure(one)] for name, n, one in self.held.gathered_by(grouping)]
        return table([grouping, "reports", "share in a candidate series (95 % interval)"], rows)

    def _sensitive(self) -> Markdown:
        rows = [[name, self.figure(on), self.figure(more)] for name, on, more in self.evaluation.sensitive()]
        return table(["figure", "with sensitive items on", "more than without them"], rows)

    def _counts(self, *names: str) -> Markdown:
        rows = [
            [name, label.replace("_", " "), shown(count)]
            for name in names
            for label, count in sorted(self.held.monitored.tables[name].items())
        ]
        return table(["what", "of which", "count"], rows or [["nothing was counted yet", "", ""]])

    def _completeness(self) -> Markdown:
        rows = [[name, self.figure(one)] for name, one in self.held.completeness()]
        return table(["recorded", "share of reports (95 % interval)"], rows)

    def _retention(self) -> Markdown:
        heads = ["rule", "takes", "older than", "counted from", "reason"]
        if self.held.rules is None:
            why = "no retention rules were given; write them and give the file with --retention"
            return table(heads, [[self.figure(Figure(why=why)), *[""] * 4]])
        return table(heads, rule_rows(self.held.rules))


def pack_of(
    held: StoreFigures, evaluation: Evaluation, answers: Mapping[str, str], day: str, templates: Path | None = None
) -> Pack:
    """Render every document of the pack made on a day (ISO); files in the folder `templates` stand in place of the
    program's own. GovernanceError for a template with a name that nothing fills, and for an answer to no question."""
    told = _Rendering(held, evaluation, answers)
    made: dict[str, str] = {}
    for name in words_of()["documents"]:
        told.document = name
        made[name] = _rendered(name, told, day, templates)
    if unknown := sorted(answers.keys() - told.used):
        raise GovernanceError(f"{unknown[0]!r} answers no question; there are {', '.join(sorted(told.used))}")
    told.document = OPEN_FIRST
    whole = {OPEN_FIRST: _rendered(OPEN_FIRST, told, day, templates)} | made
    words = words_of()["words"]
    mark = words["synthetic_mark"] if held.synthetic else words["mark"]
    html = page(words["title"], mark, whole)
    return Pack(whole, html, _plain(held, evaluation), told.open_figures, told.to_fill_in)


def _rendered(name: str, told: _Rendering, day: str, templates: Path | None) -> str:
    held, evaluation = told.held, told.evaluation
    own = templates / f"{name}.md.j2" if templates else None
    try:
        source = own.read_text(encoding="utf-8") if own and own.is_file() else _shipped(name)
        return _environment().from_string(source).render(
            title=words_of()["documents"].get(name, "What is open"),
            day=day,
            version=version("linkage"),
            evaluation=evaluation.words,
            run=held.run,
            learned=held.learned,
            reports=shown(held.monitored.totals["reports"]),
            decisions=shown(held.monitored.totals["decisions"]),
            synthetic=held.synthetic,
            accounts={role: held.accounts.get(role, 0) > 0 for role in ROLES},
            erased=shown(held.erased if not 0 < held.erased < 5 else None),
            groupings=list(GROUPINGS),
            table=told.tables(),
            figure=told.measured,
            answer=told.answer,
            open_figures=list(dict.fromkeys(told.open_figures)),
            to_fill_in=told.to_fill_in,
            open=OPEN,
        )  # fmt: skip
    except (TemplateError, TypeError, KeyError) as error:
        raise GovernanceError(f"{own or name}: the template names what nothing fills: {error}") from error


def _shipped(name: str) -> str:
    return (files("linkage.governance") / "templates" / f"{name}.md.j2").read_text(encoding="utf-8")


def _environment() -> SandboxedEnvironment:
    return SandboxedEnvironment(undefined=StrictUndefined, finalize=escaped, trim_blocks=True, lstrip_blocks=True)


def _plain(held: StoreFigures, evaluation: Evaluation) -> dict[str, Any]:
    """Every figure as plain values, for whoever reads by program; None where it is open or suppressed."""
    return {
        "evaluation": {"file": evaluation.file, "sha256": evaluation.digest, "words": evaluation.words},
        "store": held.origin,
        "performance": {key: asdict(evaluation.figure(key)) for key in MAIN},
        "groups": {
            grouping: [
                {"group": name, "reports": n, "links": links}
                | {key: asdict(one) for key, one in zip(GROUP_FIGURES, rates, strict=True)}
                for name, n, links, rates in evaluation.groups(grouping)
            ]
            for grouping in GROUPINGS
        },
        "gathered": {
            grouping: [{"group": name, "reports": n} | asdict(one) for name, n, one in held.gathered_by(grouping)]
            for grouping in GROUPINGS
        },
        "completeness": {name: asdict(one) for name, one in held.completeness()},
        "sensitive": {
            name: {"with": asdict(on), "more than without": asdict(more)} for name, on, more in evaluation.sensitive()
        },
        "monitoring": asdict(held.monitored),
    }
