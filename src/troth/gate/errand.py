"""What the code that runs now is there for: a purpose and a role, carried beside the code, not through it.

    with purpose("support", actor="support"):
        session.scalars(select(Customer))

The errand is a context variable: it belongs to the thread, task or request that opened it and to nobody else. A generator
has no context of its own: what it sets stays set for its reader whenever it pauses, and what its reader sets in between
holds inside it. So a purpose can not be opened in a generator, except in one that `contextlib.contextmanager` runs for
the very block it is opened for.
"""

from __future__ import annotations

import inspect
import sys
from collections.abc import Callable
from contextlib import ContextDecorator
from contextvars import ContextVar, Token
from dataclasses import dataclass, field
from functools import wraps
from types import FrameType, TracebackType
from typing import Any, Generic, Self, TypeVar, cast

from troth.model.condition import Facts
from troth.model.errors import TrothError
from troth.model.outcome import Person

_GENERATOR = inspect.CO_GENERATOR | inspect.CO_ASYNC_GENERATOR
_OPENERS = frozenset({"__enter__", "__aenter__", "enter_context", "enter_async_context"})
E = TypeVar("E", bound="Errand | None")
F = TypeVar("F", bound=Callable[..., Any])


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


class Carrying(ContextDecorator, Generic[E]):
    """A block, or a function, that runs on an errand; see `purpose`."""

    def __init__(self, errand: E) -> None:
        self._errand = errand
        self._token: Token[Errand | None] | None = None

    def __enter__(self) -> E:
        """Begin the block.

        Raises:
            TrothError: a generator begins it, or it has begun already.
        """
        if self._token is not None:
            raise TrothError(
                "this purpose is open already", hint='write `with purpose("...", actor="...")` again'
            )
        if _pauses(sys._getframe(1)):  # noqa: SLF001 - the documented way to the calling frame
            raise TrothError(
                "a generator opens a purpose, which its reader would then act for too",
                hint="open it in a function that the generator calls, or around the loop that reads the generator",
            )
        self._token = _now.set(self._errand)
        return self._errand

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        """End the block; the errand around it counts again.

        Raises:
            TrothError: the block was begun in another thread or task, so that it held for nobody here; not in place of an
                error that ends the block.
        """
        if self._token is None:
            return
        token, self._token = self._token, None
        try:
            _now.reset(token)
        except ValueError:
            if error is None:
                raise TrothError(
                    "this purpose was opened in another thread or task, and did not hold here",
                    hint="open it where the code runs; a dependency of FastAPI that opens one is an `async def`",
                ) from None

    def __call__(self, func: F) -> F:
        """A function that runs on the errand, also one that is awaited.

        Raises:
            TrothError: it is a generator, which its reader runs.
        """
        if inspect.isgeneratorfunction(func) or inspect.isasyncgenfunction(func):
            raise TrothError(
                "a generator is to run for a purpose, which its reader would then act for too",
                hint="open it in a function that the generator calls, or around the loop that reads the generator",
            )
        if not inspect.iscoroutinefunction(func):
            return super().__call__(func)

        @wraps(func)
        async def awaited(*given: Any, **named: Any) -> Any:
            with self._recreate_cm():
                return await func(*given, **named)

        return cast("F", awaited)

    def _recreate_cm(self) -> Self:
        """A block of its own for each call of a decorated function."""
        return type(self)(self._errand)


def purpose(
    name: str, *, actor: str, recipient: str = "", person: Person | None = None, facts: Facts | None = None
) -> Carrying[Errand]:
    """Run a block for a purpose; an errand inside another replaces it until its block ends.

    It can not be opened in a generator, which would leave it with its reader. A generator of `contextlib.contextmanager`
    may open it: there it is meant for the block that the context manager stands before.

    Args:
        name: the purpose ("support").
        actor: the role that acts, as `troth.toml` declares it; never a name.
        recipient: to whom the data goes, "" for nobody.
        person: whose data, where it is one person's.
        facts: what else is known of the case.
    """
    return Carrying(Errand(name, actor, recipient, person, facts or {}))


def carrying(errand: E) -> Carrying[E]:
    """Run a block on an errand; None for on none."""
    return Carrying(errand)


def _pauses(frame: FrameType | None) -> bool:
    """Whether the block that a frame opens belongs to a generator, which can pause inside it.

    What `__enter__` of a context manager opens belongs to the code that wrote `with`, and so does what a generator opens
    while `__enter__` runs it, which is how `contextlib.contextmanager` works.
    """
    while frame is not None:
        if frame.f_code.co_name in _OPENERS:
            frame = frame.f_back
        elif not frame.f_code.co_flags & _GENERATOR:
            return False
        elif frame.f_back is not None and frame.f_back.f_code.co_name in _OPENERS:
            frame = frame.f_back
        else:
            return True
    return False
