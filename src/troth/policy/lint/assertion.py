"""What a sentence asserts, clause by clause: which acts are done, which are denied, to what, for whom, on which condition.

A general promise and an act told elsewhere are read into the same form, so that the two can be compared (`clashes`).
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import reduce
from operator import or_
from typing import NamedTuple

from troth.policy.lint.assertion_words import ACTS, THINGS
from troth.policy.lint.reading import Reading
from troth.policy.lint.word_kinds import Vocabulary

_TOKEN = re.compile(r"[a-z0-9_][a-z0-9_'.&/-]*[a-z0-9_'-]|[a-z0-9_]|[.,;:!?]")
ACT_KINDS = Vocabulary(ACTS)
THING_KINDS = Vocabulary(THINGS)
_ONLY = THING_KINDS.mask(["only"])

_ENDS = frozenset(".;:!?")
_CONDITION = frozenset(
    {"if", "unless", "when", "where", "until", "once", "whenever", "provided", "after", "before"}
)
_TURN = frozenset(
    {
        *(
            "but",
            "however",
            "although",
            "though",
            "while",
            "whereas",
            "because",
            "since",
            "so",
            "which",
            "who",
            "that",
        ),
        *("except", "otherwise", "as", "nevertheless", "yet", "and"),
    }
)
_BREAKS = frozenset({"but", "however", "although", "though", "whereas", "except", "which", "who"})
_SUBJECT = frozenset(
    {
        "we",
        "you",
        "they",
        "it",
        "our",
        "users",
        "visitors",
        "customers",
        "members",
        "who",
        "these",
        "those",
        "i",
    }
)
_NOT = frozenset(
    {
        "not",
        "never",
        "cannot",
        "nor",
        "neither",
        "unable",
        "impossible",
        "refrain",
        "refrains",
        "avoid",
        "decline",
    }
)
_NOBODY = frozenset({"nobody", "no-one", "nothing", "none", "neither"})
# between a negation and its verb: helping verbs, adverbs of time and manner, what a will is said with
_PASSES = frozenset(
    {
        *(
            "be",
            "been",
            "being",
            "have",
            "has",
            "had",
            "do",
            "does",
            "will",
            "would",
            "shall",
            "can",
            "could",
            "may",
            "might",
            "is",
            "are",
        ),
        *(
            "ever",
            "even",
            "also",
            "otherwise",
            "yet",
            "at",
            "any",
            "time",
            "in",
            "way",
            "under",
            "circumstances",
            "case",
            "event",
            "reason",
        ),
        *(
            "to",
            "of",
            "the",
            "a",
            "our",
            "us",
            "for",
            "from",
            "able",
            "policy",
            "intention",
            "intend",
            "practice",
            "means",
            "possible",
        ),
        *(
            "want",
            "wish",
            "going",
            "way",
            "ourselves",
            "and",
            "or",
            "not",
            "never",
            "technically",
            "we",
            "it",
            "whatsoever",
            "all",
            "no",
            "make",
            "making",
            "made",
        ),
    }
)
_ALLOWING = frozenset(
    {"allow", "allows", "permit", "permits", "let", "lets", "enable", "enables", "allowed", "permitted"}
)
_JOINS = frozenset({",", "or", "nor", "and", "and/or", "/"})
_WEAK = frozenset({"only", "just", "merely", "necessarily", "always", "limited"})
_NEAR = 3
_FAR = 12
_CLOSE = 9
# what follows these is no object of a refusal any more
_ENDS_OBJECT = frozenset({"that", "as", "in", "when", "because", "during"})
_OBJECT = 5
# a noun is the subject of a clause where it stands this early in it
_EARLY = 2
# nouns as often as acts, behind "to"
_NOUNS = frozenset({"access", "contact", "market", "support", "work", "e-mail", "email", "mail"})

_PASSIVE = frozenset({"be", "is", "are", "been", "being", "get", "gets", "was", "were"})
_YOU = frozenset(
    {
        "you",
        "users",
        "visitors",
        "customers",
        "members",
        "user",
        "customer",
        "visitor",
        "member",
        "parents",
        "clients",
    }
)
_WE = frozenset({"we", "us", "company", "i"})
_OTHERS = frozenset(
    {
        *(
            "companies",
            "parties",
            "partners",
            "providers",
            "vendors",
            "advertisers",
            "agents",
            "contractors",
            "processors",
            "persons",
        ),
        *(
            "suppliers",
            "subcontractors",
            "affiliates",
            "sponsors",
            "recipients",
            "networks",
            "organizations",
            "organisations",
            "others",
        ),
        *("sites", "websites", "merchants", "freelancers"),
    }
)
# who "is allowed to" do something does it himself
_BIDDEN = frozenset(
    {
        "allowed",
        "permitted",
        "authorised",
        "authorized",
        "prohibited",
        "required",
        "obliged",
        "able",
        "entitled",
        "free",
    }
)
# before these a noun is no subject
_OBJECTIVE = frozenset(
    {"to", "of", "with", "for", "by", "from", "about", "our", "on", "through", "and", "or", "at", "in"}
)
_GETTING = frozenset({"receive", "get", "hear", "receives", "gets", "find"})


class Assertion(NamedTuple):
    """One act that a sentence tells or denies, or a clause without one.

    Kinds are numbers of `ACT_KINDS` and `THING_KINDS`.

    Attributes:
        reading: the sentence.
        acts: what the act is, by kind; nothing where the clause names none.
        denied: whether it is said not to be done.
        kinds: what stands before and behind its word: data, parties, purposes, manners.
        clause: the same for the whole clause.
        around: the same for the whole sentence and the lead-in of its list.
        actor: who acts: "we", "you", "they", "you-get" where people receive, or nobody named.
        conditional: whether the clause is a condition ("if you agree").
        limited: whether "only" or its like stands by the act.
    """

    reading: Reading
    acts: int
    denied: bool
    kinds: int
    clause: int
    around: int
    actor: str
    conditional: bool
    limited: bool


_TAKES_BACK = _NOT | _NOBODY | {"no", "without"}


def _negative(word: str) -> bool:
    return word in _NOT or word[-3:] == "n't"


class _Clause(NamedTuple):
    first: int
    last: int
    conditional: bool


def _clauses(words: Sequence[str]) -> Iterator[_Clause]:
    """Where a sentence turns: at signs, at words that join, before a new subject."""
    first, conditional = 0, False
    for place, word in enumerate(words):
        follows = words[place + 1] if place + 1 < len(words) else ""
        ends = word in _ENDS
        opens = word in _CONDITION and follows != "" and (word != "provided" or follows in {"that", "you"})
        if (ends or opens or _turns(word, follows, conditional)) and place > first:
            yield _Clause(first, place, conditional)
            first, conditional = place, False
        if opens:
            conditional = True
        elif ends:
            first, conditional = place + 1, False
    if first < len(words):
        yield _Clause(first, len(words), conditional)


def _turns(word: str, follows: str, conditional: bool) -> bool:
    if word == ",":
        return conditional or follows in {"we", "you"}
    return word in _BREAKS or (word in _TURN and follows in _SUBJECT and word != "as")


def _denied(words: Sequence[str], clause: _Clause, acts: Sequence[int]) -> set[int]:
    """At which words of a clause an act is said not to be done."""
    found: set[int] = set()
    for place in range(clause.first, clause.last):
        word = words[place]
        if word not in _TAKES_BACK and word[-3:] != "n't":
            continue
        follows = words[place + 1] if place + 1 < clause.last else ""
        if _negative(word) and follows not in _WEAK:
            found |= _verbs(words, _verb(words, place, clause), clause, acts)
        elif word in _NOBODY or (word == "no" and follows not in {"later", "more", "longer"}):
            found |= _of_noun(words, place, clause, acts)
        elif word == "without" and follows:
            found |= {
                n
                for n in range(place + 1, min(clause.last, place + 1 + _OBJECT))
                if acts[n] and words[n].endswith("ing")
            }
    return found


def _verb(words: Sequence[str], place: int, clause: _Clause) -> int:
    """The verb that the negation at a place belongs to."""
    at = place + 1
    while (
        at < clause.last
        and words[at : at + 2] != ["do", "it"]
        and (words[at] in _PASSES or words[at].endswith("ly") or words[at] == ",")
    ):
        at += 1
    return at


def _verbs(words: Sequence[str], at: int, clause: _Clause, acts: Sequence[int]) -> set[int]:
    """A verb and those that are joined to it, also behind its object: "not sell your data or share it"."""
    if at >= clause.last or not (acts[at] or words[at] in _ALLOWING):
        return set()
    found = {at}
    if words[at] in _ALLOWING:
        reach = range(at + 1, min(clause.last, at + _OBJECT + _NEAR))
        found |= {n for n in reach if acts[n] and (words[n - 1] == "to" or words[at] in {"let", "lets"})}
    last = at
    for n in range(at + 1, clause.last):
        joined = (
            n - 1 == at
            or words[n - 1] in _JOINS
            or words[n - 1].endswith("ly")
            or words[n - 1] in {"otherwise", "be"}
        )
        if acts[n] and joined and (n - last <= _NEAR or words[n - 1] in {"or", "nor"}):
            found.add(n)
            last = n
    return found


def _of_noun(words: Sequence[str], place: int, clause: _Clause, acts: Sequence[int]) -> set[int]:
    """The acts that "no data", "nobody" or "nothing" at a place takes back: those before it, or those after it."""
    before = [n for n in range(max(clause.first, place - _NEAR), place) if acts[n] and words[n] not in _JOINS]
    if before and before[-1] > clause.first:
        return {*before[-1:], *(n for n in range(place + 1, min(clause.last, place + _NEAR + 1)) if acts[n])}
    found = set[int]()
    for n in range(place + 1, min(clause.last, place + _FAR + 1)):
        if words[n] in {"but", "we"}:
            break
        if acts[n] and words[n - 1] != "you":
            found.add(n)
            if n > place + 1:
                return found | _verbs(words, n, clause, acts)
    return found


def _actor(words: Sequence[str], place: int, clause: _Clause) -> str:
    """Who does the act at a place."""
    start = clause.first
    if words[start] in {"which", "who"}:
        return "they"
    for back in range(place - 1, start - 1, -1):
        word, before = words[back], words[back - 1] if back > start else ""
        if word in _WE:
            return "we"
        if word == "they" or (
            word in _OTHERS and before not in _OBJECTIVE and not _passive(words, back, place)
        ):
            return "they"
        if (
            word in _YOU
            and (word == "you" or back - start <= _EARLY)
            and before not in _OBJECTIVE - {"and", "or"}
        ):
            if words[place] in _GETTING:
                return "you-get"
            return "" if _passive(words, back, place) else "you"
    return ""


def _passive(words: Sequence[str], subject: int, place: int) -> bool:
    between = set(words[subject + 1 : place])
    return bool(_PASSIVE & between) and not _BIDDEN & between


@dataclass(frozen=True, slots=True)
class _Words:
    words: tuple[str, ...]
    own: int  # where the words of the unit itself begin, after those of its lead-in


_NEVER = re.compile(
    r"\b(?:under no circumstances|in no (?:case|event|way)|at no time|by no means|on no account)\b"
)


_AVAILABLE = re.compile(r"\b(?:make|makes|made) ((?:[\w-]+ ){1,5})available\b")


def _tokens(low: str) -> list[str]:
    if "no " in low:
        low = _NEVER.sub("never", low).replace("no one", "no-one")
    if "available" in low:
        low = _AVAILABLE.sub(r"provide \1", low)
    return _TOKEN.findall(low.replace("can not", "cannot"))


def _words(reading: Reading) -> _Words:
    own = _tokens(reading.low)
    if not reading.lead:
        return _Words(tuple(own), 0)
    lead = _tokens(reading.lead)
    while lead and lead[-1] in _ENDS:
        lead.pop()
    return _Words((*lead, *own), len(lead))


def assertions(reading: Reading) -> tuple[Assertion, ...]:
    """What one sentence asserts, an act each; an item of a list is read with its lead-in."""
    read = _words(reading)
    words = read.words
    kinds = THING_KINDS.of(words)
    acts = ACT_KINDS.of(words)
    for n in range(1, len(words)):
        if words[n - 1] == "not" and words[n] in _WEAK:
            kinds[n] &= ~_ONLY  # "not limited to", "not only"
    around = _joined(kinds)
    found = []
    for clause in _clauses(words):
        if clause.last <= read.own:
            continue
        denied = _denied(words, clause, acts)
        spoken = _joined(kinds[clause.first : clause.last])
        verbs = [n for n in range(clause.first, clause.last) if acts[n]]
        for order, place in enumerate(verbs):
            first, last = _window(words, verbs, order, clause, denied=place in denied)
            found.append(
                Assertion(
                    reading,
                    acts[place],
                    place in denied,
                    _joined(kinds[first:last]),
                    spoken,
                    around,
                    _actor(words, place, clause),
                    clause.conditional,
                    bool(
                        _ONLY
                        & _joined(
                            kinds[max(clause.first, place - _NEAR - 1) : min(clause.last, place + _OBJECT)]
                        )
                    ),
                )
            )
        found.append(
            Assertion(reading, 0, False, spoken, spoken, around, "", clause.conditional, bool(_ONLY & spoken))
        )
    return tuple(found)


def _joined(kinds: Iterable[int]) -> int:
    return reduce(or_, kinds, 0)


def _window(
    words: Sequence[str], verbs: Sequence[int], order: int, clause: _Clause, *, denied: bool
) -> tuple[int, int]:
    """From where to where the words around an act that belong to it reach: its subject and its object."""
    place = verbs[order]
    reach = _CLOSE if denied else _FAR
    first, last = max(clause.first, place - reach), min(clause.last, place + reach)
    for other in verbs[:order]:
        if words[other - 1] == "to" and other > clause.first and place - other > _NEAR:
            first = max(first, other)
    for at in range(place + 2, last):
        if words[at] == "to" and at + 1 < clause.last and at + 1 in verbs and words[at + 1] not in _NOUNS:
            return first, at
        if denied and words[at] in _ENDS_OBJECT:
            return first, at
    return first, last


def all_assertions(readings: Iterable[Reading]) -> tuple[Assertion, ...]:
    """What the sentences of a text assert, headings and Chinese left out."""
    return tuple(a for r in readings if not r.heading and not r.cjk for a in assertions(r))
