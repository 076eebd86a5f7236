"""What persons agreed to ends with their account where its period is over, and nothing else of anybody does."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from tests.retention import shop
from tests.retention.shop import MAP
from troth.enforcement.agree import say
from troth.enforcement.choices import withdraw
from troth.enforcement.sweep import sweep
from troth.evidence.state import consent_of

OLD = "2020-01-01 00:00:00"
PEOPLE = f"""insert into customers values (1, 'ada@example.org', 'Ada', 'x', '{OLD}'),
  (2, 'bob@example.org', 'Bob', 'y', '2026-11-01 00:00:00'), (3, 'Cleo@example.org', 'Cleo', 'z', '{OLD}'),
  (4, 'dan@example.org', 'Dan', 'z', '{OLD}')"""
MEMBERS = "create table members (id integer not null primary key, mail varchar(60))"


@pytest.mark.parametrize("mask", ["token", "delete"])
def test_consents_end_with_the_account(url: str, tmp_path: Path, mask: str) -> None:
    """The yes of whoever goes ends under each of their names; a no, other people's, visitors' and shared addresses' stay."""
    scene.run(url, shop.tables(url), PEOPLE, MEMBERS, "insert into members values (9, 'cleo@example.org')")
    text = MAP + scene.table("main.members", "subject", mail="contact.email")
    rules = shop.RULES if mask == "token" else "  must erase all-of-subject ~24 months after account-closed\n"
    with scene.project(tmp_path, {"main": url}, text) as project:
        named = [by(**{"main.customers.id": str(number)}) for number in (1, 2, 3, 4)]
        for one in (by(email="ada@example.org"), *named[1:3], by(cookie="v-7")):
            say(project, one, "give", "newsletter", CITED)
        say(project, named[0], "give", "analytics", CITED, scope="email")
        withdraw(project, named[3], "newsletter", CITED)
        sweep(project, shop.plan(project, rules))
        left = scene.asked(url, "select count(*) from customers where email like '%@example.org'")

        def status(purpose: str = "newsletter", scope: str = "", **name: str) -> str:
            word = consent_of(project.ledger, [project.pseudonym(by(**name))], purpose, scope)
            return word.status if word else ""

        assert left == 1
        key = "main.customers.id"
        assert [status(email="ada@example.org"), status(**{key: "1"})] == ["expired"] * 2
        assert status("service-usage-analytics", "email", email="ada@example.org") == "expired"
        assert [status(email="bob@example.org"), status(**{key: "2"})] == ["given"] * 2
        assert [status(email="cleo@example.org"), status(**{key: "3"})] == ["given", "expired"]
        assert [status(email="dan@example.org"), status(**{key: "4"})] == ["withdrawn"] * 2
        assert status(cookie="v-7") == "given"
        over = [one for one in project.ledger.read() if one.action == "expire"]
        assert {(one.kind, one.promise) for one in over} == {("consent", "periods")}
