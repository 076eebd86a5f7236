"""The guard: may this role do this with these data of this person, for this purpose, towards this recipient, now?

It is built once from a compiled policy and answers for an application. What the ledger says of the person (consents,
opt-outs, restrictions, versions accepted) always counts before what the caller says: a caller can take a right away from
itself, never add one. A fact that nobody knows refuses, and is named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime

from troth.decision.program import Program
from troth.decision.table import Table, table
from troth.enforcement.agreement import counts
from troth.enforcement.persons import Persons
from troth.enforcement.record import Recorder
from troth.enforcement.roles import Role
from troth.enforcement.ruling import Refused, Ruling, tell
from troth.enforcement.standing import SEVERAL, Ask, Limit, Reader, Standing
from troth.evidence.ledger import Kept
from troth.model import verb as verbs
from troth.model.condition import Condition, Facts, FactValue, tests, truth
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Person
from troth.model.policy import Policy, Promise, Rule
from troth.model.request import Decision

NO_FACTS: Facts = {}
_NOT_AGREED = "the version of the policy that goes on for this person, who has not agreed to the new one, does not allow it"
MEMO = 4096  # answers kept for one question; cleared when full
_QUESTIONS = 16_384  # questions kept
_ADVERSE = frozenset({"refused", "withdrawn", "expired"})
_WORSE = frozenset({"opted-out", "opt-out", "held", "restricted"})
_RESTING = verbs.covers("store")  # what a restriction leaves (GDPR art. 4(3), 18(2))

Categories = str | tuple[str, ...] | list[str]


def _now() -> datetime:
    return datetime.now(UTC)


@dataclass(slots=True, eq=False)
class Question:
    """One question in canonical words, with what is left to ask of the facts.

    Attributes:
        refusal: the answer where the role settles it.
        names: the facts that the answer depends on.
        kept: those of them that the ledger keeps about a person.
        timed: whether one of those changes with time alone.
        memo: answers by the facts the caller gave, for questions about nobody.
    """

    actor: str
    verb: str
    categories: tuple[str, ...]
    purpose: str
    recipient: str
    programs: tuple[Program, ...]
    role: str
    refusal: Ruling | None
    names: tuple[str, ...]
    kept: tuple[str, ...]
    timed: bool
    memo: dict[tuple[tuple[str, FactValue], ...], Ruling] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Earlier:
    """The version before one that takes something away, for whoever has not agreed to that.

    Attributes:
        guard: of the version before.
        until: what ends it for a person and a purpose, as the policy's own rule says.
        since: the hashes of the versions from the one that takes away on: a yes under any of them is a yes to it.
    """

    guard: Guard
    until: Condition
    since: frozenset[str]


class Guard:
    """Answers for an application; safe to share between threads.

    Args:
        policy: the compiled policy.
        ledger: what is known of persons; without one no question can name a person.
        keys: the pseudonym keys of the ledger's ring, by version.
        roles: what each role may do; without any, roles limit nothing.
        clock: gives the time, with its zone.
        recorder: notes decisions as evidence; without one nothing is noted.
        language: "en" or "zh", for words about rules.
        earlier: the version that goes on for whoever has not agreed to what this one takes away; None where the policy does
            not promise that, or nothing was taken away.
    """

    def __init__(  # noqa: PLR0913 - what the wiring gives
        self,
        policy: Policy,
        *,
        ledger: Kept | None = None,
        keys: Mapping[int, bytes] | None = None,
        roles: Mapping[str, Role] | None = None,
        clock: Callable[[], datetime] = _now,
        recorder: Recorder | None = None,
        language: str = "en",
        earlier: Earlier | None = None,
    ) -> None:
        self.policy = policy
        self.earlier = earlier
        self.table: Table = table(policy)
        self.roles = dict(roles or {})
        self.clock = clock
        self.recorder = recorder
        self.language = language
        self.reader = Reader(self.table.vocabulary, policy.hash)
        self.persons = Persons(ledger, keys or {}, self.reader) if ledger is not None else None
        self._questions: dict[tuple[str, str, tuple[str, ...], str, str], Question] = {}
        self._role = "role" in self.table.facts
        held = tuple(_held(policy))
        self._goes_on = tuple(sorted({purpose for _, rule in held for purpose in rule.purposes}))
        self._waits = next(
            (Decision(False, "forbidden", one.id, rule.id, one.sentences) for one, rule in held),
            Decision(False, "forbidden"),
        )

    def decide(  # noqa: PLR0913 - a question has as many parts
        self,
        actor: str,
        verb: str,
        categories: Categories,
        purpose: str,
        recipient: str = "",
        *,
        person: Person | None = None,
        facts: Facts = NO_FACTS,
    ) -> Ruling:
        """May this be done?

        Args:
            actor: the role that acts ("support"); never a name.
            verb: what is to be done ("read", "share").
            categories: data categories, each of which must be allowed.
            purpose: what for.
            recipient: to whom, "" for nobody.
            person: whose data; None where the question is about nobody in particular.
            facts: what else is known of the case, by fact.

        Raises:
            NotFound: the vocabulary does not know one of the words.
            TrothError: a fact is not a single value, no category is given, or a person is named and no ledger is open.
        """
        if type(categories) is not tuple:
            categories = (categories,) if isinstance(categories, str) else tuple(categories)
        found = self._questions.get((actor, verb, categories, purpose, recipient))
        if found is None:
            found = self._question((actor, verb, categories, purpose, recipient))
        if person is None:
            given = tuple(facts.items())
            try:
                ruling = found.memo[given]
            except (KeyError, TypeError):
                ruling = self._general(found, facts, given)
            if self.recorder is not None:
                self.recorder.note(ruling, "", self.clock())
            return ruling
        return self._personal(found, person, facts)

    def check(  # noqa: PLR0913 - as above
        self,
        actor: str,
        verb: str,
        categories: Categories,
        purpose: str,
        recipient: str = "",
        *,
        person: Person | None = None,
        facts: Facts = NO_FACTS,
    ) -> Ruling:
        """As `decide`, for callers that want an error.

        Raises:
            Refused: it may not be done.
        """
        ruling = self.decide(actor, verb, categories, purpose, recipient, person=person, facts=facts)
        if not ruling.allowed:
            raise Refused(tell(self.policy, ruling, self.language), ruling)
        return ruling

    def _question(self, asked: tuple[str, str, tuple[str, ...], str, str]) -> Question:
        actor, word, words, why, who = asked
        if not words:
            raise TrothError("no data category is named", hint="say which data it is about")
        verb, purpose, recipient = self.table.resolve(word, why, who)
        categories = tuple(self.table.category(one) for one in words)
        programs = tuple(self.table.program((verb, data, purpose, recipient)) for data in categories)
        role, limit = actor, ""
        if self.roles:
            known = self.roles.get(actor)
            role = known.known_as if known else ""
            limits = (
                (known.limit(verb, data, purpose, recipient) for data in categories)
                if known
                else iter([f"`{actor}` is not a declared role"])
            )
            limit = next((one for one in limits if one), "")
        refusal = None
        if limit:
            no = tuple(Decision(False, "not allowed") for _ in categories)
            refusal = Ruling(False, actor, verb, purpose, recipient, categories, no, limit)
        names = tuple(sorted({name for one in programs for name in one.facts}))
        kept = tuple(name for name in names if self.reader.keeps(name))
        timed = any(name.startswith("since-") for name in kept)
        made = Question(
            actor, verb, categories, purpose, recipient, programs, role, refusal, names, kept, timed
        )
        if len(self._questions) >= _QUESTIONS:
            self._questions.clear()
        self._questions[asked] = made
        return made

    def _general(self, asked: Question, facts: Facts, given: tuple[tuple[str, FactValue], ...]) -> Ruling:
        """The answer to a question about nobody in particular."""
        ruling = asked.refusal or self._rule(asked, self._given(asked, facts))
        if len(asked.memo) >= MEMO:
            asked.memo.clear()
        try:
            asked.memo[given] = ruling
        except TypeError:  # a value that is no single value, of a fact that the answer does not depend on
            return ruling
        return ruling

    def _personal(self, asked: Question, person: Person, facts: Facts) -> Ruling:
        if self.persons is None:
            raise TrothError(
                "nothing is known of persons here", hint="open the guard with the ledger of the project"
            )
        subjects = self.persons.subjects(person)
        now = self.clock()
        found = asked.refusal or self._of_person(asked, self.persons.standing(subjects), facts, now)
        if found.allowed and self.earlier is not None:
            found = self._as_agreed(found, self.earlier, person, facts)
        ruling = found if found.allowed else replace(found, named=True)
        if self.recorder is not None:
            self.recorder.note(ruling, subjects[0], now)
        return ruling

    def _as_agreed(self, found: Ruling, earlier: Earlier, person: Person, facts: Facts) -> Ruling:
        """What this version allows, where the person agreed to it or the version before allows it too."""
        if self.persons is None:
            return found
        standing = self.persons.standing(self.persons.subjects(person))
        channel, scope = (str(facts.get(name) or "") for name in ("channel", "scope"))
        ask, now = Ask(found.purpose, found.recipient, channel, scope), self.clock()
        known = {one.fact: self.reader.fact(one.fact, standing, ask, now) for one in tests(earlier.until)}
        if (yes := self.reader.agreed(standing, ask)) is not None:
            known["consent-version"] = "new" if counts(yes.policy, earlier.since) else "old"
        if truth(earlier.until, known) is True:
            return found
        try:
            old = earlier.guard.decide(
                found.actor,
                found.verb,
                found.categories,
                found.purpose,
                found.recipient,
                person=person,
                facts=facts,
            ).allowed
        except NotFound:  # the version before has no word for it, and so allows none of it
            old = False
        no = tuple(Decision(False, "not allowed") for _ in found.decisions)
        return found if old else replace(found, allowed=False, decisions=no, limit=_NOT_AGREED)

    def _of_person(self, asked: Question, standing: Standing, facts: Facts, now: datetime) -> Ruling:
        fixed = not asked.timed and not any(limit.until for limit in standing.limits)
        key = (asked, tuple(facts.items()))
        try:
            found = standing.memo.get(key) if fixed else None
        except TypeError:
            fixed, found = False, None
        if isinstance(found, Ruling):
            return found
        given = self._given(asked, facts)
        channel, scope, place = (str(given.get(name) or "") for name in ("channel", "scope", "table"))
        ask = Ask(asked.purpose, asked.recipient, channel, scope, place)
        ruling = self._weigh(asked, standing, given, ask, now)
        if fixed:
            if len(standing.memo) >= MEMO:
                standing.memo.clear()
            standing.memo[key] = ruling
        return ruling

    def _weigh(
        self, asked: Question, standing: Standing, given: dict[str, FactValue], ask: Ask, now: datetime
    ) -> Ruling:
        known = dict(given)
        every: list[dict[str, FactValue]] = [known]
        for name in asked.kept:
            if name not in SEVERAL:
                known[name] = _stricter(name, self.reader.fact(name, standing, ask, now), given.get(name))
        for name in SEVERAL.intersection(asked.kept):
            values = [
                *self.reader.several(name, standing, ask, now),
                *([given[name]] if given.get(name) else []),
            ]
            real = [one for one in dict.fromkeys(values) if one != "none"] or ["none"]
            every = [{**one, name: value} for one in every for value in real]
        ruling = min((self._rule(asked, one) for one in every), key=_gravity)
        if ruling.decisive.answer == "forbidden" or asked.verb in _RESTING:
            return ruling
        stopped = self.reader.stopped(standing, ask, now, self._goes_on)
        if stopped is None:
            return ruling
        no = self._waits if stopped[0].action == "hold" else Decision(False, "forbidden")
        return replace(
            ruling, allowed=False, decisions=tuple(no for _ in ruling.decisions), limit=_stop(*stopped)
        )

    def _given(self, asked: Question, facts: Facts) -> dict[str, FactValue]:
        """What the caller says, in canonical words, with the role that acts."""
        known = dict(self.table.canonical(facts)) if facts else {}
        for name in tuple(known):
            term = self.table.vocabulary.find("fact", name)
            if term is not None and term.key != name:
                known.setdefault(term.key, self.table.canonical({term.key: known[name]})[term.key])
        if self._role and (self.roles or asked.role in self._role_words()):
            known["role"] = asked.role
        return known

    def _role_words(self) -> tuple[str, ...]:
        term = self.table.vocabulary.find("fact", "role")
        return term.values if term else ()

    def _rule(self, asked: Question, facts: Facts) -> Ruling:
        decisions = tuple([one.decide(facts) for one in asked.programs])
        allowed = all(one.allowed for one in decisions)
        return Ruling(
            allowed, asked.actor, asked.verb, asked.purpose, asked.recipient, asked.categories, decisions
        )


def _stricter(name: str, kept: FactValue, given: FactValue) -> FactValue:
    """What the ledger says, unless the caller knows something that speaks against the use."""
    if name == "consent" and given in _ADVERSE:
        return given
    event = name.partition(".")[0]
    if given is True and (event in _WORSE or event.endswith("opt-out")):
        return True
    return kept


def _held(policy: Policy) -> Iterator[tuple[Promise, Rule]]:
    """The rules that say what goes on while an erasure waits, with their promises."""
    for promise in policy.promises:
        for rule in promise.rules if promise.draft is None else ():
            for held in rule.held:
                if held.mode == "only":
                    yield promise, held


def _gravity(ruling: Ruling) -> int:
    """Where a fact has several values at once, a prohibition that one of them meets counts before all else."""
    return ("forbidden", "unknown", "allowed", "not allowed").index(ruling.decisive.answer)


_STOPPED = {
    "object": "the person objected",
    "suppress": "the person does not want to be written to for this, by an objection or opt-out",
    "hold": "the data of this person is kept for a hold only",
}


def _stop(limit: Limit, allowed: tuple[str, ...]) -> str:
    """What stops a use, in words."""
    what = _STOPPED.get(limit.action, "the data of this person is restricted")
    why = f" ({limit.reason})" if limit.reason and limit.reason != "objection" else ""
    return what + why + (f"; it may only be used for {', '.join(allowed)}" if allowed else "")
