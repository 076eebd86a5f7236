"""What the ledger says of people's requests: answered in time, only for who showed who they are, refused with a reason."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime

from troth.duties.citing import EVENTS, sources_for
from troth.duties.course import follow
from troth.duties.deadlines import promised
from troth.duties.deeds import GRACE, never_done, recurs
from troth.duties.life import Life
from troth.duties.proofs.sight import Sight
from troth.duties.rights import GROUNDS
from troth.duties.steps import WAITING
from troth.evidence.ledger import follows
from troth.evidence.state import CONSENT_ACTIONS, CONSENTS, replay
from troth.model.entry import Entry
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown

ANSWERS = frozenset({"done", "nothing found", "refused", "withdrawn", "joined", "held"})
"""Steps with which a person has an answer; `held` says what waits, and for what."""
_ACTS = frozenset({"running", "partly", "done", "held"})
_GIVEN = "identity confirmed"
_OPT_OUT = ("object", "opt-out")
_SHOWN = 5  # requests that are named


@dataclass(slots=True)
class Course:
    """A request as its entries tell it.

    Attributes:
        life: where it stands.
        steps: each step with its entry, oldest first, also those that could not follow.
    """

    life: Life | None = None
    steps: list[tuple[str, Entry]] = field(default_factory=list)

    def first(self, names: frozenset[str]) -> Entry | None:
        """The entry of the first step of some names."""
        return next((one for name, one in self.steps if name in names), None)


def courses(sight: Sight) -> Mapping[str, Course]:
    """Every request of the ledger, by its name."""
    if "courses" not in sight.memo:
        found: dict[str, Course] = {}
        for one in sight.entries:
            request, step = one.detail.get("request"), one.detail.get("step")
            if one.kind == "request" and isinstance(request, str) and isinstance(step, str):
                course = found.setdefault(request, Course())
                course.life = follow(course.life, one)
                course.steps.append((step, one))
        sight.memo["courses"] = found
    known: Mapping[str, Course] = sight.memo["courses"]
    return known


def request_timeline(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept while every request that the promise is about was answered by the time that the policy gives, or has time.

    The text of the policy gives no longer time to anybody, so nothing stops its clock, also where a law would.
    """
    rights = {right for right, events in EVENTS.items() if _starts(promise, events)}
    return _timeline(sight, promise, proof, rights or frozenset(EVENTS), "requests")


def complaint_timeline(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept while every complaint and question was answered in time, or has time."""
    return _timeline(sight, promise, proof, {"complaint", "question"}, "complaints and questions")


def opt_out_timeline(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept while every opt-out was obeyed in time: those asked for as requests, and those that events report."""
    return _timeline(sight, promise, proof, set(_OPT_OUT), "opt-outs")


def _timeline(
    sight: Sight, promise: Promise, proof: Proof, rights: set[str] | frozenset[str], what: str
) -> Shown:
    chosen = {name: one for name, one in courses(sight).items() if one.life and one.life.right in rights}
    late: list[str] = []
    numbers: list[int] = []
    answered = standing = 0
    for name, one in chosen.items():
        assert one.life is not None  # noqa: S101 - chosen so
        done = one.first(ANSWERS)
        due = _due(sight, one.life)
        numbers.append(done.seq if done else one.steps[0][1].seq)
        at = datetime.fromisoformat(done.time) if done else sight.now
        if due is not None and at > due + GRACE and not (done is None and _waits(one.life)):
            late.append(name)
        elif done is not None:
            answered += 1
        else:
            standing += 1
    duties = [one for one in sight.owed if one.promise == promise.id]
    behind = sorted({one.rule for one in duties if one.state in {"overdue", "late"}})
    figures = (
        Figure(f"{what} answered in time", answered, len(chosen) - standing, what, tuple(numbers), good=len(chosen) - standing),
        Figure("still open and in time", standing, len(chosen), what),
        Figure("duties of the promise that were not done in time", len(behind), len(duties), "duties", good=0),
    )  # fmt: skip
    if late or behind:
        parts = [f"not answered in time: request {', '.join(late[:_SHOWN])}"] if late else []
        parts += [f"not done in time: {', '.join(behind)}"] if behind else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, tuple(numbers))
    why = (
        f"{answered} {what} were answered in time, {standing} are open"
        if chosen
        else f"no {what} came in yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(numbers))


def _due(sight: Sight, life: Life) -> datetime | None:
    """By when the policy promises an answer."""
    found = [
        one.moment
        for source in sources_for(sight.policy, life.right)
        if (one := promised(source, life.received, sight.where)) is not None and one.moment is not None
    ]
    return min(found, default=None)


def _waits(life: Life) -> bool:
    """Whether the person can still take an erasure back, so that it waits on purpose."""
    return life.state == WAITING


def _starts(promise: Promise, events: Sequence[str]) -> bool:
    named = {rule.trigger.event for rule in promise.rules if rule.trigger is not None}
    return bool(named & (set(events) - {"request"}))


def requester_verification(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nothing was given, erased or corrected for a request whose person had not shown who they are before."""
    wrong: list[int] = []
    acted = 0
    confirmed: dict[str, int] = {}
    for one in courses(sight).values():
        before = one.first(frozenset({_GIVEN}))
        if before is not None:
            confirmed[before.subject] = min(before.seq, confirmed.get(before.subject, before.seq))
        act = one.first(_ACTS)
        if act is None or act.action in {"complaint", "question"}:
            continue
        acted += 1
        if before is None or before.seq > act.seq:
            wrong.append(act.seq)
    answering = _answering(sight)
    for entry in sight.entries:
        if entry.kind in {"exported", "erased", "rectified"} and entry.promise in answering and entry.subject:
            acted += 1
            if entry.seq < confirmed.get(entry.subject, len(sight.entries) + 1):
                wrong.append(entry.seq)
    figures = (
        Figure(
            "acts for somebody who had not shown who they are",
            len(wrong),
            acted,
            "acts",
            tuple(wrong),
            good=0,
        ),
        Figure("persons who showed who they are", len(confirmed), unit="persons"),
    )
    if wrong:
        why = f"{len(wrong)} of {acted} acts were for somebody who had not shown who they are"
        return Shown(promise.id, proof.check, "broken", why, figures, tuple(wrong))
    why = (
        f"all {acted} acts followed a confirmed identity" if acted else "no request has been carried out yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def _answering(sight: Sight) -> frozenset[str]:
    """The promises that a person's request is carried out under, and nothing else is."""
    asked = {event for right in ("access", "portability", "erase", "rectify") for event in EVENTS[right]}
    return frozenset(
        promise.id
        for promise in sight.policy.promises
        if any(rule.trigger is not None and rule.trigger.event in asked for rule in promise.rules)
    )


def refusal_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every refusal has its ground and its remedy, and the letter that says so left."""
    refused = {
        name: entry for name, one in courses(sight).items() if (entry := one.first(frozenset({"refused"})))
    }
    told = {
        str(one.detail.get("about")) for one in sight.entries
        if one.kind == "notice" and one.action == "refused" and one.outcome in {"sent", "no address"}
    }  # fmt: skip
    bare = [
        name
        for name, one in refused.items()
        if one.detail.get("ground") not in GROUNDS or not one.detail.get("remedy")
    ]
    silent = [name for name in refused if f"request {name}" not in told]
    numbers = tuple(one.seq for one in refused.values())
    figures = (
        Figure("refusals without a ground or a remedy", len(bare), len(refused), "refusals", numbers, good=0),
        Figure("refusals that the person was not told", len(silent), len(refused), "refusals", good=0),
    )
    if bare or silent:
        parts = [f"without a ground or a remedy: request {', '.join(bare[:_SHOWN])}"] if bare else []
        parts += [f"the person was not told: request {', '.join(silent[:_SHOWN])}"] if silent else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, numbers)
    why = (
        f"all {len(refused)} refusals name their ground, and each person was told"
        if refused
        else "nothing was refused yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, numbers)


def consent_ledger(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every word on a consent names person, purpose and policy, and the tables of consents follow from them."""
    words = vocabulary_of(sight.policy)
    said = [one for one in sight.entries if one.kind == "consent" and one.outcome != "nothing found"]
    bare = tuple(
        one.seq for one in said
        if one.action not in CONSENT_ACTIONS or not one.subject or not one.policy
        or words.find("purpose", str(one.detail.get("purpose", ""))) is None
    )  # fmt: skip
    differing = _consents_differ(sight)
    figures = (
        Figure("consents without person, purpose or policy", len(bare), len(said), "entries", bare, good=0),
        Figure("rows of the table of consents that no entry shows", differing, unit="rows", good=0),
    )
    if bare or differing:
        parts = [f"{len(bare)} entries do not say who agreed to what"] if bare else []
        parts += (
            [f"{differing} rows of the table of consents do not follow from the entries"] if differing else []
        )
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, bare)
    why = (
        f"all {len(said)} entries on consent name person, purpose and policy"
        if said
        else "nobody has said anything yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(one.seq for one in said[-3:]))


def _consents_differ(sight: Sight) -> int:
    kept = sight.project.ledger
    if not follows(kept, CONSENTS):
        return 0
    should = {(one.subject, one.purpose, one.scope, one.status, one.seq) for one in replay(sight.entries)[0]}
    rows = kept.query("select subject, purpose, scope, status, seq from consent_state")
    return len(should ^ {tuple(row) for row in rows})


def rectification_propagated(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every correction went through everywhere, and whoever had the data was told of it.

    A recipient is told when the deed of a rule that notifies names the correction, or a notice goes to it.
    """
    done = [one for one in sight.entries if one.kind == "rectified"]
    partly = tuple(one.seq for one in done if one.outcome == "partly")
    told = {one.subject for one in sight.entries if one.kind in {"deed", "notice"} and _tells(sight, one)}
    owing = tuple(one.seq for one in done if one.detail.get("tell") and one.subject not in told)
    duties = [one for one in sight.owed if one.promise == promise.id and _notifies(sight, one.rule)]
    behind = [one for one in duties if one.state in {"overdue", "late"}]
    figures = (
        Figure("corrections that are not everywhere", len(partly), len(done), "corrections", partly, good=0),
        Figure(
            "corrections of which recipients were not told",
            len(owing),
            len(done),
            "corrections",
            owing,
            good=0,
        ),
        Figure("duties to tell recipients not done in time", len(behind), len(duties), "duties", good=0),
    )
    if partly or owing or behind:
        parts = [f"{len(partly)} corrections are not everywhere"] if partly else []
        parts += [f"recipients of {len(owing)} corrections were not told"] if owing else []
        parts += ["recipients were not told in time"] if behind else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*partly, *owing))
    why = f"all {len(done)} corrections went through everywhere" if done else "nothing has been corrected yet"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(one.seq for one in done[-3:]))


def _tells(sight: Sight, one: Entry) -> bool:
    if one.kind == "notice":
        return one.action in {"correction", "correction-case", "rectified"}
    return _notifies(sight, str(one.detail.get("rule", "")))


def _notifies(sight: Sight, name: str) -> bool:
    words = vocabulary_of(sight.policy)
    recipients = words.covers("recipient", "data-processor")
    for promise in sight.policy.promises:
        for rule in promise.rules:
            if rule.id == name:
                keys = {one.rpartition(":")[2] for one in (*rule.things, *rule.recipients)}
                return rule.verb in {"notify", "tell", "inform"} and bool(keys & recipients)
    return False


def inbox_monitoring(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept while the inbox was looked at as often as promised; never shown before the first time."""
    rules = [one for one in promise.rules if recurs(one) and "thing:inbox" in one.things]
    return _recurring(sight, promise, proof, rules, "the inbox was looked at as often as promised")


def _recurring(sight: Sight, promise: Promise, proof: Proof, rules: list[Rule], good: str) -> Shown:
    ids = {one.id for one in rules}
    mine = [one for one in sight.owed if one.rule in ids]
    runs = tuple(one.seq for one in sight.entries if one.kind == "deed" and one.detail.get("rule") in ids)
    late = [one.rule for one in mine if one.state == "overdue"]
    never = [rule for _, rule in never_done(sight.policy, sight.project.ledger) if rule in ids]
    figures = (Figure("times it was done", len(runs), unit="times", entries=runs[-20:]),)
    if not rules:
        return Shown(
            promise.id, proof.check, "not shown", "the promise asks for nothing of the kind", figures
        )
    if late:
        return Shown(
            promise.id, proof.check, "broken", f"too long ago: {', '.join(late)}", figures, runs[-3:]
        )
    if never:
        return Shown(promise.id, proof.check, "not shown", f"never done yet: {', '.join(never)}", figures)
    return Shown(promise.id, proof.check, "kept", good, figures, runs[-3:])


def investigation_file(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every use of data for a dispute that the ledger knows of has an entry with its case number."""
    rules = [one for one in promise.rules if any(item.what == "case-number" for item in one.record)]
    purposes = {purpose for one in rules for purpose in one.purposes}
    uses = [
        one for one in sight.entries
        if (one.kind, one.outcome) == ("decision", "allowed") and one.detail.get("purpose") in purposes
    ]  # fmt: skip
    total = sum(one.counts.get("decisions", 1) for one in uses)
    files = [
        one for one in sight.entries
        if one.kind == "deed" and one.detail.get("rule") in {rule.id for rule in rules}
        and one.detail.get("record", {}).get("case-number")
    ]  # fmt: skip
    numbers = tuple(one.seq for one in files)
    bare = [one.seq for one in uses if not any(each.time[:10] <= one.time[:10] for each in files)]
    figures = (
        Figure("uses before any case was registered", len(bare), total, "uses", tuple(bare), good=0),
        Figure("entries with a case number", len(files), unit="entries", entries=numbers),
    )
    if not rules:
        return Shown(promise.id, proof.check, "not shown", "the promise asks for no case number", figures)
    if bare:
        why = f"data was used for a dispute {total:,} times without a registered case"
        return Shown(promise.id, proof.check, "broken", why, figures, tuple(bare))
    why = (
        f"{total:,} uses for disputes, {len(files)} registered cases"
        if uses
        else "no data was used for a dispute yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, numbers)
