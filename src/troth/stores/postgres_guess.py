"""The conditions of PostgreSQL that a cell may mean a value, however it is spelled; the caller decides what it means."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from troth.stores.bytea import written
from troth.stores.walk import ESCAPE, Hints

_MOST_HINTS = 40  # more are looked for by their shape, so that the statement stays short
_ODD_TEXT = "[\uff10-\uff19\uff20-\uff3a\uff41-\uff5a\u00ad\u200b-\u200f\u2060-\u2064\ufeff]"


@dataclass(frozen=True, slots=True)
class Guess:
    """What is looked for in columns of one statement.

    Attributes:
        hints: the values.
        utf8: whether the database keeps its texts in UTF-8.
    """

    hints: Hints
    utf8: bool

    def text(self, columns: Sequence[str], packed: Sequence[bool]) -> tuple[str, list[object]]:
        """The condition that one of some columns may hold a value, with the values of its marks.

        Args:
            columns: the expressions of the columns as text.
            packed: which of them are bytes.
        """
        clauses: list[str] = []
        marks: list[object] = []
        for column, bare in zip(columns, packed, strict=True):
            if self.hints.every:
                clauses.append(f"{column} <> ''")
                continue
            anywhere = self._plainly if bare else self._anywhere
            clause, some = self._whole(column) if self.hints.whole else anywhere(column)
            clauses.append(clause)
            marks += some
        return " or ".join(clauses) or "false", marks

    def _whole(self, column: str) -> tuple[str, list[object]]:
        """The condition that a cell may be one of the values, as an index on it has it."""
        # Written out, so that the planner sees that an index on the odd spellings is enough.
        clauses, marks = [f"{column} collate \"C\" ~ '[^!-~]'"], list[object]()
        bytewise = f'({column} collate "C")'  # a collation that folds knows no regular expressions
        if self.hints.words:
            clauses.append(f"lower({column}) = any(%s)")
            marks.append(list(self.hints.words))
        if self.hints.tails:
            clauses.append(f"right({_digits(bytewise)}, 7) = any(%s)")
            marks.append(list(self.hints.tails))
        return " or ".join(clauses), marks

    def _anywhere(self, column: str) -> tuple[str, list[object]]:
        """The condition that a cell may hold one of the values; a collation that folds can not look inside of a text."""
        odd = r"[^\u0001-\u007f]" if self.hints.varied else _ODD_TEXT
        bytewise = f'({column} collate "C")'
        clauses = [f"{bytewise} ~ '{odd}'", f"position('{ESCAPE}' in {bytewise}) > 0"]
        alone, given = self._alone(column)
        if len(self.hints.words) + len(self.hints.tails) > _MOST_HINTS:
            mails = all("@" in word for word in self.hints.words)
            if self.hints.words:
                clauses.append(f"position('@' in {bytewise}) > 0" if mails else f"{column} <> ''")
            if self.hints.tails:
                clauses.append(f"{bytewise} ~ '([0-9][^0-9]*){{7}}'")
            return " or ".join([*clauses, *alone]), given
        clauses += [f'position(%s in (lower({column}) collate "C")) > 0'] * len(self.hints.words)
        clauses += [f"position(%s in {_digits(bytewise)}) > 0"] * len(self.hints.tails)
        clauses += alone
        marks: list[object] = [*self.hints.words, *self.hints.tails, *given]
        if not self.utf8:
            return " or ".join(clauses), marks
        # What a text must have in any case costs a tenth: characters beyond ASCII, the word, or the digits in turn.
        plain = [word for word in self.hints.words if word.isascii()]
        # One sign is looked for twice as fast as two.
        first = [f"octet_length({column}) <> length({column})", f"position('{ESCAPE[0]}' in {bytewise}) > 0"]
        first += [f"position(%s in lower({bytewise})) > 0"] * len(plain)
        first += [f"{bytewise} like %s"] * len(self.hints.tails)
        first += alone
        looked: list[object] = [*plain, *(self.hints.spread(tail, "%") for tail in self.hints.tails), *given]
        return f"(({' or '.join(first)}) and ({' or '.join(clauses)}))", looked + marks

    def _alone(self, column: str) -> tuple[list[str], list[object]]:
        """The conditions that a cell may be one of the values that count alone."""
        if len(self.hints.words) + len(self.hints.tails) <= _MOST_HINTS:
            return [f'{column} collate "C" ilike %s'] * len(self.hints.starts), [*self.hints.starts]
        if not self.hints.alone:
            return [], []
        # A longer text is not lowered to be compared.
        one = f"lower(btrim(replace({column} collate \"C\", '  ', ' ')) collate \"default\") = any(%s)"
        bound = f"octet_length({column}) <= {self.hints.most_alone}"
        return [f"case when {bound} then {one} else false end"], [list(self.hints.alone)]

    def _plainly(self, column: str) -> tuple[str, list[object]]:
        """The condition that bytes may hold one of the values as it is: an image has every odd spelling somewhere."""
        if len(self.hints.words) + len(self.hints.tails) > _MOST_HINTS:
            return f"position('@' in {column}) > 0 or {column} ~ '([0-9][^0-9]*){{7}}'", []
        clauses = [f"position(%s in lower({column})) > 0"] * len(self.hints.words)
        clauses += [f"{column} ~ %s"] * len(self.hints.tails)
        return " or ".join(clauses), [
            *map(written, self.hints.words),
            *map(self.hints.near, self.hints.tails),
        ]


def _digits(column: str) -> str:
    return f"regexp_replace({column}, '[^0-9]', '', 'g')"
