"""Matters of grounds and exceptions that the company keeps open for itself: disclosure, sale, discretion, changes."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.meetings import Meeting
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_GIVES = r"\b(?:shar(?:e|ed|ing)|disclos\w+|provid(?:e|ed|ing)|giv(?:e|en|ing)|pass(?:ed|ing)?|releas\w+|transfer\w*|sell|sold|rent(?:ed)?|trad(?:e|ed)|us(?:e|ed|ing)|collect(?:ed)?|hand(?:ed)?|exchang\w+|distribut\w+)\b"
_NOT = r"\b(?:not|never|won't|don't|doesn't|neither|nor)\b"
_TELL = r"(?:notif\w+|inform\w*|tell|told|advis\w+|announc\w+|let you know)"
_BIND = r"(?:requir\w+|oblig\w+|bind|bound|ensur\w+|make sure|mak\w+ sure|honou?r\w*|follow\w*|respect\w*|assum\w+|agree\w*|continu\w+ to)"

AT_REQUEST = Matter(
    "undefined-term/disclosure-open",
    "warn",
    "data goes to offices that merely ask for it",
    "disclose only what a law or an order obliges to, and say who checks the request",
    "GDPR Art. 6(1)(c), 48; PDPO s. 58",
    (
        Meeting("police on-request passing-on", within=16),
        Statement(
            r"\bto (?:protect|defend|preserve|safeguard) (?:our|the company's|its) (?:reputation|image|interests?|business|brand|goodwill)\b",
            rf"{_GIVES}|\bgive out\b",
        ),
        Statement(
            r"\bas (?:otherwise )?(?:needed|necessary|required|appropriate) to (?:protect|enforce|defend|safeguard)\b.{0,40}\b(?:rights?|interests?|property|others)\b",
            rf"{_GIVES}",
            without=r"\b(?:court|legal claims?|law requires|required by law)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:warrant|subpoena|valid|lawful|your request|court|not|never|without|once we have|obliged?|transparency)\b"
    ),
)
ANYBODY = Matter(
    "open-ended/recipient-open",
    "warn",
    "anybody can be such a recipient",
    "name the recipients or their trades, with the purpose of each",
    "GDPR Art. 13(1)(e); PIPL Art. 23",
    (Meeting("passing-on any-party information-word", within=12),),
    harmless=Phrase(
        r"\b(?:not|never|no|nor|neither|without|unless|consent|permission|you may|you can|law|on our behalf|who process|that process|merg\w+|acqui\w+|sale of|your own|responsible|believe|judge?ment|discretion|public|request\w*|authori[sz]ed)\b"
    ),
)
EXCEPTED = Matter(
    "open-ended/exception-open",
    "warn",
    "what is refused is allowed by exceptions that nobody can read here",
    "list the exceptions here, each with its purpose and recipient, or drop them",
    "GDPR Art. 12(1), 13(1)(e); FTC Act 5",
    (
        Statement(
            rf"{_NOT}[^.;]{{0,60}}{_GIVES}",
            r"\bunless (?:\w+ )?(?:otherwise )?(?:\w+ )?(?:indicated|stated|noted|specified|expressed|mentioned|advised|we tell you|we inform you|we say)\b(?! (?:below|above|herein|in this))|"
            r"\bsubject to (?:\w+ )?(?:some|certain|limited|a few|few) exceptions?\b|\bexcept (?:as|where|when|if) (?:\w+ )?(?:allowed|permitted|provided|required|set out|stated) (?:by|in|under) (?:our|its) (?:\w+ )?(?:rules|guidelines|procedures|policies|practices|agreements?)\b|"
            r"\bexcept (?:in|under) (?:certain|special|some|limited|very limited|exceptional|rare|particular)(?: \w+)? (?:cases?|circumstances?|situations?)\b(?! (?:such|like|includ|described|listed|below|for example|where|when))",
        ),
        Statement(
            rf"^\W*(?:generally|in general|normally|usually|as a (?:general )?rule|typically)\b[^.;]{{0,40}}{_NOT}[^.;]{{0,30}}{_GIVES}"
        ),
        Statement(
            r"\bunless we (?:tell|inform|advise|notify) you (?:otherwise|differently)\b|\bunless otherwise (?:clearly |expressly |specifically )?(?:stated|noted|indicated|specified)\b",
            r"\b(?:shar(?:e|ed|ing)|disclos\w+|sell|sold|rent(?:ed)?|transferr?\w*|compulsory|mandatory|right to)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:below|following|described|listed|this policy|herein|law|court|e\.g|such as|for example|namely|opt[- ]?out of these communications|with your (?:agreement|consent))\b"
    ),
)
OWN_VIEW = Matter(
    "open-ended/sole-discretion",
    "warn",
    "the company alone decides, by no test that others can check",
    "write the test down, and who decides",
    "GDPR Art. 5(1)(a), 12(2); PIPL Art. 7",
    (
        Statement(
            r"\b(?:is|are) (?:solely |entirely )?(?:for|up to) (?:us|the (?:company|management|operator|provider|host)) (?:alone )?to (?:decide|determine|say|judge)\b|\b(?:decision|decisions|choice|determination|judge?ment)\b[^.;]{0,50}\b(?:lies?|rests?|remains?|is left|belongs?|is made)\b[^.;]{0,24}\b(?:with us|to us|by us alone|with the company|solely)\b",
        ),
        Statement(
            r"\bin (?:our|the company's|its) (?:sole|own|absolute|exclusive) (?:opinion|view|judge?ment|estimation|determination|assessment)\b",
            rf"{_GIVES}|\b(?:retain|keep|delet\w+|eras\w+|refus\w+)\b",
        ),
    ),
    harmless=Phrase(r"\b(?:change|amend|modif\w+|terms|price|hiring|content|copyright)\b"),
)
EITHER_OR = Matter(
    "open-ended/business-transfer-alternative",
    "warn",
    "a buyer is bound, or people are told; one without the other protects nobody",
    "do both: bind the buyer to this text, and tell people before their data moves",
    "PIPL Art. 22; GDPR Art. 13-14",
    (
        Statement(
            r"\b(?:sold|sale|merg\w+|acqui\w+|takeover|new owners?|buyer|successor|bankrupt\w*)\b",
            rf"\b{_TELL}\b[^.;]{{0,80}}\bor\b[^.;]{{0,50}}\b{_BIND}\b|\b{_BIND}\b[^.;]{{0,100}}\bor\b[^.;]{{0,50}}\b{_TELL}\b",
            r"\b(?:either|or)\b",
        ),
    ),
    harmless=Phrase(r"\b(?:consent|opt[- ]?out|e-?mail or|choice)\b"),
)
SALES = Matter(
    "risky-promise/new-use-optout",
    "warn",
    "data can be shared or used for something new unless people object",
    "ask for consent before a purpose or recipient that is not compatible with the first one",
    "GDPR Art. 5(1)(b), 6(4), 7; PIPL Art. 14, 23; PDPO DPP3",
    (
        Statement(
            r"\b(?:new|other|different|additional|unrelated)\b[^.;]{0,20}\b(?:purposes?|uses?|ways?|manner)\b",
            r"\b(?:after|upon|by) (?:posting|giving|publishing|providing|placing)\b[^.;]{0,20}\bnotice\b",
            rf"{_GIVES}",
        ),
        Statement(
            rf"\b{_TELL}\b",
            r"\bable to (?:prevent|stop|block|decline|refuse)\b|\b(?:opportunity|option|chance) to (?:prevent|decline|stop|block|refuse)\b",
            r"\b(?:shared?|sharing|disclos\w+|transferred|sold)\b",
        ),
    ),
    harmless=Phrase(r"\b(?:cookies?|only with your consent|consent to|opt[- ]in|law enforcement)\b"),
)
UNAWARE = Matter(
    "risky-promise/unaware-processing",
    "block",
    "data is handled behind people's backs",
    "tell people what is collected, when and how",
    "GDPR Art. 5(1)(a), 13-14; PIPL Art. 7, 17; PDPO DPP1(3)",
    (
        Statement(
            r"\bwithout (?:you|your|the user|users?|them|people) (?:being aware|knowing|noticing|reali[sz]ing|awareness)\b|\bwithout (?:your|the user's) (?:awareness|knowledge)\b|\bunbeknownst\b",
            r"\b(?:collect\w*|process\w*|record\w*|gather\w*|obtain\w*|track\w*)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:not|never|no|cannot|hackers?|other (?:users|people)|unauthori[sz]ed|law|court|investigat\w+|children|parents?)\b"
    ),
)
REREAD = Matter(
    "risky-promise/unilateral-change",
    "warn",
    "the text can change, and people have to find out for themselves",
    "announce changes to the people concerned before they apply, and ask for consent where a purpose is new",
    "GDPR Art. 12(1), 13(3); PIPL Art. 14, 17(2); Cal. B&P 22575(b)(3)",
    (
        Meeting("rereading this-text|this-page often", within=18),
        Statement(
            r"\b(?:(?:new|revised|updated|amended|changed) (?:versions?|policy|terms|statement|notice)|changes|amendments|revisions|updates|modifications|alterations)\b[^.;]{0,40}\b(?:binding|effective|appl(?:y|ies)|in force|takes? effect|valid)\b[^.;]{0,24}\b(?:as soon as|once|immediately|when|upon|on posting|the moment)\b[^.;]{0,40}\b(?:post\w*|publish\w*|appears?|online|upload\w*|site|page)\b|"
            r"\b(?:rewrite|change|amend|alter|modify|revise|update)\b[^.;]{0,40}\b(?:policy|statement|notice)\b[^.;]{0,30}\bwithout (?:telling|informing|notifying|asking|notice|announc)\w*"
        ),
        Statement(
            r"\b(?:(?:information|data) (?:that )?we (?:collect|gather|have|hold) (?:now|today|currently)|use of (?:the )?information[^.;]{0,30})\b[^.;]{0,20}\bsubject to\b[^.;]{0,40}\b(?:in effect|in force|current)\b"
        ),
    ),
    unless=Phrase(
        r"\b(?:notify|inform|tell|e-?mail|alert|advise) (?:you|users|customers|our (?:users|customers)|all (?:users|customers))\b[^.;]{0,90}\b(?:chang|updat|amend|modif|revis)\w*|"
        r"\b(?:chang|updat|amend|modif|revis)\w*\b[^.;]{0,90}\b(?:notify|inform|tell|e-?mail|alert|advise|notified|informed)\b(?: (?:you|users|customers|by|via))?|\bby (?:posting|e-?mail)[^.;]{0,40}\bdays\b"
    ),
    harmless=Phrase(
        r"\b(?:third[- ]part\w+|their (?:privacy )?polic\w+|other (?:web)?sites?|google|facebook|paypal|linked|providers?|security|account information|your (?:information|details|data|profile))\b"
    ),
    duties=True,
)

MATTERS = (AT_REQUEST, ANYBODY, EXCEPTED, OWN_VIEW, EITHER_OR, SALES, UNAWARE, REREAD)
