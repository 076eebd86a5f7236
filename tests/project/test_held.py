"""Erasure that must wait: restricted, named to the person, and finished by itself when its hold ends."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.project.shop import POLICY, Shop
from troth.app.project import open_project
from troth.duties.agenda import agenda
from troth.settings import load

HOLDS = POLICY.replace(
    "    must erase all-of-subject within 30 days\n",
    "    must erase all-of-subject within 30 days\n"
    "      hold open-order: order-status in [open, unpaid]\n"
    "      hold dispute: dispute-status is open\n"
    "      while held only use for [order-processing, payment]\n"
    "      then erase within ~24 hours\n",
)


ERASE = ("request", "erase", "--verified", "session", "--no-undo", "a test", "-s")


def say(shop: Shop, *facts: str) -> None:
    """What the house says of every case."""
    with (shop.folder / "troth.toml").open("a", encoding="utf-8") as file:
        file.write("\n[facts]\n" + "\n".join(facts) + "\n")


@pytest.fixture
def waiting(shop: Shop, tmp_path: Path) -> Shop:
    """The shop under a policy with holds; the orders have a state, and Ada's second order is open."""
    assert HOLDS != POLICY
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    say(shop, 'dispute-status = "none"')
    scene.run(
        shop.urls["shop"],
        "alter table orders add column state varchar(20)",
        "update orders set state = 'paid'",
        "update orders set state = 'new' where id = 3",
    )
    assert shop.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    place = shop.folder / "map.toml"
    text = place.read_text("utf-8")
    head, found, rest = text.partition('name = "orders"\n')
    assert found
    fact = 'facts = { order-status = "state: new = open; * = completed" }\n'
    place.write_text(
        head + found + fact + rest if "facts" not in rest.partition("[[table]]")[0] else text, "utf-8"
    )
    return shop


def test_waits_for_the_open_order(waiting: Shop) -> None:
    """What is not held goes at once; the order that is open stays, restricted, until it is paid; then all of it goes."""
    told = waiting.json(
        "request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "a test"
    )
    assert told["state"] == "held"
    assert [row[0] for row in waiting.rows("orders")] == [2, 3]
    assert "Ada@Example.org" not in str(waiting.rows("tickets"))
    shown = waiting.json("request", "show", told["request"])
    assert [hold["name"] for hold in shown["holds"]] == ["open-order"]
    days = timedelta(days=60)
    with open_project(load(waiting.folder, {}), clock=lambda: datetime.now(UTC) + days) as opened:
        assert [one for one in agenda(opened.desk, count=False) if one.request] == []
    assert ["- open order: " in text for subject, text in waiting.letters() if "must be kept" in subject] == [
        True
    ]
    ask = ("decide", "use", "name", "--for", "account-management", "-s", "email=ada@example.org")
    assert waiting.troth(*ask).code == 1
    assert waiting.json("plan")["items"] == []
    scene.run(waiting.urls["shop"], "update orders set state = 'paid' where id = 3")
    (item,) = waiting.json("plan")["items"]
    assert (item["what"], item["why"]) == ("release", "open-order")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["done"]
    assert [row[0] for row in waiting.rows("customers")] == [2, 3]
    assert [row[0] for row in waiting.rows("orders")] == [2]
    assert "is done" in waiting.letters()[-1][0]


def test_holds_on_after_a_correction(waiting: Shop) -> None:
    """What waits for an open order waits on when the address is corrected, and goes when the order is paid."""
    told = waiting.json(*ERASE, "email=ada@example.org")
    assert told["state"] == "held"
    correct = ("request", "rectify", "-s", "email=ada@example.org", "--set", "email=ada@new.example")
    assert waiting.json(*correct, "--verified", "session")["state"] == "done"
    assert waiting.json("keep")["done"] == []
    assert [row[0] for row in waiting.rows("orders")] == [2, 3]
    scene.run(waiting.urls["shop"], "update orders set state = 'paid' where id = 3")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["done"]
    assert [row[0] for row in waiting.rows("customers")] == [2, 3]
    assert [row[0] for row in waiting.rows("orders")] == [2]


def test_nobody_who_waits_is_mailed(little: Shop, tmp_path: Path) -> None:
    """What is held is used for nothing else: the application's switches for mailings are off meanwhile, of nobody else."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    say(little, 'dispute-status = "none"')
    scene.run(
        little.urls["shop"],
        "create table subscribers (id integer not null primary key, email varchar(120) not null, subscribed boolean)",
        "insert into subscribers values (1, 'ada@example.org', true), (2, 'bob@example.org', true)",
    )
    assert little.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    assert (
        "subscribed"
        in (little.folder / "map.toml").read_text("utf-8").partition("marks = ")[2].partition("}")[0]
    )
    told = little.json(*ERASE, "email=ada@example.org", "--fact", "order-status=open")
    assert told["state"] == "held"
    assert little.rows("subscribers") == [(1, "ada@example.org", 0), (2, "bob@example.org", 1)]
    little.json("request", "fact", told["request"], "order-status=completed")
    assert little.json("keep")["done"][0]["outcome"] == "done"
    assert little.rows("subscribers") == [(2, "bob@example.org", 1)]


def test_run_after_a_fact(little: Shop, tmp_path: Path) -> None:
    """What is said of a case is not asked for again; `run` looks at once whether anything still keeps the rows."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    number = little.json(*ERASE, "email=ada@example.org")["request"]
    still = little.troth("request", "run", number)
    assert "nothing is erased until somebody says dispute-status" in still.out
    half = little.troth("request", "fact", number, "dispute-status=none").out
    assert "says dispute-status" not in half
    assert "says order-status" in half
    assert "says order-status" in little.troth("request", "run", number).out
    assert len(little.rows("customers")) == 3
    assert (
        f"`troth request run {number}`"
        in little.troth("request", "fact", number, "order-status=completed").out
    )
    assert "erase, done" in little.troth("request", "run", number).out
    assert [row[0] for row in little.rows("customers")] == [2, 3]


@pytest.mark.parametrize("how", ["cancel", "refuse"])
def test_restriction_ends_with_the_request(waiting: Shop, how: str) -> None:
    """Who takes back an erasure that is held, or has it refused, is not restricted for ever by a hold that nothing would end."""
    told = waiting.json(*ERASE, "email=ada@example.org")
    ask = ("decide", "use", "name", "--for", "account-management", "-s", "email=ada@example.org")
    assert (told["state"], waiting.troth(*ask).code) == ("held", 1)
    assert waiting.troth("request", "refuse", told["request"], "--ground", "claims").code == 2
    assert waiting.troth(*ask).code == 1
    why = ("--ground", "claims", "--why", "a claim") if how == "refuse" else ()
    assert waiting.troth("request", how, told["request"], *why).code == 0
    assert waiting.troth(*ask).code == 0
    assert waiting.json("keep")["done"] == []
    assert [row[0] for row in waiting.rows("customers")] == [1, 2, 3]
    if how == "cancel":
        assert "can not be brought back" in waiting.letters()[-1][1]


def test_waits_for_a_dispute(little: Shop, tmp_path: Path) -> None:
    """A fact of the case that somebody enters holds everything, and lets it go when it is settled."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    told = little.json(
        "request", "erase", "-s", "email=bob@example.org", "--verified", "session", "--no-undo", "a test",
        "--fact", "dispute-status=open", "--fact", "order-status=completed",
    )  # fmt: skip
    assert told["state"] == "held"
    assert len(little.rows("customers")) == 3
    little.json("request", "fact", told["request"], "dispute-status=none")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]
    assert [row[0] for row in little.rows("customers")] == [1, 3]


def test_nobody_can_say(shop: Shop, tmp_path: Path) -> None:
    """A hold that no column can decide is named before, and nothing is erased until somebody says of the case what is so."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    say(shop, 'dispute-status = "none"')
    told = [one["message"] for one in shop.troth("map", "check", "--json").json["findings"]]
    assert any("hold open-order" in one and "order-status" in one for one in told)
    assert not any("hold dispute" in one for one in told)
    assert any("order-status" in one for one in shop.json("plan")["gaps"])
    before = shop.everything()
    done = shop.json(*ERASE, "email=ada@example.org")
    assert done["state"] == "held"
    assert [one["why"] for one in done["outcome"]["reasons"]] == [
        "nothing tells order-status, which the hold open-order needs"
    ]
    assert [one["place"].split(", ")[0] for one in done["outcome"]["reasons"]] == [
        f"{min(shop.urls)}.{'tickets' if 'help' in shop.urls else 'customers'}"
    ]
    assert shop.json("keep")["done"] == []
    assert shop.everything() == before
    assert not any("must be kept" in subject for subject, _ in shop.letters())
    assert any("order-status" in one for one in shop.json("status")["problems"])
    shop.json("request", "fact", done["request"], "order-status=completed")
    assert [one["outcome"] for one in shop.json("keep")["done"]] == ["done"]
    assert [row[0] for row in shop.rows("customers")] == [2, 3]


def test_somebody_says_that_it_is_open(little: Shop, tmp_path: Path) -> None:
    """An order of which somebody says that it is open holds the erasure like one that a row shows."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    say(little, 'dispute-status = "none"')
    done = little.json(*ERASE, "email=ada@example.org")
    little.json("request", "fact", done["request"], "order-status=open")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["held"]
    assert sum("must be kept" in subject for subject, _ in little.letters()) == 1
    assert [row[0] for row in little.rows("customers")] == [1, 2, 3]
    little.json("request", "fact", done["request"], "order-status=completed")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]


def test_the_house_says_it_of_everybody(little: Shop, tmp_path: Path) -> None:
    """What the house says of every case decides a hold, and a plan made beforehand says what would wait."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    told = little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")
    (item,) = [
        one
        for one in little.json("plan", "--at", "2100-01-01T00:00:00Z")["items"]
        if one["what"] == "carry out"
    ]
    assert item["steps"] == []
    assert {one["why"] for one in item["skipped"]} == {
        "nothing tells order-status, which the hold open-order needs",
        "nothing tells dispute-status, which the hold dispute needs",
    }
    say(little, 'dispute-status = "none"', 'order-status = "completed"')
    assert little.json("plan")["gaps"] == []
    assert little.json(*ERASE, "email=bob@example.org")["state"] == "done"
    assert told["state"] == "waiting"
    (little.folder / "troth.toml").write_text(
        (little.folder / "troth.toml").read_text("utf-8").replace("order-status", "order-statu"), "utf-8"
    )
    refused = little.troth("plan")
    assert (refused.code, "order-statu" in refused.err) == (2, True)


def test_restored_while_it_waits(waiting: Shop) -> None:
    """What was erased of somebody whose open order waits comes back with a backup, and `troth replay` erases it again."""
    store = waiting.urls["shop"]
    before = scene.rows(store, "orders"), waiting.rows("tickets")
    assert waiting.json(*ERASE, "email=ada@example.org")["state"] == "held"
    left = waiting.everything()
    scene.run(store, "delete from orders")
    for row in before[0]:
        scene.run(store, f"insert into orders values {tuple(row)!r}".replace("None", "null"))
    scene.run(
        waiting.urls[waiting.help],
        *(
            f"update tickets set email = '{row[1]}', body = '{row[2]}' where id = {row[0]}"
            for row in before[1]
        ),
    )
    assert waiting.everything() != left
    told = waiting.json("replay", "--since", "2020-01-01T00:00:00Z")
    assert [one["outcome"] for one in told["waiting"]] == ["partly"]
    assert waiting.everything() == left
    assert waiting.json("replay", "--since", "2020-01-01T00:00:00Z")["waiting"] == []
    assert [one["state"] for one in waiting.json("requests")["requests"]] == ["held"]
    scene.run(store, "update orders set state = 'paid' where id = 3")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["done"]
    assert [row[0] for row in waiting.rows("customers")] == [2, 3]


def test_a_minimum_is_told_by_its_sentence(shop: Shop, tmp_path: Path) -> None:
    """Who waits for a minimum reads its sentence in the letter, and in Chinese what the data may be used for meanwhile."""
    text = POLICY.replace(
        "You can object",
        "We keep your orders for ten years, as the tax law asks. {#s9 minimum}\nYou can object",
    ).replace(
        "promise access right",
        'promise minimum retain "Tax"\n  must retain order-information for legal-compliance at-least 10 years after'
        " order-completed\n  prove no-rows-past-period\n\npromise access right",
    )
    (tmp_path / "policy.troth.md").write_text(text, "utf-8")
    scene.run(
        shop.urls["shop"],
        "alter table orders add column completed_at varchar(30)",
        "update orders set completed_at = '2025-05-05 00:00:00'",
    )
    assert shop.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    told = shop.json(*ERASE, "email=ada@example.org", "--lang", "zh")
    assert told["state"] == "held"
    (letter,) = [body for _, body in shop.letters() if "目前必须保留" in body]
    assert "“We keep your orders for ten years, as the tax law asks.”" in letter
    assert "minimum-period" not in letter
    assert "仅用于：法律合规" in letter


def test_what_somebody_says_of_a_case_is_a_fact_with_a_value_it_can_have(
    little: Shop, tmp_path: Path
) -> None:
    """A slip in the name or the value is refused, and how long ago an event was is taken."""
    (tmp_path / "policy.troth.md").write_text(HOLDS, "utf-8")
    slip = little.troth(*ERASE, "email=ada@example.org", "--fact", "dispute-status=opened")
    assert (slip.code, "`dispute-status` can not be `opened`" in slip.err) == (2, True)
    assert little.json("requests")["requests"] == []
    done = little.json(*ERASE, "email=ada@example.org")
    for wrong in ("dispute-status=opened", "dispute-statsu=open", "since-order-completed=soon"):
        assert little.troth("request", "fact", done["request"], wrong).code == 2
    assert little.troth("request", "fact", done["request"], "since-order-completed=40").code == 0
    little.json("request", "fact", done["request"], "dispute-status=none", "order-status=completed")
    assert [one["outcome"] for one in little.json("keep")["done"]] == ["done"]


@pytest.mark.parametrize(
    ("name", "language", "told"),
    [
        ("open-order", "zh", "- 订单状态为未完成或未付款："),
        ("未结订单", "zh", "- 未结订单："),
        ("未结订单", "en", "- order state is open or unpaid: "),
    ],
)
def test_a_hold_is_told_in_the_language_of_the_letter(
    waiting: Shop, name: str, language: str, told: str
) -> None:
    """A name that is written in the letter's language stands in it; otherwise the case does, in that language."""
    place = waiting.folder / "policy.troth.md"
    place = place if place.exists() else waiting.folder.parent / "policy.troth.md"
    place.write_text(place.read_text("utf-8").replace("hold open-order:", f"hold {name}:"), "utf-8")
    waiting.json(*ERASE, "email=ada@example.org", "--lang", language)
    assert any(told in text for _, text in waiting.letters())


def test_held_and_bound(waiting: Shop) -> None:
    """Beside what a hold keeps, rows of two people that can not be parted are named and tried again, not left until it ends."""
    scene.run(
        waiting.urls["shop"],
        "create table deals (id integer not null primary key, seller_id integer not null references customers(id),"
        " buyer_id integer not null references customers(id))",
        "insert into deals values (1, 1, 2)",
    )
    kept = (waiting.folder / "map.toml").read_text("utf-8")
    fact = next(line for line in kept.splitlines() if line.startswith("facts"))
    assert waiting.troth("map", "propose", "--person", "shop.customers", "--force").code == 0
    text = (waiting.folder / "map.toml").read_text("utf-8")
    (waiting.folder / "map.toml").write_text(
        text.replace('name = "orders"\n', f'name = "orders"\n{fact}\n'), "utf-8"
    )
    told = waiting.json(*ERASE, "email=ada@example.org")
    assert told["state"] == "partly"
    assert "shop.deals" in str(told["outcome"]["reasons"])
    scene.run(waiting.urls["shop"], "delete from deals")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["held"]
    scene.run(waiting.urls["shop"], "update orders set state = 'paid' where id = 3")
    assert [one["outcome"] for one in waiting.json("keep")["done"]] == ["done"]
    assert "ada" not in str(waiting.everything()).lower()


@pytest.mark.parametrize("language", ["en", "zh"])
def test_held_and_not_done_besides(waiting: Shop, language: str) -> None:
    """Where something else is left too, the person is told all the same what is kept, why, and that it is restricted."""
    scene.run(
        waiting.urls["shop"],
        "create table pages (id integer not null primary key, slug varchar(80))",
        "insert into pages values (1, 'see ada@example.org')",
    )
    assert waiting.json(*ERASE, "email=ada@example.org", "--lang", language)["state"] == "partly"
    _, text = waiting.letters()[-1]
    name, restricted = {
        "en": ("- open order: ", "We have restricted this data"),
        "zh": ("- ", "我们已限制对这些数据的使用"),
    }[language]
    assert name in text
    assert restricted in text
    assert language == "en" or "订单" in text
