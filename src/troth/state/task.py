"""Recurring work, and when it was last done.

task    name; done, when it was last done, RFC 3339; due, holder and lease are of an older Troth
"""

from __future__ import annotations

from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

from troth.state.link import open_link


def note_done(address: str | Path, name: str, at: datetime) -> None:
    """Note that some work was done.

    Args:
        address: of the state.
        name: of the work.
        at: the time.

    Raises:
        TrothError: the state does not work.
    """
    moment = at.astimezone(UTC).isoformat(timespec="seconds").replace("+00:00", "Z")
    sql = (
        "insert into task (name, due, done) values (?, ?, ?) on conflict (name) do update "
        "set done = excluded.done, due = excluded.due, holder = '', lease = ''"
    )
    with closing(open_link(address)) as link:
        link.write(lambda run: run(sql, (name, moment, moment)))


def last_done(address: str | Path, name: str) -> str:
    """When some work was last done, RFC 3339; empty where it never was.

    Raises:
        TrothError: the state does not work.
    """
    with closing(open_link(address)) as link:
        rows = link.query("select done from task where name = ?", (name,))
    return str(rows[0][0]) if rows else ""
