"""Tests of the entry: canonical bytes, and the guard against personal data."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone
from typing import Any

import pytest
import rfc8785
from hypothesis import given
from hypothesis import strategies as st

from tests.evidence.lines import SUBJECT, entry
from troth.model.entry import KINDS, Entry, decode, encode, guard, numbered, utc
from troth.model.errors import TrothError

WORDS = st.text(st.characters(codec="utf-8", exclude_characters="@:.0123456789+"), max_size=12)
NAMED = WORDS.filter(lambda text: all(ord(c) < 0x10000 for c in text))
VALUES = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | WORDS,
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(NAMED, inner, max_size=3),
    max_leaves=6,
)


@st.composite
def written(draw: st.DrawFn) -> Entry:
    """Any entry that the guard takes."""
    return entry(
        kind=draw(st.sampled_from(sorted(KINDS))),
        actor=draw(WORDS.filter(bool)),
        action=draw(WORDS.filter(bool)),
        subject=draw(st.sampled_from(["", SUBJECT])),
        promise=draw(WORDS),
        sentences=tuple(draw(st.lists(WORDS, max_size=3))),
        object=draw(WORDS),
        counts=draw(st.dictionaries(NAMED, st.integers(0, 2**53 - 1), max_size=3)),
        outcome=draw(WORDS),
        digest=draw(st.sampled_from(["", "ef" * 32])),
        detail=draw(st.dictionaries(NAMED, VALUES, max_size=3)),
    )


def as_json(given: Entry) -> dict[str, Any]:
    """The entry as the JSON that its bytes should be: fields that say something."""
    fields = {name: getattr(given, name) for name in Entry.__dataclass_fields__}
    kept = {name: value for name, value in fields.items() if value or name == "seq"}
    return {name: list(value) if isinstance(value, tuple) else value for name, value in kept.items()}


@given(written(), st.integers(0, 2**40))
def test_bytes_are_rfc_8785(given: Entry, seq: int) -> None:
    """The fast encoder writes what the reference implementation of RFC 8785 writes."""
    assert numbered(encode(given), seq) == rfc8785.dumps(as_json(given) | {"seq": seq})


@given(written(), st.integers(0, 2**40))
def test_decode_gives_the_entry_back(given: Entry, seq: int) -> None:
    """An entry read from its bytes is the entry that was written."""
    read = decode(numbered(encode(given), seq))
    assert as_json(read) == as_json(given) | {"seq": seq}


@pytest.mark.parametrize(
    ("text", "what"),
    [
        ("mail to jo.doe@mail.example.org", "e-mail"),
        ("jo＠mail.example.org", "e-mail"),
        ("from 192.0.2.7", "IP address"),
        ("from 2001:db8::7", "IP address"),
        ("call +44 20 7946 0958", "phone"),
        ("call 0044 20 7946 0958", "phone"),
        ("call (020) 7946-0958", "phone"),
        ("13800138000", "phone"),
        ("身份证 11010519491231002X", "identity number"),
        ("card 4111111111111111", "card"),
    ],
)
@pytest.mark.parametrize(
    "field", ["actor", "action", "object", "outcome", "promise", "sentences", "counts", "detail"]
)
def test_personal_data_is_refused(field: str, text: str, what: str) -> None:
    """Personal data in clear is refused in every field of text, and the message does not repeat it."""
    value: Any = {"sentences": (text,), "counts": {text: 1}, "detail": {"note": [text]}}.get(field, text)
    with pytest.raises(TrothError, match=what) as error:
        guard(entry(**{field: value}))
    assert field in str(error.value)
    assert text not in str(error.value) + error.value.hint


@pytest.mark.parametrize(
    "text",
    [
        "2026-11-22",
        "2026-11-22T09:30:00Z",
        "2026-11-22 to 2026-12-24",
        "hkc-057",
        "GDPR Art. 17(3)(e)",
        "3f2504e0-4f89-11d3-9a0c-0305e82c3301",
        "ab" * 32,
        "12:30:00",
        "billing.invoice_2026",
        "1,234,567 rows",
        "Hong Kong Cloud VI(III)",
        "std::abs",
        "version 1.2.3",
    ],
)
def test_harmless_text_is_taken(text: str) -> None:
    """Dates, hashes, names of rules and tables are not taken for personal data."""
    guard(entry(detail={"note": text}))


@pytest.mark.parametrize(
    ("fields", "message"),
    [
        ({"kind": "consnet"}, "no entries of this kind"),
        ({"time": "2026-11-22 09:30"}, "RFC 3339"),
        ({"time": "2026-11-22T09:30:00+01:00"}, "RFC 3339"),
        ({"subject": "jo"}, "`subject` is not a hash"),
        ({"policy": "AB" * 32}, "`policy` is not a hash"),
        ({"digest": "12"}, "`digest` is not a hash"),
        ({"actor": ""}, "needs an `actor`"),
        ({"counts": {"deleted": -1}}, "`counts`"),
        ({"counts": {"deleted": True}}, "`counts`"),
        ({"detail": {"share": 0.5}}, "canonical JSON"),
        ({"detail": {"big": 2**53}}, "canonical JSON"),
        ({"detail": {"\U0001f600": 1}}, "not plain text"),
        ({"detail": {"note": "\ud800"}}, "not Unicode"),
        ({"detail": {"note": "x" * 5000}}, "longer than 4,096 bytes"),
    ],
)
def test_malformed_entries_are_refused(fields: dict[str, Any], message: str) -> None:
    """What has no meaning or no canonical form is refused with the name of its field."""
    with pytest.raises(TrothError, match=message):
        guard(entry(**fields))


def test_a_misspelt_kind_gets_a_suggestion() -> None:
    """A kind that is nearly right is answered with the right one."""
    with pytest.raises(TrothError) as error:
        guard(entry(kind="consnet"))
    assert error.value.hint == "did you mean `consent`?"


def test_utc() -> None:
    """Times are written in UTC whatever their zone, and need one."""
    moment = datetime(2026, 11, 22, 9, 30, tzinfo=UTC)
    assert utc(moment) == "2026-11-22T09:30:00Z"
    assert utc(moment.astimezone(timezone(timedelta(hours=8)))) == "2026-11-22T09:30:00Z"
    with pytest.raises(TrothError, match="no zone"):
        utc(moment.replace(tzinfo=None))


@pytest.mark.parametrize("body", [b"", b"[]", b"{}", b'{"time":1,"kin":2}', b"\xff"])
def test_bytes_that_are_no_entry(body: bytes) -> None:
    """Bytes that are no entry are refused in words."""
    with pytest.raises(TrothError, match="not an entry"):
        decode(body)
