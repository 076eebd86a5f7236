"""The collection gate: only what a form declares, for its purpose, and with its provenance on record."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.enforcement.test_guard import PROJECTIONS, RING, person, subject
from troth.enforcement.guard import Guard
from troth.enforcement.ruling import Refused
from troth.evidence.ledger import Kept
from troth.evidence.open import open_ledger
from troth.gate.collect import Gate, Undeclared, names, read_forms
from troth.model.errors import TrothError
from troth.policy.bind import compile_file

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
TEXT = """+++
provider = "Shop"
version = "1"
+++

We collect your name, e-mail and, if you like, your phone number to run your account. {#s1 p}

```troth
promise p collect "Sign-up"
  may collect name, email-address for account-management by web-form if notice-sent and field-kind is necessary
  may collect telephone-number for account-management by web-form if field-kind is optional
  prove collection-gate
```
"""
POLICY = compile_file(TEXT.encode(), "shop.troth.md").policy
FORMS = {
    "signup": {
        "purpose": "account-management",
        "channel": "web-form",
        "notice": "shown",
        "fields": {
            "email": ["email-address"],
            "contact.name": ["name"],
            "phones[]": {"data": ["telephone-number"], "optional": True},
            "birthday": {"data": ["birth-date"], "optional": True},
            "csrf": [],
        },
    }
}


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Kept]:
    """An empty ledger."""
    with open_ledger(str(tmp_path / "ledger.db"), signer=RING.signer, projections=PROJECTIONS) as opened:
        yield opened


def gate(ledger: Kept | None, **more: Any) -> Gate:
    """The gate of the sign-up form."""
    forms = read_forms({"signup": {**FORMS["signup"], **more}})
    guard = Guard(POLICY, ledger=ledger, keys=RING.pseudonym, clock=lambda: NOW)
    keep = (lambda one: ledger.append([one])) if ledger else None
    return Gate(guard, forms, keep=keep, keys=RING.pseudonym)


def test_let_in_with_provenance(ledger: Kept) -> None:
    """What is let in leaves one entry with channel, purpose, version, notice and fields, and no value."""
    given_ = {"email": True, "contact.name": True, "phones[]": True, "csrf": True, "birthday": False}
    done = gate(ledger).admit("signup", given_, person("ann"))
    assert (done.fields, done.promises, done.seq) == (("contact.name", "email", "phones[]"), ("p",), 0)
    (found,) = ledger.read()
    assert (found.kind, found.object, found.policy, found.subject) == (
        "collected",
        "signup",
        POLICY.hash,
        subject("ann"),
    )
    assert found.time == "2026-11-22T12:00:00Z"
    assert found.sentences == ("s1",)
    assert found.detail == {
        "purpose": "account-management",
        "channel": "web-form",
        "notice": "shown",
        "fields": ["contact.name", "email", "phones[]"],
        "data": ["email-address", "name", "telephone-number"],
    }


def test_undeclared_field(ledger: Kept) -> None:
    """One field that the form does not declare keeps all of them out, and an odd name is not repeated."""
    with pytest.raises(Undeclared, match="does not declare `shoe_size`"):
        gate(ledger).admit("signup", {"email": True, "shoe_size": False})
    for odd in ("ann@example.com", "4111 1111 1111 1111", "x" * 200, "ann smith"):
        with pytest.raises(Undeclared) as caught:
            gate(ledger).admit("signup", {odd: True})
        assert "a field with an odd name" in caught.value.message
        assert odd not in caught.value.message
    with pytest.raises(Undeclared, match="this form is not declared"):
        gate(ledger).admit("sign-out", {})
    assert ledger.size() == 0


def test_field_that_the_policy_does_not_permit(ledger: Kept) -> None:
    """A declared field that no promise permits is refused while it holds something, with the sentence for the others."""
    with pytest.raises(Refused, match="collect birth-date for account-management"):
        gate(ledger).admit("signup", {"email": True, "birthday": True})
    with pytest.raises(Refused, match="the condition of `p/1` is not met") as caught:
        gate(ledger, notice="").admit("signup", {"email": True})
    assert caught.value.told.sentence.startswith("We collect your name")
    assert ledger.size() == 0


def test_what_is_known_of_one_case(ledger: Kept) -> None:
    """An age condition is asked of the age that this person gave, and refuses while nobody says it."""
    text = TEXT.replace("  prove", "  never collect personal-data if age < 16\n  prove")
    guard = Guard(compile_file(text.encode(), "shop.troth.md").policy, ledger=ledger, keys=RING.pseudonym)
    one = Gate(guard, read_forms(FORMS), keep=lambda entry: ledger.append([entry]))
    with pytest.raises(Refused, match="`age` is not known"):
        one.admit("signup", {"email": True})
    with pytest.raises(Refused, match="the promise `p` forbids it"):
        one.admit("signup", {"email": True}, facts={"age": 15})
    assert one.admit("signup", {"email": True}, facts={"age": 16}).fields == ("email",)
    said = read_forms({"signup": {**FORMS["signup"], "facts": {"age": 40}}})
    with pytest.raises(Refused, match="the promise `p` forbids it"):
        Gate(guard, said).admit("signup", {"email": True}, facts={"age": 15})


def test_nothing_is_taken_without_evidence() -> None:
    """Where the entry can not be kept, the data is not let in."""

    def broken(_entry: object) -> int:
        raise TrothError("the disk is full")

    guard = Guard(POLICY, clock=lambda: NOW)
    with pytest.raises(TrothError, match="disk is full"):
        Gate(guard, read_forms(FORMS), keep=broken).admit("signup", {"email": True})
    assert Gate(guard, read_forms(FORMS)).admit("signup", {"email": True}).seq == -1


@pytest.mark.parametrize(
    ("form", "error"),
    [
        ({"purpose": "account-management"}, "declares no fields"),
        ({"fields": {}}, "says no purpose"),
        ({"purpose": "account-management", "fields": {}, "colour": "red"}, "nothing the form"),
        ({"purpose": "account-management", "fields": {"a": "name"}}, "can not be read"),
        (
            {"purpose": "account-management", "fields": {"a": {"data": ["name"], "optional": 1}}},
            "can not be read",
        ),
        ({"purpose": "account-management", "fields": {"a": ["nmae"]}}, "not a known"),
        ({"purpose": "acount-management", "fields": {}}, "not a known purpose"),
        ({"purpose": "account-management", "fields": {}, "channel": 1}, "is a text"),
        ({"purpose": "account-management", "fields": {}, "facts": 1}, "is a table"),
    ],
)
def test_bad_forms(form: dict[str, Any], error: str) -> None:
    """A form that can not be meant is refused before anybody fills it in."""
    with pytest.raises(TrothError, match=error):
        Gate(Guard(POLICY), read_forms({"signup": form}))


leaves = st.one_of(st.none(), st.booleans(), st.integers(), st.text(max_size=3))
values = st.recursive(
    leaves,
    lambda inner: st.one_of(
        st.lists(inner, max_size=3), st.dictionaries(st.sampled_from("abc"), inner, max_size=3)
    ),
)


def flat(path: str, value: object) -> dict[str, bool]:
    """The slow reading of `names`: one dictionary, level by level."""
    if value in ({}, []) or not isinstance(value, dict | list):
        return {path: value not in (None, "", {}, [])}
    inner = (
        [(f"{path}.{key}", one) for key, one in value.items()]
        if isinstance(value, dict)
        else [(f"{path}[]", one) for one in value]
    )
    found: dict[str, bool] = {}
    for place, one in inner:
        for name, full in flat(place, one).items():
            found[name] = found.get(name, False) or full
    return found


@given(st.dictionaries(st.sampled_from("abc"), values, min_size=1, max_size=3))
def test_names_of_fields(value: dict[str, Any]) -> None:
    """Every leaf of an object has its path, and holds something unless it is empty."""
    expected = {name.removeprefix("."): full for name, full in flat("", value).items()}
    found: dict[str, bool] = {}
    for name, full in names(value):
        found[name] = found.get(name, False) or full
    assert found == expected
