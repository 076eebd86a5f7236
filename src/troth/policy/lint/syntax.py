"""English sentences that fell apart: a lost subject or verb, verbs that clash, lists in two forms, a pronoun for another."""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase

_HELP = r"(?:e-?mail|contact|call|phone|write|fax|visit|message|reach)"
_OURS = r"(?:website|web site|site|servers?|services?|policy|terms|customers|affiliates|privacy policy|products|portal|network)"
_GATHERED = r"(?:the|our|your|this|users?|visitors?)"
_BROKEN = Phrase(
    r"\b(?:can|may|will|could|must|should) be \w+ly be\b|\b(?:some|any|part) of all (?:your|the|our|of)\b|\b(?:disable|deactivate|block) (?:\w+ )?(?:cookies|javascript|tracking) off\b|\bhereinafter referred (?:the|as the|a)\b|"
    r"\bupload(?:ing|ed|s)? (?:data|files|it|them|information) up\b|"
    r"\b(?:if|when|whenever|unless) (?:do|does|did) not (?:wish|want|agree|accept|consent|like|have|provide)\b|"
    r"(?:^|[.;,] )(?:if|whenever) (?:wish|want|have any|need|decide|choose|prefer|would like|are unable|are not|agree) (?:to|not|our|your|us|with|questions?|any)\b|"
    r"\bwhen (?:visit|use|register|sign up|contact|order|submit|log in|create|purchase|browse) (?:our|the|with|for|us|an?|on|this|your)\b|"
    rf"\b(?:send|contact|write|call) (?:e-?mail|mail) (?:us|me)\b|\b(?:please|can|may|to) {_HELP} {_HELP} us\b|"
    r"\bsend us e-?mail us\b|\bcontact us us\b|"
    r"\baccess of (?:your|their|his|her|the user's|personal) (?:personal )?(?:data|information|details|records?|account)\b|"
    r"\b(?:any|all|some|each|most|many|one) or (?:our|your|the|these|those|its|their) (?!all\b|any\b|none\b|other\b)\w+|"
    r"\b(?:data|information|details|records?) (?:is|are|will be|was) (?:not |never )?shared by (?:any |our |other )?(?:third[- ]part\w+|partners|vendors|advertisers)\b|"
    r"\b(?:we|company) (?:may |will |do not |have |never )?shared? (?:your |the |any |this |personal )*(?:data|information|details) by (?:third|our|any|other|vendors|partners)\b|"
    rf"\b(?:the|a|an) (?:our|your|their|its) {_OURS}\b|\b(?:our|your|their|its) the {_OURS}\b|"
    r"\bto (?:protect|defend|enforce) your (?:property (?:and|or) rights|rights (?:and|or) property)\b[^.]{0,30}\bof (?:a |any )?(?:third part|others)|"
    r"\bpurpose of (?:this|the|our) (?:privacy )?(?:policy|notice|statement|document) to (?:\w+)\b(?! (?:is|was)\b)|"
    r"^while (?:we|our|no|the)\b[^.,;]{10,140}; (?:we|our|you|it|no|this)\b|"
    rf"\bto \w+ [^.;:,]{{3,40}}, (?:administering|tracking|monitoring|improving|analy[sz]ing|providing|managing|gathering|measuring) {_GATHERED} [^.;:,]{{2,30}}, (?:and |or )?(?:to )?(?:track|monitor|improve|analy[sz]e|provide|manage|gather|measure|administer|learn|keep|show)\b"
)
# apart from the others: a pattern with a group can not be cut into its alternatives
# "about you from you" tells the subject and the source
_AGAIN = Phrase(r"\b(?:from|to|with) (you|us|them|me) (?:from|to|with) \1\b")
_COMMON = frozenset(
    (
        "company",
        "provider",
        "host",
        "website",
        "site",
        "controller",
        "group",
        "registrar",
        "service",
        "operator",
        "internet",
        "web",
    )
)
_TEMPLATE = Phrase(
    r"\[[a-z]+(?:, [a-z]+)+,? (?:or|and|/) ?[a-z]+(?: [a-z]+)?\]|\[[a-z]+/[a-z]+(?:/[a-z]+)*\]|\[[a-z]+ or [a-z]+(?: [a-z]+)?\]"
)


_TO_AGAIN = re.compile(r"^\W*to [a-z]+")
_SHOWN = 30
_OWNED = r"(?:practice|policy|polic(?:y|ies)|privacy|responsibility|right|website|customers|servers|staff|obligation|intention|services)"


_NO_APOSTROPHE = re.compile(rf"(?<!^)\b((?:[A-Z][a-z]+ ){{1,2}}[A-Z][a-z]+[a-rt-z])s (?={_OWNED}\b)")
_TIMES = 3


def _known(doc: Document, name: str) -> bool:
    """Whether a name stands in the text again and again, as it is written without an s."""
    return sum(re.search(rf"\b{re.escape(name)}\b", r.text) is not None for r in doc.readings) >= _TIMES


def broken(doc: Document) -> Iterator[Hit]:
    """Every sentence that fell apart, with the words that show it."""
    yield from doc.hits(_BROKEN)
    yield from doc.hits(_AGAIN)
    yield from doc.hits(_TEMPLATE)
    for before, reading in pairwise(doc.readings):
        # "we use it to:" and "to send you invoices"
        if before.low.rstrip().endswith(" to:") and _TO_AGAIN.match(reading.low):
            yield Hit(reading, reading.text[:_SHOWN])
    names = sorted({p.name for p in doc.parties})
    for reading in doc.body:
        for name in names:
            apart = (
                re.search(rf"\b{re.escape(name)}s (?={_OWNED}\b)", reading.text)
                if name in reading.text
                else None
            )
            if apart and not name.endswith("s"):
                yield Hit(reading, apart[0].strip())
        # a name of the text without its apostrophe: "It is Frost Hostings practice"
        bare = _NO_APOSTROPHE.search(reading.text)
        if bare and bare[1] not in names and _known(doc, bare[1]):
            yield Hit(reading, bare[0])
    for reading in doc.body:
        for name in names:
            owned = f"the {name}'s "
            # "The Company's" is right: only a proper name, one that is a word of its own, takes no article.
            if " " not in name and name.lower() not in _COMMON and owned.lower() in reading.low:
                yield Hit(reading, owned.strip())
                break
