"""Tests of the key ring and of pseudonyms."""

from __future__ import annotations

import hashlib
import hmac
import json
import stat
from pathlib import Path

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from tests.evidence.lines import counting, entry, ring
from troth.evidence.errors import KeyMissing
from troth.evidence.keyring import VARIABLE, create, dump, load, parse, retire, rotate, save
from troth.evidence.pseudonym import former, normalise, pseudonym, pseudonyms
from troth.model.entry import guard
from troth.model.errors import TrothError


def test_save_and_load(tmp_path: Path) -> None:
    """A ring comes back from its file as it was; the file is its owner's alone and nothing else stays."""
    path = tmp_path / "keys.json"
    save(ring(), path)
    save(rotate(ring(), "signing", counting()), path)
    assert load(path, {}) == rotate(ring(), "signing", counting())
    assert stat.S_IMODE(path.stat().st_mode) == 0o600
    assert list(tmp_path.iterdir()) == [path]


def test_from_the_environment() -> None:
    """A ring can be given in the environment where no file is named."""
    assert load(None, {VARIABLE: dump(ring())}) == ring()
    with pytest.raises(KeyMissing, match="no key ring"):
        load(None, {})


def test_a_ring_that_others_can_read(tmp_path: Path) -> None:
    """A ring whose file others can read is refused."""
    path = tmp_path / "keys.json"
    save(ring(), path)
    path.chmod(0o640)
    with pytest.raises(TrothError, match=r"others can read the key ring keys\.json"):
        load(path, {})


def test_a_ring_that_is_not_there(tmp_path: Path) -> None:
    """A missing file is named."""
    with pytest.raises(KeyMissing, match=r"no key ring keys\.json"):
        load(tmp_path / "keys.json", {})
    with pytest.raises(TrothError, match="can not be written"):
        save(ring(), tmp_path / "no" / "keys.json")


@pytest.mark.parametrize(
    "change",
    [
        {"format": "troth-keys/9"},
        {"signing": []},
        {"signing": ["c2hvcnQ="]},
        {"signing": ["secret!"]},
        {"pseudonym": {}},
        {"pseudonym": {"one": "x"}},
        {"wrapping": None},
    ],
)
def test_what_is_no_ring(change: dict[str, object]) -> None:
    """A damaged ring is refused and nothing of it is repeated."""
    text = json.dumps(json.loads(dump(ring())) | change)
    with pytest.raises(TrothError, match=r"^keys is no") as error:
        parse(text, "keys")
    assert "secret" not in str(error.value)
    assert error.value.__cause__ is None


@pytest.mark.parametrize("text", ["", "[]", "{}", "not json"])
def test_text_that_is_no_ring(text: str) -> None:
    """Any other text is refused in words."""
    with pytest.raises(TrothError, match="keys is not a key ring"):
        parse(text, "keys")


def test_secrets_are_not_printed() -> None:
    """No form of a ring or signer that ends up in a log shows a key."""
    shown = f"{ring()!r} {ring()} {ring().signer!r}"
    secrets = [*ring().signing, *ring().pseudonym.values(), *ring().wrapping.values()]
    assert not any(secret.hex() in shown or repr(secret)[2:-1] in shown for secret in secrets)


def test_rotate_and_retire() -> None:
    """A new key comes beside the old ones; retiring leaves only the newest."""
    wider = rotate(rotate(ring(), "pseudonym"), "wrapping")
    assert (sorted(wider.pseudonym), sorted(wider.wrapping)) == ([1, 2], [1, 2])
    lean = retire(retire(wider, "pseudonym"), "wrapping")
    assert (sorted(lean.pseudonym), sorted(lean.wrapping)) == ([2], [2])
    assert lean.pseudonym[2] == wider.pseudonym[2]
    many = ring()
    for _ in range(254):
        many = rotate(many, "pseudonym")
    with pytest.raises(TrothError, match="255 times"):
        rotate(many, "pseudonym")


def test_rings_are_random() -> None:
    """Two rings made with real randomness share no key."""
    one, two = create("a"), create("a")
    assert one.signing != two.signing
    assert one.pseudonym != two.pseudonym
    assert one.wrapping != two.wrapping


@pytest.mark.parametrize(
    ("kind", "spellings", "plain"),
    [
        (
            "email",
            ["jo@mail.example", " Jo@Mail.Example ", "ＪＯ＠mail．example", "j\u200bo@mail.example"],
            "jo@mail.example",
        ),
        (
            "email",
            ["jos\u00e9@x.example", "jose\u0301@x.example", "JOS\u00c9@X.example"],
            "jos\u00e9@x.example",
        ),
        ("phone", ["+44 (20) 7946-0958", "0044 20 79460958", "＋４４ 20 7946 0958"], "+442079460958"),
        ("phone", ["020 7946 0958", "(020) 7946-0958"], "02079460958"),
        ("login", ["Stra\u00dfe  7", "STRA\u1e9eE 7", "stra\u00dfe\u30007"], "stra\u00dfe 7"),
        ("login", ["STRASSE 7", "\uff33\uff54\uff52\uff41\uff53\uff53\uff45 7"], "strasse 7"),
        (
            "login",
            ["\u039d\u0399\u039a\u039f\u03a3", "\u03bd\u03b9\u03ba\u03bf\u03c2"],
            "\u03bd\u03b9\u03ba\u03bf\u03c3",
        ),
        ("login", ["\uff76\uff9e", "\u30ac", "\u30ab\u3099"], "\u30ac"),
        ("login", ["\u212aim", "kim"], "kim"),  # the sign of kelvin is the letter, by its canonical form
    ],
)
def test_spellings(kind: str, spellings: list[str], plain: str) -> None:
    """The same person is the same pseudonym, however the identifier was typed."""
    assert {normalise(kind, spelling) for spelling in spellings} == {plain}
    assert len({pseudonym(ring().pseudonym, kind, spelling) for spelling in spellings}) == 1


@pytest.mark.parametrize("kind", ["email", "login"])
@pytest.mark.parametrize(
    ("one", "other"),
    [
        ("kim@stra\u00dfe.example", "kim@strasse.example"),
        ("\ufb01ona@x.example", "fiona@x.example"),
        ("ma\u017fon@x.example", "mason@x.example"),
        ("\u0131rmak@x.example", "irmak@x.example"),
        ("\u0130rmak@x.example", "irmak@x.example"),
        ("mari\u00aa@x.example", "maria@x.example"),
        ("kim\u00b2@x.example", "kim2@x.example"),
        ("\u01c6ana@x.example", "d\u017eana@x.example"),
        ("\U0001d424im@x.example", "kim@x.example"),
        ("\u0149o@x.example", "\u02bcno@x.example"),
        ("ren\u00e9@x.example", "rene@x.example"),
    ],
)
def test_different_letters_are_different_people(kind: str, one: str, other: str) -> None:
    """An identifier in other letters is another person, also where the letters are often written for each other."""
    assert normalise(kind, one) != normalise(kind, other)
    assert pseudonym(ring().pseudonym, kind, one) != pseudonym(ring().pseudonym, kind, other)


@pytest.mark.parametrize(
    ("value", "before"),
    [
        ("kim@Stra\u00dfe.example", "kim@strasse.example"),
        ("\ufb01ona", "fiona"),
        ("kim@strasse.example", ""),
        ("jos\u00e9", ""),
        ("\u200b", ""),
    ],
)
def test_former_normal_form(value: str, before: str) -> None:
    """Entries made when letters were taken for others are looked for under the form they had then."""
    assert former("email", value) == before


@given(st.binary(min_size=1, max_size=200), st.text("abc@.", min_size=1))
def test_pseudonyms_are_hmacs(key: bytes, value: str) -> None:
    """A pseudonym is the HMAC-SHA-256 of the standard library over kind and normal form, whatever the key."""
    expected = hmac.digest(key, f"email\x00{value}".encode(), "sha256").hex()
    assert pseudonyms({1: b"old", 7: key}, "email", value)[0] == "07" + expected
    assert pseudonym({1: b"old", 7: key}, "email", value) == "07" + expected


@given(st.sampled_from(["email", "phone", "login"]), st.text(min_size=1))
@example("email", "A\u00af")  # the spacing mark becomes a space and a mark, and the space goes
def test_normalising_twice_changes_nothing(kind: str, value: str) -> None:
    """A normalised identifier is its own normal form."""
    try:
        once = normalise(kind, value)
    except TrothError:
        return
    assert normalise(kind, once) == once


@pytest.mark.parametrize(("kind", "value"), [("email", " "), ("phone", "+"), ("login", "\u200b")])
def test_empty_identifiers(kind: str, value: str) -> None:
    """Nothing can not be a person."""
    with pytest.raises(TrothError, match=f"the `{kind}` of the person is empty"):
        pseudonym(ring().pseudonym, kind, value)


def test_pseudonyms_are_keyed() -> None:
    """A pseudonym is HMAC-SHA-256 behind its version, differs by key and kind, and is taken by the guard."""
    keys = rotate(ring(), "pseudonym", counting()).pseudonym
    newest, oldest = pseudonyms(keys, "email", "Jo@mail.example")
    digest = hmac.new(keys[2], b"email\x00jo@mail.example", hashlib.sha256).hexdigest()
    assert newest == "02" + digest == pseudonym(keys, "email", "jo@mail.example")
    assert oldest == pseudonym(ring().pseudonym, "email", "jo@mail.example")
    assert pseudonym(keys, "login", "jo@mail.example") != newest
    guard(entry(subject=newest))
