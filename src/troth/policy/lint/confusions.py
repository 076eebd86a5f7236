"""Real words written for others that sound or look alike, and small words that do not go together."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.vocabulary import WORDS

_THING = r"(?:data|information|personal|account|e-?mail|details|identity|consent|rights?|privacy|browser|computer|device|password|name|profile|preferences|order|payment|contact)"
_OWNED = r"(?:own|personal|accounts?|e-?mails?|data|consent|rights?|privacy|permission|computers?|devices?|browsers?|behalf|identity)"

# one word for another
_WORDS = Phrase(
    r"\b(?:your|their|his|her|user's|customer's|the user|own) identify\b|\bidentify (?:theft|verification|documents?|card)\b|"
    r"\bplease contract (?:us|our|the|support)\b|\bcontract us (?:at|by|via|if|with|on|for|directly|using|through)\b|\bto contract (?:you|us) (?:at|by|via|regarding|about|with|for|if|when)\b|"
    r"\b(?:names?|address(?:es)?|e-?mail|phone|telephone|billing|your)(?:,| and| or|,? and/or) (?:other )?contract (?:details|information|data|numbers?)\b|"
    r"\b(?:is|are|be|being|fully|remain|become|not|gdpr|ccpa|pci|hipaa|dss|law)[- ]complaint\b(?! (?:handling|procedure|form|process|about|was|is|will|has|or|and))|"
    r"(?<!file a )(?<!make a )(?<!lodge a )(?<!a )(?<!any )(?<!your )(?<!the )(?<!of )(?<!or )(?<!with )\bcomplaint with (?:the )?(?:laws?|gdpr|regulations?|pci|act|requirements?|privacy laws?)\b(?! enforcement)|"
    r"\b(?:file|lodge|make|submit|raise|bring|register|have|any|your|a|the) (?:a |any |your |formal )?compliant(?:s)? (?:with|to|about|regarding|against|before) (?:the|us|an?|our|your|any|how)\b|"
    r"\b(?:authori[sz]ed|trained|qualified|security|support|technical) personal\b(?= (?:only|who|that|have|has|can|may|are|with|will|to|in)\b|[.,;])|\bour personal (?:who|that|are|is|will|have|may)\b|"
    r"\byour personnel (?:information|data|details)\b|"
    r"\b(?:may|will|can|could|might|would|not|to|if you|you) loose (?:your|access|any|the|all|some|data|control|their)\b|"
    r"\bwe (?:strongly )?advice (?:you|that|our|users|customers|all)\b|\b(?:be|are|is|been) adviced\b|\b(?:legal|professional|our|your|further) advises?\b(?= (?:on|about|before|from|is|or)\b|[.,;])|"
    r"\b(?:not|n't|may|will|could|can|would) effect (?:your|the (?:lawfulness|validity|legality|use|quality|rights?|processing)|how|you|any of)\b|\b(?:take|takes|taking|took|into|in) affect\b|"
    r"\bprinciple (?:place|office|business|address)\b|\b(?:protection|privacy|following|these) principals\b|"
    rf"(?<!is )(?<!are )(?<!was )(?<!were )(?<!be )(?<!if )\b(?:of|with|in|by|from|for|to|using|on|through|provide|delete|change|update|share|control|protect|access|manage|giv(?:e|en|ing)|withdraw) there {_OWNED}\b|"
    r"\b(?:if|when|where) (?:you|the|a|any|this)\b[^.;,]{3,60}, than (?:we|you|please|the|your)\b|"
    r"\byour (?:not (?:happy|sure|satisfied|able|comfortable|a|using|required)|unhappy|happy with|unsure|a (?:resident|customer|user|visitor)|welcome to|under (?:the age|\d\d)|unable to|able to|free to|entitled to)\b|"
    rf"\byou're {_THING}\b|"
    r"\b(?:collected|collects?|received?|receives|obtained?|obtains|gathered|protect(?:s|ed|ing)?|prevent(?:s|ed|ing)?|unsubscribe|removed?|hear|comes?) form (?:you|us|our|your|the|third|other|any|unauthori[sz]ed|loss|misuse|being|accidental)\b|\bform time to time\b|"
    r"\b(?:contact|order|registration|web|online|feedback|application|sign-?up|enquiry|inquiry) from (?:on (?:our|the|this)|below|located|available|found)\b|"
    r"\btrough (?:our|the|your|an?|us|which|third|cookies|this|these|any|other)\b|"
    r"\bto asses (?:the|your|our|whether|how|any|risks?)\b|\b(?:under|by|the|and) statues? (?:and|or|of limitations?|requires?)\b|"
    r"\bweather (?:or not|you|we|the (?:data|information|user|processing)|your|it is|a|an|such)\b|"
    r"\b(?:web ?sights?|visit (?:our|this|the) sight)\b|\b(?:not|never|to|may) sale (?:your|any|personal|or|the|their)\b|"
    r"\b(?:security|data|privacy|personal data) (?:breech|beach)(?:es)?\b|\bbreech(?:es)? of\b|"
    r"\b(?:express|explicit|prior written|informed|parental) content\b(?! (?:types?|filters?|polic\w+))|\b(?:types?|kinds?) of date (?:we|you|that|collected)\b|\bpersonal dates? (?:we|is|are|you)\b|"
    r"\b(?:do|did|does|can|will|may|to) chose\b|\bon behalf (?:your|our|their|my|its|the|a|an|another)\b|\b(?:our|privacy|these|following|other|such|all) polices\b|\bpolices and (?:procedures|practices)\b|"
    r"\b(?:safeguards?|measures|steps|procedures) to protect (?:its|their|your|the|any) (?:unauthori[sz]ed )?disclosure\b|\brequests? for (?:an? )?(?:[\w-]+ ){1,3}requests?\b|\bask(?:s|ed)? you for you to\b|\band/or services is\b|"
    r"\bin additional(?: to\b|,)|\b(?:browser|you|to|must) except (?:all |our |these )?cookies\b|\byou (?:must |should |do not |agree and )?except (?:these|this|our|the) (?:terms|policy|conditions)\b|"
    rf"\b(?:exercise|update|change|delete|correct|withdraw|confirm|verify|modify|protect|manage|protecting|updating|deleting) you {_THING}\b|"
    r"\bgdpr (?:act|law act|directive|ordinance)\b|\bgeneral data protection (?:act|law|directive|rules?|requirements?)\b(?! of)|"
    r"\bus (?:an?|ate|ta|ad) [\w.+-]+@|\bus a (?:https?:|www\.|\+?\d{3})"
)
# words that do not go together
_PAIRS = Phrase(
    r"\bdata of birth\b|\b(?:oft he|tot he|int he|ont he|fort he|byt he|witht he|fromt he)\b|"
    r"\b(?:data|information|details|records|cookies|address(?:es)?|account|we|they|it|which|that|logs?|files?|requests?) (?:will|shall|must|can|could|would|might) (?!need|feed|proceed|exceed|succeed|embed|shed|speed|heed)[a-z]{3,}ed\b|"
    r"\b(?:this|such|the) (?:data|information|policy|statement|notice), (?:assists?|helps?|allows?|enables?|is|are|will|may|can|describes|explains|applies|contains|includes)\b(?![^.;]*,)|"
    r"\b(?:url|isp|pc|ip|cd|dvd|api|faq|tld)'s (?:can|are|will|may|have|that|which|and|or|visited|you|we|of)\b|\b(?:url|isp|faq|tld)'s(?=[.,;)])|"
    r"\b(?:protect|prevented|guard|guarding|protecting)(?:s|ed)? (?:the |any |your |such |their )?(?:misuse|loss|abuse|unauthori[sz]ed (?:access|use|disclosure|alteration)|theft|unlawful (?:access|use))(?: and misuse| or misuse)? of\b|"
    r"\b(?:able|unable|in order|wish|want|need|entitled|permitted|(?:is|are|be|being|was|were) used(?: by (?:an? |the |our )?\w+){0,1}) to (?!bring|ring|sing|spring|string|swing|fling|cling|ping|marketing|\w*thing)[a-z]{2,}ing\b(?! (?:purposes?|agencies|companies|partners|providers|services?|institutions))|"
    r"^should (?:the|your|any|our|this) (?:(?!which|that|who|whose|whom|be)[\w']+ ){1,6}?(?:has changed|have changed|has been|is changed|needs to|changes)\b|"
    r"^(?:some (?:of the )?(?:other )?|the (?:other )?|our |other |several )(?:ways|reasons|purposes|types|categories|kinds|examples|methods|circumstances|measures|cookies|rights|recipients)\b(?! of)[^.;:,]{0,70}? (?:also )?(?:includes|consists of)\b|"
    r"^(?:some (?:of the )?(?:other )?|the (?:other )?|our |other |several )(?:types|categories|kinds|examples) of \w+ (?:\w+ )?(?:that )?(?:we|you|our \w+) (?:may )?\w+ (?:also )?includes\b|"
    r"\b(?:which|that|it|you|we|they|and|this|who|there) maybe (?:be |being |not )?(?:\w{2,}ed|able|subject|liable|necessary|given|sent|kept|held|sold|made|seen|shown|known|found|taken|lost|put|set)\b|"
    r"(?<!\band)(?<!\bor)(?<!\bbut)(?<!\bthan) maybe (?:\w{2,}ed|given|sent|kept|held|sold|made|seen|shown|known|found|taken|lost|put|set) (?:to|by|in|with|for|on|at|as|under|when|if|from|and|or)\b|"
    r"\b(?:have|has|had) (?:question|complaint|comment|query|enquiry|inquiry|suggestion)s?(?<!s) (?:about|regarding|on|or|and|concerning)\b|"
    r"\b(?:services|information|data|details|technologies|providers|tools|partners|platforms|websites|networks|software|cookies) such (?:the|an?|your|our|live|google|facebook|names?|e-?mail|ip|credit|analytics|paypal|web)\b|"
    r"(?<!ed )(?<!spoken )(?<!access )(?<!subject )\bto by (?:any|our|the|third|other|an?|us|others)\b|"
    r"\bmaybe be\b|"
    r"\b(?:may|can|could|will|might|would|shall|should) (?:also )?includes?,? but not limited to\b|"
    r"\b(?:our|this|the|a|your) private (?:policy|shield|statement|notice)\b|\b(?:our|the|this) privacy (?:polity|polices|policiy|police)\b|"
    r"\b(?:of|on|in|to|from|with|by|for|at|under|within|through|via|and all|or|using|protect|improve|about) it's (?!an?\b|the\b|not\b|just\b|only\b|been\b|very\b|so\b|too\b|always\b|never\b|no\b|your\b|our\b|possible\b|necessary\b|important\b|clear\b|up\b|in\b|\w+ing\b|\w+ed\b)[a-z]+\b|"
    r"\bits (?:not|your|the|an?|been)\b(?! only)(?!-)|\bits (?:important|possible|necessary|impossible|recommended|advisable) (?:to|that|for)\b"
)
_FIRST = ("the", "a", "an", "our", "your", "their", "its", "any", "every")
_SECOND = ("the", "a", "an", "our", "your", "their", "its", "any", "every", "this", "these", "those")
# "the a" can be a letter of a list; the others never stand together.
_TOGETHER = frozenset({"the a", "a the", "an a", "a a", "the an", "any a", "a an", "any the"})
_DETERMINERS = Phrase(
    "|".join(
        rf"(?<![\w'-]){one} {other}(?= [a-z])"
        for one in _FIRST
        for other in _SECOND
        if f"{one} {other}" not in _TOGETHER
    )
)
# A small word with a capital between two words without one.
_CAPITAL = re.compile(
    r" (?:Via|Of|With|From|By|For|Or|And|That|Which|Such|When|Is|Are|The|To|In|On|At) (?=[a-z]+\b)"
)
_SMALL = re.compile(r"(?<![A-Za-z\"“'‘(/-])[a-z]{2,}$")
_SEEN = 3
# the words of a link run into the sentence: "our terms of use Terms and Conditions"
_LINK_TEXT = re.compile(
    r"\b(?:terms (?:of (?!this\b|our\b|the\b|your\b|that\b|any\b|such\b)\w+|and conditions)|privacy (?:policy|notice|statement)|conditions of (?!this\b|our\b|the\b|your\b|that\b|any\b|such\b)\w+|cookie policy|acceptable use policy) (?:Terms (?:and|&) Conditions|Terms of \w+|Privacy (?:Policy|Notice|Statement)|Cookie Policy|AUP)\b"
)
_TITLES = ("Terms", "Policy", "Notice", "Statement", "AUP")
# "Crisps servers": an owner without an apostrophe
_OWNER = re.compile(
    r"\b([A-Z][a-z]{2,})s (?:servers?|website|privacy|policy|terms|systems?|platform|network)\b"
)


def confused(doc: Document) -> Iterator[Hit]:
    """Every word that was written for another, and every pair that does not go together."""
    if doc.chinese:
        return
    yield from doc.hits(_WORDS)
    yield from doc.hits(_PAIRS)
    capitals = []
    for hit in doc.hits(_DETERMINERS):
        # "your The Frost account" has a name
        if hit.words.split()[1].islower():
            yield hit
    for reading in doc.body:
        run_in = _LINK_TEXT.search(reading.text) if any(map(reading.text.__contains__, _TITLES)) else None
        if run_in:
            yield Hit(reading, run_in[0])
        yield from (Hit(reading, m[0]) for m in _OWNER.finditer(reading.text) if _named(doc, m[1]))
        for match in _CAPITAL.finditer(reading.text):
            before = _SMALL.search(reading.text[: match.start()])
            if before:
                capitals.append(Hit(reading, before[0] + match[0].rstrip()))
                break
    # Who capitalises such words throughout does so on purpose.
    if len(capitals) <= _SEEN:
        yield from capitals


def _named(doc: Document, name: str) -> bool:
    """Whether a word is a name of the text: always with a capital, and more than once."""
    low = name.lower()
    if low in WORDS or f"{low}s" in WORDS:
        return False
    bare = re.compile(rf"\b{name}\b")
    small = re.compile(rf"(?<![\w./@]){low}s?\b(?![.\w])")
    texts = [r.text for r in doc.readings]
    return sum(len(bare.findall(t)) for t in texts) > 1 and not any(small.search(t) for t in texts)
