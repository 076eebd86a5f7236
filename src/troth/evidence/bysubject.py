"""Which entries are about a person: an index beside the ledger, for what a person is told about their data.

Only the kinds that such an answer needs are in it. A ledger without the table is read from the beginning.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence

from troth.evidence.ledger import Kept, Projection, Run, follows
from troth.model.entry import Entry

KINDS = frozenset({"consent", "disclosed"})
"""The kinds of entries it finds."""


def _project(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        if entry.subject:
            run(
                "insert into subject_entry values (?, ?, ?) on conflict (subject, seq) do nothing",
                (entry.subject, entry.seq, entry.kind),
            )


BY_SUBJECT = Projection(
    name="by-subject",
    kinds=KINDS,
    tables=(
        """create table if not exists subject_entry (subject text not null, seq bigint not null, kind text not null,
            primary key (subject, seq))""",
    ),
    apply=_project,
)
"""The table of entries by person."""


def entries_of(kept: Kept, subjects: Sequence[str], kinds: Iterable[str]) -> Iterator[Entry]:
    """The entries about a person, oldest first.

    Args:
        kept: the ledger.
        subjects: the person's pseudonyms: one for each of their identities under every key of the ring.
        kinds: some of `KINDS`.
    """
    wanted, known = set(kinds), set(subjects)
    if not known:
        return
    marks = ",".join("?" * len(known))
    sql = f"select seq, kind from subject_entry where subject in ({marks}) order by seq"  # noqa: S608 - only marks
    if not follows(kept, BY_SUBJECT):
        yield from (one for one in kept.read() if one.kind in wanted and one.subject in known)
        return
    for seq, kind in kept.query(sql, tuple(sorted(known))):
        if kind in wanted:
            yield from kept.read(seq, seq + 1)


def rebuild(kept: Kept) -> int:
    """Fill the table anew from the entries, in one transaction; gives how many it holds."""
    entries = [one for one in kept.read() if one.kind in KINDS]

    def work(run: Run) -> int:
        run("delete from subject_entry", ())
        _project(run, entries)
        return len(entries)

    return kept.write(work)
