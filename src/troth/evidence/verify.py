"""Check a ledger or a bundle without the program that wrote it.

    python verify.py LEDGER.db | BUNDLE.zip | BUNDLE/  [--key FILE] [--head FILE] [--json]

This file stands alone: Python 3.11 and nothing else. It hashes every entry again (RFC 9162), compares the
result with the signed tree heads (C2SP checkpoints, Ed25519 of RFC 8032), and says which entries were
changed, removed, inserted, reordered or cut off, counted from 0. Exit code: 0 intact, 1 not, 2 not checkable.
"""

from __future__ import annotations

import argparse
import json
import sqlite3
import sys
import zipfile
import zlib
from base64 import b64decode
from bisect import bisect_left
from contextlib import contextmanager, suppress
from dataclasses import dataclass, field
from hashlib import sha256, sha512
from itertools import groupby, islice, takewhile
from pathlib import Path
from typing import TYPE_CHECKING, Any, NamedTuple
from urllib.parse import quote

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Sequence

    Rows = list[tuple[int, bytes]]  # the number an entry stands at, and its bytes or leaf hash
    Lines = Callable[[str], Iterator[bytes]]
    Point = tuple[int, int, int, int]

CHUNK_LEVEL = 13  # entries are hashed by the 8,192: a complete subtree
SHOWN = 200  # findings listed at the most


class UnreadableError(Exception):
    """It can not be checked at all; exit code 2."""


class Finding(NamedTuple):
    """Something that is not as it was written, from entry `first` to entry `last`.

    `kind` is "changed", "removed", "inserted", "reordered", "truncated" (entries), "head" (a signed head),
    "rewritten" (no continuation of the head that was given) or "damaged" (the file itself).
    """

    kind: str
    first: int
    last: int
    message: str


@dataclass
class Verdict:
    """What came out: the newest head, the key that signed it, and what is wrong."""

    origin: str = ""
    size: int = 0
    root: str = ""
    key: str = ""
    key_given: bool = False  # by who checks: it did not come with the ledger
    findings: list[Finding] = field(default_factory=list)

    @property
    def ok(self) -> bool:
        """Whether nothing was touched."""
        return not self.findings

    def find(self, kind: str, first: int, last: int, message: str) -> None:
        """Write down a finding."""
        if len(self.findings) == SHOWN:
            kind, message = "more", "more is wrong than is listed here"
        if len(self.findings) <= SHOWN:
            self.findings.append(Finding(kind, first, max(first, last), message))


class Source(NamedTuple):
    """An opened ledger or whole bundle: its public keys; reads heads, entries, both with numbers, and leaf hashes."""

    keys: tuple[str, ...]
    notes: Callable[[], Iterator[str]]
    bare: Callable[[], Iterable[tuple[bytes]]]
    dense: Callable[[int], bool]  # whether so many stored numbers run from 0 without a gap
    bodies: Callable[[], Iterable[tuple[int, bytes]]]
    leaves: Callable[[], Iterable[tuple[int, bytes]]]


class Head(NamedTuple):
    """What a checkpoint states."""

    origin: str
    size: int
    root: bytes
    previous: bytes | None  # SHA-256 of the note before


@dataclass
class Walk:
    """What hashing again showed: entries in all, up to the last head that fits, up to one that does not."""

    count: int = 0
    good: int = 0
    bad: int | None = None
    rewritten: bool = False  # the older head that was given does not fit


def verify(path: str | Path, *, head: str = "", keys: Sequence[str] = ()) -> Verdict:
    """Check a ledger in an SQLite file, or a bundle in a zip file or folder.

    Args:
        path: where it is.
        head: the text of an older head that was kept elsewhere; the ledger must continue it.
        keys: public keys to believe (`name+id+key`); without any those that came with it, whoever's they are.

    Raises:
        UnreadableError: it can not be checked at all.
    """
    scheme, far, rest = str(path).partition("://")
    if far and scheme != "sqlite":
        raise UnreadableError("a ledger on a server is checked through a bundle: export one and verify that")
    if not (place := Path(rest[1:] if far else path)).exists():
        raise UnreadableError(f"there is no {place.name}")
    # closing a handle of our own on a ledger would drop the locks that this process may hold on it
    if not place.is_dir() and (place.suffix == ".db" or not zipfile.is_zipfile(place)):
        with _database(place) as source:
            return _verify_whole(source, head, keys)
    read = _parts(place)
    manifest = _json_of(read("manifest.json"))
    if manifest.get("format") != "troth-bundle/1":
        raise UnreadableError(f"{place.name} is not a bundle that this verifier knows")
    if manifest.get("kind") == "selection":
        return _verify_selection(read, head, keys)
    return _verify_whole(_bundle(read), head, keys)


def _verify_whole(source: Source, head: str, keys: Sequence[str]) -> Verdict:
    verdict, trusted = Verdict(key_given=bool(keys)), tuple(keys) or source.keys
    try:
        heads = _chain(source.notes(), trusted, verdict)
        older = _older(head, trusted)
        if older and older.size > verdict.size:
            message = f"the head that was given covers {older.size:,} entries, the ledger {verdict.size:,}"
            verdict.find("truncated", verdict.size, older.size - 1, message)
            older = None
        walk = Walk()
        _tread(walk, _hashed(source.bare()), heads, older)
        if walk.bad is not None or walk.count != verdict.size or not source.dense(walk.count):
            _locate(source, heads, walk.good, verdict)
    except (sqlite3.DatabaseError, zipfile.BadZipFile, zlib.error, OSError) as error:
        verdict.find("damaged", 0, verdict.size - 1, f"the file can not be read to its end: {error}")
        return verdict
    if walk.rewritten and older:
        message = f"the first {older.size:,} entries are not those of the head that was given"
        verdict.find("rewritten", 0, older.size - 1, message)
    return verdict


def _chain(notes: Iterable[str], keys: Sequence[str], verdict: Verdict) -> list[Head]:
    """The heads that can be believed: the next one vouches for each, a signature for the last."""
    heads: list[Head] = []
    before, last = None, ""
    for note in notes:
        head = _head(note)
        if head is None:
            verdict.find("head", 0, 0, "a tree head is none any more")
            continue
        if head.previous != (sha256(last.encode(errors="surrogateescape")).digest() if last else None):
            at = before.size if before else 0
            message = f"the tree heads between {at:,} and {head.size:,} entries were changed or removed"
            verdict.find("head", at, head.size - 1, message)
        elif before:
            heads.append(before)
        before, last = head, note
    if before:
        verdict.origin, verdict.size, verdict.root = before.origin, before.size, before.root.hex()
        verdict.key = _signer(last, keys)
        heads += [before] if verdict.key else []
    if before and not verdict.key:
        message = f"the newest tree head, over {before.size:,} entries, has no valid signature of a known key"
        verdict.find("head", 0, before.size - 1, message)
    return heads


def _older(note: str, keys: Sequence[str]) -> Head | None:
    head = _head(note) if _signer(note, keys) else None
    if note and head is None:
        raise UnreadableError("the head that was given is no tree head signed by a known key; add its --key")
    return head


def _hashed(rows: Iterable[tuple[bytes]]) -> Iterator[list[bytes]]:
    # each body is hashed as it comes and then let go, so that the processor still finds it in its cache
    rest = iter(rows)
    while leaves := [sha256(b"\x00" + body).digest() for (body,) in islice(rest, 1 << CHUNK_LEVEL)]:
        yield leaves


def _tread(walk: Walk, chunks: Iterable[list[bytes]], heads: list[Head], older: Head | None = None) -> None:
    """Build the tree over the leaf hashes and compare its root with every head on the way."""
    at = 0
    peaks: list[tuple[int, bytes]] = []  # level and hash of the complete subtrees before, largest first
    for chunk in chunks:
        levels = [chunk]
        while len(levels[-1]) > 1:
            pairs = iter(levels[-1])
            levels.append([sha256(b"\x01" + a + b).digest() for a, b in zip(pairs, pairs, strict=False)])
        stop = walk.count + len(chunk)
        for head in islice(heads, at, None):
            if head.size > stop or walk.bad is not None:
                break
            fits = _root(peaks, levels, head.size - walk.count) == head.root
            walk.good, walk.bad = (head.size, None) if fits else (walk.good, head.size)
            at += 1
        if older and walk.count < older.size <= stop:
            walk.rewritten = _root(peaks, levels, older.size - walk.count) != older.root
        walk.count = stop
        level, peak = CHUNK_LEVEL, levels[-1][0]  # a shorter chunk is the last one
        while peaks and peaks[-1][0] == level:
            level, peak = level + 1, sha256(b"\x01" + peaks.pop()[1] + peak).digest()
        peaks.append((level, peak))
    if at < len(heads) and walk.bad is None:
        walk.bad = heads[at].size


def _root(peaks: Sequence[tuple[int, bytes]], levels: Sequence[Sequence[bytes]], size: int) -> bytes:
    """Root of the chunks before and the first `size` leaves of this one."""
    hashes, start = [value for _, value in peaks], 0
    while start < size:
        level = (size - start).bit_length() - 1
        hashes.append(levels[level][start >> level])
        start += 1 << level
    root = hashes.pop()
    while hashes:
        root = sha256(b"\x01" + hashes.pop() + root).digest()
    return root


def _locate(source: Source, heads: list[Head], good: int, verdict: Verdict) -> None:
    """Name the entries behind the last good head that are not as written.

    Stored leaf hashes and the number inside each entry are hints; the signed heads are the judge. What the
    hints do not explain is named by the batch whose head does not fit.
    """
    before = len(verdict.findings)
    found, expected = _hints(source, verdict.size)
    _align(found[good:], expected, good, verdict)
    known = [expected[number] for number in takewhile(expected.__contains__, range(verdict.size))]
    again = Walk()
    step = 1 << CHUNK_LEVEL
    _tread(again, (known[at : at + step] for at in range(0, len(known), step)), heads)
    if again.bad is not None and again.bad <= len(known):
        message = f"some of the entries {again.good:,} to {again.bad - 1:,} were changed with their hashes"
        verdict.find("changed", again.good, again.bad - 1, message)
    elif len(verdict.findings) == before:
        verdict.find("changed", good, verdict.size - 1, f"the entries from {good:,} on are not those signed")


def _hints(source: Source, size: int) -> tuple[list[tuple[int, bytes]], dict[int, bytes]]:
    """All entries as they stand, number inside and hash, and the hash that each number should have."""
    stored = dict(source.leaves())
    found: list[tuple[int, bytes]] = []
    expected: dict[int, bytes] = {}
    for number, body in source.bodies():
        leaf, claim = sha256(b"\x00" + body).digest(), _claim(body)
        found.append((claim, leaf))
        # an entry that fits the hash beside it is itself, wherever both stand now
        if stored.get(number) == leaf and 0 <= claim < size:
            expected.setdefault(claim, leaf)
            del stored[number]
    return found, {n: leaf for n, leaf in stored.items() if 0 <= n < size} | expected


def _claim(body: bytes) -> int:
    try:
        seq = json.loads(body)["seq"]
    except (ValueError, TypeError, KeyError):
        return -1
    return seq if type(seq) is int else -1


def _align(found: Rows, expected: dict[int, bytes], good: int, verdict: Verdict) -> None:
    """Lay what stands from `good` on beside what should stand, and say what happened in between."""
    number_of = {leaf: number for number, leaf in expected.items() if number >= good}
    taken: dict[int, int] = {}  # true number: where in `found`
    for at, (_, leaf) in enumerate(found):
        if leaf in number_of:
            taken.setdefault(number_of[leaf], at)
    settled = set(taken.values())
    anchors = _longest_rise(sorted((at, number) for number, at in taken.items()))
    for number in sorted(taken.keys() - {number for _, number in anchors}):
        message = f"entry {number:,} stands at {good + taken[number]:,}: the order was changed"
        verdict.find("reordered", number, number, message)
    ends = [*anchors, (len(found), max(verdict.size, good))]
    for (at, number), (next_at, next_number) in zip([(-1, good - 1), *anchors], ends, strict=True):
        strangers = [(good + i, found[i][0]) for i in range(at + 1, next_at) if i not in settled]
        missing = [n for n in range(number + 1, next_number) if n not in taken]
        _explain(strangers, missing, next_number, verdict)


def _longest_rise(pairs: Sequence[tuple[int, int]]) -> list[tuple[int, int]]:
    """The longest part of the pairs, in order, whose second numbers rise (patience sorting)."""
    piles: list[tuple[int, int]] = []  # the smallest last number of a rise of each length, and where it is
    back: list[int] = []
    for at, (_, number) in enumerate(pairs):
        pile = bisect_left(piles, (number, at))
        back.append(piles[pile - 1][1] if pile else -1)
        piles[pile : pile + 1] = [(number, at)]
    rise, at = [], piles[-1][1] if piles else -1
    while at >= 0:
        rise.append(pairs[at])
        at = back[at]
    return rise[::-1]


def _explain(strangers: list[tuple[int, int]], missing: list[int], until: int, verdict: Verdict) -> None:
    """Between two entries that fit: unknown ones (where, and the number inside), and the missing numbers."""
    for place, claim in sorted(strangers, key=lambda stranger: stranger[1] not in missing):
        if missing:
            number = claim if claim in missing else missing[0]
            missing.remove(number)
            verdict.find("changed", number, number, f"entry {number:,} was changed")
        else:
            message = f"what stands at {place:,} was never written: inserted before entry {until:,}"
            verdict.find("inserted", place, place, message)
    for _, group in groupby(enumerate(missing), key=lambda pair: pair[1] - pair[0]):
        run = [number for _, number in group]
        first, last = run[0], run[-1]
        which = f"entry {first:,} is" if first == last else f"entries {first:,} to {last:,} are"
        cut = last == verdict.size - 1
        kind, how = ("truncated", "missing at the end") if cut else ("removed", "missing")
        verdict.find(kind, first, last, f"{which} {how}")


def _verify_selection(read: Lines, given: str, keys: Sequence[str]) -> Verdict:
    """Check each entry of a selection by its inclusion proof (RFC 9162 section 2.1.3.2)."""
    trusted = tuple(keys) or _keys_of(read("key.txt"))
    note = str(_json_of(read("heads.jsonl")).get("note"))
    head = _head(note)
    if head is None:
        raise UnreadableError("the bundle has no tree head")
    verdict = Verdict(head.origin, head.size, head.root.hex(), _signer(note, trusted), bool(keys))
    if not verdict.key:
        verdict.find("head", 0, head.size - 1, "the tree head has no valid signature of a known key")
    proofs = _proofs(read("proofs.jsonl"), "seq")
    newest = -1
    for place, body in enumerate(read("entries.jsonl"), start=1):
        number = _claim(body)
        path = proofs.pop(number, None)
        if path is None:
            message = f"the entry in line {place:,} has no proof: it was changed or inserted"
            verdict.find("inserted", number, number, message)
        elif _implied(number, head.size, sha256(b"\x00" + body).digest(), path) != head.root:
            verdict.find("changed", number, number, f"entry {number:,} was changed, or its proof was")
        if number < newest:
            verdict.find("reordered", number, number, f"entry {number:,} stands behind entry {newest:,}")
        newest = max(newest, number)
    for number in sorted(proofs):
        verdict.find("removed", number, number, f"entry {number:,} of the selection is missing")
    older = _older(given, trusted)
    if older:
        _check_growth(_proofs(read("growth.jsonl"), "from"), older, head, verdict)
    return verdict


def _check_growth(proofs: dict[int, list[bytes]], older: Head, head: Head, verdict: Verdict) -> None:
    """Check the consistency proof from the head that was given (RFC 9162 section 2.1.4.2)."""
    if older.size > head.size:
        message = f"the head that was given covers {older.size:,} entries, that of the bundle {head.size:,}"
        verdict.find("truncated", head.size, older.size - 1, message)
    elif older.size not in (head.size, *proofs):
        raise UnreadableError(f"the bundle has no proof from a head over {older.size:,} entries; ask for one")
    elif _grown(older.size, head.size, proofs.get(older.size, []), older.root) != (older.root, head.root):
        message = f"the first {older.size:,} entries are not those of the head that was given"
        verdict.find("rewritten", 0, older.size - 1, message)


def _proofs(lines: Iterable[bytes], key: str) -> dict[int, list[bytes]]:
    proofs = {}
    for proof in (_json_of([line]) for line in lines):
        if type(proof.get(key)) is not int or not isinstance(proof.get("path"), list):
            raise UnreadableError("a proof of the bundle is none")
        proofs[proof[key]] = [_decoded(str(text)) for text in proof["path"]]
    return proofs


def _implied(index: int, size: int, leaf: bytes, path: Sequence[bytes]) -> bytes:
    """The root that an inclusion proof leads to (RFC 9162 section 2.1.3.1 read backwards)."""
    if size == 1 or not path:
        return leaf if size == 1 and not path else b"no proof"
    left = 1 << (size - 1).bit_length() - 1
    if index < left:
        return sha256(b"\x01" + _implied(index, left, leaf, path[:-1]) + path[-1]).digest()
    return sha256(b"\x01" + path[-1] + _implied(index - left, size - left, leaf, path[:-1])).digest()


def _grown(older: int, size: int, path: Sequence[bytes], whole: bytes) -> tuple[bytes, bytes]:
    """The roots, older and newer, that a consistency proof leads to (section 2.1.4.1 read backwards)."""
    if older == size:
        start = [whole, *path] if whole else path
        return (start[0], start[0]) if len(start) == 1 else (b"no proof", b"no proof")
    if not path:
        return b"no proof", b"no proof"
    left = 1 << (size - 1).bit_length() - 1
    if older <= left:
        before, after = _grown(older, left, path[:-1], whole)
        return before, sha256(b"\x01" + after + path[-1]).digest()
    roots = _grown(older - left, size - left, path[:-1], b"")
    return sha256(b"\x01" + path[-1] + roots[0]).digest(), sha256(b"\x01" + path[-1] + roots[1]).digest()


def _head(note: str) -> Head | None:
    """What a checkpoint note states; none where it is no checkpoint."""
    text, blank, _ = note.partition("\n\n")
    lines = text.split("\n")
    try:
        size, root = int(lines[1]), b64decode(lines[2], validate=True)
        previous = [b64decode(line[9:], validate=True) for line in lines[3:] if line.startswith("previous ")]
    except (IndexError, ValueError):
        return None
    if not blank or len(root) != 32 or not 0 < size < 1 << 63:
        return None
    return Head(lines[0], size, root, previous[0] if previous else None)


def _signer(note: str, keys: Iterable[str]) -> str:
    """The public key among `keys` whose valid signature the note bears; empty where there is none."""
    text, _, signatures = note.partition("\n\n")
    message = f"{text}\n".encode(errors="surrogateescape")
    for key in keys:
        name, _, rest = key.partition("+")
        raw = _decoded(rest.partition("+")[2])
        if len(raw) != 33 or raw[0] != 1:
            raise UnreadableError("a public key must read `name+id+key`, Ed25519")
        key_id = sha256(name.encode() + b"\n" + raw).digest()[:4]
        for line in signatures.splitlines():
            signer, _, value = line.removeprefix("\N{EM DASH} ").rpartition(" ")
            signature = _decoded(value)
            if signer == name and signature[:4] == key_id and ed25519(raw[1:], signature[4:], message):
                return key
    return ""


def _decoded(text: str) -> bytes:
    try:
        return b64decode(text, validate=True)
    except ValueError:
        return b""


_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P


def ed25519(public: bytes, signature: bytes, message: bytes) -> bool:
    """Whether an Ed25519 signature is valid (RFC 8032 section 5.1.7); a run checks only one or two."""
    key, nonce, scalar = _point(public), _point(signature[:32]), int.from_bytes(signature[32:], "little")
    if key is None or nonce is None or scalar >= _L or (len(public), len(signature)) != (32, 64):
        return False
    challenge = int.from_bytes(sha512(signature[:32] + public + message).digest(), "little") % _L
    (x, y, z, _), (u, v, w, _) = _times(scalar, _BASE), _plus(nonce, _times(challenge, key))
    return (x * w - u * z) % _P == 0 and (y * w - v * z) % _P == 0


def _point(text: bytes) -> Point | None:
    """The point that 32 bytes stand for (section 5.1.3), in extended coordinates (section 5.1.4)."""
    number = int.from_bytes(text, "little")
    y, sign = number % (1 << 255), number >> 255
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * pow(2, (_P - 1) // 4, _P) % _P
    if y >= _P or (x * x - square) % _P or (x == 0 and sign):
        return None
    x = x if x & 1 == sign else _P - x
    return x, y, 1, x * y % _P


_BASE = _point((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)


def _plus(p: Point, q: Point) -> Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]), (p[1] + p[0]) * (q[1] + q[0])
    c, d = 2 * _D * p[3] * q[3] % _P, 2 * p[2] * q[2]
    e, f, g, h = b - a, d - c, d + c, b + a
    return e * f % _P, g * h % _P, f * g % _P, e * h % _P


def _times(scalar: int, point: Point) -> Point:
    total = (0, 1, 1, 0)
    while scalar:
        total = _plus(total, point) if scalar & 1 else total
        point, scalar = _plus(point, point), scalar >> 1
    return total


@contextmanager
def _database(path: Path) -> Iterator[Source]:
    """A ledger in an SQLite file, in one snapshot."""
    address = f"file:{quote(str(path.resolve()))}?mode=ro"
    try:
        connection = sqlite3.connect(address, uri=True, isolation_level=None)
        connection.text_factory = bytes
        connection.execute("begin")
        meta = dict(connection.execute("select cast(key as blob), cast(value as blob) from ledger_meta"))
    except sqlite3.Error as error:
        raise UnreadableError(f"{path.name} is not a ledger, or too damaged to open: {error}") from error

    def rows(columns: str) -> sqlite3.Cursor:
        return connection.execute(f"select {columns} from ledger_entry order by seq")  # noqa: S608 - our words

    ends = "select (select min(seq) from ledger_entry), (select max(seq) from ledger_entry)"
    notes = "select cast(note as blob) from ledger_head order by size"
    try:
        yield Source(
            _keys_of([meta.get(b"verifiers", b"")]),
            lambda: (row[0].decode(errors="surrogateescape") for row in connection.execute(notes)),
            lambda: rows("coalesce(cast(body as blob), x'')"),
            lambda count: connection.execute(ends).fetchone() == ((0, count - 1) if count else (None, None)),
            lambda: rows("seq, coalesce(cast(body as blob), x'')"),
            lambda: rows("seq, cast(substr(hashes, 1, 32) as blob)"),
        )
    finally:
        connection.close()


def _parts(path: Path) -> Lines:
    """Reads the lines of the parts of a bundle; a part that is not there has none."""
    place = path if path.is_dir() else zipfile.Path(path)

    def lines(name: str) -> Iterator[bytes]:
        if (place / name).exists():
            with (place / name).open("rb") as file:
                yield from (line.rstrip(b"\n") for line in file)

    return lines


def _bundle(read: Lines) -> Source:
    return Source(
        _keys_of(read("key.txt")),
        lambda: (str(_json_of([line]).get("note")) for line in read("heads.jsonl")),
        lambda: zip(read("entries.jsonl"), strict=True),
        lambda _: True,
        lambda: enumerate(read("entries.jsonl")),
        lambda: enumerate(_decoded(line.decode("latin-1")) for line in read("leaves.txt")),
    )


def _keys_of(lines: Iterable[bytes]) -> tuple[str, ...]:
    return tuple(b"\n".join(lines).decode(errors="replace").split())


def _json_of(lines: Iterable[bytes]) -> dict[str, Any]:
    with suppress(ValueError):
        if isinstance(given := json.loads(b"\n".join(lines)), dict):
            return given
    raise UnreadableError("a part of the bundle is missing or no JSON")


def describe(verdict: Verdict) -> str:
    """The verdict in words."""
    lines = [finding.message for finding in verdict.findings]
    state = "nothing was touched" if verdict.ok else "NOT as it was written"
    lines += [f"{verdict.origin or 'no name'}: {verdict.size:,} entries, {state}", f"root {verdict.root}"]
    where = "given by you" if verdict.key_given else "came with the ledger: compare it with one you trust"
    return "\n".join([*lines, f"signed by {verdict.key} ({where})" if verdict.key else "not signed"])


def as_json(verdict: Verdict) -> dict[str, Any]:
    """The verdict as `--json` prints it."""
    found = {"findings": [finding._asdict() for finding in verdict.findings]}
    return {"verdict": "intact" if verdict.ok else "broken"} | vars(verdict) | found


def main(arguments: Sequence[str] | None = None) -> int:
    """The command line; gives the exit code."""
    parser = argparse.ArgumentParser(description="Check a ledger or a bundle of evidence.")
    parser.add_argument("path", help="ledger (SQLite file) or bundle (zip file or folder)")
    parser.add_argument("--key", action="append", default=[], help="public key to believe, or a file of them")
    parser.add_argument("--head", default="", help="file with an older head that the ledger must continue")
    parser.add_argument("--json", action="store_true", help="print the verdict as JSON")
    given = parser.parse_args(arguments)
    try:
        texts = [Path(key).read_text("utf-8") if Path(key).is_file() else key for key in given.key]
        head = Path(given.head).read_text("utf-8") if given.head else ""
        verdict = verify(given.path, head=head, keys=" ".join(texts).split())
    except (UnreadableError, OSError, ValueError, zipfile.BadZipFile, sqlite3.Error) as error:
        reason = {"verdict": "unreadable", "reason": str(error)}
        print(json.dumps(reason) if given.json else str(error))  # noqa: T201
        return 2
    print(json.dumps(as_json(verdict), indent=2) if given.json else describe(verdict))  # noqa: T201
    return 0 if verdict.ok else 1


if __name__ == "__main__":
    sys.exit(main())
