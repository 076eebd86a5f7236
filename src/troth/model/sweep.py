"""The plan of a retention sweep: which rows of which tables are past their period, and what happens to them.

    SweepPlan ── Sweep ── Clause        a test that every engine carries out on a row
              │       ├── Obstacle      why a row that is due has to stay: held, excepted, minimum, waits
              │       └── Alter         what a column becomes where the row stays
              └─ Gap                    what the plan can not do, and why

It names tables, columns and moments and holds no value of any person, so it can be shown, signed and kept. A row
is worked on when `due` is true and every obstacle is certainly false: what is not known keeps a row.
"""

from __future__ import annotations

import json
from collections.abc import Iterator
from dataclasses import asdict, dataclass, field
from hashlib import sha256
from typing import Any, Literal, TypeAlias

from troth.model.datamap import Condition
from troth.model.plan import Citation

How = Literal["null", "empty", "zero", "token", "network", "month", "year", "place"]
"""A mask, or a coarser value: `network` (/24, /48), `month` and `year` (their first day), `place` (one decimal)."""
Stay = Literal["held", "excepted", "minimum", "waits"]
_NONE = Citation()
AGREED = "agreed:"
"""How the name of an `Among` begins that means whoever agreed to one of some versions."""

COARSE: frozenset[str] = frozenset({"network", "month", "year", "place"})


@dataclass(frozen=True, slots=True)
class Hop:
    """A step from one table to another of the same store: columns of the table before equal columns of `table`.

    Attributes:
        table: the table it leads to.
        pairs: column before, column here.
        before: conditions on the table before; `here`: on this one.
    """

    table: str
    pairs: tuple[tuple[str, str], ...]
    before: tuple[Condition, ...] = ()
    here: tuple[Condition, ...] = ()


Way: TypeAlias = tuple[Hop, ...]
"""From the row to other rows of its store; empty for the row itself."""


@dataclass(frozen=True, slots=True)
class Past:
    """The moment in `column` lies before `before` (RFC 3339, UTC); an empty cell never does."""

    way: Way
    column: str
    before: str


@dataclass(frozen=True, slots=True)
class Cell:
    """What a cell says, in three values: true for a word of `yes`, false for one of `no`, else `other`.

    Case and blanks around a word do not count, and a text of blanks is empty.

    Attributes:
        yes, no: words in lower case.
        empty: what an empty cell says; None: nothing.
        future, past: what a later and an earlier moment than `now` say, where the fact tells times; `other` where None.
        other: what any other word says; where the fact tells times, what can not be read as one says nothing.
        now: RFC 3339; empty where no time is compared.
    """

    way: Way
    column: str
    yes: tuple[str, ...] = ()
    no: tuple[str, ...] = ()
    empty: bool | None = None
    future: bool | None = None
    past: bool | None = None
    other: bool | None = None
    now: str = ""


@dataclass(frozen=True, slots=True)
class Number:
    """The number in `column` compares with `value`."""

    way: Way
    column: str
    op: Literal["<", "<=", ">", ">="]
    value: float


@dataclass(frozen=True, slots=True)
class Among:
    """The row at the end of the way is one of those named by key; the keys are given at the run, by `name`.

    A name begins with `AGREED` and the hashes of versions where it means whoever agreed to one of these.
    """

    way: Way
    columns: tuple[str, ...]
    name: str


@dataclass(frozen=True, slots=True)
class Referred:
    """A row of another table points here: its columns equal those of this row."""

    table: str
    pairs: tuple[tuple[str, str], ...]
    conditions: tuple[Condition, ...] = ()


@dataclass(frozen=True, slots=True)
class Known:
    """The same for every row: true, false, or not known."""

    value: bool | None


@dataclass(frozen=True, slots=True)
class Neither:
    """True where `part` is false."""

    part: Clause


@dataclass(frozen=True, slots=True)
class Every:
    """True where every part is true."""

    parts: tuple[Clause, ...]


@dataclass(frozen=True, slots=True)
class Unread:
    """The cell holds something that is no moment, so that the clock it should start never runs."""

    way: Way
    column: str


@dataclass(frozen=True, slots=True)
class Unsure:
    """True where it is not known whether `part` is true, false where that is known."""

    part: Clause


@dataclass(frozen=True, slots=True)
class Either:
    """True where one part is true."""

    parts: tuple[Clause, ...]


Clause: TypeAlias = (
    Past | Cell | Number | Among | Referred | Known | Neither | Every | Either | Unread | Unsure
)
"""A test of a row. `Unread` and `Unsure` only count; they stand in no plan."""


@dataclass(frozen=True, slots=True)
class Obstacle:
    """Why a row that is due stays.

    Attributes:
        kind: held, excepted, minimum (a law asks for longer), waits (another row still points to it).
        name: the name that the policy or the map gives it.
        clause: when; a row stays where this is true or not known.
        reason: in words.
    """

    kind: Stay
    name: str
    clause: Clause
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Alter:
    """What a column becomes."""

    column: str
    how: How


@dataclass(frozen=True, slots=True)
class Sweep:
    """What happens to the rows of one table that are past their period by one rule.

    Attributes:
        store, table, key: where, and what names a row.
        action: the row goes, or columns of it are changed.
        due: rows whose period is over; `overdue`: rows that should be gone already.
        obstacles: why such a row may have to stay.
        alters: for `alter`: what the columns become.
        order: an indexed column of the table that `due` bounds, by which rows are found; empty: the key.
        before: for `order`: the bound, RFC 3339; partitions that end before it go whole.
        measure: columns by which rows could be told apart, for the k that is promised; empty where none is.
        k: rows that have to look alike.
        fallback: rows that fail the test of k are deleted, because a rule says so.
        rule: id of the rule.
        citation: the sentence that asks for it.
        reason: in words.
        whole: no condition but `before` decides, so that a partition may go whole once no obstacle is met.
    """

    store: str
    table: str
    key: tuple[str, ...]
    action: Literal["delete", "alter"]
    due: Clause
    overdue: Clause
    obstacles: tuple[Obstacle, ...] = ()
    alters: tuple[Alter, ...] = ()
    order: str = ""
    before: str = ""
    measure: tuple[str, ...] = ()
    k: int = 0
    fallback: bool = False
    rule: str = ""
    citation: Citation = _NONE
    reason: str = ""
    whole: bool = False

    @property
    def place(self) -> str:
        """Store and table in one word."""
        return f"{self.store}.{self.table}"

    @property
    def free(self) -> Clause:
        """Rows that nothing keeps."""
        return Every(tuple(Neither(one.clause) for one in self.obstacles))


@dataclass(frozen=True, slots=True)
class Gap:
    """Something that the policy asks for and the plan can not do.

    Attributes:
        place: `store.table`, or `store.table.column`.
        reason: why, in words.
        rule: id of the rule.
        citation: the sentence that asks for it.
        lost: the database no longer has what the map names, so that work which was done before is not done now.
    """

    place: str
    reason: str
    rule: str = ""
    citation: Citation = _NONE
    lost: bool = False


@dataclass(frozen=True, slots=True)
class SweepPlan:
    """Everything that retention asks for at one moment, in the order it runs: rows before the rows they point to.

    Attributes:
        sweeps: see `Sweep`.
        gaps: what it can not do, and why.
        policy: SHA-256 of the compiled policy.
        moment: RFC 3339, the moment it was made for.
    """

    sweeps: tuple[Sweep, ...]
    gaps: tuple[Gap, ...] = ()
    policy: str = ""
    moment: str = ""
    kind: Literal["retention"] = field(default="retention")

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a sweep plan."""
        return {
            "purpose": self.kind,
            "policy": self.policy,
            "moment": self.moment,
            "sweeps": [_sweep_json(one) for one in self.sweeps],
            "gaps": [
                {
                    "place": one.place, "reason": one.reason, "rule": one.rule, "promise": one.citation.promise,
                    "sentences": list(one.citation.sentences),
                }
                for one in self.gaps
            ],
        }  # fmt: skip

    @property
    def digest(self) -> str:
        """SHA-256 of the plan, hex."""
        text = json.dumps(self.as_json(), sort_keys=True, ensure_ascii=False, separators=(",", ":"))
        return sha256(text.encode()).hexdigest()


def _sweep_json(one: Sweep) -> dict[str, Any]:
    return {
        "place": one.place,
        "action": one.action,
        "rule": one.rule,
        "promise": one.citation.promise,
        "sentences": list(one.citation.sentences),
        "reason": one.reason,
        "due": clause_json(one.due),
        "overdue": clause_json(one.overdue),
        "stays": [
            {"kind": each.kind, "name": each.name, "if": clause_json(each.clause)} for each in one.obstacles
        ],
        **({"alters": {each.column: each.how for each in one.alters}} if one.alters else {}),
        **({"k": one.k, "measure": list(one.measure)} if one.measure else {}),
    }


def leaves(one: Clause) -> Iterator[Clause]:
    """The single tests that a clause is made of."""
    match one:
        case Neither(part) | Unsure(part):
            yield from leaves(part)
        case Every(parts) | Either(parts):
            for part in parts:
                yield from leaves(part)
        case _:
            yield one


def clause_json(one: Clause) -> dict[str, Any]:
    """The JSON shape of a clause: the name of its kind in small letters, then what it holds."""
    name = type(one).__name__.lower()
    match one:
        case Neither() | Unsure():
            return {name: clause_json(one.part)}
        case Every() | Either():
            return {name: [clause_json(part) for part in one.parts]}
        case Known():
            return {name: one.value}
        case _:
            return {name: asdict(one)}


def every(*parts: Clause) -> Clause:
    """The conjunction, with what is the same for every row worked out."""
    found: list[Clause] = []
    for part in parts:
        found += part.parts if isinstance(part, Every) else (part,)
    if any(part == Known(False) for part in found):
        return Known(False)
    left = tuple(dict.fromkeys(part for part in found if part != Known(True)))
    return left[0] if len(left) == 1 else Every(left) if left else Known(True)


def either(*parts: Clause) -> Clause:
    """The disjunction, with what is the same for every row worked out."""
    found: list[Clause] = []
    for part in parts:
        found += part.parts if isinstance(part, Either) else (part,)
    if any(part == Known(True) for part in found):
        return Known(True)
    left = tuple(dict.fromkeys(part for part in found if part != Known(False)))
    return left[0] if len(left) == 1 else Either(left) if left else Known(False)


def neither(part: Clause) -> Clause:
    """The negation, with what is the same for every row worked out."""
    match part:
        case Known(value):
            return Known(None if value is None else not value)
        case Neither(inner):
            return inner
        case _:
            return Neither(part)
