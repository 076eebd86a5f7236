"""`troth plan` and `troth keep`: what the policy demands now, and doing it."""

from __future__ import annotations

import time
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from troth import settings as said
from troth.app.project import here, open_project
from troth.app.rounds import Report, Round, keep_once, planned, read_plan
from troth.cli import TAKEN, show
from troth.cli.policy import Json, as_text, emit
from troth.cli.progress import working
from troth.cli.project import ProjectFolder, grid
from troth.cli.visible import visible
from troth.model.errors import TrothError
from troth.model.moment import typed
from troth.state.claim import worker

_UNITS = {"s": 1, "m": 60, "h": 3600, "d": 86400}


def plan(
    output: Annotated[
        Path | None,
        typer.Option("--output", "-o", help="write the plan to this file, for `troth keep --plan`"),
    ] = None,
    at: Annotated[
        str, typer.Option("--at", help="what will be due at a later time, such as 2027-01-31T00:00:00Z")
    ] = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """What the policy demands now: what, how many rows, where, which sentence asks for it, and what will not be done."""
    clock = _clock(at)
    with working("looking") as watch, open_project(here(project), watch=watch, clock=clock) as opened:
        found = planned(opened, exact=output is not None)
    if output is not None:
        from troth.app.policies import save  # noqa: PLC0415 - only here

        save(output, as_text(found.as_json()))
    if as_json:
        emit(found.as_json())
    else:
        _plan(found)
        if output is not None:
            show.say(f"\nTo do exactly this: troth keep --plan {output}")


def keep(
    once: Annotated[bool, typer.Option("--once", help="one round, then end (the default)")] = False,
    every: Annotated[
        str, typer.Option("--every", help="a round each time this long has passed: 30m, 1h, 1d")
    ] = "",
    plan_file: Annotated[
        Path | None, typer.Option("--plan", help="do exactly this plan, or say what changed and do nothing")
    ] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Do what the policy demands now: requests, holds that ended, periods that are over. A kill loses nothing."""
    if every and (once or plan_file):
        raise TrothError("--every goes on for ever", hint="leave out --once and --plan")
    wait = _seconds(every) if every else 0
    settings, holder = here(project), worker()
    wanted = read_plan(plan_file) if plan_file else None
    begun = False
    while True:
        try:
            with working("keeping") as watch, open_project(settings, watch=watch) as opened:
                report = keep_once(opened, holder, wanted)
        except TrothError as error:
            if not begun or not wait:
                raise
            # A store that is down for a while must not end what goes on for ever.
            show.warn(f"{error.message}; this round was not done, the next one is in {every}")
        else:
            begun = True
            if as_json:
                emit(report.as_json())
            else:
                _report(report)
        if not wait:
            break
        time.sleep(wait)
    if report.busy is not None:
        raise typer.Exit(TAKEN)
    if report.changed or report.failed:
        raise typer.Exit(1)


def _plan(found: Round) -> None:
    if not found.rows:
        show.say("nothing is due")
    out = show.console()
    for row in found.rows:
        out.print(Text(visible(row.title), style="bold"))
        if row.steps:
            table = grid("  what", "rows", "where")
            for place, action, rows in row.steps:
                table.add_row(f"  {action}", f"{rows:,}", visible(place))
            show.paint(table)
        for place, why in row.skipped:
            out.print(Text(f"  not done: {visible(place)}: {visible(why)}", style="yellow"))
        if row.sentences:
            out.print(Text(f"  asked for by {', '.join(row.sentences)}", style="dim"))
    for gap in found.gaps:
        out.print(Text(f"can not be done: {visible(gap)}", style="yellow"))


def _report(report: Report) -> None:
    out = show.console()
    if report.busy is not None:
        show.say(f"another worker is at it: {visible(str(report.busy))}; nothing was done here")
        return
    if report.changed:
        show.say("the plan does not hold any more, so nothing was done:")
        for line in report.changed:
            show.say(f"  {line}")
        show.say("make a new one: troth plan -o FILE")
        return
    if not report.done and not report.purged:
        show.say("nothing was due")
    for title, word, reasons in report.done:
        style = "yellow" if word.startswith(("not done", "partly")) else ""
        out.print(Text(f"{visible(title)}: {visible(word)}", style=style))
        for reason in reasons:
            out.print(Text(f"  {visible(reason)}", style="yellow"))
    for one in report.purged:
        show.say(f"purge store {visible(one.store)}: {visible(one.word)}")
        if one.left:
            show.say(f"  may still hold some bytes: {visible(one.left)}")


def _seconds(text: str) -> int:
    number, unit = text[:-1], text[-1:]
    if not number.isdecimal() or unit not in _UNITS or int(number) == 0:
        raise TrothError(f"`{text}` is no length of time", hint="write 30m, 1h or 1d")
    return int(number) * _UNITS[unit]


def _clock(at: str) -> Any:
    if not at:
        return said.now
    moment = typed(at)
    return lambda: moment
