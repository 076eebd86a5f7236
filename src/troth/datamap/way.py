"""A chain of believable steps from a table to a person, and what it costs to believe it."""

from __future__ import annotations

import math
from dataclasses import dataclass

from troth.datamap.edge import Edge
from troth.datamap.survey import Place
from troth.model.datamap import Path


@dataclass(frozen=True, slots=True)
class Way:
    """A path with the edges it is made of and its price."""

    edges: tuple[Edge, ...]
    price: float
    backwards: bool = False

    @property
    def end(self) -> Place:
        """The table of the person it ends at."""
        return self.edges[-1].target

    @property
    def confidence(self) -> float:
        """How sure the whole way is: the product of its steps."""
        return round(math.prod(one.confidence for one in self.edges), 2)

    def path(self) -> Path:
        """The way as the map writes it."""
        reasons = list(dict.fromkeys(one.reason for one in self.edges))
        return Path(tuple(one.link for one in self.edges), self.confidence, "; ".join(reasons))
