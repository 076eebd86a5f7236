"""Contact cards (vCard 4.0, RFC 6350) of rows that hold a name and an address."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from typing import Any

from troth.model.datamap import Table

_PARTS = {
    "contact.email": "EMAIL", "contact.phone": "TEL", "contact.company": "ORG", "ident.birthdate": "BDAY",
}  # fmt: skip
_LINE = 75  # octets of a line, without its end (RFC 6350 section 3.2)


def fields_of(table: Table, given: tuple[str, ...]) -> tuple[tuple[str, str], ...]:
    """The columns of a contact card with their categories; none where the rows of a table are no contacts.

    Args:
        table: what the map says of the columns.
        given: the columns that the person is given.
    """
    fields = tuple(
        (one.name, one.category)
        for one in table.columns
        if one.name in given and one.form in {"plain", "copy"}
    )
    categories = {category for _, category in fields}
    named = "contact.name" in categories and categories & {"contact.phone", "contact.address"}
    fitting = table.role in {"subject", "owned"} and bool(named or "contact.email" in categories)
    return fields if fitting else ()


class Cards:
    """Writes one card a row of a table, and knows the checksum of everything it wrote.

    Args:
        fields: the columns of a card with their categories, see `fields_of`.
    """

    def __init__(self, fields: tuple[tuple[str, str], ...]) -> None:
        self._columns = fields
        self._hash = hashlib.sha256()

    @property
    def digest(self) -> str:
        """SHA-256 of all cards so far, hex."""
        return self._hash.hexdigest()

    def card(self, row: Mapping[str, Any]) -> bytes:
        """The card of a row; nothing where the row names nobody."""
        known = [(name, category, str(row[name])) for name, category in self._columns if row.get(name)]
        name = " ".join(value for _, category, value in known if category == "contact.name")
        title = name or next(
            (value for _, category, value in known if category in {"contact.email", "contact.phone"}), ""
        )
        if not title:
            return b""
        lines = ["BEGIN:VCARD", "VERSION:4.0", f"FN:{_escaped(title)}"]
        for _, category, value in known:
            if category == "ident.birthdate":
                lines.append(f"BDAY:{value[:10].replace('-', '')}")
            elif category in _PARTS:
                lines.append(f"{_PARTS[category]}:{_escaped(value)}")
        street = ", ".join(value for _, category, value in known if category == "contact.address")
        if street:
            lines.append(f"ADR:;;{_escaped(street)};;;;")
        text = "".join(f"{piece}\r\n" for line in [*lines, "END:VCARD"] for piece in _folded(line))
        self._hash.update(text.encode())
        return text.encode()


def _escaped(text: str) -> str:
    for plain, written in (
        ("\\", "\\\\"),
        (",", "\\,"),
        (";", "\\;"),
        ("\r\n", "\\n"),
        ("\n", "\\n"),
        ("\r", "\\n"),
    ):
        text = text.replace(plain, written)
    return text


def _folded(line: str) -> Iterator[str]:
    """A line in pieces of at most 75 octets, cut between characters; every piece but the first begins with a space."""
    piece, size = "", 0
    for letter in line:
        width = len(letter.encode())
        if size + width > _LINE:
            yield piece
            piece, size = " ", 1
        piece, size = piece + letter, size + width
    yield piece
