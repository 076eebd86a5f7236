"""Minimum periods hold an erasure back row by row, until the last of them is over."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, NOW, by, table
from troth.app.maps import unclear_holds
from troth.datamap.mapfile import read_map
from troth.enforcement.held import erase_or_hold, finish_held, look, untold
from troth.evidence.restriction import Use, restricted
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.policy.bind import compile_file

TEXT = """+++
provider = "Example"
version = "2026-01-01"
language = "en"
vocab = ["dpv-2.3", "troth-cloud-1"]
+++

Sign-in records are kept for at least 6 months. {#s1 sign-ins}
If you ask us we delete your data. {#s2 erasure}

```troth
promise sign-ins retain "Sign-ins"
  must retain ip-address for account-security at-least 6 months after collection
  prove no-rows-past-period

promise erasure erase "Erasure"
  when request-erase
    must erase all-of-subject within 30 days
  prove request-timeline
```
"""
PEOPLE = """
create table customers (id integer not null primary key, email varchar(60));
create table signins (id integer not null primary key, customer_id integer not null, ip varchar(40), seen_at timestamp null);
create table details (id integer not null primary key, signin_id integer not null, ip varchar(40));
create table tickets (id integer not null primary key, customer_id integer, body varchar(20));
insert into customers values (1, 'ada@example.org'), (2, 'bob@example.org');
insert into signins values (1, 1, '192.0.2.1', '2026-11-20 08:00:00'), (2, 1, '192.0.2.2', '2026-05-22 08:00:00'),
 (3, 1, '192.0.2.3', '2026-05-21 08:00:00'), (4, 2, '192.0.2.4', '2026-11-20 08:00:00'),
 (5, 1, '192.0.2.5', '2025-01-01 08:00:00');
insert into details values (1, 1, '192.0.2.1'), (2, 3, '192.0.2.3'), (3, 5, '192.0.2.5'), (4, 4, '192.0.2.4');
insert into tickets values (1, 1, 'help'), (2, 2, 'help')
"""
ADA = by(email="ada@example.org")
SIGNED = "signins.customer_id => customers.id"


def _policy(text: str = TEXT) -> Policy:
    return compile_file(text.encode(), "policy.troth.md").policy


def _map(events: str = 'events = { collection = "seen_at" }', detailed: str = "") -> str:
    """The map; terms and events are of the file, as `scene.table` writes only categories."""
    signins = table("main.signins", "owned", paths=[SIGNED], ip="network")
    details = table(
        "main.details", "owned", paths=[f"details.signin_id => signins.id ; {SIGNED}"], ip="network"
    )
    found = []
    for one, said, about in ((signins, events, not detailed), (details, detailed, bool(detailed))):
        text = one.replace("[table.columns]", f"{said}\n[table.columns]") if said else one
        found.append(
            text.replace('category = "network"', 'category = "network", terms = ["ip-address"]')
            if about
            else text
        )
    tickets = table("main.tickets", "owned", paths=["tickets.customer_id => customers.id"], body="message")
    return table("main.customers", "subject", email="contact.email") + "".join(found) + tickets


def _ids(url: str) -> dict[str, list[int]]:
    return {
        name: [row[0] for row in scene.rows(url, name)]
        for name in ("customers", "signins", "details", "tickets")
    }


def test_rows_within_their_minimum_wait(url: str, tmp_path: Path) -> None:
    """Sign-ins of less than six months stay with what hangs on them, are restricted, and go when the period is over."""
    scene.run(url, PEOPLE)
    with scene.project(tmp_path, {"main": url}, _map()) as project:
        outcome = erase_or_hold(project, ADA, _policy(), CITED)
        assert outcome.word == "partly"
        why = "kept for at least 6 months after collection, expected until 2027-05-21"
        assert ("main.signins", why) in {(one.place, one.why) for one in outcome.reasons}
        assert _ids(url) == {"customers": [1, 2], "signins": [1, 2, 4], "details": [1, 4], "tickets": [2]}
        subject = project.pseudonym(ADA)
        found = restricted(project.ledger, [subject], Use("direct-marketing"), NOW)
        assert found is not None
        assert found.reason == "minimum-period-sign-ins"
        assert restricted(project.ledger, [subject], Use("account-security"), NOW) is None

        later = replace(project, clock=lambda: NOW + timedelta(days=10))
        assert [one.word for one in finish_held(later, _policy(), CITED)] == ["partly"]
        assert _ids(url)["signins"] == [1, 4]
        last = replace(project, clock=lambda: datetime(2027, 5, 21, tzinfo=UTC))
        assert [one.word for one in finish_held(last, _policy(), CITED)] == ["done"]
        assert _ids(url) == {"customers": [2], "signins": [4], "details": [4], "tickets": [2]}
        assert restricted(project.ledger, [subject], Use("direct-marketing"), NOW) is None


LOOKED_UP = TEXT.replace(
    "must retain ip-address for account-security at-least 6 months after collection",
    "when DUE\n    must erase ip-address after legal-minimum from periods.csv",
)
PERIODS = "data,period,event,law\nip-address,6 months,collection,Telecoms Act s. 9\n"


@pytest.mark.parametrize("event", ["request-erase", "account-closed", "storage-period-end"])
def test_a_table_of_legal_periods_holds_a_request(url: str, tmp_path: Path, event: str) -> None:
    """Rows within a period that a table names wait as for a minimum of the policy, and the person is told the law."""
    scene.run(url, PEOPLE)
    policy = _policy(LOOKED_UP.replace("DUE", event))
    with scene.project(tmp_path, {"main": url}, _map()) as bare:
        project = replace(bare, tables={"periods.csv": PERIODS})
        outcome = erase_or_hold(project, ADA, policy, CITED)
        assert outcome.word == "partly"
        why = "kept for at least 6 months after collection (Telecoms Act s. 9), expected until 2027-05-21"
        assert ("main.signins", why) in {(one.place, one.why) for one in outcome.reasons}
        assert _ids(url)["signins"] == [1, 2, 4]
        last = replace(project, clock=lambda: datetime(2027, 5, 21, tzinfo=UTC))
        assert [one.word for one in finish_held(last, policy, CITED)] == ["done"]
        assert _ids(url)["signins"] == [4]


def test_a_table_of_legal_periods_that_is_not_there(url: str, tmp_path: Path) -> None:
    """Without the table nobody knows what may go, so nothing does, and `check` and `plan` say so."""
    scene.run(url, PEOPLE)
    policy = _policy(LOOKED_UP.replace("DUE", "request-erase"))
    with (
        scene.project(tmp_path, {"main": url}, _map()) as project,
        pytest.raises(TrothError, match=r"periods\.csv is not there, so nobody knows what may be erased"),
    ):
        erase_or_hold(project, ADA, policy, CITED)
    assert _ids(url) == {
        "customers": [1, 2],
        "signins": [1, 2, 3, 4, 5],
        "details": [1, 2, 3, 4],
        "tickets": [1, 2],
    }
    assert unclear_holds(read_map(f"version = 1\n{_map()}"), policy, {}, {})[0][0] == "legal-minimum"


def test_clock_of_the_row_above(url: str, tmp_path: Path) -> None:
    """Details are kept by the moment of the sign-in that they belong to."""
    scene.run(url, PEOPLE)
    text = _map("", 'events = { collection = "signins.seen_at" }')
    with scene.project(tmp_path, {"main": url}, text) as project:
        outcome = erase_or_hold(project, ADA, _policy(), CITED)
    assert outcome.word == "partly"
    assert _ids(url)["details"] == [1, 4]
    assert _ids(url)["signins"][0] == 1


def test_nobody_knows_when(url: str, tmp_path: Path) -> None:
    """A row without a moment is undecided until somebody says how long ago it was; it goes with the last that is kept."""
    scene.run(url, PEOPLE, "update signins set seen_at = null where id = 5")
    with scene.project(tmp_path, {"main": url}, _map()) as project:
        seen = look(project, ADA, _policy())
        assert seen.undecided == {"minimum-period-sign-ins": ("since-collection",)}
        recent = look(project, ADA, _policy(), facts={"since-collection": 10})
        assert (recent.undecided, recent.holds[0].until) == ({}, None)
        outcome = erase_or_hold(project, ADA, _policy(), CITED, facts={"since-collection": 500})
        assert outcome.word == "partly"
        assert _ids(url)["signins"] == [1, 2, 4, 5]


def test_nothing_shows_the_clock(url: str, tmp_path: Path) -> None:
    """Without a column for the event a minimum is undecided for whoever has such rows, and the map is told to lack it."""
    scene.run(url, PEOPLE, "insert into customers values (3, 'cleo@example.org')")
    with scene.project(tmp_path, {"main": url}, _map("")) as project:
        missing = {"minimum-period-sign-ins": ("since-collection",)}
        assert look(project, ADA, _policy()).undecided == missing
        assert look(project, by(email="cleo@example.org"), _policy()).undecided == {}
        assert untold(project.map, _policy(), {}) == missing
        assert untold(project.map, _policy(), {"since-collection": 400}) == {}
        over = erase_or_hold(project, ADA, _policy(), CITED, facts={"since-collection": 400})
    assert over.word == "done"


def test_minimum_that_does_not_apply(url: str, tmp_path: Path) -> None:
    """A minimum under a condition that is false keeps nothing; one whose condition nobody knows is undecided."""
    scene.run(url, PEOPLE)
    text = TEXT.replace("6 months after collection", "6 months after collection if dispute-status is open")
    with scene.project(tmp_path, {"main": url}, _map()) as project:
        assert look(project, ADA, _policy(text)).undecided == {"minimum-period-sign-ins": ("dispute-status",)}
        kept = look(project, ADA, _policy(text), facts={"dispute-status": "open"})
        assert [one.name for one in kept.holds] == ["minimum-period-sign-ins"]
        done = erase_or_hold(project, ADA, _policy(text), CITED, facts={"dispute-status": "none"})
    assert done.word == "done"


def test_policy_without_a_minimum(url: str, tmp_path: Path) -> None:
    """Where a policy states no minimum nothing is kept, whatever clocks the map has."""
    scene.run(url, PEOPLE)
    text = TEXT.replace("at-least 6 months after", "within 6 months of")
    with scene.project(tmp_path, {"main": url}, _map()) as project:
        assert erase_or_hold(project, ADA, _policy(text), CITED).word == "done"
