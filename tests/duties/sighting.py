"""What checks look at, over small databases: a sight with the policy of Hong Kong Cloud and registers as a test gives them."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any

from tests.enforcement.scene import project
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.duties.workdays import place
from troth.enforcement.guard import Guard
from troth.model.policy import Policy
from troth.model.showing import Shown
from troth.policy.bind import compile_file

POLICY = Path("samples/hkcloud/policy.troth.md")


@cache
def hkcloud() -> Policy:
    """The policy of Hong Kong Cloud."""
    return compile_file(POLICY.read_bytes(), str(POLICY)).policy


@contextlib.contextmanager
def sighted(  # noqa: PLR0913 - each is one thing that a test may change
    folder: Path,
    urls: Mapping[str, str],
    map_text: str,
    *,
    registers: Mapping[str, Mapping[str, Any]] | None = None,
    now: datetime | None = None,
    policy: Policy | None = None,
) -> Iterator[Sight]:
    """A sight over databases."""
    with project(folder, urls, map_text) as one:
        chosen = policy or hkcloud()
        yield Sight(
            project=replace(one, clock=lambda: now) if now else one,
            policy=chosen,
            guard=Guard(chosen),
            folder=folder,
            where=place("HK").calendar,
            urls=urls,
            registers=registers or {},
        )


def shown(sight: Sight, promise: str, check: str) -> Shown:
    """How one check of one promise ends."""
    found = sight.policy.by_id[promise]
    proof = next(one for one in found.proofs if one.check == check)
    return checks()[check](sight, found, proof)
