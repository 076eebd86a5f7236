"""An incident from its first sign to the last letter, over a real store and a real mail server."""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from tests.duties.mailbox import Mailbox, mailbox
from tests.duties.parties import filled, house, later, register
from tests.duties.sighting import shown
from tests.enforcement.scene import NOW, run
from troth.cli.incident import NO_CLOCK, laws_of
from troth.duties.breachletters import Breach, authority_draft, exercise, tell_persons
from troth.duties.delivery import bounced
from troth.duties.incidents import (
    Incident,
    authority_told,
    concerned,
    confirm,
    law,
    open_incident,
    record_scope,
    remedied,
)
from troth.duties.post import MailServer
from troth.duties.proofs.sight import Sight
from troth.duties.workdays import place
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, Taken, TrothError

DAY = timedelta(days=1)
ONE = Incident(
    case="INC-1",
    seq=-1,
    detected=NOW,
    start=NOW - 5 * DAY,
    end=NOW,
    places=("main.login",),
    window=True,
    what="a key was lost",
)


@pytest.fixture
def sight(tmp_path: Path) -> Iterator[Sight]:
    """The small house."""
    with house(tmp_path) as found:
        yield found


@pytest.fixture
def box() -> Iterator[Mailbox]:
    """A mail server."""
    with mailbox() as found:
        yield found


def post(box: Mailbox) -> MailServer:
    """How letters reach the mail server of the test."""
    return MailServer("127.0.0.1", "privacy@house.example", box.port, tls="none")


def breach(sight: Sight) -> Breach:
    """What letters need."""
    return Breach(project=sight.project, policy=sight.policy, home=place("HK"))


def opened(sight: Sight, one: Incident = ONE) -> None:
    """The incident, with scope and confirmation."""
    open_incident(sight.project, sight.policy, one, owner="security")
    record_scope(sight.project, sight.policy, one.case)
    confirm(sight.project, sight.policy, one.case, actor="security")


@pytest.mark.parametrize("engine", ["sqlite", "postgres", "mariadb"])
def test_scope(tmp_path: Path, engine: str, request: pytest.FixtureRequest) -> None:
    """Only rows of the window count, each with its person, region and categories; without a window all rows do."""
    url = "" if engine == "sqlite" else str(request.getfixturevalue(f"{engine}_url"))
    if url:
        filled(url)
    with house(tmp_path, url=url) as sight:
        open_incident(sight.project, sight.policy, ONE, owner="security")
        scope = record_scope(sight.project, sight.policy, "INC-1")
        assert (scope.persons, scope.rows, scope.regions, set(scope.data)) == (
            1,
            2,
            {"cn": 1},
            {"login-status"},
        )
        values = ", ".join(f"({number}, 1, '2026-11-01 10:00:00')" for number in range(10, 5010))
        run(sight.urls["main"], f"insert into login values {values}")
        everything, lost = concerned(sight.project, replace(ONE, window=False))
        assert (len(everything), sum(one.rows for one in everything.values()), lost) == (2, 5003, 0)


def test_whole_course(sight: Sight, box: Mailbox) -> None:
    """Plan, scope, remedy, authority and letters in time keep every check; each letter is in its person's language and region."""
    opened(sight, replace(ONE, window=False))
    remedied(
        sight.project, sight.policy, "INC-1", what="the key was withdrawn", result="done", actor="security"
    )
    for region in ("hk", "cn"):
        draft = authority_draft(breach(sight), "INC-1", region, "zh" if region == "cn" else "en")
        assert "INC-1" in draft.body + draft.subject
        authority_told(sight.project, sight.policy, "INC-1", region, actor="legal", digest="ab" * 32)
    assert tell_persons(breach(sight), "INC-1", post(box)).as_json() == {
        "sent": 2,
        "before": 0,
        "failed": 0,
        "no_address": 0,
    }
    assert "the key was withdrawn" in box.to("ada@x.example")[0].get_content()
    for check in ("breach-timeline", "notice-delivery"):
        found = shown(sight, "incident-response", check)
        assert found.status == "kept", found.why
    assert {one.state for one in sight.owed if one.promise == "incident-response"} == {"kept"}


def test_letters_once(sight: Sight, box: Mailbox) -> None:
    """A refused letter is tried again and a sent one is not; a bounce makes it due again; a rate waits between letters."""
    opened(sight, replace(ONE, window=False))
    box.refuse.add("bo@x.example")
    waits: list[float] = []
    first = tell_persons(breach(sight), "INC-1", post(box), rate=4, sleep=waits.append)
    assert (first.sent, first.failed) == (1, 1)
    box.refuse.clear()
    assert tell_persons(breach(sight), "INC-1", post(box)).as_json() == {
        "sent": 1,
        "before": 1,
        "failed": 0,
        "no_address": 0,
    }
    assert (len(box.got), waits) == (2, [0.25])
    bounced(sight.project, box.to("ada@x.example")[0]["Message-ID"], "5.1.1 no such mailbox")
    assert tell_persons(breach(sight), "INC-1", post(box)).sent == 1
    with pytest.raises(NotFound):
        bounced(sight.project, "<nothing@house.example>", "5.1.1")


def test_killed_between_letters(sight: Sight, box: Mailbox) -> None:
    """A kill between two letters loses nothing: the next call sends the rest, and nobody gets two."""
    opened(sight, replace(ONE, window=False))

    def kill(_: float) -> None:
        raise KeyboardInterrupt

    with pytest.raises(KeyboardInterrupt):
        tell_persons(breach(sight), "INC-1", post(box), rate=1, sleep=kill)
    assert tell_persons(breach(sight), "INC-1", post(box)).sent == 1
    assert sorted(name for name, _ in box.got) == ["ada@x.example", "bo@x.example"]


OTHER = """
import sys, time
from datetime import UTC, datetime
from troth.state.claim import claim
with claim(sys.argv[1], "incident INC-1", "the-other-one", datetime(2026, 11, 24, 9, 0, tzinfo=UTC)):
    print("sending", flush=True)
    time.sleep(60)
"""


def test_sent_by_one_process(sight: Sight, box: Mailbox) -> None:
    """While a process sends the letters a second one is refused and sends none; once it was killed the next sends all."""
    opened(sight, replace(ONE, window=False))
    words = [sys.executable, "-c", OTHER, sight.project.journal.place]
    with subprocess.Popen(words, stdout=subprocess.PIPE) as process:
        assert process.stdout is not None
        assert process.stdout.readline() == b"sending\n"
        with pytest.raises(
            Taken, match="about incident INC-1 are being sent: the-other-one since 2026-11-24"
        ):
            tell_persons(breach(sight), "INC-1", post(box))
        assert box.got == []
        process.kill()
    assert tell_persons(breach(sight), "INC-1", post(box)).sent == 2


def test_told_at_once(sight: Sight, box: Mailbox) -> None:
    """Of two that send the same letters at the same moment one is refused, and nobody gets two."""
    opened(sight, replace(ONE, window=False))
    refused: list[str] = []

    def second(_: float) -> None:
        try:
            tell_persons(breach(sight), "INC-1", post(box))
        except Taken as error:
            refused.append(error.message)

    assert tell_persons(breach(sight), "INC-1", post(box), rate=1000, sleep=second).sent == 2
    assert len(refused) == 1
    assert sorted(name for name, _ in box.got) == ["ada@x.example", "bo@x.example"]


def test_no_address(sight: Sight, box: Mailbox) -> None:
    """A person without an address is counted, and the promise is not kept by silence."""
    run(sight.urls["main"], "update member set mail = null where id = 2")
    opened(sight, replace(ONE, window=False))
    assert tell_persons(breach(sight), "INC-1", post(box)).without == 1
    assert shown(later(sight, NOW + 5 * DAY), "incident-response", "notice-delivery").status == "broken"


def test_late_steps_break(sight: Sight) -> None:
    """An incident that nobody works on breaks the timeline once its times are over."""
    opened(sight)
    assert shown(sight, "incident-response", "breach-timeline").status == "kept"
    found = shown(later(sight, NOW + 4 * DAY), "incident-response", "breach-timeline")
    assert found.status == "broken"
    assert "incident-response/2" in found.why


def test_scope_nobody_computed(sight: Sight) -> None:
    """An incident can not be confirmed before its scope is known, and breaks the promise after a day without."""
    open_incident(sight.project, sight.policy, ONE, owner="security")
    with pytest.raises(TrothError, match="scope"):
        confirm(sight.project, sight.policy, "INC-1", actor="security")
    assert "scope" in shown(later(sight, NOW + 2 * DAY), "incident-response", "breach-timeline").why


def test_house_table(tmp_path: Path) -> None:
    """Persons of the house's own table who were not told in time break the timeline."""
    source = {
        "store": "main", "table": "trouble", "detected": "found", "persons": "login", "incident": "id", "told": "at"
    }  # fmt: skip
    registers = {"recipients": register(), "incidents": {"source": source}}
    (tmp_path / "main.db").touch(mode=0o600)
    url = f"sqlite:///{tmp_path / 'main.db'}"
    filled(url)
    run(
        url,
        "create table trouble (id int primary key, found timestamp)",
        "insert into trouble values (1, '2026-11-10 00:00:00'), (2, '2026-11-20 00:00:00'), (3, '2026-11-20 00:00:00')",
    )
    with house(tmp_path, registers=registers) as sight:
        assert shown(sight, "incident-response", "breach-timeline").status == "kept"
        run(url, "update login set at = null where id = 2")
        assert shown(sight, "incident-response", "breach-timeline").status == "broken"


def test_exercise(sight: Sight) -> None:
    """An exercise computes and writes everything, sends nothing, and is good for a year."""
    assert shown(sight, "incident-response", "incident-exercise").status == "not shown"
    tried = exercise(breach(sight), replace(ONE, case="EX-1", exercise=True), actor="security")
    assert (tried["persons"], tried["letters"]) == (1, 2)
    assert shown(replace(sight), "incident-response", "incident-exercise").status == "attested"
    assert (
        shown(later(sight, NOW + 400 * DAY), "incident-response", "incident-exercise").status == "not shown"
    )


@pytest.mark.parametrize(("region", "hours"), [("eu", 72), ("uk", 72), ("cn", 4), ("sg", 72)])
def test_clocks_of_the_law(region: str, hours: int) -> None:
    """The table of clocks gives each region its date."""
    found = [one for one in law(region, NOW) if one.moment]
    assert any(
        NOW + timedelta(hours=hours) <= one.moment <= NOW + timedelta(hours=hours + 24)
        for one in found
        if one.moment
    )


def test_bad_incidents(sight: Sight) -> None:
    """An incident without a name, words or places, with a turned time, an unknown table or a name twice is refused."""
    for bad in (
        replace(ONE, case=""),
        replace(ONE, what=" "),
        replace(ONE, places=()),
        replace(ONE, start=NOW + DAY),
        replace(ONE, places=("main.nothing",)),
    ):
        with pytest.raises(TrothError):
            open_incident(sight.project, sight.policy, bad, owner="security")
    open_incident(sight.project, sight.policy, ONE, owner="security")
    with pytest.raises(TrothError, match="already"):
        open_incident(sight.project, sight.policy, ONE, owner="security")


def test_scope_of_numbers_and_of_no_time(tmp_path: Path) -> None:
    """Rows whose time is a number are in the window or not; those whose time nobody can read count, and are told."""
    with house(tmp_path) as sight:
        seconds = int((NOW - DAY).timestamp())
        times = [seconds, seconds * 1000, seconds - 900 * 86_400, "null", "'yesterday'"]
        run(sight.urls["main"], "delete from login")
        for number, at in enumerate(times, 20):
            run(sight.urls["main"], f"insert into login values ({number}, 1, {at})")
        open_incident(sight.project, sight.policy, ONE, owner="security")
        scope = record_scope(sight.project, sight.policy, "INC-1")
        (entry,) = [
            one for one in sight.project.ledger.read() if one.kind == "incident" and one.action == "scope"
        ]
    assert (scope.persons, scope.rows, scope.untimed) == (1, 4, 2)
    assert entry.counts["untimed"] == 2


@pytest.mark.parametrize("rate", [-1.0, float("nan"), 1e-300])
def test_rates_that_are_none(sight: Sight, box: Mailbox, rate: float) -> None:
    """A rate at which no letter could follow the first is refused before the first leaves."""
    opened(sight, replace(ONE, window=False))
    with pytest.raises(TrothError, match="at this rate"):
        tell_persons(breach(sight), "INC-1", post(box), rate=rate)
    assert box.got == []


def test_nobody_is_told_before_the_scope(sight: Sight, box: Mailbox) -> None:
    """Letters before anybody knows whom an incident concerns are refused: none sent would look like all told."""
    open_incident(sight.project, sight.policy, ONE, owner="security")
    with pytest.raises(TrothError, match="scope"):
        tell_persons(breach(sight), "INC-1", post(box))


def test_words_that_are_missing(sight: Sight) -> None:
    """A remedy that says nothing and a draft for a region that is none are refused."""
    opened(sight)
    with pytest.raises(TrothError, match="what was done"):
        remedied(sight.project, sight.policy, "INC-1", what=" ", result="done", actor="security")
    with pytest.raises(NotFound, match="no region"):
        authority_draft(breach(sight), "INC-1", "mars", "en")


def test_erased_since(sight: Sight, box: Mailbox) -> None:
    """Who was concerned and is on file no more counts as somebody without an address, so that it is not called done."""
    opened(sight)
    stray = Entry(
        time=utc(NOW), kind="incident", actor="security", action="affected", subject="ab" * 33, outcome="concerned",
        counts={"rows": 1}, detail={"case": "INC-1", "data": [], "region": "hk", "of": 0},
    )  # fmt: skip
    sight.project.ledger.append([stray])
    assert tell_persons(breach(sight), "INC-1", post(box)).without == 1


def test_drafts_in_another_language(sight: Sight) -> None:
    """There are drafts in two languages, and any other is refused by its name."""
    opened(sight)
    with pytest.raises(NotFound, match="no drafts in this language"):
        authority_draft(breach(sight), "INC-1", "hk", "fr")


def test_region_without_a_clock() -> None:
    """A region of whose law the table knows nothing is named among the dates, so that nobody takes it for free of any."""
    assert [(one["region"], one["clock"]) for one in laws_of(ONE, ["nowhere", "other", "nowhere"])] == [
        ("nowhere", NO_CLOCK),
        ("other", NO_CLOCK),
    ]
    assert NO_CLOCK not in {one["clock"] for one in laws_of(ONE, ["eu", "uk"])}
