"""A drafted policy from sentences: guesses, groups of sentences that one promise keeps, and their rules."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from troth.policy.draft.classify import Guess, classify
from troth.policy.draft.finds import Finds
from troth.policy.draft.rules import draft_rules, proofs
from troth.policy.draft.suggestion import Draft, DraftedPromise, Suggestion
from troth.policy.draft.terms import TermIndex, term_index
from troth.policy.roles import bullet_sign, numbering

if TYPE_CHECKING:
    from troth.model.sentence import Sentence
    from troth.model.vocabulary import Vocabulary

_TITLE_WORDS = 9
_TITLE_HAN = 22
_SLUG = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")


def draft(sentences: tuple[Sentence, ...], vocabulary: Vocabulary) -> Draft:
    """What each sentence of a text seems to be, and the promises that would keep the operational ones.

    Works offline from turns of phrase; nothing is accepted, everything has a confidence and its reasons.

    Args:
        sentences: the sentences of a text, in order, from `split`.
        vocabulary: the words that rules may use; phrases without a word in it are left out.
    """
    index = term_index(vocabulary)
    guesses = classify(sentences)
    names: dict[int, str] = {}
    promises: list[DraftedPromise] = []
    for group in _groups(guesses):
        promise = _promise([guesses[at] for at in group], guesses, index, {one.name for one in promises})
        promises.append(promise)
        names.update(dict.fromkeys(group, promise.name))
    return Draft(tuple(_suggestion(at, guesses, names) for at in range(len(guesses))), tuple(promises))


def _suggestion(at: int, guesses: tuple[Guess, ...], names: dict[int, str]) -> Suggestion:
    """The suggestion of one sentence; one that says the same again is bound to the same promise."""
    guess = guesses[at]
    twin = guess.twin if guess.twin in names and guess.kind else -1
    promise = names.get(at) or names.get(twin, "")
    return Suggestion(
        guess.sentence, guess.confidence, guess.why, guess.kind, guess.reason, promise, repeats=at not in names and twin >= 0
    )


def _groups(guesses: tuple[Guess, ...]) -> list[list[int]]:
    """Indices of the sentences that one promise keeps: items of a list, and what refers back to its own kind."""
    groups: list[list[int]] = []
    for at, guess in enumerate(guesses):
        if not guess.kind or (guess.twin >= 0 and guesses[guess.twin].kind):
            continue
        last = groups[-1] if groups else []
        if last and _belongs(at, last, guesses):
            last.append(at)
        else:
            groups.append([at])
    return groups


def _belongs(at: int, group: list[int], guesses: tuple[Guess, ...]) -> bool:
    """Whether a sentence is kept by the promise of the group before it."""
    guess, before = guesses[at], guesses[group[-1]]
    if guess.kind != before.kind:
        return False
    if guess.lead >= 0 and guess.lead in {before.lead, group[-1], group[0]}:
        return True
    return guess.refers and group[-1] == at - 1 and guess.sentence.paragraph == before.sentence.paragraph


def _promise(members: list[Guess], guesses: tuple[Guess, ...], index: TermIndex, taken: set[str]) -> DraftedPromise:
    """The promise of a group."""
    first = members[0]
    lead = guesses[first.lead] if first.lead >= 0 else first
    finds = Finds(lead.text, tuple(guess.text for guess in members), index)
    lines = draft_rules(first.kind, finds)
    name = _name(first, finds, lines, taken)
    confidence = round(0.9 * sum(guess.confidence for guess in members) / len(members), 2)
    ids = tuple(guess.sentence.id for guess in members)
    return DraftedPromise(
        name, first.kind, _title(lead.sentence), lines, confidence, first.why, proofs(first.kind, finds), ids
    )


def _name(first: Guess, finds: Finds, lines: tuple[str, ...], taken: set[str]) -> str:
    """A name from the kind and what it is about, unique in the draft."""
    facets = {"collect": "data", "cookie": "purpose", "share": "recipient", "protect": "measure", "use": "purpose"}
    event = re.match(r"when ([a-z-]+)", lines[0]) if lines else None
    facet = facets.get(first.kind)
    about = event.group(1) if event else next(iter(finds.index.found(facet, finds.text)), "") if facet else ""  # type: ignore[arg-type]
    slug = _SLUG.match(about.removeprefix("request-"))
    base = f"{first.kind}-{slug.group()}" if slug and slug.group() != first.kind else first.kind
    name, number = base, 2
    while name in taken:
        name, number = f"{base}-{number}", number + 1
    return name


def _title(sentence: Sentence) -> str:
    """The heading above a sentence and its first words, short."""
    text = sentence.text[len(bullet_sign(sentence.text)) :]
    text = text[len(numbering(text)[1]) :].strip().replace('"', "").replace("\\", "")
    words = text.split()
    if len(words) <= 2 and len(text) > _TITLE_HAN:
        return text[:_TITLE_HAN] + "…"
    return text if len(words) <= _TITLE_WORDS else " ".join(words[:_TITLE_WORDS]).rstrip(",;:") + " …"
