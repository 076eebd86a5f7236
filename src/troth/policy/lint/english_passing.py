"""Kinds of statements about who gets data: people nobody can name, officials who merely ask."""

from __future__ import annotations

from troth.policy.lint.english_words import DATA, GIVE
from troth.policy.lint.statement import Statement

_NAMELESS = (
    r"\b(?:(?:people|businesses|companies|firms|parties|entities|persons|folks|outfits|organi[sz]ations|professionals|others|ones|anyone|anybody|somebody|someone|individuals) (?:who|that|we|which|whom|with whom|cooperating|involved|working|assisting|supporting|helping|in (?:the|our)|outside|deserv\w+|connected|associated)|(?:trusted|certain|selected|chosen|other|outside|relevant|appropriate|reputable|external|various|further|interested|affiliated|cooperati\w+|business|marketing|industry|strategic|commercial|"
    r"research|promotional|undisclosed|several|like-minded) (?:third |outside |business |external |trusted |marketing )?(?:parties|partners?|companies|firms|entities|organi[sz]ations|businesses|collaborators|service partners|recipients|networks|sponsors|vendors)|(?:joint ventures?|franchisees|affiliat\w+|subsidiaries|sister compan\w+|group compan\w+|(?:our|its|their) partners?|a partner|"
    r"\"?relevant third parties\"?|sub-?contractors?|their suppliers|somebody else|whoever|whomever|anyone involved|parties who|befriended \w+|third parties|resellers|associates|agents|collaborators|others in the (?:industry|trade)|other (?:hosts|providers|participants|members)|number of processors|several processors|our network|persons outside|another entit\w+))\b"
)
_VAGUE_END = (
    r"\b(?:trust\w*|support(?:s|ing)? what|help(?:s|ing)? us|assist(?:s|ing)? (?:us|with|in)|work(?:s|ing)? with us|conducting our business|serving you|good reason|deserve|of our group|involved|across the world|in (?:the|our) (?:industry|network|group)|do not publish|don't publish|for commercial reasons|any information they|whatever|jointly|deal with|who process|perform functions|in turn|may look|may handle|participants|promo\w*|cooperat\w+|collaborat\w+|interest\w*|offers?|"
    r"market\w*|advertis\w*|business purposes|their own|insights?|improve|and others|such as|other|mutual|where (?:useful|appropriate|helpful|needed)|as (?:needed|required|appropriate)|will get your data|get to see|from time to time|as we see|discretion|relationship|operat\w+|researchers?|bits of)\b"
)
_NAMED = (
    r"\b(?:not|never|\w+n't|no|neither|nor|cannot|without|nobody|nothing|only|bound|contract|processing agreement|listed|named|consent|permission|tick|choose|you may share|your password|public link|links?|websites?|courts?|law|laws|legal|subpoena|warrant|authorit\w+|merg\w+|acqui\w+|bankrupt\w*|sale of|from third|gmbh|inc|ltd|llc|llp|b\.v|stripe|paypal|google|"
    r"cloudflare|confidential\w*|on (?:our|your) behalf|instruct\w+|aggregat\w+|anonym\w+|statistic\w*|non-personal|payment (?:processor|provider)s?|registr(?:y|ies)|icann|can request|may request|sign up|referral programme|received from|learn nothing|responsib\w+|policies|cookies|request (?:from|of) you|at your request|icann|whois|auditors?|fraud)\b"
)
RECIPIENTS = (
    Statement(
        _NAMELESS,
        GIVE
        + r"|\b(?:access\w*|handle|involved|assist|transferees|recipients|engage|known to|appoint|look at)\b",
        DATA,
        _VAGUE_END,
        without=_NAMED.replace("|confidential\\w*", "") + r"|:$",
    ),
)
_OFFICE = r"\b(?:police|law enforcement|authorit\w+|governments?|agenc(?:y|ies)|officials?|investigators?|enforcement bod\w+|regulators?|industry bodies|copyright (?:owners|holders)|rights ?holders|fellow registrars|other communities|public|anyone|whoever|them|third part\w+|made public|publish|publicly|disclos\w+|disclosures|release|report\w*|share)\b"
_WHIM = (
    r"\b(?:(?:we|us|it|company|provider|staff|operator) (?:\w+ )?(?:suspects?|thinks?|feels?|believes?|considers?|deems?|regards?|judges?|finds?|reckons?|are worried|is worried|takes? the view)|it (?:seems|suspects)|seems? to us|where we(?! (?:are (?:providing|acting)|provide|act|host|have been)\b)|in our (?:view|opinion|judge?ment)|reasonably suspect|objectionable|unethical|"
    r"(?:simple|informal|mere|written|friendly|friendly phone) (?:\w+ )?(?:enquir\w+|requests?|call|letter)|informally|what they ask|they ask for|wherever we can|cooperate fully|as circumstances require|open to inspection|prevent harm|reputation|good name|protect (?:our|the) (?:\w+ )?(?:interests?|business|property|company|rights|reputation)|protection of the company|company's (?:legitimate )?interests|serves? us|defend our|legal liability|moral|right thing|threatens?|competent|combat piracy|"
    r"abuses? the|misuse|fail to pay|suspicious|misconduct|suspected|any conduct|any activity|emergenc\w+|urgent|public interest|national interest|harm to|and similar|otherwise helpful|in good faith|helpful|to keep the \w+ clean|as (?:we|it) see|appropriate|advisable|expedient|desirable|discretion|when asked|on request of|without (?:the provider's |your )?(?:prior )?consent)\b"
)
_ORDERED = (
    r"\b(?:not|never|\w+n't|no|neither|nor|nothing|refus\w+|solely|only (?:if|when|where|upon|on|basis|a|in)|cannot|upon binding|unless|fight|challenge|canary|warrant which|section \d+|art(?:icle|\.)|cameras?|breach of (?:security|personal)|within 72|you may|you can|your own|responsible (?:for|disclosure)|report abuse|links?|aggregat\w+|anonym\w+|vulnerabilit\w+|service providers?|merg\w+|acqui\w+|commission|complain\w*|policy is|prevent|keep (?:it|them) (?:secure|confidential)|"
    r"(?:privacy )?(?:policy|notice|statement)|consent to|reason to believe|app 6|written note|unauthori[sz]ed|misuse of (?:your|personal)|protect\w* (?:your|personal|the data)|loss, misuse|to protect (?:your|the) (?:data|information))\b"
)
DISCLOSURE = (
    Statement(
        _WHIM,
        GIVE + r"|\b(?:disclosures?|assist\w*|cooperate|inspection|exchanged|names?|named)\b",
        _OFFICE,
        DATA + r"|\b(?:you|your|customer|disclosures?|disclos\w+|conduct|activity)\b",
        without=_ORDERED,
    ),
)
