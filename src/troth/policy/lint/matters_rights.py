"""Matters of what people may ask for, and of duties that are put on them."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.meetings import Meeting
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_EASY = r"e-?mails?\b|\bonline\b|\bclick|\blinks?\b|\bweb ?sites?\b|\byour account\b|\bpanel\b|\bsettings\b|@|https?:|\bforms?\b|\breply|\bsms\b|\btext\b"
_EASY_OR_CALL = rf"{_EASY}|\b(?:tele)?phon\w*\b|\bcall\b"
_FAIR = r"\b(?:manifestly|unfounded|excessive|no (?:fee|charge|cost)|free|without (?:paying )?(?:a |any )?(?:fee|charge|cost)|not (?:be )?(?:charge|required to pay)\w*|at no)\b"

BURDENED = Matter(
    "risky-promise/optout-burden",
    "warn",
    "using the right is made hard",
    "let people use it as easily as they signed up, free of charge",
    "GDPR Art. 7(3), 12(2), 12(5), 21; CAN-SPAM 16 CFR 316.5; PDPO s. 35G; PIPL Art. 15, 50",
    (
        Meeting("stopping by-paper", within=22, without=_EASY_OR_CALL),
        Meeting("stopping by-voice oblige", within=20, without=_EASY),
        Meeting("stopping|using-right strange-proof", within=20),
        Meeting("stopping id-paper oblige", within=20, without=r"\baccess\b|\bverif"),
        Meeting("stopping long-wait", within=24, without=r"\b(?:inactiv|log|cookie|retain|kept|keep|expire)"),
        Meeting("closing-account staff oblige", within=16),
    ),
    # one way of several, and copies that outlive what was stopped
    harmless=Phrase(
        r"\bcookies?\b|\bcredit card|\bdomain|^\W*alternatively\b|\b(?:call|phone|e-?mail|contact) us\b[^.;]{0,40}\bor fax\b|\bbackups?\b"
    ),
    duties=True,
)
NARROWED = Matter(
    "risky-promise/right-narrowed",
    "warn",
    "the right is smaller here than in the law",
    "state the right with the conditions of the law, no further ones",
    "GDPR Art. 7(3), 15-21; PIPL Art. 15, 44-47; PDPO s. 18-26; Cal. Civ. 1798.105-106",
    (
        Meeting("asking-right erasing-mine bad-data", within=10, without=r"\b(?:correct|rectif|amend|updat)"),
        Meeting("asking-right|information-word erasing-mine if-practical", within=16),
        Meeting("seldom using-right asking-right", within=16, without=r"\bfree|\bfee\b|\bcharge"),
        Meeting("asking-right oblige strange-proof", within=16),
    ),
    harmless=Phrase(r"\b(?:we|us) (?:delete|erase|remove)s?\b|\blawfulness\b|\brespond\b"),
    duties=True,
)
FEE = Matter(
    "risky-promise/rights-fee",
    "warn",
    "people pay for a right that is free",
    "answer free of charge; a reasonable fee only where requests are manifestly unfounded or excessive",
    "GDPR Art. 12(5); PIPL Art. 50; Cal. Civ. 1798.145(h)",
    (
        Meeting("fee-word asking-right using-right", within=14),
        Meeting("fee-word using-right information-word mine", within=16),
    ),
    harmless=Phrase(
        rf"{_FAIR}|\b(?:domain|renew|subscri|purchas|order|product|plan|invoice|billing|credit|payment (?:method|card|information|processor|provider|gateway|detail)|bank|transaction|refund|premium|card)\w*|"
        r"\bservices? (?:fee|charge)|\bin charge\b|\bcost of (?:the )?(?:service|hosting)"
    ),
    allowed=frozenset({"HK", "SG", "MY"}),
)
SHIFTED = Matter(
    "risky-promise/duty-shifted",
    "warn",
    "the customer has to answer for what the controller owes to others",
    "ask the customer to pass the notice on, inform the others yourself, and name a basis that does not hang on their consent",
    "GDPR Art. 6, 7(1), 14; PIPL Art. 17, 23",
    (
        Meeting("vouching other-person agreed-to you-subject handing-us|information-word", within=34),
        Meeting(
            "other-person vouching agreed-to handing-us", within=26, without=r"\bwe (?:have|will|shall)\b"
        ),
    ),
    harmless=Phrase(
        r"\b(?:processor|parent|guardian|child|children|minor|copyright|infring\w+|trademark|cookies?|feedback|testimonials?|partners? (?:to|must|are)|we (?:require|ensure|make sure|obtain|will obtain|guarantee)|our (?:employees|staff))\b"
    ),
    unless=Phrase(
        r"\bwe (?:\w+ )?(?:inform|notify|tell|contact) (?:them|these|such|those|the) (?:\w+ )?(?:persons?|people|individuals?|data subjects?|contacts?|friends?)\b"
    ),
    duties=True,
    allowed=frozenset({"SG"}),
)
# a law of Canada and one of Singapore have these words themselves
TIED = Matter(
    "risky-promise/right-narrowed",
    "warn",
    "consent ends only under conditions",
    "let people withdraw at any time, without a term and without reasons",
    "GDPR Art. 7(3); PIPL Art. 15",
    (Meeting("ending-consent consent-noun conditional", within=24),),
    harmless=Phrase(r"\blawfulness\b"),
    unless=Phrase(r"\bcanad(?:a|ian)\b|\bpipeda\b|\belectronic documents act\b|\bsingapore\b"),
    duties=True,
    allowed=frozenset({"SG", "CA"}),
)
TURNED_DOWN = Matter(
    "open-ended/refusal-broad",
    "warn",
    "requests can be refused on grounds that the law does not know",
    "name the statutory grounds, and tell people why and where they can complain",
    "GDPR Art. 12(4)-(5); PDPO s. 20; PDPA s. 21; Cal. Civ. 1798.145",
    (Meeting("turn-down asking-right|using-right own-reasons", within=18),),
    harmless=Phrase(
        r"\bmanifestly\b|\bunfounded\b|\border|\byou (?:may|can) (?:refuse|decline)|\bfree to refuse|\bby law\b|\bcookies?\b|\bconsent\b"
    ),
)

_HAVE = r"\b(?:have|get|ask|demand|request|see|obtain|view|change|correct)\b"
_OUT = r"\b(?:delet\w+|eras\w+|remov\w+|correct\w*|cop(?:y|ies)|stored|held|what (?:we|is))\b"
DENIED = Matter(
    "risky-promise/right-denied",
    "block",
    "a right is refused outright",
    "grant the right, or name the statutory exception for the case",
    "GDPR Art. 7(3), 12(2), 15-22; PIPL Art. 15, 44-47; PDPO DPP6; Cal. Civ. 1798.105",
    (
        Statement(
            rf"\b(?:you|users?|customers?) (?:can ?not|can't|may not|will not be able to|are not able to|are unable to|have no (?:way|right|option) to|do not have the (?:option|right|possibility) to) {_HAVE}[^.;]{{0,40}}{_OUT}",
        ),
    ),
    harmless=Phrase(
        r"\b(?:law|legal\w*|tax|invoices?|while|until|unless|except|because|if you|cookies?|password|domain|backups?|posts?|messages? (?:sent|on)|other people|third|children|identity|fraud|required)\b"
    ),
)
PROVEN = Matter(
    "risky-promise/right-narrowed",
    "warn",
    "the right is smaller here than in the law",
    "correct what people say is wrong after checking it; put no proof on them that the law does not ask",
    "GDPR Art. 12(2), 16; PDPO s. 22; PIPL Art. 46",
    (
        Statement(
            r"\b(?:request|proof|evidence|documents?|documentation)\b[^.;]{0,30}\b(?:credibly|convincingly|satisfactorily|conclusively|prov\w+|demonstrat\w+)\b[^.;]{0,30}\b(?:errors?|inaccura\w+|incorrect|wrong|mistakes?)\b"
        ),
    ),
)
_DISPUTE = r"\b(?:visit|disputes?|claims?|controvers\w+)\b"
WAIVED = Matter(
    "risky-promise/rights-waiver",
    "block",
    "people give up what the law gives them, in a text that should inform them",
    "take it out; leave disputes to the courts and liability to the contract, within the law",
    "GDPR Art. 79, 82; UCTD Annex (1)(a), (q); Cal. Civ. 1798.192",
    (
        Statement(
            rf"{_DISPUTE}[^.;]{{0,120}}\bsubject to\b[^;]{{0,200}}\b(?:limitations? (?:on|of) (?:damages|liability)|arbitrat\w+)\b",
            r"\b(?:privacy|this (?:policy|notice|statement))\b",
        ),
        Statement(
            r"\b(?:you|users?|customers?) (?:\w+ ){0,3}?(?:agrees?|undertakes?|promises?)\b[^.;]{0,12}\b(?:not to|never to)\b[^.;]{0,8}\b(?:sue|bring|file|assert|raise|make any claim)\b"
        ),
        Statement(
            r"\bwaiv\w+\b[^.;]{0,60}\b(?:class action|jury|right to (?:sue|object|complain|bring))\b",
            r"\byou\b",
        ),
    ),
    harmless=Phrase(r"\b(?:not (?:be )?(?:limit|affect|waive)\w*|without limiting)\b"),
    duties=True,
)
ADVISED = Matter(
    "risky-promise/children-consent",
    "warn",
    "children's data is taken although parents have only been recommended to agree, or somebody else agrees for them",
    "ask for the verified consent of a parent, or do not take the data",
    "COPPA 16 CFR 312.5; GDPR Art. 8; PIPL Art. 31",
    (
        Statement(
            r"\b(?:recommend|encourage|suggest|advise|urge)s?\b[^.;]{0,40}\b(?:child|children|minors|kids|young\w*)\b[^.;]{0,60}\b(?:parents?|guardians?)\b",
            r"\b(?:permission|consent|ask|before)\b",
            r"\b(?:information|data|details)\b",
        ),
        Statement(
            r"\b(?:collect|register|accept|data)\w*\b[^.;]{0,60}\b(?:children|minors|kids)\b",
            r"\b(?:if|when|where|with)\b[^.;]{0,20}\b(?:teachers?|schools?|friends?|they ask)\b|\btell their parents\b|\bon any ground\b",
        ),
    ),
    harmless=Phrase(r"\b(?:supervis\w+|parental consent|verif\w+)\b"),
)
MATTERS = (DENIED, PROVEN, WAIVED, ADVISED, BURDENED, NARROWED, TIED, FEE, SHIFTED, TURNED_DOWN)
