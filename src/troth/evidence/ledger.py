"""The ledger: append-only, numbered, signed. What every engine promises, and the arithmetic they share.

When `append` returns, the entries are durable and numbered. A batch is one transaction: its entries, the
hashes they complete, the new signed head and the tables that follow from the entries (projections) are all
there or none is. Exactly one writer is inside that transaction at a time, in whatever process; readers never
wait. Each engine is written natively (`sqlite.py`, `postgres.py`) and shares only what stands here.
"""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from hashlib import sha256
from typing import TYPE_CHECKING, Any, NamedTuple, Protocol, TypeVar

from troth.evidence import merkle
from troth.evidence.errors import LedgerDamaged
from troth.evidence.heads import Head, Signer, check
from troth.model.entry import Entry, Evidence, decode, encode
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Mapping

SCHEMA = 1
"""Version of the tables of a ledger; a ledger with a larger one is refused."""

_FOLLOWING = "projections"  # in the meta table: those that its writer was opened with
_SOME = 2_000  # entries read at a time

T = TypeVar("T")
Row = tuple[Any, ...]
Run = Callable[[str, Sequence[Any]], list[Row]]
"""Runs one statement, with `?` for each value on every engine, and gives the rows it returned."""


class Ledger(Protocol):
    """What every ledger can do."""

    def append(self, entries: Sequence[Entry]) -> int:
        """Write entries; durable when it returns. Gives the number of the first.

        Raises:
            TrothError: an entry is refused; nothing was written.
            LedgerBusy: another process is writing for too long; nothing was written, try again.
            LedgerDamaged: the ledger is not as it was written.
        """
        ...

    def read(self, start: int = 0, stop: int | None = None) -> Iterator[Entry]:
        """The entries from number `start` up to `stop` (to the end where none is given), in order."""
        ...

    def size(self) -> int:
        """How many entries there are."""
        ...

    def head(self) -> Head:
        """The newest signed head."""
        ...

    def nodes(self, wanted: Sequence[merkle.Node]) -> list[bytes]:
        """Stored hashes of complete subtrees, in the order asked."""
        ...


class Archive(Ledger, Protocol):
    """What an export needs beyond that."""

    def bodies(self, start: int = 0, stop: int | None = None) -> Iterator[bytes]:
        """The canonical bytes of entries, as they are stored."""
        ...

    def heads(self) -> Iterator[Head]:
        """Every signed head, oldest first."""
        ...

    def verifiers(self) -> tuple[str, ...]:
        """The public keys its heads were signed with, oldest first."""
        ...


class Tables(Protocol):
    """The tables beside the entries in the same database."""

    def query(self, sql: str, values: Sequence[Any] = ()) -> list[Row]:
        """Rows of a `select` with `?` for each value."""
        ...

    def write(self, work: Callable[[Run], T]) -> T:
        """Do some work in one durable transaction of its own."""
        ...

    def scrub(self) -> str:
        """Remove the bytes of deleted rows; says what may still hold some, empty where nothing does."""
        ...


class Kept(Ledger, Tables, Protocol):
    """A ledger with the tables beside it.

    Attributes:
        place: which database it is in: the same text for everything that can share a transaction with it.
    """

    place: str

    def join(self, run: Run, entries: Sequence[Entry]) -> int:
        """Write entries inside of a transaction that somebody else began on the same database.

        They are durable, and there at all, once that transaction is; the ledger is locked for other writers until
        it ends.

        Args:
            run: runs the statements of that transaction.
            entries: as for `append`.

        Returns:
            The number of the first.

        Raises:
            TrothError: as `append`; the transaction has to be undone.
        """
        ...


@dataclass(frozen=True, slots=True)
class Projection:
    """Tables that follow from entries, updated in the transaction that appends them.

    Attributes:
        name: what it holds ("consents").
        kinds: the kinds of entries it follows from.
        tables: `create table if not exists` and `create index if not exists` statements for every engine.
        apply: takes up new entries, in order; doing it twice must end in the same rows.
        folds: whether the rows follow from the entries alone, so that a ledger that was written without it is
            read from the beginning when it is first opened with it.
    """

    name: str
    kinds: frozenset[str]
    tables: tuple[str, ...]
    apply: Callable[[Run, Sequence[Entry]], None]
    folds: bool = True


Prepared = tuple[Entry, tuple[str, str]]
"""An entry that has passed the guard, with its canonical text around the number (see `troth.model.entry.encode`)."""


class Tail(NamedTuple):
    """Where a ledger ends: its newest head and the peaks of its tree."""

    head: Head
    peaks: tuple[bytes, ...] = ()


class Line(NamedTuple):
    """One stored entry: its number, canonical text, and the hashes it completes."""

    seq: int
    body: str
    hashes: bytes


def prepare(entries: Iterable[Entry]) -> list[Prepared]:
    """Entries ready to be numbered.

    Raises:
        TrothError: one of them is refused; see `troth.model.entry.encode`.
    """
    return [(entry, encode(entry)) for entry in entries]


def extend(
    tail: Tail, batch: Sequence[Prepared], signer: Signer
) -> tuple[Tail, list[tuple[int, str, bytes]]]:
    """The lines of a batch (see `Line`) and the tail after it, with its signed head."""
    peaks, size = list(tail.peaks), tail.head.size
    bodies = [f'{before},"seq":{seq}{after}' for seq, (_, (before, after)) in enumerate(batch, size)]
    leaves = [sha256(b"\x00" + body.encode()).digest() for body in bodies]
    hashes = merkle.grow(peaks, size, leaves)
    head = signer.sign(size + len(batch), merkle.fold(peaks), tail.head)
    return Tail(head, tuple(peaks)), list(zip(range(size, head.size), bodies, hashes, strict=True))


def project(run: Run, projections: Sequence[Projection], first: int, batch: Sequence[Prepared]) -> None:
    """Let every projection take up the entries of its kinds, numbered from `first`."""
    kinds = {entry.kind for entry, _ in batch}
    for projection in projections:
        if kinds.isdisjoint(projection.kinds):
            continue
        numbered = enumerate(batch, first)
        projection.apply(
            run, [_at(entry, seq) for seq, (entry, _) in numbered if entry.kind in projection.kinds]
        )


def _at(entry: Entry, seq: int) -> Entry:
    return Entry(
        time=entry.time,
        kind=entry.kind,
        actor=entry.actor,
        action=entry.action,
        subject=entry.subject,
        policy=entry.policy,
        promise=entry.promise,
        sentences=entry.sentences,
        object=entry.object,
        counts=entry.counts,
        outcome=entry.outcome,
        digest=entry.digest,
        detail=entry.detail,
        seq=seq,
    )


def resume(head: Head, nodes: Callable[[Sequence[merkle.Node]], Sequence[bytes]]) -> Tail:
    """The tail of a ledger that ends with this head.

    Raises:
        LedgerDamaged: the stored hashes do not lead to the head.
    """
    peaks = tuple(nodes(merkle.span(0, head.size)))
    if merkle.fold(peaks) != head.root:
        raise LedgerDamaged(
            f"the stored hashes do not lead to the signed head over {head.size:,} entries",
            hint="run `troth verify` on the ledger; it says which entries changed",
        )
    return Tail(head, peaks)


def pick(stored: Mapping[int, bytes], wanted: Sequence[merkle.Node]) -> list[bytes]:
    """The hashes of nodes out of what the entries that completed them stored.

    Raises:
        LedgerDamaged: one of them is not there.
    """
    found = []
    for node in wanted:
        start = merkle.HASH_BYTES * node.level
        value = stored.get(node.last, b"")[start : start + merkle.HASH_BYTES]
        if len(value) != merkle.HASH_BYTES:
            raise LedgerDamaged(
                f"entry {node.last:,} is missing or lost its hashes", hint="run `troth verify` on the ledger"
            )
        found.append(value)
    return found


def check_end(name: str, tail: Tail, last: Line | None, verifiers: Iterable[str]) -> None:
    """Look at the end of a ledger that is being opened; the whole is the work of `troth verify`.

    Raises:
        LedgerDamaged: entries are missing at the end, or the last one or its head was changed.
        KeyMissing: the head is signed by a key that is not known.
    """
    size = last.seq + 1 if last else 0
    if size != tail.head.size:
        raise LedgerDamaged(
            f"{name} ends after {size:,} entries, but its signed head covers {tail.head.size:,}",
            hint="restore the missing entries from a copy; `troth verify` says which",
        )
    if (
        last
        and merkle.leaf_hash(last.body.encode(errors="surrogateescape")) != last.hashes[: merkle.HASH_BYTES]
    ):
        raise LedgerDamaged(
            f"entry {last.seq:,} of {name} was changed after it was written",
            hint="run `troth verify` on the ledger",
        )
    if tail.head.note:
        check(tail.head, verifiers)


def check_meta(name: str, meta: Mapping[str, str], signer: Signer | None) -> None:
    """Look at what a ledger says of itself before anything else is read.

    Raises:
        TrothError: it was written by a newer Troth, is no ledger, or belongs to another name.
    """
    try:
        schema, origin = int(meta["schema"]), meta["origin"]
    except (KeyError, ValueError) as error:
        raise LedgerDamaged(f"{name} is not a ledger of Troth") from error
    if schema > SCHEMA:
        raise TrothError(
            f"{name} was written by a newer Troth (schema {schema}; this one knows {SCHEMA})",
            hint="update Troth; nothing was changed",
        )
    if signer and signer.origin != origin:
        raise TrothError(
            f"{name} is the ledger of `{origin}`, not of `{signer.origin}`",
            hint="use the key ring that belongs to it",
        )


def make(
    run: Run, name: str, signer: Signer, *, tables: Sequence[str], projections: Sequence[Projection]
) -> None:
    """Make the tables of a ledger and note who signs it, inside a transaction.

    Args:
        run: runs statements.
        name: what to call the ledger in a message.
        signer: the key that signs from now on.
        tables: the engine's own tables; none where they are there.
        projections: their tables are made where they are missing.

    Raises:
        TrothError: what is there is no ledger, of a newer Troth, or of another name.
    """
    for statement in tables:
        run(statement, ())
    meta: dict[str, str] = dict(run("select key, value from ledger_meta", ()))
    if not meta and not run("select 1 from ledger_entry limit 1", ()):  # just made, here or by a migration
        run("insert into ledger_meta values (?, ?), (?, ?)", ("schema", str(SCHEMA), "origin", signer.origin))
        meta = {"schema": str(SCHEMA), "origin": signer.origin}
    check_meta(name, meta, signer)
    known = meta.get("verifiers", "").split()
    if signer.verifier not in known:
        run("delete from ledger_meta where key = ?", ("verifiers",))
        run("insert into ledger_meta values (?, ?)", ("verifiers", "\n".join([*known, signer.verifier])))
    for projection in projections:
        for statement in projection.tables:
            run(statement, ())
    _catch_up(run, meta.get(_FOLLOWING, "").split(), projections)


def _catch_up(run: Run, following: Sequence[str], projections: Sequence[Projection]) -> None:
    """Let projections that were not there before take up every entry, and note which are there from now on."""
    late = [one for one in projections if one.folds and one.name not in following]
    kinds: frozenset[str] = frozenset().union(*(one.kinds for one in late))
    start = 0
    while late and (
        rows := run(f"select seq, body from ledger_entry where seq >= ? order by seq limit {_SOME}", (start,))  # noqa: S608
    ):
        start = rows[-1][0] + 1
        entries = [entry for entry in (decode(body) for _, body in rows) if entry.kind in kinds]
        for projection in late:
            if some := [entry for entry in entries if entry.kind in projection.kinds]:
                projection.apply(run, some)
    names = [projection.name for projection in projections]
    if sorted(names) != sorted(following):
        run("delete from ledger_meta where key = ?", (_FOLLOWING,))
        run("insert into ledger_meta values (?, ?)", (_FOLLOWING, "\n".join(names)))


def follows(tables: Tables, projection: Projection) -> bool:
    """Whether the tables of a projection are kept up to date by who writes to the ledger."""
    rows = tables.query("select value from ledger_meta where key = ?", (_FOLLOWING,))
    return bool(rows) and projection.name in rows[0][0].split()


def cite(ledger: Ledger, entries: Iterable[int]) -> Evidence:
    """Evidence for a statement: the entries under the newest head.

    Raises:
        TrothError: there is no such entry.
    """
    head, numbers = ledger.head(), tuple(sorted(set(entries)))
    for number in numbers:
        if not 0 <= number < head.size:
            raise TrothError(f"the ledger has no entry {number}; it holds {head.size:,}")
    return Evidence(head.origin, numbers, head.size, head.root.hex())


def prove_entry(ledger: Ledger, seq: int, size: int) -> list[bytes]:
    """Inclusion proof of an entry under the head over `size` entries (RFC 9162 section 2.1.3)."""
    return merkle.prove(merkle.inclusion(seq, size), ledger.nodes)


def prove_growth(ledger: Ledger, older: int, size: int) -> list[bytes]:
    """Consistency proof between two heads (RFC 9162 section 2.1.4)."""
    return merkle.prove(merkle.consistency(older, size), ledger.nodes)
