"""`troth decide`: may this be done with this person's data, now?"""

from __future__ import annotations

from math import isfinite
from typing import Annotated

import typer
from rich.text import Text

from troth.app.decisions import Query, ask
from troth.app.project import here
from troth.cli import show
from troth.cli.policy import Json, emit
from troth.cli.project import ProjectFolder
from troth.cli.visible import visible
from troth.model.condition import FactValue
from troth.model.errors import TrothError
from troth.model.outcome import Identity


def decide(
    verb: Annotated[
        str, typer.Argument(help="what is to be done: use, read, share, disclose, ...", show_default=False)
    ],
    data: Annotated[
        list[str], typer.Argument(help="data categories, in the words of the policy", show_default=False)
    ],
    purpose: Annotated[str, typer.Option("--for", help="for which purpose")] = "purpose",
    recipient: Annotated[str, typer.Option("--to", help="towards which recipient")] = "",
    subject: Annotated[
        list[str] | None,
        typer.Option(
            "--subject",
            "-s",
            help="whose data: email=..., phone=..., login=..., or the key of their row; nobody's where left out",
        ),
    ] = None,
    actor: Annotated[str, typer.Option("--as", help="the role that acts")] = "application",
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", help="what is known of the case: NAME=VALUE; may be repeated"),
    ] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """May this actor use these data of this person for this purpose towards this recipient, now? 0: yes, 1: no."""
    identities = tuple(Identity(*pair(one)) for one in subject or ())
    facts: dict[str, FactValue] = {}
    for name, text in map(pair, fact or ()):
        if name in facts:
            raise TrothError(f"the fact `{name}` is said twice", hint="say each fact once")
        facts[name] = value(text)
    query = Query(
        actor=actor,
        verb=verb,
        data=tuple(data),
        purpose=purpose,
        recipient=recipient,
        identities=identities,
        facts=facts,
    )
    said = ask(here(project), query)
    if as_json:
        emit(said.as_json())
    else:
        style = "green" if said.ruling.allowed else "red"
        show.console().print(Text(visible(said.told.answer), style=style))
        if said.told.sentence:
            show.say(f"  {', '.join(said.told.sentences)}: {said.told.sentence}")
        if said.told.hint:
            show.say(f"  {said.told.hint}")
    if not said.ruling.allowed:
        raise typer.Exit(1)


def pair(text: str) -> tuple[str, str]:
    """A name and a value, as an option gives them.

    Raises:
        TrothError: one of them is missing.
    """
    name, equals, value = text.partition("=")
    if not equals or not name or not value:
        raise TrothError(
            "a name and a value are needed", hint="write --fact consent=given, --subject email=..."
        )
    return name, value


def value(text: str) -> FactValue:
    """A value as it is typed: yes and no, numbers, otherwise words."""
    if text in {"yes", "true"}:
        return True
    if text in {"no", "false"}:
        return False
    try:
        return int(text)
    except ValueError:
        pass
    try:
        number = float(text)
    except ValueError:
        return text
    return number if isfinite(number) else text
