"""A drafted policy from sentences: guesses, groups of sentences that one promise keeps, and their rules."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import replace
from typing import TYPE_CHECKING

from troth.model.term import Facet
from troth.policy.block import words
from troth.policy.draft.classify import Guess, classify
from troth.policy.draft.finds import Finds
from troth.policy.draft.rules import draft_rules, proofs
from troth.policy.draft.suggestion import Draft, DraftedPromise, Suggestion
from troth.policy.draft.terms import TermIndex, term_index
from troth.policy.draft.wording import is_chinese
from troth.policy.roles import bullet_sign, numbering

if TYPE_CHECKING:
    from troth.model.sentence import Sentence
    from troth.model.vocabulary import Vocabulary

_DOUBTED = 0.4  # most confidence in a promise whose denials, exceptions or names are not all understood
_TITLE_WORDS = 9
_TITLE_HAN = 22
_NAME_LENGTH = 26
_NAMED_BY: dict[str, Facet] = {
    "collect": "data",
    "cookie": "purpose",
    "share": "recipient",
    "protect": "measure",
    "use": "purpose",
    "publish": "recipient",
    "transfer": "place",
}
_OF_DATA = frozenset({"collect", "use", "share", "cookie", "retain"})
_EMPTY = words(
    """
    a an and are as at by collect collected collecting collection data do does for from how i if ii iii in
    information is it its of on or our personal s the this to under us use user users we what when where
    which who your you
    """
)


def draft(
    sentences: tuple[Sentence, ...], vocabulary: Vocabulary, marked: frozenset[str] = frozenset()
) -> Draft:
    """What each sentence of a text seems to be, and the promises that would keep the operational ones.

    Works offline from turns of phrase; nothing is accepted, everything has a confidence and its reasons.

    Args:
        sentences: the sentences of a text, in order, from `split`.
        vocabulary: the words that rules may use; phrases without a word in it are left out.
        marked: ids of the headings that are headings by markup, from `split.marked`; a person has to accept the others.
    """
    index = term_index(vocabulary)
    guesses = classify(sentences, marked)
    names: dict[int, str] = {}
    data: tuple[str, ...] = ()
    section: tuple[str, ...] = ()
    taken: Counter[str] = Counter()
    promises: list[DraftedPromise] = []
    doubted: set[int] = set()
    for group in _groups(guesses):
        members = [guesses[at] for at in group]
        if members[0].sentence.section != section:
            data = ()  # "these data" are those of the same section
        finds = _finds(members, guesses, index, data)
        promise = _promise(members, finds, taken)
        section = members[-1].sentence.section
        data = finds.data() if promise.kind in _OF_DATA and finds.mode != "never" else ()
        promises.append(promise)
        names.update(dict.fromkeys(group, promise.name))
        if promise.confidence <= _DOUBTED:
            doubted.update(group)
    guesses = tuple(
        replace(one, confidence=min(one.confidence, _DOUBTED)) if at in doubted else one
        for at, one in enumerate(guesses)
    )
    return Draft(tuple(_suggestion(at, guesses, names) for at in range(len(guesses))), tuple(promises))


def _suggestion(at: int, guesses: tuple[Guess, ...], names: dict[int, str]) -> Suggestion:
    """The suggestion of one sentence; one that says the same again is bound to the same promise."""
    guess = guesses[at]
    twin = guess.twin if guess.twin in names and guess.kind else -1
    promise = names.get(at) or names.get(twin, "")
    return Suggestion(
        guess.sentence,
        guess.confidence,
        guess.why,
        guess.kind,
        guess.reason,
        promise,
        repeats=at not in names and twin >= 0,
    )


def _groups(guesses: tuple[Guess, ...]) -> list[list[int]]:
    """Indices of the sentences that one promise keeps: items of a list, and what refers back to its kind."""
    groups: list[list[int]] = []
    leads = {guess.lead for guess in guesses}
    lists: dict[tuple[int, str], list[int]] = {}
    for at, guess in enumerate(guesses):
        if not guess.kind or (guess.twin >= 0 and guesses[guess.twin].kind):
            continue
        top = at if at in leads or guess.lead < 0 else guess.lead
        home = lists.get((top, guess.kind)) if top != at else None
        if home is None and groups and _refers(at, groups[-1], guesses):
            home = groups[-1]
        if home is None:
            groups.append(home := [])
        home.append(at)
        lists.setdefault((top, guess.kind), home)
    return groups


def _refers(at: int, group: list[int], guesses: tuple[Guess, ...]) -> bool:
    """Whether a sentence speaks of what the one before it in the same paragraph says."""
    guess, before = guesses[at], guesses[group[-1]]
    near = group[-1] == at - 1 and guess.sentence.paragraph == before.sentence.paragraph
    return guess.refers and near and guess.kind == before.kind


def _finds(
    members: list[Guess], guesses: tuple[Guess, ...], index: TermIndex, before: tuple[str, ...]
) -> Finds:
    """What a group names; its lead is the sentence that introduces its list, if that is of its kind."""
    first = members[0]
    own = len(members) > 1 and members[1].lead >= 0 and guesses[members[1].lead] is first
    lead = guesses[first.lead] if first.lead >= 0 and not own else first
    lead = lead if lead.kind in {first.kind, ""} else first
    return Finds(lead.text, tuple(guess.text for guess in members), index, before if first.refers else ())


def _promise(members: list[Guess], finds: Finds, taken: Counter[str]) -> DraftedPromise:
    """The promise of a group."""
    first = members[0]
    lines, sure = draft_rules(first.kind, finds)
    confidence = round(0.9 * sum(guess.confidence for guess in members) / len(members), 2)
    if not sure:
        confidence = min(confidence, _DOUBTED)
    return DraftedPromise(
        _name(first, finds, lines, taken),
        first.kind,
        _title(first.sentence),
        lines,
        confidence,
        first.why,
        proofs(first.kind, finds),
        tuple(guess.sentence.id for guess in members),
    )


def _name(first: Guess, finds: Finds, lines: tuple[str, ...], taken: Counter[str]) -> str:
    """A name from the kind and what it is about, unique in the draft."""
    event = re.match(r"when ([a-z-]+)", lines[0]) if lines else None
    about = event.group(1).removeprefix("request-") if event else _topic(first, finds)
    parts = [part for part in about.split("-") if part]
    while len(parts) > 1 and len("-".join(parts)) > _NAME_LENGTH:
        parts.pop()
    base = "-".join(parts if parts[:1] == [first.kind] else [first.kind, *parts])
    name = base
    while taken[name]:
        taken[base] += 1
        name = f"{base}-{taken[base]}"
    taken[name] += 1
    return name


def _topic(first: Guess, finds: Finds) -> str:
    """What a promise is about: the heading above it for collection, else the first term of its facet."""
    heading = first.sentence.section[-1].lower() if first.sentence.section else ""
    named = [
        word for word in re.findall(r"[a-z]+", heading[len(numbering(heading)[1]) :]) if word not in _EMPTY
    ]
    if first.kind == "collect" and named and not is_chinese(heading):
        return "-".join(named[:3])
    if first.kind == "share" and finds.mode == "never":
        return next(iter(finds.barred("recipient", "third-party")))
    facet = _NAMED_BY.get(first.kind)
    return next(iter(finds.index.found(facet, finds.text)), "") if facet else ""


def _title(sentence: Sentence) -> str:
    """The heading above a sentence and its first words, short."""
    text = sentence.text[len(bullet_sign(sentence.text)) :]
    text = text[len(numbering(text)[1]) :].strip().replace('"', "").replace("\\", "")
    parts = text.split()
    if len(parts) <= 2 and len(text) > _TITLE_HAN:
        return text[:_TITLE_HAN] + "…"
    return text if len(parts) <= _TITLE_WORDS else " ".join(parts[:_TITLE_WORDS]).rstrip(",;:") + " …"
