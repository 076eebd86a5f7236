"""A small shop: its policy, its tables, and the project over them."""

from __future__ import annotations

import email
import re
from collections.abc import Mapping
from dataclasses import dataclass
from email.policy import default
from pathlib import Path
from typing import Any

from tests.cli.terminal import Outcome, troth
from tests.enforcement import scene

POLICY = """+++
provider = "Little Host"
version = "1"
language = "en"
jurisdictions = ["hk"]
+++

We collect your name, your email address, your orders and what you write to us, to run your account. {#s1 account}
If you ask us, we delete them within 30 days. {#s2 erase}
You can ask for a copy of your data, and to correct it. {#s3 access correct}
You can object to direct marketing at any time. {#s4 object}

```troth
promise account collect "Account"
  may store name, email-address, order-information, communication-content for account-management on contract
  may use name, email-address for account-management on contract
  may use email-address for direct-marketing on legitimate-interest if not opted-out
  prove data-map-declared

promise erase erase "Erasure on request"
  when request-erase
    must erase all-of-subject within 30 days
  prove request-timeline

promise access right "Copy"
  when request-access
    must give copy-of-data to data-subject within ~30 days
  prove access-complete

promise correct right "Correction"
  when request-rectify
    must correct personal-data within ~30 days
  prove rectification-propagated

promise object choice "Objection"
  when opt-out
    must stop direct-marketing within ~24 hours
  prove opt-out-timeline
```
"""

SHOP = (
    "create table customers (id integer not null primary key, email varchar(120) not null unique, name varchar(80))",
    (
        "create table orders (id integer not null primary key, customer_id integer not null references customers(id),"
        " total integer, note varchar(200))"
    ),
    (
        "insert into customers values (1, 'ada@example.org', 'Ada Lovelace'), (2, 'bob@example.org', 'Bob Hope'),"
        " (3, 'cleo@example.org', 'Cleo Smith')"
    ),
    "insert into orders values (1, 1, 9, 'leave it at the door'), (2, 2, 3, ''), (3, 1, 4, 'for ada@example.org')",
)
HELP = (
    "create table tickets (id integer not null primary key, email varchar(120), body varchar(400))",
    "insert into tickets values (1, 'Ada@Example.org', 'it does not work'), (2, 'bob@example.org', 'thank you')",
)


@dataclass(frozen=True)
class Shop:
    """A project over a shop.

    Attributes:
        folder: of the project.
        urls: its stores.
    """

    folder: Path
    urls: Mapping[str, str]

    def troth(self, *words: str | Path) -> Outcome:
        """Run a command in the project."""
        return troth(*words, "--project", self.folder)

    def json(self, *words: str | Path) -> Any:
        """What a command says for programs."""
        outcome = self.troth(*words, "--json")
        assert outcome.err == "", outcome.err
        return outcome.json

    @property
    def help(self) -> str:
        """The store that holds the tickets."""
        return "help" if "help" in self.urls else "shop"

    def rows(self, table: str) -> list[tuple[Any, ...]]:
        """All rows of a table, whichever store it is in."""
        return scene.rows(self.urls[self.help if table == "tickets" else "shop"], table)

    def everything(self) -> dict[str, list[tuple[Any, ...]]]:
        """All rows of all stores."""
        return scene.state(self.urls)

    def letters(self) -> list[tuple[str, str]]:
        """Subject and text of every letter in the outbox, in the order they were sent."""
        files = sorted((self.folder / "outbox").glob("*.eml"), key=lambda path: path.stat().st_mtime_ns)
        read = [email.message_from_bytes(path.read_bytes(), policy=default) for path in files]
        return [(str(one["Subject"]), str(one.get_content())) for one in read]

    def code(self) -> str:
        """The code in the newest letter that holds one."""
        found: list[str] = [
            code for _, text in self.letters() for code in re.findall(r"^ +(\d{6})\s*$", text, re.MULTILINE)
        ]
        return found[-1]


def make_shop(folder: Path, urls: Mapping[str, str]) -> Shop:
    """The tables, the policy, the project and its map."""
    scene.run(urls["shop"], *SHOP, *(() if "help" in urls else HELP))
    if "help" in urls:
        scene.run(urls["help"], *HELP)
    (folder / "policy.troth.md").write_text(POLICY, "utf-8")
    made = Shop(folder / "project", urls)
    stores = [f"--store={name}={url}" for name, url in urls.items()]
    done = troth("init", made.folder, "--policy", folder / "policy.troth.md", *stores)
    assert done.code == 0, done.err
    done = made.troth("map", "propose", "--person", "shop.customers")
    assert done.code == 0, done.err
    return made
