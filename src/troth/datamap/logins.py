"""Whom a number called "user" means: nobody where it is the row's own, a login, a customer, or one of the staff."""

from __future__ import annotations

from troth.datamap.names import ends_with, tokens
from troth.datamap.sense import sense_of
from troth.datamap.survey import Place, Survey, comparable, key_of
from troth.model.datamap import Condition
from troth.model.schema import Field, Relation

LOGINS = frozenset({"user", "login", "account", "member", "yonghu", "用户"})
STAFF = frozenset({"admin", "staff", "employee", "operator", "administrator"})
INVITING = frozenset({"inviter", "inviting", "invited"})
SENDING = frozenset({"sender", "sending"})
NO = ("0", "false")  # how the databases write no
FEWEST = 3  # different numbers from which a sample tells two tables apart


def own_number(survey: Survey, place: Place, field: Field, stem: tuple[str, ...], *, marked: bool) -> bool:
    """Whether a key numbers the rows of its own table, so that it points to nobody, whatever its name says.

    The database counts it, or the table is called like it (`panel_user.user_id`) and no other table is.
    """
    if key_of(survey.relations[place]) != (field.name,):
        return False
    words = survey.words[place]
    called = stem == words or (ends_with(words, stem) and survey.named(place.store, stem) is None)
    return field.counted or not marked or called


def made_by(survey: Survey, place: Place, field: Field, stem: tuple[str, ...]) -> bool:
    """Whether a column names a row of its own table by the whole name of the table: a user who made a user."""
    own = key_of(survey.relations[place])
    return len(stem) > 1 and stem == survey.words[place] and own != (field.name,) and len(own) == 1


def signs_in(survey: Survey, place: Place, person: Place) -> Field | None:
    """The column by which a row of a table of logins names the person who signs in by it; None where it is no such table."""
    relation = survey.relations[place]
    if place == person or place in survey.twins or survey.words[place][-1:] == survey.words[person][-1:]:
        return None
    if not LOGINS & set(survey.words[place][-1:]) or len(key_of(relation)) != 1:
        return None
    return pointer(relation, survey.words[person][-1], person)


def pointer(relation: Relation, noun: str, person: Place) -> Field | None:
    """The column of a table that names a row of the table of persons, declared or by its name."""
    for field in relation.fields:
        declared = any(field.name in one.columns and one.relation == person.table for one in relation.foreign)
        if (declared or tokens(field.name)[-2:] == (noun, "id")) and relation.key != (field.name,):
            return field
    return None


def login_of(survey: Survey, place: Place, field: Field, person: Place) -> Place:
    """The table that a role of people means by a number: the person's, or that of the logins where rows say so.

    A sender may be a customer or the user by whom a customer signs in, and both are counted from one on. It is the user where
    only there all sampled numbers occur, or where the row names such a user beside.
    """
    for there, relation in survey.relations.items():
        if there.store != place.store or there == place or signs_in(survey, there, person) is None:
            continue
        key = relation.field(key_of(relation)[0])
        if key is None or not comparable(field, key):
            continue
        values = {str(one) for one in field.samples if one not in (None, 0, "", "0")}
        if values - {str(one) for one in key.samples} and relation.exact:
            continue
        known = survey.relations[person].field(key_of(survey.relations[person])[0])
        missing = known is not None and values - {str(one) for one in known.samples}
        named = any(tokens(one.name)[:-1] == survey.words[there] for one in survey.relations[place].fields)
        if named or (missing and len(values) >= FEWEST and survey.relations[person].exact and relation.exact):
            return there
    return person


def acting(
    survey: Survey, place: Place, field: Field, near: list[Place], staff: tuple[Place, ...]
) -> Place | None:
    """The table of staff that a role of people means, where the persons never sign in: who wrote, invited or changed a row.

    Who sends may be one of either, and is one of the staff where that is what all numbers say and the row is no message.
    """
    words = tokens(field.name)
    working = next((one for one in staff if one.store == place.store and survey.having(one, "secret")), None)
    if working is None or any(
        survey.having(one, kind) for one in near for kind in ("secret", "ident.username")
    ):
        return None
    if sense_of(words) in {"author", "audit", "staff"} or INVITING & set(words):
        return working
    key = survey.relations[working].field(next(iter(key_of(survey.relations[working])), ""))
    numbers = {str(one) for one in field.samples if one not in (None, 0, "", "0")}
    known = (
        {str(one) for one in key.samples} if key is not None and survey.relations[working].exact else set()
    )
    sends = bool(SENDING & set(words)) and survey.topic(place) != "message"
    return working if sends and numbers <= known else None


def by_login(survey: Survey, place: Place, person: Place) -> Field | None:
    """The column by which a table hangs on a person over the logins of the store; None where it does not."""
    for there in survey.relations:
        if there.store != place.store or there == place or signs_in(survey, there, person) is None:
            continue
        for field in survey.relations[place].fields:
            if tokens(field.name)[:-1] == survey.words[there]:
                return field
    return None


def not_of_staff(
    survey: Survey, place: Place, field: Field, person: Place, staff: tuple[Place, ...]
) -> tuple[Condition, ...]:
    """The condition under which a user is a customer, where staff are numbered apart and a flag says which is meant.

    Customer 1 and administrator 1 are two people: what the row beside `admin` says of the one must not go with the other.
    A flag that numbers of no member of the staff have says something else of the customer, such as who leads a group.
    """
    if tokens(field.name)[-2:-1] == survey.words[person][-1:]:
        return ()
    keys = {
        str(value)
        for one in staff
        if one.store == place.store and len(key := key_of(survey.relations[one])) == 1
        for value in getattr(survey.relations[one].field(key[0]), "samples", ())
    }
    for flag in survey.relations[place].fields:
        words = tokens(flag.name)
        if flag.kind != "boolean" or not STAFF & set(words[-1:]) or words[:-1] not in {(), ("is",)}:
            continue
        rows = zip(field.samples, flag.samples, strict=False)
        said = {str(value) for value, yes in rows if yes and value not in (None, 0, "", "0")}
        if keys and said <= keys:
            return (Condition(flag.name, NO),)
    return ()
