"""Kinds of statements that promise too much, or that push the consequences to the person."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_WHOLE = (
    r"\b(?:absolut\w+|complete(?:ly)?|total(?:ly)?|full(?:y)?|perfect(?:ly)?|entire(?:ly)?|utter(?:ly)?|always|never|forever|no (?:trace|way|risk|one|unauthori[sz]ed|third|danger|possibility)|not possible|impossible|nobody|no-one|cannot be (?:accessed|read|reached|broken|stolen|lost|intercepted|recovered)|can never|only you|against any (?:access|risk|third)|in all respects|under no circumstances|by anyone|by anybody|zero[- ]risk|"
    r"unmatched|extreme|greatest(?: possible)?|tireless\w*|utmost|very best|all the means|everything|ultra-secure|(?<=[.,;-] )period(?! \w)|guards?|crown jewels|sleep|worry|do not happen|don't happen|let you down|without exception|at all times|100 ?%|whatsoever|each \w+ is|beyond (?:any )?doubt|bank-grade|military[- ]grade|perfection|unbreakable)\b"
)
_SAFE = r"\b(?:saf(?:e|ety|ely)|secur(?:e|ity|ely|ed)|protect\w*|priva(?:te|cy)|confidential\w*|secre(?:t|cy)|anonym(?:ity|ous)|encrypted|lost|loss|theft|stolen|misuse[d]?|eliminated|breach\w*|leak\w*|intercept\w*|access(?:ed)?|touch|see your|eyes|look after|care|diligence|harm|recovered|altered|prevents?|guards?|trace|locked)\b"
_OURS = r"\b(?:your|you|data|information|details|files|records|accounts?|photos|users?|customers?|privacy|particulars|players|subscriber|servers?|logs?)\b"
_SOBER = (
    r"\b(?:partial(?:ly)? or (?:total|full|complete)(?:ly)?|appropriate|reasonabl[ey]|no (?:system|method|transmission|security|host|website|one can guarantee|guarantee)|cannot (?:\w+ )?(?:guarantee|ensure|promise|warrant|be (?:guaranteed|100|completely|fully))|not (?:\w+ )?(?:guarantee|guaranteed|claim|completely|perfectly|fully|entirely|100|absolute\w*)|never (?:completely|fully|entirely|share|sell|\w+ secure)|isn't|is not|can be breached|honest host|despite|although (?:we|no)|however|aes-\d+|tls|argon2?\w*|\d+ days|\d+ hours|unless|except|only (?:the|our|six|two|members|staff|authori[sz]ed)|"
    r"please|you (?:must|should|may|can|are (?:responsible|safe))|your responsibility|keep your|api keys|passwords?|cookies?|choose|risk to you|likely|third[- ]part(?:y|ies) (?:sites|websites)|links?|consent|law|legal\w*|request\w*|children|delet\w+|sell|rent|share|right|complain\w*|unencrypted|we hold no|article|audit\w*|tested|certif\w+|masked|inform(?:ed)? (?:you|about)|access to (?:your|the) (?:account|data|information) (?:at|by|through)|"
    r"uptime|processors?|providers?|bound|aggregat\w+|statistic\w*|identify|if you|how (?:safe|secure)|important to us|importance|strive|aim|seek to|help|measures (?:designed|intended)|designed to|try)\b"
)
ABSOLUTE = (Statement(_WHOLE, _SAFE, _OURS, without=_SOBER),)

_FREE = (
    r"\b(?:(?:not|no|never|nor|neither|\w+n't|cannot|without)\b.{0,40}\b(?:liab\w+|responsib\w+|accountable|answer(?:able)?|compensat\w+|recourse|claims?|damages|warranty|problem|owe|be made to pay|obligation to make|be sued|lie against|borne|concern of ours)|(?:liab\w+|responsib\w+|compensation|claims?|damages)\b.{0,60}\b(?:excluded|limited to|ruled out|arises solely|lies? exclusively|rests? with (?:you|the)|disclaimed|not (?:be )?(?:borne|accepted|claimed)|is not|waived|only where|beyond)|excluded from compensation|"
    r"only be liable|be liable (?:only|solely)|liable only|on your own|all on you|at (?:your|his|her|their|the) (?:own |sole |entire )?(?:risk|peril)|sole risk|own peril|not our problem|hold (?:\w+ ){0,3}?harmless|indemnif\w+|free (?:from|of) (?:any )?(?:liability|obligation)|exempted from|released from|waive any right|carries the danger|answers? for (?:the )?consequences|alone answers|undertaken by the users?|nothing to do with (?:this|the) company|owe you nothing|beyond our responsibility|takes? no responsibility|bears? no responsibility|(?:refuse|decline) to answer for|"
    r"no claim|no means of ensuring|claim damages)\b"
)
_LOST = r"\b(?:data|information|records?|disclos\w+|leak\w*|loss|lost|theft|stolen|breach\w*|hack\w*|virus\w*|unauthori[sz]ed|secur\w+|confidential\w*|privacy|safety|files?|mailbox\w*|e-?mails?|misuse|expos(?:ed|ure)|intercept\w*|identity|deletion|backups)\b"
_JUST = (
    r"\b(?:modify|delete|change|update|manage|edit)\b[^.;]{0,40}\bon your own\b|\b(?:unless (?:this |the |such )?(?:\w+ )?(?:is|was|were) (?:our fault|caused by us|due to our)|links?|websites of|other (?:web)?sites|third[- ]party (?:sites|websites|apps?|services|content|polic\w+)|(?:those|these|such) (?:web)?sites|facebook|practices of|content of|price\w*|fees|entitled to compensation|we remain (?:liable|responsible)|remain liable|nothing in this|does not apply|can claim|statutory provisions|responsib\w+ (?:lies )?with us|we (?:are|accept|bear|take) (?:\w+ )?responsib\w+|accuracy|keep(?:ing)? (?:your|the) (?:password|account)|article 82|sue us in|insurance|negligence, we|not (?:collect|sell|share|disclose)|"
    r"controllers? (?:in|of|for)|processing agreement|patching|accept liability for our|charges run|plug-?ins?|answer (?:a |your )?(?:requests?|questions)|with our answer|contact details)\b"
)
DISCLAIMED = (Statement(_FREE, _LOST, without=_JUST),)

_TOOL = r"\b(?:cookies?|pixels?|web beacons?|beacons|clear gifs?|tags?|trackers?|google (?:analytics|tag|adsense|ads)|adsense|matomo|yandex|baidu|mixpanel|segment|hotjar|doubleclick|firebase|appsflyer|new relic|quantcast|youtube|flash cookies|local storage|unique identifier|browser fingerprints?|text files|invisible pictures|social plug-?ins?|_ga|ad servers?|remarketing|retarget\w*|measured|referral)\b"
_AIM = r"\b(?:analy\w+|advertis\w+|ads?\b|market\w*|statistic\w*|stats|track\w*|count\w*|measur\w+|retarget|remarketing|campaigns?|affiliates?|sale|profil\w+|interests?|like|behaviou?r|habits|visits?|visitors?|come (?:from|back)|came from|recogni[sz]e you|remember you|opens?|opened|clicks?|follow|first (?:page view|start|visit)|pages you|see how|experience|each page|every page|page loads|page is shown|partners|personali[sz]\w+|avoid|reject|turn them off|presumed|deemed|accept|learns? of)\b"
_ALLOWED = (
    r"\b(?:consent(?! window)(?:ed|s)?(?! is required| to cookies from)|if you (?:agree|accept|allow|tick|opt in|click accept|say yes)|(?:only|not) (?:after|when|if|once|until|unless) you|opt(?:ed)?[- ]in|permission|banner|before the first|preference centre|no (?:cookies?|third|tracking|analytics|advertis\w+|external|personal)|not (?:use|set|place|track|store|load|share|contain|embed|need|ask)|without (?:cookies?|being|any cookie|setting)|never|\w+n't (?:use|set|place|track|store)|neither|strictly necessary|necessary (?:for|to)|essential|session cookie|stay logged|log(?:ged)? in|shopping (?:cart|basket)|language|csrf|load balanc\w+|security|"
    r"cookie (?:settings|preferences)|removed|switched off|disabled|aggregated, cookie|self-hosted|own server|as set out|you (?:must|should) (?:not|obtain)|your (?:own )?(?:site|visitors|customers)|our customers'|controller|what (?:is|are) (?:a )?cookies?|are small|is a small|deleted after|expires)\b"
)
TRACKED = (Statement(_TOOL, _AIM, without=_ALLOWED),)

_SELLING = (
    r"\b(?:sells?|selling|sold(?! by)|for sale|way of sale|purchase and sale|list rental|rents? (?:our|your|the|it|them|out)|rented|let on hire|leas(?:e|ed) (?:our|your|the|to)|traded|trade (?:e-?mail|data|lists?|addresses|your)|barter\w*|swapped|auction the|auctioned|licen[cs]ed to|licensing (?:it|them|your|the)|paid licen[cs]e|moneti[sz]\w+|commerciali[sz]\w+|on commercially|commercial (?:exploitation|asset)|purchasers of our|purchase (?:segments|profiles|lists|data|the profiles)|purchases the (?:profiles|data|lists)|buys? (?:it|them|access|your|our data)|"
    r"interested buyers|serious buyers|who buys|resold|per-lead|lead price|lead-generation|pricing of our|pays? (?:us )?(?:for it|a fee|a commission|us)|getting paid|paid for by|against payment|(?:for|of) value|for a (?:fee|price)|in (?:return|exchange) (?:for|give|grant)|in exchange|for credits|commission for each|quarterly royalty|receive consideration|valuable consideration|compensation may be received|revenue from the marketing|part of its income|referral fee|yearly charge|advertisers pay|counts as a \"?sale|sale of customer)\b"
)
_STUFF = r"\b(?:(?:your|personal|customer|user|subscriber|registrant|visitors?'?|contact|traffic|browsing|usage|registration|player|log|member|account holders?'?|support|sensitive) (?:\w+ ){0,2}?(?:data|info|information|details|records?|lists?|sets?|profiles?|addresses|histories|particulars|recordings|conversations|identifiers|name)|(?:data|information|addresses|leads?|identifiers|profiles?|records|list|lists|fields|names?|particulars|segments of our members|details|ip addresses|hashed e-?mails|extracts|telephone number|usage records|spending histories|what we learn))\b"
# space for advertisements is sold, not data
_SPACE = r"\bsell(?:s|ing)? (?:\w+ )?(?:advert\w*|ads\b|(?:ad |banner )space\b)|"
_UNSOLD = _SPACE + (
    r"\b(?:not|never|\w+n't|no|neither|nor|nothing|without|refuse\w*|prohibit\w*)\b(?!.{0,40}\bbut other\b)|\b(?:you (?:sell|buy|purchase|rent|order|trade)|your (?:purchase|order|shop|store|customers)|(?:purchase|buy|order|rent)(?:ed|ing)? (?:from us|our|a|an|the|services?|products?|hosting|domains?|servers?|by you)|when you (?:buy|purchase)|if you (?:buy|purchase)|process (?:your )?(?:order|purchase|payment)|purchase (?:history|details|information|date)|payments? (?:for|of) (?:your|the|our)|right to opt|opt[- ]?out of (?:the )?sale|do not sell|merg\w+|acqui\w+|bankrupt\w*|sale of (?:the |our |all |any )?(?:company|business|assets?)|business (?:assets|transfer)|hardware|"
    r"surplus|administrati(?:ve|on) fee|fee\b[^.;]{0,60}\bcopy|domain names?(?! registrants)|equipment|reseller programme|refund|prices?(?: of| for| list)|price of|invoice|earn(?:s)? a commission|commission (?:of|on)|revenue (?:report|authority)|consideration of (?:the|your)|point of sale|sales (?:team|staff|tax|department)|servers? (?:for )?rent|trade ?marks?|licen[cs]e (?:key|agreement|number)|compensat\w+ (?:you|for damage)|consent|asked|sells? (?:our|the|its) (?:business|company)|tax|customs|for payment\b|invest in|settle sales|shill)\b"
)
SALE = (
    Statement(
        _SELLING,
        _STUFF,
        r"\b(?:we|us|our|to|by|from|partners?|third|advertis\w+|brokers?|companies|buyers?|agenc\w+|firms?|is|are|may|be|your|have)\b",
        without=_UNSOLD,
    ),
)
