"""English kinds of statements on data that is called nameless: used or passed on, and nothing says how it became so."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_METHOD = (
    r"\b(?:hash\w*|octets?|bits|bytes?|k-anonym\w*|laplace|noise|fewer than|less than (?:ten|\d+)|groups? of (?:at|less|fewer|more|\d|ten|twenty)|at least \d+|overwrit\w*|method|salt\w*|truncat\w*|mask\w*|"
    r"shortened|annex|neither|never|nobody|no (?:one|statistics)|(?:do|does|will|would|shall) not (?:share|sell|publish|provide|disclose|use|pass)|don't (?:share|sell|publish)|still (?:treated|personal)|browse|"
    r"anonymously (?:through|via)|(?:will|shall) not identify|ftp|prox(?:y|ies)|remailer|staff statistics|status page|please|should we ever|pseudonymi[sz]ation is|re-identify data|own engineers|combin\w+ with|"
    r"cookies?|google|matomo|delete or|deleted or|erase or|removed or|figures only|(?:manage|run|plan|improve|measure) our (?:own )?(?:advertising|marketing|website|site)|or anonymi[sz]\w+|or de-?identif\w+|link aggregation)\b"
)
NAMELESS = (
    Statement(
        r"\b(?:anonym\w+|aggregat(?:e|ed|es)|de-?identif\w+|de-?personali[sz]\w+|pseudonymous|non-?(?:personally[- ])?identif\w+|unidentif\w+|depersonali[sz]\w+|blended data|saniti[sz]ed|stripped of (?:identifiers|names)|"
        r"names? (?:taken|stripped|left) (?:off|out)|personal details (?:have been |are )?(?:removed|taken out)|(?:can't|cannot|can not|no longer) be (?:traced|recogni[sz]ed|linked|identified)|isn't tied to you|(?:do|does|can|could|will|would) not (?:personally |directly |individually )?identif(?:y|ies)(?: you| any| an| individual| users?)?|"
        r"not reveal your identity|identity of an individual cannot|nobody is named|never with your name|no personal data\))\b",
        r"\b(?:shar(?:e|ed|es|ing)|sell|sold|sale|publish\w*|posted|licen[cs]e[ds]?|given|give|gives|suppl(?:y|ied)|passed|pass|disclos\w*|handed|exploit|market|sponsors?|investors?|partners?|advertis\w*|"
        r"third[- ]part(?:y|ies)|any purpose|without restriction|unrestricted|we like|own ends|belongs? to us|shall own|research|train(?:ed|ing)?|benchmark\w*|product planning|new products|does not apply|"
        r"(?:isn't|not|no longer) (?:considered )?personal|not constitute|doesn't constitute|no longer relate|circulate|go on using|indefinitely|communicated|to develop|at liberty|commercially)\b",
        without=_METHOD,
    ),
    Statement(
        r"\b(?:statistical (?:information|data|reports?)|statistics (?:on|about|derived|from)|summary data|(?:bundled|collective|grouped|demographic|statistical) (?:information|data|facts)|demographic\w*|(?:general|usage) trends|insights|"
        r"number of (?:users|visitors|customers))\b",
        r"\b(?:shar(?:e|ed|ing) with|sell|sold|for sale|publish\w*|licen[cs]ed|given to|give (?:those|these|them|out)|suppl(?:y|ied)|passed on|pass on|disclosed? to|handed|sponsors?|investors?|business partners|advertisers?|third[- ]part(?:y|ies)|"
        r"prospective clients|make available|bring to market|buys)\b",
        without=_METHOD + r"|\b(?:we (?:use|employ)|analytics|service providers?|tools?)\b",
    ),
)
