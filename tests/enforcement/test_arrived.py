"""Addresses that say no before any row of them is known: silenced at once, and under every name once they have come."""

from __future__ import annotations

from pathlib import Path

from tests.enforcement import scene
from tests.enforcement.scene import CITED, by
from tests.enforcement.test_choices import MAP, NOBODY, PEOPLE, customers, stopped
from troth.enforcement.agree import say
from troth.enforcement.arrived import awaited, settle
from troth.enforcement.choices import object_to, withdraw
from troth.evidence.state import consent_of
from troth.model.vocabulary import load

CITATIONS = {"object": CITED, "withdraw": CITED}


def test_no_of_an_address_that_comes_later(url: str, tmp_path: Path) -> None:
    """A no of an address of which no row is known silences it, says so, and ends with its own yes alone."""
    scene.run(url, PEOPLE)
    before = scene.state({"main": url})
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        outcome = object_to(project, NOBODY, "direct-marketing", CITED)
        assert (outcome.word, [one.place for one in outcome.reasons]) == ("done", ["address"])
        assert "it is left alone" in outcome.reasons[0].why
        assert scene.state({"main": url}) == before
        told = [(one.kind, one.action, one.outcome) for one in project.ledger.read()]
        assert told == [("restricted", "object", "done"), ("restricted", "suppress", "done")]
        assert (
            stopped(project, by(email="Nobody@Example.org"), "newsletter", "direct-marketing") == "objection"
        )
        assert stopped(project, NOBODY, "service-notice", "service") == ""
        assert withdraw(project, by(phone="+852 9123 4567"), "newsletter", CITED, scope="sms").word == "done"
        subject = project.pseudonym(by(phone="+852 9123 4567"))
        word = consent_of(project.ledger, [subject], "newsletter", "sms")
        assert word is not None
        assert word.status == "withdrawn"
        scene.run(
            url, "insert into customers values (3, 'nobody@example.org', null, 0, true, 0, null, 'yes')"
        )
        assert stopped(project, NOBODY, "newsletter", "direct-marketing") == "objection"
        assert stopped(project, by(id="3"), "newsletter", "direct-marketing") == ""
        assert [one.word for one in settle(project, load(), CITATIONS)] == ["done"]
        assert stopped(project, by(id="3"), "newsletter", "direct-marketing") == "objection"
        assert [row[1] for row in customers(url)] == [1, 1, 0]
        assert settle(project, load(), CITATIONS) == ()
        assert len(awaited(project)) == 1
        assert say(project, NOBODY, "give", "direct-marketing", CITED).word == "done"
        assert stopped(project, NOBODY, "newsletter", "direct-marketing") == ""


def test_what_is_not_carried_over(url: str, tmp_path: Path) -> None:
    """A yes that came first ends the waiting, a number of two people marks neither, and one list stays one list."""
    scene.run(url, PEOPLE)
    phone = by(phone="+852 9123 4567")
    with scene.project(tmp_path, {"main": url}, MAP) as project:
        object_to(project, NOBODY, "direct-marketing", CITED)
        object_to(project, phone, "direct-marketing", CITED)
        say(project, NOBODY, "give", "direct-marketing", CITED)
        withdraw(project, by(email="eve@example.org"), "direct-marketing", CITED, scope="phone")
        scene.run(
            url,
            """insert into customers values (3, 'nobody@example.org', '91234567', 0, true, 0, null, 'yes'),
            (4, 'dan@example.org', '+85291234567', 0, true, 0, null, 'yes'),
            (5, 'dora@example.org', '+85291234567', 0, true, 0, null, 'yes'),
            (6, 'eve@example.org', null, 0, true, 0, null, 'yes')""",
        )
        settle(project, load(), CITATIONS)
        assert [(row[1], row[2]) for row in customers(url)[2:]] == [(1, 0), (1, 0), (1, 0), (1, 1)]
        assert stopped(project, phone, "direct-marketing") == "objection"
