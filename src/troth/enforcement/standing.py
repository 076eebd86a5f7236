"""Where a person stands: what the ledger says of them, and the facts that follow from it.

    consents      what they agreed to, refused and took back, by purpose and scope
    requests      what they asked for
    restrictions  for which purposes their data may still be used, until when
    acceptances   which version of the policy they accepted

All of it is read from the tables that the ledger keeps in the transaction of each entry, so a withdrawal counts from
the moment it is recorded. A word on a purpose is a word on everything below it. A yes must cover all of what is
asked; a no bites when it touches any of it, and stands until a later yes is at least as narrow. Being vague about
channel or list does not help: a no on one channel counts as long as the channel is not named.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import datetime
from types import MappingProxyType

from troth.evidence.state import ENDED
from troth.model.condition import NEVER_HAPPENED, FactValue
from troth.model.term import Facet
from troth.model.vocabulary import Vocabulary

OPT_OUTS: Mapping[str, str] = MappingProxyType(
    {
        "all": "purpose", "advertising": "advertising", "sale": "sell-data-to-third-parties", "marketing": "direct-marketing",
        "newsletter": "newsletter", "recommendations": "recommendations", "analytics": "analytics",
        "reseller-mailing": "reseller-mailing", "surveys": "surveys",
    }
)  # fmt: skip
"""The kinds of opt-out that conditions can test (`opt-out-kind`), and the purpose each is an opt-out of."""

SWITCHES: Mapping[str, str] = MappingProxyType(
    {
        "marketing-opt-out": "direct-marketing",
        "advertising-opt-out": "advertising",
        "personalisation-off": "personalise",
    }
)
"""Opt-outs that are events of their own, and the purpose each is an opt-out of."""

STATES: Mapping[str, str] = MappingProxyType(
    {
        "consent-given": "given",
        "consent-refused": "refused",
        "consent-withdrawn": "withdrawn",
        "consent-expired": "expired",
    }
)
"""Events of consents and the state each leads to."""

RIGHTS = ("access", "portability", "rectify", "erase", "restrict", "object")
_VOID = frozenset(
    {"received", "refused", "cancelled", "nothing found"}
)  # a request that ended so changes nothing
_SAID = frozenset({"object", "suppress"})  # limits that are a no of the person
_WEIGHED = (
    "objection-pending"  # the reason of a restriction while an objection is weighed (GDPR art. 18(1)(d))
)
_FORMS = frozenset({"explicit", "implied"})
_DAY = 86_400.0


@dataclass(frozen=True, slots=True)
class Word:
    """The last thing a person said on a purpose and scope.

    Attributes:
        purpose: canonical key; as it was recorded where the vocabulary does not know it.
        scope: channel, recipient or list; "" for all.
        status: "given", "refused", "withdrawn" or "expired".
        form: "explicit" or "implied" for a yes of that kind, else "".
        time: since when.
        policy: the version it was said under, hex.
        seq: the entry that shows it.
    """

    purpose: str
    scope: str
    status: str
    time: str
    policy: str
    seq: int
    form: str = ""


@dataclass(frozen=True, slots=True)
class Limit:
    """A time in which the data may only be used for some purposes.

    Attributes:
        action: "restrict", "object", "hold" (kept because an erasure has to wait) or "suppress".
        purpose: the purpose that stops; "" for all.
        place: `store.table` it is about; "" for all.
        reason: why, as it was recorded.
        allowed: purposes that go on.
        until: when it ends by itself; None where nothing but a release ends it.
        seq: the entry that shows it; -1 where a request shows it.
    """

    action: str
    purpose: str = ""
    place: str = ""
    reason: str = ""
    allowed: tuple[str, ...] = ()
    until: datetime | None = None
    seq: int = -1


@dataclass(frozen=True, slots=True)
class Ask:
    """What the facts of a person are asked for.

    Attributes:
        purpose: canonical key.
        recipient: canonical key, "" for nobody.
        channel: canonical key, "" where nobody said.
        scope: name of the list, "" where nobody said.
        place: `store.table` that is to be touched, "" where nobody said.
    """

    purpose: str
    recipient: str = ""
    channel: str = ""
    scope: str = ""
    place: str = ""


@dataclass(frozen=True, slots=True)
class Standing:
    """Where a person stands.

    Attributes:
        words: what they said on purposes, one for each purpose and scope.
        requests: right and status of each of their requests.
        limits: restrictions that were not released.
        accepted: hash of the version they last accepted, "" for none.
        shown: hash of the version they were last shown or accepted, "" for none.
        memo: answers already given, by what was asked; the owner of the standing keeps it.
    """

    words: tuple[Word, ...] = ()
    requests: tuple[tuple[str, str], ...] = ()
    limits: tuple[Limit, ...] = ()
    accepted: str = ""
    shown: str = ""
    memo: dict[object, object] = field(default_factory=dict, compare=False, repr=False)


@dataclass(frozen=True, slots=True)
class Reader:
    """Reads facts out of standings, in the words of one policy.

    Attributes:
        vocabulary: the policy's.
        policy: its hash.
        memo: what known words cover.
    """

    vocabulary: Vocabulary
    policy: str
    memo: dict[tuple[Facet, str], frozenset[str]] = field(default_factory=dict, compare=False, repr=False)

    def keeps(self, name: str) -> bool:
        """Whether the ledger answers for a fact, so that no caller can claim it."""
        event, _, argument = name.removeprefix("since-").partition(".")
        if name.startswith("since-"):
            return event in STATES
        if (
            event in STATES
            or event in SWITCHES
            or event == "opt-out"
            or event.removeprefix("request-") in RIGHTS
        ):
            return True
        return not argument and (name in _FACTS or name in SEVERAL)

    def fact(self, name: str, standing: Standing, ask: Ask, now: datetime) -> FactValue:
        """The value of a fact that the ledger keeps; None where it says nothing."""
        if name.startswith("since-"):
            event, _, argument = name.removeprefix("since-").partition(".")
            return self._since(STATES[event], argument, standing, ask, now)
        known = _FACTS.get(name)
        if known is not None:
            return known(self, standing, ask, now)
        event, _, argument = name.partition(".")
        if event in SWITCHES:
            return self.opted_out(standing, SWITCHES[event], now)
        if event in STATES:
            return self._latest(STATES[event], argument, standing, ask) is not None
        if event == "opt-out":
            return self.opted_out(standing, argument, now)
        right = event.removeprefix("request-")
        return any(asked == right and status not in _VOID for asked, status in standing.requests)

    def against(self, standing: Standing, ask: Ask) -> Word | None:
        """The newest no that touches what is asked and still stands."""
        if not standing.words:
            return None
        yes = list(self._yes(standing, ask))
        found = [
            no
            for no in standing.words
            if no.status != "given"
            and self._touches(no, ask)
            and not any(self._lifts(one, no) for one in yes)
        ]
        return max(found, key=lambda word: word.seq, default=None)

    def left(self, words: Sequence[Word], yes: Word) -> tuple[Word, ...]:
        """What a new yes leaves standing against it: a no to one channel, to one list or to a narrower purpose."""
        given = [*(word for word in words if word.status == "given"), yes]
        return tuple(
            no
            for no in words
            if no.status != "given"
            and self._meet(no.purpose, yes.purpose)
            and (
                not no.scope
                or not yes.scope
                or self._within(no.scope, yes.scope)
                or self._within(yes.scope, no.scope)
            )
            and not any(self._lifts(one, no) for one in given)
        )

    def agreed(self, standing: Standing, ask: Ask) -> Word | None:
        """The newest yes that covers all of what is asked, where no no stands against it."""
        if self.against(standing, ask) is not None:
            return None
        return max(self._yes(standing, ask), key=lambda word: word.seq, default=None)

    def opted_out(self, standing: Standing, purpose: str, now: datetime) -> bool:
        """Whether the person said no to all of a purpose, on every channel and list, or objected to it."""
        key = self.key("purpose", purpose)
        if any(
            limit.action in _SAID and (not limit.purpose or key in self.below("purpose", limit.purpose))
            for limit in _running(standing, now)
        ):
            return True
        whole = [
            word for word in standing.words if not word.scope and key in self.below("purpose", word.purpose)
        ]
        yes = [word for word in whole if word.status == "given"]
        return any(
            no.status in {"refused", "withdrawn"} and not any(self._lifts(one, no) for one in yes)
            for no in whole
        )

    def several(self, name: str, standing: Standing, ask: Ask, now: datetime) -> tuple[str, ...]:
        """The values of a fact of `SEVERAL`, each of which is true; ("none",) where none is."""
        if name == "hold-reason":
            found = [limit.reason for limit in self.limits(standing, ask, now) if limit.action == "hold"]
        else:
            found = [kind for kind, purpose in OPT_OUTS.items() if self.opted_out(standing, purpose, now)]
        return tuple(dict.fromkeys(found)) or ("none",)

    def limits(self, standing: Standing, ask: Ask, now: datetime) -> Iterator[Limit]:
        """The restrictions that are about the purpose and place asked and have not ended.

        A restriction of one table counts where the request does not say its table.
        """
        for limit in _running(standing, now):
            if limit.purpose and not self._meet(limit.purpose, ask.purpose):
                continue
            if not limit.place or not ask.place or limit.place == ask.place:
                yield limit

    def stopped(
        self, standing: Standing, ask: Ask, now: datetime, held: tuple[str, ...]
    ) -> tuple[Limit, tuple[str, ...]] | None:
        """The restriction that stops a purpose, with the purposes that go on; None where none does.

        Data kept for several holds may be used for the purposes of each; every other restriction stops for itself.

        Args:
            standing: where the person stands.
            ask: what is asked.
            now: the moment.
            held: purposes that go on under a hold that names none, as the policy says them.
        """
        holds: list[Limit] = []
        for limit in self.limits(standing, ask, now):
            if limit.action == "hold":
                holds.append(limit)
            elif not self._passes(limit.allowed, ask.purpose):
                return limit, limit.allowed
        allowed = tuple(dict.fromkeys(one for limit in holds for one in (limit.allowed or held)))
        if holds and not self._passes(allowed, ask.purpose):
            return holds[0], allowed
        return None

    def _passes(self, allowed: tuple[str, ...], purpose: str) -> bool:
        return any(purpose in self.below("purpose", self.key("purpose", one)) for one in allowed)

    def key(self, facet: Facet, word: str) -> str:
        """The canonical key of a recorded word; the word itself where the vocabulary does not know it."""
        found = self.vocabulary.find(facet, word)
        return found.key if found else word

    def below(self, facet: Facet, key: str) -> frozenset[str]:
        """A recorded word and everything it covers."""
        found = self.memo.get((facet, key))
        if found is None:
            known = self.vocabulary.find(facet, key)
            found = self.vocabulary.covers(facet, known.key) if known else frozenset((key,))
            if known:  # words that nobody knows have no end
                self.memo[facet, key] = found
        return found

    def _meet(self, one: str, other: str) -> bool:
        return other in self.below("purpose", one) or one in self.below("purpose", other)

    def _yes(self, standing: Standing, ask: Ask) -> Iterator[Word]:
        said = [scope for scope in (ask.recipient, ask.channel, ask.scope) if scope]
        for word in standing.words:
            if word.status != "given" or ask.purpose not in self.below("purpose", word.purpose):
                continue
            if not word.scope or any(self._within(word.scope, scope) for scope in said):
                yield word

    def _touches(self, no: Word, ask: Ask) -> bool:
        if not self._meet(no.purpose, ask.purpose):
            return False
        if not no.scope:
            return True
        said = [scope for scope in (ask.recipient, ask.channel, ask.scope) if scope]
        if any(self._within(no.scope, scope) or self._within(scope, no.scope) for scope in said):
            return True
        return self._unsaid(no.scope, ask)

    def _unsaid(self, scope: str, ask: Ask) -> bool:
        """Whether the request leaves open what a scope is about; a request always says its recipient."""
        if self.vocabulary.find("channel", scope):
            return not ask.channel
        if self.vocabulary.find("recipient", scope) or self.vocabulary.find("subject", scope):
            return False
        return not ask.scope

    def _within(self, wide: str, narrow: str) -> bool:
        facets: tuple[Facet, ...] = ("channel", "recipient", "subject")
        return wide == narrow or any(
            self.vocabulary.find(facet, wide) is not None and narrow in self.below(facet, wide)
            for facet in facets
        )

    def _lifts(self, yes: Word, no: Word) -> bool:
        """Whether a later yes is at least as narrow as a no, so that the no no longer stands."""
        if yes.seq < no.seq or yes.purpose not in self.below("purpose", no.purpose):
            return False
        return not no.scope or (bool(yes.scope) and self._within(no.scope, yes.scope))

    def _latest(self, status: str, purpose: str, standing: Standing, ask: Ask) -> Word | None:
        about = Ask(self.key("purpose", purpose), ask.recipient, ask.channel, ask.scope) if purpose else ask
        if status == "given":
            return self.agreed(standing, about)
        found = self.against(standing, about)
        return found if found is not None and found.status == status else None

    def _since(self, status: str, purpose: str, standing: Standing, ask: Ask, now: datetime) -> FactValue:
        word = self._latest(status, purpose, standing, ask)
        if word is None:
            return NEVER_HAPPENED
        return max((now - datetime.fromisoformat(word.time)).total_seconds() / _DAY, 0.0)


def _consent(reader: Reader, standing: Standing, ask: Ask, _now: datetime) -> FactValue:
    no = reader.against(standing, ask)
    if no is not None:
        return no.status
    yes = reader.agreed(standing, ask)
    return (yes.form or "given") if yes else None


def _consent_channel(reader: Reader, standing: Standing, ask: Ask, _now: datetime) -> FactValue:
    if reader.against(standing, ask) is not None:
        return False
    yes = list(reader._yes(standing, ask))  # noqa: SLF001 - the facts are part of their reader
    if any(not word.scope or (ask.channel and reader._within(word.scope, ask.channel)) for word in yes):  # noqa: SLF001
        return True
    return False if ask.channel or not yes else None


def _names_recipient(reader: Reader, standing: Standing, ask: Ask, _now: datetime) -> FactValue:
    if not ask.recipient or reader.against(standing, ask) is not None:
        return False
    return any(word.scope == ask.recipient for word in reader._yes(standing, ask))  # noqa: SLF001


def _consent_version(reader: Reader, standing: Standing, ask: Ask, _now: datetime) -> FactValue:
    yes = reader.agreed(standing, ask)
    if yes is None:
        return "none"
    return "new" if yes.policy == reader.policy else "old"


def _opted_out(reader: Reader, standing: Standing, ask: Ask, now: datetime) -> FactValue:
    no = reader.against(standing, ask)
    if no is not None and no.status != "expired":
        return True
    return any(limit.action in _SAID for limit in reader.limits(standing, ask, now))


def _suppressed(reader: Reader, standing: Standing, ask: Ask, now: datetime) -> FactValue:
    return any(limit.action == "suppress" for limit in reader.limits(standing, ask, now))


def _personalisation(reader: Reader, standing: Standing, _ask: Ask, now: datetime) -> FactValue:
    return "off" if reader.opted_out(standing, SWITCHES["personalisation-off"], now) else "on"


def _objection(reader: Reader, standing: Standing, ask: Ask, now: datetime) -> FactValue:
    """Unknown while a request to object does not say against what, and nothing was recorded for the purpose asked."""
    asked = {status for right, status in standing.requests if right == "object"}
    told = [
        limit
        for limit in reader.limits(standing, ask, now)
        if limit.action == "object" or limit.reason == _WEIGHED
    ]
    if told:
        return "pending" if asked - ENDED or all(limit.action != "object" for limit in told) else "upheld"
    if asked - ENDED:
        return None
    return "rejected" if "refused" in asked else "none"


def _held(reader: Reader, standing: Standing, ask: Ask, now: datetime) -> FactValue:
    return any(limit.action == "hold" for limit in reader.limits(standing, ask, now))


def _restricted(reader: Reader, standing: Standing, ask: Ask, now: datetime) -> FactValue:
    return any(limit.action in {"restrict", "hold"} for limit in reader.limits(standing, ask, now))


def _version_accepted(reader: Reader, standing: Standing, _ask: Ask, _now: datetime) -> FactValue:
    if not standing.accepted:
        return "none"
    return "current" if standing.accepted == reader.policy else "earlier"


def _policy_version(reader: Reader, standing: Standing, _ask: Ask, _now: datetime) -> FactValue:
    if not standing.accepted:
        return "unknown"
    return "current" if standing.accepted == reader.policy else "earlier"


def _policy_shown(reader: Reader, standing: Standing, _ask: Ask, _now: datetime) -> FactValue:
    return standing.shown == reader.policy


_FACTS: Mapping[str, Callable[[Reader, Standing, Ask, datetime], FactValue]] = MappingProxyType(
    {
        "consent": _consent,
        "consent-channel": _consent_channel,
        "consent-names-recipient": _names_recipient,
        "consent-version": _consent_version,
        "opted-out": _opted_out,
        "opt-out": _opted_out,
        "suppressed": _suppressed,
        "personalisation": _personalisation,
        "objection": _objection,
        "held": _held,
        "restricted": _restricted,
        "version-accepted": _version_accepted,
        "policy-version": _policy_version,
        "policy-shown": _policy_shown,
    }
)
"""The facts about a person that follow from the ledger alone."""

SEVERAL = frozenset({"opt-out-kind", "hold-reason"})
"""Facts with several values at once: a person may have opted out of several things, data may be kept for several reasons."""


def _running(standing: Standing, now: datetime) -> Iterator[Limit]:
    # the end of a hold is only expected: it holds until somebody has looked and released it
    return (
        limit
        for limit in standing.limits
        if limit.action == "hold" or limit.until is None or limit.until > now
    )


def newest(words: Sequence[Word]) -> tuple[Word, ...]:
    """The last word on each purpose and scope, whatever pseudonym or spelling it was recorded under."""
    found: dict[tuple[str, str], Word] = {}
    for word in sorted(words, key=lambda word: word.seq):
        found[word.purpose, word.scope] = word
    return tuple(found.values())


def form_of(detail: Mapping[str, object]) -> str:
    """Whether a consent was explicit or implied, as its entry says in `detail.form`; "" for a plain one."""
    form = detail.get("form")
    return form if isinstance(form, str) and form in _FORMS else ""
