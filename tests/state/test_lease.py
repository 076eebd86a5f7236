"""Tests of leases: one worker at a time has a task, whatever the others do, and a dead one loses it."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from troth.state.lease import release, renew, schedule, take, take_due
from troth.state.link import Link, open_link
from troth.state.migrate import migrate

START = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)


def after(seconds: float) -> datetime:
    """A time."""
    return START + timedelta(seconds=seconds)


@pytest.fixture
def link(address: str) -> Iterator[Link]:
    """A state that is up to date."""
    migrate(address)
    with closing(open_link(address)) as opened:
        yield opened


def test_one_at_a_time(link: Link) -> None:
    """A task that is held is refused to others until its lease runs out; renewing puts that off."""
    assert take(link, "sweep", "ann", after(0), 60)
    assert not take(link, "sweep", "bob", after(59), 60)
    assert renew(link, "sweep", "ann", after(59), 60)
    assert not take(link, "sweep", "bob", after(118.5), 60)
    assert take(link, "sweep", "bob", after(119), 60)
    assert not renew(link, "sweep", "ann", after(120), 60)
    assert not release(link, "sweep", "ann", done=after(120))
    assert release(link, "sweep", "bob", done=after(121), due=after(3600))
    assert link.query("select due, holder, lease, done from task") == [
        ("2026-11-22T10:30:00.000000Z", "", "", "2026-11-22T09:32:01.000000Z")
    ]
    assert not renew(link, "sweep", "bob", after(122), 60)
    assert take(link, "sweep", "ann", after(122), 60)


def test_due(link: Link) -> None:
    """The task that is due longest comes first; what is not due, or held, does not come."""
    for name, due in (("late", 500), ("second", 20), ("first", 10)):
        schedule(link, name, after(due))
    assert take_due(link, "ann", after(5), 60) == ""
    assert take_due(link, "ann", after(30), 60) == "first"
    assert take_due(link, "bob", after(30), 60) == "second"
    assert take_due(link, "cleo", after(30), 60) == ""
    assert release(link, "first", "ann", done=after(40), due=after(400))
    assert take_due(link, "cleo", after(80), 60) == ""
    assert take_due(link, "cleo", after(90), 60) == "second"
    schedule(link, "late", after(1))
    assert take_due(link, "dan", after(95), 60) == "late"


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.lists(st.tuples(st.sampled_from("trx"), st.integers(0, 2), st.integers(0, 20)), max_size=25))
def test_like_an_obvious_lease(link: Link, steps: list[tuple[str, int, int]]) -> None:
    """Whatever workers do in whatever order, the answers are those of one variable for the holder."""
    link.write(lambda run: run("delete from task", ()))
    holder, until, now = -1, 0, 1
    for what, worker, wait in steps:
        now += wait
        name = f"worker {worker}"
        if what == "t":
            free = holder < 0 or until <= now
            assert take(link, "sweep", name, after(now), 10) == free
            holder, until = (worker, now + 10) if free else (holder, until)
        elif what == "r":
            assert renew(link, "sweep", name, after(now), 10) == (holder == worker)
            until = now + 10 if holder == worker else until
        else:
            assert release(link, "sweep", name) == (holder == worker)
            holder = -1 if holder == worker else holder


def test_many_workers(address: str) -> None:
    """Of workers that ask at the same moment each gets another task, and no task is given twice."""
    migrate(address)
    with closing(open_link(address)) as link:
        for number in range(40):
            schedule(link, f"task {number:02}", after(number))
    got: list[str] = []
    together = threading.Barrier(8)

    def work(holder: str) -> None:
        with closing(open_link(address)) as own:
            together.wait()
            got.extend(take_due(own, holder, after(100), 60) for _ in range(5))

    workers = [threading.Thread(target=work, args=(f"worker {number}",)) for number in range(8)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert sorted(got) == [f"task {number:02}" for number in range(40)]
