"""Which columns of which tables follow a choice, and what stands in them: compiled from the map, checked before it runs."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass

from troth.model.datamap import DataMap, Table
from troth.model.errors import TrothError
from troth.model.mark import Mark, parse_mark
from troth.model.plan import Citation, Skipped, Step
from troth.model.schema import Field, Schema
from troth.plan.table import exclusive, live, unfit

NOW = "now"
"""Stands for the time of the change in a column that holds a time."""

_YES = ("1", "true", "t", "yes", "y", "on")
_NO = ("0", "false", "f", "no", "n", "off")


@dataclass(frozen=True, slots=True)
class Marking:
    """A column to set in the rows of a person.

    Attributes:
        step: how the rows are found; `columns` holds the column alone.
        name: what the mark follows ("restricted", "direct-marketing@email").
        kind: family of the column's type.
        value: what is written; `NOW` for the time of the change.
    """

    step: Step
    name: str
    kind: str
    value: str | int | None


def compile_marks(
    one: DataMap, schemas: Mapping[str, Schema], wanted: Callable[[str, str], bool | None], citation: Citation
) -> tuple[tuple[Marking, ...], tuple[Skipped, ...]]:
    """The columns to set.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        wanted: for a store and the name of a mark, whether what it names is so from now on; None leaves it alone.
        citation: the sentence that asks for it.

    Returns:
        The columns, and those that can not be set, with the reason.
    """
    found: list[Marking] = []
    skipped: list[Skipped] = []
    for table, name, said in _named(one):
        so = wanted(table.store, name)
        if so is None:
            continue
        try:
            mark = parse_mark(said)
            found.append(_marking(table, schemas, (name, mark, so != mark.negated), citation))
        except TrothError as error:
            skipped.append(Skipped(table.place, error.message))
    return tuple(found), tuple(skipped)


def _named(one: DataMap) -> Iterator[tuple[Table, str, str]]:
    for table in one.personal():
        for name, said in table.marks.items():
            yield table, name, said


def _marking(
    table: Table, schemas: Mapping[str, Schema], said: tuple[str, Mark, bool], citation: Citation
) -> Marking:
    name, mark, yes = said
    relation = live(schemas, table)
    if problem := unfit(table, relation):
        raise TrothError(problem)
    column = relation.field(mark.column) if relation else None
    if column is None:
        raise TrothError(f"the mark {mark.column} is not in the database")
    step = Step(
        table.store, table.name, "collect", table.key,
        paths=table.paths,
        columns=(mark.column,),
        identity=table.role == "subject",
        exclusive=exclusive(table, schemas),
        citation=citation,
    )  # fmt: skip
    return Marking(step, name, column.kind, _value(column, mark, yes=yes))


def _value(column: Field, mark: Mark, *, yes: bool) -> str | int | None:
    if mark.yes:
        # The first word stands for what the mark names, so the sense is in the words already.
        return mark.yes if yes != mark.negated else mark.no
    if column.kind in {"boolean", "integer", "number"}:
        return int(yes)
    if column.kind in {"time", "date"}:
        if not yes and not column.nullable:
            raise TrothError(f"the mark {column.name} holds a time and may not be NULL")
        return NOW if yes else None
    words = [one for one in column.labels if one.casefold() in (_YES if yes else _NO)]
    if column.kind == "text" and len(words) == 1:
        return words[0]
    raise TrothError(
        f"the map does not say which words {column.name} takes; write `{column.name} = one | other`"
    )
