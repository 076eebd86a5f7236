"""The five policies: complete, checked, given back word for word, and deciding as their examples say."""

from __future__ import annotations

import tomllib
from pathlib import Path

import pytest

from troth.app.policies import inspect
from troth.decision.table import table
from troth.model.request import Request
from troth.policy.bind import compile_file
from troth.policy.check import worst
from troth.policy.publish import plain
from troth.policy.seal import holds

ROOT = Path(__file__).parents[2]
TEXTS = ROOT / "tests" / "data" / "intake"
NAMES = ("hetacloud", "hansoken", "ccna", "hkcloud", "easycloud")
OPERATIONAL = {"hetacloud": 74, "hansoken": 90, "ccna": 44, "hkcloud": 67, "easycloud": 46}
every = pytest.mark.parametrize("name", NAMES)


def path(name: str) -> Path:
    """The policy file of a sample."""
    return ROOT / "samples" / name / "policy.troth.md"


@every
def test_check_passes(name: str) -> None:
    """`check` finds nothing to mend, every promise is sealed, and what lint questions stays visible."""
    seen = inspect(path(name).read_bytes(), name)
    assert worst(seen.binding) in {"", "info"}
    policy = seen.compiled.policy
    assert all(holds(policy, promise) for promise in policy.promises)
    assert any(finding.severity == "block" for finding in seen.lint)


@every
def test_published_text_is_the_published_text(name: str) -> None:
    """Without tags and rules the file is the published text again, up to white space."""
    text = (TEXTS / f"{name}.txt").read_text("utf-8")
    assert plain(compile_file(path(name).read_bytes(), name).source).split() == text.split()


@every
def test_every_sentence_is_bound_or_explained(name: str) -> None:
    """As many sentences carry promises as the catalogue counts; every other says why it is information."""
    policy = compile_file(path(name).read_bytes(), name).policy
    bound = [one for one in policy.sentences if one.promises]
    assert len(bound) == OPERATIONAL[name]
    assert all(one.reason for one in policy.sentences if not one.promises)
    assert all(promise.rules and promise.proofs and promise.draft is None for promise in policy.promises)


@every
def test_decisions(name: str) -> None:
    """The example requests get the answers their file says, citing the promise it says."""
    examples = tomllib.loads((path(name).parent / "decisions.toml").read_text("utf-8"))["decision"]
    decide = table(compile_file(path(name).read_bytes(), name).policy)
    wrong = []
    for one in examples:
        purpose, recipient = one.get("purpose", "purpose"), one.get("recipient", "")
        asked = Request(one["verb"], tuple(one["data"]), purpose, recipient, one.get("facts", {}))
        for decision in decide.answer(asked):
            wanted = one["answer"]
            if decision.answer != wanted or decision.promise not in {
                one["promise"],
                *one.get("promises", ()),
            }:
                wrong.append(
                    (asked, wanted, one["promise"], decision.answer, decision.promise, decision.missing)
                )
    assert len(examples) >= 20
    assert wrong == []
