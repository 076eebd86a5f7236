"""Many decisions at once: columns of requests in, a column of answers out, the same answers as one by one.

Words and fact values are coded once into classes that no rule tells apart. A request is then a row number of a table
that is filled as rows are first seen: a few look-ups in small arrays a request, whatever the number of rules.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from troth.decision.program import Program, settle
from troth.decision.table import Table
from troth.model.condition import FactValue, Test, tests
from troth.model.errors import TrothError
from troth.model.request import Decision

Codes = npt.NDArray[np.int32]
DIMENSIONS = ("verbs", "data", "purposes", "recipients")
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

    def __init__(self, found: Sequence[Test]) -> None:
        self.tests = tuple(dict.fromkeys(found))
        self.examples: list[FactValue] = [None]
        self._codes: dict[FactValue, int] = {None: 0}
        self._seen: dict[tuple[object, ...], int] = {}
        numeric = [test for test in self.tests if test.op != "in"]
        self.bounds = sorted({float(value) for test in numeric for value in test.values if not isinstance(value, str)})
        named = {value for test in self.tests if test.op == "in" for value in test.values}
        self.bounds = sorted({*self.bounds, *(float(v) for v in named if not isinstance(v, (str, bool)))}) if self.bounds else []
        self.size = 2 + (2 * len(self.bounds) + 1 if self.bounds else len(named) + 1)

    def code(self, value: FactValue) -> int:
        """The code of a value; equal codes are never told apart by any rule."""
        known = self._codes.get(value)
        if known is not None:
            return known
        if self.bounds and isinstance(value, (int, float)):
            place = bisect_left(self.bounds, value)
            on = place < len(self.bounds) and self.bounds[place] == value
            key: tuple[object, ...] = ("number", 2 * place + (1 if on else 0))
        else:
            key = ("value", *(value in test.values if test.op == "in" else None for test in self.tests))
        found = self._seen.get(key)
        if found is None:
            found = self._seen[key] = len(self.examples)
            self.examples.append(value)
        if not isinstance(value, float):
            self._codes[value] = found
        return found


class Batch:
    """The batch decisions of a table."""

    def __init__(self, table: Table) -> None:
        self.table = table
        self.columns = {name: Column() for name in DIMENSIONS}
        self.facts = {name: FactColumn(found) for name, found in self._tests().items()}
        self._tested = self._term_sets()
        self._programs: list[Program] = []
        self._program_of: dict[tuple[int, ...], int] = {}
        self._cells: npt.NDArray[np.int32] = np.full(1, -1, np.int32)
        self._shape: tuple[int, ...] = ()
        self._bases: list[int] = []
        self._strides: list[list[int]] = []
        self._outcomes: npt.NDArray[np.int32] = np.empty(0, np.int32)
        self._decisions: dict[Decision, int] = {}

    def _tests(self) -> dict[str, list[Test]]:
        found: dict[str, list[Test]] = {name: [] for name in self.table.facts}
        for norm in self.table.norms:
            for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                for test in tests(condition):
                    if test.fact in found:
                        found[test.fact].append(test)
        return found

    def _term_sets(self) -> dict[str, tuple[frozenset[object], ...]]:
        names = {"data": "data", "purpose": "purposes", "recipient": "recipients"}
        found: dict[str, dict[frozenset[object], None]] = {name: {} for name in DIMENSIONS}
        for norm in self.table.norms:
            for condition in (norm.condition, *(lift.condition for lift in norm.lifts)):
                for test in tests(condition):
                    if test.fact in names:
                        found[names[test.fact]][frozenset(test.values)] = None
        return {name: tuple(sets) for name, sets in found.items()}

    def code(self, dimension: str, words: Sequence[str]) -> Codes:
        """The codes of canonical words of a dimension (verbs, data, purposes, recipients).

        Raises:
            NotFound: the vocabulary does not know one of the words.
        """
        column = self.columns[dimension]
        known = column.codes
        return np.fromiter((known[word] if word in known else self._add(dimension, word) for word in words), np.int32, len(words))

    def _add(self, dimension: str, word: str) -> int:
        column = self.columns[dimension]
        signature = (*self.table.masks(dimension, word), tuple(word in values for values in self._tested[dimension]))
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
            return np.zeros(len(values), np.int32)
        return np.fromiter(map(column.code, values), np.int32, len(values))

    def decide(self, verbs: Codes, data: Codes, purposes: Codes, recipients: Codes, facts: Mapping[str, Codes] | None = None) -> Answers:
        """The answers to a batch of coded requests; all columns have shape (n,).

        Raises:
            TrothError: the rules at one point depend on more facts than can be tabulated.
        """
        cells = self._cell_of((verbs, data, purposes, recipients))
        programs = self._cells[cells]
        if programs.size and int(programs.min()) < 0:
            for cell in np.unique(cells[programs < 0]).tolist():
                self._cells[cell] = self._compile(cell)
            programs = self._cells[cells]
        rows = np.asarray(self._bases, np.int32)[programs]
        strides = np.asarray(self._strides, np.int32).reshape(len(self._bases), len(self.facts))
        for place, name in enumerate(self.facts):
            codes = (facts or {}).get(name)
            if codes is not None and strides[:, place].any():
                rows += strides[:, place][programs] * codes
        outcomes = self._outcomes[rows]
        if outcomes.size and int(outcomes.min()) < 0:
            self._fill(np.unique(rows[outcomes < 0]))
            outcomes = self._outcomes[rows]
        decisions = tuple(self._decisions)
        allowed = np.fromiter((decision.allowed for decision in decisions), np.bool_, len(decisions))
        return Answers(outcomes, decisions, allowed[outcomes])

    def _cell_of(self, columns: tuple[Codes, ...]) -> npt.NDArray[np.int32]:
        shape = tuple(max(len(self.columns[name].examples), 1) for name in DIMENSIONS)
        if shape != self._shape:
            self._shape = shape
            self._cells = np.full(int(np.prod(shape)), -1, np.int32)
        cells: npt.NDArray[np.int32] | None = None
        stride = 1
        for name, codes, size in reversed(list(zip(DIMENSIONS, columns, shape, strict=True))):
            scaled = np.asarray(self.columns[name].classes, np.int32) * np.int32(stride)
            part = scaled[codes]
            cells = part if cells is None else np.add(cells, part, out=cells)
            stride *= size
        assert cells is not None  # noqa: S101 - there are four columns
        return cells

    def _compile(self, cell: int) -> int:
        places = []
        for size in reversed(self._shape):
            cell, place = divmod(cell, size)
            places.append(place)
        classes = tuple(reversed(places))
        known = self._program_of.get(classes)
        if known is not None:
            return known
        point = tuple(self.columns[name].examples[place] for name, place in zip(DIMENSIONS, classes, strict=True))
        program = self.table.program((point[0], point[1], point[2], point[3]))
        found = self._program_of[classes] = len(self._programs)
        self._programs.append(program)
        strides, size = [], 1
        for name, column in self.facts.items():
            strides.append(size if name in program.facts else 0)
            size *= column.size if name in program.facts else 1
        if self._outcomes.size + size > LARGEST:
            names = ", ".join(program.facts)
            raise TrothError(f"these rules depend on too many facts at once: {names}", hint="decide such requests one by one")
        self._bases.append(self._outcomes.size)
        self._strides.append(strides)
        self._outcomes = np.concatenate([self._outcomes, np.full(size, -1, np.int32)])
        return found

    def _fill(self, rows: npt.NDArray[np.int32]) -> None:
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
