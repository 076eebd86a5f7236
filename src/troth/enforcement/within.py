"""The own e-mail address of an account that stands inside JSON: `{"email": "ada@example.org"}` beside other things.

An account is found by it, and what is left of it is searched for, like an address in a column of its own. Only a member
of the object itself counts whose name says nothing but that it is an address: the address of a manager, a list of
addresses, or one inside of another object may be anybody's.
"""

from __future__ import annotations

from collections.abc import Iterator

from troth.enforcement import exactjson
from troth.model.datamap import Table
from troth.stores.walk import Value

_NAMES = frozenset(
    {"email", "mail", "emailaddress", "mailaddress", "youxiang", "邮箱", "电子邮箱", "电邮", "电子邮件"}
)


def holding(table: Table) -> tuple[str, ...]:
    """The columns of a table of persons in which their own address may stand; none where it has a column of its own."""
    if table.role != "subject" or any(one.category == "contact.email" for one in table.columns):
        return ()
    return tuple(one.name for one in table.columns if one.form == "json")


def addresses(cell: Value) -> Iterator[str]:
    """The addresses of the account itself in a cell of JSON."""
    if not isinstance(cell, str) or "@" not in cell:
        return
    try:
        value = exactjson.read(cell)
    except ValueError:
        return
    for name, one in value.items() if isinstance(value, dict) else ():
        plain = "".join(letter for letter in str(name).casefold() if letter.isalnum())
        if plain in _NAMES and isinstance(one, str) and "@" in one:
            yield one
