"""What a value means, however it is spelled: the same person in capitals, with spaces, full-width or inside a text."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from troth.evidence.pseudonym import normalise, unified
from troth.model.datamap import DataMap, Table
from troth.model.errors import TrothError
from troth.stores.walk import ESCAPE, Hints, Value

CATEGORIES = {
    "email": "contact.email",
    "phone": "contact.phone",
    "login": "ident.username",
    "username": "ident.username",
    "official": "ident.official",
}
KINDS = {"contact.email": "email", "contact.phone": "phone"}
IDENTITIES = frozenset(CATEGORIES.values())
NAME = "contact.name"
"""The category of names, which tell whose a cell is in a row that is known to be the person's, and nowhere else."""
_SPLIT = re.compile(r"[^\s<>\"'(){}\[\]|\\,;:=/?&!#*`]+")
_DIGITS = re.compile(r"\+?\d[\d\s().\-/]{5,}\d")
_SHORTEST = 6  # characters; a shorter word stands in too many texts to mean a person
ERASED = "[erased]"
NO_MAILBOX = "erased.invalid."
"""What stands for a mailbox that is taken out of a zone file, which stays readable."""
_COUNTED = re.compile(
    r"\bs:\d+:\\?\""
)  # PHP writes how many bytes each text has, and reads none with another number
_AUTHORITY = re.compile(r"^\s*\S+\s+([^\s@]+)\s+\(?\s*\d+(?:\s+\d\w*){4}")
"""The start of authority of a zone: server, mailbox, and five numbers."""
_ESCAPED_DOT = re.compile(r"(?<![^\s\"'=:;,])((?:[\w+-]|\\+\.)*\\+\.(?:[\w+-]|\\+\.)*(?:\.[\w-]+)+\.?)")
_FIRST_DOT = re.compile(r"(?<!\\)\.")
_SLASHED = re.compile(r"\\+(.)")
_ESCAPED = re.compile(r"(?:\\u[0-9a-fA-F]{4})+")
_NO_DIGIT = {place: None for place in range(128) if not chr(place).isdigit()}
_END = 6  # digits that the shortest number has behind its `+`
_TAIL = 7  # digits of a telephone number that every spelling of it ends with


def normal(kind: str, value: Value) -> str:
    """The one spelling of a value; empty where nothing is left of it."""
    if value is None or isinstance(value, bytes):
        return ""
    try:
        return normalise(kind, str(value))
    except TrothError:
        return ""


def kind_of(category: str) -> str:
    """How a column of this category is compared: as an e-mail address, a telephone number or a text."""
    return KINDS.get(category, "text")


def asked(table: Table, kind: str) -> tuple[str, ...]:
    """The columns of a table of persons that an identity of this kind names.

    `email`, `phone`, `login` and `official` name columns by category; any other kind is the name of a column,
    of a table and its column, or of a store, a table and its column.
    """
    category = CATEGORIES.get(kind)
    if category:
        return tuple(column.name for column in table.columns if column.category == category)
    place, _, name = kind.rpartition(".")
    if place and place not in {table.name, table.place}:
        return ()
    known = {*table.key, *(column.name for column in table.columns), *table.harmless}
    return (name,) if name in known else ()


def category_of(one: DataMap, node: tuple[str, str], column: str) -> str:
    """The category of a column; empty where the map calls it harmless."""
    for table in one.tables:
        if (table.store, table.name) == node:
            found = table.column(column)
            return found.category if found else ""
    return ""


def hints(kind: str, wanted: Iterable[str], *, whole: bool) -> Hints:
    """What a store looks for; a superset of what `normal` makes equal."""
    values = sorted(set(wanted))
    if kind == "phone":
        return Hints(tails=tuple(sorted({value[-_TAIL:] for value in values})), whole=whole)
    return Hints(words=tuple(values), whole=whole)


def unescaped(cell: str) -> str:
    """A text with the letters that are written by their number, as JSON may write any of them, as letters.

    Quotes, backslashes and control signs stay as they are, so that JSON stays JSON.
    """
    return _ESCAPED.sub(_letters, cell) if ESCAPE in cell else cell


def _letters(match: re.Match[str]) -> str:
    units = bytes.fromhex(match.group().replace(ESCAPE, ""))
    found = units.decode("utf-16-be", "replace")
    return match.group() if any(one in '"\\\ufffd' or one < " " for one in found) else found


def words(text: str) -> Iterator[str]:
    """Everything in a text that could name a person: words, addresses and telephone numbers in normal form."""
    plain = unified(unescaped(text))
    for match in _SPLIT.finditer(plain):
        word = match.group().strip(".-_")
        if word:
            yield normal("text", word)
    for match in _DIGITS.finditer(plain):
        yield normal("phone", match.group())


def mailboxes(text: str) -> Iterator[tuple[int, int, str]]:
    """The addresses that zone files write with a dot for the @ (RFC 1035 section 8), each with where it stands in the text.

    A name is a mailbox in a start of authority, behind the name of the server, and where a dot of it is escaped.
    """
    found = [*_AUTHORITY.finditer(text), *_ESCAPED_DOT.finditer(text)]
    for start, end in dict.fromkeys(match.span(1) for match in found):
        name = text[start:end].rstrip(".")
        local, _, domain = _FIRST_DOT.sub("@", name, count=1).partition("@")
        if local and "." in domain:
            plain = _SLASHED.sub(r"\1", local)
            yield start, end, normal("email", f"{plain}@{domain}")


def _in_zone_files(address: str) -> str:
    """What of an address stands in a zone file however its dots are escaped."""
    local, _, domain = address.rpartition("@")
    return f"{local.rpartition('.')[2]}.{domain}"


def _as_long(word: str) -> str:
    """What stands for a word that is taken out, with as many bytes as it has."""
    length = len(word.encode())
    return ERASED.ljust(length, ".")[:length]


@dataclass(slots=True)
class Wanted:
    """The values of persons that nothing may hold any more, in normal form, with whose they are."""

    words: dict[str, set[int]] = field(default_factory=dict)
    phones: dict[str, set[int]] = field(default_factory=dict)
    ends: set[str] = field(default_factory=set)

    def add(self, person: int, kind: str, value: Value) -> None:
        """Take up a value, unless it is too short to mean one person."""
        plain = normal(kind, value)
        if kind == "phone" and len(plain) >= _TAIL:
            self.phones.setdefault(plain, set()).add(person)
            self.ends.add(plain[-_END:])
        elif (kind == "email" and plain) or (kind != "phone" and len(plain) >= _SHORTEST):
            self.words.setdefault(plain, set()).add(person)

    def hints(self) -> Hints:
        """What a store looks for anywhere in a cell."""
        tails = tuple(sorted({value.lstrip("+")[-_TAIL:] for value in self.phones}))
        spelled = {_in_zone_files(one) for one in self.words if "@" in one}
        return Hints(tuple(sorted({*self.words, *spelled})), tails, whole=False)

    def silent(self, cell: str) -> bool:
        """Whether a cell of plain ASCII surely names nobody: a quick first look, for the millions that do not."""
        if not cell.isascii() or ESCAPE in cell:
            return False
        plain = " ".join(cell.lower().split())
        found = [word.strip(".-_") for word in _SPLIT.findall(plain)]
        found += [plain, plain.replace(" ", "")]
        if not self.words.keys().isdisjoint([*found, *(one for _, _, one in mailboxes(plain))]):
            return False
        if not self.phones or len(digits := plain.translate(_NO_DIGIT)) < _END:
            return True
        ends = [one.translate(_NO_DIGIT)[-_END:] for one in _DIGITS.findall(plain)]
        return self.phones.keys().isdisjoint(found) and self.ends.isdisjoint([digits[-_END:], *ends])

    def whole(self, cell: Value) -> set[int]:
        """The persons that the whole of a cell names."""
        if not isinstance(cell, str) or not cell:
            return set()
        found = self.words.get(normal("text", cell), set()) | self.words.get(normal("email", cell), set())
        return found | self.phones.get(normal("phone", cell), set()) if self.phones else found

    def inside(self, cell: Value) -> set[int]:
        """The persons that a cell names, as the whole of it or as a word of it."""
        if isinstance(cell, str) and self.silent(cell):
            return set()
        found = self.whole(cell)
        if not found and isinstance(cell, str):
            for word in words(cell):
                found = found | self.words.get(word, set()) | self.phones.get(word, set())
            for _, _, address in mailboxes(cell):
                found = found | self.words.get(address, set())
        return found

    def without(self, cell: str) -> str:
        """The cell with the words that name a person taken out, and everything else as it was."""
        counted = _COUNTED.search(cell) is not None
        for start, end, address in sorted(mailboxes(cell), reverse=True):
            if address in self.words:
                cell = f"{cell[:start]}{NO_MAILBOX}{cell[end:]}"

        def spared(match: re.Match[str]) -> str:
            word = match.group().strip(".-_")
            named = normal("text", word) in self.words or normal("phone", word) in self.phones
            instead = _as_long(word) if counted else ERASED
            return match.group().replace(word, instead) if named else match.group()

        left = _SPLIT.sub(spared, _DIGITS.sub(spared, cell))
        if left != cell or (plain := unescaped(cell)) == cell:
            return left
        rest = _SPLIT.sub(spared, _DIGITS.sub(spared, plain))
        return cell if rest == plain else rest
