"""From the syntax tree of a rule to a `Rule` of canonical terms."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from typing import Any, cast

from lark import Token, Tree

from troth.model import verb as verbs
from troth.model.condition import ALWAYS, NEVER, Condition, Not, Test, both
from troth.model.policy import (
    UNITS,
    Deadline,
    Exemption,
    Item,
    Measure,
    Mode,
    Notice,
    Rule,
    Span,
    Trigger,
)
from troth.model.term import Facet
from troth.policy import conditions
from troth.policy.lookup import OBJECTS, Lookup, word_of

Node = Tree[Token]


def read_rule(tree: Node, lookup: Lookup, name: str, trigger: Trigger | None = None) -> Rule:
    """The rule a tree stands for; `name` becomes its id. Problems are written down in `lookup`."""
    mode, act, *nested = cast("list[Node]", tree.children)
    word, knowingly = _mode(mode)
    rule = Rule(name, word, "", trigger=trigger, knowingly=knowingly)
    before = len(lookup.problems)
    rule = _act(act, rule, lookup)
    for node in nested:
        rule = _nested(node, rule, lookup)
    return rule if len(lookup.problems) == before else _safe(rule)


def _safe(rule: Rule) -> Rule:
    """A rule with a word that was not understood: it permits nothing, and what it forbids it forbids throughout."""
    if rule.mode in {"may", "only"}:
        return replace(rule, condition=NEVER)
    return replace(rule, condition=ALWAYS) if rule.mode in {"never", "block"} else rule


def _mode(tree: Node) -> tuple[Mode, bool]:
    """The mode, and whether the rule binds only what is done knowingly."""
    return ("never", True) if tree.data == "knowingly" else (cast("Mode", str(tree.data)), False)


def _act(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    word, *parts = tree.children
    assert isinstance(word, Token)  # noqa: S101 - the grammar begins an act with its verb
    verb = verbs.find(str(word))
    if verb is None:
        near = ", ".join(f"`{one}`" for one in _near_verbs(str(word)))
        lookup.problem("unknown-term", f"`{word}` is not a known verb", word, hint=f"did you mean {near}?")
        return rule
    if rule.mode in {"may", "only", "never"} and not verb.data and verb.key not in PERMITTED:
        hint = "`may`, `only` and `never` decide what is done with personal data; for a duty write `must`"
        lookup.problem("wrong-verb", f"`{rule.mode} {word}` decides nothing", word, hint=hint)
    rule = replace(rule, verb=verb.key)
    for part in cast("list[Node]", parts):
        rule = _PARTS[str(part.data)](part, rule, lookup)
    return rule


# duties whose object is personal data before it is anything else; others are about things (`must register cookie`)
DATA_DUTIES = frozenset({
    "erase", "anonymise", "aggregate", "restrict", "correct", "export", "give", "show", "encrypt", "hash", "protect", "keep",
    "limit", "separate", "verify", "display", "test", "refuse",
})  # fmt: skip

# a duty verb under may / never: what the company reserves or rules out for its own duties
PERMITTED = frozenset({
    "apply", "publish", "refuse", "erase", "notify", "send", "restrict", "suspend", "review", "close", "encrypt", "log",
    "anonymise", "aggregate", "keep", "display", "show", "offer", "ask", "correct", "stop", "accept", "answer", "require",
    "link", "monitor", "investigate", "detect", "register", "verify",
})  # fmt: skip


def _near_verbs(word: str) -> list[str]:
    import difflib  # noqa: PLC0415 - only on the way to an error

    return difflib.get_close_matches(word, verbs.words(), 3, 0.4) or ["use", "share", "erase"]


def _words(tree: Node) -> list[Token]:
    """The words of a part, whichever list shape it has."""
    found: list[Token] = []
    for child in tree.children:
        if isinstance(child, Token):
            found.append(child)
        elif child.data in {"words", "counted", "measured"}:
            found += [token for token in child.children if isinstance(token, Token)]
    return found


def _open(tree: Node) -> bool:
    return any(isinstance(child, Tree) and child.data == "similar" for child in tree.children)


def _keys(
    tree: Node, facets: tuple[Facet, ...], lookup: Lookup, *, prefixed: bool = False
) -> tuple[str, ...]:
    keys = (lookup.key(facets, word, prefixed=prefixed) for word in _words(tree))
    return tuple(dict.fromkeys(key for key in keys if key is not None))


def _things(part: Node, rule: Rule, lookup: Lookup) -> Rule:
    verb = verbs.verbs()[rule.verb]
    facets: tuple[Facet, ...] = ("data", "thing") if verb.data else OBJECTS
    if not verb.data and rule.verb not in DATA_DUTIES:
        facets = ("thing", *(f for f in OBJECTS if f != "thing"))
    if rule.verb in {"notify", "remind", "ask", "train", "answer"}:
        facets = ("subject", "recipient", *(f for f in OBJECTS if f not in {"subject", "recipient"}))
    elif rule.verb == "stop":
        facets = ("purpose", *(f for f in OBJECTS if f != "purpose"))
    things = _keys(part, facets, lookup, prefixed=True)
    return replace(rule, things=things, open=rule.open or _open(part))


def _list(name: str, *facets: Facet, prefixed: bool = False) -> Callable[[Node, Rule, Lookup], Rule]:
    def part(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
        keys = (*getattr(rule, name), *_keys(tree, facets, lookup, prefixed=prefixed))
        change: dict[str, Any] = {name: tuple(dict.fromkeys(keys)), "open": rule.open or _open(tree)}
        return replace(rule, **change)

    return part


def _measures(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    measures = list(rule.measures)
    for node in cast("list[Node]", tree.children):
        name, *number = cast("list[Token]", node.children)
        key = lookup.key(("measure", "thing"), name)
        if key is not None:
            value, chosen = _number(number[0]) if number else (None, False)
            measures.append(Measure(key, value, chosen))
    return replace(rule, measures=tuple(measures))


def _if(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    return replace(rule, condition=both(rule.condition, conditions.read(tree.children[0], lookup)))


def _unless(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    return replace(rule, condition=both(rule.condition, Not(conditions.read(tree.children[0], lookup))))


def _until(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    return replace(rule, until=conditions.read(tree.children[0], lookup))


def _until_time(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    span = read_span(cast("Node", tree.children[0]), lookup)
    event = lookup.term("event", cast("Token", tree.children[1]))
    if span is None or event is None:
        return rule
    fact = conditions.since(event.key).key
    return replace(
        rule, until=Test(fact, ">=", (span.days,), span.chosen), deadline=Deadline("after", span, event.key)
    )


def _no_opt_out(_tree: Node, rule: Rule, _lookup: Lookup) -> Rule:
    return replace(rule, no_opt_out=True)


PERMITTING = frozenset({"may", "only", "never", "block"})
"""The modes that decide what is done; what is due, and what suspends it, belongs to `must`."""


def _idle(word: str, rule: Rule, where: Token | None, lookup: Lookup) -> Rule:
    """The rule as it is, with a finding about a part or line that would change nothing in it."""
    hint = "for an end write `until 30 days after EVENT`, for a beginning `if since EVENT >= 30 days`, for what is due `must`"
    if word in {"hold", "then", "while held"}:
        hint = "for a case in which it does not hold write `except NAME: COND`; a hold suspends what `must` demands"
    lookup.problem("no-effect", f"`{word}` has no effect on `{rule.mode}`", where, hint=hint)
    return rule


def _deadline(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    span, event, table = None, "", ""
    for child in tree.children:
        if isinstance(child, Tree):
            span = read_span(child, lookup)
        elif child.type == "FILE":
            table = str(child)
        else:
            found = lookup.term("event", child)
            event = found.key if found else ""
    kinds: dict[str, Any] = {
        "within": "within", "before_by": "before", "after_by": "after", "at_least": "at-least", "at_once": "at-once",
        "every": "every", "before": "before", "after": "table" if table else "after",
    }  # fmt: skip
    where = next(tree.scan_values(lambda one: isinstance(one, Token)), None)
    if rule.mode in PERMITTING:
        return _idle(str(tree.data).removesuffix("_by").replace("_", "-"), rule, where, lookup)
    if rule.deadline is not None:
        hint = "write a second rule for the second time"
        if rule.deadline.kind == "within" and rule.deadline.span and not rule.deadline.event and event:
            hint = f"write `within {rule.deadline.span} of {event}`"
        lookup.problem("two-deadlines", "a rule has one deadline", where, hint=hint)
    return replace(rule, deadline=Deadline(kinds[str(tree.data)], span, event, table))


_PARTS: dict[str, Callable[[Node, Rule, Lookup], Rule]] = {
    "things": _things,
    "purpose": _list("purposes", "purpose"),
    "recipient": _list("recipients", "recipient", "subject"),
    "source": _list("sources", "recipient", "subject", "thing", "place", "channel", "data"),
    "subject": _list("subjects", "subject"),
    "about": _list("about", "thing", "event", "data", "purpose", "subject", "recipient", prefixed=True),
    "basis": _list("bases", "basis"),
    "channel": _list("channels", "channel", "recipient", "subject"),
    "place": _list("places", "place", "channel", "thing"),
    "inside": _list("inside", "thing", "purpose", "channel"),
    "measure": _measures,
    "if_": _if,
    "unless": _unless,
    "until_cond": _until,
    "until_time": _until_time,
    "no_opt_out": _no_opt_out,
    **dict.fromkeys(
        ("within", "before_by", "after_by", "at_least", "at_once", "every", "before", "after"), _deadline
    ),
}


def _number(token: Token) -> tuple[float, bool]:
    text = str(token)
    chosen = text.startswith("~")
    value = float(text.lstrip("~"))
    return value, chosen


def read_span(tree: Node, lookup: Lookup) -> Span | None:
    """The span of a `time` node; a finding and None for an unknown unit."""
    number, unit = cast("list[Token]", tree.children)
    name = conditions.singular(str(unit))
    value, chosen = _number(number)
    if name not in UNITS:
        hint = f"units are {', '.join(f'{one}s' for one in UNITS)}"
        lookup.problem("wrong-type", f"`{unit}` is not a unit of time", unit, hint=hint)
        return None
    return Span(value, name, chosen)


_DUTIES_ONLY = {"hold": "hold", "then": "then", "while_held": "while held"}


def _nested(tree: Node, rule: Rule, lookup: Lookup) -> Rule:
    """The rule with one of the lines that stand below it."""
    if rule.mode in PERMITTING and (word := _DUTIES_ONLY.get(str(tree.data))):
        where = next(tree.scan_values(lambda one: isinstance(one, Token)), None)
        return _idle(word, rule, where, lookup)
    match tree.data:
        case "nested":
            return _nested(cast("Node", tree.children[0]), rule, lookup)
        case "except_":
            return replace(rule, exceptions=(*rule.exceptions, _exemption(tree, lookup)))
        case "hold":
            return replace(rule, holds=(*rule.holds, _exemption(tree, lookup)))
        case "record":
            return replace(rule, record=(*rule.record, *_items(tree)))
        case "tell":
            notice = _notice(tree, lookup)
            return replace(rule, tell=(*rule.tell, notice)) if notice else rule
        case "note":
            return rule
        case _:
            place = {"while_held": "held", "then": "then", "otherwise": "otherwise"}[str(tree.data)]
            return follow(tree, rule, place, lookup)


def follow(tree: Node, rule: Rule, place: str, lookup: Lookup) -> Rule:
    """The rule with what is allowed while it is held, owed then, or applies otherwise (`place`)."""
    present: tuple[Rule, ...] = getattr(rule, place)
    *mode, act = cast("list[Node]", tree.children)
    name = f"{rule.id}.{place}{len(present) + 1}"
    start = Rule(name, _mode(mode[0])[0] if mode else "must", "")
    follower = _act(act, start, lookup)
    if not follower.things and place != "otherwise":
        follower = replace(follower, things=rule.things)
    change: dict[str, Any] = {place: (*present, follower)}
    return replace(rule, **change)


def _exemption(tree: Node, lookup: Lookup) -> Exemption:
    name, cond, *rest = tree.children
    before = len(lookup.problems)
    condition = conditions.read(cond, lookup)
    lifts_nothing = len(lookup.problems) > before and tree.data == "except_"
    one = Exemption(str(name), NEVER if lifts_nothing else condition)
    for node in cast("list[Node]", rest):
        match node.data:
            case "time":
                one = replace(one, most=read_span(node, lookup))
            case "record":
                one = replace(one, record=(*one.record, *_items(node)))
            case "tell":
                notice = _notice(node, lookup)
                one = replace(one, tell=(*one.tell, notice)) if notice else one
            case _:
                one = replace(one, note=word_of(cast("Token", node.children[0])))
    return one


def _items(tree: Node) -> tuple[Item, ...]:
    items = []
    for node in cast("list[Node]", tree.children):
        *number, word = cast("list[Token]", node.children)
        value, chosen = _number(number[0]) if number else (1.0, False)
        items.append(Item(word_of(word), value, chosen))
    return tuple(items)


def _notice(tree: Node, lookup: Lookup) -> Notice | None:
    who, words = tree.children
    key = lookup.key(("subject", "recipient"), cast("Token", who))
    return Notice(key, tuple(word_of(word) for word in _words(Tree("x", [words])))) if key else None


def read_trigger(tree: Node, lookup: Lookup) -> Trigger:
    """The trigger of a `when`: an event, then its argument or a condition."""
    name, *rest = tree.children
    word = cast("Token", name)
    event = lookup.vocabulary.find("event", word_of(word))
    condition: Condition = ALWAYS
    argument = ""
    if event is None:
        condition = _as_condition(word, rest, lookup)
        rest = [node for node in rest if isinstance(node, Tree) and node.data == "guard"]
    for node in rest:
        if isinstance(node, Token):
            argument, extra = _argument(node, lookup)
            condition = both(condition, extra)
        elif node.data == "is_value":
            condition = both(condition, _is_value(word, cast("Token", node.children[0]), lookup))
        else:
            condition = both(condition, conditions.read(node.children[0], lookup))
    return Trigger(event.key if event else "", argument, condition)


def _as_condition(word: Token, rest: list[Node | Token], lookup: Lookup) -> Condition:
    """A trigger that names no event: `when weakens`, `when order-status is open`."""
    value = next((node for node in rest if isinstance(node, Tree) and node.data == "is_value"), None)
    adjacent = next((node for node in rest if isinstance(node, Token)), None)
    subject = Tree("subject_", [word])
    if value is not None:
        return conditions.read(Tree("is_", [subject, value.children[0]]), lookup)
    if adjacent is not None:
        return conditions.read(Tree("is_", [subject, adjacent]), lookup)
    before = len(lookup.problems)
    condition = conditions.read(Tree("flag", [subject]), lookup)
    if len(lookup.problems) > before:
        del lookup.problems[before:]
        lookup.key(("event", "fact"), word)
    return condition


def _argument(word: Token, lookup: Lookup) -> tuple[str, Condition]:
    """The argument of an event: a term ("opt-out recommendations"), or a flag that must hold ("policy-change weakens")."""
    text = word_of(word)
    fact = lookup.vocabulary.find("fact", text)
    if text in lookup.conditions or (fact is not None and fact.kind == "flag"):
        return "", conditions.read(Tree("flag", [Tree("subject_", [word])]), lookup)
    return lookup.key(("purpose", "data", "thing", "channel", "subject"), word) or "", ALWAYS


def _is_value(event: Token, value: Token, lookup: Lookup) -> Condition:
    """`policy-change is material`: a named condition, or a value of the fact that has the event's name."""
    named = lookup.conditions.get(word_of(value))
    if named is not None:
        return named
    return conditions.read(Tree("is_", [Tree("subject_", [event]), value]), lookup)
