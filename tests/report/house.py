"""A small house whose promises can be kept and broken by hand: passwords, orders with a period, a ledger, an attestation."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tests.cli.terminal import Outcome, troth
from tests.enforcement.scene import table

HASH = "$argon2id$v=19$m=65536,t=3,p=4$c2FsdHNhbHRzYWx0$" + "YWJj" * 10 + "YWI"
POLICY = """+++
provider = "Little Host"
version = "1"
language = "en"
jurisdictions = ["hk"]
controller = "Little Host Ltd, 1 Example Road"
+++

Welcome to Little Host! {#w i:greeting}
Your password is stored so that nobody can read it. {#pw passwords}
We delete an order 36 months after it is completed. {#old orders}
What we do is written into a ledger that nobody can change. {#log ledger}
Our staff are told to keep silent. {#staff silence}
Payments go to our payment institution. {#pay payment}

```troth
promise passwords protect "Passwords are hashed"
  must protect password with strong-hash
  prove password-hash-scan

promise orders retain "Orders go after 36 months"
  may store order-information until 36 months after order-completed
  may use order-information for after-sales on contract
  must erase order-information 36 months after order-completed
    record time, result
  prove no-rows-past-period

promise ledger protect "The ledger is whole"
  must keep disclosure-ledger with append-only-ledger
  prove ledger-complete

promise silence protect "Staff keep silent"
  must train staff about security-policy every ~12 months
    record time, reviewer
  prove attestation

promise payment share "Payment institution"
  may share order-information to payment-processor for payment on contract
  prove sharing-ledger
```
"""
TABLES = (
    "create table people (id integer not null primary key, email text not null unique, password_hash text)",
    (
        "create table orders (id integer not null primary key, person_id integer not null references people(id),"
        " total integer, completed_at text)"
    ),
    f"insert into people values (1, 'ada@example.org', '{HASH}'), (2, 'bob@example.org', '{HASH}')",
    "insert into orders values (1, 1, 9, '2026-02-01 10:00:00'), (2, 2, 3, null)",
)
MAP = (
    "version = 1\n"
    + table("shop.people", "subject", id="ident.id/keep", email="contact.email/token", password_hash="secret")
    + table("shop.orders", "owned", paths=("orders.person_id -> people.id",), total="order")
)


@dataclass(frozen=True)
class House:
    """A project over one SQLite file.

    Attributes:
        folder: of the project; `shop`: the file.
    """

    folder: Path
    shop: Path

    def report(self, *words: str | Path) -> Outcome:
        """Run `troth report` in the project."""
        return troth("report", *words, "--project", self.folder)

    def statuses(self) -> dict[str, str]:
        """The status of every sentence, from a run of its own."""
        found: Any = self.report("--json").json
        return {one["id"]: one["status"] for one in found["sentences"]}

    def sentence(self, name: str) -> Any:
        """What the report says of one sentence."""
        return next(one for one in self.report("--json").json["sentences"] if one["id"] == name)

    def run(self, *statements: str, file: Path | None = None) -> None:
        """Change the store, or another file, by hand."""
        link = sqlite3.connect(file or self.shop)
        for one in statements:
            link.execute(one)
        link.commit()
        link.close()


def make_house(folder: Path) -> House:
    """The tables, the policy, the project and its map."""
    made = House(folder / "project", folder / "shop.db")
    made.run(*TABLES)
    (folder / "policy.troth.md").write_text(POLICY, "utf-8")
    done = troth(
        "init", made.folder, "--policy", folder / "policy.troth.md", f"--store=shop=sqlite:///{made.shop}"
    )
    assert done.code == 0, done.err
    text = MAP.replace('category = "secret"', 'category = "secret", form = "hash", terms = ["password"]')
    text = text.replace('category = "order"', 'category = "order", terms = ["order-information"]')
    text = text.replace(
        'name = "orders"\n', 'name = "orders"\nevents = { order-completed = "completed_at" }\n'
    )
    (made.folder / "map.toml").write_text(text, "utf-8")
    return made
