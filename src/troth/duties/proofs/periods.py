"""Periods of storage against the stores: rows that should be gone, sweeps that ran, categories without a period, anonymity.

registers/laws.toml   [[law]]  name = "E-Commerce Law art. 31"  data = ["order-information"]  period = "36 months"
                      purpose = "legal-compliance"  reviewed = 2026-06-01  until = 2027-06-01
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import date, datetime, timedelta
from typing import Any

from troth.duties import retention
from troth.duties.proofs.sight import Sight
from troth.enforcement import look
from troth.enforcement.sweep import Tally
from troth.enforcement.sweepdoubt import Doubt
from troth.model.entry import Entry
from troth.model.errors import NotFound
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown
from troth.model.sweep import Gap, Sweep, SweepPlan

DAILY = timedelta(days=1, hours=6)
"""So long ago a sweep may have been: it runs once a day, and a run takes its time."""
_ACTS = frozenset({"store", "retain", "keep", "erase", "anonymise"})
_SHOWN = 4  # tables that are named


def no_rows_past_period(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no row that the promise is about should be gone by now, but for those that a hold or a law keeps.

    A row counts from a day after its period is over, as sweeps run daily. A table in which nothing shows when the period
    of its rows began can not be looked at.
    """
    plan = plan_of(sight)
    late = [one for one in _overdue(sight, plan) if _about(sight, promise, one.sweep)]
    by_place: dict[str, Tally] = {}
    for one in late:
        before = by_place.get(one.sweep.place)
        if before is None or one.free > before.free:
            by_place[one.sweep.place] = one
    bad = {place: one.free for place, one in sorted(by_place.items()) if one.free}
    kept = sum(one.due - one.free for one in by_place.values())
    total = sum(_rows(sight, place) for place in by_place)
    blind = _blind(promise, plan)
    figures = (
        Figure("rows past their period", sum(bad.values()), total, "rows", good=0),
        Figure("rows past their period that a hold, a law or another row keeps", kept, total, "rows"),
        Figure("tables whose period nothing shows", len(blind), unit="tables", good=0),
    )
    if bad:
        most = sorted(bad, key=lambda place: -bad[place])
        named = ", ".join(f"{place} ({bad[place]:,})" for place in most[:_SHOWN])
        more = f" and {len(bad) - _SHOWN} more tables" if len(bad) > _SHOWN else ""
        why = f"{sum(bad.values()):,} rows are past their period: {named}{more}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(bad))
    if blind:
        why = f"nothing shows when the period began, or what keeps a row, in {', '.join(blind[:_SHOWN])}"
        return Shown(promise.id, proof.check, "not shown", why, figures, places=blind)
    if not by_place:
        return Shown(promise.id, proof.check, "not shown", "no table of the map has such rows", figures)
    if unread := [one for one in _doubts(sight, plan) if _about(sight, promise, one.sweep)]:
        places = tuple(sorted({one.place for one in unread}))
        rows = {one.place: one.rows for one in unread}
        named = ", ".join(places[:_SHOWN])
        why = f"of {sum(rows.values()):,} rows nothing that can be read says whether they have to go, in {named}"
        return Shown(promise.id, proof.check, "not shown", why, figures, places=places)
    why = f"0 of {total:,} rows in {len(by_place)} tables are past their period"
    return Shown(promise.id, proof.check, "kept", why, figures, places=tuple(sorted(by_place)))


def sweep(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where a sweep ran within the last day, and what it left behind, if anything, has gone since.

    What the last sweep could not do is looked at again in the stores: rows that a later step of it took are not left.
    """
    runs = [one for one in sight.entries if one.kind == "plan" and one.action == "sweep"]
    if not runs:
        return Shown(promise.id, proof.check, "not shown", "no sweep has run yet: troth keep")
    last = runs[-1]
    done = [
        one for one in sight.entries
        if one.kind in {"sweep", "finding"} and one.seq > last.seq and one.detail.get("sweep") == last.detail.get("sweep")
    ]  # fmt: skip
    mine = [one for one in done if one.promise == promise.id or set(one.sentences) & set(promise.sentences)]
    still = {one.sweep.place for one in _due(sight) if one.free}
    left = [one for one in mine if one.outcome in {"partly", "broken"} and _places(one) & still]
    views = sorted({view for one in mine for view in one.detail.get("views", {})})
    gone = sum(
        one.counts.get(what, 0) for one in mine for what in ("deleted", "dropped", "suppressed", "unlike")
    )
    changed = sum(one.counts.get("altered", 0) for one in mine)
    at = datetime.fromisoformat(last.time)
    numbers = (last.seq, *(one.seq for one in mine))
    figures = (
        Figure("sweeps", len(runs), unit="sweeps", entries=(last.seq,)),
        Figure("rows deleted by the last one", gone, unit="rows", entries=numbers[1:]),
        Figure("rows changed by the last one", changed, unit="rows", entries=numbers[1:]),
        Figure("steps that left something", len(left), len(mine), "steps", tuple(one.seq for one in left), 0),
    )  # fmt: skip
    if left:
        places = tuple(sorted({place for one in left for place in _places(one) & still}))
        why = f"the last sweep left rows behind in {', '.join(places[:_SHOWN]) or 'a table'}"
        return Shown(promise.id, proof.check, "broken", why, figures, numbers, places)
    if views:
        why = f"views keep copies of rows that are gone: {', '.join(views[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures, numbers, tuple(views))
    if sight.now - at > DAILY:
        why = f"the last sweep was on {at.date()}, more than a day ago"
        return Shown(promise.id, proof.check, "broken", why, figures, numbers)
    if not done:
        return Shown(promise.id, proof.check, "not shown", "the last sweep has not ended", figures, numbers)
    why = (
        f"the last sweep, on {at.date()}, deleted {gone:,} rows, changed {changed:,} and left nothing behind"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, numbers)


def _places(one: Entry) -> set[str]:
    """The tables that an entry of a sweep is about."""
    return {one.object} if one.object else set(one.detail.get("places", {}))


def retention_schedule(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every personal column that the promise is about has a period, and everything that is collected too."""
    plan = plan_of(sight)
    words = vocabulary_of(sight.policy)
    terms = _terms(sight, promise)
    without = tuple(
        one.place
        for one in plan.gaps
        if not one.rule and one.reason.startswith("no rule says how long") and one.reason.endswith("it stays")
        and _in_table(sight, one.place, terms)
    )  # fmt: skip
    covered = {term for one in _storing(sight) for term in _covers(sight, one)}
    collected = {
        term
        for one in sight.policy.promises
        for rule in one.rules
        if rule.mode == "may" and rule.verb == "collect"
        for term in rule.things
        if ":" not in term
    }
    lists = {group.term.key: group.members for group in sight.policy.groups}
    single = {one for term in collected for one in lists.get(term, (term,))}
    bare = sorted(
        one for one in single
        if one not in covered and not words.covers("data", one) & covered and (not terms or one in terms)
    )  # fmt: skip
    held = sum(
        1
        for table in sight.project.map.personal()
        for column in table.columns
        if not terms or terms.intersection(column.terms)
    )
    figures = (
        Figure("tables with personal columns that have no period", len(without), unit="tables", good=0),
        Figure("collected categories without a period", len(bare), len(single), "categories", good=0),
        Figure("personal columns looked at", held, unit="columns"),
    )
    if without or bare:
        parts = [f"no period for {', '.join(bare)}"] if bare else []
        parts += [f"columns without a period in {', '.join(without[:_SHOWN])}"] if without else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, places=without)
    if not held:
        return Shown(
            promise.id, proof.check, "not shown", "the map names no column of these categories", figures
        )
    why = f"all {held} personal columns and {len(single)} collected categories have a period"
    return Shown(promise.id, proof.check, "kept", why, figures)


def law_table(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the register of laws names each law with its data or purpose, and every entry was reviewed in time."""
    register = sight.registers.get("laws", {}).get("law", [])
    if not register:
        why = "there is no register of laws: registers/laws.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    today = sight.now.astimezone(sight.where.tz).date()
    words = vocabulary_of(sight.policy)
    faults: dict[str, list[str]] = {}
    for number, one in enumerate(register, 1):
        for fault in _law_faults(one, words.find, today):
            faults.setdefault(fault, []).append(str(one.get("name") or f"entry {number}")[:60])
    bad = {name for some in faults.values() for name in some}
    figures = (
        Figure("laws on the register", len(register), unit="laws"),
        Figure("laws without data, period or a current review", len(bad), len(register), "laws", good=0),
    )
    if faults:
        why = "; ".join(f"{fault}: {', '.join(some[:_SHOWN])}" for fault, some in sorted(faults.items()))
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"all {len(register)} laws name what they are about and were reviewed in time"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _law_faults(one: Mapping[str, Any], find: Any, today: date) -> Iterable[str]:
    if not str(one.get("name", "")).strip():
        yield "without a name"
    data = one.get("data", [])
    if not data and not one.get("purpose"):
        yield "names neither data nor a purpose"
    if any(find("data", str(word)) is None for word in data):
        yield "names data that nobody knows"
    if one.get("purpose") and find("purpose", str(one["purpose"])) is None:
        yield "names a purpose that nobody knows"
    until = one.get("until")
    if not isinstance(until, date):
        yield "says no day of the next review"
    elif until < today:
        yield "its review is overdue"


def reidentification_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where rows that were made anonymous look like so many others as the promise says, measured by a query.

    What is still to be made anonymous by the next sweep is counted, and is broken only once it is overdue.
    """
    plan = plan_of(sight)
    steps = [one for one in plan.sweeps if one.measure and one.k and one.alters]
    waits = {id(one.sweep): one for one in _due(sight)}
    late = {id(one.sweep): one for one in _overdue(sight, plan)}
    short: dict[str, int] = {}
    pending = overdue = rows = smallest = 0
    for one in steps:
        pending += waits[id(one)].free
        overdue += late[id(one)].free
        found = look.likeness(sight.project, one)
        rows += found.rows
        smallest = min(smallest or found.smallest, found.smallest) if found.rows else smallest
        if found.short:
            short[one.place] = found.short
    figures = (
        Figure("anonymised rows that look like too few others", sum(short.values()), rows, "rows", good=0),
        Figure("smallest group of equal rows", smallest, unit="rows"),
        Figure("rows that the next sweep makes anonymous", pending, rows, "rows"),
    )
    if short and (overdue or not pending):
        why = f"{sum(short.values()):,} rows look like fewer than {steps[0].k} others in {', '.join(sorted(short))}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(short)))
    if short:
        return Shown(
            promise.id, proof.check, "not shown", "a sweep has to make rows anonymous first", figures
        )
    if not rows and not _anonymises(promise):
        return Shown(promise.id, proof.check, "not shown", "the promise makes nothing anonymous", figures)
    why = (
        f"all {rows:,} anonymised rows look like at least {steps[0].k - 1} others"
        if rows
        else "no row stands in the stores as anonymous: what is past its period was deleted"
    )
    return Shown(
        promise.id, proof.check, "kept", why, figures, places=tuple(sorted({one.place for one in steps}))
    )


def _anonymises(promise: Promise) -> bool:
    return any(rule.verb == "anonymise" for rule in promise.rules)


def plan_of(sight: Sight) -> SweepPlan:
    """The retention plan of the moment, made once for all checks."""
    if "sweep plan" not in sight.memo:
        plan = retention.planned(
            sight.project, sight.policy, zone=sight.where.tz, folder=sight.folder, given=sight.told
        )
        sight.memo["sweep plan"] = plan
    found: SweepPlan = sight.memo["sweep plan"]
    return found


def _due(sight: Sight) -> tuple[Tally, ...]:
    """What a sweep would do now."""
    if "due" not in sight.memo:
        sight.memo["due"] = retention.due(sight.project, plan_of(sight))
    found: tuple[Tally, ...] = sight.memo["due"]
    return found


def _doubts(sight: Sight, plan: SweepPlan) -> tuple[Doubt, ...]:
    """Rows of which nobody can say whether they have to go."""
    if "doubts" not in sight.memo:
        sight.memo["doubts"] = retention.doubts(sight.project, plan)
    found: tuple[Doubt, ...] = sight.memo["doubts"]
    return found


def _overdue(sight: Sight, plan: SweepPlan) -> tuple[Tally, ...]:
    if "overdue" not in sight.memo:
        sight.memo["overdue"] = look.overdue(sight.project, plan, retention.restricted(sight.project))
    found: tuple[Tally, ...] = sight.memo["overdue"]
    return found


def _rows(sight: Sight, place: str) -> int:
    key = f"rows {place}"
    if key not in sight.memo:
        store, _, name = place.partition(".")
        sight.memo[key] = look.rows(sight.project, store, name)
    return int(sight.memo[key])


def _storing(sight: Sight) -> list[Rule]:
    return [
        rule
        for promise in sight.policy.promises
        if promise.draft is None
        for rule in promise.rules
        if rule.mode in {"may", "only", "must"} and rule.verb in _ACTS
    ]


def _covers(sight: Sight, rule: Rule) -> frozenset[str]:
    words = vocabulary_of(sight.policy)
    found: set[str] = set()
    for thing in rule.things:
        if ":" not in thing:
            found |= words.covers("data", thing)
    return frozenset(found)


def _terms(sight: Sight, promise: Promise) -> frozenset[str]:
    """What the promise says periods about; none where it is about all of them."""
    rules = [one for one in promise.rules if one.verb in _ACTS and one.mode in {"may", "only", "must"}]
    return frozenset(term for one in rules for term in _covers(sight, one))


def _about(sight: Sight, promise: Promise, one: Sweep) -> bool:
    """Whether a step is about what the promise says periods about."""
    terms = _terms(sight, promise)
    if not terms or one.citation.promise == promise.id:
        return True
    try:
        table = sight.project.map.table(one.store, one.table)
    except NotFound:
        return False
    changed = {each.column for each in one.alters}
    columns = [each for each in table.columns if not changed or each.name in changed]
    return any(terms.intersection(each.terms) for each in columns)


def _in_table(sight: Sight, place: str, terms: frozenset[str]) -> bool:
    if not terms:
        return True
    store, _, rest = place.partition(".")
    for table in sight.project.map.tables:
        if table.store == store and (rest == table.name or rest.startswith(f"{table.name}.")):
            return any(terms.intersection(one.terms) for one in table.columns)
    return False


def _blind(promise: Promise, plan: SweepPlan) -> tuple[str, ...]:
    """Tables in which nothing shows when a period of the promise began, or whether something keeps a row."""
    own = {rule.id for rule in promise.rules}
    return tuple(sorted({one.place or "several tables" for one in plan.gaps if _unseen(one, own)}))


def _unseen(one: Gap, own: set[str]) -> bool:
    words = ("no column shows when", "nothing tells")
    return one.rule in own and any(word in one.reason for word in words)
