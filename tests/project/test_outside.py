"""The commands of sharing, demands, incidents and versions, in a project over the sample provider."""

from __future__ import annotations

import shutil
import sqlite3
import tomllib
from datetime import UTC, datetime
from pathlib import Path

import pytest

from samples.hkcloud.provider.build import build
from samples.hkcloud.provider.generate import Wish
from tests.cli.terminal import troth
from tests.project.shop import Shop
from troth.app.project import open_project
from troth.duties.deeds import event
from troth.duties.signins import RAISED
from troth.settings import load

SAMPLE = Path("samples/hkcloud")


@pytest.fixture(scope="module")
def cloud(tmp_path_factory: pytest.TempPathFactory) -> Shop:
    """A project over a small sample provider, with its registers."""
    folder = tmp_path_factory.mktemp("cloud")
    urls = {name: f"sqlite:///{folder / name}.db" for name in ("accounts", "operations")}
    build(urls, Wish(25, faulty=False))
    made = Shop(folder / "project", urls)
    stores = [f"--store={name}={url}" for name, url in urls.items()]
    done = troth("init", made.folder, "--policy", SAMPLE / "policy.troth.md", *stores)
    assert done.code == 0, done.err
    shutil.copy(SAMPLE / "map.toml", made.folder / "map.toml")
    shutil.copytree(SAMPLE / "registers", made.folder / "registers", dirs_exist_ok=True)
    return made


def somebody(cloud: Shop) -> str:
    """The address of a customer with a card."""
    with sqlite3.connect(cloud.urls["accounts"].removeprefix("sqlite:///")) as link:
        link.execute("attach database ? as o", (cloud.urls["operations"].removeprefix("sqlite:///"),))
        sql = (
            "select email from customers join o.billing_accounts b on b.customer_id = customers.id"
            " join o.payment_methods p on p.account_id = b.id"
        )
        return str(link.execute(sql).fetchone()[0])


def test_share(cloud: Shop) -> None:
    """The register is listed, rows are taken up once, a necessary field leaves and another is refused."""
    assert {one["agreement"] for one in cloud.json("share", "list")} == {"in-force"}
    assert cloud.json("share", "take-up")["entries"] > 0
    assert cloud.json("share", "take-up")["entries"] == 0
    words = ("share", "give", "jade-payments", "-s", f"email={somebody(cloud)}", "--purpose", "payment", "-o")
    target = cloud.folder / "out.jsonl"
    assert cloud.json(*words, target, "--field", "payment-card-expiry")["persons"] == 1
    assert "operations.payment_methods" in target.read_text("utf-8")
    refused = cloud.troth(*words, cloud.folder / "more.csv", "--field", "name")
    assert refused.code == 2
    assert "name is not necessary" in refused.err
    assert cloud.json("share", "tell") == {"sent": 0, "before": 0, "failed": 0, "no_address": 0}


def test_given_to_who_has_a_fault(cloud: Shop, tmp_path: Path) -> None:
    """What is wrong with a recipient to whom the policy lets data leave is said, and the command does not end well."""
    file = cloud.folder / "registers" / "recipients.toml"
    before = file.read_text("utf-8")
    signed = next(line for line in before.splitlines() if line.startswith("digest = "))
    words = ("share", "give", "jade-payments", "-s", f"email={somebody(cloud)}", "--purpose", "payment", "-o")
    file.write_text(before.replace(signed, "", 1), "utf-8")
    try:
        given = cloud.troth(*words, tmp_path / "out.jsonl", "--field", "payment-card-expiry")
    finally:
        file.write_text(before, "utf-8")
    assert (given.code, "no digest of the signed paper" in given.out) == (1, True), given.out + given.err


def test_legal(cloud: Shop) -> None:
    """A demand is registered, reviewed, approved, answered and told."""
    known = (
        "--document",
        "court-order",
        "--authority",
        "District Court",
        "--scope",
        "email-address",
        "--ground",
        "PDPO s.58",
    )
    assert cloud.json("legal", "register", "LR-1", *known)["review"] == "pending"
    assert cloud.json("legal", "review", "LR-1")["review"] == "valid-and-enforceable"
    assert cloud.json("legal", "approve", "LR-1", "--as", "data-protection-officer")["approvals"] == 1
    words = ("legal", "answer", "LR-1", "-s", f"email={somebody(cloud)}", "-o", cloud.folder / "lr.jsonl")
    assert cloud.json(*words, "--bar", "legal-prohibition")["outcome"] == "done"
    assert cloud.json("legal", "tell") == {"sent": 0, "left": 0}
    assert len(cloud.json("legal", "unbar", "LR-1")["entries"]) == 1
    assert cloud.json("legal", "tell") == {"sent": 1, "left": 0}
    assert len(cloud.json("legal", "list")) == 1
    assert any("disclosed data of yours" in subject or "披露" in subject for subject, _ in cloud.letters())


def test_transfer(cloud: Shop, tmp_path: Path) -> None:
    """With an undertaking the fields in scope go over; without one nobody goes who did not consent; bad input changes nothing."""
    paper = tmp_path / "undertaking.txt"
    paper.write_text("we keep the policy", "utf-8")
    sale = ("--successor", "Newhost Ltd", "--on", "2990-01-31", "--scope", "email-address", "--kind", "sale")
    assert len(cloud.json("transfer", "begin", "T-1", *sale, "--undertaking", paper)["undertaking"]) == 64
    assert cloud.json("transfer", "begin", "T-2", *sale)["undertaking"] == ""
    again = cloud.troth("transfer", "begin", "T-1", *sale)
    assert (again.code, "there is a transfer T-1 already" in again.err) == (2, True)
    wrong = cloud.troth("transfer", "begin", "T-3", *sale[:2], "--on", "soon", *sale[4:])
    assert (wrong.code, "--on is no day" in wrong.err) == (2, True)
    who, goes, stays = somebody(cloud), tmp_path / "all.jsonl", tmp_path / "none.jsonl"
    moved = cloud.json("transfer", "move", "T-1", "-s", f"email={who}", "-o", goes)
    assert (moved["outcome"], moved["persons"]) == ("done", 1)
    assert who in goes.read_text("utf-8")
    none = cloud.troth("transfer", "move", "T-2", "-s", f"email={who}", "-o", stays, "--told")
    assert (none.code, "refused" in none.out) == (1, True)
    assert not stays.exists() or who not in stays.read_text("utf-8")
    one, two = cloud.json("transfer", "list")["transfers"]
    assert (one["case"], one["successor"], one["on"], one["persons"]) == (
        "T-1",
        "Newhost Ltd",
        "2990-01-31",
        1,
    )
    assert (one["rows"] > 0, len(one["undertaking"]), one["manifests"]) == (True, 64, 1)
    assert (two["case"], two["persons"], two["manifests"]) == ("T-2", 0, 1)
    assert "nothing yet" in cloud.troth("transfer", "list").out


def test_what_goes_abroad_is_listed(cloud: Shop) -> None:
    """What left for recipients of other countries is listed by country with its safeguard, and what stays at home is not."""
    cloud.troth("share", "take-up")
    listed = cloud.json("transfer", "list")["abroad"]
    register = tomllib.loads((cloud.folder / "registers" / "recipients.toml").read_text("utf-8"))
    home = {one["name"] for one in register["recipient"] if one["country"] == "HK"}
    assert {one["country"] for one in listed} <= {one["country"] for one in register["recipient"]} - {"HK"}
    assert listed
    assert not home.intersection(one["recipient"] for one in listed)
    assert all(one["persons"] and one["last"] for one in listed)


def test_alerts_of_sign_ins(cloud: Shop) -> None:
    """Alerts are listed with why they were raised, and a person's decision takes one off the list, once."""
    with open_project(load(cloud.folder, {})) as opened:
        why = {"kind": "new origin", "score": 60, "reasons": ["new device and network"], "row": "ab" * 16}
        raised = event(
            RAISED, at=datetime.now(UTC), actor="troth", facts={"login-abnormal": True}, detail=why
        )
        opened.project.ledger.append([raised])
    found = cloud.json("signins", "list")
    assert found
    number = found[0]["alert"]
    assert found[0]["reasons"]
    assert str(number) in cloud.troth("signins", "list").out
    assert "no decision" in cloud.troth("signins", "decide", str(number), "--decision", "fine").err
    words = ("signins", "decide", str(number), "--decision", "harmless", "--as", "security")
    assert cloud.json(*words)["entries"]
    assert "was handled before" in cloud.troth(*words).err
    assert number not in [one["alert"] for one in cloud.json("signins", "list")]
    done = {one["alert"]: one["decision"] for one in cloud.json("signins", "list", "--all")}
    assert done[number] == "harmless"


def test_close(cloud: Shop) -> None:
    """An account that nothing holds is closed in the store at once; one with an open order waits, and is told so."""
    store = cloud.urls["accounts"].removeprefix("sqlite:///")
    sql = "select email from customers where closed_at is null and email is not null and order_state = 'none' limit 2"
    with sqlite3.connect(store) as link:
        busy, free = (str(one) for (one,) in link.execute(sql).fetchall())
        link.execute("update customers set order_state = 'open' where email = ?", (busy,))
    waits = cloud.json("close", "-s", f"email={busy}", "--case", "C-1")
    assert (waits["waits_for"], waits["outcome"]) == (["open-order"], None)
    done = cloud.json("close", "-s", f"email={free}", "--case", "C-2", "--channel", "email")
    assert done["outcome"]["outcome"] == "done"
    closed = "select email from customers where closed_at is not null and email in (?, ?)"
    with sqlite3.connect(store) as link:
        assert link.execute(closed, (busy, free)).fetchall() == [(free,)]


def test_incident(cloud: Shop) -> None:
    """An incident goes its whole course, and every person concerned has a letter."""
    begun = ("--from", "2026-01-01T00:00:00Z", "--what", "a mailbox was read", "--table", "accounts.tickets")
    assert cloud.json("incident", "open", "INC-1", *begun)["clocks"]
    persons = cloud.json("incident", "scope", "INC-1")["persons"]
    assert persons > 0
    assert cloud.json("incident", "confirm", "INC-1")["entries"]
    assert cloud.json("incident", "remedy", "INC-1", "--what", "passwords were reset")["entries"]
    assert "INC-1" in cloud.troth("incident", "draft", "INC-1", "--region", "hk").out
    assert cloud.json("incident", "told", "INC-1", "--region", "hk")["entries"]
    assert cloud.json("incident", "tell", "INC-1")["sent"] == persons
    assert cloud.json("incident", "tell", "INC-1")["before"] == persons
    assert cloud.json("incident", "exercise", "--table", "accounts.tickets")["letters"] == 2
    assert cloud.json("incident", "list")[0]["persons"] == persons


def test_notices(cloud: Shop, tmp_path: Path) -> None:
    """A version is announced, told, found on its pages, kept back until its day, and a letter that came back is noted."""
    text = (
        (SAMPLE / "policy.troth.md")
        .read_text("utf-8")
        .replace('version = "2025-05-14"', 'version = "2099-01-01"')
    )
    new = tmp_path / "new.troth.md"
    new.write_text(text, "utf-8")
    day = ("--effective", "2099-01-01", "--reason", "law")
    assert cloud.json("notices", "announce", new, *day)["version"] == "2099-01-01"
    sent = cloud.json("notices", "tell", new, "--change", "nothing but the date")["sent"]
    assert sent > 0
    (cloud.folder / "registers" / "pages.toml").unlink(missing_ok=True)
    assert cloud.troth("notices", "published", new).code == 1
    page = troth("policy", "publish", new).out
    (cloud.folder / "page.txt").write_text(page, "utf-8")
    pages = "".join(
        f'[[page]]\nplace = "{one}"\nat = "page.txt"\n'
        for one in ("policy-page", "homepage", "account-settings")
    )
    (cloud.folder / "registers" / "pages.toml").write_text(pages, "utf-8")
    assert {len(one["missing"]) for one in cloud.json("notices", "published", new)} == {0}
    assert "comes into force on 2099-01-01" in cloud.troth("notices", "gate", new).err
    letter = next((cloud.folder / "outbox").glob("troth-policy-version-*.eml")).stem
    assert cloud.json("notices", "bounced", letter, "--why", "5.1.1")["entry"] > 0
    assert cloud.json("notices", "tell", new) == {"sent": 1, "before": sent - 1, "failed": 0, "no_address": 0}
    assert [one["version"] for one in cloud.json("notices", "list")] == ["2099-01-01"]


def test_version_before_its_day(little: Shop, tmp_path: Path) -> None:
    """A version that was announced for a later day does not hold before it, however it is put in the place of the old one."""
    settings = little.folder / "troth.toml"
    old = little.folder / tomllib.loads(settings.read_text("utf-8"))["policy"]
    text = old.read_text("utf-8")
    said = next(line for line in text.splitlines() if line.startswith("version = "))
    new = tmp_path / "new.troth.md"
    new.write_text(
        text.replace(said, 'version = "2998-01-01"').replace("within ~24 hours", "within ~48 hours"), "utf-8"
    )
    little.json("notices", "announce", new, "--effective", "2998-01-01", "--reason", "law")
    old.write_text(new.read_text("utf-8"), "utf-8")
    for words in (("plan",), ("keep",), ("status",), ("decide", "use", "name", "--for", "support")):
        refused = little.troth(*words)
        assert (refused.code, "announced for 2998-01-01" in refused.err) == (2, True), (words, refused.err)
    old.write_text(text, "utf-8")
    assert little.troth("keep").code == 0
