"""The order of steps: a row goes before the rows it needs to be found by, or that the database makes it wait for."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from types import MappingProxyType

Node = tuple[str, str]
"""A store and a table."""


_NONE: Mapping[Node, frozenset[Node]] = MappingProxyType({})


def ordered(
    nodes: Iterable[Node],
    needs: Mapping[Node, frozenset[Node]],
    wishes: Mapping[Node, frozenset[Node]],
    hopes: Mapping[Node, frozenset[Node]] = _NONE,
) -> tuple[tuple[Node, ...], bool]:
    """Put every node before those it must precede.

    Args:
        nodes: what to order.
        needs: by node, the nodes that must come later (declared foreign keys).
        wishes: by node, the nodes that should come later (paths to the person); given up in a cycle.
        hopes: by node, the nodes that would better come later; given up before a wish is.

    Returns:
        The nodes, the same order for the same input, and whether even the needs run in a circle, so that the
        database has to check its foreign keys at the end.
    """
    left = set(nodes)
    found: list[Node] = []
    circle = False
    while left:
        needed, wished, hoped = (
            {later for node in left for later in some.get(node, frozenset()) if later != node}
            for some in (needs, wishes, hopes)
        )
        free = left - needed - wished - hoped or left - needed - wished or left - needed
        if not free:
            circle, free = True, left
        first = min(free)
        found.append(first)
        left.remove(first)
    return tuple(found), circle
