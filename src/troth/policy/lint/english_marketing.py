"""Kinds of statements about advertising sent to people, and about new uses that they can only stop."""

from __future__ import annotations

from troth.policy.lint.english_words import REFUSED
from troth.policy.lint.statement import Statement

_AD = (
    r"\b(?:market(?:ing)?(?! (?:research|place|pages?|efforts?|team|department|law))|telemarketing|promot(?:e|es|ional|ions?|ing)|advertis(?:e|ing|ements?)|advertising (?:mail|letters?)|newsletters?|e-?zines?|special (?:deals?|offers?)|deals?(?! with)|goodies|stuff from|publicity|(?:product|partner) mail|e-?mails? on (?:launch\w*|sales)|introduce our (?:services|products)|sales people|mailing lists?|company news|e-?mail or two|product or service information|offers? (?:from|of|by|for|that|to|on|about)|(?:our|their|its|other|attractive|monthly|weekly|win-back|"
    r"exclusive|commercial|partner|renewal|seasonal) offers?|offerings|discounts?|mailings?(?! (?:or |and )?(?:\w+ )?address)(?! (?:our|us|the|to)\b)|campaigns?|bulletins?|circulars?|flyers?|news (?:about|of|on|and)|announcements? (?:about|of)|proposals|sales (?:calls|pitch\w*|e-?mails)|product (?:news|bulletins?|updates?)|new (?:products|services|tlds?|plans)|competitions|coupons?|upsell\w*|upgrades and|partner spotlights|commercial (?:information|communications?|messages)|"
    r"products (?:and|or) services (?:that|which)|services or products|(?:may|might|could|would) (?:be of )?interest(?: to)?(?: you)?|win-back)\b"
)
_REACH = (
    r"\b(?:send|sends|sent|sending|e-?mail(?:s|ed|ing)? (?:you|our|all|customers|to)|mail(?:s|ed|ing)? (?:you|details|our|all)|texts? you|call you|telephone|text you|receiv(?:e|es|ing)|gets?|getting|inform(?:s|ed)?|notif(?:y|ies|ied)|contact(?:ed|s)?|tell(?:s|ing)?|told|reach\w*|approach|address(?:ed)?|keep (?:you|customers|users)|kept|"
    r"subscribed|enrol\w*|added|add|put (?:you|on)|included|on our list|(?:to )?market (?:to|our|other)|used? (?:also )?(?:for|to)|employed for|stored for|use (?:your|this|the|it|that|personal|contact)|switched on|turned on|deliver\w*|in (?:your|their) inbox|ring you|written to|write to|forward you|introduce|(?:come|comes|are|is) activated|taken over into|inclusion in|lead to|puts? (?:you|them) on|share goodies|expect|run|are on|on the|agrees? to the receipt|signed up for|love it|push\w*|present|offer you|pass\w*)\b"
)
_WHOM = r"\b(?:you|your|customers?|users?|members?|subscribers?|clients?|registrants?|holders?|players?|visitors?|everyone|everybody|anyone|accounts?|resellers?|personal data|e-?mail address(?:es)?|information|contact|players|readers?|buyers?)\b"
_CHOSEN = (
    r"\bconsent\w*|\bpermission\b|\bopt(?:ed|ing|s)?[ -]?in\b|\b(?:have|has) (?:requested|subscribed|signed up|agreed|ticked|opted)\b|\bwho (?:asked?|subscribe|subscribed|requested|signed up)\b|\bif you (?:want|wish|like|choose|fancy|ask|subscribe|sign up|request|agree|tick|order (?:the|our) newsletter)\b|"
    r"\bonly (?:if|after|when|with|where|those|to|on|upon)\b|\btick(?:ed|ing)? (?:the|a|this) box|\byou (?:may|can) (?:also )?(?:subscribe|sign up|register for|choose to receive)\b|\b(?:you|they) (?:have |had )(?:asked (?!for a quot)|requested|subscribed|agreed|chosen)|\bat your request\b|\bwith your (?:agreement|approval)\b|\bdouble[ -]opt|\bwhen you (?:subscribe|sign up (?:for|to) (?:our|the) (?:newsletter|mailing))|"
    r"\bwhere you have agreed\b|\bvoluntar\w+|\bunless you (?:have )?(?:ask|agree|consent|opt(?:ed)? in)\w*|\bif (?:they|people|customers) (?:want|wish|ask)|\boffer requests\b|\bpress(?:ed)? \"?subscribe|\bsimilar (?:products|services)\b|\bexisting customers?\b"
)
_NOT_SENT = (
    r"\b(?:advertis\w+ (?:network|partner|cookie|id|agenc|compan|servic|platform)\w*|market research|marketing (?:agenc|compan|cookies|partner)\w*|cookies?|pixels?|banners?|ads on|display|website content|linkedin|google|facebook|links? to|third[- ]part(?:y|ies) (?:web)?sites|personali[sz]ed (?:advertising|ads)|relevant (?:advertising|ads)|keep a|retain\w*|kept (?:for|until|as)|deleted?|stored (?:for|until)(?! the purpose)|(?:provide|deliver|serve|show) (?:\w+ )?(?:advertis\w+|ads)|report (?:spam|abuse)|spam|effectiveness|"
    r"you (?:may|must|shall|will) not (?:use|send)|your (?:own )?(?:customers|recipients|subscribers|newsletters?|campaigns?|mailings?)|customers' (?:newsletters?|mailings?|campaigns?)|you send|right to (?:object|opt)|can object|may object|opt[- ]?out(?: of)? (?:link|at any)|stop receiving|unsubscribe link|not to receive|no longer (?:wish|want|receive)|withdraw\w*)\b"
)
DEFAULT = (
    Statement(_AD, _REACH, _WHOM, without=rf"{_CHOSEN}|{REFUSED}|{_NOT_SENT}"),
    # said by its opt-out: messages come until somebody stops them
    Statement(
        r"\b(?:unless|until|save upon|but (?:you|they) (?:can|may)|(?:you|they|he|who|users?|customers?|those)[^.;]{0,20} (?:can|may|have to|must|should|could)|if you (?:no longer|do not|don't|would rather)|opt[- ]?out|object(?:ion|ed)? to|untick|unsubscribe)\b",
        _AD,
        _REACH,
        r"\b(?:opt(?:ing)?[- ]?out|unsubscrib\w*|object\w*|refus\w+|untick\w*|stop\w*|no longer|not (?:wish|want)|don't want|otherwise|declin\w+|say so|let us know|notifying|writing|tell us|rather not)\b",
        without=rf"{_CHOSEN}|\b(?:cookies?|pixels?|banners?|keep|kept|retain\w*|(?:not|never) (?:send|use|receive|get|sign|market|contact|e-?mail|enrol|subscribe)|browser|interest-based|google|facebook)\b",
    ),
    # the opt-out alone, where nothing says that somebody asked for the messages
    Statement(
        r"\b(?:stop|cease|discontinue|opt[- ]?out (?:of|from)|unsubscribe from|removed? from|decline|choose not to|elect not to)\b.{0,40}\b(?:marketing|promotional|commercial|advertis\w+|offers)\b",
        without=rf"{_CHOSEN}|\bcookies?\b|\bwe (?:stop|cease|do not|will not|never)|\binterest-based|\bthird[- ]part",
    ),
)
PARTNERS = (
    Statement(
        r"\b(?:partners?|affiliates?|sponsors?|advertisers|third[- ]part(?:y|ies)(?! service)|(?:other|selected|outside|chosen) (?:companies|firms|businesses|organi[sz]ations|merchants|vendors)|sister compan\w+|group compan\w+|resellers?)\b",
        r"\b(?:offers?|promot\w+|deals?|market(?:ing)?|advertis(?:e|ing|ements)|special|newsletters?|mailings?(?! (?:or |and )?(?:\w+ )?address)|products (?:and|or) services|e-?zine|campaigns?)\b",
        r"\b(?:notify you|inform(?:ed)? (?:you|of)|send(?:s|ing)? you|sent to (?:you|our)|e-?mail you|contact you|tell you|receive|market to you|you (?:\w+ )?(?:may|will|might) (?:\w+ )?(?:receive|get|hear)|to (?:our )?(?:customers|users|members)|make you)\b",
        without=rf"{_CHOSEN}|{REFUSED}|\b(?:cookies?|banners?|stop receiving|opt[- ]?out of|object to)\b",
    ),
)
NEW_USES = (
    Statement(
        r"\b(?:opt[- ]?(?:ing )?out|object|decline|refuse|say no|choice (?:whether|about|as to|regarding|to)|choose (?:whether|not)|opportunity to (?:choose|prevent|stop)|chance to)\b",
        r"\b(?:not(?:ice|ify|ified|ification|ifying)|inform\w*|let(?:ting)? you know|tell(?:ing)? you|advis(?:e|ing) you|announc\w+|writing to you|e-?mail(?:ing)? you|informed)\b",
        r"\b(?:sell|rent|share|disclos\w+|us(?:e|es|ed|ing)|provide|transfer|process\w*)\b.{0,70}\b(?:data|information|details|it|records?|address\w*)\b|\b(?:data|information)\b.{0,40}\b(?:used|shared|disclosed|sold|processed|transferred)\b",
        r"\b(?:never|not|without|unless|before|first|prior|in advance|if we (?:\w+ )?(?:want|intend|plan|decide|wish|propose)|when we|should we|in case|where we)\b",
        r"\b(?:new|other|another|different|unrelated|additional|further|anyone|third|otherwise|except|purposes?|manner|ways?)\b",
        without=r"\b(?:consent\w*|opt(?:ed|ing)?[- ]in|permission|agree(?:d|ment)?|merger|acqui\w+|bankrupt\w*|sale of|cookies?|right to object|changes? (?:to|in|of) (?:this|our|the) (?:privacy )?(?:policy|notice|statement|terms)|subpoena|court|subprocessors?|sub-processors?)\b",
    ),
)
