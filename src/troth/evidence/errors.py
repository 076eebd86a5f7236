"""What can go wrong with evidence, told apart by what the caller does about it."""

from __future__ import annotations

from troth.model.errors import TrothError


class LedgerBusy(TrothError):  # noqa: N818 - reads as the sentence it is
    """Too much is waiting or another process is writing: nothing was written, try again."""


class LedgerDamaged(TrothError):  # noqa: N818 - reads as the sentence it is
    """The ledger is not as it was written: stop, and run `troth verify` on it."""


class KeyMissing(TrothError):  # noqa: N818 - reads as the sentence it is
    """A key is not there: never made, not in this ring, or destroyed as it should be."""
