"""Whether people can reach the house: published contacts, and ways to choose that the policy offers.

registers/contacts.toml    see the duty of contacts
"""

from __future__ import annotations

from troth.duties.contacts import Probed, probe, published
from troth.duties.proofs.sight import Sight
from troth.duties.rights import RIGHTS
from troth.model.policy import Promise, Proof, vocabulary_of
from troth.model.showing import Figure, Shown

PAGES = ("account-settings", "portal", "site-banner", "web-form")
"""Ways that only a page of the house itself can offer."""
OFFERS = {
    "withdrawal-means": ("withdraw",), "personalisation-switch": ("object", "opt-out"), "account-page": ("access",),
    "account-cancellation": ("close",), "cookie-choice": ("withdraw",), "unsubscribe": ("opt-out",),
}  # fmt: skip
"""What a policy can offer, and the right by which the desk carries it out."""


def contact_probe(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every contact that the policy publishes can be reached; the network is asked where the register allows.

    A promise whose own sentences publish a contact is about that one; any other is about all of them.
    """
    register = sight.registers.get("contacts", {})
    every = published(sight.policy, register)
    own = [one for one in every if set(one.sentences) & set(promise.sentences)]
    today = sight.now.astimezone(sight.where.tz).date()
    known: dict[str, Probed] = sight.memo.setdefault("contacts", {})
    for one in every:
        if one.value not in known:
            known[one.value] = probe(one, register, today)
    results = [known[one.value] for one in (own or every)]
    bad = [one for one in results if one.reachable is False]
    unseen = [one for one in results if one.reachable is None]
    good = len(results) - len(bad) - len(unseen)
    figures = (
        Figure("contacts that can not be reached", len(bad), len(results), "contacts", good=0),
        Figure("contacts that were reached", good, len(results), "contacts"),
    )
    if bad:
        why = "; ".join(dict.fromkeys(f"{one.contact.kind}: {one.why}" for one in bad))
        return Shown(promise.id, proof.check, "broken", why, figures)
    if not results:
        return Shown(promise.id, proof.check, "not shown", "the policy publishes no contact", figures)
    if unseen:
        why = "; ".join(dict.fromkeys(f"{one.contact.kind}: {one.why}" for one in unseen))
        return Shown(promise.id, proof.check, "not shown", why, figures)
    return Shown(promise.id, proof.check, "kept", f"all {good} published contacts can be reached", figures)


def self_service_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:  # noqa: ARG001 - what every check gets
    """Broken where something is offered that nothing carries out; ways that need a page are not shown while there is none."""
    offers = [one for one in promise.rules if one.mode == "must" and one.verb == "offer"]
    can = {*RIGHTS, "close"}
    things = [(thing.rpartition(":")[2], rule) for rule in offers for thing in rule.things]
    missing = sorted({thing for thing, _ in things if not can & set(OFFERS.get(thing, ()))})
    pages = sorted({way for rule in offers for way in rule.channels if way in PAGES})
    ways = sum(len([way for way in rule.channels if way not in PAGES]) for rule in offers)
    figures = (
        Figure("things offered that the desk carries out", len(things) - len(missing), len(things), "things", good=len(things)),
        Figure("ways that the desk takes", ways, ways + len(pages), "ways"),
    )  # fmt: skip
    if not things:
        return Shown(promise.id, proof.check, "not shown", "the promise offers nothing", figures)
    if missing:
        why = f"nothing carries out what is offered: {', '.join(missing)}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if pages:
        why = f"there is no portal yet, which {', '.join(pages)} needs; the desk carries out the same"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    return Shown(promise.id, proof.check, "kept", f"the desk takes it by all {ways} ways", figures)


def withdrawal_parity(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where a consent can be taken back by every way by which one was given (GDPR art. 7(3), PIPL art. 15).

    The ways of giving are those of the ledger; those of taking back are what the promise offers. Both are one step at the desk.
    """
    offered = {way for one in promise.rules if one.verb == "offer" for way in one.channels}
    words = vocabulary_of(sight.policy)
    said = [one for one in sight.entries if one.kind == "consent" and one.action == "give"]
    used: dict[str, list[int]] = {}
    for one in said:
        way = str(one.detail.get("channel", ""))
        term = words.find("channel", way) if way else None
        if way:
            used.setdefault(term.key if term else way, []).append(one.seq)
    covered = {
        below for way in offered if words.find("channel", way) for below in words.covers("channel", way)
    }
    wrong = sorted(way for way in used if way not in covered | offered)
    entries = tuple(number for way in wrong for number in used[way])
    figures = (
        Figure(
            "ways of giving that are no way of taking back", len(wrong), len(used), "ways", entries, good=0
        ),
        Figure("ways of taking back", len(offered), unit="ways"),
    )
    if not offered:
        return Shown(promise.id, proof.check, "broken", "no way of taking a consent back is offered", figures)
    if wrong:
        why = f"given by {', '.join(wrong)}, and not to be taken back that way"
        return Shown(promise.id, proof.check, "broken", why, figures, entries)
    why = f"a consent is taken back in one step, by {len(offered)} ways"
    return Shown(promise.id, proof.check, "kept", why, figures)


def withdrawal_effective(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where after a consent was taken back nothing of that person was let in or went out for its purpose.

    The duties that a withdrawal starts have to be done in time as well.
    """
    words = vocabulary_of(sight.policy)
    taken: dict[tuple[str, str], int] = {}
    wrong: list[int] = []
    times = 0
    for one in sight.entries:
        term = words.find("purpose", str(one.detail.get("purpose", "")))
        key = term.key if term else ""
        if one.kind == "consent" and one.action == "withdraw" and key:
            taken[one.subject, key] = one.seq
            times += 1
        elif one.kind == "consent" and one.action == "give" and key:
            taken.pop((one.subject, key), None)
        elif one.kind in {"collected", "disclosed"} and one.subject and one.outcome != "refused" and key:
            covered = {key, *(each.key for each in words.above("purpose", key))}
            if any((one.subject, each) in taken for each in covered):
                wrong.append(one.seq)
    duties = [one for one in sight.owed if one.promise == promise.id]
    late = sorted({one.rule for one in duties if one.state in {"overdue", "late"}})
    figures = (
        Figure("uses after a consent was taken back", len(wrong), times, "entries", tuple(wrong), good=0),
        Figure("duties after a withdrawal not done in time", len(late), len(duties), "duties", good=0),
    )
    if wrong or late:
        parts = [f"{len(wrong)} uses came after the consent was taken back"] if wrong else []
        parts += [f"not done in time: {', '.join(late)}"] if late else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, tuple(wrong))
    why = (
        f"nothing was used after any of {times} withdrawals"
        if times
        else "no consent has been taken back yet"
    )
    return Shown(promise.id, proof.check, "kept", why, figures, tuple(taken.values())[-3:])
