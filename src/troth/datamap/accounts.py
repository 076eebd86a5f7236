"""Numbers that may be of several tables of accounts: whose a token is when no key says it."""

from __future__ import annotations

from collections.abc import Iterator

from troth.datamap.logins import LOGINS, STAFF
from troth.datamap.names import ends_with, tokens
from troth.datamap.person import Persons
from troth.datamap.survey import NUMERIC, Place, Survey, comparable, key_of
from troth.model.schema import Field, Relation

_IDS = frozenset({"id", "no", "number", "uid"})


def any_account(survey: Survey, persons: Persons, place: Place, field: Field) -> tuple[Place, ...]:
    """The tables of accounts whose numbers the column of a secret may hold, persons first; empty where one is plain.

    A declared key, a table of that very name, and a flag of staff beside the number say which it is.
    """
    relation, words = survey.relations[place], tokens(field.name)
    stem = words[:-1] if words[-1:] and words[-1] in _IDS else words
    if field.kind not in NUMERIC or len(stem) != 1 or stem[0] not in LOGINS or relation.key == (field.name,):
        return ()
    if not survey.having(place, "secret") or survey.named(place.store, stem) is not None:
        return ()
    declared = any(field.name in one.columns for one in relation.foreign)
    flagged = any(STAFF & set(tokens(one.name)) for one in relation.fields)
    if declared or flagged or place in {*persons.tables, *persons.staff}:
        return ()
    near = [one for one in persons.of(place.store) if one not in survey.twins and one not in persons.natural]
    called = [
        one
        for one, said in sorted(survey.words.items())
        if one.store == place.store and len(said) == 2 and ends_with(said, stem) and one not in survey.twins
    ]
    staff = [one for one in persons.staff if one.store == place.store]
    found = [one for one in dict.fromkeys((*near, *called)) if one not in staff]
    held = [one for one in found if _holds(survey.relations[one], field, every=True)]
    held += [one for one in staff if _holds(survey.relations[one], field, every=False)]
    return tuple(one for one in held if one != place) if near else ()


def whose_secrets(survey: Survey, persons: Persons) -> Iterator[str]:
    """One question a table of secrets whose number may be of several tables of accounts."""
    for place, relation in sorted(survey.relations.items()):
        for field in relation.fields:
            found = any_account(survey, persons, place, field)
            if len(found) > 1:
                names = " or of ".join(one.table for one in found)
                yield (
                    f"whose is a row of {place.store}.{place.table}? {field.name} may be the number of a row of {names},"
                    f" and no key says which"
                )


def _holds(target: Relation, field: Field, *, every: bool) -> bool:
    """Whether a table may have the sampled numbers: all of them, or some. Without numbers it may."""
    key = key_of(target)
    own = target.field(key[0]) if len(key) == 1 else None
    if own is None or not comparable(field, own):
        return False
    values = {str(one) for one in field.samples if one not in (None, 0, "", "0")}
    known = {str(one) for one in own.samples}
    if not values or not known or not target.exact:
        return True
    return values <= known if every else bool(values & known)
