"""A round: everything the policy demands at a moment, planned and done, by one worker at a time."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from troth.app.aftermath import Purged, purge_all
from troth.app.maps import unclear_holds
from troth.app.policies import load_file
from troth.app.project import Opened
from troth.duties.agenda import Item, agenda, differences, digest, keep_round, named
from troth.duties.daily import gaps
from troth.model.errors import Place, SourceError, Taken, TrothError
from troth.state.claim import Claim, claim, claimed
from troth.state.task import last_done, note_done

CLAIM = "keep"
"""The name of the claim that a round holds."""

_BEAT = 90.0  # seconds after which a long round looks whether it still has its claim
FORMAT = "troth-plan/2"

LONGEST = timedelta(days=3653)
"""So long after the last round the next one is begun without somebody who looked at its plan: longer than any project rests."""


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
        busy: the worker that is doing the round, where it is another.
    """

    done: tuple[tuple[str, str, tuple[str, ...]], ...] = ()
    changed: tuple[str, ...] = ()
    purged: tuple[Purged, ...] = ()
    busy: Claim | None = None

    @property
    def failed(self) -> bool:
        """Whether something is left."""
        words = [*(word for _, word, _ in self.done), *(one.word for one in self.purged)]
        return any(word.startswith(("not done", "partly")) for word in words)

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of a report."""
        done = [{"what": title, "outcome": word, "reasons": list(why)} for title, word, why in self.done]
        purged = [one.as_json() for one in self.purged]
        told = {"done": done, "changed": list(self.changed), "purged": purged, "busy": self.busy is not None}
        return told | ({"holder": self.busy.holder, "since": self.busy.since} if self.busy else {})


def planned(opened: Opened, *, exact: bool = False) -> Round:
    """What is due now; nothing is written.

    Args:
        opened: the project.
        exact: also say which rows will be touched, by keyed digests; this reads the key of each of them.

    Raises:
        StoreGone: a store can not be reached.
    """
    folder = opened.settings.folder
    desk = opened.desk
    unclear = tuple(
        f"hold {name}: {told}"
        for name, told in unclear_holds(opened.project.map, opened.policy, desk.told, opened.project.tables)
    )
    return Round(
        agenda(desk, folder=folder, exact=exact), opened.policy.hash, (*gaps(desk, folder), *unclear)
    )


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
        raise SourceError(
            "this is not a plan",
            place,
            hint="make one: troth plan -o FILE, which also says which rows it means",
        ) from None


def keep_once(opened: Opened, holder: str, wanted: Round | None = None) -> Report:
    """Do one round, unless another worker is at it.

    Args:
        opened: the project.
        holder: name of this worker.
        wanted: do exactly this plan; where it does not hold any more, nothing is done and the report says what changed.

    Raises:
        TrothError: the state of the project does not work, or a store can not be reached.
    """
    address = opened.settings.state
    if wanted is None:
        _in_time(opened)
    try:
        with claim(address, CLAIM, holder, opened.project.clock()) as still:
            return _kept(opened, still, wanted)
    except Taken:
        return Report(busy=claimed(address, CLAIM) or Claim("", ""))


def _in_time(opened: Opened) -> None:
    """Refuse a round whose clock is far ahead: it would take every period for over, and erase what must stay."""
    now, ledger = opened.project.clock(), opened.project.ledger
    last = last_done(opened.settings.state, CLAIM)
    if not _is_time(last):
        last = ""
    if last and now - datetime.fromisoformat(last) <= LONGEST:
        return
    last = max(last, next(iter(ledger.read())).time)  # the entry of `init`
    if now - datetime.fromisoformat(last) > LONGEST:
        raise TrothError(
            f"the clock of this machine says {now:%Y-%m-%d}, and the last round was on {last[:10]}; nothing was done",
            hint="set the clock; if it is right: troth plan -o FILE, look at it, then troth keep --plan FILE",
        )


def _is_time(text: str) -> bool:
    """Whether this is a time, and no damage of the state."""
    try:
        return bool(datetime.fromisoformat(text).tzinfo)
    except ValueError:
        return False


def _kept(opened: Opened, still: Callable[[], None], wanted: Round | None) -> Report:
    """A round of a worker that has the claim."""
    found = planned(opened, exact=wanted is not None)
    if wanted is not None and (changed := _changed(wanted, found)):
        return Report(changed=changed)
    done = []
    desk = replace(opened.desk, project=replace(opened.project, watch=_looking(opened, still)))
    for did in keep_round(desk, found.items, folder=opened.settings.folder):
        reasons = did.outcome.reasons if did.outcome else ()
        done.append((named(did.item), did.word, tuple(f"{one.place}: {one.why}" for one in reasons)))
        still()
    purged = () if wanted is not None else purge_all(opened, quick=True)
    note_done(opened.settings.state, CLAIM, opened.project.clock())
    return Report(tuple(done), purged=purged)


def _looking(opened: Opened, still: Callable[[], None]) -> Callable[[str], None]:
    """The watch of a project that looks, while a long work writes, whether the claim is still held."""
    watch, clock = opened.project.watch, opened.project.clock
    looked = [clock()]

    def told(event: str) -> None:
        watch(event)
        now = clock()
        if (now - looked[0]).total_seconds() > _BEAT:
            looked[0] = now
            still()

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
        tuple(str(one["which"]) for one in value["steps"]),
    )  # fmt: skip
