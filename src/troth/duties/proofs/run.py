"""Every check of every promise is carried out, and each leaves an entry."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from itertools import chain

from troth.duties.proofs import attested, timers
from troth.duties.proofs.decided import DECIDED
from troth.duties.proofs.kept import KEPT
from troth.duties.proofs.outside import OUTSIDE
from troth.duties.proofs.published import PUBLISHED
from troth.duties.proofs.security import SECURITY
from troth.duties.proofs.sight import Check, Sight
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.policy import Promise, Proof
from troth.model.showing import Shown

FAMILIES: tuple[Mapping[str, Check], ...] = (
    {"timer": timers.timer, "attestation": attested.attested},
    SECURITY,
    DECIDED,
    OUTSIDE,
    KEPT,
    PUBLISHED,
)
"""The checks, by name, family by family; a name stands in one family only."""

Watch = Callable[[str], None]


def checks() -> dict[str, Check]:
    """Every check by name."""
    return dict(chain.from_iterable(family.items() for family in FAMILIES))


def run(sight: Sight, watch: Watch = lambda _: None) -> tuple[Shown, ...]:
    """Carry out every check of every promise; nothing is written.

    Args:
        sight: what may be looked at.
        watch: told the name of each check before it begins.
    """
    return tuple(chain.from_iterable(_promise(sight, one, watch) for one in sight.policy.promises))


def record(sight: Sight, shown: tuple[Shown, ...]) -> tuple[Shown, ...]:
    """Write how every check ended into the ledger; gives them with the numbers of their entries."""
    entries = []
    for one in shown:
        promise = sight.policy.by_id[one.promise]
        counts: dict[str, int] = {}
        for figure in one.figures:
            counts[figure.name] = figure.value
            if figure.of is not None:
                counts[f"of: {figure.name}"] = figure.of
        entries.append(
            Entry(
                time=utc(sight.now),
                kind="check",
                actor=sight.project.actor,
                action=one.check,
                policy=sight.policy.hash,
                promise=one.promise,
                sentences=promise.sentences,
                counts=counts,
                outcome=one.status,
            )
        )
    if not entries:
        return shown
    first = sight.project.ledger.append(entries)
    return tuple(_numbered(one, first + place) for place, one in enumerate(shown))


def _numbered(one: Shown, entry: int) -> Shown:
    """A check with its own entry first; figures without entries of their own are shown by it."""
    figures = tuple(each if each.entries else replace(each, entries=(entry,)) for each in one.figures)
    return replace(one, figures=figures, entries=(entry, *one.entries))


def _promise(sight: Sight, promise: Promise, watch: Watch) -> Iterator[Shown]:
    known = checks()
    for proof in promise.proofs:
        watch(f"{promise.id}: {proof.check}")
        yield _carried(sight, promise, proof, known.get(proof.check))


def _carried(sight: Sight, promise: Promise, proof: Proof, check: Check | None) -> Shown:
    if check is None:
        if proof.proof == "attested":
            return attested.attested(sight, promise, proof)
        return Shown(promise.id, proof.check, "not shown", f"Troth has no way to look at `{proof.check}` yet")
    try:
        return check(sight, promise, proof)
    except TrothError as error:
        return Shown(promise.id, proof.check, "not shown", f"it could not be looked at: {error.message}")
