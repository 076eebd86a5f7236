"""Consents and accounts: a word counts at once and has a receipt; an account closes when nothing holds it."""

from __future__ import annotations

import json
from collections.abc import Iterator
from contextlib import ExitStack
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.duties.sighting import hkcloud
from tests.duties.test_proofs_stores import MAP
from tests.duties.test_proofs_stores import url as url  # noqa: PLC0414 - the engines that stores are tested on
from tests.enforcement.scene import NOW, by, project, rows, run
from troth.app.project import PROJECTIONS
from troth.duties import consents
from troth.duties.agenda import agenda
from troth.duties.carry import carry
from troth.duties.desk import Desk
from troth.duties.intake import Asked, receive
from troth.duties.post import Outbox
from troth.duties.requestfile import RequestFiles
from troth.duties.workdays import place
from troth.enforcement.guard import Guard
from troth.evidence.open import open_ledger
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.state.migrate import migrate
from troth.stores.errors import StoreGone

ADA = by(email="m2@x.example")


@pytest.fixture
def desk(url: str, tmp_path: Path) -> Iterator[Desk]:
    """A desk over members and their advice; an order state hangs on the member."""
    run(url, "create table ord (id int primary key, member_id int references member(id), state varchar(12))")
    orders = """
[[table]]
store = "main"
name = "ord"
role = "owned"
key = ["id"]
harmless = ["id"]
paths = [{ path = "ord.member_id -> member.id" }]
facts = { order-status = "state: new = open; * = completed" }
[table.columns]
member_id = { category = "ident.id", terms = ["account-number"] }
state = { category = "order", terms = ["order-information"] }
"""
    text = MAP.replace(', order-status = "state: * = completed"', "")
    with ExitStack() as opened:
        one = opened.enter_context(project(tmp_path, {"main": url}, text + orders))
        one.ledger.close()  # type: ignore[attr-defined]
        migrate(str(tmp_path / "more.db"))
        ledger = open_ledger(str(tmp_path / "more.db"), signer=one.ring.signer, projections=PROJECTIONS)
        opened.callback(ledger.close)
        yield Desk(
            project=replace(one, ledger=ledger), policy=hkcloud(), files=RequestFiles(ledger, one.ring),
            places=(place("HK"),), post=Outbox(tmp_path / "outbox", "a@house.example"), answers=tmp_path / "answers",
        )  # fmt: skip


def may(desk: Desk) -> bool:
    """Whether the guard lets page views of the person be analysed now."""
    guard = Guard(hkcloud(), ledger=desk.project.ledger, keys=desk.project.ring.pseudonym, clock=lambda: NOW)
    return guard.decide("system", "use", "page-view", "analytics", person=ADA).allowed


def test_yes_and_no(desk: Desk) -> None:
    """A yes allows, taking it back refuses from that moment, and each has a signed receipt with every event."""
    assert not may(desk)
    given = consents.give(desk, ADA, "analytics", channel="account-settings")
    assert given.outcome.word == "done"
    assert may(desk)
    assert [one["event_state"] for one in json.loads(given.receipt)["events"]] == ["dpv:ConsentGiven"]
    back = consents.withdraw(desk, ADA, "analytics", channel="account-settings")
    assert not may(desk)
    receipt = json.loads(back.receipt)
    assert [one["event_state"] for one in receipt["events"]] == ["dpv:ConsentGiven", "dpv:ConsentWithdrawn"]
    assert receipt["proof"]["jws"].count(".") == 2
    verbs = {one.action for one in desk.project.ledger.read() if one.kind == "deed"}
    assert {"register", "obey"} <= verbs


def test_switch_follows(desk: Desk, url: str) -> None:
    """A no to personalising sets the column that the map names, a yes sets it back, and nobody else's changes."""
    consents.refuse(desk, ADA, "personalise")
    assert [row[2] for row in rows(url, "member")] == [1, 0, 1, 1, 1, 1]
    consents.give(desk, ADA, "personalise")
    assert [row[2] for row in rows(url, "member")] == [1] * 6


def test_visitor(desk: Desk) -> None:
    """Somebody of whom no row is known can say yes too, and has a receipt; a purpose that nobody knows is refused."""
    visitor = by(cookie="v-7")
    assert consents.give(desk, visitor, "analytics").outcome.word == "done"
    with pytest.raises(NotFound):
        consents.give(desk, visitor, "telepathy")


def test_nobody_is_named(desk: Desk) -> None:
    """A word of somebody whom nothing names is refused in words, each way."""
    for word in (consents.give, consents.refuse, consents.withdraw):
        with pytest.raises(TrothError, match="nobody is named"):
            word(desk, Person(()), "analytics")


def test_visitor_takes_back(desk: Desk) -> None:
    """What a visitor agreed to by the name of a cookie, or by an address of nobody, is taken back by the same name."""
    guard = Guard(hkcloud(), ledger=desk.project.ledger, keys=desk.project.ring.pseudonym, clock=lambda: NOW)
    for visitor in (by(cookie="v-7"), by(email="visitor@elsewhere.example")):
        consents.give(desk, visitor, "analytics", channel="cookie-banner")
        assert guard.decide("system", "use", "page-view", "analytics", person=visitor).allowed
        assert consents.withdraw(desk, visitor, "analytics", channel="cookie-banner").outcome.word == "done"
        assert not guard.decide("system", "use", "page-view", "analytics", person=visitor).allowed
    assert consents.withdraw(desk, by(id="999"), "analytics").outcome.word == "nothing found"
    assert consents.withdraw(desk, by(email="nobody@x.example"), "analytics").outcome.word == "done"
    with pytest.raises(TrothError, match="no column `cookie`"):
        consents.withdraw(desk, by(cookie="v-8"), "analytics")


def test_request_starts_duties(desk: Desk) -> None:
    """A withdrawal that comes in as a request starts the same duties as one in the settings, and its letter confirms it."""
    consents.give(desk, ADA, "analytics")
    life = receive(desk, Asked(right="withdraw", person=ADA, purpose="analytics", channel="email"))
    assert carry(desk, life).outcome is not None
    assert not may(desk)
    entries = list(desk.project.ledger.read())
    [started] = [one for one in entries if one.kind == "event" and one.action == "consent-withdrawn"]
    assert started.detail == {"purpose": "service-usage-analytics", "channel": "email", "request": life.id}
    deeds = {one.action for one in entries if one.kind == "deed" and one.detail["of"] == started.seq}
    assert {"register", "obey", "confirm"} <= deeds


def test_visitor_request(desk: Desk) -> None:
    """A request may name a visitor by a cookie where that visitor agreed to something, and nobody else by one."""
    consents.give(desk, by(cookie="v-7"), "analytics")
    life = receive(desk, Asked(right="withdraw", person=by(cookie="v-7"), purpose="analytics"))
    found = carry(desk, life)
    assert found.outcome is not None
    assert found.outcome.word == "done"
    with pytest.raises(TrothError, match="no column `cookie`"):
        receive(desk, Asked(right="withdraw", person=by(cookie="v-8"), purpose="analytics"))


def test_gone_store_is_no_visitor(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    """While a store can not be read nobody is taken for a visitor, whose columns need not follow."""

    def gone(*_: object, **__: object) -> None:
        raise StoreGone("the store is away")

    monkeypatch.setattr("troth.enforcement.trace.Trace.seek", gone)
    with pytest.raises(StoreGone):
        consents.give(desk, ADA, "analytics")


def test_erased(desk: Desk) -> None:
    """An erasure ends what the person agreed to under all of their names, and leaves their no; a later yes counts again."""
    consents.give(desk, ADA, "analytics")
    consents.refuse(desk, ADA, "newsletter")
    desk = replace(
        desk, told={"dispute-status": "none", "legal-minimum": "expired", "order-status": "completed"}
    )
    life = receive(desk, Asked(right="erase", person=by(id="2"), method="session", no_undo="asked for"))
    assert carry(desk, life).outcome is not None
    assert not may(desk)
    states = desk.project.ledger.query("select distinct purpose, status from consent_state order by purpose")
    assert [tuple(one) for one in states] == [
        ("newsletter", "refused"),
        ("service-usage-analytics", "expired"),
    ]
    assert consents.give(desk, ADA, "analytics").outcome.word == "done"
    assert may(desk)


def test_closing(desk: Desk, url: str) -> None:
    """An account that nothing holds closes at once, in its column and its state, with event and deeds."""
    done = consents.close(desk, ADA, case="C-1", channel="account-settings")
    assert done.outcome is not None
    assert done.outcome.word == "done"
    row = rows(url, "member")[1]
    assert (row[3], str(row[6])[:10]) == ("closed", "2026-11-22")
    events = [one.action for one in desk.project.ledger.read() if one.kind == "event"]
    assert events == ["request-closure", "account-closed"]
    rules = {one.detail["rule"] for one in desk.project.ledger.read() if one.kind == "deed"}
    assert rules == {"account-cancellation/2", "account-cancellation/3"}


def test_closing_that_waits(desk: Desk, url: str) -> None:
    """An open order holds the account; once it is completed the next round closes it, once."""
    run(url, "insert into ord values (1, 2, 'new')")
    done = consents.close(desk, ADA, case="C-2", channel="email")
    assert (done.outcome, done.holds) == (None, ("open-order",))
    again = consents.close(desk, ADA, case="C-3", channel="phone")
    assert (again.event, again.holds) == (done.event, ("open-order",))
    assert sum(one.action == "request-closure" for one in desk.project.ledger.read()) == 1
    assert consents.ready(desk) == 0
    assert consents.settle(desk) == ()
    run(url, "update ord set state = 'paid'")
    assert consents.ready(desk) == 1
    (settled,) = consents.settle(desk)
    assert settled.event == done.event
    assert rows(url, "member")[1][3] == "closed"
    assert consents.settle(desk) == ()


def test_round_spares_what_waits(desk: Desk, url: str, tmp_path: Path) -> None:
    """Whose account waits for an open order is not forgotten by the rounds until it is closed, however long that takes."""
    run(url, "insert into ord values (1, 2, 'new')")
    consents.close(desk, ADA, case="C-2", channel="email")
    later = replace(desk, project=replace(desk.project, clock=lambda: NOW + timedelta(hours=20)))
    assert [one for one in agenda(later, folder=tmp_path) if one.what == "tidy"] == []
    run(url, "update ord set state = 'paid'")
    (settled,) = consents.settle(later)
    assert settled.outcome is not None
    assert rows(url, "member")[1][3] == "closed"
    assert [one for one in agenda(later, folder=tmp_path) if one.what == "tidy"] == []


def test_left_file_of_a_closing(desk: Desk, tmp_path: Path) -> None:
    """A file that a kill left of a closing which was carried out is tidied up: it names a person."""
    done = consents.close(desk, ADA, case="C-2", channel="email")
    desk.files.save(f"closure-{done.event}", "", NOW, {"person": [["email", "m2@x.example"]], "case": "C-2"})
    later = replace(desk, project=replace(desk.project, clock=lambda: NOW + timedelta(hours=20)))
    assert [one.request for one in agenda(later, folder=tmp_path) if one.what == "tidy"] == [
        f"closure-{done.event}"
    ]


@pytest.mark.parametrize("scope", ["bob@x.example", "s" * 9_000])
@pytest.mark.parametrize("right", ["withdraw", "object", "restrict"])
def test_what_evidence_can_not_hold(desk: Desk, right: str, scope: str) -> None:
    """A scope or reason that no entry can hold is refused before the request is taken down, or it would never be done."""
    asked = Asked(right=right, person=ADA, purpose="analytics", scope=scope, method="session")
    with pytest.raises(TrothError, match=r"scope|reason"):
        receive(desk, asked)
    assert not any(one.kind == "request" for one in desk.project.ledger.read())
    assert desk.files.every() == {}


def test_asked_again_once_nothing_holds(desk: Desk, url: str) -> None:
    """Who asks again after the order has ended has their first closing carried out, once; a case without a number is refused."""
    run(url, "insert into ord values (1, 2, 'new')")
    with pytest.raises(TrothError, match="no number"):
        consents.close(desk, ADA, case=" ", channel="email")
    done = consents.close(desk, ADA, case="C-2", channel="email")
    run(url, "update ord set state = 'paid'")
    again = consents.close(desk, ADA, case="C-3", channel="email")
    assert again.event == done.event
    assert again.outcome is not None
    assert again.outcome.word == "done"
    assert consents.settle(desk) == ()
    assert sum(one.action == "account-closed" for one in desk.project.ledger.read()) == 1


def test_closed_is_closed(desk: Desk, url: str) -> None:
    """An account that is closed keeps its day, and nothing is written; one that was opened again can be closed again."""
    consents.close(desk, ADA, case="C-1", channel="email")
    run(url, "update member set closed_at = '2020-01-01 00:00:00' where id = 2")
    before = desk.project.ledger.size()
    again = consents.close(desk, ADA, case="C-2", channel="email")
    assert again.outcome is not None
    assert [one.why for one in again.outcome.reasons] == ["it is already closed"]
    assert desk.project.ledger.size() == before
    assert str(rows(url, "member")[1][6])[:10] == "2020-01-01"
    run(url, "update member set state = 'active' where id = 2")
    assert consents.close(desk, ADA, case="C-3", channel="email").outcome is not None
    assert str(rows(url, "member")[1][6])[:10] == "2026-11-22"


def test_closing_of_whose_address_is_another_s(desk: Desk, url: str) -> None:
    """A closing that waits closes nobody else's account: where only the number is as it was, it is told and waits."""
    run(url, "insert into ord values (1, 2, 'new')")
    assert consents.close(desk, ADA, case="C-2", channel="email").holds == ("open-order",)
    run(
        url,
        "update member set mail = 'new@x.example' where id = 2",
        "update member set mail = 'm2@x.example' where id = 1",
    )
    run(url, "update ord set state = 'paid'")
    (settled,) = consents.settle(desk)
    assert settled.outcome is not None
    assert settled.outcome.word == "partly"
    assert "may be another's" in settled.outcome.reasons[0].why
    assert consents.ready(desk) == 1
    assert "closed" not in [row[3] for row in rows(url, "member")][:2]
