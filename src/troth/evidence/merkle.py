"""The Merkle tree over the entries: hashes, roots and proofs, without any input or output.

Hashing is that of RFC 6962 and RFC 9162 section 2.1: 0x00 before a leaf, 0x01 before a pair. A growing tree
is kept as its *peaks*: the roots of its complete subtrees, largest first (a compact range), so adding a leaf
costs two hashes on average. Inner hashes are stored as they complete: leaf `n` completes node `n >> level` of
each level up to the number of 1 bits at the end of `n`.
"""

from __future__ import annotations

from hashlib import sha256
from operator import add
from typing import TYPE_CHECKING, NamedTuple

from troth.model.errors import TrothError

if TYPE_CHECKING:
    from collections.abc import Callable, Sequence

EMPTY_ROOT = sha256(b"").digest()
"""Root of the tree without leaves (RFC 9162 section 2.1.1)."""

HASH_BYTES = 32


class Node(NamedTuple):
    """A complete subtree of the tree: `2 ** level` leaves from leaf `number * 2 ** level` on."""

    level: int
    number: int

    @property
    def last(self) -> int:
        """Number of the leaf that completes it."""
        return ((self.number + 1) << self.level) - 1


def leaf_hash(data: bytes) -> bytes:
    """Hash of a leaf (RFC 9162 section 2.1.1)."""
    return sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """Hash of a pair of subtrees (RFC 9162 section 2.1.1)."""
    return sha256(b"\x01" + left + right).digest()


def grow(peaks: list[bytes], size: int, leaves: Sequence[bytes]) -> list[bytes]:
    """Add leaf hashes to the peaks of a tree of `size` leaves, in place, one level of the tree after the other.

    Returns:
        For each leaf the hashes that it completes, joined: its own, then one for each 1 bit at the end of its number.
    """
    done, nodes = list(leaves), list(leaves)
    first, step = size, 1  # number of the first node on this level, and leaves below a node
    grown: list[bytes] = []  # the new peaks, smallest first
    while nodes:
        if first & 1:  # its left neighbour was there before
            nodes.insert(0, peaks.pop())
            first -= 1
        if len(nodes) & 1:
            grown.append(nodes.pop())
        pairs = iter(nodes)
        nodes = [sha256(b"\x01" + left + right).digest() for left, right in zip(pairs, pairs, strict=True)]
        first, step = first >> 1, step << 1
        at = ((first + 1) * step) - 1 - size  # the leaf that completes the first of them
        done[at::step] = map(add, done[at::step], nodes)
    peaks += reversed(grown)
    return done


def fold(peaks: Sequence[bytes]) -> bytes:
    """Root of the tree with these peaks, largest first."""
    if not peaks:
        return EMPTY_ROOT
    root = peaks[-1]
    for peak in reversed(peaks[:-1]):
        root = sha256(b"\x01" + peak + root).digest()
    return root


def span(start: int, stop: int) -> tuple[Node, ...]:
    """The peaks of the leaves from `start` up to `stop`, largest first; `start` must suit the size."""
    nodes = []
    while start < stop:
        level = (stop - start).bit_length() - 1
        nodes.append(Node(level, start >> level))
        start += 1 << level
    return tuple(nodes)


Plan = tuple[tuple[Node, ...], ...]
"""What a proof is made of: for each of its hashes the peaks to fold."""


def inclusion(index: int, size: int) -> Plan:
    """The proof that leaf `index` is in the tree of `size` leaves (RFC 9162 section 2.1.3.1).

    Raises:
        TrothError: the tree has no such leaf.
    """
    if not 0 <= index < size:
        raise TrothError(f"there is no entry {index} among the first {size}", hint="entries count from 0")
    plan: list[tuple[Node, ...]] = []
    start, stop = 0, size
    while stop - start > 1:
        middle = start + _left(stop - start)
        if index < middle:
            plan.append(span(middle, stop))
            stop = middle
        else:
            plan.append(span(start, middle))
            start = middle
    return tuple(reversed(plan))


def consistency(older: int, size: int) -> Plan:
    """The proof that the tree of `older` leaves begins that of `size` (RFC 9162 section 2.1.4.1).

    Raises:
        TrothError: the older tree is not the smaller one.
    """
    if not 0 <= older <= size:
        raise TrothError(f"a ledger of {size} entries can not continue one of {older}")
    if older in (0, size):
        return ()
    plan: list[tuple[Node, ...]] = []
    start, stop, whole = 0, size, True
    while older != stop:
        middle = start + _left(stop - start)
        if older <= middle:
            plan.append(span(middle, stop))
            stop = middle
        else:
            plan.append(span(start, middle))
            start, whole = middle, False
    if not whole:
        plan.append(span(start, stop))
    return tuple(reversed(plan))


def _left(size: int) -> int:
    """Leaves in the left subtree: the largest power of two smaller than `size` (at least 2)."""
    return 1 << ((size - 1).bit_length() - 1)


def prove(plan: Plan, nodes: Callable[[Sequence[Node]], Sequence[bytes]]) -> list[bytes]:
    """The hashes of a planned proof.

    Args:
        plan: from `inclusion` or `consistency`.
        nodes: gives the stored hashes of nodes, in the order asked; asked once.
    """
    hashes = iter(nodes([node for group in plan for node in group]))
    return [fold([next(hashes) for _ in group]) for group in plan]


def included(leaf: bytes, place: tuple[int, int], proof: Sequence[bytes], root: bytes) -> bool:
    """Whether a proof shows that a leaf is in a tree (RFC 9162 section 2.1.3.2).

    Args:
        leaf: its hash.
        place: its number and the size of the tree.
        proof: the hashes, from the leaf up.
        root: root of the tree.
    """
    index, size = place
    if not 0 <= index < size:
        return False
    last, value = size - 1, leaf
    for sibling in proof:
        if last == 0:
            return False
        if index & 1 or index == last:
            value = node_hash(sibling, value)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            value = node_hash(value, sibling)
        index, last = index >> 1, last >> 1
    return last == 0 and value == root


def continues(older: tuple[int, bytes], newer: tuple[int, bytes], proof: Sequence[bytes]) -> bool:
    """Whether a proof shows that a tree only grew (RFC 9162 section 2.1.4.2).

    Args:
        older: size and root of the tree as it was.
        newer: size and root of the tree as it is.
        proof: the hashes.
    """
    (first, first_root), (second, second_root) = older, newer
    if first > second or first < 0:
        return False
    if first in (0, second):
        return not proof and first_root == (second_root if first else EMPTY_ROOT)
    hashes = list(proof) if first & (first - 1) else [first_root, *proof]
    if not hashes:
        return False
    index, last = first - 1, second - 1
    while index & 1:
        index, last = index >> 1, last >> 1
    old = new = hashes[0]
    for value in hashes[1:]:
        if last == 0:
            return False
        if index & 1 or index == last:
            old, new = node_hash(value, old), node_hash(value, new)
            while not index & 1 and index:
                index, last = index >> 1, last >> 1
        else:
            new = node_hash(new, value)
        index, last = index >> 1, last >> 1
    return last == 0 and old == first_root and new == second_root
