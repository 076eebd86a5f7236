"""`troth policy ...`: import, check, lint, accept, seal, fmt, publish, explain, diff, export."""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from enum import StrEnum
from pathlib import Path
from typing import Annotated, Any

import typer

from troth.app import policies as wiring
from troth.cli import show
from troth.model.errors import Place, SourceError, TrothError
from troth.policy import publish as published
from troth.policy.adopt import adopt
from troth.policy.bind import Compiled, compile_file
from troth.policy.check import worst
from troth.policy.explain import as_json
from troth.policy.explain import explain as rows_of
from troth.policy.outline import outline
from troth.policy.seal import due as due_of
from troth.policy.seal import seal_text
from troth.policy.source import Source, decode
from troth.policy.source import read as read_source

policy = typer.Typer(no_args_is_help=True, help="Write, check, explain and compare policies.")

File = Annotated[Path, typer.Argument(help="the policy file (policy.troth.md)", show_default=False)]
Json = Annotated[bool, typer.Option("--json", help="print JSON for programs")]
Output = Annotated[
    Path | None, typer.Option("--output", "-o", help="write to this file instead of the terminal")
]
Language = Annotated[str, typer.Option("--lang", help="language: en or zh")]


class Form(StrEnum):
    """What `publish` and `explain` write."""

    text = "text"
    html = "html"


class Shape(StrEnum):
    """What `export` writes."""

    json = "json"
    jsonld = "jsonld"
    odrl = "odrl"


def as_text(value: Any) -> str:
    """JSON with its members in the order they were built, ending in a line end."""
    return json.dumps(value, ensure_ascii=False, indent=2) + "\n"


def emit(value: Any) -> None:
    """Prints JSON."""
    sys.stdout.write(as_text(value))


def write(text: str, output: Path | None) -> None:
    """Writes a text to a file, whole or not at all, or to the terminal.

    Raises:
        TrothError: the file can not be written.
    """
    if output is None:
        sys.stdout.write(text)
        return
    wiring.save(output, text)


def read(file: Path, *, strict: bool = False) -> Compiled:
    """The compiled policy of a file, for an answer that half a policy would make wrong.

    Raises:
        SourceError: it can not be read as a policy, or a block of rules can not be parsed.
    """
    compiled = compile_file(wiring.load_file(file), str(file))
    outline(compiled.source)
    if strict:
        _understood(compiled, file)
    elif compiled.problems:
        count = len(compiled.problems)
        problems = f"{count} problem{'s' * (count > 1)}"
        show.warn(f"{file}: {problems}; `troth policy check {file}` names {'them' if count > 1 else 'it'}")
    return compiled


def _understood(compiled: Compiled, file: Path) -> None:
    """Refuses a file with words that were not understood: half a policy would compile, compare or be signed as a whole.

    Raises:
        SourceError: something in it was not understood, with the first place.
    """
    wrong = [problem for problem in compiled.problems if problem.severity == "block"]
    original = wiring.original_of(compiled, str(file)) if wrong else None
    if original is not None:
        hint = f"give {original}; `troth policy check {original}` compares the lengths of time that both name"
        raise SourceError("this is a translation, without rules of its own", Place(str(file), 1), hint=hint)
    if wrong:
        first = wrong[0]
        line = first.line or (first.sentences[0].line if first.sentences else 1)
        hint = f"{first.hint}; `troth policy check {file}` lists all {len(wrong)}"
        raise SourceError(first.message, Place(str(file), line, first.column or 1), hint=hint)


def _not_empty(source: Source) -> None:
    """Refuses a file without a sentence: there is nothing to publish or explain.

    Raises:
        SourceError: it has none.
    """
    if not source.lines:
        hint = "start with `troth policy import TEXT -o policy.troth.md`"
        raise SourceError("the file has no sentences", Place(source.file, 1), hint=hint)


@policy.command("import")
def import_(
    text: Annotated[
        Path, typer.Argument(help="the published policy: text, HTML or DOCX", show_default=False)
    ],
    output: Output = None,
    provider: Annotated[
        str, typer.Option(help="name of the provider; guessed from the text when left out")
    ] = "",
    version: Annotated[str, typer.Option(help="version or date of the text; guessed when left out")] = "",
    force: Annotated[bool, typer.Option("--force", help="overwrite an existing file")] = False,
) -> None:
    """Draft a policy file from a published text: sentences, tags and rules, each a suggestion with its confidence.

    Works offline. Nothing is accepted silently: `troth policy check` lists every suggestion until somebody takes its `?` out.
    """
    if output is not None and output.exists() and not force:
        raise TrothError(f"`{output}` is there already", hint="name another file with -o, or add --force")
    drafted = wiring.draft_file(wiring.load_file(text), str(text), provider, version)
    for lost in drafted.lost:
        show.warn(f"{text}: left out: {lost}")
    write(drafted.text, output)
    if output is not None:
        show.drafted(str(output), drafted.draft)


@policy.command()
def check(
    file: File,
    json_: Json = False,
    strict: Annotated[bool, typer.Option("--strict", help="open lint findings fail too")] = False,
) -> None:
    """Check that every sentence is bound, every word known, every number and seal right; then lint.

    Exit code 1 when something about the binding must be mended (with --strict also for lint that nobody has decided on).
    """
    seen = wiring.inspect(wiring.load_file(file), str(file))
    findings = (*seen.binding, *seen.lint)
    if json_:
        emit({"findings": [finding.as_json() for finding in findings], "policy": seen.compiled.policy.hash})
    else:
        show.checked(str(file), seen)
    failing = findings if strict else seen.binding
    raise typer.Exit(1 if worst(failing) in {"block", "warn"} else 0)


@policy.command()
def lint(
    file: Annotated[
        Path, typer.Argument(help="a policy file, or a raw text, HTML page or DOCX", show_default=False)
    ],
    json_: Json = False,
    jurisdiction: Annotated[
        list[str] | None,
        typer.Option(help="eu, uk, us-ca, hk, cn or sg: law that applies besides what the text shows"),
    ] = None,
) -> None:
    """Find what a careful reader would question: contradictions, dangling references, risky promises, missing content.

    Exit code 1 when a finding of severity block or warn is open.
    """
    findings = wiring.lint(wiring.load_file(file), str(file), tuple(jurisdiction or ()))
    if json_:
        emit({"findings": [finding.as_json() for finding in findings]})
    else:
        show.linted(str(file), findings)
    raise typer.Exit(1 if worst(findings) in {"block", "warn"} else 0)


@policy.command()
def accept(
    file: File,
    sentence: Annotated[
        list[str] | None,
        typer.Argument(help="ids of sentences whose suggestion is right", show_default=False),
    ] = None,
    all_: Annotated[bool, typer.Option("--all", help="accept every suggestion")] = False,
    over: Annotated[
        float, typer.Option(min=0, max=1, help="with --all: only suggestions at least this sure (0 to 1)")
    ] = 0.0,
) -> None:
    """Accept suggestions of `import`: take the `?` out of their tags and the `draft` line out of their promises."""
    if not sentence and not all_:
        raise TrothError("no sentence is named", hint="name the sentences (s12 s13 ...), or say --all")
    data = wiring.load_file(file)
    text, count = adopt(decode(data, str(file)), str(file), set(sentence or ()), all_, over)
    wiring.save(file, text)
    show.say(f"{count} suggestion{'' if count == 1 else 's'} accepted in {file}")


@policy.command()
def seal(
    file: File,
    promise: Annotated[
        list[str] | None, typer.Option(help="seal only this promise (repeat for more)")
    ] = None,
    by: Annotated[str, typer.Option(help="who reviewed it")] = "",
    on: Annotated[str, typer.Option(help="date of the review, YYYY-MM-DD; today when --by is given")] = "",
) -> None:
    """Seal reviewed promises: write down the hashes of the words and the rule that were compared.

    A promise whose words and rule did not change keeps its seal; name it with --promise and --by when it was reviewed again.
    """
    text = decode(wiring.load_file(file), str(file))
    compiled = compile_file(text.encode(), str(file))
    _understood(compiled, file)
    bound = {one.id: one for one in compiled.policy.promises if one.sentences and one.draft is None}
    unknown = [name for name in promise or () if name not in bound]
    if unknown:
        raise TrothError(
            f"there is no accepted promise `{unknown[0]}` with sentences",
            hint=f"promises: {', '.join(bound)}",
        )
    wiring.check_date(on)
    due = due_of(compiled.policy, promise or list(bound), again=bool(promise and by))
    if promise and due.waiting:
        name, sentences = next(iter(due.waiting.items()))
        raise TrothError(
            f"promise `{name}` rests on suggestions that nobody has accepted: {', '.join(sentences)}",
            hint=f"read them, then: troth policy accept {file} {' '.join(sentences)}",
        )
    day = on or (datetime.now(UTC).date().isoformat() if by else "")
    if due.digests:
        wiring.save(file, seal_text(compiled.source, text, due.digests, by, day))
    show.sealed(str(file), due)


@policy.command()
def fmt(
    file: File,
    check_only: Annotated[
        bool, typer.Option("--check", help="change nothing; exit code 1 when the layout differs")
    ] = False,
) -> None:
    """Bring a policy file into the one layout. Words, tags and rules keep their meaning."""
    data = wiring.load_file(file)
    done = wiring.tidied(data, str(file))
    if check_only:
        if done.encode() != data:
            show.say(f"{file}: the layout differs; `troth policy fmt {file}` puts it in order")
        raise typer.Exit(0 if done.encode() == data else 1)
    if done.encode() != data:
        wiring.save(file, done)


@policy.command()
def publish(
    file: File,
    form: Annotated[
        Form, typer.Option("--format", "-f", help="text, or an HTML page with an anchor at each sentence")
    ] = Form.text,
    lang: Annotated[
        str, typer.Option("--lang", help="publish the translation policy.LANG.troth.md beside the file")
    ] = "",
    output: Output = None,
) -> None:
    """Give the published text back: the file without its tags and rules."""
    from troth.policy import page  # noqa: PLC0415 - only pages need a template language

    chosen = wiring.translated(file, lang) if lang else file
    source = read_source(decode(wiring.load_file(chosen), str(chosen)), str(chosen))
    _not_empty(source)
    if form is Form.html:
        write(page.published(source, read(file).policy), output)
    else:
        write(published.plain(source), output)


@policy.command()
def explain(
    file: File,
    sentence: Annotated[
        str, typer.Argument(help="id of one sentence or promise; all when left out", show_default=False)
    ] = "",
    form: Annotated[Form, typer.Option("--format", "-f", help="text, or an HTML page to sign")] = Form.text,
    lang: Language = "en",
    json_: Json = False,
    output: Output = None,
) -> None:
    """Show each sentence beside what the machine understood, in plain words."""
    from troth.policy import page  # noqa: PLC0415 - only pages need a template language

    wiring.check_language(lang)
    whole = read(file)
    _not_empty(whole.source)
    compiled = whole.policy
    rows = wiring.pick(rows_of(compiled, lang), compiled, sentence, lang)
    if json_:
        write(as_text({"policy": compiled.hash, "sentences": as_json(rows)}), output)
    elif form is Form.html:
        write(page.explained(compiled, rows, lang), output)
    elif output is None:
        show.paint(show.explained(rows, lang))
    else:
        write(show.plain(show.explained(rows, lang)), output)


@policy.command()
def diff(
    old: Annotated[Path, typer.Argument(help="the old version", show_default=False)],
    new: Annotated[Path, typer.Argument(help="the new version", show_default=False)],
    json_: Json = False,
) -> None:
    """Compare two versions: the words by sentence, and the rules by what became allowed, forbidden, longer, weaker ...

    Each change comes with a witness: a request whose answer changed. Exit code 1 when the rules changed.
    """
    found = wiring.diff(read(old, strict=True).policy, read(new, strict=True).policy)
    if json_:
        emit(
            found.comparison.as_json()
            | {
                "prose": [one.as_json() for one in found.prose],
                "unread": [one.as_json() for one in found.unread],
                "rebound": [one.as_json() for one in found.rebound],
                "old": found.old,
                "new": found.new,
            }
        )
    else:
        show.compared(found)
    raise typer.Exit(1 if found.comparison.changes else 0)


@policy.command()
def export(
    file: File,
    shape: Annotated[
        Shape, typer.Option("--format", "-f", help="the compiled policy, DPV as JSON-LD, or ODRL")
    ] = Shape.json,
    json_: Annotated[bool, typer.Option("--json", help="the compiled policy as JSON (the default)")] = False,
    output: Output = None,
) -> None:
    """Print the compiled policy: every sentence with its promises or its reason for being information, every rule, its hash.

    What a standard has no place for goes to standard error.
    """
    compiled = read(file, strict=True).policy
    found = wiring.exported(compiled, Shape.json if json_ else shape)
    write(as_text(found.document), output)
    if found.losses:
        show.lost(found.losses)
