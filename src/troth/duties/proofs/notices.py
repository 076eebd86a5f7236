"""Versions of the policy, notices of them, which one applies, and the classes of messages.

Looked at are the events, notices and acceptances of the ledger, the pages of `registers/pages.toml`, and the house's own tables
where `registers/versions.toml` and `registers/messages.toml` name them.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import Any

from troth.duties.deeds import length
from troth.duties.delivery import everybody, standing
from troth.duties.keeping import answering, done_for, events, facts_of
from troth.duties.messages import TEMPLATES, admit, classes, promoting, refused, templates
from troth.duties.notices import (
    CHANGE,
    USED,
    Version,
    about,
    announced,
    applying,
    closed,
    gates,
    in_force,
    lead,
    versions,
)
from troth.duties.pages import REGISTER as PAGES
from troth.duties.pages import crawl
from troth.duties.proofs.sight import Sight
from troth.enforcement.columns import stream
from troth.enforcement.roots import roots
from troth.model.condition import FactValue
from troth.model.datamap import clock_column
from troth.model.entry import Entry
from troth.model.errors import TrothError
from troth.model.policy import Promise, Proof
from troth.model.showing import Figure, Shown

_DAY = timedelta(days=1)
_GRACE = timedelta(days=2)  # so long a mailing to everybody may take
_SERVICE = ("transactional", "service", "important-notice", "service-announcement")


def version_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each version has one day, one text and a reason, and the policy that holds is among them."""
    rows = list(_versions(sight))
    mine = versions(sight.entries)
    done = done_for(sight.entries)
    asked = {rule.id for _, rule in answering(sight.policy, CHANGE, ["register"])}
    bare = tuple(one.seq for one in mine if not done.get(one.seq, set()) >= asked)
    days = Counter(
        [one["effective"][:10] for one in rows]
        + [one.effective.isoformat() for one in mine if not _among(rows, one.name)]
    )
    twice = [day for day, count in days.items() if count > 1]
    unsaid = sum(not one["reason"] or not one["text"] for one in rows)
    names = {one["version"] for one in rows} | {one.name for one in mine}
    figures = (
        Figure("versions", len(names), unit="versions", entries=tuple(one.seq for one in mine)),
        Figure("days with two versions", len(twice), len(days), "days", good=0),
        Figure(
            "versions without an entry of the register", len(bare) + unsaid, len(names), "versions", bare, 0
        ),
    )
    parts = [f"two versions begin on {', '.join(twice[:3])}"] if twice else []
    parts += (
        [f"{len(bare) + unsaid} versions have no reason, text or owner on the register"]
        if bare or unsaid
        else []
    )
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, bare)
    if not names:
        return Shown(
            promise.id,
            proof.check,
            "not shown",
            "no version is registered: registers/versions.toml, troth notices announce",
            figures,
        )
    if sight.policy.version not in names:
        why = f"the version that holds, {sight.policy.version}, is not on the register"
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"{len(names)} versions with a day, a text and a reason each; {sight.policy.version} is among them"
    return Shown(promise.id, proof.check, "kept", why, figures)


def publication_gate(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the gate lets no version pass that is not published, not told or told too late, and none passed it so."""
    tried = wrong = 0
    good: dict[str, FactValue] = {
        "published-everywhere": True, "notice-sent": True, "notice-days": 10_000, "policy-change": "material",
        "changed-kind": "use", "weakens": True,
    }  # fmt: skip
    rules = list(gates(sight.policy))
    for case in (
        {**good, "published-everywhere": False}, {**good, "notice-sent": False}, {**good, "notice-days": 0}, {},
        {**good, "published-everywhere": None},
    ):  # fmt: skip
        tried += bool(rules)
        wrong += bool(rules) and not closed(sight.policy, case)
    tried += bool(rules)
    wrong += bool(rules) and bool(closed(sight.policy, good))
    early = tuple(seq for seq, _ in _passed(sight))
    same = _same_day(sight)
    figures = (
        Figure("made-up versions that the gate judged wrongly", wrong, tried, "versions", good=0),
        Figure(
            "versions in force that were not published or told",
            len(early),
            len(versions(sight.entries)),
            "versions",
            early,
            0,
        ),
        Figure("texts that changed without a new date", same, unit="versions", good=0),
    )
    parts = [f"{one.value} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, early)
    if not rules:
        return Shown(
            promise.id,
            proof.check,
            "not shown",
            "the policy has no gate for its versions: block apply new-version until ...",
            figures,
        )
    why = f"{tried} made-up versions were judged as the policy says, and every version in force passed"
    return Shown(promise.id, proof.check, "kept", why, figures)


def publication_crawl(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each page of the register holds every sentence of the policy that holds, in order, and all places are there."""
    register = sight.registers.get(PAGES, {})
    if not register.get("page"):
        return Shown(promise.id, proof.check, "not shown", "no page is registered: registers/pages.toml")
    found = crawl(register, sight.policy, sight.folder)
    places = {place for rule in promise.rules if rule.verb == "publish" for place in rule.places}
    absent = sorted(places - {one.place for one in found})
    bad = [one for one in found if one.missing]
    lost = sum(len(one.missing) for one in found)
    figures = (
        Figure(
            "sentences that a page does not hold",
            lost,
            sum(one.sentences for one in found),
            "sentences",
            good=0,
        ),
        Figure("places of the promise without a page", len(absent), len(places), "places", good=0),
    )
    if bad:
        why = f"`{bad[0].place}` lacks {len(bad[0].missing)} sentences, the first is {bad[0].missing[0]}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(one.place for one in bad))
    if absent:
        return Shown(
            promise.id, proof.check, "not shown", f"no page is registered for {', '.join(absent)}", figures
        )
    why = f"{len(found)} pages hold all {len(sight.policy.sentences)} sentences"
    return Shown(promise.id, proof.check, "kept", why, figures, places=tuple(one.place for one in found))


def notice_before_effective(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where everybody was told of each version, or of a transfer, before the promised number of days began."""
    late = people = 0
    entries: list[int] = []
    starts = {one.seq: one for one in events(sight.entries, CHANGE)}
    if CHANGE in {rule.trigger.event for rule in promise.rules if rule.trigger}:
        whom = announced(sight.project, sight.entries, sight.now, policy=sight.policy)
        for one in versions(sight.entries):
            last = in_force(one) - lead(sight.policy, facts_of(starts[one.seq]))
            count, bad, seen = _in_time(sight, about(one.name), whom[about(one.name)][0], last)
            people, late, entries = people + count, late + bad, entries + seen
        rows, bad = _own_notices(sight, promise)
        people, late = people + rows, late + bad
    for started, last, who in _transfers(sight, promise):
        count, bad, seen = _in_time(sight, f"transfer {started.detail.get('case')}", who, last)
        people, late, entries = people + count, late + bad, entries + seen
    figures = (
        Figure(
            "persons who were told too late or not at all", late, people, "persons", tuple(entries[:1000]), 0
        ),
    )
    if late:
        why = f"{late:,} of {people:,} persons were told too late or not at all"
        return Shown(promise.id, proof.check, "broken", why, figures, tuple(entries[:1000]))
    why = f"all {people:,} notices left in time or still have time" if people else "nobody had to be told yet"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(entries[:1000]))


def acceptance_records(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each use after a change is on the register of acceptances, and each open account in use has a version."""
    done = done_for(sight.entries)
    asked = {rule.id for _, rule in answering(sight.policy, USED, ["register"])}
    uses = list(events(sight.entries, USED))
    bare = tuple(one.seq for one in uses if not done.get(one.seq, set()) >= asked)
    people, without = _unversioned(sight)
    figures = (
        Figure("uses after a change that are not on the register", len(bare), len(uses), "uses", bare, 0),
        Figure("accounts without a version of the policy", without, people, "accounts", good=0),
    )
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, bare)
    if not uses and not people:
        why = "no use after a change is in the ledger, and registers/versions.toml names no table of acceptances"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    why = (
        f"{len(uses):,} uses after a change are on the register, and {people:,} accounts have a version each"
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def version_applied(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nobody was shown or bound to a version before its day, or to one that there is not."""
    starts = {one.policy: one for one in versions(sight.entries)}
    wrong: list[int] = [
        one.seq
        for one in sight.entries
        if one.kind == "policy" and one.action == "adopt" and _too_early(starts.get(one.policy), one)
    ]
    count = sum(one.kind == "policy" and one.policy in starts for one in sight.entries)
    hashes = {one.policy for one in sight.entries if one.kind == "policy"} | {
        one.policy for one in versions(sight.entries)
    }
    hashes.add(sight.policy.hash)
    for one in sight.entries:
        if one.kind == "acceptance":
            count += 1
            due = (
                applying(sight.entries, datetime.fromisoformat(one.time))
                if one.outcome == "applied"
                else None
            )
            if one.policy not in hashes or (due is not None and due.policy != one.policy):
                wrong.append(one.seq)
    days = {one["version"]: _moment(one["effective"]) for one in _versions(sight)}
    rows = early = 0
    for _, name, _, first in _acceptances(sight):
        rows += 1
        begun, there = days.get(name), name in days
        early += not there or (first is not None and begun is not None and first < begun)
    figures = (
        Figure("entries of another version than was in force", len(wrong), count, "entries", tuple(wrong), 0),
        Figure("rows of the stores of a version that was not in force", early, rows, "rows", good=0),
    )
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, tuple(wrong))
    if not count and not rows:
        return Shown(promise.id, proof.check, "not shown", "nobody's version is recorded", figures)
    why = f"{count + rows:,} acceptances are each of the version that was in force"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _too_early(one: Version | None, adopted: Entry) -> bool:
    """Whether a version was put into force although it had been announced for a later day."""
    moment = datetime.fromisoformat(adopted.time)
    return one is not None and one.announced <= moment < in_force(one)


def message_classes(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each message that left has a class that the policy lets leave."""
    bad = {value for value, _ in refused(sight.policy)}
    own = Counter(_message_rows(sight))
    notices = [one for one in sight.entries if one.kind == "notice" and one.outcome == "sent"]
    wrong = tuple(
        one.seq for one in notices if _class(one) in bad or _class(one) not in classes(sight.policy)
    )
    strange = sum(count for name, count in own.items() if name in bad or name not in classes(sight.policy))
    figures = (
        Figure("letters without a class that may leave", len(wrong), len(notices), "letters", wrong, 0),
        Figure(
            "rows of the stores about messages that may not leave", strange, own.total(), "messages", good=0
        ),
        *(
            Figure(f"messages of class {name or 'none'}", count, own.total(), "messages")
            for name, count in sorted(own.items())
        ),
    )
    if wrong or strange:
        why = f"{len(wrong) + strange:,} messages have no class, or one that the policy refuses"
        return Shown(promise.id, proof.check, "broken", why, figures, wrong)
    if not notices and not own:
        return Shown(
            promise.id, proof.check, "not shown", "no message is known: registers/messages.toml", figures
        )
    why = f"all {len(notices) + own.total():,} messages have a class that may leave"
    return Shown(promise.id, proof.check, "kept", why, figures)


def send_refusal(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where a message of each class that the policy refuses is not let out, one without a class neither, and others are."""
    bad = {value for value, rule in refused(sight.policy) if rule.id in {one.id for one in promise.rules}}
    wrong = [
        name
        for name in (*classes(sight.policy), "", "no such class")
        if _admitted(sight, name) == (name in bad or not name or " " in name)
    ]
    marketing = sight.guard.decide(sight.project.actor, "use", "contact", "marketing") if bad else None
    tried = len(classes(sight.policy)) + 3
    figures = (
        Figure(
            "messages that were let out or kept back wrongly",
            len(wrong) + bool(marketing and marketing.allowed),
            tried,
            "messages",
            good=0,
        ),
    )
    if not bad:
        return Shown(
            promise.id,
            proof.check,
            "not shown",
            "no rule of the promise refuses a class of messages",
            figures,
        )
    if wrong or (marketing and marketing.allowed):
        return Shown(
            promise.id, proof.check, "broken", f"judged wrongly: {', '.join(wrong) or 'marketing'}", figures
        )
    why = f"messages of the classes {', '.join(sorted(bad))} are not let out"
    return Shown(promise.id, proof.check, "kept", why, figures)


def template_review(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every letter has a class for services and no word that promotes something, in English and Chinese."""
    texts = list(templates(sight.folder / "templates"))
    untagged = sorted({name for _, name, _ in texts if TEMPLATES.get(name) not in _SERVICE})
    found = {f"{language}/{name}": promoting(text) for language, name, text in texts if promoting(text)}
    figures = (
        Figure("letters with words that promote something", len(found), len(texts), "letters", good=0),
        Figure("letters without a class", len(untagged), len(texts), "letters", good=0),
    )
    if found or untagged:
        first = next(iter(found.items()), ("", ()))
        why = f"{first[0]} says `{first[1][0]}`" if found else f"without a class: {', '.join(untagged[:3])}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=(*found, *untagged))
    why = f"none of {len(texts)} letters has a word that promotes something"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _source(sight: Sight, name: str) -> Mapping[str, Any]:
    return sight.registers.get(name, {}).get("source") or {}


def _versions(sight: Sight) -> Iterator[dict[str, str]]:
    """The versions of the house's own table."""
    source = _source(sight, "versions")
    if source:
        names = {key: str(source[key]) for key in ("version", "effective", "text", "reason")}
        for row in stream(sight.project, str(source["store"]), str(source["table"]), list(names.values())):
            yield dict(zip(names, (str(one or "") for one in row), strict=True))


def _among(rows: list[dict[str, str]], name: str) -> bool:
    return any(one["version"] == name for one in rows)


def _acceptances(sight: Sight) -> Iterator[tuple[tuple[Any, ...], str, datetime | None, datetime | None]]:
    """Key, version, when told and when first used, of the house's own table."""
    source = _source(sight, "versions")
    if source.get("acceptances"):
        store, name = str(source["store"]), str(source["acceptances"])
        key = sight.project.map.table(store, name).key
        columns = (*key, *(str(source[one]) for one in ("accepted", "told", "used")))
        for row in stream(sight.project, store, name, columns):
            yield tuple(row[: len(key)]), str(row[-3]), _moment(row[-2]), _moment(row[-1])


def _own_notices(sight: Sight, promise: Promise) -> tuple[int, int]:
    """Rows of the house's own table about people who had to be told of a version, and those not told in time.

    Who opened the account after its notices had begun was shown the coming version then.
    """
    days = {one["version"]: _moment(one["effective"]) for one in _versions(sight)}
    spans = [
        length(one.deadline.span)
        for one in promise.rules
        if one.verb == "notify" and one.deadline and one.deadline.span
    ]
    rows = list(_acceptances(sight))
    if not rows or not spans:
        return 0, 0
    source = _source(sight, "versions")
    table = sight.project.map.table(str(source["store"]), str(source["acceptances"]))
    owners = roots(sight.project, table, [row[0] for row in rows])
    count = bad = 0
    for place, (_, name, told, _) in enumerate(rows):
        begun, owner = days.get(name), owners.get(place)
        column = (
            clock_column(owner.table.events["collection"])[1]
            if owner and "collection" in owner.table.events
            else ""
        )
        came = _moment(owner.values.get(column)) if owner and column else None
        if begun is None or (came is not None and came > begun - max(spans) - _GRACE):
            continue
        count += 1
        bad += told is None or told > begun - min(spans)
    return count, bad


def _unversioned(sight: Sight) -> tuple[int, int]:
    """Open accounts of the house that somebody signed in to, and those without a row about any version."""
    source = _source(sight, "versions")
    if not source.get("acceptances"):
        return 0, 0
    table = sight.project.map.table(str(source["store"]), str(source["acceptances"]))
    rows = [row[0] for row in _acceptances(sight)]
    known = {owner.person for owner in roots(sight.project, table, rows).values()}

    people = without = 0
    tables = {sight.project.map.table(table.store, path.links[-1].target).name for path in table.paths}
    for one in everybody(sight.project, open_only=True, used=True):
        if one.row[1] in tables:
            people += 1
            without += one.person not in known
    return people, without


def _message_rows(sight: Sight) -> Iterator[str]:
    """The class of each message of the house's own table, in the words of the policy; its own word where none is known."""
    source = _source(sight, "messages")
    named = sight.registers.get("messages", {}).get("classes", {})
    if source:
        for (value,) in stream(
            sight.project, str(source["store"]), str(source["table"]), [str(source["class"])]
        ):
            yield str(named.get(str(value), value or ""))


def _class(one: Entry) -> str:
    """The class of a letter that left: its own, else that of its template."""
    return str(one.detail.get("class") or TEMPLATES.get(one.action.replace(" ", "-"), ""))


def _admitted(sight: Sight, name: str) -> bool:
    try:
        admit(sight.policy, name)
    except TrothError:
        return False
    return True


def _passed(sight: Sight) -> Iterator[tuple[int, str]]:
    """The versions in force that were not published or not told to everybody in time."""
    done = done_for(sight.entries)
    pages = {rule.id for _, rule in answering(sight.policy, CHANGE, ["publish"])}
    whom = announced(sight.project, sight.entries, sight.now, policy=sight.policy)
    starts = {one.seq: one for one in events(sight.entries, CHANGE)}
    for one in versions(sight.entries):
        if in_force(one) > sight.now:
            continue
        last = in_force(one) - lead(sight.policy, facts_of(starts[one.seq]))
        _, bad, _ = _in_time(sight, about(one.name), whom[about(one.name)][0], last)
        if bad or not done.get(one.seq, set()) >= pages:
            yield one.seq, one.name


def _same_day(sight: Sight) -> int:
    """Versions of one date with another text: the compiled policy that holds against the register."""
    mine = {one.name: one.policy for one in versions(sight.entries)}
    holds = mine.get(sight.policy.version)
    return int(holds is not None and holds != sight.policy.hash)


def _in_time(sight: Sight, name: str, who: set[str], last: datetime) -> tuple[int, int, list[int]]:
    """Of people who must know by a moment: how many, how many did not, and the entries of their letters."""
    newest = standing(sight.entries, name)
    bad, seen = 0, []
    for subject in who:
        one = newest.get(subject)
        if one is not None and one.outcome == "sent":
            bad += datetime.fromisoformat(one.time) > last
            seen.append(one.seq)
        else:
            bad += sight.now > last
    return len(who), bad, seen


def _transfers(sight: Sight, promise: Promise) -> Iterator[tuple[Entry, datetime, set[str]]]:
    """Transfers of the business without an undertaking: the event, by when persons must know, and whom it moved."""
    spans = [
        length(rule.deadline.span)
        for rule in promise.rules
        if rule.verb == "notify"
        and rule.trigger
        and rule.trigger.event == "transfer-of-business"
        and rule.deadline
        and rule.deadline.span
    ]
    for one in events(sight.entries, "transfer-of-business") if spans else ():
        if one.detail.get("facts", {}).get("undertaking-signed") is True or not one.detail.get("on"):
            continue
        moved = {
            each.subject
            for each in sight.entries
            if each.kind == "disclosed"
            and each.action == "transfer"
            and each.detail.get("case") == one.detail.get("case")
        }
        day = datetime.combine(date.fromisoformat(str(one.detail["on"])), datetime.min.time(), UTC)
        yield one, day - max(spans), moved


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
