"""Kinds of statements about data that leaves the country."""

from __future__ import annotations

from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

LACKING = Phrase(
    r"\b(?:not|never|\w+n't|no|without|lack\w*|fail\w*|may not|do not)\b.{0,60}\b(?:adequa\w+|comparable|the same (?:level|protection))"
)
MOVED = Phrase(
    r"\b(?:transfer\w*|(?:stored|processed|sent|maintained|held|hosted|moved) (?:\w+ ){0,4}?(?:outside|abroad|overseas)|other countries|another country|third countr\w+|abroad|overseas|cross-border)\b"
)
LOOSE = (
    Statement(
        r"\b(?:where(?:ver)?|when(?:ever)?|if|as far as|to the extent|insofar as|so far as) (?:it is |this is |we can|we are able|reasonably |commercially |practically )?(?:reasonably |commercially )?(?:possible|practicable|practical|feasible|able|can)\b",
        r"\b(?:protect\w*|secur\w+|safeguard\w*|complie?s?|comply|adequa\w+|measures?|contract\w*|clauses)\b",
        r"\b(?:transfer\w*|countries|country|abroad|overseas|recipients?|jurisdictions?|eea|eu)\b",
    ),
)

_AWAY = (
    r"\b(?:abroad|overseas|foreign|offshore|international (?:basis|transfers?|data transfers?)|cross-border|non-european|non-eea|non-eu|third countr\w+|(?:other|another|any|foreign|further|various|several|different|many|multiple|all) (?:\w+ )?(?:countr(?:y|ies)|jurisdictions?|states?|territor\w+|nations?|continents?|parts of the world)|(?:countries|jurisdictions|places|states) (?:outside|other than|that|in which|where|with)|"
    r"outside (?:of )?(?:the |your |our |this )?(?:eea|eu|european|country|uk|united kingdom|jurisdiction|state|province|home|territory|borders?|republic|india|australia|canada|singapore)|(?:around|across|throughout|all over) the (?:world|globe|planet)|anywhere|on the planet|any place|worldwide|global(?:ly| partners)?|all over the world|out of (?:the )?(?:country|singapore|india|eu|eea|uk)|outside of (?!the\b|our\b|this\b|your\b|these\b)\w+|outside (?:of )?[a-z]+ ?[a-z]*(?:,|\.)|national borders|leaving the country|several time zones|time zones and countries|or elsewhere|our country|territories whose|across borders|(?:physical )?(?:place|location) (?:where|of)|more than \w+ countries|a country other than|one or more (?:\w+ )?(?:countr(?:y|ies)|jurisdictions?|places?|locations?|states?|regions?|databases?|(?:server|data) \w+))\b"
)
_GOES = r"\b(?:transfer\w*|stor(?:e|ed|age|es)|process(?:ed|ing)?|sent|send|goes|go to|transmi\w+|ship(?:ped)?|held|kept|host(?:ed)?|access(?:ed|ible)?|open your|read by|receive|replicat\w+|mirror\w*|relocat\w+|moved?|maintain\w*|handled?|cached|routed|located|flow\w*|be anywhere|at rest|rest at|call cent\w+|cloud|occur|exported?|views?|viewed|sit|travel|passed on|shared|routed|saved|ends up|see|reside|filtered|leaving|happen|hosted|disclose|carried out|operators?|staff)\b"
_THINGS = r"\b(?:data|stuff|suppliers|mail|ip|processing|information|details|records?|files?|logs?|content|messages?|transcripts?|e-?mail|account|it|copies|backups?|tickets?|transfers?|recordings?|profiles?)\b"
_SURE = (
    r"\b(?:not|never|\w+n't|no|nothing|neither|nor|exclusively|only|stopped|refused|unless)\b|\b(?:standard contractual|model clauses|sccs?|adequacy|binding corporate|idta|transfer agreement|data privacy framework|safeguard\w*|standard contract|transfer mechanism|substantially similar|annex|consent|pseudonym\w+|encrypted with|public files)\b|\b(?:customers? (?:come|in)|when you travel|calls to|laws outside|rights|exit nodes|authorit\w+|domain registrations|registr(?:y|ies)|billed|exchange rates|"
    r"links?|websites|cookies|residents|complain\w*|offices? (?:in|at)|law enforcement|children|visitors from|global (?:privacy )?(?:practices|policy|policies|notice)|intended for|registered in|comply with the (?:laws|requirements))\b"
)
ABROAD = (Statement(_AWAY, _GOES, _THINGS, without=_SURE),)
