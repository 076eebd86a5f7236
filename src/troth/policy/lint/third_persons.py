"""Duties towards persons whose data a customer enters, put on the customer alone."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_PERSONS = r"(?:third (?:part(?:y|ies)|persons?)|persons? in question|persons? concerned|persons? affected|other (?:persons?|people|individuals?)|another (?:person|individual)|such (?:persons?|individuals?)|data subjects?|those (?:persons|people|concerned))"
_PUT = Phrase(
    rf"\byou (?:\w+ )?(?:vouch|warrant|guarantee|represent|undertake|assure|certify|are (?:solely |fully |exclusively )?(?:liable|responsible))\b[^.;]{{0,80}}\b{_PERSONS}\b[^.;]{{0,120}}\b(?:inform\w*|consent\w*|notif\w*|agreed|permission)\b|"
    rf"\b(?:customers?|registrants?|users?|clients?) (?:shall |will |must |hereby )?(?:\w+ )?(?:vouch|warrant|guarantee|represent|undertake)s? (?:that )?[^.;]{{0,80}}\b{_PERSONS}\b[^.;]{{0,120}}\b(?:inform\w*|consent\w*|notif\w*|agreed|permission)\b|"
    r"您(?:保证|承诺|担保)[^。；]{0,30}(?:第三人|第三方|他人|相关个人)[^。；]{0,20}(?:同意|知情|授权|告知)"
)
_ALSO_US = Phrase(
    r"\bwe (?:\w+ )?(?:inform|notify|tell|contact) (?:them|these|such|those|the) (?:\w+ )?(?:persons?|people|individuals?|data subjects?|contacts?)\b|我们(?:将|会)?(?:也|另行)?(?:告知|通知)[^。；]{0,8}(?:第三人|他人|该个人)"
)


def vouched_for(doc: Document) -> Iterator[Finding]:
    """Customers who answer for the information and consent of others (rule duty-shifted)."""
    hits = list(doc.hits(_PUT))
    if hits and not doc.says(_ALSO_US):
        yield report(
            "risky-promise/duty-shifted",
            "warn",
            of(hits),
            f"the customer has to answer for what the controller owes to others: {quoted(hits)}",
            hint="ask the customer to pass the notice on, inform the others yourself, and name a basis that does not hang on their consent",
            law="GDPR Art. 6, 7(1), 14; PIPL Art. 17, 23",
        )


DETECTORS = (vouched_for,)
