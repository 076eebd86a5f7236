"""Tests of the Merkle tree against the definition of RFC 9162 and against pymerkle."""

from __future__ import annotations

from hashlib import sha256
from typing import TYPE_CHECKING

import pytest
from hypothesis import given
from hypothesis import strategies as st
from pymerkle import InmemoryTree  # type: ignore[import-untyped]  # it has no types

from troth.evidence import merkle
from troth.evidence.merkle import Node
from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Sequence

Leaves = list[bytes]
LEAVES = st.lists(st.binary(max_size=8), max_size=70)


def naive_root(leaves: Leaves) -> bytes:
    """MTH of RFC 9162 section 2.1.1, word for word."""
    if not leaves:
        return sha256(b"").digest()
    if len(leaves) == 1:
        return sha256(b"\x00" + leaves[0]).digest()
    k = largest_power_below(len(leaves))
    return sha256(b"\x01" + naive_root(leaves[:k]) + naive_root(leaves[k:])).digest()


def naive_path(m: int, leaves: Leaves) -> Leaves:
    """PATH of RFC 9162 section 2.1.3.1, word for word."""
    if len(leaves) == 1:
        return []
    k = largest_power_below(len(leaves))
    if m < k:
        return [*naive_path(m, leaves[:k]), naive_root(leaves[k:])]
    return [*naive_path(m - k, leaves[k:]), naive_root(leaves[:k])]


def naive_subproof(m: int, leaves: Leaves, *, whole: bool) -> Leaves:
    """SUBPROOF of RFC 9162 section 2.1.4.1, word for word."""
    if m == len(leaves):
        return [] if whole else [naive_root(leaves)]
    k = largest_power_below(len(leaves))
    if m <= k:
        return [*naive_subproof(m, leaves[:k], whole=whole), naive_root(leaves[k:])]
    return [*naive_subproof(m - k, leaves[k:], whole=False), naive_root(leaves[:k])]


def largest_power_below(n: int) -> int:
    """The largest power of two smaller than n."""
    k = 1
    while k * 2 < n:
        k *= 2
    return k


class Tree:
    """A growing tree with the hashes as the ledger stores them: by the leaf that completed them."""

    def __init__(self, leaves: Leaves) -> None:
        self.peaks: list[bytes] = []
        self.stored: list[bytes] = []
        for number, data in enumerate(leaves):
            self.stored += merkle.grow(self.peaks, number, [merkle.leaf_hash(data)])

    def nodes(self, wanted: Sequence[Node]) -> list[bytes]:
        """The hashes of some nodes."""
        return [self.stored[n.last][32 * n.level : 32 * n.level + 32] for n in wanted]

    def root(self, size: int) -> bytes:
        """Root of the first `size` leaves, from stored hashes alone."""
        return merkle.fold(self.nodes(merkle.span(0, size)))


@given(LEAVES)
def test_root_is_that_of_the_rfc(leaves: Leaves) -> None:
    """The root of the peaks is the recursive definition, for the whole and for every prefix."""
    tree = Tree(leaves)
    assert merkle.fold(tree.peaks) == naive_root(leaves)
    assert all(tree.root(size) == naive_root(leaves[:size]) for size in range(len(leaves) + 1))


@given(st.lists(LEAVES, max_size=5))
def test_any_batches_grow_the_same_tree(batches: list[Leaves]) -> None:
    """Leaves that are added by the batch leave the peaks and stored hashes of leaves added one after the other."""
    peaks: list[bytes] = []
    stored: list[bytes] = []
    for batch in batches:
        stored += merkle.grow(peaks, len(stored), [merkle.leaf_hash(data) for data in batch])
    tree = Tree([data for batch in batches for data in batch])
    assert (peaks, stored) == (tree.peaks, tree.stored)


@given(LEAVES)
def test_root_is_that_of_pymerkle(leaves: Leaves) -> None:
    """An independent implementation finds the same root."""
    other = InmemoryTree(algorithm="sha256")
    for data in leaves:
        other.append_entry(data)
    if leaves:
        assert merkle.fold(Tree(leaves).peaks) == other.get_root()


@given(LEAVES.filter(bool), st.data())
def test_inclusion_proof(leaves: Leaves, data: st.DataObject) -> None:
    """Every inclusion proof is the one of the RFC and verifies."""
    tree = Tree(leaves)
    size = data.draw(st.integers(1, len(leaves)))
    index = data.draw(st.integers(0, size - 1))
    proof = merkle.prove(merkle.inclusion(index, size), tree.nodes)
    assert proof == naive_path(index, leaves[:size])
    assert merkle.included(merkle.leaf_hash(leaves[index]), (index, size), proof, tree.root(size))


@given(LEAVES, st.data())
def test_consistency_proof(leaves: Leaves, data: st.DataObject) -> None:
    """Every consistency proof is the one of the RFC and verifies."""
    tree = Tree(leaves)
    size = data.draw(st.integers(0, len(leaves)))
    older = data.draw(st.integers(0, size))
    proof = merkle.prove(merkle.consistency(older, size), tree.nodes)
    if 0 < older < size:
        assert proof == naive_subproof(older, leaves[:size], whole=True)
    assert merkle.continues((older, tree.root(older)), (size, tree.root(size)), proof)


def flip(value: bytes, bit: int) -> bytes:
    """The value with one bit turned."""
    changed = bytearray(value)
    changed[bit // 8 % len(value)] ^= 1 << bit % 8
    return bytes(changed)


def mutations(proof: list[bytes], bit: int) -> list[list[bytes]]:
    """The proof with one hash turned, dropped, doubled, and with one too many."""
    spoilt = [[*proof, b"\x00" * 32]]
    for i, value in enumerate(proof):
        spoilt.append([*proof[:i], flip(value, bit), *proof[i + 1 :]])
        spoilt.append([*proof[:i], *proof[i + 1 :]])
        spoilt.append([*proof[:i], value, *proof[i:]])
    return spoilt


@given(st.integers(1, 70), st.integers(0, 255), st.data())
def test_mutated_inclusion_proof_fails(size: int, bit: int, data: st.DataObject) -> None:
    """No changed proof, leaf, number or root verifies."""
    tree = Tree([bytes([n]) for n in range(size)])
    index = data.draw(st.integers(0, size - 1))
    leaf, root = merkle.leaf_hash(bytes([index])), tree.root(size)
    proof = merkle.prove(merkle.inclusion(index, size), tree.nodes)
    for spoilt in mutations(proof, bit):
        assert not merkle.included(leaf, (index, size), spoilt, root)
    assert not merkle.included(flip(leaf, bit), (index, size), proof, root)
    assert not merkle.included(leaf, (index, size), proof, flip(root, bit))
    for other in range(-1, size + 1):
        assert merkle.included(leaf, (other, size), proof, root) == (other == index)


@given(st.integers(2, 70), st.integers(0, 255), st.data())
def test_mutated_consistency_proof_fails(size: int, bit: int, data: st.DataObject) -> None:
    """No changed consistency proof or root verifies."""
    tree = Tree([bytes([n]) for n in range(size)])
    older = data.draw(st.integers(1, size - 1))
    before, after = (older, tree.root(older)), (size, tree.root(size))
    proof = merkle.prove(merkle.consistency(older, size), tree.nodes)
    for spoilt in mutations(proof, bit):
        assert not merkle.continues(before, after, spoilt)
    assert not merkle.continues((older, flip(before[1], bit)), after, proof)
    assert not merkle.continues(before, (size, flip(after[1], bit)), proof)
    assert not merkle.continues(after, before, proof)


def test_a_tree_of_another_history_is_not_a_continuation() -> None:
    """A log that rewrote an old entry can not prove that it only grew."""
    honest, forged = Tree([b"a", b"b", b"c"]), Tree([b"a", b"X", b"c", b"d"])
    proof = merkle.prove(merkle.consistency(3, 4), forged.nodes)
    assert not merkle.continues((3, honest.root(3)), (4, forged.root(4)), proof)


@pytest.mark.parametrize(("index", "size"), [(0, 0), (5, 5), (-1, 3)])
def test_no_proof_of_what_is_not_there(index: int, size: int) -> None:
    """Asking for a proof of an entry outside the tree is refused in words."""
    with pytest.raises(TrothError, match="there is no entry"):
        merkle.inclusion(index, size)


def test_a_smaller_ledger_continues_nothing() -> None:
    """Asking for a consistency proof backwards is refused in words."""
    with pytest.raises(TrothError, match="can not continue"):
        merkle.consistency(4, 3)
