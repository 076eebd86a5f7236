"""What the code that runs now is there for: a purpose and a role, carried beside the code, not through it.

    with purpose("support", actor="support"):
        session.scalars(select(Customer))

The errand is a context variable: it belongs to the thread, task or request that opened it and to nobody else.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from dataclasses import dataclass, field

from troth.model.condition import Facts
from troth.model.outcome import Person


@dataclass(frozen=True, slots=True)
class Errand:
    """What is being done, for whom.

    Attributes:
        purpose: what for.
        actor: the role that acts.
        recipient: to whom the data goes, "" for nobody.
        person: whose data, where it is one person's.
        facts: what else is known of the case.
        told: the same, and that the fields are declared and classified, as the data map shows.
    """

    purpose: str
    actor: str
    recipient: str = ""
    person: Person | None = None
    facts: Facts = field(default_factory=dict)
    told: Facts = field(init=False, compare=False)

    def __post_init__(self) -> None:
        """Put the facts of every statement together once."""
        object.__setattr__(self, "told", {"declared": True, "classified": True, **self.facts})


_now: ContextVar[Errand | None] = ContextVar("troth_errand", default=None)


def current() -> Errand | None:
    """The errand of the code that runs now; None where nobody said."""
    return _now.get()


@contextmanager
def purpose(
    name: str, *, actor: str, recipient: str = "", person: Person | None = None, facts: Facts | None = None
) -> Iterator[Errand]:
    """Run a block for a purpose; an errand inside another replaces it until its block ends.

    Args:
        name: the purpose ("support").
        actor: the role that acts, as `troth.toml` declares it; never a name.
        recipient: to whom the data goes, "" for nobody.
        person: whose data, where it is one person's.
        facts: what else is known of the case.
    """
    errand = Errand(name, actor, recipient, person, facts or {})
    with carrying(errand):
        yield errand


@contextmanager
def carrying(errand: Errand | None) -> Iterator[None]:
    """Run a block on an errand."""
    token = _now.set(errand)
    try:
        yield
    finally:
        _now.reset(token)
