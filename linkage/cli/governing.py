"""`linkage governance`: the documents that a scheme or a force must publish or keep."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from linkage.cli.app import JsonOption, StoreOption, app
from linkage.cli.console import CommandError, counted, print_json, say


@app.command()
def governance(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="The folder to write into.")],
    evaluation: Annotated[
        Path | None,
        typer.Option(
            metavar="FILE", exists=True, dir_okay=False, help="What linkage evaluate --json printed. Else: open."
        ),
    ] = None,
    retention: Annotated[
        Path | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="Rules of retention, as of linkage erase."),
    ] = None,
    answers: Annotated[
        Path | None,
        typer.Option(metavar="FILE", exists=True, dir_okay=False, help="The scheme's own answers (TOML)."),
    ] = None,
    templates: Annotated[
        Path | None,
        typer.Option(metavar="DIR", exists=True, file_okay=False, help="Templates in place of the program's own."),
    ] = None,
    store: StoreOption = None,
    json: JsonOption = False,
) -> None:
    """Write the governance pack: ATRS record, ALGO-CARE, model card, data sheet, errors by group, access and
    retention, and a data protection impact assessment, prefilled.

    Figures come from the store and from the evaluation. What was not measured is told as OPEN, and what only the
    scheme can answer is marked. Markdown, one HTML page for print, and the figures as JSON.

    Examples:

        linkage evaluate solved.jsonl --robustness --json > evaluation.json

        linkage governance --evaluation evaluation.json --retention retention.toml --out governance
    """
    from linkage.governance.evaluated import EvaluationFileError
    from linkage.governance.pack import GovernanceError
    from linkage.governance.write import write
    from linkage.review.retention import RulesError
    from linkage.store import Store

    inputs = {"evaluation": evaluation, "retention": retention, "answers": answers, "templates": templates}
    try:
        with Store(store, create=False) as kept:
            pack, files = write(kept, out, inputs)
    except (EvaluationFileError, GovernanceError, RulesError) as error:
        raise CommandError(str(error)) from error
    open_figures = list(dict.fromkeys(pack.open_figures))
    if json:
        asked = [{"document": name, "question": words} for name, words in pack.to_fill_in]
        left = [{"document": name, "why": words} for name, words in open_figures]
        print_json({"files": [str(file) for file in files], "open": left, "to_fill_in": asked})
        return
    say(*(f"written: {file}" for file in files))
    say(f"{counted(len(open_figures), 'figure')} open, {counted(len(pack.to_fill_in), 'question')} for the scheme to "
        "fill in: open-questions.md lists them.")  # fmt: skip
