"""A round: everything the policy demands at a moment, planned and done, by one worker at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from troth.app.aftermath import Purged, purge_all
from troth.app.maps import unclear_holds
from troth.app.policies import load_file
from troth.app.project import Opened
from troth.duties.agenda import Item, agenda, differences, digest, keep_round, named
from troth.duties.daily import gaps
from troth.model.errors import Place, SourceError
from troth.state import lease
from troth.state.link import Link, open_link

LEASE = 900.0
"""Seconds after which a worker that died loses the round to another; a living one renews it with every write."""

_TASK = "keep"
FORMAT = "troth-plan/1"


@dataclass(frozen=True, slots=True)
class Row:
    """One thing of a plan, as it is shown.

    Attributes:
        title: what, in words.
        steps: place, action and number of rows.
        skipped: place and why.
        sentences: the sentences that ask for it.
    """

    title: str
    steps: tuple[tuple[str, str, int], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Round:
    """What is due at a moment.

    Attributes:
        items: requests and what belongs to them.
        gaps: what the policy demands and nothing can do yet, in words.
        policy: hash of the policy that asks for it.
    """

    items: tuple[Item, ...]
    policy: str
    gaps: tuple[str, ...] = ()

    @property
    def rows(self) -> tuple[Row, ...]:
        """All of it, as it is shown."""
        return tuple(Row(named(one), one.steps, one.skipped, one.sentences) for one in self.items)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a plan, which `keep --plan` reads."""
        return {
            "format": FORMAT,
            "policy": self.policy,
            "digest": digest(self.items),
            "items": [one.as_json() for one in self.items],
            "gaps": list(self.gaps),
        }


@dataclass(frozen=True, slots=True)
class Report:
    """What a round did.

    Attributes:
        done: title, outcome's word and reasons of each thing.
        changed: why a given plan was not carried out; then nothing was done.
        purged: the stores whose erased rows were made to go for good, with what may still hold some.
        busy: another worker is doing the round.
    """

    done: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    changed: tuple[str, ...] = ()
    purged: tuple[Purged, ...] = ()
    busy: bool = False

    @property
    def failed(self) -> bool:
        """Whether something is left."""
        words = [*(word for _, word, _ in self.done), *(one.word for one in self.purged)]
        return any(word.startswith(("not done", "partly")) for word in words)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a report."""
        done = [{"what": title, "outcome": word, "reasons": list(why)} for title, word, why in self.done]
        purged = [one.as_json() for one in self.purged]
        return {"done": done, "changed": list(self.changed), "purged": purged, "busy": self.busy}


def planned(opened: Opened) -> Round:
    """What is due now; nothing is written.

    Raises:
        StoreGone: a store can not be reached.
    """
    folder = opened.settings.folder
    desk = opened.desk
    unclear = tuple(
        f"hold {name}: {told}" for name, told in unclear_holds(opened.project.map, opened.policy, desk.told)
    )
    return Round(agenda(desk, folder=folder), opened.policy.hash, (*gaps(desk, folder), *unclear))


def read_plan(file: Path) -> Round:
    """The plan that `troth plan -o` wrote.

    Raises:
        SourceError: the file is none.
    """
    place = Place(str(file), 1)
    try:
        given = json.loads(load_file(file))
        if given["format"] != FORMAT:
            raise KeyError  # noqa: TRY301 - told below like everything else that is no plan
        return Round(tuple(_item(one) for one in given["items"]), str(given["policy"]))
    except (ValueError, KeyError, TypeError):
        raise SourceError("this is not a plan", place, hint="make one: troth plan -o FILE") from None


def keep_once(opened: Opened, holder: str, wanted: Round | None = None) -> Report:
    """Do one round, unless another worker is at it.

    Args:
        opened: the project.
        holder: name of this worker.
        wanted: do exactly this plan; where it does not hold any more, nothing is done and the report says what changed.

    Raises:
        TrothError: the state of the project does not work, or a store can not be reached.
    """
    clock: Callable[[], Any] = opened.project.clock
    with closing(open_link(opened.settings.state, name="the state")) as link:
        if not lease.take(link, _TASK, holder, clock(), LEASE):
            return Report(busy=True)
        try:
            found = planned(opened)
            if wanted is not None and (changed := _changed(wanted, found)):
                return Report(changed=changed)
            done = []
            desk = replace(
                opened.desk, project=replace(opened.project, watch=_renewing(opened, link, holder))
            )
            for did in keep_round(desk, found.items, folder=opened.settings.folder):
                reasons = did.outcome.reasons if did.outcome else ()
                done.append((named(did.item), did.word, tuple(f"{one.place}: {one.why}" for one in reasons)))
                lease.renew(link, _TASK, holder, clock(), LEASE)
            purged = () if wanted is not None else purge_all(opened, quick=True)
            return Report(tuple(done), purged=purged)
        finally:
            lease.release(link, _TASK, holder, done=clock())


def _renewing(opened: Opened, link: Link, holder: str) -> Callable[[str], None]:
    """The watch of a project that keeps the lease while a long work writes."""
    watch, clock = opened.project.watch, opened.project.clock
    renewed = [clock()]

    def told(event: str) -> None:
        watch(event)
        now = clock()
        if (now - renewed[0]).total_seconds() > LEASE / 10:
            renewed[0] = now
            lease.renew(link, _TASK, holder, now, LEASE)

    return told


def _changed(wanted: Round, found: Round) -> tuple[str, ...]:
    told = differences(wanted.items, found.items)
    if wanted.policy != found.policy:
        told.insert(0, "the policy is another one now")
    return tuple(told)


def _item(value: dict[str, Any]) -> Item:
    return Item(
        value["what"], value["request"], value["right"], value["why"],
        tuple((one["place"], one["action"], one["rows"]) for one in value["steps"]),
        tuple((one["place"], one["why"]) for one in value["skipped"]), tuple(value["sentences"]),
    )  # fmt: skip
