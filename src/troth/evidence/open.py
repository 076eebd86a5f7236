"""Open a ledger by its address."""

from __future__ import annotations

from typing import TYPE_CHECKING

from troth.evidence.sqlite import SqliteLedger
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Iterable, Sequence

    from troth.evidence.heads import Signer
    from troth.evidence.ledger import Projection
    from troth.evidence.postgres import PostgresLedger


def open_ledger(
    address: str,
    *,
    signer: Signer | None = None,
    projections: Sequence[Projection] = (),
    verifiers: Iterable[str] = (),
) -> SqliteLedger | PostgresLedger:
    """The ledger at an address; made there if it is missing and there is a signer.

    Args:
        address: a file, `sqlite:///file` or `postgresql://…`.
        signer: signs the heads; without one the ledger is open for reading only.
        projections: tables that follow from the entries.
        verifiers: further public keys that heads may be signed with (older keys of the ring).

    Raises:
        TrothError: no engine of this name; what `SqliteLedger` and `PostgresLedger` raise.
    """
    scheme, found, rest = address.partition("://")
    if not found:
        return SqliteLedger(address, signer=signer, projections=projections, verifiers=verifiers)
    if scheme == "sqlite":
        return SqliteLedger(
            rest.removeprefix("/"), signer=signer, projections=projections, verifiers=verifiers
        )
    if scheme in ("postgresql", "postgres", "postgresql+psycopg"):
        from troth.evidence.postgres import PostgresLedger  # noqa: PLC0415 - its driver is not needed for a file

        return PostgresLedger(address, signer=signer, projections=projections, verifiers=verifiers)
    raise TrothError(
        f"a ledger can not be kept in `{scheme}`", hint="use a file, sqlite:///file or postgresql://…"
    )
