"""Writes the pages of docs/ that say what the code and the data say: commands, comparisons, settings, words, places.

`python scripts/write_reference.py` writes them; a test fails while one is behind the code.
"""

from __future__ import annotations

import dataclasses
import inspect
import tomllib
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Any

import typer

FOLDER = Path(__file__).parents[1] / "docs" / "reference"
NOTE = "<!-- Written by scripts/write_reference.py: change the code, then run it. -->\n\n"

COMPARISONS = """# Comparisons

Each comparison gives a weight: log10 of how much likelier the two reports' values are if they come from one person
than if they come from different people. Its column in `pairs.csv` is `w_` and its name. Comparisons of one group
travel together and share a temper, so that they are not counted twice. A value that is not known on one side gives
exactly 0. Behaviours alone may be *not mentioned*: one report tells a thing, the other tells of behaviours and leaves
it out, or both leave it out. That has a small weight, less where a report tells little and less than a denial has,
and 0 beside a report that tells no behaviour at all (docs/decisions/0044). *Sensitive* ones carry no weight unless
`--sensitive` is given.
"""
VOCABULARY = """# Vocabulary

The keys that canonical reports use. Words are resolved to them by the synonyms that stand with each entry in
`linkage/vocabulary/data/`; words that no entry knows are kept as they are.
"""
LIMITS = """How much is read at most, from `linkage/intake/limits.toml`: bytes, characters, items or seconds of
processor time. The variable sets another whole number. What goes beyond a limit is refused by name with the limit and
its variable.
"""
PREFERENCES = """On the page *Settings*, kept for each person and read by nobody else. Defaults are guesses [G].
What holds for everybody is shown to administrators there, to be read: it is changed in files and by commands.
"""
NAMES = 100
"""Keys that a vocabulary other than one of names may have [G]."""
PLACES = """# Places and their sources

Places are found offline, in extracts of public data that come with the program. Your own download of OS Open Names
adds every street: `linkage gazetteer build --os-open-names PATH`.
"""


def commands() -> str:
    """Every command with its arguments, options and help."""
    from linkage.cli.commands import app

    top: Any = typer.main.get_command(app)
    lines = [
        "# Commands",
        "",
        "Exit code: 0 done; 1 done, but some input was refused (said which); 2 could not run; 130 stopped (Ctrl-C), "
        "143 by the system (SIGTERM), 129 with its terminal.",
        "",
    ]
    for name, command in _leaves(top, "linkage"):
        lines += [f"## {name}", "", _paragraphs(command.help), "", "| argument or option | what it does | default |"]
        lines += ["| --- | --- | --- |"]
        for parameter in command.params:
            if "--help" in parameter.opts:
                continue
            lines.append(f"| {_name(parameter)} | {_cell(parameter.help or '')} | {_default(parameter)} |")
        lines.append("")
    return NOTE + "\n".join(lines)


def _leaves(command: Any, name: str) -> Iterator[tuple[str, Any]]:
    inner = getattr(command, "commands", None)
    if inner is None:
        yield name, command
        return
    for key in sorted(inner):
        yield from _leaves(inner[key], f"{name} {key}")


def _name(parameter: Any) -> str:
    if parameter.param_type_name == "argument":
        return f"`{_cell(parameter.metavar or parameter.name.upper())}`"
    shown = ", ".join([*parameter.opts, *parameter.secondary_opts])
    value = "" if parameter.is_flag else f" {parameter.metavar or parameter.name.upper()}"
    return f"`{shown}{value}`"


def _default(parameter: Any) -> str:
    value = parameter.default
    if parameter.required:
        return "needed"
    if callable(value) or value in (None, False, True, [], ()) or "Sentinel" in repr(value):
        return ""
    return f"`{value}`"


def comparisons() -> str:
    """Every kind of evidence, group by group, with its parameters."""
    from linkage.features.catalogue import CATALOGUE
    from linkage.features.parameters import elicited

    parameters = elicited().to_json()
    lines = [COMPARISONS]
    groups: dict[str, list[Any]] = {}
    for evidence in CATALOGUE:
        groups.setdefault(evidence.group, []).append(evidence)
    for group, members in groups.items():
        lines += [
            f"## {group.replace('_', ' ').capitalize()}",
            "",
            "| name | comparison | what it asks | sensitive |",
        ]
        lines += ["| --- | --- | --- | --- |"]
        for evidence in members:
            sensitive = "yes" if evidence.sensitive else ""
            lines.append(f"| `{evidence.name}` | {_cell(evidence.label)} | {_cell(evidence.about)} | {sensitive} |")
        lines.append("")
    lines += ["## Parameters before any label is seen", ""]
    lines += ["V published, S standard, D derived, R measured in simulation, M from memory, G guess.", ""]
    lines += ["| comparison | parameter | value | tag | source |", "| --- | --- | --- | --- | --- |"]
    for name, inner in parameters.items():
        lines += [
            f"| `{name}` | {key} | {number['value']:g} | {number['tag']} | {_cell(number['source'])} |"
            for key, number in inner.items()
        ]
    return NOTE + "\n".join(lines) + "\n"


def settings() -> str:
    """Every setting of a run and every environment variable."""
    from linkage.intake.limits import names, variable
    from linkage.linker import Settings
    from linkage.review.preferences import preferences

    lines = [
        "# Settings",
        "",
        "What a run may choose, from Python as `linkage.Settings(...)`; `run.json` records it.",
        "",
    ]
    lines += [_paragraphs(inspect.getdoc(Settings)), "", "| setting | default |", "| --- | --- |"]
    lines += [f"| `{field.name}` | `{field.default}` |" for field in dataclasses.fields(Settings)]
    lines += ["", "## Environment", "", "| variable | what it does |", "| --- | --- |"]
    lines += [
        "| `LINKAGE_STORE` | the store, where `--store` is not given |",
        "| `LINKAGE_GAZETTEER` | the table of streets that `linkage gazetteer build` writes and intake reads |",
        "| `LINKAGE_AUDIT_KEY` | the file of the key that signs the audit, outside the store; made when missing |",
        "| `LINKAGE_ORIGINALS_KEY` | the file of the key, outside the store, with which narratives are kept as "
        "they came, encrypted; made when missing. Without it they are not kept |",
        "| `LINKAGE_STORE_KEY` | the file that holds the password of an encrypted store |",
        "| `LINKAGE_LIMIT_` | with a name behind it: another limit of what is read, see below |",
        "| `LINKAGE_USER` | who you are on the command line, where `--as` is not given |",
        "| `LINKAGE_PASSWORD` | your password on the command line, instead of being asked for it |",
        "| `LINKAGE_CODE` | your one-time code on the command line, instead of being asked for it |",
        "| `LINKAGE_ALERT_TEMPLATES` | the folder of a scheme's own templates of alerts |",
        "| `LINKAGE_IDLE_MINUTES` | minutes without use after which a session of the dashboard ends; 30 |",
        "| `LINKAGE_OIDC_CLAIM` | which claim of the organisation's sign-in names the account; `email` |",
        "| `LINKAGE_WHO` | who asked for a linking that runs in the background; set by the program itself |",
        "| `LINKAGE_SENDING` | the file of the sending settings; without it nothing can leave (see Sending) |",
        "| `LINKAGE_SERVING` | settings of what is served outside; shipped ones hold without (see Serving) |",
        "| `LINKAGE_TRUTH` | the truth file of the reports in the store, for the page Evaluation (see Evaluation) |",
        "| `LINKAGE_DEBUG` | `1` shows where an unforeseen error happened |",
    ]
    lines += [
        "",
        "## What everybody sets for themselves",
        "",
        PREFERENCES,
        "| setting | what it does | default | range |",
    ]
    lines += ["| --- | --- | --- | --- |"]
    lines += [
        f"| {one.label} (`{one.name}`) | {_cell(one.about)} | {_plain(one.default)} | "
        f"{'' if isinstance(one.default, bool) else f'{one.least} to {one.most}'} |"
        for one in preferences().values()
    ]
    lines += ["", "## Limits", "", LIMITS, "| limit | number | variable |", "| --- | --- | --- |"]
    lines += [f"| {name} | {number:,} | `{variable(name)}` |" for name, number in names().items()]
    return NOTE + "\n".join(lines) + "\n"


def _plain(value: bool | int) -> str:
    return f"{value}" if not isinstance(value, bool) else "on" if value else "off"


def vocabulary() -> str:
    """Every vocabulary file whose entries are keys of the report format, with what each key means."""
    data = files("linkage.vocabulary") / "data"
    lines = [VOCABULARY]
    for path in sorted(Path(str(data)).rglob("*.toml")):
        tables = tomllib.loads(path.read_text(encoding="utf-8"))
        entries = {key: t for key, t in tables.items() if isinstance(t, dict) and t.get("label") and t.get("example")}
        if not entries or len(entries) != sum(isinstance(t, dict) for t in tables.values()):
            continue
        title = path.relative_to(str(data)).with_suffix("").as_posix().replace("_", " ").replace("/", ": ")
        lines += [f"## {title.capitalize()} ({len(entries)})", ""]
        lines += [*_told(entries), ""]
    return NOTE + "\n".join(lines)


def _told(entries: dict[str, Any]) -> list[str]:
    """What each key means; of makes and models, which are names, the keys alone."""
    if len(entries) > NAMES:
        return [", ".join(f"`{key}`" for key in entries)]
    rows = [f"| `{key}` | {_cell(one['label'])} | {_cell(one['example'])} |" for key, one in entries.items()]
    return ["| Key | Means | As in |", "| --- | --- | --- |", *rows]


def places() -> str:
    """Where the offline places come from, in the words their licences ask for."""
    path = files("linkage.vocabulary") / "data" / "places" / "sources.toml"
    lines = [PLACES]
    for source in tomllib.loads(path.read_text(encoding="utf-8")).values():
        names = ", ".join(f"`{name}`" for name in source["files"])
        lines += [f"## {source['title']}", "", f"Files: {names}. Licence: {source['licence']}.", ""]
        lines += [f"> {source['attribution']}", "", source["changes"], ""]
    return NOTE + "\n".join(lines)


def _paragraphs(words: str | None) -> str:
    """Help text as Markdown: a paragraph each, indented examples as code."""
    blocks = inspect.cleandoc(words or "").split("\n\n")
    return "\n\n".join(block if block.startswith(" ") else " ".join(block.split()) for block in blocks)


def _cell(words: str) -> str:
    return " ".join(words.split()).replace("|", "\\|").replace("<", "&lt;")


PAGES = {
    "commands.md": commands,
    "comparisons.md": comparisons,
    "settings.md": settings,
    "vocabulary.md": vocabulary,
    "../places.md": places,
}


def main() -> None:
    """Write the pages."""
    FOLDER.mkdir(parents=True, exist_ok=True)
    for name, page in PAGES.items():
        (FOLDER / name).write_text(page(), encoding="utf-8")


if __name__ == "__main__":
    main()
