"""The promises that are compared with acts elsewhere, each with what takes it back.

A kind stands here only where published policies showed that a careful lawyer agrees with what it finds, or where both sides are
so narrow that nothing else can be meant. Wider kinds were tried and taken out: who reads two sentences of different parts
of a text as opposites is more often wrong than right.
"""

from __future__ import annotations

from troth.policy.lint.clash import Clash
from troth.policy.lint.phrase import Phrase

_DATA = "data|personal|email|phone|name|list"
_PLAIN = "-consent"

# to nobody outside, and without any condition behind it
_TO_NOBODY = Phrase(
    r"\b(?:shar\w+|disclos\w+|divulg\w+|giv\w+|provid\w+|pass\w*|transfer\w*|distribut\w+|releas\w+|reveal\w*)\b[^.;:]{0,90}"
    r"\b(?:to|with) (?:any |an? |other |outside )*(?:third[- ]part(?:y|ies)|anyone|anybody|outsiders|outside (?:companies|parties))"
    r"(?: (?:whatsoever|at all|for any (?:reason|purpose)))?\W*$|"
    r"\b(?:personal(?:ly)?(?: identifi\w+)? (?:data|information)|your (?:data|information))\b[^.;]{0,60}\bconfidential\b"
)
_REMOVED = r"(?:\bassets?\b[^.;]{0,60}\btransferr?\w*|\btransferr?\w*[^.;]{0,60}\bassets?\b)"
_TO_SOMEBODY = Phrase(
    r"^(?!.*\b(?:not|never|no|nor|neither|consent|permission|aggregate\w*|anonym\w*|non-\w+|statistic\w*|general|law|laws|legal\w*|court|subpoena|"
    r"authorit\w+|enforcement|ask us|you (?:post|choose|request|direct)|on our behalf|payments?|credit card|process\w*|shipping|deliver\w*|fraud|bound)\b)"
    r"(?:.*\b(?:shar\w+|disclos\w+|giv(?:e|en|ing)|provid(?:e|ed|ing)|releas\w+|transferr?\w*|supply|supplied|sell|sold|rent\w*)\b[^.;]{0,80}"
    r"\b(?:your|personal(?:ly)?|individual|customers?'?|users?'?)\b[^.;]{0,40}\b(?:information|data|details|address\w*|names?)\b[^.;]{0,80}"
    r"\b(?:to|with|if)\b[^.;]{0,40}\b(?:partners?|affiliat\w+|advertisers?|sponsors?|subsidiar\w+|third[- ]part(?:y|ies)|"
    r"(?:other|selected|outside) (?:compan\w+|organi[sz]ations|firms)|brokers|merchants)\b"
    r"|.*\b(?:user|customer|member|personal\w*)\W*s?\b[^.;]{0,30}\b(?:information|data)\b[^.;]{0,60}"
    rf"{_REMOVED})"
)

PASSING: tuple[Clash, ...] = (
    Clash(
        "confidentiality-conflict",
        (
            f"!share {_DATA} anyone|all|partner -exception -undescribed -own-view -law -child -stat -merged -abroad -own-marketing {_PLAIN}",
            f"+keep {_DATA} secret -aim-word -law -exception {_PLAIN}",
        ),
        (
            f"+share|sell {_DATA} partner|ad-party|anyone -stat -law {_PLAIN}",
            f"@not-we +obtain {_DATA} partner|ad-party|anyone -stat -law {_PLAIN}",
            f"+share|sell|keep {_DATA}|asset merged {_PLAIN}",
            f"{_DATA} asset ~merged {_PLAIN}",
        ),
        "nothing is passed on, and somebody gets it",
        law="GDPR Art. 13(1)(e); PIPL Art. 23",
        alike="email phone ip log cookie location card sensitive content password child bill candidate enquiry backup",
        promise=_TO_NOBODY,
        act=_TO_SOMEBODY,
    ),
)

USES: tuple[Clash, ...] = (
    Clash(
        "purpose-conflict",
        (
            f"!use {_DATA}|content nothing-else -partner -helper {_PLAIN}",
            f"= +use|need {_DATA}|it-word ~{_DATA} -marketing -anyone -law -cookie -own-staff {_PLAIN}",
        ),
        (f"+use {_DATA} other-purpose -no-word -stat -cookie {_PLAIN}",),
        "used for one end only, and for others",
        law="GDPR Art. 5(1)(b); PIPL Art. 6; PDPO DPP3",
        alike="email phone ip content card enquiry",
    ),
    Clash(
        "never-vs-may",
        ("!set|work|publish|have ads -stat -tailored -data -cookie", "free-of ads -tailored -cookie"),
        ("+set|publish|have|work ads", "+supply ads"),
        "no advertising, and there is",
    ),
)

NAMELESS: tuple[Clash, ...] = (
    Clash(
        "nameless-conflict",
        (
            "!identify|combine|tell cookie|tracker|log|ip -exception -law -alone-word",
            "cookie|tracker|log|ip anonymous-word -exception -anyone -alone-word",
            "visitor-free anonymous-word -exception",
        ),
        (
            "+gather|keep|use cookie|tracker|log|ip|usage sharp-id -identity-free",
            "+identify|combine :you-word|anonymous|personal|account cookie|tracker|log|ip|identifier|usage -machine-thing",
            "+tell|identify ip who-word",
        ),
        "said to point to nobody, and people are told apart by it",
        law="GDPR Art. 4(1), Rec. 26, 30; PIPL Art. 4",
        alike="cookie log ip tracker",
    ),
    Clash(
        "never-vs-may",
        ("!combine data|usage|cookie|personal -exception -consent", "+combine merge-free data"),
        ("+join data|usage|cookie|personal|ip :personal-account -exception -consent -merge-free",),
        "data is not combined, and it is",
        alike="cookie-thing order-thing",
        severity="warn",
    ),
)

RIGHTS: tuple[Clash, ...] = (
    Clash(
        "access-conflict",
        ("rights-word free-word -excess -fee-limits", "!charge rights-word -excess"),
        (
            "+charge|ask|work rights-word fee-amount -excess -free-word -no-fee",
            "fee-amount rights-word -excess -free-word -no-fee",
        ),
        "free of charge, and charged for",
        severity="warn",
        law="GDPR Art. 12(5)",
    ),
    Clash(
        "change-consent-conflict",
        ("@you +withdraw consent-word|permission", "+withdraw consent-word|permission any-time"),
        ("consent-word irrevocable", "!withdraw consent-word|permission", "+agree ~irrevocable"),
        "consent can be withdrawn, and can not",
        law="GDPR Art. 7(3)",
    ),
    Clash(
        "retention-conflict",
        (
            "@you +erase account-thing -exception -law",
            "+erase account-thing request -exception -law",
            "@you +close account any-time",
        ),
        ("!erase account-thing -law -others -cases", "+close account hard", "!erase :request"),
        "deleted when people ask, and can not be deleted",
        law="GDPR Art. 17",
        alike="",
    ),
    Clash(
        "period-conflict",
        ("+tell ~breach you-word -authority", "+tell breach"),
        ("!tell breach", "breach|tell-word ~no-duty ~breach", "+decide ~breach ~own-choice"),
        "told of a breach, and not told",
        severity="warn",
        law="GDPR Art. 34",
    ),
    Clash(
        "change-consent-conflict",
        ("!change data ~changing ~past-data", "!retroactive past", "+use|handle ~policy-old ~data"),
        ("+change|cover data|personal ~past-data ~changing|new-text", "+use ~past-data ~data doc"),
        "a new text leaves old data alone, and covers it",
        severity="warn",
    ),
    Clash(
        "never-vs-may",
        ("+respect dnt-word", "!track ~dnt-word"),
        ("!respect dnt-word", "+track all-visitors"),
        "Do Not Track is obeyed, and is not",
        severity="warn",
        law="Cal. B&P 22575(b)(5)",
    ),
    Clash(
        "access-conflict",
        ("@you +export content|data -others", "+export|share data machine-readable"),
        ("!export content|copies|data -others", "!share copies|copy"),
        "people get their data in a file, and do not",
        severity="warn",
        law="GDPR Art. 20",
    ),
)

CLASHES: tuple[Clash, ...] = (*RIGHTS, *NAMELESS, *PASSING, *USES)
