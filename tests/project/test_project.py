"""A project is made whole or not at all, and says what is wrong with what it is given."""

from __future__ import annotations

import sqlite3
import stat
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from tests.cli.terminal import troth
from tests.enforcement import scene
from tests.project.shop import POLICY, SHOP, Shop
from troth.app.project import open_project
from troth.duties import intake
from troth.duties.intake import Asked
from troth.settings import SETTINGS, load


def made(tmp_path: Path, store: str, policy: str = POLICY) -> tuple[Path, int, str]:
    """A project that is asked for: its folder, the exit code, and what was said."""
    (tmp_path / "policy.troth.md").write_text(policy, "utf-8")
    folder = tmp_path / "deep" / "project"
    done = troth("init", folder, "--policy", tmp_path / "policy.troth.md", "--store", store)
    return folder, done.code, done.err


@pytest.mark.parametrize(
    ("store", "said"),
    [
        ("shop=sqlite:///missing.db", "there is no such file"),
        ("shop=oracle://host/x", "Troth does not read"),
        ("shop=postgresql://127.0.0.1:1/x", "nothing answers there"),
        ("shop=postgresql://u:geheim@127.0.0.1:1/x", "nothing answers there"),
        ("shop=env:NOT_SET_ANYWHERE", "the variable NOT_SET_ANYWHERE is not set"),
        ("shop", "has no address"),
        ("Sh op=sqlite:///x.db", "can not name a store"),
    ],
)
def test_store_that_can_not_be_read(tmp_path: Path, store: str, said: str) -> None:
    """A store that can not be read is named, the password is not, and nothing is left behind."""
    folder, code, err = made(tmp_path, store)
    assert code == 2
    assert said in err
    assert "geheim" not in err
    assert not folder.parent.exists()


def test_policy_that_does_not_check(tmp_path: Path) -> None:
    """A policy with a sentence that nobody has looked at is no policy to carry out."""
    scene.run(f"sqlite:///{tmp_path / 'shop.db'}", *SHOP)
    broken = POLICY.replace("{#s2 erase}", "{?}")
    folder, code, err = made(tmp_path, f"shop=sqlite:///{tmp_path / 'shop.db'}", broken)
    assert code == 2
    assert "the policy does not check" in err
    assert not folder.exists()


@pytest.mark.parametrize(
    ("typed", "meant"),
    [("ge%3Aheim", "ge:heim"), ("s3/cr#heim?x&y=1", "s3/cr#heim?x&y=1"), ("100%heim", "100%heim")],
)
def test_password_goes_into_a_file(typed: str, meant: str, tmp_path: Path, postgres_url: str) -> None:
    """A password in an address ends in a file that only its owner can read, whatever its characters, never in the settings."""
    scene.run(postgres_url, *SHOP)
    url = postgres_url.replace("troth@", f"troth:{typed}@")
    assert url != postgres_url
    folder, code, err = made(tmp_path, f"shop={url}")
    assert (code, err) == (0, "")
    assert "heim" not in (folder / "troth.toml").read_text("utf-8")
    secret = folder / "secrets" / "shop"
    assert secret.read_text("utf-8") == f"{meant}\n"
    assert stat.S_IMODE(secret.stat().st_mode) == 0o600
    assert troth("map", "propose", "--project", folder).code == 0
    secret.chmod(0o644)
    refused = troth("map", "check", "--project", folder)
    assert (refused.code, "others can read the password file" in refused.err) == (2, True)


def test_password_among_the_options(tmp_path: Path, postgres_url: str) -> None:
    """A password behind the `?` of an address, or in the address of the state, is refused, and nothing is made."""
    scene.run(postgres_url, *SHOP)
    folder, code, err = made(tmp_path, f"shop={postgres_url}?user=troth&password=geheim")
    assert (code, "password among its options" in err, "geheim" in err) == (2, True, False)
    assert not folder.exists()
    done = troth(
        "init", folder, "--policy", tmp_path / "policy.troth.md", "--store", f"shop={postgres_url}",
        "--state", postgres_url.replace("troth@", "troth:geheim@"),
    )  # fmt: skip
    assert (done.code, "TROTH_STATE" in done.err, "geheim" in done.err, folder.exists()) == (
        2,
        True,
        False,
        False,
    )


@pytest.mark.parametrize(
    ("language", "letters"), [("zh", 'language = "zh"\n'), ("zh-Hant", 'language = "zh"\n'), ("en", "")]
)
def test_a_chinese_policy_writes_chinese_letters(tmp_path: Path, language: str, letters: str) -> None:
    """The project of a policy that is published in Chinese writes to people in Chinese."""
    scene.run(f"sqlite:///{tmp_path / 'shop.db'}", *SHOP)
    policy = POLICY.replace('language = "en"', f'language = "{language}"')
    folder, code, _ = made(tmp_path, f"shop=sqlite:///{tmp_path / 'shop.db'}", policy)
    assert code == 0
    text = (folder / "troth.toml").read_text("utf-8")
    assert ("language" in text, letters in text) == (bool(letters), True)


def test_made_once(little: Shop, tmp_path: Path) -> None:
    """A project is never made over another one."""
    kept = (little.folder / "troth.toml").read_bytes(), (little.folder / "keys.json").read_bytes()
    done = troth(
        "init",
        little.folder,
        "--policy",
        tmp_path / "policy.troth.md",
        "--store",
        f"shop={little.urls['shop']}",
    )
    assert done.code == 2
    assert ((little.folder / "troth.toml").read_bytes(), (little.folder / "keys.json").read_bytes()) == kept


def test_state_on_a_server(tmp_path: Path, postgres_url: str) -> None:
    """A team keeps the state in PostgreSQL: requests run, and the ledger is checked through a bundle."""
    scene.run(f"sqlite:///{tmp_path / 'shop.db'}", *SHOP)
    (tmp_path / "policy.troth.md").write_text(POLICY, "utf-8")
    folder = tmp_path / "project"
    done = troth(
        "init", folder, "--policy", tmp_path / "policy.troth.md", "--store", f"shop=sqlite:///{tmp_path / 'shop.db'}",
        "--state", postgres_url,
    )  # fmt: skip
    assert (done.code, done.err) == (0, "")
    shop = Shop(folder, {"shop": f"sqlite:///{tmp_path / 'shop.db'}"})
    assert shop.troth("map", "propose").code == 0
    told = shop.json(
        "request", "erase", "-s", "email=ada@example.org", "--verified", "session", "--no-undo", "test"
    )
    assert told["state"] == "done"
    assert shop.json("verify")["verdict"] == "intact"


@pytest.mark.parametrize(
    ("line", "said"),
    [
        ("colour = 1", "`colour` is not a setting"),
        ("undo_hours = -1", "whole number"),
        ('language = "de"', "letters are written in en or zh"),
        ("jurisdictions = 4", "list of names"),
        ('[stores.x]\nurl = "postgresql://u:geheim@h/d"', "holds a password"),
        ('[stores.x]\nurl = "postgresql://h/d?password=geheim"', "holds a password"),
        ('state = "postgresql://u:ge/heim@h/d"', "put the whole address into the variable TROTH_STATE"),
        ('[stores.x]\nurl = "a"\nurl_env = "B"', "needs `url` or `url_env`"),
        ('[mail]\nhost = "h"', "needs `host` and `sender`"),
        ("= 3", "this is not TOML"),
    ],
)
def test_settings_that_are_none(little: Shop, line: str, said: str) -> None:
    """What is no setting is refused with its line."""
    file = little.folder / "troth.toml"
    text = file.read_text("utf-8")
    file.write_text(f"{line}\n{text}" if not line.startswith("[") else f"{text}\n{line}\n", "utf-8")
    done = little.troth("status")
    assert done.code == 2
    assert said in done.err
    assert "geheim" not in done.err
    assert f"{file}:" in done.err


def test_settings_from_the_environment(little: Shop, monkeypatch: pytest.MonkeyPatch) -> None:
    """A variable counts before the file."""
    monkeypatch.setenv("TROTH_UNDO_HOURS", "5")
    assert load(little.folder, {"TROTH_UNDO_HOURS": "5"}).undo_hours == 5
    assert (
        little.json("request", "erase", "-s", "email=ada@example.org", "--verified", "session")["state"]
        == "waiting"
    )


def test_settings_are_described() -> None:
    """The page of the project names every setting with its default."""
    page = (Path(__file__).parents[2] / "docs" / "running.md").read_text("utf-8")
    assert [one.name for one in SETTINGS if f"| `{one.name}` |" not in page] == []


def test_map_check_finds_drift(shop: Shop) -> None:
    """A column that appeared since the review blocks; the check says what to do."""
    assert shop.json("map", "check") == {"findings": []}
    scene.run(shop.urls["shop"], "alter table customers add column phone varchar(40)")
    done = shop.troth("map", "check", "--json")
    assert done.code == 1
    (found,) = done.json["findings"]
    assert (found["class"], found["severity"]) == ("drift", "block")
    assert "phone" in found["message"]


def test_reviewed_map_is_not_replaced(little: Shop) -> None:
    """A map that is there stays unless somebody says so."""
    kept = (little.folder / "map.toml").read_bytes()
    done = little.troth("map", "propose")
    assert done.code == 2
    assert (little.folder / "map.toml").read_bytes() == kept
    assert little.troth("map", "propose", "--force").code == 0


def test_proposal_without_a_project(little: Shop) -> None:
    """Databases can be looked at before there is a project; nothing is written."""
    found = troth("map", "propose", "--store", f"shop={little.urls['shop']}", "--json").json
    assert {"columns", "tables", "questions"} <= found.keys()
    assert ("customers", "email", "contact.email") in {
        (one["table"], one["column"], one["category"]) for one in found["columns"]
    }


def test_plan_is_kept_or_nothing_is_done(little: Shop, tmp_path: Path) -> None:
    """`keep --plan` does exactly the plan; when something changed it says what, and does nothing."""
    days = timedelta(days=5)
    asked = Asked(right="erase", person=scene.by(email="ada@example.org"), method="session")
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) - days) as opened:
        assert intake.receive(opened.desk, asked).state == "waiting"
    plan = tmp_path / "plan.json"
    assert little.troth("plan", "-o", plan).code == 0
    scene.run(little.urls["shop"], "insert into orders values (9, 1, 1, 'late')")
    before = little.everything()
    done = little.troth("keep", "--plan", plan, "--json")
    assert done.code == 1
    assert any("3 rows of shop.orders, planned were 2" in line for line in done.json["changed"])
    assert little.everything() == before
    assert little.troth("plan", "-o", plan).code == 0
    scene.run(
        little.urls["shop"],
        "delete from orders where id = 9",
        "insert into orders values (10, 1, 1, 'another')",
    )
    before = little.everything()
    done = little.troth("keep", "--plan", plan)
    assert done.code == 1
    assert "request 1: delete 3 rows of shop.orders, and they are not those that were planned" in done.out
    assert little.everything() == before
    assert little.troth("plan", "-o", plan).code == 0
    assert all(word not in plan.read_text() for word in ("ada@", "another", '"10"'))
    report = little.json("keep", "--plan", plan)
    assert [one["outcome"] for one in report["done"]] == ["done"]
    assert [row[0] for row in little.rows("customers")] == [2, 3]


def test_plan_that_does_not_say_which_rows(little: Shop, tmp_path: Path) -> None:
    """A plan for programs names numbers of rows only, because nobody asked which they are; as a file to be kept it is refused."""
    days = timedelta(days=5)
    asked = Asked(right="erase", person=scene.by(email="ada@example.org"), method="session")
    with open_project(load(little.folder, {}), clock=lambda: datetime.now(UTC) - days) as opened:
        assert intake.receive(opened.desk, asked).state == "waiting"
    plan = tmp_path / "plan.json"
    plan.write_text(little.troth("plan", "--json").out, "utf-8")
    assert "which" not in plan.read_text("utf-8")
    done = little.troth("keep", "--plan", plan)
    assert (done.code, "troth plan -o FILE" in done.err) == (2, True)
    assert [row[0] for row in little.rows("customers")] == [1, 2, 3]


def test_changed_ledger_is_found(little: Shop) -> None:
    """An entry that was changed behind our back is found by `verify`, which ends with 1."""
    little.json("request", "access", "-s", "email=ada@example.org", "--verified", "session")
    scene.run(
        f"sqlite:///{little.folder / 'state.db'}",
        "update ledger_entry set body = replace(body, 'access', 'erase!') where seq = 1",
    )
    done = little.troth("verify", "--json")
    assert done.code == 1
    assert done.json["verdict"] == "broken"


@pytest.mark.parametrize("table", ["restriction_state", "request_entry", "request_state"])
def test_tables_beside_the_ledger(little: Shop, table: str) -> None:
    """Rows that somebody took out of a table beside the ledger are found by `verify`: a decision would rest on them."""
    who = ("-s", "email=ada@example.org", "--verified", "session")
    assert little.json("request", "object", "--purpose", "direct-marketing", *who)["state"] == "done"
    assert little.json("request", "rectify", "--set", "email=ada@new.example", *who)["state"] == "done"
    assert (
        little.json("request", "restrict", "-s", "email=bob@example.org", "--verified", "session")["state"]
        == "done"
    )
    assert little.json("verify")["tables"] == []
    with sqlite3.connect(little.folder / "state.db") as link:
        link.execute(f"delete from {table} where seq = (select max(seq) from {table})")
    done = little.troth("verify", "--json")
    assert done.code == 1
    assert done.json["tables"]
    assert all(line.startswith(f"{table}: ") for line in done.json["tables"])
