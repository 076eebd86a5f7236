"""Matters of consent that is no choice, of rights made dear, and of results that nobody can promise."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

# what nobody needs for a server, a domain or an account
_SURPLUS = r"\b(?:newsletters?|marketing|advertis\w+|(?:receive|special|our|partners?'?) offers|promotion\w*|profil(?:ing|es?)|track(?:ing)?|analytics|advertisers|partners?|surveys?)\b"
_AGREE = r"(?:agree\w*|consent\w*|accept\w*|permi(?:t|ssion)\w*|opt(?:ed)? in|allow\w*|authori[sz]\w+)"
_UNAVAILABLE = r"\b(?:cannot|can't|can not|could not|unable|not (?:be )?(?:able|available|possible|open|provide|offer|supply|accept|conclude)\w*|unavailable|impossible|refuse\w*|only)\b"
_SERVED = r"\b(?:open|create|account|contract|order|register|registration|panel|service|services|plan|trial|server|hosting|sign up|website|site)\b"

TIED = Matter(
    "risky-promise/consent-bundled",
    "block",
    "consent is the price of something else, or one consent is taken for several things",
    "ask for it separately, for one purpose, with a way to refuse that costs nothing",
    "GDPR Art. 7(2), 7(4), Rec. 42-43; PIPL Art. 14, 16; PDPA s. 14(2)",
    (
        Statement(
            rf"\b(?:(?:if|where|when) (?:you|the customer|a customer|users?) (?:do|does) not {_AGREE}|without (?:your |the |his |this )?(?:consent|agreement|permission)|(?:who|whoever) (?:does not|refuses to) {_AGREE}|unless (?:you|the customer) {_AGREE})\b",
            _SURPLUS,
            _UNAVAILABLE,
            _SERVED,
        ),
        Statement(
            rf"\b(?:contract|order|account|plan|trial|service|registration|panel|hosting|discount)\b[^.;]{{0,40}}\b(?:requires?|presupposes?|depends? on|is conditional|only (?:\w+ )?if|only (?:\w+ )?when|provided)\b[^.;]{{0,30}}\b{_AGREE}\b",
            _SURPLUS,
        ),
        Statement(
            r"\b(?:consent|agreement|permission)\b[^.]{0,90}\b(?:cannot|can not|may not|not) be (?:given|split|limited|divided|restricted|refused|withheld)\b[^.;]{0,20}\b(?:in part|partly|partially|separately|individually|one by one)\b|\b(?:consent|permission)\b[^.;]{0,40}\b(?:as a whole or not at all|all or nothing|only (?:as a whole|together))\b"
        ),
        Statement(
            rf"\b(?:consent|permission) (?:to|for|in) (?:\w+ ){{1,3}}?(?:is also|also (?:covers|counts|means|includes)|(?:includes|covers|counts as|implies|extends to|entails|means)(?: also| the| your)* (?:consent|permission|agreement)?)\b[^.;]{{0,50}}?{_SURPLUS}"
        ),
        Statement(
            r"\baccept\w* (?:the|our) (?:\w+ )?terms\b[^.;]{0,30}\band\b[^.;]{0,24}\b(?:consent|agree)\w* to (?:all|any|the|every) (?:kinds? of )?(?:processing|us(?:e|es)|collection|sharing|handling)\b|"
            r"\b(?:acceptance|conclusion|signing|signature) of (?:the|our|this) (?:\w+ )?(?:terms|contract|order|order form|agreement)\b[^.;]{0,20}\b(?:counts?|deemed|taken|regarded|treated|means|constitutes|amounts|stands)\b[^.;]{0,16}\b(?:consent|permission)\b"
        ),
        Statement(
            r"\b(?:who(?:ever)?|anyone who|everybody who|everyone who) (?:uses|orders|registers|signs|visits|opens|downloads)\b[^.;]{0,40}\b(?:gives?|grants?|consents?|agrees?|permits?|allows?)\b",
            _SURPLUS,
        ),
        Statement(
            r"\b(?:one|a single|the same) (?:tick|click|check ?box|box|signature|consent|declaration|mark)\b[^.;]{0,20}\b(?:covers?|stands? for|counts for|confirms|is (?:valid|enough|good) for|applies to|serves for)\b[^.;]{0,80}\b(?:and|all|everything|as well as)\b"
        ),
    ),
    harmless=Phrase(
        r"\b(?:optional\w*|voluntar\w+|separate(?:ly)? (?:from|for each|asked|consent|box)|not (?:a )?(?:condition|depend\w*|required|necessary)|does not (?:require|depend)|independent\w*|works? (?:as|just|without)|parents?|guardians?|children|still|never|payment service|cookies? (?:that|which) are (?:necessary|needed))\b"
    ),
)
_WITHDRAWN = r"\b(?:withdraw\w*|revo(?:k\w+|cation)|tak(?:e|ing) back|retract\w*)\b"
HARDER = Matter(
    "risky-promise/optout-burden",
    "block",
    "consent is harder to withdraw than to give",
    "let people withdraw the way they agreed, at once and free of charge",
    "GDPR Art. 7(3); PIPL Art. 15; PDPA s. 16; DPDP Act s. 6(4)",
    (
        Statement(
            _WITHDRAWN,
            r"\b(?:consents?|authori[sz]ation|permission|revocation|withdrawal)\b",
            r"\b(?:takes?|comes?|becomes?|enters?|is|are|will be) (?:into )?(?:effect\w*|valid|force|processed|honou?red|acted (?:up)?on)\b[^.;]{0,24}\b(?:after|in|from|within|once)\b[^.;]{0,16}\b(?:weeks|months?|(?:[3-9]\d|1\d\d|thirty|forty-five|sixty|ninety) (?:working |business )?days|confirm\w*|approv\w*|review\w*)\b",
        ),
        Statement(
            _WITHDRAWN,
            r"\b(?:consents?|authori[sz]ation|permission|revocation|withdrawal)\b",
            r"\b(?:requires?|must|has to|have to|need(?:s|ed)? to|shall|only|is possible|needs)\b[^.;]{0,50}\b(?:(?:tele)?phone call|by (?:tele)?phone|in person|visit\w*|original signature|signed|letter|registered|fax|post|notar\w+|passport|identity card|appear\w*|office)\b",
        ),
        Statement(
            _WITHDRAWN,
            r"\b(?:consents?|authori[sz]ation|permission)\b",
            r"\b(?:give|state|stating|giving|explain\w*|submit) (?:your |the |us )?(?:\w+ )?(?:reasons?|grounds?|justification)\b|\b(?:subject to|until|once|if|after) (?:our|we|the company(?:'s)?|management) (?:have |has )?(?:approv\w+|agree\w*|accept\w*|consent\w*)\b",
        ),
        Statement(
            r"\b(?:withdrawn?|revoked?|tak(?:e|en) back|retract(?:ed)?)\b[^.;]{0,30}\b(?:consent|permission)\b|\b(?:consent|permission)\b[^.;]{0,40}\b(?:withdrawn|revoked|taken back)\b",
            r"\b(?:once (?:a|per|every) (?:year|month|quarter)|(?:only )?(?:after|at|once|when) the (?:contract|agreement|term|subscription) (?:has |is )?(?:end\w*|expire\w*|over|terminated)|at the end of the (?:contract|term|agreement)|not (?:be )?(?:before|during) the)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:e-?mail|online|click\w*|panel|dashboard|settings|either|contract|orders?|not (?:need|have|required)|no (?:need|reasons?)|lawful\w*|never|without (?:giving|stating)|by telephone or)\b"
    ),
    duties=True,
)
PUNISHED = Matter(
    "risky-promise/rights-retaliation",
    "block",
    "people who use a right are put at a disadvantage",
    "treat people alike whether or not they use their rights",
    "Cal. Civ. 1798.125; GDPR Art. 7(4), 12(2), (5); PIPL Art. 16",
    (
        Statement(
            r"\b(?:clos\w+|suspend\w*|terminat\w+|limit\w*|block\w*|downgrad\w*|slow\w*|cancel\w*|charg\w+ (?:more|extra|a higher))\b[^.;]{0,24}\b(?:accounts?|services?|users?|customers?|plans?)\b",
            r"\b(?:users?|customers?|people|consumers?|those|accounts?|anyone|whoever)\b[^.;]{0,16}\b(?:that|who|which|of)?\b[^.;]{0,20}\b(?:ask\w*|request\w*|demand\w*|exercis\w+|opt(?:s|ed)? out|object\w*|complain\w*)\b[^.;]{0,24}\b(?:data|information|rights?|deletion|access|sale|privacy)\b",
        ),
        Statement(
            r"\b(?:opt(?:s|ed|ing)? out|opt-outs?|exercis\w+ (?:\w+ ){0,2}rights?|(?:make|makes|made|submit\w*|making) (?:a|any|such|these) requests?|(?:ask|asks|asked|request\w*) (?:us )?(?:to delete|for (?:deletion|erasure|a copy)))\b",
            r"\b(?:prices?|fees?|rates?|costs?)\b[^.;]{0,24}\b(?:rises?|increases?|goes up|go up|higher)\b|\blower (?:level|priority|quality|grade)\b|\bno longer (?:be )?(?:eligible|entitled|qualif\w+)\b|\b(?:slower|excluded from|pays? more|surcharge)\b|\bdifferent (?:prices?|rates?|levels?|quality)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:not|never|nor|without|delet\w+ (?:your|the|their) account|(?:ask|asks|asked|request\w*) (?:us )?to close|closure|at (?:your|their) request|abus\w+|spam|copyright|court|subpoena|fraud\w*)\b"
    ),
)
_ATTACK = r"(?:attacks?|intrusions?|intruders?|hackers?|threats?|weakness(?:es)?|vulnerabilit\w+|holes?|malware|leaks?|breach(?:es)?|abuse|virus(?:es)?)"
RESULTS = Matter(
    "unenforceable/absolute-claim",
    "warn",
    "a result that nobody can promise",
    "say what is done, not that nothing can happen",
    "GDPR Art. 32; PIPL Art. 51; FTC Act 5; Consumer Law s. 18 (AU)",
    (
        Statement(
            rf"\b(?:stops?|blocks?|prevents?|repels?|closes?|detects?|catch(?:es)?|finds?|fix(?:es)?|defeats?|withstands?|keeps? out)\b(?: and \w+)? (?:every|each|all|any)(?: \w+)?,? (?:single |possible |known and unknown )?{_ATTACK}\b"
        ),
        Statement(
            r"\b(?:close|fix|stop|find|block|remove|repair)\w*\b[^.;]{0,12}\b(?:every|any|all|each)\b[^.;]{0,20}\bbefore (?:it|they|somebody|someone|anybody|anyone|an attacker|hackers?) (?:can|could|is able|are able)\b"
        ),
        Statement(
            r"\bthere (?:will|can|could|shall) (?:never|not ever) be (?:a |an |one\b|any )|\b(?:leaks?|breach(?:es)?|data loss|losses)\b[^.;]{0,24}\b(?:can|could|will) never (?:happen|occur|take place|be)\b|\bwill never (?:happen|occur) (?:to|with|at) us\b"
        ),
        Statement(
            r"\b(?:leaks?|breach(?:es)?|(?:data )?loss|intrusions?|theft|misuse|break-ins?)\b[^.;]{0,12}\b(?:is|are) (?:simply |technically |absolutely |totally )?(?:impossible|out of the question|excluded|ruled out|unthinkable)\b|\b(?:impossible|out of the question|ruled out|unthinkable) (?:that|for)\b[^.;]{0,50}\b(?:data|information|outsiders?|anyone|hackers?|strangers?|third part\w+)\b"
        ),
        Statement(
            r"\b(?:each(?: and every)?|every|any)(?: \w+){0,2}? (?:security )?(?:events?|incidents?|breach(?:es)?|attempts?|threats?)\b",
            r"\b(?:the (?:moment|second|instant) (?:it|that|they)|instantly|in real time|as it happens|immediately as)\b",
            r"\b(?:inform\w*|told|tell|notif\w+|alert\w*|learn|hear)\b",
        ),
        Statement(
            r"\b(?:hack|crack|break into|penetrate|get into|breach|intrude into)\w*\b[^.;]{0,20}\b(?:our|the|this) (?:\w+ )?(?:servers?|systems?|platform|network|data cent\w+|panel)\b",
            r"\b(?:impossible|never (?:be able|able|manage|succeed)|no ?(?:one|body) (?:can|could|will|is able))\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:cannot (?:guarantee|promise|assure|rule)|no (?:system|method|one can guarantee|guarantee|service)|not (?:guarantee|promise|claim|warrant)|help\w*|designed|aim\w*|try|strive|attempts? to|tools? (?:that|which)|never be (?:a )?(?:charge|fee|cost|sold|shared|used))\b"
    ),
)
MATTERS = (TIED, HARDER, PUNISHED, RESULTS)
