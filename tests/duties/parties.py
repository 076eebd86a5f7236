"""A small house with a recipient: one store, a register, and a guard that knows persons."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime
from pathlib import Path
from typing import Any

from tests.duties.sighting import hkcloud
from tests.enforcement.scene import project, run, table
from troth.duties.proofs.sight import Sight
from troth.duties.workdays import place
from troth.enforcement.guard import Guard
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.bysubject import BY_SUBJECT
from troth.evidence.open import open_ledger
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS, REQUESTS
from troth.model.outcome import Identity, Person

CLAUSES = ["this-policy", "law", "confidentiality-agreement", "no-other-use-clause", "same-care-clause"]
MAP = (
    table(
        "main.member",
        "subject",
        id="ident.id",
        mail="contact.email",
        phone="contact.phone",
        land="contact.address",
    )
    + table(
        "main.card",
        "owned",
        paths=["card.who -> member.id"],
        who="ident.id",
        digits="payment",
        note="message",
    )
    + table("main.sent", "owned", paths=["sent.who -> member.id"], who="ident.id")
    + table("main.login", "owned", paths=["login.who -> member.id"], who="ident.id", at="login")
)
MAP = MAP.replace('name = "login"', 'name = "login"\nevents = { collection = "at" }')
MAP = MAP.replace('name = "member"', 'name = "member"\nevents = { account-closed = "gone" }')
for _category, _terms in (
    ('mail = { category = "contact.email"', "email-address"), ('phone = { category = "contact.phone"', "telephone-number"),
    ('land = { category = "contact.address"', "country"), ('digits = { category = "payment"', "payment-card-number"),
    ('note = { category = "message"', "technical-data"), ('at = { category = "login"', "login-status"),
):  # fmt: skip
    MAP = MAP.replace(_category, f'{_category}, terms = ["{_terms}"]')


def register(**more: Any) -> dict[str, Any]:
    """A register with one payment institution; `more` changes its entry."""
    agreement = {
        "kind": "dpa",
        "from": date(2020, 1, 1),
        "clauses": CLAUSES,
        "digest": "ab" * 32,
        "reviewed": date(2026, 6, 1),
    }
    one = {
        "id": "jade", "name": "Jade Payments",
        "kind": "payment-processor", "country": "HK", "transport": "tls", "purposes": ["payment"],
        "data": ["payment-information"], "contact": "privacy@jade.example", "known_as": ["1"], "agreement": agreement,
    }  # fmt: skip
    source = {
        "store": "main",
        "table": "sent",
        "recipient": "whom",
        "purpose": "why",
        "data": "what",
        "at": "sent_at",
    }
    return {"recipient": [one | more], "source": source}


def filled(url: str) -> None:
    """Two members with a card each, and a row of the house's own about a payment."""
    run(
        url,
        "create table member (id int primary key, mail varchar(80), phone varchar(40), land varchar(2), gone timestamp null)",
        "insert into member values (1, 'ada@x.example', '+85251234567', 'HK', null)",
        "insert into member values (2, 'bo@x.example', '+8613800138000', 'CN', null)",
        "create table card (id int primary key, who int, digits varchar(40), note varchar(40))",
        "insert into card values (1, 1, 'enc:v1:4111', 'ok'), (2, 2, 'enc:v1:5500', 'fine')",
        "create table sent (id int primary key, who int, whom int, why varchar(30), what varchar(60), sent_at timestamp)",
        "insert into sent values (1, 1, 1, 'payment', 'payment-information', '2026-10-01 10:00:00')",
        "create table login (id int primary key, who int, at timestamp)",
        "insert into login values (1, 1, '2026-11-10 10:00:00'), (2, 2, '2026-11-20 10:00:00'), (3, 2, '2026-11-20 11:00:00')",
    )


@contextlib.contextmanager
def house(
    folder: Path,
    *,
    registers: Mapping[str, Mapping[str, Any]] | None = None,
    now: datetime | None = None,
    url: str = "",
) -> Iterator[Sight]:
    """A sight over the small house whose guard knows persons."""
    if not url:
        url = f"sqlite:///{folder / 'main.db'}"
        if not (folder / "main.db").exists():
            (folder / "main.db").touch(mode=0o600)
            filled(url)
    with project(folder, {"main": url}, MAP) as one, contextlib.ExitStack() as opened:
        kept = (CONSENTS, REQUESTS, RESTRICTIONS, BY_SUBJECT, ACCEPTANCES)
        ledger = open_ledger(str(folder / "whole.db"), signer=one.ring.signer, projections=kept)
        opened.callback(ledger.close)
        whole = replace(one, ledger=ledger, clock=(lambda: now) if now else one.clock)
        yield Sight(
            project=whole,
            policy=hkcloud(),
            guard=Guard(hkcloud(), ledger=ledger, keys=one.ring.pseudonym, clock=whole.clock),
            folder=folder,
            where=place("HK").calendar,
            urls={"main": url},
            registers=registers if registers is not None else {"recipients": register()},
        )


def member(mail: str) -> Person:
    """A person by e-mail."""
    return Person((Identity("email", mail),))


def later(sight: Sight, now: datetime, **more: Any) -> Sight:
    """The same house, looked at again at another time."""
    return replace(sight, project=replace(sight.project, clock=lambda: now), **more)


def again(sight: Sight, **more: Any) -> Sight:
    """The same house, with a fresh look at its ledger."""
    return replace(sight, **more)
