"""The contract of `lint_text`: order, determinism, shape, any input."""

from __future__ import annotations

import time

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.lint.gold import load, names
from tests.lint.probe import controls, faults
from troth.model.finding import SEVERITIES
from troth.model.sentence import Sentence
from troth.policy import lint
from troth.policy.lint import lint_text
from troth.policy.lint.phrase import Phrase, first
from troth.policy.lint.reading import lower

KINDS = {
    "contradiction",
    "dangling-contact",
    "dangling-reference",
    "undefined-term",
    "open-ended",
    "risky-promise",
    "unenforceable",
    "missing-mandatory",
    "duplicate",
    "drafting-error",
}


@pytest.mark.parametrize("name", names())
def test_shape(name: str) -> None:
    """Findings are sorted, have a known class, a message, a hint, and their sentences in text order."""
    sentences = load(name).sentences
    place = {s.id: n for n, s in enumerate(sentences)}
    findings = lint_text(sentences)
    assert [SEVERITIES.index(f.severity) for f in findings] == sorted(
        SEVERITIES.index(f.severity) for f in findings
    )
    for finding in findings:
        assert finding.kind in KINDS
        assert finding.message
        assert finding.hint
        assert finding.kind != "missing-mandatory" or finding.law
        order = [place[s.id] for s in finding.sentences]
        assert order == sorted(set(order))


@pytest.mark.parametrize("name", names())
def test_same_again(name: str) -> None:
    """The same text gives the same findings."""
    sentences = load(name).sentences
    assert lint_text(sentences) == lint_text(sentences)


def test_nothing() -> None:
    """An empty text has no findings."""
    assert lint_text(()) == ()


@settings(max_examples=60, deadline=None)
@given(st.lists(st.text(max_size=120), max_size=8))
def test_any_text(texts: list[str]) -> None:
    """No text makes the lint fail."""
    lint_text([Sentence(f"s{n}", n, text) for n, text in enumerate(texts, 1)])


@settings(max_examples=40, deadline=None)
@given(st.data())
def test_mixtures(data: st.DataObject) -> None:
    """Sentences of all policies in any mixture make no failure, and messages quote no foreign sentence."""
    pool = [s for name in ("hkcloud", "registrar", "zh_cloud", "startup") for s in load(name).sentences]
    chosen = data.draw(st.lists(st.sampled_from(pool), max_size=30))
    for finding in lint_text(chosen):
        assert all(any(s is c for c in chosen) for s in finding.sentences)


def test_jurisdiction_given() -> None:
    """A given regime decides which rights are demanded."""
    text = [Sentence("s1", 1, "You may access and correct your personal data.")]
    law = {f.rule: f.law for f in lint_text(text, jurisdictions=["CN"])}
    assert law["rights-missing"].startswith("PIPL")
    assert "rights-missing" not in {f.rule for f in lint_text(text, jurisdictions=["HK"])}


def _phrases() -> list[Phrase]:
    found: dict[int, Phrase] = {}
    for detector in lint.DETECTORS:
        for value in detector.__globals__.values():
            for item in value if isinstance(value, tuple) else (value,):
                if isinstance(item, Phrase):
                    found[id(item)] = item
    return list(found.values())


def test_required_words() -> None:
    """The quick test never hides a match: searching by alternatives finds what the whole pattern finds, at the same place."""
    texts = {lower(s.text) for name in names() for s in load(name).sentences[::3]}
    texts |= {lower(text) for probe in (*faults(), *controls()) for text in probe.sentences[:1]}
    hidden = [
        (phrase.pattern[:60], text)
        for phrase in _phrases()[::3]
        for text in sorted(texts)[::2]
        for whole in (phrase.regex.search(text),)
        for quick in (first(phrase.alternatives, text),)
        if (whole and whole.start()) != (quick and quick.start())
    ]
    assert hidden == []


def test_fast() -> None:
    """The longest policy is read in a tenth of a second; three times that is let pass on a busy machine."""
    sentences = load("hansoken").sentences
    lint_text(sentences)
    best = min(_timed(sentences) for _ in range(5))
    assert best < 2.0


def _timed(sentences: tuple[Sentence, ...]) -> float:
    start = time.process_time()
    lint_text(sentences)
    return time.process_time() - start
