"""Partners who advertise, count or serve on the pages, and nobody learns who they are."""

from __future__ import annotations

import re
from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document, Hit
from troth.policy.lint.names import ENTITY
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.reading import Reading
from troth.policy.lint.report import of, quoted, report

_PARTNER = Phrase(
    # who advertises
    r"\b(?:partner|work|cooperate|contract) with (?:a |an |one or more |several |certain )?(?:third[- ]party|outside|external)?(?: part(?:y|ies))? ?(?:ad(?:vertising)? (?:network|compan(?:y|ies)|partner|server|agenc(?:y|ies))s?)? ?(?:to |in order to |who |that |which )(?:either )?(?:display|show|serve|manage|deliver|place)\b[^.;]{0,30}\b(?:ads?|advertis\w+)\b|"
    r"\b(?:our|a|an|the|third[- ]party) (?:third[- ]party )?(?:ad(?:vertising)?|retargeting) (?:network|system|server|partner|compan(?:y|ies)|provider|agenc(?:y|ies))s?(?: partners?)?\b[^.;]{0,60}\b(?:uses?|delivers?|sets?|places?|collects?|gathers?|receives?|tracks?)\b|"
    # who serves the company with data of customers
    r"\b(?:we|\w+) uses? (?:certain |various |several |some |other )?third[- ]party (?:services?|service providers|vendors|tools|providers|platforms)\b[^.;]{0,60}\b(?:to (?:help|better|gather|collect|identify|analy[sz]e|measure|track|personali[sz]e|serve)|for|such as|in order)\b|"
    r"\bwe use an? (?:third[- ]party|outside company) to (?:gather|collect|analy[sz]e|track|measure|compile)\b|"
    r"\b(?:some|certain) of our (?:\w+ )?(?:partners|advertisers|affiliates|sponsors) (?:\w+ )?(?:use|set|place) (?:cookies|web beacons|pixels)\b|"
    r"\b(?:shopping cart|order (?:form|system)|checkout|store) is hosted (?:by|with) (?:our|an?) (?:[\w-]+ ){0,3}provider\b|"
    r"\b(?:some|certain|various|several) third[- ]party (?:services|service providers|providers|vendors|tools)\b[^.;]{0,20}\b(?:receive|get|collect|obtain|see|have access)\b|"
    r"\bthere are (?:certain|some|various|several|other) third[- ]party (?:services|providers|vendors)\b|"
    r"\b(?:outsourced?|handed) [^.;]{0,60}\bto an? (?:external|outside|third[- ]party) (?:\w+ )?(?:gateway|processor|provider|company|firm|partner)\b|"
    r"\bpartners, affiliates,? (?:and|or) (?:\w+ ){0,3}?(?:analytics|service) providers\b[^.;]{0,30}\b(?:use|uses|may|collect)|"
    # whose programs run on the page
    r"\b(?:widgets?|plug-?ins?|mini-programs)\b[^.;]{0,90}\b(?:from|of|by) (?:another|an outside|a third[- ]party|other) compan(?:y|ies)\b"
)
_BRAND = re.compile(
    r"\b(?:Google|DoubleClick|AdSense|AdRoll|Criteo|Facebook|Meta|Twitter|LinkedIn|Microsoft|Bing|Amazon|AWS|Stripe|PayPal|Braintree|Authorize\.?[Nn]et|Worldpay|Adyen|Razorpay|PayU|Zendesk|Freshdesk|Intercom|Hotjar|Mixpanel|"
    r"HubSpot|Mailchimp|MailChimp|SendGrid|Salesforce|Cloudflare|Olark|LiveChat|Zopim|Tawk|Yahoo|Quantcast|Matomo|Piwik|Segment|Twilio|Squarespace|Shopify|WHMCS|cPanel|2Checkout|Skrill|Klarna|Optimizely|KISSmetrics|Disqus)\b"
)
_LINK = re.compile(r"https?://|www\.")
_AROUND = 3


def _named(doc: Document, reading: Reading) -> bool:
    """Whether a name, a company or a page stands in the sentence or near it."""
    near = doc.near(reading, _AROUND, _AROUND)
    own = {p.name for p in doc.parties}
    return any(
        _BRAND.search(r.text)
        or (r is reading and _LINK.search(r.text))
        or any(m[0] and not any(name in m[0] for name in own) for m in ENTITY.finditer(r.text))
        for r in near
    )


_LISTED = Phrase(
    r"\b(?:sub-?processors?|third[- ]part(?:y|ies)|providers|partners|recipients)\b[^.;]{0,60}\b(?:listed|list of|are:|as follows|following)\b"
)


def unnamed(doc: Document) -> Iterator[Finding]:
    """Partners who get data on the pages, without a name anywhere near (rule partner-unnamed)."""
    if any(_LISTED.search(r.low) for r in doc.readings):
        return
    hits: list[Hit] = [
        h
        for h in doc.hits(_PARTNER)
        if not h.reading.refuses & {"use", "share"} and not h.reading.told and not _named(doc, h.reading)
    ]
    if hits:
        yield report(
            "open-ended/partner-unnamed",
            "warn",
            of(hits),
            f"others collect or get data here, and nothing says who they are: {quoted(hits)}",
            hint="name them, or list them on a page, with what they get, what for, and how to refuse it there",
            law="GDPR Art. 13(1)(e); Cal. Bus. & Prof. 22575(b)(1), (6); PIPL Art. 17, 23; PIPEDA 4.8.2(e)",
        )


DETECTORS = (unnamed,)
