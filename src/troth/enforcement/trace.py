"""Follow the paths of the data map: from persons down to their rows, and from rows up to whose they are."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from itertools import chain
from typing import Any

from troth.enforcement import rowsets
from troth.enforcement.anchors import Anchors, by_identity, by_key, contested, loaded, number
from troth.enforcement.meaning import CATEGORIES, IDENTITIES, category_of, hints, kind_of, normal
from troth.enforcement.members import members
from troth.enforcement.nameless import nameless
from troth.enforcement.outsiders import UNNAMED, unnamed, words_of
from troth.enforcement.project import Node, Project
from troth.model.datamap import ELSEWHERE, Condition, Link, Path
from troth.model.outcome import Person
from troth.model.plan import Step
from troth.stores.chain import loops
from troth.stores.walk import Row, Value, Walk

Found = Row
"""The number of a person, then the key (or other columns) of a row."""


@dataclass(frozen=True, slots=True)
class Segment:
    """The links of a path that one query walks: joins inside a store, then one link compared with given values."""

    store: str
    links: tuple[Link, ...]

    @property
    def last(self) -> Link:
        """The link that is compared with given values."""
        return self.links[-1]


def _by_keys(path: Path) -> bool:
    """Whether every link of a path is a key, so that who put the row there named the person on purpose."""
    return all(one.arrow != "~>" and not one.inside for one in path.links)


def segments(path: Path, store: str) -> tuple[Segment, ...]:
    """A path cut where values have to leave the database: at another store, an equal meaning, or inside a value."""
    found: list[Segment] = []
    links: list[Link] = []
    for place, link in enumerate(path.links):
        links.append(link)
        last = place == len(path.links) - 1
        if last or link.store or link.arrow == "~>" or link.inside:
            found.append(Segment(store, tuple(links)))
            store, links = link.store or store, []
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Query:
    """The one query that finds the rows of a step by a path; the walk is compared with the values of a link."""

    walk: Walk
    link: Link
    store: str


@dataclass(slots=True)
class Trace:
    """Finds the rows of persons; holds what was found of the persons themselves.

    Args:
        project: where to look.
        anchors: the rows that are the persons.
        columns: by table of persons, the columns whose values are known.
        gone: rows that were the persons, erased before: what is written under their addresses and names is theirs still,
            unless somebody else has these by now; what is written under their keys is not.
    """

    project: Project
    anchors: Anchors
    columns: Mapping[Node, tuple[str, ...]]
    taken: dict[tuple[Node, str], dict[str, bool]] = field(default_factory=dict)
    gone: Anchors = field(default_factory=lambda: Anchors(()))
    known: dict[tuple[Link, str], tuple[int, list[Found]]] = field(default_factory=dict)
    names: tuple[int, set[tuple[str, str]]] = (-1, set())

    def seek(self) -> int:
        """Find the rows that are the persons, by identity and then by path until nothing new is found.

        Returns:
            How many rows were not known before.

        Raises:
            TrothError: an identity names no column.
        """
        before = sum(map(len, self.anchors.rows.values()))
        by_identity(self.project, self.anchors, self.columns)
        for person in self.anchors.people:
            for table, word in unnamed(self.project.map, person):
                self.anchors.unasked[table.store, table.name] = UNNAMED.format(word)
        new = True
        while new:
            new = False
            for table in self.project.map.subjects():
                node = (table.store, table.name)
                if node in self.columns and table.paths:
                    found = sorted(set(self._down(table.paths, node, table.key)), key=str)
                    for anchor in by_key(self.project, node, self.columns[node], found):
                        new = self.anchors.add(node, anchor) or new
        return sum(map(len, self.anchors.rows.values())) - before

    def rows(self, step: Step) -> Iterator[Found]:
        """The rows of a step: the number of the person and the key of the row; a row may come more than once."""
        node = (step.store, step.table)
        if step.identity and not step.reference:
            return self._present(node, step.key)
        return self._down(step.paths, node, step.key)

    def walk(self, step: Step) -> tuple[Walk, list[Row], list[int]] | None:
        """The one query that finds the rows of a step, where one is enough, with its values and their persons."""
        if not step.exclusive or len(step.paths) != 1 or step.identity:
            return None
        parts = segments(step.paths[0], step.store)
        given = self._given(parts[1:], parts[0].last, parts[0].store)
        walk = Walk(
            step.table, parts[0].links[:-1], parts[0].last.columns, step.key,
            conditions=self._near(parts[0].last, parts[0].store),
        )  # fmt: skip
        return walk, [row[1:] for row in given], [number(row[0]) for row in given]

    def way(self, asked: Query) -> tuple[Walk, list[Row], list[int]]:
        """A query with the values known before and their persons."""
        given = self._ends(asked.link, asked.store)
        return asked.walk, [row[1:] for row in given], [number(row[0]) for row in given]

    def ends(self, link: Link, store: str) -> list[Value]:
        """The values of the persons themselves that the first column of a last link is compared with."""
        return [row[1] for row in self._ends(link, store)]

    def _present(self, node: Node, key: tuple[str, ...]) -> Iterator[Found]:
        """The anchors whose row is still there."""
        known = list(self.anchors.all(node))
        if not known:
            return
        walk = Walk(node[1], fixed=key, want=key)
        people = [anchor.person for anchor in known]
        # A row whose key holds NULL can not be looked up; that it was found is reason enough to refuse it by name.
        yield from ((anchor.person, *anchor.key) for anchor in known if None in anchor.key)
        yield from self.project.stores[node[0]].find(walk, [anchor.key for anchor in known], people)

    def _down(self, paths: Iterable[Path], node: Node, want: tuple[str, ...]) -> Iterator[Found]:
        return chain.from_iterable(self._along(path, node, want) for path in paths)

    def _along(self, path: Path, node: Node, want: tuple[str, ...]) -> Iterator[Found]:
        """The rows of a table that one path leads from."""
        parts = segments(path, node[0])
        return self._rows(parts[0], self._given(parts[1:], parts[0].last, parts[0].store), want)

    def _given(self, parts: Sequence[Segment], before: Link, store: str) -> list[Found]:
        """The values that the link `before` is compared with, each with its person."""
        if not parts:
            return self._ends(before, store)
        beyond = self._given(parts[1:], parts[0].last, parts[0].store)
        return sorted(set(self._rows(parts[0], beyond, before.target_columns)), key=str)

    def _ends(self, link: Link, store: str) -> list[Found]:
        """The values of the persons themselves that a last link is compared with."""
        changes, found = self.known.get((link, store), (-1, []))
        if changes != self.anchors.changes:
            found = self._values(link, store)
            self.known[link, store] = self.anchors.changes, found
        return found

    def _values(self, link: Link, store: str) -> list[Found]:
        node = (link.store or store, link.target)
        conditions = self._far(link, store)
        found: dict[Found, None] = {}
        for anchor in self.anchors.all(node):
            values = anchor.values
            if not conditions or all(str(values.get(one.column)) in one.values for one in conditions):
                row = tuple([values.get(column) for column in link.target_columns])
                if None not in row:
                    found[anchor.person, *row] = None
        if link.arrow == "~>" and len(link.target_columns) == 1:
            category = category_of(self.project.map, node, link.target_columns[0])
            numbered = self._numbered(node, link.target_columns)
            for person, named in enumerate(self.anchors.people):
                for identity in named.identities:
                    alike = category and CATEGORIES.get(identity.kind) == category
                    if (alike or identity.kind in numbered) and not self.anchors.left(person):
                        found[person, identity.value] = None
            for pair in self._former(node, link.target_columns[0], category or ""):
                found[pair] = None
        return list(found)

    def _former(self, node: Node, column: str, category: str) -> Iterator[Found]:
        """What named persons whose own rows are erased, each with the person; not what names somebody else by now."""
        if category not in IDENTITIES:
            return
        kind = kind_of(category)
        known = [(one.person, one.values.get(column)) for one in self.gone.all(node)]
        for person, named in enumerate(self.anchors.people):
            if self.anchors.left(person):
                known += [
                    (person, one.value) for one in named.identities if CATEGORIES.get(one.kind) == category
                ]
        plain = {normal(kind, value) for _, value in known} - {""}
        taken = self.contested((node, column), plain) if plain else set()
        for person, value in known:
            if normal(kind, value) and normal(kind, value) not in taken:
                yield person, value

    def _numbered(self, node: Node, columns: tuple[str, ...]) -> set[str]:
        """How a person is named by the key of a table, so that rows which lead there are found when its own row is gone."""
        table = self.project.map.table(*node)
        if columns != table.key or table.role != "subject":
            return set()
        if table.store == ELSEWHERE:
            return set(words_of(table))
        bare = [one for one in self.project.map.subjects() if one.key == columns]
        return {f"{table.place}.{columns[0]}", *(columns if len(bare) == 1 else ())}

    def _far(self, link: Link, store: str) -> tuple[Condition, ...]:
        """The conditions of a link that are about the row it leads to."""
        here = self.project.schemas[store].relation(link.table)
        return tuple(one for one in link.conditions if here.field(one.column) is None)

    def _near(self, link: Link, store: str) -> tuple[Condition, ...]:
        return _near(self.project, link, store)

    def _kind(self, link: Link, store: str) -> str:
        """How the values of a link are compared."""
        node = (link.store or store, link.target)
        target = category_of(self.project.map, node, link.target_columns[0])
        return kind_of(target or category_of(self.project.map, (store, link.table), link.columns[0]))

    def _rows(self, part: Segment, given: Sequence[Found], want: tuple[str, ...]) -> Iterator[Found]:
        """The wanted columns of the first table of a segment, for rows whose last link equals a given value."""
        if not given:
            return iter(())
        link = part.last
        walk = Walk(
            part.links[0].table, part.links[:-1], link.columns, want, conditions=self._near(link, part.store)
        )
        if link.arrow == "~>" or link.inside:
            return self._guessed(part, given, walk)
        people = [number(row[0]) for row in given]
        walk = replace(walk, distinct=not self._narrow(part))
        return self.project.stores[part.store].find(walk, [row[1:] for row in given], people)

    def _guessed(self, part: Segment, given: Sequence[Found], walk: Walk) -> Iterator[Found]:
        """The rows whose last link means a given value, however either is spelled."""
        link = part.last
        kind = self._kind(link, part.store)
        people: dict[tuple[str, ...], set[int]] = {}
        for row in given:
            people.setdefault(self._meant(kind, row[1:]), set()).add(number(row[0]))
        values = {value for meant in people for value in meant if value}
        looked = hints(kind, values, whole=not link.inside)
        store, around = self.project.stores[part.store], loops(walk)
        # A guess takes every link once, so rows of a table that leads to itself are followed by their values.
        guess = self._last_of(part, walk) if around else walk
        width = len(guess.want)
        found = (
            (person, *row[:width])
            for row in store.guess(guess, looked)
            for meant in self._meanings(link, kind, row[width:])
            for person in sorted(people.get(meant, ()))
        )
        if not around:
            yield from found
            return
        ends = sorted({one for one in found if None not in one}, key=str)
        whole = replace(walk, fixed=guess.want, conditions=(), distinct=True)
        yield from store.find(whole, [row[1:] for row in ends], [number(row[0]) for row in ends])

    def _last_of(self, part: Segment, walk: Walk) -> Walk:
        """The walk without its links: the rows that the last of them leads to, with the columns it leads to them by."""
        last = walk.joins[-1]
        conditions = (*walk.conditions, *self._far(last, part.store))
        return Walk(last.target, fixed=walk.fixed, want=last.target_columns, conditions=conditions)

    def _narrow(self, part: Segment) -> bool:
        """Whether no row of the first table can be met twice."""
        schema = self.project.schemas[part.store]
        joined = part.links[:-1]
        return all(
            one.table != one.target and schema.relation(one.target).identifies(one.target_columns)
            for one in joined
        )

    def _meant(self, kind: str, row: Row) -> tuple[str, ...]:
        return tuple(normal(kind, value) for value in row)

    def _meanings(self, link: Link, kind: str, cells: Row) -> Iterator[tuple[str, ...]]:
        """What the cells of a link's columns mean: one value each, or every value that stands inside."""
        if not link.inside:
            meant = self._meant(kind, cells)
            if all(meant):
                yield meant
            return
        for value in dict.fromkeys(members(cells[0], link.inside, kind)):
            if link.inside == "text" and (kind == "email") != ("@" in value):
                continue
            if plain := normal(kind, value):
                yield (plain,)

    def owners(
        self, step: Step, keys: Sequence[Row]
    ) -> tuple[set[int], dict[int, set[int]], dict[int, set[int]]]:
        """Whose the rows are, seen from the rows.

        Args:
            step: the step they belong to.
            keys: their keys.

        Returns:
            The positions of rows that lead to another person; then, by number of the path, the positions of
            rows that lead by it to ours, and to others.
        """
        ours: dict[int, set[int]] = {}
        others: dict[int, set[int]] = {}
        keyed: set[int] = set()  # rows that lead to ours by keys alone; these paths are asked first
        for place, path in sorted(enumerate(step.paths), key=lambda one: not _by_keys(one[1])):
            parts = segments(path, step.store)
            current: list[tuple[int, Row]] = list(enumerate(keys))
            fixed: tuple[str, ...] = step.key
            before: Segment | None = None
            for part in parts:
                walk = Walk(
                    part.links[0].table, part.links[:-1], fixed, part.last.columns,
                    upward=True, conditions=self._near(part.last, part.store), distinct=True,
                )  # fmt: skip
                several = step.several and before is None
                current = list(self._up(part, current, (walk, before), several=several))
                fixed, before = part.last.target_columns, part
            ours[place], others[place] = self._judged(parts[-1], current, keyed)
            if _by_keys(path):
                keyed |= ours[place]
        self._beside(step, ours, others)
        self._written(step, ours, others)
        return set().union(*others.values()) if others else set(), ours, others

    def _beside(self, step: Step, ours: dict[int, set[int]], others: dict[int, set[int]]) -> None:
        """Leave out of others, of rows that go with whom their first path names, whoever is named elsewhere besides.

        A notice goes with whom it is addressed to, whoever it is about. A server goes with its project, whatever user made
        it. Nobody knows whether a number without a row is another person.
        """
        others.update((place, set()) for place in step.about)
        first = step.paths[0].links if step.paths else ()
        if not first or first[-1].store != ELSEWHERE:
            return
        for place, path in enumerate(step.paths[1:], 1):
            last = path.links[-1]
            # What somebody wrote about a zone of hers is theirs, however it is found.
            plain = len(first) == 1 and (step.action == "delete" or bool(step.pins))
            if last.store == ELSEWHERE and (plain or last.target != first[-1].target):
                others[place] -= ours[0]

    def _written(self, step: Step, ours: dict[int, set[int]], others: dict[int, set[int]]) -> None:
        """Leave out of others, of entries that ours wrote, whose the case is that they stand in.

        Who wrote an entry is named by a key with a condition about the writer (`[is_staff='0']`). What somebody wrote in
        another's ticket is theirs; what another wrote in their ticket is not.
        """
        if step.action != "mask" or step.reference or step.pins:
            return
        own = [
            n
            for n, path in enumerate(step.paths)
            if len(path.links) == 1 and path.links[0].arrow != "~>" and self._far(path.links[0], step.store)
        ]
        written = set().union(*(ours[n] - others[n] for n in own)) - set().union(*(others[n] for n in own))
        for place, path in enumerate(step.paths):
            if len(path.links) > 1 and path.links[0].arrow == "->":
                others[place] -= written

    def _up(
        self,
        part: Segment,
        given: Sequence[tuple[int, Row]],
        way: tuple[Walk, Segment | None],
        *,
        several: bool,
    ) -> Iterator[tuple[int, Row]]:
        """From rows of the first table of a segment to the columns of its last link."""
        if not given:
            return
        (walk, before), store = way, self.project.stores[part.store]
        if before is None or (before.last.arrow != "~>" and not before.last.inside):
            for row in rowsets.find(store, walk, [row for _, row in given], several=several):
                yield given[number(row[0])][0], row[1:]
            return
        kind = self._kind(before.last, before.store)
        places: dict[tuple[str, ...], set[int]] = {}
        for place, row in given:
            for meant in self._meanings(before.last, kind, row):
                places.setdefault(meant, set()).add(place)
        values = {value for meant in places for value in meant}
        guess = walk
        if loops(walk):
            first = walk.joins[0]
            near = self._near(first, part.store)
            guess = Walk(walk.table, fixed=walk.fixed, want=first.columns, conditions=near)
        width = len(guess.want)
        found = [
            (place, row[:width])
            for row in store.guess(guess, hints(kind, values, whole=True))
            for place in sorted(places.get(self._meant(kind, row[width:]), ()))
        ]
        if guess is walk:
            yield from found
            return
        starts = list(dict.fromkeys(pair for pair in found if None not in pair[1]))
        for row in store.find(replace(walk, fixed=guess.want), [row for _, row in starts]):
            yield starts[number(row[0])][0], row[1:]

    def _judged(
        self, part: Segment, reached: Sequence[tuple[int, Row]], keyed: set[int]
    ) -> tuple[set[int], set[int]]:
        """Which rows lead to ours and which to others, by the values of the last link."""
        link = part.last
        meaning = link.arrow == "~>" or bool(link.inside)
        kind = self._kind(link, part.store) if meaning else "exact"
        mine = {self._same(kind, row[1:]) for row in self._ends(link, part.store)}
        by_value: dict[tuple[str, ...], set[int]] = {}
        for place, row in reached:
            # An empty text is a key like any other, and means nobody where spellings are compared.
            whole = [self._same(kind, row)] if None not in row else []
            for value in self._meanings(link, kind, row) if meaning else whole:
                if not meaning or all(value):
                    by_value.setdefault(value, set()).add(place)
        strange = set() if self._numbers(part) else self._strange(link, kind, set(by_value) - mine)
        # Nobody has to be asked for an address that is not ours, unless the row is ours in another way.
        asked = {value for value, places in by_value.items() if value not in strange or places & keyed}
        foreign = self._foreign(part, kind, asked, mine, strange)
        ours: set[int] = set()
        others: set[int] = set()
        for value, places in by_value.items():
            if value in mine:
                ours |= places
            if value in foreign:
                # An address of two accounts, in a row that is ours by its keys, does not make it the other's.
                others |= places - keyed if value in mine else places
            elif value in strange:
                others |= places - keyed
        return ours, others

    def _same(self, kind: str, row: Row) -> tuple[Any, ...]:
        if kind != "exact":
            return self._meant(kind, row)
        return tuple([one if isinstance(one, bytes) else str(one) for one in row])

    def _strange(self, link: Link, kind: str, values: set[tuple[str, ...]]) -> set[tuple[str, ...]]:
        """The values that name somebody, with an account or without, and are no name of ours.

        An address that is nobody's account still is somebody's address. In a row that leads to ours by keys it came
        there with the row, and goes with it. Words of a text are too many to name somebody each.
        """
        if link.arrow != "~>" or link.inside == "text" or not values:
            return set()
        named = self._named()
        return {value for value in values if len(value) > 1 or (kind, value[0]) not in named}

    def _numbers(self, part: Segment) -> bool:
        """Whether a link of equal meaning ends at the number of a row, which is nobody's where there is no such row."""
        link, node = part.last, (part.last.store or part.store, part.last.target)
        key = self.project.map.table(*node).key
        numbered = category_of(self.project.map, node, link.target_columns[0]) not in IDENTITIES
        return link.arrow == "~>" and link.target_columns == key and numbered

    def _named(self) -> set[tuple[str, str]]:
        """All names of ours, by how they are compared: also those that no path leads to."""
        if self.names[0] != self.anchors.changes:
            found: set[tuple[str, str]] = set()
            for category, value in self._names():
                for kind in {kind_of(category), "text", *(("email",) if kind_of(category) == "text" else ())}:
                    found.add((kind, normal(kind, value)))
            self.names = self.anchors.changes, found
        return self.names[1]

    def _names(self) -> Iterator[tuple[str, Value]]:
        """What names our persons, by category: what they were asked by, and what other rows may point to them by."""
        for person in self.anchors.people:
            for identity in person.identities:
                yield CATEGORIES.get(identity.kind, ""), identity.value
        for node in {**self.anchors.rows, **self.gone.rows}:
            table = self.project.map.table(*node)
            categories = {column.name: column.category for column in table.columns}
            for anchor in (*self.anchors.all(node), *self.gone.all(node)):
                for name, value in anchor.values.items():
                    yield categories.get(name, ""), value

    def _foreign(
        self,
        part: Segment,
        kind: str,
        values: set[tuple[str, ...]],
        mine: set[tuple[str, ...]],
        strange: set[tuple[str, ...]],
    ) -> set[tuple[str, ...]]:
        """The values that a row of another person has."""
        link = part.last
        node = (link.store or part.store, link.target)
        if node[0] == ELSEWHERE:
            return values - mine  # every number there is somebody's
        if kind == "exact":
            unique = self.project.schemas[node[0]].relation(node[1]).identifies(link.target_columns)
            left = sorted(values - mine if unique else values, key=str)
            return {left[place] for place in self._existing(link, part.store, left)}
        if len(link.target_columns) > 1:
            return values & strange
        column = link.target_columns[0]
        found = self.contested((node, column), {value[0] for value in values})
        category = category_of(self.project.map, node, column)
        for table in self.project.map.subjects() if strange else ():
            for one in table.columns:
                there = (table.store, table.name)
                asked = {value[0] for value in values & strange} - found
                if one.category == category and there in self.columns and (there, one.name) != (node, column):
                    found |= self.contested((there, one.name), asked)
        return {(value,) for value in found}

    def contested(self, place: tuple[Node, str], values: set[str]) -> set[str]:
        """Which of the values, in normal form, a row of another person holds in a column of a table of persons."""
        known = self.taken.setdefault(place, {})
        new = values - set(known)
        taken = contested(self.project, self.anchors, place, new) if new else set()
        known.update({value: value in taken for value in new})
        return {value for value in values if known[value]}

    def _existing(self, link: Link, store: str, values: Sequence[tuple[str, ...]]) -> set[int]:
        """The positions of values that a row of another person has."""
        node = (link.store or store, link.target)
        table = self.project.map.table(*node)
        ours = self.anchors.keys(node)
        walk = Walk(table.name, fixed=link.target_columns, want=table.key, conditions=self._far(link, store))
        given: list[Row] = [tuple(value) for value in values]
        if not given:
            return set()
        rows = [row for row in self.project.stores[node[0]].find(walk, given) if row[1:] not in ours]
        gone = nameless(self.project, node, (row[1:] for row in rows)) if rows else ()
        return {number(row[0]) for row in rows if row[1:] not in gone}


def query(project: Project, step: Step, path: Path) -> Query | None:
    """The one query that finds the rows of a step by a path.

    None where more than one query is needed, a table is followed to itself, or spellings have to be compared.
    """
    parts = segments(path, step.store)
    last, joins, store = parts[0].last, parts[0].links[:-1], parts[0].store
    if len(parts) > 1 or last.arrow == "~>" or last.inside or any(one.table == one.target for one in joins):
        return None
    walk = Walk(step.table, joins, last.columns, step.key, conditions=_near(project, last, store))
    return Query(walk, last, store)


def _near(project: Project, link: Link, store: str) -> tuple[Condition, ...]:
    """The conditions of a link that are about the row it starts at."""
    here = project.schemas[store].relation(link.table)
    return tuple(one for one in link.conditions if here.field(one.column) is not None)


def trace(
    project: Project,
    people: Sequence[Person],
    steps: Sequence[Step],
    columns: Mapping[Node, tuple[str, ...]] | None = None,
) -> Trace:
    """A trace of these persons that has found nothing yet.

    Args:
        project: where to look.
        people: whom to look for.
        steps: the steps whose rows will be asked for.
        columns: what `known_columns` gives for these steps, where that is known.
    """
    return Trace(project, Anchors(tuple(people)), columns or known_columns(project, steps))


def known_columns(project: Project, steps: Sequence[Step]) -> dict[Node, tuple[str, ...]]:
    """By table of persons, the columns whose values these steps need."""
    return {
        (table.store, table.name): loaded(project, (table.store, table.name), steps)
        for table in project.map.subjects()
        if table.store in project.stores and _there(project, table.store, table.name)
    }


def _there(project: Project, store: str, name: str) -> bool:
    return any(one.name == name for one in project.schemas[store].relations)
