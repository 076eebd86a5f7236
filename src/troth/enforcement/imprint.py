"""An imprint: which rows something will happen to, as one number that tells nobody which they are.

It is the sum of the keyed hashes of their keys, so that rows may come in any order and in pieces, and nothing of them has to
be kept. Two sets of rows with one imprint are the same rows. The key follows from that of the pseudonyms: a plan file is safe
to show, and nobody can make another set of rows for it.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from hashlib import blake2b

from troth.enforcement.project import Project
from troth.enforcement.spared import spared
from troth.enforcement.sweep import store_of
from troth.model.sweep import Sweep, SweepPlan, every
from troth.stores.sift import Given, Stretch
from troth.stores.walk import Row

_BYTES = 16
_RANGE = 1 << (8 * _BYTES)


def key_of(project: Project) -> bytes:
    """The key of the imprints of a project."""
    newest = project.ring.pseudonym[max(project.ring.pseudonym)]
    return blake2b(b"troth imprint", key=newest[:64], digest_size=32).digest()


def imprint(key: bytes, label: str, rows: Iterable[Row]) -> int:
    """The imprint of rows.

    Args:
        key: from `key_of`.
        label: what happens to them, and where.
        rows: their keys, each once; they may come one by one.
    """
    head, total = blake2b(f"{label}\0".encode(), key=key, digest_size=_BYTES), 0
    for row in rows:
        one = head.copy()
        one.update(repr(row).encode("utf-8", "surrogatepass"))
        total += int.from_bytes(one.digest(), "big")
    return total % _RANGE


def both(one: int, other: int) -> int:
    """The imprint of two sets of rows together."""
    return (one + other) % _RANGE


def text_of(one: int) -> str:
    """An imprint as a plan file holds it, hex."""
    return f"{one:0{2 * _BYTES}x}"


def of_sweeps(
    project: Project, plan: SweepPlan, restricted: Collection[str] = ()
) -> tuple[tuple[Sweep, int], ...]:
    """The imprint of the rows that each step of a sweep would touch now; nothing is written.

    Args:
        project: the stores.
        plan: from `compile_sweep`.
        restricted: pseudonyms of the persons whose data may not be erased now.

    Raises:
        StoreGone: a store can not be reached.
    """
    given, key = spared(project, plan, restricted), key_of(project)
    found = []
    for one in plan.sweeps:
        label = f"{one.action} {one.place} {one.k} " + " ".join(
            f"{each.column}={each.how}" for each in one.alters
        )
        found.append((one, imprint(key, label, store_of(project, one.store).keys(rows_of(one, given)))))
    return tuple(found)


def rows_of(one: Sweep, given: Given | None = None) -> Stretch:
    """The rows that a step of a sweep would touch, by their key.

    Args:
        one: the step.
        given: keys that its tests ask for by name.
    """
    return Stretch(one.table, one.key, every(one.due, one.free), one.alters, given=given or {})
