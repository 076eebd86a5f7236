"""Checks of what the stores hold: on every engine each is kept by tidy rows, and broken by a hand in them."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from tests.duties.sighting import hkcloud, sighted
from tests.enforcement.scene import NOW, by, described, run
from troth.duties import retention
from troth.duties.proofs.run import checks
from troth.duties.proofs.sight import Sight
from troth.enforcement.choices import object_to
from troth.model.datamap import Table
from troth.model.entry import Entry, utc
from troth.model.plan import Citation
from troth.model.policy import Proof
from troth.model.showing import Shown

MAP = """
[[table]]
store = "main"
name = "member"
role = "subject"
key = ["id"]
harmless = ["is_restricted"]
marks = { personalise = "tuned", restricted = "is_restricted" }
facts = { account-status = "state", order-status = "state: * = completed", dispute-status = "state: * = none" }
events = { account-closed = "closed_at", collection = "made_at" }
[table.columns]
id = { category = "ident.id", terms = ["account-number"], mask = "keep" }
mail = { category = "contact.email", terms = ["email-address"], mask = "token" }
tuned = { category = "preference", terms = ["account-record"], mask = "zero" }
state = { category = "log", terms = ["account-record"], mask = "keep" }
made_at = { category = "log", terms = ["account-record"], mask = "zero" }
closed_at = { category = "log", terms = ["account-record"], mask = "null" }

[[table]]
store = "main"
name = "view"
role = "owned"
key = ["id"]
harmless = ["id"]
paths = [{ path = "view.member_id -> member.id" }]
events = { collection = "seen_at", account-closed = "member.closed_at" }
[table.columns]
member_id = { category = "ident.id", terms = ["account-number"] }
page = { category = "web", terms = ["page-view"] }
seen_at = { category = "web", terms = ["visit-time"] }

[[table]]
store = "main"
name = "load"
role = "owned"
key = ["id"]
harmless = ["id"]
paths = [{ path = "load.member_id -> member.id" }]
events = { collection = "taken_at", account-closed = "member.closed_at" }
[table.columns]
member_id = { category = "ident.id", terms = ["account-number"] }
cpu = { category = "usage", terms = ["cpu-usage"] }
taken_at = { category = "usage", terms = ["server-usage"] }

[[table]]
store = "main"
name = "advice"
role = "owned"
key = ["id"]
harmless = ["id"]
paths = [{ path = "advice.member_id -> member.id" }]
events = { collection = "shown_at", account-closed = "member.closed_at" }
[table.columns]
member_id = { category = "ident.id", terms = ["account-number"] }
item = { category = "web", terms = ["interaction-data"] }
shown_at = { category = "web", terms = ["interaction-data"] }
"""
DAY = timedelta(days=1)


def at(days: float) -> str:
    """A moment so many days ago, as stores write it."""
    return f"{NOW - days * DAY:%Y-%m-%d %H:%M:%S}"


@pytest.fixture(params=["sqlite", "postgresql", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """The URL of a small tidy store, on each engine in turn."""
    if request.param == "sqlite":
        made = f"sqlite:///{tmp_path / 'main.db'}"
    else:
        made = str(
            request.getfixturevalue("postgres_url" if request.param == "postgresql" else "mariadb_url")
        )
    ties = "references member(id)"
    run(
        made,
        """create table member (id int primary key, mail varchar(80) not null, tuned int not null, state varchar(12)
        not null, is_restricted int not null, made_at timestamp null, closed_at timestamp null)""",
        f"create table {_view(made)} (id int primary key, member_id int {ties}, page varchar(40), seen_at timestamp null)",
        f"create table {_load(made)} (id int primary key, member_id int {ties}, cpu int, taken_at timestamp null)",
        f"create table advice (id int primary key, member_id int {ties}, item varchar(40), shown_at timestamp null)",
        *(
            f"insert into member values ({n}, 'm{n}@x.example', 1, 'active', 0, '{at(500)}', null)"
            for n in range(1, 7)
        ),
        *(f"insert into {_view(made)} values ({n}, 1, '/a', '{at(n)}')" for n in range(1, 5)),
        *(f"insert into {_load(made)} values ({n}, {n}, 7, '{at(n)}')" for n in range(1, 5)),
        *(f"insert into advice values ({n}, {n}, 'bigger', '{at(n + 1)}')" for n in range(1, 5)),
    )
    return made


def _view(url: str) -> str:
    return "`view`" if url.startswith("mysql") else "view"


def _load(url: str) -> str:
    return "`load`" if url.startswith("mysql") else "load"


REGISTERS: dict[str, Any] = {
    "profiling": {"recommender": [{"name": "plans", "purpose": "recommendations", "table": "main.advice", "at": "shown_at"}]},
    "provenance": {
        "provenance": [
            {
                "table": f"main.{name}", "source": "data-subject", "channel": "portal", "purpose": "provide-service",
                "time": f"column {clock}",
            }
            for name, clock in (("member", "made_at"), ("view", "seen_at"), ("load", "taken_at"), ("advice", "shown_at"))
        ]
    },
    "laws": {"law": [{"name": "E-Commerce Law art. 31", "data": ["order-information"], "period": "36 months",
                      "until": date(2027, 6, 1)}]},
}  # fmt: skip


@pytest.fixture
def sight(url: str, tmp_path: Path) -> Iterator[Sight]:
    """What checks look at."""
    with sighted(tmp_path, {"main": url}, MAP, registers=REGISTERS) as one:
        yield one


def ends(sight: Sight, promise: str, check: str) -> Shown:
    """How a check ends, looked at anew."""
    return checks()[check](replace(sight), hkcloud().by_id[promise], Proof(check))


def test_rows_past_their_period(sight: Sight, url: str) -> None:
    """Rows within their period keep the promise; one that should have gone breaks it, until the sweep has taken it."""
    kept = ends(sight, "end-of-storage", "no-rows-past-period")
    assert kept.status == "kept", kept.why
    run(url, f"insert into {_view(url)} values (9, 1, '/old', '{at(800)}')")
    broken = ends(sight, "end-of-storage", "no-rows-past-period")
    assert (broken.status, broken.figures[0].value, broken.figures[0].of) == ("broken", 1, 19)
    assert broken.places == ("main.view",)
    assert ends(sight, "end-of-storage", "sweep").status == "not shown"
    retention.sweep(sight.project, retention.planned(sight.project, hkcloud()))
    assert ends(sight, "end-of-storage", "no-rows-past-period").status == "kept"
    assert ends(sight, "end-of-storage", "sweep").status == "kept"


def test_old_sweep(sight: Sight) -> None:
    """A sweep that is more than a day ago breaks the promise to sweep."""
    retention.sweep(sight.project, retention.planned(sight.project, hkcloud()))
    later = replace(sight, project=replace(sight.project, clock=lambda: NOW + 2 * DAY))
    assert ends(later, "end-of-storage", "sweep").status == "broken"


def test_period_of_a_closed_account(sight: Sight, url: str) -> None:
    """An account that was closed too long ago counts, and the rows that a restriction keeps do not."""
    run(url, f"update member set state = 'closed', closed_at = '{at(900)}' where id = 6")
    assert ends(sight, "registration-retention", "no-rows-past-period").status == "broken"
    run(url, "update member set is_restricted = 1 where id = 6")
    found = ends(sight, "registration-retention", "no-rows-past-period")
    assert (found.status, found.figures[1].value) == ("kept", 1)


def test_unseen_clock(sight: Sight) -> None:
    """A table in which nothing shows when its period began is not called tidy."""
    one = sight.project.map.table("main", "member")
    blind = replace(one, events={})
    tables = tuple(blind if each == one else each for each in sight.project.map.tables)
    other = replace(sight, project=replace(sight.project, map=replace(sight.project.map, tables=tables)))
    assert ends(other, "registration-retention", "no-rows-past-period").status == "not shown"


def test_schedule(sight: Sight) -> None:
    """Columns with a period keep the schedule; a table of which no rule says how long it may stay breaks it."""
    assert ends(sight, "retention-schedule", "retention-schedule").status == "kept"
    table = sight.project.map.table("main", "advice")
    columns = tuple(
        replace(one, terms=("social-media-data",) if one.name != "member_id" else ()) for one in table.columns
    )
    tables = tuple(
        replace(table, columns=columns) if one == table else one for one in sight.project.map.tables
    )
    other = replace(sight, project=replace(sight.project, map=replace(sight.project.map, tables=tables)))
    found = checks()["retention-schedule"](
        other, hkcloud().by_id["account-cancellation"], Proof("retention-schedule")
    )
    assert (found.status, found.places) == ("broken", ("main.advice",))


@pytest.mark.parametrize(
    ("change", "status"),
    [
        ({}, "kept"),
        ({"until": date(2026, 1, 1)}, "broken"),
        ({"data": ["nonsense"]}, "broken"),
        ({"name": ""}, "broken"),
    ],
)
def test_laws(tmp_path: Path, change: dict[str, Any], status: str) -> None:
    """Laws with what they are about and a current review keep the promise; without a register nothing is shown."""
    made = f"sqlite:///{tmp_path / 'main.db'}"
    run(made, "create table member (id int primary key)")
    one = REGISTERS["laws"]["law"][0] | change
    with sighted(tmp_path, {"main": made}, "", registers={"laws": {"law": [one]}}) as sight:
        assert ends(sight, "holds", "law-table").status == status
        assert ends(replace(sight, registers={}), "holds", "law-table").status == "not shown"


def test_map(sight: Sight, url: str) -> None:
    """A map that knows every column keeps the promise; a column that came since breaks it."""
    kept = ends(sight, "declared-only", "data-map-complete")
    assert kept.status == "kept", kept.why
    run(url, "alter table advice add column mood varchar(20)")
    fresh = replace(sight, project=replace(sight.project, schemas=described({"main": url})))
    for promise, check in (("declared-only", "data-map-complete"), ("registered-stores", "data-map-drift")):
        found = ends(fresh, promise, check)
        assert (found.status, "mood" in found.why) == ("broken", True)


def test_provenance(sight: Sight, url: str) -> None:
    """Rows that say where they come from keep the promise; an empty cell breaks it; without a register nothing is shown."""
    assert ends(sight, "declared-only", "provenance-complete").status == "kept"
    assert ends(replace(sight, registers={}), "declared-only", "provenance-complete").status == "not shown"
    run(url, "insert into advice values (9, 1, 'x', null)")
    found = ends(sight, "declared-only", "provenance-complete")
    assert (found.status, found.places) == ("broken", ("main.advice",))


def test_metering(sight: Sight, url: str) -> None:
    """Usage with declared metrics keeps the promise; a metric that no rule declares breaks it."""
    assert ends(sight, "usage-records", "metering-scope").status == "kept"
    run(url, f"alter table {_load(url)} add column keystrokes int")
    fresh = replace(sight, project=replace(sight.project, schemas=described({"main": url})))
    found = ends(fresh, "usage-records", "metering-scope")
    assert (found.status, found.places) == ("broken", ("main.load.keystrokes",))


def test_recommendations(sight: Sight, url: str) -> None:
    """Who switched recommendations off gets none from then on: one that came later breaks the promise."""
    cited = Citation("recommendations-off", ("hkc-035",), hkcloud().hash)
    object_to(sight.project, by(email="m2@x.example"), "recommendations", cited)
    kept = ends(sight, "recommendations-off", "no-recommendation-after-opt-out")
    assert kept.status == "kept", kept.why
    run(url, f"insert into advice values (9, 2, 'again', '{at(-0.5)}')")
    broken = ends(sight, "recommendations-off", "no-recommendation-after-opt-out")
    assert (broken.status, broken.figures[0].value) == ("broken", 1)
    assert (
        ends(replace(sight, registers={}), "recommendations-off", "no-recommendation-after-opt-out").status
        == "not shown"
    )


def test_recommendation_while_the_switch_is_off(sight: Sight, url: str) -> None:
    """A recommendation of today for somebody whose switch in the store is off breaks the promise without any entry."""
    run(url, f"insert into advice values (9, 3, 'x', '{at(0.2)}')")
    assert ends(sight, "recommendations-off", "no-recommendation-after-opt-out").status == "kept"
    run(url, "update member set tuned = 0 where id = 3")
    assert ends(sight, "recommendations-off", "no-recommendation-after-opt-out").status == "broken"


def test_anonymity(sight: Sight, url: str) -> None:
    """What is made anonymous has to look like nine others; a row that is put back with its own value breaks it."""
    run(url, *(f"insert into advice values ({n}, 1, 'same', '{at(500)}')" for n in range(20, 32)))
    retention.sweep(sight.project, retention.planned(sight.project, hkcloud()))
    kept = ends(sight, "end-of-storage", "reidentification-test")
    assert kept.status == "kept", kept.why
    run(url, f"insert into advice values (40, 1, 'rare', '{at(500)}')")
    found = ends(sight, "end-of-storage", "reidentification-test")
    assert found.status == ("broken" if found.figures[2].value else "kept")


def test_locations(sight: Sight) -> None:
    """Locations with country and hosts keep the promise; one without a country breaks it; none shows nothing."""
    one = {"name": "hk-1", "country": "HK", "hosts": ["localhost"]}
    for register, status in (
        ([one], "kept"),
        ([one, {"name": "x", "hosts": ["y"]}], "broken"),
        ([], "not shown"),
    ):
        told = replace(sight, registers={"locations": {"location": register}})
        assert ends(told, "registered-stores", "location-register").status == status


def test_copy(sight: Sight, url: str) -> None:
    """The copy of a sample of persons has the rows that a direct count finds; a table that it does not reach breaks it."""
    kept = ends(sight, "access-right", "access-complete")
    assert kept.status == "kept", kept.why
    assert kept.figures[1].of == 12
    table = sight.project.map.table("main", "advice")

    def seen(one: Table) -> Shown:
        tables = tuple(one if each == table else each for each in sight.project.map.tables)
        changed = replace(sight.project, map=replace(sight.project.map, tables=tables))
        return ends(replace(sight, project=changed), "access-right", "access-complete")

    found = seen(replace(table, paths=()))
    assert (found.status, found.places) == ("broken", ("main.advice",))
    nameless = seen(replace(table, key=()))  # rows that nothing names are in a copy all the same
    assert (nameless.status, nameless.figures[1].of) == ("kept", 12)


def test_copy_of_rows_that_nothing_names(sight: Sight, url: str) -> None:
    """Two rows of a person that are named together count as two, in the copy and in the store."""
    run(url, "insert into advice values (9, 1, 'bigger', null)")
    schema, table = sight.project.schemas["main"], sight.project.map.table("main", "advice")
    relations = tuple(replace(one, key=()) if one.name == "advice" else one for one in schema.relations)
    tables = tuple(replace(one, key=()) if one == table else one for one in sight.project.map.tables)
    project = replace(
        sight.project,
        schemas={**sight.project.schemas, "main": replace(schema, relations=relations)},
        map=replace(sight.project.map, tables=tables),
        shapes={},
    )
    found = ends(replace(sight, project=project), "access-right", "access-complete")
    assert (found.status, found.figures[1].of) == ("kept", 13)


def test_collected_entries_tell_the_origin(sight: Sight) -> None:
    """What the collection gate has noted needs no register of provenance."""
    data = [
        "page-view",
        "visit-time",
        "cpu-usage",
        "server-usage",
        "interaction-data",
        "email-address",
        "account-record",
    ]
    entry = Entry(
        time=utc(NOW), kind="collected", actor="customer", action="collect", policy=hkcloud().hash, outcome="done",
        object="signup", detail={"data": data, "purpose": "account-management"},
    )  # fmt: skip
    sight.project.ledger.append([entry])
    assert ends(replace(sight, registers={}), "declared-only", "provenance-complete").status == "kept"
