"""Compile what a person is given: every table that can hold rows of theirs, without secrets and third parties.

Access gives whole rows. Portability gives what the person provided and what was observed of them (GDPR Art. 20,
WP 242): personal columns and the key of the row, without what the company inferred and without its own columns.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import replace

from troth.model.clerk import clerk_of
from troth.model.datamap import Column, DataMap, Table
from troth.model.mark import parse_fact, parse_mark
from troth.model.plan import Citation, Plan, Purpose, Skipped, Step
from troth.model.schema import Relation, Schema
from troth.plan.aside import aside
from troth.plan.table import exclusive, live, named, sets, unfit, ungiven

UNKNOWN = "the map does not know this column, so it is withheld; say in the map what it holds"
SECRET = frozenset({"secret"})
FOREIGN_FORMS = frozenset({"third"})
_INFERRED = re.compile(
    r"(?:^|[_\s])(?:scores?|scoring|ratings?|ranks?|ranking|segments?|segmentation|clusters?|churn|propensity|risks?|"
    r"predict\w*|prediction|inferred|estimated|likelihood|probability|ltv|clv|persona|lookalike|affinity|"
    r"credit_limit|trust_level|fraud\w*|reputation)(?:$|[_\s\d])|评分|得分|画像|分群|分层|风险|预测|推断|信用等级|标签"
)
_HUMP = re.compile(r"(?<=[a-z0-9])(?=[A-Z])")


def compile_access(
    one: DataMap,
    schemas: Mapping[str, Schema],
    citation: Citation,
    citations: Mapping[str, Citation] | None = None,
    purpose: Purpose = "access",
) -> Plan:
    """The plan of looking at every row of a person by its key.

    Args:
        one: the reviewed data map.
        schemas: the live schemas by name of store.
        citation: the sentence that gives the right.
        citations: by `store.table` where another sentence asks for it.
        purpose: "access" or "portability".
    """
    cited = citations or {}
    return _compiled(one, schemas, lambda place: cited.get(place, citation), purpose, unfit)


def compile_copy(
    one: DataMap,
    schemas: Mapping[str, Schema],
    citation: Citation,
    citations: Mapping[str, Citation] | None = None,
    purpose: Purpose = "access",
) -> Plan:
    """The plan of an access or portability request: as `compile_access`, and rows that nothing names are given as well."""
    cited = citations or {}
    return _compiled(
        one,
        schemas,
        lambda place: cited.get(place, citation),
        purpose,
        lambda table, relation: ungiven(table, relation, schemas),
    )


def _compiled(
    one: DataMap,
    schemas: Mapping[str, Schema],
    cite: Callable[[str], Citation],
    purpose: Purpose,
    problem_of: Callable[[Table, Relation | None], str],
) -> Plan:
    steps: list[Step] = []
    skipped: list[Skipped] = []
    searched: list[str] = []
    tables = {(table.store, table.name): table for table in one.personal()}
    for table in one.personal():
        relation = live(schemas, table)
        if table.searched and relation is not None:
            searched.append(table.place)
        elif problem := problem_of(table, relation):
            skipped.append(Skipped(table.place, problem))
        elif relation is not None:
            new = unknown(table, relation)
            skipped += [Skipped(f"{table.place}.{name}", UNKNOWN) for name in new]
            clerk = clerk_of(one, table)
            kept = purpose == "portability", clerk.telling if clerk is not None else frozenset[str]()
            step = _collect(table, relation, schemas, cite(table.place), kept=kept)
            step = replace(step, about=aside(table, tables, schemas))
            if set(step.columns) - set(table.key) or purpose == "access":
                steps.append(step)
    return Plan(purpose, tuple(steps), tuple(skipped), cite(""), searched=tuple(searched))


def unknown(table: Table, relation: Relation) -> tuple[str, ...]:
    """The columns that nobody has looked at: neither personal nor harmless, and nothing else of the map names them."""
    named = {*table.key, *table.harmless, *(column.name for column in table.columns)}
    named |= {one for path in table.paths for one in path.links[0].columns}
    named |= {one.column for path in table.paths for link in path.links for one in link.conditions}
    named |= {one.rpartition(".")[2] for one in table.events.values()}
    named |= {parse_mark(one).column for one in table.marks.values()}
    named |= {parse_fact(one).column for one in table.facts.values()}
    return tuple(field.name for field in relation.fields if field.name not in named)


def inferred(column: Column) -> bool:
    """Whether the company worked the value out itself: by its terms in the vocabulary, else by its name."""
    if {"profiling-result", "inferred-personal-data", "derived-personal-data"} & set(column.terms):
        return True
    return _INFERRED.search(_HUMP.sub("_", column.name).lower()) is not None


def _collect(
    table: Table,
    relation: Relation,
    schemas: Mapping[str, Schema],
    citation: Citation,
    *,
    kept: tuple[bool, frozenset[str]],
) -> Step:
    portable, telling = kept
    new = set(unknown(table, relation))
    withheld = {
        column.name for column in table.columns if column.category in SECRET or column.form in FOREIGN_FORMS
    }
    wanted = (
        {*table.key, *(column.name for column in table.columns), *telling}
        if table.role == "shared" or portable
        else None
    )
    if wanted is not None and any(column.form == "eav" for column in table.columns):
        wanted |= _naming(table)
    left = {column.name for column in table.columns if portable and inferred(column)} - set(table.key)
    columns = tuple(
        field.name
        for field in relation.fields
        if field.name not in withheld | left | new and (wanted is None or field.name in wanted)
    )
    together = sets(table, relation)
    key = together.key if together.key != table.key or named(table, relation) else ()
    return Step(
        table.store, table.name, "collect", key,
        paths=table.paths,
        columns=columns,
        withheld=tuple(sorted(withheld | new)),
        identity=table.role == "subject",
        exclusive=exclusive(table, schemas),
        several=together.key != table.key,
        citation=citation,
        reason=table.reason,
    )  # fmt: skip


def _naming(table: Table) -> set[str]:
    """The harmless columns of a table of attributes, without which its values say nothing: what each is the value of."""
    links = {name for path in table.paths for name in path.links[0].columns}
    links |= {name for link in table.references for name in link.columns}
    return set(table.harmless) - links
