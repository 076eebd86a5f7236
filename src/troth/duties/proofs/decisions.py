"""The rules of a promise against the guard that really decides: what must be refused is, what may be done is allowed.

Requests are made up for every `never`, every permission and every fact that one rests on, and the guard is asked. Nothing
is written, and nobody's data is touched.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field

from troth.decision.norm import consent_for
from troth.duties.proofs.sight import Sight
from troth.duties.proofs.witness import Point, Trial, lifted_cases, points, refused_cases
from troth.model import verb as verbs
from troth.model.condition import FactValue, tests
from troth.model.entry import Entry
from troth.model.errors import NotFound
from troth.model.policy import Promise, Proof, Rule, vocabulary_of
from troth.model.showing import Figure, Shown, Status

MOST = 2_000  # requests made up for one rule
ADVERSE = ("withdrawn", "refused", "expired")
_STRANGE = ("marketing", "advertising", "sell-data-to-third-parties", "recommendations", "analytics")


@dataclass(slots=True)
class Tally:
    """What was tried, and what went wrong, by rule."""

    tried: int = 0
    right: int = 0
    wrong: Counter[str] = field(default_factory=Counter)

    def note(self, rule: str, *, right: bool) -> None:
        """One trial."""
        self.tried += 1
        self.right += right
        if not right:
            self.wrong[rule] += 1

    @property
    def words(self) -> str:
        """The rules that went wrong, with how often."""
        return ", ".join(f"{rule} ({count:,})" for rule, count in sorted(self.wrong.items()))


def refusal_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard refuses every request that a `never` of the promise forbids, and each exception lifts its own.

    A request counts as refused only where the guard calls it forbidden: one that is merely not permitted today would be
    let through once somebody permits it.
    """
    trial, refusals, lifts = Trial(sight), Tally(), Tally()
    for rule in _nevers(promise):
        for number, point in enumerate(points(trial.words, rule)):
            if number >= MOST:
                break
            for facts in refused_cases(trial.words, rule, point):
                refusals.note(rule.id, right=trial.refuses(point, facts))
        for _, point, facts in lifted_cases(trial.words, rule):
            ruling = trial.ask(point, facts)
            other = trial.words.forbidden(point, facts)
            lifts.note(rule.id, right=not ruling.allowed if other else ruling.decisive.rule != rule.id)
    figures = (
        Figure("requests that must be refused and were", refusals.right, refusals.tried, "requests", good=refusals.tried),
        Figure("exceptions that lift just their own rule", lifts.right, lifts.tried, "requests", good=lifts.tried),
    )  # fmt: skip
    if not refusals.tried:
        return Shown(promise.id, proof.check, "not shown", "no rule of the promise forbids anything", figures)
    if refusals.wrong:
        bad = refusals.tried - refusals.right
        why = f"{bad:,} of {refusals.tried:,} requests were not refused as forbidden: {refusals.words}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    if lifts.wrong:
        why = f"an exception does not do what it says: {lifts.words}"
        return Shown(promise.id, proof.check, "broken", why, figures)
    why = f"all {refusals.tried:,} requests that the promise forbids were refused"
    return Shown(promise.id, proof.check, "kept", why, figures)


def access_decision(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where each permission of the promise can be used, what nothing permits is refused, and the log has nothing else.

    The log are the decisions in the ledger: what was allowed under the promise must lie within one of its rules.
    """
    trial, uses, others = Trial(sight), Tally(), Tally()
    for rule in _permissions(promise):
        for point in _own(trial, rule):
            uses.note(rule.id, right=trial.opening(point, {}) is not None)
        for point in _foreign(trial, rule):
            others.note(rule.id, right=not trial.ask(point, {}).allowed and trial.opening(point, {}) is None)
    for rule in _nevers(promise):
        for point in list(points(trial.words, rule))[:200]:
            for facts in list(refused_cases(trial.words, rule, point))[:2]:
                others.note(rule.id, right=not trial.ask(point, facts).allowed)
    logged, outside = _logged(sight, promise, trial)
    figures = (
        Figure("permitted uses that are allowed", uses.right, uses.tried, "requests", good=uses.tried),
        Figure("other uses that were let through", others.tried - others.right, others.tried, "requests", good=0),
        Figure("decisions of the log outside the promise", len(outside), len(logged), "entries", outside, good=0),
    )  # fmt: skip
    parts = [f"permitted and not allowed: {uses.words}"] if uses.wrong else []
    parts += [f"not permitted and let through beside: {others.words}"] if others.wrong else []
    parts += [f"{len(outside)} decisions of the log are outside the promise"] if outside else []
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, outside)
    if not uses.tried and not others.tried:
        return Shown(promise.id, proof.check, "not shown", "the promise permits and forbids nothing", figures)
    why = f"{uses.right} permitted uses are allowed and {others.right} others refused"
    return Shown(promise.id, proof.check, "kept", why, figures, logged[-3:])


def consent_required(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where what rests on consent is refused without it, allowed with it, and refused again once it is taken back."""
    trial, found = Trial(sight), Tally()
    for rule in promise.rules:
        if states := _consents(sight, rule):
            for point in _own(trial, rule):
                for value in (*ADVERSE, "none"):
                    found.note(rule.id, right=not _rests(trial, rule, point, {"consent": value}))
                found.note(rule.id, right=any(trial.opening(point, {"consent": one}) for one in states))
        elif rule.mode == "never" and any(test.fact == "consent" for test in tests(rule.condition)):
            for point in list(points(trial.words, rule))[:MOST]:
                for facts in refused_cases(trial.words, rule, point):
                    found.note(rule.id, right=trial.refuses(point, facts))
    return _ended(promise, proof, found, "requests about consent answered as promised", "consent")


def content_access_per_case(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where what the promise ties to an open case is refused without one, and allowed with one."""
    trial, found = Trial(sight), Tally()
    for rule in _permissions(promise):
        named = {test.fact for test in tests(rule.condition)}
        for fact in sorted(named & {"case-open", "dispute-scope", "law-named"}):
            for point in _own(trial, rule):
                found.note(rule.id, right=not _rests(trial, rule, point, {fact: False}))
                found.note(rule.id, right=trial.opening(point, {fact: True}) is not None)
    return _ended(promise, proof, found, "requests about cases answered as promised", "an open case")


def no_implied_consent(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where no rule of the policy takes going on as a consent, and no consent of the ledger was implied."""
    trial, found = Trial(sight), Tally()
    for _, rule in trial.words.rules:
        if "implied" not in _consents(sight, rule) and _consents(sight, rule):
            for point in _own(trial, rule)[:12]:
                found.note(rule.id, right=not _rests(trial, rule, point, {"consent": "implied"}))
    given = [one for one in sight.entries if one.kind == "consent" and one.action == "give"]
    implied = tuple(one.seq for one in given if _implied(one))
    figures = (
        Figure("requests with an implied consent that were refused", found.right, found.tried, "requests", good=found.tried),
        Figure("consents of the ledger that were implied", len(implied), len(given), "consents", implied, 0),
    )  # fmt: skip
    if found.wrong or implied:
        parts = [f"an implied consent is enough for {found.words}"] if found.wrong else []
        parts += [f"{len(implied)} consents of the ledger were implied"] if implied else []
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, implied)
    if not found.tried:
        return Shown(promise.id, proof.check, "not shown", "nothing in the policy rests on consent", figures)
    why = f"{found.tried} requests that only an implied consent speaks for were refused"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _implied(entry: Entry) -> bool:
    return entry.detail.get("form") == "implied" or entry.detail.get("from") in {"use", "acceptance"}


def switch_test(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where the guard follows the switch of the promise both ways, and a column of the stores follows it too."""
    trial, found = Trial(sight), Tally()
    words, purposes = vocabulary_of(sight.policy), set[str]()
    for rule in promise.rules:
        switches = [one for one in tests(rule.condition) if {"on", "off"} & set(one.values)]
        if not switches:
            continue
        fact = switches[0].fact
        purposes |= {one for key in rule.purposes for one in words.covers("purpose", key)}
        purposes |= {one.key for key in rule.purposes for one in words.above("purpose", key)}
        chosen = _own(trial, rule) if rule.mode != "never" else list(points(trial.words, rule))[:200]
        for point in chosen:
            found.note(rule.id, right=trial.opening(point, {fact: "off"}) is None)
            if rule.mode != "never":
                found.note(rule.id, right=trial.opening(point, {fact: "on"}) is not None)
    marks = [
        f"{table.place} ({name})"
        for table in sight.project.map.personal()
        for name in table.marks
        if (term := words.find("purpose", name.partition("@")[0])) and term.key in purposes
    ]
    shown = _ended(promise, proof, found, "requests with the switch answered as promised", "a switch")
    if shown.status == "kept" and not marks:
        why = "no column of the stores follows the switch: the map has no mark for its purpose"
        return Shown(promise.id, proof.check, "not shown", why, shown.figures)
    return Shown(promise.id, proof.check, shown.status, shown.why, shown.figures, places=tuple(marks))


def collection_refusal(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where a field that nobody declared is refused, one that no rule permits too, and a declared one gets in.

    The guard is asked as the collection gate asks it; forms of `registers/forms.toml` are tried field by field. The gate
    itself refuses what a form does not declare, so the guard is asked about it only where a rule speaks of `declared`, or
    where the promise permits nothing itself.
    """
    trial, strange, opened = Trial(sight), Tally(), Tally()
    collects = [rule for _, rule in trial.words.rules if rule.mode == "may" and rule.verb == "collect"]
    mine = [rule for rule in collects if rule in promise.rules]
    own = mine or collects
    spoken = not mine or any(
        test.fact == "declared"
        for _, rule in trial.words.rules
        if rule.verb == "collect"
        for condition in (rule.condition, *(one.condition for one in rule.exceptions))
        for test in tests(condition)
    )
    for rule in own:
        for point in _own(trial, rule):
            opened.note(rule.id, right=trial.opening(point, {"declared": True}) is not None)
            if spoken:
                strange.note(rule.id, right=trial.opening(point, {"declared": False}) is None)
            other = Point("collect", point.data, "sell-data-to-third-parties")
            strange.note(rule.id, right=trial.opening(other, {"declared": True}) is None)
    for rule in _nevers(promise):
        for point in points(trial.words, rule) if rule.verb == "collect" else ():
            for facts in refused_cases(trial.words, rule, point):
                strange.note(rule.id, right=trial.refuses(point, facts))
    unfit = _unfit_forms(sight, trial)
    figures = (
        Figure("undeclared or unpermitted fields that were refused", strange.right, strange.tried, "fields", good=strange.tried),
        Figure("declared fields that get in", opened.right, opened.tried, "fields", good=opened.tried),
        Figure("fields of forms that the policy does not permit", len(unfit), unit="fields", good=0),
    )  # fmt: skip
    if not strange.tried:
        return Shown(promise.id, proof.check, "not shown", "the policy permits no collection", figures)
    parts = [f"let in against the rules: {strange.words}"] if strange.wrong else []
    parts += [f"permitted and not let in: {opened.words}"] if opened.wrong else []
    parts += [f"forms ask for what no rule permits: {', '.join(unfit)}"] if unfit else []
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures)
    why = f"all {strange.tried:,} fields that nobody declared or permitted were refused"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _unfit_forms(sight: Sight, trial: Trial) -> tuple[str, ...]:
    """Fields of declared forms that no case of facts lets in, as `form.field`."""
    found = []
    for name, form in sight.registers.get("forms", {}).get("forms", {}).items():
        for field_, data in form.get("fields", {}).items():
            words = data.get("data", ()) if isinstance(data, dict) else data
            for word in words:
                try:
                    point = Point(
                        "collect", trial.guard.table.category(str(word)), str(form.get("purpose", ""))
                    )
                    point = Point(
                        "collect", point.data, trial.guard.table.resolve("collect", point.purpose, "")[1]
                    )
                except NotFound:
                    found.append(f"{name}.{field_}")
                    continue
                if trial.opening(point, {"declared": True}) is None:
                    found.append(f"{name}.{field_}")
    return tuple(dict.fromkeys(found))


def purpose_register(sight: Sight, promise: Promise, proof: Proof) -> Shown:
    """Kept where every permission of the promise names its purposes and its basis, and nothing was decided for another.

    Where the project keeps `registers/purposes.toml`, each purpose has to stand there with its owner as well.
    """
    rules = [one for one in _permissions(promise) if one.verb != "store"]
    bare = [one.id for one in rules if not one.purposes or not one.bases]
    purposes = sorted({purpose for one in rules for purpose in one.purposes})
    register = sight.registers.get("purposes", {}).get("purpose", [])
    known = {str(one.get("name")) for one in register if one.get("owner")}
    missing = [one for one in purposes if register and one not in known]
    logged, outside = _logged(sight, promise, Trial(sight))
    figures = (
        Figure("permissions with purpose and basis", len(rules) - len(bare), len(rules), "rules", good=len(rules)),
        Figure("purposes of the promise", len(purposes), unit="purposes"),
        Figure("decisions for another purpose", len(outside), len(logged), "entries", outside, 0),
    )  # fmt: skip
    if not rules:
        return Shown(promise.id, proof.check, "not shown", "the promise permits no use", figures)
    parts = [f"without purpose or basis: {', '.join(bare)}"] if bare else []
    parts += [f"not on the register of purposes: {', '.join(missing)}"] if missing else []
    parts += [f"{len(outside)} decisions were for another purpose"] if outside else []
    if parts:
        return Shown(promise.id, proof.check, "broken", "; ".join(parts), figures, outside)
    why = f"{len(rules)} permissions name {len(purposes)} purposes, each with its basis"
    return Shown(promise.id, proof.check, "kept", why, figures)


def _logged(sight: Sight, promise: Promise, trial: Trial) -> tuple[tuple[int, ...], tuple[int, ...]]:
    """The allowed decisions of the ledger that cite a promise of this policy; and those that lie outside it."""
    logged, outside = [], []
    for one in sight.entries:
        if (one.kind, one.outcome, one.promise) != ("decision", "allowed", promise.id):
            continue
        if one.policy != sight.policy.hash:
            continue
        logged.append(one.seq)
        purpose, recipient = str(one.detail.get("purpose", "")), str(one.detail.get("recipient", ""))
        data = [word for word in str(one.detail.get("data", "")).split(", ") if word]
        first = [Point(one.action, word, purpose, recipient) for word in data]
        try:
            inside = bool(first) and any(trial.words.permits(point, promise.id) for point in first)
            inside = inside and all(trial.words.permits(point) for point in first)
        except NotFound:
            inside = False
        if not inside:
            outside.append(one.seq)
    return tuple(logged), tuple(outside)


def _ended(promise: Promise, proof: Proof, found: Tally, name: str, about: str) -> Shown:
    """How a check of the guard ends that only counts right answers."""
    figures = (Figure(name, found.right, found.tried, "requests", good=found.tried),)
    status: Status = "kept"
    why = f"all {found.tried:,} requests were answered as promised"
    if not found.tried:
        status, why = "not shown", f"no rule of the promise depends on {about}"
    elif found.wrong:
        bad = found.tried - found.right
        status, why = "broken", f"{bad:,} of {found.tried:,} requests were answered wrongly: {found.words}"
    return Shown(promise.id, proof.check, status, why, figures)


def _nevers(promise: Promise) -> Iterator[Rule]:
    return (one for one in promise.rules if one.mode == "never" and one.verb in verbs.verbs())


def _permissions(promise: Promise) -> list[Rule]:
    """The permissions of a promise that requests are decided by."""
    known = verbs.verbs()
    return [
        one
        for one in promise.rules
        if one.mode in {"may", "only"} and one.verb in known and known[one.verb].data and one.things
    ]


def _own(trial: Trial, rule: Rule) -> list[Point]:
    """What a permission names, word by word."""
    words = trial.words
    data = [
        one for one in dict.fromkeys(words.members(rule.things)) if one.partition(":")[0] in {"thing", one}
    ]
    return [
        Point(rule.verb, one, purpose, recipient)
        for one in data
        for purpose in words.members(rule.purposes or words.purposes(rule)[:1])
        for recipient in words.members(rule.recipients or ("",))
    ]


def _foreign(trial: Trial, rule: Rule) -> Iterator[Point]:
    """The same data for purposes that no permission speaks of."""
    data: Iterable[str] = dict.fromkeys(one for one in trial.words.members(rule.things) if ":" not in one)
    for one in data:
        for purpose in (*_STRANGE, *trial.words.named["purpose"]):
            term = trial.words.vocabulary.find("purpose", purpose)
            for recipient in tuple(trial.words.members(rule.recipients))[:1] or ("",):
                point = Point(rule.verb, one, term.key if term else purpose, recipient)
                if term is not None and not _spoken(trial, point):
                    yield point


def _spoken(trial: Trial, point: Point) -> bool:
    """Whether some permission covers a point."""
    return trial.words.permits(point)


def _consents(sight: Sight, rule: Rule) -> tuple[str, ...]:
    """The states of consent that a permission rests on; none where it rests on something else too."""
    if rule.mode not in {"may", "only"} or not rule.bases:
        return ()
    states = [consent_for(one, vocabulary_of(sight.policy)) for one in rule.bases]
    return tuple(sorted({one for some in states for one in some})) if all(states) else ()


def _rests(trial: Trial, rule: Rule, point: Point, fixed: dict[str, FactValue]) -> bool:
    """Whether the guard lets a request pass by this very rule with facts that should stop it."""
    found = trial.opening(point, fixed)
    return found is not None and trial.ask(point, found).decisive.rule == rule.id
