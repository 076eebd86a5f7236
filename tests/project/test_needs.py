"""What of a request waits for a person is said at a glance, and what passes by itself is not."""

from __future__ import annotations

import contextlib
import sqlite3

from tests.enforcement import scene
from tests.project.shop import Shop

ERASE = ("request", "erase", "--verified", "session", "-s", "email=ada@example.org", "--no-undo", "a test")


def test_erasure_that_somebody_must_look_at(little: Shop) -> None:
    """A rest that no further try can erase is named by `status`, `requests` and `request show`, until it is gone."""
    scene.run(
        little.urls["shop"],
        "create table pages (id integer not null primary key, slug varchar(80))",
        "insert into pages values (1, 'see ada@example.org')",
    )
    assert little.json(*ERASE)["state"] == "partly"
    ((need,), (card,)) = (
        little.troth("status", "--json").json["problems"],
        little.json("requests")["requests"],
    )
    assert need.startswith(
        "request 1 (erase) is carried out in part and waits for somebody to look: shop.pages.slug: "
    )
    assert card["needs"] == little.json("request", "show", "1")["needs"] == [need]
    assert little.troth("status", "--json").json["needing"] == 1
    for told in (little.troth("requests"), little.troth("status"), little.troth("request", "show", "1")):
        assert "waits for somebody to look" in " ".join(told.out.split())
    assert "1 open (1 waiting for a person)" in little.troth("status").out
    assert "ada@example" not in need
    scene.run(little.urls["shop"], "delete from pages")
    little.troth("keep")
    assert little.troth("status", "--json").json["problems"] == []
    assert little.json("requests", "--all")["requests"][0]["needs"] == []


def test_store_that_is_away(little: Shop) -> None:
    """An objection whose mark follows once a store can be reached again needs nobody."""
    data = little.folder.parent / "shop.db"
    away = data.rename(data.with_suffix(".away"))
    asked = (
        "request",
        "object",
        "-s",
        "email=ada@example.org",
        "--purpose",
        "direct-marketing",
        "--verified",
        "session",
    )
    assert little.troth(*asked, "--json").json["state"] == "partly"
    assert little.json("requests")["requests"][0]["needs"] == []
    away.rename(data)


def test_plan_of_the_rest(little: Shop) -> None:
    """The plan of an erasure that was carried out in part has only what is left, and a round counts nothing twice."""
    scene.run(
        little.urls["shop"],
        "create table cases (id integer not null primary key, customer_id integer not null, title varchar(40),"
        " foreign key (customer_id) references customers (id))",
        "insert into cases values (1, 1, 'a'), (2, 1, 'b'), (3, 2, 'c')",
    )
    entry = (
        '[[table]]\nstore = "shop"\nname = "cases"\nrole = "shared"\nkey = ["id"]\nharmless = ["id", "customer_id"]\n'
        'paths = ["cases.customer_id -> customers.id"]\n'
        '[table.columns]\ntitle = { category = "message", mask = "null" }\n'
    )
    place = little.folder / "map.toml"
    place.write_text(place.read_text("utf-8") + "\n" + entry, "utf-8")
    with contextlib.closing(sqlite3.connect(little.folder.parent / "shop.db")) as link:
        link.execute("create trigger stay before delete on orders begin select raise(abort, 'no'); end")
    first = little.json(*ERASE)
    assert first["state"] == "partly"
    assert first["outcome"]["counts"]["shop.cases"] == {"masked": 2}
    (left,) = little.json("plan")["items"]
    assert [one for one in left["steps"] if one["place"] == "shop.cases"] == []
    scene.run(little.urls["shop"], "insert into cases values (4, 1, 'd')")
    (left,) = little.json("plan")["items"]
    assert [one["rows"] for one in left["steps"] if one["place"] == "shop.cases"] == [1]
