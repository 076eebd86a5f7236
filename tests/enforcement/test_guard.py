"""The guard: what the ledger says of a person and what the policy says of the case, against a slow fold and interpreter."""

from __future__ import annotations

import itertools
import json
import threading
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.decision import strategies as policies
from tests.decision.oracle import Ask as Asked
from tests.decision.oracle import Oracle
from tests.house.tree import HOUSE
from troth.enforcement.guard import Guard
from troth.enforcement.record import Recorder
from troth.enforcement.roles import read_roles
from troth.enforcement.ruling import Refused, as_json, tell
from troth.enforcement.standing import Ask
from troth.evidence.acceptance import ACCEPTANCES
from troth.evidence.keyring import KeyRing, create, rotate
from troth.evidence.ledger import Kept
from troth.evidence.open import open_ledger
from troth.evidence.pseudonym import pseudonym
from troth.evidence.restriction import RESTRICTIONS
from troth.evidence.state import CONSENTS, REQUESTS
from troth.model.condition import FactValue
from troth.model.condition import tests as comparisons
from troth.model.entry import Entry, utc
from troth.model.errors import NotFound, TrothError
from troth.model.outcome import Identity, Person
from troth.model.policy import Policy, vocabulary_of
from troth.model.vocabulary import Vocabulary
from troth.policy.bind import compile_file

NOW = datetime(2026, 11, 22, 12, tzinfo=UTC)
PROJECTIONS = (CONSENTS, REQUESTS, RESTRICTIONS, ACCEPTANCES)
SAMPLES = sorted(path.parent.name for path in (HOUSE / "samples").glob("*/policy.troth.md"))
RING = create("guard.example/troth")
numbers = itertools.count(1)


def small(*rules: str) -> Policy:
    """A policy of one promise with these rules."""
    text = [
        "+++",
        'provider = "Small"',
        'version = "1"',
        "+++",
        "",
        "We keep our promises. {#s1 p}",
        "",
        "```troth",
    ]
    text += ['promise p use "Rules"', *(f"  {rule}" for rule in rules), "  prove access-decision", "```", ""]
    return compile_file("\n".join(text).encode(), "small.troth.md").policy


def person(name: str) -> Person:
    """A person known by an address."""
    return Person((Identity("email", f"{name}@example.com"),))


def subject(name: str, ring: KeyRing = RING) -> str:
    """The pseudonym that entries know the person by."""
    return pseudonym(ring.pseudonym, "email", f"{name}@example.com")


def entry(name: str, kind: str, action: str, /, **more: Any) -> Entry:
    """An entry about a person; `outcome`, `policy` and `object` are fields, all else is detail."""
    fields: dict[str, Any] = {key: more.pop(key) for key in ("outcome", "policy", "object") if key in more}
    return Entry(
        time=utc(NOW), kind=kind, actor="dpo", action=action, subject=subject(name), detail=more, **fields
    )


@pytest.fixture
def ledger(tmp_path: Path) -> Iterator[Kept]:
    """An empty ledger."""
    with open_ledger(str(tmp_path / "ledger.db"), signer=RING.signer, projections=PROJECTIONS) as opened:
        yield opened


@pytest.fixture(scope="module")
def shared(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Kept]:
    """A ledger for many examples, each about a person of its own."""
    place = tmp_path_factory.mktemp("guard") / "ledger.db"
    with open_ledger(str(place), signer=RING.signer, projections=PROJECTIONS) as opened:
        yield opened


def guarded(policy: Policy, ledger: Kept | None, **more: object) -> Guard:
    """A guard at a fixed time."""
    return Guard(policy, ledger=ledger, keys=RING.pseudonym, clock=lambda: NOW, **more)  # type: ignore[arg-type]


FACTUAL = small("may use name for support")


# the slow reading of a ledger: every entry anew for every question


@dataclass(frozen=True)
class Fold:
    """What the entries about one person say."""

    vocabulary: Vocabulary
    entries: Sequence[Entry]

    def below(self, purpose: str) -> frozenset[str]:
        """A purpose and all it covers."""
        return self.vocabulary.covers("purpose", purpose)

    def consents(self) -> dict[tuple[str, str], tuple[int, str]]:
        """The last word on each purpose and scope."""
        states = {"give": "given", "refuse": "refused", "withdraw": "withdrawn", "expire": "expired"}
        said: dict[tuple[str, str], tuple[int, str]] = {}
        for number, one in enumerate(self.entries):
            if one.kind == "consent":
                said[one.detail["purpose"], one.detail.get("scope", "")] = (number, states[one.action])
        return said

    def consent(self, purpose: str, channel: str) -> str | None:
        """The state of the consent, one word at a time."""
        said = self.consents()
        yes = [
            (number, what, scope)
            for (what, scope), (number, state) in said.items()
            if state == "given" and purpose in self.below(what) and scope in {"", channel}
        ]
        standing = []
        for (what, scope), (number, state) in said.items():
            if state == "given" or not (purpose in self.below(what) or what in self.below(purpose)):
                continue
            # A no on one channel bites also where a broader one is asked about.
            if scope and channel and scope not in self.vocabulary.covers("channel", channel):
                continue
            later = [
                1
                for when, of, on in yes
                if when > number and of in self.below(what) and (not scope or scope == on)
            ]
            if not later:
                standing.append((number, state))
        if standing:
            return max(standing)[1]
        return "given" if yes else None

    def objected(self, purpose: str) -> bool:
        """Whether an objection to the purpose, or to more or less than it, was not released."""
        return any(
            one["action"] == "object" and self.meets(one["purpose"], purpose)
            for one in self.running().values()
        )

    def running(self) -> dict[tuple[str, str], dict[str, object]]:
        """The restrictions that were not released, by purpose and reason."""
        found: dict[tuple[str, str], dict[str, object]] = {}
        for one in self.entries:
            key = (str(one.detail.get("purpose", "")), str(one.detail.get("reason", "")))
            if one.kind == "restricted":
                found[key] = {**one.detail, "action": one.action, "purpose": key[0]}
            elif one.kind == "released":
                found.pop(key, None)
        ended = [
            key
            for key, one in found.items()
            if one["action"] != "hold" and one.get("until", "9") <= utc(NOW)  # type: ignore[operator]
        ]
        return {key: one for key, one in found.items() if key not in ended}

    def meets(self, one: object, purpose: str) -> bool:
        """Whether two purposes have to do with each other."""
        return not one or purpose in self.below(str(one)) or str(one) in self.below(purpose)

    def opted_out(self, purpose: str) -> bool:
        """Whether the person said no to all of a purpose."""
        said = {what: word for (what, scope), word in self.consents().items() if not scope}
        for what, (number, state) in said.items():
            if state in {"refused", "withdrawn"} and purpose in self.below(what):
                later = [
                    1
                    for other, (when, then) in said.items()
                    if then == "given"
                    and when > number
                    and other in self.below(what)
                    and purpose in self.below(other)
                ]
                if not later:
                    return True
        return any(
            one["action"] == "object" and (not one["purpose"] or purpose in self.below(str(one["purpose"])))
            for one in self.running().values()
        )

    def facts(self, purpose: str, told: Mapping[str, FactValue]) -> dict[str, FactValue]:
        """The facts of the case: what the ledger says, and of what the caller says only what it does not keep."""
        consent = self.consent(purpose, str(told.get("channel") or ""))
        no = consent in {"refused", "withdrawn"} or self.objected(purpose)
        held = any(
            one["action"] == "hold" and self.meets(one["purpose"], purpose) for one in self.running().values()
        )
        claimed = told.get("consent") if told.get("consent") in {"refused", "withdrawn"} else None
        return {
            **told,
            "consent": claimed or consent,
            "opt-out": no or told.get("opt-out") is True,
            "opt-out.newsletter": self.opted_out("newsletter") or told.get("opt-out.newsletter") is True,
            "held": held or told.get("held") is True,
        }

    def stopped(self, purpose: str, goes_on: set[str]) -> bool:
        """Whether a restriction stops the purpose; several holds let the purposes of each go on."""
        holds: list[set[str]] = []
        for one in self.running().values():
            if not self.meets(one["purpose"], purpose):
                continue
            allowed = {inner for word in one.get("allowed", ()) for inner in self.below(word)}  # type: ignore[attr-defined]
            if one["action"] == "hold":
                holds.append(allowed or {inner for word in goes_on for inner in self.below(word)})
            elif purpose not in allowed:
                return True
        return bool(holds) and purpose not in set().union(*holds)


words = st.sampled_from(("purpose", "direct-marketing", "newsletter", "newsletter", "account-management"))
said = st.builds(
    lambda action, purpose, scope: (
        "consent",
        action,
        {"purpose": purpose} | ({"scope": scope} if scope else {}),
    ),
    st.sampled_from(("give", "give", "refuse", "withdraw", "expire")),
    words,
    st.sampled_from(("", "", "email", "post")),
)
limits = st.builds(
    lambda kind, action, detail: (kind, action, {key: value for key, value in detail.items() if value}),
    st.sampled_from(("restricted", "restricted", "released")),
    st.sampled_from(("restrict", "object", "hold")),
    st.fixed_dictionaries(
        {
            "purpose": st.sampled_from(("", *policies.PURPOSES)),
            "reason": st.sampled_from(("dispute", "objection", "")),
            "allowed": st.lists(words, max_size=2, unique=True),
            "until": st.sampled_from(("", utc(NOW - timedelta(days=1)), utc(NOW + timedelta(days=1)))),
        }
    ),
)


@settings(max_examples=120, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(policies.policies, st.lists(st.one_of(said, said, limits), max_size=6), policies.asks, policies.facts)
def test_guard_agrees_with_the_slow_reading(
    shared: Kept,
    policy: Policy,
    events: list[tuple[str, str, dict[str, object]]],
    ask: Asked,
    told: dict[str, FactValue],
) -> None:
    """The guard answers as the interpreter of the policy does on the facts that a fold of all entries gives."""
    name = f"p{next(numbers)}"
    entries = [entry(name, kind, action, **dict(detail)) for kind, action, detail in events]
    if entries:
        shared.append(entries)
    verb, data, purpose, recipient = ask
    ruling = guarded(policy, shared).decide(
        "support", verb, data, purpose, recipient, person=person(name), facts=told
    )
    fold = Fold(vocabulary_of(policy), entries)
    expected = Oracle(policy, vocabulary_of(policy)).decide(ask, fold.facts(purpose, told))
    goes_on = {
        one
        for promise in policy.promises
        if promise.draft is None
        for rule in promise.rules
        for held in rule.held
        if held.mode == "only"
        for one in held.purposes
    }
    stopped = verb not in {"store", "retain"} and fold.stopped(purpose, goes_on)
    if expected.answer != "forbidden" and stopped:
        assert (ruling.allowed, ruling.decisive.answer) == (False, "forbidden")
        assert ruling.limit
    else:
        assert (ruling.decisive.answer, ruling.decisive.rule) == (expected.answer, expected.rule)


@pytest.mark.parametrize("word", ["payment-card-number", "bank-card-number", "bank-card"])
def test_synonyms_are_one_word(word: str) -> None:
    """A category under another name is answered as under its own, also by what an `only` leaves and by a narrower word."""
    broad = guarded(small("only use personal-data for support"), None)
    assert broad.decide("a", "use", word, "support").allowed
    assert broad.decide("a", "use", word, "newsletter").decisive.answer == "forbidden"
    narrow = guarded(small("may use personal-data for support", f"never use {word} for support"), None)
    assert narrow.decide("a", "use", "credit-card-number", "support").decisive.answer == "forbidden"
    assert narrow.decide("a", "use", "payment-card-number", "support").decisive.answer == "forbidden"


@pytest.mark.parametrize(
    ("purpose", "answer"), [("purpose", "forbidden"), ("newsletter", "allowed"), ("support", "forbidden")]
)
def test_broader_word_ends_nothing(purpose: str, answer: str) -> None:
    """What a prohibition holds until ends it for that purpose and narrower ones, and for no request that is vaguer."""
    guard = guarded(small("may use name", "never use name until purpose is direct-marketing"), None)
    assert guard.decide("a", "use", "name", purpose).decisive.answer == answer


@settings(max_examples=250, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow])
@given(st.lists(st.one_of(said, said, said, limits), max_size=8))
def test_facts_agree_with_the_slow_reading(
    shared: Kept, events: list[tuple[str, str, dict[str, object]]]
) -> None:
    """The facts of a person are those that a fold of all entries gives, for every purpose and channel."""
    name = f"f{next(numbers)}"
    entries = [entry(name, kind, action, **dict(detail)) for kind, action, detail in events]
    if entries:
        shared.append(entries)
    guard = guarded(FACTUAL, shared)
    assert guard.persons is not None
    standing = guard.persons.standing(guard.persons.subjects(person(name)))
    fold = Fold(vocabulary_of(FACTUAL), entries)
    for purpose, channel in itertools.product(policies.PURPOSES, ("", "email", "post")):
        expected = fold.facts(purpose, {"channel": channel})
        ask = Ask(purpose, channel=channel)
        found = {name: guard.reader.fact(name, standing, ask, NOW) for name in expected if name != "channel"}
        assert found | {"channel": channel} == expected


# consent and its withdrawal


def test_withdrawal_counts_at_once(ledger: Kept, tmp_path: Path) -> None:
    """A withdrawal that another process records refuses the next question, and one about somebody else changes nothing."""
    guard = guarded(small("may use email-address for newsletter on consent"), ledger)
    asked = ("application", "use", "email-address", "newsletter")
    before = guard.decide(*asked, person=person("ann"))
    assert (before.allowed, before.decisive.missing) == (False, ("consent",))
    ledger.append([entry("ann", "consent", "give", purpose="newsletter")])
    assert guard.decide(*asked, person=person("ann")).allowed
    with open_ledger(str(tmp_path / "ledger.db"), signer=RING.signer, projections=PROJECTIONS) as other:
        other.append([entry("bob", "consent", "refuse", purpose="newsletter")])
        assert guard.decide(*asked, person=person("ann")).allowed
        other.append([entry("ann", "consent", "withdraw", purpose="direct-marketing")])
        after = guard.decide(*asked, person=person("ann"))
        assert not after.allowed
        other.append([entry("ann", "consent", "give", purpose="newsletter")])
    assert guard.decide(*asked, person=person("ann")).allowed


def test_threads_never_see_an_old_consent(ledger: Kept) -> None:
    """While threads keep asking, an answer that begins after a change was durable never rests on what was before it."""
    guard = guarded(small("may use email-address for newsletter on consent"), ledger)
    asked = ("application", "use", "email-address", "newsletter")
    stop = threading.Event()
    failures: list[str] = []

    def ask() -> None:
        while not stop.is_set():
            for name in ("ann", "bob", "cid"):
                try:
                    guard.decide(*asked, person=person(name))
                except TrothError as error:
                    failures.append(error.message)

    threads = [threading.Thread(target=ask) for _ in range(3)]
    for thread in threads:
        thread.start()
    try:
        for number in range(120):
            name, agrees = ("ann", "bob", "cid")[number % 3], bool(number // 3 % 2)
            ledger.append([entry(name, "consent", "give" if agrees else "withdraw", purpose="newsletter")])
            assert guard.decide(*asked, person=person(name)).allowed is agrees
    finally:
        stop.set()
        for thread in threads:
            thread.join()
    assert failures == []


def test_ledger_in_postgres(postgres_url: str) -> None:
    """On a ledger in PostgreSQL the guard answers the same: consents, forms, restrictions, versions."""
    policy = small(
        "may use email-address for newsletter on explicit-consent",
        "may use name for support if version-accepted is current",
    )
    with open_ledger(postgres_url, signer=RING.signer, projections=PROJECTIONS) as ledger:
        guard = guarded(policy, ledger)

        def may(data: str, purpose: str) -> bool:
            return guard.decide("a", "use", data, purpose, person=person("ann")).allowed

        assert (may("email-address", "newsletter"), may("name", "support")) == (False, False)
        ledger.append(
            [
                entry("ann", "consent", "give", purpose="newsletter", form="explicit"),
                entry("ann", "acceptance", "accept", policy=policy.hash),
            ]
        )
        assert (may("email-address", "newsletter"), may("name", "support")) == (True, True)
        ledger.append([entry("ann", "restricted", "restrict", reason="accuracy", allowed=["support"])])
        assert (may("email-address", "newsletter"), may("name", "support")) == (False, True)


def test_caller_can_not_claim_a_consent(ledger: Kept) -> None:
    """A consent that the ledger does not know is not there, whatever the caller says; a refusal it says counts."""
    guard = guarded(small("may use email-address for newsletter on consent"), ledger)
    asked = ("application", "use", "email-address", "newsletter")
    assert not guard.decide(*asked, person=person("ann"), facts={"consent": "given"}).allowed
    ledger.append([entry("ann", "consent", "give", purpose="newsletter")])
    assert not guard.decide(*asked, person=person("ann"), facts={"consent": "withdrawn"}).allowed
    assert guard.decide(*asked, facts={"consent": "given"}).allowed


def test_explicit_consent(ledger: Kept) -> None:
    """What needs explicit consent is allowed only where the entry says that it was."""
    guard = guarded(small("may use email-address for newsletter on explicit-consent"), ledger)
    asked = ("application", "use", "email-address", "newsletter")
    ledger.append([entry("ann", "consent", "give", purpose="newsletter")])
    assert not guard.decide(*asked, person=person("ann")).allowed
    ledger.append([entry("ann", "consent", "give", purpose="newsletter", form="explicit")])
    assert guard.decide(*asked, person=person("ann")).allowed


def test_consent_to_one_channel(ledger: Kept) -> None:
    """A yes to one channel is a yes to that channel; a no to one channel counts as long as the channel is not named."""
    guard = guarded(small("may use email-address for newsletter on consent"), ledger)
    asked = ("application", "use", "email-address", "newsletter")
    ledger.append([entry("ann", "consent", "give", purpose="newsletter", scope="email")])
    assert guard.decide(*asked, person=person("ann"), facts={"channel": "email"}).allowed
    assert not guard.decide(*asked, person=person("ann"), facts={"channel": "post"}).allowed
    assert not guard.decide(*asked, person=person("ann")).allowed
    ledger.append([entry("bob", "consent", "give", purpose="newsletter")])
    ledger.append([entry("bob", "consent", "withdraw", purpose="newsletter", scope="email")])
    assert guard.decide(*asked, person=person("bob"), facts={"channel": "post"}).allowed
    assert not guard.decide(*asked, person=person("bob"), facts={"channel": "email"}).allowed
    assert not guard.decide(*asked, person=person("bob")).allowed


def test_older_keys_and_several_identities(tmp_path: Path) -> None:
    """What was recorded under an older key, or about another identity of the same person, counts too."""
    newer = rotate(RING, "pseudonym")
    with open_ledger(str(tmp_path / "l.db"), signer=RING.signer, projections=PROJECTIONS) as ledger:
        ledger.append([entry("ann", "consent", "give", purpose="newsletter")])
        policy = small("may use email-address for newsletter on consent")
        guard = Guard(policy, ledger=ledger, keys=newer.pseudonym, clock=lambda: NOW)
        asked = ("application", "use", "email-address", "newsletter")
        assert guard.decide(*asked, person=person("ann")).allowed
        both = Person((Identity("login", "ann"), Identity("email", "ANN@example.com")))
        assert guard.decide(*asked, person=both).allowed
        login = pseudonym(newer.pseudonym, "login", "ann")
        ledger.append(
            [
                Entry(
                    time=utc(NOW), kind="consent", actor="dpo", action="withdraw", subject=login,
                    detail={"purpose": "newsletter"},
                )
            ]
        )  # fmt: skip
        assert not guard.decide(*asked, person=both).allowed


def consented(policy: Policy) -> Iterator[tuple[tuple[str, str, str, str], dict[str, FactValue]]]:
    """Points of a policy that rest on consent, with facts that meet the other conditions of their rule."""
    guard = Guard(policy)
    for norm in guard.table.norms:
        needed = list(comparisons(norm.condition))
        if not norm.allow or not any(test.fact == "consent" for test in needed):
            continue
        facts: dict[str, FactValue] = {
            test.fact: test.values[0] for test in needed if test.op == "in" and test.fact != "consent"
        }
        verbs = sorted(norm.verbs)
        for recipient in sorted(norm.recipients - {"*"})[:2] or [""]:
            data = sorted(norm.data - {"*"})[:2]
            for one, purpose in itertools.product(data, sorted(norm.purposes - {"*"})[:2]):
                yield (verbs[0], one, purpose, recipient), facts


@pytest.mark.parametrize("name", SAMPLES)
def test_samples_rest_on_consent(name: str, ledger: Kept) -> None:
    """In every sample, what a permission on consent allows ends with the withdrawal of the consent."""
    path = HOUSE / "samples" / name / "policy.troth.md"
    guard = guarded(compile_file(path.read_bytes(), str(path)).policy, ledger)
    allowed = 0
    for number, ((verb, data, purpose, recipient), facts) in enumerate(consented(guard.policy)):
        who = person(f"c{number}")
        ledger.append([entry(f"c{number}", "consent", "give", purpose=purpose, form="explicit")])
        if not guard.decide("application", verb, data, purpose, recipient, person=who, facts=facts).allowed:
            continue
        ledger.append([entry(f"c{number}", "consent", "withdraw", purpose=purpose)])
        after = guard.decide("application", verb, data, purpose, recipient, person=who, facts=facts)
        others = [norm for norm in guard.table.norms if norm.rule == after.decisive.rule]
        if after.allowed:  # another promise allows the same without consent
            assert all(test.fact != "consent" for norm in others for test in comparisons(norm.condition))
        else:
            allowed += 1
        if number > 150:
            break
    assert allowed > 0


# restrictions, roles, versions


def test_hold_lets_its_purposes_go_on(ledger: Kept) -> None:
    """While an erasure waits, only the purposes of the hold go on, until it is released."""
    guard = guarded(
        small("may use order-information for payment-management, direct-marketing, customer-care"), ledger
    )

    def may(purpose: str, **facts: FactValue) -> bool:
        return guard.decide(
            "a", "use", "order-information", purpose, person=person("ann"), facts=facts
        ).allowed

    assert may("direct-marketing")
    hold = {"reason": "open-order", "allowed": ["payment-management"]}
    ledger.append([entry("ann", "restricted", "hold", object="shop.orders", **hold)])
    assert may("payment-management")
    assert not may("direct-marketing")
    assert may("direct-marketing", table="shop.customer")
    ledger.append([entry("ann", "restricted", "hold", reason="dispute", allowed=["customer-care"])])
    assert (may("payment-management"), may("customer-care"), may("direct-marketing")) == (True, True, False)
    ledger.append([entry("ann", "released", "release", reason="dispute")])
    ledger.append([entry("ann", "released", "release", reason="open-order", object="shop.orders")])
    assert may("direct-marketing")


def test_restriction_leaves_storage(ledger: Kept) -> None:
    """Restricted data may be kept and not used, and the refusal says so without a value."""
    guard = guarded(small("may process email-address for account-management"), ledger)
    ledger.append([entry("ann", "restricted", "restrict", reason="accuracy")])
    assert guard.decide("a", "retain", "email-address", "account-management", person=person("ann")).allowed
    with pytest.raises(Refused) as caught:
        guard.check("a", "use", "email-address", "account-management", person=person("ann"))
    assert "restricted (accuracy)" in caught.value.message
    assert "ann" not in json.dumps(caught.value.told.as_json())


def test_objection_is_told_by_the_ledger(ledger: Kept) -> None:
    """An objection to a purpose stops it and leaves the others, and follows the person to a new address."""
    guard = guarded(
        small("may use email-address for direct-marketing, account-management if not opted-out"), ledger
    )

    def may(name: str, purpose: str) -> bool:
        return guard.decide("a", "use", "email-address", purpose, person=person(name)).allowed

    assert may("ann", "direct-marketing")
    assert may("new", "direct-marketing")
    ledger.append([entry("ann", "restricted", "object", purpose="direct-marketing", reason="objection")])
    assert (may("ann", "direct-marketing"), may("ann", "account-management")) == (False, True)
    renamed = [[subject("ann"), subject("new")]]
    ledger.append([entry("ann", "rectified", "rectify", outcome="done", renamed=renamed)])
    assert not may("new", "direct-marketing")


def test_state_of_an_objection(ledger: Kept) -> None:
    """An objection is pending while it is weighed, upheld when it stays, and gone when it was released."""
    guard = guarded(FACTUAL, ledger)

    def state() -> FactValue:
        assert guard.persons is not None
        standing = guard.persons.standing(guard.persons.subjects(person("ann")))
        return guard.reader.fact("objection", standing, Ask("direct-marketing"), NOW)

    assert state() == "none"
    ledger.append([entry("ann", "request", "object", outcome="received", request="R-1")])
    assert state() is None
    ledger.append([entry("ann", "restricted", "restrict", reason="objection-pending")])
    assert state() == "pending"
    ledger.append([entry("ann", "request", "object", outcome="done", request="R-1")])
    ledger.append([entry("ann", "released", "release", reason="objection-pending")])
    assert state() == "none"
    ledger.append([entry("ann", "restricted", "object", purpose="marketing", reason="objection")])
    assert state() == "upheld"


def test_opt_out_kinds_all_count(ledger: Kept) -> None:
    """Who opted out of two things is met by rules about either."""
    rules = [
        "may use email-address for direct-marketing, advertising",
        "never use email-address for advertising if opt-out-kind in [advertising, all]",
        "never use email-address for direct-marketing if opt-out-kind is newsletter",
    ]
    guard = guarded(small(*rules), ledger)
    ledger.append([entry("ann", "consent", "withdraw", purpose=one) for one in ("newsletter", "advertising")])
    for purpose in ("advertising", "direct-marketing"):
        assert (
            guard.decide("a", "use", "email-address", purpose, person=person("ann")).decisive.answer
            == "forbidden"
        )
        assert guard.decide("a", "use", "email-address", purpose, person=person("bob")).allowed


def test_versions(ledger: Kept) -> None:
    """A use that is new counts only for people who accepted the version that says it."""
    policy = small("may use email-address for analytics if version-accepted is current")
    guard = guarded(policy, ledger)
    asked = ("a", "use", "email-address", "analytics")
    ledger.append([entry("ann", "acceptance", "accept", policy="ab" * 32)])
    assert not guard.decide(*asked, person=person("ann")).allowed
    ledger.append([entry("ann", "acceptance", "accept", policy=policy.hash)])
    assert guard.decide(*asked, person=person("ann")).allowed


def test_time_passes(ledger: Kept) -> None:
    """A period that counts from a withdrawal ends when it ends."""
    policy = small("may retain consent-record for consent-management until 30 days after consent-withdrawn")
    at = [NOW]
    guard = Guard(policy, ledger=ledger, keys=RING.pseudonym, clock=lambda: at[0])
    asked = ("a", "retain", "consent-record", "consent-management")
    ledger.append([entry("ann", "consent", "withdraw", purpose="purpose")])
    assert guard.decide(*asked, person=person("ann")).allowed
    at[0] = NOW + timedelta(days=31)
    assert not guard.decide(*asked, person=person("ann")).allowed


def test_roles_take_away() -> None:
    """A role may do no more than it declares, and no more than the policy permits."""
    policy = small(
        "may use contact for support, direct-marketing", "never use email-address for direct-marketing"
    )
    table = {"support": {"purposes": ["support"], "data": ["email-address"], "verbs": ["read"]}}
    guard = Guard(policy, roles=read_roles(table, vocabulary_of(policy)))

    def why(actor: str, verb: str, data: str, purpose: str) -> str:
        ruling = guard.decide(actor, verb, data, purpose)
        return "" if ruling.allowed else tell(policy, ruling).answer

    assert why("support", "read", "email-address", "support") == ""
    assert "may not act for `direct-marketing`" in why("support", "read", "email-address", "direct-marketing")
    assert "may not touch `telephone-number`" in why("support", "read", "telephone-number", "support")
    assert "may not analyse" in why("support", "analyse", "email-address", "support")
    assert "not a declared role" in why("intern", "read", "email-address", "support")


@pytest.mark.parametrize(
    ("table", "error"),
    [
        ({"purposes": ["support"]}, "does not say its data"),
        ({"purposes": ["supprot"], "data": []}, "not a known purpose"),
        ({"purposes": "support", "data": []}, "list of words"),
        ({"purposes": [], "data": [], "verbs": ["erase"]}, "not an act on data"),
        ({"purposes": [], "data": [], "may": []}, "nothing the role"),
        ({"purposes": [], "data": [], "as": 1}, "is a word"),
    ],
)
def test_bad_roles(table: dict[str, object], error: str) -> None:
    """A role that can not be meant is refused with what to write."""
    with pytest.raises(TrothError, match=error) as caught:
        read_roles({"support": table}, vocabulary_of(small("may use name for support")))
    assert caught.value.hint


# words


def test_refusals_say_what_would_be_needed(ledger: Kept) -> None:
    """A refusal cites its sentence and says what would allow it, in words."""
    rules = [
        "may use email-address for newsletter on consent",
        "may use name for support if case-open",
        "never share name to data-processor",
        "  except agreed: agreement is in-force",
    ]
    policy = small(*rules)
    guard = guarded(policy, ledger)
    missing = tell(policy, guard.decide("a", "use", "email-address", "newsletter", person=person("ann")))
    assert missing.sentence == "We keep our promises."
    assert "`consent` (state of the person's consent for the purpose)" in missing.hint
    unmet = tell(policy, guard.decide("a", "use", "name", "support", facts={"case-open": False}))
    assert "it would be allowed by: " in unmet.hint
    exception = tell(
        policy,
        guard.decide("a", "share", "name", "support", "data-processor", facts={"agreement": "missing"}),
    )
    assert "`agreed`" in exception.hint
    silent = tell(policy, guard.decide("a", "use", "email-address", "support"))
    assert silent.hint == "it is permitted for newsletter, as the promises say"
    shape = as_json(policy, guard.decide("a", "use", "name", "support", facts={"case-open": True}))
    assert (shape["allowed"], shape["sentences"], shape["hint"]) == (True, ["s1"], "")


def test_a_hint_names_only_what_would_be_permitted(ledger: Kept) -> None:
    """No purpose is offered that a prohibition, or another recipient, refuses; who may by an `only` rule is told."""
    policy = small(
        "may share name for backup to data-processor",
        "may share name for support to partner",
        "never sell personal-data",
        "only use invoice-information for payment-management if role is billing",
    )
    guard = guarded(policy, ledger)

    def hint(*asked: str, **facts: str) -> str:
        return tell(policy, guard.decide("a", *asked, facts=facts)).hint

    assert (
        hint("sell", "name", "support", "partner") == "the policy would have to change; see the promise `p`"
    )
    assert hint("share", "name", "backup", "partner") == "it is permitted for support, as the promises say"
    assert hint("share", "name", "backup", "advertiser").startswith("the policy would have to say it")
    only = hint("use", "invoice-information", "payment-management", role="support")
    assert only.startswith("it would be allowed by: ")
    assert "role of the actor is billing" in only
    other = hint("use", "invoice-information", "newsletter", role="billing")
    assert other == "it is permitted for payment-management, as the promises say"


def test_a_hint_says_when_it_is_forbidden(ledger: Kept) -> None:
    """No purpose is offered that the same prohibition refuses; what it depends on is told."""
    text = small("may use name for support, newsletter", "never use name for newsletter if opted-out")
    held = ["when request-erase", "  must erase name within 30 days", "    hold open: order-status is open"]
    held += ["    while held only use for [order-processing]"]
    stopped = small("may use name for support, newsletter", *held)

    def hint(policy: Policy, purpose: str, **facts: FactValue) -> str:
        return tell(policy, guarded(policy, ledger).decide("a", "use", "name", purpose, facts=facts)).hint

    said = hint(text, "newsletter", **{"opted-out": True})
    assert said == "it is forbidden while opted out; it is permitted for support, as the promises say"
    assert hint(stopped, "support", held=True) == "it is forbidden while on hold"
    assert hint(small("never use name"), "support").startswith("the policy would have to change")


def test_words_that_nobody_knows(ledger: Kept) -> None:
    """Unknown words, lists of facts and persons without a ledger are refused with advice."""
    guard = guarded(small("may use name for support by email"), ledger)
    for asked in (("usee", "name", "support"), ("use", "nmae", "support"), ("use", "name", "supprot")):
        with pytest.raises(NotFound):
            guard.decide("a", *asked)
    with pytest.raises(TrothError, match="no data category"):
        guard.decide("a", "use", (), "support")
    with pytest.raises(TrothError, match="not a single value"):
        guard.decide("a", "use", "name", "support", facts={"channel": ["email"]})  # type: ignore[dict-item]
    with pytest.raises(TrothError, match="nothing is known of persons"):
        Guard(guard.policy).decide("a", "use", "name", "support", person=person("ann"))
    with pytest.raises(TrothError, match="no identity"):
        guard.decide("a", "use", "name", "support", person=Person(()))


def test_ledger_without_the_tables(tmp_path: Path) -> None:
    """A ledger that keeps no restrictions can not answer for anybody, and says so."""
    with (
        open_ledger(str(tmp_path / "l.db"), signer=RING.signer, projections=(CONSENTS, REQUESTS)) as opened,
        pytest.raises(TrothError, match="restriction_state"),
    ):
        guarded(small("may use name for support"), opened)


# evidence


def test_recorded(ledger: Kept) -> None:
    """Every refusal is an entry of its own, allowed questions are counted, and nobody is named."""
    policy = small("may use name for support", "may use email-address for newsletter on consent")
    at = [NOW]
    recorder = Recorder(ledger, policy.hash, every=10)
    guard = Guard(policy, ledger=ledger, keys=RING.pseudonym, clock=lambda: at[0], recorder=recorder)
    for _ in range(3):
        guard.decide("support", "use", "name", "support", person=person("ann"))
        guard.decide("support", "use", "email-address", "newsletter", person=person("ann"))
    assert ledger.size() == 0
    at[0] = NOW + timedelta(seconds=11)
    guard.decide("support", "use", "name", "support")
    found = list(ledger.read())
    assert [(one.outcome, one.subject, dict(one.counts)) for one in found] == [
        *[("refused", subject("ann"), {})] * 3,
        ("allowed", "", {"decisions": 4}),
    ]
    assert found[0].detail == {
        "purpose": "newsletter", "data": "email-address", "answer": "unknown", "missing": "consent",
    }  # fmt: skip
    assert all(one.kind == "decision" and one.policy == policy.hash for one in found)


@pytest.mark.parametrize("every", [0, 10])
def test_a_ruling_that_can_not_be_noted_keeps_back_no_other(ledger: Kept, every: float) -> None:
    """A role that is somebody's address is refused by the ledger, each time it asks, and spoils nobody else's answer."""
    policy = small("may use name for support")
    recorder = Recorder(ledger, policy.hash, every=every)
    guard = guarded(policy, ledger, recorder=recorder)
    for purpose in ("support", "newsletter") * 2:
        with pytest.raises(TrothError, match="looks like an e-mail address"):
            guard.decide("ann@x.example", "use", "name", purpose)
        assert guard.decide("support", "use", "name", purpose).allowed is (purpose == "support")
    recorder.flush(NOW)
    assert {(one.actor, one.outcome) for one in ledger.read()} == {
        ("support", "refused"),
        ("support", "allowed"),
    }


def test_recorded_at_once(ledger: Kept) -> None:
    """Where nothing may be lost, a refusal is durable before it is answered."""
    policy = small("may use name for support")
    guard = guarded(policy, ledger, recorder=Recorder(ledger, policy.hash, every=0))
    guard.decide("support", "use", "name", "support")
    assert ledger.size() == 0
    assert not guard.decide("support", "use", "name", "newsletter").allowed
    assert [one.outcome for one in ledger.read()] == ["refused", "allowed"]
