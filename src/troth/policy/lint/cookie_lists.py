"""Lists of cookies: said to be whole and are not, with periods that such cookies do not have."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quote, quoted, report

_LIST = Phrase(
    r"\b(?:us(?:e|es)|sets?|places?)\b[^.;]{0,20}\b(?:the )?following cookies\b|\bfollowing cookies (?:are|may be) (?:used|set|placed)\b|"
    r"\b(?:overview|list|table|summary) of (?:all |the )*cookies\b|\bcookies (?:that )?(?:we|this \w+|our \w+) (?:use|uses|set|sets) are\b[^.;]{0,20}(?:listed|:|following)"
)
# other cookies in the text, with the word by which the list would name them
_OTHERS = Phrase(
    r"\b(?:suppliers|partners|third parties|advertisers|affiliates|networks)\b[^.;]{0,40}\b(?:may |can |will )?(?:also )?(?:use|set|place|store)\b[^.;]{0,20}\bcookies\b|\bthird[- ]party cookies\b"
)
# browsing that cookies record, beside a list of one or two
_RECORDED = Phrase(
    r"\b(?:collected|gathered|recorded|obtained) (?:using|by|through|via|with|by means of) cookies and (?:similar|other) technolog\w+[^.;]{0,60}\b(?:brows\w+|internet|behavio\w+|track\w*|activit\w+|usage)\b"
)
_NAMED = Phrase(
    r"\b(google analytics|matomo|hotjar|doubleclick|google ads|adwords|facebook|linkedin|twitter|youtube|hubspot|intercom|zendesk|cloudflare|mixpanel|yandex)\b"
)
_COOKIE = Phrase(r"\bcookies?\b")
_REFUSED = Phrase(r"\b(?:not|never|no|nor|neither|without)\b|n't\b")
_WHOSE = Phrase(r"third[- ]part|partner|supplier|advertiser")


def _region(doc: Document, hit: Hit) -> list[Reading]:
    """The list itself: what stands under the sentence until the next heading."""
    found: list[Reading] = []
    for reading in doc.readings[hit.reading.index + 1 :]:
        # a row with a colon may have been read as a heading, directly under the sentence
        if reading.heading and (found or ":" not in reading.text):
            break
        found.append(reading)
    return found


def incomplete(doc: Document) -> Iterator[Finding]:
    """A list of the cookies, and cookies that it leaves out (rule cookie-list-conflict)."""
    for hit in doc.hits(_LIST):
        region = _region(doc, hit)
        inside = {r.index for r in region} | {hit.reading.index}
        listed = "\n".join(r.low for r in region)
        if not region or hit.reading.told:
            continue
        missing = [
            h
            for h in doc.hits(_OTHERS)
            if h.reading.index not in inside
            and not h.reading.refuses
            and not _REFUSED.search(h.reading.low[: h.reading.low.find(h.words.lower())])
            and not _WHOSE.search(listed)
        ]
        missing += [
            h
            for h in doc.hits(_RECORDED)
            if h.reading.index not in inside
            and not h.reading.refuses
            and not re.search(r"brows|track|analy", listed)
        ]
        missing += [
            other
            for other in doc.hits(_NAMED)
            if other.reading.index not in inside
            and other.words.lower() not in listed
            and not other.reading.refuses
            and not other.reading.told
            and any(_COOKIE.search(r.low) for r in doc.near(other.reading, 1, 0))
        ]
        if missing:
            yield report(
                "contradiction/cookie-list-conflict",
                "warn",
                (hit.reading, *of(missing)),
                f"the list of cookies is given as the whole ({quoted([hit])}) and leaves out: {quoted(missing)}",
                hint="list every cookie with its owner, purpose and period, or say that the list is not complete",
                law="ePrivacy Dir. Art. 5(3); GDPR Art. 13(1)(c), (e)",
            )


_SESSION = re.compile(r"^[^|]*\b(?:PHPSESSID|JSESSIONID|ASP\.NET_SessionId|CFID|__utmc)\b", re.IGNORECASE)
_LONG = re.compile(r"\|[^|]*\b(?:\d+|one|two|three|six|twelve)[ -](?:months?|years?)\b", re.IGNORECASE)
_CREDENTIAL = re.compile(
    r"^[^|]*\b(?:\w*_)?(?:[A-Z]{3,}(?:PW|PASS|PASSWD|PASSWORD)|\w*(?:password|passwd)\w*)\b"
)


def periods(doc: Document) -> Iterator[Finding]:
    """Session cookies that are said to last for years (rule cookie-period)."""
    rows = [r for r in doc.body if " | " in r.text and _SESSION.search(r.text) and _LONG.search(r.text)]
    if rows:
        yield report(
            "undefined-term/cookie-period",
            "warn",
            rows,
            f"such a cookie ends with the session, and the list lets it last: {quote(r.text for r in rows)}",
            hint="look the periods up in the browser, cookie by cookie",
            law="ePrivacy Dir. Art. 5(3); GDPR Art. 13(2)(a)",
        )


def passwords(doc: Document) -> Iterator[Finding]:
    """A cookie whose name says that it holds a password (rule credential-in-cookie)."""
    rows = [
        r
        for r in doc.body
        if " | " in r.text
        and _CREDENTIAL.search(r.text)
        and ("cookie" in r.low or any("cookie" in s.lower() for s in r.sentence.section))
    ]
    if rows:
        yield report(
            "risky-promise/credential-in-cookie",
            "block",
            rows,
            f"by its name the cookie holds a password: {quote(r.text for r in rows)}",
            hint="keep a random session identifier in the cookie and nothing else",
            law="GDPR Art. 32; PIPL Art. 51",
        )


DETECTORS = (incomplete, periods, passwords)
