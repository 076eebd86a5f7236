"""What the columns of an application say about a person's choices, and about the state of a row.

A mark is a column that Troth sets: `newsletter_opt_in` is yes while it is allowed, `not do_not_contact` is yes
while it is not; `status = subscribed | unsubscribed` names the two words of a text column, allowed first.
For `restricted` the sense is that of the name: `is_restricted` is yes while the row is restricted.

A fact is a column that Troth reads: `state` as it is, or `state: new, pending = open; due = unpaid; * = none`
with the application's words translated to those of the policy. `future`, `past` and `null` stand for times and
empty cells: `keep_until: future = running; * = expired`; there `*` is any other moment, or an empty cell, and what can
not be read as a moment shows nothing. Case, and blanks around a word, do not count.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from troth.model.condition import FactValue
from troth.model.errors import TrothError
from troth.model.instant import is_nil_date, moment_of
from troth.model.term import Term

RESTRICTED = "restricted"
YES = ("1", "t", "true", "y", "yes")
NO = ("0", "f", "false", "n", "no")
"""How a column says that a flag is so, or not, in lower case."""
_TIMES = frozenset({"future", "past"})


@dataclass(frozen=True, slots=True)
class Mark:
    """A column that follows a choice.

    Attributes:
        column: its name.
        negated: it is yes while the thing is *not* so.
        yes, no: the two words of a text column; empty where its type knows yes and no.
    """

    column: str
    negated: bool = False
    yes: str = ""
    no: str = ""


@dataclass(frozen=True, slots=True)
class Fact:
    """A column that shows a fact of the policy.

    Attributes:
        column: its name.
        words: the policy's word by the application's, in lower case; empty where they are the same.
    """

    column: str
    words: Mapping[str, str] = field(default_factory=dict)

    @property
    def timed(self) -> bool:
        """Whether it tells times, so that what can not be read as a moment shows nothing, whatever `*` says."""
        return not self.words.keys().isdisjoint(_TIMES)

    def empty(self, cell: object) -> bool:
        """Whether nothing stands in a cell; a zero date of MariaDB stands for that where times are told."""
        return cell is None or not _folded(str(cell)) or (self.timed and is_nil_date(cell))

    def read(self, cell: object, now: datetime) -> FactValue | None:
        """The value of the fact that a cell shows, a word in lower case; None where it shows nothing.

        Args:
            cell: what stands in the column.
            now: the time it is compared with, with its zone.
        """
        word = "null" if self.empty(cell) else _folded(str(cell))
        if not self.words:
            if isinstance(cell, str):
                return None if word == "null" else word
            return cell if isinstance(cell, bool | int | float) else None
        if word in self.words:
            return _folded(self.words[word])
        if word != "null" and self.timed:
            moment = moment_of(cell)
            if moment is None:
                return None
            word = "future" if moment > now else "past"
        said = self.words.get(word, self.words.get("*"))
        return None if said is None else _folded(said)


def meant(value: FactValue | None, term: Term | None) -> FactValue | None:
    """What a value that a column shows means for a fact of the policy; None where it is none that the fact can have.

    Args:
        value: as `Fact.read` gives it.
        term: the fact in the vocabulary; None where it is not known, and then every value is taken as it is.
    """
    if value is None or term is None:
        return value
    if term.kind == "flag":
        word = _folded(str(value))
        return True if word in YES else False if word in NO else None
    if term.kind == "choice" and term.values:
        return value if value in {_folded(one) for one in term.values} else None
    return value


def parse_mark(text: str) -> Mark:
    """The mark that a text names.

    Raises:
        TrothError: it names no column, or one word of two.
    """
    head, equals, rest = text.partition("=")
    first, _, other = head.strip().partition(" ")
    negated = first == "not"
    column = other.strip() if negated else head.strip()
    yes, bar, no = (part.strip() for part in rest.partition("|"))
    if not column or (equals and not (bar and yes and no)):
        raise TrothError(
            f"`{text}` is no mark",
            hint="write a column, `not column`, or `column = allowed word | other word`",
        )
    return Mark(column, negated, yes, no)


def parse_fact(text: str) -> Fact:
    """The fact that a text names.

    Raises:
        TrothError: it names no column, or a translation has no two sides.
    """
    column, colon, rest = text.partition(":")
    words: dict[str, str] = {}
    for part in rest.split(";") if colon else ():
        theirs, equals, ours = part.partition("=")
        if not equals or not ours.strip() or not theirs.strip():
            raise TrothError(
                f"`{text}` is no fact", hint="write `column` or `column: their, words = our; * = none`"
            )
        words.update({word.strip().casefold(): ours.strip() for word in theirs.split(",")})
    if not column.strip():
        raise TrothError(
            f"`{text}` names no column", hint="write `column` or `column: their word = our word`"
        )
    return Fact(column.strip(), words)


def _folded(text: str) -> str:
    return text.strip().casefold()
