"""The order of steps: a row goes before the rows it needs to be found by, or that the database makes it wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping

Node = tuple[str, str]
"""A store and a table."""


def ordered(
    nodes: Iterable[Node], needs: Mapping[Node, frozenset[Node]], wishes: Mapping[Node, frozenset[Node]]
) -> tuple[tuple[Node, ...], bool]:
    """Put every node before those it must precede.

    Args:
        nodes: what to order.
        needs: by node, the nodes that must come later (declared foreign keys).
        wishes: by node, the nodes that should come later (paths to the person); given up in a cycle.

    Returns:
        The nodes, the same order for the same input, and whether even the needs run in a circle, so that the
        database has to check its foreign keys at the end.
    """
    left = set(nodes)
    found: list[Node] = []
    circle = False
    while left:
        needed = {later for node in left for later in needs.get(node, frozenset()) if later != node}
        wished = {later for node in left for later in wishes.get(node, frozenset()) if later != node}
        free = left - needed - wished or left - needed
        if not free:
            circle, free = True, left
        first = min(free)
        found.append(first)
        left.remove(first)
    return tuple(found), circle
