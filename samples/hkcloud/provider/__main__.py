"""`python -m samples.hkcloud.provider`: fill the stores of the sample provider."""

from __future__ import annotations

import argparse
import json
import sys
import time
from collections.abc import Sequence
from datetime import datetime
from pathlib import Path

from samples.hkcloud.provider.build import build
from samples.hkcloud.provider.chance import moment, seconds
from samples.hkcloud.provider.generate import NOW, Wish
from troth.model.errors import TrothError


def main(words: Sequence[str] | None = None) -> int:
    """Read the options, fill the stores, say what was made; gives the exit code."""
    options = _options().parse_args(words)
    stores = dict(one.partition("=")[::2] for one in options.store)
    wish = Wish(options.customers, options.seed, seconds(options.now), options.heavy, faulty=not options.tidy)
    began = time.monotonic()
    try:
        made = build(stores, wish, _progress, replace=options.replace)
    except TrothError as error:
        print(f"error: {error.message}" + (f"\n  {error.hint}" if error.hint else ""), file=sys.stderr)
        return 2
    if options.truth:
        options.truth.write_text(json.dumps(made.as_json(), indent=1, ensure_ascii=False) + "\n", "utf-8")
    for store, counts in made.rows.items():
        print(f"{store}: {sum(counts.values()):,} rows in {len(counts)} tables")
    print(
        f"{wish.customers:,} customers, seed {wish.seed}, clock {moment(wish.now)} UTC, {time.monotonic() - began:.1f} s"
    )
    return 0


def _options() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m samples.hkcloud.provider",
        description="Fill the stores of an invented cloud provider.",
    )
    parser.add_argument(
        "--store", action="append", required=True, metavar="NAME=URL",
        help="accounts=... and operations=...; sqlite:///file, postgresql://..., mysql://...",
    )  # fmt: skip
    parser.add_argument("--customers", type=int, default=2000, help="how many (default 2000)")
    parser.add_argument("--seed", type=int, default=7, help="the same seed gives the same data (default 7)")
    parser.add_argument(
        "--now",
        type=datetime.fromisoformat,
        default=moment(NOW),
        help="the clock, UTC (default 2026-11-22 09:00)",
    )
    parser.add_argument(
        "--heavy", type=int, help="rows of the one busy customer (default 100000 from 1000 customers on)"
    )
    parser.add_argument("--replace", action="store_true", help="drop the tables of an earlier run first")
    parser.add_argument(
        "--tidy", action="store_true", help="no breaches on purpose besides rows past their period"
    )
    parser.add_argument("--truth", type=Path, metavar="FILE", help="write what is true of the data as JSON")
    return parser


def _progress(done: int, total: int) -> None:
    """A line that is written over on a terminal; nothing elsewhere."""
    if sys.stderr.isatty() and (done % 50 == 0 or done == total):
        end = "\n" if done == total else ""
        print(f"\r{done:,} of {total:,} customers", end=end, file=sys.stderr, flush=True)


if __name__ == "__main__":
    sys.exit(main())
