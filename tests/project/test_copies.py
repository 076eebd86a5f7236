"""What a copy holds when a table could not be read at first, when rows went in between, and when a column is new."""

from __future__ import annotations

import json
import zipfile
from datetime import UTC, datetime, timedelta
from functools import partial
from pathlib import Path

from tests.enforcement import scene
from tests.project.shop import Shop
from troth.app.project import open_project
from troth.app.rounds import keep_once
from troth.settings import load

ASK = ("request", "access", "-s", "email=ada@example.org", "--verified", "session")


def sources(path: Path | str) -> dict[str, int]:
    """How many rows of which table a copy holds."""
    with zipfile.ZipFile(path) as bundle:
        return {one["source"]: one["rows"] for one in json.loads(bundle.read("index.json"))["files"]}


def forget_key(shop: Shop, table: str) -> str:
    """Take the key of a table out of the map, so that it can not be handled; gives the map as it was."""
    place = shop.folder / "map.toml"
    text = place.read_text("utf-8")
    head, name, rest = text.partition(f'name = "{table}"\n')
    place.write_text(head + name + rest.replace('key = ["id"]', "key = []", 1), "utf-8")
    return text


def test_rows_that_went_in_between(shop: Shop) -> None:
    """A copy that was made in part is not replaced by one that holds less: both are there, and it is said."""
    text = forget_key(shop, "tickets")
    told = shop.troth(*ASK, "--json").json
    assert told["state"] == "partly"
    first = sources(told["bundle"])
    assert first["shop.orders"] == 2
    scene.run(shop.urls["shop"], "delete from orders where customer_id = 1")
    (shop.folder / "map.toml").write_text(text, "utf-8")
    assert [one["outcome"] for one in shop.json("keep")["done"]] == ["done"]
    folder = shop.folder / "answers"
    (earlier,) = folder.glob("*-earlier-1.zip")
    assert sources(earlier) == first
    assert "shop.orders" not in sources(told["bundle"])
    assert sources(told["bundle"])[f"{shop.help}.tickets"] == 1
    assert "an earlier copy holds rows" in str(shop.json("request", "show", told["request"])["story"])


def test_a_whole_copy_stands_alone(little: Shop) -> None:
    """A copy that holds all of the earlier one takes its place."""
    text = forget_key(little, "tickets")
    assert little.troth(*ASK).code == 1
    (item,) = little.json("plan")["items"]
    assert "shop.tickets: nothing names a row" in item["skipped"][0]["why"]
    (little.folder / "map.toml").write_text(text, "utf-8")
    assert little.troth("keep").code == 0
    assert [path.name for path in (little.folder / "answers").iterdir()] == ["request-1.zip"]


def test_everything_went_in_between(little: Shop) -> None:
    """A person whose rows are all gone by now got a copy of them, so the request does not end as nothing found."""
    text = forget_key(little, "tickets")
    assert little.troth(*ASK).code == 1
    scene.run(
        little.urls["shop"],
        "delete from orders where customer_id = 1",
        "delete from customers where id = 1",
        "delete from tickets where id = 1",
    )
    (little.folder / "map.toml").write_text(text, "utf-8")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]
    assert [path.name for path in (little.folder / "answers").iterdir()] == ["request-1-earlier-1.zip"]


def test_a_new_column(shop: Shop) -> None:
    """A column that nobody has looked at is not given out: it is withheld, named, and given once the map knows it."""
    scene.run(
        shop.urls["shop"],
        "alter table customers add column api_token varchar(40)",
        "update customers set api_token = 'tok-ada-77'",
    )
    nobody = shop.json("request", "access", "-s", "email=nobody@example.org", "--verified", "session")
    assert nobody["state"] == "nothing found"
    told = shop.troth(*ASK, "--json").json
    assert told["state"] == "partly"
    (reason,) = told["outcome"]["reasons"]
    assert (reason["place"], "does not know this column" in reason["why"]) == (
        "shop.customers.api_token",
        True,
    )
    with zipfile.ZipFile(told["bundle"]) as bundle:
        text = b"".join(bundle.read(name) for name in bundle.namelist()).decode(errors="replace")
    assert "Ada Lovelace" in text
    assert "tok-ada-77" not in text
    place = shop.folder / "map.toml"
    head, name, rest = place.read_text("utf-8").partition('name = "customers"\n')
    place.write_text(
        head
        + name
        + rest.replace("[table.columns]", '[table.columns]\napi_token = { category = "secret" }', 1),
        "utf-8",
    )
    assert [one["outcome"] for one in shop.json("keep")["done"]] == ["done"]


def _at(moment: datetime) -> datetime:
    return moment


def test_copy_that_lay_long_enough(little: Shop) -> None:
    """A copy goes 30 days after the answer, with an entry, so that nothing of somebody erased lies about; others stay."""
    old = little.json(*ASK)
    (little.folder / "answers" / "request-of-mine.zip").write_bytes(b"")
    for days, there in ((29, True), (31, False), (32, False)):
        later = datetime.now(UTC) + timedelta(days=days)
        with open_project(load(little.folder, {}), clock=partial(_at, later)) as opened:
            done = [
                word for title, word, _ in keep_once(opened, "a test").done if title.startswith("discard")
            ]
            found = list(opened.project.ledger.read(0))
        assert (Path(old["bundle"]).exists(), done) == (there, ["done"] if days == 31 else [])
    assert [one.counts for one in found if one.action == "discard"] == [{"copies": 1}]
    assert [path.name for path in (little.folder / "answers").iterdir()] == ["request-of-mine.zip"]
    assert little.json("request", "show", old["request"])["state"] == "done"
