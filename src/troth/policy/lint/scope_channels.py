"""Ways in which data comes in that the text says it does not cover, and ways that it covers and never describes."""

from __future__ import annotations

from collections.abc import Iterator

from troth.model.finding import Finding
from troth.policy.lint.document import Document
from troth.policy.lint.phrase import Phrase
from troth.policy.lint.report import of, quoted, report

_TEXT = r"(?:policy|statement|notice)"
_SITE = r"(?:web ?site|web site|site|web ?pages)"
# the text holds for what comes through the site
_SITE_ONLY = Phrase(
    rf"\b{_TEXT} (?:only )?applies (?:only |solely )?to (?:all |any |the |only )?(?:\w+ )?(?:information|data)\b[^.;]{{0,12}}\b(?:collected|submitted|provided|gathered|obtained|supplied)\b[^.;]{{0,30}}\b(?:on|through|via|by|at|from|using) (?:this|our|the|its|\w+'s) (?:\w+ )?{_SITE}\b(?!s? (?:and|or|,))|"
    rf"\b{_TEXT} (?:does not|doesn't|shall not|will not) (?:apply to|cover|extend to|govern|concern)\b[^.;]{{0,60}}\b(?:information|data)\b[^.;]{{0,30}}\b(?:collected|obtained|received|gathered|provided)\b[^.;]{{0,30}}\b(?:outside|other than|offline|in any other)\b"
)
# the way in which people, and not the company, use the other channel to tell something
_CHANNEL = r"(?:(?:tele)?phone|post(?:al mail)?|letters?|fax|in person|offline|face[- ]to[- ]face|trade shows?|point of sale|mobile app\w*|sms|text messages?)"
_OTHERWISE = Phrase(
    rf"\b(?:you|customers?|users?|people|clients?|who)\b[^.;]{{0,110}}\b(?:contact|call|write|speak|correspond|send|provide|give|submit|communicat\w*|deal)\b[^.;]{{0,70}}\b(?:by|via|over|through|on|in|using|per)\b[^.;]{{0,16}}\b{_CHANNEL}\b|"
    rf"\b(?:collect|obtain|receive|gather|record)\w*\b[^.;]{{0,70}}\b(?:by|via|over|through|in|at|from) (?:\w+ ){{0,3}}?{_CHANNEL}\b"
)
# another sentence on what the text is about
_ALSO_COVERED = Phrase(
    rf"\b{_TEXT} (?:also )?(?:describes|explains|sets out|covers|applies to)\b[^.;]{{0,60}}\b(?:information|data)\b[^.;]{{0,60}}\b(?:purchase|order|account|services?|products?|support)\b"
)


def site_alone(doc: Document) -> Iterator[Finding]:
    """The text holds for the site, and data comes in by telephone, post or contract too (rule scope-conflict)."""
    narrow = [h for h in doc.hits(_SITE_ONLY) if not h.reading.exempted]
    if not narrow:
        return
    known = {h.reading.index for h in narrow}
    wide = [
        h
        for h in doc.hits(_OTHERWISE)
        if h.reading.index not in known
        and h.reading.does("collect")
        and not h.reading.refuses
        and not h.reading.told
    ]
    if any("not" in h.reading.words or "n't" in h.reading.low for h in narrow):
        wide += [h for h in doc.hits(_ALSO_COVERED) if h.reading.index not in known]
    if wide:
        yield report(
            "contradiction/scope-conflict",
            "warn",
            (*of(narrow), *of(wide)),
            f"the text holds for what comes through the site ({quoted(narrow)}), and data comes in otherwise too ({quoted(wide)})",
            hint="cover every channel through which data is collected, or say which text holds for the others",
            law="GDPR Art. 12(1), 13; PIPL Art. 17",
        )


_PROGRAMS = r"(?:sdks?|apis?(?:/sdks?)?|applets?|mini[- ]?programs?|mobile app(?:lication)?s?|desktop (?:client|app)s?|browser extensions?|plug-?ins?)"
_NAMED = Phrase(
    rf"\b{_TEXT} (?:\w+ )?(?:applies|covers|extends|governs)\b[^.]{{0,200}}\b{_PROGRAMS}\b|\b(?:apply|applies) to the use of\b[^.]{{0,200}}\b{_PROGRAMS}\b"
)
_PROGRAM = Phrase(
    rf"\b{_PROGRAMS}\b|\bapps?\b|\bclient software\b|\bmobile devices?\b|\bdownload\w*\b|\binstall\w*\b"
)
_ON_SITE = Phrase(
    rf"\b(?:automatic\w*|technical|log|device|usage)\b[^.;]{{0,60}}\b(?:when(?:ever)? you (?:visit|browse|access|open|use)|(?:on|through|from|visitors? (?:of|to)) )(?: ?(?:our|the|this))? (?:\w+ )?{_SITE}\b"
)


def programs_untold(doc: Document) -> Iterator[Finding]:
    """Programs that the text covers, and what is collected through the website alone (rule categories-missing)."""
    named = [h for h in doc.hits(_NAMED) if not h.reading.refuses]
    told = [h for h in doc.hits(_ON_SITE) if h.reading.does("collect") and not h.reading.told]
    known = {h.reading.index for h in named}
    if named and told and not any(_PROGRAM.search(r.low) for r in doc.body if r.index not in known):
        yield report(
            "missing-mandatory/categories-missing",
            "warn",
            (*of(named), *of(told)),
            f"the text covers programs ({quoted(named)}), and says only what is read on the website ({quoted(told)})",
            hint="say for each app, applet and package which data it sends, and what for",
            law="GDPR Art. 13(1)(c), 14(1)(d); PIPL Art. 17(1)(2); Cal. Civ. 1798.100(a)(1)",
        )


DETECTORS = (site_alone, programs_untold)
