"""A project at a glance, and its evidence as others can check it; no store is touched."""

from __future__ import annotations

import contextlib
import tempfile
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from troth import settings as said
from troth.app.project import PROJECTIONS, in_time, map_of, open_state, places_of, policy_of
from troth.app.requests import needs
from troth.app.rounds import CLAIM
from troth.duties.citing import sources_for
from troth.duties.deadlines import request_due, timing_of
from troth.duties.deeds import owed
from troth.duties.docket import entries_of, every_life
from troth.evidence import keyring
from troth.evidence.bundle import export
from troth.evidence.errors import LedgerDamaged
from troth.evidence.folds import contradicting
from troth.evidence.heads import Head
from troth.evidence.open import open_ledger
from troth.model.errors import NotFound, TrothError
from troth.settings import Settings
from troth.state.claim import claimed
from troth.state.task import last_done


@dataclass(frozen=True, slots=True, kw_only=True)
class Status:
    """A project at a glance.

    Attributes:
        provider, version, policy: the policy that holds, and its hash.
        map: what is known of the data map, in words.
        entries, newest: how long the ledger is, and when its newest entry was made.
        open, needing, overdue, ended: requests; `needing` are those of which something waits for a person.
        problems: what needs a person, one sentence each.
        round: when a round of `troth keep` was last done to its end, RFC 3339; empty before the first.
        keeping: the worker that is doing a round now, and since when; empty where none is.
    """

    provider: str
    version: str
    policy: str
    map: str
    entries: int
    newest: str
    open: int
    needing: int
    overdue: int
    ended: int
    problems: tuple[str, ...]
    round: str = ""
    keeping: str = ""

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a status."""
        return {name: getattr(self, name) for name in self.__slots__ if name != "problems"} | {
            "problems": list(self.problems)
        }


def status(settings: Settings) -> Status:
    """A project at a glance.

    Raises:
        TrothError: its policy or its state can not be read.
    """
    policy = policy_of(settings)
    problems = []
    if not settings.stores:
        problems.append(
            f"{said.FILE} names no store, so nothing is carried out; add [stores.NAME] with its url"
        )
    try:
        one = map_of(settings)
        known = f"{len(one.tables)} tables, {len(one.personal())} of them personal"
        problems += [f"the map has an open question: {question}" for question in one.questions]
    except NotFound as error:
        known = "none"
        problems.append(f"{error.message}; {error.hint}")
    with open_state(settings) as state:
        in_time(state, policy, said.now())
        clock_places = places_of(settings, policy)
        now = said.now()
        lives = every_life(state.ledger)
        overdue = []
        for life in lives:
            if life.ended or life.answered:
                continue
            first = request_due(
                life.right, clock_places, timing_of(life, now), sources_for(policy, life.right),
                clock_places[0].calendar,
            ).first  # fmt: skip
            if first and first.moment and first.moment <= now and not first.standing:
                overdue.append(life.id)
        problems += [f"request {request} is overdue" for request in overdue]
        waiting = needs(state, lives)
        problems += [one for some in waiting.values() for one in some]
        asking = {life.subject for life in lives if not life.ended}
        problems += [
            f"job {job.id} of {job.created[:10]} was stopped in its work: `troth keep` goes on with it"
            for job in state.journal.jobs()
            if not job.outcome or asking.isdisjoint(state.journal.subjects(job.id))
        ]
        late = sum(
            one.state == "overdue" for one in owed(policy, state.ledger, now, clock_places[0].calendar)
        )
        if late:
            problems.append(f"{late} duties are overdue: troth duties")
        entries = state.ledger.size()
        running = claimed(settings.state, CLAIM)
        newest = next((one.time for one in state.ledger.read(entries - 1)), "") if entries else ""
    return Status(
        provider=policy.provider, version=policy.version, policy=policy.hash, map=known, entries=entries,
        newest=newest, open=sum(not life.ended for life in lives), needing=len(waiting), overdue=len(overdue),
        ended=sum(life.ended for life in lives), problems=tuple(problems),
        round=last_done(settings.state, CLAIM), keeping=str(running) if running else "",
    )  # fmt: skip


def ledger_of(settings: Settings) -> tuple[str, tuple[str, ...]]:
    """The address of the ledger of a project, and the public keys it must be signed with."""
    environ = said.environment()
    held = environ.get(keyring.VARIABLE)
    ring = keyring.load(None if held else settings.path("keys"), environ)
    return settings.state, ring.verifiers


@contextlib.contextmanager
def checkable(address: str) -> Iterator[Path]:
    """The ledger at an address as a file that the verifier reads; one on a server is exported to a temporary bundle.

    Raises:
        TrothError: there is none, or it can not be read.
    """
    scheme, found, rest = address.partition("://")
    if not found or scheme == "sqlite":
        yield Path(rest.removeprefix("/") if found else address)
        return
    with tempfile.TemporaryDirectory(prefix="troth-verify-") as folder, open_ledger(address) as ledger:
        bundle = Path(folder) / "ledger"
        export(ledger, bundle)
        yield bundle


def contradictions(settings: Settings) -> list[str]:
    """Where the tables beside the ledger do not say what the entries say; empty where they agree."""
    try:
        with open_state(settings) as state:
            return contradicting(state.ledger, PROJECTIONS)
    except LedgerDamaged as error:
        return [error.message]


def export_evidence(settings: Settings, target: Path, requests: Iterable[str]) -> Head:
    """Write the evidence of a project, or of some requests only, as a bundle that anybody can check.

    Raises:
        TrothError: the place is taken, the ledger is empty, or there is no such request.
    """
    named = list(requests)
    with open_state(settings) as state:
        ring = state.ring
        chosen = [entry.seq for request in named for entry in entries_of(state.ledger, request)]
    if named and not chosen:
        raise TrothError("there is no evidence of these requests", hint="`troth requests` lists them")
    with open_ledger(settings.state, projections=PROJECTIONS, verifiers=ring.verifiers) as ledger:
        return export(ledger, target, chosen or None)
