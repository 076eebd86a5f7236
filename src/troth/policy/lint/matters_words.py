"""Matters of words that stay open: periods, purposes and recipients that nobody can know, and promises nobody can keep."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.statement import Statement

_ACTS = r"\b(?:collect\w*|gather\w*|us(?:e|es|ed|ing)|process\w*|shar(?:e|es|ed|ing)|disclos\w*|request\w*|requir\w+|obtain\w*|stor(?:e|es|ed|ing)|retain\w*|keep\w*|record\w*|access\w*|receiv\w*|provid\w*|encrypt\w*|transfer\w*|ask(?:s|ed)? for)\b"
_EXAMPLES = r"\b(?:such as|for example|for instance|e\.g|including|includes?|namely|listed|following|below|above|described|explained|set out|law|legal|legally|court|rights?|entitled|you may|you can|cookies?)\b|[:(]"
_DATA = r"(?:data|information|details|records?|logs?|content)"

LASTING = Matter(
    "undefined-term/retention-vague",
    "warn",
    "no number and no criteria for how long data is kept",
    "write the period or the event that ends it, for each kind of record",
    "GDPR Art. 13(2)(a), 5(1)(e); PIPL Art. 17(1)(2), 19",
    (
        Statement(
            rf"\b(?:some|certain|residual|archived|cached|backup|back-up|old)\b (?:\w+ )?(?:copies|{_DATA}|versions)\b",
            r"\b(?:remain|persist|continue to exist|be retained|be kept|survive|linger|stay)s?\b",
            r"\b(?:after|following|once|even (?:if|though|after)|time|while|period|backups?|archives?|records|servers)\b",
        ),
        Statement(
            r"\b(?:retain|keep|store|hold|kept|stored|retained|held)\b[^.;]{0,60}\bfor (?:a|an|some|any) (?:\w+ )?(?:certain|limited|reasonable|appropriate|suitable|sufficient|brief|short|extended|longer|considerable|necessary)(?: \w+)? (?:time|period|while|duration|amount)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:\d+|one|two|three|six|seven|ten|thirty|ninety) (?:business )?(?:hours?|days?|weeks?|months?|years?)\b|\b(?:cookies?|password|you (?:should|must|can)|warrant\w*|law requires|required by|rank\w*|posts?|messages you)\b"
    ),
)
NEEDED = Matter(
    "undefined-term/retention-vague",
    "warn",
    "no number and no criteria for how long data is kept",
    "write the period or the event that ends it, for each kind of record",
    "GDPR Art. 13(2)(a), 5(1)(e); PIPL Art. 17(1)(2), 19",
    (
        Statement(
            r"\b(?:retain|keep|store|hold|maintain|preserve|remain|stay)\w*\b",
            r"\b(?:business|legal|commercial|operational|legitimate)(?: or \w+)? (?:need|reason|justification)s?\b",
            r"\b(?:as long as|so long as|until|while|only for|for only|no longer)\b",
        ),
    ),
    harmless=Phrase(r"\b\d+ (?:days?|weeks?|months?|years?)\b|\bcookies?\b"),
    unless=Phrase(
        r"\b(?:retain|keep|kept|stor|delet|eras|destroy|remov|archiv|backup)\w*\b[^;]{0,200}\b(?:\d+|one|two|three|five|six|seven|ten|thirty|ninety)[- ](?:\w+ )?(?:days?|weeks?|months?|years?)\b|"
        r"\b(?:\d+|one|two|three|five|six|seven|ten|thirty|ninety)[- ](?:\w+ )?(?:days?|weeks?|months?|years?)\b[^;]{0,120}\b(?:retain|keep|kept|stor|delet|eras|destroy|remov|archiv|backup)\w*\b"
    ),
)
PURPOSES = Matter(
    "open-ended/purpose-open",
    "block",
    "this allows uses that nobody can foresee",
    "name the purposes; ask for consent or give notice before a new one",
    "GDPR Art. 5(1)(b); PDPO DPP3; PIPL Art. 6",
    (
        Statement(
            r"\b(?:or )?as (?:otherwise )?(?:required or )?(?:permitted|allowed|authori[sz]ed) by (?:applicable )?(?:law|legislation|statute)s?\b",
            r"\bpurposes?\b|\buse[sd]?\b|\bcollect\w*\b",
            r"\b(?:and|or|otherwise)\b",
        ),
        Statement(
            r"\b(?:or|and) as (?:we|the company) (?:may |might |shall )?(?:otherwise |from time to time )?(?:decide|determine|choose|see fit|consider|think|wish|elect)\b",
            _ACTS,
        ),
        Statement(
            r"\b(?:services?|products?|features?|purposes|uses|offerings)\b (?:that |which )?(?:we|the company) (?:may|might|could|will|intend to|plan to)(?: \w+)? (?:offer|develop|introduce|launch|provide|add|create|identify)\b[^.;]{0,30}\b(?:in (?:the )?future|later|at a later|eventually|one day|in time)\b|\bfuture (?:uses|purposes|offerings|projects)\b",
            _ACTS,
        ),
        Statement(
            r"\bfor (?:any|whatever|whichever|all) (?:\w+ )?(?:legitimate|legal|lawful|business|reasonable|other|internal|commercial)?(?: \w+)? ?(?:purposes?|reasons?|ends?|uses?)\b",
            r"\b(?:we|us|our|the company)\b",
            _ACTS,
        ),
        Statement(
            r"\bpurposes? (?:which (?:are|is) |that (?:are|is) )?(?:reasonably |directly |closely )?(?:related|connected|incidental|ancillary|associated)\b",
            _ACTS,
        ),
    ),
    harmless=Phrase(
        r"\b(?:retain\w*|not|never|prohibit\w*|forbid\w*|no other|without|unless|except|you may|you can|must not|consent|permission|law (?:requires|obliges)|refus\w+|disclos\w+ (?:as|when|where|if)|withdraw|incompatible|why|following|directly related|object)\b"
    ),
)
LISTS = Matter(
    "open-ended/list-open",
    "warn",
    "the list stays open, so anything can be added silently",
    "close the list, or name the criterion that decides what else belongs to it",
    "GDPR Art. 5(1)(a)-(c), 13(1)(e), 14(1)(d); PIPL Art. 6, 17(1)(2), 23; PDPO DPP1",
    (
        Statement(
            r"\b(?:some or all|any or all|all or some) of the (?:following|above|foregoing|aforesaid) (?:\w+ )?(?:ways|purposes|reasons|uses|manners|means)\b",
            _ACTS,
        ),
        Statement(
            r"\binter alia\b|\bamong(?:st)? (?:other things|others)\b|, (?:\w+ ){1,3}and others[.;]?$|\bto mention (?:only|but) a few\b",
            rf"{_ACTS}|\brecipients\b|\b{_DATA}\b",
        ),
        Statement(
            r"\band (?:suchlike|such like|similar things|whatnot|others of the kind)\b|\b(?:and|or) such other (?:\w+ )?(?:details|information|data|particulars|items|things)\b|\bor other details\b",
            _ACTS,
        ),
    ),
    harmless=Phrase(
        r"\b(?:not (?:share|disclose|sell|collect)|never|you may|you must|please|measures|from others|to others|of others|safeguards|links?|liab\w+|damages|each and others)\b"
    ),
)
LONG_SESSION = Matter(
    "undefined-term/cookie-period",
    "warn",
    "a session cookie ends with the session, and the text lets it last",
    "look the periods up in the browser, cookie by cookie",
    "ePrivacy Dir. Art. 5(3); GDPR Art. 13(2)(a)",
    (
        Statement(
            r"\bsession(?:-based| id| only)? cookies?\b[^.;]{0,80}\b(?:remain|expire|stored?|last|valid|kept|keep|stay|persist|saved?|delet\w+)\w*\b[^.;]{0,40}\b(?:\d+|an?|one|two|three|six|twelve|thirty|several|many) (?:days?|weeks?|months?|years?)\b",
        ),
    ),
    harmless=Phrase(r"\bpersistent|\bpermanent|\bwhen you close|\bhours?\b|\bminutes\b|\bunlike\b"),
)
CONDITIONAL = Matter(
    "undefined-term/consent-undefined",
    "warn",
    "consent is asked only where the law wants it, and it always does",
    "say that marketing is sent with consent alone",
    "PDPO 35C-35F; ePrivacy Dir. Art. 13",
    (
        Statement(
            r"\b(?:consent|permission)\b[^.;]{0,60}\b(?:if|where|when|to the extent) (?:the |applicable |local )?(?:law|laws|legislation|this is|it is|so)? ?(?:requires?|required|necessary|applicable|needed)\b|\b(?:if|where|when) (?:the |applicable |local )?(?:law|laws|legislation) requires?\b[^.;]{0,30}\bconsent\b",
            r"\b(?:direct marketing|marketing|promotional|newsletters?|advertis\w+)\b",
        ),
        Statement(
            r"^\W*\"?consent\"? (?:means|is|shall mean|refers to)\b[^.;]{0,60}\b(?:indication|agreement|statement|act|expression)\b",
            r"\b(?:agree\w*|signif\w+|process\w*|wishes)\b",
        ),
    ),
    harmless=Phrase(r"\b(?:freely|free|voluntar\w+|only with|not (?:send|use)|parental|always)\b"),
)
VOUCHED = Matter(
    "unenforceable/others-vouched",
    "warn",
    "what other companies do is stated as a fact",
    "say what the contract with them requires, and name them",
    "GDPR Art. 5(1)(a), 28; FTC Act 5",
    (
        Statement(
            r"^\W*(?:the |our |these |those |such |all )?(?:\w+ )?(?:gateways?|internet (?:service )?providers?|carriers?|isps?|(?:payment |card |hosting |email |e-mail )?(?:providers?|processors?|processing compan(?:y|ies)|companies|agents?|partners|contractors|vendors|banks?|couriers?))\b (?:(?:do|does|will|shall|can|is|are)(?: not|n't)|never|only)\b",
            r"\b(?:stor\w+|shar\w+|us(?:e|es|ed)|retain\w*|keep\w*|record\w*|sell\w*|misuse\w*|disclos\w*|collect\w*|delet\w+|access\w*|see)\b",
            rf"\b(?:{_DATA}|cards?|numbers?|e-?mail|address\w*|sites|visit)\b",
        ),
        Statement(
            r"^\W*(?:the |our )?(?:payment |card )?(?:gateways?|processors?|providers?)\b[^.;]{0,20}\b(?:keeps?|retains?|stores?|holds?|deletes?|encrypts?|protects?|maintains?)\b",
            r"\b(?:only|as long as|until|securely|immediately|after|adhere\w*)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:contract\w*|bound|agreement|required|require|oblig\w+|prohibit\w*|authori[sz]ed|permitted|allowed|instruct\w*|may|longer than|must|undertake\w*|our company|we)\b"
    ),
)
HEDGED_LAW = Matter(
    "risky-promise/compliance-partial",
    "warn",
    "the law is only tried to be kept",
    "comply, and say so plainly or not at all",
    "GDPR Art. 5(2), 24; FTC Act 5",
    (
        Statement(
            r"\b(?:every effort|best efforts?|all efforts|reasonable efforts?|strives?|aims?|tr(?:y|ies)|endeavou?rs?|seeks?|intends?|attempts?|hopes?|working towards?|in the process of|as far as possible|where(?:ver)? possible|generally|largely|mostly|broadly|substantially)\b[^.;]{0,40}\b(?:compl(?:y|ies|iant|iance|ying)|adher\w+|observ\w+|conform\w*|in line)\b",
            r"\b(?:gdpr|ccpa|pdpa|pdpo|pipeda|popia|privacy act|(?:data protection|privacy) (?:act|laws?|principles|regulations?|legislation|rules)|applicable laws?)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:you (?:must|agree|should)|third[- ]part\w+|partners|customers? (?:must|to)|help you|not (?:only )?|providers? (?:that|who))\b"
    ),
)
LOOSE = Matter(
    "risky-promise/transfer-loose",
    "warn",
    "safeguards for transfers are only tried",
    "name the safeguard for each transfer, and make none without",
    "GDPR Art. 44-49; PDPO s. 33; PIPL Art. 38",
    (
        Statement(
            r"\b(?:outside|abroad|overseas|leaves?|third countr\w+|other countries|cross-border|internationally|transferred to)\b",
            r"\b(?:aim|try|endeavou?r|seek|strive|attempt|reasonable steps|best efforts?|where(?:ver)? (?:possible|practicable|feasible)|as far as)\b[^.;]{0,60}\b(?:safeguards?|protect\w*|secur\w+|adequa\w+|measures|contract\w*|clauses|treated)\b",
        ),
    ),
    harmless=Phrase(r"\b(?:standard contractual clauses (?:are|have)|every transfer|always|deliver|ship)\b"),
)
KEPT_SAFE = Matter(
    "unenforceable/absolute-claim",
    "info",
    "absolute or unmeasurable wording",
    "say which measures are taken, and promise no result",
    "FTC Act 5; GDPR Art. 32",
    (
        Statement(
            rf"\b(?:your|all|any|the|personal|customer|client|user)\b (?:\w+ ){{0,3}}?{_DATA} (?:\w+ ){{0,3}}?(?:is|are|will be|remains?|stays?|shall be) (?:always |strictly |fully |completely )?(?:kept |stored |held |treated )?(?:\w+ and )?(?:safe(?:ly)?|secure(?:ly)?|protected|(?:strictly|completely|absolutely|totally) (?:private|confidential))\b(?! (?:by|with|from|using|against|in accordance|through|under|behind|to|via|server|socket|and deleted))"
        ),
        Statement(
            r"\ball (?:of )?(?:the |your |our )?(?:\w+ ){0,3}(?:data|information)\b[^.;]{0,30}\b(?:is|are) (?:fully )?protected against\b"
        ),
        Statement(
            r"\b(?:every|all possible|all necessary|all reasonable and necessary|the utmost|utmost) (?:precautions?|care|measures?|steps?)\b",
            r"\b(?:protect\w*|secur\w+|safe\w*|confidential\w*|priva\w+)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:not|never|cannot|no|although|however|appropriate|encrypt\w*|strive|try|help|aim|designed|reasonable(?! and)|if|law|you (?:must|should|are responsible)|your responsibility|only (?:to|if|when|by)|until|to keep)\b"
    ),
)
BODIES = Matter(
    "missing-mandatory/sensitive-consent",
    "warn",
    "sensitive data is handled without separate, explicit consent",
    "say why each item is necessary and what its use means for the person, and ask for separate consent",
    "PIPL Art. 28-30, 55; GDPR Art. 9(2)(a); Cal. Civ. 1798.121",
    (
        Statement(
            r"\b(?:analy[sz]\w+|scan\w*|recogni[sz]\w+|collect\w*|check\w*|us(?:e|es|ed)|stor\w+|record\w*|process\w*|read\w*)\b[^.;]{0,30}\b(?:your|the|their|users'?) (?:\w+ )?(?:face|faces|fingerprints?|voiceprints?|iris|retina|health (?:records?|data|information|status)|medical (?:records?|history|data|information)|blood\w*|dna|genetic|sexual orientation|religio\w+|political (?:opinions?|views?)|race|ethnic\w*|criminal records?)\b",
        ),
        Statement(
            r"\b(?:race|ethnic\w*|religio\w+|political (?:opinions?|views)|sexual orientation|trade union|health|medical)\b",
            r"\b(?:we|us|our)\b[^.;]{0,20}\b(?:collect|request|ask|store|process|obtain|gather|use)\b",
        ),
    ),
    harmless=Phrase(
        r"\b(?:not|never|no|consent|permission|please do not|avoid|refrain|do not need|voluntar\w+|health and safety|member services|emergency|life|interests|law|unless|children|occupational|if you)\b"
    ),
    unless=Phrase(
        r"\b(?:explicit|express|separate)(?:ly)? consent\b|\bsensitive\b[^.;]{0,60}\bunless\b[^.;]{0,40}\b(?:consent|agree)"
    ),
)

MATTERS = (
    NEEDED,
    LASTING,
    PURPOSES,
    LISTS,
    LONG_SESSION,
    CONDITIONAL,
    VOUCHED,
    HEDGED_LAW,
    LOOSE,
    KEPT_SAFE,
    BODIES,
)
