"""Two rules for the same data, and nothing says which of them comes first."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

# the law's period as the only measure, and no erasure at its end
_LAWFUL = Phrase(
    r"\b(?:retain|keep|store|hold|preserve|archive)\w*\b[^.;]{0,50}\b(?:information|data|records)\b[^.;]{0,50}\b(?:period|time|term|duration)s?\b[^.;]{0,24}\b(?:required|prescribed|mandated|specified|stipulated|set|laid down|fixed) (?:by|in|under) (?:\w+ ){0,2}(?:laws?|regulations?|legislation|statutes?)\b|"
    r"(?:保存|保留|存储|留存|储存)[^。；]{0,30}法律(?:法规)?(?:所)?(?:要求|规定|允许)的?(?:最短|最低|最长|保存|存储|必要)?(?:的)?(?:期限|时间|期间|时限)|法律(?:法规)?(?:所)?(?:要求|规定)的?(?:最短|最低|保存|存储)?(?:的)?(?:期限|时间|期间|时限)内?[^。；]{0,10}(?:保存|保留|存储|留存|储存)"
)
_MEASURED = Phrase(
    r"\b(?:unless|except|longer|necessary|needed|purposes?|as long as|or (?:as )?permitted|invoices?|tax|accounting|transactions?|logs?)\b|除非|除|更长|目的|另有|必要|所需|日志|发票|交易|以及"
)
_ANONYMISED = Phrase(r"\banonymi[sz]\w*|\bde-?identif\w*|匿名")
_ON_REQUEST = Phrase(
    r"\b(?:right (?:to|of) (?:deletion|erasure|delete|erase)|(?:you|users?|customers?) (?:\w+ ){0,4}?(?:request|ask|demand|require|right to|entitled to)\b[^.;]{0,60}\b(?:delet|eras)\w*)|"
    r"\b(?:clos|cancel|terminat|delet)\w* (?:\w+ ){0,3}?account\b[^.;]{0,60}\b(?:delet|eras)\w*|"
    r"(?:您|你|用户)[^。；]{0,24}(?:要求|请求|有权|申请)[^。；]{0,12}删除|注销[^。；]{0,24}删除"
)
_ORDERED = Phrase(
    r"\b(?:delet|eras)\w*\b[^.]{0,140}\b(?:unless|except|subject to|provided that|as long as|save|but|however|to the extent)\b[^.]{0,100}\b(?:law\w*|legal\w*|regulat\w+|retain|keep|obligations?)\b|"
    r"\b(?:unless|except|subject to|where|if)\b[^.]{0,80}\b(?:law\w*|legal|obligations?)\b[^.]{0,80}\b(?:delet|eras)\w*|\b(?:law|legal\w*)\b[^.]{0,60}\b(?:refus|declin|prevent|not be able to)\w*\b[^.]{0,40}\b(?:delet|eras|request)\w*|"
    r"删除[^。]{0,60}(?:除非|除|但|另有|法律)|(?:除非|法律)[^。]{0,60}删除"
)


def unordered(doc: Document) -> Iterator[Finding]:
    """Everything kept for the law's period, and erased on request (rule retention-conflict)."""
    kept = [
        h
        for h in doc.hits(_LAWFUL)
        if not _MEASURED.search(h.reading.low)
        and any(_ANONYMISED.search(r.low) for r in doc.near(h.reading, 0, 1))
    ]
    if not kept or doc.says(_ORDERED):
        return
    chosen = {h.reading.index for h in kept}
    erased = [h for h in doc.hits(_ON_REQUEST) if h.reading.index not in chosen and not h.reading.refuses]
    if erased:
        yield _finding(
            "retention-conflict",
            [*kept, *erased],
            f"everything is kept for the period of the law and then made anonymous ({quoted(kept)}), and erased on request "
            f"({quoted(erased)})",
            "say what is erased at once, what the law makes you keep, and for how long",
            "GDPR Art. 5(1)(e), 17(3)(b); PIPL Art. 19, 47",
        )


_SECRET = Phrase(
    r"\b(?:confidential\w*|privacy|secrecy|secret)\b[^.]{0,120}\b(?:to the fullest(?: extent)?|fullest extent|utmost|strictest|highest (?:level|standard|degree))\b|"
    r"\b(?:utmost|strictest|fullest|absolute) (?:\w+ ){0,2}?(?:confiden\w+|secrecy|privacy)\b"
)
_OWN = Phrase(
    r"\b(?:protect|further|pursue|safeguard|serve|defend|in)\b[^.;]{0,20}\b(?:our|its|the|his) ?(?:own )?(?:\w+ )?(?:legitimate|business|commercial|own|corporate)(?: \w+)? interests\b|\blegitimate (?:business )?interests of (?!the (?:data subject|person|individual|user))"
)
# whose interest it is, the sentence need not say
_TO_PARTNERS = Phrase(
    r"\b(?:share|provide|disclose|pass|give|release|sell|transfer)\b[^.;]{0,30}\b(?:customers?|personal|your|user|account|member)'?s? (?:\w+ )?(?:information|data|details)\b[^.;]{0,40}\b(?:partners|advertisers|sponsors)\b"
)
_PASSED = Phrase(r"\b(?:disclos|shar|releas|reveal|provid|transfer|hand)\w*\b")


def interests(doc: Document) -> Iterator[Finding]:
    """The utmost confidentiality, and disclosure in the provider's interest (rule confidentiality-conflict)."""
    promised = doc.hits(_SECRET)
    if not promised:
        return
    chosen = {h.reading.index for h in promised}
    passed = [
        h
        for h in doc.hits(_OWN)
        if h.reading.index not in chosen
        and (_PASSED.search(h.reading.low) or _PASSED.search(h.reading.lead))
        and not h.reading.refuses
        and "basis" not in h.reading.words
    ]
    known = chosen | {h.reading.index for h in passed}
    passed += [
        h
        for h in doc.hits(_TO_PARTNERS)
        if h.reading.index not in known and not h.reading.refuses and not h.reading.consented
    ]
    if passed:
        yield _finding(
            "confidentiality-conflict",
            [*promised, *passed],
            f"nothing is more confidential ({quoted(promised)}), and it is passed on in the interest of the provider or its partners ({quoted(passed)})",
            "name the cases of disclosure, and promise no more than they leave",
            "GDPR Art. 5(1)(a), 6(1)(f); PDPO DPP3",
        )


# a promise with a way to object, and a sentence that needs neither
_ASKED = Phrase(
    r"\b(?:not|never)\b[^.;]{0,60}\b(?:use|share|disclose|sell|pass|provide)\b[^.;]{0,160}\bwithout (?:also |first |prior )?(?:providing|giving|offering|allowing|granting|notifying|asking|obtaining|consulting)\b"
)
_OVERRIDDEN = Phrase(
    r"^\W*(?:however|nevertheless|notwithstanding|but|still|that said)\b[^;]{0,240}\b(?:for any reason|(?:sole|absolute|own) (?:and absolute )?discretion|as we (?:see fit|please|wish)|at any time and without)\b"
)


def overridden(doc: Document) -> Iterator[Finding]:
    """A promise to ask first, and the next sentence for any reason whatsoever (rule confidentiality-conflict)."""
    for hit in doc.hits(_ASKED):
        after = [
            r for r in doc.near(hit.reading, 0, 2)[1:] if _OVERRIDDEN.search(r.low) and r.does("share", "use")
        ]
        if after:
            yield _finding(
                "confidentiality-conflict",
                [hit, *(Hit(r, r.text) for r in after)],
                f"nothing happens unasked ({quoted([hit])}), and the next sentence allows it for whatever reason ({quoted([Hit(r, r.text) for r in after])})",
                "name the cases in which nobody is asked, and drop the rest",
                "GDPR Art. 5(1)(a), 6(1); FTC Act 5; PDPO DPP3",
            )


def _finding(rule: str, hits: list[Hit], message: str, hint: str, law: str) -> Finding:
    return report(f"contradiction/{rule}", "warn", of(hits), message, hint=hint, law=law)


DETECTORS = (unordered, interests, overridden)
