"""What comes after erasures: bytes that must go, and people whom a restored backup brought back."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from troth.app.project import Opened
from troth.duties.carry import once_more
from troth.duties.citing import citation_for
from troth.duties.docket import corrected_since, open_lives
from troth.enforcement.afterwards import purge, replay, unpurged
from troth.enforcement.erase import plan_erasure
from troth.enforcement.restored import remark
from troth.model.entry import utc
from troth.model.errors import TrothError
from troth.model.moment import typed
from troth.model.outcome import Outcome
from troth.model.policy import vocabulary_of
from troth.stores.errors import StoreGone

QUICK = frozenset({"sqlite", "postgresql"})
"""Engines that make bytes go without building whole tables anew, so that every round may ask them to."""


@dataclass(frozen=True, slots=True)
class Purged:
    """What was made to go in one store.

    Attributes:
        store: its name.
        tables: how many of its tables were worked on.
        left: what may still hold some of the bytes; empty where nothing does.
        failed: why it could not be done; empty where it was.
    """

    store: str
    tables: int
    left: str = ""
    failed: str = ""

    @property
    def word(self) -> str:
        """The outcome in a word or more, as `Outcome` says it."""
        return f"not done: {self.failed}" if self.failed else "done"

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of it."""
        return {"store": self.store, "tables": self.tables, "left": self.left, "failed": self.failed}


def purge_all(opened: Opened, *, quick: bool = False) -> tuple[Purged, ...]:
    """Make the bytes go of everything that was erased since the last time, with an entry of its own for each store.

    A store that does not let it happen, or can not be reached, keeps back none of the others, and stays due.

    Args:
        opened: the project.
        quick: leave out stores that would have to build whole tables anew.
    """
    project = opened.project
    citation = citation_for(opened.policy, "erase")
    found = []
    for store, places in unpurged(project).items():
        if quick and project.schemas[store].engine not in QUICK:
            continue
        try:
            left = purge(project, places, citation)[store]
        except StoreGone:
            raise
        except TrothError as error:
            found.append(Purged(store, len(places), failed=error.message))
        else:
            found.append(Purged(store, len(places), left))
    return tuple(found)


@dataclass(frozen=True, slots=True)
class Replayed:
    """What was done after a backup was restored.

    Attributes:
        erased: people who came back and were erased again.
        marked: people whose restriction, objection or withdrawal the backup had lost, and whose marks were set again.
        waiting: erasures of which a rest waits, whose erased part had come back and was erased again.
        corrections: the requests for a correction that were carried out since; they must be made again.
    """

    erased: tuple[Outcome, ...]
    marked: tuple[Outcome, ...]
    waiting: tuple[Outcome, ...]
    corrections: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of it."""
        return {
            "outcomes": [one.as_json() for one in self.erased],
            "marked": [one.as_json() for one in self.marked],
            "waiting": [one.as_json() for one in self.waiting],
            "corrections": list(self.corrections),
        }


def replay_since(opened: Opened, since: str) -> Replayed:
    """Erase again whoever a restored backup brought back, and set the marks again that it has lost.

    Args:
        opened: the project, with the stores as they were restored.
        since: time of the backup, RFC 3339 with a zone.

    Raises:
        TrothError: this is no time with a zone; and see `enforcement.erase.erase`.
    """
    moment = utc(typed(since))
    project, policy = opened.project, opened.policy
    plan = plan_erasure(project, citation_for(policy, "erase"))
    erased = replay(project, plan, since=moment)
    citations = {right: citation_for(policy, right) for right in ("restrict", "object", "withdraw")}
    marked = remark(project, vocabulary_of(policy), citations, since=moment)
    waiting = [once_more(opened.desk, life) for life in open_lives(project.ledger)]
    again = tuple(one for one in waiting if one is not None)
    return Replayed(erased, marked, again, corrected_since(project.ledger, moment))
