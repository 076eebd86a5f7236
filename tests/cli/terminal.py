"""The `troth` command run inside the test process: quick, and with everything a person would see."""

from __future__ import annotations

import io
import json
from contextlib import redirect_stderr, redirect_stdout
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from troth.cli import main

FAULT = "fault of its own"


@dataclass(frozen=True)
class Outcome:
    """What a command printed, and its exit code."""

    code: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """The JSON it printed."""
        return json.loads(self.out)


def troth(*words: str | Path) -> Outcome:
    """Run one command."""
    out, err = io.StringIO(), io.StringIO()
    code: object = 0
    with redirect_stdout(out), redirect_stderr(err):
        try:
            main([str(word) for word in words])
        except SystemExit as ending:
            code = ending.code
    assert isinstance(code, int), code
    return Outcome(code, out.getvalue(), err.getvalue())


def policy(command: str, *words: str | Path) -> Outcome:
    """Run one command of `troth policy`."""
    return troth("policy", command, *words)
