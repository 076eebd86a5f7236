"""`troth report`: every sentence of the policy with its status, computed from the stores and the ledger."""

from __future__ import annotations

import io
import sys
from enum import StrEnum
from pathlib import Path
from typing import Annotated

import typer
from rich.console import Console

from troth.app import printing, reporting
from troth.app.project import here, open_project
from troth.cli import show
from troth.cli.policy import Json, Language
from troth.cli.progress import working
from troth.cli.project import ProjectFolder
from troth.cli.visible import visible
from troth.model.errors import TrothError
from troth.policy.plain import LANGUAGES
from troth.report.report import Report
from troth.report.terminal import terminal


class Shape(StrEnum):
    """What `report` writes."""

    terminal = "terminal"
    html = "html"
    json = "json"
    pdf = "pdf"


_ENDINGS = {".html": Shape.html, ".htm": Shape.html, ".json": Shape.json, ".pdf": Shape.pdf}
_WIDTH = 120
"""Characters in a line of the terminal's form where it goes to a file."""


def report(
    output: Annotated[
        Path | None,
        typer.Option(
            "--output", "-o", help="write to this file; its ending says the form: .html, .json, .pdf"
        ),
    ] = None,
    form: Annotated[Shape | None, typer.Option("--format", "-f", help="terminal, html, json or pdf")] = None,
    language: Language = "en",
    records: Annotated[
        Path | None,
        typer.Option(
            "--records", help="also write the record of processing (Art. 30): .csv, .xlsx or .jsonld"
        ),
    ] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Show each sentence of the policy as kept, broken, attested or not shown, with the evidence behind it."""
    chosen = _shape(output, form, as_json=as_json)
    _possible(chosen, output, language, records)
    with working("opening") as opening, open_project(here(project), watch=opening) as opened:
        with working("checking", total=reporting.steps(opened.policy)) as watch:
            found = reporting.reported(opened, language, watch)
        record = reporting.record_of(opened, language)
    if records is not None:
        printing.write(records, printing.record_file(record, found.policy, records.suffix))
    match chosen:
        case Shape.terminal:
            data = b"" if output is None else _plain(found)
        case Shape.json:
            data = printing.as_json(found)
        case Shape.html:
            data = printing.as_html(found, record)
        case Shape.pdf:
            data = printing.as_pdf(found, record)
    if output is not None:
        printing.write(output, data)
        show.say(f"{output}: {', '.join(f'{count} {name}' for name, count in found.counts.items() if count)}")
    elif chosen is Shape.terminal:
        Console(highlight=False).print(terminal(found, visible))
    else:
        sys.stdout.write(data.decode())
    if found.broken:
        raise typer.Exit(1)


def _shape(output: Path | None, form: Shape | None, *, as_json: bool) -> Shape:
    """The form that is meant: the named one, else that of the file's ending."""
    if as_json and form not in {None, Shape.json}:
        raise TrothError("--json and --format ask for different things", hint="leave one of them out")
    ending = output.suffix.lower() if output is not None else ""
    known = _ENDINGS.get(ending)
    if ending not in {"", ".txt", *_ENDINGS} and form is None and not as_json:
        raise TrothError(
            f"`{ending}` is no form of the report",
            hint=f"end the file in {', '.join(_ENDINGS)} or .txt, or name --format",
        )
    return Shape.json if as_json else form or known or Shape.terminal


def _possible(chosen: Shape, output: Path | None, language: str, records: Path | None) -> None:
    """Refuse what can not be written, before the checks run."""
    if language not in LANGUAGES:
        raise TrothError(f"`{language}` is no language of the report", hint="choose en or zh")
    if records is not None and records.suffix.lower() not in printing.RECORDS:
        raise TrothError(
            f"`{records.suffix}` is no form of a record", hint="end the file in .csv, .xlsx or .jsonld"
        )
    for path in (output, records):
        if path is not None and path.is_dir():
            raise TrothError(f"`{path}` is a folder", hint="name a file in it")
    if chosen is Shape.pdf:
        if output is None:
            raise TrothError("a PDF needs a file", hint="name it: troth report -o report.pdf")
        printing.printer()


def _plain(found: Report) -> bytes:
    out = io.StringIO()
    Console(file=out, highlight=False, width=_WIDTH, color_system=None).print(terminal(found, visible))
    return out.getvalue().encode()
