"""Accounts that are several rows: each row an attribute of a login, as access servers keep them."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.cli.terminal import troth
from tests.enforcement import scene
from tests.enforcement.scene import table
from tests.project.shop import POLICY, Shop

LOGINS = (
    (
        "create table checks (id integer not null primary key, login varchar(40), mail varchar(60), what varchar(20),"
        " content varchar(40))"
    ),
    (
        "insert into checks values (1, 'ada', 'ada@example.org', 'password', 'x1'),"
        " (2, 'ADA', 'ada@example.org', 'station', 'x2'),"
        " (3, 'bob', 'bob@example.org', 'password', 'x3'), (4, 'bob2', 'bob@example.org', 'password', 'x4')"
    ),
    "create table sessions (id integer not null primary key, login varchar(40), minutes integer)",
    "insert into sessions values (1, 'ada', 5), (2, 'Ada', 6), (3, 'bob', 7)",
)
MAP = (
    table(
        "net.checks", "subject", login="ident.username", mail="contact.email", content="service//eav"
    )
    + table("net.sessions", "owned", paths=["sessions.login ~> checks.login"], login="ident.username")
)  # fmt: skip


@pytest.fixture
def net(tmp_path: Path) -> Shop:
    """A project over logins of an access server."""
    urls = {"net": f"sqlite:///{tmp_path / 'net.db'}"}
    scene.run(urls["net"], *LOGINS)
    (tmp_path / "policy.troth.md").write_text(POLICY, "utf-8")
    made = Shop(tmp_path / "project", urls)
    store = f"--store=net={urls['net']}"
    assert troth("init", made.folder, "--policy", tmp_path / "policy.troth.md", store).code == 0
    harmless = 'harmless = ["id", "what", "minutes"]\n[table.columns]'
    (made.folder / "map.toml").write_text("version = 1\n" + MAP.replace("[table.columns]", harmless), "utf-8")
    return made


def rows(net: Shop, name: str) -> list[tuple[object, ...]]:
    """All rows of a table."""
    return scene.rows(net.urls["net"], name)


def test_rows_of_one_login_are_one_account(net: Shop) -> None:
    """Attributes of one login are one account; two logins of one address are two."""
    told = net.json("request", "access", "-s", "login=ADA", "--verified", "session")
    assert told["state"] == "done"
    assert told["outcome"]["counts"]["net.checks"] == {"collected": 2, "shared": 0}
    refused = net.troth("request", "access", "-s", "email=bob@example.org", "--verified", "session")
    assert (refused.code, "2 accounts" in refused.err) == (2, True)


@pytest.mark.parametrize("every", [(), ("--all-accounts",)])
def test_login_of_several_rows_corrected(net: Shop, every: tuple[str, ...]) -> None:
    """A correction of what names an account of several rows reaches all of them, and ends; the request goes by the new name."""
    told = net.json(
        "request", "rectify", "-s", "login=ada", "--set", "login=ada.new", "--verified", "session", *every
    )
    assert told["state"] == "done"
    assert [row[1] for row in rows(net, "checks")] == ["ada.new", "ada.new", "bob", "bob2"]
    assert [row[1] for row in rows(net, "sessions")] == ["ada.new", "ada.new", "bob"]
    erase = ("request", "erase", "-s", "login=ada.new", "--verified", "session", "--no-undo", "a test")
    assert net.json(*erase)["state"] == "done"
    assert [row[0] for row in rows(net, "checks")] == [3, 4]


def test_address_of_all_accounts_corrected(net: Shop) -> None:
    """A correction of the address that names several accounts ends, and the new address is told."""
    told = net.json(
        "request", "rectify", "-s", "email=bob@example.org", "--set", "email=new@example.org",
        "--verified", "session", "--all-accounts",
    )  # fmt: skip
    assert told["state"] == "done"
    assert [row[2] for row in rows(net, "checks")][2:] == ["new@example.org"] * 2
    (letter,) = (net.folder / "outbox").glob(f"troth-{told['request']}-*-done.eml")
    assert "To: new@example.org" in letter.read_text("utf-8")


def test_erasure_of_several_rows_that_waits(net: Shop) -> None:
    """An erasure that waits is about all rows of the login, also those that came since."""
    told = net.json("request", "erase", "-s", "login=ada", "--verified", "session")
    assert told["state"] == "waiting"
    scene.run(net.urls["net"], "insert into checks values (9, 'ada', 'ada@example.org', 'address', 'x9')")
    later = net.json("plan", "--at", "2100-01-01T00:00:00Z")["items"]
    steps = next(one for one in later if one["what"] == "carry out")["steps"]
    assert ("net.checks", "delete", 3) in {(one["place"], one["action"], one["rows"]) for one in steps}
