"""Tests of consents and requests as folds of the entries."""

from __future__ import annotations

from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.lines import OTHER, SUBJECT, entry, ring
from troth.evidence.keys import KEYS, SubjectKeys
from troth.evidence.ledger import follows
from troth.evidence.open import open_ledger
from troth.evidence.sqlite import SqliteLedger
from troth.evidence.state import (
    CONSENT_ACTIONS,
    CONSENTS,
    ENDED,
    REQUEST_STEPS,
    REQUESTS,
    RequestState,
    check_step,
    consent_of,
    differences,
    open_requests,
    rebuild,
    replay,
    request_of,
    requests_of,
)
from troth.model.entry import Entry
from troth.model.errors import TrothError

BOTH = [CONSENTS, REQUESTS]


def consent(action: str, **detail: Any) -> Entry:
    """What a person said on a purpose."""
    subject = detail.pop("subject", SUBJECT)
    return entry(kind="consent", action=action, subject=subject, detail={"purpose": "Marketing"} | detail)


def step(outcome: str, request: str = "r1", **fields: Any) -> Entry:
    """A step of a request."""
    detail = {"request": request} | fields.pop("detail", {})
    return entry(kind="request", action="erase", outcome=outcome, detail=detail, **fields)


def test_consent_follows_the_entries(address: str) -> None:
    """The newest entry about a person and purpose says whether they agree."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        assert consent_of(ledger, [SUBJECT], "Marketing") is None
        ledger.append([consent("give"), consent("withdraw", subject=OTHER)])
        assert consent_of(ledger, [OTHER, SUBJECT], "Analytics") is None
        ledger.append([consent("withdraw"), consent("give", purpose="Analytics")])
        words = [consent_of(ledger, [s], p) for s, p in ((SUBJECT, "Marketing"), (SUBJECT, "Analytics"))]
        assert [(w.status, w.seq) for w in words if w] == [("withdrawn", 2), ("given", 3)]


@pytest.mark.parametrize(
    ("said", "status"),
    [
        ([("give", "")], "given"),
        ([("give", ""), ("refuse", "email")], "refused"),
        ([("refuse", "email"), ("give", "")], "refused"),
        ([("give", "email"), ("withdraw", "")], "withdrawn"),
        ([("withdraw", ""), ("give", "email")], "given"),
        ([("give", "phone")], None),
    ],
)
def test_scopes(address: str, said: list[tuple[str, str]], status: str | None) -> None:
    """A word on a channel counts before a word on all, but taking back everything takes back the channel."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        ledger.append([consent(action, scope=scope) for action, scope in said])
        found = consent_of(ledger, [SUBJECT], "Marketing", "email")
        assert (found.status if found else None) == status


def test_a_person_under_two_pseudonyms(address: str) -> None:
    """After the pseudonym key was replaced the newest word counts, under whichever pseudonym it was said."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        ledger.append([consent("give"), consent("withdraw", subject=OTHER)])
        for subjects in ([SUBJECT, OTHER], [OTHER, SUBJECT]):
            found = consent_of(ledger, subjects, "Marketing")
            assert found
            assert found.status == "withdrawn"


def test_life_of_a_request(address: str) -> None:
    """A request goes from step to step, keeps its dates, and ends."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        ledger.append([step("received", detail={"due": "2026-12-22"}, time="2026-11-22T09:00:00Z")])
        ledger.append([step("verified"), step("extended", detail={"due": "2027-02-22"}), step("partly")])
        found = request_of(ledger, "r1")
        assert found == RequestState(
            "r1", SUBJECT, "erase", "partly", "2026-11-22T09:00:00Z", "2027-02-22", 3
        )
        assert open_requests(ledger) == requests_of(ledger, [OTHER, SUBJECT]) == [found]
        ledger.append([step("done")])
        assert open_requests(ledger) == []
        assert request_of(ledger, "r2") is None


def test_the_most_urgent_first(address: str) -> None:
    """Open requests come by their date; those without one come last."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        for name, due in (("a", ""), ("b", "2026-12-24"), ("c", "2026-12-23")):
            ledger.append([step("received", name, detail={"due": due} if due else {})])
        assert [r.id for r in open_requests(ledger)] == ["c", "b", "a"]


def test_steps_that_can_not_follow(address: str) -> None:
    """A step that can not follow is refused beforehand; an entry of it changes nothing."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        ledger.append([step("done"), step("received"), step("nothing found"), step("partly")])
        found = request_of(ledger, "r1")
        assert found
        assert (found.status, found.seq) == ("nothing found", 2)
        for before, outcome in ((None, "done"), (found, "partly"), (found, "received"), (found, "dnoe")):
            with pytest.raises(TrothError, match="can not follow"):
                check_step(before, outcome)
        check_step(None, "received")
        check_step(found, "reopened")
        ledger.append([step("reopened"), step("received")])
        after = request_of(ledger, "r1")
        assert after
        assert (after.status, after.seq) == ("open", 4)


WORDS = st.builds(
    consent,
    st.sampled_from([*CONSENT_ACTIONS, "misread"]),
    subject=st.sampled_from([SUBJECT, OTHER, ""]),
    purpose=st.sampled_from(["Marketing", "Analytics", 7]),
    scope=st.sampled_from(["", "email"]),
)
STEPS = st.builds(
    step,
    st.sampled_from([*REQUEST_STEPS, "misread"]),
    st.sampled_from(["r1", "r2"]),
    detail=st.sampled_from([{}, {"due": "2026-12-22"}, {"due": "2027-01-22"}]),
)
HISTORY = st.lists(st.lists(WORDS | STEPS | st.builds(entry), max_size=6), max_size=6)


@settings(max_examples=40, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(HISTORY)
def test_tables_are_the_fold(tmp_path_factory: pytest.TempPathFactory, history: list[list[Entry]]) -> None:
    """Whatever is appended, in whatever batches, the tables say what a fold over all entries says."""
    with SqliteLedger(
        tmp_path_factory.mktemp("state") / "l.db", signer=ring().signer, projections=BOTH
    ) as ledger:
        for batch in history:
            ledger.append(batch)
        assert differences(ledger) == []
        consents, requests = replay(ledger.read())
        for found in consents:
            assert found.status in CONSENT_ACTIONS.values()
        assert [r for r in requests if r.status not in ENDED] == sorted(
            open_requests(ledger), key=lambda request: request.id
        )


def test_rebuild(address: str) -> None:
    """Tables that were changed behind the ledger's back are found and written anew from the entries."""
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        ledger.append([consent("withdraw"), step("received"), entry()])
        assert differences(ledger) == []
        ledger.write(lambda run: run("update consent_state set status = ?", ("given",)))
        ledger.write(lambda run: run("delete from request_state", ()))
        wrong = [
            "consent_state: the row of entry 0 does not follow from the entries",
            "consent_state: the row of entry 0 is missing",
            "request_state: the row of entry 1 is missing",
        ]
        assert differences(ledger) == wrong
        assert rebuild(ledger) == wrong
        assert differences(ledger) == []
        found = consent_of(ledger, [SUBJECT], "Marketing")
        assert found
        assert found.status == "withdrawn"


def test_a_projection_that_comes_later(address: str) -> None:
    """A ledger that was written without a projection is read from the beginning once, and only then."""
    said = entry(kind="consent", action="give", detail={"purpose": "news"}, counts={}, outcome="")
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append([said] * 3)
        assert not follows(ledger, CONSENTS)
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        assert follows(ledger, CONSENTS)
        assert differences(ledger) == []
        ledger.write(lambda run: run("delete from consent_state", ()))
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        assert ledger.query("select * from consent_state") == []
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append([said])
        assert not follows(ledger, CONSENTS)
    with open_ledger(address, signer=ring().signer, projections=BOTH) as ledger:
        assert differences(ledger) == []


def test_an_old_entry_destroys_no_new_key(address: str) -> None:
    """A ledger that is opened with the keys only later keeps the keys that people were given since."""
    with open_ledger(address, signer=ring().signer) as ledger:
        ledger.append([entry(kind="key-destroyed", subject=SUBJECT, counts={})])
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        SubjectKeys(ledger, ring()).make([SUBJECT])
    with open_ledger(address, signer=ring().signer) as ledger:
        assert len(ledger.query("select * from subject_key")) == 1
    with open_ledger(address, signer=ring().signer, projections=[KEYS]) as ledger:
        assert len(ledger.query("select * from subject_key")) == 1
