"""Which version of the policy a person accepted or was shown, as a fold of the entries of kind `acceptance`.

`action` is `accept` or `show`, `policy` the hash of that version. The newest entry of each action counts.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from troth.evidence.ledger import Projection, Run, Tables

if TYPE_CHECKING:
    from collections.abc import Sequence

    from troth.model.entry import Entry

ACTIONS = frozenset({"accept", "show"})
"""What can happen between a person and a version."""


@dataclass(frozen=True, slots=True)
class Acceptance:
    """The version a person last accepted or was shown.

    Attributes:
        subject: pseudonym of the person.
        action: "accept" or "show".
        policy: hash of the version, hex.
        time: when, RFC 3339 in UTC.
        seq: the entry that shows it.
    """

    subject: str
    action: str
    policy: str
    time: str
    seq: int


def accepted(entry: Entry) -> Acceptance | None:
    """The acceptance that an entry leads to; none where the entry is about something else or malformed."""
    if entry.kind != "acceptance" or entry.action not in ACTIONS or not entry.subject or not entry.policy:
        return None
    return Acceptance(entry.subject, entry.action, entry.policy, entry.time, entry.seq)


def acceptances_of(tables: Tables, subjects: Sequence[str]) -> list[Acceptance]:
    """What a person accepted and was shown, oldest first.

    Args:
        tables: a ledger opened with the projection `ACCEPTANCES`.
        subjects: the person's pseudonyms under every key of the ring.
    """
    marks = ",".join("?" * len(subjects))
    sql = f"select subject, action, policy, time, seq from acceptance_state where subject in ({marks}) order by seq"  # noqa: S608 - only marks
    return [Acceptance(*row) for row in tables.query(sql, tuple(subjects))]


def _project(run: Run, entries: Sequence[Entry]) -> None:
    for entry in entries:
        found = accepted(entry)
        if found is not None:
            run(
                """insert into acceptance_state values (?, ?, ?, ?, ?)
                on conflict (subject, action) do update set policy = excluded.policy,
                time = excluded.time, seq = excluded.seq where excluded.seq > acceptance_state.seq""",
                (found.subject, found.action, found.policy, found.time, found.seq),
            )


ACCEPTANCES = Projection(
    name="acceptances",
    kinds=frozenset({"acceptance"}),
    tables=(
        """create table if not exists acceptance_state (subject text not null, action text not null,
            policy text not null, time text not null, seq bigint not null, primary key (subject, action))""",
    ),
    apply=_project,
)
"""The table of acceptances."""
