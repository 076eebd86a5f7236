"""The one-time code: six digits to an address on file, kept only as a slow hash, for one request and ten minutes.

A code confirms the request it was made for and no other: its hash covers the request. Limits on how many codes and
tries one person gets stand in `repeats`; they count the person, so more requests give no more tries.
"""

from __future__ import annotations

import hmac
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta
from typing import Literal

from cryptography.hazmat.primitives.kdf.argon2 import Argon2id

from troth.evidence.pseudonym import normalise
from troth.model.entry import utc
from troth.model.errors import TrothError

DIGITS = 6
MINUTES = 10
"""So long a code is good."""

TRIES = 5
"""Wrong answers after which a code is worthless."""

Answer = Literal["confirmed", "wrong", "expired", "used up", "not this request"]


@dataclass(frozen=True, slots=True)
class Cost:
    """What one hash costs (RFC 9106).

    Attributes:
        memory: KiB.
        passes: passes over it.
    """

    memory: int = 19 * 1024
    passes: int = 2


COST = Cost()
"""About 0.1 s and 19 MiB a try."""


@dataclass(frozen=True, slots=True)
class Address:
    """An address of a person that is on file.

    Attributes:
        kind: "email" or "phone".
        value: the address, as it is on file; never shown.
    """

    kind: str
    value: str = field(repr=False)


@dataclass(frozen=True, slots=True)
class Challenge:
    """A code that was sent, as it is kept: without the code.

    Attributes:
        name: its name in the entries.
        request: the request it is for.
        salt: of the hash.
        digest: Argon2id of the code.
        expires: when it stops being good.
        tries: answers given so far.
        spent: it was used.
        cost: what the hash costs.
    """

    name: str
    request: str
    salt: bytes = field(repr=False)
    digest: bytes = field(repr=False)
    expires: datetime
    tries: int = 0
    spent: bool = False
    cost: Cost = COST


def address_for(on_file: Sequence[Address], wanted: Address | None = None) -> Address:
    """The address a code goes to: the wanted one if it is on file, else the first on file, never another.

    Who asks from a stranger's address learns nothing: the person hears that somebody asked.

    Raises:
        TrothError: no address is on file.
    """
    if not on_file:
        raise TrothError(
            "no address of the person is on file",
            hint="confirm who they are by another way; see docs/requests.md",
        )
    if wanted is not None:
        asked = wanted.kind, normalise(wanted.kind, wanted.value)
        for address in on_file:
            if (address.kind, normalise(address.kind, address.value)) == asked:
                return address
    return on_file[0]


def issue(
    request: str, now: datetime, random: Callable[[int], bytes], *, pepper: bytes = b"", cost: Cost = COST
) -> tuple[Challenge, str]:
    """A new code for a request: what to keep and what to send. The code is nowhere else.

    Args:
        request: the request it is for.
        now: when it is made, with a time zone.
        random: gives so many random bytes, such as `os.urandom`.
        pepper: a secret that is not kept beside the challenge, so that a copy of the table is no use.
        cost: what the hash costs.

    Raises:
        TrothError: `now` has no time zone.
    """
    utc(now)
    code = (
        f"{int.from_bytes(random(16)) % 10**DIGITS:0{DIGITS}}"  # 128 bits: no digit is likelier than another
    )
    salt, name = (
        random(16),
        "c" + random(8).hex(),
    )  # never digits alone: the ledger takes those for a number of a person
    digest = _digest(request, code, salt, pepper, cost)
    return Challenge(name, request, salt, digest, now + timedelta(minutes=MINUTES), cost=cost), code


def answer(
    challenge: Challenge, request: str, given: str, *, now: datetime, pepper: bytes = b""
) -> tuple[Challenge, Answer]:
    """What an answer to a challenge is worth, and the challenge as it must be kept before anybody is told.

    Keep the returned challenge only if the kept one is still the one passed in, so that two tries at once count as
    two. The work is the same for every outcome, so time tells nothing. Spaces and full-width digits do not matter.

    Args:
        challenge: as it is kept.
        request: the request the person wants to confirm.
        given: what they typed.
        now: when.
        pepper: the secret it was issued with.

    Raises:
        TrothError: `now` has no time zone.
    """
    utc(now)
    typed = "".join(str(int(c)) if c.isdecimal() else c for c in given[:64] if not c.isspace())
    digest = _digest(request, typed, challenge.salt, pepper, challenge.cost)
    right = hmac.compare_digest(digest, challenge.digest)
    if challenge.spent or challenge.tries >= TRIES:
        return challenge, "used up"
    tried = replace(challenge, tries=challenge.tries + 1)
    if request != challenge.request:
        return tried, "not this request"
    if now >= challenge.expires:
        return tried, "expired"
    return (replace(tried, spent=True), "confirmed") if right else (tried, "wrong")


def _digest(request: str, code: str, salt: bytes, pepper: bytes, cost: Cost) -> bytes:
    kdf = Argon2id(
        salt=salt,
        length=32,
        iterations=cost.passes,
        lanes=1,
        memory_cost=cost.memory,
        secret=pepper or None,
    )
    return kdf.derive(f"{request}\0{code}".encode("utf-8", "replace"))
