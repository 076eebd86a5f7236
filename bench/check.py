"""`troth policy check` of the longest policy, in parts.

    python bench/check.py

CPU milliseconds of this process. `first` is the first run in a fresh process (patterns and tables are still to be made),
`again` the best of five after it. The goal is 300 ms after start; the reference is reading the file and folding its words.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from troth.app import inspect
from troth.decision.conflict import conflicts
from troth.decision.table import table
from troth.policy.bind import compile_file
from troth.policy.check import check
from troth.policy.lint import lint_text
from troth.policy.parse import grammar

SAMPLE = Path(__file__).parents[1] / "samples" / "hansoken" / "policy.troth.md"
GOAL = 300


def spent(work: Callable[[], object], times: int = 1) -> float:
    """CPU milliseconds of the best of some runs."""
    best = float("inf")
    for _ in range(times):
        start = time.process_time()
        work()
        best = min(best, time.process_time() - start)
    return best * 1000


def main() -> int:
    """Prints a row for each part, then the whole."""
    data = SAMPLE.read_bytes()
    compiled = []
    parts: list[tuple[str, Callable[[], object]]] = [
        ("parser tables", grammar.__wrapped__),
        ("compile", lambda: compiled.append(compile_file(data, str(SAMPLE)))),
        ("check", lambda: check(compiled[0])),
        ("lint of the words", lambda: lint_text([one.sentence for one in compiled[0].policy.sentences])),
        ("lint of the rules", lambda: conflicts(table(compiled[0].policy), compiled[0].policy)),
    ]
    print(f"{'part':24}{'first ms':>10}{'again ms':>10}")
    total = 0.0
    for name, work in parts:
        first = spent(work)
        total += first
        print(f"{name:24}{first:10.1f}{spent(work, 5):10.1f}")
    again = spent(lambda: inspect(data, str(SAMPLE)), 5)
    reading = spent(lambda: [" ".join(row.split()) for row in SAMPLE.read_text("utf-8").split("\n")], 20)
    print(
        f"{'whole check':24}{total:10.1f}{again:10.1f}   goal {GOAL}, ratio {total / GOAL:.2f} first, {again / GOAL:.2f} again"
    )
    print(f"{'reading and folding':24}{'':10}{reading:10.2f}   whole check / reading: {again / reading:.0f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
