"""What can go wrong in a store, told apart by what the caller does about it; never with a value of a row."""

from __future__ import annotations

import re
from collections.abc import Iterable

from troth.model.errors import TrothError

POINTED = "that stay still point to it"
"""How the refusal of a row that others point to ends, on every engine."""

WAITS = "it waits for "
"""How the reason of a table begins that was left because of another one."""


FREE = "wait until that has ended"
"""What is to be done about a lock."""


class StoreBusy(TrothError):  # noqa: N818 - reads as the sentence it is
    """A lock was not given in time, or two writers met: nothing happened, try again; `store` names it where that is known."""

    def __init__(self, message: str, *, hint: str = "", store: str = "") -> None:
        super().__init__(message, hint=hint)
        self.store = store


class StoreRefused(TrothError):  # noqa: N818 - reads as the sentence it is
    """The database does not let it happen: this table is left as it was, the others go on."""


class StoreGone(TrothError):  # noqa: N818 - reads as the sentence it is
    """The database can not be reached: the job waits and is resumed."""


def forbidden(store: str, said: str, tables: Iterable[str]) -> StoreRefused:
    """What the user of a store may not do, with the table.

    Args:
        store: name of the store.
        said: what the database says, which is not passed on: in any language, and with the user's name.
        tables: those that the store is known to have.
    """
    words = set(re.findall(r"\w[\w$.-]*", said))
    found = sorted(
        (one for one in tables if one in said and ({one, one.rpartition(".")[2]} & words or " " in one)),
        key=len,
    )
    if not found:
        return StoreRefused(
            f"the database user of the store {store} may not read or write something here",
            hint="grant it select, update and delete on the tables of the map; in MariaDB also create temporary tables",
        )
    return StoreRefused(
        f"the database user of the store {store} may not read or write the table {found[-1]}",
        hint=f"grant it select, update and delete on {found[-1]}",
    )
