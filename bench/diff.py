"""Two versions of the longest policy compared, with witnesses, beside compiling one of them.

    python bench/diff.py

CPU milliseconds of this process, best of seven; the goal is 50 ms beyond parsing.
"""

from __future__ import annotations

import sys
import time
from collections.abc import Callable
from pathlib import Path

from troth.decision.compare import compare
from troth.policy.bind import compile_file

SAMPLE = Path(__file__).parents[1] / "samples" / "hansoken" / "policy.troth.md"
EDITS = {
    "one deadline": ((b"within ~30 days", b"within ~45 days", 1),),
    "one purpose more": ((b" for service-notice", b" for service-notice, direct-marketing", 1),),
    "every ~30 days longer, one purpose more": (
        (b"~30 days", b"~45 days", -1),
        (b" for service-notice", b" for service-notice, direct-marketing", 1),
    ),
    "every `never` dropped": ((b"  never ", b"  may ", -1),),
}


def best(work: Callable[[], object]) -> float:
    """CPU milliseconds of the best of seven runs."""
    times = []
    for _ in range(7):
        start = time.process_time()
        work()
        times.append(time.process_time() - start)
    return min(times) * 1000


def main() -> int:
    """Prints a row for each edit."""
    data = SAMPLE.read_bytes()
    old = compile_file(data, "old").policy
    compiling = best(lambda: compile_file(data, "old"))
    print(f"{'edit':44}{'changes':>8}{'diff ms':>10}{'goal':>6}{'compile ms':>12}{'ratio':>8}")
    for name, edits in EDITS.items():
        text = data
        for before, after, count in edits:
            text = text.replace(before, after, count)
        assert text != data, name
        new = compile_file(text, "new").policy

        def work(new: object = new) -> object:
            return compare(old, new)  # type: ignore[arg-type]

        spent = best(work)
        changes = len(compare(old, new).changes)
        print(f"{name:44}{changes:8}{spent:10.1f}{50:6}{compiling:12.1f}{spent / compiling:8.2f}")
    return 0


if __name__ == "__main__":
    sys.exit(main())
