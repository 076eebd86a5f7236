"""What is promised on what is collected, kept and looked at."""

from __future__ import annotations

from troth.policy.lint.clash import Clash

_OBJECTS = (
    "email phone ip log cookie location card sensitive content password child bill candidate enquiry backup"
)

GATHERED: tuple[Clash, ...] = (
    Clash(
        "never-vs-may",
        (
            "!set|use cookie -consent -exception -tracking-only -collects-word -stat -research -marketing -ads -profiling",
            "!set|use|track tracker anyone -consent -exception",
            "!track tracker -consent -exception -ads",
        ),
        (
            "+set|use|track cookie|tracker -consent -browser-only",
            "+see-visit partner|ad-party|anyone|tracker ~tracker",
        ),
        "no cookies or trackers, and there are some",
        alike="tracker",
    ),
    Clash(
        "never-vs-may",
        (
            "!hold data all|personal -abroad -helper -forever -password -card -after-need -can-identify -stat -browser-wide -not-given -exception -consent -sensitive -child -bureau -unnoticed -unauthorised -stat -law -bind-word",
            "!gather|share data ~from-device -exception -consent -sensitive -child -unauthorised -helper",
        ),
        ("+gather data|personal|tech|log|identifier|email|usage -consent -stat -prevent-word",),
        "nothing is collected, and something is",
        alike=_OBJECTS,
    ),
    Clash(
        "never-vs-may",
        ("!gather data can-identify|pd-word -exception -child -unauthorised -browser-wide -not-given",),
        ("@you +gather email|phone|who-name -consent", "+publish email|who-name"),
        "nothing that names anybody is collected, and something is",
    ),
    Clash(
        "never-vs-may",
        ("!collect|look|use|track location -precise -exception -consent",),
        ("+collect|look|use|track location",),
        "no location is read, and it is",
    ),
    Clash(
        "never-vs-may",
        ("!collect calls -exception -marketing",),
        ("+collect calls",),
        "calls are not recorded, and they are",
    ),
    Clash(
        "never-vs-may",
        (
            "!decide machine -legal-effect -third",
            "+decide person-made all",
            "!use|decide|track personal|you-word machine -exception",
        ),
        ("+decide machine -spam", "+decide ~scoring"),
        "nothing is decided by machines, and something is",
        law="GDPR Art. 22",
    ),
    Clash(
        "never-vs-may",
        ("!collect|use sensitive -exception -consent", "!ask sensitive"),
        ("+collect|use|track|share|ask sensitive -card",),
        "no sensitive data, and there is",
        law="GDPR Art. 9",
    ),
    Clash(
        "never-vs-may",
        (
            "!keep|hold card -exception -full-number -helper",
            "!get card our-servers",
        ),
        (
            "+hold card -helper -last-digits -no-store",
            "stored-data card -helper -last-digits -no-store",
        ),
        "card data is not kept, and it is",
    ),
    Clash(
        "never-vs-may",
        ("!combine data|usage|cookie|personal -exception -consent", "+combine merge-free data"),
        ("+join data|usage|cookie|personal|ip :personal-account -exception -consent -merge-free",),
        "data is not combined, and it is",
        alike="cookie-thing order-thing",
        severity="warn",
    ),
    Clash(
        "source-conflict",
        (
            "= +collect|keep|know|look ~you-give -exception",
            "+collect data|personal all ~from-you",
            "!collect ~other-than-you",
        ),
        (
            "+collect|share bureau data|personal -consent",
            "+collect tech|usage|cookie|automatic -consent -stat",
            "+use cookie|tracker ~usage -consent -stat",
            "+collect unnoticed",
        ),
        "only what people give is collected, and more comes from elsewhere",
        law="GDPR Art. 13-14",
    ),
    Clash(
        "source-conflict",
        ("!procure bureau data|personal -exception -child",),
        ("+procure bureau data|personal -consent", "@they +share bureau :data|personal to-us"),
        "nothing comes from others, and something does",
        law="GDPR Art. 14",
    ),
    Clash(
        "source-conflict",
        ("!collect ~unnoticed -exception -bureau",),
        ("+collect unnoticed", "+collect automatic tech -consent"),
        "nothing is collected unnoticed, and something is",
        law="GDPR Art. 13; FTC Act s. 5",
    ),
    Clash(
        "nameless-conflict",
        (
            "!identify|combine|tell cookie|tracker|log|ip -exception -law -alone-word",
            "cookie|tracker|log|ip anonymous-word -exception -anyone -alone-word",
            "visitor-free anonymous-word -exception",
            "!gather anonymous ~cookie|tracker|log|ip",
            "= +gather anonymous-word usage|stat|data -exception",
            "@you +keep you-word anonymous-word -law",
        ),
        (
            "+gather|keep|use cookie|tracker|log|ip|usage sharp-id -identity-free",
            "+include usage sharp-id",
            "+identify|combine :you-word|anonymous|personal|account cookie|tracker|log|ip|identifier|usage -machine-thing",
            "+include usage sharp-id",
            "+tell|identify ip who-word",
            "+know|look ~tracker ~opened",
        ),
        "said to point to nobody, and people are told apart by it",
        law="GDPR Art. 4(1), Rec. 26, 30; PIPL Art. 4",
        alike="cookie log ip tracker",
    ),
    Clash(
        "nameless-conflict",
        (
            "@only-you !own-tell who-data ~visitor-free -password -child",
            "!register|ask register-it ~visitor-free",
            "!gather|use pd-word ~browse-word -consent",
        ),
        ("+gather tech -consent -stat", "+ask|register|work who-data ~must-word -consent"),
        "nobody has to say who he is, and everybody is recorded or has to register",
    ),
)

COOKIES: tuple[Clash, ...] = (
    Clash(
        "cookie-choice-conflict",
        (
            "@you @they +accept-it cookie ~can-word -exception -necessary-only",
            "cookie optional-word -exception",
            "+share :choice-of cookie",
        ),
        ("~cookie ~must-cookie no-use -some-parts -either",),
        "a choice about cookies, and no service without them",
        law="ePrivacy Art. 5(3); GDPR Art. 7(4); PIPL Art. 16",
    ),
    Clash(
        "cookie-conflict",
        (
            "= cookie convenience -ad-word -exception -necessary-only",
            "!track cookie -consent -exception",
        ),
        ("@you +set|use|track|advertise ~cookie ad-word -consent-first",),
        "cookies for convenience only, and cookies for advertising",
        severity="warn",
        law="GDPR Art. 5(1)(a), 13(1)(c)",
    ),
    Clash(
        "cookie-conflict",
        ("= cookie session-word",),
        ("+set|keep cookie long",),
        "session cookies only, and cookies that stay",
        severity="warn",
    ),
    Clash(
        "cookie-conflict",
        ("!set|use cookie anyone -consent -exception",),
        ("+set|use cookie partner|ad-party|helper",),
        "no cookies of others, and others set some",
    ),
    Clash(
        "cookie-list-conflict",
        ("= cookie :list-word", "cookie full-list", "cookie ~two-word :count-word"),
        (
            "+set|use|identify cookie partner|ad-party|helper|third-word|remarketing-word",
            "+set|use|identify ~third-word ~cookie",
        ),
        "a closed list of the cookies, and cookies that it leaves out",
        severity="warn",
        law="ePrivacy Art. 5(3)",
    ),
)

STATISTICS: tuple[Clash, ...] = (
    Clash(
        "nameless-conflict",
        ("stat-only anonymous-word -exception -alone-word", "!identify|combine stat-only -exception -law"),
        ("+gather|keep|use stat-only ip|sharp-id -identity-free",),
        "statistics that point to nobody, and hold addresses or numbers of people",
        law="GDPR Art. 4(1), Rec. 26, 30; PIPL Art. 4",
    ),
)

KEPT: tuple[Clash, ...] = (
    Clash(
        "retention-conflict",
        (
            "+erase close|ended every|data|account|personal|content -exception -law -long -child",
            "+erase ~close at-once -exception -law -child",
        ),
        (
            "+keep ~ended|close long|forever -law -bill",
            "+keep ended long -law -bill",
            "!erase data|personal|account|posts -law",
            "+keep deleted long",
        ),
        "deleted at the end, and kept after it",
        law="GDPR Art. 5(1)(e), 17",
        alike="content candidate enquiry bill log backup",
    ),
    Clash(
        "retention-conflict",
        (
            "!keep usage|log|activity|enquiry",
            "+erase session",
            "!keep copies|backup ~deleted",
        ),
        ("+keep data|personal|usage|log|activity|enquiry|copies long|forever -law -bill",),
        "not kept, and kept",
        law="GDPR Art. 5(1)(e)",
        alike="content candidate enquiry bill log backup usage",
    ),
    Clash(
        "retention-conflict",
        ("!keep data|personal|copies ~after-need",),
        ("+keep data|personal|usage|log|account|content ~forever -law -bill",),
        "no longer than needed, and without end",
        law="GDPR Art. 5(1)(e)",
    ),
    Clash(
        "retention-conflict",
        ("= +keep while-customer",),
        ("+keep ~ended long -law -bill",),
        "kept for the contract only, and for years after it",
        law="GDPR Art. 5(1)(e)",
    ),
    Clash(
        "retention-conflict",
        ("+erase backup all -live", "!keep copies|copy ~deletion"),
        ("+keep deleted|copies|residual ~backup|archives ~deletion", "+keep copies|residual ~deletion"),
        "deleted everywhere, and kept in copies",
    ),
    Clash(
        "logging-conflict",
        (
            "!log|keep|gather log|activity -helper -content-of -exception -password -own -anonymous -consent -child",
            "no-log",
        ),
        ("+keep|collect|log|track log|activity|ip -site-only",),
        "nothing is logged, and something is",
        alike="dns",
    ),
)

LOOKED_AT: tuple[Clash, ...] = (
    Clash(
        "access-conflict",
        (
            "!look content|vault -address-word -exception -consent -law -anyone-out -readers -password -phone -cookie -log",
            "only-you content|data",
            "+encrypt content end-to-end",
        ),
        (
            "+look content|account|vault staff|machine -public-word -readers -cookie -name-only -load -role-word",
            "+reset content|vault -link",
        ),
        "nobody looks inside, and somebody does",
        law="FTC Act s. 5; GDPR Art. 5(1)(a), 32",
    ),
    Clash(
        "access-conflict",
        (
            "= +look|limit|share|grant own-staff -third",
            "= own-staff ~access -third",
            "+limit access own-staff -third",
        ),
        ("+look|work data|personal|database outside-staff",),
        "access for employees only, and for others",
        law="GDPR Art. 32",
    ),
    Clash(
        "access-conflict",
        ("full-word access-word :data|all-held ~you-word -part -exception",),
        ("+refuse access-word -excess",),
        "full access to one's data, and access refused",
        severity="warn",
    ),
    Clash(
        "monitoring-conflict",
        ("!look|control content|posts -duty -exception", "!censor"),
        (
            "+look|act-on content|posts staff|machine -court -public-word -load -malware",
            "+act-on content ~objectionable",
        ),
        "contents are not watched, and they are",
        law="ePrivacy Art. 5(1); FTC Act s. 5",
    ),
    Clash(
        "password-conflict",
        ("+keep password hashed", "!look|know password -third", "+encrypt password ~never-visible"),
        ("+send-it|look|know password -reset-link -hashed -cookie",),
        "passwords that nobody can read, and somebody reads or sends them",
        law="GDPR Art. 32",
    ),
    Clash(
        "password-conflict",
        ("!ask password",),
        ("+ask password ~channel -login-only",),
        "the password is never asked for, and it is",
        law="GDPR Art. 32",
    ),
    Clash(
        "security-conflict",
        (
            "+encrypt|protect every ~tls-word|encrypt-word -exception -transfer-only",
            "+protect data|personal strong -cannot-word -exception -hedge -law",
            "!look|obtain unauthorised ~nobody",
        ),
        (
            "!encrypt -own-mail",
            "+encrypt part|only",
            "!protect data|personal -absolute -hedge",
            "+obtain|look third ~cannot-word :data",
            "!liable ~protect-word",
            "unencrypted -breach",
            "!back data",
        ),
        "everything is safe or encrypted, and not all of it is",
        law="GDPR Art. 5(1)(a), 32",
    ),
)

CLASHES: tuple[Clash, ...] = (*GATHERED, *COOKIES, *STATISTICS, *KEPT, *LOOKED_AT)
