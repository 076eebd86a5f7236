"""What stands in the stores: passwords hashed, sensitive columns encrypted, no card number and no credential in clear.

Every check reads whole columns; `card-scan 100000` and `credential-hygiene 100000` look at the first so many rows of a table,
then at every second, after as many again at every fourth, and say so. What is found is counted by column; no value leaves
the check.
"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from troth.duties.proofs.cards import NONE, Numbers, numbers
from troth.duties.proofs.hashes import scheme, sealed
from troth.duties.proofs.leaks import leaks
from troth.duties.proofs.sight import Sight
from troth.enforcement.columns import stream
from troth.model.condition import Not, Test, tests
from troth.model.datamap import Column, Table
from troth.model.policy import Promise, Proof, vocabulary_of
from troth.model.schema import Relation
from troth.model.showing import Figure, Shown
from troth.stores.walk import Value

ENCRYPTING = frozenset({"field-encryption", "encryption-at-rest", "encryption"})
_TEXTS = frozenset({"text", "json", "array", "other"})
_TRUNCATED = 6  # digits of a card that may stand in clear (PCI DSS 3.4.1 shows the last four)
_MOMENTS = frozenset({"time", "date", "boolean"})
_DESCRIBES = re.compile(
    r"[a-z][a-z_ -]{1,23}|[^/\\\n]{1,100}\.(?:jpe?g|png|pdf|heic|webp|tiff?|docx?|zip)", re.IGNORECASE
)
_OUTBOX = ("outbox", "answers", "logs")
_PASSWORD = ("password", "passwd", "pwd")


def password_hash_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every stored password is a slow, salted hash with a cost that is enough; counts rows by scheme."""
    places = [one for one in sight.project.map.tables for column in one.columns if _holds_password(column)]
    if not places:
        return Shown(promise.id, proof.check, "not shown", "the data map names no column of passwords")
    found: Counter[tuple[str, bool]] = Counter()
    weak: set[str] = set()
    for table in dict.fromkeys(places):
        names = [column.name for column in table.columns if _holds_password(column)]
        for row in stream(sight.project, table.store, table.name, names):
            for name, value in zip(names, row, strict=True):
                if value is None or value in ("", b""):
                    continue
                one = scheme(_text(value))
                found[one.name, one.strong] += 1
                if not one.strong:
                    weak.add(f"{table.place}.{name}")
    total = sum(found.values())
    bad = sum(count for (_, strong), count in found.items() if not strong)
    figures = (
        Figure("passwords that are no slow, salted hash", bad, total, "rows", good=0),
        *(Figure(f"stored as {name}", count, total, "rows") for (name, _), count in sorted(found.items())),
    )
    if bad:
        names_ = ", ".join(sorted({name for name, strong in found if not strong}))
        why = f"{bad:,} of {total:,} passwords are stored as {names_}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(weak)))
    why = f"all {total:,} passwords are slow, salted hashes" if total else "no password is stored"
    return Shown(promise.id, proof.check, "kept", why, figures)


def encryption_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every value of the categories that the promise wants encrypted looks like ciphertext or a hash.

    A column that only the wide category fits ("payment information") is looked at for card numbers. What only describes
    the thing does not count: times, names of users and of files, words such as "passport" for its kind; nor do the last
    digits of a card.
    """
    wanted = _encrypted_terms(sight, promise)
    if not wanted:
        return Shown(promise.id, proof.check, "not shown", "no rule of the promise asks for encryption")
    looked, clear, places = 0, Counter[str](), 0
    for table in sight.project.map.tables:
        columns = [
            (one, _strict(sight, one, wanted))
            for one in table.columns
            if set(one.terms) & wanted and _holds(sight, table, one)
        ]
        if not columns:
            continue
        places += len(columns)
        for row in stream(sight.project, table.store, table.name, [one.name for one, _ in columns]):
            for (column, strict), value in zip(columns, row, strict=True):
                if value is None or value in ("", b""):
                    continue
                looked += 1
                if _in_clear(column, value, strict=strict):
                    clear[f"{table.place}.{column.name}"] += 1
    if not places:
        return Shown(promise.id, proof.check, "not shown", "the data map names no column of these categories")
    bad = sum(clear.values())
    figures = (
        Figure("values in clear that should be encrypted", bad, looked, "values", good=0),
        *(
            Figure(f"in clear in {place}", count, unit="values", good=0)
            for place, count in sorted(clear.items())
        ),
    )
    if bad:
        why = f"{bad:,} values stand in clear in {', '.join(sorted(clear))}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(clear)))
    why = f"all {looked:,} values of {places} columns are encrypted or hashed"
    return Shown(promise.id, proof.check, "kept", why, figures)


def card_scan(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no text of any store, letter or log of the project holds a full payment card number."""
    seen = _Seen()
    per: dict[str, Numbers] = {}
    for place, name, value in _texts(sight, proof, seen):
        found = numbers(value, heading=name)
        if found is not NONE and found.runs:
            per[place] = per.get(place, NONE) + found
    cards = {place: found.cards for place, found in per.items() if found.cards}
    others = sum(found.valid - found.cards for found in per.values())
    figures = (
        Figure("payment card numbers in clear", sum(cards.values()), seen.values, "texts", good=0),
        Figure("rows looked at", seen.rows, seen.total, "rows"),
        Figure("numbers like cards that are something else", others, unit="texts"),
    )
    if cards:
        why = f"{sum(cards.values()):,} payment card numbers stand in clear in {', '.join(sorted(cards))}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(cards)))
    return Shown(promise.id, proof.check, "kept", f"no card number in {seen.words}", figures)


def credential_hygiene(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no password, key or token stands in clear in a text, and no cookie holds a password."""
    seen = _Seen()
    found: Counter[tuple[str, str]] = Counter()
    for place, _, value in _texts(sight, proof, seen):
        for what in leaks(value):
            found[place, what] += 1
    bad = sum(found.values())
    figures = (
        Figure("credentials in clear", bad, seen.values, "texts", good=0),
        Figure("rows looked at", seen.rows, seen.total, "rows"),
        *(
            Figure(f"{what} in {place}", count, unit="texts", good=0)
            for (place, what), count in sorted(found.items())
        ),
    )
    if bad:
        words = sorted({what for _, what in found})
        places = tuple(sorted({place for place, _ in found}))
        why = f"{bad:,} texts hold a credential ({', '.join(words)}) in {', '.join(places)}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=places)
    return Shown(promise.id, proof.check, "kept", f"no credential in {seen.words}", figures)


@dataclass(slots=True)
class _Seen:
    """What a scan has looked at."""

    rows: int = 0
    total: int = 0
    values: int = 0
    files: int = 0
    tables: set[str] = field(default_factory=set)

    @property
    def words(self) -> str:
        """As a part of a sentence."""
        files = f" and {self.files:,} files" if self.files else ""
        some = "" if self.rows >= self.total else f" of {self.total:,}"
        return f"{self.values:,} texts of {self.rows:,}{some} rows in {len(self.tables)} tables{files}"


def _texts(sight: Sight, proof: Proof, seen: _Seen) -> Iterator[tuple[str, str, str]]:
    """Every text of every store, then the letters and logs of the project: place, name of the column, text."""
    most = next((int(one) for one in proof.arguments if one.isdecimal()), 0)
    for store, schema in sorted(sight.project.schemas.items()):
        for relation in schema.relations:
            names = [one.name for one in relation.fields if one.kind in _TEXTS]
            if names and relation.readable:
                sight.project.watch(f"= {store}.{relation.name}")
                yield from _column_texts(sight, (store, relation), names, (seen, most))
    for name in _OUTBOX:
        for path in sorted((sight.folder / name).glob("*")):
            if path.is_file():
                seen.files += 1
                yield name, "", _read(path)


def _column_texts(
    sight: Sight, where: tuple[str, Relation], names: list[str], count: tuple[_Seen, int]
) -> Iterator[tuple[str, str, str]]:
    (store, relation), (seen, most) = where, count
    place, rows = f"{store}.{relation.name}", 0
    seen.tables.add(place)
    step, looked = 1, 0
    for row in stream(sight.project, store, relation.name, names):
        rows += 1
        if rows % step:
            continue  # only counted, so that it can be said how much was not looked at
        looked += 1
        if looked == most:  # nobody knows how many rows there are, so the look thins out
            step, looked = 2 * step, 0
        seen.rows += 1
        for name, value in zip(names, row, strict=True):
            if value is not None and value != "":
                seen.values += 1
                yield f"{place}.{name}", name, _text(value)
    seen.total += rows


def _read(path: Path) -> str:
    """A file as text; the soft line breaks of mail are taken out, which cut numbers and words."""
    return path.read_bytes().decode("utf-8", "replace").replace("=\r\n", "").replace("=\n", "")


def _holds_password(column: Column) -> bool:
    if "password" in column.terms:
        return True
    return (
        column.category == "secret"
        and not column.terms
        and any(one in column.name.lower() for one in _PASSWORD)
    )


def _encrypted_terms(sight: Sight, promise: Promise) -> frozenset[str]:
    """The data terms that a promise wants encrypted: `must encrypt ... with`, `never store ... if not encrypted`."""
    words = vocabulary_of(sight.policy)
    found: set[str] = set()
    for rule in promise.rules:
        measures = {one.key for one in rule.measures}
        asks = rule.mode == "must" and rule.verb == "encrypt" and bool(measures & ENCRYPTING)
        refuses = rule.mode == "never" and rule.verb == "store" and isinstance(rule.condition, Not)
        if asks or (refuses and any(_encrypted(one) for one in tests(rule.condition))):
            for thing in rule.things:
                if ":" not in thing:
                    found |= words.covers("data", thing)
    return frozenset(found)


def _encrypted(test: Test) -> bool:
    return test.fact == "encrypted" and True in test.values


def _holds(sight: Sight, table: Table, column: Column) -> bool:
    """Whether a column can hold the thing itself: a time, a yes or no, a name or an address of a person can not."""
    found = sight.project.schemas[table.store].relation(table.name).field(column.name)
    family = column.category.partition(".")[0]
    describes = column.category in {"ident.username", "log", "login"} or family == "contact"
    return found is not None and found.kind not in _MOMENTS and not describes


def _strict(sight: Sight, column: Column, wanted: frozenset[str]) -> bool:
    """Whether a term of the column says just what it is; a term with narrower ones below it may mean any of them."""
    if column.category == "secret" or column.form in {"enc", "hash"}:
        return True
    words = vocabulary_of(sight.policy)
    return any(len(words.covers("data", term)) == 1 for term in set(column.terms) & wanted)


def _in_clear(column: Column, value: Value, *, strict: bool) -> bool:
    if isinstance(value, bytes):
        return not sealed(value)
    text = _text(value)
    digits = "".join(one for one in text if one.isdigit())
    if "payment-card-number" in column.terms and len(digits) <= _TRUNCATED and len(text) <= len(digits) + 16:
        return False
    if not strict:
        return bool(numbers(text, heading="card").valid)
    if column.category not in {"secret", "payment"} and _DESCRIBES.fullmatch(text):
        return False
    if column.form == "hash" or "password" in column.terms:
        return scheme(text).name == "plain"
    return not sealed(text)


def _text(value: Value) -> str:
    return value.decode("utf-8", "replace") if isinstance(value, bytes) else str(value)
