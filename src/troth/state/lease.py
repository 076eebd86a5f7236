"""Recurring work and who is doing it: of several workers one takes a task, for as long as its lease runs.

A worker that dies lets its lease run out, and another takes the task; one that works longer renews. Times come
from the workers, so their clocks must agree within less than a lease.

    task    name; due, when it is to be done next; holder and lease (until when), empty where nobody works; done,
            when it was last done. Times are UTC with microseconds, so that they sort as text
"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

from troth.state.link import Link


def schedule(link: Link, name: str, due: datetime) -> None:
    """Make a task, or move the time when it is due; whoever holds it keeps it."""
    sql = "insert into task (name, due) values (?, ?) on conflict (name) do update set due = excluded.due"
    link.write(lambda run: run(sql, (name, _text(due))))


def take(link: Link, name: str, holder: str, at: datetime, seconds: float) -> bool:
    """Take a task, due or not, unless somebody holds it; a task of this name is made where there is none.

    Args:
        link: the state.
        name: of the task.
        holder: of the worker; no two workers have the same.
        at: the time.
        seconds: so long the lease runs.
    """
    sql = (
        "insert into task (name, due, holder, lease) values (?, ?, ?, ?) on conflict (name) do update "
        "set holder = excluded.holder, lease = excluded.lease where task.lease <= ? returning name"
    )
    until = _text(at + timedelta(seconds=seconds))
    return bool(link.write(lambda run: run(sql, (name, _text(at), holder, until, _text(at)))))


def take_due(link: Link, holder: str, at: datetime, seconds: float) -> str:
    """Take the task that is due longest and that nobody holds; gives its name, empty where there is none.

    Args:
        link: the state.
        holder: of the worker.
        at: the time.
        seconds: so long the lease runs.
    """
    # Workers that look at the same moment do not wait for each other: each finds another task.
    skip = "for update skip locked" if link.engine == "postgresql" else ""
    sql = (
        "update task set holder = ?, lease = ? where name = (select name from task where due <= ? and lease <= ? "  # noqa: S608 - our words
        f"order by due, name limit 1 {skip}) returning name"
    )
    until, now = _text(at + timedelta(seconds=seconds)), _text(at)
    rows = link.write(lambda run: run(sql, (holder, until, now, now)))
    return str(rows[0][0]) if rows else ""


def renew(link: Link, name: str, holder: str, at: datetime, seconds: float) -> bool:
    """Let a lease run from now on again; False where another worker has taken the task: stop working on it."""
    sql = "update task set lease = ? where name = ? and holder = ? and lease <> '' returning name"
    until = _text(at + timedelta(seconds=seconds))
    return bool(link.write(lambda run: run(sql, (until, name, holder))))


def release(
    link: Link, name: str, holder: str, *, done: datetime | None = None, due: datetime | None = None
) -> bool:
    """Let go of a task; False where another worker has taken it, and then nothing is changed.

    Args:
        link: the state.
        name: of the task.
        holder: of the worker.
        done: when it was done; none where it was given up.
        due: when it is to be done next; as before where none is given.
    """
    sql = (
        "update task set holder = '', lease = '', done = coalesce(?, done), due = coalesce(?, due) "
        "where name = ? and holder = ? returning name"
    )
    values = (_text(done) if done else None, _text(due) if due else None, name, holder)
    return bool(link.write(lambda run: run(sql, values)))


def _text(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="microseconds").replace("+00:00", "Z")
