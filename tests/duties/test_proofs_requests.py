"""Checks of what the ledger says of requests: each is kept by a life that went as it should, and broken by one that did not."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.duties.sighting import hkcloud, sighted
from tests.duties.test_security import LOG, MAP, filled
from tests.enforcement.scene import NOW, by, run
from tests.policies.cases import policy_file
from troth.duties.deeds import deed, event, owed
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.duties.workdays import Calendar
from troth.enforcement.choices import restrict
from troth.enforcement.erase import erase, plan_erasure
from troth.enforcement.guard import Guard
from troth.model.entry import Entry, utc
from troth.model.plan import Citation
from troth.model.policy import Proof
from troth.model.showing import Shown
from troth.policy.bind import compile_file

WHO = "01" + "ab" * 32
DAY = timedelta(days=1)
OUTCOMES = {
    "received": "received", "identity confirmed": "verified", "running": "resumed", "done": "done", "refused": "refused",
    "held": "held", "released": "held",
}  # fmt: skip


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """What checks look at, over a small database."""
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    with sighted(tmp_path, {"main": url}, MAP, registers={"access-log": LOG}) as one:
        yield one


def ends(sight: Sight, promise: str, check: str) -> Shown:
    """How a check ends, looked at anew."""
    return checks()[check](replace(sight), sight.policy.by_id[promise], Proof(check))


def life(request: str, right: str, *steps: tuple[str, float], **details: dict[str, Any]) -> list[Entry]:
    """The entries of a request: each step with how many days ago it was."""
    return [
        Entry(
            time=utc(NOW - days * DAY), kind="request", actor="support", action=right, subject=WHO, policy=hkcloud().hash,
            outcome=OUTCOMES[step],
            detail={"request": request, "step": step, "method": "session", "no_undo": "asked"}
            | details.get(step.replace(" ", "_"), {}),
        )
        for step, days in steps
    ]  # fmt: skip


def note(kind: str, about: str, outcome: str = "sent") -> Entry:
    """The entry of a letter about a request."""
    return Entry(
        time=utc(NOW), kind="notice", actor="troth", action=kind, subject=WHO, policy=hkcloud().hash, outcome=outcome,
        detail={"about": about},
    )  # fmt: skip


def acted(kind: str, promise: str, **more: Any) -> Entry:
    """The entry of an act under a promise."""
    known: dict[str, Any] = {
        "time": utc(NOW), "kind": kind, "actor": "troth", "action": kind, "subject": WHO, "policy": hkcloud().hash,
        "promise": promise, "outcome": "done",
    }  # fmt: skip
    return Entry(**known | more)


WHOLE = (("received", 20), ("identity confirmed", 19), ("running", 18), ("done", 18))


def test_requests_in_time(sight: Sight) -> None:
    """Answered within thirty days and still open within them keeps the promise; a late and an overdue answer break it."""
    assert ends(sight, "access-right", "request-timeline").status == "kept"
    sight.project.ledger.append([*life("1", "access", *WHOLE), *life("2", "access", ("received", 3))])
    kept = ends(sight, "access-right", "request-timeline")
    assert (kept.status, kept.figures[0].value, kept.figures[1].value) == ("kept", 1, 1)
    sight.project.ledger.append(
        life("3", "access", ("received", 50), ("identity confirmed", 45), ("running", 5), ("done", 5))
    )
    late = ends(sight, "access-right", "request-timeline")
    assert (late.status, "request 3" in late.why) == ("broken", True)
    assert ends(sight, "deletion-right", "request-timeline").status == "kept"
    sight.project.ledger.append(life("4", "erase", ("received", 40)))
    assert ends(sight, "deletion-right", "request-timeline").status == "broken"


def test_complaints_in_time(sight: Sight) -> None:
    """A complaint that nobody answered for forty days breaks the promise, and so does a duty about one."""
    assert ends(sight, "inquiries", "complaint-timeline").status == "kept"
    sight.project.ledger.append(life("1", "complaint", ("received", 40)))
    assert ends(sight, "inquiries", "complaint-timeline").status == "broken"


def test_opt_outs_in_time(sight: Sight) -> None:
    """A switch that went off and was obeyed keeps the promise; one that nobody obeyed breaks it."""
    ledger = sight.project.ledger
    number = ledger.append([event("personalisation-off", at=NOW, actor="troth", subject=WHO)])
    rule = next(one for one in hkcloud().by_id["recommendations-off"].rules if one.verb == "obey")
    ledger.append([deed(hkcloud(), rule.id, at=NOW, actor="troth", of=number,
                        record={"switch": "personalise", "subject-reference": "entry"})])  # fmt: skip
    assert ends(sight, "recommendations-off", "opt-out-timeline").status == "kept"
    ledger.append([event("personalisation-off", at=NOW - DAY, actor="troth", subject=WHO)])
    assert ends(sight, "recommendations-off", "opt-out-timeline").status == "broken"


def test_identity_first(sight: Sight) -> None:
    """A copy given after the identity was confirmed keeps the promise; one without, and a run before it, break it."""
    ledger = sight.project.ledger
    ledger.append([*life("1", "access", *WHOLE), acted("exported", "access-right")])
    assert ends(sight, "access-right", "requester-verification").status == "kept"
    number = ledger.append([acted("exported", "access-right", subject="01" + "cd" * 32)])
    found = ends(sight, "access-right", "requester-verification")
    assert (found.status, found.entries) == ("broken", (number,))
    ledger.append(life("2", "erase", ("received", 3), ("running", 2), ("done", 2)))
    assert ends(sight, "access-right", "requester-verification").figures[0].value == 2


def test_refusals(sight: Sight) -> None:
    """A refusal with ground, remedy and letter keeps the promise; one without a ground, or never told, breaks it."""
    ledger = sight.project.ledger
    said = {"refused": {"ground": "identity", "remedy": "the authority"}}
    ledger.append(
        [*life("1", "erase", ("received", 3), ("refused", 2), **said), note("refused", "request 1")]
    )
    assert ends(sight, "deletion-right", "refusal-register").status == "kept"
    ledger.append(life("2", "erase", ("received", 3), ("refused", 2), **said))
    assert "not told: request 2" in ends(sight, "deletion-right", "refusal-register").why
    ledger.append([*life("3", "erase", ("received", 3), ("refused", 2)), note("refused", "request 2")])
    assert ends(sight, "deletion-right", "refusal-register").figures[0].value == 1


def test_consents(sight: Sight) -> None:
    """Words on a consent with person, purpose and policy keep the promise; one without, and a table written by hand, break it."""
    ledger = sight.project.ledger
    ledger.append([acted("consent", "behaviour-analysis", action="give", detail={"purpose": "analytics"})])
    assert ends(sight, "withdraw-consent", "consent-ledger").status == "kept"
    ledger.write(lambda go: go("update consent_state set status = 'withdrawn'", ()))
    assert ends(sight, "withdraw-consent", "consent-ledger").figures[1].value == 2
    ledger.write(lambda go: go("update consent_state set status = 'given'", ()))
    nobody = acted("consent", "withdraw-consent", action="withdraw", policy="", detail={})
    ledger.append([replace(nobody, outcome="nothing found")])  # a request of somebody who had said nothing
    assert ends(sight, "withdraw-consent", "consent-ledger").status == "kept"
    number = ledger.append([acted("consent", "", action="give", policy="", detail={"purpose": "analytics"})])
    found = ends(sight, "withdraw-consent", "consent-ledger")
    assert (found.status, found.entries) == ("broken", (number,))


def test_whole_ledger(sight: Sight, tmp_path: Path) -> None:
    """A ledger as it was written keeps the promise; an entry changed by hand, and an act that cites nothing, break it."""
    ledger = sight.project.ledger
    assert ends(sight, "holds", "ledger-complete").status == "kept"
    ledger.append([acted("exported", "access-right"), acted("disclosed", "disclosure-log")])
    assert ends(sight, "holds", "ledger-complete").status == "kept"
    number = ledger.append([acted("disclosed", "")])
    assert ends(sight, "holds", "ledger-complete").entries == (number,)
    with sqlite3.connect(tmp_path / "ledger.db") as link:
        tables = [name for (name,) in link.execute("select name from sqlite_master where type = 'table'")]
        columns = {name: [row[1] for row in link.execute(f"pragma table_info({name})")] for name in tables}
        name = next(one for one in tables if "body" in columns[one])
        for (trigger,) in link.execute("select name from sqlite_master where type = 'trigger'").fetchall():
            link.execute(f"drop trigger {trigger}")
        link.execute(f"update {name} set body = replace(body, 'troth', 'trotz') where rowid = 1")
    assert "not as it was written" in ends(sight, "holds", "ledger-complete").why


def test_corrections(sight: Sight) -> None:
    """A correction that went through keeps the promise; one done in part, or of which recipients hear nothing, breaks it."""
    ledger = sight.project.ledger
    ledger.append([acted("rectified", "correction-right")])
    assert ends(sight, "correction-right", "rectification-propagated").status == "kept"
    ledger.append([acted("rectified", "correction-right", detail={"tell": ["a processor"]})])
    assert ends(sight, "correction-right", "rectification-propagated").status == "broken"
    ledger.append([note("correction", "a processor")])
    assert ends(sight, "correction-right", "rectification-propagated").status == "kept"
    ledger.append([acted("rectified", "correction-right", outcome="partly")])
    assert ends(sight, "own-pages", "rectification-propagated").status == "broken"


def test_inbox(sight: Sight) -> None:
    """An inbox that was looked at today keeps the promise, one that was not for a week breaks it, and never shows nothing."""
    assert ends(sight, "contact-email", "inbox-monitoring").status == "not shown"
    rule = next(one for one in hkcloud().by_id["contact-email"].rules if "thing:inbox" in one.things)
    ledger = sight.project.ledger
    ledger.append([deed(hkcloud(), rule.id, at=NOW - 7 * DAY, actor="support")])
    assert ends(sight, "contact-email", "inbox-monitoring").status == "broken"
    ledger.append([deed(hkcloud(), rule.id, at=NOW, actor="support")])
    assert ends(sight, "contact-email", "inbox-monitoring").status == "kept"


def test_disputes(sight: Sight) -> None:
    """Use of data for a dispute after a case was registered keeps the promise; use without a case breaks it."""
    promise = hkcloud().by_id["dispute-use"]
    purpose = promise.rules[0].purposes[0]
    used = acted("decision", "dispute-use", action="use", outcome="allowed", subject="",
                 detail={"purpose": purpose, "data": "order-information"})  # fmt: skip
    assert ends(sight, "dispute-use", "investigation-file").status == "kept"
    sight.project.ledger.append([used])
    assert ends(sight, "dispute-use", "investigation-file").status == "broken"
    record = {"case-number": "D-7", "scope": "order 7"}
    sight.project.ledger.append([deed(hkcloud(), promise.rules[0].id, at=NOW, actor="legal", record=record)])
    assert ends(sight, "dispute-use", "investigation-file").status == "kept"


def erased(sight: Sight) -> None:
    """The member of the database is erased."""
    cited = Citation("deletion-that-waits", ("hkc-079",), hkcloud().hash)
    erase(sight.project, [by(email="ada@x.example")], plan_erasure(sight.project, cited))


def test_search_after_an_erasure(sight: Sight, tmp_path: Path) -> None:
    """Who was erased is nowhere: a row that brings the name back breaks the promise, also that of the replay."""
    for check in ("erasure-search", "erasure-replay"):
        assert ends(sight, "deletion-that-waits", check).status == "kept"
    erased(sight)
    for check in ("erasure-search", "erasure-replay"):
        found = ends(sight, "deletion-that-waits", check)
        assert found.status == "kept", found.why
    run(f"sqlite:///{tmp_path / 'main.db'}", "insert into member values (7, 'ADA@x.example')")
    for check in ("erasure-search", "erasure-replay"):
        found = ends(sight, "deletion-that-waits", check)
        assert (found.status, "main.member.mail" in found.why) == ("broken", True)


def test_findings_of_a_search(sight: Sight) -> None:
    """A finding of the search after an erasure breaks the promise until the erasure is done."""
    sight.project.ledger.append(
        [acted("finding", "deletion-that-waits", action="search", outcome="broken", object="main.x.y")]
    )
    assert ends(sight, "deletion-that-waits", "erasure-search").status == "broken"
    sight.project.ledger.append([acted("erased", "deletion-that-waits")])
    assert ends(sight, "deletion-that-waits", "erasure-search").status == "kept"


def test_restored_backups(sight: Sight) -> None:
    """A restored backup that nobody went through breaks the promise until its replay."""
    erased(sight)
    sight.project.ledger.append([event("backup-restored", at=NOW, actor="operations")])
    assert ends(sight, "deletion-that-waits", "erasure-replay").status == "broken"
    sight.project.ledger.append([acted("restored", "deletion-that-waits", action="replay", subject="")])
    assert ends(sight, "deletion-that-waits", "erasure-replay").status == "kept"


HOLD = {"held": {"holds": [{"name": "open-order", "until": "2026-12-01", "ends": "", "purposes": []}]}}


def test_release(sight: Sight) -> None:
    """An erasure within a day after its last hold keeps the promise, and one that waits on breaks it."""
    steps = (("received", 30), ("identity confirmed", 29), ("running", 29), ("held", 28))
    details = HOLD | {"released": {"hold": "open-order"}}
    ledger = sight.project.ledger
    ledger.append(life("1", "erase", *steps, ("released", 2), ("done", 1.9), **details))
    ledger.append(life("2", "erase", *steps, **details))
    found = ends(sight, "deletion-that-waits", "erased-after-release")
    assert (found.status, found.figures[2].value) == ("kept", 1)
    ledger.append(life("3", "erase", *steps, ("released", 3), **details))
    assert ends(sight, "deletion-that-waits", "erased-after-release").status == "broken"


def test_holds(sight: Sight) -> None:
    """Holds with a reason of the policy of which the person was told keep the promise; others break it."""
    ledger = sight.project.ledger
    hold = acted("restricted", "holds", action="hold", detail={"reason": "open-order"})
    ledger.append(
        [hold, *life("1", "erase", ("received", 9), ("identity confirmed", 8), ("held", 7), **HOLD)]
    )
    assert "not told" in ends(sight, "holds", "hold-register-complete").why
    ledger.append([note("held", "request 1")])
    assert ends(sight, "holds", "hold-register-complete").status == "kept"
    number = ledger.append([acted("restricted", "holds", action="hold", detail={"reason": "convenience"})])
    found = ends(sight, "holds", "hold-register-complete")
    assert (found.status, found.entries) == ("broken", (number,))


HELD = ("restriction-effective", "no-read-outside-hold-purposes")


@pytest.mark.parametrize("check", HELD)
def test_held_data(sight: Sight, check: str) -> None:
    """Held data is refused for all but its reasons; what went out meanwhile breaks the promise."""
    assert ends(sight, "held-for-its-reason", check).status == "kept"
    sight.project.ledger.append(
        [
            acted("restricted", "holds", time=utc(NOW - DAY), action="hold", detail={"reason": "open-order"}),
            acted("disclosed", "disclosure-log", detail={"purpose": "order-processing"}),
        ]
    )
    assert ends(sight, "held-for-its-reason", check).status == "kept"
    number = sight.project.ledger.append(
        [acted("disclosed", "disclosure-log", detail={"purpose": "analytics"})]
    )
    found = ends(sight, "held-for-its-reason", check)
    assert (found.status, found.entries) == ("broken", (number,))


@pytest.mark.parametrize("check", HELD)
def test_guard_without_holds(sight: Sight, check: str) -> None:
    """A guard that does not know what held means breaks the promise."""
    text = Path("samples/hkcloud/policy.troth.md").read_text("utf-8")
    lax = "\n".join(
        line for line in text.splitlines() if "while held only" not in line and " if held" not in line
    )
    lifts = ("legal-retention: hold", "open-order: hold", "dispute: hold-", "rights-of-the-person")
    gone = tuple(f"    except {one}" for one in lifts)
    lax = "\n".join(line for line in lax.splitlines() if not line.startswith(gone))
    found = ends(
        replace(sight, guard=Guard(compile_file(lax.encode(), "p").policy)), "held-for-its-reason", check
    )
    assert (found.status, "can be used" in found.why) == ("broken", True)


def test_reads_of_held_data(sight: Sight, tmp_path: Path) -> None:
    """A read of restricted data after the restriction for another purpose breaks the promise."""
    cited = Citation("held-for-its-reason", ("hkc-080",), hkcloud().hash)
    restrict(
        sight.project, by(email="ada@x.example"), cited, reason="accuracy", allowed=("dispute-resolution",)
    )
    url = f"sqlite:///{tmp_path / 'main.db'}"
    check = "no-read-outside-hold-purposes"
    run(
        url,
        f"insert into seen values (5, 1, 1, 'dispute-resolution', 'member', '{NOW + DAY:%Y-%m-%d %H:%M:%S}')",
    )
    found = ends(sight, "held-for-its-reason", check)
    assert found.status == "kept", found.why
    run(url, f"insert into seen values (6, 1, 1, 'help', 'member', '{NOW + DAY:%Y-%m-%d %H:%M:%S}')")
    assert ends(sight, "held-for-its-reason", check).status == "broken"
    assert ends(replace(sight, registers={}), "held-for-its-reason", check).status == "not shown"


@pytest.mark.parametrize("way", ["must notify customer about notice within 3 days of breach-confirmed",
                                 "when breach-confirmed\n    must notify customer about notice within 3 days"])  # fmt: skip
def test_event_before_a_duty_and_behind_its_time(sight: Sight, way: str) -> None:
    """A duty is owed from its event on, wherever the rule names it: open, overdue, kept by its deed, late."""
    text = policy_file(f'promise p breach "Breach"\n  {way}\n  prove timer\n')
    sight = replace(sight, policy=compile_file(text.encode(), "p").policy)
    ledger = sight.project.ledger
    assert ends(sight, "p", "timer").status == "kept"
    number = ledger.append([event("breach-confirmed", at=NOW - 2 * DAY, actor="operator")])
    rule = sight.policy.by_id["p"].rules[0].id
    (one,) = owed(sight.policy, ledger, NOW, Calendar("", "UTC"))
    assert (one.rule, one.event, one.state) == (rule, number, "open")
    assert owed(sight.policy, ledger, NOW + 2 * DAY, Calendar("", "UTC"))[0].state == "overdue"
    ledger.append([deed(sight.policy, rule, at=NOW, actor="operator", of=number)])
    assert owed(sight.policy, ledger, NOW + 2 * DAY, Calendar("", "UTC"))[0].state == "kept"
    assert "none overdue" in ends(sight, "p", "timer").why
