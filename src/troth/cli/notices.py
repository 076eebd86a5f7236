"""`troth notices ...`: versions of the policy, announced, told, published and let into force."""

from __future__ import annotations

from pathlib import Path
from typing import Annotated

import typer

from troth.app.outside import day_at, office, policy_at
from troth.cli import show
from troth.cli.decide import pair, value
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder, grid
from troth.duties import notices as duty
from troth.duties.delivery import bounced as came_back
from troth.duties.notices import News
from troth.duties.pages import REGISTER, crawl

notices = typer.Typer(
    no_args_is_help=True, help="Announce versions of the policy, and tell everybody in time."
)

File = Annotated[Path, typer.Argument(help="the policy file of the new version", show_default=False)]
Role = Annotated[str, typer.Option("--as", help="role of who says it, as evidence names it")]


@notices.command("announce")
def announce(
    file: File,
    effective: Annotated[str, typer.Option("--effective", help="the day it comes into force: YYYY-MM-DD")],
    reason: Annotated[
        str, typer.Option("--reason", help="law, technology, practice, new-use, business, correction, other")
    ],
    role: Role = "legal",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Announce a version: what it changes is compared and entered, and its duties run from now."""
    with office(project, role) as one:
        news = News(
            old=one.sight.policy, new=policy_at(file), effective=day_at(effective), reason=reason, owner=role
        )
        found = duty.announce(one.sight.project, news)
    if as_json:
        emit(
            {"version": found.name, "material": found.material, "weakens": found.weakens, "entry": found.seq}
        )
    else:
        kind = "a material change" if found.material else "no material change"
        show.say(f"version {found.name} is announced for {found.effective}: {kind}")


@notices.command("tell")
def tell(
    file: File,
    change: Annotated[
        list[str] | None, typer.Option("--change", help="what changes, for people; may be repeated")
    ] = None,
    rate: Annotated[float, typer.Option("--rate", help="letters a second; 0 for as fast as they go")] = 0.0,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Tell every account holder of a version who does not know it yet; nobody twice."""
    policy = policy_at(file)
    with office(project) as one:
        found = duty.tell(
            one.sight.project,
            policy,
            policy.version,
            one.post,
            changes=tuple(change or ()),
            own=one.own,
            language=one.language,
            rate=rate,
        )
    if as_json:
        emit(found.as_json())
    else:
        show.say(
            f"{found.sent:,} sent, {found.before:,} before, {found.failed:,} failed, {found.without:,} without an address"
        )
    if found.failed or found.without:
        raise typer.Exit(1)


@notices.command("published")
def published(file: File, role: Role = "web", project: ProjectFolder = None, as_json: Json = False) -> None:
    """Look at the pages of the register; where all hold the new text, enter that it is published."""
    policy = policy_at(file)
    with office(project, role) as one:
        pages = crawl(one.sight.registers.get(REGISTER, {}), policy, one.sight.folder)
        bad = [page for page in pages if page.missing]
        if pages and not bad:
            duty.published(
                one.sight.project, policy, policy.version, actor=role, digest=duty.digest_of(policy),
                pages=[page.place for page in pages],
            )  # fmt: skip
    if as_json:
        emit(
            [
                {"place": page.place, "sentences": page.sentences, "missing": list(page.missing)}
                for page in pages
            ]
        )
    else:
        for page in pages:
            show.say(f"{page.place}: {page.sentences - len(page.missing)} of {page.sentences} sentences")
    if bad or not pages:
        raise typer.Exit(1)


@notices.command("gate")
def gate(
    file: File,
    fact: Annotated[
        list[str] | None, typer.Option("--fact", help="what the house knows of the version: NAME=VALUE")
    ] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """May this version come into force now? Refused while it is not published, not told, or its day has not come."""
    policy, facts = policy_at(file), {key: value(text) for key, text in map(pair, fact or ())}
    with office(project) as one:
        duty.pass_gate(one.sight.project, policy, policy.version, told=facts)
    if as_json:
        emit({"version": policy.version, "may": True})
    else:
        show.say(f"version {policy.version} may come into force")


@notices.command("bounced")
def bounced(
    letter: Annotated[
        str, typer.Argument(help="the Message-ID of the letter that came back", show_default=False)
    ],
    why: Annotated[str, typer.Option("--why", help="the code, such as 5.1.1; never an address")] = "5.0.0",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note that a letter came back: its person counts as not told. For a hook of the mail server."""
    with office(project) as one:
        number = came_back(one.sight.project, letter, why)
    emit({"entry": number}) if as_json else show.say(f"entry {number}")


@notices.command("list")
def listed(project: ProjectFolder = None, as_json: Json = False) -> None:
    """The versions that were announced."""
    with office(project) as one:
        found = duty.versions(one.sight.project.ledger.read())
    if as_json:
        emit(
            [
                {"version": each.name, "effective": each.effective.isoformat(), "material": each.material}
                for each in found
            ]
        )
        return
    table = grid("version", "in force from", "reason", "material")
    for each in found:
        table.add_row(each.name, each.effective.isoformat(), each.reason, "yes" if each.material else "no")
    show.paint(table)
