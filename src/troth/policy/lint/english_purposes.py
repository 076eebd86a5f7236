"""Kinds of statements about uses that nobody can foresee, and about the company alone deciding."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_USE = r"\b(?:us(?:e|es|ed|ing)|process(?:es|ed|ing)?|employ(?:ed)?|utili[sz]\w+|handled?|treat|serves?|put|goes into|look at|collect(?:ed)?|hold|kept|data|information|details|address(?:es)?|number|logs?|free to|purposes include|make of)\b"
_MATTER = r"\b(?:data|information|details|records?|e-?mail|phone|number|address(?:es)?|logs?|what we (?:know|learn|have)|it\b|names?|ids?|answers|tickets|content|recordings|profiles?|which we|personal|purposes)\b"
_BOUND = (
    r"\b(?:not|never|\w+n't|nothing|no|neither|nor|cannot|prohibit\w*|refrain|only|solely|exclusively|exhaustively|sole)\b|\b(?:ask|asking|seek|obtain|without|with) (?:\w+ ){0,3}(?:consent|permission|you)\b|\b(?:listed|described|set out|stated|named|specified|described|mentioned) (?:above|below|here|in)|\b(?:announce\w*|inform(?:ed)? you|notif\w+ you|write to you|tell you|approve)\b|"
    r"\b(?:customers|users|you) (?:may|can|are) (?:use|free)|\bfor any reason (?:at|and)\b|\bcontact us for\b|\bcompatib\w+ (?:with (?:the|that)|test)|\bunlawful\b|\b(?:their|his|her) own\b|\benquir\w+ address|\bthird[- ]part(?:y|ies) (?:may|might|will)\b|\bcookies?\b|\bchange this policy\b|\b(?:by|under|required by|comply with) (?:applicable )?laws?\b|\blegal\b|\bsuspend\b|\bretain\w*\b|\b(?:account|password) (?:for|to)\b|\bshall be responsible\b|\bagainst\b|\b(?:destroy|delete|erase|de-identify|breach|staff|voluntar)\w*|\bservers for\b|\bno more use\b|\bsubject to the acceptable\b"
)
OPEN = (
    Statement(
        r"\b(?:(?:business|operational|commercial|company|corporate|organi[sz]ational|group|our own) (?:reasons|needs|requirements|interests|use|benefit|advantage|objectives|aims)|(?:benefit|useful|advantage|interest) (?:of|to|for) (?:the (?:\w+ )?(?:company|undertaking|operator|group|supplier|provider)|our (?:company|group|business))|(?:other|new|all kinds of|different|further|better|additional|more) (?:ways?|uses?) (?:of|for|to)|another (?:good )?use|"
        r"purposes (?:\w+ ){0,2}(?:related|connected|incidental) (?:there)?to|of every kind|of any kind|unrelated to|some other|other justified|any venture|without (?:any )?restriction|by way of example|only (?:illustrations|examples)|merely (?:illustrative|examples)|not (?:restricted|limited|confined) to (?:the )?(?:examples|uses|purposes|those)|not listed (?:in|here)|(?:be )?used (?:by us )?as required|considers? expedient|goes? (?:beyond|further than))\b",
        _USE,
        _MATTER,
        without=_BOUND.replace(r"|\bcompatib\w+ (?:with (?:the|that)|test)", "").replace(
            r"not|never|\w+n't|nothing|no|",
            r"never|\w+n't|nothing|will not|may not|shall not|do not|does not|",
        ),
    ),
    Statement(
        r"\b(?:and|or|for|as well as|into|than|the|of|our|its|also|to|with) (?:(?:for|to|any|all|our|its|the|some|such|various|assorted|certain|future|in) ){0,3}(?:other|own|everyday|miscellaneous|secondary|assorted|ancillary|sundry|general|internal|further|business|commercial|future|similar|related)(?: (?:everyday|lawful|legitimate|business|commercial|internal|general|related|technical|administrative|company|corporate|operational|similar|legal))* (?:purposes?|uses?|needs|ends|projects|stuff|reasons|functions|interests|products|aims|matters|lines of business|objectives)\b",
        _USE,
        _MATTER,
        without=_BOUND + r"|\bin addition to the purposes\b.{0,20}\bconsent",
    ),
    Statement(
        r"\b(?:whatever|however we|wherever it|as we (?:\w+ )?(?:judge|like|choose|want|please|deem|wish|see)|(?:otherwise )?free to (?:use|employ|do)|something else|anything else|as (?:we )?deemed (?:necessary|fit|appropriate)|options open|business asset|use it accordingly|without limitation|including (?:but not limited to|without limitation)|in our view|commercial judge?ment|see fit|best serves|as the (?:business|company|need) (?:\w+ )?(?:requires?|demands?|arises?)|"
        r"as (?:the )?need arises|as required by our business|any (?:conceivable )?(?:purpose|use|way)|any and all|all purposes|no limits?|nothing (?:in this \w+ )?limits|unrestricted\w*|freely|ways? we (?:have|can|did) not (?:yet )?(?:thought|foreseen|foresee|described)|not (?:yet )?(?:known|foreseeable|foreseen|thought of)|don't list|cannot list|come up|comes up|not be foreseen|yet to be (?:decided|determined|invented))\b",
        r"\b(?:us(?:e|es|ed)|using|process(?:ed)?|employ|purposes?|serve|free to|hold|put)\b",
        _MATTER,
        without=r"\b(?:never|won't|will not|may not|must not|ask|consent|permission|customers? may|users? may|you may|solely|exhaustively|retain\w*|terminate|delete|disclos\w+|share\w*|cookies?|laws?|court|liab\w+|third part\w+|your (?:sole )?discretion|responsible|password|collect\w*)\b|\bincluding\b.{0,60}\b(?:name|e-?mail|address|ip)\b",
    ),
)
_ALONE = (
    r"\b(?:discretion|as we (?:see fit|choose|please|like|deem|think|wish)|as and when we|when(?:ever)? we (?:\w+ )?(?:feel|like|please|deem|think|want|see fit)|(?:we|us|company|management|provider|registrar|engineers?|staff|team) alone|decid\w+ (?:by )?(?:us|ourselves|alone)|determined by (?:us|ourselves|the company)|by (?:us|ourselves) (?:exclusively|unilaterally|alone)|unilateral\w*|on its own authority|rests? with us|lies? with(?:in)? (?:us|the (?:company|judge?ment))|up to us|"
    r"our (?:sole )?(?:judge?ment|call|decision|choice|say)|for (?:us|our \w+) to (?:say|decide|judge)|only if management|(?:management|we) approves?|subject to (?:the company's|our) (?:consent|approval)|(?:are )?free to (?:reject|refuse|ignore)|for any (?:reason|or no reason)|(?:any|no) (?:or no )?reason|may or may not|comply or not|aren't open to appeal|not open to appeal|final say|to our satisfaction|without (?:need for )?(?:prior )?(?:consultation|stating (?:grounds|reasons)|giving reasons|explanation|justification)|chosen by us|set by us|reserves? the right to (?:refuse|reject|decline|deny|review)|nothing (?:herein )?obliges us|reserve (?:to )?ourselves|as (?:the )?\w+ may elect|considered valid by us|in our (?:sole|own|absolute) \w+|we judge|elect to)\b"
)
_OVER = r"\b(?:requests?|access|delet\w+|eras\w+|correct\w*|opt[- ]?out|objection|withdraw\w*|consent|data|information|content|records?|mailbox\w*|accounts?|whois|recordings?|export\w*|proof of identity|personal|stored|anonymi[sz]e|monitor\w*|retention|period|held|disclos\w+|hand(?:ed)? over|posted)\b"
DISCRETION = (
    Statement(
        _ALONE,
        _OVER,
        without=r"\b(?:not|never|n't) (?:\w+ )?(?:share|sell|disclose|give|rent|pass|use)\b[^.;]{0,80}\bfor any reason\b|\b(?:you (?:alone|may|can|decide)|your (?:sole |own )?(?:discretion|decision|choice)|(?:user|customer|court|registry|authority|owner|account owner|supervisory)'?s? (?:\w+ ){0,3}(?:discretion|alone|decide\w*|may|reserves?)|not reserve|no room|never left|utmost discretion|prices?|features|support levels|copyright|beta|manifestly|art(?:icle|\.)|required by law|law(?:s|ful)?|court order|legal|reviewed by|revis\w+|chang\w+|modif\w+|amend\w*|update\w*|deemed|believe|good faith|not for us|"
        r"trademarks?|links?|third[- ]party|responsib\w+|liab\w+|promotion\w*|employment|purposes?|any reason at|contact us|withdrawn by you|by you at|alike|sub-users|offers?|services? at|suspend your service|hiring|applicants?|applications? (?:for|will|are|is)|recruit\w+|vacanc\w+)\b",
    ),
)
