"""English kinds of statements on how long data is kept: no measure, or no end."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_KEEP = (
    r"\b(?:keep|keeps|kept|keeping|retain\w*|retention|stor(?:e|es|ed|age|ing)|held|hold|holds|holdings|maintain(?:s|ed)?|archiv\w*|preserv\w*|"
    r"stays?|saved|lifetimes?|remain(?:s|ed)? active|on file)\b"
)
_ERASE = r"\b(?:delet\w*|eras\w*|remov\w*|purg\w*|destroy\w*|dispos\w*|weeded|clean\w* up|prun\w*|discard\w*|vanish\w*|blocked|wiped|anonymi[sz]ed|shred\w*|rotat\w*|trimmed|flushed|cleansed)\b"
_THEIRS = (
    r"\b(?:you (?:can|may|need|are able)|your right|free trial|notice|maintenance|services of|auditor|own backups|other providers|we never|session|"
    r"children|child|password|cookies? (?:is|are)|subscription)\b|\bnot (?:keep|store|retain) any\b"
)
VAGUE = (
    Statement(
        r"\b(?:reasonable|appropriate|suitable|proportionate|sensible|brief|short|limited|usual|customary|certain|adequate|prescribed|respective|statutory|"
        r"applicable|justifiable|indeterminate|such)\b(?: \w+){0,2} (?:periods?|time|times|duration|while|terms?|timeframe|lengths?)\b|"
        r"\bperiod (?:that|which) (?:is|are|we|it)\b|\bperiod (?:prescribed|during which)\b|\blength of time (?:that|which|these|as|we)\b|\b(?:different|varying|various) (?:\w+ )?periods\b|"
        r"\bown retention period\b",
        _KEEP,
        without=_THEIRS,
    ),
    Statement(
        r"\bbeyond (?:what|the time) (?:is |that is )?(?:\w+ )?(?:needed|necessary|required)\b|\bto the extent (?:\w+ )?(?:required|necessary|needed)(?: by our|[.,;]| for (?:our|the))|"
        r"\b(?:time|period|duration|term|lifetime|how long)\b[^.;]{0,40}\b(?:varies|vary|differs?|depends?)\b|\b(?:as|so) long as (?:our|the) (?!account|contract|law|customer|user|subscription|agreement|order|service)\w+ |"
        r"\b(?:any|a (?:bit|little)|somewhat|not|no|much) longer (?:than )?(?:we |is |it is |are |they are |strictly |absolutely )*(?:have to|justified|necessary|needed|required|if|where|must)\b|"
        r"\b(?:kept|keep|retained?|held|hold|stored?)\b[^.;]{0,60}\b(?:for longer|beyond (?:a|the) (?:sensible|usual|normal|reasonable))\b|\blong enough to\b",
        _KEEP,
        without=_THEIRS,
    ),
    Statement(
        r"\b(?:while|whilst|(?:as|so) long as|until|as soon as|once)\b[^.;]{0,60}\b(?:useful|business need|need to|purpose\w*|ceases?|achieved|relevant|allow|call for|fulfilled)\b",
        rf"{_KEEP}|{_ERASE}",
        without=_THEIRS + r"|\bcookie",
    ),
    Statement(
        r"\b(?:governed|determined|guided|decided|depend\w*|in accordance with|according to|pursuant to|as per|follows?|in line with|subject to)\b[^.;]{0,40}\b(?:retention (?:polic\w+|schedules?|practices?)|"
        r"records? management|industry practice|requirements? of (?:the )?law|legal needs|business needs|nature and|principle of|our (?:\w+ )?(?:needs|requirements))\b",
        rf"{_KEEP}|{_ERASE}",
        without=_THEIRS,
    ),
    Statement(
        r"\b(?:periodically|from time to time|routine(?:ly)?|after a while|in due (?:time|course|season)|every so often|now and (?:then|again)|at some point|when the periods|every now and then|review our holdings)\b",
        _ERASE,
        r"\b(?:data|information|records?|files?|logs?|accounts?|entries|holdings|messages|details|forms|tickets|mails?)\b",
        without=_THEIRS
        + r"|\b(?:you may|you can|your request|polic\w+|cookies|security|change|updat\w+|notif\w+)\b",
    ),
    Statement(
        r"\b(?:in accordance with|according to|based on|in line with|subject to)\b[^.;]{0,20}\b(?:operational|business|legal|compliance|regulatory|internal)(?:,? (?:and |or )?(?:operational|business|legal|compliance|regulatory|internal))* (?:requirements|needs|necessity)\b",
        _KEEP,
        without=_THEIRS,
    ),
    Statement(
        r"\b(?:any |possible |our )?(?:future|later|further) (?:inquir\w+|enquir\w+|questions?|requests?|correspondence|contacts?|communications?)\b|\bin case (?:of )?(?:\w+ ){0,3}?(?:claims?|complaints?|disputes?|queries|questions?)\b|"
        r"\b(?:might|may|could|will|can) be (?:kept|stored|retained|held) (?:for )?longer\b(?! than \d)",
        _KEEP,
        r"\b(?:data|information|correspondence|e-?mails?|messages?|logs?|records?|tickets?|details|letters|communications?)\b",
        without=_THEIRS
        + r"|\b(?:limitation|statut\w*|law|legal|until|within|up to|as long as|no longer|years?|months?)\b",
    ),
    Statement(
        r"\bas (?:the )?law (?:may )?requires?\b|\brequirements? of (?:the )?law\b|\bas (?:long as )?(?:is )?(?:needed|necessary) to provide\b",
        _KEEP,
        without=_THEIRS,
    ),
)
_GONE = (
    r"\b(?:after|following|notwithstanding|beyond|once|when|even if|regardless|despite|on the)\b[^.;]{0,50}\b(?:clos(?:e|ed|ure|ing)|terminat\w*|cancel\w*|cessation|leaves?|left|"
    r"end of (?:the )?service|runs? out|expir\w*|life of (?:the|your) account)\b"
)
_EXCUSED = (
    r"\b(?:laws?|legal\w*|tax\w*|statut\w*|obligations?|comply|complian\w*|until|disput\w*|backups?|period|within|anonym\w*|aggregat\w*|suppress\w*|as long as|secre\w*|confiden\w*|"
    r"survive\w*|invoices?|unless|not (?:keep|retain|store)|no longer|you (?:may|can)|download|up to|prevent|fraud|triggers?|nothing|never (?:keep|store)|necessary|required|cookies?|"
    r"provisions?|clauses?|terms|reasonable|certain)\b"
)
ENDLESS = (
    Statement(
        _GONE,
        r"\b(?:remains?|stays?|continue to (?:be )?(?:hold|keep|store|use|retain)\w*|continue to be (?:stored|kept|held)|keep a copy|(?:may|shall|will|can|right to|entitled to) (?:also |still |continue to )?(?:keep|store|hold|retain)|stays on file|live on|in place)\b",
        r"\b(?:data|information|info|profile|posts|content|dossier|account|address|details|records?|tickets|messages|e?-?mails|orders|files|logs|history|comments|uploads)\b",
        without=_EXCUSED,
    ),
    Statement(
        r"\b(?:we|company|provider) (?:(?:generally|usually|simply) )?(?:do not|don't|never|will not|won't|shall not) (?:\w+ )?(?:delete|erase|purge|throw away|discard|destroy) "
        r"(?:any\w*|your|player|user|customer|registrant|data|information|personal|records|old|closed)\b|\bnothing (?:is|has been|will be|gets) (?:pruned|deleted|erased|purged|discarded|removed|thrown)\b|"
        r"\b(?:is|are)(?:n't| not) (?:purged|pruned|emptied)\b|\bno obligation to (?:erase|delete|remove|destroy)\b|\bno claim to have\b[^.;]{0,30}\berased\b|\bappend-only\b|\b(?:merely|only|just|simply) (?:hidden|deactivated|flagged|disabled|marked)\b|\bno (?:\w+ )?(?:date|time|deadline|point) (?:on|at|by|after) which\b[^.;]{0,20}\b(?:delet|remov|eras)\w*",
        without=r"\b(?:until|without|before|within|responsib\w+|liab\w+|cookies?|if you do not|unless you|for (?:at least|up to)|during)\b",
    ),
    Statement(
        r"\bfor (?:any |our |possible )?(?:future|later) (?:use|uses|reference|needs?|purposes?)\b|\b(?:unless and )?until you\b[^.;]{0,40}\b(?:delet|eras|remov|destroy)\w*",
        _KEEP,
        r"\b(?:data|information|correspondence|e-?mails?|messages?|records?|details)\b",
        without=r"\b(?:not|never|nor|within|after|years?|months?|days|as long as|no longer|cookies?|unsubscrib\w+|newsletters?|contract|law|legal\w*|up to|you (?:may|can) (?:keep|save|store|print))\b",
    ),
    Statement(
        r"\b(?:no|without)(?: \w+){0,3} (?:deletion|erasure) (?:period|date|limit|schedule)\b|\bwithout end\b|\bunlimited in time\b|\b(?:open-ended|undefined|indeterminate|unlimited) (?:period|length|time|duration)\b|"
        r"\beternally\b|\bfor all time\b|\bon an ongoing basis\b|\bpermanent (?:history|record|file|archive)\b|\buntil further notice\b|\bno (?:intention|plans?) (?:to|of) (?:delet|eras|remov|tak)\w*|"
        r"\bcopy will always exist\b|\bretention\b[^.;]{0,20}\b(?:permanent|unlimited)\b|\bkeep it that way\b|\bremains? on (?:our|the) (?:books|lists?|files?)\b|\bwho (?:has )?ever (?:ordered|registered|signed)\b",
        rf"{_KEEP}|\b(?:remains?|left|exist\w*|will be there|sits?|lives?)\b|\bretention\b",
        without=r"\b(?:licen[cs]e|never keep|no personal data (?:is|are)|services? (?:is|are) (?:provided|offered)|improve|monitor\w*|suppression|do-not-\w+)\b",
    ),
)
