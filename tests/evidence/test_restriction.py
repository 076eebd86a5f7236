"""Tests of restrictions, objections and holds as a fold of the entries."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.evidence.lines import OTHER, SUBJECT, entry, ring
from troth.evidence.ledger import Run
from troth.evidence.open import open_ledger
from troth.evidence.restriction import RESTRICTIONS, Use, replay, restricted, restrictions_of, row_of, running
from troth.evidence.sqlite import SqliteLedger
from troth.model.entry import Entry

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
THIRD = "01" + "ef" * 32
ROWS = 'select subject, purpose, place, reason, since, "until", allowed, action, active, seq from restriction_state'


def said(
    kind: str, action: str = "restrict", subject: str = SUBJECT, place: str = "", **detail: Any
) -> Entry:
    """An entry about what may not be done with a person's data."""
    return entry(kind=kind, action=action, subject=subject, object=place, outcome="done", detail=detail)


def test_everything_stops(address: str) -> None:
    """A restricted person's data serves the allowed purposes only, until it is released."""
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        assert restricted(ledger, [SUBJECT], Use("billing"), NOW) is None
        ledger.append([said("restricted", reason="accuracy", allowed=["legal-claims"], also=[THIRD])])
        found = restricted(ledger, [OTHER, SUBJECT], Use("billing"), NOW)
        assert found is not None
        assert (found.reason, found.seq, found.action) == ("accuracy", 0, "restrict")
        assert restricted(ledger, [THIRD], Use("billing"), NOW) is not None
        assert restricted(ledger, [SUBJECT], Use("court", ("legal-claims", "purpose")), NOW) is None
        assert restricted(ledger, [OTHER], Use("billing"), NOW) is None
        ledger.append([said("released", "release", reason="accuracy", also=[THIRD])])
        assert restrictions_of(ledger, [SUBJECT, THIRD]) == []


def test_one_purpose_stops(address: str) -> None:
    """An objection stops its purpose and what is below it, and leaves everything else alone."""
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        ledger.append([said("restricted", "object", purpose="direct-marketing", reason="objection")])
        assert (
            restricted(ledger, [SUBJECT], Use("newsletter", ("direct-marketing", "marketing")), NOW)
            is not None
        )
        assert restricted(ledger, [SUBJECT], Use("marketing"), NOW) is None
        assert restricted(ledger, [SUBJECT], Use("service-notice"), NOW) is None


def test_time_and_table(address: str) -> None:
    """A restriction ends by itself when its time has come, a hold only by a release, and each is about its table."""
    until = (NOW + timedelta(hours=1)).isoformat().replace("+00:00", "Z")
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        ledger.append([said("restricted", place="shop.orders", reason="dispute", until=until)])
        ledger.append([said("restricted", "hold", OTHER, reason="order", until=until)])
        assert restricted(ledger, [OTHER], Use("x"), NOW + timedelta(days=9)) is not None
        assert restricted(ledger, [SUBJECT], Use("x", place="shop.orders"), NOW) is not None
        assert restricted(ledger, [SUBJECT], Use("x", place="shop.orders"), NOW + timedelta(hours=1)) is None
        assert restricted(ledger, [SUBJECT], Use("x"), NOW) is None
        assert [one.reason for one in running(ledger, "hold")] == ["order"]
        assert running(ledger, "object") == []


def test_reasons_stand_beside_each_other(address: str) -> None:
    """What two reasons restrict is free only when both are released."""
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        ledger.append([said("restricted", reason="accuracy"), said("restricted", reason="claim")])
        ledger.append([said("released", "release", reason="claim")])
        assert restricted(ledger, [SUBJECT], Use("billing"), NOW) is not None
        ledger.append([said("released", "release", reason="accuracy")])
        assert restricted(ledger, [SUBJECT], Use("billing"), NOW) is None


def test_new_address(address: str) -> None:
    """Who is known by another pseudonym after a correction stays restricted."""
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        ledger.append([said("restricted", reason="accuracy")])
        ledger.append([said("rectified", "rectify", renamed=[[SUBJECT, OTHER]])])
        assert restricted(ledger, [OTHER], Use("billing"), NOW) is not None
        assert restricted(ledger, [SUBJECT], Use("billing"), NOW) is not None


def test_nobody_is_restricted_by_mistake(address: str) -> None:
    """An entry about somebody who was not found restricts nobody."""
    with open_ledger(address, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        unknown = entry(kind="restricted", action="restrict", outcome="nothing found", detail={"reason": "x"})
        ledger.append([unknown])
        assert restrictions_of(ledger, [SUBJECT]) == []


SUBJECTS = st.sampled_from((SUBJECT, OTHER, THIRD))
SMALL = st.sampled_from(("", "marketing", "billing"))
LINES = st.lists(
    st.builds(
        lambda kind, subject, purpose, place, also: said(
            kind[0],
            kind[1],
            subject,
            place,
            purpose=purpose,
            reason="r",
            also=also,
            renamed=[[SUBJECT, OTHER]],
        ),
        st.sampled_from(
            (
                ("restricted", "restrict"),
                ("restricted", "object"),
                ("released", "release"),
                ("rectified", "rectify"),
            )
        ),
        SUBJECTS,
        SMALL,
        st.sampled_from(("", "shop.orders")),
        st.lists(SUBJECTS, max_size=2),
    ),
    max_size=14,
)


@settings(suppress_health_check=[HealthCheck.function_scoped_fixture], max_examples=60, deadline=None)
@given(batches=st.lists(LINES, max_size=4))
def test_table_is_the_fold(tmp_path_factory: Any, batches: list[list[Entry]]) -> None:
    """The table holds what a slow fold of all entries says, also when the entries are taken up twice."""
    path = tmp_path_factory.mktemp("fold") / "ledger.db"
    with SqliteLedger(path, signer=ring().signer, projections=[RESTRICTIONS]) as ledger:
        for batch in batches:
            if batch:
                ledger.append(batch)
        expected = sorted(row_of(one) for one in replay(ledger.read()))
        assert sorted(ledger.query(ROWS)) == expected
        everything = list(ledger.read())

        def again(run: Run) -> None:
            RESTRICTIONS.apply(run, everything)

        ledger.write(again)
        assert sorted(ledger.query(ROWS)) == expected
