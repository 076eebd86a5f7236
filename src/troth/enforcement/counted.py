"""What this process knows of the chunks of a job that it began itself, so that the journal need not be asked for them.

It is a copy and nothing else: whatever it can not be sure of it forgets, and the tables answer.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from operator import itemgetter

from troth.enforcement.chunk import Chunk

Tally = dict[int, dict[str, dict[str, int]]]
"""Rows that were written, by number of the person, place and what happened to them."""


@dataclass(slots=True)
class Counted:
    """The chunks of jobs that began here: by job and number of the chunk, its step, kind and place, and rows by person."""

    jobs: dict[int, dict[int, tuple[int, str, str, Mapping[int, int]]]] = field(default_factory=dict)
    done: set[int] = field(default_factory=set)

    def begin(self, job: int) -> None:
        """A job begins, so all of its chunks will be seen here."""
        self.jobs.clear()
        self.done.clear()
        self.jobs[job] = {}

    def forget(self) -> None:
        """Know nothing any more: something was undone, left, or is another's."""
        self.jobs.clear()
        self.done.clear()

    def add(self, job: int, number: int, chunk: Chunk, counts: Mapping[int, int]) -> None:
        """A chunk was saved under this number."""
        if job in self.jobs:
            # Not its keys: they may be many.
            self.jobs[job][number] = (chunk.step, chunk.kind, chunk.place, counts)

    def mark(self, numbers: Iterable[int]) -> None:
        """All rows of these chunks are written."""
        self.done.update(numbers)

    def pending(self, job: int) -> list[tuple[int, int, str]] | None:
        """Number, step and kind of the chunks that are not written, in the order of the steps; None where it is not known."""
        known = self.jobs.get(job)
        if known is None:
            return None
        left = [(number, step, kind) for number, (step, kind, *_) in known.items() if number not in self.done]
        return sorted(left, key=itemgetter(1, 0))

    def tally(self, job: int) -> Tally | None:
        """The rows written; None where it is not known."""
        known = self.jobs.get(job)
        if known is None:
            return None
        found: Tally = {}
        # Of a thousand persons most have the same few numbers, so each is one object, and not thousands.
        alike: dict[tuple[str, int], dict[str, int]] = {}
        written = (one for number, one in known.items() if number in self.done)
        for _, kind, place, counts in sorted(written, key=itemgetter(2, 1)):
            for person, rows in counts.items():
                if rows:
                    places = found.setdefault(person, {})
                    some = places.get(place)
                    if some is not None:
                        places[place] = {**some, kind: some.get(kind, 0) + rows}
                    elif (one := alike.get((kind, rows))) is not None:
                        places[place] = one
                    else:
                        places[place] = alike[kind, rows] = {kind: rows}
        return found
