"""What each sentence seems to be: information with a reason, or a promise of a kind.

Every sentence collects the weights of the cues in its main clause, of the heading above it, of the list it
stands in and of the sentence it refers back to. The heaviest kind wins against the heaviest reason; how
clearly it wins is the confidence.
"""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from troth.model.sentence import Sentence
from troth.policy.draft.cue import Score, scores
from troth.policy.draft.negation import clauses, mode_of
from troth.policy.draft.wording import core, is_chinese, lead_label, main_clause, plain, speakers
from troth.policy.roles import is_question, is_titled, numbering
from troth.policy.statement import is_statement

SHORT_LEAD_WORDS = 9
"""A lead-in of at most so many words only introduces its list ("These uses include:")."""

_BACK = re.compile(
    r"^(?:this|these|those|they|it|such|in (?:such|this|these|that)|for example|in particular|additionally|"
    r"also|in addition|however|at the same time|after|once|based on)\b|"
    r"^(?:其中|这些|该等|上述|此外|同时|例如|为此|但)"
)
_COLUMN = re.compile(  # the name of a column, in the plain form of a sentence
    r"(?:(?:type|kind|categor(?:y|ies)|class)s? of )?(?:(?:personal|your) )?(?:data|information|records?)"
    r"(?: (?:types?|categor(?:y|ies)|elements?))?(?: (?:we )?collect(?:ed)?)?|(?:data )?categor(?:y|ies)"
    r"|types?|items?|cookies?(?: names?)?"
    r"|purposes?(?: of (?:use|processing|collection))?|(?:legal|lawful) bas[ie]s"
    r"|recipients?|third part(?:y|ies)|providers?|sources?"
    r"|(?:retention|storage)(?: (?:period|time|term)s?)?|how long|period|durations?|expiry|country|location|places?"
    r"|notes?|remarks?|comments?|descriptions?|details|examples?|names?"
    r"|(?:个人)?(?:信息|数据|资料)?(?:的)?(?:种类|类型|类别|名称|项目|字段|内容)|(?:个人)?(?:信息|数据|资料)|(?:保留|保存|存储|储存|留存)(?:期限?|期间|时间|时限)"
    r"|期限|(?:使用|收集|处理)?(?:目的|用途|场景)|(?:接收方|第三方)(?:名称)?|(?:法律|合法)(?:依据|基础)|来源|备注|说明|描述|序号"
)
_NEGATED = re.compile(r"\b(?:not|never|only|limit\w*|except)\b|不|仅|除")
_HEADED = 0.6
_LISTED = 1.3
_REFERRED = 0.8
_ASIDE = 0.7  # a cue in a condition or an exception counts less than one in the core of the sentence
_DECIDES = 0.7


@dataclass(frozen=True, slots=True)
class Guess:
    """What a sentence seems to be.

    Attributes:
        sentence: the sentence.
        text: its words in plain form.
        language: "en" or "zh".
        kind: kind of promise, "" for information.
        reason: reason of information, "" for a promise.
        confidence: 0 to 1.
        why: the cues that decided.
        lead: index of the lead-in of the list it stands in, -1 for none.
        twin: index of an earlier sentence with the same words, -1 for none.
        refers: whether it refers back to the sentence before it.
    """

    sentence: Sentence
    text: str
    language: str
    kind: str = ""
    reason: str = ""
    confidence: float = 0.0
    why: str = ""
    lead: int = -1
    twin: int = -1
    refers: bool = False


def classify(sentences: tuple[Sentence, ...], marked: frozenset[str] = frozenset()) -> tuple[Guess, ...]:
    """A guess for each sentence, in text order.

    Args:
        sentences: the sentences.
        marked: ids of the headings that are headings by markup; the others only look like some.
    """
    names = speakers(sentence.text for sentence in sentences)
    known: dict[str, int] = {}
    guesses: list[Guess] = []
    lead = -1
    nested: dict[int, int] = {}
    for at, sentence in enumerate(sentences):
        language = "zh" if is_chinese(sentence.text) else "en"
        guess = Guess(sentence, plain(sentence.text, names), language)
        lead = _lead(at, sentences, lead)
        nested = {depth: one for depth, one in nested.items() if depth < sentence.depth}
        home = nested[max(nested)] if nested else lead
        if _introduces_nested(at, sentences):
            nested[sentence.depth] = at
        twin = known.setdefault(guess.text, at) if len(guess.text) > 12 else at
        before = guesses[-1] if guesses else None
        guess = replace(guess, lead=home if home != at else -1, twin=twin if twin != at else -1)
        if sentence.element == "heading":
            guesses.append(_heading(guess, sentence.id in marked))
        else:
            guesses.append(_decide(guess, before, guesses))
    return tuple(guesses)


def _heading(guess: Guess, marked: bool) -> Guess:
    """A heading; certain (1.0) only where the markup says so and the words state nothing."""
    text = guess.sentence.text
    if is_statement(text):
        return replace(guess, reason="heading", confidence=0.5, why="a heading that states something")
    if marked:
        return replace(guess, reason="heading", confidence=1.0, why="a heading by its markup")
    clear = is_titled(text) or is_question(text) or numbering(text)[0] or guess.language == "zh"
    return replace(guess, reason="heading", confidence=0.9 if clear else 0.6, why="looks like a heading")


def _lead(at: int, sentences: tuple[Sentence, ...], lead: int) -> int:
    """Index of the lead-in of the list that the sentence introduces or stands in; -1 outside lists."""
    sentence = sentences[at]
    following = sentences[at + 1].element if at + 1 < len(sentences) else "heading"
    if sentence.element == "sentence" and following == "bullet":
        if (
            lead >= 0
            and sentences[at - 1].element == "bullet"
            and sentence.paragraph == sentences[at - 1].paragraph
        ):
            return lead
        return at
    if sentence.element == "bullet":
        return lead
    same = lead >= 0 and at and sentence.paragraph == sentences[at - 1].paragraph and lead != at - 1
    return lead if same and sentence.element == "sentence" and sentences[at - 1].element == "bullet" else -1


def _introduces_nested(at: int, sentences: tuple[Sentence, ...]) -> bool:
    """Whether an item says something that the list inside it completes ("We never sell:"); a mere name does not."""
    sentence, following = sentences[at], sentences[at + 1 : at + 2]
    deeper = bool(following) and 0 < sentence.depth < following[0].depth
    text = sentence.text.rstrip(" :：")
    return deeper and (is_statement(text) or _NEGATED.search(text.lower()) is not None)


def _decide(guess: Guess, before: Guess | None, guesses: list[Guess]) -> Guess:
    """The guess with kind or reason, confidence and why."""
    element = guess.sentence.element
    if element == "fragment":
        return replace(guess, reason="link", confidence=0.9, why="no words of its own")
    if element == "label" and guess.twin >= 0:
        return replace(guess, reason="duplicate", confidence=0.95, why="the same line again")
    if _heads_a_table(guess.text):
        return replace(guess, reason="intro", confidence=0.8, why="the head of a table")
    if _only_introduces(guess):
        return replace(guess, reason="intro", confidence=0.8, why="a short line before a list")
    refers = bool(_BACK.search(guess.text)) and before is not None and before.sentence.element != "heading"
    guess = replace(guess, refers=refers)
    kinds = _kinds(guess, before, guesses)
    reasons = scores(main_clause(guess.text), guess.language, information=True)
    made = _weigh(guess, kinds, reasons)
    lead = guesses[guess.lead] if guess.lead >= 0 and element == "bullet" else None
    if lead is None or made.kind == lead.kind or not lead.kind or not _denies(lead.text):
        return made
    if is_statement(guess.sentence.text):
        return made
    # "We do not collect: contacts": whatever the words of the item mean elsewhere, here they are denied
    sure = min(lead.confidence, 0.79)
    return replace(made, kind=lead.kind, reason="", confidence=sure, why="list: " + lead.why)


def _denies(text: str) -> bool:
    """Whether a sentence denies what it speaks of, in all its clauses."""
    return _NEGATED.search(text) is not None and mode_of(clauses(text)) == "never"


def _heads_a_table(text: str) -> bool:
    """Whether a row of a table names its columns ("Data | Retention period | Notes"): nobody promises that."""
    cells = [cell.strip() for cell in text.split(" | ")]
    named = sum(_COLUMN.fullmatch(cell) is not None for cell in cells)
    return len(cells) > 1 and named * 2 > len(cells)


def _only_introduces(guess: Guess) -> bool:
    words = len(guess.text.split()) if guess.language == "en" else len(guess.text) / 2
    return words <= SHORT_LEAD_WORDS and guess.text.endswith((":", "：")) and not _NEGATED.search(guess.text)


def _kinds(guess: Guess, before: Guess | None, guesses: list[Guess]) -> dict[str, Score]:
    """Scores by kind: of the main clause, its lead label, the headings, the list and the sentence before."""
    clause = main_clause(guess.text)
    found = scores(core(clause), guess.language, information=False)
    share = _ASIDE if found else 1.0
    for kind, score in scores(clause, guess.language, information=False).items():
        if kind not in found or found[kind].weight < score.weight * share:
            found[kind] = Score(kind, score.weight * share, score.why)
    own = max((score.weight for score in found.values()), default=0.0)
    label = lead_label(guess.text)
    context: list[tuple[str, float, str]] = []
    headings = [*reversed(guess.sentence.section[-2:]), label]
    for heading in (one for one in headings if one):
        heads = scores(plain(heading), guess.language, information=False)
        if heads and (own or guess.sentence.element in {"bullet", "label"}):
            top = max(heads.values(), key=lambda score: (score.weight, score.label))
            if (top.label, _HEADED, "heading") not in context:
                context.append((top.label, _HEADED, "heading"))
    if guess.lead >= 0:
        context.extend(_from_list(guess, guesses[guess.lead]))
    if guess.refers and before is not None and before.kind:
        context.append((before.kind, _REFERRED if own else 1.0, "refers to the sentence before"))
    for kind, weight, why in context:
        score = found.get(kind, Score(kind, 0.0, ()))
        found[kind] = Score(kind, score.weight + weight, (*score.why, why))
    return found


def _from_list(guess: Guess, lead: Guess) -> list[tuple[str, float, str]]:
    """What the lead-in of a list says about its items."""
    if guess.sentence.element != "bullet":
        return []
    if lead.kind:
        return [(lead.kind, _LISTED, "list: " + lead.why)]
    heads = scores(lead.text, lead.language, information=False)
    if not heads:
        return []
    top = max(heads.values(), key=lambda score: (score.weight, score.label))
    return [(top.label, _LISTED, "list: " + top.why[0])]


def _weigh(guess: Guess, kinds: dict[str, Score], reasons: dict[str, Score]) -> Guess:
    """The heaviest kind against the heaviest reason."""
    ranked = sorted(kinds.values(), key=lambda score: (-score.weight, score.label))
    best = ranked[0] if ranked else Score("", 0.0, ())
    second = ranked[1].weight if len(ranked) > 1 else 0.0
    reason = max(
        reasons.values(), key=lambda score: (score.weight, score.label), default=Score("statement", 0.0, ())
    )
    if best.weight < _DECIDES and reason.weight < best.weight + _DECIDES and not reason.weight:
        return replace(guess, reason="statement", confidence=0.5, why="no cue of a promise")
    if reason.weight >= best.weight:
        confidence = _confidence(reason.weight, best.weight)
        return replace(guess, reason=reason.label, confidence=confidence, why=", ".join(reason.why))
    confidence = _confidence(best.weight, max(second, reason.weight))
    return replace(guess, kind=best.label, confidence=confidence, why=", ".join(best.why))


def _confidence(best: float, second: float) -> float:
    """From 0.4 for a tie to 0.95 for a clear case."""
    share = best / (best + second) if best + second else 0.5
    strength = min(best / 2.5, 1.0)
    return round(min(0.95, 0.3 + 0.65 * share * (0.5 + 0.5 * strength)), 2)
