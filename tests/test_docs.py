"""What is not documented fails, written pages say what the code says, and the pages build without asking anybody."""

from __future__ import annotations

import importlib.util
import os
import re
import subprocess
import sys
from pathlib import Path
from types import ModuleType

import pytest

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
