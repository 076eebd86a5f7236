"""English kinds of sentences that leave the answer to another document."""

from __future__ import annotations

from troth.policy.lint.statement import Statement

_KIND = (
    r"(?:polic(?:y|ies)|schedules?|procedures?|plans?|guidelines|rules|standards?|manuals?|hand ?books?|white ?papers?|documentation|docs|guides?|information sheets?|supplements?|knowledge base|"
    r"trust cent(?:er|re)|tariff|product descriptions?|special provisions|terms|statements?|notices?|agreements?|addend(?:um|a)|annex(?:es)?|code of conduct|eula|transparency reports?|pages?|document|order form|instructions|catalogues?|overviews?|registers?|inventor(?:y|ies)|leaflets?|brochures?|faqs?|help cent(?:er|re)|wiki|portal)"
)
_OURS = r"\b(?:our|its|the company's|the|an?|a separate|a particular|this|these)"
_ELSEWHERE = (
    r"https?:|www\.|\b(?:page (?:specified|named|mentioned|described) above|this (?:privacy )?(?:policy|notice|statement|page|document)|present (?:policy|statement)|section|clause|article|paragraph|law|laws|act|directive|regulation|their|third[- ]part\w+|"
    r"other (?:sites?|websites?|companies)|court|changes? to|changed?|update[sd]?|modif\w+|amend\w*|standard contractual|collect\w*|visit|visiting|browser|visited|accept\w*|agree to|consent\w*|footer|foot of|bottom of|browse)\b"
)
ELSEWHERE = (
    Statement(
        r"\b(?:pursuant to|according to|in (?:line|accordance|keeping) with|under|governed by|follow\w*|determined by|based on|as per) (?:our|its|the company's|internal)(?: own)?(?: [\w'-]+){0,3} "
        r"(?:retention|disposal|destruction|security|records?|incident(?: response)?|archiv\w+|deletion|internal|data|response|management)(?: \w+){0,2}? (?:polic(?:y|ies)|schedules?|procedures?|plans?|guidelines|rules|standards?)\b",
        without=r"https?:|www\.",
    ),
    Statement(
        rf"\b(?:described|explained|listed|set out|set forth|given|shown|stated|laid down|dealt with|spelled out|covered|published|detailed|found|appears?|displayed|agreed|stipulated|handled|regulated|specified|contained|(?:are|is|stand) (?=in)) ?"
        rf"(?:in detail )?(?:in|on|by|in line with|according to|elsewhere on) {_OURS[2:]}(?: [\w'’-]+){{0,4}}? {_KIND}\b",
        without=_ELSEWHERE,
    ),
    Statement(
        rf"\b(?:refer to|consult|read|have a look at|look up|follow|take note of|see|observe|subject to|meaning given to them in|is in) {_OURS[2:]}(?: [\w'’-]+){{0,4}}? (?:{_KIND}|knowledge base article)\b",
        without=_ELSEWHERE,
    ),
    Statement(
        r"\b(?:our|the company's|the accompanying|a separate)(?: [\w'’-]+){1,3} (?:policy|agreement|notice|statement|procedure|manual|guide|supplement)(?:, version [\d.]+,)? (?:sets? out|says?|tells?|describes?|explains?|governs?|applies|apply|regulates?)\b",
        without=_ELSEWHERE,
    ),
    Statement(
        rf"\b(?:find|look up|see|check|learn)\b[^.;]{{0,60}}\bin {_OURS[2:]}(?: [\w'’-]+){{0,3}}? {_KIND}\b|\belsewhere on (?:our|the|this) (?:web ?)?site\b|"
        r"\b(?:tables?|lists?|charts?) (?:on|in) (?:the|our) (?:[\w'-]+ ){1,3}page\b|\b(?:full|complete|long|unabridged) (?:statement|policy|version|text|notice) (?:is|can be) (?:available|had|seen|obtained)\b|"
        r"\b(?:download\w*|obtain\w*|available|seen|read) (?:\w+ )?(?:from|at|via|through|under) (?:this|the following|that) link\b",
        without=_ELSEWHERE,
    ),
)
