"""Numbers of secrets that may be of several tables of accounts: a question asks whose they are."""

from __future__ import annotations

import pytest

from tests.datamap.test_owners import proposed, table
from tests.datamap.test_whose import COUNT, LOGINS, MAILS, NAMES, key, paths, to
from troth.model.schema import Field, Foreign, Relation

HASHES = tuple(f"{n * 7919:040x}" for n in COUNT)


def accounts(name: str, number: str, *more: Field) -> Relation:
    """A table of accounts that sign in."""
    return Relation(
        name,
        (
            Field(number, kind="integer", nullable=False, samples=COUNT),
            Field("loginname", nullable=False, samples=LOGINS),
            Field("password", nullable=False),
            Field("name", samples=NAMES),
            Field("email", samples=MAILS),
            *more,
        ),
        (number,),
        unique=(("loginname",),),
        rows=30,
    )


CUSTOMERS = accounts("panel_customers", "customerid", key("adminid"), Field("street"), Field("phone"))
ADMINS = accounts("panel_admins", "adminid")
FTP = table("ftp_users", Field("username"), key("customerid"), Field("homedir"))
DOMAINS = table("panel_domains", key("customerid"), Field("domain"))


def tokens(
    *more: Field,
    number: str = "userid",
    samples: tuple[object, ...] = COUNT,
    foreign: tuple[Foreign, ...] = (),
) -> Relation:
    """One-time secrets of somebody who signs in."""
    return table(
        "panel_2fa_tokens",
        Field("selector", nullable=False),
        Field("token", nullable=False, samples=HASHES),
        key(number, samples=samples),
        Field("valid_until", kind="integer", nullable=False),
        *more,
        foreign=foreign,
    )


@pytest.mark.parametrize("samples", [COUNT, (), (1, 2, 1)])
def test_question(samples: tuple[object, ...]) -> None:
    """Where no key says whose a secret is the main person is proposed, and a question names every table that may be meant."""
    one = proposed(CUSTOMERS, ADMINS, FTP, DOMAINS, tokens(samples=samples))
    (asked,) = (question for question in one.questions if "panel_2fa_tokens" in question)
    assert asked.startswith(
        "whose is a row of s.panel_2fa_tokens? userid may be the number of a row of panel_customers or of"
    )
    assert asked.endswith("panel_admins, and no key says which")
    assert paths(one, "panel_2fa_tokens") == ["panel_2fa_tokens.userid => panel_customers.customerid"]


@pytest.mark.parametrize(
    "secrets",
    [
        tokens(number="customerid"),
        tokens(foreign=(to("userid", "ftp_users"),)),
        tokens(Field("admin", kind="boolean", samples=(0, 1) * 15)),
    ],
)
def test_no_question(secrets: Relation) -> None:
    """A number named after its table, a declared key, or a flag of staff beside it says whose it is."""
    one = proposed(CUSTOMERS, ADMINS, FTP, DOMAINS, secrets)
    assert not any("may be the number" in question for question in one.questions)


def test_no_question_without_secrets() -> None:
    """What is no secret follows its name as before."""
    notes = table("shelves", key("userid"), Field("label"))
    one = proposed(CUSTOMERS, ADMINS, FTP, DOMAINS, notes)
    assert not any("may be the number" in question for question in one.questions)
    assert paths(one, "shelves")[0].startswith("shelves.userid => ftp_users.id")
