"""Who can read personal data: the grants of the databases against the register, the access log, and authentication.

registers/database-roles.toml   [[role]]  store = "accounts"  name = "app"  reads = ["customers", "orders"]  # or ["*"]
                                why = "the console"
registers/access-log.toml       store = "accounts"  table = "staff_accesses"
                                actor = "staff_id"  purpose = "purpose"  object = "read_table"  at = "read_at"
                                [staff]  table = "staff"  key = "id"  role = "role"  left = "left_at"
                                [roles]  dpo = "data-protection-officer"      # their word = word of the policy
                                [purposes]  billing-question = "payment"
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from fnmatch import fnmatch
from typing import Any, Literal

from troth.duties.proofs.sight import Sight
from troth.duties.signinlog import moment
from troth.enforcement.columns import stream
from troth.enforcement.wire import EVERY, Reader, readers
from troth.model.datamap import Table
from troth.model.errors import NotFound
from troth.model.policy import Promise, Proof, vocabulary_of
from troth.model.showing import Figure, Shown

ROLES = "database-roles"
LOG = "access-log"
_ORDINARY: dict[str, str | bool] = {
    "training": "current", "security-policy-accepted": True, "authenticated": True, "identity-verified": True,
    "case-open": True, "held": False, "restricted": False,
}  # fmt: skip
"""What is taken for granted of an access that is past: other checks look at these."""
_SHOWN = 8  # names in a sentence


def grant_review(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where nobody can read a personal table who is not registered for it, as the grants of the stores themselves say.

    Administrators of a server can read everything, so they stand on the register as well. The file of an SQLite store is
    read by whoever may read the file.
    """
    strange: list[str] = []
    unused: set[tuple[str, str]] = set()
    seen = 0
    register = sight.registers.get(ROLES, {}).get("role", [])
    unseen = sorted(set(sight.project.stores) - set(sight.urls))
    for store in sorted(set(sight.project.stores) & set(sight.urls)):
        personal = {one.name for one in sight.project.map.personal() if one.store == store}
        declared = [one for one in register if one.get("store") == store]
        found = [one for one in readers(sight.urls[store]) if one.table == EVERY or one.table in personal]
        seen += len({one.name for one in found})
        names = {one.name for one in found}
        unused |= {(store, str(one.get("name"))) for one in declared if not _named(one, names)}
        strange += _unregistered(store, found, declared)
    figures = (
        Figure("grants on personal tables that are not registered", len(strange), unit="grants", good=0),
        Figure("accounts of databases that can read personal tables", seen, unit="accounts"),
        Figure("registered accounts that can read nothing personal", len(unused), len(register), "accounts"),
    )
    if strange:
        more = f" and {len(strange) - _SHOWN} more" if len(strange) > _SHOWN else ""
        why = f"can read personal data and is not registered for it: {', '.join(strange[:_SHOWN])}{more}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if unseen:
        why = f"the grants of {', '.join(unseen)} could not be asked for"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    why = (
        f"all {seen} accounts that can read personal tables are registered"
        if seen
        else "no other account can read the stores"
    )
    return Shown(promise.id, proof.check, "kept", why, figures)


def _unregistered(store: str, found: list[Reader], declared: list[Mapping[str, Any]]) -> list[str]:
    strange = []
    for one in found:
        lists = [entry.get("reads", ()) for entry in declared if _named(entry, {one.name})]
        if not any(EVERY in reads or one.table in reads for reads in lists):
            what = "every table" if one.table == EVERY else one.table
            strange.append(f"{one.name} ({store}: {what})")
    return strange


def _named(entry: Mapping[str, Any], names: set[str]) -> bool:
    pattern = str(entry.get("name", ""))
    return any(fnmatch(name, pattern) or name.partition("@")[0] == pattern for name in names)


def access_log_review(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the policy lets every access of the log be: the role of who read, the purpose, the data of the table.

    A log says which table was read, not which columns: an access is inside the rules when some of the table may be read so
    and nothing of it is forbidden. One by somebody who had left, or by nobody that is known, is outside. Where it depends on
    facts that no log holds, such as a dispute that is open, it is not shown.
    """
    register = sight.registers.get(LOG, {})
    if not register:
        why = "the access log is not registered: registers/access-log.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    store, name = str(register.get("store", "")), str(register.get("table", ""))
    wanted = [str(register.get(one, "")) for one in ("actor", "purpose", "object", "at")]
    people = _people(sight, register)
    asked: Counter[tuple[str, str, str]] = Counter()
    gone = rows = 0
    for actor, purpose, thing, at in stream(sight.project, store, name, wanted):
        rows += 1
        role, left = people.get(str(actor), ("", None))
        when = moment(at)
        if not role or (left is not None and when is not None and when > left):
            gone += 1
        else:
            asked[role, str(purpose), str(thing)] += 1
    found = {one: _judged(sight, register, one) for one in asked}
    refused = Counter({one: count for one, count in asked.items() if found[one] == "outside"})
    unsure = sum(count for one, count in asked.items() if found[one] == "unsure")
    bad = refused.total() + gone
    figures = (
        Figure("accesses outside the rules", bad, rows, "accesses", good=0),
        Figure("accesses by somebody who had left or is not known", gone, rows, "accesses", good=0),
        Figure("accesses that the log says too little about", unsure, rows, "accesses", good=0),
    )
    if bad:
        words = [
            f"{_named_access(sight, register, one)} ({count:,})" for one, count in refused.most_common(3)
        ]
        words += [f"somebody who had left or is not known ({gone:,})"] if gone else []
        why = f"{bad:,} of {rows:,} accesses are outside the rules: {'; '.join(words)}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=(f"{store}.{name}",))
    if unsure:
        why = f"{unsure:,} of {rows:,} accesses depend on facts that the log does not hold"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    return Shown(promise.id, proof.check, "kept", f"all {rows:,} accesses are inside the rules", figures)


def _named_access(sight: Sight, register: Mapping[str, Any], one: tuple[str, str, str]) -> str:
    """An access in words that are known; what stands in the log may be anything, so other words are not repeated."""
    role, purpose, thing = one
    words = vocabulary_of(sight.policy)
    fact = words.find("fact", "role")
    who = role if fact and role in fact.values else "a role that the policy does not know"
    why = str(register.get("purposes", {}).get(purpose, purpose))
    known = why if words.find("purpose", why) else "a purpose that the policy does not know"
    return f"{who} read {thing if _table(sight, thing) else 'a table that is not on the map'} for {known}"


def _table(sight: Sight, thing: str) -> Table | None:
    return next((one for one in sight.project.map.tables if thing in {one.name, one.place}), None)


def _people(sight: Sight, register: Mapping[str, Any]) -> dict[str, tuple[str, float | None]]:
    """Role and end of everybody who can stand in the log, by what the log calls them."""
    staff, words = register.get("staff", {}), register.get("roles", {})
    if not staff:
        return {}
    names = [str(staff.get(one, "")) for one in ("key", "role", "left") if staff.get(one)]
    found = {}
    for row in stream(sight.project, str(register.get("store")), str(staff.get("table")), names):
        role = str(row[1] or "")
        found[str(row[0])] = (str(words.get(role, role)), moment(row[2]) if len(names) > 2 else None)
    return found


def _judged(
    sight: Sight, register: Mapping[str, Any], asked: tuple[str, str, str]
) -> Literal["inside", "outside", "unsure"]:
    role, purpose, thing = asked
    table = _table(sight, thing)
    if table is None:
        return "outside"
    why = str(register.get("purposes", {}).get(purpose, purpose))
    facts = _ORDINARY | {"role": role}
    try:
        ends = [sight.guard.decide(role, "read", one, why, facts=facts).decisive for one in _terms(table)]
    except NotFound:
        return "outside"
    if any(one.answer == "forbidden" or "role" in one.missing for one in ends):
        return "outside"
    if any(one.allowed for one in ends):
        return "inside"
    return "unsure" if any(one.answer == "unknown" for one in ends) else "outside"


def _terms(table: Table) -> tuple[str, ...]:
    skip = {"secret", "ident.id"}
    return tuple(sorted({term for one in table.columns if one.category not in skip for term in one.terms}))


def authentication_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses every operation of somebody who is not authenticated or not verified, and lets others."""
    tried = let = 0
    opened = False
    facts = {"authenticated": True, "identity-verified": True}
    for rule in promise.rules:
        if rule.mode != "never" or rule.verb != "accept":
            continue
        for thing in rule.things:
            opened |= _accepts(sight, rule.verb, thing, facts)
            for wrong in ({"authenticated": False}, {"identity-verified": False}, {"authenticated": None}):
                tried += 1
                let += _accepts(sight, rule.verb, thing, facts | wrong)
    figures = (Figure("operations let through without authentication", let, tried, "operations", good=0),)
    if not tried:
        why = "the promise forbids no operation"
        return Shown(promise.id, proof.check, "not shown", why, figures)
    if let:
        why = f"{let} of {tried} operations were let through without authentication"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if not opened:
        return Shown(
            promise.id,
            proof.check,
            "not shown",
            "nobody is let through at all, so nothing is tested",
            figures,
        )
    return Shown(
        promise.id,
        proof.check,
        "kept",
        f"all {tried} operations without authentication were refused",
        figures,
    )


def _accepts(sight: Sight, verb: str, thing: str, facts: Mapping[str, Any]) -> bool:
    return sight.guard.decide("customer", verb, thing, "purpose", facts=facts).allowed
