"""`troth map ...`: propose, check, show, import, export."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path
from typing import Annotated

import typer
from rich.text import Text

from troth.app import maps
from troth.app.initiate import read_stores
from troth.app.project import addresses, described, here, map_of, policy_of, schemas_of, told_of
from troth.cli import show
from troth.cli.policy import Json, emit, write
from troth.cli.progress import working
from troth.cli.project import ProjectFolder, grid
from troth.cli.visible import visible
from troth.datamap.propose import Proposal
from troth.duties.retention import legal_tables
from troth.model.errors import TrothError
from troth.model.finding import Finding
from troth.model.schema import Schema

map_ = typer.Typer(
    no_args_is_help=True, help="Say which columns are personal and how a row leads to its person."
)

Stores = Annotated[
    list[str] | None,
    typer.Option("--store", help="a database without a project: NAME=address; may be repeated"),
]
SAMPLE = 2000
LOOKED = 500  # rows of a table whose values the check looks at
SHOWN = 12  # questions that the terminal lists


@map_.command("propose")
def propose(
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write the map to this file")] = None,
    store: Stores = None,
    person: Annotated[
        str, typer.Option("--person", help="the table that holds the persons: STORE.TABLE")
    ] = "",
    sample: Annotated[
        int, typer.Option("--sample", help="rows of each table to look at; 0 for none", min=0)
    ] = SAMPLE,
    yes: Annotated[
        bool, typer.Option("--yes", help="take the best guess for every question and keep none open")
    ] = False,
    force: Annotated[bool, typer.Option("--force", help="replace a map that is there")] = False,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Look at the databases and propose a map for review, each line with its reason and how sure it is."""
    schemas, place = _read(store, project, sample)
    found = maps.propose(schemas, person or None)
    path = output or place
    if path is not None and not (as_json and output is None):
        kept = maps.guessed(found.map) if yes else found.map
        maps.keep(kept, path, force=force)
    if as_json:
        emit(found.as_json())
        return
    _proposed(found, path, yes=yes)


@map_.command("check")
def check(project: ProjectFolder = None, as_json: Json = False) -> None:
    """Find what a request could not survive, and where the map and the live databases differ."""
    settings = here(project)
    one = map_of(settings)
    with working("reading the stores") as watch:
        schemas = schemas_of(settings, sample=LOOKED, watch=watch)
    policy = policy_of(settings)
    tables = legal_tables(policy, settings.folder)
    findings = maps.check(one, schemas, policy, told_of(settings, policy), tables)
    if as_json:
        emit({"findings": [_finding(found) for found in findings]})
    else:
        _checked(findings)
    if any(found.severity == "block" for found in findings):
        raise typer.Exit(1)


@map_.command("show")
def show_map(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="write the drawing (SVG) to this file")
    ] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """List what is personal and whose it is, or draw it."""
    settings = here(project)
    one = map_of(settings)
    if output is not None:
        write(maps.picture(one, policy_of(settings).provider), output)
        show.say(f"{output}: {len(one.personal())} personal tables of {len(one.tables)}")
        return
    if as_json:
        emit(Proposal(one).as_json())
        return
    table = grid("table", "role", "personal columns", "way to the person")
    for each in one.personal():
        columns = ", ".join(f"{column.name} ({column.category})" for column in each.columns)
        way = visible(str(each.paths[0])) if each.paths else "is the person"
        table.add_row(visible(each.place), each.role, visible(columns), way)
    show.paint(table)
    show.say(
        f"\n{len(one.personal())} personal tables of {len(one.tables)}; troth map show -o map.svg draws them"
    )


@map_.command("import")
def import_(
    file: Annotated[Path, typer.Argument(help="a fideslang dataset file (JSON or YAML)", show_default=False)],
    output: Annotated[Path | None, typer.Option("--output", "-o", help="write the map to this file")] = None,
    force: Annotated[bool, typer.Option("--force", help="replace a map that is there")] = False,
    project: ProjectFolder = None,
) -> None:
    """Take a map from a fideslang dataset file; what it can not say is listed."""
    found = maps.from_fides(file)
    path = output or here(project).path("map")
    maps.keep(found.map, path, force=force)
    _lost(found.lost)
    show.say(f"{path}: {len(found.map.tables)} tables")


@map_.command("export")
def export(
    output: Annotated[
        Path | None, typer.Option("--output", "-o", help="write to this file instead of the terminal")
    ] = None,
    project: ProjectFolder = None,
) -> None:
    """Write the map as a fideslang dataset file; what it can not say is listed."""
    settings = here(project)
    one = map_of(settings)
    done = maps.to_fides(one, schemas_of(settings))
    write(done.text, output)
    _lost(done.lost)


def _read(
    store: Sequence[str] | None, project: Path | None, sample: int
) -> tuple[dict[str, Schema], Path | None]:
    """The schemas of the named stores, or of those of the project, and where its map belongs."""
    if store:
        urls = read_stores(store, Path.cwd())
        place = None
    else:
        settings = here(project)
        urls, place = addresses(settings), settings.path("map")
        if not urls:
            raise TrothError("the project names no store", hint="add [stores.NAME] to troth.toml")
    found = {}
    with working("reading the stores", len(urls)) as watch:
        for name, url in urls.items():
            watch(name)
            found[name] = described(name, url, sample)
    return found, place


def _proposed(found: Proposal, path: Path | None, *, yes: bool) -> None:
    one = found.map
    columns = sum(len(table.columns) for table in one.tables)
    where = f"{path}: " if path else ""
    show.say(
        f"{where}{len(one.tables)} tables, {len(one.personal())} of them personal, {columns} personal columns"
    )
    people = ", ".join(table.place for table in one.subjects()) or "none found"
    show.say(f"persons: {people}")
    if found.questions and not yes:
        some = "1 question" if len(found.questions) == 1 else f"{len(found.questions)} questions"
        show.say(f"\n{some} to answer in the file:")
        for question in found.questions[:SHOWN]:
            show.say(f"  {question}")
        if len(found.questions) > SHOWN:
            show.say(f"  and {len(found.questions) - SHOWN} more")
    if path is None:
        show.say("nothing was written: name a file with -o, or make a project with troth init")
    else:
        show.say("\nReview it like code, then: troth map check")


def _checked(findings: Sequence[Finding]) -> None:
    out = show.console()
    for found in findings:
        style = show.COLOURS[found.severity]
        out.print(
            Text.assemble(
                (f"{found.severity:5} ", style), visible(found.message), (f" [{found.rule}]", "dim")
            )
        )
        out.print(Text(f"      {visible(found.hint)}", style="green"))
    counts = {severity: sum(found.severity == severity for found in findings) for severity in show.COLOURS}
    said = ", ".join(f"{count} {severity}" for severity, count in counts.items() if count)
    show.say(f"Map: {said or 'nothing open'}.")


def _finding(found: Finding) -> dict[str, str]:
    return {"class": found.rule, "severity": found.severity, "message": found.message, "hint": found.hint}


def _lost(lost: Sequence[str]) -> None:
    for one in lost:
        show.warn(one)
