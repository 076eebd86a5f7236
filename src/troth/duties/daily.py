"""What a policy demands every day, whoever asks: sweeps, reminders, accounts to close, contacts to try, sign-ins to look at.

Each is a `Work`: `works` says what is due without touching anything, `do` does it. What can not be done is a gap with its
reason, never silence.
"""

from __future__ import annotations

import contextlib
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from pathlib import Path
from typing import Any

from troth.duties import consents, contacts, legal, reminders, retention, signins, tell
from troth.duties.citing import citation_for
from troth.duties.deeds import length
from troth.duties.desk import Desk
from troth.duties.keeping import answering
from troth.duties.signinlog import logs
from troth.enforcement import arrived
from troth.enforcement.imprint import both, imprint, key_of, text_of
from troth.enforcement.sweep import Tally
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Outcome, Reason
from troth.model.policy import vocabulary_of
from troth.model.sweep import Gap, Sweep, SweepPlan
from troth.stores.errors import StoreRefused

WHATS = ("sweep", "remind", "close", "quiet", "tell", "disclosed", "probe", "watch")
"""What is due every day: periods that are over, reminders, accounts that waited to be closed, addresses that said no before
they came, recipients to tell of corrections and erasures, persons to tell of disclosures, contacts, sign-ins."""
AGAIN = timedelta(hours=20)
"""A sweep with nothing to do, and a look for addresses, runs again after so long, so that there is a look every day."""
SIGNED = timedelta(days=31)
"""Sign-ins older than this raise no alert any more when the detector runs for the first time."""
_MOST = 20  # reasons in one outcome
_MANY = "several tables"
_OVER = "periods that are over"


@dataclass(frozen=True, slots=True)
class Work:
    """Something that is due every day.

    Attributes:
        what: one of `WHATS`.
        why: in words.
        steps: by `store.table`, what happens to how many rows.
        skipped: what will not be done, with the place and why.
        sentences: the sentences that ask for it.
        imprints: for each of `steps`, which rows they are; none where nobody asked.
    """

    what: str
    why: str
    steps: tuple[tuple[str, str, int], ...] = ()
    skipped: tuple[tuple[str, str], ...] = ()
    sentences: tuple[str, ...] = ()
    imprints: tuple[str, ...] = ()


def works(desk: Desk, folder: Path | None = None, *, exact: bool = False) -> Iterator[Work]:
    """Everything of the kind that is due now; nothing is written.

    Args:
        desk: the desk.
        folder: the folder of the project, where tables of legal periods and registers stand.
        exact: also say which rows they are, by keyed digests.

    Raises:
        StoreGone: a store can not be reached.
    """
    yield from _sweep(desk, folder, exact=exact)
    yield from _remind(desk, folder, exact=exact)
    if closable := consents.ready(desk):
        why = f"{closable:,} accounts that waited can be closed"
        cited = dict.fromkeys(
            name for one, _ in answering(desk.policy, consents.ASKED, ("close",)) for name in one.sentences
        )
        yield Work("close", why, sentences=_in_order(desk, cited))
    yield from _quiet(desk)
    yield from _tell(desk, folder)
    yield from _probe(desk, folder)
    yield from _watch(desk)


def do(desk: Desk, what: str, folder: Path | None = None) -> Outcome:
    """Do one of them; the evidence is in the ledger.

    Raises:
        TrothError: it can not be done now.
    """
    match what:
        case "sweep":
            return _swept(desk, folder)
        case "remind":
            return _reminded(desk, folder)
        case "close":
            return _closed(desk)
        case "quiet":
            return _quieted(desk)
        case "tell":
            return _told(desk, folder)
        case "disclosed":
            return _disclosed(desk, folder)
        case "probe":
            return _probed(desk, folder)
        case _:
            return _watched(desk)


def gaps(desk: Desk, folder: Path | None = None) -> tuple[str, ...]:
    """What the policy asks of the stores every day and nothing can do, in words."""
    plan = _plan(desk, folder)
    told = [f"{one.place or _MANY}: {one.reason}" for one in plan.gaps if one.rule and not one.lost]
    with contextlib.suppress(StoreRefused):  # the sweep says it, and is not done
        told += [f"{one.place}: {one.rows:,} rows: {one.why}" for one in retention.doubts(desk.project, plan)]
    return tuple(dict.fromkeys(told))


def _plan(desk: Desk, folder: Path | None) -> SweepPlan:
    formers, lost = tuple[retention.Former, ...](), tuple[Gap, ...]()
    try:
        formers = desk.formers()
    except TrothError as error:  # the periods that hold for everybody are kept all the same
        lost = (
            Gap("", f"{error.message}, so the periods of whoever has not agreed are not kept", lost=True),
        )
    plan = retention.planned(
        desk.project, desk.policy, zone=desk.home.tz, folder=folder, given=desk.told, formers=formers
    )  # fmt: skip
    return replace(plan, gaps=(*plan.gaps, *lost))


def _sweep(desk: Desk, folder: Path | None, *, exact: bool) -> Iterator[Work]:
    plan = _plan(desk, folder)
    lost = _lost(plan)
    if not plan.sweeps and not lost:
        return
    try:
        found = retention.due(desk.project, plan)
    except StoreRefused as error:
        # told by the round when it tries; what else is due must not wait for it
        yield Work("sweep", _OVER, skipped=((_MANY, error.message), *lost))
        return
    steps = _steps(found)
    if steps:
        cited = dict.fromkeys(name for one in found if one.free for name in one.sweep.citation.sentences)
        which = _which(desk, plan, steps) if exact else ()
        yield Work("sweep", _OVER, steps, (*lost, *_stays(found)), _in_order(desk, cited), which)
    elif lost:
        yield Work("sweep", _OVER, skipped=lost)
    elif desk.now - _last(desk, "plan", "sweep") >= AGAIN:
        cited = dict.fromkeys(name for one in plan.sweeps for name in one.citation.sentences)
        yield Work("sweep", "the look of the day: no period is over", sentences=_in_order(desk, cited))


def _lost(plan: SweepPlan) -> tuple[tuple[str, str], ...]:
    """Tables whose periods can not be kept because the database changed since the review, with what is gone."""
    return tuple((one.place or _MANY, one.reason) for one in plan.gaps if one.lost)


_ACTIONS = {"delete": "erase", "alter": "mask"}


def _steps(found: Sequence[Tally]) -> tuple[tuple[str, str, int], ...]:
    """By table, what happens to how many rows; columns of the same rows that several rules end count once."""
    most: dict[tuple[str, str], int] = {}
    for one in found:
        if one.free:
            key = _key(one.sweep)
            most[key] = max(most.get(key, 0), one.free)
    return tuple((place, action, rows) for (place, action), rows in sorted(most.items()))


def _which(desk: Desk, plan: SweepPlan, steps: tuple[tuple[str, str, int], ...]) -> tuple[str, ...]:
    """For each step, which rows it touches by any rule."""
    found: dict[tuple[str, str], int] = {}
    for one, rows in retention.imprints(desk.project, plan):
        found[_key(one)] = both(found.get(_key(one), 0), rows)
    return tuple(text_of(found.get((place, action), 0)) for place, action, _ in steps)


def _key(one: Sweep) -> tuple[str, str]:
    """Where a step of a sweep stands in a plan: its table, and what happens there."""
    return one.place, "anonymise" if one.k else _ACTIONS[one.action]


def _stays(found: Sequence[Tally]) -> tuple[tuple[str, str], ...]:
    """Rows that are due and stay, with why."""
    words = {"held": "a hold", "excepted": "an exception", "minimum": "a legal minimum"}
    most: dict[tuple[str, str], int] = {}
    for one in found:
        for kind, rows in one.stays.items():
            if rows and kind in words:
                key = (one.sweep.place, kind)
                most[key] = max(most.get(key, 0), rows)
    return tuple(
        (place, f"{rows:,} rows stay: {words[kind]}") for (place, kind), rows in sorted(most.items())
    )


def _in_order(desk: Desk, names: Mapping[str, object]) -> tuple[str, ...]:
    return tuple(name for name in desk.policy.by_sentence if name in names)


def _last(desk: Desk, kind: str, action: str) -> datetime:
    """When the newest entry of a kind and action was made; long ago where there is none."""
    last = datetime.min.replace(tzinfo=desk.now.tzinfo)
    for one in desk.project.ledger.read():
        if (one.kind, one.action) == (kind, action):
            last = datetime.fromisoformat(one.time)
    return last


def _swept(desk: Desk, folder: Path | None) -> Outcome:
    plan = _plan(desk, folder)
    done = retention.sweep(desk.project, plan) if plan.sweeps else ()
    still = retention.due(desk.project, _plan(desk, folder))
    left: dict[str, int] = {}
    for tally in still:
        if tally.free:
            left[tally.sweep.place] = max(left.get(tally.sweep.place, 0), tally.free)
    why = {one.tally.sweep.place: one.why for one in done if one.why}
    counts: dict[str, dict[str, int]] = {}
    for one in done:
        place = counts.setdefault(one.tally.sweep.place, {})
        for name, rows in one.counts.items():
            place[name] = place.get(name, 0) + rows
    reasons = tuple(
        Reason(place, f"{_past(rows)}: {why.get(place) or 'became due meanwhile'}")
        for place, rows in sorted(left.items())[:_MOST]
    )
    reasons += tuple(view for one in done for view in one.stale)
    reasons += tuple(Reason(place, why) for place, why in _lost(plan)[:_MOST])
    return Outcome("partly" if reasons else "done", "", {p: c for p, c in counts.items() if c}, reasons)


def _past(rows: int) -> str:
    return "1 row is past its period" if rows == 1 else f"{rows:,} rows are past their period"


def _remind(desk: Desk, folder: Path | None, *, exact: bool) -> Iterator[Work]:
    if not reminders.reminding(desk.policy):
        return
    found = reminders.look(desk.project, desk.policy, _register(folder, "reminders")).waiting
    if not found:
        return
    by_place: dict[str, int] = {}
    for one in found:
        by_place[one.table.place] = by_place.get(one.table.place, 0) + 1
    cited = dict.fromkeys(name for one in found for name in one.promise.sentences)
    steps = tuple((place, "remind", rows) for place, rows in sorted(by_place.items()))
    key, which = key_of(desk.project) if exact else b"", []
    for place in sorted(by_place) if exact else ():
        marks = ((one.mark, one.rule.id) for one in found if one.table.place == place)
        which.append(text_of(imprint(key, f"remind {place}", marks)))
    why = "a day is near, or just past"
    yield Work("remind", why, steps, sentences=_in_order(desk, cited), imprints=tuple(which))


def _reminded(desk: Desk, folder: Path | None) -> Outcome:
    found = reminders.look(desk.project, desk.policy, _register(folder, "reminders")).waiting
    silent = retention.restricted(desk.project)
    sent, left = reminders.send(
        desk.project, desk.policy, desk.post, found, language=desk.language, silent=silent
    )
    reasons = tuple(
        Reason("reminders", f"{rows:,} were not sent: {why}") for why, rows in sorted(left.items())
    )
    return Outcome(
        "partly" if reasons else "done", "", {"reminders": {"sent": sent}} if sent else {}, reasons
    )


def _quiet(desk: Desk) -> Iterator[Work]:
    """A look for addresses that said no before any row of them was known."""
    if (waiting := len(arrived.awaited(desk.project))) and desk.now - _last(
        desk, "step", arrived.LOOK
    ) >= AGAIN:
        yield Work("quiet", f"{waiting:,} addresses said no before they came; whether they have come by now")


def _quieted(desk: Desk) -> Outcome:
    citations = {right: citation_for(desk.policy, right) for right in ("object", "withdraw")}
    done = arrived.settle(desk.project, vocabulary_of(desk.policy), citations)
    reasons = tuple(
        dict.fromkeys(reason for one in done if one.word == "partly" for reason in one.reasons[:_MOST])
    )
    return Outcome(
        "partly" if reasons else "done", "", {"addresses": {"silenced": len(done)}} if done else {}, reasons
    )


def _tell(desk: Desk, folder: Path | None) -> Iterator[Work]:
    """Recipients who have to hear of a correction or an erasure, and persons who may hear of a disclosure now."""
    owing = tell.due(desk.project, desk.policy, _register(folder, "recipients"))
    if owing:
        requests = ", ".join(dict.fromkeys(one.request for one in owing))
        yield Work("tell", f"{len(owing):,} letters to recipients about requests {requests}")
    if ready := _untold(desk):
        yield Work("disclosed", f"{ready:,} letters to persons about disclosures they may hear of now")


def _told(desk: Desk, folder: Path | None) -> Outcome:
    register = _register(folder, "recipients")
    own = _own_letters(folder)
    done = tell.do(desk.project, desk.policy, register, desk.post, language=desk.language, own=own)
    left = done.failed + done.without
    reasons = (Reason("recipients", f"{left:,} could not be told"),) if left else ()
    return Outcome("partly" if reasons else "done", "", {"recipients": {"told": done.sent}}, reasons)


def _untold(desk: Desk) -> int:
    return sum(one.ready for one in legal.due(desk.policy, desk.project.ledger.read(), desk.now))


def _disclosed(desk: Desk, folder: Path | None) -> Outcome:
    sent = legal.do(
        desk.project, desk.policy, desk.post, desk.places[0], _own_letters(folder), language=desk.language
    )
    left = _untold(desk)
    reasons = (Reason("persons", f"{left:,} could not be told"),) if left else ()
    return Outcome("partly" if reasons else "done", "", {"persons": {"told": sent}}, reasons)


def _own_letters(folder: Path | None) -> Path | None:
    """The folder with the letters of the house; None where there is none."""
    own = folder / "templates" if folder is not None else None
    return own if own is not None and own.is_dir() else None


def _closed(desk: Desk) -> Outcome:
    done = consents.settle(desk)
    reasons = tuple(
        reason for one in done if one.outcome is not None for reason in one.outcome.reasons[:_MOST]
    )
    return Outcome(
        "partly" if reasons else "done", "", {"accounts": {"closed": len(done)}} if done else {}, reasons
    )


def _probe(desk: Desk, folder: Path | None) -> Iterator[Work]:
    """The contacts that the policy publishes, where the project has a register of them and the last look is too old."""
    rules = contacts.testing(desk.policy)
    if not rules or not _register(folder, "contacts"):
        return
    ids = {rule.id for _, rule in rules}
    looked = [
        datetime.fromisoformat(one.time)
        for one in desk.project.ledger.read()
        if (one.kind == "deed" and one.detail.get("rule") in ids)
        or (one.kind, one.action) == ("finding", "probe")
    ]
    spans = [length(rule.deadline.span) for _, rule in rules if rule.deadline and rule.deadline.span]
    if looked and desk.now - max(looked) < min(spans, default=AGAIN):
        return
    cited = dict.fromkeys(name for promise, _ in rules for name in promise.sentences)
    yield Work("probe", "the contacts that the policy publishes", sentences=_in_order(desk, cited))


def _probed(desk: Desk, folder: Path | None) -> Outcome:
    today = desk.now.astimezone(desk.home.tz).date()
    found = contacts.try_all(desk.project, desk.policy, _register(folder, "contacts"), today)
    bad = [one for one in found if one.reachable is False]
    reasons = tuple(Reason(one.contact.kind, one.why) for one in bad)
    reached = sum(one.reachable is True for one in found)
    counts = {"contacts": {"reached": reached}} if reached else {}
    return Outcome("partly" if reasons else "done", "", counts, reasons)


def _register(folder: Path | None, name: str) -> Mapping[str, Any]:
    """A declared register of the project; empty where it has none.

    Raises:
        TrothError: it is there and can not be read; silence would leave people untold.
    """
    from tomllib import TOMLDecodeError, loads  # noqa: PLC0415 - only where there is a register

    path = folder / "registers" / f"{name}.toml" if folder is not None else None
    if path is None or not path.is_file():
        return {}
    try:
        found: Mapping[str, Any] = loads(path.read_text("utf-8-sig"))
    except (TOMLDecodeError, UnicodeDecodeError, OSError) as error:
        raise TrothError(f"registers/{name}.toml can not be read: {error}", hint="mend the file") from None
    return found


def _watch(desk: Desk) -> Iterator[Work]:
    """The detector of strange sign-ins, where the policy promises one and there is a log."""
    rules = [one for one in signins.detecting(desk.policy) if one.deadline is not None and one.deadline.span]
    if not rules or not _logged(desk):
        return
    ids = {one.id for one in rules}
    ran: dict[str, datetime] = {}
    for one in desk.project.ledger.read():
        if one.kind == "deed" and one.detail.get("rule") in ids:
            ran[str(one.detail["rule"])] = datetime.fromisoformat(one.time)
    spans = {one.id: length(one.deadline.span) for one in rules if one.deadline and one.deadline.span}
    if all(name in ran and desk.now - ran[name] < spans[name] for name in ids):
        return
    cited = dict.fromkeys(
        name
        for one in desk.policy.promises
        if ids & {rule.id for rule in one.rules}
        for name in one.sentences
    )
    yield Work("watch", "the sign-ins since the last look", sentences=_in_order(desk, cited))


def _logged(desk: Desk) -> bool:
    try:
        return bool(logs(desk.project))
    except NotFound:
        return False


def _watched(desk: Desk) -> Outcome:
    found = signins.detect(desk.project, desk.policy, desk.now - SIGNED, language=desk.language)
    waiting = signins.waiting(desk.project, desk.policy, language=desk.language)
    asked = signins.ask(desk.project, desk.policy, desk.post, waiting)
    left = len(waiting) - asked
    reasons = (Reason("sign-ins", f"{left:,} account holders could not be asked"),) if left else ()
    counts = {"sign-ins": {"looked at": found.rows, "alerts": len(found.alerts), "asked": asked}}
    return Outcome("partly" if reasons else "done", "", counts, reasons)
