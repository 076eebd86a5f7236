"""Findings that say what another finding says already."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import replace

from troth.model.finding import Finding
from troth.policy.lint.reading import has_cjk

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


# In Chinese going on with the use is one matter, whether it is called use or silence.
_COVERED_CHINESE: dict[str, frozenset[str]] = {
    "consent-silence": frozenset({"consent-by-use", "consent-bundled"}),
}


# A deadline in words is one matter, whichever class its words put it into.
_ANY_KIND = frozenset({"vague-timer"})


def merged(findings: Sequence[Finding]) -> Iterator[Finding]:
    """The findings, Chinese contradictions of one rule about the same sentence as one with the sentences of all."""
    kept: list[Finding] = []
    for finding in findings:
        about = {s.id for s in finding.sentences}
        place = next(
            (
                n
                for n, other in enumerate(kept)
                if finding.kind == other.kind == "contradiction"
                and finding.rule == other.rule
                and not about.isdisjoint(s.id for s in other.sentences)
                and has_cjk(finding.sentences[0].text)
            ),
            -1,
        )
        if place < 0:
            kept.append(finding)
            continue
        first = kept[place]
        known = {s.id for s in first.sentences}
        more = tuple(s for s in finding.sentences if s.id not in known)
        ordered = tuple(sorted((*first.sentences, *more), key=lambda s: s.line))
        kept[place] = replace(first, sentences=ordered)
    yield from kept


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
        covering = _COVERED.get(finding.rule, frozenset())
        if finding.rule in _COVERED_CHINESE and all(has_cjk(s.text) for s in finding.sentences):
            covering = covering | _COVERED_CHINESE[finding.rule]
        wider = [n for rule in covering for n in by_rule.get(rule, ())]
        about = sets[place]
        said = any(about < sets[n] or (about == sets[n] and n < place) for n in same)
        if not about or not (said or (wider and about <= frozenset().union(*(sets[n] for n in wider)))):
            yield finding
