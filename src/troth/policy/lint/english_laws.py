"""Kinds of statements that say something about the law that is not so."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_LAW = (
    r"\b(?:gdpr|regulation|data protection|privacy laws?|privacy act|data privacy|ccpa|cpra|pdpa|pdpo|pipl|dpdp\w*|ordinance|the law|by law|laws? of|legislation|legal\w*|statutes?|"
    r"protection authority|standard contractual|the act|supervisory|directive|european law|popia|dpa|data processing agreement|data protection agreement)\b"
)
_IDENTIFIER = (
    r"\b(?:ip address(?:es)?|cookies?|cookie ids?|device (?:ids?|identifiers?)|identifiers?|advertising ids?|log(?:s| files?| data)|metadata|usage data|e-?mail address(?:es)?|hash(?:es|ed)?|pseudonym\w+|anonym\w+|obscured|encrypted|"
    r"masked|traffic data|account numbers?|business (?:e-?mail|contact)|user names?|usernames?|employees?|technical data|this data|such data|these data|what our)\b"
)
MISSTATED = (
    # no contract with a processor is needed
    Statement(
        r"\b(?:dpa|data (?:processing|protection) (?:agreement|contract|addendum)|processor agreement|processing agreement|controller-processor contract)s?\b",
        r"\b(?:not|\w+n't|no|unnecessary|without|never)\b.{0,40}\b(?:need\w*|require\w*|necessary|oblig\w*|mandatory|have to|must|called for)\b|\bunnecessary\b|\bsuperfluous\b|\bno (?:\w+ ){0,4}(?:agreement|addendum|contract|dpa) (?:is|are)\b",
        without=r"\b(?:until|unless|additional|separate signature|sign (?:a|the) separate|already|included|part of)\b|\b(?:not|never|n't) (?:need|have) to sign\b",
    ),
    # what identifies a person is said not to be personal
    Statement(
        r"\b(?:not|\w+n't|no|never|neither|nor|cease\w*|stop\w* being|longer)\b.{0,24}\b(?:personal (?:data|information)|personally identifiable|pii|personal any ?more|covered by|fall(?:s|ing)? under|subject to|protected by)\b",
        _IDENTIFIER,
        without=r"\b(?:irreversibl\w+|aggregat\w+|cannot be (?:linked|traced|attributed|re-?identified)|truncat\w+|shortened|(?:do|does|did|will|would|is|are) not (?:\w+ ){0,3}?(?:collect|store|contain|use|include|process|link\w*|extract\w*|gather\w*|combine\w*|share|transmit|associate\w*|send|hold|keep|record|log|set|place|disclose|require|see|save|track|tied|connected|sell|ask|receive|put)|"
        r"(?:never|not) (?:store|collect|share|combine|link|contain|use|put|transmit|disclose|sell|log)\w*|contains? no|includes? no|in no way|no personal data (?:beyond|except|other than|apart from)|without|no personal data (?:is|are|will|was)|still|not (?:mean|give us)|even (?:if|though)|this policy|this notice|we treat|nevertheless|remain\w*)\b",
    ),
    Statement(
        r"\bip address(?:es)?\b",
        r"\b(?:reveals? nothing|tells? nothing|(?:do|does|can|could) ?not (?:\w+ )?(?:reveal|identify|disclose) (?:you|your identity|who you are|any(?:thing| personal)|personal)) (?:personal(?:ly)?|about you|information|data|identif\w+|as an individual)?",
        without=r"\b(?:anonymi[sz]ed|truncat\w+|shortened|masked|last octet|hash\w*)\b",
    ),
    # the law does not reach the company or the data
    Statement(
        _LAW,
        r"\b(?:(?:do(?:es)?|did|shall|will|is|are|am)(?: not|\w+n't|\w+n't be)|never|cannot|neither|nor|no|ceases? to|not)\b.{0,40}\b(?:appl(?:y|ies|icable|ication)|bind(?:ing)?|bound|cover(?:s|ed)?|concern us|reach|subject to|govern(?:s|ed)?|observe|protect(?:s|ed)? (?:by|under)|fall under|extend)\b|\b(?:exempt|outside the (?:scope|reach)|beyond the reach|not a matter for us)\b",
        r"\b(?:because|since|as (?:we|our|a|an|the|servers?|it|they)|so|for (?:companies|us)|to us|therefore|hence|thus|due to|being|fewer than|only (?:for|to|large|applies)|we need not|which is for|upon|free|b2b|our (?:company|users|servers|service)|us company|american|offshore|any country|any law|no (?:data|privacy|country)|no country|is a european|no (?:personal )?data protection law|"
        r"nobody|we are|we're|once|after|any court|any authority|registered in|seat in)\b",
        without=r"\b(?:this|our) (?:privacy )?(?:policy|notice|statement)\b.{0,30}\b(?:does not|doesn't|do not|not) (?:apply|cover|govern)|\bthird[- ]part(?:y|ies)\b|\bother (?:web)?sites\b|\bhousehold\b|\bdeceased\b|\blegal (?:person|entit)\w+|\bwe (?:still|nevertheless|apply|comply|observe)\b|\bnot limited|\bnor does it\b|\beven (?:where|if|though)\b|\bsubject to this\b|\bapplicable law\b.{0,40}\brequires?\b|\bwhere (?:the )?(?:law|gdpr) does not\b|\bexcept (?:where|as)\b|\bno longer (?:need|required)",
    ),
    # the law allows what it does not
    Statement(
        r"\b(?:law|gdpr|regulation|ordinance|act|article \d+|art\. ?\d+|legislation|dpa|ccpa)\b.{0,40}\b(?:entitles?|allows?|lets|permits?|requires? us|forbids? us|prohibits? us|obliges? us|gives? us|authori[sz]es?)\b|\b(?:under|according to|by) (?:\w+ ){0,4}(?:law|gdpr|regulation|ordinance|act|legislation)\b.{0,30}\b(?:we are (?:allowed|entitled|permitted|free)|we may|we can|no (?:obligation|consent|right)|the user is)\b",
        r"\b(?:all (?:data|records|your)|forever|indefinitely|any(?:thing| purpose| data| reason)|everything|one year|a year|(?:six|three|\d+) months|90 days|sixty days|without (?:any )?(?:consent|reason|limit\w*|telling|asking|notice)|fee of|charge a fee|charge you|to delete|whatever|no obligation|no consent|owner of the risk|freely)\b",
        without=r"\b(?:manifestly|extend\w*|unfounded|excessive|tax|accounting|invoices?|bookkeeping|commercial code|extension|free of charge)\b",
    ),
    # obligations, rights and guarantees that do not work like that
    Statement(
        r"\b(?:gdpr|ccpa|regulation|data protection|dpa|european law|law|legally|supervisory authority|protection authority|processor|iso \d+|standard contractual clauses|privacy law)\b",
        r"\b(?:validly waive|cannot be (?:fined|held liable|liable)|only after you have (?:gone|used|exhausted|complained|tried)|children? over (?:ten|\d+)|minors over|no rights? to anyone|legally sufficient|no further (?:assessment|steps?|measures?) (?:is|are) (?:legally )?(?:necessary|needed|required)|"
        r"(?:means|proves) (?:that )?(?:\w+ ){0,4}(?:gdpr[- ]compliant|compliant)|no (?:data )?(?:privacy|protection) law|no longer needed for|under no obligation to (?:keep|answer|report|appoint)|automatically (?:compliant|lawful|legal)|consent is (?:not|never) (?:needed|required|necessary)|no consent is (?:required|needed|necessary))\b",
        without=r"\b(?:does not mean|would not|cannot waive|not be waived|strictly necessary|essential cookies|necessary cookies)\b",
    ),
)
