"""What is asked of a store, free of any engine: walks along links, guesses by meaning, writes by key; and the contract.

    find(walk, given)    rows whose columns equal given values, over links of the data map
    take(write, walk, given)   the same rows are written where they are found, and their keys are told (`Taker`)
    guess(walk, hints)   rows whose columns may mean a value, however they spell it; the caller decides
    stream(walk, given)  the same rows as lines of JSON, for a file
    run(write, rows)     delete or change the rows of given keys
    purge(tables)        make the bytes of deleted rows disappear

Every engine is written natively and knows nothing of the others.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from typing import Protocol, TypeAlias, runtime_checkable
from unicodedata import is_normalized

from troth.model.datamap import Condition, Link
from troth.model.plan import Change
from troth.model.schema import Schema

Value: TypeAlias = int | float | str | bytes | None
"""A value as it travels between a store and its caller; everything that is no number or bytes is its text."""
Row: TypeAlias = tuple[Value, ...]


@dataclass(frozen=True, slots=True)
class Walk:
    """A chain of tables of one store, with values given at one end and columns wanted from the other.

    Attributes:
        table: the table it starts at (the near end).
        joins: links walked inside the store; a link from a table to itself is walked once or more often.
        fixed: the columns that are compared with what is given.
        want: the columns that are asked for.
        upward: False: fixed at the far end, wanted from the near end. True: the other way round.
        conditions: which rows of the far table count (polymorphic links).
        distinct: whether the same row may be met twice and shall be given once.
        ever: whether earlier versions of rows, where the database keeps them, are guessed as well.
        settled: whether what is found, and that there is no more, has to hold until the transaction ends, in a database that
            would not notice by itself what others write meanwhile.
        blank: columns beside the fixed ones that are NULL.
        exact: whether the texts of the fixed columns were read from these very rows, so that no other letters are meant.
    """

    table: str
    joins: tuple[Link, ...] = ()
    fixed: tuple[str, ...] = ()
    want: tuple[str, ...] = ()
    upward: bool = False
    conditions: tuple[Condition, ...] = ()
    distinct: bool = False
    ever: bool = False
    settled: bool = False
    blank: tuple[str, ...] = ()
    exact: bool = False

    def __hash__(self) -> int:
        """Quicker than over everything: walks are looked up among statements that were worked out before."""
        return hash((self.table, self.fixed, self.want, len(self.joins)))

    @property
    def tables(self) -> tuple[str, ...]:
        """The tables in turn, near end first."""
        return self.table, *(link.target for link in self.joins)


def like_literal(word: str) -> str:
    """A word as LIKE takes it for itself, with a backslash before each sign that means more there."""
    for special in "\\%_":
        word = word.replace(special, "\\" + special)
    return word


_MOST_BYTES = 6  # of a letter, with what composes it and a blank beside it
ESCAPE = "\\u"
"""How JSON and many languages write a letter by its number in a text: any letter may hide behind it."""


@dataclass(frozen=True, slots=True)
class Hints:
    """What to look for by meaning, in normal form.

    Attributes:
        words: texts in lower case without surrounding space.
        tails: the last seven digits of telephone numbers.
        whole: whether the whole value is meant; otherwise anywhere in it.
        every: every value that is not empty is asked for.
        alone: texts like `words` that count where a value is one and nothing else, beside what is looked for anywhere.
    """

    words: tuple[str, ...] = ()
    tails: tuple[str, ...] = ()
    whole: bool = True
    every: bool = False
    alone: tuple[str, ...] = ()

    @property
    def varied(self) -> bool:
        """Whether a word has letters beyond ASCII that capitals or composition write in another way."""
        return any(
            letters != letters.upper() or not is_normalized("NFD", letters)
            for word in (*self.words, *self.alone)
            if (letters := "".join(letter for letter in word if not letter.isascii()))
        )

    @property
    def most_alone(self) -> int:
        """Bytes that a value which is one of `alone` has at the most: a quick first look at long texts."""
        return _MOST_BYTES * max(map(len, self.alone), default=0)

    @property
    def starts(self) -> tuple[str, ...]:
        """Patterns of LIKE that begin as a value does which is one of `alone`, so that most values fail at their first letter."""
        return tuple(f"{like_literal(one).replace(' ', '%')}%" for one in self.alone)

    @staticmethod
    def spread(tail: str, any_text: str) -> str:
        """The pattern of a text that holds these digits in turn, whatever stands between: a quick first look.

        Args:
            tail: the digits.
            any_text: how the engine writes any text in a pattern ("%", "*").
        """
        return any_text + any_text.join(tail) + any_text

    @staticmethod
    def near(tail: str) -> str:
        """The regular expression of a text that holds these digits with hardly anything between them: one look at large bytes."""
        return "[^0-9]{0,2}".join(tail)


@dataclass(frozen=True, slots=True)
class Write:
    """What happens to rows that are named by key.

    Attributes:
        table: the table.
        key: the columns that name a row.
        changes: what is put into columns of every row; with no changes and no `each`, the rows are deleted.
        each: columns that get a value of their own in every row, given behind the key.
        several: whether the key may name several rows, and all of them are meant.
        blank: columns beside the key that are NULL.
    """

    table: str
    key: tuple[str, ...]
    changes: tuple[Change, ...] = ()
    each: tuple[str, ...] = ()
    several: bool = False
    blank: tuple[str, ...] = ()

    @property
    def deletes(self) -> bool:
        """Whether the rows go."""
        return not self.changes and not self.each


class Store(Protocol):
    """What every store can do; a class an engine, open until `close`."""

    name: str
    schema: Schema

    def transaction(self, *, deferred: bool = False) -> AbstractContextManager[None]:
        """Everything inside is durable at the end or never happened; the rows read inside do not change meanwhile.

        Args:
            deferred: check foreign keys at the end, where they run in a circle.

        Raises:
            StoreBusy: somebody else is writing for too long; nothing happened, try again.
            StoreGone: the database can not be reached.
        """
        ...

    def snapshot(self) -> AbstractContextManager[None]:
        """Everything read inside is of one moment, and nobody waits for it.

        Raises:
            StoreGone: the database can not be reached.
        """
        ...

    def savepoint(self) -> AbstractContextManager[None]:
        """Everything inside is undone when an error leaves it; the transaction lives on."""
        ...

    def find(self, walk: Walk, given: Sequence[Row], numbers: Sequence[int] | None = None) -> Iterator[Row]:
        """For each row found, the number of the given row it matches, then the columns wanted.

        Args:
            walk: what is asked.
            given: the values to compare with.
            numbers: what each given row is called; its position where none are given.
        """
        ...

    def guess(self, walk: Walk, hints: Hints) -> Iterator[Row]:
        """For each candidate, the columns wanted, then the fixed ones as text; the caller decides what they mean."""
        ...

    def stream(self, walk: Walk, given: Sequence[Row]) -> Iterator[bytes]:
        """The columns wanted of each row found, as one JSON object in UTF-8."""
        ...

    def run(self, write: Write, rows: Sequence[Row]) -> int:
        """Delete or change rows; gives how many the database touched.

        Raises:
            StoreRefused: the database does not let it happen; the message says why, without any value.
            StoreBusy: a lock was not given in time.
        """
        ...

    def purge(self, tables: Sequence[str]) -> str:
        """Make the bytes of rows that are gone disappear; says what may still hold some, empty where nothing does."""
        ...

    def close(self) -> None:
        """Let go of the database."""
        ...


@runtime_checkable
class Copier(Store, Protocol):
    """A store that keeps copies of rows in materialised views."""

    def copies_of(self, tables: Sequence[str]) -> tuple[str, ...]:
        """The filled views that are made from any of these tables, those first from which others are made."""
        ...

    def refresh(self, view: str) -> None:
        """Fill a view again from what stands in its tables now.

        Raises:
            StoreRefused: the database does not let it happen.
            StoreBusy: a lock was not given in time.
        """
        ...


Taken: TypeAlias = tuple[int, int, str]
"""The number of a given row, how many rows it matched, and their keys, whole numbers with commas between."""
Take: TypeAlias = tuple[Write, Walk, Sequence[Row], Sequence[int]]
"""What happens to the rows that a walk finds, with the given values and what each of them is called."""
Asked: TypeAlias = tuple[Walk, Sequence[Row]]
"""A walk with its given values."""


@runtime_checkable
class Taker(Store, Protocol):
    """A store whose transactions leave nothing behind until they are committed, so that rows can go in one pass."""

    def take(self, takes: Sequence[Take]) -> list[list[Taken]]:
        """Write the rows that walks find, one after another, and tell the keys that each found.

        Args:
            takes: what happens, the same to all rows of a walk; the key of the table is one whole number. The walk
                leads downward from that table, and never from a table to itself; each given row comes once.

        Raises:
            StoreRefused: the database does not let it happen, or a key is no whole number; the caller undoes it.
            StoreBusy: a lock was not given in time.
        """
        ...

    def remain(self, asked: Sequence[Asked]) -> bool:
        """Whether any of these walks, none of which leads from a table to itself, finds a row."""
        ...
