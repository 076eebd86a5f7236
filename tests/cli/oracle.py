"""What every command owes to every input, however broken: an answer, or a refusal that says where, what and what to do."""

from __future__ import annotations

import re
from pathlib import Path

from tests.cli.terminal import FAULT, Outcome, policy

READERS = (
    ("check",),
    ("check", "--json"),
    ("lint", "--json"),
    ("lint",),
    ("publish",),
    ("publish", "--format", "html"),
    ("explain",),
    ("explain", "--json", "--lang", "zh"),
    ("explain", "--format", "html"),
    ("export",),
    ("export", "--format", "jsonld"),
    ("export", "--format", "odrl"),
    ("fmt", "--check"),
)
"""Commands that read one policy file."""

WRITERS = (("fmt",), ("seal", "--by", 'A "B" \\', "--on", "2026-01-02"), ("accept", "--all"))
"""Commands that change it."""


def assert_plain(outcome: Outcome, file: Path) -> None:
    """Fail unless the outcome is an answer, findings, or a refusal with file, line, column and what to do."""
    shown = (outcome.code, outcome.err[-600:])
    assert outcome.code in {0, 1, 2}, shown
    assert FAULT not in outcome.err, shown
    assert "Traceback" not in outcome.out + outcome.err, shown
    if outcome.code == 2:
        refusal = re.search(
            rf"^error: {re.escape(str(file))}:[1-9]\d*:[1-9]\d*: [^\n]+\n  [^\n]+", outcome.err, re.MULTILINE
        )
        assert refusal, shown


def assert_read(file: Path, command: tuple[str, ...]) -> Outcome:
    """Run a reading command on a file that may hold anything, and check what it owes."""
    before = file.read_bytes()
    outcome = policy(command[0], file, *command[1:])
    assert_plain(outcome, file)
    assert file.read_bytes() == before
    return outcome
