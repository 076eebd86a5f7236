"""Demands of authorities and transfers of the business: reviewed, told, undertaken, listed.

Looked at are the ledger and the house's own table where `registers/demands.toml` names it.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from troth.duties.deeds import length
from troth.duties.keeping import done_for, events
from troth.duties.legal import DEMANDED, NOTICE, VALID, demands, due
from troth.duties.proofs.sight import Sight
from troth.duties.sharing import AUTHORITY, MADE
from troth.duties.transfer import BEGUN
from troth.duties.workdays import workdays_between
from troth.enforcement.columns import stream
from troth.evidence.state import consented
from troth.model.entry import Entry
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown
from troth.model.vocabulary import Vocabulary

REGISTER = "demands"


def legal_review_record(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where every demand was reviewed in time with decision and reviewer, and nothing left for one that is not valid.

    Whether a demand is valid is the word of who reviewed it, so nothing better than attested is shown.
    """
    mine = [one for one in sight.owed if one.promise == promise.id and one.event >= 0]
    late = tuple(one.event for one in mine if one.state in {"late", "overdue"})
    every = demands(sight.entries)
    refused = {one.case for one in every if one.review == "invalid"}
    bare = {one.case for one in every if not one.ground and one.review != VALID and len(one.approvers) < 2}
    gone = [one for one in _left(sight) if one.detail.get("case")]
    loose = tuple(one.seq for one in gone if one.detail["case"] in refused | bare)
    nameless = tuple(one.seq for one in gone if one.detail["case"] not in {each.case for each in every})
    rows = list(_rows(sight))
    span = _review(promise)
    slow = sum(_slow(sight, row, span) for row in rows) if span else 0
    unsigned = sum(bool(row["granted"]) and not row["approver"] for row in rows)
    figures = (
        Figure("steps about demands that were not done in time", len(late), len(mine), "duties", late, 0),
        Figure(
            "disclosures for a demand that was not reviewed as valid", len(loose) + len(nameless), len(gone), "entries",
            (*loose, *nameless), 0,
        ),
        Figure("rows of the stores that were not decided in time", slow, len(rows), "demands", good=0),
        Figure("rows of the stores that were granted without an approver", unsigned, len(rows), "demands", good=0),
    )  # fmt: skip
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*late, *loose, *nameless))
    if not every and not rows and not sight.registers.get(REGISTER):
        return Shown(promise.id, proof.check, "kept", "no demand is known", figures)
    why = f"{len(every) + len(rows):,} demands were reviewed in time, and nothing left for one that was not found valid"
    return Shown(promise.id, proof.check, "attested", why, figures, tuple(one.seq for one in every))


def disclosure_notice_log(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each person whose data an authority received was told in time, or a bar stands that the policy knows."""
    waiting = due(sight.policy, sight.entries, sight.now)
    late = tuple(one.event.seq for one in waiting if one.due is not None and one.due < sight.now)
    barred = tuple(one.event.seq for one in waiting if one.due is None)
    made = [one for one in events(sight.entries, MADE) if one.detail.get("kind") in _authorities(sight)]
    slow = tuple(one.event for one in sight.owed if one.promise == promise.id and one.state == "late")
    rows = [row for row in _rows(sight) if row["granted"]]
    span = _notice(promise)
    untold = sum(_untold(sight, row, span) for row in rows) if span else 0
    figures = (
        Figure(
            "persons who were told too late or not at all",
            len(late) + len(slow),
            len(made),
            "persons",
            (*late, *slow),
            0,
        ),
        Figure("persons who may not be told yet", len(barred), len(made), "persons", barred),
        Figure(
            "rows of the stores whose person was told too late or not at all",
            untold,
            len(rows),
            "persons",
            good=0,
        ),
    )
    parts = [f"{one.value:,} {one.name}" for one in (figures[0], figures[2]) if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*late, *slow))
    if not made and not rows:
        return Shown(promise.id, proof.check, "kept", "nothing was disclosed to an authority", figures)
    why = f"{len(made) + len(rows):,} disclosures to authorities: each person was told in time, has time, or may not be told"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(one.seq for one in made))


def undertaking_record(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested where each transfer of the business has a signed undertaking, or a consent of each person whose data went."""
    begun = list(events(sight.entries, BEGUN))
    if not begun:
        return Shown(promise.id, proof.check, "kept", "no business was transferred")
    done = done_for(sight.entries)
    asked = {rule.id for rule in promise.rules if rule.verb == "ask" and _about(rule, "undertaking")}
    signed = [one for one in begun if one.detail.get("facts", {}).get("undertaking-signed")]
    bare = tuple(
        one.seq
        for one in signed
        if not one.detail.get("undertaking") or not done.get(one.seq, set()) >= asked
    )
    alone = {
        str(one.detail.get("case"))
        for one in begun
        if not one.detail.get("facts", {}).get("undertaking-signed")
    }
    went = [
        one
        for one in sight.entries
        if one.kind == "disclosed" and one.action == "transfer" and one.detail.get("case") in alone
    ]
    against = tuple(one.seq for one in went if not _agreed(sight, one))
    figures = (
        Figure("transfers whose undertaking has no paper", len(bare), len(begun), "transfers", bare, 0),
        Figure(
            "persons transferred without undertaking and consent",
            len(against),
            len(went),
            "persons",
            against,
            0,
        ),
    )
    parts = [f"{one.value:,} {one.name}" for one in figures if one.value]
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, (*bare, *against))
    why = f"{len(begun)} transfers have an undertaking, or the consent of each of {len(went)} persons"
    return Shown(promise.id, proof.check, "attested", why, figures, tuple(one.seq for one in begun))


def transfer_manifest(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where everything that was transferred stands in a manifest that was fixed before."""
    fixed = {one.digest: one for one in sight.entries if one.kind == "plan" and one.action == "transfer"}
    went = [one for one in sight.entries if one.kind == "disclosed" and one.action == "transfer"]
    bare, wide = [], []
    for one in went:
        plan = fixed.get(str(one.detail.get("manifest")))
        if plan is None or plan.seq > one.seq:
            bare.append(one.seq)
        elif set(map(str, one.detail.get("data", ()))) - set(map(str, plan.detail.get("scope", ()))):
            wide.append(one.seq)
    figures = (
        Figure("transfers of a person without a manifest", len(bare), len(went), "entries", tuple(bare), 0),
        Figure("transfers beyond their manifest", len(wide), len(went), "entries", tuple(wide), 0),
    )
    if bare or wide:
        why = f"{len(bare) + len(wide):,} of {len(went):,} transfers are not in a manifest that was fixed before"
        return Shown(promise.id, proof.check, "broken", why, figures, (*bare, *wide))
    if not went:
        return Shown(promise.id, proof.check, "kept", "nothing was transferred", figures)
    why = f"all {len(went):,} transfers stand in a manifest that was fixed before"
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(one.seq for one in went)[:1000])


def _agreed(sight: Sight, one: Entry) -> bool:
    """Whether somebody had said yes to the transfer when their data went, and not taken it back."""
    who, wide = {one.subject, *map(str, one.detail.get("also", ()))}, vocabulary_of(sight.policy)
    state = ""
    for entry in sight.entries:
        if entry.seq >= one.seq:
            break
        found = consented(entry) if entry.kind == "consent" and entry.subject in who else None
        if found is not None and _covers(wide, found.purpose, str(one.detail.get("purpose", ""))):
            state = found.status
    return state == "given"


def _covers(words: Vocabulary, wider: str, purpose: str) -> bool:
    term = words.find("purpose", wider)
    return term is not None and purpose in words.covers("purpose", term.key)


def _authorities(sight: Sight) -> frozenset[str]:
    return vocabulary_of(sight.policy).covers("recipient", AUTHORITY)


def _left(sight: Sight) -> list[Entry]:
    return [
        one
        for one in sight.entries
        if one.kind == "disclosed"
        and one.detail.get("kind") in _authorities(sight)
        and "row" not in one.detail
    ]


def _rows(sight: Sight) -> Iterator[Mapping[str, Any]]:
    """The demands of the house's own table: when received, decided, barred until, told, and whether granted."""
    source = sight.registers.get(REGISTER, {}).get("source")
    if not source:
        return
    names = {
        key: str(source[key]) for key in ("received", "decided", "decision", "approver", "barred", "told")
    }
    granted = set(map(str, source.get("granted", ["granted"])))
    for row in stream(sight.project, str(source["store"]), str(source["table"]), list(names.values())):
        said = dict(zip(names, row, strict=True))
        times = {key: _moment(said[key]) for key in ("received", "decided", "barred", "told")}
        yield times | {"granted": str(said["decision"]) in granted, "approver": said["approver"]}


def _review(promise: Promise) -> Rule | None:
    return next(
        (
            one
            for one in promise.rules
            if one.verb == "review" and one.trigger and one.trigger.event == DEMANDED
        ),
        None,
    )


def _notice(promise: Promise) -> timedelta | None:
    found = next(
        (
            one
            for one in promise.rules
            if one.verb == "notify" and one.deadline and any(_about(one, word) for word in NOTICE)
        ),
        None,
    )
    return length(found.deadline.span) if found and found.deadline and found.deadline.span else None


def _slow(sight: Sight, row: Mapping[str, Any], rule: Rule | None) -> bool:
    """Whether a demand was decided later than promised; by working days where the promise counts them."""
    if rule is None or rule.deadline is None or rule.deadline.span is None or row["received"] is None:
        return False
    end = row["decided"] or sight.now
    span = rule.deadline.span
    if span.unit == "business-day":
        days = workdays_between(
            row["received"].astimezone(sight.where.tz).date(),
            end.astimezone(sight.where.tz).date(),
            sight.where,
        )
        return days > span.number
    return bool(end - row["received"] > length(span))


def _untold(sight: Sight, row: Mapping[str, Any], span: timedelta) -> bool:
    start = row["barred"] or row["decided"]
    return start is not None and bool((row["told"] or sight.now) - start > span)


def _about(rule: Rule, word: str) -> bool:
    return word in {one.rpartition(":")[2] for one in (*rule.things, *rule.about)}


def _moment(value: Any) -> datetime | None:
    try:
        found = datetime.fromisoformat(str(value))
    except ValueError:
        return None
    return found if found.tzinfo else found.replace(tzinfo=UTC)
