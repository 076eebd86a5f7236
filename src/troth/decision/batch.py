"""Many decisions at once: columns of requests in, a column of answers out, the same answers as one by one.

Words and fact values are coded once into classes that no rule tells apart. A request is then a row number of a table
that is filled as rows are first seen: a few look-ups in small arrays a request, whatever the number of rules.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from math import isfinite

import numpy as np
import numpy.typing as npt

from troth.decision.program import Program, settle
from troth.decision.table import Table
from troth.model.condition import NEVER_HAPPENED, FactValue, Test, compare, tests
from troth.model.errors import TrothError
from troth.model.request import Decision

Codes = npt.NDArray[np.intp]
DIMENSIONS = ("verbs", "data", "purposes", "recipients")
FEW = 256  # combinations of all facts for which points share one layout
LARGEST = 1 << 26  # rows of answers; beyond it the facts of one program are too many to tabulate


@dataclass(frozen=True, slots=True)
class Answers:
    """The answers to a batch.

    Attributes:
        codes: place in `decisions` for each request, shape (n,).
        decisions: the distinct answers.
        allowed: whether each request may be done, shape (n,).
    """

    codes: Codes
    decisions: tuple[Decision, ...]
    allowed: npt.NDArray[np.bool_]


@dataclass
class Column:
    """The coding of one dimension: a code for every word, a class for every code."""

    codes: dict[str, int] = field(default_factory=dict)
    words: list[str] = field(default_factory=list)
    classes: list[int] = field(default_factory=list)
    signatures: dict[object, int] = field(default_factory=dict)
    examples: list[str] = field(default_factory=list)


class FactColumn:
    """The coding of one fact: 0 is unknown, then one code for each way the tests can turn out."""

    def __init__(self, found: Sequence[Test], meant: Callable[[FactValue], FactValue]) -> None:
        self.meant = meant
        self.tests = tuple(dict.fromkeys(found))
        self.examples: list[FactValue] = [None]
        self._codes: dict[FactValue, int] = {None: 0}
        self._seen: dict[tuple[object, ...], int] = {}
        numeric = [test for test in self.tests if test.op != "in"]
        self.bounds = sorted(
            {float(value) for test in numeric for value in test.values if not isinstance(value, str)}
        )
        named = {value for test in self.tests if test.op == "in" for value in test.values}
        self.bounds = (
            sorted({*self.bounds, *(float(v) for v in named if not isinstance(v, (str, bool)))})
            if self.bounds
            else []
        )
        broader = set().union(*(test.broader for test in self.tests))
        self.size = 2 + (2 * len(self.bounds) + 3 if self.bounds else len(named | broader) + 1)

    def code(self, value: FactValue) -> int:
        """The code of a value; equal codes are never told apart by any rule."""
        known = self._codes.get(value)
        if known is not None:
            return known
        said = value
        if not (self.bounds and isinstance(value, float) and isfinite(value)):  # these are what they are
            value = self.meant(value)
            if value is None:
                return self._codes.setdefault(said, 0)
        if self.bounds and isinstance(value, (int, float)):
            place = bisect_left(self.bounds, value)
            on = place < len(self.bounds) and self.bounds[place] == value
            key: tuple[object, ...] = ("number", 2 * place + (1 if on else 0))
        elif self.bounds:
            key = ("other", value == NEVER_HAPPENED)
        else:
            key = ("value", *(compare(test, value) if test.op == "in" else None for test in self.tests))
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = len(self.examples)
            self.examples.append(value)
        if not isinstance(said, float):
            self._codes[said] = found
        return found


class Batch:
    """The batch decisions of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = {name: Column() for name in DIMENSIONS}
        self.facts = {name: FactColumn(found, self._meant(name)) for name, found in self._tests().items()}
        self._tested = self._term_sets()
        self._programs: list[Program] = []
        self._program_of: dict[tuple[int, ...], int] = {}
        self._shape: tuple[int, ...] = ()
        self._rows: Codes = np.full(1, -1, np.intp)  # first row of each cell, -1 where it was never asked
        self._steps: list[Codes] = []  # for each fact, how many rows one step of its code is, by cell
        self._shared = self._shared_strides()
        self._bases: list[int] = []
        self._strides: list[list[int]] = []
        self._outcomes: Codes = np.empty(0, np.intp)
        self._decisions: dict[Decision, int] = {}

    def _tests(self) -> dict[str, list[Test]]:
        found: dict[str, list[Test]] = {name: [] for name in self.table.facts}
        for norm in self.table.norms:
            for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                for test in tests(condition):
                    if test.fact in found:
                        found[test.fact].append(test)
        return found

    def _shared_strides(self) -> list[int]:
        """Steps of the facts that all points share, where the facts are few enough; none otherwise.

        A point then has a row for every combination of all facts, also of those it does not depend on: more rows, and
        one look-up less for each fact and request.
        """
        strides, size = [], 1
        for column in self.facts.values():
            strides.append(size)
            size *= column.size
        return strides if size <= FEW else []

    def _term_sets(self) -> dict[str, tuple[frozenset[object], ...]]:
        names = {"data": "data", "purpose": "purposes", "recipient": "recipients"}
        found: dict[str, dict[frozenset[object], None]] = {name: {} for name in DIMENSIONS}
        for norm in self.table.norms:
            for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                for test in tests(condition):
                    if test.fact in names:
                        found[names[test.fact]] |= {
                            frozenset(test.values): None,
                            frozenset(test.broader): None,
                        }
        return {name: tuple(sets) for name, sets in found.items()}

    def code(self, dimension: str, words: Sequence[str]) -> Codes:
        """The codes of words of a dimension (verbs, data, purposes, recipients).

        Raises:
            NotFound: the vocabulary does not know one of the words.
        """
        column = self.columns[dimension]
        known = column.codes
        return np.fromiter(
            (known[word] if word in known else self._add(dimension, word) for word in words),
            np.intp,
            len(words),
        )

    def _meant(self, fact: str) -> Callable[[FactValue], FactValue]:
        """How a value of a fact is meant, as one by one."""
        return lambda value: next(iter(self.table.canonical({fact: value}).values()))

    def _add(self, dimension: str, said: str) -> int:
        column = self.columns[dimension]
        word = self.table.word(dimension, said)
        if word != said:
            code = column.codes[said] = (
                column.codes[word] if word in column.codes else self._add(dimension, word)
            )
            return code
        signature = (
            *self.table.masks(dimension, word),
            tuple(word in values for values in self._tested[dimension]),
        )
        found = column.signatures.get(signature)
        if found is None:
            found = column.signatures[signature] = len(column.examples)
            column.examples.append(word)
        code = column.codes[word] = len(column.words)
        column.words.append(word)
        column.classes.append(found)
        return code

    def code_fact(self, fact: str, values: Sequence[FactValue]) -> Codes:
        """The codes of the values of a fact; facts that no rule tests get zeros."""
        column = self.facts.get(fact)
        if column is None:
            return np.zeros(len(values), np.intp)
        return np.fromiter(map(column.code, values), np.intp, len(values))

    def decide(
        self,
        verbs: Codes,
        data: Codes,
        purposes: Codes,
        recipients: Codes,
        facts: Mapping[str, Codes] | None = None,
    ) -> Answers:
        """The answers to a batch of coded requests; all columns have shape (n,).

        Raises:
            TrothError: the rules at one point depend on more facts than can be tabulated.
        """
        cells = self._cell_of((verbs, data, purposes, recipients))
        rows = self._rows.take(cells)
        if rows.size and rows.min() < 0:
            for cell in np.unique(cells[rows < 0]).tolist():
                self._compile(cell)
            rows = self._rows.take(cells)
        for place, name in enumerate(self.facts):
            codes = (facts or {}).get(name)
            if codes is None:
                continue
            if self._shared:
                rows += codes * self._shared[place]
            elif any(strides[place] for strides in self._strides):
                step = self._steps[place].take(cells)
                step *= codes
                rows += step
        outcomes = self._outcomes.take(rows)
        if outcomes.size and outcomes.min() < 0:
            self._fill(np.unique(rows[outcomes < 0]))
            outcomes = self._outcomes.take(rows)
        decisions = tuple(self._decisions)
        allowed = np.fromiter((decision.allowed for decision in decisions), np.bool_, len(decisions))
        return Answers(outcomes, decisions, allowed.take(outcomes))

    def _cell_of(self, columns: tuple[Codes, ...]) -> Codes:
        shape = tuple(max(len(self.columns[name].examples), 1) for name in DIMENSIONS)
        if shape != self._shape:
            size = int(np.prod(shape))
            self._shape = shape
            self._rows = np.full(size, -1, np.intp)
            self._steps = [np.zeros(size, np.intp) for _ in self.facts]
        cells: Codes | None = None
        stride = 1
        for name, codes, size in reversed(list(zip(DIMENSIONS, columns, shape, strict=True))):
            part = (np.asarray(self.columns[name].classes, np.intp) * stride).take(codes)
            cells = part if cells is None else np.add(cells, part, out=cells)
            stride *= size
        assert cells is not None  # noqa: S101 - there are four columns
        return cells

    def _compile(self, cell: int) -> None:
        places, left = [], cell
        for size in reversed(self._shape):
            left, place = divmod(left, size)
            places.append(place)
        classes = tuple(reversed(places))
        known = self._program_of.get(classes)
        if known is None:
            known = self._program_of[classes] = self._tabulate(classes)
        self._rows[cell] = self._bases[known]
        for steps, stride in zip(self._steps, self._strides[known], strict=True):
            steps[cell] = stride

    def _tabulate(self, classes: tuple[int, ...]) -> int:
        """Makes room for the answers of one point, a row for each combination of the facts it depends on."""
        point = [self.columns[name].examples[place] for name, place in zip(DIMENSIONS, classes, strict=True)]
        program = self.table.program((point[0], point[1], point[2], point[3]))
        strides, size = [], 1
        for name, column in self.facts.items():
            asked = bool(self._shared) or name in program.facts
            strides.append(size if asked else 0)
            size *= column.size if asked else 1
        if self._outcomes.size + size > LARGEST:
            names = ", ".join(program.facts)
            raise TrothError(
                f"these rules depend on too many facts at once: {names}",
                hint="decide such requests one by one",
            )
        self._programs.append(program)
        self._bases.append(self._outcomes.size)
        self._strides.append(strides)
        self._outcomes = np.concatenate([self._outcomes, np.full(size, -1, np.intp)])
        return len(self._programs) - 1

    def _fill(self, rows: Codes) -> None:
        bases = np.asarray(self._bases)
        for row in rows.tolist():
            place = int(np.searchsorted(bases, row, side="right")) - 1
            program, left = self._programs[place], row - self._bases[place]
            facts: dict[str, FactValue] = {}
            for name, stride in zip(self.facts, self._strides[place], strict=True):
                if stride:
                    column = self.facts[name]
                    code = left // stride % column.size
                    facts[name] = column.examples[code]
            decision = program.fixed or settle(program.forbids, program.allows, facts)
            self._outcomes[row] = self._decisions.setdefault(decision, len(self._decisions))
