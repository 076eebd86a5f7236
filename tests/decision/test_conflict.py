"""What is wrong with rules among themselves: each finding where it is, and silence where it is not."""

from __future__ import annotations

import pytest

from tests.policies.cases import Case, cases, policy_file
from troth.decision.conflict import conflicts
from troth.decision.table import table
from troth.policy.bind import compile_file

ALL = cases("conflict.cases")


@pytest.mark.parametrize("case", ALL, ids=[case.title for case in ALL])
def test_conflicts(case: Case) -> None:
    """The findings are exactly the expected ones, with their promises and sentences."""
    compiled = compile_file(policy_file(case.parts[0]).encode(), "case.troth.md")
    assert [problem.message for problem in compiled.problems] == []
    found = conflicts(table(compiled.policy), compiled.policy)
    wanted = [row.strip() for row in case.parts[1].split("\n") if row.strip()]
    assert sorted(f"{one.rule} {one.severity} {one.promise}" for one in found) == sorted(wanted)
    assert all(one.sentences and one.hint and one.line for one in found)
