"""How a group of sentences is read: which of its clauses allow, limit or deny, and whether that is certain."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace

from troth.policy.draft.exceptions import excepted_part
from troth.policy.draft.finds import Finds
from troth.policy.draft.negation import Clause, clauses, mode_of, speaking

_DEEDS = frozenset({"collect", "use", "share", "retain", "cookie", "transfer"})
WITHHELD = r"\bnot (?:to )?(?:provid|submit|register)"
"""Pattern of data that somebody does not give: such a sentence says what follows, and denies no collecting."""

_DENIED_DUTY = re.compile(  # denials that the drafters of duties know
    r"\bopt(?:ing|ed)?[- ]?out\b|无法退订|\b(?:diminish|reduce|weaken|restrict|limit)\b[^.;]{0,20}\brights\b"
)
_FREE_OF = re.compile(r"^you (?:will|do|shall) not (?:have|need|be)\b")  # "you will not have to pay"
_PROVIDER = re.compile(
    r"\b(?:we|our \w+|no|nobody|neither)\b|\b(?:is|are) not \w+ed\b|\bnot be \w+ed\b|\byou cannot\b|我们|不予|不得"
)
_WITHDRAWN = r"(?<!cannot )(?<!not )\bwithdr\w+|(?<!不能)(?<!不得)(?<!无法)撤回"
_ALL_DATA = re.compile(r"\b(?:data|information|details)\b|信息|数据|资料|資料")
_SPOKEN_OF = re.compile(r"\b(?:it|them|this|these|those|any of)\b|(?:出售|披露|共享)[。]?$")
_COLLECTS = re.compile(r"\bcollect|\bstor(?:e|ing)\b|收集|存储|保存")
_CONSENT = re.compile(r"\bconsent\b|\bpermission\b|同意|授权")
_CONTRAST = re.compile(r"^(?:not|never) \w+")
_FOR = re.compile(r"\b(?:for|to|in order)\b|用于|用作|作为|以便|为了")
_TO_SOMEBODY = re.compile(
    r"\b(?:with|to) (?!(?:any |other |outside |unaffiliated |independent )*(?:third|other|body|you|us|people|persons?|"
    r"compan(?:y|ies)|organi\w+|individuals?|part(?:y|ies)|entit\w+)\b|"
    r"(?:anyone|anybody|others?)\b)|(?:向|给)(?!任何|第三方|他人|其他)"
)


@dataclass(frozen=True, slots=True)
class Reading:
    """What rules are drafted from.

    Attributes:
        parts: a group for each clause that says something of its own; none where a rule could say the opposite.
        sure: whether nothing that the text denies, excepts or names was left aside.
    """

    parts: tuple[Finds, ...]
    sure: bool = True


def reading(kind: str, finds: Finds) -> Reading:
    """The reading of a group of sentences as a promise of a kind."""
    contrary = _contrary(kind, finds)
    kept = replace(finds, items=tuple(item for item in finds.items if item not in contrary))
    read = _deed(kind, kept) if kind in _DEEDS else _duty(kind, kept)
    return replace(read, sure=read.sure and not contrary)


def _contrary(kind: str, finds: Finds) -> frozenset[str]:
    """The sentences of the group that deny where its lead allows: their words are no part of what is allowed."""
    if kind not in _DEEDS or finds.mode == "never":
        return frozenset()
    if kind == "collect" and finds.says(WITHHELD):
        return frozenset()
    modes = {item: {one.mode for one in speaking(kind, clauses(item))} for item in finds.items}
    return frozenset(item for item, said in modes.items() if item != finds.lead and said & {"never", ""})


def _deed(kind: str, finds: Finds) -> Reading:
    """The reading of a promise about a deed on data: each clause by its own mode, if the clauses differ."""
    found = clauses(finds.lead)
    if kind == "collect" and finds.says(WITHHELD):
        return Reading((replace(finds, stated="may"),))
    said = speaking(kind, found)
    if any(not one.mode for one in said):
        return Reading((), sure=False)
    shared = mode_of(said)
    # What allows something beside belongs to it; what denies something beside must not lend its words.
    alike = mode_of(found) or (shared != "never" and all(one in said or one.mode == "may" for one in found))
    parts = (replace(finds, stated=shared),) if shared and alike else _by_clause(finds, said)
    sound = tuple(part for part in parts if not _too_wide(kind, part))
    sure = bool(shared) and len(sound) == len(parts) and all(_understood(kind, part) for part in sound)
    if kind == "share" and len(sound) == 1 and (cases := _cases(sound[0])):
        return Reading(cases, sure)
    return Reading(sound, sure and not (kind in {"collect", "use"} and _partly_asked(finds.lead)))


def _by_clause(finds: Finds, said: tuple[Clause, ...]) -> tuple[Finds, ...]:
    """A group for each clause; the items of a list belong to the last, which introduces them."""
    parts: list[Finds] = []
    before = finds.index.found("data", finds.lead) or finds.before
    others = tuple(item for item in finds.items if item != finds.lead)
    for number, clause in enumerate(said, 1):
        items = (clause.text, *others) if number == len(said) else (clause.text,)
        general = _ALL_DATA.search(clause.text) is not None
        part = Finds(
            clause.text, items, finds.index, () if general else before, stated=clause.mode, around=finds.text
        )
        before = part.data()
        parts.append(part)
    return tuple(parts)


def _cases(part: Finds) -> tuple[Finds, ...]:
    """A group for each item of a list of cases in which data is handed on: each has its own recipients and its own data."""
    items = tuple(item for item in part.items if item != part.lead)
    named = [item for item in items if part.index.found("recipient", item)]
    if part.mode not in {"may", "only"} or not part.lead.endswith((":", "：")) or len(named) < 2:
        return ()
    before = part.index.found("data", part.lead) or part.before
    return tuple(Finds(item, (item,), part.index, before, stated=part.mode) for item in items)


def _partly_asked(text: str) -> bool:
    """Whether a consent is asked for some of what a sentence says, and a rule for all of it would say something else."""
    asked = [_CONSENT.search(part) is not None for part in re.split(r"[;；]", text)]
    return any(asked) and not all(asked)


def _too_wide(kind: str, part: Finds) -> bool:
    """Whether a prohibition would forbid more than the text, because the vocabulary lacks what limits it."""
    if part.mode != "never":
        return False
    lead = part.core
    purposes, recipients = part.index.found("purpose", lead), part.index.found("recipient", lead)
    if _CONTRAST.match(lead) and not (recipients if kind == "share" else purposes):
        return True
    if kind in {"use", "cookie"} and _FOR.search(lead) and not purposes:
        return True
    if kind == "transfer":
        return False
    if kind == "cookie" and not purposes and _COLLECTS.search(lead):
        return True  # what cookies do not collect says nothing of what they are used for
    unnamed = not part.before and not part.index.found("data", part.text)
    return unnamed and not _ALL_DATA.search(lead) and not _SPOKEN_OF.search(lead)


def _understood(kind: str, part: Finds) -> bool:
    """Whether a prohibition has all that the text names: its exceptions, and whom it keeps the data from."""
    if part.mode != "never":
        return True
    if excepted_part(part.lead) and not part.exceptions:
        return False
    named = part.index.found("recipient", part.core)
    return kind != "share" or bool(named) or not _TO_SOMEBODY.search(part.core)


def _duty(kind: str, finds: Finds) -> Reading:
    """The reading of a promise that is no deed on data: a duty that is denied is none."""
    found = clauses(finds.lead)
    modes = {one.mode for one in found}
    mixed = len(modes) > 1
    if kind == "child":
        return Reading((replace(finds, stated="never" if "never" in modes else "may"),))
    if kind == "consent" and finds.says(_WITHDRAWN):
        return Reading((finds,))
    if kind in {"consent", "publish"}:
        if "" in modes:
            return Reading((), sure=False)
        return Reading((replace(finds, stated="may" if mixed else modes.pop()),), sure=not mixed)
    provider = any(_PROVIDER.search(one.text) for one in found)
    denied = (
        modes == {"never"}
        and provider
        and not (kind == "right" and all(_FREE_OF.match(one.text) for one in found))
    )
    if denied and not _DENIED_DUTY.search(finds.lead):
        return Reading((), sure=False)
    return Reading((finds,), sure=not (mixed and "never" in modes))
