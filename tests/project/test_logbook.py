"""Events, deeds and attestations that people enter, and what is owed because of them."""

from __future__ import annotations

from tests.project.shop import Shop


def test_event_starts_a_duty(little: Shop) -> None:
    """A duty runs from its event until the deed that answers it."""
    number = little.json("event", "opt-out", "-s", "email=ada@example.org")["entry"]
    (waiting,) = little.json("duties")["duties"]
    assert (waiting["rule"], waiting["event"], waiting["state"]) == ("object/1", number, "open")
    little.json("deed", "object/1", "--of", str(number))
    (kept,) = little.json("duties")["duties"]
    assert kept["state"] == "kept"


def test_attestation_is_for_a_check_of_the_promise(little: Shop) -> None:
    """Somebody can attest only what a promise names, with an end that is to come."""
    said = ("attest", "opt-out-timeline", "--promise", "object", "--scope", "list of the mail house")
    assert little.troth(*said, "--until", "2000-01-01").code == 2
    assert little.troth("attest", "shoe-size", *said[2:], "--until", "2999-01-01").code == 2
    assert little.troth(*said, "--until", "2999-01-01").code == 0


def test_words_that_nobody_knows(little: Shop) -> None:
    """An unknown event, rule or entry is refused with what is known."""
    assert "shoe-lost" in little.troth("event", "shoe-lost").err
    assert "no rule `object/9`" in little.troth("deed", "object/9").err
    assert "is no event" in little.troth("deed", "object/1", "--of", "0").err
