"""Kinds of statements that contradict each other: kept to ourselves and passed on, one use only and others, and the like."""

from __future__ import annotations

from troth.policy.lint.english_words import DATA
from troth.policy.lint.statement import Statement

_NO = r"\b(?:not|never|no|none|neither|nor|nobody|no one|no-one|nothing|cannot|without|\w+n't|excluded|refrain|against the)\b"
_GIVEN = (
    r"\b(?:shar(?:e|es|ed|ing)|disclos\w+|pass(?:es|ed|ing)?|giv(?:e|es|en|ing)|hand(?:s|ed|ing)?|transfer\w*|sell\w*|sold|sale|rent(?:ed)?|releas\w+|reveal\w*|suppl(?:y|ies|ied)|forward\w*|sent|convey\w*|exchang\w+|swap|hire out|distribut\w*|communicat\w+|divulg\w+|available|made known|publish\w*|get|gets|receives?|obtain|access|end up|seen|see|leaves?|"
    r"let any|into anybody|handled by|tell)\b"
)
_OTHERS = r"\b(?:third[- ]part(?:y|ies)|anyone|anybody|(?:any|other|outside|external) (?:\w+ )?(?:compan(?:y|ies)|entit(?:y|ies)|organi[sz]ations?|businesses|firms?|person|party|parties|provider|bod(?:y|ies))|others|outsiders|advertisers|data brokers|telemarketers|business partners|sister companies|investors|someone|no one (?:else )?(?:receives|can obtain)|nobody|partners|leaves? (?:the|our) (?:company|crm|office|house))\b"
_NOT_PROMISE = r"\b(?:not limited to|we (?:may|will|can) (?:also )?(?:share|disclose|provide|pass)|links?|websites?|sites|children|unauthori[sz]ed|customers may|users may|right to|cannot (?:promise|guarantee)|guarantee|responsib\w+|you (?:may|must|should|can|share|choose)|password|they (?:may|must|are)|cross-context|direct marketing purposes|aggregat\w+|anonym\w+|outside (?:the|of) (?:eu|eea|country|european)|sub-?processors? (?:may|must)|providers? (?:may|must)|contract(?:ors?|s)? (?:may|must|forbid)|from third|reseller)\b"
NEVER_SHARED = (
    Statement(
        _OTHERS, _NO, _GIVEN, DATA + r"|\b(?:who you are|commodity|detail|inventory)\b", without=_NOT_PROMISE
    ),
    Statement(
        r"\b(?:stays? with us|(?:stays?|remains?) (?:strictly )?(?:between|with|in) (?:you and us|us|our (?:hands|office|company))|internal eyes only|goes? no further|seen by us alone|only ever be seen by|maintain secrecy|privileged|in safe hands|lock it away|pass it round|doesn't leave|not be known to|in (?:strict )?confidence|into anybody else's hands|not (?:forwarded|published|passed on|given away|given out))\b",
        DATA + r"|\b(?:whatever you tell|detail)\b",
        without=_NOT_PROMISE,
    ),
)
_RECEIVER = (
    r"\b(?:third[- ]part(?:y|ies)|affiliat\w+|partners?|providers?|vendors?|subsidiar\w+|group (?:companies|entities)|group company|resellers?|advertis\w+|agenc(?:y|ies)|bureaus?|operators|brokers?|investors?|processors?|sub-?processors?|contractors?|consultants?|freelance\w*|insurers?|institutes?|universities|banks?|auditors?|advis[eo]rs?|suppliers?|social networks|outside firms|other (?:\w+ )?(?:companies|brands|firms|hosts)|printing house|"
    r"parent,? \w+|sister \w+|google|facebook|amazon|stripe|paypal|microsoft|cpanel|zendesk|mailchimp|every player|anybody|anyone|the world(?! wide web)|public|home page|employer|prospective purchasers|associations?|cooperatives?|members of the \w+|customer whose)\b"
)
_REACHES = r"\b(?:shar(?:e|es|ed|ing)|disclos\w+|pass(?:es|ed|ing)?|giv(?:e|es|en)|hand(?:s|ed)?|transferred|transfer|sell|sold|releas\w+|reveal\w*|suppl(?:y|ied)|furnish|forward(?:ed)?|sent|send|exchang\w+|trade|access(?:ed)?|get to see|gets?|receives?|recipients|obtains?|learns?|visible|view|read|shown|copied|replicated|processed by|run through|use the personal|collect information about you|listened to|available|provided|granted|assigned|let \w+ work|find)\b"
_NOT_GIVEN = rf"{_NO}|\b(?:you (?:may|can|must|give|provide|share) (?:us|your)?|right to|aggregat\w+|anonym\w+|statistic\w*|totals|links?|cookies?|your consent|with your permission|must have|encrypt\w* so|unless|only (?:if|when)|required by law|court)\b"
SHARED = (
    Statement(
        _RECEIVER,
        _REACHES,
        DATA + r"|\b(?:nickname|pictures|testimonials|transcript|who you are|names|everything in it|file)\b",
        without=_NOT_GIVEN,
    ),
)

_LIMIT = r"\b(?:only|solely|exclusively|purely|merely|just|alone|strictly|sole|(?:no|any) (?:other|further|secondary) (?:purposes?|use|uses|reason|end)|nothing (?:else|more|besides)|not (?:be )?(?:used|employed|processed) (?:again|otherwise|for (?:any|a) (?:other )?purpose|for anything)|never used otherwise|for no purpose|no purposes of our own|limited to|confined to|restrict(?:s|ed)? (?:ourselves|to|the use of (?:\w+ ){1,3}to)|reserved for|earmarked|tied to the purpose|beyond (?:what|the)|one end|incompatible with|confine ourselves|not (?:go )?beyond)\b"
_USING = r"\b(?:earmarked|meant|running|there for|us(?:e|es|ed|ing)|process(?:ed|ing)?|purposes?|serve[sd]?|utili[sz]ed|handle|employed|hold|entrusted|required|needed|collection|collected)\b"
_GENERAL = r"\b(?:your (?:personal )?(?:data|information|details|particulars)|personal (?:data|information)|(?:the|all|any|said) (?:personal )?(?:data|information|details)|information (?:collected|you|we|is|shall)|data (?:we|entered|you|is|are|entrusted)|particulars|customer (?:personal )?data|player data|inventory data|whatever you|what you(?:'ve)? (?:told|enter)|use of personal)\b"
_PARTIAL = (
    r"\b(?:phone|telephone|cellphone|cards?|payment|bank|ip address(?:es)?|logs?|cop(?:y|ies)|id\b|contact form|candidate|applicants?|telemetry|cookies?|passwords?|credentials|e-?mail address|browser|timestamps?|survey|visitor form|caller|transcripts?|dns|tickets?|recordings?|shar(?:e|ed|ing)|disclos\w+|third|partners?|providers?|they|vendors?|processors?|retain\w*|kept|keep|as long as|access(?:ed)?|employees|consent|agree|set out|described|stated|listed|this (?:privacy )?(?:policy|statement|notice)|law|"
    r"not only|n't only|children|aggregat\w+|anonym\w+|unless|except|not limited to|right to|deletion|sensitive|minors?|subprocessors?|instructions)\b|\bconsents\b"
)
ONE_USE = (Statement(_LIMIT, _USING, _GENERAL, without=_PARTIAL),)
_WIDER = (
    r"\b(?:market(?:ing)?(?! place)|market research|opinion research|advertis\w+|banners?|ads|promot\w+|offers?|offering you|deals|coupons?|campaigns?|segment\w*|target\w*|profil\w+|scoring|new (?:schemes|offerings|ventures?|features|products)|pitch|upgrade to|recommend\w*|suggest\w*|nudge|sales (?:team|reps?|presentations?)|chatbot|train(?:ing|ed)?(?! courses)|model tuning|machine learning|face recognition|benchmarks?|industry reports?|commerciali[sz]\w+|exploited commercially|statistical surveys|studies|consumer behaviou?r|remarketing|"
    r"sponsors|license to|satisfaction surveys|audience statistics|introducing (?:it|our)|mines them|what's new in the shop|making \w+ smarter|brokerage)\b"
)
_BY_US = r"\b(?:us(?:e|es|ed|ing)|process(?:ed|ing|es)?|analy\w+|draw up|allows?|lets?|helps?|enables?|feed|contribute|flow|go into|serves?|retained for|exploited|examined|evaluated|build|figure in|look at|drop you|telephone you|find out|work out|adapt|supplied|invite|test material|market (?:web|our|other)|so our|mines|tells us)\b"
_PERSON_DATA = r"\b(?:data|information|details|records?|profiles?|histor(?:y|ies)|browsing|clicks?|answers|recordings|inputs|contact|names?|what (?:you|we know)|addresses|traffic|tickets?|ticket texts|lookups|feedback|chat logs|lists|you|photos|files|usage|visitors)\b"
WIDER = (
    Statement(
        _WIDER,
        _BY_US,
        _PERSON_DATA,
        without=rf"{_NO}|\b(?:object|opt[- ]?out|you (?:may|can) (?:use|send|object)|lets you|your (?:own )?(?:subscribers|customers)|consent\w*|if you (?:agree|wish|subscribe|ask)|cookies?|only (?:if|with|when)|switched off|rather than|links?|third[- ]party (?:sites|websites)|right to|complaints|abnormal|security|fraud|threats?|detect|employees|staff (?:are|receive)|offers? (?:the|a|you|our) (?:service|choice|option|possibility|opportunity)|unsubscribe|security training|trained)\b",
    ),
)

_CONTENTS = r"\b(?:content|contents|data|files?|documents|messages?|mails?|e-?mails?|servers?|virtual machines|disks?|database|repositories|containers|backups|traffic|hosting space|communications|queries|account|accounts|chats?|websites?|cages|what(?:'s| is| lies)? in|apps|sites you go|activity|browsing|machines|posts|uploads?|sessions|calls|tickets)\b"
_LOOKS = r"\b(?:access(?:ed)?|look(?:s|ed|ing)?(?: at| in| into)?|open(?:s|ed)?|read|reads|view\w*|see|sees|inspect\w*|inspection|monitor\w*|peek|enter|touch|log in|listened|surveillance|examin\w+|scan(?:s|ned|ning)?|screening|review\w*|sight of|knowledge of|unseen|private,? and|stays? in|watched|zero-knowledge|copied|analysed|analyzed|replays?|bring up|quarantined|checked|audit|packet inspection|check)\b"
_STAFF = r"\b(?:we|us|our|staff|personnel|engineers?|employees?|support|nobody|no one|no-one|no human|provider|operator|administrators?|technicians?|contractors|company|team|reviewers?|people|analyst|operators|person|human)\b"
_OTHER_LOOK = r"\b(?:you (?:may|can|must|should|are)|your right|right of access|right to access|cookies?|third[- ]part(?:y|ies)|unauthori[sz]ed|unless|except|only (?:with|if|when|after|on|the|those)|consent|permission|at your request|when you (?:ask|grant)|links?|children|passwords?|card|guarantee\w*|log in to your|access (?:your|the) (?:account|service|website) (?:from|with)|open(?:s|ed|ing)? (?:an|your|the) (?:\w+ )?account|policy|request(?:s|ed)?)\b"
UNSEEN = (
    Statement(
        _LOOKS,
        _NO + r"|\b(?:unseen|only you have|stays in your|private repositories are private)\b",
        _CONTENTS,
        _STAFF,
        without=_OTHER_LOOK,
    ),
)
SEEN = (
    Statement(
        _LOOKS,
        _CONTENTS,
        _STAFF,
        r"\b(?:may|can|could|will|is|are|to|we|our|gets?|every|sometimes|regularly|bring|replays?)\b",
        without=rf"{_NO}|{_OTHER_LOOK}",
    ),
)

AHEAD = (
    Statement(
        r"\b(?:in advance|beforehand|prior to|ahead of|before (?:it|they|the|any|a|they're|these|such|we|doing|coming)\b|days?'?|weeks?'?|months?'?|fortnight|preceded by|lead time|prior (?:written )?notice|in draft|upcoming|notification at)\b",
        r"\b(?:notif\w+|notice|inform\w*|told|tell|hear|announce\w*|sent|e-?mail\w*|mail|warning|contacted|let you know|publish\w*|read a new|preceded)\b",
        r"\b(?:chang\w+|modif\w+|amend\w*|alter\w*|new (?:version|policy|terms|purposes)|updates?|updated|revis\w+|rules change|important)\b",
        without=r"\b(?:never|without|no (?:advance|prior)|not (?:notify|inform|tell|announce)|prices?|your (?:details|data|account|address)|merg\w+|acqui\w+|breach|registry|you (?:must|should)|notify us|inform us|tell us|maintenance)\b",
    ),
)
STAYS = (
    Statement(
        r"\b(?:only|exclusively|solely|full stop|no further|nowhere else|not (?:moved|taken|transferred|exported|shipped) (?:out|outside|across|beyond|abroad)?|isn't exported|not leave|never leaves?|always|at all times|remains?|stays?|shall remain|wholly|all (?:of )?(?:your |our |the |customers?'? )*(?:[\w-]+ ){0,2}?(?:data|information|records|content)|100%|in-country|domestically|on shore|self-contained|beyond \w+|both copies)\b",
        r"\b(?:in|within|on|of)\b",
        r"\b(?:stor(?:e|ed|age)|kept|held|hosted|resides?|stays?|remains?|sits?|located|maintained|retained|processed|where is my data|leave|saved|housed|exported)\b",
        r"\b(?:data|information|records|content|details|backups?|files|database|logs|e-?mails|whole lot)\b",
        without=r"\b(?:as long as|days|months|years|retention|confidential|private|accurate|cookies?|may|could|might|your device|your own|your computer|secure|in effect|in force|in your account)\b",
    ),
)

_COOKIE = r"\b(?:cookies?|trackers?|tracking|web beacons?|pixels?|analytics|local storage)\b"
NO_COOKIES = (
    Statement(
        _COOKIE,
        r"\b(?:cookie-free|free of cookies|without (?:any )?cookies|no (?:\w+ ){0,3}?cookies?|(?:not|never|\w+n't|neither|nor|nothing)\b.{0,50}\bcookies?|cookies?\b.{0,40}\b(?:are not|aren't|is not|isn't|not (?:used|set|placed|needed)|none|never)|do(?:es)? without cookies|dispense with cookies|abstain from|renounce\w*)\b",
        without=r"\b(?:only|unless|until|except|without your|consent|if you|you (?:may|can|do not|don't)|some (?:features|parts|functions)|for (?:statistics|analytics|advertising|marketing|tracking)|disable|block|refuse|reject|accept|browser|third[- ]part(?:y|ies)|advertis\w+|marketing|personal (?:data|information)|store (?:your|any)|identif\w+|such cookies|these cookies|other cookies|optional|tracking cookies|analytics? cookies|linked|control|contain|cannot|can't|virus\w*|harm|before|necessary|session)\b",
    ),
)
SOME_COOKIES = (
    Statement(
        r"\bcookies?\b",
        r"\b(?:us(?:e|es|ed|ing)|set|sets|plac(?:e|es|ed)|stor(?:e|es|ed)|remember\w*|sav(?:e|es|ed)|drop(?:s|ped)?|keep|kept|receive|written|work with|employ\w*|rel(?:y|ies) on|send|sent|deposit\w*|lasts?|named|help)\b",
        without=rf"{_NO}|\b(?:you (?:may|can|could)|browser (?:settings|allows)|what (?:is|are)|a cookie is|cookies are (?:small|text)|if you|other (?:web)?sites)\b",
    ),
)
