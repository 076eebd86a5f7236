"""`troth incident ...`: from the first sign to the last letter."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from pathlib import Path
from typing import Annotated

import typer

from troth.app.outside import digest_at, office
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.duties import breachletters, incidents
from troth.duties.incidents import Incident
from troth.model.entry import utc
from troth.model.moment import typed

incident = typer.Typer(
    no_args_is_help=True, help="Handle incidents: scope, clocks, authorities, persons, remedy."
)

Case = Annotated[str, typer.Argument(help="name of the incident, such as INC-1", show_default=False)]
Role = Annotated[str, typer.Option("--as", help="role of who says it, as evidence names it")]
Table = Annotated[
    list[str] | None, typer.Option("--table", help="a table that is concerned: STORE.TABLE; may be repeated")
]
NO_CLOCK = "not in the table of clocks: ask counsel"
"""Said of a region of whose law nothing is known here."""

Since = Annotated[str, typer.Option("--from", help="when it began, with its zone")]
Until = Annotated[str, typer.Option("--to", help="when it ended; now where not said")]
Region = Annotated[str, typer.Option("--region", help="whose authority: hk, cn, eu, uk, sg, us-ca")]


@incident.command("open")
def opened(
    case: Case,
    since: Since,
    what: Annotated[str, typer.Option("--what", help="what happened, in words and without personal data")],
    until: Until = "",
    table: Table = None,
    window: Annotated[
        bool, typer.Option("--window", help="only rows whose own time lies in that time are concerned")
    ] = False,
    actor: Annotated[
        str, typer.Option("--actor", help="whose access is concerned: a role or pseudonym of staff")
    ] = "",
    role: Role = "security",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Open an incident; the plan starts and the clocks run from now."""
    with office(project, role) as one:
        asked = _incident(case, since, until or utc(one.sight.now), table, detected=one.sight.now)
        asked = replace(asked, window=window, actor=actor, what=what)
        found = incidents.open_incident(one.sight.project, one.sight.policy, asked, owner=role)
        _clocks(found, incidents.home_of(one.sight.policy), as_json=as_json)


@incident.command("scope")
def scope(case: Case, project: ProjectFolder = None, as_json: Json = False) -> None:
    """Compute who and what is concerned, from the data map and the stores, and enter it."""
    with office(project) as one:
        sight = one.sight
        log = sight.registers.get("access-log")
        found = incidents.record_scope(
            sight.project, sight.policy, case, log, incidents.home_of(sight.policy)
        )
    if as_json:
        emit(found.as_json())
    else:
        regions = ", ".join(f"{count:,} {name}" for name, count in found.regions.items())
        show.say(
            f"{found.persons:,} persons ({regions or 'none'}), {found.rows:,} rows, {found.nobody:,} of nobody known"
        )
        if found.untimed:
            show.say(
                f"{found.untimed:,} rows have no time that can be read; they may be concerned, and count"
            )
        show.say(f"data: {', '.join(found.data)}")


@incident.command("confirm")
def confirm(
    case: Case, role: Role = "security", project: ProjectFolder = None, as_json: Json = False
) -> None:
    """Confirm a breach for each region of the persons concerned; the clocks of notices run from now."""
    with office(project, role) as one:
        found = incidents.confirm(one.sight.project, one.sight.policy, case, actor=role)
    emit({"entries": list(found)}) if as_json else show.say(f"{len(found)} regions confirmed")


@incident.command("remedy")
def remedy(
    case: Case,
    what: Annotated[str, typer.Option("--what", help="what was done")],
    result: Annotated[str, typer.Option("--result", help="what came of it")] = "done",
    role: Role = "security",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note what was done about it."""
    with office(project, role) as one:
        found = incidents.remedied(
            one.sight.project, one.sight.policy, case, what=what, result=result, actor=role
        )
    emit({"entries": list(found)}) if as_json else show.say(f"{len(found)} entries")


@incident.command("draft")
def draft(
    case: Case,
    region: Region,
    lang: Annotated[str, typer.Option("--lang", help="en or zh")] = "en",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """The report to an authority, with the figures as they are now; nothing is sent."""
    with office(project) as one:
        letter = breachletters.authority_draft(one.breach, case, region, lang)
    if as_json:
        emit({"subject": letter.subject, "body": letter.body})
    else:
        show.say(f"{letter.subject}\n\n{letter.body}")


@incident.command("told")
def told(
    case: Case,
    region: Region,
    paper: Annotated[
        Path | None, typer.Option("--paper", help="what was handed in; its hash is kept")
    ] = None,
    role: Role = "legal",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note that the authority of a region was told."""
    with office(project, role) as one:
        found = incidents.authority_told(
            one.sight.project, one.sight.policy, case, region, actor=role, digest=digest_at(paper)
        )
    emit({"entries": list(found)}) if as_json else show.say(f"{len(found)} entries")


@incident.command("tell")
def tell(
    case: Case,
    rate: Annotated[float, typer.Option("--rate", help="letters a second; 0 for as fast as they go")] = 0.0,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Write to everybody concerned who has not been told; stop it whenever you like, it goes on with the next person."""
    with office(project) as one:
        found = breachletters.tell_persons(one.breach, case, one.post, rate=rate)
    if as_json:
        emit(found.as_json())
    else:
        show.say(
            f"{found.sent:,} sent, {found.before:,} before, {found.failed:,} failed, {found.without:,} without an address"
        )
    if found.failed or found.without:
        raise typer.Exit(1)


@incident.command("exercise")
def exercise(
    table: Annotated[
        list[str], typer.Option("--table", help="a table that is concerned: STORE.TABLE; may be repeated")
    ],
    role: Role = "security",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Try the plan with an invented incident: scope and letters, nothing is sent; the entry is good for a year."""
    with office(project, role) as one:
        now = utc(one.sight.now)
        found = breachletters.exercise(
            one.breach, _incident("exercise", now, now, table, detected=one.sight.now), actor=role
        )
    emit(found) if as_json else show.say(
        f"{found['persons']:,} persons, {found['rows']:,} rows, {found['letters']} letters written"
    )


@incident.command("list")
def listed(project: ProjectFolder = None, as_json: Json = False) -> None:
    """The incidents, with the dates of law and policy for each region."""
    with office(project) as one:
        entries = tuple(one.sight.project.ledger.read())
        home = incidents.home_of(one.sight.policy)
        rows = []
        for each in incidents.incidents(entries):
            regions = [
                str(event.detail["facts"]["region"]) for event in incidents.confirmed(entries, each.case)
            ]
            rows.append((each, len(incidents.affected(entries, each.case)), regions or [home]))
    if as_json:
        emit(
            [
                {"case": each.case, "persons": count, "clocks": laws_of(each, regions)}
                for each, count, regions in rows
            ]
        )
        return
    table = grid("incident", "found", "persons", "region", "due", "what the law asks")
    for each, count, regions in rows:
        for line in laws_of(each, regions):
            table.add_row(
                each.case,
                f"{each.detected:%Y-%m-%d %H:%M}",
                f"{count:,}",
                line["region"],
                line["due"][:16].replace("T", " ") or "no number",
                line["clock"],
            )
    show.paint(table)


def _incident(case: str, since: str, until: str, table: list[str] | None, *, detected: datetime) -> Incident:
    return Incident(
        case=case,
        seq=-1,
        detected=detected,
        start=typed(since),
        end=typed(until),
        places=tuple(table or ()),
    )


def laws_of(one: Incident, regions: list[str]) -> list[dict[str, str]]:
    """What the law of each region asks for; a region of which the table of clocks says nothing is named, not left out."""
    found = []
    for region in dict.fromkeys(regions):
        laws = incidents.law(region, one.detected)
        found += [
            {"region": region, "clock": each.name, "due": utc(each.moment) if each.moment else ""}
            for each in laws
        ]
        found += [] if laws else [{"region": region, "clock": NO_CLOCK, "due": ""}]
    return found


def _clocks(one: Incident, region: str, *, as_json: bool) -> None:
    lines = laws_of(one, [region])
    if as_json:
        emit({"case": one.case, "entry": one.seq, "clocks": lines})
        return
    show.say(f"{one.case} is open; next: troth incident scope {one.case}")
    for line in lines:
        show.say(f"  {line['clock']}: {line['due'][:16].replace('T', ' ') or 'no number in the law'}")
