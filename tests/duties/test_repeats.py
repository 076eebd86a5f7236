"""Tests of repeats: they are joined, they confirm nothing, and they give nobody another try."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.lines import OTHER, SUBJECT
from troth.duties.course import begin, follow, take
from troth.duties.life import Life
from troth.duties.repeats import CODES_A_DAY, TRIES_A_DAY, excess_of, join, may_ask, may_try, repeat_of
from troth.model.errors import TrothError

START = datetime(2026, 3, 5, 12, tzinfo=UTC)
DAY = timedelta(days=1)
CODE = {"method": "code", "challenge": "c1"}


def request(name: str, day: float = 0, right: str = "access", **more: Any) -> Life:
    """A request that came in on a day after the first."""
    about, subject = more.get("about", ""), more.get("subject", SUBJECT)
    life = follow(
        None,
        begin(
            name, subject=subject, right=right, at=START + day * DAY, actor="portal", detail={"about": about}
        ),
    )
    assert life is not None
    return life


def step(life: Life, name: str, day: float, **detail: Any) -> Life:
    """The request after a step on a day."""
    after = follow(life, take(life, name, at=START + day * DAY, actor="dpo", detail=detail))
    assert after is not None
    return after


def confirmed(life: Life, day: float = 0) -> Life:
    """The request once the person showed who they are."""
    return step(life, "identity confirmed", day, method="session")


def done(life: Life, day: float) -> Life:
    """The request once it is carried out."""
    return step(step(confirmed(life, day), "running", day), "done", day)


def test_a_repeat_is_joined_and_ends() -> None:
    """The same request of the same person is answered by the first; the second ends and keeps no open question."""
    first, second = confirmed(request("r1")), step(request("r2", 1), "identity asked", 1, **CODE)
    assert repeat_of(second, [second, first]) == first
    joined = follow(second, join(second, first, at=START + DAY, actor="keep"))
    assert joined is not None
    assert (joined.state, joined.joined, joined.ended) == ("joined", "r1", True)
    assert joined.story[-1].endswith("the same as request r1")


@pytest.mark.parametrize(
    ("earlier", "later"),
    [
        (confirmed(request("r1")), request("r2", 1, "erase")),  # asks for something else
        (confirmed(request("r1", about="aa")), request("r2", 1, about="bb")),  # for another part
        (confirmed(request("r1", subject=OTHER)), request("r2", 1)),  # another person
        (confirmed(request("r1", 2)), request("r2", 1)),  # came later
        (request("r1"), request("r2", 1)),  # nobody knows who made the first
        (done(request("r1"), 1), request("r2", 32)),  # answered long ago
        (step(confirmed(request("r1")), "withdrawn", 1, method="session"), request("r2", 2)),
        (step(request("r1"), "refused", 1, ground="identity", remedy="r"), request("r2", 2)),
    ],
)
def test_what_is_no_repeat(earlier: Life, later: Life) -> None:
    """Another right, part or person, an unconfirmed, old, refused or withdrawn one: not a repeat, and not joined."""
    assert repeat_of(later, [earlier]) is None
    with pytest.raises(TrothError, match="does not repeat"):
        join(later, earlier, at=START + 40 * DAY, actor="keep")


def test_answered_lately_is_a_repeat() -> None:
    """Within the days after an answer the same request is a repeat, also under another version of the pseudonym."""
    first = done(request("r1"), 1)
    assert repeat_of(request("r2", 20), [first]) == first
    assert repeat_of(request("r3", 20, subject=OTHER), [first]) is None
    assert repeat_of(request("r3", 20, subject=OTHER), [first], subjects=[SUBJECT]) == first


def test_a_joined_request_is_never_confirmed() -> None:
    """GHSA-qx5f-ghc2-7g5c of a peer: a duplicate must not skip the check of identity, in no order of steps."""
    victim = confirmed(request("r1"))
    stranger = step(request("r2", 1), "joined", 1, to="r1")
    for name, detail in (
        ("identity confirmed", {"method": "session"}),
        ("running", {"no_undo": "x"}),
        ("reopened", {"why": "the first failed"}),
        ("done", {}),
    ):
        with pytest.raises(TrothError, match="stands at `joined`"):
            step(stranger, name, 2, **detail)
    assert stranger.confirmed == ""
    assert victim == confirmed(request("r1"))  # nothing of the repeat passes to the first


def test_the_code_of_one_request_confirms_no_other() -> None:
    """A stranger who made the same request can not confirm it with the code of the person's own."""
    own = step(request("r1"), "identity asked", 0, method="code", challenge="c1")
    stranger = step(request("r2", 1), "identity asked", 1, method="code", challenge="c2")
    with pytest.raises(TrothError, match="not the one asked for this request"):
        step(stranger, "identity confirmed", 1, **CODE)
    assert step(own, "identity confirmed", 1, **CODE).confirmed == "code"


def test_an_older_code_confirms_nothing() -> None:
    """Once a new code was sent, the one before is worthless."""
    life = step(request("r1"), "identity asked", 0, **CODE)
    life = step(life, "identity asked", 0.1, method="code", challenge="c2")
    with pytest.raises(TrothError, match="not the one asked"):
        step(life, "identity confirmed", 0.2, **CODE)


def test_a_strangers_request_swallows_nothing() -> None:
    """An unconfirmed request of a stranger does not become the one that answers the person's own."""
    stranger, own = request("r1"), confirmed(request("r2", 1))
    assert repeat_of(own, [stranger]) is None
    assert repeat_of(stranger, [own]) is None


def test_more_requests_give_no_more_tries() -> None:
    """Limits count the person: a fresh request does not reset codes or wrong answers; a day later they may try again."""
    requests = [step(request(f"r{n}"), "identity asked", 0.01, **CODE) for n in range(CODES_A_DAY)]
    assert may_ask(requests[:-1], START + DAY / 10)
    assert not may_ask(requests, START + DAY / 10)
    assert may_ask(requests, START + 1.5 * DAY)
    for _ in range(TRIES_A_DAY // CODES_A_DAY):
        assert may_try(requests, START + DAY / 10)
        requests = [step(life, "identity failed", 0.02, why="wrong code") for life in requests]
    assert not may_try([*requests, request("fresh", 0.03)], START + DAY / 10)
    assert may_try(requests, START + 1.5 * DAY)


@given(st.integers(0, 6), st.integers(0, 400))
def test_excess_is_only_a_sign(count: int, apart: int) -> None:
    """More than two answers in a year are pointed out with their number; nothing is refused by itself."""
    earlier = [done(request(f"r{n}", n * apart), n * apart) for n in range(count)]
    now = request("now", count * apart)
    in_year = 1 + sum(1 for n in range(count) if (count - n) * apart <= 365)
    found = excess_of(now, [*earlier, now])
    assert (found.count if found else in_year) == in_year
    assert (found is None) == (in_year <= 2)
    assert now.state == "received"
