"""`troth share ...`: who may receive data, giving it, and telling recipients of corrections and erasures."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from troth.app.outside import office
from troth.cli import show
from troth.cli.decide import pair, value
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.duties import sharing, tell
from troth.duties.recipients import REGISTER, faults, parties, party
from troth.enforcement.share import Shared, Target, Wish
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Person

share = typer.Typer(
    no_args_is_help=True, help="Give data to registered recipients, and tell them of what changed."
)

Subject = Annotated[
    list[str], typer.Option("--subject", "-s", help="whose data: email=...; one person each, may be repeated")
]
Role = Annotated[str, typer.Option("--as", help="role that acts, as evidence names it")]
Field = Annotated[list[str], typer.Option("--field", help="data category that leaves; may be repeated")]


@share.command("list")
def listed(project: ProjectFolder = None, as_json: Json = False) -> None:
    """The register of recipients, and what the policy does not permit of it."""
    with office(project) as one:
        register, policy = one.sight.registers.get(REGISTER, {}), one.sight.policy
        today = one.sight.now.date()
        rows = [(each, faults(each, policy, today)) for each in parties(register, policy)]
    if as_json:
        emit(
            [
                {
                    "id": each.id,
                    "kind": each.kind,
                    "country": each.country,
                    "data": list(each.data),
                    "agreement": each.agreement.state(today),
                    "faults": list(bad),
                }
                for each, bad in rows
            ]
        )
    else:
        table = grid("recipient", "kind", "agreement", "wrong")
        for each, bad in rows:
            table.add_row(each.id, each.kind, each.agreement.state(today), "; ".join(bad))
        show.paint(table)
    if any(bad for _, bad in rows):
        raise typer.Exit(1)


@share.command("give")
def give(
    recipient: Annotated[str, typer.Argument(help="id on the register of recipients", show_default=False)],
    subject: Subject,
    field: Field,
    purpose: Annotated[str, typer.Option("--purpose", help="what for, in the words of the policy")],
    output: Annotated[Path, typer.Option("--output", "-o", help="a new file: .csv, or lines of JSON")],
    fact: Annotated[
        list[str] | None, typer.Option("--fact", help="what is known of the case: NAME=VALUE")
    ] = None,
    case: Annotated[str, typer.Option("--case", help="the case it belongs to")] = "",
    role: Role = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Give the necessary fields of persons to a recipient, if register and policy allow it; each is an entry."""
    facts = {key: value(text) for key, text in map(pair, fact or ())}
    wish = Wish(purpose=purpose, fields=tuple(field), facts=facts, case=case)
    with office(project, role) as one:
        sight = one.sight
        to = party(sight.registers.get(REGISTER, {}), sight.policy, recipient)
        found = sharing.disclose(sight.project, sight.guard, to, people(subject), wish, target=target(output))
        bad = faults(to, sight.policy, sight.now.date()) if found.people else ()
    said(found, as_json=as_json, bad=tuple(f"{to.id}: {one}" for one in bad))


@share.command("take-up")
def take_up(project: ProjectFolder = None, as_json: Json = False) -> None:
    """Write an entry for each row of the application's own table of disclosures that has none."""
    with office(project) as one:
        register = one.sight.registers.get(REGISTER, {})
        if not sharing.has_source(register):
            raise TrothError(
                "the register of recipients names no table", hint="add [source] to registers/recipients.toml"
            )
        count = sharing.take_up(one.sight.project, register, one.sight.policy)
    emit({"entries": count}) if as_json else show.say(f"{count:,} disclosures taken up")


@share.command("tell")
def tell_recipients(project: ProjectFolder = None, as_json: Json = False) -> None:
    """Tell recipients of corrections, erasures and withdrawals that were carried out; nobody twice."""
    with office(project) as one:
        register = one.sight.registers.get(REGISTER, {})
        found = tell.do(
            one.sight.project, one.sight.policy, register, one.post, language=one.language, own=one.own
        )
    if as_json:
        emit(found.as_json())
    else:
        show.say(f"{found.sent} recipients told, {found.failed + found.without} not yet")
    if found.failed or found.without:
        raise typer.Exit(1)


def said(found: Shared, *, as_json: bool, bad: tuple[str, ...] = ()) -> None:
    """Say what left, and what is wrong with who received it; the exit code is 1 where that is so, or not everything left."""
    if as_json:
        emit(found.as_json() | ({"faults": list(bad)} if bad else {}))
    else:
        rows = sum(one.rows for one in found.people)
        show.say(f"{found.word}: {rows:,} rows of {len(found.people):,} persons ({', '.join(found.fields)})")
        for who, why in found.refused:
            show.say(f"  refused {who[:12]}: {why}")
        for place in found.missing:
            show.say(f"  nothing of the kind is on file of person {place} of those that were named")
        for one in bad:
            show.say(f"  {one}")
    if found.word != "done" or bad:
        raise typer.Exit(1)


def people(subject: list[str]) -> list[Person]:
    """The persons of `--subject`, one each."""
    return [Person((Identity(*pair(one)),)) for one in subject]


def target(output: Path) -> Target:
    """The file of `--output`: its ending says the form."""
    return Target(path=output, form="csv" if output.suffix == ".csv" else "jsonl")
