"""What people see in the terminal."""

from __future__ import annotations

import io
import sys
from collections.abc import Iterable, Mapping, Sequence
from typing import TYPE_CHECKING

from rich.console import Console, RenderableType
from rich.table import Table
from rich.text import Text

from troth.app.policies import Difference, Inspection
from troth.cli.visible import visible
from troth.model.finding import Finding
from troth.policy.check import line_of
from troth.policy.explain import Row
from troth.policy.seal import Due

if TYPE_CHECKING:
    from troth.policy.draft import Draft

COLOURS = {"block": "bold red", "warn": "yellow", "info": "cyan"}
_FEW = 5  # findings of a kind that are told one by one
LEADS = {"information": "information: ", "note": "note: ", "shown": "shown by ", "colon": ": ", "see": "see "}
LEADS_ZH = {"information": "仅供说明：", "note": "注：", "shown": "证明方式：", "colon": "：", "see": "见 "}
ARROWS = {
    "wider": ("more is allowed", "red"),
    "weaker": ("less is owed", "red"),
    "narrower": ("less is allowed", "green"),
    "stronger": ("more is owed", "green"),
}


def console() -> Console:
    """The terminal; colours are off when it is piped."""
    return Console(highlight=False, soft_wrap=True)


def say(text: str) -> None:
    """Prints one line."""
    console().print(Text(visible(text)))


def warn(text: str) -> None:
    """Prints one line beside the answer, so that a program that reads the answer is not disturbed."""
    sys.stderr.write(f"warning: {visible(text)}\n")


def lost(losses: Sequence[str]) -> None:
    """Prints what another format has no place for, beside the answer."""
    sys.stderr.write(f"lost on the way: {len(losses)}\n")
    sys.stderr.writelines(f"  {visible(loss)}\n" for loss in losses)


def checked(file: str, seen: Inspection) -> None:
    """Prints what `check` found."""
    out = console()
    unsealed = [one for one in seen.binding if one.rule == "unsealed" and not one.accepted]
    together = unsealed if len(unsealed) > _FEW else []  # a new policy would hide the rest among them
    for finding in seen.binding:
        if finding not in together:
            _finding(out, file, finding)
    if together:
        _unsealed(out, file, together)
    if seen.lint:
        out.print(
            Text(
                "\nWhat a reader may question" if seen.binding else "What a reader may question", style="bold"
            )
        )
        for finding in seen.lint:
            _finding(out, file, finding)
    policy = seen.compiled.policy
    bound = sum(1 for one in policy.sentences if one.promises)
    informing = sum(1 for one in policy.sentences if one.reason is not None and not one.promises)
    promises = f"{len(policy.promises)} promise{'s' * (len(policy.promises) != 1)}"
    counts = f"{len(policy.sentences)} sentences and headings, {bound} bound to {promises}"
    say(f"\n{policy.provider} {policy.version}: {counts}, {informing} information.")
    say(f"Check: {_count(seen.binding)}. Lint: {_count(seen.lint)}.")


def _unsealed(out: Console, file: str, findings: Sequence[Finding]) -> None:
    """One line for many promises that nobody has signed."""
    names = [one.promise for one in findings]
    more = f" and {len(names) - _FEW} more" if len(names) > _FEW else ""
    out.print(
        Text.assemble(
            ("info  ", COLOURS["info"]),
            (f"{visible(file)} ", "dim"),
            f"{len(names)} promises were never sealed: {', '.join(names[:_FEW])}{more}",
            (" [unsealed]", "dim"),
        )
    )
    out.print(Text("      after the review run `troth policy seal FILE`", style="dim"))


def linted(file: str, findings: Sequence[Finding]) -> None:
    """Prints what `lint` found."""
    out = console()
    for finding in findings:
        _finding(out, file, finding)
    say(f"\n{file}: {_count(findings)}.")


def _finding(out: Console, file: str, finding: Finding) -> None:
    line = line_of(finding)
    place = f"{file}:{line}:{finding.column or 1}" if line else file
    style = "dim" if finding.accepted else COLOURS[finding.severity]
    out.print(
        Text.assemble(
            (f"{finding.severity:5} ", style),
            (f"{visible(place)} ", "dim"),
            visible(finding.message),
            (f" [{finding.rule}]", "dim"),
        )
    )
    for sentence in finding.sentences[:4]:
        words = sentence.text if len(sentence.text) <= 110 else sentence.text[:107] + "..."
        out.print(Text(f"      {sentence.id}: {visible(words)}", style="italic dim"))
    if len(finding.sentences) > 4:
        out.print(Text(f"      and {len(finding.sentences) - 4} more", style="dim"))
    for text, colour in ((finding.law, "magenta"), (finding.hint, "green")):
        if text:
            out.print(Text(f"      {visible(text)}", style=colour))
    if finding.accepted:
        out.print(Text(f"      decided: {visible(finding.accepted)}", style="blue"))


def _count(findings: Sequence[Finding]) -> str:
    open_ = [finding for finding in findings if not finding.accepted]
    counts = {severity: sum(1 for finding in open_ if finding.severity == severity) for severity in COLOURS}
    said = (
        ", ".join(f"{number} {severity}" for severity, number in counts.items() if number) or "nothing open"
    )
    decided = len(findings) - len(open_)
    return f"{said}, {decided} decided by the house" if decided else said


def drafted(file: str, draft: Draft) -> None:
    """Prints how many suggestions a draft holds and what to do with them."""
    promises = len(draft.promises)
    say(
        f"{file}: {len(draft.suggestions)} sentences and headings, {promises} drafted promise{'' if promises == 1 else 's'}."
    )
    say(f"Every tag is a suggestion (`?` and its confidence). Read it, then: troth policy check {file}")


def sealed(file: str, due: Due) -> None:
    """Prints how many promises were sealed, how many keep their seal, and which rest on suggestions."""
    say(f"{_promises(len(due.digests))} sealed in {file}")
    if due.kept:
        verb = "keeps its seal" if len(due.kept) == 1 else "keep their seals"
        say(f"{_promises(len(due.kept))} {verb}: the words did not change since the review")
    for name, sentences in due.waiting.items():
        warn(f"promise `{name}` is not sealed: nobody has accepted the suggestions {', '.join(sentences)}")


def _promises(number: int) -> str:
    return f"{number} promise{'' if number == 1 else 's'}"


def explained(rows: Iterable[Row], language: str) -> Table:
    """Two columns: the sentence, and what the machine understood."""
    heads = (
        ("政策原文", "机器的理解")
        if language == "zh"
        else ("What the policy says", "What the machine understood")
    )
    table = Table(show_lines=True, expand=True)
    for head in heads:
        table.add_column(head, ratio=1, overflow="fold")
    for row in rows:
        sentence = row.binding.sentence
        if sentence.element == "heading" and not row.readings:
            table.add_row(Text(visible(sentence.text), style="bold"), "")
        else:
            table.add_row(
                Text.assemble((f"{sentence.id}  ", "dim"), visible(sentence.text)),
                _understood(row, LEADS_ZH if language == "zh" else LEADS),
            )
    return table


def paint(table: Table) -> None:
    """Prints a table as wide as the terminal."""
    Console(highlight=False).print(table)


def plain(table: Table, width: int = 120) -> str:
    """A table as text, for a file."""
    file = io.StringIO()
    Console(file=file, highlight=False, width=width, color_system=None).print(table)
    return file.getvalue()


def _understood(row: Row, leads: Mapping[str, str]) -> RenderableType:
    text = Text()
    if row.why:
        text.append(f"{leads['information']}{visible(row.why)}", style="dim")
    for reading in row.readings:
        text.append(f"{visible(reading.title)} ({reading.promise})\n", style="bold")
        for rule in reading.rules:
            text.append(
                "".join(f"{'- ' if place == 0 else '  '}{visible(line)}\n" for place, line in enumerate(rule))
            )
        for note in reading.notes:
            text.append(f"{leads['note']}{visible(note)}\n", style="blue")
        for check, way in reading.proofs:
            text.append(f"{leads['shown']}{visible(check)}{leads['colon']}{way}\n", style="green")
    if row.seen:
        text.append(f"{leads['see']}{', '.join(row.seen)}", style="dim")
    text.rstrip()
    return text


def compared(found: Difference) -> None:
    """Prints the differences of two versions: words, then rules with their witnesses."""
    out = console()
    if found.prose:
        out.print(Text("The words", style="bold"))
    for edit in found.prose:
        one = edit.new or edit.old
        out.print(Text.assemble((f"  {edit.kind} ", "bold"), one.id if one else ""))
        for side, sign, colour in ((edit.old, "-", "red"), (edit.new, "+", "green")):
            if side is not None:
                out.print(Text(f"    {sign} {visible(side.text)}", style=colour))
    if found.rebound:
        out.print(Text("\nThe tags" if found.prose else "The tags", style="bold"))
    for tag in found.rebound:
        out.print(
            Text.assemble(("  bound ", "bold"), f"{tag.id}: {visible(tag.new)} (was: {visible(tag.old)})")
        )
    if found.comparison.changes:
        out.print(Text("\nThe rules" if found.prose or found.rebound else "The rules", style="bold"))
    for change in found.comparison.changes:
        words, colour = ARROWS[change.direction]
        out.print(
            Text.assemble((f"  {words:16}", colour), (f"{change.kind:12}", "bold"), visible(change.message))
        )
        witness = ", ".join(
            f"{name}: {_short(value)}" for name, value in change.witness.items() if value not in ("", {}, [])
        )
        out.print(Text(f"      for example {visible(witness)}", style="dim"))
    weakens, material = found.comparison.weakens, found.comparison.material
    rights = "weakens somebody's rights" if weakens else "weakens nobody's rights"
    weight = "material" if material else "not material"
    colour = "bold red" if weakens else "green"
    out.print(Text.assemble("\nThe change ", (rights, colour), " and is ", (weight, "bold"), "."))
    if found.unread:
        said = "That is what the rules say. Words changed whose rules did not: compare them yourself."
        out.print(Text(said, "bold"))
    for left in found.unread:
        out.print(Text(f"  {left.id}  {', '.join(left.promises)}"))


def _short(value: object) -> str:
    if isinstance(value, dict):
        return "; ".join(f"{name} = {one}" for name, one in value.items())
    return str(value)
