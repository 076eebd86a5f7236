"""Kinds of statements that refuse, narrow or misstate what people may ask for."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_RIGHT = (
    r"\b(?:access|cop(?:y|ies)|correct\w*|rectif\w*|put right|delet\w+|eras\w+|remov\w+|purg\w+|restrict\w*|objection|object|portab\w+|opt[- ]?out|withdraw\w*|"
    r"complain\w*|see their data|data request|requests?|subject requests|disclosure of stored|export\w*|inspect\w*|forgotten|gdpr requests|revok\w+|rights?)\b"
)
_COST = r"\b(?:burden\w*|expens\w+|cost(?:s|ly)?|effort|inconvenien\w+|impractica\w+|impracticable|reasonably practicable|too much work|time-consuming|onerous|hours? to|disproportionate)\b"
_FAIR = r"\b(?:manifestly|unfounded|excessive|free of charge|no cost|without cost|at no|art(?:icle|\.)|gdpr (?:allows|permits)|one copy|first copy|not affect|law requires|required by law|tax|statut\w+|shipping|cost(?:s)? of (?:the )?(?:service|hosting|delivery)|our costs|unauthori[sz]ed|proof of identity|verify)\b"
REFUSED = (
    Statement(
        _COST,
        r"\b(?:except|unless|refus\w+|declin\w+|den(?:y|ied|ies)|reject\w*|turn(?:ed)? down|not (?:be )?(?:comply|required|obliged|provid\w+|grant\w*|able)|where (?:this|it) is|only (?:if|where|when)|as long as|so long as|to the extent|provided)\b",
        r"\b(?:access|cop(?:y|ies)|correct\w*|rectif\w*|delet\w+|eras\w+|requests?|cease processing|remov\w+)\b",
        r"\b(?:you|your|users?|customers?|individuals?|persons?|data|information|requests?)\b",
        without=_FAIR.replace("disproportionate", "zzz"),
    ),
)
NARROWED = (
    Statement(
        r"\b(?:only|limited to|restricted to|solely|exclusively)\b.{0,40}\b(?:marketing|newsletters?|promotion\w*|optional|additional|advertis\w+|mailings?|beyond)\b|\b(?:marketing|newsletters?|promotion\w*|optional|additional|advertis\w+|mailings?)\b.{0,30}\bonly\b|\bgoes? beyond\b",
        r"\b(?:withdraw\w*|revok\w+|take back)\b",
        r"\bconsent\w*\b",
        without=r"\b(?:only (?:with|if|when|where|after|based|send|contact|use[ds]?|be sent)|we (?:only|will)|rel(?:y|ies) on|based on|at any time,? (?:for|including))\b",
    ),
    Statement(
        r"\b(?:delet\w+|eras\w+|remov\w+)\b",
        r"\bonly\b.{0,12}\b(?:if|where|when|in case)\b.{0,50}\b(?:unlawful\w*|illegal\w*|inaccurate|incorrect|wrong|false|in breach|without (?:your )?consent|violat\w+)\b",
        r"\b(?:you|your|users?|customers?|individuals?|requests?|persons?)\b",
        without=r"\bwe (?:delete|erase|remove) (?:posts?|content|accounts?)\b|\b(?:accounts?|content|posts?|websites?) only\b|\bno longer\b",
    ),
    Statement(
        r"\bright\b.{0,40}\b(?:restrict\w*|object\w*|eras\w+|delet\w+)\b",
        r"\b(?:where|if|when|only where) (?:there (?:is|are)|we have|we do not have|the company has)\b.{0,12}\b(?:no )?(?:legitimate|lawful|legal|valid)\b.{0,20}\b(?:interests?|reasons?|grounds?|basis)\b",
        without=r"\boverrid\w+|\bcompelling\b|\bunless\b|\bno longer\b",
    ),
    Statement(
        r"\b(?:delet\w+|eras\w+|remov\w+)\b(?:,? (?:or )?\w+){0,2} (?:inaccurate|incorrect|wrong|outdated|out[- ]of[- ]date|erroneous) (?:\w+ )?(?:data|information|details|records)\b",
        without=r"\bwe (?:will |shall )?(?:take|delete|erase|make|regularly|review)\b",
    ),
)
_MINE = (
    r"\b(?:access|cop(?:y|ies)|correct(?:ion|ed|ing)?s?|rectif\w+|amend\w*|put right|delet\w+|eras(?:e|ed|ure|ing)|remov(?:e|ed|al|ing)|purg\w+|restriction|objections?|object|portability|opt(?:ing)?[- ]?out|withdraw\w*|revok\w+|"
    r"complain\w*|see their data|see what|information about|gdpr requests|subject requests|data requests?|requests? for|any requests?|requests that|rights?|undo|no appeal|consult|released from|demand to stop|cease processing|furnish|refuse the use|disclosed?|recordings of|consent granted|agreement)\b"
)
_NO = (
    r"\b(?:(?:can|could|shall|will|would|is|are|do|does|may|must|need)(?: not|\w+n't|not)(?: be)?(?: \w+)? (?:delet\w+|eras\w+|remov\w+|purg\w+|correct\w*|rectif\w*|grant\w*|accept\w*|entertain\w*|honou?r\w*|process\w*|support\w*|possible|allowed|permitted|provided for|available|offer\w*|entitled|obliged|obligated|required|bound|taken into account|given|"
    r"withdraw\w*|revok\w+|undo|follow|be withdrawn|apply|comply|subject|derive|do|refuse|provide|answer\w*|be released|something|get|touch|be \w+ed)|(?:cannot|can't) (?:be )?(?:\w+ )?(?:delet\w+|eras\w+|remov\w+|withdraw\w*|undo|refuse|object|revok\w+|correct\w*|export\w*|released|taken into|provide you with (?:the|a|your))|not something we|\w+n't something|no (?:right|rights|possibility|obligation|duty|way|option|claim|means|viewing)\b|never to|impossible|not be (?:\w+ )?(?:entertained|granted|disclosed|withdrawn|removed|deleted|erased|honou?red|accepted|answered)|not removed|not deleted|not entitled|not answer|"
    r"irrevocabl[ey]|irreversibl[ey]|waives?|agrees? not to|(?:is|are) (?:excluded|restricted to|confined to|limited to|reserved (?:to|for)|turned down|refused|permanent|final|for staff)|reserve the right to (?:refuse|reject|deny|decline|ignore)|may (?:decline|refuse|ignore|reject|deny)|need not follow|(?:granted|answered|processed|decided|considered) at the sole discretion|only (?:inaccurate|errors|once|by paying|for residents|residents)|"
    r"(?:residents|eu|citizens) only|at most once|certain (?:\w+[- ]){0,2}(?:functions|data|information) only|non-essential|but not (?:deleted|erased|otherwise|removed)|solely by|exclusively (?:to|for|by)|further rights do not|lapses?|stays? (?:in the|put|forever)|under no obligation|save where|excluding|rights do not apply|continue processing)\b"
)
_SUBJECT = r"\b(?:you|your|users?|customers?|clients?|data|information|records?|individuals?|persons?|subscribers?|subjects?|accounts?|profiles?|posts?|particulars|names?|telemetry|profiling|consent|management|errors|backups|residents|history|tickets?)\b"
_GROUND = (
    r"\b(?:while an?|waive these|law|laws|legal(?:ly)?|tax|statut\w+|court|regulation|gdpr (?:applies|requires)|art(?:icle|\.)|section \d+|icann|prescribed|required to (?:keep|retain)|obligation to retain|fraud|identif(?:y|ication)|verif\w+|reasons and|tell you|written reasons|reasoned|weighed|without delay|at any time|until then|after \d+|\d+ days|claims|defence|"
    r"rights of others|other people|third parties|hash\w*|passwords?|refunds?|login|invoices?|cookies?|not affected|prejudice|discriminat\w*|deny|manifestly|unfounded|excessive|suppression|as a processor|strictly necessary|no logs|not prevented|nobody is|absolute|we (?:will )?(?:help|explain)|does not (?:affect|mean)|so please|export your|recover|quoted|"
    r"except where required|lift\w*|children|child|minors?|age of|parent\w*|unauthori[sz]ed|not able to (?:provide|offer) (?:you )?(?:with )?(?:the|our|certain|some)|provide (?:you with )?(?:the|our|certain|some) (?:services?|products?|features?)|guarantee\w*|unable to (?:provide|offer|process your order)|backup copies|residual|immediately|instantly|right away|straight away|third[- ]party (?:web)?sites?|other websites|search engines?|responsible|liable|liability|not (?:sell|share|rent|disclose)|"
    r"never (?:sell|share|rent|disclose)|lawfulness|do(?:es)? not (?:collect|sell|store|share|use|knowingly|disclose|respond|constitute|waive)|not limited to|signals?|browser|do not track|not subject to automated|decisions?|features?|encrypt\w*|employees(?! and any)|authori[sz]ed|promotional|communications|administrative|service (?:messages|e-?mails)|this (?:policy|statement)|regulatory|(?:not|never) be (?:used for any other|added to)|subject to the (?:\w+ )?(?:principles|rules|requirements|framework|regime|jurisdiction|terms|law|act)|except as (?:otherwise )?set forth|by yourself|yourself)\b"
)
DENIED = (Statement(_NO, _MINE, _SUBJECT, without=_GROUND),)
_USES_RIGHT = r"\b(?:opt(?:s|ing)?[- ]?out|ask(?:s|ing)? us to (?:delete|erase|stop|remove)|(?:had|have) data deleted|delet\w+ your \w+ profile|withdraw\w*|revok\w+|revocation|access request|right of access|right to object|objects?|exercis\w+|unsubscrib\w*|say no|stop selling|declin(?:e|es|ing)|refus(?:e|es|ing)|complaints? to an authority|no consent|do not track|insisting on|instruct us not|not giving it|erasure|erase|refusal|(?:privacy |export |data |any )requests?|restrict(?:s|ing)? (?:us|the processing)|demand deletion|demands? that|limit the use|disabling|won't let us|do not want us|do not let us|ask us not to|objectors|wish to be left alone|stay subscribed|request (?:deletion|removal|a copy))\b"
_SUFFERS = (
    r"\b(?:forfeit\w*|void(?:ed)?|lose[sd]?|loss of|standard-priced|list price|higher|surcharge|extra fee|fee of|opt-out fee|deposit|slower|back of the line|frozen|discontinued|limited to|no longer (?:be )?(?:eligible|extend|able or willing|receive|enjoy|qualify|entitled)|refused (?:renewal|service)|do without|closure of|deactivat\w+|lock you out|repaid|stop providing|right to stop|terminat\w+|suspend\w*|cancel(?:s|led) (?:the|your) (?:subscription|contract|account)|not be accepted|different prices|lower (?:quality|priority)|quality of service|downgrad\w*|no uptime|buy the commercial|"
    r"is revoked too|banned|dollars more|pay more|full rate|reduces? your|brings? your|(?:will )?be shut|ends (?:for|your)|ends? your|throttled|downgrade|denied the|older generation|cannot be extended|cease to be available|discontinue|removal of the customer's|won't receive|contract ended|part ways|lapses?|warranty|without backups|renewal of the|only keep our prices|penalt\w+|charged? (?:the|different|more|extra)|moved to)\b"
)
_KIND = r"\b(?:not|never|no one|nobody|without (?:any )?(?:disadvantage|penalty|loss)|\w+n't|neither|nor)\b.{0,60}\b(?:discriminat\w*|den(?:y|ied)|charge\w*|lose|suffer|penal\w*|forfeit\w*|affect\w*|slower|higher|downgrad\w*|terminat\w+|suspend\w*|limited|cancel\w*|close\w*)\b|\b(?:technically|necessary (?:for|to)|cannot (?:provide|deliver|work)|unable to (?:provide|deliver|work)|because (?:the|we|it)|needs? (?:the|this|that|your)|free of charge|law requires|refund\w*|at the end of|cookies?|unfounded|excessive|manifestly|delete(?:d)? (?:within|after)|before you|refuse (?:access )?requests|privacy requests to|data requests? (?:to|at))\b"
RETALIATED = (Statement(_USES_RIGHT, _SUFFERS, without=_KIND),)
