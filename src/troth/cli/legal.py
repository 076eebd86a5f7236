"""`troth legal ...`: demands of authorities, from their register to the letter that tells the person."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from troth.app.outside import digest_at, office
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.cli.share import people, said, target
from troth.duties import legal as duty
from troth.duties.legal import Demand

legal = typer.Typer(no_args_is_help=True, help="Register, review and answer demands of authorities.")

Case = Annotated[str, typer.Argument(help="name of the demand, such as LR-1", show_default=False)]
Role = Annotated[str, typer.Option("--as", help="role of who says it, as evidence names it")]


@legal.command("register")
def register(
    case: Case,
    document: Annotated[
        str, typer.Option("--document", help="what it is: court-order, warrant, summons ...")
    ],
    authority: Annotated[str, typer.Option("--authority", help="who demands, as people are told")],
    scope: Annotated[
        list[str], typer.Option("--scope", help="data category that it reaches; may be repeated")
    ],
    ground: Annotated[str, typer.Option("--ground", help="the law that it names")] = "",
    duty_recorded: Annotated[
        bool, typer.Option("--public-interest", help="a written reason of public interest is on file")
    ] = False,
    paper: Annotated[
        Path | None, typer.Option("--paper", help="the document; its hash is kept, not its text")
    ] = None,
    role: Role = "legal",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Register a demand; its duties run from now."""
    one = Demand(
        case=case, document=document, authority=authority, scope=tuple(scope), ground=ground, digest=digest_at(paper),
        duty=duty_recorded,
    )  # fmt: skip
    with office(project, role) as place:
        _say(duty.register(place.sight.project, place.sight.policy, one, actor=role), as_json)


@legal.command("review")
def review(
    case: Case,
    invalid: Annotated[bool, typer.Option("--invalid", help="it is not valid or not enforceable")] = False,
    role: Role = "legal",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Say that a demand is valid and enforceable, or that it is not."""
    with office(project, role) as place:
        _say(
            duty.review(place.sight.project, place.sight.policy, case, valid=not invalid, reviewer=role),
            as_json,
        )


@legal.command("approve")
def approve(case: Case, role: Role = "legal", project: ProjectFolder = None, as_json: Json = False) -> None:
    """Approve an answer; two different approvers where the policy asks for two."""
    with office(project, role) as place:
        _say(duty.approve(place.sight.project, case, approver=role), as_json)


@legal.command("answer")
def answer(
    case: Case,
    subject: Annotated[
        list[str], typer.Option("--subject", "-s", help="whose data: email=...; may be repeated")
    ],
    output: Annotated[Path, typer.Option("--output", "-o", help="a new file: .csv, or lines of JSON")],
    purpose: Annotated[str, typer.Option("--purpose", help="what for")] = "legal-compliance",
    field: Annotated[
        list[str] | None, typer.Option("--field", help="only this data category; may be repeated")
    ] = None,
    bar: Annotated[
        str,
        typer.Option("--bar", help="what stands against telling the person: legal-prohibition, emergency"),
    ] = "none",
    until: Annotated[str, typer.Option("--until", help="the day on which the bar ends by itself")] = "",
    role: Role = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Disclose what a demand asks for, within its scope, if the policy allows it."""
    with office(project, role) as place:
        sight = place.sight
        found = duty.answer(
            sight.project, sight.guard, case, people(subject), purpose=purpose, target=target(output),
            fields=tuple(field or ()), bar=bar, until=until,
        )  # fmt: skip
    said(found, as_json=as_json)


@legal.command("unbar")
def unbar(case: Case, role: Role = "legal", project: ProjectFolder = None, as_json: Json = False) -> None:
    """Say that the bar on telling the person has ended; `troth legal tell` tells them."""
    with office(project, role) as place:
        found = duty.end_bar(place.sight.project, case, actor=role)
    emit({"entries": list(found)}) if as_json else show.say(f"{len(found)} bars ended")


@legal.command("tell")
def tell(project: ProjectFolder = None, as_json: Json = False) -> None:
    """Tell everybody whose data an authority received and who may be told now; nobody twice."""
    with office(project) as place:
        sight = place.sight
        sent = duty.do(
            sight.project, sight.policy, place.post, place.home, place.own, language=place.language
        )
        left = [one for one in duty.due(sight.policy, sight.project.ledger.read(), sight.now) if one.ready]
    emit({"sent": sent, "left": len(left)}) if as_json else show.say(
        f"{sent} persons told, {len(left)} not yet"
    )
    if left:
        raise typer.Exit(1)


@legal.command("list")
def listed(project: ProjectFolder = None, as_json: Json = False) -> None:
    """The demands, with review and approvals."""
    with office(project) as place:
        found = duty.demands(place.sight.project.ledger.read())
    if as_json:
        emit([_json(one) for one in found])
        return
    table = grid("demand", "document", "scope", "review", "approvals")
    for one in found:
        table.add_row(one.case, one.document, ", ".join(one.scope), one.review, str(len(one.approvers)))
    show.paint(table)


def _json(one: Demand) -> dict[str, object]:
    return {
        "case": one.case, "document": one.document, "scope": list(one.scope), "review": one.review,
        "approvals": len(one.approvers), "entry": one.seq,
    }  # fmt: skip


def _say(one: Demand, as_json: bool) -> None:
    emit(_json(one)) if as_json else show.say(
        f"{one.case}: {one.document}, review {one.review}, {len(one.approvers)} approvals"
    )
