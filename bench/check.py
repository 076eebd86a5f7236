"""`troth policy check` on the longest policy of samples/, and where the time goes.

    python bench/check.py [FILE]

"After start" is what grows with the policy; starting Python, loading modules and compiling grammar and patterns is
paid once a process. The best of several rounds: processes, each a new one, by the wall clock; what happens in this one
by its CPU time, which other work on the machine does not change.
"""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path

HOUSE = Path(__file__).resolve().parent.parent
ROUNDS = 7
GOAL = 0.3


def best(work: Callable[[], object], clock: Callable[[], float] = time.process_time) -> float:
    """The shortest of several runs, in seconds of a clock."""
    times = []
    for _ in range(ROUNDS):
        start = clock()
        work()
        times.append(clock() - start)
    return min(times)


def process(code: str) -> float:
    """The seconds of a new Python that runs `code`."""

    def run() -> None:
        subprocess.run([sys.executable, "-c", code], check=True, stdout=subprocess.DEVNULL)

    return best(run, time.perf_counter)


def main() -> None:
    """Measure and print, from the start of Python to the last finding."""
    longest = max(HOUSE.glob("samples/*/policy.troth.md"), key=lambda path: path.stat().st_size)
    file = Path(sys.argv[1]) if len(sys.argv) > 1 else longest
    python = process("pass")
    loaded = process("import troth.cli.policy")
    whole = process(
        f"from troth.cli import main\ntry: main(['policy', 'check', {str(file)!r}])\nexcept SystemExit: pass"
    )

    from troth.app import policies as app  # noqa: PLC0415 - loading is measured above
    from troth.decision.conflict import conflicts  # noqa: PLC0415
    from troth.decision.table import table  # noqa: PLC0415
    from troth.policy.bind import compile_file  # noqa: PLC0415
    from troth.policy.check import check  # noqa: PLC0415
    from troth.policy.lint import lint_text  # noqa: PLC0415
    from troth.policy.parse import grammar, parse_block  # noqa: PLC0415

    start = time.process_time()
    grammar()
    built = time.process_time() - start
    data = file.read_bytes()
    start = time.process_time()
    app.inspect(data, str(file))
    first = time.process_time() - start
    compiled = compile_file(data, str(file))
    blocks = compiled.source.blocks
    sentences = [binding.sentence for binding in compiled.policy.sentences]
    parts = {
        "parse the rules": best(lambda: [parse_block(one.text, "", one.line) for one in blocks]),
        "compile (with parsing)": best(lambda: compile_file(data, str(file))),
        "check the binding": best(lambda: check(compiled)),
        "lint the words": best(lambda: lint_text(sentences)),
        "lint the rules": best(lambda: conflicts(table(compiled.policy), compiled.policy)),
    }
    after = best(lambda: app.inspect(data, str(file)))

    rules = sum(len(promise.rules) for promise in compiled.policy.promises)
    print(f"{file}: {len(data)} bytes, {len(sentences)} sentences, {rules} rules")
    print(f"  {'start Python':32}{python:8.3f} s")
    print(f"  {'load modules':32}{loaded - python:8.3f} s")
    print(f"  {'build the grammar':32}{built:8.3f} s")
    print(f"  {'compile patterns (first lint)':32}{max(first - after, 0):8.3f} s")
    for name, seconds in parts.items():
        print(f"    {name:30}{seconds:8.3f} s")
    print(f"  {'check, after start':32}{after:8.3f} s   goal: under {GOAL} s")
    print(f"  {'the whole command':32}{whole:8.3f} s")


if __name__ == "__main__":
    main()
