"""`troth policy ...`: import, check, lint, seal, fmt, publish, explain, diff, export."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import Annotated, Any

import typer

from troth import app as wiring
from troth.cli.show import print_findings
from troth.policy import publish as published
from troth.policy.bind import compile_file
from troth.policy.check import worst
from troth.policy.seal import digest, seal_text

policy = typer.Typer(no_args_is_help=True, help="Write, check, explain and compare policies.")

File = Annotated[Path, typer.Argument(help="the policy file (policy.troth.md)", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="print JSON for programs")]


def emit(value: Any) -> None:
    """Prints JSON: UTF-8, stable order of members as built."""
    sys.stdout.write(json.dumps(value, ensure_ascii=False, indent=2) + "\n")


@policy.command()
def check(file: File, json_: Json = False, strict: Annotated[bool, typer.Option(help="lint findings fail too")] = False) -> None:
    """Check that every sentence is bound, every word known, every seal fresh; then lint."""
    seen = wiring.inspect(wiring.load_file(file), str(file))
    findings = (*seen.binding, *seen.lint)
    failing = findings if strict else seen.binding
    if json_:
        emit({"findings": [finding.as_json() for finding in findings], "policy": seen.compiled.policy.hash})
    else:
        print_findings(str(file), seen.binding, seen.lint, seen.compiled.policy)
    raise typer.Exit(1 if worst(failing) in {"block", "warn"} else 0)


@policy.command()
def export(file: File, json_: Json = False) -> None:
    """Print the compiled policy."""
    compiled = compile_file(wiring.load_file(file), str(file))
    emit(compiled.policy.as_json() | {"hash": compiled.policy.hash})


@policy.command()
def publish(file: File) -> None:
    """Print the published text again."""
    sys.stdout.write(published.plain(compile_file(wiring.load_file(file), str(file)).source))


@policy.command()
def seal(file: File, promise: Annotated[list[str] | None, typer.Option(help="only this promise")] = None, by: str = "", on: str = "") -> None:
    """Write the seals of reviewed promises into the file."""
    data = wiring.load_file(file)
    compiled = compile_file(data, str(file)).policy
    digests = {p.id: digest(compiled, p) for p in compiled.promises if p.sentences and (not promise or p.id in promise)}
    file.write_text(seal_text(data.decode("utf-8-sig"), digests, by, on), encoding="utf-8")
