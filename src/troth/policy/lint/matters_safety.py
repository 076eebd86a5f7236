"""Matters of protection that is lacking, partial or promised too fast, and of passwords that others see."""

from __future__ import annotations

from troth.policy.lint.matters import Matter
from troth.policy.lint.meetings import Meeting
from troth.policy.lint.phrase import Phrase

_LAW = "GDPR Art. 5(1)(f), 32; PIPL Art. 51; PDPO DPP4; PDPA s. 24; FTC Act 5"

LACKING = Matter(
    "risky-promise/security-lacking",
    "block",
    "what the law expects of everybody who keeps such data is optional or missing",
    "encrypt what people send in any case, scan and patch what stores it, and write what is done",
    _LAW,
    (Meeting("unencrypted-word encrypted-word choose", within=18),),
    harmless=Phrase(
        r"\be-?mails? (?:is|are|message)|\bthird[- ]part|\binstead\b|\brather\b|\bown\b|\byou (?:do|should|must|may) not\b|\bif you do not\b|\ballow\b|\bcards?\b.{0,20}\bnot stored|\bto (?:display|show|serve|target)\b[^.;]{0,20}\b(?:ads?|advertis\w+)\b"
    ),
)
PARTLY = Matter(
    "risky-promise/encryption-scope",
    "warn",
    "encryption covers a part only",
    "say which data is encrypted in transit and which at rest, and encrypt all that people send",
    _LAW,
    (
        Meeting(
            "only card-word encrypted-word",
            within=10,
            without=r"\bonly (?:used|share|with|to|be|if|when|while|for|by|authori[sz]ed|employees|those|accessible)\b",
        ),
    ),
    harmless=Phrase(
        r"\be-?mails? (?:is|are|message)|\bhash(?:es|ed)?\b|\bunencrypted (?:e-?mails?|messages)\b"
    ),
)
FAST = Matter(
    "risky-promise/breach-promise",
    "warn",
    "users are told of every breach at a speed that hardly anybody keeps, counted from no stated moment",
    "say from when the time runs, which breaches are told, and take the time that the law gives",
    "GDPR Art. 33-34; Cal. Civ. 1798.82; PIPL Art. 57; FTC Act 5",
    (Meeting("tell-people breach-word fast", within=24),),
    harmless=Phrase(
        r"\b(?:72|seventy[- ]two) hours\b|\b(?:authorit\w+|commissioner|regulator|supervisory|controller|board|after (?:we|becoming|discover\w*|learning|detect\w*)|of (?:becoming|discover\w*|learning|detect\w*|being)|once we|you must|please|contact us|notify us|tell us|inform us|high risk|undue delay)\b"
    ),
)
NARROW_NEWS = Matter(
    "risky-promise/breach-narrowed",
    "warn",
    "people hear of a breach only in some cases, or only from a page",
    "tell those concerned of every breach that is likely to put them at high risk, and do it directly",
    "GDPR Art. 34; PIPL Art. 57; Cal. Civ. 1798.82",
    (
        Meeting("tell-people breach-word only only-if-ours", within=22),
        Meeting("tell-people breach-word only on-page-only", within=18),
        Meeting("tell-people breach-word we-deem|see-fit", within=18),
    ),
    harmless=Phrase(r"\b(?:law requires|required by law|high risk|you must|please)\b"),
)
SECRETS_TAKEN = Matter(
    "risky-promise/credential-collected",
    "warn",
    "access credentials for accounts elsewhere are collected",
    "use the interface that the other service offers for this, and never keep passwords",
    _LAW,
    (Meeting("secret foreign-account take-in", within=18),),
    harmless=Phrase(r"\b(?:not|never|sign in with|log ?in with|forgot\w*|reset|hash\w*)\b"),
)
SECRETS_SEEN = Matter(
    "risky-promise/credential-shown",
    "warn",
    "staff can read what proves who somebody is",
    "keep passwords and secret answers hashed, and verify callers by a code sent to a known device",
    _LAW,
    (Meeting("staff secret see-word", within=10),),
    harmless=Phrase(
        r"\b(?:documents?|papers|certificates?|not|never|cannot|no|hash\w*|sign in|their|two-factor|protected by|require)\b"
    ),
)

IN_COOKIES = Matter(
    "risky-promise/credential-in-cookie",
    "block",
    "login data is kept in cookies",
    "keep a random session identifier in the cookie and nothing else",
    "GDPR Art. 32; PIPL Art. 51",
    (Meeting("secret cookie-noun saving-it", within=12),),
    harmless=Phrase(
        r"\b(?:not|never|whether|without|random|remember your log-?in|identifiers?|sessions?|hash\w*|eliminat\w+|do not store|need(?:ing)? to (?:enter|re-?enter))\b"
    ),
)
MATTERS = (IN_COOKIES, LACKING, PARTLY, FAST, NARROW_NEWS, SECRETS_TAKEN, SECRETS_SEEN)
