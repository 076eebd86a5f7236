"""Incidents against their clocks, exercises, and letters to persons, each with its proof.

Looked at are the events and deeds of the ledger, and the house's own tables where `registers/incidents.toml` names them.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from troth.duties.breachletters import about
from troth.duties.deeds import Owed, length
from troth.duties.delivery import addressee, standing
from troth.duties.incidents import CONFIRMED, affected, confirmed, home_of, incidents, summed
from troth.duties.keeping import answering, owes
from troth.duties.notices import CHANGE, announced
from troth.duties.proofs.attested import attested
from troth.duties.proofs.sight import Sight
from troth.enforcement.columns import stream
from troth.enforcement.roots import roots
from troth.model.entry import Entry
from troth.model.policy import Promise, Proof, Rule
from troth.model.showing import Figure, Shown

REGISTER = "incidents"
_YEAR = timedelta(days=366)
_PERSONS = ("data-subject", "breach-notice", "affected-persons")


def breach_timeline(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every step of every incident was done within its time, and everybody concerned was told.

    Broken by a step that is late or overdue, by an incident whose scope nobody computed within a day, and by a person of
    the house's own table who was told too late or not at all. A region that is not known is not shown.
    """
    mine = [one for one in sight.owed if one.promise == promise.id and one.event >= 0]
    late = [one for one in mine if one.state in {"late", "overdue"}]
    known = [one for one in incidents(sight.entries) if not one.exercise]
    unscoped = [
        one
        for one in known
        if sight.now - one.detected > timedelta(days=1) and not _scoped(sight.entries, one.case)
    ]
    open_ = [
        one for one in known if _scoped(sight.entries, one.case) and _unconfirmed(sight.entries, one.case)
    ]
    own = _own(sight, promise)
    figures = (
        Figure("steps of incidents that were not done in time", len(late), len(mine), "duties", _events(late), 0),
        Figure("incidents whose scope is not known after a day", len(unscoped), len(known), "incidents", good=0),
        Figure("persons of the stores who were told too late or not at all", own.late, own.persons, "persons", good=0),
    )  # fmt: skip
    entries = tuple(sorted({one.event for one in mine} | {one.deed for one in mine if one.deed >= 0}))
    parts = [f"not done in time: {', '.join(sorted({one.rule for one in late}))}"] if late else []
    parts += [f"{len(unscoped)} incidents whose scope is not known after a day"] if unscoped else []
    parts += [f"{own.late:,} of {own.persons:,} persons were told too late or not at all"] if own.late else []
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, entries)
    unsure = sorted({one.rule for one in mine if one.state == "unknown"})
    if unsure:
        why = f"it is not known whether something is owed: {', '.join(unsure)}"
        return Shown(promise.id, proof.check, "not shown", why, figures, entries)
    if open_:
        why = f"{len(open_)} incidents concern persons and are neither confirmed nor called off"
        return Shown(promise.id, proof.check, "not shown", why, figures, entries)
    if not known and not own.named:
        return Shown(promise.id, proof.check, "kept", "no incident is known", figures)
    count = len(known) + own.incidents
    why = f"{count} incidents: every step in time, and everybody concerned was told in time or still has time to be"
    return Shown(promise.id, proof.check, "kept", why, figures, entries)


def incident_exercise(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where the plan was tried within the last year; the entry holds persons, rows and the digest of the letters."""
    tried = [one for one in sight.entries if one.kind == "incident" and one.action == "exercise"]
    if not tried:
        found = attested(sight, promise, proof)
        if found.status == "attested":
            return found
        return Shown(
            promise.id, proof.check, "not shown", "the plan was never tried: troth incident exercise"
        )
    last = tried[-1]
    figures = (Figure("exercises", len(tried), unit="exercises", entries=tuple(one.seq for one in tried)),)
    if sight.now - datetime.fromisoformat(last.time) > _YEAR:
        why = f"the plan was last tried on {last.time[:10]}, more than a year ago"
        return Shown(promise.id, proof.check, "not shown", why, figures, (last.seq,))
    why = f"the plan was tried on {last.time[:10]} with {last.counts.get('persons', 0):,} persons"
    return Shown(promise.id, proof.check, "attested", why, figures, (last.seq,))


def notice_delivery(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every letter that the promise asks for left, with a proof for each person, or still has time.

    Letters about incidents count for a promise about breaches, letters about versions for one about changes of the policy.
    """
    events = {rule.trigger.event for rule in promise.rules if rule.trigger is not None}
    wanted: dict[str, tuple[set[str], bool]] = {}
    if CONFIRMED in events:
        wanted |= _breaches(sight)
    if CHANGE in events:
        wanted |= announced(sight.project, sight.entries, sight.now, policy=sight.policy)
    done = missing = waiting = bare = people = 0
    entries: list[int] = []
    for name, (who, over) in wanted.items():
        newest = standing(sight.entries, name)
        for subject in who:
            people += 1
            one = newest.get(subject)
            if one is not None and one.outcome == "sent":
                done += 1
                bare += not one.detail.get("proof")
                entries.append(one.seq)
            else:
                missing += over
                waiting += not over
    figures = (
        Figure("persons whose letter did not leave in time", missing, people, "persons", good=0),
        Figure("letters with a proof", done - bare, people, "letters", tuple(entries[:1000])),
        Figure("letters that still have time", waiting, people, "letters"),
    )
    if missing or bare:
        why = f"{missing:,} of {people:,} persons have no letter that left in time"
        if not missing:
            why = f"{bare:,} of {people:,} letters have no proof"
        return Shown(promise.id, proof.check, "broken", why, figures, tuple(entries[:1000]))
    if not wanted:
        return Shown(promise.id, proof.check, "kept", "nobody had to be told of anything yet", figures)
    why = f"{done:,} of {people:,} letters left with a proof each, {waiting:,} still have time"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(entries[:1000]))


def _events(some: list[Owed]) -> tuple[int, ...]:
    return tuple(one.event for one in some)


def _scoped(entries: tuple[Entry, ...], case: str) -> bool:
    return any(
        one.kind == "incident" and one.action == "scope" and one.detail.get("case") == case for one in entries
    )


def _unconfirmed(entries: tuple[Entry, ...], case: str) -> bool:
    """Whether persons are concerned and nobody has confirmed the breach for their regions."""
    regions = set(summed(affected(entries, case).values()).regions)
    return bool(regions - {str(one.detail["facts"]["region"]) for one in confirmed(entries, case)})


def _breaches(sight: Sight) -> dict[str, tuple[set[str], bool]]:
    """By incident, whom its letters are for, and whether their time is over; one name for each region."""
    found: dict[str, tuple[set[str], bool]] = {}
    rules = {rule.id for _, rule in answering(sight.policy, CONFIRMED, ["notify"], about=_PERSONS)}
    for one in incidents(sight.entries):
        who = affected(sight.entries, one.case)
        events = {each.seq: each.detail["facts"]["region"] for each in confirmed(sight.entries, one.case)}
        over = {
            events[each.event]
            for each in sight.owed
            if each.event in events and each.rule in rules and each.state == "overdue"
        }
        mine = {subject for subject, entry in who.items() if entry.detail.get("region") in events.values()}
        late = {subject for subject in mine if who[subject].detail.get("region") in over}
        if late:
            found[about(one.case)] = (late, True)
        elif mine:
            found[about(one.case)] = (mine, False)
    return found


@dataclass(slots=True)
class _Own:
    """What the house's own tables say: whether they are named, incidents, persons, and who was told too late."""

    named: bool = False
    incidents: int = 0
    persons: int = 0
    late: int = 0


def _own(sight: Sight, promise: Promise) -> _Own:
    source = sight.registers.get(REGISTER, {}).get("source")
    if not source:
        return _Own()
    found = _Own(named=True)
    store, table = str(source["store"]), str(source["table"])
    key = sight.project.schemas[store].relation(table).key[0]
    began = {}
    for number, at in stream(sight.project, store, table, (key, str(source["detected"]))):
        found.incidents += 1
        began[str(number)] = _moment(at)
    people = sight.project.map.table(store, str(source["persons"]))
    width = len(people.key)
    rows = list(
        stream(sight.project, store, people.name, (*people.key, str(source["incident"]), str(source["told"])))
    )
    owners = roots(sight.project, people, [row[:width] for row in rows])
    home = home_of(sight.policy)
    spans = {
        region: _span(promise, region) for region in ("hk", "cn", "eu", "uk", "sg", "us", "us-ca", "other")
    }
    for place, row in enumerate(rows):
        since = began.get(str(row[width]))
        one = addressee(sight.project, owners[place]) if place in owners else None
        span = spans.get((one.region if one else "") or home)
        if since is None or span is None:
            continue
        found.persons += 1
        told = _moment(row[width + 1])
        found.late += (told or sight.now) - since > span
    return found


def _span(promise: Promise, region: str) -> timedelta | None:
    """Within what time persons of a region must be told."""
    spans = [
        length(rule.deadline.span)
        for rule in promise.rules
        if _tells(rule)
        and rule.deadline
        and rule.deadline.span
        and owes(rule, {"affected": True, "region": region})
    ]
    return min(spans, default=None)


def _tells(rule: Rule) -> bool:
    named = {one.rpartition(":")[2] for one in (*rule.things, *rule.about)}
    return rule.verb == "notify" and rule.trigger is not None and bool(named.intersection(_PERSONS))


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
