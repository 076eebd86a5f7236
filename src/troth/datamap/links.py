"""Steps between tables: declared keys, implied keys, shared natural values, members of JSON and lists."""

from __future__ import annotations

from collections.abc import Iterator

from troth.datamap.abroad import COUNTED, TENANCY, target_column, to_elsewhere
from troth.datamap.accounts import any_account
from troth.datamap.classify import numbers_mails
from troth.datamap.edge import PRICE, Claim, Edge, column_sense, edge, key_sense
from troth.datamap.inclusion import a_name, occurring
from troth.datamap.inner import Inner, distinct, inner_places, parts
from troth.datamap.logins import acting, login_of, made_by, not_of_staff, own_number
from troth.datamap.names import ends_with, plural, tokens, word_list
from troth.datamap.ours import of_house, own_login
from troth.datamap.person import BUYERS, NATURAL, Persons
from troth.datamap.polymorphic import TYPE_WORDS, labelled, labels_of
from troth.datamap.reach import FEW, known_there
from troth.datamap.sense import ID_WORDS, MINOR, PEOPLE, SELF, Sense
from troth.datamap.survey import LETTERS, NUMERIC, Place, Survey, comparable, key_of
from troth.datamap.values import ENOUGH, MOST, Verdict, is_email
from troth.model.datamap import Arrow, Condition
from troth.model.schema import Field, Relation

PARTY = frozenset({"principal", "party", "actor", "identity"})
VAGUE = frozenset(
    {
        "object",
        "target",
        "source",
        "external",
        "remote",
        "local",
        "public",
        "parent",
        "entity",
        "item",
        "resource",
        "reference",
    }
)


BELONGING = word_list("belonging")
NUMBERING = tuple(sorted(word_list("numbering")))
SORTED = frozenset(
    "group grouped order ordered sort sorted filter filtered split partition index".split()
)  # by no person
SHARE = 0.9  # share of the values that must occur where the sample alone speaks for a step
LONG = 4  # characters of a value that does not occur elsewhere by chance
TOKENS = frozenset({"key", "token", "sid", "hash"})  # what sessions are known by
PLAIN = frozenset({"id", "uuid", "guid", "oid"})  # what any table may call its own key
LISTS = 20  # values that are read as lists


def find_edges(survey: Survey, persons: Persons) -> list[Edge]:
    """Every step that keys, names and natural values suggest, in a stable order."""
    found: list[Edge] = []
    for place in survey.relations:
        declared = list(_declared(survey, place, persons))
        taken = {column for one in declared for column in one.link.columns}
        found += declared
        found += _twin_keys(survey, place, persons, taken)
        found += _same_token(survey, place)
        for field in survey.relations[place].fields:
            if field.name not in taken:
                found += _implied(survey, place, field, persons)
        found += _natural(survey, place, persons)
        found += _members(survey, place, persons)
        found += _party(survey, place, persons)
    return found


def _declared(survey: Survey, place: Place, persons: Persons) -> Iterator[Edge]:
    for key in survey.relations[place].foreign:
        there = Place(place.store, key.relation)
        if there not in survey.relations:
            continue
        target = key.target or key_of(survey.relations[there])
        if len(target) != len(key.columns):
            continue
        claim = Claim(
            _sense(survey, place, key.columns, there, persons), "declared foreign key", _minor(key.columns)
        )
        yield edge((place, key.columns), "->", (there, target), claim)


def _sense(survey: Survey, place: Place, columns: tuple[str, ...], there: Place, persons: Persons) -> Sense:
    if there == place:
        return "self"
    if there in persons.tables or there in persons.staff or is_party(survey, there):
        sense = key_sense(survey, place, columns)
        return "staff" if there in persons.staff and sense == "owner" else sense
    return "part"


def _minor(columns: tuple[str, ...]) -> float:
    return 2.0 if any(MINOR & set(tokens(one)) for one in columns) else 0.0


def _twin_keys(survey: Survey, place: Place, persons: Persons, taken: set[str]) -> Iterator[Edge]:
    """A shadow table has the keys of its original, undeclared; rows move together, so they lead to twins."""
    original = survey.twins.get(place)
    if original is None:
        return
    twins = {base: twin for twin, base in survey.twins.items() if twin.store == place.store}
    for one in _declared(survey, original, persons):
        if set(one.link.columns) & taken or not all(
            survey.relations[place].field(name) for name in one.link.columns
        ):
            continue
        there = twins.get(one.target, one.target)
        taken.update(one.link.columns)
        yield edge(
            (place, one.link.columns),
            "=>",
            (there, one.link.target_columns),
            Claim(one.sense, f"as in {original.table}", PRICE["->"] - PRICE["=>"]),
        )


def _points_to(survey: Survey, place: Place, persons: Persons) -> bool:
    """Whether another column than the key is a declared key to a person: the identities of a mail user are numbered apart."""
    relation, own = survey.relations[place], key_of(survey.relations[place])
    people = persons.of(place.store)
    declared = any(
        one.relation == there.table and one.columns != own for one in relation.foreign for there in people
    )
    nouns = {(survey.words[there][-1], "id") for there in people}
    return declared or any(tokens(one.name) in nouns and (one.name,) != own for one in relation.fields)


def _clients(survey: Survey, persons: Persons) -> bool:
    """Whether the persons are called clients."""
    return any(survey.words[one][-1:] == ("client",) for one in persons.tables)


def _same_token(survey: Survey, place: Place) -> Iterator[Edge]:
    """Rows that are known by a key alone, such as sessions, where another table has the same key once with more beside it."""
    relation = survey.relations[place]
    own = relation.field(relation.key[0]) if len(relation.key) == 1 and not relation.foreign else None
    if (
        own is None
        or own.kind not in LETTERS
        or len(tokens(own.name)) < 2
        or tokens(own.name)[-1] not in TOKENS
    ):
        return
    for there, other in survey.relations.items():
        field = other.field(own.name)
        if (
            there.store == place.store
            and there != place
            and there not in survey.twins
            and field is not None
            and other.foreign
            and other.identifies((own.name,))
            and comparable(own, field)
        ):
            claim = Claim("part", f"the same key as in {there.table}", 0.5, 0.6)
            yield edge((place, (own.name,)), "=>", (there, (own.name,)), claim)


def _implied(survey: Survey, place: Place, field: Field, persons: Persons) -> Iterator[Edge]:
    """The step that the name of one column implies."""
    words = tokens(field.name)
    if not words or field.kind not in LETTERS | NUMERIC or field.kind == "number":
        return
    marked, stem = _stem(words)
    if not marked and _key_elsewhere(survey, words, persons):
        marked, stem = True, words[:-1]
    if there := _same_key(survey, place, field, persons):
        yield from _to_table(survey, place, field, there, persons)
        return
    if holds_many(field, survey.verdicts[place][field.name]) or (
        plural(field.name) and (field.kind in NUMERIC or marked)
    ):
        return  # lists, and how many there are
    relation = survey.relations[place]
    if words == ("client", "id") and survey.having(place, "secret") and not _clients(survey, persons):
        return  # an OAuth client (RFC 6749 section 2.2), which is a program
    itself = SELF & set(stem) and (marked or stem[-1] in SELF)
    if (itself or (marked and made_by(survey, place, field, stem))) and field.kind in NUMERIC | {"uuid"}:
        key = key_of(relation)
        if key and field.name not in key:
            yield edge(
                (place, (field.name,)),
                "=>",
                (place, key[:1]),
                Claim("self", "the name says it points into its own table"),
            )
        return
    if own_number(survey, place, field, stem, marked=marked):
        return
    bare = not marked and field.kind in NUMERIC
    there = _table_named(survey, place, stem, whole=not marked) if marked or bare else None
    several = len(any_account(survey, persons, place, field)) > 1
    if there and there != place and not several:
        yield from _to_table(survey, place, field, there, persons)
    elif (
        several
        or (marked and stem[-1] in PEOPLE | TENANCY)
        or (_role_word(survey, place, stem) and not _something_else(survey, place, field))
    ):
        yield from _to_person(survey, place, field, stem, persons)


def _key_elsewhere(survey: Survey, words: tuple[str, ...], persons: Persons) -> bool:
    """Whether a number (`customer_no`) names one row of the table that the words before it name, or one person."""
    return len(words) > 1 and words[-1] in COUNTED and any(
        (one[-1:] == words[-2:-1] or place in persons.tables)
        and any(
            tokens(field.name) == words and survey.relations[place].identifies((field.name,))
            for field in survey.relations[place].fields
        )
        for place, one in survey.words.items()
    )  # fmt: skip


def _same_key(survey: Survey, place: Place, field: Field, persons: Persons) -> Place | None:
    """The table of persons of the store whose key has this very name, where the name is one word of its own (`uid`)."""
    words = tokens(field.name)
    if len(words) > 1 or not words[0].endswith("id") or words[0] in PLAIN or place in persons.tables:
        return None
    found = [
        one
        for one in persons.of(place.store)
        if one not in survey.twins
        and [tokens(name) for name in survey.relations[one].key] == [words]
        and (target := survey.relations[one].field(survey.relations[one].key[0]))
        and comparable(field, target)
    ]
    return found[0] if len(found) == 1 else None


def _stem(words: tuple[str, ...]) -> tuple[bool, tuple[str, ...]]:
    """Whether a name ends in a word for a number, and the words before it ("用户编号" numbers a 用户)."""
    if len(words) > 1 and (words[-1] in ID_WORDS or words[-1] in NUMBERING):
        return True, words[:-1]
    for end in NUMBERING:
        if words[-1].endswith(end) and words[-1] != end:
            return True, (*words[:-1], words[-1].removesuffix(end))
    return False, words


def _role_word(survey: Survey, place: Place, stem: tuple[str, ...]) -> bool:
    """Whether a name without "id" is a role of people: alone, with "by", or behind the table's own name."""
    if stem[-1] == "by":
        return not (len(stem) > 1 and stem[-2] in SORTED)
    if stem[-1] not in PEOPLE | {"account"}:
        return False
    return len(stem) == 1 or (
        len(stem) == 2
        and stem[0] in BELONGING | {*survey.words[place], "current", "original", "project", "ticket"}
    )


def _something_else(survey: Survey, place: Place, field: Field) -> bool:
    """Whether a text named like a role is known to be no name of anybody: the referrer of a page view is a page."""
    guess = survey.guesses[place].get(field.name)
    return field.kind == "text" and guess is not None and guess.category == "web"


def _table_named(survey: Survey, place: Place, stem: tuple[str, ...], *, whole: bool) -> Place | None:
    """The table that the words before the id name: the longest ending of them that is a table's name."""
    if not whole and stem[-1] in VAGUE and len(stem) == 1:
        return None
    if not whole and len(stem) > 1 and (part := _own_part(survey, place, stem[-1])):
        return part
    for start in range(len(stem) if not whole else 1):
        if found := survey.named(place.store, stem[start:]):
            return _twin_near(survey, place, found)
    head = stem[-1:]
    if whole or head[0] in VAGUE:
        return None
    ending = [
        one
        for one, words in survey.words.items()
        if one.store == place.store
        and ends_with(words, stem)
        and len(words) == len(stem) + 1
        and one not in survey.twins
        and survey.named(place.store, words[:1]) is None
    ]  # "auth_user" may be meant by user_id, "group_member" not by member_id
    return _twin_near(survey, place, ending[0]) if len(ending) == 1 else None


def _own_part(survey: Survey, place: Place, noun: str) -> Place | None:
    """The table of a row's own parts, called after both and pointing back: `user.default_email_id` is of `user_email`."""
    part = survey.named(place.store, (*survey.words[place], noun)) if survey.words[place] else None
    if part is None or part == place:
        return None
    back = (*survey.words[place][-1:], "id")
    return part if any(tokens(one.name)[-2:] == back for one in survey.relations[part].fields) else None


def _twin_near(survey: Survey, place: Place, there: Place) -> Place:
    """Rows of a shadow table point to rows that were moved with them."""
    if place not in survey.twins:
        return there
    return next((twin for twin, base in survey.twins.items() if base == there), there)


def _to_table(survey: Survey, place: Place, field: Field, there: Place, persons: Persons) -> Iterator[Edge]:
    relation, target = survey.relations[place], survey.relations[there]
    sense = _sense(survey, place, (field.name,), there, persons)
    if len(target.key) > 1 and (pair := _tuple_key(relation, field, target)):
        yield edge(
            (place, pair),
            "=>",
            (there, target.key),
            Claim(sense, f"all key columns of {there.table} stand here"),
        )
        return
    column = target_column(field, target)
    if column is None:
        return
    claim = Claim(sense, f"named after {there.table}", _minor((field.name,)))
    yield edge((place, (field.name,)), "=>", (there, (column,)), claim)


def _tuple_key(relation: Relation, field: Field, target: Relation) -> tuple[str, ...] | None:
    """The columns that hold the whole composite key of the target; the id part may carry the table's name."""
    found = []
    for name in target.key:
        part = target.field(name)
        meant = len(tokens(field.name)) > 1 and tokens(field.name)[-1:] == tokens(name)
        own = field if meant else relation.field(name)
        if part is None or own is None or not comparable(own, part):
            return None
        found.append(own.name)
    return tuple(found) if field.name in found and len(set(found)) == len(found) else None


def _to_person(
    survey: Survey, place: Place, field: Field, stem: tuple[str, ...], persons: Persons
) -> Iterator[Edge]:
    """A column named after a role of people: to the person of its store, of another, or of one nobody named."""
    near = [one for one in persons.of(place.store) if one not in survey.twins and one not in persons.natural]
    if place in near[:1] or (near and place in persons.tables and stem[-1] == survey.words[place][-1]):
        if place in near and stem[-1] != survey.words[place][-1]:
            yield from _account_of(survey, place, field, stem, persons)
        return
    named_only = stem == tokens(field.name) and field.kind == "text"
    if not named_only and (who := acting(survey, place, field, near[:1], persons.staff)):
        if column := target_column(field, survey.relations[who]):
            claim = Claim("staff", f"what nobody of {near[0].table} does, who never sign in")
            yield edge((place, (field.name,)), "=>", (who, (column,)), claim)
        return
    met = [login_of(survey, place, field, one) for one in near[:1] if stem[-1] not in BUYERS]
    for there in [*_parties(survey, place, stem), *met, *near]:
        key = [survey.relations[there].field(name) for name in key_of(survey.relations[there])]
        if named_only and not any(one and one.kind in LETTERS for one in key):
            break  # a bare "user" as text is a login, not a number
        column = target_column(field, survey.relations[there])
        if column and there != place:
            claim = Claim(
                _sense(survey, place, (field.name,), there, persons),
                "named after a role of persons",
                _minor((field.name,)),
                conditions=not_of_staff(survey, place, field, there, persons.staff),
            )
            yield edge((place, (field.name,)), "=>", (there, (column,)), claim)
            if (
                survey.words[there][-1:] != stem[-1:]
            ):  # accounts here, and the customer may be one of another store
                yield from _account_of(survey, place, field, stem, persons)
            return
    if near and field.kind in LETTERS:
        yield from _by_login(survey, place, field, near, persons)
        return
    if not near and field.kind in LETTERS | NUMERIC and not _by_text(survey, place, field, persons):
        yield from to_elsewhere(survey, place, field, stem, persons)


def _account_of(
    survey: Survey, place: Place, field: Field, stem: tuple[str, ...], persons: Persons
) -> Iterator[Edge]:
    """The accounts of one store that name the persons of another by number: billing accounts with a customer's id."""
    people = [one for one in persons.tables if one.store != place.store and survey.words[one] == stem[-1:]]
    for there in people[:1]:
        if column := target_column(field, survey.relations[there]):
            claim = Claim("owner", f"id of a {stem[-1]} of the store {there.store}", 0.0, 0.7)
            yield edge((place, (field.name,)), "=>", (there, (column,)), claim)


def _by_text(survey: Survey, place: Place, field: Field, persons: Persons) -> bool:
    """Whether the store names its persons by a text of their own, so that nobody is sought elsewhere."""
    return any(one.store == place.store for one in persons.natural) or field.name in survey.strong(place)


def _parties(survey: Survey, place: Place, stem: tuple[str, ...]) -> list[Place]:
    """Members and actors point to the table of parties (principals), where there is one."""
    if stem[-1] not in {"member", "actor", "principal", "party"} or survey.words[place][-1] in PARTY:
        return []
    return [
        one
        for one, words in survey.words.items()
        if one.store == place.store and words and words[-1] in PARTY and len(words) == 1
    ]


def _by_login(
    survey: Survey, place: Place, field: Field, near: list[Place], persons: Persons
) -> Iterator[Edge]:
    if a_name(survey, place, field) or own_login(survey.relations[place], field):
        return
    for there in near:
        if names := survey.having(there, "ident.username"):
            found = occurring(survey, (place, field.name), (there, names[0]))
            if found is not None and found < 0.2:
                continue
            claim = Claim(
                _sense(survey, place, (field.name,), there, persons),
                "named after a role of persons, holds text",
                0.5,
                0.55,
            )
            yield edge((place, (field.name,)), "~>", (there, (names[0],)), claim)
            return


def _natural(survey: Survey, place: Place, persons: Persons) -> Iterator[Edge]:
    """E-mail or login text that repeats in another table."""
    subjects = [one for one in persons.tables if one not in survey.twins]
    here = [one for one in subjects if one.store == place.store]
    if place in subjects:
        here, subjects = [], [one for one in subjects[:1] if one.store != place.store]
    for category in NATURAL:
        for name in survey.strong(place):
            if survey.guesses[place][name].category != category:
                continue
            field = survey.relations[place].field(name)
            if (
                field is None
                or field.kind not in LETTERS
                or survey.guesses[place][name].form not in {"plain", "copy"}
                or of_house(survey, place, field)
            ):
                continue
            for there in here or subjects:
                if column := _same_natural(survey, there, name, category, persons):
                    extra = 0.0 if there.store == place.store else 1.0
                    claim = Claim(
                        column_sense(survey, place, name),
                        f"the same {category.split('.')[1]} text as in {there.table}",
                        extra,
                    )
                    yield edge((place, (name,)), "~>", (there, (column,)), claim)
                    break


def _same_natural(survey: Survey, there: Place, name: str, category: str, persons: Persons) -> str | None:
    if there in persons.natural:
        own = persons.natural[there]
        return own if own in survey.having(there, category) else None
    same = [one for one in survey.having(there, category) if survey.guesses[there][one].form == "plain"]
    return next((one for one in same if one == name), same[0] if same else None)


def _members(survey: Survey, place: Place, persons: Persons) -> Iterator[Edge]:
    """Members of JSON values that name a person, and lists of addresses, logins or ids."""
    subjects = [one for one in persons.of(place.store) if one not in survey.twins and one != place]
    for field in survey.relations[place].fields if subjects else ():
        if not numbers_mails(field) and holds_many(field, survey.verdicts[place][field.name]):
            yield from _inside(survey, place, field, subjects)


def holds_many(field: Field, verdict: Verdict) -> bool:
    """Whether the values of a column are JSON, arrays or lists, which are never equal to a key as they are."""
    if field.kind not in {"json", "text", "array"} or not field.samples:
        return False
    return field.kind != "text" or verdict.form == "json" or bool(verdict.listed) or _separated(field)


def _separated(field: Field) -> bool:
    """Whether the values are lists with something between: several short members without blanks in most of them."""
    texts = distinct(field.samples)
    lists = [parts(one) for one in texts[:LISTS]]
    if len(texts) < FEW or not all(one and all(" " not in part for part in one) for one in lists):
        return False
    return sum(len(one) > 1 for one in lists) * 2 > len(lists)


def _inside(survey: Survey, place: Place, field: Field, subjects: list[Place]) -> Iterator[Edge]:
    for one in inner_places(field.samples):
        name = one.name or field.name
        for there in subjects:
            if found := _member_target(survey, there, one, tokens(name)):
                column, arrow, reason = found
                sense = column_sense(survey, place, name)
                said = f"{f'member {one.name}' if one.name else 'the members'} of the values{reason}"
                claim = Claim(sense, said, 1.0, 0.7, inside=one.inside)
                yield edge((place, (field.name,)), arrow, (there, (column,)), claim)
                break


def _member_target(
    survey: Survey, there: Place, one: Inner, words: tuple[str, ...]
) -> tuple[str, Arrow, str] | None:
    """The column of the person table that a member means, the arrow, and what of its values speaks for it."""
    addresses = sum(map(is_email, one.values))
    mostly = len(one.values) >= ENOUGH and addresses >= MOST * len(one.values)
    if mostly and (same := survey.having(there, "contact.email")):
        return same[0], "~>", ", which are addresses"
    target, key = survey.relations[there], key_of(survey.relations[there])
    for category in NATURAL:
        noun = category.split(".")[1]
        said = noun in words or "".join(words) == noun
        columns = survey.having(there, category)
        if (
            said
            and columns
            and not (category == "contact.email" and len(one.values) >= ENOUGH and not addresses)
        ):
            return columns[0], "~>", ""
        if columns and _occur(target, columns[0], one.values):
            return columns[0], "~>", f", which occur in {there.table}.{columns[0]}"
    stem = words[:-1] if words[-1:] in {("id",), ("uuid",)} else words
    near = {*survey.words[there][-1:], "user", "customer"}
    if (
        len(key) == 1
        and stem
        and stem != words
        and stem[-1] in near
        and _possible(target, key[0], one.values)
    ):
        return key[0], "=>", ""
    if len(key) == 1 and stem and stem[-1] in PEOPLE and _occur(target, key[0], one.values, least=1):
        return key[0], "=>", f", which occur in {there.table}.{key[0]}"
    return None


def _occur(target: Relation, column: str, values: tuple[str, ...], least: int = LONG) -> bool:
    """Whether sampled values that are not too short occur in a column, as far as its sample can tell."""
    told = {one.casefold() for one in values if len(one) >= least}
    far = known_there(target, column, len(told))
    return far is not None and len(told) >= FEW and len(told & far) >= SHARE * len(told)


def _possible(target: Relation, column: str, values: tuple[str, ...]) -> bool:
    """Whether the samples do not speak against it."""
    far = known_there(target, column, len(values))
    return far is None or len(values) < FEW or any(one.casefold() in far for one in values)


def _party(survey: Survey, place: Place, persons: Persons) -> Iterator[Edge]:
    """A table of parties shares its ids with the table of persons (class-table inheritance)."""
    relation = survey.relations[place]
    if (
        survey.words[place][-1:]
        and survey.words[place][-1] in PARTY
        and len(key_of(relation)) == 1
        and place not in persons.tables
        and not _points_to(survey, place, persons)
    ):
        for there in persons.of(place.store)[:1]:
            own, column = relation.field(key_of(relation)[0]), key_of(survey.relations[there])
            if (
                own
                and len(column) == 1
                and (target := survey.relations[there].field(column[0]))
                and comparable(own, target)
            ):
                yield edge(
                    (place, key_of(relation)),
                    "=>",
                    (there, column),
                    Claim(
                        "owner",
                        "parties share their id with persons",
                        conditions=_of_type(survey, place, there),
                    ),
                )


def _of_type(survey: Survey, place: Place, there: Place) -> tuple[Condition, ...]:
    """Which parties are persons, where a type column tells: groups number themselves among parties, too."""
    for field in survey.relations[place].fields:
        if field.kind == "text" and TYPE_WORDS & set(tokens(field.name)[-1:]):
            labels = [one for one in labels_of(field) if labelled(survey, place, one, second=True) == there]
            if labels:
                return (Condition(field.name, tuple(labels)),)
    return ()


def is_party(survey: Survey, place: Place) -> bool:
    """Whether a table is one of parties (principals), which share their numbers with persons."""
    words = survey.words.get(place, ())
    return len(words) == 1 and words[0] in PARTY
