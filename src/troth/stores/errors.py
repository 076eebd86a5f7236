"""What can go wrong in a store, told apart by what the caller does about it; never with a value of a row."""

from __future__ import annotations

from troth.model.errors import TrothError

POINTED = "that stay still point to it"
"""How the refusal of a row that others point to ends, on every engine."""

WAITS = "it waits for "
"""How the reason of a table begins that was left because of another one."""


class StoreBusy(TrothError):  # noqa: N818 - reads as the sentence it is
    """A lock was not given in time, or two writers met: nothing happened, try again."""


class StoreRefused(TrothError):  # noqa: N818 - reads as the sentence it is
    """The database does not let it happen: this table is left as it was, the others go on."""


class StoreGone(TrothError):  # noqa: N818 - reads as the sentence it is
    """The database can not be reached: the job waits and is resumed."""
