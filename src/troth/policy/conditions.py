"""From the syntax tree of a condition to a typed condition over declared facts."""

from __future__ import annotations

from lark import Token, Tree

from troth.model.condition import ALWAYS, All, Any_, Condition, Not, Op, Test
from troth.model.policy import UNITS
from troth.model.term import Facet, Term
from troth.policy.lookup import Lookup, word_of

# what a request carries is a fact too: its values are the terms of a facet
REQUEST_FACTS: dict[str, tuple[Facet, ...]] = {
    "purpose": ("purpose",),
    "recipient": ("recipient", "subject"),
    "channel": ("channel",),
    "place": ("place",),
    "source": ("recipient", "subject", "thing", "place"),
    "basis": ("basis",),
    "subject": ("subject",),
    "data": ("data", "thing"),
    "inside": ("thing", "purpose"),
}
MOST = 300  # tests in a named condition; real ones have under 20
DEEPEST = 50
_FLIPPED: dict[str, Op] = {"<": "<", "<=": "<=", ">": ">", ">=": ">="}


_YES = frozenset({"true", "yes", "on", "set", "given"})
_NO = frozenset({"false", "no", "off", "withdrawn", "revoked", "ended"})


def read(tree: Tree[Token] | Token, lookup: Lookup) -> Condition:
    """The condition a tree stands for; what can not be understood is written down in `lookup` and left out."""
    assert isinstance(tree, Tree)  # noqa: S101 - the grammar gives trees for conditions
    match tree.data:
        case "any_":
            return Any_(tuple(read(part, lookup) for part in tree.children))
        case "all_":
            return All(tuple(read(part, lookup) for part in tree.children))
        case "not_":
            return Not(read(tree.children[0], lookup))
        case _:
            return _test(tree, lookup)


def fits(condition: Condition) -> bool:
    """Whether a named condition stays within bounds: names in names double its size at each step."""
    left, seen = [(condition, 1)], 0
    while left:
        part, depth = left.pop()
        seen += 1
        if seen > MOST or depth > DEEPEST:
            return False
        if isinstance(part, Not):
            left.append((part.part, depth + 1))
        elif isinstance(part, (All, Any_)):
            left += [(one, depth + 1) for one in part.parts]
    return True


def _test(tree: Tree[Token], lookup: Lookup) -> Condition:
    subject, *rest = tree.children
    assert isinstance(subject, Tree)  # noqa: S101 - first child is the subject of the test
    name = subject.children[0]
    assert isinstance(name, Token)  # noqa: S101
    if subject.data == "since":
        event = lookup.term("event", name)
        if event is None:
            return ALWAYS
        fact: Term | None = since(event.key)
    else:
        fact = _fact(name, tree.data, lookup)
    if isinstance(fact, Term):
        return _typed(tree.data, fact, name, rest, lookup)
    return _named(name, tree, rest, lookup)


def since(event: str) -> Term:
    """The fact that counts the days since the last `event`."""
    return Term(f"since-{event}", "fact", "", (), f"days since {event}", "", "", kind="number", unit="day")


def _fact(name: Token, form: str, lookup: Lookup) -> Term | None:
    """The fact of a test; None where the policy gave the word to a condition, which has no values to compare with."""
    word = word_of(name)
    if form == "flag" and word in lookup.conditions:
        return None
    found = lookup.vocabulary.find("fact", word)
    if found is not None:
        return found
    if word in REQUEST_FACTS:
        return Term(word, "fact", "", (), word, "", "", kind="choice")
    return None


def _named(name: Token, tree: Tree[Token], rest: list[Tree[Token] | Token], lookup: Lookup) -> Condition:
    word = word_of(name)
    if word in lookup.conditions and not rest:
        return lookup.conditions[word]
    if lookup.vocabulary.find("event", word) and not rest:
        hint = f"write `since {word} >= 0 days`, or stand the rule under `when {word}`"
        lookup.problem("unknown-term", f"`{word}` is an event, not a fact", name, hint=hint)
        return ALWAYS
    near = lookup.vocabulary.nearest("fact", word, 3) if lookup.few else ()
    hint = f"did you mean {', '.join(f'`{one}`' for one in near)}? " if near else ""
    lookup.problem(
        "unknown-term", f"`{word}` is not a known fact", name, hint=f"{hint}or declare it: fact {word}: flag"
    )
    del tree
    return ALWAYS


def _typed(form: str, fact: Term, name: Token, rest: list[Tree[Token] | Token], lookup: Lookup) -> Condition:
    if form == "flag":
        if fact.kind == "flag":
            return Test(fact.key, "in", (True,))
        lookup.problem("wrong-type", f"`{fact.key}` is not a yes-or-no fact", name, hint=_how(fact))
        return ALWAYS
    if form == "compare":
        return _compare(fact, name, rest, lookup)
    words = rest[0].children if isinstance(rest[0], Tree) and rest[0].data == "words" else rest[:1]
    named = _named_value(words, lookup) if form in {"is_", "is_not"} else None
    if named is not None:
        return named if form == "is_" else Not(named)
    values = [value for word in words for value in _value(fact, word, lookup)]
    test = Test(fact.key, "in", tuple(values)) if values else ALWAYS
    return test if form in {"is_", "in_"} else Not(test)


def _named_value(words: list[Tree[Token] | Token], lookup: Lookup) -> Condition | None:
    word = words[0]
    return lookup.conditions.get(word_of(word)) if isinstance(word, Token) else None


def _value(fact: Term, word: Tree[Token] | Token, lookup: Lookup) -> list[str | bool | int | float]:
    if isinstance(word, Tree):
        number = _amount(fact, word, lookup)
        return [] if number is None else [number]
    text = word_of(word)
    facets = REQUEST_FACTS.get(fact.key)
    if facets and (not fact.values or any(lookup.vocabulary.find(facet, text) for facet in facets)):
        key = lookup.key(facets, word)
        return [] if key is None else [key]
    match fact.kind:
        case "flag" if text in _YES | _NO:
            return [text in _YES]
        case "choice" if text in fact.values:
            return [text]
        case "text":
            return [text]
        case _:
            lookup.problem("wrong-type", f"`{fact.key}` can not be `{text}`", word, hint=_how(fact))
            return []


def _how(fact: Term) -> str:
    match fact.kind:
        case "flag":
            return f"`{fact.key}` is true or false: write `{fact.key}` or `not {fact.key}`"
        case "choice":
            return f"`{fact.key}` is one of {', '.join(fact.values)}"
        case "number" | "time":
            return f"`{fact.key}` is a number{f' of {singular(fact.unit)}s' if fact.unit else ''}: compare with <, <=, >, >="
        case _:
            return f"`{fact.key}` is a text"


def _compare(fact: Term, name: Token, rest: list[Tree[Token] | Token], lookup: Lookup) -> Condition:
    sign, amount = rest
    if fact.kind not in {"number", "time"}:
        lookup.problem("wrong-type", f"`{fact.key}` has no order", name, hint=_how(fact))
        return ALWAYS
    assert isinstance(amount, Tree)  # noqa: S101
    number = _amount(fact, amount, lookup)
    if number is None:
        return ALWAYS
    return Test(fact.key, _FLIPPED[str(sign)], (number,), str(amount.children[0]).startswith("~"))


def _amount(fact: Term, tree: Tree[Token], lookup: Lookup) -> float | None:
    """The number in the fact's own unit (days for times)."""
    number, *unit = tree.children
    assert isinstance(number, Token)  # noqa: S101
    value = float(str(number).lstrip("~"))
    if not unit:
        return value
    token = unit[0]
    assert isinstance(token, Token)  # noqa: S101
    name = singular(str(token))
    own = fact.unit.removesuffix("s")
    if name in UNITS and own in UNITS:
        return value if name == own else value * UNITS[name] / UNITS[own]
    if name == own or (not own and name not in UNITS):
        return value
    lookup.problem("wrong-type", f"`{token}` is not the unit of `{fact.key}`", token, hint=_how(fact))
    return None


def singular(unit: str) -> str:
    """The singular of a unit ("days" -> "day")."""
    unit = unit.casefold().replace("_", "-")
    unit = {"working-days": "business-day", "working-day": "business-day"}.get(unit, unit)
    return unit.removesuffix("s") if unit not in UNITS else unit
