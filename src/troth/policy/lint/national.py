"""What the law of one country asks a policy to say, where the text names that law: an officer, an authority, a time."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, report
from troth.policy.lint.spans import spans

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
_ASKED = Phrase(
    r"\b(?:access|requests?)\b[^.;]{0,80}\b(?:personal|your|the) (?:\w+ )?(?:information|data)\b|\b(?:written|access) requests?\b|\brequests? (?:for|to) (?:access|amend|correct)"
)


def officers(doc: Document) -> Iterator[Finding]:
    """India: an officer for grievances (rule grievance-missing)."""
    named = doc.hits(_INDIA)
    if named and not any(_GRIEVANCE.search(r.low) for r in doc.readings):
        yield report(
            "missing-mandatory/grievance-missing",
            "block",
            of(named),
            "Indian law is named, and nobody is named who handles grievances",
            hint="publish the name and the contact details of the grievance officer and the month within which complaints are settled",
            law="SPDI Rules 2011 r. 5(9); DPDP Act 2023 s. 8(9), 13",
        )


def authorities(doc: Document) -> Iterator[Finding]:
    """Canada and South Africa: the authority that hears complaints (rule authority-missing)."""
    for named, there, whom, law in (
        (_CANADA, _COMMISSIONER, "the Privacy Commissioner", "PIPEDA 4.10, s. 11"),
        (
            _SOUTH_AFRICA,
            _REGULATOR,
            "the Information Regulator and the Information Officer",
            "POPIA s. 18(1)(h), 55",
        ),
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


DETECTORS = (officers, authorities, answers)
