"""Links seen in values: a column whose sampled values all occur in the key of another table."""

from __future__ import annotations

import re
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import replace

from troth.datamap.edge import Claim, Edge, column_sense, edge
from troth.datamap.names import tokens
from troth.datamap.person import Persons
from troth.datamap.reach import reach
from troth.datamap.sense import ID_WORDS
from troth.datamap.survey import LETTERS, Place, Survey, comparable
from troth.model.schema import Field, Relation

FEW = 5  # distinct values below which agreement may be chance
FEWEST = 3  # distinct values that can speak against a step
SHARE = 0.9  # share of the values that must occur in a table that was read whole
HOUSE_ROWS = 4  # rows an address in which it is the house that writes
FIRST = 12  # values that decide whether the others are worth a look
TELLING = frozenset({"contact.email", "ident.username", "ident.id", "ident.official"})  # one person
DENSE = 4  # a key whose greatest number is at most so many times its rows is a counter
TOKEN = 12  # characters that a token has at least
_TOKEN = re.compile(r"(?!\d{4}-\d\d-\d\d)\S+")  # moments written as texts are alike by chance
PASSWORDS = frozenset(
    "password passwd pwd pass passwort kennwort passphrase mima mm 密码".split()
)  # a copy is no link
BIG = 1000  # numbers up to here are counters that occur in every table


def find_included(survey: Survey, persons: Persons, known: Iterable[Edge]) -> list[Edge]:
    """Steps between columns that no name joins, from sampled values alone.

    Whole numbers count only when they are too big to be counters; text only when it is longer than three
    characters.
    """
    joined = {(one.source, column) for one in known for column in one.link.columns}
    keys = _keys(survey, persons)
    found: list[Edge] = []
    for place, relation in survey.relations.items():
        for field in relation.fields:
            if (place, field.name) in joined or (len(relation.key) == 1 and field.name == relation.key[0]):
                continue
            found += _included(survey, place, field, keys, persons)
    return found


def refuted(survey: Survey, one: Edge) -> bool:
    """Whether the sample speaks against a step that only names suggest.

    The target was read whole and holds few of the values. Of addresses and logins it must hold none: many who are
    written to have no account.
    """
    if one.link.arrow == "~>" and one.target in survey.relations:
        if one.link.inside:
            found = reach(survey.relations[one.source], survey.relations[one.target], one.link)
            return one.link.inside == "array" and found is not None and not found.hits
        return len(one.link.columns) == 1 and _nobody(survey, one)
    if (
        one.link.arrow != "=>"
        or one.target not in survey.relations
        or len(one.link.columns) > 1
        or one.link.inside
    ):
        return False
    target = survey.relations[one.target]
    field, other = (
        survey.relations[one.source].field(one.link.columns[0]),
        target.field(one.link.target_columns[0]),
    )
    if field is None or other is None or not target.exact or not other.samples:
        return False
    rows = _rows_of(survey.relations[one.source], field, one)
    values = {str(value) for value in rows if value not in (None, 0, "", "0")}
    return len(values) >= FEWEST and len(values & {str(value) for value in other.samples}) < 0.2 * len(values)


def _nobody(survey: Survey, one: Edge) -> bool:
    source, target = (one.source, one.link.columns[0]), (one.target, one.link.target_columns[0])
    return occurring(survey, source, target) == 0.0 or _same_sender(survey, source, target)


def _same_sender(survey: Survey, source: tuple[Place, str], target: tuple[Place, str]) -> bool:
    """Whether all sampled rows have one address or two, which nobody has: the house that writes, beside whom it writes to.

    Two rows of three that a customer wrote have it by chance, and one row shows nothing.
    """
    (place, name), (there, column) = source, target
    field, other = survey.relations[place].field(name), survey.relations[there].field(column)
    if field is None or other is None or not survey.relations[there].exact:
        return False
    values, known = _texts(field), _texts(other)
    rows = sum(one not in (None, "") for one in field.samples)
    return (
        0 < len(values) < FEWEST
        and rows >= HOUSE_ROWS * len(values)
        and len(known) >= FEWEST
        and not values & known
    )


def occurring(survey: Survey, source: tuple[Place, str], target: tuple[Place, str]) -> float | None:
    """The share of the sampled values of a text column that occur in one of another table, whatever their case.

    None where the sample shows nothing: too few values, or the other table was not read whole.
    """
    (place, name), (there, column) = source, target
    field, other = survey.relations[place].field(name), survey.relations[there].field(column)
    if field is None or other is None or not survey.relations[there].exact:
        return None
    values, known = _texts(field), _texts(other)
    if len(values) < FEWEST or len(known) < FEWEST:
        return None
    return len(values & known) / len(values)


def a_name(survey: Survey, place: Place, field: Field) -> bool:
    """Whether a text named after a role of people is what they are called, or the program they use."""
    guess = survey.guesses[place].get(field.name)
    if _spaced(field) or (guess is not None and guess.category in {"contact.name", "device", "web"}):
        return True
    others = [tokens(one.name) for one in survey.relations[place].fields if one.name != field.name]
    words = tokens(field.name)
    if words[-1] == "agent" and any({"ip", "addr"} & set(one) for one in others):
        return True
    return any(one[: len(words)] == words and {"email", "mail"} & set(one[len(words) :]) for one in others)


def _spaced(field: Field) -> bool:
    """Whether most sampled values are several words, as no login is."""
    values = _texts(field)
    return len(values) >= FEWEST and sum(" " in one for one in values) * 2 > len(values)


def _texts(field: Field) -> set[str]:
    return {str(one).strip().lower() for one in field.samples if one not in (None, 0, "", "0")}


def confirmed(survey: Survey, one: Edge) -> Edge:
    """The edge with more confidence when the sample supports it."""
    if (
        one.target not in survey.relations
        or len(one.link.columns) > 1
        or one.link.arrow == "->"
        or one.link.inside
    ):
        return one
    field = survey.relations[one.source].field(one.link.columns[0])
    other = survey.relations[one.target].field(one.link.target_columns[0])
    if field is None or other is None:
        return one
    values = {
        str(value)
        for value in _rows_of(survey.relations[one.source], field, one)
        if value not in (None, 0, "")
    }
    if _serial(survey.relations[one.target], other) and ID_WORDS.isdisjoint(tokens(one.link.columns[0])[-1:]):
        return one  # any small number occurs in a key that counts its rows
    if len(values) < FEW or len(values & {str(value) for value in other.samples}) < SHARE * len(values):
        return one
    return replace(
        one,
        confidence=min(0.98, one.confidence + 0.15),
        reason=f"{one.reason}; the sampled values occur there",
    )


def _rows_of(relation: Relation, field: Field, one: Edge) -> list[object]:
    """The sampled values of the rows that take the step."""
    rows: list[object] = list(field.samples)
    for condition in one.link.conditions:
        kind = relation.field(condition.column)
        if kind is not None and len(kind.samples) == len(field.samples):
            rows = [
                value if str(label) in condition.values else None
                for value, label in zip(rows, kind.samples, strict=True)
            ]
    return rows


def _keys(survey: Survey, persons: Persons) -> dict[str, list[tuple[Place, str]]]:
    """Which key columns hold a value; natural columns of persons count as keys, names do not: many share one."""
    holders: dict[str, list[tuple[Place, str]]] = defaultdict(list)
    for place, relation in survey.relations.items():
        for field in relation.fields:
            natural = place in persons.tables and _natural(survey, place, field.name)
            telling = relation.identifies((field.name,)) and not _serial(relation, field)
            telling = telling or _tokens(survey, place, field)
            if place not in survey.twins and (telling or natural):
                for value in {str(one) for one in field.samples if _telling(one)}:
                    holders[value].append((place, field.name))
    return holders


def _tokens(survey: Survey, place: Place, field: Field) -> bool:
    """Whether a column holds long texts without blanks, no two alike: a token tells a row as a key does, declared or not."""
    guess, seen = survey.guesses[place].get(field.name), survey.verdicts[place][field.name]
    if field.kind != "text" or not survey.relations[place].exact or PASSWORDS & set(tokens(field.name)):
        return False
    if guess is not None and guess.category.partition(".")[0] in {"contact", "ident"}:
        return False
    if seen.category not in {"", "secret", "message"} or seen.form not in {"plain", "hash", "uuid"}:
        return False
    values = [str(one) for one in field.samples if one]
    return (
        len(values) >= FEW
        and len(set(values)) == len(values)
        and all(len(one) >= TOKEN and _TOKEN.fullmatch(one) is not None for one in values)
    )


def _serial(relation: Relation, field: Field) -> bool:
    """Whether a key counts its rows, so that any number occurs in it by chance."""
    numbers = [one for one in field.samples if isinstance(one, int)]
    return bool(numbers) and max(numbers) <= DENSE * max(relation.rows, len(numbers))


def _natural(survey: Survey, place: Place, column: str) -> bool:
    """Whether a column holds a natural value that tells one person from another."""
    return column in survey.strong(place) and survey.guesses[place][column].category in TELLING


def _spelled(survey: Survey, place: Place, column: str) -> bool:
    """Whether a column holds what people write in several ways, so that it is no key: a telephone number too."""
    guess = survey.guesses[place].get(column)
    phone = guess is not None and guess.category == "contact.phone"
    return _natural(survey, place, column) or phone


def _telling(value: object) -> bool:
    if isinstance(value, bool) or value is None:
        return False
    if isinstance(value, int):
        return value > BIG
    return not isinstance(value, (bytes, float, dict, list)) and len(str(value)) > 3


def _included(
    survey: Survey, place: Place, field: Field, keys: dict[str, list[tuple[Place, str]]], persons: Persons
) -> list[Edge]:
    first = [str(one) for one in field.samples[:: max(1, len(field.samples) // FIRST)] if _telling(one)]
    if sum(one in keys for one in first) * 3 < max(1, len(first)):
        return []
    values = {str(one) for one in field.samples if _telling(one)}
    if len(values) < FEW:
        return []
    hits: dict[tuple[Place, str], int] = defaultdict(int)
    for value in values:
        for holder in keys.get(value, ()):
            hits[holder] += 1
    found = []
    for (there, column), count in sorted(hits.items(), key=lambda pair: (-pair[1], pair[0])):
        target = survey.relations[there].field(column)
        whole = survey.relations[there].exact
        enough = count >= SHARE * len(values) if whole else count >= max(FEW, 0.3 * len(values))
        if there == place or target is None or not comparable(field, target) or not enough:
            continue
        natural = field.kind in LETTERS and _spelled(survey, there, column)
        sense = column_sense(survey, place, field.name) if there in persons.tables else "part"
        claim = Claim(
            sense, f"{count} of {len(values)} sampled values occur in {there.table}.{column}", 0.5, 0.75
        )
        found.append(
            edge(
                (place, (field.name,)),
                "~>" if natural or there.store != place.store else "=>",
                (there, (column,)),
                claim,
            )
        )
        break
    return found
