"""Random small schemas with rows of several people: keys of many kinds, links of many kinds, chains and circles.

Nothing here is read from the text of a map: `owners` follows the cells of rows, and `map_text` writes what a careful
reviewer would have written over the same links.
"""

from __future__ import annotations

import json
import re
import uuid
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass, field
from typing import Any

from tests.enforcement import scene
from tests.enforcement.oracle import plain

Row = dict[str, Any]
Rows = dict[str, list[Row]]
Key = tuple[str, tuple[Any, ...]]
"""A table and the key of a row of it."""
Choose = Callable[[Sequence[Any]], Any]

WHO = ("ada", "bob", "cleo", "dora")
NATURAL = {"mail": "mails", "list": "lists", "commas": "ccs"}
"""Links by an address, with the column that holds it: alone, in objects of a JSON list, in a list with commas."""
_STRANGER = "guest@nowhere.example"
_KEYS = {"int": ["id"], "text": ["code"], "uuid": ["uid"], "pair": ["area", "no"]}
_TYPES = {"int": ["integer"], "text": ["varchar(40)"], "uuid": ["uuid"], "pair": ["varchar(10)", "integer"]}
_ODD = (
    "a b",
    "O'Neil",
    "ü",
    "x;y",
    "%",
    "NULL",
    "1",
    "01",
    "A",
    "a",
    "[1]",
    '{"a"}',
    "",
    "a\\b",
    "-",
    '"q"',
    "ａ",
)
_BODIES = {"plain": "", "unique": " not null unique", "required": " not null"}


@dataclass
class Link:
    """How rows of a table point to rows of another.

    Attributes:
        kind: `key`, `self` (the table itself), `name` (the unique login of a person), `typed` (only rows of one type),
            an address as in `NATURAL`; `author`, `other` and `back` point somewhere and say nothing of whose a row is.
        columns: the columns that point.
        target: the table they point to.
        declared: whether the database knows it.
        required: whether the columns may not be NULL.
        on_delete: what the database does when the target goes.
    """

    kind: str
    columns: list[str]
    target: Shape
    declared: bool = False
    required: bool = False
    on_delete: str = ""

    @property
    def owns(self) -> bool:
        """Whether a row belongs to whomever this leads to."""
        return self.kind not in {"author", "other", "back"}

    @property
    def there(self) -> list[str]:
        """The columns of the target."""
        return ["login"] if self.kind == "name" else self.target.key

    @property
    def arrow(self) -> str:
        """The arrow of a map."""
        return "->" if self.declared else "=>"


@dataclass
class Shape:
    """A table with its rows.

    Attributes:
        name, key, links, rows: the table.
        types: the types of its key columns.
        role: its role in the map.
        body: `plain`, `unique` or `required`: what the column that is masked allows.
        mask: the mask of that column.
    """

    name: str
    key: list[str]
    types: list[str]
    role: str = "owned"
    body: str = ""
    mask: str = ""
    links: list[Link] = field(default_factory=list)
    rows: list[Row] = field(default_factory=list)

    def named(self, row: Row) -> Key:
        """What names a row."""
        return self.name, tuple(row[name] for name in self.key)


def spelled(choose: Choose, who: str) -> str:
    """The address of a person in some spelling."""
    mail = f"{who}@example.org"
    wide = "".join(chr(ord(one) + 0xFEE0) for one in who) + "@example.org"
    return str(choose((mail, mail, mail, mail.upper(), f" {mail}", mail.title(), wide, f"{mail} ")))


def shapes(choose: Choose) -> list[Shape]:
    """The table of persons, then the others, each with its rows."""
    people = _shape(choose, "people", "subject")
    count = choose((2, 3, 3, 4))
    people.rows = [
        {**key, "email": spelled(choose, who), "login": f"{who}.1", "name": f"{who} smith", "marked": 0, "who": n}
        for n, (who, key) in enumerate(zip(WHO[:count], _keys(choose, people, count), strict=True))
    ]  # fmt: skip
    found = [people]
    for place in range(choose((1, 2, 3, 4, 5))):
        one = _shape(choose, f"t{place}", choose(("owned", "owned", "owned", "shared")))
        one.body = choose(tuple(_BODIES))
        one.mask = {"plain": choose(("null", "empty")), "unique": "token", "required": "empty"}[one.body]
        _linked(choose, one, found)
        _fill(choose, one, count)
        found.append(one)
    _backwards(choose, found)
    return found


def _shape(choose: Choose, name: str, role: str) -> Shape:
    kind = choose(tuple(_KEYS))
    return Shape(name, _KEYS[kind], _TYPES[kind], role)


def _keys(choose: Choose, one: Shape, count: int) -> list[Row]:
    if one.key == ["id"]:
        return [{"id": n * choose((1, 1, 7)) + 100 * n} for n in range(count)]
    if one.key == ["uid"]:
        return [{"uid": str(uuid.UUID(int=(n + 1) * 7919))} for n in range(count)]
    odd = [*dict.fromkeys(choose(_ODD) for _ in range(count)), *(f"k{n}" for n in range(count))]
    if one.key == ["code"]:
        return [{"code": odd[n]} for n in range(count)]
    return [{"area": odd[n // 2], "no": n % 2} for n in range(count)]


def _linked(choose: Choose, one: Shape, others: Sequence[Shape]) -> None:
    people = others[0]
    kinds = ("key", "key", "key", "key", "name", *NATURAL, "author", "other", "typed")
    for place in range(choose((1, 1, 2, 3))):
        kind = choose(kinds)
        if not place and kind in {"author", "other"}:
            kind = "key"
        if kind in {*NATURAL, "name", "typed"} and any(link.kind == kind for link in one.links):
            continue
        if kind in NATURAL:
            one.links.append(Link(kind, [NATURAL[kind]], people))
            continue
        declared = kind == "name" or (kind != "typed" and choose((True, True, False)))
        required = declared and choose((False, False, True))
        target = choose(others) if kind in {"key", "typed", "other"} else people
        columns = ["login"] if kind == "name" else [f"l{place}_{name}" for name in target.key]
        rule = choose(("", "", "cascade", "set null")) if declared else ""
        one.links.append(
            Link(kind, columns, target, declared, required, "" if required and rule == "set null" else rule)
        )
    if len(one.key) == 1 and choose((False, False, True)):
        declared = choose((True, False))
        rule = choose(("", "set null", "cascade")) if declared else ""
        one.links.append(Link("self", [f"up_{one.key[0]}"], one, declared, on_delete=rule))


def _fill(choose: Choose, one: Shape, count: int) -> None:
    def anybody() -> str:
        return str(choose((*(spelled(choose, WHO[n]) for n in range(count)), _STRANGER)))

    for number, key in enumerate(_keys(choose, one, choose((0, 1, 2, 3, 4, 6)))):
        row: Row = dict(key)
        for link in one.links:
            if link.kind == "mail":
                row["mails"] = choose((None, anybody(), anybody()))
            elif link.kind == "list":
                some = [{"m": anybody(), "n": n} for n in range(choose((0, 1, 2, 3)))]
                row["lists"] = choose((None, *(json.dumps(some, ensure_ascii=odd) for odd in (True, False))))
            elif link.kind == "commas":
                some_mails = [anybody().strip() for _ in range(choose((1, 2, 3)))]
                row["ccs"] = choose((None, "", choose((", ", ",", "; ")).join(some_mails)))
            elif not _pointed(choose, link, row):
                break
        else:
            row["body"] = f"body {number}" if one.body != "plain" else choose((None, f"body {number}", ""))
            one.rows.append(row)


def _pointed(choose: Choose, link: Link, row: Row) -> bool:
    """Point to some row or to none; says whether that is possible."""
    ends = [*link.target.rows, *([] if link.required else [None])]
    if not ends:
        return False
    end = choose(ends)
    row.update({here: end and end[there] for here, there in zip(link.columns, link.there, strict=True)})
    if link.kind == "typed":
        row["what"] = choose(("this", "that", None))
    return True


def _backwards(choose: Choose, found: Sequence[Shape]) -> None:
    """Let persons point to rows and to each other: a favourite, who invited them."""
    for name, target in (("fav", choose(found[1:])), ("by", found[0])):
        if choose((True, False, False)):
            declared = choose((True, False))
            rule = choose(("", "set null")) if declared and name == "fav" else ""
            link = Link("back", [f"{name}_{one}" for one in target.key], target, declared, on_delete=rule)
            found[0].links.append(link)
            for row in found[0].rows:
                _pointed(choose, link, row)


def statements(found: Sequence[Shape], *, server: bool) -> list[str]:
    """The statements that make and fill the tables."""
    made, late, filled, then = [], [], [], []
    for one in found:
        columns = [
            f"{name} {_type(kind, server)} not null" for name, kind in zip(one.key, one.types, strict=True)
        ]
        if one.role == "subject":
            columns += ["email varchar(60) not null unique", "login varchar(20) not null unique"]
            columns += ["name varchar(40)", "marked integer"]
        else:
            columns.append(f"body varchar(60){_BODIES[one.body]}")
        for link in one.links:
            columns += _columns(link, server=server)
        columns.append(f"primary key ({', '.join(one.key)})")
        for link in (link for link in one.links if link.declared):
            rule = f" on delete {link.on_delete}" if link.on_delete else ""
            key = f"foreign key ({', '.join(link.columns)}) references {link.target.name} ({', '.join(link.there)}){rule}"
            if server and link.kind == "back":
                late.append(f"alter table {one.name} add {key}")
            else:
                columns.append(key)
        made.append(f"create table {one.name} ({', '.join(columns)})")
        back = [name for link in one.links if link.kind == "back" for name in link.columns]
        for row in one.rows:
            cells = {name: None if name in back else value for name, value in row.items() if name != "who"}
            filled.append(
                f"insert into {one.name} ({', '.join(cells)}) values ({', '.join(map(_literal, cells.values()))})"
            )
            if back:
                sets = ", ".join(f"{name} = {_literal(row[name])}" for name in back)
                where = " and ".join(f"{name} = {_literal(row[name])}" for name in one.key)
                then.append(f"update {one.name} set {sets} where {where}")
    return [*made, *late, *filled, *then]


def _type(kind: str, server: bool) -> str:
    return "varchar(36)" if kind == "uuid" and not server else kind


def _columns(link: Link, *, server: bool) -> list[str]:
    if link.kind == "list":
        return [f"lists {'jsonb' if server else 'text'}"]
    if link.kind in NATURAL:
        return [f"{link.columns[0]} varchar(200)"]
    types = ["varchar(20)"] if link.kind == "name" else link.target.types
    null = " not null" if link.required else ""
    found = [f"{name} {_type(kind, server)}{null}" for name, kind in zip(link.columns, types, strict=True)]
    return [*found, "what varchar(10)"] if link.kind == "typed" else found


def _literal(value: object) -> str:
    return (
        "null"
        if value is None
        else str(value)
        if isinstance(value, int)
        else "'" + str(value).replace("'", "''") + "'"
    )


def map_text(found: Sequence[Shape]) -> str:
    """The data map over the tables, as a careful reviewer writes it."""
    texts = []
    for one in found:
        if one.role == "subject":
            names = {
                "email": "contact.email/token",
                "login": "ident.username/token",
                "name": "contact.name/null",
            }
            marks = {"restricted": "marked"}
            texts.append(
                scene.table("main.people", "subject", key=one.key, marks=marks, paths=(), facts=None, **names)
            )
            continue
        columns = {"body": f"message/{one.mask}"}
        columns |= {
            link.columns[0]: f"contact.email/null{'' if link.kind == 'mail' else '/json'}"
            for link in one.links
            if link.kind in NATURAL
        }
        text = scene.table(
            f"main.{one.name}",
            one.role,
            key=one.key,
            paths=list(_paths(one)),
            marks=None,
            facts=None,
            **columns,
        )
        aside = [_step(one, link) for link in one.links if not link.owns]
        texts.append(
            text.replace("[table.columns]", f"references = {aside!r}\n[table.columns]") if aside else text
        )
    return "".join(texts)


def _paths(one: Shape) -> Iterator[str]:
    """All paths of a table to a person; those over the table itself behind the others."""
    ways = [
        f"{_step(one, link)}{f' ; {rest}' if rest else ''}"
        for link in one.links
        if link.owns and link.kind != "self"
        for rest in ([""] if link.target.role == "subject" else list(_paths(link.target)))
    ]
    yield from ways
    for link in one.links:
        if link.kind == "self":
            yield from (f"{_step(one, link)} ; {way}" for way in ways)


def _step(one: Shape, link: Link) -> str:
    inside = {"mail": "", "list": " [inside JSON $[*].m]", "commas": " [inside array]"}
    if link.kind in inside:
        return f"{one.name}.{link.columns[0]} ~> people.email{inside[link.kind]}"
    here, there = (
        f"{name}.{columns[0]}" if len(columns) == 1 else f"{name}.({','.join(columns)})"
        for name, columns in ((one.name, link.columns), (link.target.name, link.there))
    )
    return f"{here} {link.arrow} {there}{_condition(link)}"


def _condition(link: Link) -> str:
    return " [what='this']" if link.kind == "typed" else ""


def addresses(link: Link, row: Row) -> set[str]:
    """The addresses that a natural link holds, in normal form."""
    cell = row[link.columns[0]]
    if cell is None:
        return set()
    if link.kind == "mail":
        some = [cell]
    else:
        some = [one["m"] or "" for one in json.loads(cell)] if link.kind == "list" else re.split("[,;]", cell)
    return {plain(one) for one in some} - {""}


def ends(link: Link, row: Row, rows: Rows) -> list[Row]:
    """The rows that a link of a row leads to."""
    if link.kind in NATURAL:
        named = addresses(link, row)
        return [one for one in rows["people"] if plain(one["email"]) in named]
    here = [row[name] for name in link.columns]
    if None in here or (link.kind == "typed" and row["what"] != "this"):
        return []
    return [one for one in rows[link.target.name] if [one[name] for name in link.there] == here]


def owners(  # noqa: PLR0913 - each is one way to ask
    one: Shape,
    row: Row,
    rows: Rows,
    *,
    keyed: bool = False,
    parts: bool = False,
    seen: tuple[Key, ...] = (),
) -> set[int | str]:
    """Whom a row leads to: the numbers of people, and addresses that nobody has.

    Args:
        one: the table of the row.
        row: the row.
        rows: all rows there are.
        keyed: whether only keys are followed.
        parts: whether it counts too whom the row is only about.
        seen: rows on the way, so that a circle ends.
    """
    if one.role == "subject":
        return {row["who"]}
    found: set[int | str] = set()
    aside = not parts and _addressed(one)
    for link in one.links:
        if aside and link.kind == "typed" and link.target.role == "subject":
            continue  # it is only about somebody
        if link.owns and not (keyed and link.kind in NATURAL):
            if link.kind in NATURAL:
                found |= addresses(link, row) - {plain(other["email"]) for other in rows["people"]}
            for end in ends(link, row, rows):
                name = link.target.named(end)
                if name not in seen:
                    found |= owners(link.target, end, rows, keyed=keyed, parts=parts, seen=(*seen, name))
    return found


def _addressed(one: Shape) -> bool:
    """Whether every row names its person by a declared key first, so that it is theirs whomever a type means besides."""
    first = next((link for link in one.links if link.owns and link.kind != "self"), None)
    kept = first is not None and first.declared and first.required and first.target.role == "subject"
    return one.role == "owned" and kept


def belonging(
    found: Sequence[Shape], rows: Rows, some: set[int], *, parts: bool = False
) -> dict[Key, set[int | str]]:
    """Whose every row is, as some people see it: an address of nobody in a row that is theirs by keys came with it.

    With `parts` it counts too whom a row is only about.
    """
    whose = {}
    for one in found:
        for row in rows[one.name]:
            named = owners(one, row, rows, parts=parts)
            if owners(one, row, rows, keyed=True, parts=parts) & some:
                named = {who for who in named if isinstance(who, int)}
            whose[one.named(row)] = named
    return whose
