"""What is promised on who gets data, what it is used for, and who is written to."""

from __future__ import annotations

from troth.policy.lint.clash import Clash

_DATA = "data|personal|email|phone|name|list"
_OBJECTS = (
    "email phone ip log cookie location card sensitive content password child bill candidate enquiry backup"
)
_PLAIN = "-consent"


PASSING: tuple[Clash, ...] = (
    Clash(
        "confidentiality-conflict",
        (
            f"@they !obtain {_DATA} anyone|all -exception -own-view -law -stat -merged -marketing {_PLAIN}",
            f"!share|sell {_DATA} anyone|all|partner -exception -undescribed -own-view -law -child -stat -merged -abroad -own-marketing {_PLAIN}",
            f"!share|do {_DATA} all|ever -not-given -undescribed -exception -own-view -law -marketing -abroad -stat -merged -child {_PLAIN}",
            f"+keep|use {_DATA} secret -aim-word -law -exception {_PLAIN}",
        ),
        (
            f"+share|sell {_DATA}|usage|tech partner|ad-party|anyone -stat -law {_PLAIN}",
            f"@not-we +obtain {_DATA}|usage|tech partner|ad-party|anyone -stat -law {_PLAIN}",
            f"@not-we +collect|look {_DATA}|usage ad-party -stat -law {_PLAIN}",
            f"@not-we +look|obtain {_DATA} helper ~full -stat {_PLAIN}",
        ),
        "nothing is passed on, and somebody gets it",
        law="GDPR Art. 13(1)(e); PIPL Art. 23",
        alike=_OBJECTS,
    ),
    Clash(
        "confidentiality-conflict",
        (f"!sell {_DATA} -exception -merged {_PLAIN}",),
        (f"+sell {_DATA} -merged -stat {_PLAIN}", f"+share {_DATA} paid-for -merged -stat {_PLAIN}"),
        "data is not sold, and it is",
        law="GDPR Art. 13(1)(e); Cal. Civ. 1798.120",
    ),
    Clash(
        "confidentiality-conflict",
        (f"= +share|obtain {_DATA} helper -child -marketing {_PLAIN}",),
        (
            f"+share {_DATA} ad-party|partner -stat -law {_PLAIN}",
            f"@not-we +obtain {_DATA} ad-party|partner -stat -law {_PLAIN}",
        ),
        "a closed list of who gets data, and others get it",
        law="GDPR Art. 13(1)(e)",
    ),
    Clash(
        "confidentiality-conflict",
        (
            f"!share|sell {_DATA} ~merged {_PLAIN}",
            f"!sell {_DATA} asset {_PLAIN}",
            f"!share {_DATA} buyer {_PLAIN}",
        ),
        (f"+share|sell|keep {_DATA}|asset merged {_PLAIN}", f"{_DATA} buyer|asset ~merged {_PLAIN}"),
        "data does not go with the company, and it does",
        severity="warn",
    ),
    Clash(
        "confidentiality-conflict",
        (
            f"!publish {_DATA}|registration-data|photo -own-view -law -consent -password -stat",
            f"!share {_DATA} members {_PLAIN}",
        ),
        (
            f"+publish|look|know {_DATA}|registration-data|photo ~public|members|public-profile -stat -consent",
        ),
        "nothing is made public, and it is",
        alike="email registration-data photo card",
    ),
    Clash(
        "thirdparty-marketing",
        (
            f"@they !contact|share|use|allow|advertise|obtain anyone|partner|ad-party ~marketing -cookie -unaffiliated -exception {_PLAIN}",
            f"@you-get !contact|advertise ~marketing ~but-us {_PLAIN}",
        ),
        (
            f"@you-get +contact|tell ~marketing|new-things partner|ad-party -on-our-behalf -our-helper -cookie {_PLAIN}",
            f"+share {_DATA} partner|ad-party ~marketing -on-our-behalf -our-helper -cookie {_PLAIN}",
            f"+tell ad-party|partner services-word {_PLAIN}",
        ),
        "no advertising by others, and others advertise",
        severity="warn",
        law="PDPO s. 35J-35K; GDPR Art. 21(2)",
    ),
    Clash(
        "disclosure-conflict",
        (
            f"= +share|look|tell ~law -own-view {_PLAIN}",
            f"!share|obtain|look|tell ~law -own-view {_PLAIN}",
            f"+refuse authority ~request {_PLAIN}",
        ),
        (
            f"+share|look|tell {_DATA}|content ~own-view -stat {_PLAIN}",
            f"+share|look {_DATA}|content private-party ~claiming {_PLAIN}",
            f"+answer authority ~request ~all {_PLAIN}",
        ),
        "given out only where the law asks for it, and otherwise as well",
        severity="warn",
        law="GDPR Art. 6(1)(c); PDPO s. 58",
    ),
    Clash(
        "confidentiality-conflict",
        (
            "!work|use|involve anyone|helper service-use -exception -law -marketing -secret -content -card -data -email -cookie",
            f"!share {_DATA} helper {_PLAIN} -exception -marketing",
        ),
        (
            "+use|share|collect us-service",
            f"+share|collect {_DATA} helper",
            f"@not-we +obtain {_DATA} helper",
        ),
        "no company outside takes part, and some do",
        alike="password card",
    ),
    Clash(
        "confidentiality-conflict",
        (
            "@they +bind helper|all-staff ~instructions -exception",
            "@they !use|keep helper|all-staff own-purposes|keep-word -exception",
        ),
        ("+use|keep helper|all-staff own-purposes",),
        "helpers act on instructions only, and for themselves",
        law="GDPR Art. 28(3)(a)",
        severity="warn",
    ),
    Clash(
        "confidentiality-conflict",
        ("+bind all-staff|anyone policy|secret|data", "+keep|protect partner|helper|all-staff policy|data"),
        ("all-staff|partner own-policies data -cookie -online-word",),
        "whoever gets data is bound, and is not",
        severity="warn",
    ),
)

USES: tuple[Clash, ...] = (
    Clash(
        "purpose-conflict",
        (
            f"!use|contact {_DATA}|content marketing -exception -partner {_PLAIN}",
            f"!use {_DATA}|content nothing-else -partner -helper {_PLAIN}",
            f"!use {_DATA}|content ~nothing-else -law -partner -helper -cookie {_PLAIN}",
            f"= +use|need {_DATA}|content|ip|it-word ~{_DATA}|content|ip -marketing -anyone -law -cookie -own-staff {_PLAIN}",
            f"+limit :using ~{_DATA} ~what-for -law -access-word2 {_PLAIN}",
        ),
        (
            f"+use|contact|share|look|combine {_DATA}|content|ip|usage marketing|research|development|profiling|other-purpose -no-word -stat -cookie {_PLAIN}",
            f"@you-get +contact :you-word marketing|new-things {_PLAIN} -our-helper",
        ),
        "used for one end only, and for others",
        law="GDPR Art. 5(1)(b); PIPL Art. 6; PDPO DPP3",
        unless=("marketing ~opt-in-word",),
        alike="email phone ip content card enquiry",
    ),
    Clash(
        "purpose-conflict",
        ("!train|use content|data|personal training -exception -opt-in-word",),
        ("@you +train|use|allow content|data|personal|prompt ~training -choice-word -staff-course",),
        "no models are trained on contents, and they are",
    ),
    Clash(
        "purpose-conflict",
        (
            f"= +use {_DATA} described {_PLAIN}",
            f"!use {_DATA} ~other-ways {_PLAIN}",
            "+describe policy everything-done",
        ),
        (f"+use {_DATA} other-purpose {_PLAIN}", f"+use {_DATA} ~undescribed"),
        "used as described only, and otherwise as well",
    ),
    Clash(
        "purpose-minimisation",
        (
            "= +gather|request needed|minimum -as-long -cookie -law -child",
            "+limit|keep minimum-only -as-long",
            "!gather|ask data more-than",
            "+gather|ask data :no-more",
        ),
        (
            "+ask|gather|look demographic -optional -consent -child",
            "+gather much ~data",
            "+look|collect phone-data all",
        ),
        "only what is needed, and far more",
        severity="warn",
        law="GDPR Art. 5(1)(c); PIPL Art. 6",
    ),
    Clash(
        "choice-conflict",
        (
            "free-choice data|phone|location|personal|usage -cookie -rest -marked -survey-word",
            "!bind|work consent-word",
            "free-choice analytics-word|consent-word",
            "@you free-choice data|phone|location|personal|analytics-word -cookie -rest -marked -unknown -survey-word",
        ),
        (
            "~refusal no-service ~every|location|phone|consent-word|analytics-word|request -cookie -marked -some-parts2",
            "~mandatory ~all phone|data",
        ),
        "the choice is free, and without it there is no service",
        law="GDPR Art. 7(4); PIPL Art. 16",
        alike="phone location",
    ),
)

WANTED: tuple[Clash, ...] = (
    Clash(
        "optout-vs-consent",
        (
            "= +contact|advertise|share marketing|email|list ~opt-in-word",
            "@you-get !contact|set|keep marketing|list ~opt-in-word -anyone",
            "!contact marketing ~unsolicited",
            "+ask ~marketing consent -hedged-law",
            "!contact marketing -exception -phone",
        ),
        (
            "@you-get +contact|advertise|set|use|keep marketing|list default -service-message",
            "marketing|list ~default -service-message",
            "+contact|advertise|use marketing ~unless-you -service-message",
        ),
        "advertising only to those who ask for it, and to all who do not object",
        severity="warn",
        law="ePrivacy Art. 13; PDPO s. 35C-35G",
    ),
    Clash(
        "optout-scope",
        (
            "all-messages ~opt-out -exception",
            "!contact all-messages -exception",
            "!contact ~opt-out all -exception",
        ),
        ("+contact|set|work ~service-message ~regardless", "service-message ~regardless"),
        "an opt-out from every message, and messages that come all the same",
        severity="warn",
        law="GDPR Art. 21(2)-(3)",
    ),
    Clash(
        "optout-vs-consent",
        (
            "!contact ~phone|call-word ~marketing -exception",
            "!contact sms -exception",
            "!contact|collect call-word sales -exception",
        ),
        ("@you +contact|agree phone|sms|call-word ~new-things|marketing",),
        "no advertising by telephone, and there is",
        severity="warn",
    ),
    Clash(
        "never-vs-may",
        ("!set|work|publish|have ads -stat -tailored -data -cookie", "free-of ads -tailored -cookie"),
        ("+set|publish|have|work ads", "+supply ads"),
        "no advertising, and there is",
    ),
    Clash(
        "never-vs-may",
        (
            "!use|track|advertise|publish|have ads|usage tailored|profiling -exception -data",
            "!use|set|track|profile-it profile-word3 -exception -dnt -child -consent",
            "!track you-word -exception -dnt -child -consent",
        ),
        (
            "+track|use|combine|publish|look|advertise profile-made -stat -consent -dnt",
            "+track|gather ~anyone|partner|ad-party usage|tech ~across",
        ),
        "nobody is profiled or followed, and somebody is",
    ),
)

CLASHES: tuple[Clash, ...] = (*PASSING, *USES, *WANTED)
