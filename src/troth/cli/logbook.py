"""`troth event`, `deed`, `attest`, `duties`: what happened, what was done, what only a person can say, what is owed."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from troth.app import logbook as book
from troth.app.logbook import Book, Happening
from troth.app.project import here
from troth.cli import show
from troth.cli.decide import pair, value
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.model.outcome import Identity

Actor = Annotated[str, typer.Option("--as", help="role of who says it, as evidence names it")]
Document = Annotated[
    Path | None, typer.Option("--document", help="the paper behind it; its hash is kept, not its text")
]


def event(
    name: Annotated[
        str, typer.Argument(help="what happened, in the words of the policy", show_default=False)
    ],
    subject: Annotated[str, typer.Option("--subject", "-s", help="the person it is about: email=...")] = "",
    argument: Annotated[str, typer.Option("--about", help="what exactly, where the event says it")] = "",
    fact: Annotated[
        list[str] | None, typer.Option("--fact", help="what is known of the case: NAME=VALUE")
    ] = None,
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Enter something that happened; the duties that it starts run from now."""
    facts = {key: value(text) for key, text in map(pair, fact or ())}
    who = Identity(*pair(subject)) if subject else None
    number = book.note_event(
        here(project), Happening(name=name, argument=argument, identity=who, facts=facts), actor
    )
    _entered(number, as_json)


def deed(
    rule: Annotated[str, typer.Argument(help="the rule that was kept: PROMISE/NUMBER", show_default=False)],
    of: Annotated[int, typer.Option("--of", help="number of the event it answers")] = -1,
    record: Annotated[
        list[str] | None,
        typer.Option("--record", help="what the rule asks to be recorded: NAME=VALUE; may be repeated"),
    ] = None,
    document: Document = None,
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Enter a duty that was carried out, with what its rule asks to be recorded."""
    given = dict(map(pair, record or ()))
    _entered(book.note_deed(here(project), rule, actor, of=of, record=given, document=document), as_json)


def attest(
    check: Annotated[str, typer.Argument(help="the check, as the promise names it", show_default=False)],
    promise: Annotated[str, typer.Option("--promise", help="the promise it is given for")],
    until: Annotated[str, typer.Option("--until", help="the last day it is good for: YYYY-MM-DD")],
    scope: Annotated[str, typer.Option("--scope", help="what exactly is attested, in words")],
    document: Document = None,
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Attest what no system can show; it runs out by itself."""
    number = book.note_attestation(
        here(project), check, promise, actor=actor, until=until, scope=scope, document=document
    )
    _entered(number, as_json)


def logbook(
    file: Annotated[
        Path, typer.Argument(help="a file of events, deeds and attestations (TOML)", show_default=False)
    ],
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Enter a whole file of events, deeds and attestations, all or none."""
    numbers = book.enter_file(here(project), file, actor)
    if as_json:
        emit({"entries": list(numbers)})
    else:
        show.say(f"{len(numbers)} entries" + (f", {numbers[0]} to {numbers[-1]}" if numbers else ""))


def duties(
    everything: Annotated[bool, typer.Option("--all", help="also those that were kept")] = False,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """What the policy owes because of what happened, against its time."""
    found = book.book(here(project))
    if as_json:
        emit(found.as_json())
    else:
        _book(found, everything=everything)
    if any(one.state in {"overdue", "late"} for one in found.owed):
        raise typer.Exit(1)


def _book(found: Book, *, everything: bool) -> None:
    rows = [one for one in found.owed if everything or one.state != "kept"]
    table = grid("rule", "event", "due", "state")
    for one in rows:
        due = one.due.isoformat(" ", "minutes") if one.due else ""
        style = "red" if one.state in {"overdue", "late"} else ""
        table.add_row(one.rule, str(one.event) if one.event >= 0 else "", due, one.state, style=style)
    if rows:
        show.paint(table)
    kept = sum(one.state == "kept" for one in found.owed)
    show.say(f"{len(found.owed)} duties began, {kept} kept; {len(found.never)} that recur were never done")
    for promise, rule in found.never if everything else ():
        show.say(f"  never done: {rule} ({promise})")


def _entered(number: int, as_json: bool) -> None:
    if as_json:
        emit({"entry": number})
    else:
        show.say(f"entry {number}")
