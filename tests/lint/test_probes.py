"""Single faults and harmless sentences put into good policies."""

from __future__ import annotations

import pytest

from tests.lint.gold import load
from tests.lint.probe import Probe, batches, controls, faults, merged, planted
from troth.policy.lint import lint_text


@pytest.mark.parametrize("batch", batches(faults()), ids=lambda b: f"{b[0].kind}: {b[0].sentences[0][:50]}")
def test_fault(batch: tuple[Probe, ...]) -> None:
    """Each planted fault is reported in its class, with a planted sentence."""
    named = {s.text for f in planted(merged(batch)) if f.kind == batch[0].kind for s in f.sentences}
    assert [probe for probe in batch if not named & set(probe.sentences)] == []


@pytest.mark.parametrize("batch", batches(controls()), ids=lambda b: b[0].sentences[0][:60])
def test_control(batch: tuple[Probe, ...]) -> None:
    """Harmless sentences bring no new finding."""
    assert planted(merged(batch)) == ()


CUTS = (
    ("hoster_de", "10. Your rights", "rights-missing", "complaint"),
    ("hoster_de", "1. Controller", "controller-identity", "legal entity"),
    ("good_us", "Retention", "retention-missing", "how long"),
    ("good_us", "California residents", "rights-missing", "erasure"),
    ("good_hk", "Place of storage", "transfer-missing", "borders"),
    ("good_hk", "Your rights", "rights-missing", "correction"),
    ("good_sg", "Access, correction and withdrawal of consent", "rights-missing", "access"),
    ("good_zh", "四、您的权利", "rights-missing", "correction"),
)


@pytest.mark.parametrize(("name", "section", "rule", "word"), CUTS)
def test_cut(name: str, section: str, rule: str, word: str) -> None:
    """A policy without one of its mandatory parts is told which part is missing, and by which law."""
    kept = tuple(s for s in load(name).sentences if section not in s.section)
    found = [f for f in lint_text(kept) if f.rule == rule]
    assert len(found) == 1
    assert word in found[0].message
    assert found[0].law
