"""What is promised on rights, on the text itself, and on its changes."""

from __future__ import annotations

from troth.policy.lint.clash import Clash

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
        "disclosure-conflict",
        (
            "+tell ~you-word ~share-word ~authorities-or ~each-time -doc -exception -law-forbids -breach",
            "+tell customers-told merged",
        ),
        (
            "+share|look authorities-or|data ~unnoticed-word",
            "!tell ~share-word ~data -breach",
            "tell-word ~no-duty ~share-word -breach",
        ),
        "told before data is passed on, and not told",
        severity="warn",
    ),
    Clash(
        "access-conflict",
        ("+tell ~staff ~server-word look-word",),
        ("+look server-word unnoticed-word",),
        "told of each look inside, and not told",
        severity="warn",
    ),
    Clash(
        "purpose-conflict",
        (
            "= +use data|personal|content consent-word -cookie -location",
            "!use|do data|personal|content ~unless-agreed -anyone -marketing",
            "= consent-word sole-basis",
        ),
        (
            "+use data|personal|content|photo without-consent",
            "!need|ask consent-word|agreement :data|use-of|personal",
            "legal-basis",
            "+use photo|content without-consent",
        ),
        "nothing without consent, and some things without it",
        law="GDPR Art. 6(1)",
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
    Clash(
        "password-conflict",
        ("+check identity-word ~request", "!share|tell phone-line"),
        ("!check ~request|sent", "+tell phone-line ~account-thing", "~request unchecked"),
        "checked before an answer, and not checked",
        severity="warn",
        law="GDPR Art. 12(6)",
    ),
    Clash(
        "never-vs-may",
        ("+decide person-made every", "human-review ~decision-word @you"),
        ("+decide machine -spam", "!review decision-word", "!look decision-word"),
        "people decide, and machines do",
        law="GDPR Art. 22",
    ),
    Clash(
        "confidentiality-conflict",
        (
            "+bind helper|all-staff|anyone ~instructions|confidential-word|policy-word|same-way",
            "+bind we-word helper|agents-word",
        ),
        (
            "@they !bind ~helper|all-staff|outside-staff|agents-word",
            "helper|all-staff|partner own-policies data -cookie -online-word",
            "!bind we-word agents-word|helper -service-message",
        ),
        "those who get data are bound, and are not",
        severity="warn",
    ),
)

TEXT: tuple[Clash, ...] = (
    Clash(
        "scope-conflict",
        (
            "= +cover doc online-word -several",
            "!cover doc|staff offline-word|app-word",
            "!cover app-word|offline-word",
        ),
        (
            "+gather ~offline-word|app-word ~as-here",
            "+cover ~offline-word|several|app-word -online-only",
            "+describe suppliers-word",
        ),
        "the text covers one thing only, and speaks of others",
        severity="warn",
        law="GDPR Art. 14",
    ),
    Clash(
        "definition-conflict",
        (
            "+include pd-word id-word -not-personal",
            "pd-word ~indirect -not-personal",
            "+treat-as id-word :pd-word -not-personal",
        ),
        ("id-word not-personal", "not-personal ~alone-word -combined-word", "!point id-word"),
        "personal because it points to somebody, and called nameless",
        law="GDPR Art. 4(1), Rec. 26; PIPL Art. 4, 73",
    ),
    Clash(
        "transfer-conflict",
        (
            "!move data|personal|content|staff ~abroad|home|outside-word -safeguard -exception -consent",
            "no-transfer -safeguard -exception",
            "= +move|keep data|personal|content home -safeguard -exception",
        ),
        (
            "@you +move|share|agree data|personal|content outside-word|us-word|worldwide",
            "safeguard ~outside-word -home-word",
            "+use|share us-service ~us-word",
            "+share|use helper us-word",
        ),
        "data stays in one place, and goes to others",
        law="GDPR Art. 44-49",
        alike="card bill log backup",
    ),
)

SAID: tuple[Clash, ...] = (
    Clash(
        "notice-conflict",
        (
            "+amend doc-or-change no-notice|at-once -minor",
            "!tell changing|policy -exception",
            "+amend doc-or-change ~no-notice -minor",
            "+amend changing at-once|no-notice -minor",
        ),
        (
            "@you-get +tell ~changing ~ahead -price -breach",
            "+amend|apply ahead ~notice-word -price",
            "@you-get +share changing|doc-or-change ahead",
            "!change ahead ~announced",
            "@you-get +share ahead-warning changing",
            "+bind changing ~ahead",
        ),
        "changed without a word, and announced ahead",
        severity="warn",
        law="GDPR Art. 12(1); PIPL Art. 17(2)",
    ),
    Clash(
        "change-consent-conflict",
        (
            "!lose|change rights|policy|old-data consent",
            "+ask changing|new-use consent",
            "+ask consent ~new-use",
            "!change old-data",
        ),
        (
            "+agree ~continued policy|changing",
            "+use data ~new-use ~continued|posting",
            "+change all-data old-data",
        ),
        "changes need consent, and come without it",
        law="GDPR Art. 4(11), 7; PIPL Art. 14",
    ),
)

CLASHES: tuple[Clash, ...] = (*RIGHTS, *TEXT, *SAID)
