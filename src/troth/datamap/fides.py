"""fideslang datasets, both ways: Fides users bring their dataset files along and can take them back.

A dataset is a store, a collection a table, a field a column (fideslang 3.1.4,
`Dataset.collections[].fields[]` with
`data_categories` and `fides_meta`). What one side can not say is listed, never dropped in silence.
"""

from __future__ import annotations

import json
import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from troth.datamap.notation import parse_path
from troth.datamap.polymorphic import content_pairs, typed_pairs
from troth.datamap.terms import FIDES, from_fides, terms_of
from troth.model.datamap import Column, DataMap, Link, Role, Table
from troth.model.errors import Place as TextPlace
from troth.model.errors import SourceError, TrothError
from troth.model.schema import Field, Relation, Schema

_SAFE_KEY = re.compile(r"[^A-Za-z0-9_.-]")
_TYPES = {
    "integer": "integer",
    "number": "float",
    "boolean": "boolean",
    "text": "string",
    "uuid": "string",
    "json": "object",
}
_IDENTITIES = {"contact.email": "email", "contact.phone": "phone_number", "ident.id": "user_id"}


@dataclass(frozen=True, slots=True)
class Exported:
    """The text of a fideslang file and what it does not say, one sentence each."""

    text: str
    lost: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Imported:
    """A map read from a fideslang file and what of the file it does not hold, one sentence each."""

    map: DataMap
    lost: tuple[str, ...]


def write_fides(one: DataMap, schemas: Mapping[str, Schema]) -> Exported:
    """The map as fideslang YAML, one dataset a store.

    Args:
        one: the map.
        schemas: the live schemas, for keys, types and lengths; a store that is missing there goes without
            them.
    """
    lost: list[str] = []
    datasets = []
    for store in sorted({table.store for table in one.tables}):
        tables = [table for table in one.tables if table.store == store]
        datasets.append(
            {
                "fides_key": _SAFE_KEY.sub("_", store),
                "organization_fides_key": "default_organization",
                "name": store,
                "description": "personal data of this store, from the reviewed data map",
                "collections": [_collection(table, schemas.get(store), lost) for table in tables],
            }
        )
    if one.questions:
        lost.append(f"{len(one.questions)} open questions")
    return Exported(_yaml({"dataset": datasets}), tuple(dict.fromkeys(lost)))


def _collection(table: Table, schema: Schema | None, lost: list[str]) -> dict[str, Any]:
    relation = next((one for one in schema.relations if one.name == table.name), None) if schema else None
    lost += _lost_of(table)
    names = (
        [field.name for field in relation.fields]
        if relation
        else [*(one.name for one in table.columns), *table.harmless]
    )
    references = _references(table, lost)
    fields = [
        _field(table, name, relation, references.get(name, []))
        for name in dict.fromkeys([*names, *references])
    ]
    return {"name": table.name, "description": table.reason, "fields": fields}


def _lost_of(table: Table) -> list[str]:
    lost = []
    if table.role not in {"subject", "owned", "none"}:
        lost.append(f"{table.place}: the role {table.role}")
    if len(table.paths) > 1:
        lost.append(f"{table.place}: {len(table.paths) - 1} further paths")
    if any(one.mask for one in table.columns):
        lost.append(f"{table.place}: masks")
    if forms := sorted({one.form for one in table.columns} - {"plain"}):
        lost.append(f"{table.place}: the forms {', '.join(forms)}")
    if table.marks or table.facts:
        lost.append(f"{table.place}: marks and facts")
    return lost


def _references(table: Table, lost: list[str]) -> dict[str, list[dict[str, str]]]:
    """The first step of the best path as fideslang references, by column."""
    found: dict[str, list[dict[str, str]]] = {}
    for path in table.paths[:1]:
        link = path.links[0]
        if len(link.columns) > 1:
            lost.append(f"{table.place}: {link} joins as a tuple, fideslang joins each column by itself")
        if link.conditions or link.inside:
            lost.append(f"{table.place}: the condition of {link}")
        dataset = _SAFE_KEY.sub("_", link.store or table.store)
        for here, there in zip(link.columns, link.target_columns, strict=True):
            found.setdefault(here, []).append(
                {"dataset": dataset, "field": f"{link.target}.{there}", "direction": "to"}
            )
    return found


def _field(
    table: Table, name: str, relation: Relation | None, references: list[dict[str, str]]
) -> dict[str, Any]:
    column = table.column(name)
    meta: dict[str, Any] = {}
    field = relation.field(name) if relation else None
    if name in table.key:
        meta["primary_key"] = True
    if field is not None:
        meta |= _type(field)
    if column and table.role == "subject" and column.category in _IDENTITIES:
        meta["identity"] = _IDENTITIES[column.category]
    if references:
        meta["references"] = references
    out: dict[str, Any] = {
        "name": name,
        "data_categories": [FIDES[column.category]] if column else ["system.operations"],
    }
    if meta:
        out["fides_meta"] = meta
    return out


def _type(field: Field) -> dict[str, Any]:
    found: dict[str, Any] = {"data_type": _TYPES[field.kind]} if field.kind in _TYPES else {}
    return found | ({"length": field.length} if field.length and field.kind == "text" else {})


def parse_fides(text: str, file: str = "dataset.yml") -> Imported:
    """The map that a fideslang file describes.

    JSON is read as it is; YAML needs the package PyYAML beside Troth.

    Raises:
        SourceError: the text is no YAML, or holds no datasets.
        TrothError: the text is YAML and PyYAML is not installed.
    """
    raw = _loaded(text, file)
    datasets = raw.get("dataset") if isinstance(raw, dict) else None
    if not isinstance(datasets, list) or not all(isinstance(one, dict) for one in datasets):
        raise SourceError(
            "the file holds no fideslang datasets", TextPlace(file, 1), hint='its root key is "dataset:"'
        )
    return from_document({"dataset": datasets})


def _loaded(text: str, file: str) -> Any:
    try:
        return json.loads(text)
    except ValueError:
        pass
    try:
        import yaml  # noqa: PLC0415 - an optional package, needed only for this
    except ImportError:
        raise TrothError(
            "reading YAML needs the package PyYAML", hint="install it, or convert the file to JSON"
        ) from None
    try:
        return yaml.safe_load(text)
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        place = TextPlace(file, mark.line + 1, mark.column + 1) if mark else TextPlace(file, 1)
        raise SourceError("the file is not YAML", place, hint="mend this line as YAML") from None


def from_document(document: Mapping[str, Any]) -> Imported:
    """The map of a fideslang document that was read already (`{"dataset": [...]}`)."""
    lost: list[str] = []
    keys = {
        str(one.get("fides_key", "")): str(one.get("name") or one.get("fides_key", ""))
        for one in document["dataset"]
    }
    raw = [
        _raw_table(str(one.get("name") or one.get("fides_key", "")), collection, keys, lost)
        for one in document["dataset"]
        for collection in one.get("collections") or ()
    ]
    tables = _with_paths(raw)
    for one in document["dataset"]:
        lost += [
            f"{one.get('fides_key')}: {key}"
            for key in ("data_uses", "data_subjects", "data_purposes", "meta")
            if one.get(key)
        ]
    lost += _assumed(tables)
    return Imported(
        DataMap(tuple(sorted(tables, key=lambda one: (one.store, one.name)))), tuple(dict.fromkeys(lost))
    )


def _assumed(tables: list[Table]) -> list[str]:
    """What a fideslang file can not say and the map therefore lacks: conditions of links, and roles."""
    found = []
    for table in tables:
        names = [*(one.name for one in table.columns), *table.harmless]
        relation = Relation(table.name, tuple(Field(name) for name in names))
        kinds = {ids.name: kind.name for ids, kind in [*typed_pairs(relation), *content_pairs(relation)]}
        walked = [path.links[0] for path in table.paths if path.links[0].columns[0] in kinds]
        found += [
            f"{table.place}: which values of {kinds[link.columns[0]]} mean a row of {link.target}; without a condition"
            f" every {link.columns[0]} is taken for one"
            for link in walked
        ]
    if owned := [table.place for table in tables if table.role == "owned"]:
        found.append(
            f"roles: {', '.join(owned)} {'is' if len(owned) == 1 else 'are'} read as owned, so rows go with their"
            " person; call shared or staff what was so"
        )
    return found


@dataclass(frozen=True, slots=True)
class _Raw:
    """A collection before its paths are known."""

    table: Table
    links: tuple[Link, ...]
    identity: bool


def _raw_table(store: str, collection: Mapping[str, Any], keys: Mapping[str, str], lost: list[str]) -> _Raw:
    name = str(collection.get("name", ""))
    columns: list[Column] = []
    harmless: list[str] = []
    primary: list[str] = []
    links: list[Link] = []
    identity = False
    for field in collection.get("fields") or ():
        meta = field.get("fides_meta") or {}
        column = _read_column(f"{store}.{name}", field, lost)
        if column is None:
            harmless.append(str(field.get("name", "")))
        else:
            columns.append(column)
        identity = identity or bool(meta.get("identity"))
        if meta.get("primary_key"):
            primary.append(str(field["name"]))
        for one in meta.get("references") or ():
            link, missed = _read_link(store, name, field, one, keys)
            links += [link] if link else []
            lost += [missed] if missed else []
    role: Role = "subject" if identity else "owned" if columns or links else "none"
    reason = "from a fideslang dataset"
    table = Table(store, name, role, tuple(primary), tuple(columns), harmless=tuple(harmless), reason=reason)
    return _Raw(table, tuple(links), identity)


def _read_column(place: str, field: Mapping[str, Any], lost: list[str]) -> Column | None:
    name = str(field.get("name", ""))
    categories = [str(one) for one in field.get("data_categories") or ()]
    if field.get("fields"):
        lost.append(f"{place}.{name}: nested fields are read as one value")
        categories += [str(one) for inner in field["fields"] for one in inner.get("data_categories") or ()]
    known = [found for one in categories if (found := from_fides(one))]
    if len(set(known)) > 1:
        lost.append(f"{place}.{name}: only the first of the categories {', '.join(categories)}")
    if any(one.startswith("user") and not from_fides(one) for one in categories):
        lost.append(f"{place}.{name}: the category {', '.join(categories)}")
    if not known:
        return None
    form = "json" if field.get("fields") else "plain"
    return Column(name, known[0], form, terms_of(known[0], name), reason=f"fideslang {categories[0]}")


def _read_link(
    store: str, name: str, field: Mapping[str, Any], reference: Mapping[str, Any], keys: Mapping[str, str]
) -> tuple[Link | None, str]:
    """A reference as a link from this table, and what of it a link does not say."""
    here = f"{store}.{name}.{field.get('name')}"
    target, _, column = str(reference.get("field", "")).rpartition(".")
    other = keys.get(str(reference.get("dataset", "")), str(reference.get("dataset", "")))
    if not target:
        return None, f"{here}: a reference without table and column"
    lost = (
        f"{here}: the direction of a reference, it is walked from here"
        if reference.get("direction") == "from"
        else ""
    )
    return Link(name, (str(field["name"]),), "=>", target, (column,), other if other != store else ""), lost


def _with_paths(raw: list[_Raw]) -> list[Table]:
    """Follow the references from every table to a person, the shortest way first."""
    by_place = {(one.table.store, one.table.name): one for one in raw}
    found = []
    for one in raw:
        links = () if one.identity else _shortest(one, by_place)
        paths = (
            (parse_path(" ; ".join(map(str, links)), reason="references of a fideslang dataset"),)
            if links
            else ()
        )
        table = one.table
        found.append(
            Table(
                table.store,
                table.name,
                table.role,
                table.key,
                table.columns,
                paths,
                harmless=table.harmless,
                reason=table.reason,
            )
        )
    return found


def _shortest(start: _Raw, by_place: Mapping[tuple[str, str], _Raw]) -> tuple[Link, ...]:
    queue: list[tuple[_Raw, tuple[Link, ...]]] = [(start, ())]
    seen = {(start.table.store, start.table.name)}
    while queue:
        here, way = queue.pop(0)
        for link in here.links:
            place = (link.store or here.table.store, link.target)
            there = by_place.get(place)
            if there is None or place in seen:
                continue
            if there.identity:
                return (*way, link)
            seen.add(place)
            queue.append((there, (*way, link)))
    return ()


def _yaml(value: Any, indent: int = 0) -> str:
    """YAML of plain values: block style, every text quoted as JSON, so that nothing is read as another type."""
    lines: list[str] = []
    _emit(value, indent, lines)
    return "\n".join(lines) + "\n"


def _emit(value: Any, indent: int, lines: list[str]) -> None:
    space = "  " * indent
    if isinstance(value, dict):
        for key, one in value.items():
            if isinstance(one, (dict, list)) and one:
                lines.append(f"{space}{key}:")
                _emit(one, indent + 1, lines)
            else:
                lines.append(f"{space}{key}: {json.dumps(one, ensure_ascii=False)}")
        return
    for one in value:
        if isinstance(one, dict) and one:
            start = len(lines)
            _emit(one, indent + 1, lines)
            lines[start] = f"{space}- {lines[start].lstrip()}"
        else:
            lines.append(f"{space}- {json.dumps(one, ensure_ascii=False)}")
