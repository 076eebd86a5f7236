"""Abnormal sign-ins: found in the log, told to the account holder, handled by a person.

    detect   reads the logs, raises alerts, notes that it ran       the policy's `must detect ... every`
    ask      sends the account holder the question "was this you?"  `when sign-in and login-abnormal must ask`
    handle   notes what a person decided                            `when alert-raised must investigate`

An alert is an entry: a pseudonym, a score and its reasons in words; no address, device or place is in it. Nothing is
closed or blocked by a score alone.
"""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime
from functools import cache

from jinja2 import Environment, PackageLoader, StrictUndefined, Template

from troth.duties.deeds import deed, event, length, recurs
from troth.duties.habits import Alarm, Everybody, SignIn, watch
from troth.duties.letters import LANGUAGES, Letter, write_day
from troth.duties.post import Post, PostRefused
from troth.duties.signinlog import Log, Read, in_order, logs, read
from troth.enforcement.columns import Owner, owners, stream
from troth.enforcement.project import Project
from troth.evidence.pseudonym import pseudonyms
from troth.model.condition import truth
from troth.model.entry import Entry
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Identity
from troth.model.policy import Policy, Rule
from troth.stores.walk import Row

RAISED, SIGNED = "alert-raised", "sign-in"
ABNORMAL = "login-abnormal"
MEASURES = frozenset({"abnormal-login-detection", "machine-learning-detection"})
"""The measures of a policy that a run of this detector is."""
DECISIONS = ("harmless", "blocked", "customer-confirmed", "customer-denied", "unclear")
"""What a person may find; only `harmless` and `customer-confirmed` are learned from."""
BUDGET = 2.0
"""Alarms for 1,000 sign-ins that people can look at."""
_ASKING = ("ask", "notify", "inform")
_BELIEVED = frozenset({"harmless", "customer-confirmed"})
_DEVICES = (
    ("iphone", "iPhone", "iPhone"), ("ipad", "iPad", "iPad"), ("android", "Android device", "安卓设备"),
    ("windows", "Windows computer", "Windows 电脑"), ("mac os", "Mac", "Mac 电脑"), ("macos", "Mac", "Mac 电脑"),
    ("ipados", "iPad", "iPad"), ("ios", "iPhone", "iPhone"), ("ubuntu", "Linux computer", "Linux 电脑"),
    ("linux", "Linux computer", "Linux 电脑"), ("curl", "program", "程序"), ("python", "program", "程序"),
)  # fmt: skip


@dataclass(frozen=True, slots=True, kw_only=True)
class Alert:
    """A sign-in that a person has to look at.

    Attributes:
        number: the entry `alert-raised`; -1 before it is written.
        signed: the entry `sign-in` that asks for the account holder to be asked; -1 where nobody is in, or known.
        subject: pseudonym of the account holder; empty where there is none.
        kind: what it looks like.
        score: tenths of the logarithm of how much likelier a stranger is; the number of accounts for spraying.
        reasons: why, in words without personal data.
        at: when somebody signed in.
        letter: the draft to the account holder; None where there is nobody to ask.
        to: where the letter goes.
        key: the row of the log.
        place: store and table of the log.
    """

    number: int = -1
    signed: int = -1
    subject: str = ""
    kind: str
    score: int
    reasons: tuple[str, ...]
    at: datetime
    letter: Letter | None = field(default=None, repr=False)
    to: Identity | None = field(default=None, repr=False)
    key: Row = field(default=(), repr=False)
    place: str = ""


@dataclass(frozen=True, slots=True)
class Detected:
    """A run of the detector.

    Attributes:
        alerts: what is new, in the order of time.
        rows: sign-ins that were looked at.
        places: the tables they stand in.
        runs: numbers of the entries that note the run.
    """

    alerts: tuple[Alert, ...]
    rows: int
    places: tuple[str, ...]
    runs: tuple[int, ...] = ()


def detect(
    project: Project, policy: Policy, since: datetime, *, budget: float = BUDGET, language: str = "en"
) -> Detected:
    """Look at every sign-in, and raise an alert for each that is strange and not older than `since`.

    Everything older is learned from. A sign-in alarms once; one that a person has called harmless is learned from
    afterwards. All entries of a run are written at once, or none.

    Args:
        project: the open project; nothing in its stores is changed.
        policy: the policy that asks for it.
        since: from when on; with its zone.
        budget: alarms for 1,000 sign-ins that people can look at.
        language: of letters to people of whom none is known.

    Raises:
        NotFound: the data map has no log of sign-ins.
        TrothError: a store can not be read.
    """
    known = _known(project)
    found: list[Alert] = []
    rows, places = 0, []
    for log in logs(project):
        signed = read(project, log)
        rows += len(signed.keys)
        places.append(log.table.place)
        fresh = _fresh(project, signed, since, budget, known)
        found += _alerts(project, policy, signed, fresh, language)
    found.sort(key=lambda one: one.at)
    now = project.clock()
    entries: list[Entry] = []
    asked: list[int] = []
    for one in found:
        row = _digests(project, one.place, one.key)[0]
        detail = {"kind": one.kind, "score": one.score, "reasons": list(one.reasons), "row": row}
        entries.append(
            event(
                RAISED,
                at=now,
                actor=project.actor,
                subject=one.subject,
                facts={ABNORMAL: True},
                detail=detail,
            )
        )
        if one.letter is not None:
            asked.append(len(entries))
            facts = {ABNORMAL: True}
            entries.append(
                event(
                    SIGNED, at=now, actor=project.actor, subject=one.subject, facts=facts, detail={"row": row}
                )
            )
    ran = list(_ran(project, policy, now, (rows, len(found))))
    first = project.ledger.append([*entries, *ran]) if entries or ran else -1
    return Detected(
        tuple(_numbered(found, entries, first)), rows, tuple(places),
        tuple(range(first + len(entries), first + len(entries) + len(ran))),
    )  # fmt: skip


def ask(project: Project, policy: Policy, post: Post, alerts: Sequence[Alert]) -> int:
    """Send the account holders their letters, where the policy asks for it; gives how many left.

    Each letter that left keeps the duty to ask; the entry says by which channel, with the proof of the post. One that the
    post did not take is given again by `waiting`.
    """
    rules = list(rules_on(policy, SIGNED, _ASKING, {ABNORMAL: True}))
    count = 0
    for one in alerts:
        if not rules or one.letter is None or one.to is None or one.signed < 0:
            continue
        try:
            sent = post.send(one.to, one.letter, at=project.clock(), name=f"sign-in-{one.number}")
        except PostRefused:
            continue
        count += 1
        proof = {"channel": sent.channel, "proof": sent.proof}
        known = {"alert": f"entry {one.number}", "result": "asked", **proof}
        project.ledger.append([
            deed(
                policy, rule.id, at=project.clock(), actor=project.actor, of=one.signed, subject=one.subject,
                record={**_record(rule, known), **proof},
            )
            for rule in rules
        ])  # fmt: skip
    return count


def waiting(project: Project, policy: Policy, *, language: str = "en") -> tuple[Alert, ...]:
    """The alerts whose account holders were not asked yet, with their letters, written again from the log.

    Raises:
        NotFound: the data map has no log of sign-ins.
        TrothError: a store can not be read.
    """
    if not any(rules_on(policy, SIGNED, _ASKING, {ABNORMAL: True})):
        return ()
    entries = list(project.ledger.read())
    asked = {one.detail.get("of") for one in entries if one.kind == "deed"}
    rows = [one for one in entries if one.kind == "event" and "row" in one.detail]
    raised = {str(one.detail["row"]): one for one in rows if one.action == RAISED}
    left = {str(one.detail["row"]): one.seq for one in rows if one.action == SIGNED and one.seq not in asked}
    found: list[Alert] = []
    for log in logs(project) if left else ():
        signed = read(project, log)
        meant = {
            str(place): row
            for place, key in enumerate(signed.keys)
            if (row := _among(project, log, key, left))
        }
        alarms = [_again(one, raised[meant[one.row]]) for one in in_order(signed) if one.row in meant]
        for one in _alerts(project, policy, signed, alarms, language):
            row = meant[str(signed.keys.index(one.key))]
            found.append(replace(one, number=raised[row].seq, signed=left[row]))
    return tuple(found)


@dataclass(frozen=True, slots=True, kw_only=True)
class Raised:
    """An alert as the ledger knows it.

    Attributes:
        number: its entry.
        subject: pseudonym of the account holder; empty where there is none.
        kind: what it looks like.
        reasons: why, in words without personal data.
        at: when it was raised.
        asked: whether the account holder was asked.
        decision: what somebody decided; empty where nobody did.
        by: the role of who decided.
    """

    number: int
    subject: str
    kind: str
    reasons: tuple[str, ...]
    at: datetime
    asked: bool
    decision: str = ""
    by: str = ""

    def as_json(self) -> dict[str, object]:
        """The JSON shape of it."""
        return {
            "alert": self.number, "subject": self.subject, "kind": self.kind, "reasons": list(self.reasons),
            "asked": self.asked, "decision": self.decision, "by": self.by,
        }  # fmt: skip


def raised(project: Project) -> tuple[Raised, ...]:
    """Every alert, the oldest first; the stores are not asked."""
    entries = list(project.ledger.read())
    deeds = [one for one in entries if one.kind == "deed" and "of" in one.detail]
    of = {one.detail["of"]: one for one in deeds if "decision" in one.detail.get("record", {})}
    told = {one.detail["of"] for one in deeds}
    events = [one for one in entries if one.kind == "event" and "row" in one.detail]
    asked = {str(one.detail["row"]) for one in events if one.action == SIGNED and one.seq in told}
    found = []
    for one in events:
        if one.action == RAISED:
            done = of.get(one.seq)
            found.append(Raised(
                number=one.seq, subject=one.subject, kind=str(one.detail.get("kind", "")),
                reasons=tuple(map(str, one.detail.get("reasons", ()))), at=datetime.fromisoformat(one.time),
                asked=str(one.detail["row"]) in asked,
                decision=str(done.detail["record"]["decision"]) if done else "", by=done.actor if done else "",
            ))  # fmt: skip
    return tuple(found)


def _among(project: Project, log: Log, key: Row, rows: Mapping[str, int]) -> str:
    """The digest of a row where it is one of these, else empty."""
    return next((one for one in _digests(project, log.table.place, key) if one in rows), "")


def _again(one: SignIn, entry: Entry) -> Alarm:
    """The alarm that an entry tells of."""
    said = entry.detail
    return Alarm(one, said["kind"], said["score"] / 10, 0.0, tuple(map(str, said["reasons"])))


def handle(  # noqa: PLR0913 - what a decision says, by name
    project: Project,
    policy: Policy,
    number: int,
    *,
    actor: str,
    decision: str,
    record: Mapping[str, str] | None = None,
) -> tuple[int, ...]:
    """Note what a person decided about an alert; gives the entries that keep the policy's duty to investigate.

    Args:
        project: the open project.
        policy: the policy.
        number: the entry `alert-raised`.
        actor: role of the person, never a name ("security").
        decision: one of `DECISIONS`.
        record: more of what the policy asks to be recorded.

    Raises:
        NotFound: there is no such alert, or no such decision, or the policy asks for no investigation.
        TrothError: the alert was handled before, or something to be recorded is missing.
    """
    if decision not in DECISIONS:
        raise NotFound(f"`{decision[:30]}` is no decision", hint=f"decisions are {', '.join(DECISIONS)}")
    raised = next((one for one in project.ledger.read(max(0, number), max(0, number) + 1)), None)
    if raised is None or raised.kind != "event" or raised.action != RAISED:
        raise NotFound(f"entry {number} is no alert", hint="alerts are entries `alert-raised`")
    rules = list(
        rules_on(policy, RAISED, ("investigate", "handle", "review"), raised.detail.get("facts", {}))
    )
    if not rules:
        raise NotFound("the policy asks for no investigation of alerts")
    if any(one.kind == "deed" and one.detail.get("of") == number for one in project.ledger.read(number)):
        raise TrothError(f"alert {number} was handled before")
    known = {
        "alert": f"entry {number}", "reviewer": actor, "decision-record": decision, "result": decision,
        **(record or {}),
    }  # fmt: skip
    at = project.clock()
    entries = [
        deed(
            policy, rule.id, at=at, actor=actor, of=number, subject=raised.subject,
            record={**_record(rule, known), "decision": decision},
        )
        for rule in rules
    ]  # fmt: skip
    first = project.ledger.append(entries)
    return tuple(range(first, first + len(entries)))


def rules_on(policy: Policy, name: str, verbs: Sequence[str], facts: Mapping[str, object]) -> Iterator[Rule]:
    """The duties that an event starts, in text order, whose condition holds."""
    for promise in policy.promises:
        for rule in promise.rules:
            trigger = rule.trigger
            if rule.mode != "must" or trigger is None or trigger.event != name or rule.verb not in verbs:
                continue
            if truth(trigger.condition, dict(facts)) is True:  # type: ignore[arg-type]
                yield rule


def detecting(policy: Policy) -> Iterator[Rule]:
    """The recurring duties that a run of the detector keeps."""
    for promise in policy.promises:
        for rule in promise.rules:
            if rule.mode == "must" and recurs(rule) and {one.key for one in rule.measures} & MEASURES:
                yield rule


def _ran(project: Project, policy: Policy, now: datetime, counts: tuple[int, int]) -> Iterator[Entry]:
    """That the detector ran, for each rule that asks for it; not again before half of its time is over."""
    rules = list(detecting(policy))
    last: dict[str, datetime] = {}
    names = {rule.id for rule in rules}
    for one in project.ledger.read():
        if one.kind == "deed" and one.detail.get("rule") in names:
            last[str(one.detail["rule"])] = datetime.fromisoformat(one.time)
    for rule in rules:
        assert rule.deadline is not None  # noqa: S101 - it recurs
        assert rule.deadline.span is not None  # noqa: S101 - as above
        before = last.get(rule.id)
        if before is not None and now < before + length(rule.deadline.span) / 2:
            continue
        rows, alerts = counts
        known = {"item": "sign-ins", "result": f"{alerts:,} alerts in {rows:,} sign-ins"}
        yield deed(
            policy, rule.id, at=now, actor=project.actor,
            record={**_record(rule, known), "rows": rows, "alerts": alerts},
        )  # fmt: skip


def _record(rule: Rule, known: Mapping[str, str]) -> dict[str, str | int | bool]:
    """What the rule asks to be recorded and is known here."""
    return {item.what: known[item.what] for item in rule.record if item.what in known}


def _known(project: Project) -> dict[str, bool]:
    """Digests of rows that have alarmed; whether a person has called them harmless."""
    rows: dict[int, str] = {}
    found: dict[str, bool] = {}
    for one in project.ledger.read():
        if one.kind == "event" and one.action == RAISED and "row" in one.detail:
            rows[one.seq] = str(one.detail["row"])
            found[rows[one.seq]] = False
        elif one.kind == "deed" and one.detail.get("of") in rows:
            record = one.detail.get("record", {})
            if record.get("decision") in _BELIEVED or record.get("decision-record") in _BELIEVED:
                found[rows[one.detail["of"]]] = True
    return found


def _fresh(
    project: Project, signed: Read, since: datetime, budget: float, known: Mapping[str, bool]
) -> list[Alarm]:
    """The alarms of a log that nobody was told of."""

    def harmless(row: str) -> bool:
        return any(known.get(one, False) for one in _digests(project, place, signed.keys[int(row)]))

    place = signed.log.table.place
    alarms = watch(Everybody(budget=budget), in_order(signed), since=since.timestamp(), harmless=harmless)
    return [
        one
        for one in alarms
        if not known.keys() & set(_digests(project, place, signed.keys[int(one.of.row)]))
    ]


def _digests(project: Project, place: str, key: Row) -> tuple[str, ...]:
    """What names a row in evidence, under every key of the ring, the newest first."""
    return pseudonyms(project.ring.pseudonym, "row", f"{place} {'/'.join(map(str, key))}")


def _alerts(
    project: Project, policy: Policy, signed: Read, alarms: Sequence[Alarm], language: str
) -> Iterator[Alert]:
    keys = [signed.keys[int(one.of.row)] for one in alarms]
    found = owners(project, signed.log.table, keys)
    cells = _cells(project, signed.log, set(keys))
    for place, (alarm, key) in enumerate(zip(alarms, keys, strict=True)):
        person = found.get(place) if alarm.kind != "password spraying" else None
        named = person.person if person else None
        at = datetime.fromtimestamp(alarm.of.at, UTC)
        asks = person is not None and alarm.of.ok
        yield Alert(
            subject=project.pseudonym(named) if named else "", kind=alarm.kind,
            score=round(alarm.score * (1 if alarm.kind == "password spraying" else 10)), reasons=alarm.reasons, at=at,
            letter=letter(policy, at, cells.get(key, {}), _language(person, language)) if asks else None,
            to=_address(person) if asks and person else None, key=key, place=signed.log.table.place,
        )  # fmt: skip


def _cells(project: Project, log: Log, keys: set[Row]) -> dict[Row, dict[str, str]]:
    """What a letter says of each row: place and device."""
    if not keys:
        return {}
    names = {"agent": log.agent, "city": log.city, "country": log.country}
    wanted = {word: name for word, name in names.items() if name}
    width, found = len(log.table.key), {}
    for row in stream(project, log.table.store, log.table.name, (*log.table.key, *wanted.values())):
        if row[:width] in keys:
            found[row[:width]] = {
                word: "" if one is None else str(one) for word, one in zip(wanted, row[width:], strict=True)
            }
    return found


def _numbered(found: Sequence[Alert], entries: Sequence[Entry], first: int) -> Iterator[Alert]:
    """The alerts with the numbers of their entries, which stand in the same order."""
    place = 0
    for one in found:
        number, place = first + place, place + 1
        signed = -1
        if place < len(entries) and entries[place].action == SIGNED:
            signed, place = first + place, place + 1
        yield replace(one, number=number, signed=signed)


def letter(policy: Policy, at: datetime, cells: Mapping[str, str], language: str) -> Letter:
    """The question to the account holder, with time, coarse place and kind of device.

    Args:
        policy: for the name of the house.
        at: when somebody signed in.
        cells: `city`, `country` and `agent` of the log, as far as it has them.
        language: "en" or "zh".
    """
    zh = language == "zh"
    where = ", ".join(_flat(cells.get(name, "")) for name in ("city", "country") if cells.get(name))
    agent = cells.get("agent", "").casefold()
    words = next(
        (one[1 + zh] for one in _DEVICES if one[0] in agent), "未知设备" if zh else "a device not known"
    )
    when = f"{write_day(at.date(), language)} {at:%H:%M} UTC"
    text = _template(language).render(
        provider=_flat(policy.provider),
        when=when,
        where=where or ("未知" if zh else "not known"),
        device=words,
    )
    subject, _, body = text.partition("\n")
    return Letter(subject, body.strip() + "\n")


@cache
def _template(language: str) -> Template:
    loader = Environment(loader=PackageLoader("troth.duties"), autoescape=False, undefined=StrictUndefined)  # noqa: S701 - plain text
    return loader.get_template(f"{language}/strange-sign-in.txt.j2")


def _language(owner: Owner | None, otherwise: str) -> str:
    said = (owner.value("language-preference") if owner else "").casefold()
    return next((one for one in LANGUAGES if said.startswith(one)), otherwise)


def _address(owner: Owner) -> Identity | None:
    named = {one.kind: one for one in reversed(owner.identities)}
    return named.get("email") or named.get("phone")


def _flat(text: str) -> str:
    return re.sub(r"\s+", " ", text)[:60].strip()
