"""A ruling: the answer to an application's question, with the sentence it rests on and what a refusal would need."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from typing import Any

from troth.decision.table import Table, table
from troth.enforcement.standing import Reader
from troth.model.condition import tests
from troth.model.errors import TrothError
from troth.model.policy import Policy, Rule, vocabulary_of
from troth.model.request import Decision
from troth.policy.plain import Speech

_SHOWN = 6  # purposes named in a hint
_KEPT = 4  # decision tables kept for hints


@dataclass(frozen=True, slots=True)
class Ruling:
    """The answer to a question; it may be done only if every category may.

    Attributes:
        allowed: whether it may be done.
        actor: the role that asked.
        verb, purpose, recipient: canonical keys of what was asked.
        categories: canonical keys of the data.
        decisions: one answer for each category, in order.
        limit: what refuses besides the policy, in words: the role, or a restriction; "" where nothing does.
        named: whether it was asked about somebody.
    """

    allowed: bool
    actor: str
    verb: str
    purpose: str
    recipient: str
    categories: tuple[str, ...]
    decisions: tuple[Decision, ...]
    limit: str = ""
    named: bool = False

    @property
    def decisive(self) -> Decision:
        """The decision that settles it: the first that refuses, else the first."""
        return next((one for one in self.decisions if not one.allowed), self.decisions[0])

    @property
    def category(self) -> str:
        """The category the decisive decision is about."""
        return self.categories[self.decisions.index(self.decisive)]


@dataclass(frozen=True, slots=True)
class Told:
    """A ruling in words.

    Attributes:
        answer: the ruling in one sentence, without full stop.
        sentence: the sentences of the policy it rests on, as published; "" where the policy is silent.
        sentences: their ids.
        hint: what would be needed; "" for what is allowed.
    """

    answer: str
    sentence: str
    sentences: tuple[str, ...]
    hint: str

    def as_json(self) -> dict[str, str]:
        """The JSON shape of an error: `error`, `hint`, `sentence`."""
        return {"error": self.answer, "hint": self.hint, "sentence": self.sentence}


class Refused(TrothError):  # noqa: N818 - reads as the sentence it is
    """What was asked may not be done; `ruling` says why, `told` in words. It never holds a value of a row."""

    def __init__(self, told: Told, ruling: Ruling | None = None) -> None:
        super().__init__(told.answer, hint=told.hint)
        self.told = told
        self.ruling = ruling


def tell(policy: Policy, ruling: Ruling, language: str = "en") -> Told:
    """A ruling in words, with the sentence as published.

    Args:
        policy: the policy it was made with.
        ruling: the ruling.
        language: "en" or "zh", for rules that would allow it.
    """
    one = ruling.decisive
    what = f"{ruling.verb} {ruling.category if not ruling.allowed else ', '.join(ruling.categories)}"
    purpose = "any purpose" if ruling.purpose == "purpose" else ruling.purpose
    what += f" for {purpose}" + (f" to {ruling.recipient}" if ruling.recipient else "")
    ids = one.sentences
    text = " ".join(policy.by_sentence[name].sentence.text for name in ids if name in policy.by_sentence)
    if ruling.allowed:
        measures = dict.fromkeys(name for decision in ruling.decisions for name in decision.measures)
        what += f" with {', '.join(measures)}" if measures else ""
        return Told(f"the role `{ruling.actor}` may {what}", text, ids, "")
    return Told(
        f"`{what}` is refused: {_why(ruling, one)}", text, ids, _needed(policy, ruling, one, language)
    )


def _why(ruling: Ruling, one: Decision) -> str:
    if ruling.limit:
        return ruling.limit
    match one.answer:
        case "forbidden":
            return f"the promise `{one.promise}` forbids it"
        case "unknown":
            broad = {"data": ruling.category, "purpose": ruling.purpose, "recipient": ruling.recipient}
            if vague := [broad[name] for name in one.missing if name in broad]:
                return f"`{vague[0]}` is too broad to tell: the promise `{one.promise}` depends on what it is exactly"
            names = " and ".join(f"`{name}`" for name in one.missing)
            return f"{names} {'is' if len(one.missing) == 1 else 'are'} not known"
        case _:
            return f"the condition of `{one.rule}` is not met" if one.rule else "no promise permits it"


def _needed(policy: Policy, ruling: Ruling, one: Decision, language: str) -> str:
    if ruling.limit and one.answer == "forbidden":
        return "ask for a purpose that goes on, or when that has ended"
    if ruling.limit:
        return "ask as a role that may" if ruling.actor else ""
    if one.missing:
        return _unknown(policy, one.missing, named=ruling.named)
    if one.answer == "forbidden" and one.needed:
        return "it would be lifted by: " + "; ".join(_lift(policy, name, language) for name in one.needed[:3])
    rules = [rule for name in one.needed for rule in _rules(policy, name)]
    if rules:
        return _by(policy, rules, language)
    if one.needed:
        return "it would be allowed under " + ", ".join(one.needed[:3])
    if one.answer == "forbidden" and (limits := list(_limits(policy, ruling, one))):
        return _by(policy, limits, language)
    told = [f"it is forbidden while {cause}"] if (cause := _cause(policy, ruling, one, language)) else []
    known = sorted(_permitted(policy, ruling, one))
    if known:
        more = " and more" if len(known) > _SHOWN else ""
        told.append(f"it is permitted for {', '.join(known[:_SHOWN])}{more}, as the promises say")
    if told:
        return "; ".join(told)
    if one.answer == "forbidden":
        return f"the policy would have to change; see the promise `{one.promise}`"
    return "the policy would have to say it: data may only be used as a promise permits"


def _by(policy: Policy, rules: list[Rule], language: str) -> str:
    speech = Speech(vocabulary_of(policy), language)
    return "it would be allowed by: " + "; ".join(
        " ".join(speech.rule(rule)).rstrip(".") for rule in rules[:3]
    )


def _limits(policy: Policy, ruling: Ruling, one: Decision) -> Iterator[Rule]:
    """The `only` rules of the promise that forbids it that would permit it in another case ("only billing sees it")."""
    point = (ruling.verb, ruling.category, ruling.purpose, ruling.recipient)
    if any(rule.mode == "only" for rule in _rules(policy, one.rule)):
        able = {norm.rule for norm in _table(policy).program(point).allows}
        for rule in policy.by_id[one.promise].rules:
            if rule.mode == "only" and rule.id in able:
                yield rule


def _cause(policy: Policy, ruling: Ruling, one: Decision, language: str) -> str:
    """When the prohibition that a refusal cites applies, in words; "" for always, and for the rest of an `only`."""
    if one.answer != "forbidden" or not one.rule:
        return ""
    point = (ruling.verb, ruling.category, ruling.purpose, ruling.recipient)
    found = next((norm for norm in _table(policy).program(point).forbids if norm.rule == one.rule), None)
    if found is None or found.derived == "only" or not any(tests(found.condition)):
        return ""
    return Speech(vocabulary_of(policy), language).condition(found.condition)


def _permitted(policy: Policy, ruling: Ruling, one: Decision) -> Iterator[str]:
    """The other purposes for which this act on this category, towards this recipient, is permitted in some case.

    What refuses here and touches them as well would refuse there too, so these are left out.
    """
    compiled = _table(policy)
    named = {purpose for promise in policy.promises for rule in promise.rules for purpose in rule.purposes}
    for purpose in named - {ruling.purpose}:
        point = (ruling.verb, ruling.category, purpose, ruling.recipient)
        if compiled.permits(point) and not (
            one.answer == "forbidden"
            and any(
                norm.rule == one.rule and norm.derived != "only" for norm in compiled.program(point).forbids
            )
        ):
            yield purpose


_tables: dict[str, Table] = {}  # by the hash of the policy


def _table(policy: Policy) -> Table:
    """The decision table of a policy, made once for the few policies that a process speaks of."""
    found = _tables.get(policy.hash)
    if found is None:
        if len(_tables) >= _KEPT:
            _tables.clear()
        found = _tables[policy.hash] = table(policy)
    return found


def _unknown(policy: Policy, names: tuple[str, ...], *, named: bool) -> str:
    """What to do about facts that are not known: the ledger tells some of them of the person, the caller the others."""
    reader = Reader(vocabulary_of(policy), policy.hash)
    point = {"data": "a data category", "purpose": "a purpose", "recipient": "a recipient"}
    if vague := [words for name, words in point.items() if name in names]:
        return f"name {' and '.join(vague)} that is more exact"
    of_person = [_fact(policy, name) for name in names if reader.keeps(name)]
    of_case = [_fact(policy, name) for name in names if not reader.keeps(name)]
    who = "the ledger must show of the person:" if named else "name the person, of whom the ledger must show"
    told = [f"{who} {', '.join(of_person)}"] if of_person else []
    return "; ".join([*told, *([f"say {', '.join(of_case)}"] if of_case else [])])


def _fact(policy: Policy, name: str) -> str:
    """The name of a fact and what it means."""
    event = name.removeprefix("since-").partition(".")[0]
    vocabulary = vocabulary_of(policy)
    term = vocabulary.find("fact", name) or vocabulary.find("event", event)
    about = f" ({term.definition})" if term and term.definition else ""
    return f"`{name}`{about}"


def _lift(policy: Policy, name: str, language: str) -> str:
    """The exception of a prohibition ("p/2 except accepted") and its condition in words."""
    rule, _, word = name.partition(" except ")
    for one in (one for found in _rules(policy, rule) for one in found.exceptions):
        if one.name == word:
            return f"`{word}` ({Speech(vocabulary_of(policy), language).condition(one.condition)})"
    return f"`{word}`"


def _rules(policy: Policy, name: str) -> Iterator[Rule]:
    promise = policy.by_id.get(name.partition("/")[0])
    for rule in promise.rules if promise else ():
        if rule.id == name:
            yield rule


def as_json(policy: Policy, ruling: Ruling, language: str = "en") -> dict[str, Any]:
    """The JSON shape of a ruling."""
    told = tell(policy, ruling, language)
    return {
        "allowed": ruling.allowed,
        "actor": ruling.actor,
        "verb": ruling.verb,
        "purpose": ruling.purpose,
        "recipient": ruling.recipient,
        "policy": policy.hash,
        "answer": told.answer,
        "sentence": told.sentence,
        "sentences": list(told.sentences),
        "hint": told.hint,
        "decisions": [
            {"data": data} | one.as_json()
            for data, one in zip(ruling.categories, ruling.decisions, strict=True)
        ],
    }
