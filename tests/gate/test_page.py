"""The examples of docs/guard.md are run as they stand."""

from __future__ import annotations

import contextlib
import io
from pathlib import Path

import pytest

from tests.house.test_documents import fences
from tests.house.tree import HOUSE


def test_examples_of_the_page(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    """Every example runs after the ones before it and prints what the page shows below it."""
    monkeypatch.chdir(tmp_path)
    names: dict[str, object] = {}
    printed, shown = "", 0
    for info, line, content in fences(HOUSE / "docs" / "guard.md"):
        language, _, file = info.partition(" ")
        if file:
            Path(file).write_text(content, "utf-8")
        elif language == "python":
            out = io.StringIO()
            with contextlib.redirect_stdout(out):
                exec(compile(content, f"docs/guard.md:{line}", "exec"), names)  # noqa: S102 - our own page
            printed = out.getvalue()
        elif language == "output":
            assert printed == content, f"docs/guard.md:{line}"
            shown += 1
    assert shown > 5
    names["ledger"].close()  # type: ignore[attr-defined]
    names["engine"].dispose()  # type: ignore[attr-defined]
