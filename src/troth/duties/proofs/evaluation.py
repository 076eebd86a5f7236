"""Detectors that run and whose alerts are handled, findings that are repaired in time, tests and measures that are current.

registers/measures.toml   [[measure]]  name = "tls"  threats = ["unauthorised-disclosure"]  owner = "security"
                          evidence = "scan of all endpoints"  reviewed = 2026-09-01  until = 2027-03-01
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from troth.duties.deadlines import Source, promised
from troth.duties.deeds import length, recurs
from troth.duties.habits import DAY, HOUR, Everybody, SignIn, watch
from troth.duties.proofs.attested import attested
from troth.duties.proofs.sight import Sight
from troth.duties.signinlog import moment
from troth.duties.signins import RAISED, detecting
from troth.enforcement.columns import stream
from troth.model.condition import truth
from troth.model.errors import TrothError
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown

_WINDOW = timedelta(days=31)
"""So far back the runs of a detector are counted."""
_LEAST = 0.9  # of the runs that its schedule asks for
OPENED = "finding-opened"
PENETRATION = "penetration-testing-methods"


def detector_run_log(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every detector of the promise ran as often as promised, and every alert was handled in time.

    A detector that began within the last month is counted from its first run.
    """
    rules = [
        one
        for one in promise.rules
        if one.mode == "must" and recurs(one) and one.verb in {"detect", "monitor"}
    ]
    if not rules:
        return Shown(
            promise.id, proof.check, "not shown", "the promise has no detector that runs again and again"
        )
    never, seldom, runs = [], [], Counter[str]()
    for rule in rules:
        state, count = _runs(sight, rule)
        runs[rule.id] = count
        never += [rule.id] if state == "never" else []
        seldom += [rule.id] if state == "seldom" else []
    alerts = [one for one in sight.owed if one.promise == promise.id and one.event >= 0]
    late = [one for one in alerts if one.state in {"overdue", "late"}]
    done = tuple(sorted({one.deed for one in alerts if one.deed >= 0}))
    raised = sum(one.kind == "event" and one.action == RAISED for one in sight.entries)
    figures = (
        *(Figure(f"runs of {rule.id} in a month", runs[rule.id], unit="runs") for rule in rules),
        Figure("duties about alerts that were not done in time", len(late), len(alerts), "duties", done, 0),
        Figure("alerts raised", raised, unit="alerts"),
    )
    entries = tuple(sorted({one.event for one in alerts}))
    if seldom or late:
        parts = [f"ran too seldom: {', '.join(seldom)}"] if seldom else []
        parts += [f"not done in time: {', '.join(sorted({one.rule for one in late}))}"] if late else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, entries)
    if never:
        return Shown(
            promise.id, proof.check, "not shown", f"never ran yet: {', '.join(never)}", figures, entries
        )
    why = f"every detector ran as often as promised, and {len(alerts)} duties about alerts are in time"
    return Shown(promise.id, proof.check, "kept", why, figures, entries)


def _runs(sight: Sight, rule: Rule) -> tuple[str, int]:
    """Whether a recurring rule was done as often as it says, within the window; and how often."""
    assert rule.deadline is not None  # noqa: S101 - it recurs
    assert rule.deadline.span is not None  # noqa: S101 - as above
    span = length(rule.deadline.span)
    times = sorted(
        datetime.fromisoformat(one.time)
        for one in sight.entries
        if one.kind == "deed" and one.detail.get("rule") == rule.id
    )
    if not times:
        return "never", 0
    begin = max(times[0], sight.now - max(_WINDOW, span))
    inside = [one for one in times if one >= begin]
    wanted = (sight.now - begin) / span
    late = sight.now - times[-1] > span * 2 if span < timedelta(hours=1) else sight.now - times[-1] > span
    return ("seldom" if late or len(inside) < _LEAST * int(wanted) else "ran"), len(inside)


def probe(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where invented strangers alarm the detector, and the owner it was taught does not.

    Sign-ins of an invented account are shown to the model; nothing touches stores or ledger. Only promises whose detector is
    the one of abnormal sign-ins are tried.
    """
    if not {one.id for one in detecting(sight.policy)} & {one.id for one in promise.rules}:
        return Shown(promise.id, proof.check, "not shown", f"Troth has no way to try `{promise.id}`")
    found = {name for name, rows in _STRANGERS.items() if _alarms([*_owner(), *rows])}
    false = _alarms(_owner())
    figures = (
        Figure(
            "invented attacks that raised an alert",
            len(found),
            len(_STRANGERS),
            "attacks",
            good=len(_STRANGERS),
        ),
        Figure("alerts about the owner", false, unit="alerts", good=0),
    )
    missed = sorted(set(_STRANGERS) - found)
    if missed or false:
        why = f"not noticed: {', '.join(missed)}" if missed else f"{false} alerts about the owner"
        return Shown(promise.id, proof.check, "broken", why, figures)
    return Shown(
        promise.id, proof.check, "kept", f"{len(found)} invented attacks raised an alert each", figures
    )


def _owner() -> list[SignIn]:
    """Somebody who signs in every morning with the same device from the same place."""
    days = range(200)
    return [SignIn(str(one), 1, one * DAY + 2 * HOUR + one % 40 * 60, 1, 2, 3, "HK", ok=True) for one in days]


_LATE = 200 * DAY + 15 * HOUR
_STRANGERS = {
    "a new device, network and country": [SignIn("x", 1, _LATE, 91, 92, 93, "RO", ok=True)],
    "many guesses": [SignIn(f"x{one}", 1, _LATE + 20 * one, 91, 92, 93, "RO", ok=False) for one in range(8)],
    "a journey that nobody can make": [
        SignIn("home", 1, 200 * DAY + 2 * HOUR, 1, 2, 3, "HK", ok=True),
        SignIn("x", 1, 200 * DAY + 2.5 * HOUR, 1, 92, 93, "BR", ok=True),
    ],
    "one network, many accounts": [
        SignIn(f"x{one}", 100 + one, _LATE + one, 91, 92, 93, "RO", ok=False) for one in range(12)
    ],
}


def _alarms(rows: list[SignIn]) -> int:
    return sum(1 for _ in watch(Everybody(), rows))


def finding_timeline(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every weakness that was opened was repaired within the time of its severity, or still has time.

    Weaknesses are the events `finding-opened` of the ledger, and the rows of the table that the register names.
    """
    rules = [one for one in promise.rules if one.trigger is not None and one.trigger.event == OPENED]
    if not rules:
        return Shown(promise.id, proof.check, "not shown", "the promise gives no time for repairs")
    opened = {one.seq for one in sight.entries if one.kind == "event" and one.action == OPENED}
    mine = [one for one in sight.owed if one.rule in {rule.id for rule in rules}]
    late = {one.event for one in mine if one.state in {"overdue", "late"}}
    unsure = opened - {one.event for one in mine if one.state != "unknown"}
    done = tuple(sorted({one.deed for one in mine if one.deed >= 0}))
    rows = Counter(_repaired(sight, rules))
    count, bad = len(opened) + rows.total(), len(late) + rows["late"]
    figures = (
        Figure("weaknesses not repaired in time", bad, count, "findings", tuple(sorted(late)), 0),
        Figure("weaknesses repaired", len(done) + rows["repaired"], count, "findings", done),
    )
    entries = tuple(sorted(opened | set(done)))
    if bad:
        why = f"{bad} of {count} weaknesses were not repaired in time"
        return Shown(promise.id, proof.check, "broken", why, figures, entries)
    if unsure or rows["unknown"]:
        why = f"the severity of {len(unsure) + rows['unknown']} weaknesses is not known"
        return Shown(promise.id, proof.check, "not shown", why, figures, entries)
    if not count and not _evaluated(sight, promise):
        return Shown(promise.id, proof.check, "not shown", "nobody has looked for weaknesses yet", figures)
    why = f"{count} weaknesses, none past its time" if count else "the evaluations opened no weakness"
    return Shown(promise.id, proof.check, "kept", why, figures, entries)


def _repaired(sight: Sight, rules: list[Rule]) -> Iterator[str]:
    """How each weakness of the table that the register names stands: repaired, open, late, or of unknown severity."""
    source = sight.registers.get("findings", {}).get("source")
    if not source:
        return
    wanted = [str(source.get(one, "")) for one in ("severity", "opened", "repaired")]
    for severity, opened, repaired in stream(
        sight.project, str(source.get("store")), str(source.get("table")), wanted
    ):
        known = {"finding-severity": str(severity or "")}
        rule = next((one for one in rules if one.trigger and truth(one.trigger.condition, known)), None)
        began, ended = moment(opened), moment(repaired)
        if rule is None or rule.deadline is None or began is None:
            yield "unknown"
            continue
        due = promised(Source(rule.id, (), rule.deadline), datetime.fromtimestamp(began, UTC), sight.where)
        end = ended if ended is not None else sight.now.timestamp()
        if due is not None and due.moment is not None and end > due.moment.timestamp():
            yield "late"
        else:
            yield "open" if ended is None else "repaired"


def _evaluated(sight: Sight, promise: Promise) -> bool:
    rules = {one.id for one in promise.rules if one.verb == "evaluate"}
    return any(one.kind == "deed" and one.detail.get("rule") in rules for one in sight.entries)


def pentest_report(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested while the last penetration test, with the hash of its report, is within its period."""
    for rule in promise.rules:
        if rule.mode != "must" or not recurs(rule) or PENETRATION not in {one.key for one in rule.measures}:
            continue
        deeds = [one for one in sight.entries if one.kind == "deed" and one.detail.get("rule") == rule.id]
        if not deeds:
            break
        assert rule.deadline is not None  # noqa: S101 - it recurs
        assert rule.deadline.span is not None  # noqa: S101 - as above
        last = max(deeds, key=lambda one: one.seq)
        until = datetime.fromisoformat(last.time) + length(rule.deadline.span)
        figure = Figure("penetration tests", len(deeds), entries=tuple(one.seq for one in deeds))
        if until < sight.now:
            why = f"the last penetration test was good until {until.date()}"
            return Shown(promise.id, proof.check, "broken", why, (figure,), (last.seq,))
        if not last.digest:
            why = "the last penetration test has no report behind it: its entry names no hash"
            return Shown(promise.id, proof.check, "not shown", why, (figure,), (last.seq,))
        why = f"a penetration test with a report is good until {until.date()}"
        return Shown(promise.id, proof.check, "attested", why, (figure,), (last.seq,))
    found = attested(sight, promise, proof)
    return (
        found
        if found.status == "attested"
        else Shown(promise.id, proof.check, "not shown", "no penetration test yet")
    )


def security_attestation(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where every measure and threat that the promise names stands on the register with evidence that is current.

    Broken where the evidence of one has run out; not shown where one is not on the register.
    """
    register = sight.registers.get("measures", {}).get("measure", [])
    if not register:
        found = attested(sight, promise, proof)
        why = "there is no register of measures: registers/measures.toml"
        return found if found.status == "attested" else Shown(promise.id, proof.check, "not shown", why)
    words = vocabulary_of(sight.policy)
    rules = [one for one in promise.rules if one.mode == "must"]
    wanted = {m.key for rule in rules if rule.verb in {"protect", "evaluate"} for m in rule.measures}
    threats = {threat.rpartition(":")[2] for rule in rules if rule.verb == "protect" for threat in rule.about}
    today = sight.now.astimezone(UTC).date()
    listed: dict[str, Mapping[str, Any]] = {}
    for one in register:
        term = words.find("measure", str(one.get("name", "")))
        if term is None:
            raise TrothError(
                f"the register of measures names `{str(one.get('name'))[:40]}`, which is no measure"
            )
        listed[term.key] = one
    met = {key for key in wanted if _listed(words.covers("measure", key), listed)}
    met_threats = {
        term.key
        for one in register
        for name in one.get("threats", ())
        if (term := words.find("thing", str(name)))
    }
    missing = sorted(wanted - met) + sorted(threats - met_threats)
    over = sorted(key for key, one in listed.items() if (end := _end(one)) is not None and end < today)
    bare = sorted(
        key
        for key, one in listed.items()
        if not one.get("evidence") or not one.get("owner") or _end(one) is None
    )
    figures = (
        Figure("measures named by the promise that are registered", len(met), len(wanted), "measures"),
        Figure("measures whose evidence has run out", len(over), len(listed), "measures", good=0),
    )
    if over:
        return Shown(
            promise.id, proof.check, "broken", f"the evidence has run out: {', '.join(over)}", figures
        )
    if missing or bare:
        parts = [f"not on the register: {', '.join(missing)}"] if missing else []
        parts += [f"without owner, evidence or end: {', '.join(bare)}"] if bare else []
        return Shown(promise.id, proof.check, "not shown", "; ".join(parts), figures)
    first = min((end for one in listed.values() if (end := _end(one))), default=today)
    why = f"{len(met)} measures are registered with an owner and evidence, the first until {first}"
    return Shown(promise.id, proof.check, "attested", why, figures)


def _listed(covered: frozenset[str], listed: Mapping[str, Mapping[str, Any]]) -> bool:
    return bool(covered & listed.keys())


def _end(one: Mapping[str, Any]) -> date | None:
    """Until when the evidence of a measure is good."""
    value = one.get("until")
    if isinstance(value, datetime):
        return value.date()
    if isinstance(value, date):
        return value
    try:
        return date.fromisoformat(str(value))
    except ValueError:
        return None
