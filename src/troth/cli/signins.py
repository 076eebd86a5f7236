"""`troth signins ...`: the alerts of abnormal sign-ins, and what a person decided about each."""

from __future__ import annotations

from typing import Annotated

import typer

from troth.app.outside import office
from troth.cli import show
from troth.cli.decide import pair
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.duties import signins as duty
from troth.duties.signins import DECISIONS
from troth.model.entry import utc

signins = typer.Typer(
    no_args_is_help=True, help="Look at alerts of abnormal sign-ins, and decide about them."
)


@signins.command("list")
def listed(
    everything: Annotated[
        bool, typer.Option("--all", help="also those about which somebody decided")
    ] = False,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """The alerts of abnormal sign-ins about which nobody decided yet, the oldest first."""
    with office(project) as one:
        found = [each for each in duty.raised(one.sight.project) if everything or not each.decision]
    if as_json:
        emit([{**each.as_json(), "raised": utc(each.at)} for each in found])
        return
    if not found:
        show.say("no alert is open" if not everything else "no sign-in alarmed yet")
        return
    table = grid("alert", "raised", "looks like", "why", "account holder", "decision")
    for each in found:
        table.add_row(
            str(each.number), f"{each.at:%Y-%m-%d %H:%M}", each.kind, "; ".join(each.reasons),
            "asked" if each.asked else "not asked", each.decision or "open",
        )  # fmt: skip
    show.paint(table)


@signins.command("decide")
def decide(
    number: Annotated[
        int, typer.Argument(help="number of the alert, as the list names it", show_default=False)
    ],
    decision: Annotated[str, typer.Option("--decision", help=", ".join(DECISIONS))],
    record: Annotated[
        list[str] | None,
        typer.Option(
            "--record", help="more of what the policy asks to be recorded: NAME=VALUE; may be repeated"
        ),
    ] = None,
    role: Annotated[str, typer.Option("--as", help="role of who decides, as evidence names it")] = "security",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note what a person decided about an alert; the duty to investigate is kept with it."""
    noted = dict(map(pair, record or ()))
    with office(project, role) as one:
        made = duty.handle(
            one.sight.project, one.sight.policy, number, actor=role, decision=decision, record=noted
        )
    if as_json:
        emit({"alert": number, "decision": decision, "entries": list(made)})
    else:
        show.say(f"alert {number}: {decision}")
