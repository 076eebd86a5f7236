"""The plan: what will happen to which rows of which tables, in which order, and which sentence asks for it.

    Plan ─┬─ Step ── Pin     one table: collect, delete, mask or keep its rows; what may point to a row that is masked
          └─ Skipped         what will not be done, and why

A plan names tables, columns and paths; it holds no value of any person, so it can be shown, signed and kept.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cached_property
from hashlib import sha256
from typing import Any, Literal

from troth.model.datamap import Mask, Path

Action = Literal["collect", "delete", "mask", "keep"]
Purpose = Literal["access", "portability", "erasure"]


@dataclass(frozen=True, slots=True)
class Citation:
    """The sentence that asks for something.

    Attributes:
        promise: name of the promise.
        sentences: ids of its sentences, in text order.
        policy: SHA-256 of the compiled policy, hex; empty where none applies.
    """

    promise: str = ""
    sentences: tuple[str, ...] = ()
    policy: str = ""


@dataclass(frozen=True, slots=True)
class Hold:
    """A table whose rows must stay for now.

    Attributes:
        place: `store.table`.
        reason: why, in the words that the person is told ("tax law asks for ten years").
        until: when it is expected to end, RFC 3339; empty when nobody knows.
        citation: the sentence that allows it.
    """

    place: str
    reason: str
    until: str = ""
    citation: Citation = Citation()


@dataclass(frozen=True, slots=True)
class Change:
    """What is put into a column of a row that stays."""

    column: str
    mask: Mask


@dataclass(frozen=True, slots=True)
class Pin:
    """How rows that may stay point to rows of a step, which are masked instead of deleted where one does.

    Attributes:
        store: where the rows that point are.
        path: from them to the table of the step.
        empties: the columns that may be set to NULL so that such a row points there no more; empty where the row pointed to
            has to stay.
        cascades: whether the database deletes such a row together with what it points to.
    """

    store: str
    path: Path
    empties: tuple[str, ...] = ()
    cascades: bool = False


@dataclass(frozen=True, slots=True)
class Step:
    """What happens to the rows of one table that belong to the person.

    Attributes:
        store, table: where.
        action: what happens to them.
        key: the columns that name a row.
        paths: the ways to the person; a row is the person's if one of them leads there. Empty for a table of
            persons that is asked by identity only.
        changes: for `mask`: what is put into which column; for `delete` with `pins`, of rows that have to stay.
        columns: for `collect`: what the person is given, in table order; empty for every column.
        withheld: for `collect`: columns that are not given (secrets, data of third parties).
        cuts: columns of a row that another person shares which may be emptied, so that it leads here no more.
        identity: the row is the person: it goes when everything else is gone.
        reference: the rows are not the person's and only point there: their reference is emptied.
        exclusive: whether the schema alone shows that no row can lead to two people, or every row goes with whichever leaves.
        several: nothing names a single row: the key names all rows that lead to the same persons, and all of them are written.
        either: where rows only tie things together: the numbers of the paths by which a row goes with whom it leads to, whoever
            else it leads to.
        about: the numbers of the paths by which a row only tells of somebody whose it is not: when they leave it loses what names
            them, and the number that means them where it may be NULL.
        pins: for `mask` against the map: what may point to a row; one that nothing points to any more is deleted. For
            `delete`: what may be somebody else's as well and can not let go of a row; one that such a row points to is masked.
        citation: the sentence that asks for it.
        reason: why this action, in words.
    """

    store: str
    table: str
    action: Action
    key: tuple[str, ...]
    paths: tuple[Path, ...] = ()
    changes: tuple[Change, ...] = ()
    columns: tuple[str, ...] = ()
    withheld: tuple[str, ...] = ()
    cuts: tuple[str, ...] = ()
    identity: bool = False
    reference: bool = False
    exclusive: bool = False
    several: bool = False
    either: tuple[int, ...] = ()
    about: tuple[int, ...] = ()
    pins: tuple[Pin, ...] = ()
    citation: Citation = Citation()
    reason: str = ""

    @property
    def place(self) -> str:
        """Store and table in one word."""
        return f"{self.store}.{self.table}"


@dataclass(frozen=True, slots=True)
class Skipped:
    """A table that the plan does not touch although rows of the person may be there, and why."""

    place: str
    reason: str


@dataclass(frozen=True)
class Plan:
    """All steps in the order they run: children before parents, the identity last.

    Attributes:
        purpose: what it is for.
        steps: see `Step`.
        skipped: what it will not do and why; while there is any, an erasure ends as `partly`.
        citation: the sentence that asks for the whole.
        deferred: foreign keys run in a circle, so the database has to check them at the end.
        searched: the tables that are only looked through for the values that name the person; what is found there keeps
            the person's own row, and somebody has to look at it.
    """

    purpose: Purpose
    steps: tuple[Step, ...]
    skipped: tuple[Skipped, ...] = ()
    citation: Citation = Citation()
    deferred: bool = False
    searched: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a plan."""
        return {
            "purpose": self.purpose,
            "promise": self.citation.promise,
            "sentences": list(self.citation.sentences),
            "steps": [_step(step) for step in self.steps],
            "skipped": [{"place": one.place, "reason": one.reason} for one in self.skipped],
            **({"deferred": True} if self.deferred else {}),
            **({"searched": list(self.searched)} if self.searched else {}),
        }

    @cached_property
    def shape(self) -> Mapping[str, Any]:
        """`as_json`, worked out once: it costs as much as a search of one table, and a plan serves many requests."""
        return self.as_json()

    @cached_property
    def digest(self) -> str:
        """SHA-256 of the plan, hex: what evidence fixes before the plan runs."""
        text = json.dumps(self.shape, sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()

    def places(self) -> tuple[str, ...]:
        """The tables it touches, sorted."""
        return tuple(sorted({step.place for step in self.steps}))


def _step(step: Step) -> dict[str, Any]:
    value: dict[str, Any] = {
        "place": step.place,
        "action": step.action,
        "paths": [str(path) for path in step.paths],
        "key": list(step.key),
        "promise": step.citation.promise,
        "sentences": list(step.citation.sentences),
    }
    if step.changes:
        value["changes"] = {change.column: change.mask for change in step.changes}
    for name in ("columns", "withheld", "cuts", "either", "about"):
        if getattr(step, name):
            value[name] = list(getattr(step, name))
    for name in ("identity", "reference", "exclusive", "several"):
        if getattr(step, name):
            value[name] = True
    if step.pins:
        value["pins"] = [_pin(pin) for pin in step.pins]
    if step.reason:
        value["reason"] = step.reason
    return value


def _pin(pin: Pin) -> dict[str, Any]:
    value: dict[str, Any] = {"store": pin.store, "path": str(pin.path)}
    if pin.empties:
        value["empties"] = list(pin.empties)
    if pin.cascades:
        value["cascades"] = True
    return value
