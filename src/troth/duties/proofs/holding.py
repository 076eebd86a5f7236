"""Erasures and what they had to leave: nothing comes back, holds end, and what is held serves its reason only."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import datetime, timedelta
from typing import Any

from troth.duties.deeds import GRACE, length
from troth.duties.proofs.periods import no_rows_past_period
from troth.duties.proofs.requests import courses
from troth.duties.proofs.sight import Sight
from troth.duties.proofs.witness import Point, Trial
from troth.duties.signinlog import moment
from troth.duties.steps import HELD
from troth.enforcement.columns import owners, stream
from troth.enforcement.look import returned
from troth.evidence.pseudonym import pseudonyms
from troth.evidence.restriction import Restriction, ended
from troth.evidence.restriction import replay as restrictions
from troth.model.condition import tests
from troth.model.datamap import Table
from troth.model.entry import Entry
from troth.model.errors import NotFound
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown
from troth.plan.periods import minimum_names

LOG = "access-log"
_CHUNK = 500
_SOON = timedelta(days=1)
"""How long an erasure may take after its last hold ended, where the policy gives no time."""


def erasure_search(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no search after an erasure found the person again, and none of those erased stands in the stores now.

    Every column that names people is read, and its values are compared with the pseudonyms of the erased. Somebody who came
    back of their own will is found too: the row has to be looked at.
    """
    erased = [one for one in sight.entries if one.kind == "erased" and one.promise]
    done = {one.subject: one.seq for one in erased if one.outcome == "done"}
    open_ = tuple(
        one.seq for one in sight.entries
        if one.kind == "finding" and one.action == "search" and one.outcome == "broken"
        and done.get(one.subject, -1) < one.seq
    )  # fmt: skip
    gone = sight.project.journal.erased()
    found = returned(sight.project, gone) if gone else {}
    bad = {place: rows for place, (rows, _) in found.items() if rows}
    looked = sum(total for _, total in found.values())
    figures = (
        Figure("rows that name somebody who was erased", sum(bad.values()), looked, "rows", good=0),
        Figure("findings of searches after an erasure", len(open_), unit="findings", entries=open_, good=0),
        Figure("erasures", len(erased), unit="erasures", entries=tuple(one.seq for one in erased[-20:])),
    )
    if bad or open_:
        places = tuple(sorted({*bad, *(one.object for one in sight.entries if one.seq in open_)}))
        why = f"somebody who was erased still stands in {', '.join(places[:4])}"
        return Shown(promise.id, proof.check, "broken", why, figures, open_, places)
    why = (
        f"none of {len(erased)} erasures left a name in {looked:,} rows"
        if erased
        else "nobody has been erased yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(one.seq for one in erased[-3:]))


def erasure_replay(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where whoever was erased can be known again in a restored backup, and each restored backup was gone through.

    That a backup was restored is an event (`restored`); the entry of the replay has to follow it.
    """
    gone = sight.project.journal.erased()
    erased = [one for one in sight.entries if one.kind == "erased" and one.outcome == "done" and one.subject]
    lost = tuple(one.seq for one in erased if one.subject not in gone)
    brought = [one.seq for one in sight.entries if one.kind == "event" and "restore" in one.action]
    replays = [one for one in sight.entries if one.kind == "restored"]
    owing = tuple(one for one in brought if not any(each.seq > one for each in replays))
    partly = tuple(one.seq for one in replays[-1:] if one.outcome == "partly")
    back = {place for place, (rows, _) in (returned(sight.project, gone) if gone else {}).items() if rows}
    figures = (
        Figure("erasures that could not be replayed", len(lost), len(erased), "erasures", lost, good=0),
        Figure(
            "restored backups that were not gone through", len(owing), len(brought), "backups", owing, good=0
        ),
        Figure("replays", len(replays), unit="replays", entries=tuple(one.seq for one in replays)),
    )
    if lost or owing or partly or back:
        parts = [f"{len(lost)} erasures are not on the list that is replayed"] if lost else []
        parts += [f"{len(owing)} restored backups were not gone through"] if owing else []
        parts += ["the last replay was not complete"] if partly else []
        parts += [f"somebody who was erased is back in {', '.join(sorted(back)[:4])}"] if back else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*lost, *owing, *partly))
    why = f"all {len(erased)} erasures can be replayed" if erased else "nobody has been erased yet"
    return Shown(promise.id, proof.check, "kept", why, figures)


def erased_after_release(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each erasure that waited was finished in time once its last hold had ended."""
    span = _afterwards(promise)
    late: list[int] = []
    numbers: list[int] = []
    finished = waiting = 0
    for one in courses(sight).values():
        life = one.life
        freed = [entry for step, entry in one.steps if step == "released"]
        if life is None or life.right != "erase":
            continue
        waiting += life.state == HELD and bool(life.holds)
        if not freed or life.holds:
            continue
        last = freed[-1]
        numbers.append(last.seq)
        end = next(
            (e for step, e in one.steps if e.seq > last.seq and step in {"done", "nothing found"}), None
        )
        at = datetime.fromisoformat(end.time) if end else sight.now
        if at > datetime.fromisoformat(last.time) + span + GRACE:
            late.append(last.seq)
        else:
            finished += end is not None
    figures = (
        Figure("erasures that were late after their hold had ended", len(late), len(numbers), "erasures", tuple(numbers), 0),
        Figure("erasures finished after their hold", finished, len(numbers), "erasures"),
        Figure("erasures that wait for a hold", waiting, unit="erasures"),
    )  # fmt: skip
    if late:
        why = f"{len(late)} erasures were not carried out in time after their hold had ended"
        return Shown(promise.id, proof.check, "broken", why, figures, tuple(late))
    why = f"{finished} erasures followed the end of their hold, {waiting} wait for one"
    why = why if numbers or waiting else "no erasure had to wait yet"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(numbers[-3:]))


def _afterwards(promise: Promise) -> timedelta:
    spans = [
        length(one.deadline.span)
        for rule in promise.rules
        for one in rule.then
        if one.deadline is not None and one.deadline.span is not None
    ]
    return min(spans, default=_SOON)


def erased_after_case(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where what served a case has gone in time after its end, counted in the stores."""
    return no_rows_past_period(sight, promise, proof)


def hold_register_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every hold has a reason that the policy knows, and the person was told of it.

    Holds without an expected end are counted; somebody has to review them.
    """
    names = _hold_names(sight)
    holds = [one for one in _current(sight) if one.action == "hold"]
    strange = tuple(sorted({one.seq for one in holds if one.reason not in names}))
    untold = []
    endless = 0
    told = {
        str(one.detail.get("about")) for one in sight.entries
        if one.kind == "notice" and one.action == "held" and one.outcome in {"sent", "no address"}
    }  # fmt: skip
    for name, one in courses(sight).items():
        step = one.first(frozenset({"held"}))
        if step is None:
            continue
        endless += sum(
            not each.get("until") and not each.get("ends") for each in step.detail.get("holds", ())
        )
        if f"request {name}" not in told:
            untold.append(step.seq)
    duties = [one for one in sight.owed if one.promise == promise.id and one.state in {"overdue", "late"}]
    figures = (
        Figure(
            "holds with a reason that the policy does not know",
            len(strange),
            len(holds),
            "holds",
            strange,
            good=0,
        ),
        Figure(
            "holds that the person was not told of", len(untold), unit="holds", entries=tuple(untold), good=0
        ),
        Figure("holds without an expected end", endless, unit="holds"),
        Figure("duties about holds not done in time", len(duties), unit="duties", good=0),
    )
    if strange or untold or duties:
        parts = [f"{len(strange)} holds have a reason that the policy does not know"] if strange else []
        parts += [f"{len(untold)} persons were not told of a hold"] if untold else []
        parts += [f"not done in time: {', '.join(sorted({one.rule for one in duties}))}"] if duties else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*strange, *untold))
    why = f"all {len(holds)} holds have a reason of the policy" if holds else "nothing is held now"
    return Shown(
        promise.id, proof.check, "kept", why, figures, tuple(sorted({one.seq for one in holds})[-3:])
    )


def _hold_names(sight: Sight) -> frozenset[str]:
    """The names that holds and minimum periods of the policy have."""
    holds = {hold.name for promise in sight.policy.promises for rule in promise.rules for hold in rule.holds}
    return frozenset(holds | minimum_names(sight.policy))


def restriction_effective(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses held data for every other purpose, and nothing of a restricted person went out since."""
    return _held(sight, promise, proof, log=False)


def no_read_outside_hold_purposes(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses held data for every other purpose, and the log of accesses has no such read."""
    return _held(sight, promise, proof, log=True)


def _held(sight: Sight, promise: Promise, proof: Proof, *, log: bool) -> Shown:
    trial = Trial(sight)
    let: list[str] = []
    for point, reason in _uses(sight, trial):
        if trial.opening(point, {"held": True, **({"hold-reason": reason} if reason else {})}) is not None:
            let.append(f"{point.verb} for {point.purpose}")
    current = _current(sight)
    out = tuple(one.seq for one in sight.entries if _escaped(sight, one, current))
    reads, total, logged = _reads(sight, current) if log else ([], 0, True)
    figures = (
        Figure("other uses of held data that the guard lets through", len(let), trial.asked or None, "requests", good=0),
        Figure("data of restricted persons that went out", len(out), unit="entries", entries=out, good=0),
        Figure("persons whose data is restricted", len({one.subject for one in current}), unit="names"),
        *((Figure("reads of held data for another purpose", len(reads), total, "accesses", good=0),) if log else ()),
    )  # fmt: skip
    if let or out or reads:
        parts = [f"held data can be used: {', '.join(sorted(set(let))[:3])}"] if let else []
        parts += [f"data of restricted persons went out {len(out)} times"] if out else []
        parts += [f"{len(reads)} reads of held data were for another purpose"] if reads else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, out)
    if not logged:
        why = "the access log is not registered: registers/access-log.toml"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    why = "held data is refused for every other purpose" + (
        f", and none of {total:,} reads was for one" if log else ""
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def _uses(sight: Sight, trial: Trial) -> Iterator[tuple[Point, str]]:
    """Uses that no hold serves: what is permitted otherwise, and what is not."""
    words = trial.words
    allowed, personal = _served(sight), words.vocabulary.covers("data", "personal-data")
    for _, rule in words.rules:
        if rule.mode not in {"may", "only"} or rule.verb not in {"use", "share", "analyse"}:
            continue
        for data in list(dict.fromkeys(words.members(rule.things)))[:2]:
            for purpose in dict.fromkeys(words.members(rule.purposes)):
                if data not in personal or purpose in allowed:
                    continue
                for recipient in tuple(words.members(rule.recipients))[:1] or ("",):
                    for reason in ("", *sorted(_hold_names(sight))):
                        yield Point(rule.verb, data, purpose, recipient), reason


def _served(sight: Sight) -> frozenset[str]:
    """The purposes that go on under some hold, as the rules about held data name them."""
    words = vocabulary_of(sight.policy)
    found: set[str] = set()
    for promise in sight.policy.promises:
        for rule in promise.rules:
            found |= {purpose for one in rule.held for purpose in one.purposes}
            if rule.mode == "never" and any(test.fact == "held" for test in tests(rule.condition)):
                found |= _lifted(rule)
    return frozenset(below for one in found for below in words.covers("purpose", one))


def _lifted(rule: Rule) -> set[str]:
    return {
        str(value)
        for one in rule.exceptions
        for test in tests(one.condition)
        if test.fact == "purpose"
        for value in test.values
    }


def _current(sight: Sight) -> list[Restriction]:
    """What is restricted now."""
    if "restrictions" not in sight.memo:
        sight.memo["restrictions"] = [
            one for one in restrictions(sight.entries)
            if one.active and one.action in {"restrict", "hold"}
            and not (one.action == "restrict" and ended(one.until, sight.now))
        ]  # fmt: skip
    found: list[Restriction] = sight.memo["restrictions"]
    return found


def _escaped(sight: Sight, one: Entry, current: list[Restriction]) -> bool:
    """Whether data of a restricted person went out for a purpose that does not go on."""
    if one.kind != "disclosed" or not one.subject or one.outcome in {"refused", "nothing found"}:
        return False
    purpose = str(one.detail.get("purpose", ""))
    return any(
        each.subject == one.subject and each.since < one.time and not _goes_on(sight, each, purpose)
        for each in current
    )


def _goes_on(sight: Sight, one: Restriction, purpose: str) -> bool:
    words = vocabulary_of(sight.policy)
    term = words.find("purpose", purpose)
    key = term.key if term else purpose
    wide = {key, *(each.key for each in words.above("purpose", key))} if term else {key}
    if one.purpose and one.purpose not in wide:
        return True  # another purpose stops
    return bool(wide & set(one.allowed)) or (
        not one.allowed and key in _served(sight) and one.action == "hold"
    )


def _reads(sight: Sight, current: list[Restriction]) -> tuple[list[int], int, bool]:
    """Reads of the access log about restricted persons for another purpose; reads in all; whether there is a log."""
    register: Mapping[str, Any] = sight.registers.get(LOG, {})
    if not register:
        return [], 0, not current
    by_name: dict[str, list[Restriction]] = {}
    for one in current:
        by_name.setdefault(one.subject, []).append(one)
    store, name = str(register.get("store", "")), str(register.get("table", ""))
    try:
        table = sight.project.map.table(store, name)
    except NotFound:
        return [], 0, False
    wrong: list[int] = []
    total = 0
    chunk: list[tuple[Any, ...]] = []
    for row in stream(
        sight.project, store, name, (*table.key, str(register["purpose"]), str(register["at"]))
    ):
        total += 1
        if by_name:
            chunk.append(row)
        if len(chunk) >= _CHUNK:
            wrong += _outside(sight, table, chunk, by_name)
            chunk = []
    if chunk:
        wrong += _outside(sight, table, chunk, by_name)
    return wrong, total, True


def _outside(
    sight: Sight, table: Table, chunk: list[tuple[Any, ...]], by_name: Mapping[str, list[Restriction]]
) -> list[int]:
    words = sight.registers[LOG].get("purposes", {})
    found = owners(sight.project, table, [row[:-2] for row in chunk])
    wrong = []
    for number, one in found.items():
        purpose, at = str(chunk[number][-2]), moment(chunk[number][-1])
        names = {
            each
            for identity in one.identities
            for each in pseudonyms(sight.project.ring.pseudonym, identity.kind, identity.value)
        }
        for name in names & by_name.keys():
            for limit in by_name[name]:
                since = datetime.fromisoformat(limit.since).timestamp()
                if (
                    at is not None
                    and at > since
                    and not _goes_on(sight, limit, str(words.get(purpose, purpose)))
                ):
                    wrong.append(number)
    return sorted(set(wrong))
