"""Pictures of the documentation: every one that a page shows is there, and is taken by the script."""

from __future__ import annotations

import ast
import re
from pathlib import Path

ROOT = Path(__file__).parents[1]
FOLDER = ROOT / "docs" / "screenshots"
MOST_BYTES = 2_000_000


def taken() -> set[str]:
    """Names in SHOTS of the script, read without running it."""
    tree = ast.parse((ROOT / "scripts" / "take_screenshots.py").read_text(encoding="utf-8"))
    [shots] = [
        node.value
        for node in tree.body
        if isinstance(node, ast.AnnAssign) and getattr(node.target, "id", "") == "SHOTS"
    ]
    assert isinstance(shots, ast.Dict)
    return {str(ast.literal_eval(name)) for name in shots.keys if name}


def shown() -> set[str]:
    pages = (page.read_text(encoding="utf-8") for page in [*(ROOT / "docs").rglob("*.md"), ROOT / "README.md"])
    return {name for page in pages for name in re.findall(r"screenshots/([\w.-]+)\)", page)}


def test_a_page_shows_only_pictures_that_the_script_takes_and_all_of_them() -> None:
    there = {picture.name for picture in FOLDER.iterdir()}
    assert shown() == taken() == there


def test_every_kind_of_user_has_a_page_with_a_picture() -> None:
    pages = sorted((ROOT / "docs" / "users").glob("*.md"))
    assert len(pages) == 3
    assert [page.name for page in pages if "](../screenshots/" not in page.read_text(encoding="utf-8")] == []


def test_pictures_stay_small() -> None:
    assert sum(picture.stat().st_size for picture in FOLDER.iterdir()) < MOST_BYTES


def test_every_page_that_the_script_opens_is_one_of_the_dashboard() -> None:
    from dashboard.app import PAGES

    tree = (ROOT / "scripts" / "take_screenshots.py").read_text(encoding="utf-8")
    opened = {path.partition("?")[0] for path in re.findall(r"Shot\(\"([^\"]*)\"", tree)}
    assert opened
    assert opened <= {path for _, _, path, _ in PAGES}
