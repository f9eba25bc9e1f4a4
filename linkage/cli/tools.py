"""`linkage demo`, `dashboard`, `synth` and `gazetteer build`: showing the program, and making what it needs."""

from __future__ import annotations

import os
from pathlib import Path
from typing import TYPE_CHECKING, Annotated

import typer

from linkage.cli.app import StoreOption, app, gazetteer
from linkage.cli.console import CommandError, Stages, say
from linkage.cli.serve import HOST, PORT, is_here, serve

if TYPE_CHECKING:
    from linkage.linker import Linker
    from linkage.results import Results

DEMO_STORE, LARGE_STORE = "sqlite:///demo/linkage.db", "sqlite:///demo/large.db"
_SERIES_SHOWN = 5

BrowserOption = Annotated[bool, typer.Option("--browser/--no-browser", help="Open the dashboard in a browser.")]
PortOption = Annotated[
    int, typer.Option("--port", min=1, max=65535, help="Another free one is taken when it is busy.")
]


@app.command()
def demo(
    no_browser: Annotated[
        bool, typer.Option("--no-browser", help="Only make and link the store, then stop.")
    ] = False,
    large: Annotated[bool, typer.Option("--large", help="3,000 reports in place of 400: a minute or more.")] = False,
    port: PortOption = PORT,
) -> None:
    """Show the program on invented reports: make a store in ./demo, link it, open the dashboard.

    The first time all that counts is compiled for this machine, so that no later command waits for it: a minute or
    two, told kernel by kernel. Progress is told line by line where it does not go to a terminal.

    Example: linkage demo
    """
    from linkage.cli.compiling import STAGE, compile_kernels
    from linkage.cli.linking import results_of, sentence, summary_of, tell_conflicts
    from linkage.intake import read_reports
    from linkage.store import Store
    from linkage.store.linking import Choices, link_store
    from linkage.synthetic import demo_path, demo_truth

    Path("demo").mkdir(exist_ok=True)
    address = LARGE_STORE if large else DEMO_STORE
    source = demo_path("demo", large)
    with Stages(in_lines=True) as stages, Store(address) as store:
        compile_kernels(stages.of(STAGE))
        store.import_batch(read_reports([source], progress=stages.of("reading"), mask=True), source.name)
        linked = link_store(store, Choices(), stages)
    tell_conflicts(linked)
    results = results_of(linked)
    say("Invented reports: nothing here is about a real person or incident.", sentence(summary_of(results)))
    _say_series(results, linked.linker)
    if no_browser:
        say(f"To look at them: linkage dashboard --store {address}")
    else:
        os.environ.setdefault("LINKAGE_TRUTH", str(demo_truth("demo", large).resolve()))  # for the page Evaluation
        serve(address, port)


def _say_series(results: Results, linker: Linker) -> None:
    """The largest candidate series, each with what holds its closest pair together."""
    from linkage.cli.show import main_reasons

    sizes = results.series.groupby("series_id")["report_id"].agg(["count", set]).sort_values("count", ascending=False)
    for name, (count, members) in sizes.head(_SERIES_SHOWN).iterrows():
        inside = results.pairs["report_a"].isin(members) & results.pairs["report_b"].isin(members)
        if not inside.any():
            continue
        best = results.pairs[inside].nlargest(1, "weight").iloc[0]
        reasons = main_reasons(linker.explain_alone(best["report_a"], best["report_b"]))
        say(f"  {name}: {count} reports; {best['report_a']} and {best['report_b']} share {reasons}")


@app.command()
def dashboard(
    store: StoreOption = None,
    port: PortOption = PORT,
    browser: BrowserOption = True,
    address: Annotated[
        str, typer.Option("--address", metavar="ADDRESS", help="Another than this machine's own only with accounts.")
    ] = HOST,
) -> None:
    """Open the dashboard on the store. It is served on this machine only; Ctrl-C stops it.

    A store in which everybody signs in (linkage user add) may be served to others in a trusted network with
    --address, best behind a server that encrypts.

    Example: linkage dashboard --store sqlite:///cases.db
    """
    from linkage.store import Store, store_url

    with Store(store, create=False) as kept:  # an address that cannot be opened is told here, not on a page
        if not is_here(address) and not kept.has_accounts:
            raise CommandError(
                f"{address} is not this machine alone, and the store has no accounts: anybody could use it. "
                "Add accounts first: linkage user add NAME --role administrator"
            )
    serve(store_url(store), port, browser, address)


@app.command()
def synth(
    out: Annotated[Path, typer.Option("--out", metavar="DIR", help="Folder for reports.jsonl and truth.csv.")],
    reports: Annotated[int, typer.Option("--reports", min=1, help="How many.")] = 1000,
    seed: Annotated[int, typer.Option("--seed", min=0, help="Same seed, same world.")] = 0,
    preset: Annotated[str, typer.Option("--preset", help="A named kind of world.")] = "default",
    change: Annotated[
        list[str] | None, typer.Option("--set", metavar="NAME=VALUE", help="Change one parameter; may be repeated.")
    ] = None,
    labelled: Annotated[bool, typer.Option("--labelled", help="Write the true series into the reports.")] = False,
    replace: Annotated[
        bool, typer.Option("--replace", help="Write over files in DIR that are no synthetic world, too.")
    ] = False,
) -> None:
    """Make a synthetic world: invented reports, and the truth behind them.

    An earlier world in the folder gives way; of files that are none, such as reports of real people, nothing does.

    Example: linkage synth --reports 2000 --seed 7 --out world
    """
    from linkage.synthetic import foreign, generate, parse_override, write_world

    if not replace and (file := foreign(out)):
        raise CommandError(
            f"{file} is there and is no synthetic world; name another folder, or say --replace to write over it"
        )
    try:
        overrides = dict(parse_override(words) for words in change or [])
        world = generate(reports, seed, overrides, preset, labelled)
    except ValueError as error:
        raise CommandError(str(error)) from error
    written = write_world(world, out)
    say(f"{len(world.reports):,} invented reports: {written[0]}; the truth behind them: {written[1]}")


@gazetteer.command("build")
def build(
    os_open_names: Annotated[
        Path,
        typer.Option("--os-open-names", metavar="PATH", exists=True, help="The CSV download, zipped or unpacked."),
    ],
) -> None:
    """Add every street and settlement of Great Britain from your own download of OS Open Names.

    Without it a street is placed at its town, and says so.

    Example: linkage gazetteer build --os-open-names opname_csv_gb.zip
    """
    from linkage.intake.gazetteer.build import build_from_os_open_names
    from linkage.intake.gazetteer.tables import user_table_path

    try:
        rows = build_from_os_open_names(os_open_names, user_table_path())
    except ValueError as error:
        raise CommandError(str(error)) from error
    say(f"{rows:,} streets and settlements: {user_table_path()}")
