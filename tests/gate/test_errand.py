"""Purposes opened and closed: by blocks, functions, context managers and tasks, and never by a generator for its reader."""

from __future__ import annotations

import asyncio
import threading
from collections.abc import AsyncIterator, Iterator
from contextlib import AsyncExitStack, ExitStack, asynccontextmanager, contextmanager

import pytest

from troth.gate.errand import Carrying, Errand, carrying, current, purpose
from troth.model.errors import TrothError


def name() -> str:
    """The purpose of the code that calls this."""
    errand = current()
    return errand.purpose if errand else ""


@contextmanager
def desk() -> Iterator[None]:
    """A unit of work at the desk."""
    with purpose("support", actor="support"):
        yield


@asynccontextmanager
async def desk_later() -> AsyncIterator[None]:
    """The same, awaited."""
    await asyncio.sleep(0)
    with purpose("support", actor="support"):
        yield


class Desk:
    """The same, as a class."""

    def __init__(self) -> None:
        self._open = purpose("support", actor="support")

    def __enter__(self) -> None:
        self._open.__enter__()

    def __exit__(self, *told: object) -> None:
        self._open.__exit__(None, None, None)


def plain() -> Iterator[str]:
    """A generator that opens a purpose itself."""
    with purpose("billing", actor="billing"):
        yield name()


def stacked() -> Iterator[str]:
    """A generator that opens one on a stack."""
    with ExitStack() as stack:
        stack.enter_context(purpose("billing", actor="billing"))
        yield name()


def managed() -> Iterator[str]:
    """A generator that opens one by a context manager that is a generator too."""
    with desk():
        yield name()


def by_class() -> Iterator[str]:
    """A generator that opens one by a class."""
    with Desk():
        yield name()


def carried() -> Iterator[str]:
    """A generator that opens an errand without a purpose."""
    with carrying(None):
        yield name()


@pytest.mark.parametrize("made", [plain, stacked, managed, by_class, carried])
def test_generator_does_not_leak(made: object) -> None:
    """A generator that would leave its purpose with its reader is an error, and its reader keeps its own."""
    with purpose("support", actor="support"):
        with pytest.raises(TrothError, match="a generator opens a purpose") as caught:
            next(made())  # type: ignore[operator]
        assert "a function that the generator calls" in caught.value.hint
        assert name() == "support"
    assert current() is None


def test_asynchronous_generator_does_not_leak() -> None:
    """The same of generators that are awaited, also by a stack or a context manager."""

    async def direct() -> AsyncIterator[str]:
        with purpose("billing", actor="billing"):
            yield name()

    async def by_manager() -> AsyncIterator[str]:
        async with desk_later():
            yield name()

    async def by_stack() -> AsyncIterator[str]:
        async with AsyncExitStack() as stack:
            await stack.enter_async_context(desk_later())
            yield name()

    async def read() -> str:
        for made in (direct, by_manager, by_stack):
            with pytest.raises(TrothError, match="a generator opens a purpose"):
                await anext(aiter(made()))
        return name()

    assert asyncio.run(read()) == ""


def test_generator_may_call_what_opens_one() -> None:
    """A function that a generator calls opens and closes a purpose between two steps."""

    @purpose("billing", actor="billing")
    def decorated() -> str:
        return name()

    def called() -> str:
        with purpose("support", actor="support"):
            return name()

    def steps() -> Iterator[str]:
        yield called()
        yield decorated()
        yield name()

    seen = []
    for step in steps():
        seen.append(step)
        assert current() is None
    assert seen == ["support", "billing", ""]


def test_reader_of_a_generator_keeps_its_purpose() -> None:
    """A purpose around the loop holds in the generator too."""

    def steps() -> Iterator[str]:
        yield name()
        yield name()

    with purpose("support", actor="support"):
        assert list(steps()) == ["support", "support"]


def test_context_managers() -> None:
    """A context manager, generator or class, opens a purpose for the block that it stands before, and for nothing else."""
    with desk():
        assert name() == "support"
        with Desk(), purpose("billing", actor="billing") as mine:
            assert current() is mine
        assert name() == "support"
    with ExitStack() as stack:
        stack.enter_context(desk())
        assert name() == "support"

    async def later() -> list[str]:
        seen = []
        async with desk_later(), AsyncExitStack() as stack:
            seen.append(name())
            stack.enter_context(purpose("billing", actor="billing"))
            await asyncio.sleep(0)
            seen.append(name())
        return [*seen, name()]

    assert asyncio.run(later()) == ["support", "billing", ""]
    assert current() is None


def test_decorated_function_in_many_threads() -> None:
    """A decorated function has a block of its own in every call, also where it calls itself or runs twice at once."""
    both = threading.Barrier(2)
    seen: list[str] = []

    @purpose("support", actor="support")
    def work(depth: int) -> None:
        if depth:
            work(depth - 1)
        both.wait(10)
        seen.append(name())

    threads = [threading.Thread(target=work, args=(1,)) for _ in range(2)]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    assert seen == ["support"] * 4
    assert current() is None


def test_decorated_function_that_is_awaited() -> None:
    """It runs on its own errand and not on that of its caller; a generator can not be decorated, since its reader runs it."""

    @purpose("support", actor="support")
    async def work() -> str:
        await asyncio.sleep(0)
        return name()

    async def all_of_it() -> list[str]:
        with purpose("billing", actor="billing"):
            return [*await asyncio.gather(work(), work()), name()]

    assert asyncio.run(all_of_it()) == ["support", "support", "billing"]
    with pytest.raises(TrothError, match="a generator is to run for a purpose"):

        @purpose("support", actor="support")
        def names() -> Iterator[str]:
            yield name()


def test_block_closed_elsewhere() -> None:
    """A block that another thread opened held for nobody here: that is said, and takes the place of no other error."""

    def opened() -> Carrying[Errand]:
        block = purpose("support", actor="support")
        thread = threading.Thread(target=block.__enter__)
        thread.start()
        thread.join()
        return block

    with pytest.raises(TrothError, match="opened in another thread") as caught:
        opened().__exit__(None, None, None)
    assert "async def" in caught.value.hint
    opened().__exit__(KeyError, KeyError("x"), None)
    assert current() is None


def test_block_is_opened_once() -> None:
    """A block that is open can not be opened again; closed, it can."""
    block = purpose("support", actor="support", facts={"held": False})
    with block as errand:
        assert errand == Errand("support", "support", facts={"held": False})
        with pytest.raises(TrothError, match="open already"), block:
            pass
        assert current() is errand
    with block:
        assert name() == "support"
    assert current() is None
