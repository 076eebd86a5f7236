"""What writing leaves behind: instructions of a template, cut sentences, surplus words, headings that are no questions."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_TEMPLATE = Phrase(
    r"\b(?:delete|remove|omit|strike|change|adapt|edit) (?:this |these |the following |any )?(?:section|paragraph|clause|sentence|words?|line|text|bullet|item)?s? ?(?:if|where|when|as) (?:not )?(?:applicable|appropriate|relevant|needed|necessary)\b|"
    r"\b(?:delete|remove) (?:if|where|as) (?:not )?(?:applicable|appropriate|relevant)\b|\bdelete as appropriate\b|"
    r"\bthis is where (?:you|the company)\b|\((?:if|where|when) you (?:collect|gather|use|have|do|sell|offer|share|store|run|operate) (?:this|these|any|it|them|such|cookies|one)\)|"
    r"\bwe (?:advise|recommend|suggest)(?: that)? you (?:to )?(?:identify|define|list|describe|name|insert|add|include|state|mention|adapt|replace|consult a lawyer|seek legal)\b|"
    r"\b(?:insert|fill in|enter|add|type) (?:your|the|a|an|here)(?: \w+){0,3} (?:company|business|website|site|organi[sz]ation|legal entity|contact)(?:'s)? (?:name|address|details|url|e-?mail|here)\b|"
    r"\b(?:sample|template|boilerplate|example) (?:privacy )?(?:policy|notice|statement|clause|wording|text)\b[^.]{0,60}\b(?:adapt|legal advice|lawyer|customi[sz]e|your (?:own )?(?:business|company|needs))\b|"
    r"\((?:your )?(?:company|business|web ?site|site|organi[sz]ation) name\)|\bxyz (?:company|ltd|inc|corp|hosting)\b|\byour (?:website|site|business|company) name\b(?! (?:and|or|,))|\bwww\.your(?:site|domain|company|website)\.|"
    r"\[(?:if|where|when|delete|choose|select|optional|add|describe|list|specify|other|link to|include|as applicable|period|number of)\b[^\]]{0,80}\](?!\()|"
    r"\b(?:policy|statement|notice|document|page) (?:is|are) (?:still )?(?:a )?(?:work in progress|draft|in draft|under construction|indicative only|being drafted|not yet final)\b|"
    r"(?<!@)\b(?:your|my|company|site|server|business|website|store)_[a-z]{2,}(?:_[a-z]+)*\b|"
    r"\b(?:once|when|after) (?:this|the|our) (?:privacy )?(?:policy|notice|statement) (?:is|has been) (?:created|written|drafted|finished|completed|ready)\b[^.;]{0,60}\b(?:will|shall) (?:add|put|place|post|publish|insert|include)\b|^\W*see more at:? https?://|"
    r"\b(?:note|instruction|tip)s? (?:to|for) (?:the )?(?:drafter|editor|author|lawyer|webmaster|draft|self|reviewer|legal)\b|\b(?:drafting note|draft only|check with (?:counsel|legal|the lawyers?)|to be (?:completed|filled in|confirmed) (?:by|before|later))\b|"
    r"注[:：][^。；]{0,24}(?:法务|确认|删除|补充|填写)|(?:法务|律师)[^。；]{0,6}(?:确认|审核)后[^。；]{0,4}(?:删除|填写|补充)|"
    r"[【\[（(](?:注[:：])?(?:示例|样例|范例|请填写|请补充|待补充|按实际|根据实际)[^】\]）)]{0,20}[】\]）)]|"
    r"(?:如不适用|若不适用)[^。；]{0,8}(?:删除|删去)|(?:请|此处)(?:填写|插入|填入|补充)[^。；]{0,12}(?:公司|名称|地址|邮箱|日期|电话)(?!.{0,30}(?:注册|提交|表单|账号))|(?:模板|范本)[^。；]{0,12}(?:修改|替换|删除)"
)


# what a guide tells companies to do, left in as if it were the text
_GUIDE = Phrase(
    r"^\W*(?:[\w ()]{2,50}: )?(?:please )?(?:regularly )?(?:(?:develop|design|create|draft) and (?:implement|maintain)|implement|incorporate|conduct|carry out|establish|appoint|document|review and update|ensure that)\b"
    r"[^.]{0,90}\b(?:data protection (?:policies|impact|officer|principles)|dpias?|impact assessments?|privacy by design|data subject rights|processing agreements|technical and organi[sz]ational measures|breach response|legal basis|gdpr (?:requirements|compliance)|privacy (?:policies|programme?|notices?))\b|"
    r"\b(?:consult(?:ing)? (?:with )?(?:a |an |your )?(?:legal|privacy|lawyers?|attorneys?|solicitors?)\b[^.;]{0,60}\b(?:guidance|advice|support|ensure|compl\w+|recommended)|organi[sz]ations like \S+ [\w ]{0,30}should|(?:general|brief|high-level) overview of what (?:would|is|will) be involved|involves several key steps)\b|"
    r"使用前请[^。；]{0,10}(?:替换|修改|填写)[^。；]{0,10}(?:占位符|内容|信息)"
)
_GUIDES = 2


def _guided(doc: Document) -> list[Hit]:
    """Sentences that address whoever writes a policy, where several stand."""
    hits = [h for h in doc.hits(_GUIDE) if not {"we", "our", "us", "you", "your"} & h.reading.words]
    chinese = [h for h in hits if h.reading.cjk]
    return hits if len(hits) > _GUIDES or chinese else []


def templates(doc: Document) -> Iterator[Finding]:
    """Instructions to whoever fills in a template (rule placeholder)."""
    hits = [*doc.hits(_TEMPLATE), *_guided(doc)]
    hits += [Hit(r, m[0]) for r in doc.readings if r.heading for m in (_TEMPLATE.search(r.low),) if m]
    if hits:
        yield report(
            "drafting-error/placeholder",
            "block",
            of(hits),
            f"an instruction of a template was left in: {quoted(hits)}",
            hint="do what it says, and take it out",
        )


_INSIDE = re.compile(
    r"[a-z]{3,}[.] (?:and|but|or|which|who|whose|because|so that|including|unless) [a-z]{2,}"
)
# "... the service. communicates with the user": the subject is gone
_HEADLESS = re.compile(
    r"\b[A-Za-z][a-z]{2,}[.] (?:are|is|was|were|has|have|will|may|does|do|shall|can) (?:the|a|an|not|only|also|be|been|our|your|responsible|committed) [a-z]{2,}|\b[A-Za-z][a-z]{2,}[.] [a-z]{3,}(?:es|s) (?:with|to|the|a|an|its|our|your|you|users?|customers?|from|this|personal|only|not) [a-z]{2,}"
)
_ABBREVIATED = re.compile(
    r"\b(?:etc|inc|ltd|co|corp|e\.g|i\.e|approx|vs|no|nos|art|sec|para|incl|resp|plc|llc|dept|govt|tel)[.] "
)
_INITIAL = re.compile(r"(?:\b[A-Za-z]|etc|e\.g|i\.e|Inc|Ltd|Co|No)\.$")
_BEGUN = re.compile(
    r"^(?:and|but|or|which|because|including|so that) (?:the|a|an|we|you|it|they|our|your|this|any|such|is|are|will)\b"
)
# "... as soon as the."
_BROKEN = (" the.", " an.", " and.", " or.", " our.", " because.", " whose.")
_SURPLUS = Phrase(
    r"(?<!-)\b(?:for to|about from|to for|of from|from of|with from|in of|of of|of in the the|the our|the your|our the|your the|a the|the a|an the|is are|are is|was were|will would|can may|may can|"
    r"may will|will may|shall will|must should|be been|and or and|of the the|is is|we us|our we|to to|by by the|in in the)\b(?! (?:as|for|course)\b|-)"
)
_CLAUSE = Phrase(r"\b(?:what|where|who|which|that|how|whether)\b.* (?:is|are) (?:is|are)\b")
_FINE_PAIR = re.compile(r"^(?:to for|of from|a the|the a|of in the the|can may|for to)$")
_BEFORE_TO = re.compile(
    r"\b(?:use|used|using|uses) \w+ for to\b|\b(?:is|are|was|were) for to\b|\b(?:cookies|data|information|details|it|them|this) for to\b"
)
_PLACED = Phrase(
    r"\b(?:personal|private|sensitive|confidential) (?:such|this|these|any|all|other|our|your) (?:information|data|details)\b"
)

# a wrong letter or a wrong "not" that turns the sense
_TURNED = Phrase(
    r"\bno (?:personal|private|such|customer|user|identif\w+)[\w ]{0,60}? (?:will|shall|may|can|is|are) not (?:be )?(?:sold|shared|disclosed|transferred|collected|given|used|provided|passed|released)\b|"
    r"\b(?:this|it|that) is's\b|\bdept (?:collect\w+|recover\w+|agenc\w+)|\b(?:not|never) (?:allow|permit|let) (?:your |the |any )?(?:ip addresses|data|information|details|names|identifiers) (?:to be |being )?(?:anonymi[sz]ed|masked|encrypted|pseudonymi[sz]ed|protected|secured)\b"
)


def cut(doc: Document) -> Iterator[Hit]:
    """A full stop before the sentence ends, and words too many."""
    for reading in doc.body:
        if reading.cjk:
            continue
        match = _INSIDE.search(reading.text) or _HEADLESS.search(reading.text)
        if match and not _ABBREVIATED.search(match[0].lower()):
            yield Hit(reading, match[0])
    for before, reading in pairwise(doc.body):
        if (
            reading.sentence.element == "sentence" == before.sentence.element
            and before.sentence.paragraph == reading.sentence.paragraph
            and before.text.rstrip().endswith(".")
            and not _INITIAL.search(before.text.rstrip())
            and _BEGUN.match(reading.text)
        ):
            yield Hit(reading, reading.text[:40])
    for reading in doc.body:
        if reading.low.endswith(_BROKEN) and reading.sentence.element == "sentence":
            yield Hit(reading, reading.text[-16:])
    for hit in doc.hits(_SURPLUS):
        words = hit.words.lower()
        if words in {"is is", "is are", "are is"} and _CLAUSE.search(hit.reading.low):
            continue  # "what it is is ...", "where you are is ..."
        if not _FINE_PAIR.match(words) or (words == "for to" and _BEFORE_TO.search(hit.reading.low)):
            yield hit
    yield from doc.hits(_PLACED)
    yield from doc.hits(_TURNED)


_ASKED = re.compile(
    r"^\W*(?:[\d.]+\W+)?(?:how|what|why|when|where|which) (?:we|you|our (?:\w+ )?(?:site|company|website)|information we|data we|personal (?:data|information) we) [^?]*\?$|"
    r"^\W*(?:[\d.]+\W+)?(?:information|data|personal information|cookies) (?:we|you) [^?]*\?$|"
    r"^\W*(?:[\d.]+\W+)?what is (?:(?!analysis|business|basis|access|process|address|status|this|sales|https|dns|gps)[a-z]+ ){0,2}(?!analysis|business|basis|access|process|address|status|this|sales|https|dns|gps)[a-z]{2,}[a-rt-z]s\?$|"
    r"^\W*(?:[\d.]+\W+)?what are (?:an? )[^?]*\?$"
)


def questions(doc: Document) -> Iterator[Hit]:
    """Headings with a question mark that are no questions."""
    for reading in doc.readings:
        if reading.heading and reading.low.rstrip().endswith("?") and _ASKED.match(reading.low.strip()):
            yield Hit(reading, reading.text)


def slips(doc: Document) -> Iterator[Finding]:
    """Cut sentences, surplus words and headings that are no questions (rule typo)."""
    for hits in (list(cut(doc)), list(questions(doc))):
        if hits:
            yield report(
                "drafting-error/typo",
                "info",
                of(hits),
                f"grammar: {quoted(hits)}",
                hint="have the text read by a native speaker",
            )


DETECTORS = (templates, slips)
