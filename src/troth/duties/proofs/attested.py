"""What only a person can say: dated attestations, each with a scope, an end and a document behind it."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from troth.duties.proofs.sight import Sight
from troth.model.entry import Entry, utc
from troth.model.errors import TrothError
from troth.model.policy import Policy, Promise, Proof
from troth.model.showing import Figure, Shown


def attest(  # noqa: PLR0913 - what an attestation says, by name
    policy: Policy,
    check: str,
    promise: str,
    *,
    at: datetime,
    actor: str,
    until: date,
    scope: str,
    digest: str = "",
) -> Entry:
    """The entry of an attestation.

    Args:
        policy: the policy it is about.
        check: the check it is given for, as the promise names it ("training-register").
        promise: the promise.
        at: when it is given.
        actor: role of who gives it; never a name.
        until: the last day it is good for.
        scope: what exactly is attested, in words.
        digest: SHA-256 of the document behind it, hex.

    Raises:
        TrothError: the promise does not name the check, the scope says nothing, or the end has passed.
    """
    named = policy.by_id.get(promise)
    if named is None or check not in {proof.check for proof in named.proofs}:
        known = sorted({proof.check for one in policy.promises for proof in one.proofs})
        hint = f"checks of this policy: {', '.join(known[:12])}, ..."
        raise TrothError(f"the promise `{promise[:40]}` does not name the check `{check[:40]}`", hint=hint)
    if not scope.strip():
        raise TrothError("the attestation does not say what is attested", hint="say it with --scope")
    if until < at.date():
        raise TrothError("the attestation would have ended already", hint="name a later day with --until")
    detail: dict[str, Any] = {"until": until.isoformat(), "scope": scope}
    return Entry(
        time=utc(at), kind="attest", actor=actor, action=check, policy=policy.hash, promise=promise,
        sentences=named.sentences, outcome="attested", digest=digest, detail=detail,
    )  # fmt: skip


def attested(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Attested while somebody's word is good; what has run out or was never given is not shown."""
    found = [
        entry
        for entry in sight.entries
        if entry.kind == "attest" and entry.action == proof.check and entry.promise == promise.id
    ]
    if not found:
        return Shown(promise.id, proof.check, "not shown", f"nobody has attested `{proof.check}` yet")
    last = max(found, key=lambda one: one.seq)
    until = str(last.detail.get("until", ""))
    figure = Figure("attestations", len(found), entries=tuple(one.seq for one in found))
    if date.fromisoformat(until) < sight.now.date():
        why = f"the attestation of `{proof.check}` ended on {until}"
        return Shown(promise.id, proof.check, "not shown", why, (figure,), (last.seq,))
    why = f"attested by {last.actor} until {until}: {last.detail.get('scope', '')}"
    return Shown(promise.id, proof.check, "attested", why, (figure,), (last.seq,))
