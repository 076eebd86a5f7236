"""What a request could not survive: found when the map is checked, never when a request runs."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping

from troth.datamap.clocks import check_events
from troth.datamap.hidden import unsaid
from troth.datamap.marks import check_facts, check_marks
from troth.datamap.mask import KEEPING, fitting_mask, mask_problem
from troth.datamap.names import tokens
from troth.datamap.polymorphic import MOST_LABELS, content_pairs, typed_pairs
from troth.datamap.reach import better_inside, reach
from troth.datamap.survey import comparable
from troth.datamap.topic import main_words
from troth.model.datamap import ELSEWHERE, Column, DataMap, Link, Path, Table
from troth.model.errors import NotFound
from troth.model.finding import SEVERITIES, Finding, Severity
from troth.model.rowset import about, either, key_statement, set_key
from troth.model.schema import Field, Relation, Schema

_PACKED = frozenset({"hash", "enc", "pickle", "php", "serialized"})
"""Forms whose bytes may say a value otherwise than in its letters."""

KIND = "data-map"
CLOSE = 0.15  # paths whose confidence differs by less are both guesses
IDENTIFYING = {"contact.email", "contact.phone", "ident.username", "ident.id", "ident.official"}


def check(
    one: DataMap,
    schemas: Mapping[str, Schema],
    promised: Mapping[str, Collection[str]] | None = None,
    choices: Mapping[str, tuple[str, ...]] | None = None,
) -> tuple[Finding, ...]:
    """Everything in a map that a request could not survive, and where the map and the live stores differ.

    Args:
        one: the map.
        schemas: the live schemas by name of store.
        promised: the vocabulary data terms that the policy permits to hold, each with all terms it covers, itself
            among them; None when there is no policy to compare with.
        choices: by fact of the policy that is a choice, the values that it can have.

    Returns:
        findings, the blocking ones first, then by rule and message.
    """
    found = [*_persons(one), *_questions(one), *_elsewhere(one, schemas)]
    for table in one.tables:
        found += _table(one, table, schemas)
        relation = _live(schemas, table)
        found += check_facts(table, relation, choices or {}) if relation is not None else ()
        found += _hidden(table, relation, promised) if relation is not None and promised is not None else ()
    found += _drift(one, schemas)
    if promised is not None:
        found += _terms(one, promised)
    return tuple(
        sorted(
            dict.fromkeys(found),
            key=lambda finding: (SEVERITIES.index(finding.severity), finding.rule, finding.message),
        )
    )


def _found(rule: str, severity: Severity, message: str, hint: str) -> Finding:
    return Finding(KIND, rule, severity, message, hint)


def _persons(one: DataMap) -> Iterator[Finding]:
    if one.personal() and not one.subjects() and not any(_ends_elsewhere(table) for table in one.tables):
        yield _found(
            "no-person",
            "block",
            "no table of the map is the person",
            'give the table of persons role = "subject"',
        )
    for table in one.subjects():
        if not table.paths and not any(column.category in IDENTIFYING for column in table.columns):
            yield _found(
                "no-identity",
                "block",
                f"nothing in {table.place} tells one person from another",
                "name its e-mail, login or id column",
            )


def _elsewhere(one: DataMap, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """Persons who are a row of no given store: their rows are found by their number, which a request has to name."""
    named: dict[str, dict[str, None]] = {}
    for table in one.tables if ELSEWHERE not in schemas else ():
        for link in _ends_elsewhere(table):
            named.setdefault(link.target, {})[link.columns[0]] = None
    for noun, columns in sorted(named.items()):
        word = min(columns, key=lambda one: (len(one), one))
        yield _found(
            "elsewhere",
            "warn",
            f"no given store holds the {noun} that {', '.join(sorted(columns))} name, so requests do not find their rows by an "
            "address or login",
            f"give that store, or name the number in each request: -s {word}=...",
        )


def _ends_elsewhere(table: Table) -> list[Link]:
    """The last steps of a table's paths that lead to persons of no given store."""
    return [path.links[-1] for path in table.paths if path.links[-1].store == ELSEWHERE]


def _questions(one: DataMap) -> Iterator[Finding]:
    for question in one.questions:
        yield _found(
            "open-question",
            "warn",
            f"open question: {question}",
            "correct the map if needed, then delete the question",
        )


def _table(one: DataMap, table: Table, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    if table.role not in {"subject", "owned", "shared"}:
        return
    relation = _live(schemas, table)
    if relation is None:
        return
    yield from _reach(one, table, schemas)
    steps = [found for path in table.paths for found in _path(table, path, schemas)]
    yield from dict.fromkeys(steps)
    yield from _ambiguous(table, relation)
    yield from _unnamed(table, relation, schemas)
    if relation.versioned and table.columns:
        yield _found(
            "history-kept",
            "warn",
            f"the database keeps earlier versions of the rows of {table.place}, which no erasure of one person reaches",
            f"run `delete history from {table.name}` after erasures, or drop system versioning",
        )
    if relation.lasting and table.columns:
        yield _found(
            "no-transactions",
            "warn",
            f"the engine of {table.place} knows no transactions: what a kill or a refusal interrupts stays half written "
            "until the next round",
            f"alter table {table.name} engine = InnoDB",
        )
    yield from _permits(table, relation)
    yield from _large(table, relation)
    yield from _keeps(table, relation)
    yield from _masks(table, relation)
    yield from check_events(table, schemas)
    yield from check_marks(table, relation)


def _permits(table: Table, relation: Relation) -> Iterator[Finding]:
    if relation.hides and table.role != "none":
        yield _found(
            "rows-hidden",
            "block",
            f"row policies hide rows of {table.place} from the user of the store, so no request there is complete",
            f"create policy troth on {table.name} to USER using (true), or a user with bypassrls",
        )
    asked = {
        "owned": ("select", "delete"),
        "subject": ("select", "update", "delete"),
        "shared": ("select", "update"),
    }
    if missing := [event for event in asked.get(table.role, ()) if event in relation.denied]:
        yield _found(
            "no-permission",
            "warn",
            f"the user of the store may not {' or '.join(missing)} in {table.place}, so requests there stay undone",
            f"grant {', '.join(missing)} on {table.name} to USER",
        )


def _large(table: Table, relation: Relation) -> Iterator[Finding]:
    for field in relation.fields if table.role != "none" else ():
        if field.type == "OID":
            yield _found(
                "large-object",
                "warn",
                f"{table.place}.{field.name} may number large objects of PostgreSQL: requests neither give their contents "
                "nor delete them",
                "keep them in a column of type bytea, or let a trigger delete them with their row (lo_manage), and "
                "hand copies over yourself",
            )


def _keeps(table: Table, relation: Relation) -> Iterator[Finding]:
    for event in relation.keeps:
        if event == "delete" or table.columns:
            what = "rows that are deleted" if event == "delete" else "values that are emptied"
            yield _found(
                "writes-undone",
                "warn",
                f"a trigger, rule or row policy of {table.place} may keep {what} and say nothing, and then no erasure there "
                "is complete",
                "let it make an exception for the user of Troth; an erasure looks whether the rows are gone, and says so",
            )


def _unnamed(table: Table, relation: Relation, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    """What of the rows of a table is not named by a key."""
    if together := set_key(table, relation):
        yield _found(
            "no-key",
            "warn",
            f"nothing names a row of {table.place}: an erasure takes all rows with the same {', '.join(together)} at once,"
            " a correction all with the same value, and periods leave the table as it is",
            f"add a primary key: {key_statement(schemas[table.store], relation)}",
        )
    elif not table.key:
        yield _found(
            "no-key",
            "block",
            f"nothing names a row of {table.place}, so its erasure could not be resumed",
            f"add a primary key ({key_statement(schemas[table.store], relation)}), or name unique columns without NULL as key",
        )
    elif missing := [name for name in table.key if relation.field(name) is None]:
        yield _found(
            "no-key",
            "block",
            f"the key of {table.place} names {missing[0]}, which is not there",
            "correct key",
        )
    elif problem := relation.key_problem(table.key, table.led):
        yield _found(
            "no-key",
            "block",
            f"the key of {table.place} does not name a row: {problem}",
            "name the primary key, or unique columns without NULL, as key",
        )
    elif empty := [name for name in table.key if _holds_null(relation, name)]:
        yield _found(
            "no-key",
            "block",
            f"rows of {table.place} have NULL in {empty[0]}, which is part of their key, so nothing names them",
            f"give them a value, and declare {empty[0]} NOT NULL",
        )


def _holds_null(relation: Relation, name: str) -> bool:
    """Whether a sampled row has NULL in a column; SQLite lets it into a primary key."""
    field = relation.field(name)
    return field is not None and field.nullable and None in field.samples


def _live(schemas: Mapping[str, Schema], table: Table) -> Relation | None:
    try:
        return schemas[table.store].relation(table.name)
    except (KeyError, NotFound):
        return None


def _nobodys(link: Link, schemas: Mapping[str, Schema]) -> bool:
    """Whether a step leads to persons who are a row of no given store."""
    return link.store == ELSEWHERE and ELSEWHERE not in schemas


def _reach(one: DataMap, table: Table, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    if table.searched:
        packed = [column.name for column in table.columns if column.form in _PACKED]
        blind = f"; a search does not see into {', '.join(packed)}" if packed else ""
        yield _found(
            "by-value",
            "warn",
            f"no path leads from {table.place} to a person, so its rows are only looked for by what names one{blind}",
            "what is found there keeps a request open until somebody has looked at it; a path would find it",
        )
    elif table.role != "subject" and not table.paths:
        names = ", ".join(column.name for column in table.columns) or "its rows"
        hint = (
            "add a path; where only a text names the person write table.column ~> person.email [inside text]"
        )
        yield _found(
            "unreachable",
            "block",
            f"no path leads from {table.place} to a person, so {names} would be missed",
            hint,
        )
    subjects = {(subject.store, subject.name) for subject in one.subjects()}
    for path in table.paths:
        store, name = path.person
        if (store or table.store, name) not in subjects and not _nobodys(path.links[-1], schemas):
            yield _found(
                "no-person",
                "block",
                f"a path of {table.place} ends at {name}, which is no table of persons in the map",
                "lead it to a subject, or add the store that holds it",
            )


def _path(table: Table, path: Path, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    store = table.store
    if path.links[0].table != table.name:
        yield _found(
            "broken-path",
            "block",
            f"a path of {table.place} starts at {path.links[0].table}",
            "start it at the table itself",
        )
    for link in path.links:
        if not _nobodys(link, schemas):
            yield from _link(table, link, store, schemas)
        store = link.store or store


def _link(table: Table, link: Link, store: str, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    source, target = (
        _relation(schemas, store, link.table),
        _relation(schemas, link.store or store, link.target),
    )
    if source is None or target is None:
        name = link.table if source is None else f"{link.store or store}.{link.target}"
        yield _found(
            "broken-path",
            "block",
            f"a path of {table.place} goes through {name}, which is not there",
            "correct the path, or give that store",
        )
        return
    for here, there in zip(link.columns, link.target_columns, strict=True):
        field, other = source.field(here), target.field(there)
        if field is None or other is None:
            gone = f"{link.table}.{here}" if field is None else f"{link.target}.{there}"
            yield _found(
                "broken-path",
                "block",
                f"a path of {table.place} uses {gone}, which is not there",
                "correct the path",
            )
        elif not comparable(field, other) and not link.inside and link.arrow == "->":
            yield _found(
                "broken-path",
                "block",
                f"{link.table}.{here} and {link.target}.{there} can not be equal: {field.kind} and {other.kind}",
                "correct the path",
            )
    yield from _leads(table, link, source, target)
    for condition in link.conditions:
        if source.field(condition.column) is None and target.field(condition.column) is None:
            yield _found(
                "broken-path",
                "block",
                f"a condition of {table.place} uses {condition.column}, which is not there",
                "correct the condition",
            )
    if not link.inside and source.rows > 10_000 and not source.indexed(link.columns):
        columns = ", ".join(link.columns)
        yield _found(
            "no-index",
            "warn",
            f"{link.table} has no index on {columns}, so every request reads all its {source.rows} rows",
            f"create index on {link.table} ({columns})",
        )


def _leads(table: Table, link: Link, source: Relation, target: Relation) -> Iterator[Finding]:
    """Steps that take rows of another type along, and steps that no sampled value takes."""
    if kind := untyped(link, source, target):
        yield _found(
            "no-condition",
            "block",
            f"a path of {table.place} takes every {link.columns[0]} for one of {link.target}, "
            f"and {kind} says that some mean something else",
            f"write [{kind}='...'] behind the step, with the value of {kind} that means {link.target}",
        )
        return
    near = link.table == table.name and _textual(source, link)
    found = reach(source, target, link) if near else None
    if found is None or found.hits:
        return
    nothing = link.inside.startswith("$") and not found.standing
    better = better_inside(source, target, link)
    note = f" [inside {'JSON ' if better.startswith('$') else ''}{better}]" if better else ""
    hint = f"write {link.table}.{link.columns[0]} {link.arrow} {link.target}.{link.target_columns[0]}{note}"
    yield _found(
        "dead-path",
        "warn",
        f"none of {found.cells} sampled values of {link.table}.{link.columns[0]} leads to a row of {link.target}"
        + (f": nothing stands at {link.inside}" if nothing else ""),
        hint if note else "correct the path, or delete it where these rows belong to nobody",
    )


def _textual(source: Relation, link: Link) -> bool:
    field = source.field(link.columns[0])
    return link.arrow != "->" and field is not None and field.kind in {"text", "json", "array"}


def untyped(link: Link, source: Relation, target: Relation) -> str:
    """The column that says which rows take a step, where it has several values and the step has no condition."""
    if link.arrow == "->" or link.conditions or link.inside or len(link.columns) > 1:
        return ""
    for ids, kind in [*typed_pairs(source), *content_pairs(source)]:
        labels = {*kind.labels, *(str(one) for one in kind.samples if one not in (None, ""))}
        if ids.name != link.columns[0] or len(labels) < 2 or len(labels) > MOST_LABELS:
            continue
        if _stands_for(ids, target) and not any(_means_other(one, target) for one in labels):
            continue
        return kind.name
    return ""


def _stands_for(ids: Field, target: Relation) -> bool:
    """Whether an id is named after the table it leads to, so that a type beside it may say something else."""
    stem = tokens(ids.name)[:-1]
    return bool(stem) and stem[-1:] == main_words(target.name)[-1:]


def _means_other(label: str, target: Relation) -> bool:
    """Whether a value of a type column is written like the name of a class that is not the target's."""
    said = tokens(label)
    return label[:1].isupper() and said[-1:] != main_words(target.name)[-1:]


def _relation(schemas: Mapping[str, Schema], store: str, name: str) -> Relation | None:
    try:
        return schemas[store].relation(name)
    except (KeyError, NotFound):
        return None


def _ambiguous(table: Table, relation: Relation) -> Iterator[Finding]:
    """Two guesses of about the same worth over different columns; a confirmed path (confidence 1) settles it.

    A row that only ties two people is both's, and goes with either. Where every row has a declared key to its person, a person
    whom only rows of some type name besides has a part in these.
    """
    if table.role != "owned" or len(table.paths) < 2 or either(table, relation):
        return
    first, beside = table.paths[0], about(table, relation)
    for number, other in enumerate(table.paths[1:], 1):
        differs = first.links[0].columns != other.links[0].columns
        if (
            differs
            and number not in beside
            and first.confidence < 1
            and first.confidence - other.confidence < CLOSE
            and first.person == other.person
        ):
            both = f"{', '.join(first.links[0].columns)} or {', '.join(other.links[0].columns)}"
            hint = "set confidence = 1.0 on the right path, delete the wrong one, or call the table shared"
            yield _found(
                "ambiguous-owner", "block", f"a row of {table.place} may belong to the person of {both}", hint
            )
            return


def _masks(table: Table, relation: Relation) -> Iterator[Finding]:
    for column in table.columns:
        field = relation.field(column.name)
        if field is None:
            continue
        if problem := mask_problem(relation, field, column.mask):
            fits = fitting_mask(relation, column.name, "shared")
            yield _found(
                "mask",
                "block",
                f"{table.place}.{column.name} can not hold the mask {column.mask}: {problem}",
                f'use mask = "{fits}"',
            )
        elif field.computed:
            yield from _computed(table, relation, column)
        elif (
            table.role == "shared"
            and (column.name not in relation.key or column.category != "ident.id")
            and (column.mask == "" or (column.mask == "keep" and column.confidence < 1))
        ):
            yield _found(
                "mask",
                "warn",
                f"{table.place}.{column.name} keeps its value in a row that stays",
                'name a mask, or delete the rows with role = "owned"; a value that is the row\'s own, such as the address that a '
                'pool lends, has mask = "keep" and confidence = 1.0',
            )


def _computed(table: Table, relation: Relation, column: Column) -> Iterator[Finding]:
    """What the database computes from columns that the map does not call personal stays in rows that stay."""
    sources = sorted(relation.sources(column.name))
    if table.role in KEEPING and sources and not any(table.column(name) for name in sources):
        yield _found(
            "mask",
            "warn",
            f"{table.place}.{column.name} is computed by the database from {', '.join(sources)}, "
            "which the map calls harmless, so it keeps its value in a row that stays",
            f"call {sources[0]} personal too",
        )


def _drift(one: DataMap, schemas: Mapping[str, Schema]) -> Iterator[Finding]:
    mapped = {(table.store, table.name): table for table in one.tables}
    for store, schema in sorted(schemas.items()):
        for relation in schema.relations:
            table = mapped.pop((store, relation.name), None)
            if table is None:
                yield _found(
                    "drift",
                    "block",
                    f"the table {store}.{relation.name} is new and not in the map",
                    "run troth map propose and review it",
                )
            else:
                yield from _column_drift(table, relation)
    for store, name in sorted(mapped):
        known = store in schemas
        space = name.partition(".")[0]
        if known and space in schemas[store].closed:
            yield _found(
                "drift",
                "block" if mapped[store, name].columns else "warn",
                f"the table {store}.{name} lies in a schema that the user of the store may not use",
                f"grant usage on schema {space} to USER",
            )
            continue
        what = "is in the map but not in the database" if known else "lies in a store that was not given"
        yield _found(
            "drift",
            "block" if known and mapped[store, name].columns else "warn",
            f"the table {store}.{name} {what}",
            "delete it from the map, or give its store",
        )


def _column_drift(table: Table, relation: Relation) -> Iterator[Finding]:
    live = {field.name for field in relation.fields}
    for column in table.columns:
        if column.name not in live:
            yield _found(
                "drift",
                "block",
                f"the column {table.place}.{column.name} is in the map but not in the database",
                "delete it from the map",
            )
    known = {*table.harmless, *(column.name for column in table.columns)}
    if known:
        for field in relation.fields:
            if field.name not in known:
                yield _found(
                    "drift",
                    "block",
                    f"the column {table.place}.{field.name} is new and not in the map",
                    "add it as personal, or to harmless",
                )


def _hidden(table: Table, relation: Relation, promised: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    for place, held, terms in unsaid(table, relation, promised):
        yield _found(
            "members-without-term",
            "warn",
            f"members of {place} hold {', '.join(held)}, and no term of the column says so: no rule about"
            f" {' or '.join(terms)} reaches it",
            f"add to its terms: {', '.join(terms)}; a rule about one of them then is about the whole column",
        )


def _terms(one: DataMap, promised: Mapping[str, Collection[str]]) -> Iterator[Finding]:
    covered = set().union(*promised.values())
    held: dict[str, str] = {}
    for table in one.personal():
        for column in table.columns:
            # a number that only the database knows is held with the row that it names
            if column.terms and column.category != "ident.id" and covered.isdisjoint(column.terms):
                held.setdefault(column.terms[0], f"{table.place}.{column.name}")
    for term, place in sorted(held.items()):
        yield _found(
            "term-without-promise",
            "block",
            f"{place} holds {term}, and no promise of the policy permits to hold it",
            "add a promise about it, or stop holding it",
        )
    present = {term for table in one.personal() for column in table.columns for term in column.terms}
    for term in sorted(promised):
        if present.isdisjoint(promised[term]):
            yield _found(
                "promise-without-column",
                "warn",
                f"the policy promises about {term}, and no column of the map holds it",
                "name the column that does, or the store that is missing",
            )
