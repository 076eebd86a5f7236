"""Gold files: a policy text with marked sentences and the findings a careful lawyer expects there."""

from __future__ import annotations

import re
from dataclasses import dataclass
from functools import lru_cache
from pathlib import Path

from troth.model.finding import Finding
from troth.model.sentence import Element, Sentence
from troth.policy.lint import lint_text

DATA = Path(__file__).parent / "data"
_MARK = re.compile(r" ?⟦([^⟧]*)⟧$")
_PREFIX: dict[str, Element] = {"- ": "bullet", "@ ": "label", "~ ": "fragment"}


@dataclass(frozen=True, slots=True)
class Expected:
    """One annotated finding; an `optional` one may be reported and need not be."""

    label: str
    kind: str
    severity: str
    rule: str
    sentences: frozenset[str]
    optional: bool


@dataclass(frozen=True, slots=True)
class Gold:
    """A text and its annotation."""

    name: str
    sentences: tuple[Sentence, ...]
    expected: tuple[Expected, ...]


def _unit(line: str) -> tuple[Element, str, int]:
    heading = re.match(r"(#+) ", line)
    if heading:
        return "heading", line[heading.end() :], len(heading[1])
    element = _PREFIX.get(line[:2])
    return (element, line[2:], 0) if element else ("sentence", line, 0)


@lru_cache
def load(name: str) -> Gold:
    """Read `data/NAME.gold`."""
    return read(name, (DATA / f"{name}.gold").read_text(encoding="utf-8"))


def read(name: str, content: str) -> Gold:
    """Read the content of a gold file."""
    text, _, tail = content.partition("\n%%\n")
    if text.endswith("\n%%"):
        text = text.removesuffix("\n%%")
    marks: dict[str, set[str]] = {}
    sentences: list[Sentence] = []
    section: list[tuple[int, str]] = []
    paragraph, fresh = 0, True
    for number, raw in enumerate(text.splitlines(), 1):
        if not raw.strip():
            fresh = True
            continue
        mark = _MARK.search(raw)
        line = raw[: mark.start()] if mark else raw
        element, words, depth = _unit(line)
        paragraph += fresh or element == "heading"
        fresh = element == "heading"
        if depth:
            section = [(d, t) for d, t in section if d < depth] + [(depth, words)]
        sentence = Sentence(
            f"s{len(sentences) + 1}", number, words, element, tuple(t for _, t in section), paragraph
        )
        sentences.append(sentence)
        for label in mark[1].split() if mark else ():
            marks.setdefault(label, set()).add(sentence.id)
    expected = tuple(_expected(row, marks) for row in tail.splitlines() if row.strip())
    return Gold(name, tuple(sentences), expected)


def _expected(row: str, marks: dict[str, set[str]]) -> Expected:
    label, kind, severity, rule = row.removeprefix("+").split()
    return Expected(label, kind, severity, rule, frozenset(marks.get(label, ())), row.startswith("+"))


# Lawyers who worked apart named some findings differently. What stands here is the same finding to them:
# rules whose class is a matter of taste, with the classes met.
CLASSES: dict[str, frozenset[str]] = {
    # a deadline in words: a word without a definition, or a duty that nobody can enforce
    "vague-timer": frozenset({"undefined-term", "unenforceable"}),
    # disclosure when the company thinks so: a ground left open, one without a definition, or against "where law requires"
    "disclosure-open": frozenset({"open-ended", "undefined-term", "contradiction"}),
    # liability excluded: void (unenforceable), and risky to print (risky-promise)
    "disclaimer-overbroad": frozenset({"unenforceable", "risky-promise"}),
    # "as long as we like": a period without a measure, or one without an end
    "retention-vague": frozenset({"undefined-term", "risky-promise"}),
    # identity cards and biometrics: content that is missing, or a practice at risk
    "sensitive-consent": frozenset({"missing-mandatory", "risky-promise"}),
    # "affiliates and partners": a recipient that is not named, or a list that stays open
    "recipient-open": frozenset({"open-ended", "missing-mandatory"}),
}
# Rule names of one meaning, each with the name that the detectors use.
MEANINGS: dict[str, str] = {
    "liability-disclaimer": "disclaimer-overbroad",
    "recipients-unnamed": "recipient-open",
    "sensitive-identifier": "sensitive-consent",
    "complaint-authority": "rights-missing",
    "legal-basis-missing": "basis-missing",
    "disclosure-conflict": "disclosure-open",
    "retention-indefinite": "retention-vague",
    "sole-discretion": "disclosure-open",
    "optin-optout-conflict": "optout-vs-consent",
    "sharing-conflict": "confidentiality-conflict",
    "sale-conflict": "confidentiality-conflict",
}


@lru_cache
def found(gold: Gold) -> tuple[Finding, ...]:
    """The findings of a text, looked for once."""
    return lint_text(gold.sentences)


def meaning(rule: str) -> str:
    """The detectors' name of a rule that annotators named otherwise."""
    return MEANINGS.get(rule, rule)


def meets(finding: Finding, expected: Expected) -> bool:
    """Whether a finding is the expected one: same class, and a shared sentence.

    Findings about the text as a whole have no sentence to share; for those the rule must be the same.
    """
    same = meaning(finding.rule) == meaning(expected.rule)
    classes = CLASSES.get(meaning(expected.rule), frozenset())
    if finding.kind != expected.kind and not (same and finding.kind in classes):
        return False
    shared = {s.id for s in finding.sentences} & expected.sentences
    return bool(shared) or ((not finding.sentences or not expected.sentences) and same)


@dataclass(frozen=True, slots=True)
class Score:
    """How findings and annotation agree."""

    found: int
    wanted: int
    right: int
    reported: int
    missed: tuple[str, ...]
    extra: tuple[str, ...]

    @property
    def recall(self) -> float:
        """Part of the expected findings that were reported."""
        return self.found / self.wanted if self.wanted else 1.0

    @property
    def precision(self) -> float:
        """Part of the reported findings that the annotation holds."""
        return self.right / self.reported if self.reported else 1.0


def score(gold: Gold, findings: tuple[Finding, ...]) -> Score:
    """Compare findings with the annotation."""
    wanted = [e for e in gold.expected if not e.optional]
    found = [e for e in wanted if any(meets(f, e) for f in findings)]
    right = [f for f in findings if any(meets(f, e) for e in gold.expected)]
    return Score(
        len(found),
        len(wanted),
        len(right),
        len(findings),
        tuple(f"{e.kind}/{e.rule} {sorted(e.sentences)}" for e in wanted if e not in found),
        tuple(
            f"{f.kind}/{f.rule} {[s.id for s in f.sentences]} {f.message}" for f in findings if f not in right
        ),
    )


def names() -> tuple[str, ...]:
    """The names of all gold files."""
    return tuple(sorted(p.stem for p in DATA.glob("*.gold")))
