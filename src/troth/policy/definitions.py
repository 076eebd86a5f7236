"""A policy's own words: terms, facts, lists and named conditions. The order they stand in means nothing."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from typing import Any, cast

from lark import Token

from troth.model.condition import Condition, Test
from troth.model.errors import TrothError
from troth.model.policy import Group
from troth.model.term import Facet, Term
from troth.model.vocabulary import fold
from troth.policy import conditions
from troth.policy.lookup import Lookup, word_of
from troth.policy.rules import Node

_FACETS: tuple[Facet, ...] = (
    "data", "purpose", "recipient", "subject", "channel", "basis", "event", "thing", "measure", "place", "check",
)  # fmt: skip
_CONDITIONS = frozenset({"define_cond", "means"})


def declare(trees: Sequence[tuple[int, Node]], lookup: Lookup) -> None:
    """Takes in the policy's own words before any rule is read; what is wrong with them is written down in `lookup`.

    Args:
        trees: the syntax trees of the blocks, each with the line its block begins on.
        lookup: the words of the vocabulary, which grows.
    """
    placed = [(line, node) for line, tree in trees for node in cast("list[Node]", tree.children)]
    words = [one for one in placed if one[1].data in {"fact", "term"}]
    words += [one for one in placed if one[1].data == "define_list"]
    _words(words, lookup)
    found = [
        (line, node) for line, tree in trees for node in tree.find_pred(lambda one: one.data in _CONDITIONS)
    ]
    _conditions(sorted(found, key=lambda one: one[0] + (_name(one[1]).line or 1)), lookup)


def _words(placed: Sequence[tuple[int, Node]], lookup: Lookup) -> None:
    known = _places(placed)
    needs = [
        [
            place
            for word in _parts(node)
            for place in known.get(fold(word), ())
            if place != at or not _shared(node, word, lookup)
        ]
        for at, (_, node) in enumerate(placed)
    ]
    order, circles = in_order(needs)
    circular = {place for circle in circles for place in circle}
    names = {fold(word_of(_name(placed[place][1]))) for place in circular}
    for place in order:
        lookup.line, node = placed[place]
        others = names if place in circular else set[str]()
        if node.data == "define_list":
            _define_list(node, lookup, others)
        else:
            _extend(node, lookup, others)
    _report(circles, placed, lookup)


def _places(placed: Sequence[tuple[int, Node]]) -> dict[str, list[int]]:
    """Where each word is declared: twice where a policy declares it twice."""
    known: dict[str, list[int]] = {}
    for place, (_, node) in enumerate(placed):
        known.setdefault(fold(word_of(_name(node))), []).append(place)
    return known


def _name(node: Node) -> Token:
    return cast("Token", node.children[0])


def _parts(node: Node) -> Iterator[str]:
    """The words that a term stands under, or that a list lists."""
    if node.data in {"term", "define_list"}:
        words = cast("Node", node.children[2 if node.data == "term" else 1])
        yield from (word_of(cast("Token", word)) for word in words.children)


def _shared(node: Node, word: str, lookup: Lookup) -> bool:
    """Whether the vocabulary knows a word that is being declared: then its declaration may still mean the old one."""
    facets = _FACETS if node.data == "define_list" else (cast("Facet", str(node.children[1])),)
    return any(facet in _FACETS and lookup.vocabulary.find(facet, word) is not None for facet in facets)


def in_order(needs: Sequence[Sequence[int]]) -> tuple[list[int], list[list[int]]]:
    """The places so that each comes after what it needs, else as they stand; and the circles among them.

    Where circles touch each other some are left out: what is left of the needs between places of no circle is in order.

    Args:
        needs: for each place the places that it needs.
    """
    order: list[int] = []
    circles: list[list[int]] = []
    circular: set[int] = set()
    done, open_ = set[int](), dict[int, Iterator[int]]()  # open_ keeps the way down to the present place
    for start in range(len(needs)):
        if start in done:
            continue
        open_[start] = iter(needs[start])
        while open_:
            place = next(reversed(open_))
            following = next((one for one in open_[place] if one not in done), None)
            if following is None:
                del open_[place]
                done.add(place)
                order.append(place)
            elif following in open_:
                if not {place, following} <= circular:
                    way = list(open_)
                    circles.append(way[way.index(following) :])
                    circular.update(circles[-1])
            else:
                open_[following] = iter(needs[following])
    return order, circles


def _report(circles: Sequence[Sequence[int]], placed: Sequence[tuple[int, Node]], lookup: Lookup) -> None:
    """A finding for each circle, at its first definition in the file."""
    for circle in circles:
        first = circle.index(
            min(circle, key=lambda place: placed[place][0] + (_name(placed[place][1]).line or 1))
        )
        names = [word_of(_name(placed[place][1])) for place in (*circle[first:], *circle[:first])]
        way = [f"`{name}`" for name in (*names[1:], names[0])]
        way = [*way[:4], f"{len(way) - 5} more", way[-1]] if len(way) > 6 else way
        through = f"by {', which is defined by '.join(way)}" if names[1:] else "by itself"
        message = f"`{names[0]}` is defined {through}"
        lookup.line, node = placed[circle[first]]
        hint = f"define `{names[-1]}` without `{names[0]}`"
        lookup.problem("circular-definition", message, _name(node), hint=hint)


def _extend(node: Node, lookup: Lookup, circle: Collection[str]) -> None:
    own = _fact_term(node, lookup) if node.data == "fact" else _own_term(node, lookup, circle)
    if own is None:
        return
    try:
        lookup.vocabulary = lookup.vocabulary.extend((own,))
    except TrothError as error:
        lookup.problem("term-clash", error.message, _name(node), hint=error.hint or "choose another name")
    else:
        lookup.terms.append(own)


def _fact_term(node: Node, lookup: Lookup) -> Term:
    name, kind, *label = node.children
    kind = cast("Node", kind)
    words = [word_of(token) for token in kind.scan_values(lambda value: isinstance(value, Token))]
    types: dict[str, Any] = {
        "flag_type": "flag",
        "text_type": "text",
        "number_type": "number",
        "choice_type": "choice",
    }
    shown = word_of(cast("Token", label[0])) if label else str(name)
    choice = kind.data == "choice_type"
    unit = conditions.singular(words[0]) if kind.data == "number_type" and words else ""
    return Term(
        str(name), "fact", f"own:{name}", (lookup.vocabulary.root("fact").key,), shown, "", shown,
        kind=types[str(kind.data)], values=tuple(words) if choice else (), unit=unit,
    )  # fmt: skip


def _own_term(node: Node, lookup: Lookup, circle: Collection[str]) -> Term | None:
    name, facet, words, *strings = node.children
    if str(facet) not in _FACETS:
        lookup.problem(
            "unknown-term",
            f"`{facet}` is not a kind of term",
            cast("Token", facet),
            hint=f"one of {', '.join(_FACETS)}",
        )
        return None
    kind = cast("Facet", str(facet))
    named = _outside(words, circle)
    parents = [lookup.term(kind, word) for word in named]
    labels = [word_of(cast("Token", string)) for string in strings] + [""] * 3
    keys = tuple(parent.key for parent in parents if parent) or (
        () if named else (lookup.vocabulary.root(kind).key,)
    )
    if len(keys) < len(parents):
        return None
    en = labels[0] or str(name).replace("-", " ")
    return Term(str(name), kind, f"own:{name}", keys, en, labels[1], labels[2] or en)


def _outside(words: Node | Token, circle: Collection[str]) -> list[Token]:
    """The words of a list but for those of a circle, which has a finding of its own."""
    tokens = cast("list[Token]", cast("Node", words).children)
    return [token for token in tokens if fold(word_of(token)) not in circle]


def _define_list(node: Node, lookup: Lookup, circle: Collection[str]) -> None:
    """`define "Server Information" = ...`: a term that covers the listed ones."""
    name, words = node.children
    tokens = _outside(words, circle)
    facet: Facet | None = "data"
    if tokens:
        facet = next((f for f in _FACETS if lookup.vocabulary.find(f, word_of(tokens[0])) is not None), None)
    if facet is None:
        lookup.key(_FACETS, tokens[0])
        return
    members = [found.key for word in tokens if (found := lookup.term(facet, word)) is not None]
    label = word_of(cast("Token", name))
    key = fold(label)
    root = lookup.vocabulary.root(facet).key
    term = Term(key, facet, f"own:{key}", (root,), label, "", f"as the policy defines {label}")
    try:
        lookup.vocabulary = lookup.vocabulary.group(term, members)
    except TrothError as error:
        lookup.problem("term-clash", error.message, cast("Token", name), hint=error.hint)
    else:
        lookup.groups.append(Group(term, tuple(members)))


def _conditions(placed: Sequence[tuple[int, Node]], lookup: Lookup) -> None:
    known: dict[str, list[int]] = {}
    for place, (_, node) in enumerate(placed):
        known.setdefault(word_of(_name(node)), []).append(place)
    needs = [[place for word in _uses(node, lookup) for place in known.get(word, ())] for _, node in placed]
    order, circles = in_order(needs)
    circular = {place for circle in circles for place in circle}
    for place in circular:
        name = word_of(_name(placed[place][1]))
        lookup.conditions[name] = _never_known(name)
    for place in order:
        lookup.line, node = placed[place]
        if place not in circular:
            _define_condition(node, lookup)
    _report(circles, placed, lookup)


def _uses(node: Node, lookup: Lookup) -> Iterator[str]:
    """The names of conditions that a condition may use; its own name is that of the fact it is made of, where there is one."""
    own = word_of(_name(node))
    is_fact = own in conditions.REQUEST_FACTS or lookup.vocabulary.find("fact", own) is not None
    for test in cast("Node", node.children[1]).find_pred(lambda one: one.data in {"flag", "is_", "is_not"}):
        if test.data == "flag":
            word = word_of(_name(cast("Node", test.children[0])))
            if word != own or not is_fact:
                yield word
        elif isinstance(test.children[1], Token):
            word = word_of(test.children[1])
            if word != own:
                yield word


def _never_known(name: str) -> Condition:
    """A condition that was not understood: it asks for a fact that nobody gives, so what rests on it is refused."""
    return Test(name, "in", (True,))


def _define_condition(node: Node, lookup: Lookup) -> None:
    name, cond = node.children
    word = word_of(cast("Token", name))
    before = len(lookup.problems)
    condition: Condition = conditions.read(cond, lookup)
    if not conditions.fits(condition):
        hint = "say it in fewer words: definitions that name each other grow fast"
        lookup.problem("too-large", f"`{word}` grows too large", cast("Token", name), hint=hint)
    if len(lookup.problems) > before:
        condition = _never_known(word)
    if word in lookup.conditions and lookup.conditions[word] != condition:
        lookup.problem(
            "defined-twice", f"`{word}` is defined twice", cast("Token", name), hint="keep one definition"
        )
    lookup.conditions[word] = condition
