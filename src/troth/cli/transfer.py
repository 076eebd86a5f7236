"""`troth transfer ...`: the business goes to another owner."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Annotated

import typer

from troth.app.outside import digest_at, office
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.cli.share import people, said, target
from troth.duties import transfer as duty
from troth.duties.incidents import home_of
from troth.duties.transfer import Deal, Gone
from troth.model.errors import TrothError

transfer = typer.Typer(
    no_args_is_help=True, help="Hand the business over: undertaking or consents, manifest, what goes."
)

Case = Annotated[str, typer.Argument(help="name of the transfer, such as T-1", show_default=False)]
Role = Annotated[str, typer.Option("--as", help="role that acts, as evidence names it")]


@transfer.command("begin")
def begin(
    case: Case,
    successor: Annotated[str, typer.Option("--successor", help="the new owner, as people are told")],
    on: Annotated[str, typer.Option("--on", help="day of the transfer, such as 2027-01-31")],
    scope: Annotated[
        list[str], typer.Option("--scope", help="data category that goes over; may be repeated")
    ],
    kind: Annotated[str, typer.Option("--kind", help="merger, acquisition, asset-transfer ...")] = "merger",
    undertaking: Annotated[
        Path | None,
        typer.Option("--undertaking", help="the signed undertaking to keep this policy; its hash is kept"),
    ] = None,
    role: Role = "legal",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Register a transfer; without an undertaking only the data of people who consent can go."""
    deal = Deal(
        case=case, successor=successor, kind=kind, on=_day(on), scope=tuple(scope), undertaking=digest_at(undertaking),
    )  # fmt: skip
    with office(project, role) as place:
        made = duty.begin(place.sight.project, place.sight.policy, deal, actor=role)
    ground = "an undertaking" if made.undertaking else "the consent of each person"
    if as_json:
        emit(
            {"case": made.case, "entry": made.seq, "scope": list(made.scope), "undertaking": made.undertaking}
        )
    else:
        show.say(f"{made.case}: to {made.successor} on {made.on}, by {ground}")


@transfer.command("move")
def move(
    case: Case,
    subject: Annotated[
        list[str], typer.Option("--subject", "-s", help="whose data: email=...; may be repeated")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="a new file: .csv, or lines of JSON")],
    told: Annotated[bool, typer.Option("--told", help="these people were sent the notice")] = False,
    role: Role = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Write what goes over, after its manifest; whoever has to consent and did not is left out."""
    with office(project, role) as place:
        found = duty.move(
            place.sight.project, place.sight.guard, case, people(subject), target=target(output), told=told
        )
    said(found, as_json=as_json)


@transfer.command("list")
def listed(project: ProjectFolder = None, as_json: Json = False) -> None:
    """The transfers of the business with what went over, and what went to recipients in other countries."""
    with office(project) as place:
        entries = tuple(place.sight.project.ledger.read())
        deals, abroad = duty.deals(entries), duty.abroad(entries, home_of(place.sight.policy))
    if as_json:
        emit({
            "transfers": [_json(deal, gone) for deal, gone in deals],
            "abroad": [one.as_json() for one in abroad],
        })  # fmt: skip
        return
    if not deals and not abroad:
        show.say("no transfer of the business is registered, and nothing went to another country")
    if deals:
        table = grid("transfer", "to", "on", "by", "went over")
        for deal, gone in deals:
            ground = "an undertaking" if deal.undertaking else "the consent of each person"
            went = f"{gone.persons:,} persons, {gone.rows:,} rows" if gone.persons else "nothing yet"
            table.add_row(deal.case, deal.successor, str(deal.on), ground, went)
        show.paint(table)
    if abroad:
        table = grid("abroad", "country", "safeguard", "persons", "data", "last")
        for one in abroad:
            table.add_row(
                one.recipient, one.country, one.safeguard or "none named", f"{one.persons:,}", ", ".join(one.data), one.last,
            )  # fmt: skip
        show.paint(table)


def _json(deal: Deal, gone: Gone) -> dict[str, object]:
    return {
        "case": deal.case, "entry": deal.seq, "successor": deal.successor, "kind": deal.kind, "on": deal.on.isoformat(),
        "scope": list(deal.scope), "undertaking": deal.undertaking, "manifests": gone.manifests, "persons": gone.persons,
        "rows": gone.rows,
    }  # fmt: skip


def _day(text: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError:
        raise TrothError("--on is no day", hint="write it as 2027-01-31") from None
