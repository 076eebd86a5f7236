"""`troth purge` and `troth replay`: the bytes of what was erased go, and a restored backup brings nobody back."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from troth.app import aftermath
from troth.app.project import here, open_project
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.progress import working
from troth.cli.project import ProjectFolder
from troth.cli.visible import visible


def purge(project: ProjectFolder = None, as_json: Json = False) -> None:
    """Make the bytes of erased rows disappear from the databases, with evidence of its own; says what may still hold some."""
    with working("purging") as watch, open_project(here(project), watch=watch) as opened:
        found = aftermath.purge_all(opened)
    if as_json:
        emit({"stores": [one.as_json() for one in found]})
    elif not found:
        show.say("nothing was erased since the bytes were last made to go")
    else:
        for one in found:
            what = f"not done: {one.failed}" if one.failed else f"{one.tables} tables purged"
            style = "yellow" if one.failed else ""
            show.console().print(Text(f"store {visible(one.store)}: {visible(what)}", style=style))
            if one.left:
                show.say(f"  may still hold some: {visible(one.left)}")
    if any(one.failed for one in found):
        raise typer.Exit(1)


def replay(
    since: Annotated[
        str,
        typer.Option(
            "--since", help="time of the backup, such as 2027-01-31T00:00:00Z; earlier erasures are not in it"
        ),
    ],
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """After a backup was restored: erase everybody again who had been erased since it was made, and set marks that it lost."""
    with working("erasing again") as watch, open_project(here(project), watch=watch) as opened:
        found = aftermath.replay_since(opened, since)
    if as_json:
        emit(found.as_json())
    else:
        # One person may have come back under several, which nothing joins where only a log was restored.
        again = sum(bool(one.job) for one in found.erased)
        show.say(
            f"erased people came back with the backup under {again:,} addresses, logins or numbers;"
            " what they lead to was erased again"
            if again
            else "nobody came back with the backup"
        )
        marked = sum(bool(one.subject) for one in found.marked)
        show.say(f"{marked:,} people had made a choice that the backup lost; their marks were set again")
        if found.waiting:
            show.say(
                f"{len(found.waiting):,} erasures wait for a rest; what had been erased of them came back and was erased again"
            )
        reasons = [reason for one in (*found.erased, *found.marked) for reason in one.reasons]
        for reason in dict.fromkeys(reasons):
            line = f"  {visible(reason.place)}: {visible(reason.why)}"
            show.console().print(Text(line, style="yellow"))
        if found.corrections:
            told = f"corrections since then, whose values are not kept; make them again: requests {', '.join(found.corrections)}"
            show.console().print(Text(visible(told), style="yellow"))
    if found.corrections or any(one.word == "partly" for one in (*found.erased, *found.marked)):
        raise typer.Exit(1)
