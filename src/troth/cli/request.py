"""`troth request ...` and `troth requests`: what people ask for, from the moment it comes in until it is answered."""

from __future__ import annotations

import contextlib
import shutil
import sys
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Annotated, Any

import typer
from rich.text import Text

from troth.app.policies import load_file
from troth.app.project import Opened, here, open_project, open_state
from troth.app.requests import Card, cards
from troth.cli import show
from troth.cli.decide import pair, value
from troth.cli.needs import say_needs
from troth.cli.onward import AWAY, NOT_TAKEN, onward, taken_down
from troth.cli.policy import Json, emit
from troth.cli.progress import working
from troth.cli.project import ProjectFolder, grid
from troth.cli.visible import visible
from troth.duties import intake
from troth.duties.carry import CHOICES, Carried, answer, carry, ready
from troth.duties.copies import EARLIER
from troth.duties.docket import sendings_of
from troth.duties.intake import Asked
from troth.duties.life import Life
from troth.duties.lifting import lift
from troth.duties.steps import JOINED, OPEN, RUNNING
from troth.enforcement.absent import refuse_away
from troth.model.errors import TrothError
from troth.model.outcome import Identity, Outcome, Person

request = typer.Typer(
    no_args_is_help=True, help="Take, carry out and answer what people ask for about their data."
)

Subject = Annotated[
    list[str],
    typer.Option(
        "--subject", "-s", help="who asks: email=..., phone=..., login=..., or COLUMN=VALUE; may be repeated"
    ),
]
AllAccounts = Annotated[
    bool,
    typer.Option(
        "--all-accounts", help="take every account that the subject names, if all are shown to be theirs"
    ),
]
Verified = Annotated[
    str,
    typer.Option("--verified", help="how they showed who they are: session, data points, document, agent"),
]
Channel = Annotated[str, typer.Option("--channel", help="how the request came in")]
Letters = Annotated[str, typer.Option("--lang", help="language of letters: en or zh")]
Number = Annotated[str, typer.Argument(help="number of the request", show_default=False)]
Actor = Annotated[str, typer.Option("--as", help="role of who decides, as evidence names it")]
Text_ = Annotated[str, typer.Option("--text", help="a file with the text, or - for standard input")]
Purpose = Annotated[str, typer.Option("--purpose", help="for which purpose, in the words of the policy")]
MANY = 4
"""Places that one reason names on the terminal."""

Ground = Annotated[
    str, typer.Option("--ground", help="identity, unfounded, excessive, law, claims, others, correct")
]
Scope = Annotated[
    str, typer.Option("--scope", help="for which channel, recipient or list; all where none is named")
]


@request.command("access")
def access(
    subject: Subject,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="copy the zip to this file")] = None,
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """A copy of everything about a person, as a zip."""
    _take(
        Asked(right="access", **_common(subject, verified, channel, lang, every=all_accounts)),
        project,
        as_json,
        output,
    )


@request.command("portability")
def portability(
    subject: Subject,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="copy the zip to this file")] = None,
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """What a person gave, in a form that another provider can read."""
    _take(
        Asked(right="portability", **_common(subject, verified, channel, lang, every=all_accounts)),
        project,
        as_json,
        output,
    )


@request.command("erase")
def erase(
    subject: Subject,
    no_undo: Annotated[
        str, typer.Option("--no-undo", help="carry it out now, without the time to take it back; say why")
    ] = "",
    fact: Annotated[
        list[str] | None,
        typer.Option("--fact", help="what is known of the case and no row shows: NAME=VALUE"),
    ] = None,
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Erase a person, after the time in which it can be taken back; what must be kept is restricted instead."""
    facts = {name: value(text) for name, text in map(pair, fact or ())}
    given = _common(subject, verified, channel, lang, every=all_accounts)
    _take(Asked(right="erase", no_undo=no_undo, facts=facts, **given), project, as_json)


@request.command("rectify")
def rectify(
    subject: Subject,
    change: Annotated[
        list[str],
        typer.Option(
            "--set", help="what is right: CATEGORY=VALUE or STORE.TABLE.COLUMN=VALUE; may be repeated"
        ),
    ],
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Correct a person's data everywhere it stands."""
    changes = dict(_pair(one, "--set") for one in change)
    _take(
        Asked(
            right="rectify", changes=changes, **_common(subject, verified, channel, lang, every=all_accounts)
        ),
        project,
        as_json,
    )


@request.command("restrict")
def restrict(
    subject: Subject,
    reason: Annotated[
        str, typer.Option("--reason", help="why, in a word: accuracy, unlawful, claims, objection")
    ] = "",
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Keep a person's data and do not use it."""
    _take(
        Asked(
            right="restrict", scope=reason, **_common(subject, verified, channel, lang, every=all_accounts)
        ),
        project,
        as_json,
    )


@request.command("object")
def object_(
    subject: Subject,
    purpose: Purpose,
    scope: Scope = "",
    all_accounts: AllAccounts = False,
    verified: Verified = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Stop using a person's data for a purpose, such as direct-marketing."""
    given = _common(subject, verified, channel, lang, every=all_accounts)
    _take(Asked(right="object", purpose=purpose, scope=scope, **given), project, as_json)


@request.command("withdraw")
def withdraw(
    subject: Subject,
    purpose: Purpose,
    scope: Scope = "",
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Take back a consent; as easy as giving it, so nobody has to show who they are."""
    given = _common(subject, "", channel, lang)
    _take(Asked(right="withdraw", purpose=purpose, scope=scope, **given), project, as_json)


@request.command("complain")
def complain(
    subject: Subject,
    text: Text_,
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Take down a complaint; a person answers it."""
    given = _common(subject, "", channel, lang)
    _take(Asked(right="complaint", text=_written(text), **given), project, as_json)


@request.command("ask")
def ask(
    subject: Subject,
    text: Text_,
    channel: Channel = "command line",
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Take down a question; a person answers it."""
    given = _common(subject, "", channel, lang)
    _take(Asked(right="question", text=_written(text), **given), project, as_json)


@request.command("release")
def release(
    subject: Subject,
    why: Annotated[str, typer.Option("--why", help="why it ends, for the person")],
    reason: Annotated[
        str, typer.Option("--reason", help="the reason it was asked for; every one where none is named")
    ] = "",
    all_accounts: AllAccounts = False,
    lang: Letters = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """End a restriction that was asked for; the person is told before. A hold ends by itself."""
    with _opened(project) as opened:
        given = _common(subject, "", "", lang, every=all_accounts)
        outcome = lift(opened.desk, given["person"], why, reason=reason, language=lang, every=all_accounts)
    if as_json:
        emit({"outcome": outcome.as_json()})
    else:
        show.say(f"restriction: {'ended' if outcome.word == 'done' else outcome.word}")
        _counted(outcome)
    if outcome.word == "partly":
        raise typer.Exit(1)


@request.command("confirm")
def confirm(
    number: Number,
    code: Annotated[str, typer.Argument(help="the code from the letter")] = "",
    method: Annotated[str, typer.Option("--method", help="another way they showed who they are")] = "",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Confirm that a request comes from the person; what can be done is done at once."""
    if bool(code) == bool(method):
        raise TrothError("say how the person showed who they are", hint="give the code, or --method session")
    with _opened(project, partial=True) as opened:
        life = _reached(opened, number)
        life = (
            intake.answer_code(opened.desk, life, code)
            if code
            else intake.confirmed(opened.desk, life, method)
        )
        _done(opened, life, as_json)


@request.command("code")
def code(number: Number, project: ProjectFolder = None, as_json: Json = False) -> None:
    """Send a new code to the address on file."""
    with _opened(project) as opened:
        life = intake.ask_identity(opened.desk, opened.desk.life(number))
        _told(opened, Carried(life), as_json)


@request.command("run")
def run(
    number: Number,
    output: Annotated[Path | None, typer.Option("--output", "-o", help="copy the zip to this file")] = None,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Carry a confirmed request out now, or go on with one that was stopped."""
    with _opened(project, partial=True) as opened:
        _told(opened, carry(opened.desk, _reached(opened, number)), as_json, output)


@request.command("fact")
def fact_(
    number: Number,
    fact: Annotated[
        list[str], typer.Argument(help="what is known of the case now: NAME=VALUE", show_default=False)
    ],
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note what is known of a case, such as a dispute that began or was settled; `troth keep` looks again."""
    with _opened(project) as opened:
        facts = {name: value(text) for name, text in map(pair, fact)}
        _told(opened, Carried(intake.learn(opened.desk, opened.desk.life(number), facts)), as_json)


@request.command("cancel")
def cancel(
    number: Number,
    verified: Annotated[str, typer.Option("--verified", help="how they showed who they are")] = "session",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """The person takes a request back, such as an erasure that still waits."""
    with _opened(project) as opened:
        life = intake.take_back(opened.desk, opened.desk.life(number), verified)
        _told(opened, Carried(life), as_json)


@request.command("refuse")
def refuse(
    number: Number,
    ground: Annotated[
        str,
        typer.Option(
            "--ground", help="identity, unfounded, excessive, law, claims, others, correct or outside"
        ),
    ],
    why: Annotated[str, typer.Option("--why", help="the reason in this case, for the person")] = "",
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Refuse a request on a ground; the person is told why and where to complain."""
    with _opened(project) as opened:
        life = intake.refuse(opened.desk, opened.desk.life(number), ground, why, actor=actor)
        _told(opened, Carried(life), as_json)


@request.command("extend")
def extend(
    number: Number,
    until: Annotated[str, typer.Option("--until", help="the new date, YYYY-MM-DD")],
    why: Annotated[str, typer.Option("--why", help="why it takes longer, for the person")],
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Tell the person that it takes longer, why, and until when."""
    with _opened(project) as opened:
        life = intake.extend(opened.desk, opened.desk.life(number), why, until, actor=actor)
        _told(opened, Carried(life), as_json)


@request.command("answer")
def answer_(
    number: Number,
    text: Text_,
    actor: Actor = "privacy-officer",
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Answer a complaint or a question."""
    with _opened(project) as opened:
        life = answer(opened.desk, opened.desk.life(number), _written(text), actor=actor)
        _told(opened, Carried(life), as_json)


@request.command("told")
def told(
    number: Number,
    by: Annotated[str, typer.Option("--by", help="how the person was told, such as: a letter by post")],
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """Note that the person was told another way what letters that can not leave would have said; they wait no more."""
    with _opened(project) as opened:
        _told(opened, Carried(opened.desk.tell_otherwise(opened.desk.life(number), by)), as_json)


@request.command("show")
def show_request(number: Number, project: ProjectFolder = None, as_json: Json = False) -> None:
    """Where a request stands: every step, what became of every letter, by when it is due and why, and its evidence."""
    settings = here(project)
    with open_state(settings) as state:
        (card,) = cards(state, number or " ")  # an empty one would be all of them
        sent = sendings_of(state.ledger, number)
    if as_json:
        letters = [
            {"time": one.time, "letter": one.kind, "outcome": one.outcome, "why": one.why} for one in sent
        ]
        emit(card.as_json() | {"letters": letters})
        return
    show.say(f"request {card.life.id}: {card.life.right}, {card.life.state}")
    if card.due:
        show.say(
            f"due {card.due} ({', '.join(card.cites)})"
            + (", the clock stands still" if card.standing else "")
        )
    for line in sorted((*card.life.story, *map(str, sent)), key=_second):
        show.say(f"  {line}")
    say_needs([card])
    for line in card.steps:
        show.console().print(Text(f"    {visible(line)}", style="dim"))
    show.say(f"evidence: entries {', '.join(map(str, card.entries))}")


def _second(line: str) -> str:
    """The time that a line of a story begins with, to the second."""
    return line[: len("2026-01-31T09:00:00")]


def requests(
    everything: Annotated[bool, typer.Option("--all", help="also those that have ended")] = False,
    project: ProjectFolder = None,
    as_json: Json = False,
) -> None:
    """The requests of people, the most urgent first."""
    with open_state(here(project)) as state:
        found = [card for card in cards(state) if everything or not card.life.ended]
    if as_json:
        emit({"requests": [card.as_json() for card in found]})
        return
    if not found:
        show.say("no request is open" if not everything else "nobody has asked for anything yet")
        return
    table = grid("no", "asks for", "state", "received", "due", "left")
    for card in found:
        style = "red" if card.late else ""
        table.add_row(
            card.life.id, card.life.right, card.life.state, card.life.received.date().isoformat(), card.due, card.left,
            style=style,
        )  # fmt: skip
    show.paint(table)
    say_needs(found)


def _take(asked: Asked, project: Path | None, as_json: bool, output: Path | None = None) -> None:
    begun, told = False, ""
    try:
        with _opened(project, partial=asked.right in CHOICES) as opened:
            begun = True
            life = intake.receive(opened.desk, asked)
            told = taken_down(life)
            _done(opened, life, as_json, output)
    except TrothError as error:
        # a withdrawal counts from its entry on, so nobody may think that there is one
        told = told or (NOT_TAKEN if not begun or isinstance(error, AWAY) else "")
        error.hint = "; ".join(filter(None, (error.hint, told)))
        raise


def _done(opened: Opened, life: Life, as_json: bool, output: Path | None = None) -> None:
    if life.state == JOINED:
        earlier = opened.desk.life(life.joined)
        if earlier.state in {OPEN, RUNNING} and ready(
            opened.desk, earlier
        ):  # stopped before: this goes on with it
            life = earlier
    carried = carry(opened.desk, life) if ready(opened.desk, life) else Carried(life)
    _told(opened, carried, as_json, output)


def _told(opened: Opened, carried: Carried, as_json: bool, output: Path | None = None) -> None:
    """Say what became of a request; the exit code is 1 while something of it failed."""
    bundle = carried.bundle
    if bundle and output:
        try:
            shutil.copyfile(bundle, output)
        except OSError as error:
            raise TrothError(
                f"`{output}` can not be written: {error.strerror}", hint=f"the copy is {bundle}"
            ) from None
        bundle = output
    life, outcome = carried.life, carried.outcome
    if as_json:
        first = opened.desk.due(life).first
        emit(
            {
                "request": life.id,
                "right": life.right,
                "state": life.state,
                "subject": life.subject,
                "due": first.date.isoformat() if first and first.date else "",
                "bundle": str(bundle) if bundle else "",
                "earlier": [str(one) for one in carried.earlier],
                "outcome": outcome.as_json() if outcome else None,
            }
        )
    else:
        _say(opened, life, outcome, bundle)
        for one in carried.earlier:
            show.say(f"  {one}: {EARLIER}")
    if outcome and outcome.word == "partly" and life.state != "held":
        raise typer.Exit(1)


def _say(opened: Opened, life: Life, outcome: Outcome | None, bundle: Path | None) -> None:
    show.say(f"request {life.id}: {life.right}, {life.state}")
    if outcome:
        _counted(outcome)
    if bundle:
        show.say(f"  {bundle}")
    for line in onward(opened, life):
        show.say(line)


def _counted(outcome: Outcome) -> None:
    """Say what happened to the rows of which places, and why something is left."""
    for place, counts in sorted(outcome.counts.items()):
        told = ", ".join(f"{count:,} {what}" for what, count in sorted(counts.items()) if count)
        if told:
            show.say(f"  {place}: {told}")
    for why, places in _grouped(outcome):
        shown = ", ".join(places[:MANY]) + (f" and {len(places) - MANY} more" if len(places) > MANY else "")
        told = f"{shown}: {why}" if len(places) == 1 else f"{why}: {shown}"
        show.console().print(Text(f"  {visible(told)}", style="yellow"))


def _grouped(outcome: Outcome) -> list[tuple[str, list[str]]]:
    """The reasons of an outcome, each once with its places."""
    found: dict[str, list[str]] = {}
    for reason in outcome.reasons:
        found.setdefault(reason.why, []).append(reason.place)
    return list(found.items())


@contextlib.contextmanager
def _opened(project: Path | None, *, partial: bool = False) -> Iterator[Opened]:
    with (
        working("carrying out") as watch,
        open_project(here(project), watch=watch, partial=partial) as opened,
    ):
        yield opened


def _reached(opened: Opened, number: str) -> Life:
    """A request, where every store that it needs can be reached."""
    life = opened.desk.life(number)
    if life.right not in CHOICES:
        refuse_away(opened.project)
    return life


def _common(
    subject: Sequence[str], verified: str, channel: str, lang: str, *, every: bool = False
) -> dict[str, Any]:
    if lang not in {"", "en", "zh"}:
        raise TrothError(f"letters are not written in `{lang}`", hint="write en or zh")
    identities = tuple(Identity(*_pair(one, "--subject")) for one in subject)
    return {
        "person": Person(identities), "method": verified, "channel": channel, "language": lang,
        "every_account": every,
    }  # fmt: skip


def _pair(text: str, option: str) -> tuple[str, str]:
    name, equals, value = text.partition("=")
    if not equals or not name.strip() or not value.strip():
        raise TrothError(f"{option} needs a name and a value", hint=f"write {option} email=ada@example.org")
    return name.strip(), value


def _written(text: str) -> str:
    """The text in a file or on standard input; never on the command line, where others see it."""
    raw = getattr(sys.stdin, "buffer", None) if text == "-" else None
    try:
        if text == "-":
            return sys.stdin.read() if raw is None else raw.read().decode()
        return load_file(Path(text)).decode()
    except (TrothError, ValueError):
        raise TrothError(
            "the file with the text can not be read",
            hint="check its path, and that it is text in UTF-8; - is standard input",
        ) from None


__all__ = ["Card", "request", "requests"]
