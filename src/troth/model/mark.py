"""What the columns of an application say about a person's choices, and about the state of a row.

A mark is a column that Troth sets: `newsletter_opt_in` is yes while it is allowed, `not do_not_contact` is yes
while it is not; `status = subscribed | unsubscribed` names the two words of a text column, allowed first.
For `restricted` the sense is that of the name: `is_restricted` is yes while the row is restricted.

A fact is a column that Troth reads: `state` as it is, or `state: new, pending = open; due = unpaid; * = none`
with the application's words translated to those of the policy. `future`, `past` and `null` stand for times and
empty cells: `keep_until: future = running; * = expired`.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import datetime

from troth.model.errors import TrothError

RESTRICTED = "restricted"


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

    def read(self, cell: object, now: datetime) -> str | bool | int | float | None:
        """The value of the fact that a cell shows; None where it shows nothing.

        Args:
            cell: what stands in the column.
            now: the time it is compared with, with its zone.
        """
        if not self.words:
            return cell if isinstance(cell, str | bool | int | float) else None
        words = ["null"] if cell is None or cell == "" else [str(cell).strip().casefold()]
        if moment := moment_of(cell, now):
            words.append("future" if moment > now else "past")
        return next((self.words[word] for word in (*words, "*") if word in self.words), None)


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


def moment_of(cell: object, now: datetime) -> datetime | None:
    """The time that a cell means, None where it means none; one without a zone is of the zone of now."""
    try:
        found = datetime.fromisoformat(str(cell))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=now.tzinfo)
