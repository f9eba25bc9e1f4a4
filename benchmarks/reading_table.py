"""What the rules decided about each fact of a person in labelled texts, with what stands around it and the label.

    python benchmarks/reading_table.py CHECKOUT TEXTS... >> TABLE

`CHECKOUT` is the program as it was before anybody had repaired it against these texts (`git worktree add PATH
COMMIT`): its rules err there as they will on texts of the next author, and a model learns how far to trust them. A
line is `{"id", "field", "label", "x", "said"}`: label 1 where the labelled reported people have this value, 0 where
somebody else has it or nobody; `x` the features, `said` the words around it. Facts that the label leaves open, and
values that both have, are left out.
"""

from __future__ import annotations

import importlib.util
import json
import sys
from collections.abc import Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

HERE = Path(__file__).parent
SURE = 0.5
PERSON = frozenset((
    "sex", "age", "height_cm", "build", "ethnicity", "complexion", "hair_colour", "hair_style", "facial_hair",
    "glasses", "eyes", "accent", "marks", "clothing", "names_used",
))  # fmt: skip
"""Fields that a label of a person has."""


BELIEF = "linkage.intake.belief"
NEEDED = ("linkage.kept", "linkage.intake.patterns", "linkage.vocabulary.tables")
"""What the features need of the program beside the rules, from the lowest layer up."""


def features_of(name: str) -> ModuleType:
    """This checkout's features (a module of linkage/intake/belief), over the other's rules."""
    folder = HERE.parent / "linkage/intake/belief"
    spec = importlib.util.spec_from_file_location(
        BELIEF, folder / "__init__.py", submodule_search_locations=[str(folder)]
    )
    if spec is None:
        raise FileNotFoundError(folder)
    sys.modules[BELIEF] = importlib.util.module_from_spec(spec)
    for needed in NEEDED:
        _lent(needed)
    return importlib.import_module(f"{BELIEF}.{name}")


def _lent(name: str) -> None:
    """Lends this checkout's module to another that is from before there was one."""
    if importlib.util.find_spec(name) is None:
        spec = importlib.util.spec_from_file_location(name, HERE.parent / f"{name.replace('.', '/')}.py")
        if spec is None or spec.loader is None:
            raise FileNotFoundError(name)
        sys.modules[name] = importlib.util.module_from_spec(spec)
        spec.loader.exec_module(sys.modules[name])


def lines(texts: list[str]) -> Iterator[dict[str, Any]]:
    """A line for each labelled finding."""
    features = features_of("surroundings")
    from linkage.intake.facts import person
    from linkage.intake.readers.encoding import clean
    from linkage.intake.whose import Whose

    for told in (json.loads(line) for path in texts for line in Path(path).read_text(encoding="utf-8").splitlines()):
        text = clean(told["text"])
        whose = Whose.read(text, None)
        found = [f for f in sorted(person.find(text), key=lambda f: (f.start, f.end)) if f.confidence >= SURE]
        given = [bool(whose.person(*(getattr(f, "about", None) or (f.start, f.end)))) for f in found]
        around = features.Surroundings(text, whose.low, whose.breaks, whose.people, whose.count(), found, given)
        for number, finding in enumerate(found):
            right = label(told["gold"], finding.field, finding.value)
            if right is not None and finding.field in PERSON and not finding.negated:
                row = {name: round(value, 4) for name, value in around.of(number).items() if value}
                said = around.said(number)
                yield {"id": told["id"], "field": finding.field, "label": right, "x": row, "said": said}


def label(gold: dict[str, Any], field: str, value: Any) -> int | None:
    """1 for a fact of a reported person, 0 for one of somebody else or nobody, None where the label does not say."""
    if field in gold.get("ignore", ()):
        return None
    others = gold.get("others") or []
    read = [value.min, value.max] if hasattr(value, "min") else value
    his = any(_has(one, field, read) for one in gold.get("people") or [])
    theirs = any(_has(one, field, read) for one in ([others] if isinstance(others, dict) else others))
    return None if his and theirs else int(his)


def _has(person: dict[str, Any], field: str, read: Any) -> bool:
    from same_fact import same

    told = person.get(field)
    values = told if isinstance(told, list) and field not in ("age", "height_cm") else [told]
    return told is not None and any(same(field, one, read) for one in values)


if __name__ == "__main__":
    sys.path.insert(0, sys.argv[1])
    for line in lines(sys.argv[2:]):
        print(json.dumps(line, ensure_ascii=False))
