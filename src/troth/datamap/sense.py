"""What a column that points to a person means: owner, author, agent at work, or who touched the row last."""

from __future__ import annotations

from typing import Literal

from troth.datamap.names import word_list

Sense = Literal["owner", "author", "staff", "audit", "self", "part"]

STAFF = word_list("staff")
AUDIT = word_list("audit")
AUTHOR = word_list("author")
SELF = word_list("self")
PEOPLE = word_list("people")
OFFICE = word_list("office")
ID_WORDS = frozenset({"id", "uuid", "guid", "fk", "pk", "oid", "ref", "uid"})
MINOR = frozenset(
    {"default", "preferred", "current", "last", "favorite", "selected", "active"}
)  # a choice, not a belonging


def sense_of(words: tuple[str, ...], *, working: bool = False, authored: bool = False) -> Sense:
    """What a link to a person means by the words of its column.

    Args:
        words: the words of the column's name.
        working: whether the table is about tickets and messages, where an owner is the agent at work ...
        authored: ... if the table also names who wrote the row.
    """
    said = set(words)
    if AUDIT & said or OFFICE & said:
        return "audit"
    if STAFF & said or (working and authored and "owner" in said):
        return "staff"
    if AUTHOR & said:
        return "author"
    if SELF & said:
        return "self"
    return "owner"
