"""Findings that say what another finding says already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from troth.model.finding import Finding

# Rules, each with those that say the same and more about a sentence.
_COVERED: dict[str, frozenset[str]] = {
    "recipient-undefined": frozenset({"recipient-open", "thirdparty-marketing", "confidentiality-conflict"}),
    "retention-indefinite": frozenset({"retention-conflict"}),
    "duplicate-clause": frozenset({"duplicate-sentence"}),
    "consent-bundled": frozenset({"consent-by-use"}),
    "children-consent": frozenset({"children-conflict"}),
    "rights-retaliation": frozenset({"rights-fee"}),
    "unilateral-change": frozenset({"notice-conflict"}),
    "marketing-default": frozenset(
        {"marketing-optout", "optout-vs-consent", "consent-silence", "consent-by-use", "thirdparty-marketing"}
    ),
}


# A deadline in words is one matter, whichever class its words put it into.
_ANY_KIND = frozenset({"vague-timer"})


def distinct(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings without those whose sentences another one of the same meaning names."""
    sets = [frozenset(s.id for s in finding.sentences) for finding in findings]
    by_rule: dict[str, list[int]] = {}
    for place, finding in enumerate(findings):
        by_rule.setdefault(finding.rule, []).append(place)
    for place, finding in enumerate(findings):
        same = [
            n
            for n in by_rule[finding.rule]
            if (findings[n].kind == finding.kind or finding.rule in _ANY_KIND) and n != place
        ]
        wider = [n for rule in _COVERED.get(finding.rule, ()) for n in by_rule.get(rule, ())]
        about = sets[place]
        said = any(about < sets[n] or (about == sets[n] and n < place) for n in same)
        if not about or not (said or (wider and about <= frozenset().union(*(sets[n] for n in wider)))):
            yield finding
