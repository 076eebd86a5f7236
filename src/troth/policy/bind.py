"""From a policy file to a compiled policy: sentences bound to promises, words resolved to terms.

`compile_policy` never stops at the first problem: what is wrong is written down as findings, so that a person sees all
of it at once, and the policy holds what could be understood.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace
from datetime import date
from typing import cast

from lark import Token

from troth.model.errors import SourceError, TrothError
from troth.model.finding import Finding
from troth.model.policy import KINDS, REASONS, Acceptance, Binding, Policy, Promise, Proof, Rule, Seal
from troth.model.sentence import Sentence
from troth.model.vocabulary import Vocabulary, load
from troth.policy.definitions import declare
from troth.policy.figures import Figure, figures
from troth.policy.lookup import Lookup, word_of
from troth.policy.parse import parse_block
from troth.policy.rules import Node, follow, read_rule, read_trigger
from troth.policy.source import Line, Source, decode, read

_ONCE = frozenset({"seal", "draft"})  # lines that a promise has once
VOCABULARY = ("dpv-2.3", "troth-cloud-1")


@dataclass(frozen=True, slots=True)
class Compiled:
    """A policy with what is wrong with it.

    Attributes:
        source: the file as it was read.
        policy: what could be understood.
        vocabulary: the shared vocabulary with the policy's own terms.
        problems: findings of reading and binding.
        numbers: numbers in the rules.
        lost: promises of blocks that can not be parsed.
    """

    source: Source
    policy: Policy
    vocabulary: Vocabulary
    problems: tuple[Finding, ...]
    numbers: tuple[Figure, ...]
    lost: frozenset[str] = frozenset()


def compile_file(data: bytes, file: str) -> Compiled:
    """The compiled policy of a file's bytes.

    Raises:
        SourceError: it is not text, or its layout (front matter, tags, fences) can not be read.
    """
    return compile_policy(read(decode(data, file), file))


def compile_policy(source: Source) -> Compiled:
    """The compiled policy of a file that has been read; findings instead of errors for what is wrong in it."""
    names, problems = _vocabulary_names(source)
    lookup = Lookup(load(names), problems=problems)
    trees = _trees(source, lookup)
    declare(trees, lookup)
    promises, numbers = _promises(trees, lookup)
    bindings = _bindings(source.lines, promises, lookup)
    promises = _attach(promises, bindings, _covers(trees), lookup)
    policy = Policy(
        provider=_text(source, "provider", lookup),
        version=_text(source, "version", lookup),
        language=str(source.front.get("language", "en")),
        vocabulary=names,
        sentences=bindings,
        promises=promises,
        terms=tuple(lookup.terms),
        groups=tuple(lookup.groups),
        material=lookup.conditions.get("material"),
        accepted=_accepted(trees),
        front=source.front,
        lexicon=lookup.vocabulary,
    )
    lost = frozenset(lookup.lost)
    return Compiled(source, policy, lookup.vocabulary, tuple(lookup.problems), tuple(numbers), lost)


def _vocabulary_names(source: Source) -> tuple[tuple[str, ...], list[Finding]]:
    names = source.front.get("vocab", list(VOCABULARY))
    if isinstance(names, list) and all(isinstance(name, str) for name in names):
        try:
            load(tuple(names))
        except TrothError as error:
            wrong = Finding(
                "unknown-vocabulary", "unknown-vocabulary", "block", error.message, error.hint, line=1
            )
            return VOCABULARY, [wrong]
        return tuple(names), []
    hint = f"write vocab = {list(VOCABULARY)}".replace("'", '"')
    return VOCABULARY, [
        Finding("front-matter", "front-matter", "block", "`vocab` is not a list of names", hint, line=1)
    ]


def _text(source: Source, name: str, lookup: Lookup) -> str:
    value = source.front.get(name)
    if isinstance(value, str) and value.strip():
        return value.strip()
    hint = f'write `{name} = "..."` between two lines of `+++` at the top of the file'
    wrong = Finding(
        "front-matter", "front-matter", "block", f"the front matter names no {name}", hint, line=1
    )
    lookup.problems.append(wrong)
    return ""


def _trees(source: Source, lookup: Lookup) -> list[tuple[int, Node]]:
    """The syntax trees of the blocks that can be parsed, each with the line its block begins on."""
    trees = []
    for block in source.blocks:
        try:
            trees.append((block.line, parse_block(block.text, source.file, block.line)))
        except SourceError as error:
            lookup.lost.update(re.findall(r"^\s*promise\s+(\S+)", block.text, re.MULTILINE))
            place = error.place
            wrong = Finding(
                "grammar", "grammar", "block", error.message, error.hint, line=place.line, column=place.column
            )
            lookup.problems.append(wrong)
    return trees


def _accepted(trees: Sequence[tuple[int, Node]]) -> tuple[Acceptance, ...]:
    found = []
    for line, tree in trees:
        for node in cast("list[Node]", tree.children):
            inside = str(node.children[0]) if node.data == "promise" else ""
            for one in node.find_data("accept"):
                rule, why = [cast("Token", child) for child in one.children]
                found.append(Acceptance(str(rule), word_of(why), inside, line + (rule.line or 1) - 1))
    return tuple(sorted(found, key=lambda one: one.line))


def _promises(trees: Sequence[tuple[int, Node]], lookup: Lookup) -> tuple[tuple[Promise, ...], list[Figure]]:
    promises: dict[str, Promise] = {}
    numbers: list[Figure] = []
    for line, tree in trees:
        lookup.line = line
        for node in cast("list[Node]", tree.children):
            if node.data != "promise":
                continue
            promise = _promise(node, lookup)
            if promise.id in promises:
                first = promises[promise.id].line
                hint = f"the first stands on line {first}; ids are never used twice"
                lookup.problem(
                    "defined-twice",
                    f"promise `{promise.id}` is written twice",
                    cast("Token", node.children[0]),
                    hint=hint,
                )
                continue
            promises[promise.id] = promise
            numbers += figures(node, lookup.vocabulary, line)
    lookup.promise = ""
    return tuple(promises.values()), numbers


def _promise(node: Node, lookup: Lookup) -> Promise:
    name, kind, title, *items = node.children
    lookup.promise = str(name)
    if str(kind) not in KINDS:
        lookup.problem(
            "unknown-term",
            f"`{kind}` is not a kind of promise",
            cast("Token", kind),
            hint=f"one of {', '.join(KINDS)}",
        )
    line = lookup.line + (cast("Token", name).line or 1) - 1
    promise = Promise(str(name), str(kind), word_of(cast("Token", title)), line=line)
    seen: dict[str, int] = {}
    for item in cast("list[Node]", items):
        if item.data in _ONCE and item.data in seen:
            message = f"promise `{name}` has two lines `{item.data}`"
            hint = f"keep one: this one, or the one on line {seen[item.data]}"
            lookup.problem("defined-twice", message, _first(item), hint=hint)
        elif item.data in _ONCE:
            seen[item.data] = lookup.line + (_first(item).line or 1) - 1
        promise = _item(item, promise, lookup)
    return promise


def _first(node: Node) -> Token:
    """The first word of a statement that the tree keeps: it tells the line."""
    return next(token for token in node.scan_values(lambda value: isinstance(value, Token)))


def _item(item: Node, promise: Promise, lookup: Lookup) -> Promise:
    match item.data:
        case "rule":
            return replace(promise, rules=(*promise.rules, read_rule(item, lookup, _next(promise))))
        case "when":
            return _when(item, promise, lookup)
        case "covers":
            *where, words = [word_of(cast("Token", child)) for child in item.children]
            return replace(promise, covers=(*promise.covers, (where[0] if where else "", words)))
        case "note":
            return replace(promise, notes=(*promise.notes, word_of(cast("Token", item.children[0]))))
        case "prove":
            proofs = [proof for check in item.children if (proof := _proof(cast("Node", check), lookup))]
            return replace(promise, proofs=(*promise.proofs, *proofs))
        case "seal":
            return replace(promise, seal=_seal(item, lookup))
        case "draft":
            return replace(promise, draft=float(str(item.children[0]).lstrip("~")))
        case _:
            return promise


def _next(promise: Promise) -> str:
    return f"{promise.id}/{len(promise.rules) + 1}"


def _when(node: Node, promise: Promise, lookup: Lookup) -> Promise:
    trigger, *items = cast("list[Node]", node.children)
    start = read_trigger(trigger, lookup)
    for item in items:
        if item.data == "rule":
            rule: Rule = read_rule(item, lookup, _next(promise), start)
            promise = replace(promise, rules=(*promise.rules, rule))
        elif item.data == "instead" and promise.rules:
            last = follow(item, promise.rules[-1], "otherwise", lookup)
            promise = replace(promise, rules=(*promise.rules[:-1], last))
        elif item.data == "note":
            promise = _item(item, promise, lookup)
    return promise


def _proof(node: Node, lookup: Lookup) -> Proof | None:
    name, *arguments = node.children
    term = lookup.term("check", cast("Token", name))
    words = []
    for argument in cast("list[Node]", arguments):
        tokens = [word_of(token) for token in argument.scan_values(lambda value: isinstance(value, Token))]
        words.append(" ".join(tokens))
    return Proof(term.key, tuple(words), term.proof) if term else None


def _seal(node: Node, lookup: Lookup) -> Seal:
    by, on, rules = "", "", ""
    digest, *rest = [cast("Token", child) for child in node.children]
    for token in rest:
        if token.type == "STRING":
            by = word_of(token)
        elif token.type == "HEX":
            rules = str(token)
        else:
            on = str(token)
            try:
                date.fromisoformat(on)
            except ValueError:
                hint = "write the day of the review as YYYY-MM-DD"
                lookup.problem("wrong-type", f"there is no day {on}", token, hint=hint)
    return Seal(str(digest), by, on, rules)


def _bindings(lines: Iterable[Line], promises: Sequence[Promise], lookup: Lookup) -> tuple[Binding, ...]:
    known = {promise.id: promise for promise in promises}
    bindings: list[Binding] = []
    seen: dict[str, int] = {}
    for line in lines:
        sentence, tag = line.sentence, line.tag
        if sentence.id in seen:
            message = f"the id `{sentence.id}` names two sentences (also line {seen[sentence.id]})"
            lookup.problems.append(_about(sentence, "defined-twice", message, "ids are never used twice"))
            sentence = replace(sentence, id=_free(sentence.id, seen))
        seen[sentence.id] = sentence.line
        names = []
        for name, column in tag.names:
            if name in known:
                names.append(name)
            elif name not in lookup.lost:
                lookup.problems.append(_unknown_promise(sentence, name, column, known, few=lookup.few))
        bindings.append(_binding(line, sentence, tuple(dict.fromkeys(names))))
    return tuple(bindings)


def _free(name: str, seen: dict[str, int]) -> str:
    number = 2
    while f"{name}.{number}" in seen:
        number += 1
    return f"{name}.{number}"


def _binding(line: Line, sentence: Sentence, names: tuple[str, ...]) -> Binding:
    tag = line.tag
    if tag.information is not None:
        return Binding(sentence, (), tag.information, names, suggested=tag.suggested)
    if line.level and not names:
        return Binding(sentence, (), "heading", suggested=tag.suggested)
    return Binding(sentence, names, None, (), tag.repeats, tag.suggested)


def _about(sentence: Sentence, rule: str, message: str, hint: str) -> Finding:
    return Finding(rule, rule, "block", message, hint, (sentence,))


def _unknown_promise(
    sentence: Sentence, name: str, column: int, known: dict[str, Promise], *, few: bool
) -> Finding:
    import difflib  # noqa: PLC0415 - only on the way to a finding

    near = difflib.get_close_matches(name, known, 3, 0.5) if few else []
    meant = f"did you mean {', '.join(f'`{one}`' for one in near)}? " if near else ""
    hint = f"{meant}write the promise in a block below, or mark the sentence as information with `i`"
    message = f"there is no promise `{name}`"
    return Finding(
        "unknown-promise",
        "unknown-promise",
        "block",
        message,
        hint,
        (sentence,),
        line=sentence.line,
        column=column,
    )


def _covers(trees: Sequence[tuple[int, Node]]) -> dict[str, list[tuple[int, int]]]:
    """Where the words of each `covers` line stand, by promise: line and column."""
    found: dict[str, list[tuple[int, int]]] = {}
    for line, tree in trees:
        for node in cast("list[Node]", tree.children):
            if node.data == "promise":
                words = [
                    one.children[-1] for one in cast("list[Node]", node.children[3:]) if one.data == "covers"
                ]
                tokens = cast("list[Token]", words)
                found.setdefault(
                    str(node.children[0]), [(line + (one.line or 1) - 1, one.column or 1) for one in tokens]
                )
    return found


def _attach(
    promises: tuple[Promise, ...],
    bindings: tuple[Binding, ...],
    places: dict[str, list[tuple[int, int]]],
    lookup: Lookup,
) -> tuple[Promise, ...]:
    """The promises with the sentences that name them, and their `covers` (at `places`) checked against those sentences."""
    named: dict[str, list[Sentence]] = {promise.id: [] for promise in promises}
    limits: dict[str, list[str]] = {promise.id: [] for promise in promises}
    for binding in bindings:
        for name in binding.promises:
            named[name].append(binding.sentence)
        for name in binding.limits:
            limits[name].append(binding.sentence.id)
        if binding.reason is not None and binding.reason not in REASONS:
            hint = f"reasons are {', '.join(reason for reason in REASONS if reason)}"
            message = f"`{binding.reason}` is not a reason for being information"
            lookup.problems.append(_about(binding.sentence, "unknown-reason", message, hint))
    covered = [replace(one, covers=_covered(one, named[one.id], places[one.id], lookup)) for one in promises]
    return tuple(
        replace(one, sentences=tuple(s.id for s in named[one.id]), limits=tuple(limits[one.id]))
        for one in covered
    )


def _covered(
    promise: Promise, named: list[Sentence], places: list[tuple[int, int]], lookup: Lookup
) -> tuple[tuple[str, str], ...]:
    """The parts of sentences that a promise covers; a finding for words that stand in none of them."""
    covers = []
    for (where, words), (line, column) in zip(promise.covers, places, strict=True):
        folded = " ".join(words.split())
        home = [s for s in named if (not where or s.id == where) and folded in s.text]
        if home:
            covers.append((home[0].id, folded))
            continue
        place = f"sentence `{where}`" if where else "any sentence bound to it"
        message = f'"{folded}" does not stand in {place}'
        hint = "copy the words of the sentence as they are"
        lookup.problems.append(
            Finding(
                "covers-missing",
                "covers-missing",
                "block",
                message,
                hint,
                tuple(named),
                promise=promise.id,
                line=line,
                column=column,
            )
        )
    return tuple(covers)
