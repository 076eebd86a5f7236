"""Kinds of statements that make consent out of something else."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_SAME = (
    r"(?:means?|meaning|counts?|counted|constitut\w+|signif\w+|impl(?:y|ies|ied|ying|icit\w*)|indicat\w+|amounts?|deem(?:s|ed)?|tak(?:e|es|en|ing) (?:it|that|this|as|to|you|your)|treat(?:s|ed)?|regard(?:s|ed)?|"
    r"consider(?:s|ed)?|understood|understand|constru\w+|interpret\w*|presum\w+|assum\w+|equal\w*|equivalent|tantamount|evidence|evinc\w+|confirms?|shows?|tells us|express(?:es)?|operates? as|"
    r"serves? as|record(?:s|ed)? (?:as|your)|reflects?|on the basis|as though|as if|is also|are also|read (?:by us |as )*(?:as )?an?|is all it takes|is enough|suffic\w+|seen as|saying|gives? us|giving us|go along with|is agreement|is consent|is the \w+'s consent|binding agreement|entitled to)"
)
_YES = r"(?:consent\w*|agree(?:d|s|ing|ment|ments)?|accept(?:s|ed|ance|ing)?|approv\w+|permission|permitted|authori[sz]\w+|\"?yes\"?|ok|okay|cool|opted in|fine|comfortable|assent\w*|happy|willing\w*|no objection|wish to|like to (?:be|receive|get)|acquiesc\w+|binds? you|any changes)"
_ACT = (
    r"(?:us(?:e|es|ing|age)|visit\w*|access\w*|brows\w+|continu\w+|stay\w*|remain\w*|being (?:here|on)|log(?:s|ging)? (?:in|on)|regist\w+|sign(?:s|ing)?[ -]?up|join\w*|install\w*|download\w*|"
    r"participat\w+|engag\w+|order\w*|purchas\w+|buy\w*|pay(?:s|ing|ment)?|send\w*|submi\w+|provid\w+|enter\w*|call\w*|telephon\w+|phon\w+|creat\w+|complet\w+|open\w*|scroll\w*|click\w*|connect\w*|play\w*|"
    r"deposit\w*|plac(?:es?|ing)|customer of|attend\w*|entrust\w*|activat\w+|typ(?:e|es|ing)|keep\w*|carry\w* on|renew\w*|clos(?:es?|ing)|letting|doing so|such use|read\w*|upload\w*|giv(?:e|es|ing)|contact\w*|subscri\w+|virtue|the moment|the minute|as soon as|signing|interact\w*|leaving)"
)
_WHO = r"(?:you|users?|customers?|visitors?|members?|clients?|persons?|subscribers?|players?|parents?|guests?|he|she|they|who \w+ \w+|the \w+)"
_FREE = (
    r"\b(?:not|n't) (?:\w+ )?(?:wish|want|like) to (?:receive|be (?:contacted|added|included)|get|have)\b|\b(?:requires?|depends? on|needs?) (?:your|the \w+'s?|his|their|a|an)? ?(?:\w+ )?(?:consent|authori[sz]ation|permission|approval)\b|\bchange the scope of\b|"
    r"\b(?:can|may|could|are free to|able to) (?:\w+ )?(?:accept|agree|consent|choose|refuse|decline)\b|\bor (?:refuse|reject|decline)\b|"
    r"\btick(?:s|ed|ing)? (?:the|a|this|that) box|\b(?:by|if you|only|unless you) tick|\bcheck ?box(?:es)? (?:is|are) (?:empty|not)|\bseparate(?:ly)? (?:ask|box|consent|form|question|from)|\b(?:can|may|right to) (?:\w+ ){0,3}?(?:withdraw|revoke|object)\w*|"
    r"\b(?:not|never|\w+n't|nor|neither|nothing|no(?! (?:answer|reply|response|objection|reaction|word|action|choice|separate|news))) (?:\w+ ){0,5}?(?:tak\w+|treat\w*|regard\w*|deem\w*|read|count\w*|constitut\w*|mean\w*|amount\w*|understood|consider\w*|assum\w*|infer\w*|interpret\w*|presum\w*|impl(?:y|ies|ied)|equal|consent\w*|agree\w*|accept\w*|something)\b|"
    r"\b(?:if|once|after|when|where|unless|until|because|whether|which|only|extent|far as|insofar as|provided|provided that|extent that) (?:you|users?|customers?|they|he|the \w+) (?:have |has |had )?(?:\w+ )?(?:agreed?|consent\w*|accept\w*|given)\b|\bask(?:s|ed|ing)? (?:\w+ ){0,3}?(?:whether|for|if)\b|\b(?:consent|permission|approval) (?:is|will be|was) (?:asked|sought|obtained|requested|needed|required)|"
    r"\b(?:we|company) (?:\w+ )?(?:agrees?|accepts?)\b|\baccept(?:s|ed)? (?:payments?|cards?|orders?|all)|\bclick(?:ing|s)? (?:on )?(?:the )?\"?(?:accept|agree|allow|yes)|\bpress\w* (?:the )?\"?(?:accept|agree|allow|send|yes)|\b(?:code of conduct|parental|guardian|"
    r"previously (?:consented|agreed)|prior (?:written )?consent|explicit consent|your consent (?:to|for|is|may)|with your (?:\w+ )?consent|without your|basis of (?:your )?consent|given consent|terms of service|acceptable use policy when|cookies? (?:settings|preferences))\b|"
    r"\bunder the age\b|\bchildren under\b|\b(?:agreement|contract) (?:with|between)\b|\bself-regulat|\bthird part(?:y|ies) (?:\w+ ){0,3}agree|\brepresent and warrant\b|\bagree to (?:keep|protect|comply|maintain|abide|indemnify|hold|treat)\b"
)
_INACTION = (
    r"\b(?:silence|silent|no (?:reply|answer|response|objection|reaction|word|action|choice)|non-response|not (?:have )?(?:\w+ ){0,2}?(?:object\w*|repl\w+|respond\w*|answer\w*|opt\w*|unsubscrib\w*|tell|told|inform\w*|notif\w*|hear\w*|"
    r"write|contact\w*|disagree\w*|untick\w*|uncheck\w*|say|said|declin\w*|refus\w*|reject\w*|avail|leaving|clear)|(?:n't|'t) (?:\w+ ){0,2}?(?:object\w*|repl\w+|opt\w*|hear|tell|say|said|refus\w*|reject\w*|clear|answer|disagree)|fail(?:s|ure|ing)?\b|omission|unless\b|pre-?(?:ticked|checked|select\w*|set)|already ticked|"
    r"marked in advance|by default|comes? enabled|turned on|set to \"?(?:allow|yes|on)|inaction|inactivity|absence of|lack of|ignor\w+|unanswered|until (?:you|we)|till then|without (?:making|changing|cancelling|objecting|replying)|doing nothing|everybody else|everyone else|opt-out members)\b"
)
BY_USE = (
    Statement(rf"\b{_SAME}\b.{{0,70}}\b{_YES}", rf"\b{_ACT}\b", without=_FREE),
    Statement(
        rf"\b{_WHO}\b.{{0,30}}\b{_YES}.{{0,90}}\b(?:by|through|when|upon|on|the moment|the minute|in|if|thereby|as soon as|once) (?:\w+ ){{0,3}}?{_ACT}\b|\b{_WHO}.{{0,20}}\b(?:agrees?|consents?|accepts?)\b.{{0,60}}\b(?:the (?:moment|minute|second)|as soon as|once|whenever) (?:you|they|he|she|the \w+|an? \w+) \w+",
        without=_FREE,
    ),
    Statement(
        rf"\b(?:by|through|when|upon|on|if|as|who|persons|in) (?:\w+ ){{0,4}}?{_ACT}\b.{{0,140}}?\b{_WHO}\b.{{0,30}}\b(?<!your )(?<!the )(?<!of )(?<!their )(?<!his )(?<!user's )(?<!customer's )(?:consents?|agrees?|accepts?|agreed|agreeing|give us permission|permitted)\b",
        without=_FREE,
    ),
    Statement(
        rf"\b(?:take|taken) (?:that|it|this) as (?:an? )?{_YES}|\bapply the moment you\b|\bbinding agreement\b.{{0,80}}\byou use\b",
        without=_FREE,
    ),
)
SILENCE = (
    Statement(_INACTION, rf"\b{_SAME}\b.{{0,90}}\b{_YES}|\b{_YES}.{{0,60}}\b{_SAME}\b", without=_FREE),
    Statement(
        _INACTION,
        rf"\b{_WHO}(?:'ll| will| shall| have| are| is)* (?:\w+ )?(?:consents?|agrees?|accepts?|agreed|accepted|agreeing)\b|\bauthori[sz]e the\b|\bimplied (?:agreement|consent)\b|\bit binds you\b|\bopted in\b",
        without=_FREE,
    ),
    Statement(
        r"\b(?:pre-?(?:ticked|checked|select\w*|set)|already (?:ticked|checked|selected)|marked in advance|(?:ticked|selected|switched on|turned on|enabled|set to \"?(?:allow|yes|on)\"?) (?:by default|on delivery|for you|in advance))\b",
        r"\b(?:box|option|preference\w*|switch\w*|setting\w*|profile|consent|participation|analytics|sharing|calls|offers|marketing)\b",
        without=r"\b(?:no|not|never|none|without|nothing|off)\b",
    ),
    Statement(
        r"\bunless (?:we receive|you (?:\w+ ){0,2}?(?:object|tell|inform|notify|write|opt)|the \w+ objects?|told|instructed|\w+ objection)\b",
        r"\bwe (?:may|will|shall|can) (?:\w+ ){0,2}?(?:use|share|disclose|pass|publish|transfer|provide|send|give)\b",
        without=r"\b(?:not|never|only)\b|\b(?:law|court|legal)\b",
    ),
    Statement(
        r"\bif you ignore\b|\bcarry on\b|\bwithout (?:making a choice|changing your settings)\b",
        r"\bwe (?:set|use|place|load|assume|take)\b",
        without=_FREE,
    ),
)
