"""What is not documented fails, written pages say what the code says, and the pages build without asking anybody."""

from __future__ import annotations

import dataclasses
import importlib.util
import os
import re
import subprocess
import sys
from collections.abc import Iterable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

import pytest
import typer

ROOT = Path(__file__).parents[1]
REFERENCE = ROOT / "docs" / "reference"


def reference() -> ModuleType:
    spec = importlib.util.spec_from_file_location("write_reference", ROOT / "scripts" / "write_reference.py")
    assert spec is not None
    assert spec.loader is not None
    loaded = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(loaded)
    return loaded


@pytest.mark.parametrize("page", sorted(reference().PAGES))
def test_a_written_page_says_what_the_code_says(page: str) -> None:
    current = reference().PAGES[page]()
    assert (REFERENCE / page).read_text(encoding="utf-8") == current, "run: python scripts/write_reference.py"


def test_every_environment_variable_is_documented() -> None:
    named = set()
    for path in [*(ROOT / "linkage").rglob("*.py"), *(ROOT / "dashboard").rglob("*.py")]:
        named |= set(re.findall(r"""["'](LINKAGE_[A-Z_]+)["']""", path.read_text(encoding="utf-8")))
    documented = (REFERENCE / "settings.md").read_text(encoding="utf-8")
    assert "LINKAGE_STORE" in named
    assert [name for name in sorted(named) if f"`{name}`" not in documented] == []


def test_every_result_file_and_column_is_documented() -> None:
    from linkage import results

    page = (REFERENCE / "result-files.md").read_text(encoding="utf-8")
    columns = (results.PAIR_COLUMNS, results.INCIDENT_COLUMNS, results.SERIES_COLUMNS)
    names = [name for row in (*columns, results.AMBIGUOUS_COLUMNS, results.REJECT_COLUMNS) for name in row]
    assert [name for name in names if not re.search(rf"\b{name}\b", page)] == []


def test_every_field_of_a_report_is_documented() -> None:
    from linkage.report import Identifier, Person, Report, Vehicle

    page = (REFERENCE / "report-format.md").read_text(encoding="utf-8")
    own = {"raw", "spans", "warnings"}
    fields = {name for model in (Report, Person, Vehicle, Identifier) for name in model.model_fields} - own
    assert [name for name in sorted(fields) if not re.search(rf"`{name}`", page)] == []


def test_every_decision_is_listed() -> None:
    listed = (ROOT / "docs" / "decisions" / "index.md").read_text(encoding="utf-8")
    pages = sorted(path.name for path in (ROOT / "docs" / "decisions").glob("[0-9]*.md"))
    assert pages
    assert [page for page in pages if f"({page})" not in listed] == []


def test_every_page_stands_in_the_navigation() -> None:
    navigation = (ROOT / "mkdocs.yml").read_text(encoding="utf-8")
    pages = sorted(path.relative_to(ROOT / "docs").as_posix() for path in (ROOT / "docs").rglob("*.md"))
    assert [page for page in pages if not re.search(rf"[ :]{re.escape(page)}$", navigation, re.MULTILINE)] == []


def test_every_decision_that_the_code_names_is_written() -> None:
    named = set()
    for path in (ROOT / "linkage").rglob("*.py"):
        named |= set(re.findall(r"docs/decisions/(\d{4})", path.read_text(encoding="utf-8")))
    assert named
    assert [number for number in sorted(named) if not list((ROOT / "docs/decisions").glob(f"{number}-*.md"))] == []


def test_every_module_that_the_glossary_names_is_there() -> None:
    named = re.findall(r"`((?:linkage|dashboard)/\S+)`", (REFERENCE / "glossary.md").read_text(encoding="utf-8"))
    assert named
    assert [path for path in named if not (ROOT / path).is_file()] == []


def undocumented(names: Iterable[str], page: str) -> list[str]:
    """Names that do not stand as `name` in a page of the reference."""
    words = (REFERENCE / page).read_text(encoding="utf-8")
    return [name for name in sorted(set(names)) if f"`{name}`" not in words]


def test_every_figure_of_the_evaluation_is_documented() -> None:
    from linkage.evaluation.intervals import LABELS

    assert undocumented(LABELS, "evaluation.md") == []


def test_every_name_in_the_results_document_is_documented() -> None:
    from linkage.evaluation.document import document
    from linkage.evaluation.engine import Engine
    from linkage.evaluation.protocol import evaluate
    from tests.evaluation.trials import laid_out

    def names(plain: Any) -> Iterator[str]:
        for inner in plain.values() if isinstance(plain, dict) else plain if isinstance(plain, list) else ():
            yield from names(inner)
        yield from plain if isinstance(plain, dict) else ()

    found = document(evaluate(*laid_out(), folds=2, replicates=2, scorers=[Engine(labels=False)], robustness=True))
    assert found["trials"][0]["groups"]
    assert found["robustness"]
    written = {name for name in names(found) if not name.endswith(("_low", "_high")) or name.startswith("change")}
    assert undocumented(written, "evaluation.md") == []
    conditions = {row["condition"] for row in found["robustness"]}
    told = (REFERENCE / "evaluation.md").read_text(encoding="utf-8")
    assert [name for name in sorted(conditions) if name not in told] == []


def test_every_option_of_evaluate_is_documented() -> None:
    from linkage.cli.commands import app

    top: Any = typer.main.get_command(app)
    parameters = [parameter for parameter in top.commands["evaluate"].params if "--help" not in parameter.opts]
    options = {
        name for one in parameters for name in (one.opts if one.param_type_name == "option" else [one.metavar])
    }
    assert "--robustness" in options
    assert undocumented(options, "evaluation.md") == []


def test_every_baseline_is_documented() -> None:
    from linkage.evaluation.baselines import SPLINK, baselines

    page = (REFERENCE / "baselines.md").read_text(encoding="utf-8")
    names = {*(baseline.name for baseline in baselines()), *SPLINK}
    assert [name for name in sorted(names) if f"\n| {name} |" not in page] == []


def test_every_preset_is_documented() -> None:
    from linkage.synthetic import presets

    assert undocumented(presets(), "synthetic-world.md") == []


def test_everything_in_a_model_file_is_documented() -> None:
    from linkage.features.parameters import Parameter
    from linkage.models.model import Model
    from linkage.models.training import train
    from tests.factories import incident

    solved = [incident(build="slim", series=f"P{number // 2}") for number in range(8)]
    learned = train(solved).learned_from
    assert learned
    fields = (field.name for field in dataclasses.fields(Parameter))
    assert undocumented({*Model().to_json(), *learned, *fields}, "learning.md") == []


def test_every_benchmark_and_notebook_is_named() -> None:
    page = (REFERENCE / "evaluation.md").read_text(encoding="utf-8")
    files = [*(ROOT / "benchmarks").glob("*.py"), *(ROOT / "notebooks").glob("*.ipynb")]
    names = [path.relative_to(ROOT).as_posix() for path in sorted(files)]
    assert names
    assert [name for name in names if name not in page] == []


def test_the_pages_build_and_ask_nobody_outside_for_anything(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "mkdocs", "build", "--strict", "--site-dir", str(tmp_path)]
    quiet = {**os.environ, "NO_MKDOCS_2_WARNING": "1"}
    built = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False, env=quiet)
    assert built.returncode == 0, built.stderr
    pages = list(tmp_path.rglob("*.html"))
    assert len(pages) > 10
    fetched = re.compile(r"""<(?:script|img|iframe|link)\b[^>]*?\b(?:src|href)=["']?(?:https?:)?//[^>]*>""")
    for page in pages:
        found = [tag for tag in fetched.findall(page.read_text(encoding="utf-8")) if 'rel="canonical"' not in tag]
        assert found == [], page.name


def test_the_readme_sets_up_with_two_commands() -> None:
    readme = (ROOT / "README.md").read_text(encoding="utf-8")
    blocks = re.findall(r"```(?:\w*)\n(.*?)```", readme, re.DOTALL)
    assert blocks[0].split("\n")[:2] == ["make demo", "make test"]
    targets = set(re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), re.MULTILINE))
    assert {"demo", "test", "check", "docs", "help"} <= targets


def test_every_number_that_cites_the_science_page_finds_its_section() -> None:
    page = (ROOT / "docs/science.md").read_text(encoding="utf-8")
    sections = set(re.findall(r"^#+ (\d+(?:\.\d+)?)\.? ", page, re.MULTILINE)) | {
        f"0.{number}" for number in re.findall(r"^(\d)\. \*\*", page, re.MULTILINE)
    }
    cited = {
        section
        for path in (ROOT / "linkage").rglob("*")
        if path.suffix in {".py", ".toml"}
        for section in re.findall(r"SCIENCE\.md (\d+(?:\.\d+)?)", path.read_text(encoding="utf-8"))
    }
    assert cited
    assert cited <= sections
