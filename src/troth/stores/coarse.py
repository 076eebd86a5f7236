"""Values made coarser where the engine has no function for it, and moments read; every result is its own result."""

from __future__ import annotations

import contextlib
import re
from datetime import UTC, date, datetime
from ipaddress import ip_address, ip_network

from troth.model.instant import micros, moment_of

_SECONDS = 100_000_000_000  # above this a number counts milliseconds
_MONTH = re.compile(r"([12]\d{3}-[01]\d)-\d\d(.*)", re.DOTALL)
_CLOCK = re.compile(r"\d")


def network(value: object) -> str | None:
    """The network of an address, /24 for IPv4 and /48 for IPv6, as its first address; None for anything else."""
    with contextlib.suppress(ValueError):
        found = ip_address(str(value).strip().partition("/")[0])
        return str(ip_network((found, 24 if found.version == 4 else 48), strict=False).network_address)
    return None


def month(value: object) -> str | int | None:
    """The beginning of the month of a moment, written as the moment is; None for anything else."""
    return _begin(value, yearly=False)


def year(value: object) -> str | int | None:
    """The beginning of the year of a moment, written as the moment is; None for anything else."""
    return _begin(value, yearly=True)


def instant(value: object) -> int | None:
    """The microseconds since 1970 of a moment, however it is written; None for anything else."""
    moment = moment_of(value)
    return None if moment is None else micros(moment)


def _begin(value: object, *, yearly: bool) -> str | int | None:
    if isinstance(value, int | float):
        scale = 1000 if value >= _SECONDS else 1
        with contextlib.suppress(ValueError, OverflowError, OSError):
            moment = datetime.fromtimestamp(value / scale, UTC)
            first = datetime(moment.year, 1 if yearly else moment.month, 1, tzinfo=UTC)
            return int(first.timestamp()) * scale
        return None
    match = _MONTH.match(str(value))
    if match is None:
        return None
    first_day = date(int(match.group(1)[:4]), 1 if yearly else int(match.group(1)[5:]), 1).isoformat()
    return first_day + _CLOCK.sub("0", match.group(2))
