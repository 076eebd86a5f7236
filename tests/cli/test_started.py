"""The command is started by its name or as a module, and says which version it is."""

from __future__ import annotations

import subprocess
import sys

import pytest

from troth import __version__
from troth.cli import main


def test_version(capsys: pytest.CaptureFixture[str]) -> None:
    """The version is one line for people and scripts."""
    with pytest.raises(SystemExit) as ending:
        main(["--version"])
    assert ending.value.code == 0
    assert capsys.readouterr().out == f"troth {__version__}\n"


def test_as_a_module() -> None:
    """`python -m troth` passes words, output and exit code on as the command does."""
    run = [sys.executable, "-m", "troth"]
    done = subprocess.run([*run, "--version"], capture_output=True, check=False, text=True)
    assert (done.returncode, done.stdout, done.stderr) == (0, f"troth {__version__}\n", "")
    lost = subprocess.run([*run, "policy", "check", "nowhere"], capture_output=True, check=False, text=True)
    assert lost.returncode == 2
    assert "nowhere" in lost.stderr
