"""Whether sampled values lead where a link says they lead."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

from troth.datamap.inner import distinct, inner_places, standing
from troth.model.datamap import Link
from troth.model.schema import Field, Relation

FEW = 5  # different values on either side below which a sample says nothing
EXPECTED = 10  # values that would be met by chance of sampling where the target is too big to be read whole


@dataclass(frozen=True, slots=True)
class Reach:
    """How far a sample follows a link.

    Attributes:
        cells: different values of the near side that are not empty, of rows that take the step.
        hits: those of which something occurs on the far side.
        standing: those in which anything stands where the link says.
    """

    cells: int
    hits: int
    standing: int

    @property
    def share(self) -> float:
        """The share of the values that lead somewhere, 0 to 1."""
        return self.hits / self.cells if self.cells else 0.0


def reach(source: Relation, target: Relation, link: Link) -> Reach | None:
    """How far the sampled values of a link over one column lead; None where the samples are too small to tell."""
    field = source.field(link.columns[0])
    if len(link.columns) > 1 or field is None:
        return None
    cells = distinct(_taking(source, field, link))
    far = known_there(target, link.target_columns[0], len(cells))
    if far is None or len(cells) < FEW:
        return None
    found = [standing(one, link.inside) for one in cells]
    return Reach(len(cells), sum(not far.isdisjoint(one) for one in found), sum(map(bool, found)))


def known_there(target: Relation, column: str, cells: int) -> frozenset[str] | None:
    """The sampled values of a column without regard to capitals; None where they are too few to judge so many cells."""
    field = target.field(column)
    far = (
        frozenset(str(one).strip().casefold() for one in field.samples if one not in (None, ""))
        if field
        else None
    )
    if far is None or len(far) < FEW:
        return None
    return far if target.exact or cells * len(far) >= EXPECTED * max(target.rows, 1) else None


def better_inside(source: Relation, target: Relation, link: Link) -> str:
    """Where in the values the far side's values stand, as a link writes it; empty where half of them have none."""
    field = source.field(link.columns[0])
    if field is None:
        return ""
    cells = distinct(_taking(source, field, link))
    far = known_there(target, link.target_columns[0], len(cells)) or frozenset()
    choices = ["", *(one.inside for one in inner_places(field.samples)), "text"]
    return next((one for one in choices if _share(cells, one, far) >= 0.5 and one != link.inside), "")


def _share(cells: Collection[str], inside: str, far: frozenset[str]) -> float:
    return sum(not far.isdisjoint(standing(one, inside)) for one in cells) / max(1, len(cells))


def _taking(source: Relation, field: Field, link: Link) -> list[object]:
    """The sampled values of the rows that take the step."""
    rows: list[object] = list(field.samples)
    for condition in link.conditions:
        kind = source.field(condition.column)
        if kind is not None and len(kind.samples) == len(rows):
            rows = [
                value if str(label) in condition.values else None
                for value, label in zip(rows, kind.samples, strict=True)
            ]
    return rows
