"""Who really received a person's data, as the ledger says: the entries of kind `disclosed` about that person.

`detail.recipient` names who ("payment processor"), `detail.purpose` what for, `detail.data` which categories,
`detail.country` and `detail.safeguard` what protects them abroad (GDPR Art. 15(2)); all but the first may be left out.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from troth.model.entry import Entry


@dataclass(frozen=True, slots=True)
class Recipient:
    """Somebody who received data of a person.

    Attributes:
        name: who, as the ledger names them.
        times: how often.
        first, last: when, RFC 3339 in UTC.
        purposes, data, countries, safeguards: what the ledger says besides, sorted.
    """

    name: str
    times: int
    first: str
    last: str
    purposes: tuple[str, ...] = ()
    data: tuple[str, ...] = ()
    countries: tuple[str, ...] = ()
    safeguards: tuple[str, ...] = ()


def recipients(entries: Iterable[Entry]) -> tuple[Recipient, ...]:
    """Everybody who received data of a person, by name; `entries` are the ledger's about the person."""
    found: dict[str, dict[str, set[str]]] = {}
    times: dict[str, list[str]] = {}
    for entry in entries:
        if entry.kind != "disclosed":
            continue
        for name in _listed(entry.detail.get("recipient")) or ["not named"]:
            times.setdefault(name, []).append(entry.time)
            known = found.setdefault(name, {})
            for key in ("purpose", "data", "country", "safeguard"):
                known.setdefault(key, set()).update(_listed(entry.detail.get(key)))
    return tuple(
        Recipient(
            name, len(times[name]), times[name][0], times[name][-1],
            *(tuple(sorted(found[name][key])) for key in ("purpose", "data", "country", "safeguard")),
        )
        for name in sorted(found)
    )  # fmt: skip


def _listed(value: object) -> list[str]:
    if isinstance(value, list | tuple):
        return [str(one) for one in value if one]
    return [str(value)] if value else []
