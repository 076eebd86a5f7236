"""What a clause asserts: which acts are told, which are denied, and by whom."""

from __future__ import annotations

import pytest

from tests.lint.lines import sentences
from troth.policy.lint.assertion import ACT_KINDS, THING_KINDS, Assertion, all_assertions
from troth.policy.lint.clash_kinds import CLASHES
from troth.policy.lint.clashes import clashes
from troth.policy.lint.document import open_document


def told(*lines: str) -> tuple[Assertion, ...]:
    """What the sentences of a text assert."""
    return all_assertions(open_document(sentences(lines), ()).body)


def denied(line: str) -> set[str]:
    """The acts that a sentence takes back."""
    return {kind for one in told(line) if one.denied for kind in ACT_KINDS.names(one.acts)}


DENIED = (
    ("We do not sell, rent or otherwise disclose your data.", {"sell", "share"}),
    ("Your data is neither sold nor passed on.", {"sell", "share"}),
    ("Nobody at our company can read your files.", {"look"}),
    ("Under no circumstances will we share your address.", {"share"}),
    ("It is our policy never to disclose customer records.", {"share"}),
    ("We keep no logs.", {"keep", "log"}),
    ("No personal data is collected.", {"collect"}),
    ("We will not let other companies market to you.", {"allow", "advertise"}),
)


@pytest.mark.parametrize(("line", "acts"), DENIED)
def test_denied(line: str, acts: set[str]) -> None:
    """A refusal reaches its verb and the verbs joined to it, however it is worded."""
    assert acts <= denied(line)


TOLD = (
    ("We cannot guarantee that your data will be shared with nobody but us.", "keep"),
    ("We are not responsible for what our partners collect.", "collect"),
    ("The data we collect includes, but is not limited to, your name.", "collect"),
    ("We do not only collect your name, we also store your address.", "keep"),
)


@pytest.mark.parametrize(("line", "act"), TOLD)
def test_told(line: str, act: str) -> None:
    """A refusal of another verb takes nothing back."""
    assert act not in denied(line)


def test_actors() -> None:
    """What customers must not do is no promise of the company."""
    (mine, *_) = [one for one in told("We share data.") if one.acts]
    (yours, *_) = [one for one in told("You may not share your password.") if one.acts]
    assert (mine.actor, yours.actor) == ("we", "you")


def test_lead_in() -> None:
    """An item of a list is read with the words that introduce it."""
    found = told("We never share your data with:", "- advertisers")
    assert any(
        one.denied and "ad-party" in THING_KINDS.names(one.around) and one.reading.index == 1 for one in found
    )


def test_condition() -> None:
    """An act that stands in a condition is not told."""
    assert next(one.conditional for one in told("If we sell data, you are told.") if one.acts)


def test_kinds_are_known() -> None:
    """Every kind that a clash names is in the vocabulary."""
    for clash in CLASHES:
        assert clash.claim
        assert clash.deed
        THING_KINDS.mask(clash.alike.split())
        for line in (*clash.claim, *clash.deed):
            for need in line.split():
                names = need.lstrip("!+~-=@:").split("|")
                if need[0] in "!+":
                    ACT_KINDS.mask(names)
                elif need[0] not in "@=":
                    THING_KINDS.mask(names)


def test_named_once() -> None:
    """A pair of sentences that a finding names already is not named again."""
    lines = (
        "We will never share your personal data with anybody.",
        "In the event of a merger, users' personal information will be part of the assets transferred.",
    )
    document = open_document(sentences(lines), ())
    (first,) = clashes(document)
    assert list(clashes(document, [first])) == []


def test_exception() -> None:
    """An act right behind the promise, told as its exception, takes nothing back."""
    promise = "We will never share your personal data with anybody."
    exception = "However, we may provide your personal data to our affiliates."
    assert list(clashes(open_document(sentences((promise, exception)), ()))) == []
