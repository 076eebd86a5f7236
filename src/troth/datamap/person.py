"""Which table IS the person: identity columns, how many tables point to it, and its name."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass

from troth.datamap.logins import by_login, pointer
from troth.datamap.names import tokens
from troth.datamap.survey import CASES, TIMES, Place, Survey, eav, key_of
from troth.model.errors import NotFound
from troth.model.schema import Relation

ENOUGH = 9.0  # points a table needs to be taken for the person
_STAFF = "staff employee operator admin administrator agent technician moderator oper yuangong"
STAFF = frozenset(_STAFF.split())
NOUNS = {
    "customer": 10, "user": 9, "client": 7, "person": 9, "people": 9, "subscriber": 8, "account": 6,
    "member": 6, "patient": 9,
    "student": 9, "registrant": 8, "contact": 6, "employee": 7, "staff": 6, "guest": 6, "visitor": 5,
    "lead": 5, "profile": 3,
    "individual": 8, "party": 4, "principal": 2, "shopper": 8, "buyer": 8, "tenant": 4, "kehu": 10,
    "yonghu": 9, "huiyuan": 9,
    "用户": 9, "客户": 10, "会员": 9, "operator": 5, "admin": 5, "administrator": 5, "agent": 5, "identity": 4,
    "owner": 5,
}  # fmt: skip
BUYERS = frozenset({"customer", "client", "kehu", "客户", "subscriber", "shopper", "patient", "student"})
IDENTITY = (
    "contact.email",
    "ident.username",
    "contact.name",
    "contact.phone",
    "ident.official",
    "ident.birthdate",
    "contact.address",
    "secret",
)
LINKING = ("user", "customer", "client", "account", "member", "person", "subscriber", "owner", "creator")
NATURAL = ("ident.username", "contact.email")
MAILS = frozenset({"email", "mail"})


@dataclass(frozen=True, slots=True)
class Persons:
    """The tables whose row is a person.

    Attributes:
        tables: subject tables with the points that speak for each, the main one first.
        staff: tables of the operator's own people.
        natural: for stores without such a table, the column by which its main table names the person.
        reasons: why, by table.
        questions: what a person should confirm.
    """

    tables: tuple[Place, ...]
    staff: tuple[Place, ...]
    natural: dict[Place, str]
    reasons: dict[Place, str]
    questions: tuple[str, ...]

    def mains(self) -> frozenset[Place]:
        """The main subject table of every store."""
        return frozenset(self.of(store)[0] for store in {one.store for one in self.tables})

    def of(self, store: str) -> tuple[Place, ...]:
        """The subject tables of one store, the main one first."""
        return tuple(one for one in self.tables if one.store == store)


def find_persons(survey: Survey, wanted: str | None = None) -> Persons:
    """Which tables hold the persons.

    Args:
        survey: the look at all tables.
        wanted: the table that the user names as the person ("accounts.customer", or the bare table name).

    Raises:
        NotFound: there is no table of the wanted name.
    """
    points = {place: _points(survey, place) for place in survey.relations}
    chosen = _wanted(survey, wanted) if wanted else None
    tables: list[Place] = []
    staff: list[Place] = []
    natural: dict[Place, str] = {}
    reasons: dict[Place, str] = {}
    questions: list[str] = []
    for store in sorted({place.store for place in survey.relations}):
        found = sorted(
            (one for one in points if one.store == store and points[one] >= ENOUGH),
            key=lambda one: (-points[one], one),
        )
        if chosen and chosen.store == store:
            found = [chosen, *(one for one in found if one != chosen)]
        before = len(staff)
        main, others = _told_apart(survey, found, staff, fixed=chosen)
        others += [one for one in _address_books(survey, main) if one not in others and one not in staff]
        tables += [*main, *others]
        questions += [
            f"are the people of {store}.{one.table} your own staff, apart from those of {store}.{main[0].table}?"
            for one in staff[before:]
            if not STAFF & set(survey.words[one])
        ]
        for one in [*main, *others]:
            reasons[one] = "you named it" if one == chosen else _why(survey, one)
        if (
            len(main) == 1
            and len(found) > 1
            and points[found[1]] > 0.85 * points[found[0]]
            and found[0] != chosen
            and found[1] in others
        ):
            questions.append(
                f"is {store}.{found[0].table} the person, or {store}.{found[1].table}? Both look like it"
            )
        if not main and (text := _natural(survey, store)):
            tables.append(text[0])
            natural[text[0]] = text[1]
            reasons[text[0]] = (
                f"no table of persons; {text[1]} names the person in {text[2]} tables and is defined here"
            )
            questions.append(f"is a person of {store} known only by the text in {text[0].table}.{text[1]}?")
    for place, original in survey.twins.items():
        if original in tables and place not in tables:
            tables.append(place)
            reasons[place] = f"keeps former rows of {original.table}"
    return Persons(tuple(tables), tuple(staff), natural, reasons, tuple(questions))


def _wanted(survey: Survey, wanted: str) -> Place:
    for place in survey.relations:
        if wanted in (f"{place.store}.{place.table}", place.table):
            return place
    # One server writes `Users`, another `users`: capitals tell tables apart only where two differ by nothing else.
    alike = [
        place
        for place in survey.relations
        if wanted.casefold() in (f"{place.store}.{place.table}".casefold(), place.table.casefold())
    ]
    if len(alike) == 1:
        return alike[0]
    raise NotFound(f"there is no table {wanted}", hint="name the person table as store.table")


def _points(survey: Survey, place: Place) -> float:
    """How much speaks for a table being the person; 0 when its name rules it out."""
    words = survey.words[place]
    if place in survey.twins or not words:
        return 0.0
    if survey.topic(place) not in {"person", "staff", ""}:
        return 0.0
    noun = NOUNS.get(words[-1], 0)
    identity = len({survey.guesses[place][name].category for name in survey.strong(place)} & set(IDENTITY))
    if not noun and identity < 3:
        return float(identity >= 2) * ENOUGH if _mail_identity(survey, place) else 0.0
    relation = survey.relations[place]
    extra = sum(
        1
        for word in words[:-1]
        if word in {"local", "nonlocal", "federated", "social", "external", "service", "bank", "email"}
    )
    return (
        noun
        + 2.0 * identity
        + min(_pointed_at(survey, place), 6)
        - 4.0 * extra
        - (0 if key_of(relation) else 3.0)
    )


def _mail_identity(survey: Survey, place: Place) -> bool:
    """A table of mail addresses, each with a name of its own, is a table of persons too."""
    return survey.words[place][-1] == "address" and bool(survey.having(place, "contact.email"))


def _pointed_at(survey: Survey, place: Place) -> int:
    head = survey.words[place][-1]
    count = 0
    for other, relation in survey.relations.items():
        if other.store != place.store or other == place:
            continue
        declared = any(one.relation == place.table for one in relation.foreign)
        count += declared or any(tokens(one.name)[-2:] == (head, "id") for one in relation.fields)
    return count


def _told_apart(
    survey: Survey, found: list[Place], staff: list[Place], *, fixed: Place | None
) -> tuple[list[Place], list[Place]]:
    """The main subject of a store and further ones; the operator's people go to `staff`, extensions nowhere."""
    if not found:
        return [], []
    people = [one for one in found if one == fixed or not STAFF & set(survey.words[one])]
    staff += [one for one in found if one not in people]
    if not people:
        staff[:] = [one for one in staff if one not in found]
        people = found
    buyers = [one for one in people if survey.words[one][-1] in BUYERS]
    logins = [one for one in people if survey.words[one][-1] in {"user", "yonghu", "用户"}]
    buyers = buyers or [one for one in people if logins and _opens_cases(survey, one)]
    if buyers and logins and fixed not in logins and not _linked(survey, buyers[0], logins[0]):
        staff.append(logins[0])
        people = [buyers[0], *(one for one in people if one not in {buyers[0], logins[0]})]
    main, rest = people[0], people[1:]
    return [main], [one for one in rest if _own_person(survey, one, main)]


def _opens_cases(survey: Survey, place: Place) -> bool:
    """Whether cases are of contacts and of no user: whoever signs in there works on them."""
    if survey.words[place][-1:] != ("contact",):
        return False
    for there, words in survey.words.items():
        if there.store == place.store and CASES & set(words[-1:]):
            ends = {tokens(one.name)[-2:] for one in survey.relations[there].fields}
            if ("contact", "id") in ends and ("user", "id") not in ends:
                return True
    return False


def _address_books(survey: Survey, main: list[Place]) -> list[Place]:
    """Tables that alone hold the addresses of the persons, several for each: by these the persons are found and written to."""
    if not main or survey.having(main[0], "contact.email"):
        return []
    return [
        one for one in survey.relations if one.store == main[0].store and _address_book(survey, one, main[0])
    ]


def _address_book(survey: Survey, place: Place, main: Place) -> bool:
    """Whether each row is an address of one person and nothing else, by the words of its name and by its columns."""
    words = set(survey.words[place]) - set(survey.words[main])
    strong = {survey.guesses[place][name].category for name in survey.strong(place)}
    key = pointer(survey.relations[place], survey.words[main][-1], main)
    return (
        place != main
        and place not in survey.twins
        and bool(words & MAILS)
        and words <= MAILS | {"address"}
        and "contact.email" in strong
        and strong <= {"contact.email", "secret"}
        and key is not None
        and not key.nullable
    )


def _linked(survey: Survey, one: Place, other: Place) -> bool:
    """Whether one of the two tables points to the other: users that belong to customers are their logins, not staff.

    So are users that belong to users of customers: the mailboxes of a panel.
    """
    if by_login(survey, other, one) is not None:
        return True
    for here, there in ((one, other), (other, one)):
        relation, words = survey.relations[here], survey.words[there]
        if any(key.relation == there.table for key in relation.foreign):
            return True
        if any(tokens(field.name)[-2:] == (words[-1], "id") for field in relation.fields):
            return True
    return False


def _own_person(survey: Survey, one: Place, main: Place) -> bool:
    """Whether a row can exist without a row of the main person table, so that it is a person of its own."""
    relation = survey.relations[one]
    if not survey.having(one, "contact.email") and not survey.having(one, "ident.username"):
        return False
    if (over := by_login(survey, one, main)) is not None:
        return over.nullable
    for field in relation.fields:
        declared = any(field.name in key.columns and key.relation == main.table for key in relation.foreign)
        implied = tokens(field.name)[-2:] == (survey.words[main][-1], "id")
        if declared or implied:
            return field.nullable
    return True


def _why(survey: Survey, place: Place) -> str:
    held = [name.replace(".", " ") for name in IDENTITY if survey.having(place, name)]
    pointing = _pointed_at(survey, place)
    return f"named {place.table}, holds {', '.join(held) or 'the key'}, {pointing} tables point to it"


def _natural(survey: Survey, store: str) -> tuple[Place, str, int] | None:
    """Without a table of persons: the login text that most tables repeat, and the table that defines it."""
    holders: Counter[str] = Counter()
    for place in survey.relations:
        if place.store == store and place not in survey.twins:
            holders.update(
                {
                    name
                    for category in NATURAL
                    for name in survey.having(place, category)[:1]
                    if name in survey.strong(place)
                }
            )
    if not holders:
        return None
    column, count = min(holders.items(), key=lambda pair: (-pair[1], pair[0]))
    if count < 3:
        return None
    defining = [
        one
        for one in survey.relations
        if one.store == store and one not in survey.twins and column in survey.strong(one)
    ]
    best = max(defining, key=lambda one: (_defines(survey, one, column), [-ord(char) for char in one.table]))
    return (best, column, count) if _defines(survey, best, column) > 0 else None


def _defines(survey: Survey, place: Place, column: str) -> float:
    """How much a table looks like the one where a login is set up: credentials, no events, little else."""
    relation: Relation = survey.relations[place]
    field = relation.field(column)
    if field is None or field.nullable or survey.topic(place) == "pool":
        return 0.0
    times = sum(one.kind in TIMES for one in relation.fields)
    credential = survey.topic(place) in {"credential", "person"} or bool(survey.having(place, "secret"))
    return (
        1.0
        + 3.0 * credential
        + 1.0 * bool(eav(relation))
        + 2.0 * relation.identifies((column,))
        - 2.0 * times
        - 0.1 * len(relation.fields)
    )
