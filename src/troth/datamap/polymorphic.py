"""Links whose table depends on a second column: (object_type, object_id), (actor_id, type)."""

from __future__ import annotations

from collections.abc import Iterator

from troth.datamap.edge import Claim, Edge, column_sense, edge
from troth.datamap.names import ends_with, tokens
from troth.datamap.person import BUYERS, Persons
from troth.datamap.sense import PEOPLE
from troth.datamap.survey import LETTERS, NUMERIC, Place, Survey, comparable, eav, key_of
from troth.model.datamap import Condition
from troth.model.schema import Field, Relation

TYPE_WORDS = frozenset({"type", "kind", "class", "model", "domain"})
ANY_STEMS = frozenset(
    {
        "actor",
        "target",
        "object",
        "entity",
        "item",
        "subject",
        "resource",
        "owner",
        "reference",
        "public",
        "content",
        "principal",
    }
)
ANYBODY = frozenset({"principal", "party", "person", "people", "user", "member", "account"}) | BUYERS
MOST_LABELS = 60  # a column with more different values is no type column
ID_LAST = frozenset({"id", "uuid", "reference", "instance"})


def find_polymorphic(survey: Survey, persons: Persons) -> list[Edge]:
    """Every step that holds only for rows of one type.

    The tables are read from the values of the type column: the labels of an enumeration, a CHECK, or the
    sample. Where
    there are no values yet, a column named after people leads to the person, and content of any object may
    be a person's.
    """
    found: list[Edge] = []
    for place, relation in survey.relations.items():
        declared = {column for one in relation.foreign for column in one.columns}
        for ids, kind in typed_pairs(relation):
            if ids.name not in declared:
                found += _steps(survey, place, ids, kind, persons)
        for ids, kind in content_pairs(relation):
            found += _of_content(survey, place, ids, kind, persons)
    return found


def _of_content(survey: Survey, place: Place, ids: Field, kind: Field, persons: Persons) -> Iterator[Edge]:
    """The persons among objects of any content type: the type is a row of a table that names application and model."""
    keys = [one.relation for one in survey.relations[place].foreign if one.columns == (kind.name,)]
    types = survey.relations.get(Place(place.store, keys[0])) if len(keys) == 1 else None
    columns = [types.field(name) for name in ("id", "app_label", "model")] if types is not None else [None]
    if any(one is None for one in columns):
        return
    rows = zip(*(one.samples for one in columns if one is not None), strict=False)
    for number, label, model in rows:
        there = Place(place.store, f"{label}_{model}")
        if there in persons.tables:
            yield from named_edge(survey, (place, ids), (there, kind, (str(number),)), persons)


def typed_pairs(relation: Relation) -> Iterator[tuple[Field, Field]]:
    """Id columns with the column that says what they point to."""
    kinds = {
        tokens(one.name): one
        for one in relation.fields
        if one.kind in {"text", "integer"} and set(tokens(one.name)[-1:]) & TYPE_WORDS
    }
    for ids in relation.fields:
        words = tokens(ids.name)
        if not words or words[-1] not in ID_LAST or ids.kind not in LETTERS | NUMERIC:
            continue
        stem = words[:-1] if len(words) > 1 else words
        loose = (
            [("entity", "type"), ("object", "type"), ("type",), ("kind",), ("content", "type")]
            if stem[-1] in ANY_STEMS
            else [("domain",)]
            if stem == ("instance",)
            else []
        )
        wanted = [*((*stem, word) for word in sorted(TYPE_WORDS)), *loose]
        if (kind := next((kinds[one] for one in wanted if one in kinds), None)) and kind is not ids:
            yield ids, kind


def content_pairs(relation: Relation) -> Iterator[tuple[Field, Field]]:
    """Objects of any content type, as Django keeps them: the type is the number of a row."""
    kinds = [one for one in relation.fields if tokens(one.name) == ("content", "type", "id")]
    ids = [one for one in relation.fields if tokens(one.name) in {("object", "id"), ("object", "pk")}]
    yield from ((one, kind) for one in ids for kind in kinds)


def _steps(survey: Survey, place: Place, ids: Field, kind: Field, persons: Persons) -> Iterator[Edge]:
    if (
        ids.name in survey.relations[place].key
        and len(survey.relations[place].key) == 1
        and not _is_entity(ids)
    ):
        return
    labels = labels_of(kind)
    second = tokens(ids.name)[0] in {"target", "object", "resource"}
    by_table: dict[Place, list[str]] = {}
    for label in labels if len(labels) <= MOST_LABELS else ():
        if _idle(ids, kind, label):
            continue
        there = labelled(survey, place, label, second=second) or _a_person(
            survey, (place, ids), (kind, label), persons
        )
        if there:
            by_table.setdefault(there, []).append(label)
    for there, some in by_table.items():
        yield from named_edge(survey, (place, ids), (there, kind, tuple(some)), persons)
    if not by_table and kind.kind == "text":
        yield from _unknown(survey, place, ids, kind, persons)


def _a_person(
    survey: Survey, source: tuple[Place, Field], said: tuple[Field, str], persons: Persons
) -> Place | None:
    """The table of persons, where a label is a word for anybody, no table has its name, and the numbers are all persons'.

    A class of a program may stand above its table: a principal that is a row of `users`. Where staff have a table of their
    own nobody can tell whom such a word means.
    """
    (place, ids), (kind, label) = source, said
    near = [one for one in persons.of(place.store) if one not in survey.twins and one not in persons.natural]
    if (
        not ANYBODY & set(tokens(label)[-1:])
        or not near
        or any(one.store == place.store for one in persons.staff)
    ):
        return None
    key = key_of(survey.relations[near[0]])
    field = survey.relations[near[0]].field(key[0]) if len(key) == 1 else None
    if field is None or not survey.relations[near[0]].exact or len(ids.samples) != len(kind.samples):
        return None
    rows = zip(ids.samples, kind.samples, strict=True)
    numbers = {str(one) for one, word in rows if word == label and one not in (None, 0, "", "0")}
    return near[0] if numbers and numbers <= {str(one) for one in field.samples} else None


def labels_of(kind: Field) -> tuple[str, ...]:
    """The values that a type column takes: those that the database allows, else those of the sample."""
    return kind.labels or tuple(sorted({str(one) for one in kind.samples if isinstance(one, str)}))


def _idle(ids: Field, kind: Field, label: str) -> bool:
    """Whether sampled rows of a type point to nothing: their id is empty or zero."""
    if len(ids.samples) != len(kind.samples):
        return False
    rows = [one for one, said in zip(ids.samples, kind.samples, strict=True) if said == label]
    return bool(rows) and all(one in (None, 0, "", "0") for one in rows)


def _is_entity(ids: Field) -> bool:
    return tokens(ids.name)[0] in {"public", "entity"}


def labelled(survey: Survey, place: Place, label: str, *, second: bool) -> Place | None:
    """The table that a label names; in "UserProject" the actor is the first, the target the second."""
    words = tuple(word for word in tokens(label) if not word.isdigit())
    if not words:
        return None
    for start in range(len(words)):
        if not second and start and (first := survey.named(place.store, words[:1])):
            return first
        if found := survey.named(place.store, words[start:]):
            return found
    head = label.rpartition("-")[0]  # "Ticket-Role" is the role of a ticket
    if head and (found := labelled(survey, place, head, second=second)):
        return found
    ending = [
        one
        for one, own in survey.words.items()
        if one.store == place.store and ends_with(own, words[-1:]) and len(own) == 2
    ]
    return ending[0] if len(ending) == 1 else None


def named_edge(
    survey: Survey,
    source: tuple[Place, Field],
    target: tuple[Place, Field, tuple[str, ...]],
    persons: Persons,
) -> Iterator[Edge]:
    """The step from an id to the table that labels of a type column name; nothing where the two can not be compared.

    Args:
        survey: what is known of the stores.
        source: the table of the id, and its column.
        target: the table that is named, the type column, and the labels that name it.
        persons: the tables of persons.
    """
    (place, ids), (there, kind, labels) = source, target
    key = key_of(survey.relations[there])
    field = survey.relations[there].field(key[0]) if len(key) == 1 else None
    if field is None or there == place or not (comparable(ids, field) or _written(ids, field)):
        return
    sense = column_sense(survey, place, ids.name) if there in persons.tables else "part"
    sense = sense if sense == "author" else "owner" if there in persons.tables else "part"
    sense = "staff" if there in persons.staff else sense
    claim = Claim(sense, f"{kind.name} names {there.table}", 0.25, 0.85, (Condition(kind.name, labels),))
    yield edge((place, (ids.name,)), "=>", (there, key), claim)


def _written(ids: Field, key: Field) -> bool:
    """Whether an id that is a text, because it points to keys of several types, may be a whole number here."""
    seen = [str(one) for one in ids.samples if one]
    return ids.kind == "text" and key.kind == "integer" and (not seen or any(one.isdigit() for one in seen))


def _unknown(survey: Survey, place: Place, ids: Field, kind: Field, persons: Persons) -> Iterator[Edge]:
    """No value of the type column is known: people by name, other objects only where the table has content."""
    stem = tokens(ids.name)[:-1] or tokens(ids.name)
    personal = (stem[-1] in PEOPLE and stem[-1] != "owner") or tokens(kind.name)[0] == "entity"
    holds = bool(eav(survey.relations[place])) or survey.topic(place) in {
        "message",
        "content",
        "log",
        "preference",
        "payment",
    }
    content = any(
        tokens(one.name)[-1:] in {("content",), ("value",), ("body",)}
        for one in survey.relations[place].fields
    )
    if not personal and not holds and not content:
        return
    for there in [one for one in persons.of(place.store) if one not in survey.twins][:1]:
        key = key_of(survey.relations[there])
        field = survey.relations[there].field(key[0]) if len(key) == 1 else None
        if field and comparable(ids, field) and there != place:
            label = survey.words[there][-1].capitalize()
            claim = Claim(
                "owner",
                f"{kind.name} may name {there.table}; no value seen yet",
                0.5 if personal else 3.0,
                0.4,
                (Condition(kind.name, (label,)),),
            )
            yield edge((place, (ids.name,)), "=>", (there, key), claim)
