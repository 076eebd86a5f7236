"""A service that knows its customers only by the number of a tenant that another system keeps."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import troth
from tests.enforcement import scene
from tests.project.shop import POLICY, Shop

ZONES = (
    (
        "create table zones (id varchar(32) not null primary key, tenant_id varchar(36), name varchar(99) not null,"
        " email varchar(99) not null)"
    ),
    (
        "create table records (id varchar(32) not null primary key, zone_id varchar(32) references zones(id) on delete cascade,"
        " tenant_id varchar(36), data varchar(200) not null)"
    ),
    (
        "create table zone_transfer_requests (id varchar(32) not null primary key, zone_id varchar(32) references zones(id) on"
        " delete cascade, tenant_id varchar(36) not null, target_tenant_id varchar(36), description varchar(99))"
    ),
    "create table quotas (id varchar(32) not null primary key, project_id varchar(36) not null, hard_limit integer)",
    (
        "insert into zones values ('z1', 'aaaa1111bbbb', 'ada.example', 'ada@example.org'),"
        " ('z2', 'cccc2222dddd', 'bob.example', 'bob@example.org')"
    ),
    "insert into records values ('r1', 'z1', 'aaaa1111bbbb', '192.0.2.1'), ('r2', 'z2', 'cccc2222dddd', '192.0.2.2')",
    (
        "insert into zone_transfer_requests values ('t1', 'z1', 'aaaa1111bbbb', 'cccc2222dddd', 'from ada'),"
        " ('t2', 'z2', 'cccc2222dddd', 'aaaa1111bbbb', 'from bob'), ('t3', 'z2', 'cccc2222dddd', null, 'to anybody')"
    ),
    "insert into quotas values ('q1', 'aaaa1111bbbb', 10), ('q2', 'cccc2222dddd', 10)",
)
SERVERS = (
    (
        "create table instances (id integer not null primary key, user_id varchar(36), project_id varchar(36),"
        " display_name varchar(99), hostname varchar(99))"
    ),
    "create table key_pairs (id integer not null primary key, user_id varchar(36), public_key varchar(200))",
    (
        "create table floating_ips (id integer not null primary key, instance_id integer references instances(id),"
        " ip_address varchar(45) not null, auto_assigned smallint not null)"
    ),
    (
        "insert into instances values (1, 'user-ada-1', 'team-eeee-1', 'mail', 'mail1'), (2, 'user-bob-2', 'team-eeee-1', 'web',"
        " 'web1'), (3, 'user-ada-1', 'team-ffff-2', 'db', 'db1')"
    ),
    "insert into floating_ips values (1, 1, '192.0.2.1', 0), (2, 2, '192.0.2.2', 0), (3, 3, '192.0.2.3', 0)",
    "insert into key_pairs values (1, 'user-ada-1', 'ssh-ed25519 AAAA ada'), (2, 'user-bob-2', 'ssh-ed25519 AAAA bob')",
)


def _service(url: str, folder: Path, tables: tuple[str, ...]) -> Shop:
    if url.startswith("sqlite"):
        Path(url.removeprefix("sqlite:///")).touch()
    scene.run(url, *tables)
    (folder / "policy.troth.md").write_text(POLICY, "utf-8")
    made = Shop(folder / "project", {"shop": url})
    troth("init", made.folder, "--policy", folder / "policy.troth.md", f"--store=shop={url}")
    assert made.troth("map", "propose", "--yes").code == 0
    return made


@pytest.fixture(params=["sqlite", "postgres", "mariadb"])
def url(request: pytest.FixtureRequest, tmp_path: Path) -> str:
    """An empty store of each kind."""
    if request.param == "sqlite":
        return f"sqlite:///{tmp_path / 'shop.db'}"
    return str(request.getfixturevalue(f"{request.param}_url"))


@pytest.fixture
def zones(url: str, tmp_path: Path) -> Shop:
    """Zones of two tenants, one of which offers each other one."""
    return _service(url, tmp_path, ZONES)


@pytest.fixture
def servers(url: str, tmp_path: Path) -> Shop:
    """Servers of two projects that two users made."""
    return _service(url, tmp_path, SERVERS)


def _erase(one: Shop, *named: str) -> str:
    words = [word for name in named for word in ("-s", name)]
    return one.troth("request", "erase", *words, "--verified", "session", "--no-undo", "closed").out


def test_erased_by_number(zones: Shop) -> None:
    """The number of a tenant names everything of that tenant, and nothing of the other one."""
    said = _erase(zones, "tenant_id=aaaa1111bbbb")
    assert "erase, done" in said
    assert [row[0] for row in zones.rows("zones")] == ["z2"]
    assert [row[0] for row in zones.rows("records")] == ["r2"]
    assert [row[0] for row in zones.rows("quotas")] == ["q2"], "a project is what other tables call a tenant"
    left = {row[0]: row[3] for row in zones.rows("zone_transfer_requests")}
    assert left == {"t2": None, "t3": None}, "an offer of somebody else stays, without whom it was made to"


def test_restored_by_number(zones: Shop) -> None:
    """Who was erased by a number is erased again after a backup was restored, and nobody else."""
    _erase(zones, "tenant_id=aaaa1111bbbb")
    scene.run(
        zones.urls["shop"],
        "insert into zones values ('z1', 'aaaa1111bbbb', 'ada.example', 'ada@example.org')",
        "insert into quotas values ('q1', 'aaaa1111bbbb', 10)",
    )
    assert zones.troth("replay", "--since", "2020-01-01T00:00:00Z").code == 0
    assert [row[0] for row in zones.rows("zones")] == ["z2"]
    assert [row[0] for row in zones.rows("quotas")] == ["q2"]


def test_copy_by_number(zones: Shop) -> None:
    """A copy has the rows of the tenant."""
    given = zones.troth("request", "access", "-s", "tenant_id=aaaa1111bbbb", "--verified", "session")
    assert "access, done" in given.out


def test_address_names_no_number(zones: Shop) -> None:
    """Who is named by the address of a contact is told which number is needed."""
    said = zones.troth(
        "request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "closed"
    )
    assert "done" not in said.out
    assert len(zones.rows("zones")) == 2


def test_check_says_how_to_ask(zones: Shop) -> None:
    """The check warns that nobody is found by address, and says by what."""
    said = zones.troth("map", "check").out
    assert "no given store holds the tenant that project_id, target_tenant_id, tenant_id name" in said
    assert "-s tenant_id=..." in said
    assert "broken-path" not in said


def test_project_before_its_users(servers: Shop) -> None:
    """A server goes with its project, whoever made it; in another's project only the name of its maker goes."""
    said = _erase(servers, "project_id=team-eeee-1", "user_id=user-ada-1")
    assert "erase, done" in said
    assert servers.rows("instances") == [(3, None, "team-ffff-2", "db", "db1")]
    assert [row[1:3] for row in servers.rows("floating_ips")] == [
        (None, "192.0.2.1"), (None, "192.0.2.2"), (3, "192.0.2.3"),
    ], "an address goes to the next server"  # fmt: skip
    assert [row[0] for row in servers.rows("key_pairs")] == [2]


def test_half_of_the_numbers(servers: Shop) -> None:
    """Where a request names the project alone, what only the user's number finds is said to be left."""
    said = _erase(servers, "project_id=team-eeee-1")
    assert "erase, partly" in said
    assert "elsewhere.user: rows here lead to somebody by the number in `user_id` alone" in said
    assert [row[0] for row in servers.rows("instances")] == [3]
