"""Who receives data: the register, the ledger of disclosures, the fields that leave, the agreements behind them.

Looked at are the entries `disclosed` of the ledger, and the house's own table of disclosures where the register of
recipients names one (`[source]`): a row of it that the ledger does not know is a disclosure without an entry.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from troth.duties.deeds import length, recurs
from troth.duties.keeping import answering, done_for, events, facts_of, owes
from troth.duties.proofs.sight import Sight
from troth.duties.recipients import REGISTER, faults, parties, sharing
from troth.duties.sharing import AUTHORITY, MADE, Noted, has_source, noted, taken
from troth.duties.transfer import BEGUN
from troth.enforcement.share import beyond, known
from troth.model.entry import Entry
from troth.model.party import Agreement, Party
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown
from troth.model.vocabulary import Vocabulary

_NONE = "there is no register of recipients: registers/recipients.toml"
_DUE = timedelta(days=31)


def recipient_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the register says nothing that the policy does not permit: kinds, purposes, fields, agreements."""
    every = _parties(sight)
    if not every:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    bad = {one.id: found for one in every if (found := faults(one, sight.policy, _today(sight)))}
    figures = (
        Figure(
            "recipients that the policy does not permit as they are",
            len(bad),
            len(every),
            "recipients",
            good=0,
        ),
    )
    if bad:
        why = "; ".join(f"{name}: {found[0]}" for name, found in list(bad.items())[:5])
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"all {len(every)} recipients of the register are of a kind, for purposes and with fields that the policy permits"
    return Shown(promise.id, proof.check, "kept", why, figures)


def recipient_register_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where everybody who ever received data, by ledger and stores, is registered, an authority or the new owner."""
    every = _parties(sight)
    if not every:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    ids = {one.id for one in every}
    entries = [one for one in _disclosed(sight) if "row" not in one.detail]
    strange = tuple(
        one.seq
        for one in entries
        if one.detail.get("party") not in ids and not _legal(sight, one.detail) and not _succeeds(sight, one)
    )
    rows, unknown = 0, 0
    for one in _rows(sight):
        rows += 1
        unknown += not one.kind
    added = [one for one in sight.owed if one.rule in {rule.id for rule in promise.rules}]
    late = tuple(one.event for one in added if one.state in {"late", "overdue"})
    figures = (
        Figure(
            "disclosures to somebody who is not registered", len(strange), len(entries), "entries", strange, 0
        ),
        Figure("rows of the stores to somebody who is not registered", unknown, rows, "rows", good=0),
        Figure(
            "new recipients that were not registered at once", len(late), len(added), "recipients", late, 0
        ),
    )
    if strange or unknown or late:
        parts = (
            [f"{len(strange) + unknown} disclosures went to somebody who is not registered"]
            if strange or unknown
            else []
        )
        parts += [f"{len(late)} new recipients were not registered at once"] if late else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*strange, *late))
    if not rows and not entries and not has_source(_register(sight)):
        return Shown(promise.id, proof.check, "not shown", _silent(), figures)
    why = f"all {len(entries) + rows:,} disclosures went to {len(every)} registered recipients or to authorities"
    return Shown(promise.id, proof.check, "kept", why, figures)


def sharing_ledger(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each disclosure of the promise's kind has an entry with what is asked, and one that the policy permits.

    A promise that permits sharing is about the kinds of recipients that it names, any other about all disclosures.
    """
    words, rules = vocabulary_of(sight.policy), sharing(sight.policy)
    kinds = _kinds(words, promise)
    entries = [one for one in _disclosed(sight) if not kinds or one.detail.get("kind") in kinds]
    bare = tuple(one.seq for one in entries if not _whole(one))
    outside = tuple(one.seq for one in entries if not _fits(words, rules, one.detail))
    unlogged = tuple(one.seq for one in _made(sight, kinds) if _unlogged(sight, one))
    there = taken(sight.entries)
    rows = missing = strange = 0
    for one in _rows(sight):
        if not kinds or one.kind in kinds:
            rows += 1
            missing += one.row not in there
            strange += bool(one.unknown) or not _fits(
                words, rules, {"kind": one.kind, "purpose": one.purpose, "data": one.data}
            )
    figures = (
        Figure("rows of the stores about disclosures without an entry", missing, rows, "rows", good=0),
        Figure(
            "disclosures that the policy does not permit", len(outside) + strange, len(entries) + rows, "disclosures",
            outside, 0,
        ),
        Figure("entries without purpose, data, basis or recipient", len(bare), len(entries), "entries", bare, 0),
        Figure("disclosures whose log was not written", len(unlogged), len(entries), "entries", unlogged, 0),
    )  # fmt: skip
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    seen = tuple(one.seq for one in entries)
    if parts:
        return Shown(
            promise.id, proof.check, "broken", "; ".join(parts), figures, (*outside, *bare, *unlogged)
        )
    if not entries and not rows and not has_source(_register(sight)):
        return Shown(promise.id, proof.check, "not shown", _silent(), figures)
    why = f"{len(entries):,} disclosures have an entry each, and each is one that the policy permits"
    return Shown(promise.id, proof.check, "kept", why, figures, seen[:1000])


def egress_fields(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nothing left but the necessary fields of its recipient, and a request for any other is refused."""
    words = vocabulary_of(sight.policy)
    kinds = _kinds(words, promise)
    every = [one for one in _parties(sight) if one.kind in kinds or not kinds]
    if not every:
        why = "no recipient of this kind is registered" if _parties(sight) else _NONE
        return Shown(promise.id, proof.check, "not shown", why)
    by_id = {one.id: one for one in every}
    tried = let = 0
    for one in every:
        others = [
            name
            for name in _spoken(sight)
            if beyond(one, words, [name], one.purposes[0] if one.purposes else "")
        ]
        for name in others:
            tried += 1
            let += _let(sight, one, name)
    entries = [one for one in _disclosed(sight) if one.detail.get("party") in by_id]
    wide = tuple(one.seq for one in entries if _beyond(words, by_id[str(one.detail["party"])], one.detail))
    rows = [one for one in _rows(sight) if one.party is not None and one.party.id in by_id]
    beside = sum(
        bool(_beyond(words, one.party, {"data": one.data, "purpose": one.purpose}))
        for one in rows
        if one.party
    )
    figures = (
        Figure("fields that are not necessary and would be let through", let, tried, "requests", good=0),
        Figure("disclosures with fields that are not necessary", len(wide), len(entries), "entries", wide, 0),
        Figure("rows of the stores with fields that are not necessary", beside, len(rows), "rows", good=0),
    )
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, wide)
    why = f"{tried:,} requests for fields beyond the necessary ones of {len(every)} recipients were refused, and none left"
    return Shown(promise.id, proof.check, "kept", why, figures)


def agreement_gate(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses every processor whose agreement is missing, expired or incomplete, and none received data.

    Each recipient of the register is tried with the worse agreements instead of its own.
    """
    every = [one for one in _parties(sight) if one.role != "authority"]
    if not every:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    today = _today(sight)
    past = today - timedelta(days=1)
    wrong = Counter[str]()
    tried = 0
    for one in every:
        own = one.agreement
        worse = {
            "missing": Agreement(),
            "expired": replace(own, kind=own.kind or "agreement", since=past - timedelta(days=9), until=past),
            "incomplete": replace(
                own, kind=own.kind or "agreement", missing=("law",), since=past, until=None
            ),
        }
        for name, agreement in worse.items():
            tried += 1
            wrong[name] += not _gated(sight, replace(one, agreement=agreement), today)
    entries = [one for one in _disclosed(sight) if one.detail.get("party") in {each.id for each in every}]
    by_id = {one.id: one for one in every}
    loose = tuple(one.seq for one in entries if not _covered(by_id[str(one.detail["party"])], _left(one)))
    rows = [one for one in _rows(sight) if one.party is not None]
    bare = sum(not _covered(one.party, one.at) for one in rows if one.party)
    figures = (
        Figure(
            "recipients without an agreement that the guard would let through",
            wrong.total(),
            tried,
            "requests",
            good=0,
        ),
        Figure("disclosures while no agreement was in force", len(loose), len(entries), "entries", loose, 0),
        Figure("rows of the stores while no agreement was in force", bare, len(rows), "rows", good=0),
    )
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, loose)
    why = f"{tried} requests without a good agreement were refused, and every disclosure was made under one"
    return Shown(promise.id, proof.check, "kept", why, figures)


def agreement_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each processor has an agreement in force with all clauses and the digest of its paper."""
    every = [one for one in _parties(sight) if one.role == "processor"]
    if not every:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    today = _today(sight)
    bad = {one.id: why for one in every if (why := _lacking(one, today))}
    soon = [one.id for one in every if one.agreement.until and today <= one.agreement.until < today + _DUE]
    figures = (
        Figure(
            "processors without a complete agreement in force", len(bad), len(every), "agreements", good=0
        ),
        Figure("agreements that end within a month", len(soon), len(every), "agreements"),
    )
    if bad:
        why = "; ".join(f"{name}: {text}" for name, text in list(bad.items())[:5])
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"all {len(every)} processors have a complete agreement in force"
    return Shown(promise.id, proof.check, "kept", why, figures)


def recipient_assurance(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where each processor has shown within the promised time that it keeps its agreement."""
    every = [one for one in _parties(sight) if one.role == "processor"]
    if not every:
        return Shown(promise.id, proof.check, "not shown", _NONE)
    spans = [
        rule.deadline.span
        for rule in promise.rules
        if recurs(rule)
        and rule.verb in {"require", "review", "monitor"}
        and rule.deadline
        and rule.deadline.span
    ]
    if not spans:
        return Shown(
            promise.id,
            proof.check,
            "not shown",
            "the promise does not say how often recipients are looked at",
        )
    since = _today(sight) - min(length(one) for one in spans)
    late = [one.id for one in every if one.agreement.reviewed and one.agreement.reviewed < since]
    never = [one.id for one in every if one.agreement.reviewed is None]
    figures = (
        Figure(
            "processors that were not looked at in time",
            len(late) + len(never),
            len(every),
            "recipients",
            good=0,
        ),
    )
    if late:
        return Shown(promise.id, proof.check, "broken", f"not looked at in time: {', '.join(late)}", figures)
    if never:
        return Shown(promise.id, proof.check, "not shown", f"never looked at: {', '.join(never)}", figures)
    first = min(one.agreement.reviewed for one in every if one.agreement.reviewed)
    why = f"the register says that all {len(every)} processors were looked at, the first on {first}"
    return Shown(promise.id, proof.check, "attested", why, figures)


def _register(sight: Sight) -> Mapping[str, Any]:
    return sight.registers.get(REGISTER, {})


def _parties(sight: Sight) -> tuple[Party, ...]:
    return parties(_register(sight), sight.policy)


def _rows(sight: Sight) -> Iterator[Noted]:
    return noted(sight.project, _register(sight), sight.policy)


def _disclosed(sight: Sight) -> list[Entry]:
    return [one for one in sight.entries if one.kind == "disclosed"]


def _silent() -> str:
    return "the ledger has no disclosure, and the register of recipients names no table of disclosures"


def _today(sight: Sight) -> date:
    return sight.now.astimezone(sight.where.tz).date()


def _legal(sight: Sight, detail: Mapping[str, Any]) -> bool:
    return str(detail.get("kind")) in vocabulary_of(sight.policy).covers("recipient", AUTHORITY)


def _succeeds(sight: Sight, one: Entry) -> bool:
    """Whether something went to a new owner of the business, who stands on the register of transfers and in a manifest."""
    begun = {each.detail.get("case") for each in events(sight.entries, BEGUN)}
    return bool(one.detail.get("manifest")) and one.detail.get("party") in begun


def _kinds(words: Vocabulary, promise: Promise) -> frozenset[str]:
    """The kinds of recipients that a promise is about; empty where it is about all."""
    named = [
        to
        for rule in promise.rules
        if rule.verb in {"share", "disclose", "transfer"}
        for to in rule.recipients
    ]
    may = [to for rule in promise.rules if rule.mode in {"may", "only"} for to in rule.recipients]
    return frozenset(key for to in (may or named) for key in words.covers("recipient", to))


def _whole(one: Entry) -> bool:
    """Whether an entry says what is asked; one that was taken up has no basis of its own."""
    detail = one.detail
    known_ = detail.get("party") or detail.get("kind")
    return bool(
        known_
        and detail.get("purpose")
        and detail.get("data")
        and one.policy
        and (detail.get("basis") or "row" in detail)
    )


def _fits(words: Vocabulary, rules: Iterable[Rule], detail: Mapping[str, Any]) -> bool:
    """Whether some permissions together cover recipient, purpose and every field."""
    kind, purpose, data = str(detail.get("kind", "")), str(detail.get("purpose", "")), detail.get("data", ())
    open_ = [
        rule
        for rule in rules
        if any(kind in words.covers("recipient", to) for to in rule.recipients)
        and (not rule.purposes or any(purpose in words.covers("purpose", each) for each in rule.purposes))
    ]
    return bool(data) and all(
        any(name in words.covers("data", thing) for rule in open_ for thing in rule.things) for name in data
    )


def _made(sight: Sight, kinds: frozenset[str]) -> list[Entry]:
    return [one for one in events(sight.entries, MADE) if not kinds or one.detail.get("kind") in kinds]


def _unlogged(sight: Sight, one: Entry) -> bool:
    done = done_for(sight.entries).get(one.seq, set())
    return any(
        rule.id not in done for _, rule in answering(sight.policy, MADE, ["log"]) if owes(rule, facts_of(one))
    )


def _spoken(sight: Sight) -> list[str]:
    """The data categories that the policy speaks of."""
    words = vocabulary_of(sight.policy)
    named = {
        thing
        for promise in sight.policy.promises
        for rule in promise.rules
        if rule.mode == "may"
        for thing in rule.things
    }
    return sorted(name for name in named if ":" not in name and words.find("data", name))


def _let(sight: Sight, one: Party, name: str) -> bool:
    """Whether the guard lets a field through that the register does not call necessary."""
    purpose = one.purposes[0] if one.purposes else "purpose"
    facts = {**known(one, _today(sight)), "purpose-necessary": False, "consent": "explicit"}
    return sight.guard.decide(sight.project.actor, "share", name, purpose, one.kind, facts=facts).allowed


def _beyond(words: Vocabulary, one: Party, detail: Mapping[str, Any]) -> tuple[str, ...]:
    return beyond(one, words, detail.get("data", ()), str(detail.get("purpose", "")))


def _gated(sight: Sight, one: Party, today: date) -> bool:
    """Whether the guard refuses as forbidden all that a recipient with this agreement would otherwise get."""
    facts = {**known(one, today), "consent": "explicit"}
    rulings = [
        sight.guard.decide(sight.project.actor, "share", name, purpose, one.kind, facts=facts)
        for purpose in one.purposes
        for name in one.data
    ]
    return all(one_.decisive.answer == "forbidden" for one_ in rulings)


def _left(one: Entry) -> str:
    return str(one.detail.get("left") or one.time)


def _covered(one: Party, at: str) -> bool:
    try:
        day = datetime.fromisoformat(at).date()
    except ValueError:
        return False
    return one.role == "authority" or one.agreement.state(day) == "in-force"


def _lacking(one: Party, today: date) -> str:
    state = one.agreement.state(today)
    if state != "in-force":
        return f"the agreement is {state}"
    if one.agreement.missing:
        return f"the agreement lacks {', '.join(one.agreement.missing)}"
    return "" if one.agreement.digest else "the paper has no digest"
