"""`troth init`, `status`, `verify`: the project as a whole."""

from __future__ import annotations

import sqlite3
import zipfile
from collections.abc import Sequence
from datetime import UTC, datetime
from pathlib import Path
from typing import Annotated

import typer
from rich.table import Table
from rich.text import Text

from troth.app import initiate as making
from troth.app import overview
from troth.app.project import here
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.progress import working
from troth.cli.visible import visible
from troth.evidence import copies
from troth.evidence import verify as verifier
from troth.model.errors import TrothError

ProjectFolder = Annotated[
    Path | None, typer.Option("--project", "-p", help="the project's folder; otherwise the one you are in")
]


def init(
    folder: Annotated[Path, typer.Argument(help="the folder of the new project", show_default=False)],
    policy: Annotated[
        Path, typer.Option("--policy", help="the policy file it carries out", show_default=False)
    ],
    store: Annotated[
        list[str],
        typer.Option(
            "--store", help="a database: NAME=postgresql://..., mysql://..., sqlite:///FILE or env:VARIABLE"
        ),
    ],
    state: Annotated[
        str, typer.Option("--state", help="where Troth keeps its own state; for a team postgresql://...")
    ] = "",
    as_json: Json = False,
) -> None:
    """Make a project: which policy holds, where the data are. A password goes into a file that only you can read."""
    with working("reading the stores"):
        made = making.initiate(folder, policy, store, at=datetime.now(UTC), state=state)
    if as_json:
        emit(
            {
                "project": str(made.folder),
                "policy": made.policy.hash,
                "public_key": made.verifier,
                "stores": {name: len(one.relations) for name, one in made.schemas.items()},
                "secrets": dict(made.secrets),
            }
        )
        return
    for name, schema in made.schemas.items():
        secret = f"; its password is in {made.folder / made.secrets[name]}" if name in made.secrets else ""
        show.say(f"store {name}: {schema.engine}, {len(schema.relations)} tables{secret}")
    show.say(f"policy: {made.policy.provider} {made.policy.version}, {len(made.policy.promises)} promises")
    show.say(f"public key of the ledger, to be published: {made.verifier}")
    show.say(
        f"\n{made.folder} is ready. Keep a copy of {made.folder / 'keys.json'}: without it nothing can be read."
    )
    show.say(f"Next: cd {made.folder} && troth map propose")


def status(project: ProjectFolder = None, as_json: Json = False) -> None:
    """What holds, what is open, and whether anything needs a person; touches no store."""
    found = overview.status(here(project))
    if as_json:
        emit(found.as_json())
    else:
        show.say(f"{found.provider} {found.version}, policy {found.policy[:12]}")
        show.say(f"map: {found.map}")
        show.say(f"ledger: {found.entries:,} entries, newest {found.newest or 'none'}")
        needing = f" ({found.needing} waiting for a person)" if found.needing else ""
        show.say(f"requests: {found.open} open{needing}, {found.overdue} overdue, {found.ended} ended")
        if found.keeping:
            show.say(f"a round is running: {visible(found.keeping)}")
        elif found.round:
            show.say(f"last round: {found.round}")
        for problem in found.problems:
            show.console().print(Text(f"  {visible(problem)}", style="yellow"))
    if found.problems:
        raise typer.Exit(1)


def verify(
    ledger: Annotated[
        str,
        typer.Argument(
            help="a ledger file, a bundle, or a copy of somebody's data; the ledger of the project where none is named"
        ),
    ] = "",
    key: Annotated[
        list[str] | None, typer.Option("--key", help="the public key it must be signed with, or a file of it")
    ] = None,
    head: Annotated[Path | None, typer.Option("--head", help="an older head that it must continue")] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Check that no entry of a ledger was changed, removed, inserted or moved."""
    if ledger and copies.is_copy(Path(ledger)):
        _verify_copy(Path(ledger), " ".join(map(_key, key or ())).split(), as_json=as_json)
        return
    address, known = (ledger, ()) if ledger else overview.ledger_of(here(project))
    keys = [*known, *(_key(one) for one in key or ())]
    with overview.checkable(address) as path:
        try:
            verdict = verifier.verify(path, head=_text(head), keys=" ".join(keys).split())
        except (verifier.UnreadableError, OSError, ValueError, zipfile.BadZipFile, sqlite3.Error) as error:
            said = str(error) if isinstance(error, verifier.UnreadableError) else "it can not be read"
            hint = "name a ledger file or a bundle"
            raise TrothError(f"this can not be checked: {said}", hint=hint) from None
    against = overview.contradictions(here(project)) if not ledger and verdict.ok else []
    if as_json:
        emit(verifier.as_json(verdict) | {"tables": against})
    else:
        show.say(verifier.describe(verdict))
        for line in against:
            show.say(line)
    if not verdict.ok or against:
        raise typer.Exit(1)


def _verify_copy(path: Path, keys: Sequence[str], *, as_json: bool) -> None:
    """Check that no file of a copy was changed, removed or added."""
    verdict = copies.check_copy(path, keys)
    if as_json:
        emit(verdict.as_json())
    else:
        show.say(copies.describe(path, verdict))
    if not verdict.ok:
        raise typer.Exit(1)


def evidence(
    target: Annotated[
        Path, typer.Argument(help="a new file that ends in .zip, or a new folder", show_default=False)
    ],
    request: Annotated[
        list[str] | None, typer.Option("--request", help="only the evidence of this request; may be repeated")
    ] = None,
    project: ProjectFolder = None,
) -> None:
    """Write the evidence as a bundle that anybody can check with `troth verify`, or without Troth."""
    head = overview.export_evidence(here(project), target, request or ())
    show.say(f"{target}: under the head over {head.size:,} entries")


def _key(given: str) -> str:
    path = Path(given)
    return _text(path).strip() if path.is_file() else given


def _text(path: Path | None) -> str:
    if path is None:
        return ""
    try:
        return path.read_text("utf-8")
    except (OSError, UnicodeDecodeError):
        raise TrothError(f"{path} can not be read", hint="check the path") from None


def grid(*heads: str) -> Table:
    """An empty table as all lists of the command line look."""
    table = Table(box=None, pad_edge=False, header_style="bold")
    for head in heads:
        table.add_column(head, overflow="fold")
    return table
