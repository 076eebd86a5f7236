"""The guard of a project, with the versions before that go on for whoever has not agreed to what a new one takes away.

A policy that promises it says so by a rule: `must apply last-accepted-version to data-subject until consent is explicit and
consent-version is new`. Without such a rule the version that holds decides for everybody.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import datetime
from pathlib import Path

from troth.app.policies import load_file
from troth.duties.notices import CHANGE, Version, keeps, versions
from troth.duties.retention import Former
from troth.enforcement.guard import Earlier, Guard
from troth.enforcement.roles import Role
from troth.evidence.keyring import KeyRing
from troth.evidence.ledger import Kept
from troth.model.entry import decode
from troth.model.errors import TrothError
from troth.model.policy import Policy
from troth.policy.bind import compile_file


def guard_of(  # noqa: PLR0913 - what a guard needs, by name
    policy: Policy,
    folder: Path,
    *,
    ledger: Kept,
    ring: KeyRing,
    roles: Mapping[str, Role],
    clock: Callable[[], datetime],
    language: str = "en",
) -> Guard:
    """The guard of the policy that holds.

    Args:
        policy: that policy.
        folder: the folder `policies` of the project, where every version that held is kept.
        ledger: of the project.
        ring: its keys.
        roles: what each role may do.
        clock: gives the time, with its zone.
        language: "en" or "zh", for words about rules.

    Raises:
        TrothError: a version that goes on for some is not kept, or is another text than the one that held.
    """
    announced = _announced(policy, ledger)

    def made(one: Policy, since: frozenset[str]) -> Guard:
        earlier = None
        until, gone = keeps(one), _taken_away(announced, one.hash)
        if until is not None and gone is not None:
            reached = since | _between(announced, gone, one.hash)
            earlier = Earlier(made(_held(folder, gone.before), reached), until, reached)
        return Guard(
            one,
            ledger=ledger,
            keys=ring.pseudonym,
            roles=roles,
            clock=clock,
            language=language,
            earlier=earlier,
        )

    return made(policy, frozenset({policy.hash}))


def formers_of(policy: Policy, folder: Path, ledger: Kept) -> tuple[Former, ...]:
    """The versions before a policy that go on for whoever has not agreed to it, the newest first.

    Raises:
        TrothError: as for `guard_of`.
    """
    announced, found, one, since = (
        _announced(policy, ledger),
        list[Former](),
        policy,
        frozenset({policy.hash}),
    )
    while keeps(one) is not None and (gone := _taken_away(announced, one.hash)) is not None:
        since |= _between(announced, gone, one.hash)
        one = _held(folder, gone.before)
        found.append(Former(one, since))
    return tuple(found)


def _announced(policy: Policy, ledger: Kept) -> tuple[Version, ...]:
    """The versions that were announced, where the policy lets one before go on; nothing otherwise."""
    if keeps(policy) is None:
        return ()
    # Asked for by a word of theirs: a project is opened for one decision too, and a ledger holds millions of other entries.
    told = "select body from ledger_entry where body like ? order by seq"
    return versions(decode(body) for (body,) in ledger.query(told, (f"%{CHANGE}%",)))


def _taken_away(announced: Sequence[Version], policy: str) -> Version | None:
    """The newest version that weakens, among the one of a hash and those before it."""
    by = {one.policy: one for one in announced}
    seen: set[str] = set()
    while policy in by and policy not in seen:
        seen.add(policy)
        if by[policy].weakens:
            return by[policy]
        policy = by[policy].before
    return None


def _between(announced: Sequence[Version], first: Version, last: str) -> frozenset[str]:
    """The hashes of the versions from one to another."""
    by, found = {one.policy: one for one in announced}, {first.policy}
    while last != first.policy and last in by and last not in found:
        found.add(last)
        last = by[last].before
    return frozenset(found)


def _held(folder: Path, policy: str) -> Policy:
    file = folder / f"{policy}.troth.md"
    hint = f"put the file of that version at {file}: who has not agreed to the new one is still under it"
    if not file.is_file():
        raise TrothError(f"the version {policy[:12]} of the policy is not kept", hint=hint)
    found = compile_file(load_file(file), str(file)).policy
    if found.hash != policy:
        raise TrothError(f"the file {file.name} is not the version that held", hint=hint)
    return found
