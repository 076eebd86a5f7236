"""What is due now, request by request, and a round that does exactly that.

`agenda` says it without touching anything; `keep_round` does it. Both follow from the ledger and the clock, so a round that was
killed is done again and ends the same.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from itertools import zip_longest
from pathlib import Path
from typing import Any

from troth.duties import daily
from troth.duties.account import account_of
from troth.duties.carry import Carried, carry, ended_holds, erasure_plan, ready, release
from troth.duties.citing import citation_for
from troth.duties.consents import still_waiting
from troth.duties.copies import lying
from troth.duties.deadlines import overdue_alarms
from troth.duties.desk import Desk
from troth.duties.docket import open_lives
from troth.duties.intake import refuse
from troth.duties.life import Life
from troth.duties.steps import HELD, PARTLY, STEPS, UNCONFIRMED
from troth.enforcement.choices import resume as resume_choices
from troth.enforcement.erase import resume
from troth.enforcement.imprint import text_of
from troth.enforcement.preview import dry_run
from troth.enforcement.rectify import resume as resume_corrections
from troth.model.clock import Due
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, Taken, TrothError, spot
from troth.model.outcome import Outcome
from troth.stores.errors import StoreBusy, StoreGone

PATIENCE = timedelta(days=30)
"""So long a request waits for the person to show who they are; then it is refused, and can be made again."""


_MONTH = timedelta(days=27)  # what is due sooner than in a month leaves too little time to show who one is

_LEFT = STEPS["partly"].says.format(why="")  # after it the story says what was left
_ALWAYS = "watch"  # every few minutes, and it changes nothing in the stores
_UNSENT = "a letter has not left"
_SETTLED = timedelta(hours=1)
"""So long the file of a request that ended may still be in somebody's hands."""
_UNBORN = timedelta(hours=12)
"""So long a request may still come in after its file was begun: the clocks of two machines may be hours apart."""


@dataclass(frozen=True, slots=True)
class Item:
    """Something that is due.

    Attributes:
        what: "carry out", "release", "go on", "look", "refuse", "send", "mend", "tidy", "discard"; or one of
            `daily.WHATS`.
        request: the request it is about; empty where it is about none.
        right: what the person asked for.
        why: in words.
        steps: for an erasure or a sweep: by `store.table`, what happens to how many rows.
        skipped: what will not be done, with the place and why.
        sentences: the sentences that ask for it.
        imprints: for each of `steps`, which rows they are, by a keyed digest; none where nobody asked.
    """

    what: str
    request: str = ""
    right: str = ""
    why: str = ""
    steps: tuple[tuple[str, str, int], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    imprints: tuple[str, ...] = ()

    def as_json(self) -> dict[str, Any]:
        """The JSON shape of an item."""
        return {
            "what": self.what,
            "request": self.request,
            "right": self.right,
            "why": self.why,
            "steps": [
                {"place": place, "action": action, "rows": rows} | ({"which": which} if which else {})
                for (place, action, rows), which in zip_longest(self.steps, self.imprints)
            ],
            "skipped": [{"place": place, "why": why} for place, why in self.skipped],
            "sentences": list(self.sentences),
        }


@dataclass(frozen=True, slots=True)
class Did:
    """An item with what became of it: the outcome's word, or why it could not be done."""

    item: Item
    word: str
    outcome: Outcome | None = None


def agenda(
    desk: Desk, *, count: bool = True, folder: Path | None = None, exact: bool = False
) -> tuple[Item, ...]:
    """Everything that is due now, the most urgent first; nothing is written.

    Args:
        desk: the desk.
        count: count the rows that erasures and sweeps will touch, by searching for them; without it no sweep is planned.
        folder: the folder of the project, where registers and tables of legal periods stand.
        exact: also say which rows will be touched, by keyed digests that tell nobody which they are.

    Raises:
        StoreGone: a store can not be reached.
    """
    items: list[Item] = []
    lives = open_lives(desk.project.ledger)
    for life in lives:
        items += _looked(life.id, life.right, partial(_of, desk, life, count=count, exact=exact))
    alive = {life.id for life in lives}
    files = desk.files.every()
    spared = alive | still_waiting(desk, files)
    for request, created in files.items():
        if request not in spared:
            items += _looked(request, "", partial(_left, desk, request, created))
    for request in lying(desk.answers) if desk.copy_days else ():
        items += _looked(request, "", partial(_lain, desk, request))
    known = {life.subject for life in lives if life.right == "erase"}
    journal = desk.project.journal
    for job in journal.jobs():
        if known.isdisjoint(journal.subjects(job.id)):
            items.append(Item("go on", why=f"job {job.id} of {job.created[:10]} was stopped in its work"))
    for work in daily.works(desk, folder, exact=exact) if count else ():
        items.append(
            Item(work.what, "", "", work.why, work.steps, work.skipped, work.sentences, work.imprints)
        )
    return tuple(items)


def digest(items: Sequence[Item]) -> str:
    """The name of an agenda: SHA-256 of its canonical form, hex."""
    text = json.dumps(
        [one.as_json() for one in items], sort_keys=True, ensure_ascii=False, separators=(",", ":")
    )
    return hashlib.sha256(text.encode()).hexdigest()


def differences(planned: Sequence[Item], found: Sequence[Item]) -> list[str]:
    """What an agenda says now that it did not say when it was planned, in words; looks that change nothing do not count."""
    before = {(one.what, one.request, one.why): one for one in planned if one.what != _ALWAYS}
    after = {(one.what, one.request, one.why): one for one in found if one.what != _ALWAYS}
    told = [f"no longer due: {named(before[key])}" for key in before if key not in after]
    told += [f"due since: {named(after[key])}" for key in after if key not in before]
    for key in before.keys() & after.keys():
        old, new = _by_step(before[key]), _by_step(after[key])
        for place, action in sorted(old.keys() | new.keys()):
            (were, these), (are, those) = (
                one.get((place, action), (0, frozenset[str]())) for one in (old, new)
            )
            about = f"request {key[1]}" if key[1] else key[0]
            if were != are:
                told.append(f"{about}: {action} {are:,} rows of {place}, planned were {were:,}")
            elif these != those:
                told.append(
                    f"{about}: {action} {are:,} rows of {place}, and they are not those that were planned"
                )
    return sorted(told)


def _by_step(item: Item) -> dict[tuple[str, str], tuple[int, frozenset[str]]]:
    """How many rows each step touches, and which; a table may stand in several steps."""
    found: dict[tuple[str, str], tuple[int, frozenset[str]]] = {}
    for (place, action, rows), which in zip_longest(item.steps, item.imprints):
        before, some = found.get((place, action), (0, frozenset[str]()))
        found[place, action] = (before + rows, some | {which or ""})
    return found


def named(item: Item) -> str:
    """An item in a few words."""
    right = f" ({item.right})" if item.right else ""
    about = f" request {item.request}{right}" if item.request else ""
    return f"{item.what}{about}" + (f": {item.why}" if item.why else "")


def keep_round(desk: Desk, items: Sequence[Item], *, folder: Path | None = None) -> Iterator[Did]:
    """Do what is due, item by item; one that fails does not keep back the others.

    Args:
        desk: the desk.
        items: from `agenda`.
        folder: the folder of the project.

    Raises:
        TrothError: the state of the project does not work.
    """
    for item in items:
        try:
            did = _do(desk, item, folder)
        except TrothError as error:
            did = Did(item, _meanwhile(desk, item, error) or f"not done: {error.message}")
        except Exception as error:  # noqa: BLE001 - of one request; it is noted there, and the others go on
            did = Did(
                item, f"not done: Troth stopped on a fault of its own ({spot(error)}); please report it"
            )
            _note(desk, item, f"a fault of Troth itself ({spot(error)})")
        yield did


def _meanwhile(desk: Desk, item: Item, error: TrothError) -> str:
    """What is said instead of an error that came because another process has ended the request since; empty where it goes on."""
    with contextlib.suppress(TrothError):
        gone = isinstance(error, NotFound | Taken) or item.what == "carry out"
        if item.request and gone and desk.life(item.request).ended:
            return "another process has ended it meanwhile"
    return ""


def _note(desk: Desk, item: Item, why: str) -> None:
    """Note at a request, once, that somebody must look at it."""
    if item.request:
        life = desk.life(item.request)
        if not life.ended and why not in life.alarms:
            desk.step(life, "escalated", {"alarm": why})


def _of(desk: Desk, life: Life, *, count: bool, exact: bool = False) -> Iterator[Item]:
    sentences = citation_for(desk.policy, life.right).sentences
    first = desk.due(life).first
    if first and not life.answered:
        for alarm in overdue_alarms(first, life.received, desk.now, life.alarms):
            yield Item("look", life.id, life.right, alarm.name, sentences=first.cites)
        if (
            first.moment
            and not first.standing
            and first.moment <= desk.now
            and "it is overdue" not in life.alarms
        ):
            yield Item("look", life.id, life.right, "it is overdue", sentences=first.cites)
    if life.state in UNCONFIRMED and _patience_over(desk, life, first):
        yield Item("refuse", life.id, life.right, "nobody showed who they are", sentences=sentences)
    if desk.files.open(life.id).get("unsent"):
        yield Item("send", life.id, life.right, _UNSENT, sentences=sentences)
    if life.state == HELD and count and (ended := ended_holds(desk, life)):
        yield Item("release", life.id, life.right, ", ".join(ended), sentences=sentences)
    if ready(desk, life):
        counted = _counted(desk, life, exact=exact) if count and life.right == "erase" else ((), (), ())
        steps, skipped, which = counted
        why = "tried again" if life.state == PARTLY else ""
        left = [line.partition(_LEFT)[2] for line in life.story if _LEFT in line]
        if why and left and life.right != "erase":
            skipped = (("the last time", left[-1]),)
        yield Item("carry out", life.id, life.right, why, steps, skipped, sentences, which)


def _patience_over(desk: Desk, life: Life, first: Due | None) -> bool:
    """Whether a request has waited long enough for the person to show who they are: also where its month is shorter."""
    end = life.received + PATIENCE
    if first and first.moment and not first.standing and first.moment - life.received > _MONTH:
        end = min(end, first.moment - timedelta(days=1))
    return desk.now > end


def _looked(request: str, right: str, look: Callable[[], Iterable[Item]]) -> list[Item]:
    """What is due of one request; where it can not be looked at, that is due, and the others are all the same."""
    try:
        return list(look())
    except (StoreBusy, StoreGone):
        raise
    except Exception:  # noqa: BLE001 - told by the round, with its reason
        return [Item("mend", request, right, "it can not be looked at")]


def _left(desk: Desk, request: str, created: str) -> Iterator[Item]:
    """What a kill, or a mail server that refused the last letter, left of a request that has ended or never came in."""
    try:
        life = desk.life(request)
    except NotFound:
        if desk.now - datetime.fromisoformat(created) > _UNBORN:
            yield Item("tidy", request, "", "it was not taken down to the end, and nobody was told a number")
        return
    sentences = citation_for(desk.policy, life.right).sentences
    if desk.files.open(request).get("unsent"):
        yield Item("send", request, life.right, _UNSENT, sentences=sentences)
    elif desk.now - life.changed > _SETTLED:
        yield Item(
            "tidy", request, life.right, "it has ended, and its file is still there", sentences=sentences
        )


def _lain(desk: Desk, request: str) -> Iterator[Item]:
    """The copy of data of a request that was answered so long ago that it must not lie about any more."""
    with contextlib.suppress(NotFound):
        life = desk.life(request)
        if life.ended and desk.now - life.changed > timedelta(days=desk.copy_days):
            lain = f"{desk.copy_days} day{'s' if desk.copy_days != 1 else ''}"
            yield Item("discard", request, life.right, f"its copy has lain for {lain}")


def _discard(desk: Desk, life: Life) -> None:
    """Delete the copies of data of a request, with evidence."""
    copies = lying(desk.answers)[life.id]
    entry = Entry(
        time=utc(desk.now), kind="purged", actor=desk.project.actor, action="discard", subject=life.subject,
        counts={"copies": len(copies)}, outcome="done", detail={"about": f"request {life.id}"},
    )  # fmt: skip
    desk.append(entry)
    for path in copies:
        path.unlink(missing_ok=True)


Steps = tuple[tuple[str, str, int], ...]


def _counted(
    desk: Desk, life: Life, *, exact: bool
) -> tuple[Steps, tuple[tuple[str, str], ...], tuple[str, ...]]:
    """The steps of an erasure, what it will not do, and for each step which rows they are where that is asked."""
    plan, unclear = erasure_plan(desk, life)
    if plan is None:
        return (), tuple((one.place, one.why) for one in unclear), ()
    seen, reasons = dry_run(desk.project, [account_of(desk, life.id)[0]], plan, exact=exact)
    steps = [(one.step.place, str(one.step.action), one.rows, one.imprint) for one in seen if one.rows]
    steps += [(one.step.place, "separate", one.shared, one.shared_imprint) for one in seen if one.shared]
    return (
        tuple((place, action, rows) for place, action, rows, _ in steps),
        tuple((one.place, one.why) for one in reasons),
        tuple(text_of(which) for *_, which in steps) if exact else (),
    )


def _counted_words(outcome: Outcome) -> str:
    """An outcome in a few words: its word, and how many rows of all places something happened to."""
    totals: dict[str, int] = {}
    for counts in outcome.counts.values():
        for what, rows in counts.items():
            totals[what] = totals.get(what, 0) + rows
    told = ", ".join(f"{rows:,} {what}" for what, rows in sorted(totals.items()) if rows)
    return f"{outcome.word}: {told}" if told else outcome.word


def _do(desk: Desk, item: Item, folder: Path | None) -> Did:
    if item.what in daily.WHATS:
        outcome = daily.do(desk, item.what, folder)
        return Did(item, _counted_words(outcome), outcome)
    if item.what == "go on":
        outcomes = [
            *resume(desk.project),
            *(one.outcome for one in resume_corrections(desk.project)),
            *resume_choices(desk.project),
        ]
        left = [one for one in outcomes if one.word == "partly"]
        return Did(item, "partly" if left else "done", left[0] if left else None)
    if item.what == "tidy":
        try:
            desk.close(desk.life(item.request))
        except NotFound:
            desk.files.destroy(item.request)
        return Did(item, "done")
    life = desk.life(item.request)
    match item.what:
        case "mend":
            list(_of(desk, life, count=True))
            return Did(item, "told")
        case "discard":
            _discard(desk, life)
            return Did(item, "done")
        case "look":
            desk.step(life, "escalated", {"alarm": item.why})
            return Did(item, "told")
        case "refuse":
            refuse(desk, life, "identity", "", actor="")
            return Did(item, "refused")
        case "send":
            sent = desk.send_waiting(life)
            unsent = desk.files.open(life.id).get("unsent")
            desk.close(life)
            word = "sent" if sent else "not sent any more"
            return Did(item, "not done: it could not be sent" if unsent else word)
        case "release":
            freed = release(desk, life, item.why.split(", "))
            return Did(item, freed.life.state, freed.outcome)
        case _:
            carried: Carried = carry(desk, life)
            return Did(item, carried.life.state, carried.outcome)
