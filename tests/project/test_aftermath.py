"""After an erasure: the bytes go, with evidence of their own, and a restored backup brings nobody back."""

from __future__ import annotations

import json
from pathlib import Path

from tests.enforcement import scene
from tests.project.permissions import as_user
from tests.project.shop import Shop, make_shop

ERASE = ("request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "test")


def kinds(shop: Shop, kind: str) -> list[tuple[str, str]]:
    """Object and outcome of the entries of one kind."""
    rows = scene.rows(f"sqlite:///{shop.folder / 'state.db'}", "ledger_entry", "seq")
    found = [row[1] for row in rows if f'"kind":"{kind}"' in row[1]]
    return [(one.get("object", ""), one.get("outcome", "")) for one in map(json.loads, found)]


def test_bytes_go_with_evidence_of_their_own(shop: Shop) -> None:
    """`troth purge` makes the bytes of erased rows go once, and the ledger says so apart from the erasure."""
    assert shop.json("purge") == {"stores": []}
    assert shop.json(*ERASE)["state"] == "done"
    assert kinds(shop, "purged") == []
    stores = shop.json("purge")["stores"]
    assert {one["store"] for one in stores} == set(shop.urls)
    assert all(one["failed"] == "" and one["tables"] for one in stores)
    told = kinds(shop, "purged")
    assert {name for name, _ in told} == set(shop.urls)
    assert {word for _, word in told} <= {"done", "partly"}
    assert shop.json("purge") == {"stores": []}
    assert shop.json("verify")["verdict"] == "intact"


def test_round_purges_what_it_can_at_once(shop: Shop) -> None:
    """A round of `keep` purges the stores that do it quickly; a store that builds tables anew waits for `troth purge`."""
    shop.json(*ERASE)
    purged = {one["store"] for one in shop.json("keep")["purged"]}
    quick = {name for name, url in shop.urls.items() if not url.startswith("mysql")}
    assert purged == quick
    assert {one["store"] for one in shop.json("purge")["stores"]} == set(shop.urls) - quick


def test_restored_backup_brings_nobody_back(shop: Shop) -> None:
    """`troth replay` erases again who came back with a backup that was made before, and nobody else."""
    began = "2020-01-01T00:00:00Z"
    shop.json(*ERASE)
    left = shop.everything()
    scene.run(
        shop.urls["shop"],
        "insert into customers values (1, 'ada@example.org', 'Ada Lovelace')",
        "insert into orders values (1, 1, 9, 'leave it at the door')",
    )
    told = shop.json("replay", "--since", began)
    assert [one["outcome"] for one in told["outcomes"]] == ["done"]
    assert shop.everything() == left
    nothing: dict[str, list[str]] = {"outcomes": [], "marked": [], "waiting": [], "corrections": []}
    assert shop.json("replay", "--since", began) == nothing
    assert shop.json("replay", "--since", "2199-01-01T00:00:00Z") == nothing
    assert len(kinds(shop, "restored")) == 3


def test_who_came_back_is_no_backup(shop: Shop) -> None:
    """`troth replay` leaves who is a customer again under another number, and names what nobody can tell from the old one."""
    shop.json(*ERASE)
    scene.run(
        shop.urls["shop"],
        "insert into customers values (7, 'ada@example.org', 'Ada Lovelace')",
        "insert into orders values (9, 7, 5, 'a new contract')",
    )
    left = shop.everything()
    done = shop.troth("replay", "--since", "2020-01-01T00:00:00Z", "--json")
    assert (done.code, [one["outcome"] for one in done.json["outcomes"]]) == (1, ["partly"])
    assert shop.everything() == left
    scene.run(shop.urls[shop.help], "insert into tickets values (11, 'Ada@Example.org', 'it does not work')")
    done = shop.troth("replay", "--since", "2020-01-01T00:00:00Z", "--json")
    assert (done.code, [one["outcome"] for one in done.json["outcomes"]]) == (1, ["partly"])
    after = shop.everything()
    assert {name: rows for name, rows in after.items() if "tickets" not in name} == {
        name: rows for name, rows in left.items() if "tickets" not in name
    }


def test_choices_that_a_backup_lost(little: Shop) -> None:
    """`troth replay` sets marks again and names the corrections that have to be made again; a second time only these."""
    scene.run(little.urls["shop"], "alter table customers add column newsletter integer default 1")
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    assert 'newsletter = "newsletter"' in (little.folder / "map.toml").read_text("utf-8")
    who = ("-s", "email=bob@example.org", "--verified", "session")
    assert little.json("request", "object", "--purpose", "direct-marketing", *who)["state"] == "done"
    number = little.json("request", "rectify", "--set", "name=Bob Hopper", *who)["request"]
    should = little.rows("customers")
    assert [row[3] for row in should] == [1, 0, 1]
    scene.run(little.urls["shop"], "update customers set newsletter = 1, name = 'Bob Hope' where id = 2")
    told = little.troth("replay", "--since", "2020-01-01T00:00:00Z")
    assert told.code == 1
    assert "1 people had made a choice that the backup lost; their marks were set again" in told.out
    assert f"make them again: requests {number}" in told.out
    assert [row[3] for row in little.rows("customers")] == [1, 0, 1]
    assert little.json("replay", "--since", "2020-01-01T00:00:00Z") == {
        "outcomes": [], "marked": [], "waiting": [], "corrections": [number],
    }  # fmt: skip
    assert little.json("replay", "--since", "2199-01-01T00:00:00Z")["corrections"] == []


def test_time_of_the_backup(little: Shop) -> None:
    """A time without a zone is refused, and nothing is done."""
    done = little.troth("replay", "--since", "yesterday")
    assert done.code == 2
    assert "no time with a zone" in done.err


def test_purge_that_is_not_allowed(tmp_path: Path, postgres_url: str) -> None:
    """A table that a server leaves out of its cleaning is never called purged, and stays due."""
    shop = make_shop(tmp_path, {"shop": postgres_url})
    shop.json(*ERASE)
    with as_user(shop, "select, update, delete") as clerk:
        done = clerk.troth("purge", "--json")
        assert done.code == 1
        assert "does not let this user vacuum" in done.json["stores"][0]["failed"]
    assert [one["failed"] for one in shop.json("purge")["stores"]] == [""]
