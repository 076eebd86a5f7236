"""Tests of signed tree heads against the published format of C2SP checkpoints and signed notes."""

from __future__ import annotations

from hashlib import sha256

import pytest

from tests.evidence.lines import ORIGIN, ring
from troth.evidence.errors import KeyMissing, LedgerDamaged
from troth.evidence.heads import Head, check, parse, read_verifier
from troth.evidence.keyring import create
from troth.model.errors import TrothError

# the example of https://c2sp.org/signed-note and of golang.org/x/mod/sumdb/note
PETER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
NOTE = (
    "If you think cryptography is the answer to your problem,\n"
    "then you don't know what your problem is.\n"
    "\n"
    "\N{EM DASH} PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
)


def test_published_example() -> None:
    """A note that the reference implementation signed is accepted, and refused when its text differs."""
    assert check(Head("x", note=NOTE), [PETER]) == PETER
    with pytest.raises(LedgerDamaged, match="wrong signature"):
        check(Head("x", note=NOTE.replace("your problem is", "my problem is")), [PETER])


def test_form_of_a_head() -> None:
    """A head is origin, size and root, chained to the head before, then a blank line and the signature."""
    first = ring().signer.sign(3, sha256(b"a").digest(), Head(ORIGIN))
    second = ring().signer.sign(5, sha256(b"b").digest(), first)
    assert first.note.split("\n")[:2] == [ORIGIN, "3"]
    assert first.note.split("\n")[3] == ""
    assert second.note.split("\n")[3].startswith("previous ")
    assert second.note.split("\n")[5].startswith(f"\N{EM DASH} {ORIGIN} ")
    for head in (first, second):
        assert parse(head.note) == head
        assert check(head, [PETER, *ring().verifiers]) == ring().verifiers[0]


def test_unknown_key() -> None:
    """A head that none of the known keys signed is told apart from one with a wrong signature."""
    head = ring().signer.sign(3, sha256(b"a").digest(), Head(ORIGIN))
    with pytest.raises(KeyMissing, match="a key that is not known"):
        check(head, [PETER, *create(ORIGIN).verifiers])


@pytest.mark.parametrize("note", ["", "a\n3\nx\n\n", "a\n3\n\n", "a\nthree\n" + "A" * 43 + "=\n\n", NOTE])
def test_what_is_no_head(note: str) -> None:
    """Text that is no checkpoint is refused in words."""
    with pytest.raises(TrothError, match="not a tree head"):
        parse(note)


@pytest.mark.parametrize("name", ["", "two words", "a+b"])
def test_names(name: str) -> None:
    """The name of a ledger is one word without a plus sign, as signed notes ask."""
    with pytest.raises(TrothError, match="one word"):
        create(name)


@pytest.mark.parametrize(
    "key", ["", "a", PETER.replace("c74f", "c74e"), PETER[:-4], PETER.replace("+AR", "+AB")]
)
def test_what_is_no_public_key(key: str) -> None:
    """A public key with a wrong id, type or length is refused."""
    with pytest.raises(TrothError, match="not a public key"):
        read_verifier(key)
