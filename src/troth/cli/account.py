"""`troth close`: the account of somebody who asks for it."""

from __future__ import annotations

from typing import Annotated

import typer
from rich.text import Text

from troth.app.project import here, open_project
from troth.cli import show
from troth.cli.decide import pair
from troth.cli.policy import Json, emit
from troth.cli.progress import working
from troth.cli.project import ProjectFolder
from troth.cli.visible import visible
from troth.duties import consents
from troth.model.outcome import Identity, Person


def close(
    subject: Annotated[
        list[str], typer.Option("--subject", "-s", help="whose account: email=..., login=...")
    ],
    case: Annotated[str, typer.Option("--case", help="number of the case, as letters name it")],
    channel: Annotated[str, typer.Option("--channel", help="how it was asked")] = "command line",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Close an account whose person asked for it and showed who they are; what holds it is named, and `troth keep` goes on."""
    person = Person(tuple(Identity(*pair(one)) for one in subject))
    with working("closing") as watch, open_project(here(project), watch=watch) as opened:
        found = consents.close(opened.desk, person, case=case, channel=channel)
    outcome = found.outcome
    if as_json:
        done = outcome.as_json() if outcome else None
        emit({"case": case, "entry": found.event, "waits_for": list(found.holds), "outcome": done})
    elif outcome is None:
        show.say(f"{visible(case)}: waits for {', '.join(found.holds)}; `troth keep` closes it afterwards")
    else:
        show.say(f"{visible(case)}: {outcome.word}")
        for reason in outcome.reasons:
            show.console().print(Text(f"  {visible(reason.place)}: {visible(reason.why)}", style="yellow"))
    if outcome is not None and outcome.word != "done":
        raise typer.Exit(1)
