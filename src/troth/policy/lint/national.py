"""What the law of one country asks a policy to say, where the text names that law: an officer, an authority, a time."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.gazetteer import countries
from troth.policy.lint.homes import seat
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report
from troth.policy.lint.spans import spans

EEA = frozenset(
    "at be bg hr cy cz de dk ee es fi fr gr hu ie is it li lt lu lv mt nl no pl pt ro se si sk".split()
)
_INDIA = Phrase(
    r"\binformation technology act\b|\bsensitive personal data or information\b|\bdigital personal data protection act\b|\breasonable security practices\b|\bspdi rules\b"
)
_GRIEVANCE = Phrase(r"\bgrievance|\bnodal officer\b|\bdata protection board\b")
_CANADA = Phrase(r"\bpipeda\b|\bpersonal information protection and electronic documents act\b")
_COMMISSIONER = Phrase(
    r"\b(?:privacy|provincial|federal) commissioners?\b|\boffice of the (?:\w+ )?commissioner\b|\bopc\b|priv\.gc\.ca"
)
_SOUTH_AFRICA = Phrase(
    r"\bprotection of personal information act\b|\bpopia?\b|\bpromotion of access to information act\b|\bpaia\b"
)
_REGULATOR = Phrase(r"\binformation (?:regulator|officer)\b")
_AUSTRALIA = Phrase(
    r"\baustralian privacy (?:principles?|act)\b|\bprivacy act,? (?:of )?1988\b|\bapp entity\b"
)
_OAIC = Phrase(r"\boaic\b|\binformation commissioner\b|\bprivacy commissioner\b")
_NEW_ZEALAND = Phrase(r"\bprivacy act,? (?:of )?2020\b|\binformation privacy principles?\b")
_NZ_COMMISSIONER = Phrase(r"\bprivacy commissioner\b")
_DPDP = Phrase(r"\bdigital personal data protection act\b|\bdpdp(?:a| act)\b")
_BOARD = Phrase(
    r"\b(?:complain\w*|approach|escalat\w+|appeal\w*|unresolved|not satisfied)\b[^.;]{0,80}\bboard\b|\bboard\b[^.;]{0,60}\bcomplain"
)
_ASKED = Phrase(
    r"\b(?:access|requests?)\b[^.;]{0,80}\b(?:personal|your|the) (?:\w+ )?(?:information|data)\b|\b(?:written|access) requests?\b|\brequests? (?:for|to) (?:access|amend|correct)"
)


def officers(doc: Document) -> Iterator[Finding]:
    """India: an officer for grievances (rule grievance-missing)."""
    named = of(doc.hits(_INDIA)) or tuple(
        r for r in doc.readings if "IN" in doc.places and ("in" in countries(r.low) or "+91" in r.low)
    )
    given = [r for r in doc.readings if _GRIEVANCE.search(r.low)]
    if named and (not given or _blank(doc, given)):
        yield report(
            "missing-mandatory/grievance-missing",
            "block",
            (*named[:1], *_blank(doc, given)) if given else named,
            "the company is Indian, or Indian law is named, and nobody is named who handles grievances",
            hint="publish the name and the contact details of the grievance officer and the month within which complaints are settled",
            law="SPDI Rules 2011 r. 5(9); DPDP Act 2023 s. 8(9), 13",
        )


_LEFT_BLANK = Phrase(
    r"\b(?:name|officer|shri|mr|ms|contact)\b[^:：]{0,30}[:：] ?(?:_{3,}|\[|\.{4,}|x{3,}|tb[dca]\b|$)"
)
_LINES = 4


def _blank(doc: Document, given: Sequence[Reading]) -> tuple[Reading, ...]:
    """The line below the officer's title that was to hold a name."""
    below = (n for r in given for n in doc.readings[r.index : r.index + _LINES])
    return tuple(n for n in below if _LEFT_BLANK.search(n.low) and n.low.rstrip()[-1:] in "_]x.")[:1]


def authorities(doc: Document) -> Iterator[Finding]:
    """The authority that hears complaints, where a text names its law (rule authority-missing)."""
    for named, there, whom, law in (
        (_CANADA, _COMMISSIONER, "the Privacy Commissioner", "PIPEDA 4.10, s. 11"),
        (
            _SOUTH_AFRICA,
            _REGULATOR,
            "the Information Regulator and the Information Officer",
            "POPIA s. 18(1)(h), 55",
        ),
        (
            _AUSTRALIA,
            _OAIC,
            "the Office of the Australian Information Commissioner",
            "Privacy Act 1988 APP 1.4(e)",
        ),
        (_NEW_ZEALAND, _NZ_COMMISSIONER, "the Privacy Commissioner", "Privacy Act 2020 s. 72"),
        (_DPDP, _BOARD, "the Data Protection Board", "DPDP Act 2023 s. 5(1)(iii), 13"),
    ):
        hits = doc.hits(named)
        if hits and not any(there.search(r.low) for r in doc.readings):
            yield report(
                "missing-mandatory/authority-missing",
                "warn",
                of(hits),
                f"the text names the law and not {whom}, to whom people can turn",
                hint="say to which authority people can complain, and how",
                law=law,
            )


def answers(doc: Document) -> Iterator[Finding]:
    """Canada: the thirty days for an answer (rule answer-time-missing)."""
    asked = [
        h
        for h in doc.hits(_ASKED)
        if (not h.reading.told and h.reading.does("answer", "share")) or "written request" in h.reading.low
    ]
    if doc.says(_CANADA) and asked and not any(spans(r.low) and "request" in r.low for r in doc.body):
        yield report(
            "missing-mandatory/answer-time-missing",
            "warn",
            of(asked),
            "people can ask for their data, and nothing says by when they are answered",
            hint="state the thirty days, and what an answer costs",
            law="PIPEDA s. 8(3), 4.9.4",
        )


# acts of the United States that companies elsewhere copy with their texts
_AMERICAN = Phrase(
    r"\bchildren'?s'? online privacy protection\b|\bcoppa\b|\belectronic communications privacy act\b|\bcan-?spam\b|\bcaloppa\b|\bcalifornia online privacy\b"
)
_HOME = {
    "za": (
        "South Africa",
        r"\bpopia?\b|\bprotection of personal information\b|\belectronic communications and transactions\b|\bect act\b|\bpaia\b",
    ),
    "au": ("Australia", r"\bprivacy act\b|\baustralian privacy\b|\bapps?\b|\bspam act\b"),
    "uk": ("the United Kingdom", r"\bgdpr\b|\bdata protection\b|\bpecr\b"),
    "in": ("India", r"\binformation technology\b|\bdpdp\b|\bdigital personal data\b|\bspdi\b"),
    "nz": ("New Zealand", r"\bprivacy act\b|\bunsolicited electronic messages\b"),
    "ke": ("Kenya", r"\bdata protection act\b"),
    "ng": ("Nigeria", r"\bndpr\b|\bdata protection\b"),
    "my": ("Malaysia", r"\bpdpa\b|\bpersonal data protection\b"),
    "sg": ("Singapore", r"\bpdpa\b|\bpersonal data protection\b"),
}
_BOX = re.compile(r"@(?:[\w-]+\.)+(?:(?:co|com|org|net)\.)?([a-z]{2})\b")


def abroad(doc: Document) -> Iterator[Finding]:
    """American acts alone in the text of a company elsewhere (rule law-foreign)."""
    named = [h for h in doc.hits(_AMERICAN) if not h.reading.told]
    ends = {m[1] for r in doc.body if "@" in r.low for m in _BOX.finditer(r.low)} & _HOME.keys()
    if not named or len(ends) != 1:
        return
    country, own = _HOME[ends.pop()]
    if not re.search(own, doc.low):
        yield report(
            "risky-promise/law-foreign",
            "warn",
            of(named),
            f"acts of the United States are named, and no law of {country}, where the company has its mailbox: {quoted(named)}",
            hint="name the law that applies where the company is, and the foreign one only for the people whom it protects",
            law="GDPR Art. 12(1); POPIA s. 18; Privacy Act 1988 APP 1; PDPA 2010 s. 7",
        )


_GDPR = Phrase(r"\bgdpr\b|\bgeneral data protection regulation\b")
_REPRESENTATIVE = Phrase(
    r"\brepresentatives?\b|\bart(?:icle|\.) ?27\b|\bestablish(?:ed|ment)s? in the (?:eu|european|union)\b"
)


def representative(doc: Document) -> Iterator[Finding]:
    """A company outside the Union that follows the GDPR, without a representative there (rule representative-missing)."""
    home = seat(doc)
    named = doc.hits(_GDPR)
    if not named or not home or home & EEA or any(_REPRESENTATIVE.search(r.low) for r in doc.readings):
        return
    yield report(
        "missing-mandatory/representative-missing",
        "warn",
        of(named[:2]),
        "the company is outside the European Union, follows the GDPR, and names no representative there",
        hint="appoint a representative in a member state and give its name and address, or say why none is needed",
        law="GDPR Art. 13(1)(a), 27",
    )


_OFFICER = Phrase(r"\bofficers?\b|\bdpo\b")


def singapore(doc: Document) -> Iterator[Finding]:
    """Singapore: nobody whose task the protection of data is (rule officer-missing)."""
    if doc.chinese or not doc.places <= {"SG", "US"} or "SG" not in doc.places:
        return
    if not any(_OFFICER.search(r.low) for r in doc.readings):
        yield report(
            "missing-mandatory/officer-missing",
            "warn",
            [r for r in doc.body if "contact" in r.words and "@" in r.low][:1],
            "the company is in Singapore, and no data protection officer is named whom people can reach",
            hint="publish the business contact of the officer; a name is not needed",
            law="PDPA s. 11(3), 11(5), 20(1)(c)",
        )


DETECTORS = (representative, singapore, abroad, officers, authorities, answers)
