"""Tests of the life of a request: what may follow what, what follows from the entries, and what the ledger's table says."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.evidence.lines import OTHER, SUBJECT, ring
from troth.duties.course import begin, follow, lives, take
from troth.duties.deadlines import answer_by, timing_of
from troth.duties.life import Hold, Life
from troth.duties.objection import objection
from troth.duties.rights import GROUNDS, METHODS, RIGHTS, undo_until
from troth.duties.steps import ALIVE, ENDED, STATES, STEPS, UNCONFIRMED
from troth.duties.workdays import place
from troth.evidence.open import open_ledger
from troth.evidence.state import CONSENTS, REQUESTS, differences, replay, request_of
from troth.model.entry import Entry, guard
from troth.model.errors import TrothError

START = datetime(2026, 3, 5, 12, tzinfo=UTC)
HOUR = timedelta(hours=1)
HOLD = Hold("open order", "2026-04-01", "the order is delivered", ("order fulfilment",))
DETAILS: dict[str, dict[str, Any]] = {
    "identity asked": {"method": "code", "challenge": "c1"},
    "identity failed": {"why": "wrong code"},
    "identity confirmed": {"method": "code", "challenge": "c1"},
    "clarification asked": {"what": "which account"},
    "extended": {"why": "many systems", "due": "2026-06-05"},
    "waiting": {"until": "2026-03-08T12:00:00Z"},
    "running": {"no_undo": "the account was closed before"},
    "held": {"holds": [HOLD.as_json()]},
    "released": {"hold": "open order"},
    "partly": {"why": "one store did not answer"},
    "refused": {"ground": "unfounded", "why": "a test of ours", "remedy": "PCPD"},
    "withdrawn": {"method": "code"},
    "joined": {"to": "r0"},
    "escalated": {"alarm": "half of the time is over"},
    "reopened": {"why": "found more data"},
}


def born(right: str = "erase", request: str = "r1", at: datetime = START, subject: str = SUBJECT) -> Entry:
    """A request that comes in."""
    return begin(request, subject=subject, right=right, at=at, actor="portal")


def go(*steps: str | tuple[str, Mapping[str, Any]], right: str = "erase", request: str = "r1") -> list[Entry]:
    """The entries of a life, a step an hour; a step alone gets a usual detail."""
    entries = [born(right, request)]
    life = follow(None, entries[0])
    for number, step in enumerate(steps, 1):
        name, detail = (step, DETAILS.get(step, {})) if isinstance(step, str) else step
        assert life is not None
        entries.append(take(life, name, at=START + number * HOUR, actor="dpo", detail=detail))
        life = follow(life, entries[-1])
    return entries


def end(entries: list[Entry]) -> Life:
    """The request that entries of one life lead to."""
    (life,) = lives(entries).values()
    return life


CONFIRMED = ("identity asked", "identity confirmed")
NO_UNDO = "running"


@pytest.mark.parametrize(
    ("steps", "state", "status"),
    [
        ((), "received", "received"),
        (("identity asked",), "identity asked", "paused"),
        (("identity asked", "identity failed"), "identity asked", "paused"),
        (CONFIRMED, "open", "open"),
        ((*CONFIRMED, "clarification asked"), "clarification asked", "paused"),
        ((*CONFIRMED, "clarification asked", "clarified"), "open", "open"),
        ((*CONFIRMED, "extended"), "open", "open"),
        (("identity asked", "extended"), "identity asked", "paused"),
        ((*CONFIRMED, "waiting"), "waiting", "paused"),
        ((*CONFIRMED, NO_UNDO), "running", "open"),
        ((*CONFIRMED, NO_UNDO, "held"), "held", "held"),
        ((*CONFIRMED, NO_UNDO, "held", "released"), "open", "open"),
        ((*CONFIRMED, NO_UNDO, "partly"), "partly", "partly"),
        ((*CONFIRMED, NO_UNDO, "partly", NO_UNDO, "done"), "done", "done"),
        ((*CONFIRMED, NO_UNDO, "nothing found"), "nothing found", "nothing found"),
        ((*CONFIRMED, "refused"), "refused", "refused"),
        ((*CONFIRMED, "waiting", "withdrawn"), "withdrawn", "cancelled"),
        (("joined",), "joined", "cancelled"),
        ((*CONFIRMED, NO_UNDO, "done", "reopened"), "open", "open"),
        ((*CONFIRMED, "escalated"), "open", "open"),
    ],
)
def test_state_and_table_agree(tmp_path: Path, steps: tuple[str, ...], state: str, status: str) -> None:
    """The same entries lead to the state here and to the status in the ledger's own table, which follows from them."""
    entries = go(*steps)
    with open_ledger(
        str(tmp_path / "ledger.db"), signer=ring().signer, projections=[CONSENTS, REQUESTS]
    ) as ledger:
        ledger.append(entries)
        life = end(list(ledger.read()))
        table = request_of(ledger, "r1")
        assert differences(ledger) == []
    assert table is not None
    assert (life.state, table.status) == (state, status)
    assert (life.due, life.ended) == (table.due, state in ENDED)
    assert len(life.story) == len(entries)


def test_story() -> None:
    """Every step explains itself, in order, with its time."""
    life = end(go(*CONFIRMED, "running", "held", "released", "running", "done"))
    told = [line.partition(": ")[2] for line in life.story]
    assert told == [
        "the request came in",
        "the person was asked to show who they are: code",
        "identity confirmed: code",
        "it is being carried out (the account was closed before)",
        "data must be kept and is restricted: open order",
        "the reason to keep data ended: open order",
        "it is being carried out (the account was closed before)",
        "carried out",
    ]
    assert life.story[1].startswith("2026-03-05T13:00:00Z")


def test_holds_end_one_by_one() -> None:
    """A request is held until the last reason ended; only then it can run again."""
    two = {"holds": [HOLD.as_json(), Hold("dispute").as_json()]}
    life = end(go(*CONFIRMED, ("held", two), "released"))
    assert (life.state, [hold.name for hold in life.holds]) == ("held", ["dispute"])
    with pytest.raises(TrothError, match="stands at `held`"):
        take(life, "running", at=START + 9 * HOUR, actor="keep", detail={"no_undo": "x"})
    with pytest.raises(TrothError, match="no such hold"):
        take(life, "released", at=START + 9 * HOUR, actor="keep", detail={"hold": "open order"})
    last = follow(life, take(life, "released", at=START + 9 * HOUR, actor="keep", detail={"hold": "dispute"}))
    assert last is not None
    assert (last.state, last.holds) == ("open", ())


def test_nothing_runs_before_the_undo_window_ends() -> None:
    """An erasure waits 72 hours, can be taken back meanwhile, and runs only afterwards, whoever writes the entry."""
    until = undo_until(START)
    assert until - START == timedelta(hours=72)
    life = end(go(*CONFIRMED, ("waiting", {"until": until.isoformat()})))
    with pytest.raises(TrothError, match="can be taken back until 2026-03-08"):
        take(life, "running", at=until - timedelta(seconds=1), actor="keep")
    early = Entry(
        time="2026-03-06T00:00:00Z", kind="request", actor="keep", action="erase", subject=SUBJECT,
        outcome="resumed", detail={"request": "r1", "step": "running"},
    )  # fmt: skip
    assert follow(life, early) == life
    run = follow(life, take(life, "running", at=until, actor="keep"))
    assert run is not None
    assert run.state == "running"
    with pytest.raises(TrothError, match="stands at `running`"):
        take(run, "withdrawn", at=until, actor="portal", detail={"method": "session"})


def test_an_erasure_without_window_says_why() -> None:
    """An erasure that does not wait must say why; an access need not wait."""
    with pytest.raises(TrothError, match="no_undo"):
        go(*CONFIRMED, ("running", {}))
    assert end(go(*CONFIRMED, ("running", {}), right="access")).state == "running"


def test_a_reopened_erasure_waits_anew() -> None:
    """What was agreed for the first run does not carry over to the second."""
    life = end(go(*CONFIRMED, "running", "done", "reopened"))
    assert life.confirmed == "code"
    with pytest.raises(TrothError, match="no_undo"):
        take(life, "running", at=START + 20 * HOUR, actor="keep")


@pytest.mark.parametrize(
    ("before", "step", "detail", "actor", "why"),
    [
        ((), "running", {}, "keep", "stands at `received`"),
        ((), "done", {}, "keep", "stands at `received`"),
        ((), "held", DETAILS["held"], "keep", "stands at `received`"),
        ((), "fly", {}, "keep", "no such step"),
        ((), "identity confirmed", {"method": "smell"}, "portal", "the ways to confirm"),
        ((), "identity confirmed", {"method": "not needed"}, "portal", "must be confirmed for `erase`"),
        ((), "identity confirmed", {"method": "code"}, "portal", "not the one asked"),
        ((), "identity confirmed", {}, "portal", "does not say `method`"),
        ((), "identity asked", {"method": "code"}, "portal", "does not say which code"),
        (
            ("identity asked",),
            "identity confirmed",
            {"method": "code", "challenge": "c2"},
            "portal",
            "not the one",
        ),
        (("identity asked",), "clarification asked", {"what": "x"}, "dpo", "stands at `identity asked`"),
        (
            CONFIRMED,
            "refused",
            {"ground": "unfounded", "why": "x", "remedy": "r"},
            "keep",
            "a person must decide",
        ),
        (CONFIRMED, "refused", {"ground": "unfounded", "remedy": "r"}, "dpo", "does not say `why`"),
        (CONFIRMED, "refused", {"ground": "unfounded", "why": "x"}, "dpo", "does not say `remedy`"),
        (CONFIRMED, "refused", {"ground": "mood", "why": "x", "remedy": "r"}, "dpo", "the grounds are"),
        (CONFIRMED, "refused", {"ground": "identity", "remedy": "r"}, "dpo", "identity was confirmed"),
        (CONFIRMED, "withdrawn", {}, "portal", "showed who they are"),
        (CONFIRMED, "withdrawn", {"method": "not needed"}, "portal", "showed who they are"),
        (CONFIRMED, "waiting", {"until": "soon"}, "keep", "not a later time"),
        (CONFIRMED, "waiting", {"until": "2026-01-01T00:00:00Z"}, "keep", "not a later time"),
        (CONFIRMED, "held", {"holds": [{"until": "2026-04-01"}]}, "keep", "needs a name"),
        (CONFIRMED, "extended", {"why": "x", "due": "later"}, "dpo", "not a date"),
        (CONFIRMED, "joined", {"to": "r1"}, "keep", "can not join itself"),
        (("joined",), "reopened", {"why": "x"}, "dpo", "stands at `joined`"),
        (("refused",), "reopened", {"why": "x"}, "dpo", "never confirmed"),
    ],
)
def test_what_can_not_follow(
    before: tuple[str, ...], step: str, detail: dict[str, Any], actor: str, why: str
) -> None:
    """A step that can not follow is refused with the reason, and an entry of it would move nothing."""
    life = end(go(*before))
    with pytest.raises(TrothError, match=why):
        take(life, step, at=START + 9 * HOUR, actor=actor, detail=detail)
    forged = Entry(
        time="2026-03-05T21:00:00Z", kind="request", actor=actor, action="erase", subject=SUBJECT,
        outcome="resumed", detail={**detail, "request": "r1", "step": step},
    )  # fmt: skip
    assert follow(life, forged) == life


def test_easy_rights_need_no_check() -> None:
    """Withdrawing a consent is as easy as giving it: no identity check (GDPR 7(3))."""
    easy = ("identity confirmed", {"method": "not needed"})
    life = end(go(easy, ("running", {}), "done", right="withdraw"))
    assert life.state == "done"


def test_an_unknown_right_is_refused() -> None:
    """Nobody can ask for what does not exist, and the message lists what does."""
    with pytest.raises(TrothError) as found:
        born("forget everything")
    assert "portability" in found.value.hint


def test_another_persons_entry_moves_nothing() -> None:
    """An entry with the name of the request and another person or right is not about this request."""
    life = end(go("identity asked"))
    for change in ({"subject": OTHER}, {"action": "access"}):
        given: dict[str, Any] = {
            "time": "2026-03-05T21:00:00Z", "kind": "request", "actor": "portal", "action": "erase",
            "subject": SUBJECT, "outcome": "verified",
            "detail": {"request": "r1", "step": "identity confirmed", "method": "session"},
        }  # fmt: skip
        assert follow(life, Entry(**(given | change))) == life
        moved = follow(life, Entry(**given))
        assert moved is not None
        assert moved.confirmed == "session"


def test_stops_follow_from_the_entries() -> None:
    """Identity and clarification stop the European clock for as long as they waited for the person, and no longer."""
    entries = [born("access")]
    life = follow(None, entries[0])
    for step, day in (
        ("identity asked", 1), ("identity asked", 2), ("identity confirmed", 4),
        ("clarification asked", 6), ("clarified", 11),
    ):  # fmt: skip
        assert life is not None
        entries.append(
            take(life, step, at=START + timedelta(days=day), actor="dpo", detail=DETAILS.get(step))
        )
        life = follow(life, entries[-1])
    assert life is not None
    assert [(stop.kind, (stop.until or START) - stop.since) for stop in life.stops] == [
        ("identity", timedelta(days=3)),
        ("clarification", timedelta(days=5)),
    ]
    found = answer_by("access", place("EU"), timing_of(life, START + timedelta(days=12))).first
    assert found is not None
    assert found.date == date(2026, 4, 13)
    assert not found.standing


def test_clocks_of_two_machines_may_differ() -> None:
    """An entry with an earlier time than the one before never ends a stop before it began."""
    entries = go("identity asked", right="access")
    life = end(entries)
    early = take(life, "identity confirmed", at=START, actor="portal", detail=DETAILS["identity confirmed"])
    after = follow(life, early)
    assert after is not None
    assert after.stops[0].until == after.stops[0].since


WALK = st.lists(
    st.tuples(
        st.sampled_from(sorted(STEPS)),
        st.sampled_from(["usual", "none", "other"]),
        st.sampled_from(["dpo", "keep"]),
        st.integers(0, 60),
    ),
    max_size=14,
)
OTHERS: dict[str, dict[str, Any]] = {
    "identity asked": {"method": "document"},
    "identity confirmed": {"method": "session"},
    "held": {"holds": [Hold("dispute").as_json(), HOLD.as_json()]},
    "refused": {"ground": "identity", "remedy": "ICO"},
    "running": {},
    "waiting": {"until": "2026-03-20T00:00:00Z"},
    "withdrawn": {"method": "not needed"},
}


def walked(right: str, walk: list[tuple[str, str, str, int]]) -> list[Entry]:
    """Entries of any steps in any order, whether they can follow or not."""
    at, entries = START, [born(right)]
    for step, which, actor, hours in walk:
        at += hours * HOUR
        detail = {"usual": DETAILS.get(step, {}), "none": {}, "other": OTHERS.get(step, {})}[which]
        time = at.isoformat().replace("+00:00", "Z")
        entries.append(
            Entry(time=time, kind="request", actor=actor, action=right, subject=SUBJECT, outcome="",
                  detail={**detail, "request": "r1", "step": step})
        )  # fmt: skip
    return entries


@given(st.sampled_from(sorted(RIGHTS)), WALK)
@settings(max_examples=300)
def test_nobody_gets_anywhere_unconfirmed(right: str, walk: list[tuple[str, str, str, int]]) -> None:
    """Whatever is written in whatever order, nothing runs, is held or done before identity was confirmed in this life."""
    life: Life | None = None
    confirmed = False
    for entry in walked(right, walk):
        after = follow(life, entry)
        assert after is not None
        if life is not None and after != life:
            assert life.state in STEPS[entry.detail["step"]].after
            confirmed |= entry.detail["step"] == "identity confirmed"
            assert len(after.story) == len(life.story) + 1
            guard(take(life, entry.detail["step"], at=datetime.fromisoformat(entry.time), actor=entry.actor,
                       detail=entry.detail))  # fmt: skip
        life = after
        assert life.state in STATES
        assert (life.confirmed != "") == confirmed
        if life.state in ALIVE - UNCONFIRMED or life.state in ("done", "nothing found"):
            assert confirmed
        assert (life.state == "held") == bool(life.holds) or life.state in ENDED


@given(st.sampled_from(sorted(RIGHTS)), WALK)
def test_the_table_is_open_only_for_confirmed_requests(
    right: str, walk: list[tuple[str, str, str, int]]
) -> None:
    """The ledger's table never shows a request as open or further that nobody confirmed; and both folds end together."""
    life, written = None, []
    for entry in walked(right, walk):
        step = entry.detail["step"]
        if life is None:
            life = follow(None, entry)
            written.append(entry)
        elif not objection(life, step, datetime.fromisoformat(entry.time), entry.actor, entry.detail):
            at = datetime.fromisoformat(entry.time)
            written.append(take(life, step, at=at, actor=entry.actor, detail=entry.detail))
            life = follow(life, written[-1])
        _, (table,) = replay(written)
        assert life is not None
        assert life == lives(written)["r1"]
        if table.status in ("open", "held", "partly", "done", "nothing found"):
            assert life.confirmed
        assert (table.status in ("done", "nothing found", "refused", "cancelled")) == life.ended


@given(
    st.dictionaries(
        st.sampled_from(sorted({key for step in STEPS.values() for key in step.needs} | {"no_undo", "challenge"})),
        st.none() | st.booleans() | st.integers() | st.text(max_size=5) | st.lists(st.text(max_size=3), max_size=2)
        | st.lists(st.dictionaries(st.sampled_from(["name", "until", "purposes"]), st.integers() | st.text(max_size=3)),
                   max_size=2) | st.dictionaries(st.text(max_size=2), st.integers(), max_size=1),
    ),
    st.sampled_from(sorted(STEPS)),
    st.sampled_from(["", "identity asked", "running", "held"]),
)  # fmt: skip
def test_malformed_details_move_nothing_and_break_nothing(
    detail: dict[str, Any], step: str, before: str
) -> None:
    """Whatever stands in an entry, reading it does not fail."""
    steps = {"": (), "identity asked": ("identity asked",), "running": (*CONFIRMED, "running"),
             "held": (*CONFIRMED, "held")}[before]  # fmt: skip
    life = end(go(*steps))
    entry = Entry(time="2026-03-07T00:00:00Z", kind="request", actor="dpo", action="erase", subject=SUBJECT,
                  outcome="", detail={**detail, "request": "r1", "step": step})  # fmt: skip
    after = follow(life, entry)
    assert after is not None
    assert after.state in STATES


def test_words_are_complete() -> None:
    """Every state, method and ground has its words, and every step leads to a state that exists."""
    assert set(STATES) == ALIVE | ENDED
    assert not ALIVE & ENDED
    assert {step.state for step in STEPS.values() if step.state} == set(STATES)
    assert all(METHODS.values())
    for ground in GROUNDS.values():
        assert ground.en
        assert ground.zh
