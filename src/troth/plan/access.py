"""Compile what a person is given: every table that can hold rows of theirs, without secrets and third parties."""

from __future__ import annotations

from collections.abc import Mapping

from troth.model.datamap import DataMap, Table
from troth.model.plan import Citation, Plan, Skipped, Step
from troth.model.schema import Relation, Schema
from troth.plan.table import exclusive, live, unfit

SECRET = frozenset({"secret"})
FOREIGN_FORMS = frozenset({"third"})


def compile_access(
    one: DataMap,
    schemas: Mapping[str, Schema],
    citation: Citation,
    citations: Mapping[str, Citation] | None = None,
) -> Plan:
    """The plan of an access request.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        citation: the sentence that gives the right.
        citations: by `store.table` where another sentence asks for it.
    """
    steps: list[Step] = []
    skipped: list[Skipped] = []
    for table in one.personal():
        relation = live(schemas, table)
        if problem := unfit(table, relation):
            skipped.append(Skipped(table.place, problem))
        elif relation is not None:
            cited = (citations or {}).get(table.place, citation)
            steps.append(_collect(table, relation, schemas, cited))
    return Plan("access", tuple(steps), tuple(skipped), citation)


def _collect(table: Table, relation: Relation, schemas: Mapping[str, Schema], citation: Citation) -> Step:
    withheld = {
        column.name for column in table.columns if column.category in SECRET or column.form in FOREIGN_FORMS
    }
    wanted = {*table.key, *(column.name for column in table.columns)} if table.role == "shared" else None
    columns = tuple(
        field.name
        for field in relation.fields
        if field.name not in withheld and (wanted is None or field.name in wanted)
    )
    return Step(
        table.store, table.name, "collect", table.key,
        paths=table.paths,
        columns=columns,
        withheld=tuple(sorted(withheld)),
        identity=table.role == "subject",
        exclusive=exclusive(table, schemas),
        citation=citation,
        reason=table.reason,
    )  # fmt: skip
