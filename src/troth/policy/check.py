"""`check`: is the file complete, and do its rules say what its words say?

These findings are about the binding of words and rules. What a reader should question in the words themselves is lint.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace
from typing import cast

from troth.model.finding import SEVERITIES, Finding, Severity
from troth.model.policy import Binding, Policy, Promise
from troth.model.sentence import Sentence
from troth.policy.amounts import Amount, amounts, says
from troth.policy.bind import Compiled
from troth.policy.denial import denied, permitting
from troth.policy.direction import begins_at, directed, otherwise
from troth.policy.figures import Figure
from troth.policy.front import unknown
from troth.policy.parse import TURNS
from troth.policy.seal import digest, holds, rules_hold

_TURN = re.compile(f"[{TURNS}]")


def check(compiled: Compiled) -> tuple[Finding, ...]:
    """The findings about a compiled file, in the order of the file."""
    found = [
        *compiled.problems,
        *_front(compiled),
        *_sentences(compiled),
        *_promises(compiled.policy),
        *_denials(compiled.policy),
        *_numbers(compiled),
    ]
    return tuple(
        sorted(found, key=lambda finding: (line_of(finding), finding.column, finding.rule, finding.message))
    )


def line_of(finding: Finding) -> int:
    """The line a finding is about."""
    return finding.line or (finding.sentences[0].line if finding.sentences else 0)


def _front(compiled: Compiled) -> Iterator[Finding]:
    front = compiled.source.front
    if "jurisdictions" in front and not isinstance(front["jurisdictions"], list):
        message, hint = "`jurisdictions` is no list", 'write `jurisdictions = ["eu", "hk"]`'
        yield Finding("front-matter", "front-matter", "warn", message, hint, line=1)
    else:
        for name in unknown(front):
            hint = "name them as eu, uk, us, us-ca, hk, cn or sg"
            message = f"lint knows no law of `{name}`"
            yield Finding("front-matter", "front-matter", "info", message, hint, line=1)
    language = str(front.get("language", "en"))
    if not re.fullmatch(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8})*", language):
        message, hint = f"`{language}` is no tag of a language", "write a tag such as en, zh or zh-Hant"
        yield Finding("front-matter", "front-matter", "warn", message, hint, line=1)


def _sentences(compiled: Compiled) -> Iterator[Finding]:
    policy = compiled.policy
    # their promises stand in a block that can not be parsed: the finding about the block is enough
    waiting = {
        line.sentence.id
        for line in compiled.source.lines
        if any(name in compiled.lost for name, _ in line.tag.names)
    }
    for binding in policy.sentences:
        if binding.suggested is not None:
            yield _suggested(binding)
        elif not binding.promises and binding.reason is None and binding.sentence.id not in waiting:
            yield _unbound(binding)
        turn = _TURN.search(binding.sentence.text)
        if turn:
            message = f"a hidden character (U+{ord(turn[0]):04X}) turns the direction in which this sentence is read"
            hint = "take it out: people must read the words that were reviewed"
            yield Finding("hidden-turn", "hidden-turn", "block", message, hint, (binding.sentence,))
    if not policy.sentences:
        hint = "start with `troth policy import TEXT -o policy.troth.md`"
        yield Finding("empty-policy", "empty-policy", "block", "the file has no sentences", hint, line=1)


def _unbound(binding: Binding) -> Finding:
    message = "this sentence is bound to no promise and not marked as information"
    hint = "end the line with the name of a promise, {name}, or with {i:reason}"
    if binding.sentence.text.endswith("｝"):
        hint = "the braces of the tag are full-width: write { and }"
    return Finding("unbound-sentence", "unbound-sentence", "block", message, hint, (binding.sentence,))


def _suggested(binding: Binding) -> Finding:
    what = ", ".join(binding.promises) or f"i:{binding.reason}".rstrip(":")
    sure = f" (confidence {binding.suggested:.2f})" if binding.suggested else ""
    message = (
        f"nobody has accepted the suggestion `{what}`{sure}"
        if what != "i:None"
        else "this sentence is undecided"
    )
    hint = "if it is right, take the `?` out of the tag; if not, write the right tag"
    return Finding("suggestion", "suggestion", "block", message, hint, (binding.sentence,))


def _promises(policy: Policy) -> Iterator[Finding]:
    for promise in policy.promises:
        yield from _complete(promise)
        yield from _sealed(policy, promise)


def _denials(policy: Policy) -> Iterator[Finding]:
    """Sentences that deny what the rule beside them permits."""
    for binding in policy.sentences:
        sentence, acts = binding.sentence, denied(binding.sentence.text)
        for name in binding.promises if acts and binding.reason is None and binding.suggested is None else ():
            promise = policy.by_id.get(name)
            rule = permitting(promise, acts) if promise and promise.draft is None else None
            if rule is not None:
                message = f"the sentence denies what its rule permits: `{rule.mode} {rule.verb}`"
                hint = "write `never`, or bind the sentence to the promise that forbids it"
                name_ = "sentence-denies"
                yield Finding(name_, name_, "block", message, hint, (sentence,), promise=name)


def _complete(promise: Promise) -> Iterator[Finding]:
    if promise.draft is not None:
        message = (
            f"promise `{promise.id}` is a draft (confidence {promise.draft:.2f}) and decides nothing yet"
        )
        yield _about(
            promise, "draft", "block", message, "read its rules, correct them and take the `draft` line out"
        )
    if not promise.sentences:
        message = f"no sentence is bound to promise `{promise.id}`"
        yield _about(
            promise,
            "promise-unbound",
            "block",
            message,
            f"name it in the tag of the sentence it keeps: {{{promise.id}}}",
        )
    if not promise.rules:
        message = f"promise `{promise.id}` has no rule, so nothing carries it out"
        yield _about(promise, "promise-empty", "block", message, "write what may, must or must never be done")
    if not promise.proofs:
        message = f"nothing shows that promise `{promise.id}` is kept"
        yield _about(
            promise,
            "missing-proof",
            "warn",
            message,
            "add a line `prove ...`; `attestation` where only people can say",
        )


def _sealed(policy: Policy, promise: Promise) -> Iterator[Finding]:
    if promise.draft is not None or not promise.sentences:
        return
    sentences = tuple(policy.by_sentence[name].sentence for name in promise.sentences)
    match holds(policy, promise):
        case None:
            message = f"promise `{promise.id}` was never sealed: nobody has signed that the rule says what the words say"
            yield replace(
                _about(promise, "unsealed", "info", message, "after the review run `troth policy seal FILE`"),
                sentences=sentences,
            )
        case False:
            message = f"the words changed since the rule of promise `{promise.id}` was reviewed"
            command = f"troth policy seal FILE --promise {promise.id}"
            hint = f"compare rule and words, then run `{command}` (the seal is now {digest(policy, promise)})"
            yield replace(_about(promise, "stale-seal", "block", message, hint), sentences=sentences)
        case _ if rules_hold(policy, promise) is False:
            message = f"the rule of promise `{promise.id}` changed since it was reviewed against its words"
            hint = f"compare rule and words, then run `troth policy seal FILE --promise {promise.id}`"
            yield replace(_about(promise, "stale-rule", "block", message, hint), sentences=sentences)
        case _:
            return


def _about(promise: Promise, rule: str, severity: str, message: str, hint: str) -> Finding:
    return Finding(rule, rule, "block" if severity == "block" else "warn" if severity == "warn" else "info",
                   message, hint, promise=promise.id, line=promise.line)  # fmt: skip


def _numbers(compiled: Compiled) -> Iterator[Finding]:
    policy = compiled.policy
    said: dict[str, tuple[Amount, ...]] = {}
    for figure in compiled.numbers:
        promise = policy.by_id.get(figure.promise)
        if promise is None or not promise.sentences:
            continue
        sentences = tuple(policy.by_sentence[name].sentence for name in promise.sentences)
        if promise.id not in said:
            said[promise.id] = tuple(one for sentence in sentences for one in amounts(sentence.text))
        if (
            figure.chosen
        ):  # only in the same words: an equal length may be there by chance, and "a year" often is
            same = {
                Amount(figure.value, figure.unit),
                Amount(figure.value, "" if figure.bare else figure.unit),
            }
            known = figure.value > 1 and not same.isdisjoint(said[promise.id])
        else:
            known = says(said[promise.id], figure.value, figure.unit, bare=figure.bare)
        if known == figure.chosen:
            yield replace(_number(figure, said[promise.id]), sentences=sentences)
        elif known and figure.way:
            yield from _other_way(figure, sentences)


def _other_way(figure: Figure, sentences: tuple[Sentence, ...]) -> Iterator[Finding]:
    """The finding about a length that the text counts the other way: ahead of an event, or as the least."""
    if figure.way in {"<=", ">"}:
        yield from _off_by_one(figure, sentences)
        return
    said = [one for sentence in sentences for one in directed(sentence.text)]
    other = otherwise(said, figure.value, figure.unit, figure.way)
    if other is not None:
        way = {"before": "{} before", "after": "{} after", "at-least": "at least {}", "at-most": "at most {}"}
        message = (
            f"the rule says {way.get(figure.way, 'within {}').format(figure)}, the sentence says {other}"
        )
        hint = "`within`, `at-least`, `before EVENT` and `after EVENT` are different: write what the sentence says"
        yield _turned(figure, sentences, message, hint)


def _off_by_one(figure: Figure, sentences: tuple[Sentence, ...]) -> Iterator[Finding]:
    """The finding about an age that the rule takes to the younger side: who is 16 is not under 16."""
    if begins_at((one.text for one in sentences), figure.value):
        age, right = f"{figure.value:g}", {"<=": "<", ">": ">="}[figure.way]
        message = f"the rule says {figure.way} {age}, the sentence draws the line below {age}"
        hint = f"write `{right} {age}`: who is {age} is not under {age}"
        yield _turned(figure, sentences, message, hint)


def _turned(figure: Figure, sentences: tuple[Sentence, ...], message: str, hint: str) -> Finding:
    """The finding about a length or an age that the sentence counts the other way."""
    rule = "number-other-way"
    return Finding(
        rule,
        rule,
        "warn",
        message,
        hint,
        sentences,
        promise=figure.promise,
        line=figure.line,
        column=figure.column,
    )


def _number(figure: Figure, said: Sequence[Amount]) -> Finding:
    """The finding about a number that the text does not say, or that the text says though the house claims it."""
    if figure.chosen:
        message = f"{figure} is marked as chosen by the house, but the sentence says so"
        rule, severity, hint = "number-in-text", "warn", f"write {str(figure).removeprefix('~')} without ~"
    else:
        other = next((str(one) for one in said if one.unit and one.number == figure.value), "")
        instead = f" (it says {other})" if other and figure.unit else ""
        message = f"the rule says {figure}, the sentence does not{instead}"
        rule, severity, hint = (
            "number-not-in-text",
            "block",
            f"write ~{figure} if the house chose it, or correct the number",
        )
    return Finding(
        rule,
        rule,
        cast("Severity", severity),
        message,
        hint,
        promise=figure.promise,
        line=figure.line,
        column=figure.column,
    )


def accept(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """The findings with the decisions of the house written to those it has accepted."""
    done = []
    for finding in findings:
        for one in policy.accepted:
            if one.rule not in {finding.rule, finding.kind}:
                continue
            bound = policy.by_id[one.promise].sentences if one.promise in policy.by_id else ()
            if (
                not one.promise
                or one.promise == finding.promise
                or any(s.id in bound for s in finding.sentences)
            ):
                finding = replace(finding, accepted=one.why)  # noqa: PLW2901 - the finding with its decision
                break
        done.append(finding)
    return tuple(done)


def idle(findings: Iterable[Finding], policy: Policy) -> tuple[Finding, ...]:
    """A finding for every acceptance that nothing needs any more."""
    rules = {(finding.rule, finding.accepted) for finding in findings if finding.accepted}
    rules |= {(finding.kind, finding.accepted) for finding in findings if finding.accepted}
    message, hint = "`accept {}` accepts nothing: no such finding is left", "take the line out"
    return tuple(
        Finding(
            "idle-acceptance",
            "idle-acceptance",
            "info",
            message.format(one.rule),
            hint,
            promise=one.promise,
            line=one.line,
        )
        for one in policy.accepted
        if (one.rule, one.why) not in rules
    )


def worst(findings: Iterable[Finding]) -> str:
    """The severest open severity: "block", "warn", "info", or "" where nothing is open."""
    open_ = {finding.severity for finding in findings if not finding.accepted}
    return next((severity for severity in SEVERITIES if severity in open_), "")
