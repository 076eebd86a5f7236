"""What people see: findings in the terminal."""

from __future__ import annotations

from collections.abc import Sequence

from rich.console import Console
from rich.text import Text

from troth.model.finding import Finding
from troth.model.policy import Policy
from troth.policy.check import line_of

COLOURS = {"block": "bold red", "warn": "yellow", "info": "cyan"}


def print_findings(file: str, binding: Sequence[Finding], lint: Sequence[Finding], policy: Policy) -> None:
    """Prints findings, each with its place, what is wrong and what to do."""
    console = Console(highlight=False, soft_wrap=True)
    for title, findings in (("", binding), ("What a reader may ask about the words", lint)):
        if findings and title:
            console.print(Text(f"\n{title}", style="bold"))
        for finding in findings:
            print_finding(console, file, finding)
    bound = sum(1 for one in policy.sentences if one.promises)
    console.print(Text(f"\n{len(policy.sentences)} sentences, {bound} bound to {len(policy.promises)} promises; {_count(binding)}; lint: {_count(lint)}"))


def print_finding(console: Console, file: str, finding: Finding) -> None:
    """Prints one finding."""
    line = line_of(finding)
    place = f"{file}:{line}:{finding.column or 1}" if line else file
    style = "dim" if finding.accepted else COLOURS[finding.severity]
    head = Text.assemble((f"{finding.severity:5} ", style), (f"{place} ", "dim"), finding.message, (f"  [{finding.rule}]", "dim"))
    console.print(head)
    for sentence in finding.sentences[:4]:
        words = sentence.text if len(sentence.text) <= 110 else sentence.text[:107] + "..."
        console.print(Text(f"      {sentence.id}: {words}", style="italic dim"))
    if finding.law:
        console.print(Text(f"      {finding.law}", style="dim"))
    if finding.hint:
        console.print(Text(f"      {finding.hint}", style="green"))
    if finding.accepted:
        console.print(Text(f"      decided: {finding.accepted}", style="blue"))


def _count(findings: Sequence[Finding]) -> str:
    open_ = [finding for finding in findings if not finding.accepted]
    counts = {severity: sum(1 for finding in open_ if finding.severity == severity) for severity in COLOURS}
    said = ", ".join(f"{number} {severity}" for severity, number in counts.items() if number)
    return said or "nothing found"
