"""A state database is brought to the newest schema by itself, whenever it is opened.

Looking at one that is up to date costs one select; Alembic is imported only when there is something to do. All of
it is one transaction behind a lock, so two processes that start at once do not meet, and a kill leaves what was
there before. The revisions stand in `revisions/`; one that was released is never changed again.
"""

from __future__ import annotations

from contextlib import closing
from pathlib import Path

from troth.model.address import read_address
from troth.model.errors import NotFound
from troth.state.link import open_link

NEWEST = "0003"
"""The revision that this Troth works with."""


def migrate(address: str | Path) -> None:
    """Bring a state database to the newest schema; one from before migrations is taken over as it is.

    Args:
        address: a file, made readable by its owner only if it is not there, `sqlite:///file` or `postgresql://…`.

    Raises:
        TrothError: a newer Troth has written it, and nothing was changed; it can not be reached, read or written.
    """
    place = read_address(address)
    name = f"the state {place.path.name}" if place.path else "the state"
    with closing(open_link(address, name=name)) as link:
        try:
            found = link.query("select version_num from alembic_version")
        except NotFound:
            found = []
    if found != [(NEWEST,)]:
        from troth.state.upgrade import upgrade  # noqa: PLC0415 - Alembic is not needed at every start

        upgrade(place, name)
