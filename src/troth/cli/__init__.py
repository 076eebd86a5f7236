"""The command line: groups of commands, each loaded only when it is asked for, so that `troth --help` is quick."""

from __future__ import annotations

import atexit
import contextlib
import gc
import io
import os
import re
import signal
import sys
import threading
from collections.abc import Iterator, Sequence
from importlib import import_module
from pathlib import Path
from typing import Annotated

import typer

from troth import __version__
from troth.cli.visible import visible
from troth.model.errors import Taken, TrothError, spot

GROUPS = {
    "policy": ("policy", "Write, check, explain and compare policies."),
    "terms": ("terms", "Look up the words that policies are written with."),
    "map": ("map_", "Say which columns are personal and how a row leads to its person."),
    "request": ("request", "Take, carry out and answer what people ask for about their data."),
    "share": ("share", "Give data to registered recipients, and tell them of what changed."),
    "legal": ("legal", "Register, review and answer demands of authorities."),
    "transfer": ("transfer", "Hand the business over: undertaking or consents, manifest, what goes."),
    "incident": ("incident", "Handle incidents: scope, clocks, authorities, persons, remedy."),
    "signins": ("signins", "Look at alerts of abnormal sign-ins, and decide about them."),
    "notices": ("notices", "Announce versions of the policy, and tell everybody in time."),
}
"""Name of a group, which is also its module here; the name of the Typer app in it; its help."""

COMMANDS = {
    "init": ("project", "Make a project: which policy holds, where the data are."),
    "close": ("account", "Close the account of somebody who asks for it."),
    "requests": ("request", "The requests of people, the most urgent first."),
    "plan": ("keep", "What the policy demands now: what, how many rows, where, why; nothing is changed."),
    "keep": ("keep", "Do what the policy demands now."),
    "purge": ("aftermath", "Make the bytes of erased rows disappear."),
    "replay": ("aftermath", "After a backup was restored: erase again who had been erased."),
    "decide": ("decide", "May this be done with this person's data, now?"),
    "event": ("logbook", "Enter something that happened; the duties that it starts run from now."),
    "deed": ("logbook", "Enter a duty that was carried out."),
    "attest": ("logbook", "Attest what no system can show; it runs out by itself."),
    "logbook": ("logbook", "Enter a whole file of events, deeds and attestations."),
    "duties": ("logbook", "What the policy owes because of what happened, against its time."),
    "report": (
        "report",
        "Each sentence of the policy: kept, broken, attested or not shown, with its evidence.",
    ),
    "status": ("project", "What holds, what is open, and whether anything needs a person."),
    "verify": ("project", "Check that no entry of a ledger was changed, removed, inserted or moved."),
    "evidence": ("project", "Write evidence as a bundle that anybody can check."),
}
"""Name of a command without a group, which is also the name of its function; its module here; its help."""

STOPPED = 130
"""Exit code after Ctrl-C."""

TAKEN = 3
"""Exit code where another process is doing this work now."""

_ALLOCATIONS = 200_000
"""Objects that may be made before Python looks for garbage, in a process that is this command's own."""

TRACE = "TROTH_TRACE"
"""Environment variable that shows where a fault of Troth itself happened."""


def build(words: Sequence[str] | None = None) -> typer.Typer:
    """The command line for these words; with None, with every group loaded."""
    every = GROUPS.keys() | COMMANDS.keys()
    wanted = every if words is None else {word for word in words[:1] if word in every}
    app = typer.Typer(
        no_args_is_help=True,
        add_completion=False,
        pretty_exceptions_enable=False,
        help="A privacy policy as the source code of what a company does with personal data.",
        epilog="Exit codes: 0 fine, 1 findings, 2 unusable input, 3 another process is at it.",
    )
    app.callback()(_top)
    for name, (module, text) in COMMANDS.items():
        function = getattr(import_module(f"troth.cli.{module}"), name) if name in wanted else _root
        app.command(name, help=None if name in wanted else text)(function)
    for name, (inner, text) in GROUPS.items():
        group = getattr(import_module(f"troth.cli.{name}"), inner) if name in wanted else typer.Typer()
        if name not in wanted:
            group.callback()(_root)
        app.add_typer(group, name=name, help=text)
    return app


def _root() -> None:
    pass


def _told(asked: bool) -> None:
    if asked:
        typer.echo(f"troth {__version__}")
        raise typer.Exit


def _top(
    version: Annotated[
        bool, typer.Option("--version", help="Show the version and exit.", callback=_told, is_eager=True)
    ] = False,
) -> None:
    pass


def main(words: Sequence[str] | None = None) -> None:
    """The `troth` command: errors in the user's words, never a traceback.

    Args:
        words: the words after `troth`; those of the command line when left out.

    Raises:
        SystemExit: always; its code is the exit code.
    """
    given = sys.argv[1:] if words is None else list(words)
    if words is None:
        # a fifth of a short command went into looking for garbage among what was just loaded, and once more at its end
        gc.set_threshold(_ALLOCATIONS, 10, 10)
        atexit.register(gc.freeze)
    _opened()
    for stream in (sys.stdout, sys.stderr):
        # a terminal of another encoding, or a file name that is no text, must not stop the answer
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="backslashreplace")
    try:
        _run(given)
    except SystemExit as ending:
        sys.exit(_flushed(ending.code))
    sys.exit(_flushed(0))


def _opened() -> None:
    """Give the process the streams that it was started without (`>&-`), so that no file of ours takes their place."""
    for name, mode in (("stdin", "r"), ("stdout", "w"), ("stderr", "w")):
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115 - until the end


def _run(given: Sequence[str]) -> None:
    try:
        with _stoppable():
            _readable(given)
            build(given)(args=given, prog_name="troth")
    except Stopped:
        sys.stderr.write(
            "\nstopped; nothing is lost: what was begun goes on with the same command, or `troth keep`\n"
        )
        sys.exit(STOPPED)
    except Taken as error:
        _refuse(str(error), error.hint, TAKEN)
    except TrothError as error:
        _refuse(str(error), error.hint)
    except OSError as error:
        _refuse(f"the output can not be written: {error.strerror}", "check where it goes and the space there")
    except Exception as error:
        if os.environ.get(TRACE):
            raise
        _refuse(
            f"Troth stopped on a fault of its own ({spot(error)})", f"please report it; {TRACE}=1 shows more"
        )


def _readable(given: Sequence[str]) -> None:
    """Refuse words that are no text: nobody is found by them. Only files that are there may have such names."""
    for number, word in enumerate(given, 1):
        value = word.partition("=")[2] if word.startswith("--") else word
        if any("\ud800" <= sign <= "\udfff" for sign in word) and not os.path.lexists(value):
            raise TrothError(
                f"word {number} of the command is no text in the encoding of this terminal",
                hint="use one of UTF-8, such as with LANG=C.UTF-8, and write the word again",
            )


class Stopped(BaseException):
    """Ctrl-C, or the end of a process that is told to end: raised where the work is, so that everything is left whole."""


@contextlib.contextmanager
def _stoppable() -> Iterator[None]:
    """Turn the signals that end a process into `Stopped`, where this is the main thread."""

    def stop(*_: object) -> None:
        raise Stopped

    before = {}
    if threading.current_thread() is threading.main_thread():
        before = {number: signal.signal(number, stop) for number in (signal.SIGINT, signal.SIGTERM)}
    try:
        yield
    finally:
        for number, handler in before.items():
            signal.signal(number, handler)


_ENDLESS = re.compile(r"(\S{200})\S{56,}")  # what somebody pasted by mistake; names of files are shorter


def _refuse(message: str, hint: str, code: int = 2) -> None:
    told = visible(_ENDLESS.sub(r"\1…", message))
    sys.stderr.write(f"error: {told}\n")
    if hint:
        sys.stderr.write(f"  {visible(hint)}\n")
    sys.exit(code)


def _flushed(code: str | int | None) -> str | int | None:
    """The exit code after what is still in the buffer has been written."""
    try:
        sys.stdout.flush()
    except BrokenPipeError:
        _drop_output()  # the reader of our output (head, less) has gone: nothing is wrong with us
    except OSError as error:
        _drop_output()
        sys.stderr.write(f"error: the output can not be written: {error.strerror}\n")
        return 2
    return code


def _drop_output() -> None:
    """Lets nobody have the rest of the output, so that Python does not try once more at its end."""
    os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
