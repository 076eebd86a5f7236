"""The rows that are the person: found by identity and by path, with the values that other rows point to them by."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace

from troth.enforcement.meaning import CATEGORIES, IDENTITIES, KINDS, NAME, asked, hints, kind_of, normal
from troth.enforcement.project import Node, Project
from troth.enforcement.within import addresses, holding
from troth.model.datamap import Column, Link, Path, Table
from troth.model.errors import TrothError, UnknownKind
from troth.model.outcome import Identity, Person, Reason
from troth.model.plan import Step
from troth.model.schema import Relation
from troth.stores.chain import field_of
from troth.stores.walk import Row, Value, Walk

_MANY = frozenset({"array", "json", "vector"})
"""The kinds of columns that hold several values."""
SHARED = "a row here has an address of the person that another account has too, so nobody knows whose it is"
"""Said of a table of persons that is left alone."""


@dataclass(frozen=True, slots=True)
class Anchor:
    """A row that is a person, or an account of theirs.

    Attributes:
        person: number of the person.
        key: its key.
        values: by column: the values that links point to, and those that identify.
    """

    person: int
    key: Row
    values: Mapping[str, Value] = field(repr=False)


@dataclass(slots=True)
class Anchors:
    """All of them, by table, and what is known of the persons besides; `changes` grows whenever `rows` change.

    `named` has, by table, the keys of the rows that each identity of a person names, `closed` the persons whose own rows of
    a table, or of all (None), were erased before: what an identity names there by now is a new customer. The rows of
    `spared` are known to be somebody else's.
    """

    people: tuple[Person, ...]
    rows: dict[Node, dict[tuple[int, Row], Anchor]] = field(default_factory=dict)
    named: dict[Node, dict[tuple[int, Identity], set[Row]]] = field(default_factory=dict)
    unasked: dict[Node, str] = field(default_factory=dict)
    changes: int = 0
    closed: frozenset[tuple[Node | None, int]] = frozenset()
    spared: frozenset[tuple[Node, Row]] = frozenset()

    def left(self, person: int, node: Node | None = None) -> bool:
        """Whether the rows that were the person are erased, in a table or everywhere."""
        return not self.closed.isdisjoint({(None, person), (node, person)})

    def _strange(self, node: Node, person: int, key: Row) -> bool:
        """Whether a row is that of a new customer, who has got what names the person."""
        return (node, key) in self.spared or (
            self.left(person, node) and (person, key) not in self.rows.get(node, {})
        )

    def add(self, node: Node, anchor: Anchor) -> bool:
        """Take up a row, unless it is a new customer's; says whether it is new."""
        if self._strange(node, anchor.person, anchor.key):
            return False
        rows = self.rows.setdefault(node, {})
        before = rows.get((anchor.person, anchor.key))
        if before != anchor:
            rows[anchor.person, anchor.key] = anchor
            self.changes += 1
        return before is None

    def name(self, node: Node, person: int, identity: Identity, key: Row) -> None:
        """Note that an identity names a row."""
        if not self._strange(node, person, key):
            self.named.setdefault(node, {}).setdefault((person, identity), set()).add(key)

    def leave(self, node: Node, person: int, keys: set[Row]) -> None:
        """Keep of the rows of a person in a table those of these keys only."""
        rows = self.rows.get(node, {})
        for one in [one for one in rows if one[0] == person and one[1] not in keys]:
            del rows[one]
            self.changes += 1

    def without(self, nodes: Collection[Node]) -> Anchors:
        """The same without the rows of some tables."""
        return replace(self, rows={node: rows for node, rows in self.rows.items() if node not in nodes})

    def all(self, node: Node) -> Iterable[Anchor]:
        """The rows of one table."""
        return self.rows.get(node, {}).values()

    def keys(self, node: Node) -> set[Row]:
        """The keys of the rows of one table."""
        return {key for _, key in self.rows.get(node, {})}

    def found(self) -> set[int]:
        """The persons of whom there is a row."""
        return {person for rows in self.rows.values() for person, _ in rows}

    def reasons(self) -> tuple[Reason, ...]:
        """The tables that could not be asked for these persons, and why."""
        return tuple(Reason(f"{store}.{name}", why) for (store, name), why in sorted(self.unasked.items()))


def loaded(project: Project, node: Node, steps: Iterable[Step]) -> tuple[str, ...]:
    """The columns of a table of persons whose values are needed: what links point to, what identifies, and names."""
    table = project.map.table(*node)
    relation = project.schemas[node[0]].relation(node[1])
    needed = {column.name for column in table.columns if column.category in IDENTITIES | {NAME}}
    needed.update(holding(table))
    for store, link in last_links(project, steps):
        if (link.store or store, link.target) == node:
            needed.update(link.target_columns)
            needed.update(one.column for one in link.conditions)
    return tuple(one.name for one in relation.fields if one.name in needed)


def last_links(project: Project, steps: Iterable[Step]) -> Iterator[tuple[str, Link]]:
    """The last link of every path, with the store it starts in."""
    paths = [(table.store, path) for table in project.map.tables for path in table.paths]
    paths += [(step.store, path) for step in steps for path in step.paths]
    for start, path in paths:
        store = start
        for link in path.links[:-1]:
            store = link.store or store
        yield store, path.links[-1]


def by_identity(project: Project, anchors: Anchors, columns: Mapping[Node, tuple[str, ...]]) -> None:
    """Find the rows of all persons by what identifies them.

    Several identities of one person name the account that has all of them: what others share does not count then.

    Raises:
        TrothError: no table of persons has a column of this kind, or a person's identities are of different accounts.
    """
    subjects = project.map.subjects()
    numbered = {
        number: meant_by(subjects, person.identities[0].kind)
        for number, person in enumerate(anchors.people)
        if len(person.identities) == 1 and person.identities[0].kind not in CATEGORIES
    }
    nested = list(_nested(project, anchors.people))
    for kind in dict.fromkeys(identity.kind for person in anchors.people for identity in person.identities):
        if not any(_columns(table, kind) for table in (*subjects, *nested)):
            hint = "use " + ", ".join(sorted(CATEGORIES)) + ", or the name of a column"
            raise UnknownKind(f"the data map has no column `{kind}` in a table of persons", hint=hint)
    for table in subjects:
        node = (table.store, table.name)
        if node in columns:
            for column, named in _named(table, anchors.people).items():
                meant = [one for one in named if table in numbered.get(one[0], subjects)]
                for identity, anchor in _matching(
                    project, table, column, meant if numbered else named, columns[node]
                ):
                    anchors.add(node, anchor)
                    anchors.name(node, anchor.person, identity, anchor.key)
    for table in nested:
        _by_name_below(project, anchors, table, columns)
    for table in subjects:
        _by_row_below(project, anchors, table, columns)
    _agree(project, anchors)
    for table in subjects:
        node = (table.store, table.name)
        if node in columns and not table.paths and not _named(table, anchors.people):
            _by_own_email(project, anchors, table, columns)


def meant_by(subjects: Sequence[Table], kind: str) -> tuple[Table, ...]:
    """The tables of persons that a column is looked for in, where it is all that is known of the person.

    The bare name of a key counts in every table anew, and means the table that the others hang on. Beside other identities
    it means the table in which they name the same row, which is found out later.

    Raises:
        TrothError: several tables that have the key hang on no other.
    """
    keyed = [table for table in subjects if table.key == (kind,)]
    if len(keyed) < 2:
        return tuple(subjects)
    first = [table for table in keyed if not table.paths]
    if len(first) == 1:
        return tuple(table for table in subjects if table not in keyed or table in first)
    places = [f"`{table.place}.{kind}`" for table in first or keyed]
    raise TrothError(
        f"`{kind}` numbers the rows of several tables of persons, and means somebody else in each",
        hint=f"say which: {', '.join(places[:-1])} or {places[-1]}",
    )


def _agree(project: Project, anchors: Anchors) -> None:
    """Leave of the accounts of each person those that all of the person's identities name, and of these only such as do.

    Raises:
        TrothError: there is no such account.
    """
    for number, person in enumerate(anchors.people):
        if len(person.identities) > 1 and (shared := _shared(project, anchors, number)):
            own = tuple(one for one in person.identities if one not in shared)
            for node, named in anchors.named.items():
                if project.map.table(*node).paths:
                    keys = [named[number, one] for one in own if (number, one) in named]
                    anchors.leave(node, number, set().union(*keys))
            people = list(anchors.people)
            people[number] = Person(own or _by_number(project, anchors, number))
            anchors.people = tuple(people)


def _shared(project: Project, anchors: Anchors, number: int) -> set[Identity]:
    """The identities of a person that other accounts have as well, whose rows are left then."""
    person, shared = anchors.people[number], set[Identity]()
    for node, named in anchors.named.items():
        found = {one: named[number, one] for one in person.identities if (number, one) in named}
        if not found or project.map.table(*node).paths:
            continue
        both = set.intersection(*found.values())
        if not both and _agreed(anchors, number):
            # A number is the key of one table of persons and means somebody else in the next one.
            numbers = {one for one in found if one.kind in project.map.table(*node).key}
            rest = [keys for one, keys in found.items() if one not in numbers]
            both = set.intersection(*rest) if rest else set()
            shared |= numbers
        if not both:
            kinds = " and ".join(f"`{kind}`" for kind in dict.fromkeys(one.kind for one in found))
            raise TrothError(
                f"the identities of the request ({kinds}) are of different accounts in {'.'.join(node)}",
                hint="name one person; make a request for each account",
            )
        anchors.leave(node, number, both)
        shared.update(one for one, keys in found.items() if keys - both)
    return shared


def _agreed(anchors: Anchors, number: int) -> bool:
    """Whether some table has a row that all identities of a person name."""
    wanted = anchors.people[number].identities
    return any(
        all((number, one) in named for one in wanted)
        and set.intersection(*(named[number, one] for one in wanted))
        for named in anchors.named.values()
    )


def _by_number(project: Project, anchors: Anchors, number: int) -> tuple[Identity, ...]:
    """The accounts of a person by their keys.

    Raises:
        TrothError: a key has several columns, or is none that can be written.
    """
    found = []
    for node in anchors.named:
        table = project.map.table(*node)
        for person, key in anchors.rows.get(node, {}) if not table.paths else ():
            if person == number:
                if len(key) > 1 or isinstance(key[0], bytes):
                    raise TrothError(
                        f"each identity of the request names several accounts in {table.place}",
                        hint="name the account by a column that only one has",
                    )
                found.append(Identity(f"{table.place}.{table.key[0]}", str(key[0])))
    return tuple(found)


def _columns(table: Table, kind: str) -> tuple[str, ...]:
    """The columns of a table that an identity of this kind names, also where an address stands inside of JSON only."""
    return asked(table, kind) or (holding(table) if kind == "email" else ())


def _named(table: Table, people: Iterable[Person]) -> dict[str, list[tuple[int, Identity]]]:
    """By column of a table of persons: who is named by a value of it."""
    found: dict[str, list[tuple[int, Identity]]] = {}
    columns: dict[str, tuple[str, ...]] = {}
    for number, person in enumerate(people):
        for identity in person.identities:
            kind = identity.kind
            if kind not in columns:
                columns[kind] = _columns(table, kind)
            for column in columns[kind]:
                found.setdefault(column, []).append((number, identity))
    return found


def _matching(
    project: Project, table: Table, column: str, named: list[tuple[int, Identity]], wanted: tuple[str, ...]
) -> Iterator[tuple[Identity, Anchor]]:
    """The rows whose column means one of the values, however either is spelled, with the identity that names each."""
    store = project.stores[table.store]
    want = (*table.key, *wanted)
    known = table.column(column)
    field = field_of(store.schema, table.name, column)
    if column in holding(table) and all(one[1].kind == "email" for one in named):
        yield from _within(project, table, column, named, wanted)
        return
    if field.kind in _MANY or (known is not None and known.form == "json"):
        return  # whose the addresses of a list are, nobody knows: they may be the contacts of the person
    if field.labels and field.kind == "text":
        named = [one for one in named if one[1].value.strip() in field.labels]
    if field.kind != "text":
        walk = Walk(table.name, fixed=(column,), want=want)
        for row in store.find(walk, [(identity.value.strip(),) for _, identity in named]):
            person, identity = named[number(row[0])]
            yield identity, _anchor(table, wanted, person, row[1:])
        return
    kind = kind_of(known.category) if known else "text"
    people: dict[str, dict[tuple[int, Identity], None]] = {}
    for one in named:
        people.setdefault(normal(kind, one[1].value), {})[one] = None
    people.pop("", None)
    for row in store.guess(Walk(table.name, fixed=(column,), want=want), hints(kind, people, whole=True)):
        for person, identity in people.get(normal(kind, row[-1]), ()):
            yield identity, _anchor(table, wanted, person, row[:-1])


def _within(
    project: Project, table: Table, column: str, named: list[tuple[int, Identity]], wanted: tuple[str, ...]
) -> Iterator[tuple[Identity, Anchor]]:
    """The rows in whose JSON one of the addresses stands as the account's own."""
    people: dict[str, dict[tuple[int, Identity], None]] = {}
    for one in named:
        people.setdefault(normal("email", one[1].value), {})[one] = None
    people.pop("", None)
    walk = Walk(table.name, fixed=(column,), want=(*table.key, *wanted))
    for row in project.stores[table.store].guess(walk, hints("email", people, whole=False)) if people else ():
        for plain in {normal("email", one) for one in addresses(row[-1])}:
            for person, identity in people.get(plain, ()):
                yield identity, _anchor(table, wanted, person, row[:-1])


def _anchor(table: Table, wanted: tuple[str, ...], person: int, row: Row) -> Anchor:
    width = len(table.key)
    return Anchor(person, row[:width], dict(zip(wanted, row[width:], strict=True)))


def _by_own_email(
    project: Project, anchors: Anchors, table: Table, columns: Mapping[Node, tuple[str, ...]]
) -> None:
    """Ask a table that knows none of the given identities by the e-mail address of the person's other rows.

    An address that another account shares names nobody for certain: where the table has a row of it, the table is left
    alone and named.
    """
    node = (table.store, table.name)
    named: list[tuple[int, Identity]] = []
    doubtful: list[tuple[int, Identity]] = []
    for other, rows in anchors.rows.items():
        for column in project.map.table(*other).columns:
            if column.category == "contact.email" and column.name in columns.get(other, ()):
                values = {(row.person, normal("email", row.values[column.name])) for row in rows.values()}
                taken = contested(project, anchors, (other, column.name), {value for _, value in values})
                for person, value in values:
                    if value:
                        (doubtful if value in taken else named).append((person, Identity("email", value)))
    named = [one for one in named if one not in doubtful]
    mails = [column.name for column in table.columns if column.category == "contact.email"]
    for column_name in mails:
        for _, anchor in _matching(project, table, column_name, sorted(named, key=str), columns[node]):
            anchors.add(node, anchor)
    shared: set[int] = set()
    for column_name in mails if doubtful else ():
        same = _matching(project, table, column_name, sorted(doubtful, key=str), columns[node])
        shared |= {anchor.person for _, anchor in same}
    sure = {person for person, _ in (*named, *doubtful)} - shared if mails else set()
    sure |= {anchor.person for anchor in anchors.all(node)} | _only_below(project, anchors, node)
    if missing := [n for n in anchors.found() if n not in sure]:
        kinds = " or ".join(
            sorted({kind for kind, c in CATEGORIES.items() if any(x.category == c for x in table.columns)})
        )
        anchors.unasked[node] = (
            SHARED
            if shared.issuperset(missing)
            else f"it can only be asked by {kinds or 'another column'}, which the request of {len(missing)} does not name"
            if len(anchors.people) > 1
            else f"it can only be asked by {kinds or 'another column'}, which the request does not name"
        )


def identifying(project: Project) -> tuple[tuple[Table, Column], ...]:
    """The columns by which a person can be found: those of the tables of persons, and logins that hang on them."""
    found = [
        (table, column)
        for table in project.map.tables
        for column in table.columns
        if column.category in IDENTITIES and (table.role == "subject" or _names_alone(project, table, column))
    ]
    return tuple(found)


def _names_alone(project: Project, table: Table, column: Column) -> bool:
    """Whether a row that goes with a person is a name of theirs: its column is (part of) what may stand only once."""
    relation = next((one for one in project.schemas[table.store].relations if one.name == table.name), None)
    if table.role != "owned" or not table.paths or not _by_keys(table.paths[0]) or relation is None:
        return False
    unique = [relation.key, *relation.unique, *(one.columns for one in relation.indexes if one.unique)]
    return any(column.name in one for one in unique)


def _nested(project: Project, people: Iterable[Person]) -> Iterator[Table]:
    """The tables below persons that hold a name by which somebody asks, where no table of persons holds such a one."""
    subjects = project.map.subjects()
    below = [(table, one.category) for table, one in identifying(project) if table.role != "subject"]
    kinds = {identity.kind for person in people for identity in person.identities}
    wanted = {
        CATEGORIES.get(kind, "") for kind in kinds if not any(_columns(table, kind) for table in subjects)
    }
    yield from dict.fromkeys(table for table, category in below if category in wanted)


def _by_keys(path: Path) -> bool:
    """Whether a path can be walked up by keys alone."""
    return all(one.arrow != "~>" and not one.inside for one in path.links)


def _by_key(target: Table, path: Path) -> bool:
    """Whether a path can be walked up to the one row it names: by keys, at the end also by the same number in another store.

    An address is no such number, though it may be a key: two accounts can have the same.
    """
    *before, last = path.links
    keyed = all(one.arrow != "~>" and not one.inside for one in before) and not last.inside
    if last.arrow != "~>":
        return keyed
    column = target.column(last.target_columns[0])
    numbered = last.target_columns == target.key and not (column and column.category in IDENTITIES)
    return keyed and numbered


def _by_name_below(
    project: Project, anchors: Anchors, table: Table, columns: Mapping[Node, tuple[str, ...]]
) -> None:
    """Find accounts by the login in a table that hangs on them; one that several accounts have names nobody."""
    named = _named(table, anchors.people)
    known = {column.name for below, column in identifying(project) if below == table}
    by_name: dict[int, set[Identity]] = {}
    rows = []
    for name in (name for name in named if name in known):
        for identity, anchor in _matching(project, table, name, named[name], ()):
            by_name.setdefault(anchor.person, set()).add(identity)
            rows.append(anchor)
    found: dict[int, list[Anchor]] = {}
    node, above = _above(project, table, table.paths[0], rows, columns)
    for anchor in above:
        found.setdefault(anchor.person, []).append(anchor)
    for some in found.values():
        if len({anchor.key for anchor in some}) == 1:
            anchors.add(node, some[0])
            for identity in by_name[some[0].person]:
                anchors.name(node, some[0].person, identity, some[0].key)
        else:
            why = "several accounts have this name; ask by a column that only one has, such as its number"
            anchors.unasked[node] = why


def _by_row_below(
    project: Project, anchors: Anchors, table: Table, columns: Mapping[Node, tuple[str, ...]]
) -> None:
    """Find the account that a row named by an identity belongs to, where the account itself can not be asked by such a one.

    The identity names the account then, so that others of the same request have to be of the same one.
    """
    for path in table.paths:
        target = project.map.table(*_end(table, path))
        if target.role != "subject" or target.paths or not _by_key(target, path):
            continue
        for (person, identity), keys in list(anchors.named.get((table.store, table.name), {}).items()):
            if not _columns(target, identity.kind):
                rows = [Anchor(person, key, {}) for key in sorted(keys, key=str)]
                node, above = _above(project, table, path, rows, columns)
                for anchor in above:
                    anchors.add(node, anchor)
                    anchors.name(node, person, identity, anchor.key)


def _only_below(project: Project, anchors: Anchors, node: Node) -> set[int]:
    """The persons whose every known row would lead to a table, so that where none does there is no row of it."""
    own = project.map.table(*node)
    below = [
        table
        for table in project.map.subjects()
        if any(_by_key(own, path) and _end(table, path) == node for path in table.paths)
    ]
    above = {(table.store, table.name) for table in below}
    elsewhere = {person for one, rows in anchors.rows.items() if one not in above for person, _ in rows}
    if not any(column.category in IDENTITIES for column in own.columns):
        # Nothing in it names anybody: its persons are known by the rows below alone, which were asked for these.
        elsewhere -= {
            number
            for number, person in enumerate(anchors.people)
            if any(_columns(table, one.kind) for table in below for one in person.identities)
        }
    return anchors.found() - elsewhere


def _end(table: Table, path: Path) -> Node:
    """The table that a path ends at."""
    store = table.store
    for link in path.links:
        store = link.store or store
    return store, path.links[-1].target


def _above(
    project: Project,
    table: Table,
    path: Path,
    rows: Sequence[Anchor],
    columns: Mapping[Node, tuple[str, ...]],
) -> tuple[Node, list[Anchor]]:
    """The rows of a table of persons that rows of another lead up to by keys."""
    node, last = _end(table, path), path.links[-1]
    if node not in columns or any(link.store for link in path.links[:-1]):
        return node, []
    relation = project.schemas[table.store].relation(last.table)
    near = tuple(one for one in last.conditions if relation.field(one.column) is not None)
    far = tuple(one for one in last.conditions if one not in near)
    up = Walk(
        table.name, path.links[:-1], table.key, last.columns, upward=True, conditions=near, distinct=True
    )
    given = [
        (rows[number(row[0])].person, row[1:])
        for row in project.stores[table.store].find(up, [row.key for row in rows])
        if None not in row
    ]
    target = project.map.table(*node)
    if last.arrow == "~>" and len(last.target_columns) == 1:
        column = last.target_columns[0]
        named = [(person, Identity(column, str(row[0]))) for person, row in given]
        same = _matching(project, target, column, named, columns[node])
        return node, [anchor for _, anchor in same]
    down = Walk(target.name, fixed=last.target_columns, want=(*target.key, *columns[node]), conditions=far)
    people = [person for person, _ in given]
    found = project.stores[node[0]].find(down, [row for _, row in given], people) if given else ()
    return node, [_anchor(target, columns[node], number(row[0]), row[1:]) for row in found]


def contested(project: Project, anchors: Anchors, place: tuple[Node, str], values: set[str]) -> set[str]:
    """Which of the values, in normal form, a row of another person holds as well."""
    node, column = place
    table = project.map.table(*node)
    known = table.column(column)
    category = "contact.email" if column in holding(table) else known.category if known else ""
    left = values - _complete(anchors, kind_of(category), category) - {""}
    if not left:
        return set()
    return held(project, table, column, left, anchors.keys(node))


def held(
    project: Project, table: Table, column: str, values: set[str], but: Collection[Row] = ()
) -> set[str]:
    """Which of the values, in normal form, a row of a table holds, apart from the rows of some keys."""
    known = table.column(column)
    inside = column in holding(table)
    kind = "email" if inside else kind_of(known.category) if known else "text"
    walk = Walk(table.name, fixed=(column,), want=table.key)
    found = set()
    for row in project.stores[table.store].guess(walk, hints(kind, values, whole=not inside)):
        if row[:-1] not in but:
            cells = addresses(row[-1]) if inside else (row[-1],)
            found |= values.intersection(normal(kind, cell) for cell in cells)
    return found


def _complete(anchors: Anchors, kind: str, category: str) -> set[str]:
    """Values by which the persons were asked for, so that every row that holds one is theirs, if they are still there."""
    left = {number for _, number in anchors.closed}
    return {
        normal(kind, identity.value)
        for number, person in enumerate(anchors.people)
        for identity in person.identities
        if number not in left
        and CATEGORIES.get(identity.kind) == category
        and category in KINDS | dict.fromkeys(IDENTITIES, "")
    }


def by_key(project: Project, node: Node, wanted: tuple[str, ...], found: list[Row]) -> Iterator[Anchor]:
    """The anchors of rows of a table of persons that were found by path."""
    table = project.map.table(*node)
    walk = Walk(table.name, fixed=table.key, want=(*table.key, *wanted))
    people = [number(row[0]) for row in found]
    for row in project.stores[node[0]].find(walk, [row[1:] for row in found], people):
        yield _anchor(table, wanted, number(row[0]), row[1:])


def number(value: Value) -> int:
    """A position that a store gave back."""
    return int(value) if value is not None else 0


def relation_of(project: Project, node: Node) -> Relation:
    """The table as the database has it."""
    return project.schemas[node[0]].relation(node[1])
