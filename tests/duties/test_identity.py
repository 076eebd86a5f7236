"""Tests of the one-time code."""

from __future__ import annotations

import time
from collections import Counter
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.lines import counting
from troth.duties.identity import COST, TRIES, Address, Challenge, Cost, address_for, answer, issue
from troth.model.entry import Entry, guard
from troth.model.errors import TrothError

NOW = datetime(2026, 3, 5, 12, tzinfo=UTC)
CHEAP = Cost(memory=8, passes=1)


def fresh(request: str = "r1", pepper: bytes = b"") -> tuple[Challenge, str]:
    """A code that costs little to check."""
    return issue(request, NOW, counting(), pepper=pepper, cost=CHEAP)


@given(st.binary(min_size=16, max_size=16))
@settings(max_examples=40)
def test_right_code_confirms_once(noise: bytes) -> None:
    """Six digits, good for one use; spaces and full-width digits do not matter."""
    challenge, code = issue("r1", NOW, lambda count: noise[:count], cost=CHEAP)
    assert len(code) == 6
    assert code.isascii()
    assert code.isdigit()
    wide = " ".join(chr(ord(c) + 0xFEE0) for c in code)
    after, worth = answer(challenge, "r1", wide, now=NOW)
    assert (worth, after.spent) == ("confirmed", True)
    assert answer(after, "r1", code, now=NOW)[1] == "used up"


def test_what_is_kept_does_not_hold_the_code() -> None:
    """Neither what is kept nor what is printed of it holds the code."""
    challenge, code = fresh()
    assert code not in repr(challenge)
    assert code.encode() not in challenge.digest + challenge.salt
    assert "digest" not in repr(challenge)


@given(st.text(max_size=70))
@settings(max_examples=40)
def test_anything_else_is_wrong(typed: str) -> None:
    """Whatever else is typed, also no Unicode text at all, is wrong and counts as a try."""
    challenge, code = fresh()
    after, worth = answer(challenge, "r1", typed, now=NOW)
    assert worth == ("confirmed" if typed.strip() == code else "wrong")
    assert after.tries == 1
    assert answer(challenge, "r1", "\ud800", now=NOW)[1] == "wrong"


def test_five_tries() -> None:
    """After five wrong answers the right one is too late."""
    challenge, code = fresh()
    wrong = f"{(int(code) + 1) % 10**6:06}"
    for _ in range(TRIES):
        challenge, worth = answer(challenge, "r1", wrong, now=NOW)
        assert worth == "wrong"
    assert answer(challenge, "r1", code, now=NOW)[1] == "used up"


@pytest.mark.parametrize(
    ("minutes", "worth"), [(0, "confirmed"), (9.99, "confirmed"), (10, "expired"), (99, "expired")]
)
def test_ten_minutes(minutes: float, worth: str) -> None:
    """A code is good for ten minutes."""
    challenge, code = fresh()
    assert answer(challenge, "r1", code, now=NOW + timedelta(minutes=minutes))[1] == worth


def test_one_request_only() -> None:
    """A code is worth nothing for another request, not even if the challenge is passed off as its own."""
    challenge, code = fresh("r1")
    after, worth = answer(challenge, "r2", code, now=NOW)
    assert (worth, after.tries) == ("not this request", 1)
    forged = Challenge(challenge.name, "r2", challenge.salt, challenge.digest, challenge.expires, cost=CHEAP)
    assert answer(forged, "r2", code, now=NOW)[1] == "wrong"


def test_a_copy_of_the_table_is_no_use() -> None:
    """With a pepper that is kept elsewhere the code can not be found from what is kept."""
    challenge, code = fresh(pepper=b"kept elsewhere")
    assert answer(challenge, "r1", code, now=NOW)[1] == "wrong"
    assert answer(challenge, "r1", code, now=NOW, pepper=b"kept elsewhere")[1] == "confirmed"


def test_a_guess_is_slow_and_takes_as_long_as_the_truth() -> None:
    """At the usual cost a try takes milliseconds, not microseconds, whatever is wrong with it."""
    assert COST.memory >= 19 * 1024
    challenge, code = issue("r1", NOW, counting())
    spent, _ = answer(challenge, "r1", code, now=NOW)
    took = []
    for one, request, typed, now in (
        (challenge, "r1", code, NOW),
        (challenge, "r1", "", NOW),
        (challenge, "r2", code, NOW),
        (challenge, "r1", code, NOW + timedelta(hours=1)),
        (spent, "r1", code, NOW),
    ):
        began = time.perf_counter()
        answer(one, request, typed, now=now)
        took.append(time.perf_counter() - began)
    assert min(took) > 0.002


def test_codes_are_even() -> None:
    """Every digit is as likely at every place, and a leading zero is written."""
    random = iter(range(10**9))
    codes = [
        issue("r1", NOW, (next(random) * 2654435761 % 2**64).to_bytes, cost=CHEAP)[1] for _ in range(2000)
    ]
    for place in range(6):
        seen = Counter(code[place] for code in codes)
        assert set(seen) == set("0123456789")
        assert max(seen.values()) < 320


def test_only_to_an_address_on_file() -> None:
    """The code goes to the wanted address if it is on file, however it is spelt, else to the first on file."""
    mail, phone = Address("email", "Li.Wei@Example.com"), Address("phone", "+852 5555 0001")
    on_file = [mail, phone]
    assert address_for(on_file, Address("email", " li.wei@example.COM ")) == mail
    assert address_for(on_file, Address("phone", "00852 5555-0001")) == phone
    assert address_for(on_file, Address("email", "stranger@example.net")) == mail
    assert address_for(on_file) == mail
    assert "example" not in repr(mail)
    with pytest.raises(TrothError, match="no address of the person is on file"):
        address_for([], mail)


@given(st.binary(min_size=8, max_size=8))
def test_the_ledger_takes_every_name_of_a_challenge(noise: bytes) -> None:
    """The name of a challenge never looks like a number of a person, not even if all its digits are decimal."""
    challenge, _ = issue("r1", NOW, lambda count: (noise * 2)[:count], cost=CHEAP)
    for name in (challenge.name, "c" + "1234567890123456"):
        guard(
            Entry(
                time="2026-03-05T12:00:00Z",
                kind="request",
                actor="portal",
                action="access",
                detail={"challenge": name},
            )
        )


def test_a_time_without_zone_is_refused() -> None:
    """Nobody knows when a code without a time zone ends."""
    challenge, code = fresh()
    with pytest.raises(TrothError, match="no zone"):
        issue("r1", NOW.replace(tzinfo=None), counting(), cost=CHEAP)
    with pytest.raises(TrothError, match="no zone"):
        answer(challenge, "r1", code, now=NOW.replace(tzinfo=None))
