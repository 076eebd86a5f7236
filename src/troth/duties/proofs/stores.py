"""What the stores hold against what the map and the policy say: complete, with its origin, metered as declared, switched off.

registers/provenance.toml   [[provenance]]  table = "accounts.customers"  source = "column source"  channel = "web-form"
                            purpose = "account-management"  time = "column created_at"
registers/profiling.toml    [[recommender]]  name = "upgrade plans"  purpose = "recommendations"
                            table = "operations.recommendations"  at = "shown_at"
registers/locations.toml    see the check of locations
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from datetime import UTC, date, datetime
from typing import Any

from troth.datamap.check import check
from troth.duties.proofs.periods import plan_of
from troth.duties.proofs.sight import Sight
from troth.duties.signinlog import moment
from troth.enforcement import look
from troth.enforcement.columns import owners, stream
from troth.evidence.pseudonym import pseudonyms
from troth.model import verb as verbs
from troth.model.datamap import Table
from troth.model.entry import Entry
from troth.model.finding import Finding
from troth.model.mark import parse_mark
from troth.model.policy import Policy, Promise, Proof, vocabulary_of
from troth.model.showing import Figure, Shown
from troth.model.sweep import Cell, Clause, Sweep, either, every

_SHOWN = 4  # places that are named
_STAMP = ("source", "channel", "purpose", "time")
_CHUNK = 500
_OFF = frozenset({"", "0", "f", "false", "n", "no", "off"})


def data_map_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every table and column of the stores is in the map, each reaches its person, and the policy permits it."""
    return _map(sight, promise, proof, None, "the map knows every table and column of the stores")


def data_map_drift(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the stores are as they were when the map was reviewed: no table or column came or went."""
    return _map(
        sight, promise, proof, "drift", "no table or column has come or gone since the map was reviewed"
    )


def _map(sight: Sight, promise: Promise, proof: Proof, rule: str | None, good: str) -> Shown:
    if "map findings" not in sight.memo:
        sight.memo["map findings"] = check(sight.project.map, sight.project.schemas, permitted(sight.policy))
    every: tuple[Finding, ...] = sight.memo["map findings"]
    bad = [one for one in every if one.severity == "block" and (rule is None or one.rule == rule)]
    open_ = [one for one in every if one.rule == "open-question"] if rule is None else []
    tables = sight.project.map.tables
    columns = sum(len(one.columns) for one in tables)
    figures = (
        Figure("findings of the map that block a request", len(bad), unit="findings", good=0),
        Figure("questions of the map that nobody answered", len(open_), unit="questions", good=0),
        Figure("tables in the map", len(tables), unit="tables"),
        Figure("personal columns in the map", columns, unit="columns"),
    )
    if bad:
        why = f"{bad[0].message}" + (f", and {len(bad) - 1} more" if len(bad) > 1 else "")
        return Shown(promise.id, proof.check, "broken", why, figures)
    if open_:
        return Shown(
            promise.id, proof.check, "not shown", f"{len(open_)} questions of the map are open", figures
        )
    if not tables:
        return Shown(promise.id, proof.check, "not shown", "the map is empty", figures)
    return Shown(
        promise.id, proof.check, "kept", f"{good}: {len(tables)} tables, {columns} personal columns", figures
    )


def permitted(policy: Policy) -> dict[str, frozenset[str]]:
    """The data terms that a policy permits to do anything with, each with all terms it covers."""
    words = vocabulary_of(policy)
    data = {verb.key for verb in verbs.verbs().values() if verb.data}
    return {
        term: words.covers("data", term)
        for promise in policy.promises
        for rule in promise.rules
        if rule.mode in {"may", "only"} and rule.verb in data
        for term in rule.things
        if ":" not in term
    }


def provenance_complete(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where it is known of every row that the promise is about where it came from, how, what for and when.

    A table says it by columns or by words that hold for all of its rows, on the register of provenance; or the collection
    gate has noted it when the rows came in (`collected` entries name the categories). What a sweep has emptied because its
    period is over does not count.
    """
    register = {
        str(one.get("table")): one for one in sight.registers.get("provenance", {}).get("provenance", [])
    }
    gates = {
        term for one in sight.entries if one.kind == "collected" for term in one.detail.get("data", ())
    }  # fmt: skip
    terms = _collected(sight, promise)
    bare, empty, total = [], Counter[str](), 0
    for table in sight.project.map.personal():
        known = {term for one in table.columns for term in one.terms if one.category != "ident.id"}
        if not known or (terms and not terms & known):
            continue
        rows = look.count(sight.project, table)
        total += rows
        said = register.get(table.place)
        if said is None:
            if rows and not known <= gates:
                bare.append(table.place)
            continue
        missing = [name for name in _STAMP if not said.get(name)]
        if missing:
            bare.append(table.place)
            continue
        columns = [
            str(said[name]).removeprefix("column ")
            for name in _STAMP
            if str(said[name]).startswith("column ")
        ]
        if columns:
            empty[table.place] += max(_empty(sight, table, one) for one in columns)
    bad = +empty
    figures = (
        Figure("rows whose origin is empty", sum(bad.values()), total, "rows", good=0),
        Figure("tables that nothing says the origin of", len(bare), unit="tables", good=0),
        Figure(
            "entries of the collection gate",
            sum(one.kind == "collected" for one in sight.entries),
            unit="entries",
        ),
    )
    if bad:
        why = (
            f"{sum(bad.values()):,} rows do not say where they come from in {', '.join(sorted(bad)[:_SHOWN])}"
        )
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(bad)))
    if bare:
        why = (
            f"nothing says where the rows come from in {', '.join(bare[:_SHOWN])}: registers/provenance.toml"
        )
        return Shown(promise.id, proof.check, "not shown", why, figures, places=tuple(bare))
    if not total:
        return Shown(promise.id, proof.check, "not shown", "no table of the map holds such data", figures)
    return Shown(promise.id, proof.check, "kept", f"all {total:,} rows say where they come from", figures)


def _empty(sight: Sight, table: Table, column: str) -> int:
    """Rows in which a column is empty, but for those that retention has emptied: with everything that a step empties."""
    found = look.count(sight.project, table, _bare(column))
    emptied = [
        every(*(_bare(name) for name in names))
        for one in plan_of(sight).sweeps
        if one.place == table.place and column in (names := _emptied(one)) and len(names) > 1
    ]
    return found - look.count(sight.project, table, either(*emptied)) if found and emptied else found


def _bare(column: str) -> Clause:
    return Cell((), column, yes=("",), empty=True, other=False)


def _emptied(one: Sweep) -> tuple[str, ...]:
    """The columns that a step of a sweep leaves empty."""
    return tuple(each.column for each in one.alters if each.how in {"null", "empty"})


def _collected(sight: Sight, promise: Promise) -> frozenset[str]:
    words = vocabulary_of(sight.policy)
    return frozenset(
        term
        for rule in promise.rules
        if rule.mode == "may" and rule.verb == "collect"
        for thing in rule.things
        if ":" not in thing
        for term in words.covers("data", thing)
    )


def metering_scope(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where tables of usage hold only the metrics that the promise names, and nothing the map does not know."""
    declared = _collected(sight, promise)
    strange: list[str] = []
    metrics: set[str] = set()
    rows = 0
    for table in sight.project.map.personal():
        if not any(one.category == "usage" and declared.intersection(one.terms) for one in table.columns):
            continue
        rows += look.count(sight.project, table)
        ties = {name for path in table.paths for link in path.links[:1] for name in link.columns}
        ties.update(table.key)
        relation = sight.project.schemas[table.store].relation(table.name)
        for field in relation.fields:
            column = table.column(field.name)
            if field.name in ties or (column is not None and column.category == "ident.id"):
                continue
            if column is not None and declared.intersection(column.terms):
                metrics.update(column.terms)
            else:
                strange.append(f"{table.place}.{field.name}")
    figures = (
        Figure("columns of usage tables that no rule declares", len(strange), unit="columns", good=0),
        Figure("declared metrics that are stored", len(metrics & declared), unit="metrics"),
        Figure("rows of usage", rows, unit="rows"),
    )
    if strange:
        why = f"not declared: {', '.join(strange[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(strange))
    if not metrics:
        return Shown(promise.id, proof.check, "not shown", "the map names no table of usage", figures)
    why = f"{rows:,} rows of usage hold {len(metrics & declared)} declared metrics and nothing else"
    return Shown(promise.id, proof.check, "kept", why, figures)


def no_recommendation_after_opt_out(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no recommendation was made for somebody after they had switched them off.

    The moment is that of the entry in the ledger; who is off in the stores without an entry counts where a row came within
    the last day. The register of profiling names the tables of recommendations.
    """
    listed = [one for one in sight.registers.get("profiling", {}).get("recommender", []) if one.get("table")]
    if not listed:
        why = "no table of recommendations is registered: registers/profiling.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    late: Counter[str] = Counter()
    people: set[str] = set()
    total = 0
    for one in listed:
        since = _switched(sight, str(one.get("purpose", "")))
        people.update(since)
        for place, subjects, at, off in _made(sight, one):
            total += 1
            begun = min((since[name] for name in subjects if name in since), default=None)
            fresh = off and begun is None and (sight.now - at).days < 1
            late[place] += fresh or (begun is not None and at > begun)
    bad = +late
    figures = (
        Figure("recommendations after the switch went off", sum(bad.values()), total, "rows", good=0),
        Figure("names of persons who switched them off", len(people), unit="names"),
    )
    if bad:
        why = f"{sum(bad.values()):,} recommendations were made after the switch went off"
        return Shown(promise.id, proof.check, "broken", why, figures, places=tuple(sorted(bad)))
    why = f"none of {total:,} recommendations was made after the switch went off"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _switched(sight: Sight, purpose: str) -> dict[str, datetime]:
    """Since when each pseudonym has said no to a purpose and not yes again."""
    words = vocabulary_of(sight.policy)
    term = words.find("purpose", purpose)
    if term is None:
        return {}
    wide = {term.key, *(one.key for one in words.above("purpose", term.key)), ""}
    since: dict[str, datetime] = {}
    for one in sight.entries:
        said = (
            str(one.detail.get("purpose", "")) if one.kind in {"consent", "restricted", "released"} else "?"
        )
        found = words.find("purpose", said) if said else None
        if (found.key if found else said) not in wide:
            continue
        for name in (one.subject, *one.detail.get("also", ())):
            if _no(one):
                since.setdefault(name, datetime.fromisoformat(one.time))
            elif one.kind == "released" or one.action == "give":
                since.pop(name, None)
    return since


def _no(one: Entry) -> bool:
    if one.outcome == "nothing found":
        return False
    return (one.kind, one.action) in {
        ("consent", "withdraw"), ("consent", "refuse"), ("restricted", "object"), ("restricted", "suppress"),
    }  # fmt: skip


def _made(sight: Sight, one: Mapping[str, Any]) -> Iterator[tuple[str, tuple[str, ...], datetime, bool]]:
    """Every recommendation: its table, the names of its person, when it was made, and whether the switch is off."""
    store, _, name = str(one["table"]).partition(".")
    table = sight.project.map.table(store, name)
    # a store that is being read is asked nothing else meanwhile, so all keys are read before their owners are looked up
    rows = list(stream(sight.project, store, name, (*table.key, str(one.get("at", "")))))
    for start in range(0, len(rows), _CHUNK):
        yield from _known(sight, table, rows[start : start + _CHUNK])


def _known(
    sight: Sight, table: Table, chunk: list[tuple[Any, ...]]
) -> Iterator[tuple[str, tuple[str, ...], datetime, bool]]:
    found = owners(sight.project, table, [row[:-1] for row in chunk])
    for number, row in enumerate(chunk):
        seconds = moment(row[-1])
        if number not in found or seconds is None:
            continue
        names = tuple(
            each
            for one in found[number].identities
            for each in pseudonyms(sight.project.ring.pseudonym, one.kind, one.value)
        )
        off = _switch_off(found[number].table, found[number].values)
        yield table.place, names, datetime.fromtimestamp(seconds, UTC), off


def _switch_off(table: Table, values: Mapping[str, Any]) -> bool:
    """Whether a mark of the person's own row says no to personalisation."""
    text = next(
        (text for name, text in table.marks.items() if name.partition("@")[0].startswith("personal")), ""
    )
    if not text:
        return False
    mark = parse_mark(text)
    said = str(values.get(mark.column, "")).strip().casefold()
    return said == mark.no.casefold() if mark.no else (said in _OFF) != mark.negated and mark.column in values


def location_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every location on the register names its country and its hosts, and was reviewed in time."""
    register = sight.registers.get("locations", {}).get("location", [])
    if not register:
        why = "there is no register of locations: registers/locations.toml"
        return Shown(promise.id, proof.check, "not shown", why)
    today = sight.now.astimezone(sight.where.tz).date()
    bad = [str(one.get("name") or "one without a name") for one in register if any(_place_faults(one, today))]
    countries = sorted({str(one["country"]) for one in register if one.get("country")})
    figures = (
        Figure(
            "locations without country, hosts or a current review",
            len(bad),
            len(register),
            "locations",
            good=0,
        ),
        Figure("countries", len(countries), unit="countries"),
    )
    if bad:
        why = f"not complete on the register: {', '.join(bad[:_SHOWN])}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"{len(register)} locations are registered, in {', '.join(countries)}"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _place_faults(one: Mapping[str, Any], today: date) -> Iterable[bool]:
    yield not one.get("name")
    yield not one.get("country")
    yield not one.get("hosts")
    until = one.get("until")
    yield isinstance(until, date) and until < today
